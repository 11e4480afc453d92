"""From text to tokens and lexical items: words by the lexicon, figures by their shapes (15.2., 2027-02-15, 08:15).

Only stretches of words that the grammar knows, around at least one word or figure of time, go on to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from knowledge.reading.time.chart import Item
from knowledge.reading.time.lexicon import LEXICON, fold, spelt
from knowledge.reading.time.meaning import Clock, Number
from knowledge.reading.time.series import FIRST_YEAR, LAST_YEAR, Grain, days_in_month

# Longer texts are read this far for times; a report says when it began long before that.
READ_CHARACTERS = 6000
LONGEST_STRETCH = 28
_TAKES_FIGURE = frozenset(("kl", "uke", "veke", "uka", "uken", "week", "q"))
# Words the grammar uses that are no sign of a time by themselves; a stretch of nothing else is not parsed.
_SMALL = frozenset(
    fold(word)
    for word in (
        "i på til om for en et ei ett a an og av den det de er som at in on of the to by from fra før etter med over "
        "ved under men and but that her har no noen some few flere mange many par ut mer enn minst vel godt god lang all "
        "alle "
        "hele helt not this denne dette der kommer var gikk først siste sist tidligere allerede gang u v d t h m s p z "
        "selve sånn samme ca rundt about around cirka omtrent tilbake back"
    ).split()
)
_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)(?![^\W_])|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, figure or sign with its place in the text (several tokens may share one written word)."""

    word: str
    start: int
    end: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date in figures; `year` None when not written."""

    day: int
    month: int
    year: int | None = None


def tokens_of(text: str) -> list[Token]:
    """All tokens of the readable part of the text."""
    found: list[Token] = []
    for hit in _TOKEN.finditer(text[:READ_CHARACTERS]):
        word = hit[0]
        if word[0].isalpha():
            found.extend(Token(part, hit.start(), hit.end()) for part in spelt(fold(word.replace("’", "'"))))
        elif word[0].isdigit():
            found.append(Token(word, hit.start(), hit.end(), hit.start() > 0 and text[hit.start() - 1].isalpha()))
        else:
            found.append(Token("-" if word in "–—−" else word, hit.start(), hit.end()))
    return found


def stretches(tokens: Sequence[Token], words: Set[str]) -> Iterator[Sequence[Token]]:
    """Runs of tokens that the grammar knows and that hold at least one word or figure of time."""
    run: list[Token] = []
    previous_end = 0
    for token in tokens:
        known = token.word in LEXICON or token.word in words or token.word[0].isdigit()
        if token.word[0].isdigit() and token.glued and not (run and _takes_figure(run[-1].word)):
            known = False  # "E3", "PC12": a name, no number
        if not known or len(run) >= LONGEST_STRETCH or token.start - previous_end > 40:
            if _worthwhile(run):
                yield run
            run = []
        if known:
            run.append(token)
        previous_end = token.end
    if _worthwhile(run):
        yield run


def _takes_figure(word: str) -> bool:
    return word in _TAKES_FIGURE or any(category.startswith("month") for category, _ in LEXICON.get(word, ()))


def _worthwhile(run: Sequence[Token]) -> bool:
    return any(token.word[0].isalnum() and token.word not in _SMALL for token in run)


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")),
    ("isoslash", re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})(?!\d)")),
    ("dmy", re.compile(r"(?<!\d[.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)(?![:.-]\d)")),
    ("dm", re.compile(r"(?<!\d[.-])(\d{1,2})([./])\s?(\d{1,2})(?![\d]|[./:-]\d)\.?")),
    # A dash parts day and month only where no range of hours can be meant: "30-10", "15-02".
    ("dm", re.compile(r"(2[5-9]|3[01])(-)(\d{1,2})(?![\d.:-])|(\d{1,2})(-)(0[1-9])(?![\d.:-])")),
    ("hms", re.compile(r"(\d{1,2})[:.](\d{2})[:.](\d{2})(?!\d)")),
    ("hm", re.compile(r"(\d{1,2})[:.](\d{2})(?![\d:])(?!\.\d)")),
    ("hspace", re.compile(r"(\d{2}) (\d{2})(?!\d)")),
    ("hhmm", re.compile(r"(\d{2})(\d{2})(?!\d)(?![./-]\d)")),
    ("decimal", re.compile(r"(\d{1,4})[,.](\d{1,2})(?!\d)")),
    ("ordinal", re.compile(r"(\d{1,2})\.(?!\d)")),
    ("english", re.compile(r"(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)),
    ("year", re.compile(r"(\d{4})(?!\d)")),
    ("number", re.compile(r"(\d{1,6})(?!\d)")),
)


def lexical_items(text: str, stretch: Sequence[Token]) -> list[list[Item]]:
    """For each token of the stretch the items that begin there."""
    boundary = {token.end: index + 1 for index, token in enumerate(stretch)}
    rows: list[list[Item]] = []
    for index, token in enumerate(stretch):
        if token.word[0].isdigit():
            rows.append(list(_figures(text, token.start, index, boundary)))
        else:
            rows.append([Item(category, index, index + 1, value) for category, value in LEXICON.get(token.word, ())])
    return rows


def _figures(text: str, start: int, index: int, boundary: dict[int, int]) -> Iterator[Item]:
    for name, shape in _SHAPES:
        hit = shape.match(text, start)
        if hit is None:
            continue
        end = boundary.get(hit.end())
        if end is None or end <= index:
            continue
        meaning = _meaning(name, hit)
        if meaning is not None:
            category, value, weight = meaning
            yield Item(category, index, end, value, weight)


def _meaning(name: str, hit: re.Match[str]) -> tuple[str, object, float] | None:
    if name == "iso":
        return _day(int(hit[3]), int(hit[2]), int(hit[1]), 2.0)
    if name == "isoslash":
        return _day(int(hit[4]), int(hit[3]), int(hit[1]), 2.0)
    if name == "dmy":
        year = int(hit[4]) if len(hit[4]) == 4 else 2000 + int(hit[4]) if int(hit[4]) < 70 else 1900 + int(hit[4])
        return _day(int(hit[1]), int(hit[3]), year, 2.0)
    if name == "dm":
        # "15.2." is a date; "12.10" may be one or a time of day, and the dot at the end or a slash decides.
        day, sign, month = (part for part in hit.groups() if part is not None)
        return _day(int(day), int(month), None, 0.3 if sign == "." and not hit[0].endswith(".") else 0.6)
    if name == "hms":
        return _clock(hit, Grain.SECOND, 0.5)
    if name == "hm":
        return _clock(hit, Grain.MINUTE, 0.5 if ":" in hit[0] else 0.2)
    if name in ("hhmm", "hspace"):
        clock = _clock(hit, Grain.MINUTE, 0.0)
        yearlike = name == "hhmm" and 1950 <= int(hit[0]) < 2060
        return ("yearclock" if yearlike else "closeclock", clock[1], 0.0) if clock is not None else None
    if name == "decimal":
        return "decimal", Number(float(f"{hit[1]}.{hit[2]}"), worded=False), 0.0
    if name in ("ordinal", "english"):
        return ("ord", int(hit[1]), 0.1) if int(hit[1]) > 0 else None
    if name == "year":
        return ("year", int(hit[1]), 0.0) if FIRST_YEAR <= int(hit[1]) < LAST_YEAR else None
    return "num", Number(float(hit[1]), worded=False), 0.0


def _day(day: int, month: int, year: int | None, weight: float) -> tuple[str, object, float] | None:
    if year is not None and not FIRST_YEAR <= year < LAST_YEAR:
        return None
    if 1 <= month <= 12 and 1 <= day <= days_in_month(year or 2000, month):
        return "figures", Day(day, month, year), weight
    return None


def _clock(hit: re.Match[str], grain: Grain, weight: float) -> tuple[str, object, float] | None:
    hour, minute = int(hit[1]), int(hit[2])
    second = int(hit[3]) if grain is Grain.SECOND else 0
    if hour == 24 and minute == 0:
        return "clockfigures", Clock(0, 0, grain), weight
    if hour < 24 and minute < 60 and second < 60:
        open_half = hour <= 12 and not hit[1].startswith("0")
        return "clockfigures", Clock(hour, minute, grain, second, open_half=open_half), weight
    return None
