"""The hours of an estimate, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kompass.estimates import hours_in


@pytest.mark.parametrize(
    ("texts", "hours"),
    [
        (["Estimat: 12 timer"], "12"),
        (["Estimatet er på 7,5 t."], "7,5"),
        (["Vi brukte 2 timer på å se på det. Estimatet er 10-12 timer."], "10-12"),
        (["Dette blir 40 timer etter vårt overslag"], "40"),
        (["Our estimate is 8 hours"], "8"),
        (["Estimat 4 timar", "Nytt estimat: 6 timar", "Ring oss om 2 timer"], "6"),
        (["Vi ringer om 2 timer"], ""),
        (["Estimatet kommer i morgen"], ""),
        (["Estimat: kr 12000"], ""),
        ([], ""),
    ],
)
def test_hours(texts: list[str], hours: str) -> None:
    assert hours_in(texts) == hours


@given(st.lists(st.text(max_size=300)))
def test_any_text_gives_hours_or_nothing(texts: list[str]) -> None:
    found = hours_in(texts)
    assert found == "" or found[0].isdigit()


@given(st.integers(1, 9999), st.sampled_from(["timer", "timar", "hours", "t"]), st.text(max_size=50))
def test_a_plain_estimate_is_found_whatever_follows(number: int, unit: str, after: str) -> None:
    assert hours_in([f"Estimat: {number} {unit}. {after}"]) == str(number)
