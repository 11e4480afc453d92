"""The desk and a suspicion of a fellesfeil, as conversations (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.effects import (
    ConfirmSuspicion,
    DismissSuspicion,
    PublishNotice,
    SplitSuspicion,
    SubmitNotice,
    TakeOutReports,
)
from dialogs.suspicion import Suspect, Suspicion, SuspicionStatus
from tests.bot.samples import a_notice
from tests.transcript import MONDAY, Transcript, person

REF = "M-2026-0001"


def suspicion(ref: str = REF, count: int = 4, about: str = "Gerica") -> Suspicion:
    reports = tuple(
        Suspect(
            f"L-2026-{number:06d}",
            MONDAY - timedelta(minutes=30 - number),
            f"{about} henger ({number})",
            ("BGO", "BFR", "BSA", "BUN")[number % 4],
            "forvalter" if number == 3 else "1linje",
        )
        for number in range(1, count + 1)
    )
    return Suspicion(ref, f"system {about}", about, reports, 0.3, 15, MONDAY, MONDAY, system=about, told=count)


def desk(*suspicions: Suspicion) -> Transcript:
    return Transcript(person("uss", virksomhet="UKE"), suspicions=list(suspicions or (suspicion(),)))


class TestSeeing:
    def test_the_radar_tells_with_the_reports_behind_and_the_forvalters_case_proposed(self) -> None:
        talk = desk()
        talk.happens("suspicion_raised", REF, text="Gerica", id="4")
        talk.bot_says("4 meldinger ser ut som én fellesfeil (Gerica)", "Er dette en fellesfeil?")
        talk.bot_says("1. L-2026-000001 fra BFR", "BFR, BSA, BUN, BGO", "vanlig på denne tiden: 0,3 på 15 minutter")
        rows = {row.label: row.value for row in talk.summary.rows}
        assert rows["Forslag til hovedsak"] == "L-2026-000003"

    def test_one_virksomhet_alone_is_told_of_by_its_name(self) -> None:
        talk = desk(replace(suspicion(), alone="BAL"))
        talk.happens("suspicion_alone", REF, text="Gerica", id="4")
        talk.bot_says("bare Bydel Alna melder om feil (Gerica)", "Omfang: Bare Bydel Alna.")
        talk = desk()
        talk.happens("suspicion_wider", REF, text="Gerica", id="4")
        talk.bot_says("Nå melder også andre virksomheter om feilen")
        talk.bot_does_not_say("Omfang")

    def test_one_stored_before_it_was_told_who_is_alone_is_read(self) -> None:
        stored = suspicion().to_json()
        del stored["alone"]
        assert Suspicion.from_json(stored, suspicion().reports) == suspicion()

    def test_without_a_forvalter_the_first_case_is_proposed(self) -> None:
        plain = suspicion()
        assert replace(plain, reports=plain.reports[:2]).hovedsak == "L-2026-000001"

    @pytest.mark.parametrize("said", ["mistanker", "vis mistanker", "mistanke M-2026-0001", "suspicions"])
    def test_they_are_listed(self, said: str) -> None:
        talk = desk()
        talk.says(said)
        talk.bot_says(REF)

    def test_there_are_none(self) -> None:
        talk = Transcript(person("uss"))
        talk.says("mistanker")
        talk.bot_says("Det er ingen mistanker")

    def test_many_reports_and_many_suspicions_stay_short(self) -> None:
        talk = desk(*(suspicion(f"M-2026-{number:04d}", count=20) for number in range(8, 0, -1)))
        talk.says("mistanker")
        talk.bot_says("Og 8 til.", "Og 3 eldre. Skriv for eksempel «mistanke M-2026-0003»")

    def test_others_are_told_nothing(self) -> None:
        talk = Transcript(person("1linje"), suspicions=[suspicion()])
        talk.says("mistanker")
        talk.bot_does_not_say(REF)
        talk.press_action(f"suspicion:{REF}:dismiss")
        talk.bot_says("Mistanker er bare for")
        talk.happens("suspicion_raised", REF, text="Gerica", id="4")
        talk.bot_does_not_say("L-2026-000001")


class TestConfirming:
    @pytest.mark.parametrize("said", ["bekreft", "1"])
    def test_the_radars_message_is_answered_in_words_also_when_a_menu_stood_open(self, said: str) -> None:
        talk = desk()
        talk.says("hei")
        talk.happens("suspicion_raised", REF, text="Gerica", id="4")
        talk.says(said)
        talk.bot_says("Her er driftsmeldingen for M-2026-0001")

    def test_it_does_not_break_into_a_question_that_is_open(self) -> None:
        talk = desk()
        talk.says("lag driftsmelding")
        before = talk.state.pending
        talk.happens("suspicion_raised", REF, text="Gerica", id="4")
        assert talk.state.pending == before

    def test_the_notice_is_filled_in_and_publishing_it_confirms(self) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.presses("Bekreft og skriv driftsmelding")
        talk.bot_says("L-2026-000003 hovedsak")
        answers = {"consequence": "Ingen får ført journal", "workaround": "ingen", "groups": "SAM/IT"}
        for _ in range(6):
            if "Skal jeg publisere" in talk.last:
                break
            assert talk.state.pending is not None
            talk.says(answers[talk.state.pending.key])
        talk.bot_says("Flere melder om feil: Gerica", "Meldt fra BFR, BSA, BUN, BGO", "23. november kl. 09.31")
        talk.says("publiser")
        talk.says("ja")
        notice, confirmed = talk.effects
        assert isinstance(notice, PublishNotice | SubmitNotice)
        assert confirmed == ConfirmSuspicion(REF, notice.notice.ref)

    @pytest.mark.parametrize("said", ["bekreft M-2026-0001", "bekreft mistanken", "confirm M-2026-0001"])
    def test_in_words(self, said: str) -> None:
        talk = desk()
        talk.says(said)
        assert talk.state.draft is not None
        assert talk.state.draft.suspicion == REF

    def test_a_draft_begun_before_is_taken_up_again(self) -> None:
        talk = desk()
        talk.press_action(f"suspicion:{REF}:confirm")
        talk.press_action(f"suspicion:{REF}:confirm")
        assert len(talk.state.drafts) == 1

    def test_a_notice_that_became_another_kind_confirms_nothing(self) -> None:
        talk = desk()
        talk.press_action(f"suspicion:{REF}:confirm")
        talk.says("endre type til informasjon")
        answers = {"consequence": "Ingen", "workaround": "ingen", "groups": "SAM/IT"}
        for _ in range(6):
            if "Skal jeg publisere" in talk.last:
                break
            assert talk.state.pending is not None
            talk.says(answers.get(talk.state.pending.key, "informasjon"))
        talk.says("publiser")
        talk.says("ja")
        assert [type(one) for one in talk.effects] in ([PublishNotice], [SubmitNotice])


class TestJoining:
    def test_with_a_notice_that_stands(self) -> None:
        talk = desk()
        talk.notices = [a_notice(what="Gerica er nede")]
        talk.says("mistanker")
        talk.presses("Slå sammen med D-2026-0001: Gerica er nede")
        assert talk.effects == [ConfirmSuspicion(REF, "D-2026-0001")]
        talk.bot_says("er slått sammen med D-2026-0001")

    @pytest.mark.parametrize("which", ["M-2026-0001", "mistanken"])
    def test_in_words(self, which: str) -> None:
        talk = desk()
        talk.notices = [a_notice()]
        talk.says(f"slå sammen {which} med D-2026-0001")
        assert talk.effects == [ConfirmSuspicion(REF, "D-2026-0001")]

    def test_not_with_one_that_is_over(self) -> None:
        talk = desk()
        talk.press_action(f"suspicion:{REF}:join:D-2026-0009")
        talk.bot_says("ingen aktiv fellesfeil D-2026-0009")
        assert not talk.effects


class TestSplitting:
    """Two faults in one suspicion: the reports that are split off become a suspicion of their own."""

    @pytest.mark.parametrize("said", ["2 og 4", "L-2026-000002, L-2026-000004"])
    def test_what_is_split_off_is_a_suspicion_of_its_own_and_both_are_shown(self, said: str) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.presses("Del i to")
        talk.bot_says("Hvilke saker i M-2026-0001 er en annen feil?")
        talk.says(said)
        assert talk.effects == [SplitSuspicion(REF, ("L-2026-000002", "L-2026-000004"), "M-2026-0002")]
        talk.bot_says("2 meldinger er igjen i M-2026-0001, og 2 er nå mistanke M-2026-0002")
        talk.bot_says("Mistanke om fellesfeil M-2026-0001", "Mistanke om fellesfeil M-2026-0002")
        talk.says("mistanker")
        talk.bot_says("Skilt ut fra: M-2026-0001", "Gerica henger (2)", "Gerica henger (3)")

    @pytest.mark.parametrize(
        "said", ["del M-2026-0001: 1 og 2", "del opp M-2026-0001, 1 og 2", "del 1 og 2 ut av M-2026-0001"]
    )
    def test_in_one_line(self, said: str) -> None:
        talk = desk()
        talk.says(said)
        assert talk.effects == [SplitSuspicion(REF, ("L-2026-000001", "L-2026-000002"), "M-2026-0002")]

    def test_the_new_one_has_its_own_hovedsak_and_its_own_draft(self) -> None:
        talk = desk()
        talk.says("del M-2026-0001: 1 og 2")
        left, new = sorted(talk.suspicions, key=lambda one: one.ref)
        assert (left.hovedsak, new.hovedsak) == ("L-2026-000003", "L-2026-000001")
        talk.press_action(f"suspicion:{new.ref}:confirm")
        talk.bot_says("Her er driftsmeldingen for M-2026-0002", "L-2026-000001 hovedsak")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["what"].value == "Flere melder om feil: Gerica henger (1)"
        assert talk.state.draft.answers["affected"].value == "Brukere av Gerica. Meldt fra BFR, BSA."

    def test_all_of_it_is_no_part_of_it(self) -> None:
        talk = desk()
        talk.says("del M-2026-0001: 1, 2, 3 og 4")
        assert not talk.effects
        talk.bot_says("men ikke alle")
        talk.says("1")
        assert talk.effects == [SplitSuspicion(REF, ("L-2026-000001",), "M-2026-0002")]


class TestTakingOut:
    @pytest.mark.parametrize("said", ["2 og 4", "L-2026-000002, L-2026-000004"])
    def test_reports_are_taken_out(self, said: str) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.presses("Ta ut saker")
        talk.says(said)
        assert talk.effects == [TakeOutReports(REF, ("L-2026-000002", "L-2026-000004"))]
        talk.bot_says("2 er igjen i M-2026-0001")
        assert [one.ref for one in talk.suspicions[0].reports] == ["L-2026-000001", "L-2026-000003"]
        later = talk.suspicions[0].with_reports(suspicion().reports, MONDAY)
        assert [one.ref for one in later.reports] == ["L-2026-000001", "L-2026-000003"], "what was taken out stays out"

    @pytest.mark.parametrize("said", ["ta ut M-2026-0001: 1", "ta ut sak 1 fra M-2026-0001"])
    def test_in_one_line(self, said: str) -> None:
        talk = desk()
        talk.says(said)
        assert talk.effects == [TakeOutReports(REF, ("L-2026-000001",))]

    def test_it_is_asked_again_when_none_is_meant(self) -> None:
        talk = desk()
        talk.press_action(f"suspicion:{REF}:take_out")
        talk.says("den med skriveren")
        talk.bot_says("Hvilke saker hører ikke til")
        assert not talk.effects


class TestDismissing:
    def test_with_a_reason(self) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.presses("Avvis")
        talk.bot_says("Hvorfor er M-2026-0001 ingen fellesfeil?")
        talk.says("Det var opplæring på alle sykehjem")
        assert talk.effects == [DismissSuspicion(REF, "Det var opplæring på alle sykehjem")]
        assert talk.suspicions[0].status is SuspicionStatus.DISMISSED
        talk.says("mistanker")
        talk.bot_says("Det er ingen mistanker")

    def test_in_one_line(self) -> None:
        talk = desk()
        talk.says("avvis M-2026-0001 fordi det var opplæring")
        assert talk.effects == [DismissSuspicion(REF, "det var opplæring")]

    @pytest.mark.parametrize("said", ["avvis mistanken: øvelse", "dismiss the suspicion because øvelse"])
    def test_the_only_one_needs_no_number(self, said: str) -> None:
        """It had become the report of a security incident."""
        talk = desk()
        talk.says(said)
        assert talk.effects == [DismissSuspicion(REF, "øvelse")]

    @pytest.mark.parametrize("said", ["bekreft mistanken", "del mistanken", "avvis mistanken: øvelse"])
    def test_of_several_it_is_shown_which(self, said: str) -> None:
        talk = desk(suspicion("M-2026-0002", about="AKS"), suspicion())
        talk.says(said)
        talk.bot_says("M-2026-0001", "M-2026-0002")
        assert not talk.effects

    def test_the_role_was_taken_away_before_the_reason_came(self) -> None:
        talk = desk()
        talk.press_action(f"suspicion:{REF}:dismiss")
        talk.person = person("1linje")
        talk.says("opplæring")
        assert not talk.effects

    def test_somebody_else_was_faster(self) -> None:
        talk = desk()
        talk.press_action(f"suspicion:{REF}:dismiss")
        talk.suspicions = [talk.suspicions[0].decided(SuspicionStatus.DISMISSED, "Remi Manager", MONDAY)]
        talk.says("opplæring")
        talk.bot_says("er avgjort")
        assert not talk.effects


def test_a_suspicion_survives_json() -> None:
    decided = (
        suspicion()
        .decided(SuspicionStatus.DISMISSED, "Ulla", MONDAY, reason="øvelse")
        .without(["L-2026-000001"], MONDAY)
    )
    assert Suspicion.from_json(decided.to_json(), decided.reports) == decided


class TestOneThatNeverWas:
    """ "Avvis M-2026-0099" said that it is decided."""

    @pytest.mark.parametrize("said", ["avvis M-2026-0099", "mistanke M-2027-0001", "bekreft M-2026-0000"])
    def test_it_does_not_exist_and_those_that_do_are_listed(self, said: str) -> None:
        talk = desk(suspicion(), suspicion("M-2026-0002", about="Visma"))
        talk.says(said)
        talk.bot_says("finnes ikke", "M-2026-0001", "M-2026-0002")
        talk.bot_does_not_say("avgjort")
        assert not talk.effects

    def test_where_none_stands(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("avvis M-2026-0099")
        talk.bot_says("M-2026-0099 finnes ikke", "ingen andre mistanker")

    def test_a_decided_one_did_exist(self) -> None:
        talk = desk(suspicion(), suspicion("M-2026-0002", about="Visma"))
        talk.says("avvis M-2026-0001: øvelse")
        talk.says("avvis M-2026-0001: øvelse")
        talk.bot_says("M-2026-0001 er avgjort")
