"""An option that is a name is chosen by that name alone (met by players: "Løsning: HelseID" of "liv og helse")."""

from __future__ import annotations

import pytest

from knowledge.reading.choices import chosen_in

OPTIONS = ("Kjernejournal", "HelseID", "e-resept", "Pasientens legemiddelliste")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Gerica er nede, liv og helse i fare", None),
        ("alle på helsehuset er uten journal", None),
        ("kjernejournal, helseid og e-resept feil", None),
        ("får ikke logget inn med HelseID", "HelseID"),
        ("får ikke logget inn med helseid-en", "HelseID"),
        ("kjernejournalen er nede", "Kjernejournal"),
    ],
)
def test_a_word_that_begins_like_a_name_is_not_the_name(text: str, option: str | None) -> None:
    assert chosen_in(text, OPTIONS) == option
