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


def test_the_thing_alone_is_not_what_the_case_is_called() -> None:
    """A critical case was called "det er Gerica på vanlig PC", and its system "Det er"."""
    talk = said(
        "1linje",
        "Gerica, 4 ansatte hjemmetjenesten, får ikke opp arbeidslister, siden kl 7, prøvd relogg",
        "ja, vet ikke enhets-id, arbeidsliste. Det er forresten ikke mobilen, det er Gerica på PC",
        "feil skjema, det er Gerica på vanlig PC",
        "1",
    )
    draft = talk.state.draft
    assert draft is not None
    assert draft.text.startswith("Gerica, 4 ansatte hjemmetjenesten")
    assert "det er Gerica på vanlig PC" in draft.text
    assert draft.answers["system"].shown == "Gerica"


@pytest.mark.parametrize(
    "first",
    [
        "Teams er nede for meg siden 08.00, prøvd omstart",
        "Teams nede for alle i bydelen kl 22 i kveld? nei vent, det er Outlook, siden 08.00, 12 brukere, nettmail "
        "virker, prøvd omstart",
    ],
)
def test_feil_skjema_may_come_after_what_is_denied(first: str) -> None:
    """It was taken for an answer of the Teams form, or for a second need."""
    talk = said("1linje", first)
    talk.bot_does_not_say("flere ting i meldingen")
    talk.says("nei, ikke kritisk og ikke Teams. feil skjema, det er Outlook")
    talk.bot_says("Skjema: Outlook – feil", "kl. 08.00", "prøvd omstart", "Kritisk feil: Nei")
    assert "ikke Teams" in talk.last


def test_self_help_for_another_system_is_no_self_help_that_failed() -> None:
    """The case was sent on the form for locked Windows accounts, as if the advice had been tried."""
    talk = said(
        "ansatt",
        "Eg får ikkje logga på Gerica, det står at brukaren er sperra",
        "1",
        "nei, det er i Gerica han er sperra, ikkje i Windows",
    )
    talk.bot_says("andre skjema", "Gerica", "Ingen av desse")
    talk.bot_does_not_say("1. Gerica – fjerne", "Brukar låst")
    draft = talk.state.draft
    assert draft is not None
    assert "ikkje i Windows" in draft.text
    assert "tried" not in draft.answers


@pytest.mark.parametrize("answered", [False, True])
def test_a_system_that_is_denied_is_asked_and_one_that_is_named_is_taken(answered: bool) -> None:
    """It stayed AKS, and of two lines in one sentence only the phone was taken."""
    talk = said("1linje", "Hele bydelen får ikke skrevet ut fra AKS siden i dag kl 08, prøvd omstart")
    if answered:
        talk.says("nei, SKR-1")
    talk.says("systemet er feil, det er ikke AKS")
    talk.bot_says("Hvilket system eller program gjelder det?")
    draft = talk.state.draft
    assert draft is not None
    assert "system" not in draft.answers
    talk.says("systemet er Outlook, og kontakttelefon 22334455")
    draft = talk.state.draft
    assert draft is not None
    assert draft.answers["system"].shown == "Outlook"
    assert draft.answers["phone"].value == "+4722334455"
