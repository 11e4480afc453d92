"""Typed answers to the fields of a form: the value, or None when the words are no such answer.

Whoever asks knows what was asked, so a bare "8" is enough here, and never in running text.
"""

from __future__ import annotations

import re

from knowledge.reading.details import read_phone as phone_in_text
from knowledge.reading.time.lexicon import LEXICON, fold
from knowledge.reading.time.meaning import Number

_NUMBER = re.compile(r"(?<![\w.,])([+-]?\d{1,3}(?:[ \u00a0.]\d{3})+|[+-]?\d{1,15})(?:[,.](\d{1,6}))?(?![\w])")


def read_number(text: str) -> float | None:
    """The one number in the answer, in figures ("1 200", "2,5") or in letters ("tolv"); None for none or several."""
    found = [
        float(re.sub(r"[ \u00a0.]", "", hit[1]) + ("." + hit[2] if hit[2] else ""))
        for hit in _NUMBER.finditer(text[:2000])
    ]
    if found:
        return found[0] if len(set(found)) == 1 else None
    words = re.findall(r"[^\W\d_]+", text[:2000])
    numbers = [number for word in words if (number := _in_letters(word)) is not None]
    if len({number.value for number in numbers}) != 1:
        return None
    # "en ny skjerm": an article, not a count; alone it is one.
    return None if len(words) > 2 and all(number.article for number in numbers) else numbers[0].value


def _in_letters(word: str) -> Number | None:
    for category, value in LEXICON.get(fold(word), ()):
        if category == "num" and isinstance(value, Number) and not value.estimate:
            return value
    return None


def read_phone(text: str) -> str | None:
    """A phone number as +47…; in an answer eight digits that begin with 8 are one too."""
    found = phone_in_text(text)
    if found is not None:
        return found
    digits = re.sub(r"\D", "", text)
    if (
        len(digits) == 8
        and digits[0] == "8"
        and re.fullmatch(r"(?i)(?:tlf|telefon|mob|mobil|nr)?[\W\d]+", text.strip())
    ):
        return f"+47{digits}"
    return None
