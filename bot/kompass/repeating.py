"""What to do after an answer: take it, log in again, try again after a wait, or give up, and as what. A pure table.

    verdict        may be repeated                      may not be repeated (creating)
    DONE           take it                              take it
    FAILED         again if it only reads, then take it take it
    REFUSED        Refused                              Refused
    UNAUTHORISED   log in once, then again              the same: it was refused before it was carried out
    LOGIN_PAGE     log in once, then again              UncertainOutcome: a page says nothing of what was done
    BUSY           again after the wait asked for       the same, for the same reason
    NOT_SENT       again                                the same: nothing arrived
    BROKEN         again                                UncertainOutcome

A failure inside HTTP 200 may be an accident of the other side; what is left of it after a repeat, the reader of the
answer tells. A wait that is too long to hold a worker up becomes TemporaryFailure, and the outbox waits instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.kompass.answers import Refused, Verdict, Weighed
from knowledge.errors import PortError, TemporaryFailure, UncertainOutcome

MOST_ATTEMPTS = 3
LONGEST_WAIT = 5.0
"""Seconds that a call waits by itself."""

_FIRST_WAIT = 0.4
_BUSY_WAIT = 1.0


class Next(Enum):
    """What to do now."""

    TAKE = auto()
    LOG_IN = auto()
    AGAIN = auto()
    GIVE_UP = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """wait: seconds before AGAIN. error: what GIVE_UP raises."""

    next: Next
    wait: float = 0.0
    error: PortError | None = None


def next_step(
    name: str, weighed: Weighed, *, reads: bool, repeatable: bool, attempt: int, renewed: bool, jitter: float
) -> Step:
    """The step after attempt number `attempt` (from 1) of the call called `name`; jitter is from 0 to 1.

    reads: it changes nothing. renewed: this call has had a new login already.
    """
    verdict, reason = weighed.verdict, f"{name}: {weighed.reason}"
    if verdict is Verdict.DONE or (verdict is Verdict.FAILED and not (reads and attempt < MOST_ATTEMPTS)):
        return Step(Next.TAKE)
    if verdict is Verdict.REFUSED:
        return _give_up(Refused(reason))
    if verdict is Verdict.UNAUTHORISED or (verdict is Verdict.LOGIN_PAGE and repeatable):
        return _give_up(TemporaryFailure(reason)) if renewed else Step(Next.LOG_IN)
    if not repeatable and verdict in (Verdict.LOGIN_PAGE, Verdict.BROKEN):
        return _give_up(UncertainOutcome(reason))
    wait = _wait(weighed, attempt, jitter)
    if attempt >= MOST_ATTEMPTS or wait > LONGEST_WAIT:
        return _give_up(TemporaryFailure(reason, retry_after=weighed.retry_after))
    return Step(Next.AGAIN, wait)


def _wait(weighed: Weighed, attempt: int, jitter: float) -> float:
    first = _BUSY_WAIT if weighed.verdict is Verdict.BUSY else _FIRST_WAIT
    # Half is certain, half is spread, as in bot.retry; what the other side asks for is never undercut.
    spread: float = first * 2 ** (attempt - 1) * (0.5 + 0.5 * jitter)
    return max(spread, weighed.retry_after or 0.0)


def _give_up(error: PortError) -> Step:
    return Step(Next.GIVE_UP, error=error)
