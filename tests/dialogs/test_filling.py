"""What a typed answer to each kind of item becomes, and what is said when it does not do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.effects import RememberProfile
from dialogs.state import Answer
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, fill
from tests.transcript import Transcript, person

# A form that has the item, words that lead to it, and who may use it.
FAULT = (AKS_SLOW_FORM, AKS_SLOW, "1linje")
LOAN = (900028, "Vi trenger å låne PC-er til et kurs", "1linje")
TEAMS_PHONE = (900959, "Teams Telefoni virker ikke", "1linje")
UPGRADE = (900755, "Oppgradering av applikasjon i test", "forvalter")
NEW_TEAM = (900903, "Nytt team i Teams", "superbruker")
SYSTEM_DOWN = (900805, "Applikasjon nede", "forvalter")
HANGING_SESSION = (900936, "Hengende Citrix-sesjon, bruker må logges ut", "1linje")
OTHER_VIRKSOMHET = (900402, "Ansatt bytter virksomhet", "1linje")


def asked(form: tuple[int, str, str], key: str) -> Transcript:
    """A case on this form where this item is the open question."""
    form_id, words, role = form
    talk = begun(role, words, form_id)
    assert talk.state.draft is not None
    talk.press_action(f"change:{talk.state.draft.id}:{key}")
    assert talk.state.pending is not None
    assert talk.state.pending.key == key
    return talk


@pytest.mark.parametrize(
    ("form", "key", "said", "value"),
    [
        (FAULT, "extent", "flere steder", "several_locations"),
        (FAULT, "extent", "hele kontoret har det", "department"),
        (FAULT, "extent", "several locations", "several_locations"),
        (FAULT, "outage", "alt er nede", "full"),
        (FAULT, "outage", "det går, men veldig tregt", "partial"),
        (FAULT, "outage", "vet ikke", "ukjent"),
        (FAULT, "started_at", "i går kl 14", "2026-11-22T14:00:00+01:00"),
        (FAULT, "tried", "nei", "Ikke prøvd noe ennå"),
        (FAULT, "gjelder_bruker", "meg", "Lars Linje"),
        (FAULT, "gjelder_bruker", "Kari Nordmann", "Kari Nordmann"),
        (FAULT, "screenshot", "kommer senere", "ettersendes"),
        (FAULT, "screenshot", "det ligger på fellesområdet", "det ligger på fellesområdet"),
        (LOAN, "antall", "3 stykker", 3),
        (LOAN, "fra", "tirsdag", "2026-11-24"),
        (LOAN, "ressursnummer", "12345", "12345"),
        (LOAN, "formal", "vikar", "Vikar"),
        (TEAMS_PHONE, "nummer", "22 33 44 55", "+4722334455"),
        (SYSTEM_DOWN, "system", "ubw", "Økonomisystemet (UBW)"),
        (SYSTEM_DOWN, "system", "Et system ingen har hørt om", "Et system ingen har hørt om"),
        (SYSTEM_DOWN, "endring", "ja", True),
        (HANGING_SESSION, "samtykke", "nei", False),
        (OTHER_VIRKSOMHET, "fra_virksomhet", "bymiljøetaten", "Bymiljøetaten"),
        (OTHER_VIRKSOMHET, "til_virksomhet", "bgo", "Bydel Gamle Oslo"),
        (OTHER_VIRKSOMHET, "til_virksomhet", "en helt ny etat", "en helt ny etat"),
        (NEW_TEAM, "navn", "Sommerfesten", "Sommerfesten"),
    ],
)
def test_an_answer_is_understood(form: tuple[int, str, str], key: str, said: str, value: object) -> None:
    talk = asked(form, key)
    talk.says(said)
    assert talk.state.draft is not None
    assert talk.state.draft.answers[key].value == value


@pytest.mark.parametrize(
    ("form", "key", "said", "expected"),
    [
        (FAULT, "extent", "blå", "Velg et av alternativene, eller skriv «vet ikke»"),
        (FAULT, "started_at", "det husker jeg da", "Jeg forstod ikke tidspunktet"),
        (LOAN, "fra", "snart en gang", "Jeg forstod ikke datoen"),
        (LOAN, "antall", "mange", "Skriv et tall"),
        (LOAN, "ressursnummer", "abc", "Et ressursnummer har 5 til 8 siffer"),
        (TEAMS_PHONE, "nummer", "det vanlige", "åtte siffer"),
        (SYSTEM_DOWN, "endring", "kanskje det", "Svar ja eller nei"),
        (FAULT, "tried", "x" * 10_001, "Svaret er for langt"),
    ],
)
def test_a_wrong_answer_is_refused_with_what_is_expected(
    form: tuple[int, str, str], key: str, said: str, expected: str
) -> None:
    talk = asked(form, key)
    before = talk.state.draft.answers.get(key) if talk.state.draft else None
    talk.says(said)
    talk.bot_says(expected)
    assert talk.state.draft is not None
    assert talk.state.draft.answers.get(key) == before
    assert talk.state.pending is not None
    assert talk.state.pending.key == key


def test_an_optional_item_may_be_skipped_and_that_is_said() -> None:
    talk = asked(FAULT, "contacts")
    talk.bot_says("Du kan hoppe over dette", "Hopp over")
    talk.says("hopp over")
    assert talk.state.draft is not None
    assert talk.state.draft.skipped == ("contacts",)


def test_a_required_item_says_why_it_is_asked_and_how_to_get_on() -> None:
    talk = asked(FAULT, "tried")
    talk.says("hopp over")
    talk.bot_says("«Hva dere har prøvd» må være med i saken", "«vet ikke»")
    talk.says("vet ikke")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"] == Answer("ukjent", "Vet ikke")


def test_an_answer_that_says_something_else_fills_that_instead() -> None:
    talk = asked(FAULT, "started_at")
    talk.says("det er hele kontoret")
    talk.says("i går kl 14")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["extent"].value == "department"
    assert talk.state.draft.answers["started_at"].value == "2026-11-22T14:00:00+01:00"


def test_answers_in_a_row_are_taken_in_the_order_that_was_listed() -> None:
    talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
    assert talk.state.pending is not None
    assert talk.state.pending.key == "antall"
    talk.says("1) 4\n2) 1. desember\n3) 5. desember\n4) 12345\n5) 4321")
    talk.bot_says("Skal jeg sende saken?", "Antall: 4", "Ressursnummer: 12345", "Kostnadssted: 4321")


def test_a_story_of_several_lines_is_no_list_of_answers() -> None:
    talk = asked(FAULT, "tried")
    story = "Vi har prøvd mye:\nførst omstart\nså en annen maskin"
    talk.says(story)
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].value == story


def test_known_labels_and_unknown_ones_in_the_same_list() -> None:
    talk = asked(FAULT, "tried")
    talk.says("Hva dere har prøvd: omstart\nHvem det gjelder: flere steder\nFavorittfarge: blå")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].value == "omstart"
    assert talk.state.draft.answers["extent"].value == "several_locations"


def test_a_wrong_answer_in_a_list_is_asked_for_and_the_others_are_kept() -> None:
    talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
    talk.says("Antall: mange\nRessursnummer: 12345\nKostnadssted: 4321")
    assert talk.state.draft is not None
    assert set(talk.state.draft.answers) >= {"ressursnummer", "kostnadssted"}
    talk.bot_says("Hvor mange?")


def test_what_is_no_answer_but_corrects_another_line_does_that() -> None:
    talk = begun("1linje", f"{AKS_SLOW}, ikke kritisk", AKS_SLOW_FORM)
    talk.says("ingenting virker, alt er helt nede for alle i bydelen")
    talk.bot_says("Endret. Hvor mye som er nede: Alt er nede", "Hva er tregt?")


def test_two_systems_named_fill_two_fields_in_the_order_of_the_form() -> None:
    talk = begun("forvalter", "Integrasjon mellom UBW og Websak feiler i prod", 900069)
    assert talk.state.draft is not None
    answers = talk.state.draft.answers
    assert answers["fra_system"].value == "Økonomisystemet (UBW)"
    assert answers["til_system"].value == "Websak"


def test_one_system_named_fills_one_of_two_fields() -> None:
    talk = begun("forvalter", "Integrasjon for Websak feiler i prod", 900069)
    assert talk.state.draft is not None
    assert talk.state.draft.answers["fra_system"].value == "Websak"
    assert "til_system" not in talk.state.draft.answers


class TestGoingBack:
    def test_the_question_before_is_asked_again(self) -> None:
        talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
        talk.says("4")
        assert talk.state.pending is not None
        assert talk.state.pending.key == "fra"
        talk.says("tilbake")
        talk.bot_says("Hvor mange?")
        talk.says("5")
        fill(talk)
        talk.bot_says("Antall: 5")

    def test_there_is_nothing_before_the_first_question(self) -> None:
        talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
        talk.says("tilbake")
        talk.bot_says("Det er ingen spørsmål før dette", "Hvor mange?")

    def test_from_the_summary_too(self) -> None:
        talk = at_summary()
        talk.says("tilbake")
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "item"


def test_a_skip_at_the_summary_changes_nothing() -> None:
    talk = at_summary()
    before = talk.state
    talk.says("hopp over")
    talk.bot_says("Skal jeg sende saken?")
    assert talk.state.drafts[0].answers == before.drafts[0].answers


class TestCards:
    """A card's values are the client's claim, of any type."""

    def test_values_are_read_as_if_typed(self) -> None:
        talk = begun("1linje", "Hengende Citrix-sesjon, bruker må logges ut", 900936)
        talk.submits(gjelder_bruker="Kari Nordmann", samtykke=True, extent="user", outage="full", tried="omstart")
        assert talk.state.draft is not None
        answers = talk.state.draft.answers
        assert answers["samtykke"].value is True
        assert answers["gjelder_bruker"].value == "Kari Nordmann"
        assert answers["extent"].value == "user"

    def test_wrong_ones_come_back_with_what_is_wrong(self) -> None:
        talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
        talk.submits(antall=["3"], fra="en gang", til="", ressursnummer="x", kostnadssted=4321, unknown="y")
        talk.bot_says("Dette svaret kunne jeg ikke lese")
        card = talk.replies[-1]
        errors = {one.key: one.error for one in getattr(card, "inputs", ()) if one.error}
        assert set(errors) == {"antall", "fra", "til", "ressursnummer"}
        assert talk.state.draft is not None
        assert talk.state.draft.answers["kostnadssted"].value == "4321"

    def test_an_emptied_optional_value_is_taken_out_and_a_required_one_stays(self) -> None:
        talk = fill(begun("1linje", "Vi trenger å låne 3 PC-er", 900028), formal="vikar")
        assert talk.state.draft is not None
        draft_id = talk.state.draft.id
        talk.press_action(f"submit:{draft_id}", formal="vikar")
        assert talk.state.draft.answers["formal"].value == "Vikar"
        talk.press_action(f"submit:{draft_id}", formal=None, antall="")
        assert "formal" not in talk.state.draft.answers
        assert talk.state.draft.answers["antall"].value == 3

    def test_an_optional_value_left_empty_is_no_answer(self) -> None:
        talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
        talk.submits(antall="3", formal="  ")
        assert talk.state.draft is not None
        assert "formal" not in talk.state.draft.answers

    def test_a_button_without_a_value_asks_for_one(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.press_action("set:1:tried:")
        talk.bot_says("Her trenger jeg et svar")

    def test_a_value_left_as_it_was_shown_is_no_new_answer(self) -> None:
        talk = begun("1linje", "AKS fryser siden i dag tidlig", AKS_SLOW_FORM)
        assert talk.state.draft is not None
        before = talk.state.draft.answers["started_at"]
        talk.submits(started_at=before.shown)
        assert talk.state.draft.answers["started_at"] == before

    def test_false_is_no(self) -> None:
        talk = begun("1linje", "Hengende Citrix-sesjon, bruker må logges ut", 900936)
        talk.submits(samtykke=False)
        assert talk.state.draft is not None
        assert talk.state.draft.answers["samtykke"].value is False


class TestWhereOneWorks:
    @pytest.mark.parametrize(
        "told",
        [
            "Jeg er superbruker i Bydel Gamle Oslo. AKS fryser for alle på kontoret",
            "hei, eg jobbar som superbrukar i bydel gamle oslo og AKS frys heile tida for meg",
            "AKS fryser hele tiden for meg. Hilsen Ida, superbruker i Bydel Gamle Oslo",
        ],
    )
    def test_who_has_told_it_is_not_asked(self, told: str) -> None:
        talk = Transcript(person("ansatt", virksomhet=""))
        talk.says(told)
        talk.bot_does_not_say("Hvor jobber du?")
        assert RememberProfile(virksomhet="BGO", said_role="superbruker") in talk.effects
        assert (talk.state.said_virksomhet, talk.state.said_role) == ("BGO", "superbruker")

    def test_it_is_asked_when_not_known_and_remembered(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM, virksomhet="")
        talk.bot_says("Hvor jobber du?")
        talk.says("Bydel Gamle Oslo")
        assert RememberProfile(virksomhet="BGO") in talk.effects
        assert talk.state.said_virksomhet == "BGO"

    def test_a_story_is_no_name_of_a_workplace(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM, virksomhet="")
        talk.says("jeg sitter for tiden på et kontor like ved elva")
        talk.bot_says("Skriv bare navnet eller forkortelsen")

    def test_an_unknown_workplace_is_taken_as_said(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM, virksomhet="")
        talk.says("Kirkevergen")
        assert talk.state.said_virksomhet == "Kirkevergen"


def test_a_known_phone_is_filled_in(person_with_phone: Transcript) -> None:
    person_with_phone.says("Kritisk: ingen på legevakta kommer inn i AKS siden kl 9, liv og helse, har prøvd omstart")
    assert person_with_phone.state.draft is not None
    if person_with_phone.state.draft.form_id is None:
        person_with_phone.says("1")
    fill(person_with_phone, critical="ja")
    assert person_with_phone.state.draft.answers["phone"] == Answer("+4799887766", "+4799887766", "profile")


@pytest.fixture
def person_with_phone() -> Transcript:
    return Transcript(replace(person("1linje"), phone="+4799887766"))
