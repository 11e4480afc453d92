"""The cases of a fellesfeil: hovedsak and undersaker, and what is told to those who reported them (G 5.1.2.2)."""
