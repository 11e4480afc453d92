"""Amounts with their unit, and whom to reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.amounts import read_amount
from knowledge.reading.contacts import read_contact


@pytest.mark.parametrize(
    ("text", "label", "amount"),
    [
        ("utvid med 500 GB", "Ønsket økning i GB", 500),
        ("1 TB til", "Forventet mengde (GB)", 1000),
        ("det tar 2 minutter å åpne", "Ca. ventetid i sekunder", 120),
        ("kr 1 200", "Beløp", 1200),
        ("1200,50 kr", "Beløpsgrense", 1200.5),
        ("12 timer", "Antatt antall timer", 12),
        ("16 GB minne og 200 GB disk", "Minne (GB)", None),
        ("3 stk", "Antall", None),
        ("siden 2 timer", "Antall saker", None),
    ],
)
def test_an_amount_in_the_unit_of_the_label(text: str, label: str, amount: float | None) -> None:
    assert read_amount(text, label) == amount


@given(st.text(max_size=200), st.sampled_from(["Minne (GB)", "Beløp", "Antall timer", "Ca. ventetid i sekunder"]))
def test_no_text_is_too_odd(text: str, label: str) -> None:
    amount = read_amount(text, label)
    assert amount is None or amount >= 0


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("kontakt er Per 22334455, hentes på rådhuset", "Per, 22334455"),
        ("Kontaktperson: Kari Nordmann, tlf 912 34 567", "Kari Nordmann, 912 34 567"),
        ("Ola Berg kan teste", "Ola Berg"),
        ("contact person is Ann Lee (91234567)", "Ann Lee, 91234567"),
        ("kontakt oss på 22334455", None),
        ("Ta kontakt med Per", None),
    ],
)
def test_whom_to_reach(text: str, contact: str | None) -> None:
    assert read_contact(text) == contact
