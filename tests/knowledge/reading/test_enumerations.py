"""Where a message counts up several things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.enumerations import enumeration, wished_beside


def things(text: str) -> tuple[str, list[str]]:
    found = enumeration(text)
    return (found.wish, [text[start:end].strip() for start, end in found.items]) if found is not None else ("", [])


@pytest.mark.parametrize(
    ("text", "wish", "expected"),
    [
        ("Hei, vi trenger a, b og c. Takk", "vi trenger", ["a", "b", "c"]),
        ("I need x, and also y", "I need", ["x", "y"]),
        ("bestille:\n- a\n- b\nKostnadssted 1", "bestille", ["a", "b"]),
        ("1. a 2. b 3. c. Mvh", "", ["a", "b", "c."]),
        ("Vi trenger 1) a\n2) b", "Vi trenger", ["a", "b"]),
        ("den 1. desember og i 2. etasje", "", []),
        ("trenger ny pc", "", []),
        ("a, b og c", "", []),
    ],
)
def test_the_things_and_the_wish(text: str, wish: str, expected: list[str]) -> None:
    assert things(text) == (wish, expected)


@given(st.text(alphabet=st.sampled_from("ab1.,;-) \nog trenger:"), max_size=80))
def test_things_stand_in_the_text_in_order_and_hold_its_words(text: str) -> None:
    found = enumeration(text)
    if found is None:
        return
    assert len(found.items) >= 2
    at = found.start
    for start, end in found.items:
        assert at <= start <= end <= found.end <= len(text)
        at = end


def test_a_clause_that_wishes_after_others() -> None:
    assert wished_beside("Skriveren er tom og Kari trenger ny skjerm. Haster.") == (
        "Skriveren er tom. Haster.",
        "Kari trenger ny skjerm",
    )
    assert wished_beside("Skriveren er tom") is None
