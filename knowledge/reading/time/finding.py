"""Finding the times in a text: scan, parse, keep the longest well-spelt reading of each stretch, resolve it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from knowledge.reading.time import clocks, days, lengths, periods
from knowledge.reading.time.chart import Grammar, Item
from knowledge.reading.time.meaning import Context, When
from knowledge.reading.time.moment import Direction, Moment, to_local
from knowledge.reading.time.resolving import moment_of
from knowledge.reading.time.scanning import Token, lexical_items, stretches, tokens_of

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


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The whole grammar, built at first use."""
    return Grammar((*lengths.rules.rules, *clocks.rules.rules, *days.rules.rules, *periods.rules.rules), _KINDS)


# What may stand as a time on its own in running text, and what only when it is all the person wrote.
_IN_TEXT = frozenset({"any"})
_ALONE = frozenset({"any", "nowish", "lasting", "bareyear", "hour", "closeclock", "hours", "dayshort"})


def find_moments(text: str, now: datetime, direction: Direction | None = None) -> tuple[Found, ...]:
    """Every time in running text, in order of place."""
    return _find(text, now, direction, _IN_TEXT if direction != "past" else _IN_TEXT | {"lasting"})


def read_moment(text: str, now: datetime, direction: Direction | None = None) -> Moment | None:
    """A typed answer to "når?": the longest time in it. None when it names none ("vet ikke", "en stund")."""
    found = _find(text, now, direction, _ALONE)
    if not found:
        return None
    best = max(found, key=lambda one: (one.end - one.start, -one.start))
    return best.moment


def _find(text: str, now: datetime, direction: Direction | None, wanted: frozenset[str]) -> tuple[Found, ...]:
    local = to_local(now)
    context = Context(local)
    tokens = tokens_of(text)
    found: list[Found] = []
    for stretch in stretches(tokens, grammar().words):
        items = grammar().parse(context, [token.word for token in stretch], lexical_items(text, stretch))
        for item in _best(items, wanted):
            made = _found(item, stretch, text, local, direction)
            if made is not None:
                found.append(made)
    return tuple(found)


def _best(items: Sequence[Item], wanted: frozenset[str]) -> list[Item]:
    """Readings that do not overlap, longest first, then best spelt; in order of place."""
    ranked = sorted(
        (item for item in items if item.category in wanted),
        key=lambda item: (item.start - item.end, item.category != "any", -item.weight, item.start),
    )
    taken: list[Item] = []
    for item in ranked:
        if all(item.end <= other.start or item.start >= other.end for other in taken):
            taken.append(item)
    return sorted(taken, key=lambda item: item.start)


def _found(
    item: Item, stretch: Sequence[Token], text: str, local: datetime, direction: Direction | None
) -> Found | None:
    when = item.value
    if not isinstance(when, When):
        from knowledge.reading.time.meaning import Clock, of_clock  # noqa: PLC0415

        if not isinstance(when, Clock):
            return None
        when = of_clock(when)
    start, end = stretch[item.start].start, stretch[item.end - 1].end
    moment = moment_of(when, text[start:end], local, direction)
    return None if moment is None else Found(moment, start, end, item.category, when.back)


__all__ = ["Found", "find_moments", "read_moment", "replace"]
