"""Notices on their way: written, approved, watched, told to those they concern (G 5.1.2.2)."""
