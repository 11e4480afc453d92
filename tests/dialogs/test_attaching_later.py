"""Files for a case that is sent already: with words, on asking, or alone while the case is what the talk is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Status
from dialogs.effects import AttachFiles, CommentCase, OpenCase
from dialogs.turn import CaseTool
from tests.dialogs.talking import AKS_SLOW_FORM, choose, opened
from tests.transcript import Transcript, person

REF = "L-2026-000001"


def files_of(talk: Transcript) -> list[tuple[str, str, list[str]]]:
    """Where files went in the last turn: kind of effect, case, names."""
    return [
        (type(one).__name__, one.ref, [file.name for file in one.attachments])
        for one in talk.effects
        if isinstance(one, AttachFiles | CommentCase)
    ]


def two_cases_later() -> Transcript:
    """Two open cases; the talk about them is long ago."""
    talk = opened()
    talk.cases.append(replace(talk.cases[0], ref="L-2026-000002", title="Skriveren lager striper"))
    talk.waits(days=2)
    return talk


class TestWithoutAsking:
    def test_a_file_right_after_the_case_was_sent(self) -> None:
        talk = opened()
        talk.says("", "skjerm.png")
        talk.bot_says("Jeg legger skjerm.png ved sak L-2026-000001")
        assert files_of(talk) == [("AttachFiles", REF, ["skjerm.png"])]

    def test_a_file_while_the_case_is_shown(self) -> None:
        talk = two_cases_later()
        talk.says("status på sak L-2026-000002")
        talk.says("", "skjerm.png")
        assert files_of(talk) == [("AttachFiles", "L-2026-000002", ["skjerm.png"])]

    def test_the_case_named_in_the_message(self) -> None:
        talk = two_cases_later()
        talk.says("Hei UKE, her er loggen til L-2026-000001", "logg.txt")
        (comment,) = talk.effects
        assert comment == CommentCase(
            REF,
            "Hei UKE, her er loggen til L-2026-000001\nVedlegg: logg.txt",
            comment.attachments,  # type: ignore[union-attr]
        )
        assert files_of(talk) == [("CommentCase", REF, ["logg.txt"])]

    def test_words_about_no_new_need_are_a_comment_in_the_case_just_sent(self) -> None:
        talk = opened()
        talk.says("her er bildet dere ba om", "skjerm.png")
        talk.bot_says("Hvem er kommentaren i sak L-2026-000001 til?")
        talk.says("2")
        assert files_of(talk) == [("CommentCase", REF, ["skjerm.png"])]
        assert talk.case["comments"][0]["text"] == "Hei UKE. her er bildet dere ba om\nVedlegg: skjerm.png"

    def test_the_same_trouble_again_is_about_the_same_case(self) -> None:
        talk = opened()
        talk.says("AKS fryser for alle på kontoret fortsatt", "skjerm.png")
        talk.bot_says("Hvem er kommentaren i sak L-2026-000001 til?")

    def test_another_need_is_a_new_case_with_the_file(self) -> None:
        talk = opened()
        talk.says("Vi trenger en ny fellespostkasse til avdelingen", "liste.xlsx")
        assert not files_of(talk)
        assert talk.state.draft is not None
        assert [one.name for one in talk.state.draft.attachments] == ["liste.xlsx"]


class TestOnAsking:
    @pytest.mark.parametrize("said", ["legg ved", "Jeg vil legge ved en fil", "legg ved ei fil", "attach a file"])
    def test_the_file_is_asked_for(self, said: str) -> None:
        talk = opened()
        talk.waits(days=2)
        talk.says(said)
        assert REF in talk.last
        talk.says("", "skjerm.png")
        assert files_of(talk) == [("AttachFiles", REF, ["skjerm.png"])]

    def test_with_the_number_of_the_case(self) -> None:
        talk = two_cases_later()
        talk.says("legg ved en fil på L-2026-000001")
        talk.says("Hei Sopra Steria, her er loggen", "logg.txt")
        assert files_of(talk) == [("CommentCase", REF, ["logg.txt"])]

    def test_which_case_when_none_was_talked_about(self) -> None:
        talk = two_cases_later()
        talk.state = replace(talk.state, last_case="")
        talk.says("legg ved")
        talk.bot_says("Hvilken sak gjelder det?", "L-2026-000002: Skriveren lager striper")
        talk.says("1")
        talk.says("", "skjerm.png")
        assert files_of(talk) == [("AttachFiles", "L-2026-000002", ["skjerm.png"])]

    def test_with_no_case_at_all(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("legg ved")
        talk.bot_says("Du har ingen åpen sak det kan gjelde")

    def test_it_can_be_called_off(self) -> None:
        talk = opened()
        talk.waits(days=2)
        talk.says("", "skjerm.png")
        talk.says("avbryt")
        assert talk.state.files == ()
        assert not files_of(talk)


class TestWhere:
    def test_a_file_long_after_is_asked_about(self) -> None:
        talk = two_cases_later()
        talk.says("", "skjerm.png")
        talk.bot_says("Jeg har tatt imot skjerm.png. Hvor hører det til?", "En ny sak")
        talk.presses(f"{REF}: AKS fryser for alle på kontoret i dag")
        assert files_of(talk) == [("AttachFiles", REF, ["skjerm.png"])]

    def test_it_may_be_a_new_case(self) -> None:
        talk = two_cases_later()
        talk.says("", "skjerm.png")
        talk.says("en ny sak")
        talk.bot_says("Hva gjelder det?")
        talk.says("AKS fryser for alle på kontoret i dag")
        choose(talk, AKS_SLOW_FORM)
        assert talk.state.draft is not None
        assert [one.name for one in talk.state.draft.attachments] == ["skjerm.png"]

    def test_in_nynorsk(self) -> None:
        talk = two_cases_later()
        talk.says("snakk nynorsk")
        talk.says("", "skjerm.png")
        talk.bot_says("Eg har teke imot skjerm.png. Kvar høyrer det til?", "Ei ny sak")

    def test_words_and_file_long_after_are_asked_about_together(self) -> None:
        talk = two_cases_later()
        talk.says("her er bildet dere ba om", "skjerm.png")
        talk.presses("L-2026-000002: Skriveren lager striper")
        talk.says("UKE")
        assert files_of(talk) == [("CommentCase", "L-2026-000002", ["skjerm.png"])]
        assert not talk.state.comment

    def test_a_button_pressed_twice_sends_nothing_twice(self) -> None:
        talk = two_cases_later()
        talk.says("her er bildet dere ba om", "skjerm.png")
        talk.presses("L-2026-000002: Skriveren lager striper")
        talk.presses("UKE")
        talk.press_action("to:L-2026-000002:UKE")
        talk.bot_says("Det kortet er ikke lenger i bruk")
        assert not talk.effects


class TestWhatIsOver:
    def test_a_closed_case_takes_no_files(self) -> None:
        talk = opened()
        talk.cases[:] = [replace(talk.cases[0], status=Status.CLOSED)]
        talk.says(f"legg ved {REF}")
        talk.bot_says("er avsluttet")
        talk.says("", "skjerm.png")
        assert not files_of(talk)
        talk.bot_says("Hva gjelder det?")


def test_the_bot_says_so_when_the_case_tool_is_out_of_reach() -> None:
    talk = opened()
    talk.case_tool = CaseTool(answers=False)
    talk.says("", "skjerm.png")
    talk.bot_says("Kompass svarer ikke akkurat nå. skjerm.png er trygt lagret")


def test_while_another_case_is_written_a_file_is_for_that_one() -> None:
    talk = opened()
    talk.says("ny sak: Vi trenger en ny fellespostkasse til avdelingen")
    talk.says("", "liste.xlsx")
    assert not files_of(talk)
    assert not any(isinstance(one, OpenCase) for one in talk.effects)
    assert talk.state.draft is not None
    assert [one.name for one in talk.state.draft.attachments] == ["liste.xlsx"]


class TestWhatIsLeftOver:
    """What nobody has spoken of since must not end up in a case by itself."""

    def test_an_old_file_does_not_go_with_a_later_comment(self) -> None:
        talk = two_cases_later()
        talk.says("", "gammel.png")
        talk.says("status")
        talk.says(f"kommentar {REF} Hei UKE, det virker igjen")
        assert files_of(talk) == [("CommentCase", REF, [])]

    def test_an_old_file_is_not_what_is_attached_on_asking(self) -> None:
        talk = two_cases_later()
        talk.says("", "gammel.png")
        talk.says("status på sak L-2026-000002")
        talk.presses("Mer")
        talk.presses("Legg ved fil")
        assert not talk.effects
        talk.says("", "ny.png")
        assert files_of(talk) == [("AttachFiles", "L-2026-000002", ["ny.png"])]

    def test_old_words_do_not_go_into_another_case(self) -> None:
        talk = two_cases_later()
        talk.says(f"kommentar {REF} det er bare her det gjelder")
        talk.bot_says("Hvem er kommentaren")
        talk.says("status på sak L-2026-000002")
        talk.presses("Mer")
        talk.presses("Legg ved fil")
        talk.says("", "ny.png")
        assert files_of(talk) == [("AttachFiles", "L-2026-000002", ["ny.png"])]
        talk.press_action(f"to:{REF}:UKE")
        assert not talk.effects

    def test_words_for_one_case_are_not_sent_by_the_button_of_another(self) -> None:
        talk = two_cases_later()
        talk.says(f"kommentar {REF} det er bare her det gjelder")
        talk.press_action("to:L-2026-000002:UKE")
        assert not talk.effects
        talk.bot_says("Det kortet er ikke lenger i bruk")

    def test_a_file_and_a_comment_with_its_number_in_one_message(self) -> None:
        talk = two_cases_later()
        talk.says(f"kommentar {REF} Hei UKE, her er loggen", "logg.txt")
        assert files_of(talk) == [("CommentCase", REF, ["logg.txt"])]
