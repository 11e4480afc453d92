"""What the bot does: the only room with input and output (DESIGN 1)."""
