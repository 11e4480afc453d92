"""Grammar of counting and of edges: "første tirsdag i oktober", "siste virkedag i mai", "slutten av uka", "ut mars"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.reading.time import feasts
from knowledge.reading.time.chart import Rules
from knowledge.reading.time.meaning import Context, When, settled, unit_now
from knowledge.reading.time.periods import CYCLES
from knowledge.reading.time.resolving import choose
from knowledge.reading.time.series import (
    Grain,
    Series,
    Span,
    add,
    days_of_month,
    first_after,
    last_before,
    month_days,
    nth_inside,
    shifted,
    start_of,
    units,
    wall,
    weekdays,
    yearly,
)

rules = Rules()

_WEEK = timedelta(days=7)
_KINDS = {Grain.DAY: "day", Grain.WEEK: "week"}


def _counted(fine: Series, coarse: When, position: int) -> When | None:
    if coarse.grain <= fine.grain:
        return None
    window = coarse.window
    if window is not None:  # the first week of a month may begin in the one before
        window = Span(shifted(window.start, -_WEEK), shifted(window.end, _WEEK))
    return When(nth_inside(fine, coarse.series, position), _KINDS.get(fine.grain, "month"), window=window)


@rules("den|the? <ord> <weekday> i|av|in|of? <period>", gives="day", weight=0.7)
def _nth_weekday(context: Context, position: int, number: int, coarse: When) -> When | None:
    return _counted(weekdays(number), coarse, position - 1)


@rules("den|the? siste|last <weekday> i|av|in|of? <period>", gives="day", weight=0.9)
def _last_weekday(context: Context, number: int, coarse: When) -> When | None:
    return _counted(weekdays(number), coarse, -1)


@rules("den|the? <ord> <unit> i|av|in|of|på <period>", "den <ord> <unit> <period>", gives="day", weight=0.7)
def _nth_unit(context: Context, position: int, grain: Grain, coarse: When) -> When | None:
    return _counted(units(grain), coarse, position - 1) if grain >= Grain.DAY else None


@rules("den|the? siste|last <unit> i|av|in|of <period>", gives="day", weight=0.9)
def _last_unit(context: Context, grain: Grain, coarse: When) -> When | None:
    return _counted(units(grain), coarse, -1) if grain >= Grain.DAY else None


@rules("den|the? <ord> <workunit> i|av|in|of <period>", gives="day", weight=0.7)
def _nth_working_day(context: Context, position: int, _: object, coarse: When) -> When | None:
    return _counted(feasts.working_days(), coarse, position - 1)


@rules("den|the? siste|last <workunit> i|av|in|of <period>", gives="day", weight=0.9)
def _last_working_day(context: Context, _: object, coarse: When) -> When | None:
    return _counted(feasts.working_days(), coarse, -1)


@rules("måneden|måned", gives="period", weight=-0.2)
def _the_month(context: Context) -> When:
    return unit_now(context, Grain.MONTH)


@rules("uka|uken|veka", gives="period", weight=-0.2)
def _the_week(context: Context) -> When:
    return unit_now(context, Grain.WEEK)


@rules("året", gives="period", weight=-0.2)
def _the_year(context: Context) -> When:
    return unit_now(context, Grain.YEAR)


@rules("den|the? <ord> <weekday|unit> etter|after <any>", gives="any", weight=0.8)
def _nth_after(context: Context, position: int, fine: int, anchor: When) -> When | None:
    span = choose(anchor, context.now, None)
    if span is None or (isinstance(fine, Grain) and fine < Grain.DAY):
        return None
    series = units(fine) if isinstance(fine, Grain) else weekdays(fine)
    found = first_after(series, span.end, position - 1)
    return None if found is None else settled(found.start, found.end, series.grain, "day")


@rules("den|the? <ord> <workunit> etter|after <any>", gives="any", weight=0.9)
def _nth_working_day_after(context: Context, position: int, _: object, anchor: When) -> When | None:
    span = choose(anchor, context.now, None)
    found = None if span is None else first_after(feasts.working_days(), span.end, position - 1)
    return None if found is None else settled(found.start, found.end, Grain.DAY, "day")


@rules("neste? <weekday> etter|after <any>", gives="any", weight=0.5)
def _weekday_after(context: Context, number: int, anchor: When) -> When | None:
    return None if anchor.kind == "weekday" else _nth_after(context, 1, number, anchor)


@rules("siste? <weekday> før|before <any>", gives="any", weight=0.5)
def _weekday_before(context: Context, number: int, anchor: When) -> When | None:
    span = choose(anchor, context.now, None)
    found = None if span is None else last_before(weekdays(number), span.start)
    return None if found is None else settled(found.start, found.end, Grain.DAY, "day")


@rules("siste|last? <unit> før|before <any>", gives="any", weight=0.4)
def _unit_before(context: Context, grain: Grain, anchor: When) -> When | None:
    return _unit_beside(context, grain, anchor, -1)


@rules("<unit> etter|after <any>", gives="any", weight=0.4)
def _unit_after(context: Context, grain: Grain, anchor: When) -> When | None:
    return _unit_beside(context, grain, anchor, 1)


def _unit_beside(context: Context, grain: Grain, anchor: When, sign: int) -> When | None:
    span = choose(anchor, context.now, None)
    if span is None or grain not in (*CYCLES, Grain.DAY) or anchor.bound != "at":
        return None
    start = add(start_of(span.start, grain), grain, sign)
    return settled(start, add(start, grain, 1), grain, "day" if grain is Grain.DAY else "week")


# --- edges -------------------------------------------------------------------------------------------------------


def _edge(context: Context, when: When, from_share: float, to_share: float) -> When | None:
    """A share of the period, to whole days; of a day, to the hour."""
    span = choose(when, context.now, None)
    if span is None or when.grain < Grain.DAY:
        return None
    whole = span.end - span.start
    unit = Grain.HOUR if when.grain is Grain.DAY else Grain.DAY
    start = start_of(span.start + whole * from_share, unit)
    end = start_of(span.start + whole * to_share, unit)
    grain = Grain.PART if unit is Grain.HOUR else Grain.DAY
    return replace(settled(start, end, grain, "edge", ranged=True), estimate=True, back=when.back)


@rules(
    "i|på? begynnelsen|byrjinga|starten|start|beginning av|of|på the? <period|day>",
    "tidlig|tidleg|early i|på|in? <period>",
    "først|fyrst i|på <period>",
    "primo <period>",
    gives="any",
    weight=0.6,
)
def _start_edge(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.0, 1 / 3)


@rules(
    "i? første|fyrste halvdel|halvdelen|del av <period>", "the? first half of the? <period>", gives="any", weight=0.8
)
def _first_half(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.0, 0.5)


@rules(
    "i? siste|andre|annen halvdel|halvdelen|del av <period>",
    "the? second|last half of the? <period>",
    gives="any",
    weight=0.8,
)
def _second_half(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.5, 1.0)


@rules("i|på? midten|midt av|i|of|på the? <period>", "mid|midt|medio -? <period>", gives="any", weight=0.6)
def _middle_edge(context: Context, when: When) -> When | None:
    return _edge(context, when, 1 / 3, 2 / 3)


@rules(
    "i|på|mot|ved? slutten|slutt|end|utgangen|enden av|of|på the? <period|day>",
    "sent|seint|late|ultimo i|på|in? <period>",
    "sist i|på <period>",
    gives="any",
    weight=0.6,
)
def _end_edge(context: Context, when: When) -> When | None:
    return _edge(context, when, 2 / 3, 1.0)


@rules(
    "slutten|utgangen|slutt av dagen",
    "dagen ut",
    "ut dagen",
    "end of the? day",
    "dagens slutt",
    gives="dayend",
    weight=0.6,
)
def _day_end(context: Context) -> When:
    return unit_now(context, Grain.DAY)


@rules("<period> ut", "månedsslutt", gives="periodend", weight=0.6)
def _period_out(context: Context, *periods: When) -> When:
    return periods[0] if periods else unit_now(context, Grain.MONTH)


@rules("årsslutt", "årets slutt", gives="periodend", weight=0.6)
def _year_end(context: Context) -> When:
    return unit_now(context, Grain.YEAR)


@rules(
    "innen|før|by|before|senest|til|fram|frem til? <dayend|periodend>",
    "<dayend|periodend>",
    "innen|før|by|before|senest|til slutten|utgangen|slutt|end av|of the? <period>",
    "innen|før|by|before the end of the? <period>",
    "ut <period>",
    gives="any",
    weight=1.2,
)
def _by_end(context: Context, when: When) -> When | None:
    span = choose(when, context.now, "future")
    return (
        None if span is None else replace(settled(span.end, span.end + timedelta(days=1), Grain.DAY, "day"), bound="by")
    )


@rules("i løpet av dagen|dag", gives="dayend", weight=0.3)
def _in_course_of_day(context: Context) -> When:
    return unit_now(context, Grain.DAY)


@rules("i løpet av <period>", "in the course of the? <period>", "during the? <period>", gives="any", weight=0.8)
def _in_course_of(context: Context, when: When) -> When | None:
    """A week, month or year is the time one has, to its end; a weekend or a season is when it is."""
    if when.grain is Grain.WEEKEND or when.ranged:
        return when
    return _by_end(context, when)


@rules("årsskiftet|årsskifte", gives="day", weight=0.3)
def _turn_of_year(context: Context) -> When:
    return When(yearly(lambda year: Span(wall(year, 1, 1), wall(year, 1, 2)), Grain.DAY), "day")


@rules("månedsskiftet|månadsskiftet", gives="day", weight=0.3)
def _turn_of_month(context: Context) -> When:
    return When(days_of_month(1), "dayofmonth")


@rules("månedsskiftet|månadsskiftet <monthname> /|-? <monthname>", gives="day", weight=0.8)
def _named_turn_of_month(context: Context, before: int, after: int) -> When:
    return When(month_days(after, 1), "monthday")
