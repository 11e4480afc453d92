"""A limit on how many messages one person may send a minute, with a polite answer beyond it.

What is over the limit never reaches the engine or the store. It is not remembered as answered either, so a message that
its channel delivers again later is answered then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.channels.handling import TurnHandler
from bot.turns import Answered, Incoming, Send

# Whoever has been quiet for a minute is forgotten; looked for when so many people are remembered.
_REMEMBERED = 5_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RateLimitedTurns:
    """A turn handler before another. busy: the answer to a message too many; monotonic gives seconds."""

    def __init__(
        self,
        turns: TurnHandler,
        busy: Callable[[str], Awaitable[Answered]],
        per_minute: int,
        monotonic: Callable[[], float],
    ) -> None:
        self._turns = turns
        self._busy = busy
        self._per_minute = per_minute
        self._monotonic = monotonic
        self._buckets: dict[str, _Bucket] = {}

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        """As the other one's, or the answer that asks to wait."""
        if self._take(incoming.person.id):
            return await self._turns.handle(incoming, send)
        answered = await self._busy(incoming.conversation_id)
        if send is not None:
            await send(answered)
        return answered

    def _take(self, person_id: str) -> bool:
        now = self._monotonic()
        if len(self._buckets) >= _REMEMBERED and person_id not in self._buckets:
            self._buckets = {key: one for key, one in self._buckets.items() if now - one.at < 60}
        bucket = self._buckets.setdefault(person_id, _Bucket(self._per_minute, now))
        bucket.left = min(self._per_minute, bucket.left + (now - bucket.at) * self._per_minute / 60)
        bucket.at = now
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
