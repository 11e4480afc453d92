"""Choices and labelled values as people say them, in the first message, in an answer and at the summary (DESIGN 3):
each by the fault that was met, with the words of the person who met it."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import answers, begun
from tests.transcript import Transcript

WEBSAK_DOWN = "Websak nede, hele bydelen, siden 0915, ingen kommer inn, hvit side, prøvd inkognito og annen pc"
NEW_GROUP = (
    "ordre: ny AD-gruppe G-HEL-GAT-LES, eier Frode Fagmo, medlemmer Ali Khan og Eva Bø, skal gi lesetilgang i GAT"
)
NEW_MAILBOX = (
    "Skal ha ny felles postboks skolestart2027@oslo.kommune.no til bydelen, eier er Tone Lie, Ida Ruud og Per Moe "
    "skal lese og svare, start 5. januar"
)
UPGRADE = (
    "Oppgradering av CGM Helsestasjon i test 2.12, preprod 7.12, prod 14.12 kl 18. Ressursnr 1200345, fakturaref "
    "4HEL0001, kostnadssted 41200"
)
DATABASE = (
    "Kan vi få tilgang for ny systemforvalter Liv Strand til testbasen og prodbasen i Gerica, lese og skrive, fra "
    "mandag. Server HELSQL04"
)


def after(talk: Transcript, *said: str) -> dict[str, str]:
    """What the case holds after these messages."""
    for one in said:
        talk.says(one)
    return answers(talk)


def described(talk: Transcript) -> str:
    """The description so far."""
    assert talk.state.draft is not None
    return talk.state.draft.text


def websak() -> Transcript:
    return begun("1linje", WEBSAK_DOWN, 900369)


class TestAChoiceInAnAnswer:
    @pytest.mark.parametrize(
        "said",
        ["ikke kritisk\npå nett", "ikke kritisk, nett", "ikke kritisk, det er på nett ja", "ikke kritisk, on the web"],
    )
    def test_what_stands_in_brackets_is_the_option_in_plain_words(self, said: str) -> None:
        assert after(websak(), said)["flate"] == "Websak+ (nett)"

    def test_a_word_of_one_option_with_its_ending_names_it(self) -> None:
        assert after(websak(), "ikke kritisk, klienten")["flate"] == "Klient i AKS"

    def test_of_both_the_first_is_taken_and_both_are_told(self) -> None:
        talk = websak()
        case = after(talk, "ja kritisk, både nett og klient, ring meg på 90112233")
        assert (case["flate"], case["phone"]) == ("Websak+ (nett)", "+4790112233")
        assert "Hvor: Websak+ (nett), Klient i AKS" in described(talk)
        talk.bot_says("Klient i AKS")

    def test_both_alone_say_nothing_where_there_are_four(self) -> None:
        assert "flate" not in after(websak(), "ikke kritisk, begge deler")

    def test_all_the_printers_are_printers_and_no_department(self) -> None:
        talk = begun("superbruker", "felles print nede i hele bydelen, ingen får ut utskrifter, prøvd omstart", 900950)
        case = after(talk, "gjelder alle skrivere, alt er nede")
        assert (case["ko"], case["extent"]) == ("alle skrivere", "Flere steder")

    def test_permanent_alone_is_the_permanent_opening(self) -> None:
        talk = begun("forvalter", "Gerica: åpne brannmur fra 10.1.1.1 til 10.1.1.2 port 443", 900220)
        case = after(talk, "prod, intern til sikker sone, permanent")
        assert (case["permanent"], case["retning"], case["miljo"]) == ("Ja", "Intern → sikker sone", "Prod")

    @pytest.mark.parametrize("said", ["det begynte i går, heile tida", "det begynte i går, hele tiden"])
    def test_all_the_time_in_either_written_norwegian(self, said: str) -> None:
        assert after(begun("superbruker", "Pc-en er treg", 900868), said)["nar"] == "Hele tiden"

    def test_one_value_and_not_the_one_that_is_shown(self) -> None:
        said = "vi skal flytte, etablere ny lokasjon på Grønlandsleiret 44 fra 1. mars, 40 arbeidsplasser"
        talk = begun("1linje", said, 900897)
        assert answers(talk)["handling"] == "Ny lokasjon"
        assert after(talk, "gjelder flytting, ikke ny. fra Tøyengata 2")["handling"] == "Flytting"


class TestAChoiceInTheFirstMessage:
    def test_who_changes_a_deputy_is_not_what_is_changed(self) -> None:
        said = "som IKT-hovedkontakt vil jeg bytte stedfortreder fra Nina Dahl til Tore Vik fra 1.1"
        assert answers(begun("ikt-hovedkontakt", said, 900026))["gjelder"] == "Stedfortreder"

    def test_a_nurse_and_her_manager_are_one_role(self) -> None:
        talk = begun("1linje", "Gerica: ny bruker Siri Holm, sykepleier, leder Mona Berg, fra 1. desember", 900948)
        assert (answers(talk)["rolle"], answers(talk)["godkjent_av"]) == ("Sykepleier", "Mona Berg")

    def test_a_newly_hired_contact_teacher_in_nynorsk(self) -> None:
        said = (
            "eg kjem ikkje inn i Visma Flyt Skole, eg manglar rolle. Eg er nytilsett på Manglerud skule, startar som "
            "kontaktlærar måndag"
        )
        case = answers(begun("ansatt", said, 900161))
        assert (case["handling"], case["rolle"]) == ("Ny", "Lærar")

    def test_dismissed_on_the_day_is_the_reason(self) -> None:
        talk = begun("1linje", "sperr brukeren til Odd Krogh NÅ, han er sagt opp på dagen", 900508)
        assert answers(talk)["grunn"] == "Fratredelse på dagen"

    def test_a_host_name_denies_nothing_and_is_no_system(self) -> None:
        said = (
            "åpne port 1433 tcp fra 10.1.1.5 mot dbserver02.oslo.kommune.no, prod, intern til sikker sone, permanent, "
            "system Gerica, ressurs 1234567"
        )
        case = answers(begun("forvalter", said, 900220))
        assert (case["system"], case["permanent"], case["port"]) == ("Gerica", "Ja", "1433 tcp")
        assert (case["kilde"], case["maal"]) == ("10.1.1.5", "dbserver02.oslo.kommune.no")
        assert case["retning"] == "Intern → sikker sone"

    def test_where_a_rule_comes_from_and_goes_to_is_not_turned_round(self) -> None:
        case = answers(begun("forvalter", "Gerica: åpne brannmur fra gerica-app01 til 10.20.30.40 port 443", 900220))
        assert (case["kilde"], case["maal"]) == ("gerica-app01", "10.20.30.40")


class TestTheNameOfALineIsNoPartOfItsValue:
    def test_the_name_is(self) -> None:
        talk = begun("superbruker", "ny distribusjonsliste til lederne i bydelen", 900782)
        assert after(talk, "navnet er alle-ledere-bgo")["navn"] == "alle-ledere-bgo"

    @pytest.mark.parametrize("said", ["visningsnavn er bare BGO Skolestart 2027", "Visningsnavn: BGO Skolestart 2027"])
    def test_only_is_no_part_of_it_either(self, said: str) -> None:
        assert after(begun("1linje", NEW_MAILBOX, 900865), said)["visningsnavn"] == "BGO Skolestart 2027"

    def test_a_value_and_another_line_by_its_name(self) -> None:
        talk = begun("1linje", NEW_MAILBOX, 900865)
        case = after(talk, "BGO Skolestart 2027. eier er bare Tone Lie. kostnadssted 4410")
        assert (case["visningsnavn"], case["eier"]) == ("BGO Skolestart 2027", "Tone Lie")
        assert "kostnadssted 4410" in described(talk)

    def test_a_version_and_the_clock_beside_it(self) -> None:
        talk = begun("forvalter", UPGRADE, 900898)
        assert after(talk, "versjon 24.2, kl 18 alle tre")["til_versjon"] == "24.2"
        assert "kl 18 alle tre" in described(talk)

    def test_a_contact_ends_where_a_sentence_begins(self) -> None:
        talk = begun("forvalter", UPGRADE, 900898)
        talk.says("24.2")
        case = after(talk, "kontakt er Jon Vik, jon@cgm.example, og det er kl 18 i alle miljøer")
        assert case["contacts"] == "Jon Vik, jon@cgm.example"
        assert "kl 18 i alle miljøer" in described(talk)

    def test_two_lines_in_words_are_not_run_together(self) -> None:
        talk = begun("forvalter", NEW_GROUP, 900632)
        assert answers(talk)["navn"] == "G-HEL-GAT-LES"
        case = after(talk, "navn G-HEL-GAT-LES, lesetilgang i GAT, intern")
        assert (case["formal"], case["sone"]) == ("lesetilgang i GAT", "Intern")

    def test_who_approved_has_no_title(self) -> None:
        said = "Kari Moe trenger tilgang i gerica som sykepleier fra mandag. Avdelingsleder Kari Ek har godkjent"
        talk = begun("superbruker", said, 900948)
        assert answers(talk)["godkjent_av"] == "Kari Ek"
        assert "tjenestested" not in after(talk, "leder er Kari Ek")

    def test_an_invoice_reference_in_english(self) -> None:
        talk = begun("forvalter", UPGRADE.replace(", fakturaref 4HEL0001", ""), 900898)
        case = after(talk, "24.2", "kommer senere", "invoice reference BGO-ACR-1")
        assert case["fakturareferanse"] == "BGO-ACR-1"

    def test_a_new_value_by_the_name_of_its_line(self) -> None:
        talk = begun("1linje", "kollega Hege Sand fikk nytt etternavn Vik, må endres i PRK", 900589)
        case = after(talk, "navn, Hege Vik", "ny verdi Hege Vik")
        assert (case["endring"], case["ny_verdi"]) == ("Navn", "Hege Vik")

    def test_one_label_on_each_line(self) -> None:
        said = (
            "Ny ansatt:\nNavn: Emil Strand\nStart: 4. januar\nStilling: ruskonsulent, NAV Gamle Oslo\nLeder: Heidi Holm"
        )
        case = answers(begun("1linje", said, 900732))
        assert (case["navn"], case["godkjent_av"]) == ("Emil Strand", "Heidi Holm")

    def test_a_number_ends_at_a_colon_and_what_is_to_be_changed_begins(self) -> None:
        said = "endre svargruppe 23 49 12 00: legg til Ida Ruud, ta bort Ola Li, åpningstid 8-15 fra mandag"
        talk = begun("1linje", said, 900985)
        assert answers(talk)["svargruppe"] == "23 49 12 00"
        assert answers(talk)["endring"] == "legg til Ida Ruud, ta bort Ola Li, åpningstid 8-15 fra mandag"
        assert "phone" not in after(talk, "nummeret er bare 23491200")

    def test_what_a_thing_is_called_right_after_the_word_for_it(self) -> None:
        lists = begun("superbruker", "vil legge til Arne Foss i distribusjonslista alle-ledere-bgo", 900198)
        assert answers(lists)["navn"] == "alle-ledere-bgo"
        team = begun("superbruker", "vi trenger nytt Teams-team «Oppvekst 2027», eier Tove Sand, privat team", 900903)
        assert answers(team)["navn"] == "Oppvekst 2027"


class TestWhatIsOfferedHearsItsOwnWords:
    def test_the_telephone_is_deleted_too(self) -> None:
        talk = begun("1linje", "sperr brukeren til Odd Krogh NÅ, han er sagt opp på dagen", 900508)
        assert after(talk, "slett telefonen hans også")["enheter"] == "Ja"

    def test_who_takes_over_the_files_is_no_new_need(self) -> None:
        talk = begun("1linje", "Kari Nordmo slutter 31.12, send sluttmelding", 900738)
        talk.says("hennes filer skal overtas av Per Lund, kontorleder. Send")
        assert talk.case["answers"]["overtar"] == "Per Lund"

    def test_the_number_of_a_health_worker(self) -> None:
        said = "jeg må ha tilgang i gerica fra mandag. Leder er Stine Moe. Jeg er sykepleier og har HPR 1234567"
        assert answers(begun("ansatt", said, 900948))["hpr"] == "1234567"
        talk = begun("ansatt", "jeg er sykepleier og må ha tilgang i gerica fra mandag. Leder er Stine Moe", 900948)
        case = after(talk, "Frogner hjemmetjeneste, hpr 1234567")
        assert (case["tjenestested"], case["hpr"]) == ("Frogner hjemmetjeneste", "1234567")


class TestSeveralEnvironments:
    def test_both_in_one_case(self) -> None:
        talk = begun("forvalter", DATABASE, 900289)
        talk.says("begge i én sak")
        talk.says("GERICA_T, test og prod, godkjent av Anne Moe")
        assert answers(talk)["database"] == "GERICA_T"
        talk.says("send")
        assert len(talk.cases) == 1
        assert "Miljø: Test, Prod, i samme sak" in talk.cases[0].description

    def test_one_named_afterwards_is_one_case(self) -> None:
        talk = begun("forvalter", DATABASE, 900289)
        talk.says("Server HELSQL04")
        talk.says("miljø: Prod\ndatabase: GERICA_P\ngodkjent av systemeier: Anne Moe")
        talk.says("send")
        assert [case.answers["miljo"] for case in talk.cases] == ["Prod"]

    def test_one_case_for_each_as_before(self) -> None:
        talk = begun("forvalter", DATABASE, 900289)
        talk.says("én sak for hvert miljø")
        talk.says("GERICA_T, godkjent av Anne Moe")
        talk.says("send")
        assert [case.answers["miljo"] for case in talk.cases] == ["Test", "Prod"]
