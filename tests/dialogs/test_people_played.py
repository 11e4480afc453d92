"""What people who played with the bot ran into, each mended and kept."""

from __future__ import annotations

import pytest

from knowledge.organisation import FirstLineWay
from tests.dialogs.talking import begin, fill, publish
from tests.dialogs.test_choosing_form import unsure
from tests.dialogs.test_five_jobs import open_a_case
from tests.transcript import MONDAY, Transcript, library, person


class TestWhileTheFormIsStillToBeChosen:
    def test_facts_are_noted_and_never_choose_a_form(self) -> None:
        talk = unsure()
        before = talk.state.draft
        assert before is not None
        talk.says("prøvd omstart")
        talk.bot_says("Det har jeg notert")
        assert talk.state.draft is not None
        assert talk.state.draft.candidates == before.candidates
        assert talk.state.draft.text.endswith("prøvd omstart")

    def test_nobody_goes_in_circles(self) -> None:
        talk = unsure()
        talk.says("kun meg")
        talk.says("alt nede")
        assert talk.state.draft is not None
        assert talk.state.draft.form_id is not None
        talk.bot_says("Jeg tar det som ligger nærmest")

    def test_nei_ikke_kritisk_is_not_none_of_these(self) -> None:
        talk = unsure()
        talk.says("nei ikke kritisk")
        assert talk.state.drafts
        talk.bot_does_not_say("Beskriv behovet på en annen måte")


def test_what_is_told_while_the_right_is_asked_about_is_kept() -> None:
    talk = Transcript(person("1linje"))
    talk.says("Vi må åpne brannmuren mot en ny server hos leverandøren")
    talk.says("det gjelder Websak")
    talk.bot_says("notert", "Send til vår 1.linje")


def test_a_security_incident_gets_no_self_help_first() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("Jobbmobilen min ble stjålet på trikken i går")
    talk.bot_does_not_say("Hjalp det?")


def test_critical_is_settled_before_anything_else() -> None:
    """G 5.1.2.2"""
    talk = Transcript(person("1linje"))
    talk.says("Kritisk: ingen på legevakta får logget på AKS, liv og helse")
    if talk.state.pending is not None and talk.state.pending.kind == "form":
        talk.bot_does_not_say("Hva vil du gjøre?")
        talk.says("1")
    talk.bot_says("Haster det så mye")


def test_another_case_is_no_correction_of_this_one() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.says("jeg har en annen sak også")
    talk.bot_says("Hva gjelder det?")


def test_a_question_in_the_middle_is_not_stored_as_the_answer() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.says("1")
    assert talk.state.pending is not None
    assert talk.state.pending.key == "tried"
    talk.says("hvordan skriver jeg det?")
    talk.bot_says("Så tilbake til spørsmålet", "Hva har du prøvd")
    assert talk.state.draft is not None
    assert "tried" not in talk.state.draft.answers


def test_the_type_of_a_notice_already_said_is_not_asked() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("publiser fellesfeil: AKS-pålogging feiler siden kl. 08.15")
    talk.bot_does_not_say("Hva slags melding")
    talk.says("avbryt")
    talk.says("varsle om planlagt vedlikehold av Websak lørdag kl 20")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["type"].value == "vedlikehold"


def test_a_known_fault_is_told_before_any_question() -> None:
    """G 5.1.2.2"""
    uss = Transcript(person("uss", virksomhet="UKE"))
    uss.says("publiser fellesfeil: AKS er nede siden kl 9 i dag")
    for answer in ("alle som bruker AKS", "ingen kommer inn", "bruk webversjonen", "kl 11", "SAM/IT"):
        uss.says(answer)
    publish(uss)
    talk = Transcript(person("1linje"), notices=list(uss.notices))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.bot_says("Kjent feil (D-2026-0001)", "bruk webversjonen")


def test_what_was_stored_besides_the_answer_is_said() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    assert talk.state.pending is not None
    assert talk.state.pending.key == "hva"
    talk.says("prøvd å starte på nytt")
    talk.bot_says("Notert.", "Hva dere har prøvd")


def test_trekk_saken_takes_back_one_that_still_waits() -> None:
    talk = Transcript(person("1linje"))
    open_a_case(talk)
    talk.says("trekk saken")
    talk.bot_says("tatt tilbake")


def test_planned_maintenance_lies_ahead() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("publiser planlagt vedlikehold: Websak lørdag kl 20")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["since"].value == "2026-11-28T20:00:00+01:00"


def test_the_new_owner_is_the_latter_of_two() -> None:
    talk = Transcript(person("1linje"))
    talk.says("endre eier på fellespostkassen BGO-arkiv fra Per Olsen til Kari Berg")
    if talk.state.pending is not None and talk.state.pending.kind == "form":
        talk.says("1")
    assert talk.state.draft is not None
    owners = [answer.value for key, answer in talk.state.draft.answers.items() if key.startswith("ny_eier")]
    assert owners == ["Kari Berg"]


def test_a_day_something_begins_is_not_the_day_it_ends() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("tilgang til gerica for ny vikar Lise Berg, fra 1. desember, godkjent av leder Per Hansen")
    if talk.state.pending is not None and talk.state.pending.kind == "form":
        talk.says("1")
    assert talk.state.draft is not None
    assert "til" not in talk.state.draft.answers


def test_somebodys_leader_is_no_role() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("Jeg trenger tilgang til Gerica")
    if talk.state.pending is not None and talk.state.pending.kind == "form":
        talk.says("1")
    talk.says("min leder er Per Hansen")
    assert talk.state.draft is not None
    assert talk.state.draft.answers.get("rolle") is None


def test_an_expired_password_is_no_secret() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("pasordet er utgåt og jeg kommer ike inn")
    talk.bot_does_not_say("Jeg fjernet noe")


def test_a_notice_in_one_message_says_since_when_and_when_the_next_news_comes() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("publiser fellesfeil: Gerica er nede siden kl 07 i dag for alle sykehjem. Ny melding kl 12")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["since"].value == "2026-11-23T07:00:00+01:00"
    assert talk.state.draft.answers["next_update_at"].value == "2026-11-23T12:00:00+01:00"


def test_nei_det_er_feil_and_heller_take_the_last_need_back_while_a_form_is_chosen() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("kommer ikke inn")
    talk.says("nei vent, heller en ny bruker")
    talk.bot_says("da tar vi det i stedet")
    talk.says("nei det er feil, jeg får ikke åpnet en fil!!")
    talk.bot_says("da tar vi det i stedet")
    assert len(talk.state.drafts) == 1


@pytest.mark.parametrize("text", ["jeg aner ikke", "ikke peiling", "eg hugsar ikkje", "i have no idea"])
def test_not_knowing_is_said_in_many_ways(text: str) -> None:
    """It was kept as the machine's number."""
    talk = Transcript(person("superbruker"))
    talk.says("skriveren på rådhuset striper")
    said = talk.says(text)
    assert "Det har jeg notert" not in said
    assert all(text not in answer.shown for draft in talk.state.drafts for answer in draft.answers.values())


@pytest.mark.parametrize(
    ("told", "corrected", "meant"),
    [
        ("UBW er treg for alle på kontoret siden i går", "feil system, jeg mente Visma", "Visma er treg"),
        ("Fasit er nede for oss", "nei vent, det var profil jeg mente", "profil er nede"),
    ],
)
def test_the_program_that_was_meant_takes_the_place_of_the_wrong_one(told: str, corrected: str, meant: str) -> None:
    """A program that several systems share, or that only a form is named by, was not recognised."""
    talk = Transcript(person("superbruker"))
    talk.says(told)
    talk.says(corrected)
    talk.bot_says("Endret. Beskrivelse", meant)
    assert talk.state.draft is not None
    assert talk.state.draft.text.startswith(meant)


def test_a_figure_that_its_own_line_cannot_take_is_not_taken_by_another() -> None:
    """ "Ressursnummer 123" ordered 123 machines."""
    talk = Transcript(person("1linje"))
    talk.says("vi trenger lån av pc til kurs 3. desember")
    talk.says("ressursnummer 123")
    talk.bot_says("Ressursnummer")
    assert talk.state.draft is not None
    assert "antall" not in talk.state.draft.answers
    talk.says("ressursnummer 123456")
    assert talk.state.draft.answers["ressursnummer"].shown == "123456"


def test_both_billing_fields_are_taken_at_the_question_for_one() -> None:
    talk = Transcript(person("1linje"))
    talk.says("vi trenger lån av pc til kurs 3. desember")
    talk.says("ressursnummer 123")
    talk.says("ressursnummer 123456, kostnadssted 12345")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["ressursnummer"].shown == "123456"
    assert talk.state.draft.answers["kostnadssted"].shown == "12345"


def test_who_says_it_is_not_critical_is_not_told_to_phone() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS er nede for alle i bydelen siden i går kl 08.15, prøvd omstart, ikke kritisk")
    talk.bot_does_not_say("Kan det ikke vente?")
    talk = Transcript(person("1linje"))
    talk.says("AKS er nede for alle i bydelen siden i går kl 08.15, prøvd omstart")
    talk.bot_says("Kan det ikke vente?")


class TestWhoGetsAccessOwnsNothingByThat:
    def test_the_owner_is_asked_for_and_the_title_keeps_who_it_is_for(self) -> None:
        talk = Transcript(person("superbruker", "BUN"))
        talk.says(r"tilgang til mappe \\fil01\Skole for Ola Hansen, lese")
        talk.bot_says("Hvem skal stå på «Mappeeier»?")
        talk.bot_does_not_say("Mappeeier: Ola Hansen")
        talk.says("endre mappeeier til Tone Lie")
        talk.says("send")
        assert talk.case["answers"]["mappeeier"] == "Tone Lie"
        assert talk.case["title"] == r"tilgang til mappe \\fil01\Skole for Ola Hansen, lese"
        assert "Rettet av innmelder" not in talk.case["description"]

    def test_the_owner_named_is_taken_though_the_other_stands_first(self) -> None:
        talk = Transcript(person("superbruker", "BUN"))
        talk.says(r"jeg skal ha tilgang til mappen \\fil01\Økonomi for Ola Hansen, eier er Tone Lie")
        talk.bot_says("Mappeeier: Tone Lie")


class TestANumberGoesWhereItBelongs:
    def test_the_number_to_call_back_on_is_not_the_one_that_gets_the_codes(self) -> None:
        talk = Transcript(person("ansatt", "HEL"))
        begin(talk, "jeg har glemt passordet, kan noen ringe meg på 90012345?", 900400)
        talk.says("nei")
        talk.bot_says("Hvilket telefonnummer skal stå på «Mobilnummer registrert i PRK»?")
        talk.bot_does_not_say("Mobilnummer registrert i PRK: +4790012345")

    def test_the_number_of_the_svargruppe_is_not_the_one_that_was_called_from(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Sentralbordet svarer ikke når innbyggere ringer")
        talk.says("23 43 00 00, innkommende, i morges, flere steder, prøvd å ringe selv")
        talk.bot_says("Svargruppe / hovednummer: 23 43 00 00")
        talk.bot_does_not_say("Nummer det er ringt fra")


class TestWhereItIsAndWhatWasTried:
    def test_a_place_is_kept_whole_with_its_floor(self) -> None:
        talk = Transcript(person("superbruker"))
        begin(talk, "Skjermen i møterommet Fjorden på Tøyen 4. etasje er svart", 900377)
        talk.bot_says("Lokasjon (adresse og etasje): Tøyen 4. etasje")

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("The printer on the 2nd floor Schweigaards gate 8 is dead", "2nd floor Schweigaards gate 8"),
            ("Vi har ikke nett på Grønland, 2. etg", "Grønland, 2. etg"),
            ("Hele 4. etasje er nede", "4. etasje"),
            ("Skriveren 4. etasje er død", "4. etasje"),
            ("Skjermen i møterommet er svart", None),
        ],
    )
    def test_half_a_place_is_none(self, text: str, place: str | None) -> None:
        assert library().reader.read(text, MONDAY).place == place

    def test_whom_it_hits_and_that_it_is_critical_is_not_what_was_tried(self) -> None:
        talk = Transcript(person("superbruker"))
        begin(talk, "Skjermen i møterommet Fjorden på Tøyen 4. etasje er svart", 900377)
        talk.says("i morges, alle som bruker rommet, slått av og på skjermen, nei, dette er kritisk, mobil 90011223")
        assert talk.state.draft is not None
        answers = talk.state.draft.answers
        assert answers["tried"].value == "slått av og på skjermen"
        assert answers["extent"].value == "department"
        assert answers["critical"].value is True
        assert answers["phone"].value == "+4790011223"
        assert "outage" not in answers, "to turn something off and on again is no outage"

    def test_nei_dette_er_kritisk_is_a_yes(self) -> None:
        talk = Transcript(person("superbruker"))
        begin(talk, "Skjermen i møterommet Fjorden på Tøyen 4. etasje er svart", 900377)
        for answer in ("i morges", "flere steder", "alt nede"):
            talk.says(answer)
        talk.bot_says("Haster det så mye")
        talk.says("nei, dette er kritisk, mobil 90011223")
        talk.bot_says("Kritisk feil: Ja", "Telefon: +4790011223", "Hva har du prøvd selv?")


def test_the_text_for_the_own_1_linje_says_who_pays() -> None:
    """G 5.1.3"""
    virksomheter = library().organisation.virksomheter.values()
    code = next(one.code for one in virksomheter if one.first_line.way is FirstLineWay.TEAMS)
    talk = Transcript(person("superbruker", code))
    talk.says("Vi trenger 2 lisenser på Acrobat Pro for Ola Hansen")
    talk.says("1")
    fill(talk, ressursnummer="12345", fakturareferanse="BGO-1", kostnadssted="vet ikke")
    talk.says("send")
    assert talk.case["billing"]
    talk.bot_says("Ressursnummer: 12345", "akturareferanse: BGO-1", "Kostnadssted: Vet ikke")


def test_who_is_said_to_test_and_what_is_named_as_done_are_read() -> None:
    """G 5.1.2"""
    talk = Transcript(person("superbruker"))
    talk.says(
        "GAT, alle ledere i bydelen får feilmelding ved godkjenning av timelister, fra 08.30, tømt cache, "
        "jan.berg@bgo.example.invalid tester"
    )
    talk.bot_says("Hva dere har prøvd: tømt cache", "Kontakt som kan teste: jan.berg@bgo.example.invalid")
    talk.bot_does_not_say("Hva har du prøvd selv?")


@pytest.mark.parametrize("text", ["vi tester i dag", "Anne testet det i går", "Gerica tester vi neste uke"])
def test_nobody_is_named_for_testing(text: str) -> None:
    assert library().reader.read(text, MONDAY).contact is None
