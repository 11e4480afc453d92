"""A correction typed while a question is open changes what it is about, and is no answer to the question (DESIGN 3)."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import at_summary, begun, fill
from tests.transcript import Transcript, library, person

NET = ("Maskinen til Kari Nordmann får ikke kontakt med nettverket, hele avdelingen siden i dag kl 08", 900163)
PC = ("PC-en min er treg og henger hele tiden, bare hos meg, siden mandag kl 8, tlf 91122334", 900868)
DOWN = ("Agresso er nede for hele bydelen siden kl 9", 900805)


def open_at(start: tuple[str, int], key: str, *said: str) -> Transcript:
    """A report that has got as far as this question."""
    talk = begun("1linje", *start)
    for one in said:
        talk.says(one)
    assert talk.state.pending is not None
    assert (talk.state.pending.kind, talk.state.pending.key) == ("item", key), talk.text()
    return talk


def answers(talk: Transcript) -> dict[str, str]:
    """What the case holds so far, as people read it."""
    draft = talk.state.draft
    assert draft is not None
    return {key: answer.shown for key, answer in draft.answers.items()}


AT_PLACE = (NET, "lokasjon")
AT_TRIED = (NET, "tried", "Storgata 1, 3. etasje", "3.04-12A")
AT_PC = (PC, "pc_navn")
AT_TRIED_DOWN = (DOWN, "tried", "nei", "prod")

# The first were written before the rule, each of the others after it and run once before anything was mended for them.
FIRST = [
    (AT_PLACE, "det gjelder bare en bruker, send", "extent", "Én bruker"),
    (AT_PC, "det gjelder hele avdelingen, send", "extent", "Flere på samme avdeling"),
    (AT_TRIED, "nei, det begynte i går", "started_at", "i går"),
    (AT_TRIED_DOWN, "jeg mente Visma Flyt Skole, ikke Agresso", "system", "Visma Flyt Skole"),
    (AT_PC, "forresten, det startet i morges kl 8.30", "started_at", "kl. 08.30"),
    (AT_PLACE, "omfanget er hele bydelen", "extent", "Flere steder"),
    (AT_TRIED_DOWN, "noe virker, ikke alt er nede", "outage", "Noe virker"),
    (AT_PLACE, "bare meg, ikke hele avdelingen", "extent", "Én bruker"),
    (AT_PC, "mobilnummeret mitt er 22 33 44 55", "phone", "+4722334455"),
    (AT_PLACE, "Vent, alle på flere lokasjoner har det", "extent", "Flere steder"),
]

# What must stay an answer: written beside the first ten.
ANSWERS = [
    (AT_PLACE, "Hele 3. etasje i Storgata 1"),
    (AT_TRIED, "restartet i går"),
    (AT_TRIED, "det samme som i går, restart og ny pålogging"),
    (AT_PC, "PC12345"),
    (AT_TRIED, "ringte Visma support"),
    (AT_PLACE, "Visma"),
    (AT_PLACE, "avdelingen i Storgata 4"),
    (AT_TRIED, "vi har byttet kabel hos alle på avdelingen"),
    (AT_TRIED_DOWN, "sjekket at det ikke virker for noen"),
    (AT_TRIED, "ingenting"),
    (AT_PC, "den står det BYM-PC-00123 på"),
    (AT_PLACE, "Grønland 2, kjelleren"),
]

NEW_PC = ("Trenger klargjøring av 3 nye PC-er innen 15. desember på Grønland skole", 900921)
AT_SERIAL = (NEW_PC, "serienummer")
CITRIX = ("Kari Nordmann får ikke startet Gerica i Citrix siden i går, bare henne", 900721)
AT_TRIED_CITRIX = (CITRIX, "tried")

SECOND = [
    (AT_TRIED_CITRIX, "oi, det er visst flere på avdelingen som har det", "extent", "Flere på samme avdeling"),
    (AT_PC, "feilen oppsto egentlig for to timer siden", "started_at", "kl. 08.00"),
    (AT_SERIAL, "det skulle være 5 PC-er, ikke 3", "antall", "5"),
    (AT_SERIAL, "vi trenger dem ikke 15. desember, men 10. desember", "onsket_dato", "10. desember"),
    (AT_TRIED_CITRIX, "Per Hansen, ikke Kari Nordmann", "gjelder_bruker", "Per Hansen"),
    (AT_PLACE, "nei det er bare Kari som har det", "extent", "Én bruker"),
    (AT_PC, "beklager, jeg skrev feil, det har vært sånn siden fredag", "started_at", "fredag"),
    (AT_TRIED_CITRIX, "Hvem det gjelder: flere steder", "extent", "Flere steder"),
    (AT_TRIED_DOWN, "Gerica i stedet for Agresso", "system", "Gerica"),
    (AT_PLACE, "det rammer hele etaten", "extent", "Flere steder"),
]
ANSWERS_TOO = [
    (AT_PLACE, "hos oss i 4. etasje på Helsehuset"),
    (AT_TRIED_CITRIX, "slått av og på maskinen i morges"),
    (AT_TRIED_CITRIX, "hun har prøvd på en annen PC, ikke bare sin egen"),
    (AT_SERIAL, "5CG1234XYZ, 5CG1234XYA og 5CG1234XYB"),
    (AT_TRIED, "det ble forsøkt å bytte port i går"),
    (AT_PC, "BGO-LT-4471"),
    (AT_PLACE, "Bydel Gamle Oslo, Platous gate 16"),
    (AT_TRIED_DOWN, "nei"),
    (AT_TRIED_DOWN, "nei, ikke prøvd noe"),
    (AT_TRIED_DOWN, "Alle har startet på nytt"),
]

WLAN = ("Trådløst nett er borte for alle i 2. etasje siden kl 07", 900821)
AT_WLAN_TRIED = (WLAN, "tried", "Tøyen skole", "pc")
VPN = ("Bestill VPN til Ola Hansen fra 1. desember", 900279)
AT_VPN_PC = (VPN, "pc_navn")
THIRD = [
    (AT_VPN_PC, "den skal til Kari Berg, ikke Ola Hansen", "gjelder_bruker", "Kari Berg"),
    (AT_PC, "glemte å si at det gjelder flere på kontoret", "extent", "Flere på samme avdeling"),
    (AT_PC, "unnskyld, mandag var feil, det begynte tirsdag i forrige uke", "started_at", "17. november"),
    (AT_PLACE, "det har vært slik siden torsdag", "started_at", "torsdag"),
    (AT_TRIED_DOWN, "Systemet er Websak", "system", "Websak"),
    (AT_TRIED_DOWN, "miljø: test", "miljo", "Test"),
    (AT_PC, "tidspunktet skal være i dag kl 7", "started_at", "kl. 07.00"),
    (AT_PLACE, "hele avdelingen er feil, det er bare en bruker", "extent", "Én bruker"),
    (AT_SERIAL, "antallet er 4", "antall", "4"),
    (AT_PC, "actually it affects the whole department", "extent", "avdeling"),
]
ANSWERS_THREE = [
    (AT_VPN_PC, "han har BGO-PC-5512"),
    (AT_TRIED_DOWN, "vi startet serveren på nytt kl 9.15"),
    (AT_TRIED_DOWN, "ikke noe foreløpig, det haster"),
    (AT_PLACE, "vi sitter i Herslebs gate 5"),
    (AT_PLACE, "alle kontorene i Herslebs gate 5"),
    (AT_TRIED, "nei, bare sjekket kabelen"),
    (AT_TRIED, "har ringt brukerstøtte på 22 33 44 55"),
    (AT_TRIED_CITRIX, "startet Gerica på en annen PC og i nettleser"),
    (AT_PC, "vet ikke"),
    (AT_PC, "det er BGO-PC-0007"),
]


KOE = ("Utskrift kommer ikke ut for Kari Nordmann, bare henne, siden i dag kl 8, hele utskriften er borte", 900950)
AT_KO = (KOE, "ko")
URL = ("Nettsiden for barnehagesøknad viser feil siden i går, flere på avdelingen, noe virker", 900166)
AT_URL = (URL, "url")
FOURTH = [
    (AT_PC, "egentlig er det flere på avdelingen", "extent", "Flere på samme avdeling"),
    (AT_PC, "det har holdt på siden lørdag", "started_at", "lørdag"),
    (AT_PLACE, "det er hele bydelen, ikke bare avdelingen", "extent", "Flere steder"),
    (AT_KO, "feilen startet kl 10, ikke kl 8", "started_at", "10.00"),
    (AT_KO, "Jeg tok feil, det er flere brukere på kontoret", "extent", "Flere på samme avdeling"),
    (AT_TRIED_CITRIX, "systemet skal være Visma Flyt Skole", "system", "Visma Flyt Skole"),
    (AT_TRIED_CITRIX, "unnskyld, det gjelder Per Hansen og ikke Kari", "gjelder_bruker", "Per Hansen"),
    (AT_URL, "det begynte visst på fredag", "started_at", "fredag"),
    (AT_URL, "alt er nede nå, ikke bare noe", "outage", "Alt er nede"),
    (AT_TRIED_DOWN, "miljøet er preprod", "miljo", "Preprod"),
    (AT_TRIED_DOWN, "Agresso er feil, det skal stå Gerica", "system", "Gerica"),
    (AT_PLACE, "eg meinte berre éin brukar", "extent", "Én bruker"),
    (AT_PLACE, "det byrja i går kveld", "started_at", "i går"),
    (AT_PC, "the problem started yesterday", "started_at", "i går"),
    (AT_PC, "sorry, everyone in the department has it", "extent", "Flere på samme avdeling"),
    (AT_TRIED, "forresten er lokasjonen Storgata 2", "lokasjon", "Storgata 2"),
    (AT_TRIED, "merkingen på uttaket er 3.05-01B", "punkt", "3.05-01B"),
    (AT_SERIAL, "fem PC-er, ikke tre", "antall", "5"),
    (AT_VPN_PC, "ønsket dato er 8. desember", "wanted_at", "8. desember"),
]
ANSWERS_FOUR = [
    (AT_KO, "FollowMe"),
    (AT_KO, "køen heter PRN-BGO-2"),
    (AT_KO, "skriveren ved resepsjonen i 2. etasje"),
    (AT_URL, "https://www.oslo.kommune.no/barnehage"),
    (AT_PC, "det står BGO-PC-1122 på lappen"),
    (AT_PC, "har ikke maskinen her nå"),
    (AT_PLACE, "kontoret vårt i Grenseveien 88"),
    (AT_PLACE, "Tøyen skole, rom 204"),
    (AT_PLACE, "flere steder i bygget, mest 2. etasje"),
    (AT_TRIED, "byttet uttak og kabel i går, men ikke PC"),
    (AT_TRIED, "alle på avdelingen har restartet"),
    (AT_TRIED, "vi har sjekket med naboavdelingen, de har nett"),
    (AT_TRIED, "Ikke noe"),
    (AT_TRIED_CITRIX, "logget av og på, ikke hjulpet"),
    (AT_TRIED_CITRIX, "i går prøvde hun hjemmefra også"),
    (AT_TRIED_DOWN, "ringt 2S på vakttelefonen"),
    (AT_TRIED_DOWN, "det er ikke prøvd noe ennå"),
    (AT_SERIAL, "kommer senere"),
    (AT_VPN_PC, "OK-LT-99812"),
    (AT_PLACE, "Hele 2. og 3. etasje, Platous gate 16"),
]

# Extents that the reader of extents does not know yet stand in tests/knowledge/reading, not here.
_NOT_READ = ("bare Kari som",)
CORRECTIONS = [one for one in (*FIRST, *SECOND, *THIRD, *FOURTH) if not any(words in one[1] for words in _NOT_READ)]


@pytest.mark.parametrize(("context", "said", "key", "value"), CORRECTIONS)
def test_it_changes_its_line_and_the_question_is_asked_again(
    context: tuple[tuple[str, int], str], said: str, key: str, value: str
) -> None:
    talk = open_at(*context)
    talk.says(said)
    assert value in answers(talk)[key]
    assert context[1] not in answers(talk)
    assert talk.state.pending is not None
    assert talk.state.pending.key == context[1]
    assert any(word in talk.last for word in ("Endret", "Notert", "som før", "er no"))


@pytest.mark.parametrize(("context", "said"), [*ANSWERS, *ANSWERS_TOO, *ANSWERS_THREE, *ANSWERS_FOUR])
def test_an_answer_stays_one_and_changes_nothing_else(context: tuple[tuple[str, int], str], said: str) -> None:
    talk = open_at(*context)
    before = answers(talk)
    talk.says(said)
    after = answers(talk)
    assert context[1] in after
    assert {key: after[key] for key in before} == before


def test_it_is_sent_when_nothing_is_missing_and_send_stands_there() -> None:
    talk = open_at(*AT_TRIED)
    talk.says("omstart")
    talk.says("det gjelder bare en bruker, send")
    talk.bot_says("Endret. Hvem det gjelder: Én bruker", "referanse")
    assert talk.case["answers"]["extent"] == "user"


class TestEitherOr:
    """What could be the answer and another line's value is asked about once."""

    def test_the_other_line(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.says("i går kl 14")
        talk.bot_says("Hva mente du med «i går kl 14»?", "Endre: Når feilen begynte", "svaret på «Hva dere har prøvd»")
        talk.says("1")
        talk.bot_says("Endret. Når feilen begynte: i går")
        assert "tried" not in answers(talk)

    def test_the_answer(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.says("i går kl 14")
        talk.says("2")
        assert answers(talk)["tried"] == "i går kl 14"
        assert "i dag" in answers(talk)["started_at"]

    def test_what_is_written_instead_is_the_answer_to_the_question(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.says("i går kl 14")
        talk.says("ny kabel")
        assert answers(talk)["tried"] == "ny kabel"

    def test_an_old_button_does_nothing(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.press_action("meant:change")
        talk.bot_says("ikke lenger")


def test_the_same_again_is_no_answer_either() -> None:
    talk = open_at(*AT_PLACE)
    talk.says("det gjelder hele avdelingen")
    talk.bot_says("Hvem det gjelder er som før: Flere på samme avdeling", "Lokasjon")


class TestCritical:
    @pytest.mark.parametrize("said", ["Kritisk nei.", "ikke kritisk, send", "kritisk: nei, send", "nei, ikke kritisk"])
    def test_at_its_own_question(self, said: str) -> None:
        talk = begun("1linje", f"{DOWN[0]}, prøvd omstart, prod", DOWN[1])
        assert talk.state.pending is not None
        assert talk.state.pending.key == "critical"
        talk.says(said)
        talk.bot_says("Kritisk feil: Nei", "Skal jeg sende saken?")
        talk.says("send")
        assert not talk.case["critical"]

    @pytest.mark.parametrize("said", ["Kritisk nei, send", "ikke kritisk, send", "det er ikke kritisk, send"])
    def test_in_the_summary_it_is_the_answer_and_sends(self, said: str) -> None:
        talk = at_summary()
        talk.says(said)
        assert not talk.case["critical"]
        assert "Kritisk feil: Nei" in talk.case["description"]

    @pytest.mark.parametrize("said", ["Kritisk ja", "det er kritisk", "kritisk: ja"])
    def test_and_yes_asks_for_the_phone(self, said: str) -> None:
        talk = at_summary()
        talk.says(said)
        talk.bot_says("Kritisk feil: Ja", "nummer")


class TestEveryChangeIsTold:
    def test_in_two_messages(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.says("hele bydelen")
        talk.bot_says("Endret. Hvem det gjelder: Flere steder")

    def test_by_button(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.says("1")
        talk.bot_says("Endret. Hvem det gjelder: Én bruker")

    def test_as_it_was(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.says("2")
        talk.bot_says("Hvem det gjelder er som før: Flere på samme avdeling")

    def test_on_the_card(self) -> None:
        talk = open_at(*AT_PLACE)
        talk.submits(lokasjon="Storgata 1", punkt="3.04-12A", tried="omstart", extent="user")
        talk.bot_does_not_say("Endret. Lokasjon")

    def test_the_description(self) -> None:
        talk = at_summary()
        talk.says("endre beskrivelsen")
        talk.says("AKS fryser hvert femte minutt for alle på kontoret")
        talk.bot_says("Endret. Beskrivelse: AKS fryser hvert femte minutt")

    def test_what_is_added_to_a_case_that_was_ready(self) -> None:
        talk = at_summary()
        talk.says("endre følgere")
        talk.says("Kari Nordmann")
        talk.bot_says("Endret. Følgere: Kari Nordmann")

    def test_a_first_answer_is_no_change(self) -> None:
        talk = open_at(*AT_PLACE)
        talk.says("Storgata 1")
        talk.bot_does_not_say("Endret")


class TestAnotherCaseToldInTheMiddle:
    """A fault told in an order, or an order in a fault, is kept and taken up when the first is done."""

    @pytest.mark.parametrize(
        ("start", "said"),
        [
            (NEW_PC, "skriveren i 2. etasje virker ikke heller"),
            (VPN, "AKS henger for alle på kontoret"),
            (VPN, "nettet er nede hos oss siden i går"),
            (PC, "jeg trenger også en ny mobil"),
            (PC, "kan du bestille tilgang til Gerica for Kari Nordmann"),
            (NET, "vi trenger dessuten en ny skriver i 3. etasje"),
        ],
    )
    def test_at_a_question(self, start: tuple[str, int], said: str) -> None:
        talk = begun("1linje", *start)
        asked = talk.state.pending
        assert asked is not None
        before = answers(talk)
        talk.says(said)
        talk.bot_says("Det er en sak til", f"Da tar vi «{said}» etterpå")
        assert talk.state.pending is not None
        assert talk.state.pending.key == asked.key
        assert answers(talk) == before
        fill(talk).says("send")
        talk.bot_says(said)
        assert len(talk.cases) == 1
        assert said not in talk.cases[0].description

    def test_while_the_form_is_chosen(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Skriveren virker ikke")
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "form"
        talk.says("jeg trenger tilgang til Visma")
        talk.bot_says("Det er en sak til", "Hvilket av disse skjemaene passer?")
        talk.says("1")
        fill(talk).says("send")
        talk.bot_says("jeg trenger tilgang til Visma")

    def test_in_the_summary(self) -> None:
        talk = at_summary()
        talk.says("vi trenger også en ny skriver i 3. etasje")
        talk.bot_says("Det er en sak til")
        talk.says("send")
        assert "skriver" not in talk.cases[0].description
        talk.bot_says("vi trenger også en ny skriver")

    @pytest.mark.parametrize("said", ["det virker ikke på en annen PC heller", "ny PC og ny kabel"])
    def test_what_was_tried_is_none(self, said: str) -> None:
        talk = open_at(*AT_TRIED)
        talk.says(said)
        assert answers(talk)["tried"] == said


@pytest.mark.parametrize("start", [NET, PC, CITRIX])
def test_the_wrong_form_of_a_sent_fault_is_another_one_for_faults_first(start: tuple[str, int]) -> None:
    talk = fill(begun("1linje", *start))
    talk.says("send")
    talk.says("feil skjema")
    assert talk.state.pending is not None
    catalogue = library().catalogue
    kinds = [
        catalogue.get(int(option.partition(":")[2])).kind
        for option in talk.state.pending.options
        if option != "form:none"
    ]
    assert kinds[0] == "support"
    assert kinds == sorted(kinds, key=lambda kind: kind != "support")


class TestPlayed:
    """Met in conversations that were played with corrections."""

    def test_a_label_that_begins_as_a_sentence_is_not_named_by_it(self) -> None:
        """ "Det var Per Hansen jeg mente" became "Det dere har avtalt før"."""
        talk = begun("superbruker", "Bestill tilgang til Gerica for Per Olsen fra 1. desember", 900948)
        talk.says("1")
        talk.says("det var Per Hansen jeg mente")
        assert answers(talk)["gjelder_bruker"] == "Per Hansen"
        assert "prior_communication" not in answers(talk)

    def test_a_time_alone_is_the_only_time_there_is(self) -> None:
        talk = begun("superbruker", "Bestill tilgang til Gerica for Per Olsen fra 1. desember", 900948)
        talk.says("1")
        talk.says("Tøyen")
        talk.says("den 5. desember forresten")
        assert "5. desember" in answers(talk)["fra"]
        assert "godkjent_av" not in answers(talk)

    def test_a_number_alone_is_the_only_number_there_is(self) -> None:
        talk = begun("1linje", "Vi trenger å låne 3 PC-er til kurs fra 1. desember til 5. desember", 900028)
        talk.says("vi trenger forresten 5")
        talk.bot_says("Endret. Antall: 5")
        assert "ressursnummer" not in answers(talk)

    def test_what_was_tried_besides_takes_nothing_back(self) -> None:
        talk = fill(open_at(*AT_PLACE), lokasjon="Storgata 1", punkt="3.04-12A", tried="prøvd ny kabel")
        talk.says("har også prøvd en annen PC")
        assert answers(talk)["tried"] == "prøvd ny kabel. har også prøvd en annen PC"

    def test_how_many_at_the_office_is_not_where_they_log_on_from(self) -> None:
        talk = begun("1linje", "Kari Nordmann får ikke logget på AKS fra hjemmekontor siden mandag", 900884)
        talk.says("nei, flere på kontoret har det også")
        assert answers(talk)["fra"] == "Hjemmekontor"
        assert answers(talk)["extent"] == "Flere på samme avdeling"

    def test_one_user_alone_does_not_mean_that_something_works(self) -> None:
        talk = begun("1linje", "Vi får ikke skrevet ut fra AKS i 3. etasje", 900957)
        talk.says("nei vent, det er bare én bruker")
        assert answers(talk)["extent"] == "Én bruker"
        assert answers(talk)["outage"] == "Alt er nede"

    def test_a_denied_time_in_the_summary(self) -> None:
        talk = at_summary()
        talk.says("ikke i dag, men i går")
        talk.bot_says("Endret. Når feilen begynte: i går")

    @pytest.mark.parametrize(
        ("said", "title"),
        [("jeg mente Websak, ikke Agresso", "Websak"), ("beklager, Websak i stedet for Agresso", "Websak")],
    )
    def test_the_form_of_the_wrong_system_is_looked_for_again(self, said: str, title: str) -> None:
        talk = begun("superbruker", "Agresso henger for hele bydelen siden kl 9, prøvd omstart", 900452)
        talk.says(said)
        talk.bot_says("Endret. Beskrivelse: Websak henger for hele bydelen", title)
        draft = talk.state.draft
        assert draft is not None
        assert draft.form_id != 900452 or draft.stage == "choose"
        assert answers(talk)["tried"] == "prøvd omstart"

    def test_a_program_the_register_does_not_have_is_taken_too(self) -> None:
        talk = begun("1linje", "Kari Nordmann får ikke skrevet ut fra AKS siden i går", 900957)
        talk.says("jeg mente Outlook, ikke AKS")
        talk.bot_says("Kari Nordmann får ikke skrevet ut fra Outlook siden i går")

    def test_a_correction_before_the_right_is_settled_is_no_other_need(self) -> None:
        talk = begun("superbruker", "Bestill ny fellespostkasse for Bydel Gamle Oslo, eier Kari Nordmann", 900865)
        talk.says("adressen er feil, den skal være hjelp.bgo@oslo.kommune.no")
        talk.bot_says("Det har jeg notert", "Ny fellespostkasse")

    def test_another_case_that_is_said_to_be_one_is_kept(self) -> None:
        talk = at_summary()
        talk.says("skriveren virker heller ikke, men det er en annen sak")
        talk.bot_says("Det er en sak til")

    def test_a_further_fault_of_something_else_is_asked_about(self) -> None:
        talk = at_summary()
        talk.says("skriveren i 2. etasje virker heller ikke")
        talk.bot_says("Det høres ut som noe nytt")

    def test_the_part_that_is_another_lines_goes_there(self) -> None:
        talk = open_at(*AT_PC)
        talk.says("PC1234, prøvd omstart")
        assert answers(talk)["pc_navn"] == "PC1234"
        assert answers(talk)["tried"] == "prøvd omstart"
