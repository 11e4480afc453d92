"""What every channel needs of the rooms behind it."""

from __future__ import annotations

from typing import Protocol

from bot.turns import Answered, Incoming, Send


class TurnHandler(Protocol):
    """Takes one message and gives what to answer; a message it has seen gets the same answer without effect."""

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        """With `send`, the answer is sent before anything else happens in the conversation."""
        ...
