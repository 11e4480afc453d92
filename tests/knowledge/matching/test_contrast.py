"""A message that sets one thing against another is never taken as sure (G 4.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import load_catalogue_matcher
from knowledge.matching import Decision
from knowledge.matching.contrast import tells_of_two_things, without_the_other_thing


@pytest.mark.parametrize(
    "text",
    [
        "Ikonet i AKS virker, vinduet åpner seg, men journalprogrammet sier at jeg ikke er kjent der inne",
        "Avtalen er signert og systemet er på plass i registeret, hva er neste steg for å få det i drift hos dere",
        "Alt annet på skrivebordet går som normalt, det er bare søket i ett program som tar en evighet i dag",
        "Hun har hatt vakter på tvers av bydelene, og skal fra mandag av ha vanlig tilgang hos oss i tillegg",
        "Outlook works fine on my phone while the same calendar on the computer never shows the new meetings",
    ],
)
def test_what_is_fine_or_done_is_told_beside_the_matter(text: str) -> None:
    assert tells_of_two_things(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "virker ikke, men nettet er oppe", "Outlook henger for alle på kontoret siden i går kl 14, prøvd omstart",
        "Vi trenger en ny fellespostkasse til avdelingen vår fra første desember, eier er Kari Nordmann",
    ],
)  # fmt: skip
def test_a_plain_message_tells_of_one(text: str) -> None:
    assert not tells_of_two_things(text)


def test_such_a_message_is_answered_with_its_best_form_and_not_as_sure() -> None:
    plain = "Skriveren i andre etasje har papirkrøll hele tiden og kommer med feilkode C-2557 i displayet"
    matcher = load_catalogue_matcher()
    assert matcher.match(plain).decision is Decision.ANSWER
    set_against = matcher.match(f"{plain}, mens den i tredje etasje går fint")
    assert set_against.decision is Decision.ASK
    assert set_against.candidates[0].form.id == matcher.match(plain).candidates[0].form.id


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Skriveren er død. Kopimaskinen i gangen virker.", "Skriveren er død."),
        ("Skjermen på pulten blinker, men bildet på selve PC-en er helt fint", "Skjermen på pulten blinker,"),
        ("It's not only Citrix. The laptop takes ages to start", "The laptop takes ages to start"),
        ("Ho har hatt helgevakter, men er no fast tilsett og treng rolla", "men er no fast tilsett og treng rolla"),
    ],
)
def test_the_clause_about_what_works_is_no_matter(text: str, matter: str) -> None:
    assert without_the_other_thing(text) == matter


@pytest.mark.parametrize(
    "text", ["", "Alt virker", "Skriveren virker ikke", "Hun har hatt tilgang, den er borte", "Hjelp! Outlook er nede."]
)
def test_a_text_that_tells_of_nothing_else_is_left_whole(text: str) -> None:
    assert without_the_other_thing(text) == text


@given(st.text(alphabet="abc virker fint, men ikke bare.\n", max_size=200))
def test_nothing_is_added_and_something_is_left(text: str) -> None:
    left = without_the_other_thing(text)
    assert set(left.split()) <= set(text.split())
    assert bool(left.strip()) == bool(text.strip())


def test_what_works_does_not_decide_the_form() -> None:
    matcher = load_catalogue_matcher()
    slow_program = "Vi er ti stykker på postmottaket, og hvert oppslag i saksprogrammet tar et helt minutt"
    first = matcher.match(slow_program).candidates[0].form.title
    assert first == "Applikasjon treg for flere brukere"
    assert matcher.match(f"{slow_program}. Alt annet i AKS går som normalt.").candidates[0].form.title == first
