""" "Feil skjema" and "nei" with what the matter is: the form changes by the new words, and the words stay (G 4.1)."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import fill, opened
from tests.transcript import Transcript, person


def said(role: str, *messages: str) -> Transcript:
    talk = Transcript(person(role))
    for message in messages:
        talk.says(message)
    return talk


def test_the_new_words_find_the_form_and_stand_in_the_case() -> None:
    """The VPN case was sent all the same, and the sentence was nowhere."""
    talk = said(
        "superbruker",
        "VPN virker ikke for Kari Moe siden i går, prøvd omstart",
        "feil skjema, det er pc-en hennes som ikke starter",
    )
    talk.bot_says("PC starter ikke")
    if talk.state.pending is not None and talk.state.pending.kind == "form":
        talk.says("1")
    fill(talk, pc_navn="BGO-L1").says("send")
    assert "PC starter ikke" in talk.case["form_title"]
    assert "pc-en hennes som ikke starter" in talk.case["title"]
    assert "VPN virker ikke" in talk.case["description"]
    assert talk.case["on_behalf_of"] == "Kari Moe"


def test_a_no_that_tells_of_another_matter_does_the_same() -> None:
    talk = said(
        "superbruker",
        "jeg får ikke åpnet vedlegg",
        "nei det gjelder vedlegg i outlook, pdf, åpner ikke siden mandag",
    )
    talk.bot_says("Outlook")
    talk.bot_does_not_say("Agentgrensesnittet")
    draft = talk.state.draft
    assert draft is not None
    assert "outlook, pdf" in draft.text
    assert "mandag" in draft.answers["started_at"].shown


def test_what_is_denied_is_not_looked_for() -> None:
    talk = said(
        "superbruker",
        "glemt pinkode på tjenestemobil, bruker Ola Hansen",
        "3",
        "feil skjema, han har ikke mistet den, bare glemt pin-koden",
    )
    talk.bot_does_not_say("IMEI", "IKT-sikkerhet")
    talk.bot_says("bare glemt pin-koden")


def test_it_is_no_answer_to_the_open_question() -> None:
    talk = said(
        "ansatt",
        "kollegaen min Per Hansen er sykemeldt og jeg må ha tilgang til e-posten hans",
        "nei nei, feil skjema. jeg trenger tilgang til postkassen til en kollega som er borte",
    )
    draft = talk.state.draft
    assert draft is not None
    assert "postkassen til en kollega som er borte" in draft.text
    assert "feil skjema" not in draft.text


def test_after_sending_it_is_registered_again() -> None:
    """It was offered as a comment."""
    talk = opened("1linje")
    talk.says("feil skjema, det gjelder ikke AKS men PC")
    talk.bot_says("PC – treg, henger eller fryser")
    talk.says("1")
    fill(talk).says("send")
    assert len(talk.cases) == 2
    assert "Erstatter sak L-2026-000001" in talk.case["description"]
    assert "det gjelder ikke AKS men PC" in talk.case["description"]


@pytest.mark.parametrize(
    "no", ["nei, det begynte i går kl 14", "nei det gjelder hele avdelingen", "nei, det er Per Hansen som har feilen"]
)
def test_a_no_about_a_line_changes_the_line_and_not_the_form(no: str) -> None:
    talk = said("superbruker", "VPN virker ikke for Kari Moe siden i går, prøvd omstart")
    assert talk.state.draft is not None
    form = talk.state.draft.form_id
    talk.says(no)
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == form
