"""Whether a call to the connector is made again within the turn, and after how long: pure, apart from the calling.

- Nothing happened (412, 429, 503, no connection): again; the channel's own `Retry-After` is never undercut.
- It may have happened (502, 504, a broken connection): again only where twice is the same as once. A message that was
  posted would stand there twice, and nobody can look up what was posted (teams.md 4.4); the turn's caller decides then.
- It never will (blocked, gone, too large): not again.
"""

from __future__ import annotations

from knowledge.errors import PortError, TemporaryFailure, UncertainOutcome

TRIES = 3
BOUND_SECONDS = 10.0
"""All tries together: the channel delivers a message again after about 15 s, so the answer must be out well before."""

_FIRST_WAIT = 0.25


def wait_before_next(method: str, failure: PortError, tried: int, spent: float, jitter: float) -> float | None:
    """Seconds to wait before the next try, None when there is none.

    tried: how many tries have been made; spent: seconds since the first began; jitter: from 0 to 1.
    """
    if tried >= TRIES:
        return None
    wait = _FIRST_WAIT * (2.0 ** (tried - 1) + jitter)
    match failure:
        case TemporaryFailure(retry_after=asked):
            wait = max(wait, asked or 0.0)
        case UncertainOutcome() if method != "POST":
            pass
        case _:
            return None
    # A try needs time of its own; what would not fit is left to whoever has more time.
    return wait if spent + wait <= BOUND_SECONDS / 2 else None
