"""Sixty written reports reach an opened case on the right form, nothing is asked twice, and few messages are needed.

The bounds on the mean are what is reached today; they may only shrink. The targets are 2.0 and 3.5 for whoever answers
what the bot lists in one message, as the text asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import mean

import pytest

from tests.benchmarks.reports import FRESH, UNSEEN, Length, Played, Style, load_reports, plain_form_messages, play

# Mean number of messages from first word to opened case; may only shrink.
# One order of sixty comes to its right form at once since its neighbour is no longer shown first, and that form asks
# for the attachment: a message more, where a wrong form was put right in the same message as it was sent.
AT_MOST = {
    (Length.COMPLETE, Style.ONE_AT_A_TIME): 2.02,
    (Length.COMPLETE, Style.NUMBERED): 2.02,
    (Length.COMPLETE, Style.LABELLED): 2.02,
    (Length.HALF, Style.ONE_AT_A_TIME): 3.96,
    (Length.HALF, Style.NUMBERED): 2.25,
    (Length.HALF, Style.LABELLED): 2.25,
}
WAYS = sorted(AT_MOST)


@cache
def all_played(length: Length, style: Style) -> Sequence[Played]:
    return [play(report, length, style) for report in load_reports()]


@pytest.mark.parametrize("name", [UNSEEN, FRESH])
def test_reports_nobody_tuned_to_get_through_as_well(name: str) -> None:
    """Their mean stands in the table of `python -m tests.benchmarks.messages`, beside that of the sixty."""
    for length, style in WAYS:
        for report in load_reports(name):
            played = play(report, length, style)
            assert played.right, played.talk.text()
            assert not played.asked_twice, played.talk.text()
            assert not played.lacking, played.talk.text()


def test_there_are_thirty_faults_and_thirty_orders_of_four_roles() -> None:
    reports = load_reports()
    assert len({one.id for one in reports}) == 60
    assert sum(one.id.startswith("f") for one in reports) == 30
    assert {one.role for one in reports} >= {"ansatt", "superbruker", "1linje", "forvalter"}


@pytest.mark.parametrize(("length", "style"), WAYS)
def test_every_report_reaches_an_opened_case_on_the_right_form(length: Length, style: Style) -> None:
    stuck = {one.report.id: one.talk.text() for one in all_played(length, style) if not one.right}
    assert not stuck, "\n\n".join(stuck.values())


@pytest.mark.parametrize(("length", "style"), WAYS)
def test_nothing_is_asked_twice(length: Length, style: Style) -> None:
    twice = {one.report.id: one.asked_twice for one in all_played(length, style) if one.asked_twice}
    assert not twice


@pytest.mark.parametrize(("length", "style"), WAYS)
def test_every_question_can_be_answered_from_the_facts(length: Length, style: Style) -> None:
    """Else the sixty reports would not measure what they say they do."""
    assert not {one.report.id: one.lacking for one in all_played(length, style) if one.lacking}


@pytest.mark.parametrize(("length", "style"), WAYS)
def test_the_mean_number_of_messages_only_shrinks(length: Length, style: Style) -> None:
    assert mean(one.messages for one in all_played(length, style)) <= AT_MOST[length, style]


def test_a_plain_form_needs_more_even_than_half_a_report() -> None:
    plain = mean(plain_form_messages(one) for one in all_played(Length.COMPLETE, Style.ONE_AT_A_TIME))
    assert plain > AT_MOST[Length.HALF, Style.ONE_AT_A_TIME]
