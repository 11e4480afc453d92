"""A "slow down" of a service (429) stops everything there that nobody waits for, until the time it names.

Answers to people go on: they are few, and whoever has written must not wait for a notice to twelve thousand
(teams.md 4.4, 4.6).
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.errors import TemporaryFailure

# When the service names no time.
_SHORTEST_PAUSE = 2.0


class Throttle:
    """Remembers until when to be quiet. monotonic gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._until = 0.0

    def slow_down(self, seconds: float | None) -> None:
        """The service has asked for it."""
        self._until = max(self._until, self._monotonic() + (seconds or _SHORTEST_PAUSE))

    def check(self) -> None:
        """Raises TemporaryFailure with the time that is left while there is to be quiet."""
        left = self._until - self._monotonic()
        if left > 0:
            raise TemporaryFailure("the service has asked us to slow down", left)
