"""What a new user stumbled over, each with what happens now. The names say what went wrong."""

from __future__ import annotations

import pytest

from dialogs.language import detect_language
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begun, fill
from tests.transcript import Transcript, person

UPGRADE = "Websak skal oppgraderes i test fra versjon 8.2 til 8.4"


class TestWithoutTheRight:
    def test_a_change_of_need_was_only_noted(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says(UPGRADE)
        talk.bot_says("kan bare brukes av: forvalter")
        talk.says("nei vent, jeg trenger heller en ny fellespostkasse")
        talk.bot_says("i stedet", "Ny fellespostkasse")
        assert len(talk.state.drafts) == 1

    def test_a_changed_line_jumped_into_the_form(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("Bestiller ny skriver, MFP A4 farge, til Loftsrudveien 12")
        assert talk.state.draft is not None
        assert talk.state.draft.stage == "right"
        talk.says("endre lokasjon til Storgata 1")
        talk.bot_says("notert", "kan bare brukes av")
        assert talk.state.draft is not None
        assert talk.state.draft.stage == "right"

    def test_endre_alone_was_noted_as_part_of_the_matter(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("Bestiller ny skriver, MFP A4 farge, til Loftsrudveien 12")
        talk.says("endre")
        talk.bot_says("når skjemaet er valgt", "kan bare brukes av")
        talk.bot_does_not_say("notert")
        assert talk.state.draft is not None
        assert talk.state.draft.text == "Bestiller ny skriver, MFP A4 farge, til Loftsrudveien 12"

    def test_status_jumped_into_the_form(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says(UPGRADE)
        talk.says("status")
        talk.bot_says("Tilbake til saken", "kan bare brukes av: forvalter")


class TestAtANumber:
    def test_a_change_of_need_was_taken_for_a_wrong_number(self) -> None:
        talk = begun("forvalter", UPGRADE, 900755)
        assert talk.state.pending is not None
        assert talk.state.pending.key == "ressursnummer"
        talk.says("nei vent, jeg trenger heller en ny fellespostkasse")
        talk.bot_says("Det høres ut som noe nytt", "Start en ny sak nå")

    def test_there_was_no_hint_of_a_new_case(self) -> None:
        talk = begun("forvalter", UPGRADE, 900755)
        talk.says("dette er vel egentlig ikke noe vi betaler for")
        talk.bot_says("5 til 8 siffer", "«ny sak: …»")


class TestLanguage:
    @pytest.mark.parametrize("text", ["SAM/IT", "IT", "IS", "Grupper: SAM/IT", "OK"])
    def test_an_abbreviation_flipped_the_language(self, text: str) -> None:
        assert detect_language(text) is None

    @pytest.mark.parametrize(
        ("text", "language"),
        [("THE PRINTER IS NOT WORKING", "en"), ("Hello", "en"), ("EG FÅR IKKJE INN", "nn")],
    )
    def test_shouting_is_still_a_language(self, text: str, language: str) -> None:
        assert detect_language(text) == language


class TestANoticeInOneMessage:
    def test_by_labels_on_lines(self) -> None:
        talk = Transcript(person("uss"))
        talk.says("lag driftsmelding")
        talk.says(
            "Type melding: fellesfeil\nHva som skjer: Gerica er nede\nHvem det gjelder: Alle bydeler\n"
            "Fra når: i dag kl 09\nHva det betyr for brukerne: Får ikke journalført\n"
            "Hva brukerne kan gjøre nå: Vent\nNeste oppdatering: kl 11\nGrupper: SAM/IT"
        )
        talk.bot_says("Skal jeg publisere", "Får ikke journalført", "SAM/IT (12 000 medlemmer)", "kl. 11.00")
        assert talk.state.language == "nb"

    def test_by_labels_on_one_line_and_in_any_order(self) -> None:
        talk = Transcript(person("uss"))
        talk.says("lag driftsmelding om at Gerica er nede")
        talk.says(
            "Hva det betyr: får ikke journalført. Hva brukerne kan gjøre nå: vente. Neste oppdatering: kl 11:30. "
            "Hvem det gjelder: alle bydeler. Grupper: SAM/IT. Fra når: kl 9. Type: fellesfeil"
        )
        draft = talk.state.draft
        assert draft is not None
        assert draft.answers["what"].value == "Gerica er nede"
        assert draft.answers["consequence"].value == "får ikke journalført"
        # A fellesfeil has begun: nine is this morning, though the type was said last.
        assert str(draft.answers["since"].value).startswith("2026-11-23T09:00")

    def test_one_label_answered_the_open_question_too(self) -> None:
        talk = Transcript(person("uss"))
        talk.says("lag driftsmelding om fellesfeil: Gerica er nede for alle bydeler siden kl 09")
        talk.says("Grupper: SAM/IT")
        draft = talk.state.draft
        assert draft is not None
        assert "groups" in draft.answers
        assert not {"consequence", "workaround"} & set(draft.answers)


class TestACaseThatContradictsItself:
    def test_title_and_text_say_three_where_six_are_ordered(self) -> None:
        talk = fill(begun("1linje", "Vi trenger å låne 3 PC-er til et kurs", 900028))
        talk.says("endre antall til 6")
        talk.bot_says("Antall: 6 (teksten sier 3)")
        talk.says("send")
        assert talk.case["title"] == "Vi trenger å låne 6 PC-er til et kurs"
        assert "Rettet av innmelder: Antall er 6, ikke 3." in talk.case["description"]

    def test_one_user_is_not_several_users(self) -> None:
        talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM))
        assert talk.state.draft is not None
        assert talk.state.draft.answers["gjelder_bruker"].value == "Flere brukere"
        talk.says("endre omfang til én bruker")
        talk.bot_says("Gjelder bruker")
        talk.says("Kari Nordmann")
        talk.says("send")
        assert talk.case["answers"]["extent"] == "user"
        assert talk.case["answers"]["gjelder_bruker"] == "Kari Nordmann"


def test_the_title_was_cut_at_an_ordinal() -> None:
    talk = fill(begun("1linje", "AKS har vært tregt for Kari Nordmann fra 30. oktober og utover.", AKS_SLOW_FORM))
    talk.says("send")
    assert talk.case["title"] == "AKS har vært tregt for Kari Nordmann fra 30. oktober og utover."


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("prøvd omstart, bare meg, alt nede, i går kl 8", "prøvd omstart"),
        ("Har prøvd å starte på nytt og AKS fryser fortsatt for alle", "Har prøvd å starte på nytt"),
        ("har prøvd en annen maskin, alle på kontoret har det", "har prøvd en annen maskin"),
    ],
)
def test_what_was_tried_held_the_whole_message(text: str, tried: str) -> None:
    talk = begun("1linje", f"AKS fryser i dag. {text}", AKS_SLOW_FORM)
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].value == tried


def test_that_it_is_not_critical_was_dropped() -> None:
    talk = begun("1linje", "AKS fryser for alle på kontoret i dag, og det er ikke kritisk", AKS_SLOW_FORM)
    fill(talk)
    talk.bot_says("Kritisk feil: Nei")
    talk.says("send")
    assert talk.case["critical"] is False


class TestChangingWhileTheFormIsChosen:
    def test_a_value_is_kept(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("skjermen flimrer")
        talk.says("endre omfang til hele avdelingen")
        talk.bot_says("notert")
        talk.says("1")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["extent"].value == "department"

    def test_a_line_alone_did_nothing(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("skjermen flimrer")
        talk.says("endre omfang")
        talk.bot_says("når skjemaet er valgt")


def test_status_lost_the_question_whether_it_helped() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("Jeg har glemt passordet mitt")
    talk.bot_says("Hjalp det?")
    talk.says("status")
    talk.bot_says("Tilbake til saken: Passord – nullstilling", "Hjalp det?")
    talk.says("ja")
    assert not talk.state.drafts


class TestWhichForm:
    @pytest.mark.parametrize(
        "text", ["hvem skjema for ny skriver?", "hvilken skjema for ny skriver", "vilket skjema for ny skriver"]
    )
    def test_a_typing_error_opened_a_case(self, text: str) -> None:
        talk = Transcript(person("1linje"))
        talk.says(text)
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "form_shown"

    def test_double_punctuation(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Hva med skjermen min, den er svart?")
        talk.says("hva er en hovedsak?")
        talk.bot_does_not_say("?.")


class TestFiguresAtTheSummary:
    @pytest.mark.parametrize("text", ["1234", "vet ikke\nvet ikke"])
    def test_they_went_into_the_description(self, text: str) -> None:
        talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM))
        talk.says(text)
        talk.bot_says("ikke med")
        talk.says("send")
        assert text not in talk.case["description"]


class TestAnInterruptionOfASummaryThatAsks:
    SAID = "Gerica henger for alle på avdelingen siden i går kl. 14, men resten av klienten virker."

    def test_only_what_is_missing_is_asked_again(self) -> None:
        talk = begun("1linje", self.SAID, 900075)
        talk.bot_says("nesten klar", "Hva velger du for «Modul»?")
        talk.says("hva er RM?")
        talk.bot_says("Request Manager", "Tilbake til saken", "Hva velger du for «Modul»?", "Hva har du prøvd selv?")
        talk.bot_does_not_say("nesten klar")
        talk.says("1. Klient\n2. omstart\nsend")
        assert talk.cases

    def test_a_question_back_at_a_choice_was_an_unknown_choice(self) -> None:
        talk = begun("1linje", self.SAID, 900075)
        talk.says("hva mener du med modul?")
        talk.bot_says("Så tilbake til spørsmålet", "Hva velger du for «Modul»?")
        talk.bot_does_not_say("kjente ikke igjen")


class TestACriticalFault:
    SAID = "Gerica er nede på legevakten for alle siden kl 9, vi får ikke opp medisinlister. Prøvd omstart."

    def test_since_nine_for_everyone_was_taken_for_a_habit(self) -> None:
        talk = begun("1linje", self.SAID, 900075)
        assert talk.state.draft is not None
        assert str(talk.state.draft.answers["started_at"].value).startswith("2026-11-23T09:00")

    def test_once_confirmed_the_rest_is_asked_in_one_message(self) -> None:
        talk = begun("1linje", self.SAID, 900075)
        talk.bot_says("1. Haster det så mye")
        talk.says("ja")
        talk.bot_says("1. Hvilket nummer kan vi ringe deg på nå?", "2. Hva velger du for «Modul»?")
        talk.says("22 33 44 55\nmedisinkort\nsend")
        assert talk.case["critical"] is True
        talk.bot_says("ring")
