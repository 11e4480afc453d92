"""What the command line does beside serving: asking the knowledge, looking at what is stored, tending roles."""
