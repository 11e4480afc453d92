"""`app.py serve`, but for Teams' limits on sending, which would be all there is to wait for."""

from __future__ import annotations

import sys

import app
from bot.channels.teams.pacing import Pacing


async def _at_once(self: Pacing, conversation_id: str) -> None:
    """No waiting."""


if __name__ == "__main__":
    Pacing.wait = _at_once  # type: ignore[method-assign]  # the one thing that differs
    sys.exit(app.main(["serve"]))
