"""Whether an effect is tried again, and when: a pure function, apart from the doing.

- Nothing happened (TemporaryFailure): again, waiting twice as long each time, up to a limit; the other side's own
  `retry_after` is never undercut. Jitter keeps many waiting effects from coming back in the same second.
- It may have happened (UncertainOutcome, and anything unforeseen): again, but it is looked up first.
- It cannot happen (PermanentFailure), or nobody can find out whether it did (OutcomeUnknown): never; a person must
  look.
- Nothing has worked for long enough: as if it could not happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from knowledge.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Waits in seconds; `give_up_after` counts from when the effect was queued."""

    first_wait: float = 2.0
    longest_wait: float = 900.0
    give_up_after: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Not before `at`; `look_up_first` when it may already have happened."""

    at: datetime
    look_up_first: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """No more attempts. `refused`: the other side said no; otherwise it never gave a usable answer.

    unknown: it may have happened all the same.
    """

    refused: bool
    unknown: bool = False


def next_attempt(
    attempt: int,
    error: Exception,
    now: datetime,
    *,
    queued_at: datetime,
    policy: RetryPolicy,
    jitter: float,
) -> TryAgain | GiveUp:
    """What to do after attempt number `attempt` (from 1) ended with `error`. `jitter` is from 0 to 1."""
    if isinstance(error, OutcomeUnknown):
        return GiveUp(refused=False, unknown=True)
    if isinstance(error, PermanentFailure):
        return GiveUp(refused=True)
    if now - queued_at >= policy.give_up_after:
        return GiveUp(refused=False, unknown=not isinstance(error, TemporaryFailure))
    doubled = policy.first_wait * 2 ** min(attempt - 1, 30)
    # Half of the wait is certain, so that a burst of failures does not come back at once; the other half is spread.
    wait = min(doubled, policy.longest_wait) * (0.5 + 0.5 * jitter)
    if isinstance(error, TemporaryFailure):
        wait = max(wait, error.retry_after or 0.0)
        return TryAgain(now + timedelta(seconds=wait), look_up_first=False)
    return TryAgain(now + timedelta(seconds=wait), look_up_first=True)


def seconds_asked_for(text: str, date: str = "") -> float | None:
    """The wait a Retry-After header asks for, in seconds or as a moment; None when it says nothing that makes sense.

    date: the Date header of the same answer. A moment is measured from it, since the other side's clock may be wrong.
    """
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 7 else None
    try:
        wait = (parsedate_to_datetime(text) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None  # no dates, or one of them without a zone
    return wait if 0 <= wait < 1e6 else None
