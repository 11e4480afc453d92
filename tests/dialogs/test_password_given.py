"""A password given away: what to do is said at once, once, in the person's language (G 4.3, 5.1.2.2)."""

from __future__ import annotations

import json

import pytest

from dialogs.state import state_from_json, state_to_text
from tests.transcript import Transcript, person


@pytest.mark.parametrize(
    ("text", "change", "keep"),
    [
        (
            "Jeg trykket på en lenke i en mistenkelig e-post og skrev inn passordet mitt",
            "Bytt passordet med en gang, fra en annen maskin",
            "Ikke slett meldingen",
        ),
        (
            "Eg fekk ein falsk e-post og skreiv inn passordet mitt, kva gjer eg?",
            "Byt passordet med ein gong, frå ei anna maskin",
            "Ikkje slett meldinga",
        ),
        (
            "I have received a phishing email, I clicked the link and entered my password",
            "Change the password at once, from another computer",
            "Do not delete the message",
        ),
    ],
)
@pytest.mark.parametrize("role", ["ansatt", "superbruker"])
def test_what_to_do_comes_before_any_question(text: str, change: str, keep: str, role: str) -> None:
    talk = Transcript(person(role))
    said = talk.says(text)
    assert said.startswith(change)
    assert "23 47 70 70" in said
    assert keep in said


@pytest.mark.parametrize(
    "text",
    [
        "noen ringte og sa de var fra IT og jeg ga dem passordet: Fotball123 og koden fra bankid",
        "jeg ga bort passordet mitt til en som ringte og sa han var fra IT",
        "Har skrevet inn brukernavn amina123 og passord Vinter2025 på en falsk side",
        "passordet mitt er på avveie",
        "jeg har gitt passordet mitt til en kollega",
    ],
)
@pytest.mark.parametrize("role", ["ansatt", "superbruker"])
def test_by_phone_or_on_a_false_page_it_is_the_same_and_the_form_is_no_question(text: str, role: str) -> None:
    """Players who told it so were asked whether it was Citrix or the PC, and ended at a pupil's password."""
    talk = Transcript(person(role))
    said = talk.says(text)
    assert "Bytt passordet med en gang" in said
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == 900431


@pytest.mark.parametrize(
    "text",
    [
        "jeg skrev inn passordet mitt men det virker ikke",
        "får ikke logget inn, har oppgitt riktig passord",
        "jeg har fått nytt passord, men ga opp å logge på",
        "dere har gitt meg nytt passord, men det virker ikke",
        "vi ga brukeren nytt passord i går, hun får fortsatt ikke logget på",
        "Brukeren har ikke gitt passordet til noen",
    ],
)
def test_an_ordinary_trouble_with_a_password_alarms_nobody(text: str) -> None:
    assert "Bytt passordet med en gang" not in Transcript(person("superbruker")).says(text)


def test_it_is_said_once() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("Jeg trykket på en lenke i en phishing-epost og oppga passordet")
    assert "Bytt passordet" not in talk.says("1. i dag kl 9\n2. ingenting")
    assert talk.state.draft is not None
    assert state_from_json(json.loads(state_to_text(talk.state))).drafts[0].advised


def test_it_is_said_when_the_question_is_answered_with_yes() -> None:
    talk = Transcript(person("superbruker"))
    asked = talk.says("Brukeren fikk en mistenkelig e-post om passord")
    assert "Bytt passordet" not in asked
    assert "Bytt passordet med en gang" in talk.says("passord er oppgitt: ja")


def test_who_kept_the_password_is_not_alarmed() -> None:
    talk = Transcript(person("ansatt"))
    assert "Bytt passordet" not in talk.says("fikk en mistenkelig e-post, har ikke oppgitt passord")


def test_nobody_is_asked_how_much_of_a_false_email_is_down() -> None:
    talk = Transcript(person("superbruker"))
    assert "alt nede" not in talk.says("Jeg trykket på en lenke i en phishing-epost og oppga passordet")


def test_it_is_said_first_and_the_form_needs_no_choice() -> None:
    talk = Transcript(person("1linje"))
    said = talk.says("Brukeren har oppgitt passordet sitt på en falsk side, han ringte nå")
    assert said.startswith("Bytt passordet med en gang")
    assert "Hvilket skjema passer best?" not in said


@pytest.mark.parametrize(
    "text", ["Brukeren tastet passordet feil og er låst ute", "skrev inn passordet men kommer ikke inn i Gerica"]
)
def test_a_password_typed_where_it_belongs_is_no_alarm(text: str) -> None:
    assert "Bytt passordet" not in Transcript(person("1linje")).says(text)
