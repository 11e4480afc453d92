"""What a typed answer to offered choices means."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.choosing import _has_words, opening_label, opening_number, pick, yes_or_no
from dialogs.phrases import fold_phrase

EXTENT = ["Bare meg eller én person", "Hele avdelingen", "Flere steder"]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0),
        ("2.", 1),
        ("nr 3", 2),
        ("den andre", 1),
        ("siste", 2),
        ("tre", 2),
        ("Hele avdelingen", 1),
        ("hele avdelinga", 1),
        ("avdelingen", 1),
        ("flere", 2),
        ("fler steder", 2),
        ("bare meg", 0),
        ("4", None),
        ("0", None),
        ("noe helt annet", None),
        ("", None),
    ],
)
def test_pick(text: str, index: int | None) -> None:
    assert pick(text, EXTENT) == index


def test_two_near_winners_are_no_winner() -> None:
    assert pick("ny", ["Ny bruker", "Ny gruppe"]) is None


def test_an_exact_label_wins_over_a_longer_one() -> None:
    assert pick("test", ["Test", "Testmiljø"]) == 0


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("den øverste", 0),
        ("den nederste", 2),
        ("produksjn", 2),
        ("i preprod, takk", 1),
        ("test eller preprod", None),
    ],
)
def test_a_place_in_the_list_a_misspelt_one_and_one_within_a_sentence(text: str, index: int | None) -> None:
    assert pick(text, ["Test", "Preprod", "Produksjon"]) == index


def test_the_longest_of_those_named_is_meant_when_it_holds_the_others() -> None:
    assert pick("jeg vil ha ny bruker med e-post", ["Ny bruker", "Ny bruker med e-post"]) == 1
    assert pick("windows", ["Windows 10", "Windows 11"]) is None


@given(st.lists(st.text("bdfghklmnprst ", min_size=4, max_size=20).map(fold_phrase).filter(str.strip), unique=True))
def test_every_choice_is_chosen_by_its_own_words(choices: list[str]) -> None:
    for choice in choices:
        found = pick(choice, choices)
        assert found is not None
        assert " ".join(choices[found].split()) == " ".join(choice.split())


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ja", True),
        ("Ja!", True),
        ("jepp", True),
        ("jau", True),
        ("ja, det stemmer", True),
        ("yes please", True),
        ("nei", False),
        ("Nei takk", False),
        ("det hjalp ikke", False),
        ("nei, det tror jeg ikke at det gjør", False),
        ("ja, det tror jeg nok at det gjør", True),
        ("no", False),
        ("riktig ikke", False),
        ("stemmer ikkje", False),
        ("👍", True),
        ("👍🏽", True),
        ("👎", False),
        ("👀", None),
        ("kanskje", None),
        ("", None),
        ("ja vi har en stor avdeling der mange ansatte ikke kommer inn på noe", None),
    ],
)
def test_yes_or_no(text: str, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=40), max_size=8))
def test_pick_never_raises_and_stays_within_bounds(text: str, labels: list[str]) -> None:
    index = pick(text, labels)
    assert index is None or 0 <= index < len(labels)


@given(st.integers(1, 8))
def test_a_number_always_picks_that_choice(number: int) -> None:
    labels = [f"Valg {letter}" for letter in "abcdefgh"]
    assert pick(str(number), labels) == number - 1


@given(st.text("ab_1é ²-", max_size=12), st.text("ab_1é ²-", min_size=1, max_size=4))
def test_words_stand_in_a_name_as_the_pattern_for_whole_words_says(name: str, wanted: str) -> None:
    pattern = rf"(?<!\w){re.escape(wanted)}(?!\w)"
    assert _has_words(name, wanted) == (re.search(pattern, name) is not None)


SYSTEMS = ["Gerica – teknisk feil", "GAT – feil", "Ingen av disse"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1, ja pcn heter BGO-LT-3391", (0, "ja pcn heter BGO-LT-3391")),
        ("2. og at andre kommer inn er bare info", (1, "og at andre kommer inn er bare info")),
        ("skjema 2 siden i går", (1, "siden i går")),
        ("jeg tar 1, bare meg", (0, "bare meg")),
        ("1 – siden mandag", (0, "siden mandag")),
        ("2\nsiden i går", (1, "siden i går")),
        ("Gerica. 20 brukere, siden 9.30", (0, "20 brukere, siden 9.30")),
        ("gat, siden i går", (1, "siden i går")),
        ("3, det er noe annet", (2, "det er noe annet")),
        ("1. desember begynner hun", None),
        ("3. etasje er uten nett", None),
        ("2,5 timer nå", None),
        ("1.30 i natt", None),
        ("2 brukere får ikke logget inn", None),
        ("7, siden i går", None),
        ("feilen kom i går, bare hos meg", None),
        ("1", None),
    ],
)
def test_a_message_that_opens_with_a_choice(text: str, found: tuple[int, str] | None) -> None:
    assert (opening_number(text, len(SYSTEMS)) or opening_label(text, SYSTEMS)) == found


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=40), max_size=5))
def test_an_opening_choice_is_one_of_the_labels_and_the_rest_of_the_message(text: str, labels: list[str]) -> None:
    for found in filter(None, (opening_number(text, len(labels)), opening_label(text, labels))):
        assert 0 <= found[0] < len(labels)
        assert found[1]
        assert text.strip().endswith(found[1])
