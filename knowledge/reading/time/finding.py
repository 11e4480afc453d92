"""Finding the times in a text: scan, parse, keep the longest well-spelt reading of each stretch, resolve it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import dropwhile, islice, takewhile

from knowledge.reading.time import clocks, counting, dayparts, days, lengths, periods, relations
from knowledge.reading.time.chart import Grammar, Item
from knowledge.reading.time.meaning import Clock, Context, When, both, of_clock
from knowledge.reading.time.moment import Direction, Moment, to_local
from knowledge.reading.time.resolving import moment_of
from knowledge.reading.time.scanning import (
    MOST_STRETCHES,
    Token,
    each_token,
    is_known,
    is_worthwhile,
    lexical_items,
    stretches,
    tokens_of,
)

_KINDS = {
    "day": ("date",),
    "period": ("date",),
    "partday": ("partday",),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A moment with its place in the text and its category in the grammar."""

    moment: Moment
    start: int
    end: int
    category: str
    back: bool
    kind: str
    words: int


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The whole grammar, built at first use."""
    parts = (lengths, clocks, days, dayparts, periods, counting, relations)
    return Grammar((rule for part in parts for rule in part.rules.rules), _KINDS)


def warm_up() -> None:
    """Builds the grammar, so that the first message need not wait for it."""
    grammar()


# What may stand as a time on its own in running text, and what only when it is all the person wrote.
_IN_TEXT = frozenset({"any"})
_ALONE = frozenset(
    {
        "any",
        "nowish",
        "bareyear",
        "hour",
        "closeclock",
        "yearclock",
        "closedate",
        "hours",
        "dayshort",
        "clockh",
    }
)
# "i to timer", "et par dager": how long it has lasted, or in how long it is wanted.
_LENGTHS: dict[Direction | None, frozenset[str]] = {
    "past": frozenset({"lasting", "barepast"}),
    "future": frozenset({"bareahead"}),
    None: frozenset(),
}
# A word after an ordinal, unless it goes on with what happened that day.
_THING = re.compile(
    r"\s+(?!(?:i|we|it|he|she|they|at|around|about|and|when|from|to|the|jeg|eg|vi|det|den|han|hun|ho|kl|klokka|klokken|om|ved|"
    r"rundt|og|når|da|så|fra|frå|til|har|hadde|ble|vart|blei|var)\b)[^\W\d_]",
    re.IGNORECASE,
)
# "17 i 2. etasje", "2.14-B" and "OSL-44120" are a floor and names of things, and no times.
_FLOOR_AFTER = re.compile(r"\.?\s*(?:etasje|etg|floor)\b|-[A-ZÆØÅ](?![a-zæøå])")
# "Rundt 15 brukere" counts people, also beside "i ettermiddag".
_COUNTED_AFTER = re.compile(
    r"\s+(?:stk\b|[^\W\d_]+(?:ere|arar|arane|erne)\b|ansatte|elever|elevar|personer|people|users)"
)
_NAME_BEFORE = re.compile(r"[A-Za-zÆØÅæøå]-$")
# "08.10" in figures with a point: to when a fault began it is the clock of today rather than a day long past. "8.10."
# with a full stop is a date, and so is a day of the last two weeks.
_CLOCK_OR_DATE = re.compile(
    r"(?P<since>\b(?:siden|sidan|fra|frå|since|from)\s+)?(?<![\d.:])(?P<hour>\d{1,2})\.(?P<minute>\d\d)$", re.IGNORECASE
)
_RECENT_DATE = timedelta(days=14)
_BEGAN_TODAY = 1.0
_FILLERS = frozenset("den det ca i på kl om ved fra".split())


class TimesIn:
    """The times of one running text, parsed once, to be read in either direction."""

    def __init__(self, text: str, now: datetime) -> None:
        self._readings = list(_readings(text, to_local(now)))

    def read(self, direction: Direction | None) -> tuple[Found, ...]:
        """Every time, in order of place. A length ("i to timer") is one only when looking back."""
        wanted = _IN_TEXT | {"lasting"} if direction == "past" else _IN_TEXT
        return tuple(found for reading in self._readings for found in reading.separate(wanted, direction))


def begins_with_time(text: str) -> bool:
    """Whether the first words of the text may be those of a time; cheaper than reading it."""
    words = dropwhile(lambda token: not token.word[0].isalnum(), each_token(text))
    known = list(takewhile(lambda token: is_known(token, grammar().words), words))
    return is_worthwhile(known)


def find_moments(text: str, now: datetime, direction: Direction | None = None) -> tuple[Found, ...]:
    """Every time in running text, in order of place."""
    return TimesIn(text, now).read(direction)


def read_moment(text: str, now: datetime, direction: Direction | None = None) -> Moment | None:
    """A typed answer to "når?": the longest time in it, or a bare hour or year when that is all of it.

    A day and a time of day that stand apart belong together ("i går, jeg tror det var kl 8"). None when it names none
    ("vet ikke", "en stund").
    """
    readings = list(_readings(text, to_local(now)))
    answers = [answer for reading in readings if (answer := reading.answer(direction, len(readings) == 1)) is not None]
    if not answers:
        return None
    day = next((when for when, _ in answers if when.kind in ("day", "weekday", "monthday")), None)
    clock = next((when for when, _ in answers if when.kind == "clock"), None)
    if day is not None and clock is not None:
        joined = both(replace(day, bound="at"), replace(clock, bound="at"))
        if joined is not None:
            joined = replace(joined, bound=day.bound if day.bound != "at" else clock.bound)
        span = (min(found.start for _, found in answers), max(found.end for _, found in answers))
        moment = None if joined is None else moment_of(joined, text[slice(*span)], to_local(now), direction)
        if moment is not None:
            return moment
    return max((found for _, found in answers), key=lambda found: (found.words, -found.start)).moment


@dataclass(frozen=True, slots=True)
class _Reading:
    """One stretch of the text with all its readings."""

    text: str
    local: datetime
    stretch: Sequence[Token]
    items: Sequence[Item]
    covers_text: bool

    def ranked(self, wanted: frozenset[str], direction: Direction | None) -> list[Item]:
        """Longest first, full times before bare numbers, then best spelt, then first."""

        def rank(item: Item) -> tuple[int, bool, float, int]:
            weight = item.weight + (_BEGAN_TODAY if direction == "past" and self.began_today(item) else 0.0)
            return item.start - item.end, item.category not in _IN_TEXT, -weight, item.start

        return sorted((item for item in self.items if item.category in wanted), key=rank)

    def began_today(self, item: Item) -> bool:
        """Whether the item reads figures that could be a date as a time of day, and that time was earlier today."""
        when = _when(item)
        if when is None or when.kind != "clock":
            return False
        hit = _CLOCK_OR_DATE.search(self.text[self.stretch[item.start].start : self.stretch[item.end - 1].end])
        if hit is None or not (hit["since"] or hit["hour"].startswith("0")):
            return False
        if (int(hit["hour"]), int(hit["minute"])) > (self.local.hour, self.local.minute):
            return False
        date = moment_of(other, hit[0], self.local, "past") if (other := self._date_at(item)) is not None else None
        return date is None or to_local(date.at) < self.local - _RECENT_DATE

    def _date_at(self, item: Item) -> When | None:
        """The date that the same words may be."""
        same = (one for one in self.items if (one.start, one.end) == (item.start, item.end) and one.category == "any")
        return next((when for one in same if (when := _when(one)) is not None and when.kind != "clock"), None)

    def separate(self, wanted: frozenset[str], direction: Direction | None) -> list[Found]:
        """The best readings that do not overlap, in order of place; numbers without "kl" are none in running text."""
        taken: list[tuple[Item, Found]] = []
        for item in self.ranked(wanted, direction):
            if isinstance(item.value, When) and item.value.bare:
                continue
            if all(item.end <= other.start or item.start >= other.end for other, _ in taken):
                found = self.resolved(item, direction)
                if found is not None:
                    taken.append((item, found))
        return sorted((found for _, found in taken), key=lambda found: found.start)

    def answer(self, direction: Direction | None, only: bool) -> tuple[When, Found] | None:
        """The best reading of the stretch as an answer; `only` when the text has no other stretch."""
        wanted = _LENGTHS[direction] | (_ALONE if only and self.covers_text else _IN_TEXT)
        ranked = self.ranked(wanted, direction)
        if direction is None:  # "2015" is a year, but to "når begynte det?" a time of day
            ranked.sort(key=lambda item: item.category != "bareyear" or item.end - item.start != len(self.stretch))
        for item in ranked:
            if item.category in _ALONE - _IN_TEXT and not self.is_all(item):
                continue
            when, found = _when(item), self.resolved(item, direction)
            if when is not None and found is not None:
                return when, found
        return None

    def is_all(self, item: Item) -> bool:
        """The item is the whole stretch but for signs and small words."""
        outside = (*self.stretch[: item.start], *self.stretch[item.end :])
        return all(token.word in _FILLERS or not token.word[0].isalnum() for token in outside)

    def counts_things(self, start: int, end: int) -> bool:
        """Whether "the third" or "den andre" counts the thing that is named after it, and is no day of a month."""
        return not any(sign.isdigit() for sign in self.text[start:end]) and bool(_THING.match(self.text, end))

    def is_of_a_thing(self, start: int, end: int) -> bool:
        """Whether the figures count a floor or people, or are part of the name of a thing."""
        if not any(sign.isdigit() for sign in self.text[start:end]):
            return False
        named = self.text[start].isdigit() and _NAME_BEFORE.search(self.text[max(0, start - 2) : start])
        counted = self.text[end - 1].isdigit() and _COUNTED_AFTER.match(self.text, end)
        return bool(named or counted or _FLOOR_AFTER.match(self.text, end))

    def resolved(self, item: Item, direction: Direction | None) -> Found | None:
        """The item as a moment; None when no span of it is near."""
        when = _when(item)
        if when is None:
            return None
        start, end = self.stretch[item.start].start, self.stretch[item.end - 1].end
        if self.is_of_a_thing(start, end) or (when.kind == "dayofmonth" and self.counts_things(start, end)):
            return None
        moment = moment_of(when, self.text[start:end], self.local, direction)
        return (
            None
            if moment is None
            else Found(moment, start, end, item.category, when.back, when.kind, item.end - item.start)
        )


def _when(item: Item) -> When | None:
    value = item.value
    return of_clock(value) if isinstance(value, Clock) else value if isinstance(value, When) else None


def _readings(text: str, local: datetime) -> Iterator[_Reading]:
    context = Context(local)
    tokens = tokens_of(text)
    for stretch in islice(stretches(tokens, grammar().words), MOST_STRETCHES):
        items = grammar().parse(context, [token.word for token in stretch], lexical_items(text, stretch))
        rest = (token for token in tokens if not stretch[0].start <= token.start <= stretch[-1].start)
        covers = not any(token.word[0].isalnum() for token in rest)
        yield _Reading(text, local, stretch, items, covers)
