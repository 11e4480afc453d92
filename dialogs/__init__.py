"""What the bot SAYS: pure conversation.

`engine.decide(state, event, situation, knowledge) -> Turn(state, replies, effects)`. No I/O, no clock, no SDK:
time, ids and what the store knows come in with the event, so every conversation can be replayed.
"""
