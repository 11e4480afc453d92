"""Where a sentence ends. "30. november", "kl. 18" and "3. etasje" do not end one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = "".join(
    rf"(?<!\b(?i:{word}))" for word in ("kl", "ca", "nr", "tlf", "mob", "avd", "etg", "evt", "eks", "dvs", "jf", "bl")
)
AFTER_AN_ORDINAL = (
    r"(?:jan|feb|mars|april|mai|jun|jul|aug|sep|okt|nov|des|og\s+\d|etasje|etg|klasse|trinn|linje|kvartal|gang)"
)
"""What follows "1." where it is a date, a floor, a class: that full stop ends no sentence and begins no list."""
SENTENCE_END = re.compile(rf"(?:(?<!\d){_ABBREVIATIONS}\.|(?<=\d)\.(?=\s+[A-ZÆØÅ]|\s*$)|[!?])(?=\s|$)")
"""Matches the sign that ends a sentence."""


def first_sentence_of(text: str) -> str:
    """The text up to the end of its first sentence or line, with the sign that ends it."""
    line = text.strip().split("\n", 1)[0]
    end = SENTENCE_END.search(line)
    return line[: end.end()] if end is not None else line


def sentences_of(text: str) -> Iterator[str]:
    """Each sentence with the sign that ends it, over all lines."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        rest = line
        while rest:
            sentence = first_sentence_of(rest)
            yield sentence
            rest = rest[len(sentence) :].strip()
