""" "Send" beside what was not understood, self-help answered with facts, what is said right after sending, and protests
where a few words are asked: each as the players said it, and both sides of the line."""

from __future__ import annotations

import pytest

from tests.transcript import Transcript, person

MAILBOX = (
    "superbruker",
    "Kan dere fjerne Omar Said og Ine Berg fra fellespostkassen nav.alna.post@bgo.oslo.kommune.no, full tilgang",
)
BOTH_WAYS = (
    "superbruker",
    "Kan dere fjerne Omar Said fra fellespostkassen vår nav.alna.post@bgo.oslo.kommune.no, full tilgang og send som",
)
PC = (
    "superbruker",
    "PC-en til Kari Nordmann er treg og henger hele tiden, bare hos henne, siden mandag kl 8, prøvd omstart, noe "
    "virker, PC heter BGO-LT-2001",
)
MODULUS = (
    "superbruker",
    "Modulus Barn låser seg når vi lagrer tiltak. Gjelder barnevernet på Grünerløkka, 8 saksbehandlere, fra kl 09 i "
    "går. Testet annen PC. noe virker. Kontakt for test: Nils Foss, 93030303",
)

NOT_UNDERSTOOD = [
    (BOTH_WAYS, "nei! Omar skal legges til, bare Ine skal fjernes. send"),
    (MAILBOX, "nei, Omar skal beholde sin. send"),
    (MAILBOX, "Ine Berg må ikke fjernes, send"),
    (MAILBOX, "Omar skal ikke fjernes. send"),
    (MAILBOX, "handlingen er feil. send"),
    (MAILBOX, "brukerne er feil, send"),
    (MAILBOX, "dette er feil, send"),
    (MAILBOX, "rett navnet. send"),
    (MAILBOX, "feil adresse. send"),
    (PC, "nei, Kari Nordmann er bare kontakt. send"),
    (PC, "PC-navnet er feil. send"),
    (PC, "ikke Kari Nordmann, send"),
    (PC, "no, that is not her PC. send"),
    (MODULUS, "tjenesten er Grünerløkka. send"),
    (MODULUS, "jeg mente en annen tjeneste. send"),
    (MODULUS, "nei vent, ikke tiltak. send"),
]

ADDITIONS = [
    (MAILBOX, "de har sluttet hos oss. send"),
    (MAILBOX, "det haster litt. send"),
    (MAILBOX, "leder er informert. send"),
    (MAILBOX, "nei, det er alt. send"),
    (MAILBOX, "alt stemmer, send"),
    (MAILBOX, "ikke noe mer, send"),
    (MAILBOX, "postkassen brukes av publikum. send"),
    (MAILBOX, "Ine Berg sitter på post 2. send"),
    (MAILBOX, "ring gjerne før dere begynner, send"),
    (MAILBOX, "takk for hjelpen. send"),
    (PC, "maskinen er tre år gammel. send"),
    (PC, "Kari Nordmann er på jobb til kl 15. send"),
    (PC, "hun har møte kl 11. send"),
    (PC, "viften bråker også, send"),
    (PC, "det er verst om morgenen. send"),
    (PC, "PC-en er ikke skrudd av på en uke. send"),
    (PC, "det går ikke an å jobbe. send"),
    (PC, "kontakt er Per Bø, 98765432. send"),
    (PC, "the fan is noisy too. send"),
    (MODULUS, "vi får feilmelding 4711. send"),
    (MODULUS, "Nils Foss er på jobb hele dagen. send"),
    (MODULUS, "lederen er varslet. send"),
    (MODULUS, "Nils Foss er bare kontakt. send"),
    (MODULUS, "det skjer bare når vi lagrer. send"),
]

UNDERSTOOD = [
    (MAILBOX, "Legge til, ikke fjerne. send", "handling", "Legge til"),
    (PC, "nei, det gjelder hele avdelingen. send", "extent", "department"),
    (PC, "PC heter BGO-LT-2002. send", "pc_navn", "BGO-LT-2002"),
    (MODULUS, "nei, det gjelder alle steder, send", "extent", "several_locations"),
]


def after(role: str, *said: str) -> Transcript:
    """The talk after these messages."""
    talk = Transcript(person(role))
    for text in said:
        talk.says(text)
    return talk


class TestSendBesideWhatWasNotUnderstood:
    @pytest.mark.parametrize(("begun", "said"), NOT_UNDERSTOOD)
    def test_a_correction_that_changed_nothing_is_never_sent(self, begun: tuple[str, str], said: str) -> None:
        """Access was taken from the one who was to have it, and the case was sent all the same."""
        talk = after(*begun)
        talk.bot_says("klar til å sendes")
        talk.says(said)
        assert not talk.cases
        assert talk.state.draft is not None

    @pytest.mark.parametrize(("begun", "said"), ADDITIONS)
    def test_what_contradicts_nothing_is_added_and_sent(self, begun: tuple[str, str], said: str) -> None:
        talk = after(*begun)
        talk.bot_says("klar til å sendes")
        talk.says(said)
        assert len(talk.cases) == 1

    @pytest.mark.parametrize(("begun", "said", "key", "value"), UNDERSTOOD)
    def test_a_correction_that_was_understood_is_sent(
        self, begun: tuple[str, str], said: str, key: str, value: str
    ) -> None:
        talk = after(*begun, said)
        assert talk.case["answers"][key] == value

    def test_it_is_said_what_was_not_understood_and_one_word_sends(self) -> None:
        talk = after(*BOTH_WAYS)
        talk.says("nei! Omar skal legges til, bare Ine skal fjernes. send")
        talk.bot_says("Jeg har ikke sendt saken", "«Omar skal legges til, bare Ine skal fjernes»", "Handling: Fjerne")
        assert not talk.cases
        talk.says("send likevel")
        assert len(talk.cases) == 1
        assert "Omar skal legges til" in talk.cases[0].description

    def test_the_manager_is_not_given_the_access(self) -> None:
        talk = after(
            "ansatt",
            "Hi, I just started at NAV Alna and I can't log on to Fasit, it says I don't have a role",
            "none of these, I need to get access to Fasit. My manager is Heidi Holm, start today",
        )
        talk.presses("Fasit – new, changed or ended user")
        talk.bot_says("User concerned: Ada Ansatt", "Approved by the NAV manager: Heidi Holm")

    def test_what_is_wrong_beside_what_is_right_keeps_the_case_from_being_sent(self) -> None:
        talk = after(*MODULUS)
        talk.says("tjenesten er Grünerløkka og Nils Foss er bare kontakt, gjelder alle 8. send")
        talk.bot_says("Jeg har ikke sendt saken", "«tjenesten er Grünerløkka»")
        assert not talk.cases

    def test_a_line_named_inside_a_long_answer_is_not_sent_unchanged(self) -> None:
        talk = after(
            "1linje", "endre svargruppe 23 49 12 00: legg til Ida Ruud, ta bort Ola Li, åpningstid 8-15 fra mandag"
        )
        talk.says("medlemmer og åpningstid. nummeret er bare 23491200. send")
        assert not talk.cases

    def test_source_and_target_put_right_are_sent_as_said(self) -> None:
        talk = Transcript(person("forvalter", virksomhet="HEL"))
        talk.says(
            "åpne brannmur fra gerica-app01 til 10.20.30.40 port 443 tcp, permanent, HEL. "
            "ref 8HEL09 ressurs 1234567 kost 4410"
        )
        talk.says("nei kilden er gerica-app01, målet er 10.20.30.40. intern til sikker sone, prod, permanent. send")
        answers = talk.case["answers"]
        assert (answers["kilde"], answers["maal"]) == ("gerica-app01", "10.20.30.40")

    def test_the_number_to_call_is_not_the_one_that_is_denied(self) -> None:
        talk = after("ansatt", "Svargruppen vår virker ikke, ingen når fram på 23 49 00 00")
        talk.says("ring meg på 48211300, ikke 23490000, og det gjelder alle på legekontoret. send")
        assert talk.state.draft is not None
        answers = talk.state.draft.answers
        assert "gjelder alle" not in answers["svargruppe"].shown if "svargruppe" in answers else True
        assert answers["phone"].shown.endswith("48211300")

    def test_han_heter_det_names_nobody(self) -> None:
        talk = after(
            "superbruker", "AKS henger for alle på NAV-kontoret vårt, musa fryser. Kan ringes på 99001122, Bjørn"
        )
        talk.says("hele skrivebordet. Bjørn Dahl er kontakt, han heter det. send")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["gjelder_bruker"].shown != "det"


class TestSelfHelpAnsweredWithFacts:
    def test_facts_are_taken_and_send_sends(self) -> None:
        talk = after("ansatt", "musa mi virker ikke", "nei. siden i går, bare meg, alt er nede, byttet batteri. send")
        case = talk.case
        assert case["answers"]["tried"].startswith("byttet batteri. Selvhjelpen")
        assert (case["answers"]["extent"], case["answers"]["outage"]) == ("user", "full")
        assert "send" not in talk.cases[0].description.split()
        talk.bot_says("Notert", "Hvor mye som er nede: Alt er nede")

    def test_send_is_never_written_into_the_description(self) -> None:
        for first, said in (
            ("jeg får ikke lyd i teams på pcen", "nei. pc, siden i går. prøvd annet headset og. send"),
            ("jeg husker ikke passordet mitt til pc-en", "nei, det hjalp ikke. siden i dag. send"),
            ("vpn faller ut hele tida", "nei, det skjer bare hjemme. send"),
            ("får ikke registrert adgangskortet på skriveren", "nei, det er siden mandag. bgo-mfp-03. send"),
        ):
            talk = after("ansatt", first, said)
            assert talk.state.draft is not None
            assert "send" not in talk.state.draft.text.replace(".", " ").split()

    def test_what_was_tried_stands_beside_the_advice(self) -> None:
        talk = after("ansatt", "jeg får ikke lyd i teams på pcen", "nei. pc, siden i går. prøvd annet headset og. send")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["tried"].shown.startswith("prøvd annet headset. Selvhjelpen")
        talk.bot_does_not_say("fant ikke ut hvor")

    def test_restarted_twice_is_told_as_tried(self) -> None:
        talk = after(
            "ansatt",
            "My iPhone won't get my work mail since this weekend, restarted twice, mail works fine on the laptop",
            "1",
        )
        assert talk.state.draft is not None
        assert talk.state.draft.answers["tried"].shown == "restarted twice"

    def test_facts_after_a_sentence_are_taken(self) -> None:
        talk = after("ansatt", "lønnsslippen min er feil for oktober")
        talk.says("nei, det er leder som har godkjent alt, 10443211, oktober, siden lønna kom 12. november. send")
        assert talk.state.draft is not None
        answers = talk.state.draft.answers
        assert answers["ressursnummer_ansatt"].value == "10443211"
        assert "det er leder som har godkjent alt" in talk.state.draft.text

    def test_a_voucher_is_taken_by_its_number(self) -> None:
        talk = after("ansatt", "reiseregningen min ligger hos feil leder")
        talk.says("nei jeg trenger at dere flytter den til Per Bø. bilag 887711, siden i forgårs, send")
        assert "887711" in " ".join(str(one) for one in talk.case["answers"].values())

    def test_one_answer_alone_is_taken(self) -> None:
        talk = after("ansatt", "vpn faller ut hele tida", "nei. BGO-LT-2001")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["pc_navn"].shown == "BGO-LT-2001"
        talk = after("ansatt", "Jeg har ikke lyd i Teams-møtet på pc-en", "nei. Team/kanal. send")
        assert talk.state.draft is not None
        assert "Team/kanal" in {one.shown for one in talk.state.draft.answers.values()}

    def test_the_printer_told_in_a_sentence_is_taken(self) -> None:
        talk = after("ansatt", "Utskriften kommer ikke ut på Ryen skole", "nei, vi printer til RYEN-BIB-2, send")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["ko"].shown == "RYEN-BIB-2"

    def test_a_line_each_and_send(self) -> None:
        talk = after("ansatt", "Utskriften kommer ikke ut på Ryen skole")
        talk.says("det hjalp ikke\nRYEN-BIB-2\ni går\nbare meg\nsend")
        assert talk.case["answers"]["ko"] == "RYEN-BIB-2"

    def test_a_no_at_the_end_answers_the_advice(self) -> None:
        talk = after("ansatt", "Utskriften kommer ikke ut på Ryen skole", "RYEN-BIB-2, alt er nede, nei")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["ko"].shown == "RYEN-BIB-2"
        assert talk.state.draft.answers["tried"].shown.endswith("løste det ikke")
        talk.bot_does_not_say("«nei»")

    def test_what_is_told_again_as_tried_takes_nothing_away(self) -> None:
        talk = after("ansatt", "vpn faller ut hele tida", "nei. prøvd omstart. BGO-LT-2001, bare meg")
        talk.says("prøvd omstart, siden i går")
        assert talk.state.draft is not None
        assert "Selvhjelpen" in talk.state.draft.answers["tried"].shown

    def test_what_tells_only_of_the_matter_is_kept_whole(self) -> None:
        told = "pc-en starter, jeg hører vifta, men skjermen er helt mørk. laptop uten dokking. i går. bare meg"
        talk = after("ansatt", "skjermen er svart", told)
        assert talk.state.draft is not None
        assert told in talk.state.draft.text
        assert "ikke sagt om den er prøvd" in talk.state.draft.answers["tried"].shown


class TestRightAfterSending:
    PRINT = (
        "superbruker",
        "felles print nede i hele bygget, ingen får ut utskrifter, fra 10.30, prøvd å starte skriver på nytt, alt nede",
        "alle skrivere på Tøyen, send",
    )

    def test_what_was_wrong_belongs_to_the_case_just_sent(self) -> None:
        talk = after(*self.PRINT)
        talk.says("det var feil, det er fra 8 i dag ikke 8.30, og det er NAV Alna")
        talk.bot_says("Skal jeg legge det i sak L-2026-000001")
        talk.says("det gjelder saken jeg nettopp sendte")
        talk.bot_says("L-2026-000001")
        talk.bot_does_not_say("Hvilket skjema")

    def test_the_case_just_sent_may_be_meant_at_a_list_of_forms(self) -> None:
        talk = after(*self.PRINT)
        talk.says("gat er tregt")
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "form"
        talk.says("ingen av disse, det gjelder saken jeg nettopp sendte")
        talk.bot_says("Skal jeg legge det i sak L-2026-000001")
        assert talk.state.comment == "gat er tregt"

    @pytest.mark.parametrize(
        "said",
        [
            "glem det, den kom tilbake nå",
            "nå kom det ut, takk",
            "det gikk over av seg selv",
            "det er borte nå",
            "it came back by itself",
        ],
    )
    def test_it_is_offered_to_take_it_back_when_all_is_well(self, said: str) -> None:
        talk = after(*self.PRINT)
        talk.says(said)
        talk.bot_says("Så bra." if talk.state.language == "nb" else "Good.", "L-2026-000001")
        talk.says("ja" if talk.state.language == "nb" else "yes")
        assert talk.cases[0].status.value == "withdrawn"

    def test_it_may_be_told_in_the_case_instead(self) -> None:
        talk = after(*self.PRINT, "nå kom det ut, takk")
        talk.presses("Nei, men skriv det i saken")
        talk.bot_says("Hvem er kommentaren")

    def test_taking_it_back_is_heard_after_none_of_these(self) -> None:
        talk = after(*self.PRINT, "ingen av disse, jeg vil trekke saken")
        talk.bot_says("er tatt tilbake")

    @pytest.mark.parametrize("said", ["nå kom det opp en feilmelding i Gerica også", "skjermen min er svart"])
    def test_another_fault_is_no_end_of_the_first(self, said: str) -> None:
        talk = after(*self.PRINT, said)
        talk.bot_does_not_say("Så bra")


class TestAProtestIsNoValue:
    def test_who_only_asked_which_form_is_told_it(self) -> None:
        talk = after(
            "1linje",
            "nei vent hvilket skjema skal jeg bruke for å melde ny ansatt som skal ha tilgang til Fasit og sikker sone",
        )
        talk.bot_says("Bruk dette skjemaet")
        talk = after("superbruker", "ny ansatt skal ha tilgang til Fasit, Mona Lie, fra 1. desember")
        assert talk.state.draft is not None
        talk.says("jeg spurte bare om hvilket skjema")
        talk.bot_says("Fasit")
        assert all("spurte" not in one.shown for draft in talk.state.drafts for one in draft.answers.values())

    def test_a_denial_is_no_user(self) -> None:
        talk = after("superbruker", "oslo nøkkel app/ adgangskort funker ikke i døra, hvem tar det?", "1")
        talk.says("nei, det er inngangsdøra")
        assert all("inngangsdøra" not in one.shown for draft in talk.state.drafts for one in draft.answers.values())

    def test_a_name_after_nei_is_still_the_answer(self) -> None:
        talk = after("superbruker", "oslo nøkkel app/ adgangskort funker ikke i døra, hvem tar det?", "1")
        assert talk.state.pending is not None
        assert talk.state.pending.key == "gjelder_bruker"
        talk.says("nei, det er Kari Bø")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["gjelder_bruker"].shown == "Kari Bø"

    def test_a_question_beside_an_answer_is_no_part_of_it(self) -> None:
        talk = after(
            "superbruker",
            "Mona Lie begynner hos oss 1. desember som saksbehandler i byggesak, trenger tilgang til Websak",
        )
        talk.says("Byggesak øst. men hun skal jo ha pc og mobil også?")
        assert talk.state.draft is not None
        assert "Byggesak øst" in {one.shown for one in talk.state.draft.answers.values()}

    @pytest.mark.parametrize("said", ["hvor finner jeg det", "hvordan ser jeg det", "hva er det"])
    def test_a_question_without_its_mark_is_no_value(self, said: str) -> None:
        talk = after("superbruker", "PC-en til Kari Nordmann er treg, bare hos henne, siden mandag, prøvd omstart")
        talk.says(said)
        assert talk.state.draft is not None
        assert all(said not in one.shown for one in talk.state.draft.answers.values())

    def test_nei_vent_is_no_name(self) -> None:
        talk = after("superbruker", "oslo nøkkel app/ adgangskort funker ikke i døra, hvem tar det?")
        talk.says("nei vent, det er Outlook")
        assert all("Outlook" not in one.shown for draft in talk.state.drafts for one in draft.answers.values())
