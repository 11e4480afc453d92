"""How is my case doing: one, several, none; comments; what happened outside (G 5.1, 5.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from dialogs.case import KompassLink, Status
from dialogs.effects import CommentCase
from dialogs.turn import CaseTool
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, opened
from tests.transcript import Transcript, person


def changed(talk: Transcript, **values: Any) -> Transcript:
    """The cases as they stand after something happened outside."""
    talk.cases = [replace(case, **values) for case in talk.cases]
    return talk


class TestOneCase:
    def test_its_number_link_and_last_comment(self) -> None:
        talk = opened()
        line = {"at": talk.now.isoformat(), "by": "Petter Saksbehandler", "text": "Hei USS. Vi ser på det."}
        link = KompassLink("17549", "https://example.invalid/17549")
        changed(talk, status=Status.IN_PROGRESS, kompass=link, comments=(line,))
        talk.says("status")
        talk.bot_says(
            "17549", "noen arbeider med den", "Petter Saksbehandler: Hei USS", "https://example.invalid/17549"
        )

    @pytest.mark.parametrize("number", ["1", "000001", "L-2026-000001", "2026-000001"])
    def test_it_is_found_by_any_way_of_writing_its_number(self, number: str) -> None:
        talk = opened()
        talk.press_action(f"case:{number}")
        talk.bot_says("L-2026-000001", "mottatt")

    def test_by_the_number_of_the_case_system(self) -> None:
        talk = changed(opened(), kompass=KompassLink("17549", ""))
        talk.says("status på sak 17549")
        talk.bot_says("L-2026-000001")

    def test_an_unknown_number(self) -> None:
        talk = opened()
        talk.says("status på sak L-2026-000777")
        talk.bot_says("Jeg finner ingen sak med nummer L-2026-000777")

    def test_a_closed_one_cannot_be_withdrawn(self) -> None:
        talk = changed(opened(), status=Status.CLOSED)
        talk.says("status")
        assert [label for _, label in talk.choices()] == ["Kommenter"]

    def test_a_solved_one_cannot_be_withdrawn_either(self) -> None:
        talk = changed(opened(), status=Status.SOLVED)
        talk.says("status")
        assert "Trekk saken" not in {label for _, label in talk.choices()}

    def test_the_actions_can_be_typed(self) -> None:
        talk = changed(opened(), status=Status.REGISTERED)
        talk.says("status")
        talk.says("2")
        talk.bot_says("Vil du trekke den?")

    def test_one_that_still_waits_is_taken_back_at_once(self) -> None:
        talk = opened()
        talk.says("status")
        talk.says("2")
        talk.bot_says("tatt tilbake")

    def test_in_the_middle_of_a_case_the_case_goes_on(self) -> None:
        talk = opened()
        talk.says("ny sak: " + AKS_SLOW)
        talk.says("status")
        talk.bot_says("L-2026-000001", "Tilbake til saken")


class TestSeveralCases:
    def test_a_list_to_choose_from(self) -> None:
        talk = two_opened()
        talk.says("mine saker")
        talk.bot_says("Her er de siste sakene dine", "L-2026-000001", "L-2026-000002")
        talk.says("2")
        talk.bot_says("SAK L-2026-000001")

    def test_in_the_middle_of_a_case_the_list_opens_no_question(self) -> None:
        talk = two_opened()
        talk.says("ny sak: " + AKS_SLOW)
        talk.says("mine saker")
        talk.bot_says("L-2026-000002", "Tilbake til saken")
        assert talk.state.pending is not None
        assert talk.state.pending.kind != "case"

    def test_a_sentence_with_a_number_of_the_list_is_no_choice_from_it(self) -> None:
        """It showed the case instead of commenting it."""
        talk = two_opened()
        talk.says("mine saker")
        talk.says("kommentar L-2026-000001 Hei UKE, det virker igjen")
        assert talk.effects == [CommentCase("L-2026-000001", "Hei UKE, det virker igjen")]


class TestCasesOfOthers:
    def test_own_and_followed_cases_are_told_apart(self) -> None:
        talk = two_opened()
        other = replace(talk.cases[0].reporter, id="p-other", name="Petter Annen")
        talk.person = replace(talk.person, email="lars@oslo.example")
        talk.cases[1] = replace(talk.cases[1], reporter=other, followers=("Lars@Oslo.example",), title="Skriveren står")
        talk.says("status")
        own, followed = talk.last.split("Saker du følger:")
        assert "L-2026-000001" in own
        assert "L-2026-000002: Skriveren står" in followed

    def test_what_the_reporter_is_asked_is_not_asked_of_a_follower(self) -> None:
        talk = opened()
        other = replace(talk.cases[0].reporter, id="p-other", name="Petter Annen")
        changed(talk, reporter=other, followers=("p-1linje",), status=Status.SOLUTION_PROPOSED)
        talk.says("status")
        talk.bot_says("et løsningsforslag venter på svar fra innmelderen", "Innmelder: Petter Annen")
        assert "Trekk saken" not in {label for _, label in talk.choices()}

    def test_withdrawn_by_somebody_else(self) -> None:
        talk = opened()
        other = replace(talk.cases[0].reporter, id="p-other")
        changed(talk, reporter=other, followers=("p-1linje",), status=Status.WITHDRAWN)
        talk.says("in English please")
        talk.says("status")
        talk.bot_says("withdrawn by the reporter")


class TestOutOfReach:
    """What is shown may be old, and then that is said."""

    def test_with_how_old_it_is(self) -> None:
        talk = opened()
        talk.case_tool = CaseTool(answers=False, seen_at=talk.now)
        talk.waits(hours=1)
        talk.says("status")
        talk.bot_says(
            "Kompass svarer ikke akkurat nå. Dette er slik det var i dag, mandag 23. november kl. 10.00",
            "L-2026-000001",
        )

    def test_on_the_organisations_own_clock(self) -> None:
        """What the store keeps is in UTC, and was shown so: an hour early."""
        talk = opened()
        talk.case_tool = CaseTool(answers=False, seen_at=talk.now.astimezone(UTC))
        talk.says("status")
        talk.bot_says("mandag 23. november kl. 10.00.")

    def test_when_nothing_was_ever_seen(self) -> None:
        talk = two_opened()
        talk.case_tool = CaseTool(answers=False)
        talk.says("status")
        talk.bot_says("Kompass svarer ikke akkurat nå. Dette er det siste jeg vet")

    def test_not_of_what_lies_with_the_own_first_line(self) -> None:
        talk = changed(opened(), route="1.linje BGO")
        talk.case_tool = CaseTool(answers=False)
        talk.says("status")
        talk.bot_does_not_say("svarer ikke")

    def test_a_comment_and_a_new_case_say_so_too(self) -> None:
        talk = at_summary()
        talk.case_tool = CaseTool(answers=False)
        talk.says("send")
        talk.bot_says("Kompass svarer ikke akkurat nå. Saken er trygt lagret")
        talk.says("kommentar: Hei UKE, det er verre nå")
        talk.bot_says("Kommentaren er lagret. Kompass svarer ikke akkurat nå")


class TestComments:
    """G 5.1: a comment says whom it is for."""

    def test_the_text_is_asked_for(self) -> None:
        talk = opened()
        talk.says("kommentar")
        talk.bot_says("Hva vil du legge til i sak L-2026-000001")
        talk.says("Hei Sopra Steria, nå gjelder det hele huset")
        assert talk.effects == [CommentCase("L-2026-000001", "Hei Sopra Steria, nå gjelder det hele huset")]

    def test_a_question_mark_in_it_is_no_question_to_the_bot(self) -> None:
        talk = opened()
        talk.press_action("comment:L-2026-000001")
        talk.says("Hei USS, når kommer dere")
        talk.bot_says("Kommentaren er lagt til")

    def test_with_number_and_text_at_once(self) -> None:
        talk = two_opened()
        talk.says("kommentar L-2026-000001 det virker igjen")
        talk.presses("UKE")
        assert talk.effects == [CommentCase("L-2026-000001", "Hei UKE. det virker igjen")]

    def test_it_is_passed_on_with_its_question_mark(self) -> None:
        talk = opened()
        talk.says("kommentar: Hei UKE, noe nytt?")
        assert talk.effects == [CommentCase("L-2026-000001", "Hei UKE, noe nytt?")]

    def test_a_comment_on_a_case_of_the_supplier_is_not_for_the_desk(self) -> None:
        """It was stored as "Hei USS." whoever had the case."""
        talk = changed(opened(), route="2S")
        talk.says("kommentar: det virker igjen")
        assert [label for _, label in talk.choices()] == ["Sopra Steria", "UKE"]
        talk.says("1")
        assert talk.effects == [CommentCase("L-2026-000001", "Hei Sopra Steria. det virker igjen")]

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("Sopra", "Hei Sopra Steria."),
            ("til UKE", "Hei UKE."),
            ("Petter i nettverksgruppa", "Hei Petter i nettverksgruppa."),
        ],
    )
    def test_whom_it_is_for_may_be_typed(self, typed: str, stored: str) -> None:
        talk = opened()
        talk.says("kommentar: det virker igjen")
        talk.says(typed)
        assert talk.effects == [CommentCase("L-2026-000001", f"{stored} det virker igjen")]

    @pytest.mark.parametrize("text", ["til nå har ingenting virket", "Hei, når kommer dere?", "to ganger i dag"])
    def test_words_that_only_look_like_a_greeting_are_asked_about(self, text: str) -> None:
        talk = opened()
        talk.says(f"kommentar: {text}")
        talk.bot_says("Hvem er kommentaren")
        talk.says("UKE")
        (comment,) = talk.effects
        assert isinstance(comment, CommentCase)
        assert comment.text.startswith("Hei UKE. ")
        assert "Hei, " not in comment.text

    def test_a_command_is_no_name(self) -> None:
        """ "status på sak ..." was taken for whom the comment was for."""
        talk = opened()
        talk.says("kommentar: det virker igjen")
        talk.says("status på sak L-2026-000001")
        assert not talk.effects
        talk.bot_says("SAK L-2026-000001")

    @pytest.mark.parametrize(
        "said",
        [
            "Hei fjern kari fra saken",
            "det haster egentlig ikke",
            "vet ikke",
            "nei",
            "fjern den kommentaren",
            "fikset nå",
        ],
    )
    def test_words_that_name_nobody_are_no_name(self, said: str) -> None:
        """ "Hei fjern kari fra saken" became whom the comment was for."""
        talk = opened()
        talk.says("kommentar: det virker igjen")
        talk.says(said)
        assert not any(isinstance(one, CommentCase) for one in talk.effects)

    @pytest.mark.parametrize(
        "said", ["Kari Nordmann", "1.linje", "servicesenteret", "forvalter", "Hei Sopra", "lars linje", "Drift og Nett"]
    )
    def test_whom_the_case_knows_or_what_looks_like_a_name_is(self, said: str) -> None:
        talk = opened()
        talk.says("kommentar: det virker igjen")
        talk.says(said)
        assert [one.ref for one in talk.effects if isinstance(one, CommentCase)] == ["L-2026-000001"]

    def test_a_pay_case_is_read_by_the_pay_desk_alone(self) -> None:
        """G 3.2.3"""
        talk = changed(opened(), route="Lønnstjenester")
        talk.says("kommentar: jeg fikk feil lønn igjen")
        assert talk.effects == [CommentCase("L-2026-000001", "Hei UKEs Lønnstjenester. jeg fikk feil lønn igjen")]

    def test_it_can_be_called_off_while_it_is_asked_whom_it_is_for(self) -> None:
        talk = opened()
        talk.says("kommentar: det virker igjen")
        talk.says("avbryt")
        assert not talk.effects
        assert not talk.state.comment

    def test_a_case_in_hand_is_taken_up_again_when_it_is_said(self) -> None:
        talk = opened()
        talk.says("ny sak: " + AKS_SLOW)
        talk.says("kommentar: det virker igjen")
        talk.bot_does_not_say("Tilbake til saken")
        talk.says("UKE")
        talk.bot_says("lagt til", "Tilbake til saken")

    def test_which_case(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("kommentar: det virker igjen")
        talk.bot_says("Hvilken sak gjelder det?")

    def test_an_unknown_case(self) -> None:
        talk = opened()
        talk.says("kommentar L-2026-000777 hei")
        talk.bot_says("Jeg finner ingen sak")

    def test_a_closed_case(self) -> None:
        talk = changed(opened(), status=Status.CLOSED)
        talk.says("kommentar: det virker ikke likevel")
        talk.bot_says("er avsluttet, så den kan ikke kommenteres")
        assert not talk.effects


class TestWhatHappened:
    @pytest.mark.parametrize(
        ("outcome", "detail", "said"),
        [
            ("case_registered", {"id": "17549", "url": "https://example.invalid/17549"}, "Nummeret er 17549"),
            ("case_refused", {"reason": "skjemaet finnes ikke"}, "ble ikke tatt imot: skjemaet finnes ikke"),
            ("case_delayed", {}, "trygt lagret"),
            ("case_answered", {"text": "Prøv igjen nå"}, "Nytt i sak L-2026-000001: Prøv igjen nå"),
            ("something_new", {"secret": "x"}, "Det har skjedd noe med L-2026-000001"),
        ],
    )
    def test_it_is_told(self, outcome: str, detail: dict[str, str], said: str) -> None:
        talk = opened()
        talk.happens(outcome, "L-2026-000001", **detail)
        talk.bot_says(said)
        assert ("example.invalid" in talk.last) is ("url" in detail)

    def test_a_case_in_hand_is_not_disturbed(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        before = talk.state
        talk.happens("case_registered", "L-2026-000001", id="17549", url="javascript:alert(1)")
        assert talk.state == before
        talk.bot_does_not_say("javascript")


def two_opened() -> Transcript:
    """Two cases of the same person."""
    talk = opened()
    other = replace(talk.cases[0], ref="L-2026-000002")
    talk.cases.append(other)
    return talk


@pytest.mark.parametrize("answers_calls", [True, False])
def test_that_kompass_only_hangs_is_said(answers_calls: bool) -> None:
    talk = opened()
    talk.case_tool = CaseTool(answers=answers_calls)
    talk.says("hei, status")
    assert ("svarer ikke akkurat nå" in talk.last) is not answers_calls
