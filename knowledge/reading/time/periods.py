"""Grammar of weeks, months, quarters, seasons, weekends, years: "uke 48", "neste måned", "i fjor høst", "i helga"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.reading.time.chart import Rules
from knowledge.reading.time.meaning import Context, Number, When, in_year, settled, unit_now
from knowledge.reading.time.resolving import choose
from knowledge.reading.time.series import (
    Grain,
    Series,
    Span,
    add,
    add_months,
    between,
    first_after,
    last_before,
    months,
    shifted,
    start_of,
    units,
    wall,
    weeks_of_year,
    yearly,
)

rules = Rules()

THIS = "denne|dette|den|det|this|inneværende|inneverande|nåværende"
LAST = "forrige|førre|fyrre|sist|siste|last|previous|foregående"
NEXT = "neste|nest|kommende|komande|next|coming|førstkommende|påfølgende"
CYCLES = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


# --- months and years --------------------------------------------------------------------------------------------


@rules("<monthname>", "i|in <monthname|monthshort>", "måneden <monthname>", "<monthname> måned", gives="month")
def _month(context: Context, number: int) -> When:
    return When(months(number), "month")


@rules("<monthname|monthshort> .? i? <year>", "<monthname|monthshort> året <year>", gives="month", weight=0.6)
def _month_of_year(context: Context, number: int, year: int) -> When:
    start = wall(year, number, 1)
    return settled(start, add_months(start, 1), Grain.MONTH, "month")


@rules("<monthname> ' <num>", gives="month", weight=0.3)
def _month_of_short_year(context: Context, number: int, year: Number) -> When | None:
    return _month_of_year(context, number, 2000 + int(year.value)) if 0 <= year.value < 70 else None


@rules("førstkommende|neste|kommende|next <monthname>", "<monthname> førstkommende|neste", gives="month", weight=0.3)
def _coming_month(context: Context, number: int) -> When | None:
    span = first_after(months(number), context.now)
    return None if span is None else settled(span.start, span.end, Grain.MONTH, "month")


@rules("neste <monthname> igjen", gives="month", weight=0.5)
def _month_after_next(context: Context, number: int) -> When | None:
    span = first_after(months(number), context.now, 1)
    return None if span is None else settled(span.start, span.end, Grain.MONTH, "month")


@rules("sist|siste|forrige|last <monthname>", gives="month", weight=0.3)
def _last_month(context: Context, number: int) -> When | None:
    span = last_before(months(number), context.now)
    return None if span is None else replace(settled(span.start, span.end, Grain.MONTH, "month"), back=True)


@rules("i|in|året|år <year>", "i året <year>", gives="yearperiod", weight=0.3)
def _year(context: Context, number: int) -> When:
    return settled(wall(number, 1, 1), wall(number + 1, 1, 1), Grain.YEAR, "year")


@rules("<year>", gives="bareyear")
def _bare_year(context: Context, number: int) -> When:
    return _year(context, number)


@rules("i? fjor|fjoråret", "last year", gives="yearperiod", weight=0.3)
def _last_year(context: Context) -> When:
    return replace(unit_now(context, Grain.YEAR, -1), back=True)


@rules("i? forfjor", gives="yearperiod", weight=0.5)
def _year_before_last(context: Context) -> When:
    return replace(unit_now(context, Grain.YEAR, -2), back=True)


@rules("i år", gives="yearperiod", weight=0.2)
def _this_year(context: Context) -> When:
    return unit_now(context, Grain.YEAR)


@rules("til neste år", "året som kommer", gives="yearperiod", weight=0.5)
def _next_year(context: Context) -> When:
    return unit_now(context, Grain.YEAR, 1)


# --- this, last, next --------------------------------------------------------------------------------------------


@rules(f"i? {THIS} <unit>", f"i? {THIS} her <unit>", "<unit> som er", gives="cycle", weight=0.2)
def _this_unit(context: Context, grain: Grain) -> When | None:
    return unit_now(context, grain) if grain in CYCLES else None


@rules(f"i? de|det|den|the? {LAST} <unit>", "<unit> som var|gikk", gives="cycle", weight=0.4)
def _last_unit(context: Context, grain: Grain) -> When | None:
    if grain is Grain.HOUR:
        start = start_of(context.now, Grain.HOUR)
        return replace(settled(add(start, grain, -1), start, grain, "instant"), back=True)
    return replace(unit_now(context, grain, -1), back=True) if grain in CYCLES else None


@rules(f"i|til? det|den|the? {NEXT} <unit>", "<unit> som kommer", gives="cycle", weight=0.4)
def _next_unit(context: Context, grain: Grain) -> When | None:
    return unit_now(context, grain, 1) if grain in CYCLES else None


@rules("<unit> etter|after neste|next", gives="cycle", weight=0.4)
def _unit_after_next(context: Context, grain: Grain) -> When | None:
    return unit_now(context, grain, 2) if grain in CYCLES else None


@rules("<unit> før|before forrige|sist|siste|last", gives="cycle", weight=0.5)
def _unit_before_last(context: Context, grain: Grain) -> When | None:
    return replace(unit_now(context, grain, -2), back=True) if grain in CYCLES else None


@rules("i? hele|heile <month|seasonwhen|weekendwhen>", gives="period", weight=0.3)
def _whole_period(context: Context, when: When) -> When:
    return replace(when, back=True)


@rules("i? hele|heile <weekendname>", "all weekend", "the whole weekend", gives="weekendwhen", weight=0.4)
def _whole_weekend(context: Context, *_: object) -> When:
    return replace(When(_weekends(), "weekend", ranged=True), back=True)


@rules("i? hele|heile denne? <unit>", "all <unit>", "the whole <unit>", gives="cycle", weight=0.4)
def _whole_unit(context: Context, grain: Grain) -> When | None:
    return replace(unit_now(context, grain), back=True) if grain in CYCLES else None


@rules("<cycle>", "<yearperiod>", "<month>", "<week>", "<quarter>", gives="period")
def _period(context: Context, when: When) -> When:
    return when


@rules("<cycle>", "i? samme måned", "i måneden|måned", gives="thismonth")
def _this_month(context: Context, *cycles: When) -> When | None:
    when = cycles[0] if cycles else unit_now(context, Grain.MONTH)
    return when if when.grain is Grain.MONTH else None


# --- weeks by number ---------------------------------------------------------------------------------------------

WEEK = "uke|veke|uka|uken|week|veka"


@rules(f"{WEEK}|u nr|nummer? .? <num>", gives="week", weight=0.5)
def _numbered_week(context: Context, number: Number) -> When | None:
    if number.value != int(number.value) or not 1 <= number.value <= 53 or number.article:
        return None
    return When(weeks_of_year(int(number.value)), "week")


@rules("<week> ,? i? <year>", "<week> / <year>", "<week> - <year>", gives="week", weight=0.6)
def _week_of_year(context: Context, week: When, number: int) -> When | None:
    for span in week.series.spans(wall(number - 1, 12, 20), wall(number + 1, 1, 10)):
        if (span.start + timedelta(days=3)).year == number:  # ISO: the Thursday tells the year
            return settled(span.start, span.end, Grain.WEEK, "week")
    return None


@rules(f"{WEEK} <num> -|til|og|to <num>", f"{WEEK} <num> -|til {WEEK} <num>", gives="any", weight=0.8)
def _weeks(context: Context, first: Number, last: Number) -> When | None:
    if not 1 <= first.value < last.value <= 53:
        return None
    series = between(weeks_of_year(int(first.value)), weeks_of_year(int(last.value)), inclusive=True)
    return When(series, "range", ranged=True)


@rules(f"{WEEK} av|i|med|som? <date>", "<date> -? uka|uken|veka", gives="week", weight=0.3)
def _week_holding(context: Context, when: When) -> When | None:
    span = choose(when, context.now, None)
    if span is None or when.grain > Grain.DAY or when.kind == "weekday":
        return None
    start = start_of(span.start, Grain.WEEK)
    return settled(start, shifted(start, timedelta(days=7)), Grain.WEEK, "week")


# --- quarters and seasons ----------------------------------------------------------------------------------------


@rules("den|det? <ord> kvartal|kvartalet|quarter", "kvartal|q <num>", gives="quarter", weight=0.4)
def _quarter(context: Context, number: Number | int) -> When | None:
    which = number if isinstance(number, int) else int(number.value)
    return When(_from_month(3 * which - 2), "quarter") if 1 <= which <= 4 else None


def _from_month(first: int) -> Series:
    """The three months from `first` on, every year."""

    def span_in(year: int) -> Span:
        start = wall(year, first, 1)
        return Span(start, add_months(start, 3))

    return yearly(span_in, Grain.QUARTER)


@rules("<quarter|seasonwhen|weekendwhen|seasonbare> i|av? <year>", gives="period", weight=0.6)
def _period_of_year(context: Context, when: When, number: int) -> When | None:
    return in_year(when, number)


def _season(month: int) -> When:
    """Spring, summer, autumn, winter by whole months from March on, as the meteorologists have them."""
    return When(_from_month(month), "season", ranged=True)


@rules(
    "<seasondefinite>",
    "i|denne|this|in|the <seasonname>",
    "i|til|på|om|utpå|denne|this|in|the <seasondefinite>",
    "nå i <seasonname|seasondefinite>",
    "den her <seasonname|seasondefinite>",
    gives="seasonwhen",
)
def _season_any(context: Context, month: int) -> When:
    return _season(month)


@rules("<seasonname>", gives="seasonbare")
def _season_bare(context: Context, month: int) -> When:
    return _season(month)


@rules("<seasonwhen>", "<weekendwhen>", gives="period")
def _season_period(context: Context, when: When) -> When:
    return when


@rules(
    "i? fjor <seasonname>",
    "<seasonname|seasondefinite> i fjor",
    "i? fjor|fjorårets <seasonname|seasondefinite>",
    gives="period",
    weight=0.7,
)
def _season_last_year(context: Context, month: int) -> When | None:
    when = in_year(_season(month), context.now.year - 1)
    return None if when is None else replace(when, back=True)


@rules(f"{NEXT} <seasonname|seasondefinite>", "<seasonname|seasondefinite> som kommer", gives="period", weight=0.5)
def _next_season(context: Context, month: int) -> When | None:
    span = first_after(_from_month(month), context.now)
    return None if span is None else settled(span.start, span.end, Grain.QUARTER, "season", ranged=True)


@rules(f"{LAST} <seasonname|seasondefinite>", gives="period", weight=0.5)
def _last_season(context: Context, month: int) -> When | None:
    span = last_before(_from_month(month), context.now)
    return (
        None
        if span is None
        else replace(settled(span.start, span.end, Grain.QUARTER, "season", ranged=True), back=True)
    )


# --- weekends ----------------------------------------------------------------------------------------------------


def _weekends() -> Series:
    """Friday 18:00 to the end of Sunday."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for week in units(Grain.WEEK).spans(lo, hi):
            span = Span(week.start + timedelta(days=4, hours=18), week.end)
            if span.start < hi and span.end > lo:
                yield span

    return Series(Grain.WEEKEND, spans)


@rules(
    "i|på|over|til|gjennom|denne|this|the|nå? <weekendname>",
    "i|over denne <weekendname>",
    "nå i <weekendname>",
    gives="weekendwhen",
    weight=0.2,
)
def _weekend(context: Context, _: object) -> When:
    return When(_weekends(), "weekend", ranged=True)


@rules(f"i? {LAST} <weekendname>", "<weekendname> som var", gives="weekendwhen", weight=0.5)
def _last_weekend(context: Context, _: object) -> When | None:
    span = last_before(_weekends(), context.now)
    return (
        None
        if span is None
        else replace(settled(span.start, span.end, Grain.WEEKEND, "weekend", ranged=True), back=True)
    )


@rules(
    "førstkommende|kommende|coming|komande <weekendname>",
    "<weekendname> som kommer",
    "nå til <weekendname>",
    gives="weekendwhen",
    weight=0.5,
)
def _coming_weekend(context: Context, _: object) -> When | None:
    span = first_after(_weekends(), context.now)
    return None if span is None else settled(span.start, span.end, Grain.WEEKEND, "weekend", ranged=True)


@rules("neste|next <weekendname>", gives="weekendwhen", weight=0.5)
def _next_weekend(context: Context, _: object) -> When | None:
    """The weekend of next week."""
    monday = shifted(start_of(context.now, Grain.WEEK), timedelta(days=7))
    span = first_after(_weekends(), monday)
    return None if span is None else settled(span.start, span.end, Grain.WEEKEND, "weekend", ranged=True)
