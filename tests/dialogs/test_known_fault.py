"""A known fault is shown before any question; one press counts the person and tells him what comes (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.effects import AffectedBy, MuteNotices
from tests.dialogs.talking import fill
from tests.transcript import MONDAY, Transcript, person

AKS = Notice(
    ref="D-2026-0001",
    type="fellesfeil",
    what="AKS er nede.",
    affected="Alle som bruker AKS",
    since=MONDAY,
    consequence="Ingen får logget på.",
    workaround="Bruk webversjonen.",
    next_update_at=None,
    contact="USS",
    groups=("sam_it",),
    author="Ulla Uss",
    created_at=MONDAY,
    updated_at=MONDAY,
)


def reports(text: str = "AKS fryser for alle på kontoret i dag", *notices: Notice, role: str = "1linje") -> Transcript:
    talk = Transcript(person(role), notices=list(notices or (AKS,)))
    talk.says(text)
    return talk


def test_it_is_shown_before_any_question() -> None:
    talk = reports()
    talk.bot_says("Kjent feil (D-2026-0001): AKS er nede.", "Bruk webversjonen.", "Er det dette?")
    assert [label for _, label in talk.choices()] == ["Gjelder meg også", "Nei, noe annet"]
    assert talk.state.draft is None


class TestMeToo:
    @pytest.mark.parametrize("said", ["Gjelder meg også", "ja", "1"])
    def test_one_press_counts_and_subscribes(self, said: str) -> None:
        talk = reports()
        talk.says(said)
        talk.bot_says("Da er du talt med", "beskjed her når det er noe nytt")
        assert talk.effects == [AffectedBy("D-2026-0001")]
        talk.presses("Nei, det holder")
        assert not talk.cases
        assert talk.state.held is None

    def test_a_case_of_ones_own_says_which_fellesfeil_it_is(self) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.presses("Ja, lag en sak")
        fill(talk).says("send")
        assert talk.case["fellesfeil"] == "D-2026-0001"
        assert "AKS fryser" in talk.case["description"]

    def test_without_messages(self) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.presses("Ikke varsle meg")
        assert talk.effects == [MuteNotices("D-2026-0001")]
        talk.bot_says("talt med, men får ingen varsler")

    def test_whoever_is_counted_is_not_asked_again(self) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.presses("Nei, det holder")
        talk.says("AKS henger fortsatt for alle på kontoret")
        talk.bot_says("alt talt med", "Ja, lag en sak")
        talk.presses("Nei, noe annet")
        assert talk.state.draft is not None

    def test_files_and_further_needs_wait_for_the_answer(self) -> None:
        talk = Transcript(person("1linje"), notices=[AKS])
        talk.says("AKS fryser for alle på kontoret i dag", "skjerm.png")
        talk.presses("Gjelder meg også")
        talk.presses("Ja, lag en sak")
        assert talk.state.draft is not None
        assert [one.name for one in talk.state.draft.attachments] == ["skjerm.png"]


class TestSaidAgain:
    """ "Gjelder meg også" of who is counted already went into the case's text."""

    @pytest.mark.parametrize(
        "said", ["gjelder meg også", "Det gjelder også meg", "meg også", "ja, det rammer oss også"]
    )
    def test_beside_the_question_whether_more_is_wanted(self, said: str) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.says(said)
        talk.bot_says("Du er alt talt med i D-2026-0001")
        assert talk.effects == []
        assert talk.state.draft is None

    def test_when_all_is_said(self) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.presses("Nei, det holder")
        talk.says("gjelder meg også")
        talk.bot_says("Du er alt talt med i D-2026-0001")

    def test_in_the_case_that_was_wanted_too(self) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.presses("Ja, lag en sak")
        fill(talk).says("gjelder meg også")
        talk.bot_says("Du er alt talt med", "Skal jeg sende saken?")
        assert "gjelder meg" not in talk.state.drafts[0].text

    def test_in_other_words_at_the_question(self) -> None:
        talk = reports()
        talk.says("det gjelder oss også")
        assert talk.effects == [AffectedBy("D-2026-0001")]


class TestSomethingElse:
    @pytest.mark.parametrize("said", ["Nei, noe annet", "nei"])
    def test_the_report_goes_on_as_it_was(self, said: str) -> None:
        talk = reports()
        talk.says(said)
        alone = Transcript(person("1linje"))
        alone.says("AKS fryser for alle på kontoret i dag")
        assert talk.last == alone.last
        fill(talk).says("send")
        assert talk.case["fellesfeil"] is None

    def test_what_is_written_instead_goes_with_it(self) -> None:
        talk = reports()
        talk.says("Det gjelder bare utskrift fra AKS")
        assert talk.state.draft is not None
        assert "AKS fryser" in talk.state.draft.text
        assert "utskrift" in talk.state.draft.text

    def test_the_next_one_it_may_be_is_asked_about(self) -> None:
        talk = reports(
            "AKS fryser for alle på kontoret i dag", AKS, replace(AKS, ref="D-2026-0002", what="AKS er treg.")
        )
        talk.presses("Nei, noe annet")
        talk.bot_says("D-2026-0002", "AKS er treg.")
        talk.presses("Gjelder meg også")
        assert talk.effects == [AffectedBy("D-2026-0002")]

    def test_it_was_over_before_the_press_came(self) -> None:
        talk = reports()
        talk.notices = [replace(AKS, status=NoticeStatus.RESOLVED)]
        talk.presses("Gjelder meg også")
        talk.bot_says("er avsluttet nå")
        assert not talk.effects
        assert talk.state.draft is not None


class TestWhatFits:
    def test_an_order_is_not_held_up(self) -> None:
        talk = Transcript(person("superbruker"), notices=[AKS])
        talk.says("Jeg trenger tilgang til AKS for en ny kollega")
        assert talk.state.held is None
        talk.bot_does_not_say("Gjelder meg også")

    @pytest.mark.parametrize(
        ("affected", "asked"),
        [("Bydel Gamle Oslo", True), ("BGO og BSA", True), ("Bydel Alna", False), ("Alle bydeler, også BAL", True)],
    )
    def test_the_virksomhet(self, affected: str, asked: bool) -> None:
        talk = reports("AKS fryser for alle på kontoret i dag", replace(AKS, affected=affected))
        assert (talk.state.held is not None) == asked

    def test_the_symptoms_where_no_system_is_named(self) -> None:
        mail = replace(AKS, what="Outlook viser gammel kalender", affected="Alle ansatte", consequence="Møter mangler")
        assert reports("Kalenderen er feil, møter mangler og viser gammel dato", mail).state.held is not None
        assert reports("Skriveren lager striper på alle arkene", mail).state.held is None

    @pytest.mark.parametrize(
        "said",
        [
            "Teams er nede for hele avdelingen siden kl 9, omstart prøvd, ingen kommer inn, PC",
            "Får ikke skrevet ut, ingen i avdelingen siden kl 9",
            "Alle brukere av Outlook i bydelene får ikke logget inn siden kl 9",
        ],
    )
    def test_that_everything_is_down_for_everyone_makes_no_two_faults_one(self, said: str) -> None:
        """Any report with "nede", "ingen" and "logget" was taken for the known fault of another system."""
        known = replace(
            AKS,
            what="Gerica er nede for alle siden kl 9, ingen får logget inn",
            affected="Alle bydeler",
            consequence="Ingen får ført journal",
        )
        assert reports(said, known).state.held is None

    def test_what_is_down_is_the_matter_also_when_the_register_does_not_know_it(self) -> None:
        vpn = replace(AKS, what="VPN er nede for alle siden kl 10", affected="Alle", consequence="Ingen får koblet til")
        assert reports("vpn virker ikke hjemmefra, feilkode 809", vpn).state.held is not None

    def test_planned_work_that_goes_on(self) -> None:
        talk = reports("AKS fryser for alle på kontoret i dag", replace(AKS, type="vedlikehold"))
        talk.bot_says("Planlagt arbeid (D-2026-0001) fra i dag", "Er det dette?")

    def test_planned_work_to_come_and_information_are_told_and_not_asked_about(self) -> None:
        planned = replace(AKS, type="vedlikehold", since=MONDAY.replace(hour=20))
        for notice in (planned, replace(AKS, type="informasjon")):
            talk = reports("AKS fryser for alle på kontoret i dag", notice)
            talk.bot_says("D-2026-0001")
            assert talk.state.held is None
            assert talk.state.draft is not None

    def test_the_latest_news_comes_with_it(self) -> None:
        line = NoticeUpdate(MONDAY, "Ulla", "updated", "Leverandøren bytter en disk.")
        reports("AKS er nede hos oss", replace(AKS, history=(line, line))).bot_says("Leverandøren bytter en disk.")


class TestButtons:
    @pytest.mark.parametrize("action", ["known:me", "known:case", "known:quiet", "known:", "known:nothing"])
    def test_an_old_or_made_up_one_does_nothing(self, action: str) -> None:
        talk = Transcript(person("1linje"), notices=[AKS])
        talk.press_action(action)
        talk.bot_says("ikke lenger i bruk")
        assert not talk.effects

    def test_a_case_is_not_made_before_the_press(self) -> None:
        talk = reports()
        talk.press_action("known:case")
        talk.bot_says("ikke lenger i bruk")

    def test_no_more_messages(self) -> None:
        talk = reports()
        talk.presses("Gjelder meg også")
        talk.presses("Nei, det holder")
        talk.says("ikke varsle meg")
        assert talk.effects == [MuteNotices("")]
        talk.says("ikke varsle meg om driftsmeldinger")
        assert talk.effects == [MuteNotices("")]
        talk.press_action("quiet:D-2026-0001")
        talk.bot_says("ingen flere varsler om D-2026-0001")


def test_uss_sees_how_many_and_nobody_else() -> None:
    affected = {"D-2026-0001": {"a", "b", "c"}}
    for role, shown in (("uss", True), ("ansatt", False)):
        talk = Transcript(person(role), notices=[AKS], affected=affected)
        talk.says("driftsmeldinger")
        assert ("Har meldt at det gjelder dem: 3" in talk.last) == shown
