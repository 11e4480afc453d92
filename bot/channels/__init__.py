"""Where messages come in and answers go out: Microsoft Teams, the web page (Direct Line) and the terminal.

A channel authenticates, turns what arrived into one of our events (`incoming.py`), hands it to the turn handler and
renders the answer. Only `teams/` knows the Bot Framework SDK.
"""
