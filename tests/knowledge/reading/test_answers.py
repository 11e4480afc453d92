"""Typed answers to single fields: the value, or None."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading.answers import read_choice, read_date, read_number, read_phone, read_yes_no
from knowledge.reading.time import OSLO

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", True),
        ("Ja, men bare delvis", True),
        ("jepp", True),
        ("jau", True),
        ("yes please", True),
        ("ok", True),
        ("det stemmer", True),
        ("👍", True),
        ("nei", False),
        ("Nei takk", False),
        ("nope", False),
        ("det stemmer ikke", False),
        ("ikke ennå", False),
        ("nei, det er ok", False),
        ("riktig ikke", False),
        ("👎", False),
        ("vet ikke", None),
        ("usikker, kanskje", None),
        ("", None),
        ("hva mener du?", None),
        ("jeg har tre skjermer hjemme som alle er helt like og gode", None),
    ],
)
def test_yes_no(text: str, value: bool | None) -> None:
    assert read_yes_no(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("ca. 40 stk", 40),
        ("1 200", 1200),
        ("1.200,50 kr", 1200.5),
        ("2,5", 2.5),
        ("-4 grader", -4),
        ("tolv", 12),
        ("tjueto personer", 22),
        ("en", 1),
        ("vi er fem", 5),
        ("two", 2),
        ("3 eller 4", None),
        ("mange", None),
        ("en ny skjerm til pulten min", None),
        ("vet ikke", None),
        ("", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("915 12 345", "+4791512345"),
        ("91512345", "+4791512345"),
        ("+47 915 12 345", "+4791512345"),
        ("0047 22334455", "+4722334455"),
        ("tlf. 22 33 44 55", "+4722334455"),
        ("812 34 567", "+4781234567"),
        ("ring meg på 41.23.45.67", "+4741234567"),
        ("+46 70 123 45 67", "+46701234567"),
        ("0046 701234567", "+46701234567"),
        ("12345", None),
        ("01234567", None),
        ("det samme som sist", None),
        ("sak 20261123", None),
    ],
)
def test_phones(text: str, value: str | None) -> None:
    assert read_phone(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i morgen", date(2026, 11, 25)),
        ("1.12", date(2026, 12, 1)),
        ("innen fredag", date(2026, 11, 27)),
        ("uke 50", date(2026, 12, 7)),
        ("mars", None),
        ("når dere har tid", None),
    ],
)
def test_dates(text: str, value: date | None) -> None:
    assert read_date(text, NOW, "future") == value


ENVIRONMENTS = ("Test", "Preprod", "Produksjon")
EXTENTS = ("Bare meg", "Avdelingen min", "Flere lokasjoner")


@pytest.mark.parametrize(
    ("text", "choices", "value"),
    [
        ("Test", ENVIRONMENTS, "Test"),
        ("prod", ENVIRONMENTS, "Produksjon"),
        ("2", ENVIRONMENTS, "Preprod"),
        ("nr 3", ENVIRONMENTS, "Produksjon"),
        ("4", ENVIRONMENTS, None),
        ("den andre", ENVIRONMENTS, "Preprod"),
        ("den siste", ENVIRONMENTS, "Produksjon"),
        ("den øverste", ENVIRONMENTS, "Test"),
        ("i preprod, takk", ENVIRONMENTS, "Preprod"),
        ("produksjn", ENVIRONMENTS, "Produksjon"),
        ("avdelinga min", EXTENTS, "Avdelingen min"),
        ("avdelingen", EXTENTS, "Avdelingen min"),
        ("det er flere steder", EXTENTS, "Flere lokasjoner"),
        ("lokasjoner", EXTENTS, "Flere lokasjoner"),
        ("vet ikke", EXTENTS, None),
        ("", EXTENTS, None),
        ("Test", (), None),
        ("test eller preprod", ENVIRONMENTS, None),
        ("ny bruker", ("Ny bruker", "Ny bruker med e-post"), "Ny bruker"),
        ("jeg vil ha ny bruker med e-post", ("Ny bruker", "Ny bruker med e-post"), "Ny bruker med e-post"),
        ("windows 10", ("Windows 10", "Windows 11"), "Windows 10"),
        ("windows", ("Windows 10", "Windows 11"), None),
    ],
)
def test_choices(text: str, choices: tuple[str, ...], value: str | None) -> None:
    assert read_choice(text, choices) == value


@settings(deadline=None)
@given(st.lists(st.text("bdfghklmnprst ", min_size=4, max_size=20).map(str.strip).filter(bool), unique=True))
def test_every_choice_is_chosen_by_its_own_words_or_number(choices: list[str]) -> None:
    chosen = [read_choice(choice, choices) for choice in choices]
    for choice, found in zip(choices, chosen, strict=True):
        assert found is not None
        assert " ".join(found.split()) == " ".join(choice.split())
    assert [read_choice(str(number), choices) for number in range(1, len(choices) + 1)] == choices


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
def test_any_answer_is_read_without_error(text: str, choices: list[str]) -> None:
    assert read_yes_no(text) in (True, False, None)
    read_number(text)
    read_date(text, NOW)
    phone = read_phone(text)
    assert phone is None or phone.startswith("+")
    assert read_choice(text, choices) in (*choices, None)
