"""Times, corrections and links that the desk tells in its own words (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dialogs.effects import AttachCases, SayWhetherItWorks, SetHovedsak
from tests.dialogs.test_hovedsak import AKS, GERICA, OF_THE_FORVALTER
from tests.dialogs.test_hovedsak import uss as with_cases
from tests.dialogs.test_notice_read_by_what_it_says import value
from tests.dialogs.test_notice_updates import published
from tests.dialogs.test_suspicions import REF, desk, suspicion
from tests.dialogs.test_verifying import asked
from tests.transcript import MONDAY, Transcript, person

TUESDAY = datetime(2026, 11, 24, 10, 5, tzinfo=ZoneInfo("Europe/Oslo"))
PLANNED = (
    "planlagt vedlikehold: Gerica er nede torsdag 26. november kl 18-22. hvem: alle som bruker Gerica. "
    "konsekvens: ingen får ført journal. omvei: skriv på papir. grupper: SAM/IT"
)


def uss(*said: str) -> Transcript:
    talk = Transcript(person("uss", virksomhet="UKE"), now=TUESDAY)
    for one in said:
        talk.says(one)
    return talk


class TestFixedBugWhatLiesAheadWasReadAsPast:
    @pytest.mark.parametrize(
        ("said", "since", "over", "what"),
        [
            ("nei vent, det blir fredag 27. kl 18-22", "27T18", "27T22", "fredag 27. kl 18-22"),
            ("fredag 27. november kl. 18", "27T18", "27T22", "fredag 27. november kl. 18"),
            ("det flyttes til fredag", "27T18", "27T22", "fredag 27. november kl. 18.00"),
        ],
    )
    def test_planned_work_is_moved_with_all_its_times(self, said: str, since: str, over: str, what: str) -> None:
        """ "Fredag 27." was the 27th of March, eight months ago, and the text still said Thursday."""
        talk = uss(PLANNED, said)
        assert value(talk, "since").startswith(f"2026-11-{since}")
        assert value(talk, "next_update_at").startswith(f"2026-11-{over}")
        assert value(talk, "what") == f"Gerica er nede {what}"
        talk.bot_says("Endret. Fra når: fredag 27. november kl. 18.00", "Skal jeg publisere meldingen?")

    def test_information_looks_forward(self) -> None:
        talk = uss("informasjon til alle: utstyr bestilles på nytt skjema i Kompass fra mandag 30. november")
        assert value(talk, "since").startswith("2026-11-30")

    def test_unless_it_tells_of_what_has_been(self) -> None:
        talk = uss("informasjon til alle: Kompass har hatt nytt skjema siden mandag")
        assert value(talk, "since").startswith("2026-11-23")

    @pytest.mark.parametrize(
        "said",
        ["informasjon: fra mandag 30. november skal utstyr bestilles på nytt skjema i Kompass. "
         "Gruppe: IKT-hovedkontakter. Gjelder alle 1.linje og IKT-hovedkontakter. Kontakt: kompass@uke.oslo.kommune.no",
         "publiser informasjon: fra mandag 30. november bestilles utstyr på nytt skjema i Kompass. "
         "Gruppe: IKT-hovedkontakter. Hvem: alle 1.linje og IKT-hovedkontakter. Kontakt: kompass@uke.oslo.kommune.no"],
    )  # fmt: skip
    def test_information_begins_with_its_name_and_keeps_its_sentence(self, said: str) -> None:
        talk = uss(said)
        assert value(talk, "type") == "informasjon"
        assert value(talk, "what").startswith("fra mandag 30. november")
        assert value(talk, "groups") == "sam_ikt_hovedkontakter"
        assert value(talk, "since").startswith("2026-11-30")

    def test_information_to_the_main_contacts_goes_to_them(self) -> None:
        talk = uss(
            "informasjon til alle IKT-hovedkontakter: nytt skjema for utstyr fra mandag, gammelt skjema stenges. "
            "Kontakt: kompass@uke"
        )
        assert value(talk, "what") == "nytt skjema for utstyr fra mandag, gammelt skjema stenges"
        assert value(talk, "groups") == "sam_ikt_hovedkontakter"

    def test_next_update_when_it_is_over_is_no_part_of_what_happens(self) -> None:
        talk = uss(
            "planlagt vedlikehold: Gerica er nede torsdag 26. november kl 18-22. Neste oppdatering når det er ferdig"
        )
        assert value(talk, "what") == "Gerica er nede torsdag 26. november kl 18-22"
        assert value(talk, "next_update_at").startswith("2026-11-26T22")


class TestFixedBugTheNextUpdateAloneNeededWords:
    @pytest.mark.parametrize(
        ("said", "at"),
        [
            ("vi rekker ikke kl 11, si 12.30", "12:30"),
            ("neste oppdatering D-2026-0001 blir kl 12.30", "12:30"),
            ("forleng til kl 15", "15:00"),
        ],
    )
    def test_only_the_time_is_told(self, said: str, at: str) -> None:
        """ "Neste oppdatering feilen blir kl 12.30" was published."""
        talk = published()
        talk.waits(minutes=-90)
        talk.says(said)
        line = talk.state.line
        assert line is not None, talk.last
        assert (line.text, line.next_update_at) == ("", f"2026-11-23T{at}:00+01:00")
        talk.says("send")
        assert "feilen" not in talk.notices[0].history[-1].text


class TestFixedBugANoticesNumberWasANewNeed:
    def test_the_number_names_it(self) -> None:
        talk = published()
        talk.says("rett D-2026-0001: årsaken er vårt eget sertifikat, ikke leverandørens")
        assert talk.state.line is not None, talk.last
        assert talk.state.line.text == "Årsaken er vårt eget sertifikat, ikke leverandørens"

    @pytest.mark.parametrize(
        ("said", "text"),
        [
            ("forresten, det er ikke leverandørens sertifikat, det er vårt eget. rett det",
             "Det er ikke leverandørens sertifikat, det er vårt eget"),
            ("jeg skrev feil, det er vårt eget sertifikat", "Det er vårt eget sertifikat"),
        ],
    )  # fmt: skip
    def test_right_after_an_update_it_is_put_right(self, said: str, text: str) -> None:
        talk = just_updated()
        talk.says(said)
        assert talk.state.line is not None, talk.last
        assert talk.state.line.text == text

    def test_and_who_else_is_hit_is_added(self) -> None:
        talk = just_updated()
        talk.says("bydel Alna er også nede")
        assert talk.state.line is not None, talk.last
        assert talk.state.line.changes == {"affected": "Alle som bruker AKS. Også bydel Alna"}

    def test_another_system_that_is_down_is_another_fault(self) -> None:
        talk = just_updated()
        talk.says("Gerica er også nede")
        assert talk.state.line is None

    def test_hours_later_the_same_words_are_about_something_else(self) -> None:
        talk = just_updated()
        talk.waits(hours=3)
        talk.says("jeg skrev feil, det er vårt eget sertifikat")
        assert talk.state.line is None

    def test_when_it_began_is_put_right(self) -> None:
        talk = published()
        talk.says("Feilen startet 09.15, ikke 09.24")
        assert talk.state.line is not None, talk.last
        assert talk.state.line.changes == {"since": "2026-11-23T09:15:00+01:00"}


def just_updated() -> Transcript:
    talk = published()
    talk.says("oppdater D-2026-0001: leverandørens sertifikat er utløpt, ny oppdatering kl 14")
    talk.says("send")
    return talk


class TestFixedBugTheSuspicionsNotice:
    def test_how_it_is_reached_is_not_who_is_hit(self) -> None:
        talk = desk(suspicion(about="Websak"))
        talk.happens("suspicion_raised", REF, text="Websak", id="4")
        talk.says("bekreft")
        before = value(talk, "affected")
        talk.says(
            "ingen kommer inn i Websak, hvit side etter pålogging, gjelder både nett og klient. Ingen omvei. "
            "Alle gruppene. Feilen startet 09.15, ikke 09.24"
        )
        assert value(talk, "affected") == before
        assert value(talk, "since") == "2026-11-23T09:15:00+01:00"

    def test_it_began_when_the_reports_say_and_not_when_they_came(self) -> None:
        reports = [
            replace(AKS, ref=f"L-2026-00000{number}", answers={"started_at": told})
            for number, told in ((1, "2026-11-23T09:15:00+01:00"), (2, "2026-11-23T09:20:00+01:00"), (3, "vet ikke"))
        ]
        talk = Transcript(person("uss", virksomhet="UKE"), cases=reports, suspicions=[suspicion()])
        talk.says("mistanker")
        talk.bot_says("Fra når: i dag, mandag 23. november kl. 09.15")
        talk.says("bekreft")
        assert value(talk, "since") == "2026-11-23T09:15:00+01:00"

    def test_a_report_of_last_year_does_not_date_it(self) -> None:
        old = replace(AKS, ref="L-2026-000001", answers={"started_at": "2025-11-23T09:15:00+01:00"})
        talk = Transcript(person("uss", virksomhet="UKE"), cases=[old], suspicions=[suspicion()])
        talk.says("mistanker")
        talk.says("bekreft")
        assert value(talk, "since").startswith("2026-11-23T09:31")


class TestFixedBugACaseTheBotOfferedWasNoAnswer:
    @pytest.mark.parametrize(
        ("said", "main", "others"),
        [
            ("hovedsak er L-2026-000003, og ta med L-2026-000001 også", "L-2026-000003", ("L-2026-000001",)),
            ("L-2026-000003", "L-2026-000003", ()),
            ("ta med L-2026-000001", "", ("L-2026-000001",)),
        ],
    )
    def test_it_is_chosen_and_linked_in_words(self, said: str, main: str, others: tuple[str, ...]) -> None:
        talk = with_cases(AKS, GERICA, OF_THE_FORVALTER)
        talk.says("hovedsak")
        talk.says(said)
        wanted = [SetHovedsak(main, "D-2026-0001")] if main else []
        assert talk.effects == [*wanted, *([AttachCases(others, "D-2026-0001")] if others else [])]

    def test_also_with_no_question_open(self) -> None:
        talk = with_cases(AKS, GERICA, OF_THE_FORVALTER)
        talk.says("hovedsak er L-2026-000003, og ta med L-2026-000001 også")
        assert talk.effects == [
            SetHovedsak("L-2026-000003", "D-2026-0001"), AttachCases(("L-2026-000001",), "D-2026-0001")
        ]  # fmt: skip

    def test_a_case_that_is_only_looked_at_is_not_linked(self) -> None:
        talk = with_cases(AKS, GERICA, OF_THE_FORVALTER)
        talk.says("L-2026-000003")
        assert not talk.effects


class TestFixedBugItWorksWasNotUnderstood:
    @pytest.mark.parametrize("said", ["ja, funker fint her", "ser bra ut i HEL, takk", "ja det virker"])
    @pytest.mark.parametrize("before", ["", "PRK, er det noen nyheter?"])
    def test_the_newest_question_gets_the_answer(self, said: str, before: str) -> None:
        talk = asked()
        if before:
            talk.says(before)
        talk.says(said)
        talk.bot_says("Takk for at du sa fra", "L-2026-000001 er lukket")
        (effect,) = talk.effects
        assert isinstance(effect, SayWhetherItWorks)
        assert effect.works

    def test_what_does_not_say_so_answers_nothing(self) -> None:
        talk = asked()
        talk.says("PRK, er det noen nyheter?")
        talk.says("ser ikke bra ut i HEL")
        assert not talk.effects


@pytest.mark.parametrize("said", ["hvilke driftsmeldinger er aktive nå?", "hvilke driftsmeldinger er aktive?"])
@pytest.mark.parametrize("role", ["uss", "1linje", "ansatt"])
def test_fixed_bug_the_active_notices_could_not_be_asked_for(said: str, role: str) -> None:
    talk = Transcript(person(role), now=MONDAY, notices=published().notices)
    talk.says(said)
    talk.bot_says("D-2026-0001", "AKS-pålogging feiler")
