"""Where a message counts up several things: "trenger ny mobil, tilgang til mappen Økonomi og en distribusjonsliste".

Either after a wish, parted by commas, "og" or line ends, or as a numbered or dashed list. What the things are, and
whether each is a need of its own, is for those who ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.reading.sentences import AFTER_AN_ORDINAL, SENTENCE_END

_WISH = re.compile(
    r"\b(?P<wish>(?:(?:jeg|eg|vi|me|hun|han|ho|de|dei|i|we|she|he|they)\s+)?(?:trenger|treng|ønsker|ønskjer|bestille|bestiller|bestill|tinge|tingar|vil\s+ha|må\s+ha|skal\s+ha|skulle\s+hatt|"
    r"need|needs|want|wants|order)"
    r"(?:\s+(?:å\s+bestille|å\s+tinge|å\s+få|to\s+order))?)(?:\s+(?:også|òg|also))*\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
# "den 1. desember", "i 2. etasje": no list, whatever the figures are.
_NUMBER = re.compile(rf"(?:(?<=^)|(?<=[\s:]))(?P<number>\d)[.)]\s+(?!{AFTER_AN_ORDINAL})", re.IGNORECASE)
_DASH = re.compile(r"^[ \t]*[-*•–][ \t]+", re.MULTILINE)
_BETWEEN = re.compile(
    r"\s*[,;\n]+\s*(?:(?:og|and|samt|pluss|plus)\s+(?:(?:så|også|òg|also)\s+)?)?|"
    r"\s+(?:og|and|samt|pluss|plus)\s+(?:(?:så|også|òg|also)\s+)?",
    re.IGNORECASE,
)
# "… og Kari trenger ny skjerm", "… Og jeg trenger ny mus": a clause or sentence of its own, after others.
_WISHED_BESIDE = re.compile(
    r"(?:(?<=[.!?])\s+|\n+|[,;]?\s+(?=(?i:og|and)\s))"
    r"(?:(?i:og|and)\s+)?(?:så\s+)?(?P<clause>(?:(?i:i\s+tillegg|dessuten)\s+)?"
    r"(?:(?:(?i:jeg|eg|vi|me|hun|han|ho|de|i|we|she|he)|[A-ZÆØÅ]\w+(?:\s[A-ZÆØÅ]\w+)?)\s+)?"
    r"(?i:trenger|treng|ønsker|ønskjer|needs?)\s+(?i:(?:også|òg|also)\s+)?(?!(?i:å|at|hjelp|to)\b)\S[^.!?\n]*)"
)
_COUNTS = ("to", "tre", "fire", "fem", "two", "three", "four", "five", "2", "3", "4", "5")
_KINDS_OF_COUNT = 4
_ANNOUNCED = re.compile(
    r"(?:\b(?:jeg|eg|vi|me|i|we)\s+(?:har|have|trenger\s+hjelp\s+(?:til|med))\s+)?"
    rf"\b(?P<count>{'|'.join(_COUNTS)})\s+(?:ting|saker|sakar|behov|feil|problemer|problem|things|issues|problems|requests)"
    r"\s*[:.–-]\s+(?=\S)",
    re.IGNORECASE,
)
_MOST = 12
"""Of more things than this nobody writes; the rest belongs to the last."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """`wish`: the words that want the things, as written; empty when there are none. `items`: where each begins and
    ends in the text, in order, at least two. `start`, `end`: where the wish, or the list, begins, and the last thing
    ends."""

    wish: str
    items: tuple[tuple[int, int], ...]
    start: int
    end: int


def enumeration(text: str) -> Enumeration | None:
    """The things a text counts up; None when it does not."""
    return _listed(text) or _wished(text)


@dataclass(frozen=True, slots=True)
class Announced:
    """ "To ting: …": what stands before, how many are announced, and the text they stand in."""

    before: str
    count: int
    rest: str


def announced(text: str) -> Announced | None:
    """How many things a text says that it tells of; None when it does not say so."""
    found = _ANNOUNCED.search(text)
    if found is None:
        return None
    count = _COUNTS.index(found["count"].lower()) % _KINDS_OF_COUNT + 2
    return Announced(text[: found.start()].strip(), count, text[found.end() :].strip())


def counted_in(text: str) -> tuple[str, ...]:
    """The pieces of a text between commas, "og" and line ends."""
    return tuple(one for piece in _BETWEEN.split(text) if (one := piece.strip(" .,;")))


def wished_beside(text: str) -> tuple[str, str] | None:
    """What is told first, and the last clause after it that wishes a thing; None when there is none."""
    found = list(_WISHED_BESIDE.finditer(text))
    if not found:
        return None
    before, after = text[: found[-1].start()], text[found[-1].end() :].lstrip(" .!?")
    return (f"{before}. {after}" if after else before), found[-1]["clause"].strip()


def _listed(text: str) -> Enumeration | None:
    """ "1. ny mobil 2. tilgang …", or a line with a dash for each."""
    marks = [(one.start(), one.end()) for one in _DASH.finditer(text)]
    if len(marks) < 2:
        marks = _counted(text)
    if not 2 <= len(marks) <= _MOST:
        return None
    ends = [*(begin for begin, _ in marks[1:]), _end_of_last(text, marks)]
    items = tuple((begin, end) for (_, begin), end in zip(marks, ends, strict=True))
    head = text[: marks[0][0]]
    wish = next(
        (one for one in reversed(list(_WISH.finditer(f"{head} x"))) if not head[one.end() :].strip(" :\n")), None
    )
    start = wish.start() if wish is not None else marks[0][0]
    return Enumeration(wish["wish"] if wish is not None else "", items, start, ends[-1])


def _counted(text: str) -> list[tuple[int, int]]:
    """Where the numbers 1, 2, 3 … stand, in that order."""
    marks: list[tuple[int, int]] = []
    for found in _NUMBER.finditer(text):
        if int(found["number"]) == len(marks) + 1:
            marks.append(found.span())
    return marks


def _end_of_last(text: str, marks: list[tuple[int, int]]) -> int:
    """The end of the line where each has its own, else of the sentence."""
    last = marks[-1][1]
    on_lines = all(not text[:begin].rstrip(" \t") or text[:begin].rstrip(" \t").endswith("\n") for begin, _ in marks)
    stop = text.find("\n", last) if on_lines else -1
    sentence = SENTENCE_END.search(text, last) if not on_lines else None
    return stop if stop >= 0 else sentence.end() if sentence is not None else len(text)


def _wished(text: str) -> Enumeration | None:
    """ "Vi trenger a, b og c", to the end of the sentence; the lines after it count on."""
    for wish in _WISH.finditer(text):
        stop = SENTENCE_END.search(text, wish.end())
        empty = text.find("\n\n", wish.end())
        end = min(stop.start() if stop is not None else len(text), empty if empty >= 0 else len(text))
        items: list[tuple[int, int]] = []
        at = wish.end()
        for between in _BETWEEN.finditer(text, wish.end(), end):
            if between.start() > at and len(items) < _MOST - 1:
                items.append((at, between.start()))
                at = between.end()
        if at < end:
            items.append((at, end))
        if len(items) > 1:
            return Enumeration(wish["wish"], tuple(items), wish.start(), end)
    return None
