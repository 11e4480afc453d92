"""What is said where a form is to be chosen, and the many ways to say "send" (G 4.1)."""

from __future__ import annotations

import pytest

from dialogs import correcting
from dialogs.commands import Command, find_command
from tests.transcript import Transcript, person

PAPER_JAM = "skriver i Storgata 1, papirkrøll siden i går, bare meg, prøvd å ta ut papir, 23 45 67 89"


def test_yes_to_several_forms_picks_none_and_is_no_part_of_the_case() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    talk.says("trenger tilgang")
    talk.bot_says("Hvilket skjema passer best?")
    talk.says("ja")
    talk.bot_says("Skriv tallet foran det som passer")
    assert talk.state.draft is not None
    assert talk.state.draft.text == "trenger tilgang"


def test_who_only_says_yes_gets_the_nearest_form_in_the_end() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    for line in ("trenger tilgang", "ja", "ja", "ja"):
        talk.says(line)
    talk.bot_says("Jeg tar det som ligger nærmest")
    assert talk.state.draft is not None
    assert talk.state.draft.text == "trenger tilgang"


@pytest.mark.parametrize(
    "text",
    ["bare send da", "ok send den bare", "kan du sende den nå?", "fint, send saken som den er",
     "berre send saka no, takk",
     "just send it please", "Ja. Send!", "det er bra, send inn"],
)  # fmt: skip
def test_the_wish_to_send_in_small_words(text: str) -> None:
    command = find_command(text)
    assert command is not None
    assert command.command is Command.SEND


@pytest.mark.parametrize(
    "text", ["ikke send", "kan ikke sende", "sender den senere", "send en mail", "send kopi til Kari"]
)
def test_what_is_no_wish_to_send(text: str) -> None:
    command = find_command(text)
    assert command is None or command.command is not Command.SEND


def test_the_small_words_before_send_answer_no_question() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    talk.says(PAPER_JAM)
    talk.says("bare send da")
    talk.bot_says("Saken kan ikke sendes ennå")
    assert talk.state.draft is not None
    assert "Bare" not in str(talk.state.draft.answers)
    assert "bare send" not in str(talk.state.draft.answers)


LOGIN = "Hele bydelen får ikke logget på AKS siden i går kl 01.01, prøvd omstart"


def test_nobody_goes_in_circles_where_another_form_is_to_be_chosen() -> None:
    """The same three forms came after every message, for ever, and the description grew by each."""
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    for line in (LOGIN, "feil skjema", "Kontor", "det er på kontoret"):
        talk.says(line)
    talk.bot_says("Her er de andre skjemaene")
    talk.says("begge steder")
    talk.bot_says("Jeg tar det som ligger nærmest")
    assert talk.state.draft is not None
    assert talk.state.draft.text == f"{LOGIN}\nKontor\ndet er på kontoret\nbegge steder"


def test_a_case_takes_so_many_words_and_says_when_there_is_no_room_for_more() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    for line in (LOGIN, "nei, ikke kritisk", "Kontor", "vi ser det slik: " + "x y z " * 3000):
        talk.says(line)
    talk.bot_says("Det la jeg til i beskrivelsen")
    before = talk.state.draft
    talk.says("vi ser det slik: " + "x y z " * 3000)
    talk.bot_says("Det er ikke plass til mer i denne saken (30000 tegn)", "FEILMELDING, KLAR TIL Å SENDES")
    assert before is not None
    assert talk.state.draft is not None
    assert talk.state.draft.text == before.text
    talk.says("send")
    talk.bot_says("Saken er mottatt")


def test_what_was_tried_has_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correcting, "MAX_ANSWER_LENGTH", 60)
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    for line in (LOGIN, "nei, ikke kritisk", "har også prøvd å bytte kabel", "har også prøvd en annen nettleser"):
        talk.says(line)
    talk.bot_says("Det er ikke plass til mer")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].shown == "prøvd omstart. har også prøvd å bytte kabel"


def test_forms_are_named_and_told_apart_in_the_language_of_the_person() -> None:
    talk = Transcript(person("ansatt", virksomhet="HEL"))
    talk.says("I have a problem with my account")
    talk.bot_says("User locked / blocked account", "The account is locked after too many attempts")
    talk.bot_does_not_say("Bruker låst")
    talk.says("the user locked one")
    talk.says("no")
    talk.bot_says('User locked / blocked account ("Bruker låst / sperret konto")')


class TestMoreWords:
    """What is told instead of a choice counts for the choice (issue: a list that stayed the same whatever was said)."""

    def test_the_next_words_rank_the_forms_anew(self) -> None:
        talk = Transcript(person("superbruker", virksomhet="BGO"))
        talk.says("det er noe med pcen")
        talk.says("den er treg")
        talk.bot_says("PC – treg, henger eller fryser")

    def test_a_no_with_another_need_begins_with_that(self) -> None:
        talk = Transcript(person("superbruker", virksomhet="BGO"))
        talk.says("bestille ny pc")
        talk.says("nei jeg mener at skriveren har papirkrøll")
        talk.bot_says("Feil på skriver/multifunksjonsmaskin")
        talk.bot_does_not_say("e-handel")

    def test_none_of_these_with_what_it_is_instead(self) -> None:
        talk = Transcript(person("superbruker", virksomhet="BGO"))
        talk.says("trenger tilgang")
        talk.says("ingen av disse, pcen har blåskjerm")
        talk.bot_says("PC starter ikke / ber om BitLocker-nøkkel")
        talk.bot_does_not_say("tilgang til mappe")

    @pytest.mark.parametrize(
        "words", ["nei takk, det var alt", "det var alt", "nei takk, det er bra", "no thanks, that was all"]
    )
    def test_who_wants_nothing_more_is_let_go(self, words: str) -> None:
        talk = Transcript(person("superbruker", virksomhet="BGO"))
        talk.says("trenger tilgang")
        talk.says(words)
        assert talk.state.draft is None

    def test_facts_alone_choose_no_form(self) -> None:
        talk = Transcript(person("superbruker", virksomhet="BGO"))
        talk.says("trenger tilgang")
        talk.says("i går kl 14")
        talk.bot_says("Det har jeg notert", "Hvilket av disse skjemaene passer?")


def test_send_after_more_was_told_takes_the_nearest_form() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    talk.says("trenger tilgang")
    talk.says("til mappa vår")
    talk.says("send")
    assert talk.state.draft is not None
    assert talk.state.draft.form_id is not None
