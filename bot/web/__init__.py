"""The web page for people without Teams, and the local feed page of a group."""
