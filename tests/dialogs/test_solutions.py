"""A proposed solution is accepted, or rejected with a reason (G 5.1.2.1); what does not work is opened again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import KompassLink, Status
from dialogs.effects import CommentCase, Move, MoveCase
from dialogs.turn import CaseTool
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begin, opened
from tests.transcript import Transcript

REF = "L-2026-000001"
URL = "https://kompass.invalid/17549"
PROPOSED = "case_now_solution_proposed"


def proposed(*, confirmed: bool = False, status: Status = Status.SOLUTION_PROPOSED) -> Transcript:
    """A case in Kompass with a proposed solution; confirmed: the tenant takes answers over its API."""
    talk = opened()
    link = KompassLink("17549", URL)
    talk.cases[:] = [replace(talk.cases[0], status=status, kompass=link, solution="Start på nytt", route="2S")]
    talk.case_tool = CaseTool(takes_answers=confirmed)
    return talk


def told(*, confirmed: bool = False) -> Transcript:
    talk = proposed(confirmed=confirmed)
    talk.happens(PROPOSED, REF, text="Start på nytt", url=URL)
    talk.bot_says("Det er foreslått en løsning i sak L-2026-000001: Start på nytt", "Virker det?")
    return talk


class TestByDefaultItIsAnsweredInKompass:
    """No public source says how a solution is answered over the API, so the tenant's owner must confirm one."""

    @pytest.mark.parametrize(
        "said", ["Godta løsningen", "1", "ja", "ja takk, nå virker det", "godta", "jeg godtar løsningen"]
    )
    def test_accepted(self, said: str) -> None:
        talk = told()
        talk.says(said)
        assert talk.effects == [CommentCase(REF, "Hei Sopra Steria. Jeg godtar løsningen.")]
        talk.bot_says("Godta den også i Kompass", URL)

    def test_accepted_twice_is_written_once(self) -> None:
        talk = told()
        talk.presses("Godta løsningen")
        talk.says("godta")
        assert not talk.effects
        talk.bot_says("Godta den også i Kompass")

    def test_the_status_still_said_that_a_solution_waits_for_an_answer(self) -> None:
        talk = told()
        talk.says("godta")
        talk.says("status")
        talk.bot_says("du har godtatt løsningen, og saken blir lukket", "Avvis løsningen")
        talk.bot_does_not_say("venter på svar fra deg", "Godta løsningen")
        talk.presses("Avvis løsningen")
        talk.says("Den fryser fortsatt")
        talk.says("status")
        talk.bot_says("et løsningsforslag venter på svar fra deg")

    def test_rejected_with_the_reason_asked_for(self) -> None:
        talk = told()
        talk.presses("Avvis løsningen")
        talk.bot_says("Hva gjenstår i sak L-2026-000001")
        assert not talk.effects
        talk.says("Er det ikke bare å bytte ledningen?")
        assert talk.effects == [
            CommentCase(REF, "Hei Sopra Steria. Jeg avviser løsningen: Er det ikke bare å bytte ledningen?")
        ]
        talk.bot_says("Avvis den også i Kompass", URL)

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ("nei, den henger fortsatt når jeg skriver ut", "nei, den henger fortsatt når jeg skriver ut"),
            ("avvis: den henger fortsatt", "den henger fortsatt"),
            (f"avvis løsningen i sak {REF}: den henger fortsatt", "den henger fortsatt"),
            ("det virker ikke: samme feil", "samme feil"),
        ],
    )
    def test_rejected_in_words(self, said: str, why: str) -> None:
        talk = told()
        talk.says(said)
        assert talk.effects == [CommentCase(REF, f"Hei Sopra Steria. Jeg avviser løsningen: {why}")]

    @pytest.mark.parametrize("said", ["nei", "nei takk", "avvis", "virker ikke", "det hjalp ikke"])
    def test_a_bare_no_is_asked_why(self, said: str) -> None:
        talk = told()
        talk.says(said)
        talk.bot_says("Hva gjenstår")
        assert not talk.effects


class TestWhereTheTenantHasConfirmedAWay:
    def test_accepted(self) -> None:
        talk = told(confirmed=True)
        talk.presses("Godta løsningen")
        assert talk.effects == [
            CommentCase(REF, "Hei Sopra Steria. Jeg godtar løsningen."),
            MoveCase(REF, Move.ACCEPT),
        ]
        talk.bot_says("Jeg godtar løsningen i sak L-2026-000001 for deg")
        talk.bot_does_not_say(URL)

    def test_rejected(self) -> None:
        talk = told(confirmed=True)
        talk.says("nei, den henger fortsatt når jeg skriver ut")
        assert [type(one) for one in talk.effects] == [CommentCase, MoveCase]
        assert talk.effects[1] == MoveCase(REF, Move.REJECT)

    def test_in_english(self) -> None:
        talk = proposed(confirmed=True)
        talk.says("in English please")
        talk.happens(PROPOSED, REF, text="Restart it", url=URL)
        talk.bot_says("A solution is proposed in case L-2026-000001: Restart it")
        talk.says("accept the solution")
        assert MoveCase(REF, Move.ACCEPT) in talk.effects

    def test_in_nynorsk(self) -> None:
        talk = proposed(confirmed=True)
        talk.says("snakk nynorsk")
        talk.happens(PROPOSED, REF, text="Start på nytt", url=URL)
        talk.says("avvis løysinga: den heng framleis")
        assert MoveCase(REF, Move.REJECT) in talk.effects


class TestFromTheStatus:
    def test_the_solution_is_shown_with_its_buttons(self) -> None:
        talk = proposed()
        talk.says("status")
        talk.bot_says("Løsningsforslag: Start på nytt")
        assert [label for _, label in talk.choices()][:2] == ["Godta løsningen", "Avvis løsningen"]
        talk.says("2")
        talk.bot_says("Hva gjenstår")

    def test_a_case_without_a_solution_has_nothing_to_accept(self) -> None:
        talk = proposed(status=Status.IN_PROGRESS)
        talk.press_action(f"solution:{REF}:yes")
        talk.bot_says("Det er ikke noe løsningsforslag")
        assert not talk.effects

    def test_godta_with_nothing_to_accept_is_no_command(self) -> None:
        talk = proposed(status=Status.IN_PROGRESS)
        talk.says("godta")
        assert not talk.effects


class TestOthers:
    def follower(self) -> Transcript:
        talk = proposed()
        other = replace(talk.cases[0].reporter, id="p-other")
        talk.cases[:] = [replace(talk.cases[0], reporter=other, followers=("p-1linje",))]
        return talk

    def test_a_follower_is_told_and_not_asked(self) -> None:
        talk = self.follower()
        talk.happens(PROPOSED, REF, text="Start på nytt", url=URL)
        talk.bot_says("som du følger: Start på nytt", "Innmelderen svarer")
        assert not talk.choices()

    def test_a_forged_button_answers_nothing(self) -> None:
        talk = self.follower()
        for answer in ("yes", "no"):
            talk.press_action(f"solution:{REF}:{answer}")
            assert not talk.effects


class TestBesideACaseInHand:
    def test_the_case_in_hand_keeps_its_question_and_the_buttons_work(self) -> None:
        talk = proposed()
        begin(talk, "ny sak: " + AKS_SLOW, AKS_SLOW_FORM)
        before = talk.state
        talk.happens(PROPOSED, REF, text="Start på nytt", url=URL)
        assert talk.state == before
        talk.presses("Godta løsningen")
        assert talk.effects
        talk.bot_says("Tilbake til saken")


class TestReopening:
    def solved(self, *, confirmed: bool = False) -> Transcript:
        talk = proposed(confirmed=confirmed, status=Status.SOLVED)
        talk.happens("case_now_solved", REF, text="Start på nytt", url=URL)
        return talk

    def test_in_kompass_by_default(self) -> None:
        talk = self.solved()
        talk.presses("Det virker ikke")
        talk.says("samme feil igjen")
        assert talk.effects == [CommentCase(REF, "Hei Sopra Steria. Saken er ikke løst: samme feil igjen")]
        talk.bot_says("Åpne den også igjen i Kompass", URL)

    def test_from_here_where_it_is_confirmed(self) -> None:
        talk = self.solved(confirmed=True)
        talk.says("virker ikke: samme feil igjen")
        assert talk.effects[-1] == MoveCase(REF, Move.REOPEN)
        talk.bot_says("Jeg åpner sak L-2026-000001 igjen")

    def test_what_is_closed_is_reported_anew(self) -> None:
        talk = proposed(status=Status.CLOSED)
        talk.press_action(f"reopen:{REF}")
        talk.bot_says("er avsluttet", "lager vi en ny")


class TestEstimates:
    """G 5.1.4: only the approval case counts, and any other answer is not acted on."""

    def waiting(self, hours: str = "12") -> Transcript:
        talk = proposed(status=Status.REGISTERED)
        talk.cases[:] = [replace(talk.cases[0], solution=None, estimate=hours)]
        return talk

    def test_the_hours_are_told_with_the_way_to_the_approval_case(self) -> None:
        talk = self.waiting()
        talk.happens("case_estimate", REF, text="12", url=URL)
        talk.bot_says("estimat på 12 timer", "Godkjenn i godkjenningssaken i Kompass", "heller ikke svar her", URL)

    @pytest.mark.parametrize(
        "said", ["godkjenn", "godkjent", f"godkjenn sak {REF}", "avslå", "eg godkjenner", "approved"]
    )
    def test_an_answer_here_decides_nothing_and_that_is_said(self, said: str) -> None:
        talk = self.waiting()
        talk.says(said)
        assert not talk.effects
        assert "Kompass" in talk.last
        assert URL in talk.last

    def test_a_comment_is_passed_on_and_decides_nothing(self) -> None:
        talk = self.waiting()
        talk.says("kommentar: Hei Sopra Steria, vi godkjenner 12 timer")
        assert talk.effects
        talk.bot_says("Det teller bare å velge Godkjenn eller Avvis")

    def test_the_status_says_what_is_waited_for(self) -> None:
        talk = self.waiting()
        talk.says("status")
        talk.bot_says("Venter på: godkjenning av et estimat på 12 timer")

    def test_hours_that_are_not_known(self) -> None:
        talk = self.waiting("")
        talk.happens("case_approval", REF, text="", url=URL)
        talk.bot_says("venter på godkjenning", "godkjenningssaken")
        talk.says("status")
        talk.bot_says("Venter på: godkjenning")


class TestInWhateverWords:
    """«Virker det?» is answered as people answer."""

    @pytest.mark.parametrize(
        "said",
        [
            "nå funker det, tusen takk!",
            "supert, takk",
            "fikset!",
            "no verkar det, takk",
            "det hjalp",
            "ja, alt er ok nå",
        ],
    )
    def test_it_works(self, said: str) -> None:
        talk = told()
        talk.says(said)
        assert "Jeg godtar løsningen" in talk.effects[0].text  # type: ignore[union-attr]  # a comment

    @pytest.mark.parametrize("said", ["nei det hjalp ikke, den krasjer fortsatt", "samme feil som før dessverre"])
    def test_it_does_not_though_the_case_was_only_shown(self, said: str) -> None:
        talk = proposed()
        talk.says("status på sak L-2026-000001")
        talk.says(said)
        assert f"Jeg avviser løsningen: {said}" in talk.effects[0].text  # type: ignore[union-attr]  # a comment

    def test_who_has_not_tried_yet_rejects_nothing(self) -> None:
        talk = told()
        talk.says("nei, men jeg har ikke testet ennå")
        assert not talk.effects
        talk.bot_says("prøv når du får tid")
        talk.says("nå virker det")
        assert talk.effects

    def test_a_fault_of_its_own_is_no_answer(self) -> None:
        talk = told()
        talk.says("skriveren i 3. etasje virker ikke, papirkrøll hele tiden siden i går")
        assert talk.state.draft is not None or talk.effects
