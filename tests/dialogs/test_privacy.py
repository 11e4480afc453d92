"""What is caught before it leaves the chat, what the bot says it keeps, and deleting it."""

from __future__ import annotations

import json

from dialogs.effects import ForgetMe
from dialogs.state import State, state_to_text
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begin, fill
from tests.dialogs.test_guide_rules import answered
from tests.transcript import Transcript, person

# Made-up numbers with right check digits.
FODSELSNUMMER = "01019010046"


def test_a_fodselsnummer_never_reaches_the_state_or_the_case() -> None:
    talk = Transcript(person("1linje"))
    talk.says(f"Gerica starter ikke for Kari ({FODSELSNUMMER}), hele avdelingen, prøvd omstart")
    talk.bot_says("Jeg fjernet noe som ikke skal stå i en sak")
    assert FODSELSNUMMER not in state_to_text(talk.state)
    for _ in range(3):
        if talk.state.pending is not None and talk.state.pending.kind == "form":
            talk.says("1")
    answered(talk)
    talk.says("send")
    assert FODSELSNUMMER not in json.dumps(talk.case)


def test_a_password_in_an_answer_is_masked() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.says("passordet mitt er Sommer2026!")
    assert "Sommer2026" not in state_to_text(talk.state)
    assert "Sommer2026" not in talk.last


def test_what_do_you_know_about_me() -> None:
    talk = Transcript(person("1linje"))
    talk.says("hva vet du om meg?")
    talk.bot_says("Lars Linje", "BGO", "1.linje", "Slett mine data")


def test_delete_my_data_asks_and_says_what_stays() -> None:
    talk = Transcript(person("1linje"))
    begin(talk, AKS_SLOW, AKS_SLOW_FORM)
    fill(talk).says("send")
    talk.says("slett mine data")
    talk.bot_says("Én sak blir liggende", "plikt til å arkivere")
    talk.says("ja")
    talk.bot_says("Jeg har slettet profilen din")
    assert talk.effects == [ForgetMe()]
    assert talk.state == State(draft_count=talk.state.draft_count)


def test_no_cases_were_said_to_stay_when_there_are_none() -> None:
    talk = Transcript(person("1linje"))
    talk.says("slett mine data")
    talk.bot_does_not_say("0 saker", "arkivere")
    talk.says("ja")
    talk.bot_does_not_say("0 saker", "arkiveres")


def test_a_number_and_health_details_are_both_told_of() -> None:
    """Only the number was, so nobody knew that the details could be kept."""
    talk = Transcript(person("1linje"))
    talk.says(f"Beboer Kari Nordmann har demens og får ikke logget på, fødselsnummer {FODSELSNUMMER}")
    talk.bot_says("Jeg fjernet fødselsnummer", "helseopplysninger", "«ta med:»")


def test_or_nothing_is_deleted() -> None:
    talk = Transcript(person("1linje"))
    talk.says("delete my data")
    talk.says("nei")
    assert not talk.effects
    talk.bot_says("all is as before")


def test_an_old_delete_button_does_nothing() -> None:
    talk = Transcript(person("1linje"))
    talk.press_action("forget:yes")
    assert not talk.effects


def test_a_mistyped_fodselsnummer_said_to_be_one_is_masked() -> None:
    talk = Transcript(person("1linje"))
    talk.says("fødselsnummer 01017012345 mangler i PRK for Kari")
    assert "01017012345" not in state_to_text(talk.state)


class TestHealthDetails:
    SAID = "Gerica starter ikke for Kari Nordmann som har diabetes"

    def test_they_are_taken_out_and_that_is_said(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(self.SAID)
        talk.bot_says("helseopplysninger", "«ta med:»")
        assert "diabetes" not in state_to_text(talk.state)

    def test_the_person_decides(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(f"ta med: {self.SAID}, fødselsnummer {FODSELSNUMMER}")
        stored = state_to_text(talk.state)
        assert "diabetes" in stored
        assert FODSELSNUMMER not in stored


def test_the_marks_of_what_was_taken_out_choose_no_form_and_fill_no_line() -> None:
    """ "[helseopplysning fjernet]" chose the form for health personnel, and "Fjerne" for what to do."""
    talk = Transcript(person("ansatt"))
    talk.says("kollegaen min Per Hansen er sykemeldt med depresjon og jeg må ha tilgang til e-posten hans")
    talk.bot_says("Jeg tok ut helseopplysninger")
    talk.bot_does_not_say("HelseID", "«fjernet»", "«helseopplysning»", "Handling: Fjerne")


def test_health_details_leave_nothing_in_the_case_with_a_number_beside_them() -> None:
    talk = Transcript(person("superbruker"))
    talk.says(
        f"Ansatt Nils Berg (f. 12.03.1975, fnr {FODSELSNUMMER}), som har kreft og er innlagt på OUS, "
        "får ikke logget på VPN"
    )
    kept = state_to_text(talk.state)
    assert "kreft" not in kept
    assert "OUS" not in kept
    assert "VPN" in kept
