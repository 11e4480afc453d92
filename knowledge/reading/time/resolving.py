"""Picking one span of a series: a fault lies back, a delivery ahead, and without a direction the nearest ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.reading.time.meaning import When, known_span
from knowledge.reading.time.moment import Direction, Moment, Precision, to_aware
from knowledge.reading.time.series import BEGIN, FINISH, WINDOWS, Grain, Span, add_months, shifted, start_of

_PRECISION: dict[Grain, Precision] = {
    Grain.SECOND: "minute",
    Grain.MINUTE: "minute",
    Grain.HOUR: "hour",
    Grain.PART: "part_of_day",
    Grain.DAY: "day",
    Grain.WEEKEND: "day",
    Grain.WEEK: "week",
    Grain.MONTH: "month",
    Grain.QUARTER: "month",
    Grain.YEAR: "year",
}


FAR = timedelta(days=600)
LATEST = add_months(FINISH, -24)  # what lies at the end of the reckoning was clamped there


def choose(when: When, now: datetime, direction: Direction | None) -> Span | None:
    """The span meant. Back: the last that has begun. Ahead: the one that lasts or comes next."""
    if when.settled:
        return known_span(when)
    if direction is None and when.kind == "clock" and when.clock is not None and when.clock.figure:
        when = replace(when, series=replace(when.clock, vague=False).series())
    if when.otherwise is not None:
        return _near_or_otherwise(when, now, direction)
    return _back(when, now) if direction == "past" else _ahead(when, now)


def _near_or_otherwise(when: When, now: datetime, direction: Direction | None) -> Span | None:
    """ "fredag 18. juli" without a direction is the nearest, back or ahead; the date alone when that is years away."""
    candidates = [
        _back(when, now) if direction != "future" else None,
        _ahead(when, now) if direction != "past" else None,
    ]
    spans = [span for span in candidates if span is not None and abs(span.start - now) < FAR]
    if spans:
        return min(spans, key=lambda span: abs(span.start - now))
    return choose(replace(when, series=when.otherwise or when.series, otherwise=None), now, direction)


def _back(when: When, now: datetime) -> Span | None:
    today = start_of(now, Grain.DAY)
    for window in WINDOWS:
        found = [
            span
            for span in when.series.spans(shifted(now, -window), shifted(now, timedelta(seconds=1)))
            if span.start <= now and not (when.coming and span.start >= today)
        ]
        if found:
            return found[-1]
    return None


def _ahead(when: When, now: datetime) -> Span | None:
    tomorrow = shifted(start_of(now, Grain.DAY), timedelta(days=1))
    fine = when.grain <= Grain.HOUR
    for window in WINDOWS:
        for span in when.series.spans(now, shifted(now, window)):
            if when.coming and span.start < tomorrow:
                continue
            if fine and span.start < now and not when.ranged:
                continue
            return span
    return None


def moment_of(when: When, text: str, now: datetime, direction: Direction | None) -> Moment | None:
    """The moment the words mean; None when no span of it is near enough to be meant."""
    span = choose(when, now, direction)
    if span is None or not BEGIN < span.start < LATEST:
        return None
    if when.bound == "after" and (when.grain > Grain.DAY or span.end - span.start > timedelta(days=1)):
        span = Span(span.end, shifted(span.end, timedelta(days=1)))  # "etter helga" is from Monday on
        when = replace(when, ranged=False, shown=Grain.DAY)
    precision = _PRECISION[when.shown if when.shown is not None else when.grain]
    end: datetime | None = None
    if (
        when.ranged
        or when.grain is Grain.QUARTER
        or (when.kind == "feast" and span.end - span.start > timedelta(days=1))
    ):
        end = to_aware(span.end)
    at = to_aware(span.start)
    if end is not None and end <= at:
        end = None
    fell_back = when.otherwise is not None and next(when.series.spans(span.start, span.end), None) is None
    return Moment(at, text, precision, when.estimate or fell_back, end, when.bound, when.kind != "clock")
