"""A small Direct Line 3.0 for Bot Framework Web Chat, in development mode on this machine only.

`transcripts.py` keeps what was said, `service.py` runs the conversations, `routes.py` speaks HTTP and WebSocket.
"""
