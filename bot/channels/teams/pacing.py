"""How fast the bot may send, so that Teams does not have to throttle it (teams.md 4.6).

A send gets its place in line at once and waits for it; places are handed out in the order they are asked for, so the
messages of a conversation keep theirs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from knowledge.errors import TemporaryFailure

# Longer than this nobody waits: the channel delivers again what is not answered in time, and the outbox has a plan.
_LONGEST_WAIT = 2.0
# Conversations that have been quiet are forgotten; looked for when so many are remembered.
_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `sends` in any `seconds`."""

    sends: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one conversation and of all together; without any, nothing ever waits."""

    conversation: Sequence[Limit] = ()
    everywhere: Sequence[Limit] = ()


# The published limit of 1800 an hour is what 60 in 30 s comes to when somebody keeps it up for a quarter of one; no
# conversation does. Teams' own answer to that (429) is obeyed all the same.
TEAMS_LIMITS = Limits((Limit(7, 1), Limit(8, 2), Limit(60, 30)), (Limit(50, 1),))


class Line:
    """The times of the last sends, and when the next may be. Pure: the clock is the caller's."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = limits
        self._times: deque[float] = deque(maxlen=max((one.sends for one in limits), default=0))

    def next(self, now: float) -> float:
        """The earliest moment from `now` on at which a send keeps every limit."""
        times = self._times
        at = max(now, times[-1]) if times else now
        for limit in self._limits:
            if len(times) >= limit.sends:
                at = max(at, times[-limit.sends] + limit.seconds)
        return at

    def take(self, at: float) -> None:
        """A send happens then; not before the last one that was taken."""
        self._times.append(at)

    def quiet(self, now: float) -> bool:
        """Whether nothing that has been sent still limits anything."""
        longest = max((one.seconds for one in self._limits), default=0.0)
        return not self._times or now - self._times[-1] >= longest


class Pacing:
    """Makes sends wait for their place. monotonic gives seconds."""

    def __init__(
        self, limits: Limits, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._sleep = sleep
        self._everywhere = Line(limits.everywhere)
        self._conversations: dict[str, Line] = {}

    async def wait(self, conversation_id: str) -> None:
        """Until this conversation may be sent to; raises TemporaryFailure, at once, when that would take too long."""
        if not self._limits.conversation and not self._limits.everywhere:
            return
        # The line of all together comes after one's own: a busy conversation must not hold places others could use.
        await self._queue(self._line(conversation_id))
        await self._queue(self._everywhere)

    async def _queue(self, line: Line) -> None:
        now = self._monotonic()
        at = line.next(now)
        if at - now > _LONGEST_WAIT:
            raise TemporaryFailure("too much is being sent", at - now)
        line.take(at)
        if at > now:
            await self._sleep(at - now)

    def _line(self, conversation_id: str) -> Line:
        if len(self._conversations) >= _REMEMBERED and conversation_id not in self._conversations:
            now = self._monotonic()
            self._conversations = {key: one for key, one in self._conversations.items() if not one.quiet(now)}
        return self._conversations.setdefault(conversation_id, Line(self._limits.conversation))
