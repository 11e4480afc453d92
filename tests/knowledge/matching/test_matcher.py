from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue.form import Catalogue, Form, Kind
from knowledge.errors import UnknownForm
from knowledge.matching import Decision, Match, Matcher, Wording
from tests.evaluation.queries import bare_catalogue, load_queries
from tests.knowledge.matching.shipped import matcher, wording
from tests.knowledge.shipped import catalogue


def first(match: Match) -> int:
    return match.candidates[0].form.id


def respelt(text: str) -> str:
    for letter, digraph in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("Æ", "AE"), ("Ø", "OE"), ("Å", "AA")):
        text = text.replace(letter, digraph)
    return text


SAMPLE = [query.text for query in load_queries()][::4]


@given(st.text(max_size=10_000))
@settings(max_examples=60, deadline=None)
def test_any_text_is_answered_within_bounds(text: str) -> None:
    match = matcher().match(text)
    assert len(match.candidates) <= 10
    scores = [candidate.score for candidate in match.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert len({candidate.form.id for candidate in match.candidates}) == len(match.candidates)
    assert match.candidates or match.decision is Decision.NONE
    if match.question is not None:
        asked = {form for _, forms in match.question.options for form in forms}
        assert len(match.question.options) >= 2
        assert asked <= {form.id for form in catalogue()}


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00\x1b[2J", "🙈🙈🙈", "<b></b>", "?!", "\u200b\u200b", "ﷺ", "\ud800"], ids=repr
)
def test_texts_without_words_are_refused_not_raised(text: str) -> None:
    assert matcher().match(text).decision is Decision.NONE


def test_a_hundred_kilobytes_are_answered_by_their_beginning() -> None:
    opening = "Jeg har glemt passordet mitt og får ikke logget på. "
    assert first(matcher().match(opening + "ordrikt " * 12_000)) == first(matcher().match(opening + "ordrikt " * 1_000))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=60, deadline=None)
def test_case_and_spelling_of_norwegian_letters_do_not_matter(text: str) -> None:
    plain = [(candidate.form.id, candidate.score) for candidate in matcher().match(text.lower()).candidates]
    assert [(c.form.id, c.score) for c in matcher().match(respelt(text.lower())).candidates] == plain


@pytest.mark.parametrize("change", [str.upper, respelt, lambda text: respelt(text).upper(), str.title])
def test_people_may_write_as_they_like(change: Callable[[str], str]) -> None:
    for text in SAMPLE:
        assert first(matcher().match(change(text))) == first(matcher().match(text))


def test_letters_left_out_are_understood() -> None:
    assert first(matcher().match("far ikke logget pa sikker sone")) == first(
        matcher().match("får ikke logget på sikker sone")
    )


def test_order_of_rows_does_not_matter() -> None:
    forms = list(catalogue().forms)
    random.Random(4).shuffle(forms)
    shuffled_wording = dict(sorted(wording().forms.items(), key=lambda item: -item[0]))
    other = Matcher.build(Catalogue(forms), wording=replace(wording(), forms=shuffled_wording))
    same = Matcher.build(catalogue(), wording=wording())
    for text in SAMPLE:
        assert other.match(text) == same.match(text)


def test_an_unrelated_form_does_not_change_a_clear_answer() -> None:
    stranger = Form(
        id=999_001,
        title="Utlån av kajakk og redningsvest",
        description="Bestill padleutstyr til sommerturen. Vester finnes i tre størrelser.",
        kind=Kind.SERVICE,
    )
    more = Matcher.build(Catalogue([*catalogue().forms, stranger]), wording=wording())
    clear = [text for text in SAMPLE if matcher().match(text).candidates[0].score > 0.9]
    assert len(clear) > 20
    for text in clear:
        assert first(more.match(text)) == first(matcher().match(text))
    assert first(more.match("låne kajakk og redningsvest til sommerturen")) == 999_001


def test_a_new_form_without_examples_is_found_by_its_own_words() -> None:
    held = catalogue().get(900066)  # Trykksaker, skilt og profilmateriell
    forms = {number: one for number, one in wording().forms.items() if number != held.id}
    without = Matcher.build(catalogue(), wording=replace(wording(), forms=forms))
    found = [candidate.form.id for candidate in without.match("visittkort og roll-up fra trykkeriet").candidates]
    assert found[0] == held.id


def test_each_suggestion_says_why() -> None:
    match = matcher().match("Pleieren får ikke logget inn i Gerica, får bare feilmelding i EPJ")
    reasons = {(reason.kind, reason.value) for candidate in match.candidates for reason in candidate.reasons}
    assert ("system", "Gerica") in reasons
    assert ("intent", "feil") in reasons
    assert any(kind == "example" for kind, _ in reasons)


def test_reasons_are_in_the_persons_own_spelling_and_none_is_a_word_that_fits_everything() -> None:
    told = reasons_for("Får ikke logget på AKS, feil passord")
    assert {"logget på", "AKS", "passord"} <= told
    assert not told & {"ikke", "feil", "får", "Får"}
    assert "logget paa" in reasons_for("faar ikke logget paa AKS")
    assert "e-post" in reasons_for("får ikke åpnet e-post på telefonen")


def reasons_for(text: str) -> set[str]:
    return {
        reason.value
        for candidate in matcher().match(text).candidates
        for reason in candidate.reasons
        if reason.kind not in ("example", "intent")
    }


def test_words_nothing_is_found_by_are_told_as_they_were_written() -> None:
    assert matcher().unknown("Får ikke logget på Kvakksalverportalen, sier Xyvørn. 12345") == (
        "Kvakksalverportalen",
        "Xyvørn",
    )
    assert matcher().unknown("passordtilbakestilling på skrivern") == ()


def test_what_tells_a_form_from_another_is_written_for_that_form() -> None:
    """Two forms stood with the same sentence, which held of one of them only."""
    assert matcher().apart(900957, 900489) == (
        "Gjelder Citrix; papirstopp eller feilkode på selve maskinen meldes som skriverfeil."
    )
    assert matcher().apart(900489, 900957) is None
    assert matcher().apart(900400, 900142) != matcher().apart(900142, 900400)
    assert matcher().apart(900400, 900066) is None


def test_a_link_in_a_description_tells_forms_apart_without_wording() -> None:
    bare = Matcher.build(catalogue())
    told = bare.apart(900129, 900303)
    assert told is not None
    assert "Fellespostkasse – endre tilgang" in told


def test_two_needs_in_one_message_are_both_found() -> None:
    text = (
        "Skriveren i resepsjonen har papirstopp og viser en feilkode. "
        "I tillegg trenger vi en ny fellespostkasse til avdelingen."
    )
    assert len(matcher().match(text).needs) == 2
    assert matcher().match("Skriveren i resepsjonen har papirstopp. Takk!").needs == ()


def test_an_unsure_match_asks_what_divides_the_candidates() -> None:
    keys = {match.question.key for text in SAMPLE if (match := matcher().match(text)).question is not None}
    assert keys
    assert all(matcher().match(text).question is None for text in SAMPLE if matcher().match(text).decision == "answer")


def test_a_stated_facet_is_not_asked_for() -> None:
    for text in SAMPLE:
        question = matcher().match(text + " det gjelder sikker sone").question
        assert question is None or question.key != "zone"


@pytest.mark.parametrize(
    ("words", "places"),
    [("pc", (0,)), ("outlook på pc", (0,)), ("mobil", (1,)), ("sikker sone", ()), ("siden i går", ()), ("", ())],
)
def test_words_name_the_texts_that_are_for_the_same(words: str, places: tuple[int, ...]) -> None:
    assert matcher().naming_the_same(words, ("PC-en", "Mobil eller nettbrett", "PC og mobil på avveie")) == places


def test_what_no_form_is_for_is_refused_and_a_need_is_not() -> None:
    assert matcher().match("Hva er det til middag i kantinen i dag, fisk?").decision is Decision.NONE
    assert matcher().match("Jeg har glemt passordet mitt").decision is not Decision.NONE


def test_fault_and_order_are_told_apart() -> None:
    assert matcher().match("Skriveren virker ikke, det kommer ingenting ut").kind is Kind.SUPPORT
    assert matcher().match("Vi trenger en ny skriver til kontoret").kind is Kind.SERVICE


def test_left_out_is_less_sure_than_the_whole() -> None:
    example = wording().forms[900400].examples[0]
    assert matcher().left_out(900400, example).candidates[0].score <= matcher().match(example).candidates[0].score
    with pytest.raises(UnknownForm):
        matcher().left_out(1, "noe")


def test_an_empty_catalogue_has_nothing_to_offer() -> None:
    nothing = Matcher.build(Catalogue([]), wording=wording())
    assert nothing.match("glemt passord") == Match((), Decision.NONE)


def test_one_form_is_enough() -> None:
    only = Matcher.build(Catalogue([Form(id=7, title="Glemt passord", description="Nytt passord på mobil.")]))
    assert first(only.match("har glemt passordet")) == 7
    assert only.match("har glemt passordet").kind is None


def test_a_foreign_catalogue_is_matched_by_title_description_and_the_wording_of_others() -> None:
    foreign = Catalogue(
        [
            Form(id=900001, title="Få nytt passord", description="Slik går du frem når passordet er glemt."),
            Form(id=900002, title="Felles e-postadresse", description="Postkasse som flere leser og svarer fra."),
            Form(id=900006, title="Skrive ut", description="Når skriveren ikke gir utskrift eller har papirstopp."),
            Form(id=900007, title="Fjernpålogging", description="Koble deg til nettet hjemmefra med VPN."),
        ]
    )
    other = Matcher.build(foreign, wording=wording())
    assert first(other.match("husker ikke koden inn på pc-en min")) == 900001
    assert first(other.match("fpk til avdelingen")) == 900002
    assert first(other.match("printeren spytter ikke ut noe")) == 900006
    assert first(other.match("globalprotect faller ut på hjemmekontor")) == 900007


def test_wording_of_forms_with_the_same_numbers_but_other_texts_is_not_taken_for_theirs() -> None:
    forms = catalogue().forms
    moved = Catalogue(
        Form(id=form.id, title=forms[place - 60].title, description=forms[place - 60].description)
        for place, form in enumerate(forms)
    )
    other = Matcher.build(moved, wording=wording())
    hits = 0
    asked = [query for query in load_queries() if query.labels]
    place_of = {form.id: place for place, form in enumerate(forms)}
    for query in asked:
        wanted = {forms[(place_of[label] + 60) % len(forms)].id for label in query.labels}
        hits += first(other.match(query.text)) in wanted
    assert hits >= 0.7 * len(asked)


def test_no_wording_at_all_still_ranks() -> None:
    bare = Matcher.build(bare_catalogue(catalogue()), wording=Wording())
    assert first(bare.match("Restore av database")) == 900433
