"""The table of what to do after an answer."""

from __future__ import annotations

import pytest

from bot.kompass.answers import Refused, Verdict, Weighed
from bot.kompass.breaker import Breaker
from bot.kompass.repeating import LONGEST_WAIT, MOST_ATTEMPTS, Next, Step, next_step
from knowledge.errors import TemporaryFailure, UncertainOutcome

V = Verdict


def step(
    verdict: Verdict, *, repeatable: bool, attempt: int = 1, renewed: bool = False, wait: float | None = None
) -> Step:
    weighed = Weighed(verdict, reason="why", retry_after=wait)
    return next_step(
        "call", weighed, reads=repeatable, repeatable=repeatable, attempt=attempt, renewed=renewed, jitter=1.0
    )


@pytest.mark.parametrize(
    ("verdict", "repeatable", "next_one"),
    [
        (V.DONE, True, Next.TAKE),
        (V.DONE, False, Next.TAKE),
        (V.FAILED, True, Next.AGAIN),
        (V.FAILED, False, Next.TAKE),
        (V.REFUSED, True, Refused),
        (V.REFUSED, False, Refused),
        (V.UNAUTHORISED, True, Next.LOG_IN),
        (V.UNAUTHORISED, False, Next.LOG_IN),
        (V.LOGIN_PAGE, True, Next.LOG_IN),
        (V.LOGIN_PAGE, False, UncertainOutcome),
        (V.BUSY, True, Next.AGAIN),
        (V.BUSY, False, Next.AGAIN),
        (V.NOT_SENT, True, Next.AGAIN),
        (V.NOT_SENT, False, Next.AGAIN),
        (V.BROKEN, True, Next.AGAIN),
        (V.BROKEN, False, UncertainOutcome),
    ],
)
def test_the_first_attempt(verdict: Verdict, repeatable: bool, next_one: Next | type[Exception]) -> None:
    done = step(verdict, repeatable=repeatable)
    if isinstance(next_one, Next):
        assert done.next is next_one
    else:
        assert done.next is Next.GIVE_UP
        assert type(done.error) is next_one
        assert str(done.error) == "call: why"


@pytest.mark.parametrize("verdict", [V.UNAUTHORISED, V.LOGIN_PAGE])
def test_there_is_one_new_login_and_no_second(verdict: Verdict) -> None:
    assert type(step(verdict, repeatable=True, renewed=True).error) is TemporaryFailure


@pytest.mark.parametrize("verdict", [V.BUSY, V.NOT_SENT, V.BROKEN])
def test_the_last_attempt_gives_up_as_something_that_did_not_happen(verdict: Verdict) -> None:
    assert type(step(verdict, repeatable=True, attempt=MOST_ATTEMPTS).error) is TemporaryFailure


def test_what_creates_is_never_repeated_after_it_may_have_happened() -> None:
    for attempt in range(1, MOST_ATTEMPTS + 1):
        for verdict in (V.BROKEN, V.LOGIN_PAGE):
            assert step(verdict, repeatable=False, attempt=attempt, renewed=True).next is Next.GIVE_UP


def test_waits_grow_and_the_other_sides_own_is_never_undercut() -> None:
    assert step(V.BROKEN, repeatable=True, attempt=2).wait == 2 * step(V.BROKEN, repeatable=True).wait
    assert step(V.BUSY, repeatable=False, wait=3).wait == 3
    asked = step(V.BUSY, repeatable=False, wait=LONGEST_WAIT + 1)
    assert isinstance(asked.error, TemporaryFailure)
    assert asked.error.retry_after == LONGEST_WAIT + 1


def test_the_breaker_opens_on_silence_only() -> None:
    silent, there = Weighed(V.NOT_SENT), Weighed(V.BROKEN, value={"message": "500"})
    breaker = Breaker(in_a_row=3)
    assert [breaker.note(one) for one in (silent, silent, there, silent, silent)] == [False] * 5
    assert breaker.note(silent)
    assert breaker.open
    assert not breaker.note(silent)
    breaker.close()
    assert not breaker.open
    assert not breaker.note(silent)


def test_two_calls_in_a_row_without_an_answer_are_told_before_it_opens() -> None:
    silent, breaker = Weighed(V.NOT_SENT), Breaker()
    breaker.note(silent)
    assert not breaker.quiet
    breaker.note(silent)
    assert breaker.quiet
    assert not breaker.open
    breaker.note(Weighed(V.DONE))
    assert not breaker.quiet


@pytest.mark.parametrize("verdict", [V.DONE, V.REFUSED, V.UNAUTHORISED, V.LOGIN_PAGE, V.BUSY])
def test_whatever_answers_is_not_down(verdict: Verdict) -> None:
    breaker = Breaker(in_a_row=1)
    assert not breaker.note(Weighed(verdict))


def test_a_wait_too_long_for_a_call_is_as_good_as_no_answer() -> None:
    breaker = Breaker()
    assert breaker.note(Weighed(V.BUSY, retry_after=30), too_long=True)
    assert breaker.open
    assert not breaker.note(Weighed(V.BUSY, retry_after=30), too_long=True)
