"""When the desk is open on the day somebody asks about (G 4.3); today is Monday 23 November 2026."""

from __future__ import annotations

import pytest

from tests.transcript import Transcript, person


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Har dere åpent på julaften?", "Torsdag 24. desember: åpent fra 08.00 til 20.00"),
        ("er dere åpne lørdag?", "Lørdag 28. november: stengt"),
        ("er dere åpne 17. mai", "Mandag 17. mai 2027: stengt"),
        ("kva tid opnar de på måndag?", "Måndag 30. november: ope frå 08.00 til 20.00"),
        ("are you open on friday?", "Friday 27 November: open from 08.00 to 20.00"),
        ("når stenger dere i dag?", "I dag, mandag 23. november: åpent fra 08.00 til 20.00"),
    ],
)
def test_the_day_is_answered_for(asked: str, told: str) -> None:
    talk = Transcript(person("ansatt"))
    talk.says(asked)
    talk.bot_says(told)


def test_a_few_days_are_answered_one_by_one() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("når er dere åpne i romjula?")
    talk.bot_says(
        "Søndag 27. desember: stengt\nMandag 28. desember: åpent fra 08.00 til 20.00",
        "Når det er stengt, går telefonen",
        "kapittel 4.3",
    )


def test_a_month_is_answered_by_the_rule() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("når er dere åpne i juli?")
    talk.bot_does_not_say("1. juli")


@pytest.mark.parametrize("text", ["AKS åpner ikke siden lørdag", "kan dere åpne brannmuren på mandag?"])
def test_what_opens_or_not_on_a_day_is_no_question_about_the_desk(text: str) -> None:
    talk = Transcript(person("superbruker"))
    talk.says(text)
    talk.bot_does_not_say("åpent fra")


def test_a_case_under_way_goes_on_after_the_answer() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("Skriveren MFP30911 striper, det begynte i går")
    talk.says("er dere åpne lørdag?")
    talk.bot_says("Lørdag 28. november: stengt")
    assert talk.state.draft is not None
