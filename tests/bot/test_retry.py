"""Whether an effect is tried again, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retry import GiveUp, RetryPolicy, TryAgain, next_attempt, seconds_asked_for
from knowledge.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure, UncertainOutcome
from tests.bot.samples import MONDAY

POLICY = RetryPolicy(first_wait=2, longest_wait=900, give_up_after=timedelta(hours=72))


def waited(attempt: int, error: Exception, jitter: float = 1.0, age: float = 0.0) -> float | str:
    """Seconds until the next attempt, or why there is none."""
    decision = next_attempt(
        attempt, error, MONDAY, queued_at=MONDAY - timedelta(hours=age), policy=POLICY, jitter=jitter
    )
    if isinstance(decision, GiveUp):
        return "refused" if decision.refused else "no answer"
    return (decision.at - MONDAY).total_seconds()


@pytest.mark.parametrize(
    ("attempt", "error", "jitter", "age", "expected"),
    [
        (1, TemporaryFailure("down"), 1.0, 0, 2),
        (1, TemporaryFailure("down"), 0.0, 0, 1),
        (2, TemporaryFailure("down"), 1.0, 0, 4),
        (9, TemporaryFailure("down"), 1.0, 0, 512),
        (10, TemporaryFailure("down"), 1.0, 0, 900),
        (10_000, TemporaryFailure("down"), 1.0, 0, 900),
        (1, TemporaryFailure("throttled", retry_after=30), 0.0, 0, 30),
        (1, TemporaryFailure("throttled", retry_after=0.5), 0.0, 0, 1),
        (1, TemporaryFailure("down"), 1.0, 72, "no answer"),
        (1, TemporaryFailure("down"), 1.0, 71.9, 2),
        (1, UncertainOutcome("timeout"), 1.0, 72, "no answer"),
        (1, PermanentFailure("no"), 1.0, 0, "refused"),
        (1, PermanentFailure("no"), 1.0, 100, "refused"),
        (3, ValueError("a mistake of ours"), 1.0, 0, 8),
    ],
)
def test_table(attempt: int, error: Exception, jitter: float, age: float, expected: float | str) -> None:
    assert waited(attempt, error, jitter, age) == expected


errors = st.one_of(
    st.builds(TemporaryFailure, st.just("down"), st.none() | st.floats(0, 10_000)),
    st.builds(UncertainOutcome, st.just("timeout")),
    st.builds(PermanentFailure, st.just("no")),
    st.builds(OutcomeUnknown, st.just("lost")),
    st.builds(KeyError, st.just("bug")),
)


@given(st.integers(1, 10_000), errors, st.floats(0, 1), st.floats(0, 200))
def test_rules_that_hold_for_every_failure(attempt: int, error: Exception, jitter: float, age: float) -> None:
    decision = next_attempt(
        attempt, error, MONDAY, queued_at=MONDAY - timedelta(hours=age), policy=POLICY, jitter=jitter
    )
    maybe_done = not isinstance(error, TemporaryFailure)
    if isinstance(error, OutcomeUnknown):
        assert decision == GiveUp(refused=False, unknown=True)
    elif isinstance(error, PermanentFailure):
        assert decision == GiveUp(refused=True)
    elif age >= 72:
        assert decision == GiveUp(refused=False, unknown=maybe_done)
    else:
        assert isinstance(decision, TryAgain)
        hint = getattr(error, "retry_after", None) or 0
        seconds = (decision.at - MONDAY).total_seconds()
        assert min(POLICY.first_wait / 2, seconds) == POLICY.first_wait / 2
        assert seconds >= hint - 1e-5
        assert seconds <= max(POLICY.longest_wait, hint) + 1e-5
        # What may have happened is never simply repeated; what did not is not looked for.
        assert decision.look_up_first is maybe_done


@given(st.integers(1, 100), st.floats(0, 1))
def test_waits_never_get_shorter(attempt: int, jitter: float) -> None:
    first, second = (waited(one, TemporaryFailure("down"), jitter) for one in (attempt, attempt + 1))
    assert isinstance(first, float)
    assert isinstance(second, float)
    assert second >= first


DATE = "Mon, 23 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("text", "date", "seconds"),
    [
        ("7", DATE, 7),
        ("7", "", 7),
        ("Mon, 23 Nov 2026 09:00:30 GMT", DATE, 30),
        ("Mon, 23 Nov 2026 10:00:30 +0100", DATE, 30),
        ("Monday, 23-Nov-26 09:00:30 GMT", DATE, 30),  # the older form servers may still use
        ("Mon, 23 Nov 2026 09:00:00 GMT", DATE, 0),
        ("Mon, 23 Nov 2026 08:59:00 GMT", DATE, None),
        ("Mon, 23 Nov 2026 09:00:30 GMT", "", None),
        ("Mon, 23 Nov 2026 09:00:30", DATE, None),
        ("Mon, 23 Nov 2036 09:00:00 GMT", DATE, None),
        ("9999999", DATE, None),
        ("-1", DATE, None),
        ("", DATE, None),
        ("soon", "then", None),
    ],
)
def test_retry_after_is_seconds_or_a_moment_by_the_clock_of_the_one_who_asks(
    text: str, date: str, seconds: float | None
) -> None:
    assert seconds_asked_for(text, date) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_is_an_error(text: str, date: str) -> None:
    asked = seconds_asked_for(text, date)
    assert asked is None or 0 <= asked < 1e6
