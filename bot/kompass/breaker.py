"""Is Kompass down? A breaker: after some calls in a row without a usable answer nobody asks until a probe succeeds.

While it is open every call fails at once, before anything is sent, so the outbox keeps everything and holds no worker
up. Pure state; the probing is `client`'s.
"""

from __future__ import annotations

from bot.kompass.answers import Verdict, Weighed

IN_A_ROW = 6
"""So many failures, with no answer between them, are no accident."""


QUIET_AFTER = 2
"""One failure may be an accident; after so many people are told, though calls are still made."""


class Breaker:
    """Counts failures of any call of the installation."""

    def __init__(self, in_a_row: int = IN_A_ROW) -> None:
        self._in_a_row = in_a_row
        self._failures = 0
        self.open = False

    @property
    def quiet(self) -> bool:
        """Whether the last calls all stayed without a usable answer."""
        return self.open or self._failures >= QUIET_AFTER

    def note(self, weighed: Weighed, *, too_long: bool = False) -> bool:
        """Take an answer into account; True when it is this one that opens the breaker.

        too_long: it asks for a longer wait than a call can make by itself, which is as good as no answer at all.
        """
        if not too_long and not _silent(weighed):
            self._failures = 0
            return False
        self._failures += 1
        if self.open or (self._failures < self._in_a_row and not too_long):
            return False
        self.open = True
        return True

    def close(self) -> None:
        """A probe was answered."""
        self.open = False
        self._failures = 0


def _silent(weighed: Weighed) -> bool:
    # An error in JSON, a refusal or a login page shows that Kompass is there; nothing at all, or a proxy's page, not.
    return weighed.verdict is Verdict.NOT_SENT or (weighed.verdict is Verdict.BROKEN and weighed.value is None)
