"""Another thing was meant than the one told; and what a "nei" at the list of forms only tells more of (DESIGN 3)."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import answers, begun, fill
from tests.transcript import Transcript, person

PRINTER = "Skriveren i Storgata 1, 3. etasje virker ikke, MFP-SAG-04, bare meg, siden i går kl 9"


class TestWhatStillHoldsIsKept:
    """The start was dropped with the wrong thing."""

    def test_at_the_list_of_forms(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("skriveren virker ikke siden i går kl 9")
        talk.says("nei vent, det er utlok")
        talk.bot_says("Outlook – feil med e-post eller kalender", "Dette beholder jeg. Når feilen begynte: i går")
        talk.says("1")
        assert "kl. 09.00" in answers(talk)["started_at"]
        assert talk.state.draft is not None
        assert "skriveren" not in talk.state.draft.text

    def test_in_the_summary(self) -> None:
        talk = fill(begun("1linje", PRINTER, 900489))
        talk.says("nei, det er utlok")
        talk.bot_says("Dette beholder jeg.", "Når feilen begynte: i går", "Hvem det gjelder: Én bruker")
        talk.bot_does_not_say("MFP-SAG-04")

    def test_what_was_tried_on_the_wrong_thing_is_not(self) -> None:
        talk = fill(begun("1linje", PRINTER, 900489), tried="byttet toner")
        talk.says("nei vent, det er utlok")
        talk.says("1")
        assert "tried" not in answers(talk)

    def test_a_start_that_is_said_anew_replaces_the_first(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("skriveren virker ikke siden i går kl 9")
        talk.says("nei vent, det er Outlook på PC som henger siden i dag kl 8")
        talk.bot_does_not_say("Dette beholder jeg")

    def test_nothing_of_a_fault_is_kept_for_an_order(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("skriveren virker ikke siden i går kl 9")
        talk.says("nei vent, jeg trenger en ny mobil til Kari Nordmann")
        talk.bot_does_not_say("Dette beholder jeg")


class TestANoAtTheListTellsMore:
    """It was taken for a second need: "Jeg ser flere ting i meldingen"."""

    def test_of_what_is_the_matter(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("trenger en ny pc")
        talk.says("nei, den starter ikke, siden i går, bare meg")
        talk.bot_says("PC starter ikke")
        talk.bot_does_not_say("etterpå", "flere ting")
        assert not talk.state.queued_needs

    def test_of_which_thing_it_is(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("det virker ikke")
        talk.says("nei, det er skriveren i 3. etasje, siden i dag kl 8")
        talk.bot_says("1. Feil på skriver/multifunksjonsmaskin")

    def test_facts_alone_choose_no_form(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("det er noe med pcen")
        talk.says("nei, det gjelder hele avdelingen siden mandag, prøvd omstart")
        talk.bot_says("notert", "Hvilket av disse skjemaene passer?")
        talk.says("1")
        assert answers(talk)["extent"] == "Flere på samme avdeling"
        assert answers(talk)["tried"] == "prøvd omstart"


class TestOneWordAtATime:
    def test_it_comes_to_a_case(self) -> None:
        talk = Transcript(person("1linje"))
        for word in (
            "printer papirkrøll",
            "nei den gule",
            "3 etg",
            "nå",
            "PRT-1",
            "meg",
            "nei",
            "ingenting, send",
        ):
            talk.says(word)
        assert talk.cases
        assert talk.case["answers"]["started_at"].startswith("2026-11-23T10:00")
        assert talk.case["answers"]["outage"] == "full"
        assert talk.case["answers"]["extent"] == "user"
        assert talk.case["answers"]["lokasjon"] == "3 etg"

    def test_no_machine_is_called_so(self) -> None:
        talk = begun("1linje", "Skriveren i 3. etasje gir feilkode 5502", 900489)
        assert talk.state.pending is not None
        assert talk.state.pending.key == "skriver_id"
        talk.says("meg")
        assert answers(talk)["extent"] == "Én bruker"
        assert "skriver_id" not in answers(talk)
        talk.says("mandag")
        assert "skriver_id" not in answers(talk)
        assert "mandag" in answers(talk)["started_at"]

    def test_printer_is_norwegian_too(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("printer")
        talk.bot_says("Hva vil du gjøre?")


class TestAGuessIsMarked:
    @pytest.mark.parametrize("said", ["Outlook virker ikke", "vi får ikke åpnet Outlook"])
    def test_virker_ikke_says_not_how_much(self, said: str) -> None:
        talk = begun("1linje", said, 900954)
        talk.bot_says("Hvor mye som er nede: Alt er nede (det antar jeg)")

    @pytest.mark.parametrize("said", ["Outlook er helt nede", "Outlook: ingenting virker"])
    def test_what_is_said_is_no_guess(self, said: str) -> None:
        talk = begun("1linje", said, 900954)
        talk.bot_says("Hvor mye som er nede: Alt er nede")
        talk.bot_does_not_say("Alt er nede (det antar jeg)")

    def test_a_word_corrects_it(self) -> None:
        talk = begun("1linje", "Outlook virker ikke", 900954)
        talk.says("nei, noe virker")
        assert answers(talk)["outage"] == "Noe virker"


class TestWhatStandsInAnOrder:
    """Contact and place of delivery were lost in the text; amounts with their unit were asked for."""

    def test_contact_and_where_to_deliver(self) -> None:
        talk = begun(
            "1linje",
            "Klargjøring av 2 nye PC-er, serienummer 5CG1234 og 5CG1235, kontakt er Per 22334455, hentes på rådhuset, "
            "ressursnr 123456",
            900921,
        )
        assert answers(talk)["contacts"] == "Per, 22334455"
        assert answers(talk)["lokasjon"] == "rådhuset"
        assert answers(talk)["ressursnummer"] == "123456"

    def test_the_amount_and_the_path(self) -> None:
        talk = begun("1linje", "utvid kvoten på F:\\felles med 500 GB, ressursnr: 123456, kostnadssted 12345", 900826)
        assert answers(talk)["gb"] == "500"
        assert answers(talk)["sti"] == "F:\\felles"

    def test_a_terabyte_is_a_thousand_gigabytes_also_where_it_is_asked(self) -> None:
        talk = begun("1linje", "utvid kvoten på F:\\felles, ressursnr: 123456, kostnadssted 12345", 900826)
        talk.says("1 TB")
        assert answers(talk)["gb"] == "1000"
