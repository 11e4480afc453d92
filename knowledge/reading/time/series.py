"""Time as series of spans: "tirsdag", "oktober" and "kl 14" each name a whole series, and together one of them.

Every expression means a series of spans in naive Oslo wall time, listed in order for any window. Expressions are put
together by intersection ("tirsdag" inside "oktober" inside "2027"), counting ("siste", "tredje") and ranges; only at
the very end does the direction (a fault lies back, a delivery ahead) pick one span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import islice
from typing import NamedTuple


class Grain(IntEnum):
    """How coarse a span is; finer ones lie inside coarser ones."""

    SECOND = 0
    MINUTE = 1
    HOUR = 2
    PART = 3
    DAY = 4
    WEEKEND = 5
    WEEK = 6
    MONTH = 7
    QUARTER = 8
    YEAR = 9


class Span(NamedTuple):
    """Half open: `end` is the first instant after it. Naive Oslo wall time."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Series:
    """`spans(lo, hi)` lists, in order, the spans that begin before `hi` and end after `lo`."""

    grain: Grain
    spans: Callable[[datetime, datetime], Iterator[Span]]


FIRST_YEAR, LAST_YEAR = 1900, 2199


def wall(year: int, month: int, day: int) -> datetime:
    """Midnight of that day in naive Oslo wall time; ValueError when the calendar has no such day."""
    return datetime(year, month, day)  # noqa: DTZ001 (wall time is naive here; it becomes aware when all is settled)


BEGIN, FINISH = wall(FIRST_YEAR, 1, 1), wall(LAST_YEAR, 12, 31)
# How far from an anchor spans are sought, in turn: the first window with an answer wins.
WINDOWS = (timedelta(days=2), timedelta(days=9), timedelta(days=400), timedelta(days=366 * 9))


def clamp(moment: datetime) -> datetime:
    """The moment, held inside the years this module reckons with."""
    return min(max(moment, BEGIN), FINISH)


def shifted(moment: datetime, delta: timedelta) -> datetime:
    """`moment + delta` in wall time, clamped instead of overflowing."""
    try:
        return clamp(moment + delta)
    except OverflowError:
        return FINISH if delta > timedelta(0) else BEGIN


def add_months(moment: datetime, months: int) -> datetime:
    """The same day `months` later, or the last day of that month; clamped."""
    index = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(index, 12)
    if year < FIRST_YEAR:
        return BEGIN
    if year > LAST_YEAR:
        return FINISH
    return moment.replace(year=year, month=month + 1, day=min(moment.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def start_of(moment: datetime, grain: Grain) -> datetime:
    """The start of the second, minute, hour, day, week (Monday), month, quarter or year that holds the moment."""
    if grain is Grain.SECOND:
        return moment.replace(microsecond=0)
    if grain is Grain.MINUTE:
        return moment.replace(second=0, microsecond=0)
    if grain is Grain.HOUR:
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if grain in (Grain.WEEK, Grain.WEEKEND):
        return shifted(day, timedelta(days=-day.weekday()))
    if grain is Grain.MONTH:
        return day.replace(day=1)
    if grain is Grain.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if grain is Grain.YEAR:
        return day.replace(month=1, day=1)
    return day


def add(moment: datetime, grain: Grain, count: int) -> datetime:
    """`count` units of the grain later, in wall time; clamped."""
    if grain is Grain.YEAR:
        return add_months(moment, 12 * count)
    if grain is Grain.QUARTER:
        return add_months(moment, 3 * count)
    if grain is Grain.MONTH:
        return add_months(moment, count)
    seconds = {Grain.SECOND: 1, Grain.MINUTE: 60, Grain.HOUR: 3600, Grain.WEEK: 604800, Grain.WEEKEND: 604800}
    try:
        return shifted(moment, timedelta(seconds=seconds.get(grain, 86400) * count))
    except OverflowError:
        return FINISH if count > 0 else BEGIN


def fixed(start: datetime, end: datetime, grain: Grain) -> Series:
    """A series of exactly one span."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        if start < hi and end > lo:
            yield Span(start, end)

    return Series(grain, spans)


def units(grain: Grain) -> Series:
    """Every unit of the grain."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        start = start_of(clamp(lo), grain)
        while start < hi and start < FINISH:
            end = add(start, grain, 1)
            if end > lo:
                yield Span(start, end)
            start = end

    return Series(grain, spans)


def weekdays(weekday: int) -> Series:
    """Every such day; 0 is Monday."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        day = start_of(clamp(lo), Grain.DAY)
        day = shifted(day, timedelta(days=(weekday - day.weekday()) % 7))
        while day < hi and day < FINISH:
            yield Span(day, day + timedelta(days=1))
            day = shifted(day, timedelta(days=7))

    return Series(Grain.DAY, spans)


def yearly(span_in: Callable[[int], Span | None], grain: Grain) -> Series:
    """At most one span a year, told by `span_in(year)`."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for year in range(max(lo.year - 1, FIRST_YEAR), min(hi.year + 1, LAST_YEAR - 1) + 1):
            span = span_in(year)
            if span is not None and span.start < hi and span.end > lo:
                yield span

    return Series(grain, spans)


def months(month: int) -> Series:
    """Every such month; 1 is January."""
    return yearly(lambda year: Span(wall(year, month, 1), add_months(wall(year, month, 1), 1)), Grain.MONTH)


def month_days(month: int, day: int) -> Series:
    """That day of that month, in the years that have it."""

    def span_in(year: int) -> Span | None:
        if day > days_in_month(year, month):
            return None
        start = wall(year, month, day)
        return Span(start, start + timedelta(days=1))

    return yearly(span_in, Grain.DAY)


def days_of_month(day: int) -> Series:
    """That day of every month that has it."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for month in units(Grain.MONTH).spans(lo, hi):
            if day <= days_in_month(month.start.year, month.start.month):
                start = month.start.replace(day=day)
                if start < hi and start + timedelta(days=1) > lo:
                    yield Span(start, start + timedelta(days=1))

    return Series(Grain.DAY, spans)


def weeks_of_year(number: int) -> Series:
    """ISO week `number` of each year that has it."""

    def span_in(year: int) -> Span | None:
        try:
            start = datetime.fromisocalendar(year, number, 1)
        except ValueError:
            return None
        return Span(start, start + timedelta(days=7))

    return yearly(span_in, Grain.WEEK)


def daily(second: int, length: int, grain: Grain) -> Series:
    """Every day from `second` (of the day; may reach into the next) for `length` seconds."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        day = shifted(start_of(clamp(lo), Grain.DAY), timedelta(days=-1))
        while day < hi and day < FINISH:
            start = day + timedelta(seconds=second)
            end = start + timedelta(seconds=length)
            if start < hi and end > lo:
                yield Span(start, end)
            day = shifted(day, timedelta(days=1))

    return Series(grain, spans)


def merged(first: Series, second: Series) -> Series:
    """The spans of both, in order of start."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        yield from sorted({*first.spans(lo, hi), *second.spans(lo, hi)}, key=lambda span: (span.start, span.end))

    return Series(first.grain, spans)


def inside(fine: Series, coarse: Series) -> Series:
    """The spans of `fine` that begin inside a span of `coarse`."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for outer in coarse.spans(lo, hi):
            for inner in fine.spans(outer.start, outer.end):
                if outer.start <= inner.start < outer.end and inner.start < hi and inner.end > lo:
                    yield inner

    return Series(fine.grain, spans)


def nth_inside(fine: Series, coarse: Series, position: int) -> Series:
    """Of each coarse span the fine span at `position` (0 is the first, -1 the last) that begins inside it."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for outer in coarse.spans(lo, hi):
            # A unit that straddles the start (the week that holds the 1st) belongs to the next one only if most does.
            inner = [span for span in fine.spans(outer.start, outer.end) if _belongs(span, outer)]
            if -len(inner) <= position < len(inner):
                span = inner[position]
                if span.start < hi and span.end > lo:
                    yield span

    return Series(fine.grain, spans)


def _belongs(span: Span, outer: Span) -> bool:
    middle = span.start + (span.end - span.start) / 2
    return outer.start <= middle < outer.end


def first_after(series: Series, moment: datetime, position: int = 0) -> Span | None:
    """The span at `position` among those that begin at or after the moment."""
    for window in WINDOWS:
        found = islice((s for s in series.spans(moment, shifted(moment, window)) if s.start >= moment), position, None)
        span = next(found, None)
        if span is not None:
            return span
    return None


def last_before(series: Series, moment: datetime, position: int = 0) -> Span | None:
    """The span at `position`, counted backwards, among those that end at or before the moment."""
    for window in WINDOWS:
        found = [s for s in series.spans(shifted(moment, -window), moment) if s.end <= moment]
        if len(found) > position:
            return found[-1 - position]
    return None


def between(first: Series, last: Series, inclusive: bool) -> Series:
    """From each span of `first` to the next of `last`; days and longer count to their end (`inclusive`)."""

    # How far back a range that still lasts may have begun: hours end by the next day, days and weeks take longer.
    reach = timedelta(days=-2 if first.grain <= Grain.PART else -40)

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for opening in first.spans(shifted(lo, reach), hi):
            closing = _closing(last, opening)
            if closing is not None:
                end = closing.end if inclusive else closing.start
                if end > lo:
                    yield Span(opening.start, end)

    return Series(first.grain, spans)


def _closing(last: Series, opening: Span) -> Span | None:
    for window in WINDOWS[:3]:
        for span in last.spans(opening.start, shifted(opening.start, window)):
            if span.start > opening.start:
                return span
    return None
