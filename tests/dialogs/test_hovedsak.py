"""USS puts the cases of a fellesfeil together (G 5.1.2.2), and a makeshift needs a problem case (G 5.1.2.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs.case import Case, KompassLink, NoticeStatus, Person, Reporter, Status
from dialogs.commands import Command, find_command
from dialogs.effects import AttachCases, DetachCase, SetHovedsak, TellCases
from tests.bot.samples import a_case, a_notice
from tests.dialogs.talking import tell
from tests.transcript import MONDAY, Transcript, person

NOTICE = replace(a_notice(), approved_by="Remi Manager")


def reported(number: int, title: str, role: str = "1linje", **more: Any) -> Case:
    """A fault at the desk, registered in Kompass."""
    at = MONDAY + timedelta(minutes=number)
    case = replace(
        a_case(f"L-2026-{number:06d}", Person(f"p{number}", f"Person {number}", "BGO"), at),
        title=title,
        description=title,
        reporter=Reporter(f"p{number}", f"Person {number}", role, "BGO"),
        status=Status.REGISTERED,
        kompass=KompassLink(f"{17000 + number}", "https://kompass.invalid/1"),
    )
    return replace(case, **more)


AKS = reported(1, "Får ikke logget på AKS")
GERICA = reported(2, "Gerica henger")
OF_THE_FORVALTER = reported(3, "AKS svarer ikke", "forvalter")
LATER = reported(4, "AKS er nede")


def uss(*cases: Case, **notice: Any) -> Transcript:
    """USS an hour after a fellesfeil in AKS was published."""
    talk = Transcript(person("uss", virksomhet="UKE"), cases=list(cases))
    talk.notices = [replace(NOTICE, **notice)]
    talk.waits(hours=1)
    return talk


class TestChoosing:
    def test_the_forvalters_case_is_proposed_first_and_what_is_about_something_else_is_not(self) -> None:
        talk = uss(AKS, GERICA, OF_THE_FORVALTER)
        talk.says("hovedsak")
        talk.bot_says("Hvilken sak skal være hovedsak?", "AKS er nede")
        assert [action for action, _ in talk.choices()] == [
            "hovedsak:D-2026-0001:set:L-2026-000003",
            "hovedsak:D-2026-0001:set:L-2026-000001",
        ]
        talk.says("1")
        talk.bot_says("L-2026-000003 er hovedsak for D-2026-0001", "Nye saker som hører til")
        assert talk.effects == [SetHovedsak("L-2026-000003", "D-2026-0001")]

    def test_then_those_that_fit_are_offered_and_attached_together(self) -> None:
        talk = uss(AKS, GERICA, OF_THE_FORVALTER, LATER)
        talk.says("sett hovedsak L-2026-000003")
        talk.presses("Se 2 som ser ut til å gjelde det samme")
        talk.bot_says("Får ikke logget på AKS", "AKS er nede", "Skal noen av disse bli undersaker?")
        talk.bot_does_not_say("Gerica")
        talk.presses("Alle 2")
        talk.bot_says("Knyttet til D-2026-0001: L-2026-000001, L-2026-000004")
        assert talk.effects == [AttachCases(("L-2026-000001", "L-2026-000004"), "D-2026-0001")]
        talk.says("undersaker")
        talk.bot_says("Alle saker som passer, er knyttet til")

    def test_or_one_by_one(self) -> None:
        talk = uss(AKS, OF_THE_FORVALTER, LATER, hovedsak="L-2026-000003")
        talk.cases[1] = replace(OF_THE_FORVALTER, fellesfeil="D-2026-0001")
        talk.says("hovedsak")
        talk.says("Bare L-2026-000004")
        assert talk.effects == [AttachCases(("L-2026-000004",), "D-2026-0001")]
        talk.bot_says("Se 1 som ser ut til å gjelde det samme")

    def test_from_the_list_of_notices(self) -> None:
        talk = uss(AKS)
        talk.says("driftsmeldinger")
        talk.presses("Hovedsak og undersaker")
        talk.bot_says("Får ikke logget på AKS")

    def test_another_one_may_be_chosen_later(self) -> None:
        talk = uss(replace(AKS, fellesfeil="D-2026-0001"), LATER, hovedsak="L-2026-000001")
        talk.says("bytt hovedsak til L-2026-000004")
        assert talk.effects == [SetHovedsak("L-2026-000004", "D-2026-0001")]
        talk.bot_says("1 andre saker")

    def test_with_two_fellesfeil_it_is_asked_which(self) -> None:
        talk = uss(AKS)
        talk.notices.append(a_notice("D-2026-0002", what="Gerica er nede"))
        talk.says("hovedsak")
        talk.bot_says("Hvilken fellesfeil gjelder det?")
        talk.says("2")
        talk.bot_says("Gerica er nede", "Ingen registrert sak passer ennå")
        talk.says("hovedsak D-2026-0001 L-2026-000001")
        assert talk.effects == [SetHovedsak("L-2026-000001", "D-2026-0001")]

    def test_a_case_without_a_number_cannot_be_it(self) -> None:
        talk = uss(replace(AKS, status=Status.SENT, kompass=None))
        talk.says("hovedsak L-2026-000001")
        talk.bot_says("har ikke fått nummer ennå")
        assert not talk.effects

    @pytest.mark.parametrize(
        "case",
        [
            replace(AKS, fellesfeil="D-2026-0007"),
            replace(AKS, status=Status.CLOSED),
            replace(AKS, ref="L-2026-000099"),
        ],
    )
    def test_nor_one_that_is_closed_unknown_or_of_another_fellesfeil(self, case: Case) -> None:
        talk = uss(case)
        talk.says("hovedsak L-2026-000001")
        talk.bot_says("ingen åpen feilsak L-2026-000001")
        assert not talk.effects

    def test_what_lies_with_an_own_first_line_is_not_proposed(self) -> None:
        talk = uss(replace(AKS, route="1.linje BGO"))
        talk.says("hovedsak")
        talk.bot_says("Ingen registrert sak passer ennå")

    def test_a_mistake_is_undone(self) -> None:
        talk = uss(replace(AKS, fellesfeil="D-2026-0001"), LATER)
        talk.says("ta av L-2026-000001")
        talk.bot_says("går videre som egen sak")
        assert talk.effects == [DetachCase("L-2026-000001")]
        talk.says("ta av L-2026-000004")
        talk.bot_says("ingen sak L-2026-000004 som hører til en fellesfeil")
        talk.says("hovedsak L-2026-000004")
        talk.says("ta av L-2026-000004")
        talk.bot_says("Velg en ny hovedsak først")

    def test_without_a_fellesfeil_there_is_nothing_to_choose_for(self) -> None:
        talk = uss(AKS, type="vedlikehold")
        talk.says("hovedsak")
        talk.bot_says("ingen aktiv fellesfeil")


class TestRefused:
    @pytest.mark.parametrize(
        "action", ["hovedsak:D-2026-0001:set:L-2026-000001", "hovedsak:D-2026-0001:attach:all", "hovedsak:D-2026-0001"]
    )
    def test_a_forged_button(self, action: str) -> None:
        talk = uss(AKS)
        talk.person = person("forvalter")
        talk.press_action(action)
        talk.bot_says("Bare USS setter hovedsak")
        assert not talk.effects

    def test_others_are_told_what_a_hovedsak_is_when_they_say_the_word(self) -> None:
        talk = uss(AKS)
        talk.person = person("1linje")
        talk.says("hovedsak")
        talk.bot_does_not_say("Bare USS")
        talk.says("sett hovedsak L-2026-000001")
        talk.bot_says("Bare USS setter hovedsak")
        talk.says("ta av L-2026-000001")
        talk.bot_says("Bare USS setter hovedsak")


class TestTellingTheCases:
    def test_an_update_goes_to_them_too(self) -> None:
        talk = uss(AKS)
        tell(talk, "updated", "Leverandøren har funnet feilen")
        (told,) = [one for one in talk.effects if isinstance(one, TellCases)]
        assert (told.fellesfeil, told.kind, told.text) == ("D-2026-0001", "updated", "Leverandøren har funnet feilen")
        assert told.comment == (
            "Til deg som meldte saken: Nytt om fellesfeilen D-2026-0001: Leverandøren har funnet feilen"
        )

    def test_when_it_is_resolved_they_are_asked_and_reminded_on_a_working_day(self) -> None:
        talk = uss(AKS)
        talk.waits(days=4)  # a Friday
        tell(talk, "resolved", "Sertifikatet var utløpt")
        (told,) = [one for one in talk.effects if isinstance(one, TellCases)]
        assert told.kind == "resolved"
        assert "Virker det hos deg nå?" in told.comment
        assert told.remind_at.isoformat() == "2026-11-30T08:00:00+01:00"

    def test_what_only_the_closed_group_was_told_stays_there(self) -> None:
        talk = uss(AKS, groups=("sam_ikt_hovedkontakter",))
        tell(talk, "updated", "Vi mistenker et angrep")
        assert not [one for one in talk.effects if isinstance(one, TellCases)]
        tell(talk, "resolved", "Det var et angrep")
        (told,) = [one for one in talk.effects if isinstance(one, TellCases)]
        assert "angrep" not in told.text + told.comment
        assert "Virker det hos deg nå?" in told.comment

    def test_planned_work_has_no_cases(self) -> None:
        talk = uss(AKS, type="vedlikehold")
        tell(talk, "updated", "Vi er halvveis")
        assert not [one for one in talk.effects if isinstance(one, TellCases)]


class TestAProblemCase:
    def mended_for_now(self) -> Transcript:
        """A fellesfeil that was made to go away without its cause being mended."""
        talk = uss(replace(AKS, fellesfeil="D-2026-0001"), hovedsak="L-2026-000001")
        tell(talk, "resolved", "Løst midlertidig med omstart av tjenesten")
        return talk

    def test_is_asked_for_with_its_text_and_where_it_is_made(self) -> None:
        talk = self.mended_for_now()
        talk.bot_says(
            "trengs en problemsak", "Rotårsak til AKS er nede", "Hovedsak: 17001", "varte i 1 time",
            "Saker: 1, fra BGO", "Løst midlertidig med omstart av tjenesten", "finne og rette årsaken", "saas.smax.no",
        )  # fmt: skip

    @pytest.mark.parametrize("said", ["midlertidig løst: omstart av tjenesten", "Midlertidig løst"])
    def test_is_asked_for_by_button_and_by_word_and_everybody_hears_that_it_is_for_now(self, said: str) -> None:
        talk = uss(AKS)
        talk.says("driftsmeldinger")
        talk.says(said)
        if not talk.problems:
            if talk.state.line is None:
                talk.bot_says("hva er gjort for at det virker igjen")
                talk.says("omstart av tjenesten")
            talk.bot_says("midlertidig rettet", "Feilen kan komme tilbake")
            talk.says("send")
        talk.bot_says("trengs en problemsak")
        assert talk.notices[0].status is NoticeStatus.RESOLVED
        talk.bot_says("Midlertidig løsning: omstart av tjenesten")
        assert talk.notices[0].history[-1].text == (
            "Midlertidig løst: omstart av tjenesten."
            " Feilen kan komme tilbake. Vi følger opp årsaken i en egen problemsak."
        )
        (told,) = [one for one in talk.effects if isinstance(one, TellCases)]
        assert told.kind == "for_now"
        assert "er midlertidig rettet" in told.comment

    def test_stays_an_open_task_until_somebody_settles_it(self) -> None:
        talk = self.mended_for_now()
        talk.waits(days=2)
        talk.says("driftsmeldinger")
        talk.bot_says("1 fellesfeil er løst midlertidig og mangler problemsak")
        talk.says("problemsaker")
        talk.presses("Den er opprettet")
        talk.says("PM-4711")
        talk.bot_says("problemsaken etter D-2026-0001 er PM-4711")
        talk.says("problemsaker")
        talk.bot_says("Ingen problemsaker venter")

    def test_or_is_not_needed_for_a_reason(self) -> None:
        talk = self.mended_for_now()
        talk.presses("Den trengs ikke")
        talk.says("Serveren fases ut på fredag")
        talk.bot_says("ingen problemsak etter D-2026-0001", "Serveren fases ut")
        talk.press_action("problem:D-2026-0001:made")
        talk.bot_says("Det venter ingen problemsak")

    def test_a_fault_that_is_mended_for_good_needs_none(self) -> None:
        talk = uss(AKS)
        tell(talk, "resolved", "Sertifikatet var utløpt og er byttet")
        assert not talk.problems
        talk.says("problemsaker")
        talk.bot_says("Ingen problemsaker venter")

    def test_is_usss_alone(self) -> None:
        talk = self.mended_for_now()
        talk.person = person("1linje")
        for said in ("problemsaker", ""):
            if said:
                talk.says(said)
            else:
                talk.press_action("problem:D-2026-0001:made")
            talk.bot_does_not_say("Rotårsak", "Hvilket nummer")


class TestPriority:
    @pytest.mark.parametrize(
        "said",
        [
            "kan dere øke prioriteten?",
            "sett opp prioriteten på saken",
            "saken min må prioriteres høyere",
            "jeg vil ha høyere prioritet på L-2026-000001",
            "endre prioritet til høy",
            "please raise the priority of my case",
        ],
    )
    def test_is_changed_only_together_with_uss(self, said: str) -> None:
        command = find_command(said)
        assert command is not None
        assert command.command is Command.PRIORITY
        talk = Transcript(person("1linje"))
        talk.says(said)
        talk.bot_says("samråd med USS" if "please" not in said else "together with USS")
        assert not talk.cases

    def test_why_it_is_urgent_is_written_in_the_case(self) -> None:
        own = replace(AKS, reporter=Reporter("p-1linje", "Lars Linje", "1linje", "BGO"))
        talk = Transcript(person("1linje"), cases=[own])
        talk.says("status")
        talk.says("kan dere øke prioriteten?")
        talk.presses("Skriv i L-2026-000001")
        talk.says("Vi får ikke utbetalt lønn i dag")
        talk.says("1")  # for the desk
        assert "lønn" in talk.cases[0].comments[-1]["text"]

    def test_uss_is_told_that_it_is_agreed_with_the_virksomhet(self) -> None:
        talk = uss(AKS)
        talk.says("endre prioritet på L-2026-000001")
        talk.bot_says("samråd med dere og virksomheten", "Jeg endrer ikke prioritet")

    @pytest.mark.parametrize(
        "said", ["E-postprogrammet endrer prioritet på meldingene", "Sakene i Websak har feil prioritet i listen"]
    )
    def test_a_program_with_priorities_of_its_own_is_a_fault_like_others(self, said: str) -> None:
        assert find_command(said) is None
