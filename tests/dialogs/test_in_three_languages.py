"""Whoever writes nynorsk or English reads it everywhere; the case is the same, in bokmål (DESIGN 3, G 5.1.1)."""

from __future__ import annotations

import pytest

from dialogs.items import DraftItem
from knowledge.catalogue import FieldType
from tests.dialogs.talking import begun, fill
from tests.transcript import Transcript, engine, person

_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk", "en": "english please"}


def speaking(language: str, role: str = "1linje") -> Transcript:
    """A conversation that was set to a language."""
    talk = Transcript(person(role))
    talk.says(_LANGUAGES[language])
    assert talk.state.language == language
    return talk


class TestTheFormsOwnFields:
    @pytest.mark.parametrize(
        ("language", "question", "options"),
        [
            ("nb", "Hva velger du for «Handling»?", "Legge til / Fjerne"),
            ("nn", "Kva vel du for «Handling»?", "Leggje til / Fjerne"),
            ("en", 'What do you choose for "Action"?', "Add / Remove"),
        ],
    )
    def test_questions_and_options_are_in_the_persons_language(
        self, language: str, question: str, options: str
    ) -> None:
        on_the_access_group(language).bot_says(question, options)

    @pytest.mark.parametrize("typed", ["Add", "add", "Legge til", "legge til", "1"])
    def test_an_option_is_taken_as_it_is_shown_and_as_the_catalogue_has_it(self, typed: str) -> None:
        talk = on_the_access_group("en")
        talk.says(typed)
        assert talk.state.draft is not None
        assert talk.state.draft.answers["handling"].value == "Legge til"

    def test_what_was_answered_is_read_in_the_new_language_after_a_switch(self) -> None:
        talk = on_the_access_group("nb")
        talk.says("Legge til")
        talk.says("english please")
        fill(talk, personer="Kari Nordmann", rolle="Superbruker")
        rows = {row.label: row.value for row in talk.summary.rows}
        assert rows["Action"] == "Add"
        assert rows["Kompass role"] == "Super user"
        assert rows["People concerned"] == "Kari Nordmann"
        assert rows["Expected delivery"] == "1 working day"

    @pytest.mark.parametrize("language", ["nn", "en"])
    def test_the_case_is_bokmaal_whatever_was_spoken(self, language: str) -> None:
        talk = on_the_access_group(language)
        fill(talk, handling="1", rolle="4", personer="Kari Nordmann")
        talk.says("send")
        description = str(talk.case["description"])
        assert "Handling: Legge til" in description
        assert "Kompass-rolle: Superbruker" in description
        assert "Personer det gjelder: Kari Nordmann" in description
        assert talk.case["answers"]["handling"] == "Legge til"

    def test_a_list_of_answers_may_use_either_label(self) -> None:
        talk = on_the_access_group("en")
        talk.says("Action: Remove\nPersoner det gjelder: Kari Nordmann\nKompass role: Superbruker")
        draft = talk.state.draft
        assert draft is not None
        assert {key: draft.answers[key].value for key in ("handling", "personer", "rolle")} == {
            "handling": "Fjerne",
            "personer": "Kari Nordmann",
            "rolle": "Superbruker",
        }


class TestTimesAndOwnWords:
    def test_a_time_is_told_in_the_language_of_the_reader(self) -> None:
        talk = fill(begun("1linje", "AKS fryser for alle på kontoret siden i går morges", 900562))
        talk.says("english please")
        talk.bot_says("yesterday, Sunday 22 November")
        talk.says("send")
        assert "i går, søndag 22. november" in str(talk.case["description"])

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_nothing_tried_is_one_thing_in_the_case(self, language: str) -> None:
        talk = speaking(language)
        talk.says("AKS fryser for alle på kontoret i dag")
        talk.says(_LANGUAGES[language])
        fill(talk, tried={"nb": "ingenting", "nn": "ingenting", "en": "nothing"}[language])
        talk.says("send")
        assert talk.case["answers"]["tried"] == engine().texts["nb"]("value.nothing_tried")


def on_the_access_group(language: str) -> Transcript:
    """The order that gives and takes access to order (form 218619), nothing of it answered."""
    talk = speaking(language)
    talk.says("bestille tilgang til å bestille i Kompass for en kollega")
    if language != "nb":
        talk.says(_LANGUAGES[language])
    while talk.state.pending is not None and talk.state.pending.kind in ("form", "split"):
        option = next(n for n, one in enumerate(talk.state.pending.options, 1) if "218619" in one)
        talk.says(str(option))
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == 218619
    return talk


class TestWordsAroundTheForm:
    def test_english_had_norwegian_quotation_marks(self) -> None:
        talk = fill(begun("1linje", "AKS fryser for alle på kontoret i dag", 900562))
        talk.says("english please")
        talk.bot_says('you wrote "AKS", "fryser"')

    def test_a_greeting_was_the_title_of_the_case(self) -> None:
        talk = fill(begun("1linje", "Hei! AKS fryser for alle på kontoret i dag", 900562))
        talk.says("send")
        assert talk.case["title"] == "AKS fryser for alle på kontoret i dag"
        assert str(talk.case["description"]).startswith("Hei! AKS fryser")

    @pytest.mark.parametrize(
        ("label", "shown"),
        [("Når feilen begynte", "når feilen begynte"), ("PC-navn", "PC-navn"), ("Hva er feil?", "hva er feil"),
         ("Mobilnummer registrert i PRK", "mobilnummer registrert i PRK")],
    )  # fmt: skip
    def test_abbreviations_in_a_list_of_labels_were_written_small(self, label: str, shown: str) -> None:
        assert DraftItem("x", label, "", FieldType.TEXT, True, label).in_words == shown

    def test_the_name_of_a_case_was_cut_in_a_word_and_broken_over_lines(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Utskrift går ikke\nfra noen av maskinene i resepsjonen på hovedkontoret i dag tidlig")
        talk.says("status")
        talk.bot_says("Tilbake til saken: Utskrift går ikke fra noen av maskinene i resepsjonen på …\n")


def test_an_english_report_of_everybody_was_of_one_user() -> None:
    """ "Call me on …" was read as one person's report, beside "the whole nursing home" and "nobody"."""
    talk = begun(
        "1linje", "Gerica is down at the whole nursing home since 9, nobody gets in, call me on 91234567", 900075
    )
    assert talk.state.draft is not None
    assert "extent" not in talk.state.draft.answers or talk.state.draft.answers["extent"].value != "user"


def test_what_is_assumed_is_said_to_be_where_it_is_first_told() -> None:
    talk = begun("ansatt", "Gerica er nede, liv og helse står i fare", 900075)
    talk.bot_says("Gjelder bruker: Ada Ansatt (det antar jeg)")


def test_a_pay_case_of_an_employee_was_said_to_go_to_two_places() -> None:
    """It goes to the own 1.linje, which passes it on to the pay desk (G 3.2.1, 3.2.3)."""
    employee = begun("ansatt", "Lønnen min for oktober er feil, jeg mangler overtid, prøvd å spørre lederen", 900436)
    employee.bot_says("Går til: IT-hjelpen i bydelen")
    employee.bot_does_not_say("Saken går rett til UKEs Lønnstjenester")
    orderer = begun(
        "1linje", "Lønnen til Kari for oktober er feil, hun mangler overtid, prøvd å spørre lederen", 900436
    )
    fill(orderer)
    orderer.bot_says("Saken går rett til UKEs Lønnstjenester")


def test_no_empty_line_follows_the_self_help_question() -> None:
    talk = Transcript(person("ansatt", virksomhet=""))
    talk.says("Outlook henger")
    assert talk.last.partition("Hjalp det?")[2].startswith("\n  1. ")
