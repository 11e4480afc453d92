"""«Virker det hos deg nå?»: the answers people give after a fellesfeil, by button and in their own words (G 5.1.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Case, KompassLink, Reporter, Status
from dialogs.effects import Move, MoveCase, SayWhetherItWorks
from dialogs.turn import CaseTool
from tests.bot.samples import a_case
from tests.transcript import Transcript, person

CASE = replace(
    a_case(),
    reporter=Reporter("p-1linje", "Lars Linje", "1linje", "BGO"),
    status=Status.SOLUTION_PROPOSED,
    kompass=KompassLink("17001", "https://kompass.invalid/1"),
    fellesfeil="D-2026-0001",
)


def asked(*more: Case, language: str = "nb") -> Transcript:
    """Lars hears that the fellesfeil is over."""
    talk = Transcript(person("1linje"), cases=[CASE, *more], to_verify={CASE.ref, *(case.ref for case in more)})
    talk.state = replace(talk.state, language=language)
    talk.happens("fellesfeil_resolved", CASE.ref, id="D-2026-0001", text="Sertifikatet var utløpt.")
    return talk


def test_the_question_has_two_buttons() -> None:
    talk = asked()
    talk.bot_says("Fellesfeilen D-2026-0001 er rettet", "Sertifikatet var utløpt", "Virker det hos deg nå?")
    assert [label for _, label in talk.choices()] == ["Ja, det virker", "Nei, det virker ikke"]


@pytest.mark.parametrize(
    "said",
    ["ja", "1", "Ja, det virker", "det virker nå", "alt fungerer som normalt", "jepp", "det funker igjen", "ja takk",
     "Ja, nå virker det fint igjen", "alt ok nå", "det verkar no", "it works now", "yes", "fixed"],
)  # fmt: skip
def test_yes_closes_with_verification(said: str) -> None:
    talk = asked()
    talk.says(said)
    talk.bot_says("er lukket" if talk.state.language == "nb" else "L-2026-000001")
    (effect,) = talk.effects
    assert isinstance(effect, SayWhetherItWorks)
    assert effect.works
    assert effect.comment.startswith("Hei USS. Det virker hos meg etter fellesfeilen D-2026-0001")
    assert talk.cases[0].status is Status.CLOSED
    assert talk.state.pending is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("nei", "Nei, det virker ikke"),
        ("2", "Nei, det virker ikke"),
        ("Nei, får fortsatt feilmelding 500", "Nei, får fortsatt feilmelding 500"),
        ("virker ikke", "Nei, det virker ikke"),
        ("det virker fortsatt ikke hos oss", "det virker fortsatt ikke hos oss"),
        ("Ja, men det fungerer ikke i Citrix", "Ja, men det fungerer ikke i Citrix"),
        ("samme feil som før", "samme feil som før"),
        ("it still does not work", "it still does not work"),
        ("nei det er fremdeles nede", "nei det er fremdeles nede"),
        ("fungerer ikke", "fungerer ikke"),
    ],
)
def test_no_lets_the_case_go_on_as_its_own(said: str, told: str) -> None:
    talk = asked()
    talk.says(said)
    (effect,) = talk.effects
    assert isinstance(effect, SayWhetherItWorks)
    assert not effect.works
    assert effect.text == told
    assert "Saken er tatt av fellesfeilen og går videre som egen sak." in effect.comment
    assert effect.comment.endswith("egen sak." if told == "Nei, det virker ikke" else told)
    assert (talk.cases[0].fellesfeil, talk.cases[0].status) == (None, Status.IN_PROGRESS)


def test_a_bare_no_is_kept_at_once_and_more_is_asked_for() -> None:
    talk = asked()
    talk.presses("Nei, det virker ikke")
    talk.bot_says("går sak L-2026-000001 videre som egen sak", "USS har fått beskjed", "Hva skjer nå når du prøver?")
    talk.says("Skjermen er hvit etter pålogging")
    talk.says("1")  # for the desk
    assert "Skjermen er hvit" in talk.cases[0].comments[-1]["text"]


@pytest.mark.parametrize("said", ["hva er en hovedsak?", "status", "jeg trenger ny skjerm til kontoret"])
def test_something_else_is_no_answer(said: str) -> None:
    talk = asked()
    talk.says(said)
    assert not [one for one in talk.effects if isinstance(one, SayWhetherItWorks)]
    assert talk.to_verify


def test_the_buttons_work_when_something_else_is_being_written() -> None:
    talk = Transcript(person("1linje"), cases=[CASE], to_verify={CASE.ref})
    talk.says("ny sak: skriveren lager striper")
    before = talk.state.draft
    talk.happens("fellesfeil_resolved", CASE.ref, id="D-2026-0001", text="")
    talk.presses("Nei, det virker ikke")
    talk.bot_says("videre som egen sak")
    assert talk.state.draft == before


def test_virker_ikke_is_understood_later_too() -> None:
    talk = asked()
    talk.says("status")
    talk.says("virker ikke")
    assert not talk.to_verify


@pytest.mark.parametrize(("said", "move"), [("ja", Move.ACCEPT), ("nei, fortsatt hvit skjerm", Move.REJECT)])
def test_a_solution_proposed_in_kompass_is_answered_with_it(said: str, move: Move) -> None:
    talk = asked()
    talk.case_tool = CaseTool(takes_answers=True)
    talk.says("status")
    talk.bot_does_not_say("Godta")
    talk.says(said)
    assert [one.move for one in talk.effects if isinstance(one, MoveCase)] == [move]
    talk = asked()
    talk.says(said)
    assert not [one for one in talk.effects if isinstance(one, MoveCase)]


def test_the_case_itself_asks_too() -> None:
    talk = asked()
    talk.says("status")
    assert [label for _, label in talk.choices()][:2] == ["Ja, det virker", "Nei, det virker ikke"]
    talk.says("ja, alt fungerer")
    assert talk.cases[0].status is Status.CLOSED


def test_with_two_cases_virker_ikke_alone_says_not_which() -> None:
    talk = asked(replace(CASE, ref="L-2026-000002"))
    talk.says("hei")
    talk.says("virker ikke")
    assert talk.to_verify == {"L-2026-000001", "L-2026-000002"}


@pytest.mark.parametrize("answer", ["yes", "no", "perhaps", ""])
def test_an_answered_forged_or_old_button_changes_nothing(answer: str) -> None:
    talk = asked()
    talk.to_verify.clear()
    talk.press_action(f"works:L-2026-000001:{answer}")
    talk.press_action(f"works:L-2026-000099:{answer}")
    assert not talk.effects
    assert talk.cases[0].status is Status.SOLUTION_PROPOSED


def test_the_reminder_asks_once_more_and_is_kind() -> None:
    talk = asked()
    talk.happens("fellesfeil_reminder", CASE.ref, id="D-2026-0001", text="")
    talk.bot_says("Virker det nå?", "Du trenger ikke svare")
    talk.says("ja")
    assert talk.cases[0].status is Status.CLOSED


def test_in_english() -> None:
    talk = asked(language="en")
    talk.bot_says("Does it work for you now?")
    talk.says("no, still the same error")
    talk.bot_says("goes on as a case of its own")
