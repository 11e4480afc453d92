"""The page for the service desk: how many cases, fellesfeil and notices, and how well it goes; without any person."""
