"""How a reply looks in a channel: Adaptive Card 1.5 where cards work, plain text everywhere (DESIGN 2, step 6)."""
