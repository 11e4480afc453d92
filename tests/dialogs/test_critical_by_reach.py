"""Whether a fault is critical is looked at again whenever more is known, and not at the first message alone.

A total outage went off as not critical, at night and on Christmas day, with no word of the phone (G 5.1.2.2, 4.3).
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.dialogs.talking import choose
from tests.transcript import OSLO, Transcript, person

CHRISTMAS = datetime(2026, 12, 25, 14, 0, tzinfo=OSLO)
NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=OSLO)
PHONE, QUESTION = "23 47 70 70", "Haster det så mye"


def said(role: str, *messages: str, now: datetime = NIGHT) -> Transcript:
    talk = Transcript(person(role), now=now)
    for message in messages:
        talk.says(message)
    return talk


def test_a_total_outage_in_the_first_message_is_told_of_the_phone() -> None:
    talk = said("1linje", "Hele AKS er nede, ingen kommer inn i bydelen", now=CHRISTMAS)
    talk.bot_says(PHONE, "Sopra Sterias døgnvakt", QUESTION)
    talk.says("ja")
    talk.says("90011223, kontor, 13:30, prøvd alt")
    assert talk.state.draft is not None
    assert talk.state.draft.critical


@pytest.mark.parametrize(
    "place",
    ["Hele sykehjemmet får ikke logget på Gerica", "Hele hjemmetjenesten får ikke logget på Gerica, alt er nede"],
)
def test_a_place_of_care_without_its_system_is_asked_about(place: str) -> None:
    talk = said("superbruker", place)
    talk.bot_says(PHONE)
    choose(talk, 900075)
    talk.bot_says(QUESTION)


def test_the_reach_may_come_in_the_answer() -> None:
    talk = said("superbruker", "Gerica nede")
    talk.bot_does_not_say(PHONE)
    talk.says("klient, nå, hele hjemmetjenesten, alt er nede, restart")
    talk.bot_says(PHONE, QUESTION)


def test_or_in_a_correction_at_the_summary() -> None:
    talk = said("1linje", "AKS er nede for Kari Moe på hjemmekontor, siden i går kl 10, prøvd omstart")
    talk.bot_does_not_say(PHONE)
    talk.says("det gjelder hele bydelen")
    talk.bot_says(PHONE, QUESTION)
    talk.says("send")
    assert not talk.cases


def test_or_in_words_of_danger_said_later() -> None:
    talk = said("1linje", "AKS er nede for Kari Moe på hjemmekontor, siden i går kl 10, prøvd omstart")
    talk.says("hun sitter på legevakta og får ikke sett medisinkortene")
    talk.bot_says(PHONE, QUESTION)


def test_it_is_asked_once() -> None:
    talk = said("1linje", "Hele AKS er nede, ingen kommer inn i bydelen", "nei")
    talk.says("kontor\n13:30\nprøvd omstart")
    talk.bot_does_not_say(QUESTION)
    talk.says("det gjelder alle bydeler")
    talk.bot_does_not_say(QUESTION)
    talk.says("send")
    assert not talk.case["critical"]


@pytest.mark.parametrize(
    "report",
    [
        "AKS er tregt i hele bydelen siden i går, prøvd omstart",
        "Vi er tre på kontoret som ikke får logget på AKS siden i går, prøvd omstart",
        "Alle skriverne er nede på kontoret i 3. etasje",
        "Gerica er nede for hele bydelen, men det er ikke kritisk",
        "Vi trenger tilgang til Gerica for alle bydeler",
    ],
)
def test_what_reaches_less_is_not_asked_about(report: str) -> None:
    talk = said("1linje", report)
    talk.bot_does_not_say(PHONE)
    talk.bot_does_not_say(QUESTION)
