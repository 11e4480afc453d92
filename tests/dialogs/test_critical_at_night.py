"""A critical fault reported at night: the phone at once, and the person's own word is enough (G 5.1.2.2, 4.3)."""

from __future__ import annotations

from datetime import datetime

import pytest

from dialogs.state import UNKNOWN_VALUE
from knowledge.reading.signals import says_critical
from tests.transcript import OSLO, Transcript, person

NIGHT = datetime(2026, 11, 23, 2, 40, tzinfo=OSLO)
MEDICINE = "medisinlistene er utilgjengelige for alle i bydelen, både på PC og nettbrett"


def at_night(*messages: str) -> Transcript:
    talk = Transcript(person("1linje"), now=NIGHT)
    for message in messages:
        talk.says(message)
    return talk


def test_the_first_answer_says_whom_to_phone_and_who_answers_now() -> None:
    talk = at_night(MEDICINE)
    talk.bot_says("23 47 70 70", "De er stengt til", "døgnvakt", "Hvilket skjema passer best?")
    talk.says("2")
    talk.bot_does_not_say("De er stengt til")


@pytest.mark.parametrize("order", ["Jeg trenger tilgang til Gerica, kritisk", "Trenger ny PC, det er kritisk"])
def test_an_order_is_no_fault_however_urgent(order: str) -> None:
    at_night(order).bot_does_not_say("23 47 70 70")


def test_a_mere_consequence_is_asked_about() -> None:
    at_night(MEDICINE, "2").bot_says("Haster det så mye")


@pytest.mark.parametrize("said", ["kritisk", "det er kritisk", "kritisk ja", "kritisk, siden midnatt, prøvd omstart"])
def test_an_own_plain_word_is_the_answer(said: str) -> None:
    talk = at_night(MEDICINE, "2", said)
    talk.bot_says("Kritisk feil: Ja")
    talk.bot_does_not_say("Haster det så mye")
    talk.says("send")
    talk.bot_does_not_say("mangler: kritisk feil")


@pytest.mark.parametrize(
    "report",
    [
        "Gerica nede for alle i bydelen, kritisk, siden midnatt, prøvd omstart",
        "gerica klient, kritisk ja, startet kl 01, alle",
    ],
)
def test_an_own_plain_word_in_the_report_is_not_asked_about(report: str) -> None:
    talk = at_night(report)
    if talk.state.draft is not None and talk.state.draft.form_id is None:
        talk.says("1")
    talk.bot_says("Kritisk feil: Ja")
    talk.bot_does_not_say("Haster det så mye")


def test_said_while_the_form_is_chosen_it_is_kept() -> None:
    talk = at_night("Gerica er treg, får ikke åpnet medisinkortet")
    assert talk.state.draft is not None
    if talk.state.draft.form_id is None:
        talk.says("ja det er kritisk, alle")
        talk.bot_says("23 47 70 70")
        talk.says("1")
    else:
        talk.says("ja det er kritisk, alle")
    talk.bot_says("Kritisk feil: Ja")


def test_not_knowing_is_no_yes_and_says_what_to_do() -> None:
    talk = at_night(MEDICINE, "2", "vet ikke")
    talk.bot_says("ikke kritisk", "23 47 70 70", "døgnvakt", "Kritisk feil: Vet ikke")
    assert talk.state.draft is not None
    assert talk.state.draft.critical is False


def test_not_knowing_something_else_leaves_it_critical() -> None:
    talk = at_night(MEDICINE, "2", "kritisk, siden midnatt, prøvd omstart", "vet ikke", "vet ikke")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["critical"].value is True
    assert talk.state.draft.answers["phone"].value == UNKNOWN_VALUE


def test_whom_can_i_phone_says_who_answers_now() -> None:
    at_night(MEDICINE, "hvem kan jeg ringe nå?").bot_says("23 47 70 70", "De er stengt til", "døgnvakt")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Kritisk", True),
        ("Hele bydelen uten nett, kritisk", True),
        ("this is critical", True),
        ("feilen er veldig kritisk for oss. Ring", True),
        ("er det kritisk?", False),
        ("kritisk?", False),
        ("hvis det er kritisk", False),
        ("ikke kritisk", False),
        ("kritisk nei", False),
        ("medisinlister er utilgjengelige", False),
        ("vet ikke om det er kritisk", False),
    ],
)
def test_what_is_an_own_plain_word(text: str, says: bool) -> None:
    assert says_critical(text) is says
