"""Microsoft Teams through the Bot Framework: the only room that knows the SDK, since it is out of support (teams.md 1).

`routes.py` takes what arrives, `authentication.py` decides who may, `service.py` runs the turn, `connector.py` sends.
The SDK only gets the token to answer with (`credentials.py`): its adapter costs a turn more than all the rest, and its
models drop what they do not know.
"""
