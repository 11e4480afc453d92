"""Microsoft Teams through the Bot Framework: the only room that knows the SDK, since it is out of support (teams.md 1).

`routes.py` takes what arrives, `authentication.py` decides who may, `adapter.py` runs the turn, `connector.py` sends.
"""
