"""The page about the catalogue's health: how people's messages find their forms, week by week."""
