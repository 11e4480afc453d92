"""Where notices are posted beside the local page: a feed for each kind of target, and which target gets what."""
