"""Typed answers to single fields: the value, or None."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading.answers import read_number, read_phone


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


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_answer_is_read_without_error(text: str) -> None:
    read_number(text)
    phone = read_phone(text)
    assert phone is None or phone.startswith("+")
