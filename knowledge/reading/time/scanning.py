"""From text to tokens and lexical items: words by the lexicon, figures by their shapes (15.2., 2027-02-15, 08:15).

Only stretches of words that the grammar knows, around at least one word or figure of time, go on to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.reading.time.chart import Item
from knowledge.reading.time.lexicon import LEXICON, fold, spelt
from knowledge.reading.time.meaning import Clock, Number
from knowledge.reading.time.series import FIRST_YEAR, LAST_YEAR, Grain, days_in_month

# Longer texts are read this far for times; a report says when it began long before that.
READ_CHARACTERS = 4000
LONGEST_STRETCH = 22
# A report speaks of a handful of times; no more stretches than this are parsed.
MOST_STRETCHES = 25
_TAKES_FIGURE = frozenset(("kl", "t", "uke", "veke", "uka", "uken", "week", "q"))
# Words the grammar uses that are no sign of a time by themselves; a stretch of nothing else is not parsed.
_SMALL = frozenset(
    fold(word)
    for word in (
        "i på til om for en et ei ett a an og av den det de er som at in on of the to by from fra før etter med over "
        "ved under men and but that her har no noen some few flere mange many par ut mer enn minst vel godt god lang "
        "all "
        "alle "
        "hele helt not this denne dette der kommer var gikk først siste sist tidligere allerede u v d t h m s p z "
        "selve sånn samme ca rundt about around cirka omtrent tilbake back"
    ).split()
)
_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)(?![^\W_])|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")


class Token(NamedTuple):
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
    return list(each_token(text))


def each_token(text: str) -> Iterator[Token]:
    """The same, one after the other."""
    for hit in _TOKEN.finditer(text[:READ_CHARACTERS]):
        word = hit[0]
        if word[0].isalpha():
            for part in spelt(fold(word.replace("’", "'"))):
                yield Token(part, hit.start(), hit.end())
        elif word[0].isdigit():
            yield Token(word, hit.start(), hit.end(), hit.start() > 0 and text[hit.start() - 1].isalpha())
        else:
            yield Token("-" if word in "–—−" else word, hit.start(), hit.end())


def stretches(tokens: Sequence[Token], words: Set[str]) -> Iterator[Sequence[Token]]:
    """Runs of tokens that the grammar knows and that hold at least one word or figure of time."""
    run: list[Token] = []
    previous_end = 0
    for token in tokens:
        known = is_known(token, words)
        if token.word[0].isdigit() and token.glued and not (run and _takes_figure(run[-1].word)):
            known = False  # "E3", "PC12": a name, no number
        if not known or len(run) >= LONGEST_STRETCH or token.start - previous_end > 40:
            if is_worthwhile(run):
                yield run
            run = []
        if known:
            run.append(token)
        previous_end = token.end
    if is_worthwhile(run):
        yield run


def is_known(token: Token, words: Set[str]) -> bool:
    """Whether the lexicon or the grammar, which uses these words, knows the token."""
    return token.word in LEXICON or token.word in words or token.word[0].isdigit()


def _takes_figure(word: str) -> bool:
    return word in _TAKES_FIGURE or any(category.startswith("month") for category, _ in LEXICON.get(word, ()))


def is_worthwhile(run: Sequence[Token]) -> bool:
    """Whether something in it is a sign of a time."""
    return any(token.word[0].isalnum() and token.word not in _SMALL for token in run)


# A reading of figures: category, value, weight; None when they are no such thing after all.
_Meaning = tuple[str, object, float] | None


def _date(day: str, month: str, year: str | None, weight: float) -> _Meaning:
    number = None if year is None else int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    if number is not None and not FIRST_YEAR <= number < LAST_YEAR:
        return None
    if 1 <= int(month) <= 12 and 1 <= int(day) <= days_in_month(number or 2000, int(month)):
        return "figures", Day(int(day), int(month), number), weight
    return None


def _compact_date(hit: re.Match[str]) -> _Meaning:
    """ "23112026" may be a date only where one was asked for."""
    date = _date(hit[1], hit[2], hit[3], 0.0)
    return None if date is None else ("compactdate", date[1], 0.0)


def _day_and_month(hit: re.Match[str]) -> _Meaning:
    """ "15.2." and "15/2" are dates; "12.10" may be one or a time of day."""
    day, sign, month = (part for part in hit.groups() if part is not None)
    return _date(day, month, None, 0.3 if sign == "." and not hit[0].endswith(".") else 0.6)


def _clock(hit: re.Match[str], grain: Grain, weight: float) -> _Meaning:
    hour, minute = int(hit[1]), int(hit[2])
    second = int(hit[3]) if grain is Grain.SECOND else 0
    if hour == 24 and minute == 0:
        return "clockfigures", Clock(0, 0, grain), weight
    if hour < 24 and minute < 60 and second < 60:
        open_half = hour <= 12 and not hit[1].startswith("0")
        return "clockfigures", Clock(hour, minute, grain, second, open_half=open_half), weight
    return None


def _point_clock(hit: re.Match[str]) -> _Meaning:
    """ "8:05" is sure, "8.05" likely (a date would be 8.5.), "12.10" doubtful."""
    likely = hit[2].startswith("0") and not hit[1].startswith("0")
    return _clock(hit, Grain.MINUTE, 0.5 if ":" in hit[0] else 0.4 if likely else 0.2)


def _close_clock(hit: re.Match[str]) -> _Meaning:
    """ "0815", "14 30"; what may as well be a year ("2015") needs "kl" before it."""
    clock = _clock(hit, Grain.MINUTE, 0.0)
    yearlike = " " not in hit[0] and 1950 <= int(hit[0]) < 2060
    return None if clock is None else ("yearclock" if yearlike else "closeclock", clock[1], 0.0)


def _ordinal(hit: re.Match[str]) -> _Meaning:
    return ("ord", int(hit[1]), 0.1) if int(hit[1]) > 0 else None


def _year(hit: re.Match[str]) -> _Meaning:
    return ("year", int(hit[1]), 0.0) if FIRST_YEAR <= int(hit[1]) < LAST_YEAR else None


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Meaning]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meaning)
    for pattern, meaning in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", lambda hit: _date(hit[3], hit[2], hit[1], 2.0)),
        (r"(\d{4})([./])(\d{1,2})\2(\d{1,2})(?!\d)", lambda hit: _date(hit[4], hit[3], hit[1], 2.0)),
        (
            r"(?<!\d[.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)(?![:.-]\d)",
            lambda hit: _date(hit[1], hit[3], hit[4], 2.0),
        ),
        (r"(?<!\d[.-])(\d{1,2})[./](\d{1,2})-(\d{4}|\d{2})(?!\d)", lambda hit: _date(hit[1], hit[2], hit[3], 2.0)),
        (r"(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)", _compact_date),
        (r"(?<!\d[.-])(\d{1,2})([./])\s?(\d{1,2})(?![\d]|[./:-]\d)\.?", _day_and_month),
        # A dash parts day and month only where no range of hours can be meant: "30-10", "15-02".
        (r"(2[5-9]|3[01])(-)(\d{1,2})(?![\d.:-])|(\d{1,2})(-)(0[1-9])(?![\d.:-])", _day_and_month),
        (r"(?<!\d[.:])(\d{1,2})[:.](\d{2})[:.](\d{2})(?!\d|[.:]\d)", lambda hit: _clock(hit, Grain.SECOND, 0.5)),
        (
            r"(?<!\d[.:])(\d{1,2})[:.](\d{2})(?![\d:])(?!\.\d)",
            _point_clock,
        ),
        (r"(\d{2}) ?(\d{2})(?!\d)(?![./-]\d)", _close_clock),
        (
            r"(\d{1,4})[,.](\d{1,2})(?!\d)",
            lambda hit: ("decimal", Number(float(f"{hit[1]}.{hit[2]}"), worded=False), 0.0),
        ),
        (r"(\d{1,2})\.(?!\d)", _ordinal),
        (r"(\d{1,2})(?:st|nd|rd|th)\b", _ordinal),
        (r"(\d{4})(?!\d)", _year),
        (r"(\d{1,6})(?!\d)", lambda hit: ("num", Number(float(hit[1]), worded=False), 0.0)),
    )
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
    for shape, meaning_of in _SHAPES:
        hit = shape.match(text, start)
        end = None if hit is None else boundary.get(hit.end())
        if hit is None or end is None or end <= index:
            continue
        meaning = meaning_of(hit)
        if meaning is not None:
            category, value, weight = meaning
            yield Item(category, index, end, value, weight)
