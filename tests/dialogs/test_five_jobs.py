"""The five jobs a person can do, as transcripts (the foundation): fault, order, which form, status, notice."""

from __future__ import annotations

from tests.dialogs.talking import approver
from tests.transcript import Transcript, person

AKS_DOWN = "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart"


class TestReportAFault:
    def test_a_complete_report_needs_one_confirmation(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(AKS_DOWN)
        talk.bot_says("AKS: får ikke logget på", "kan vente")
        talk.says("nei, ikke kritisk")
        while "Skal jeg sende saken?" not in talk.last:
            talk.says("vet ikke")
        talk.says("send")
        talk.bot_says("L-2026-000001", "USS" if talk.case["route"] == "USS" else talk.case["route"])
        case = talk.case
        assert case["kind"] == "support"
        assert case["form_id"] == 900884
        assert case["answers"]["extent"] == "several_locations"
        assert case["answers"]["outage"] == "full"
        assert case["answers"]["started_at"] == "2026-11-22T08:15:00+01:00"
        assert "omstart" in case["answers"]["tried"]
        assert case["reporter"] == {
            "id": "p-1linje",
            "name": "Lars Linje",
            "role": "1linje",
            "virksomhet": "BGO",
        }
        assert case["status"] == "received"

    def test_only_what_is_missing_is_asked_one_at_a_time(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("skriveren i 3. etasje virker ikke")
        asked = []
        for _ in range(12):
            if "Skal jeg sende saken?" in talk.last:
                break
            pending = talk.state.pending
            assert pending is not None
            assert pending.kind in ("item", "form", "split")
            asked.append(pending.key)
            by_key = {"gjelder_bruker": "Kari Nordmann", "started_at": "i dag kl 9"}
            talk.says("1" if pending.options else by_key.get(pending.key, "omstart"))
        assert len(asked) == len(set(asked)), f"nothing is asked twice: {asked}"
        talk.says("ja")
        assert talk.case["kind"] == "support"

    def test_the_card_fills_everything_at_once(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Teams-rommet på møterom Fjorden starter ikke")
        talk.submits(
            rom="Fjorden",
            lokasjon="Storgata 1, 2. etasje",
            hva="Starter ikke",
            tried="Slått av og på",
            extent="department",
            outage="full",
            started_at="i dag kl 08.30",
        )
        assert talk.case["answers"]["hva"] == "Starter ikke"
        assert talk.case["answers"]["extent"] == "department"
        assert talk.case["answers"]["started_at"] == "2026-11-23T08:30:00+01:00"


class TestPlaceAnOrder:
    def test_an_order_collects_fields_and_billing(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Vi trenger å låne 3 PC-er til et kurs fra 1. desember til 5. desember")
        talk.bot_says("Lån av PC")
        for _ in range(10):
            if "Skal jeg sende saken?" in talk.last:
                break
            pending = talk.state.pending
            assert pending is not None
            talk.says({"antall": "3", "fra": "1. desember", "til": "5. desember", "ressursnummer": "12345",
                       "kostnadssted": "4321"}.get(pending.key, "1"))  # fmt: skip
        talk.bot_says("kr 75", "3 virkedager")
        talk.says("send inn")
        assert talk.case["kind"] == "service"
        assert talk.case["billing"] == {"ressursnummer": "12345", "kostnadssted": "4321"}
        assert talk.case["answers"]["antall"] == 3

    def test_ordered_elsewhere_gives_the_link_and_no_case(self) -> None:
        """G 4.2"""
        talk = Transcript(person("1linje"))
        talk.says("Vi er tomme for toner på skriveren")
        if talk.choices():
            talk.says("Toner, stifter og papir")
        talk.bot_says("et annet sted", "https://example.invalid")
        assert not talk.cases


class TestWhichForm:
    def test_first_line_asks_and_opens_the_case_from_the_answer(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Hvilket skjema skal jeg bruke for felles postboks til avdelingen?")
        talk.bot_says("Ny fellespostkasse", "Hvorfor")
        assert not talk.cases

    def test_without_a_need_it_asks_for_one(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("hvilket skjema?")
        talk.bot_says("Hva gjelder saken")
        talk.says("AKS fryser for alle på kontoret")
        talk.bot_says("AKS – tregt, heng, fryser")


class TestStatus:
    def test_status_of_the_case_in_words(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("status")
        talk.bot_says("ingen saker")
        open_a_case(talk)
        talk.says("hvordan går det med saken min?")
        talk.bot_says("L-2026-000001", "mottatt, ikke sendt videre ennå")

    def test_a_comment_says_whom_it_is_for(self) -> None:
        """G 5.1"""
        talk = Transcript(person("1linje"))
        open_a_case(talk)
        talk.says("kommentar: nå gjelder det hele huset")
        talk.bot_says("Hvem er kommentaren i sak L-2026-000001 til?")
        talk.says("Sopra Steria")
        talk.bot_says("lagt til i sak L-2026-000001")
        assert talk.case["comments"][0]["text"] == "Hei Sopra Steria. nå gjelder det hele huset"

    def test_undo_while_the_case_waits(self) -> None:
        talk = Transcript(person("1linje"))
        open_a_case(talk)
        talk.says("angre")
        talk.bot_says("tatt tilbake")
        assert talk.case["status"] == "withdrawn"


class TestNotice:
    def test_uss_publishes_a_fellesfeil_from_the_checklist(self) -> None:
        """G 5.1.2.2"""
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("publiser fellesfeil: AKS-pålogging feiler siden kl. 08.15 i dag")
        answers = {
            "type": "fellesfeil",
            "affected": "Alle som bruker AKS",
            "since": "i dag kl 08.15",
            "consequence": "Ingen får logget på AKS",
            "workaround": "Bruk webversjonen av Outlook og Teams",
            "next_update_at": "i dag kl 11",
            "groups": "SAM/IT",
        }
        for _ in range(10):
            if "Skal jeg publisere" in talk.last:
                break
            pending = talk.state.pending
            assert pending is not None
            talk.says(answers[pending.key])
        talk.bot_says("SAM/IT", "medlemmer")
        talk.says("publiser")
        talk.bot_says("12 000", "SAM/IT")
        talk.says("ja")
        talk.bot_says("D-2026-0001", "venter på godkjenning")
        approver(talk).presses("Godkjenn og publiser")
        notice = talk.notices[0].to_json()
        assert notice["since"] == "2026-11-23T08:15:00+01:00"
        assert notice["next_update_at"] == "2026-11-23T11:00:00+01:00"
        assert notice["consequence"] == "Ingen får logget på AKS"

    def test_others_may_not(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("publiser fellesfeil: alt er nede")
        talk.bot_says("Bare USS kan publisere")
        assert not talk.notices


def open_a_case(talk: Transcript) -> None:
    """Any fault, answered with the first choice, sent."""
    talk.says("AKS fryser for alle på kontoret i dag")
    for _ in range(12):
        if "Skal jeg sende saken?" in talk.last:
            break
        pending = talk.state.pending
        assert pending is not None
        talk.says("1" if pending.options else "prøvd omstart")
    talk.says("send")
    assert talk.cases


def test_a_forvalter_reports_an_outage_of_his_system_himself() -> None:
    """G 5.1.2.2: the forvalter's case is the best hovedsak; he was only shown the way to the 1.linje."""
    talk = Transcript(person("forvalter", virksomhet="HEL"))
    talk.says("Gerica er nede for alle bydeler siden kl 09.50. Teknisk feil, vi ser at databasen ikke svarer.")
    talk.bot_says("Som forvalter kan du melde feilen selv på «Applikasjon nede»", "Send til vår 1.linje")
    talk.presses("Bruk «Applikasjon nede»")
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == 900805


def test_no_other_form_is_used_without_a_right_by_a_forged_button() -> None:
    talk = Transcript(person("forvalter", virksomhet="HEL"))
    talk.says("Gerica er nede for alle bydeler siden kl 09.50. Teknisk feil, vi ser at databasen ikke svarer.")
    talk.press_action("right:use:900075")
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == 900075
    assert talk.state.draft.stage == "right"
