"""Grammar of weeks, months, quarters, seasons and years, of counting inside them, and of how words stand to a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.reading.time import feasts
from knowledge.reading.time.chart import Rules
from knowledge.reading.time.days import in_year
from knowledge.reading.time.meaning import (
    Clock,
    Context,
    Length,
    Number,
    When,
    both,
    known_span,
    of_clock,
    settled,
    unit_now,
)
from knowledge.reading.time.resolving import choose
from knowledge.reading.time.series import (
    Grain,
    Series,
    Span,
    add,
    add_months,
    between,
    days_of_month,
    first_after,
    fixed,
    last_before,
    months,
    nth_inside,
    shifted,
    start_of,
    units,
    weekdays,
    weeks_of_year,
    yearly,
)

rules = Rules()

THIS = "denne|dette|den|det|this|inneværende|inneverande|nåværende"
LAST = "forrige|førre|sist|siste|last|previous|foregående|fjor"
NEXT = "neste|nest|kommende|komande|next|coming|førstkommende|påfølgende|den neste"
_CYCLES = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@rules("<monthname>", "i|in <monthname|monthshort>", "måneden <monthname>", "<monthname> måned", gives="month")
def month(context: Context, number: int) -> When:
    return When(months(number), "month")


@rules("<monthname|monthshort> .? <year>", "<monthname|monthshort> i? året? <year>", gives="month", weight=0.6)
def month_of_year(context: Context, number: int, year: int) -> When:
    start = datetime(year, number, 1)
    return settled(start, add_months(start, 1), Grain.MONTH, "month")


@rules("<monthname> ' <num>", gives="month", weight=0.3)
def month_of_short_year(context: Context, number: int, year: Number) -> When | None:
    return month_of_year(context, number, 2000 + int(year.value)) if 0 <= year.value < 70 else None  # type: ignore[no-any-return]


@rules("førstkommende|neste|kommende|next <monthname>", "<monthname> førstkommende|neste", gives="month", weight=0.3)
def coming_month_name(context: Context, number: int) -> When | None:
    span = first_after(months(number), context.now)
    return None if span is None else settled(span.start, span.end, Grain.MONTH, "month")


@rules("sist|siste|forrige|last <monthname>", gives="month", weight=0.3)
def last_month_name(context: Context, number: int) -> When | None:
    span = last_before(months(number), context.now)
    return None if span is None else settled(span.start, span.end, Grain.MONTH, "month")


@rules("i|in|året|år <year>", "i året <year>", "år <year>", gives="yearperiod", weight=0.3)
def year(context: Context, number: int) -> When:
    return settled(datetime(number, 1, 1), datetime(number + 1, 1, 1), Grain.YEAR, "year")


@rules("<year>", gives="bareyear")
def bare_year(context: Context, number: int) -> When:
    return year(context, number)  # type: ignore[no-any-return]


@rules("i? fjor", "i? fjoråret", "last year", gives="yearperiod", weight=0.3)
def last_year(context: Context) -> When:
    return replace(unit_now(context, Grain.YEAR, -1), back=True)


@rules("i forfjor", "forfjor", gives="yearperiod", weight=0.5)
def year_before_last(context: Context) -> When:
    return unit_now(context, Grain.YEAR, -2)


@rules("i år", gives="yearperiod", weight=0.2)
def this_year(context: Context) -> When:
    return unit_now(context, Grain.YEAR)


@rules("til neste år", "året som kommer", gives="yearperiod", weight=0.5)
def next_year(context: Context) -> When:
    return unit_now(context, Grain.YEAR, 1)


@rules(f"i? {THIS} <unit>", "i <unit>", "<unit> som er", gives="cycle", weight=0.2)
def this_unit(context: Context, grain: Grain) -> When | None:
    return unit_now(context, grain) if grain in _CYCLES else None


@rules(f"i? de|det|den|the? {LAST} <unit>", "<unit> som var|gikk", gives="cycle", weight=0.4)
def last_unit(context: Context, grain: Grain) -> When | None:
    if grain is Grain.DAY or grain < Grain.HOUR:
        return None
    if grain is Grain.HOUR:
        start = start_of(context.now, Grain.HOUR)
        return replace(settled(add(start, grain, -1), start, grain, "instant"), back=True)
    return replace(unit_now(context, grain, -1), back=True)


@rules(f"i|til? det|den|the? {NEXT} <unit>", "<unit> som kommer", gives="cycle", weight=0.4)
def next_unit(context: Context, grain: Grain) -> When | None:
    return unit_now(context, grain, 1) if grain in _CYCLES else None


@rules("<unit> etter|after neste|next", "om to uker", "<unit> after next", gives="cycle", weight=0.4)
def unit_after_next(context: Context, *found: Grain) -> When | None:
    return unit_now(context, found[0], 2) if found and found[0] in _CYCLES else None


@rules("<unit> før|before forrige|sist|siste|last", gives="cycle", weight=0.5)
def unit_before_last(context: Context, grain: Grain) -> When | None:
    return replace(unit_now(context, grain, -2), back=True) if grain in _CYCLES else None


@rules(
    "hele|heile|i hele <unit>",
    "i? hele|heile denne <unit>",
    "all <unit>",
    "the whole <unit>",
    gives="cycle",
    weight=0.4,
)
def whole_unit(context: Context, grain: Grain) -> When | None:
    return replace(unit_now(context, grain), back=True) if grain in _CYCLES else None


@rules("<cycle>", "<yearperiod>", "<month>", "<week>", "<season>", "<quarter>", "<weekendwhen>", gives="period")
def period(context: Context, when: When) -> When | None:
    return when if isinstance(when, When) else None


@rules("denne|inneværende|neste|forrige <monthunit>", gives="thismonth")
def this_month(context: Context, when: When) -> When:
    return when


@rules("<cycle>", "i? samme måned", "i måneden", gives="thismonth")
def month_cycle(context: Context, *found: When) -> When | None:
    when = found[0] if found else unit_now(context, Grain.MONTH)
    return when if when.grain is Grain.MONTH else None


@rules("uke|veke|uka|uken|week|u|veka nr|nummer? .? <num>", gives="week", weight=0.5)
def numbered_week(context: Context, number: Number) -> When | None:
    if number.value != int(number.value) or not 1 <= number.value <= 53 or number.article:
        return None
    return When(weeks_of_year(int(number.value)), "week")


@rules("<week> ,? i? <year>", "<week> / <year>", "<week> - <year>", gives="week", weight=0.6)
def week_of_year(context: Context, week: When, number: int) -> When | None:
    for span in week.series.spans(datetime(number - 1, 12, 20), datetime(number + 1, 1, 10)):
        if (span.start + timedelta(days=3)).year == number:
            return settled(span.start, span.end, Grain.WEEK, "week")
    return None


@rules("uke|veke|uka|uken|week <num> -|til|og|to <num>", "uke|veke <num> - uke|veke <num>", gives="any", weight=0.8)
def weeks(context: Context, first: Number, last: Number) -> When | None:
    if not 1 <= first.value < last.value <= 53:
        return None
    series = between(weeks_of_year(int(first.value)), weeks_of_year(int(last.value)), inclusive=True)
    return When(series, "range", ranged=True)


@rules("uka|uken|uke|veka|veke|the? week av|i|med|som? <date>", "<date> -? uka|uken", gives="week", weight=0.3)
def week_holding(context: Context, when: When) -> When | None:
    span = choose(when, context.now, None)
    if span is None or when.grain > Grain.DAY or when.kind == "weekday":
        return None
    start = start_of(span.start, Grain.WEEK)
    return settled(start, shifted(start, timedelta(days=7)), Grain.WEEK, "week")


# --- quarters, halves, seasons, weekends -------------------------------------------------------------------------


def _quarter(number: int) -> Series | None:
    if not 1 <= number <= 4:
        return None

    def span_in(year_: int) -> Span:
        start = datetime(year_, 3 * number - 2, 1)
        return Span(start, add_months(start, 3))

    return yearly(span_in, Grain.QUARTER)


@rules(
    "<ord> kvartal|kvartalet|quarter",
    "kvartal <num>",
    "q <num>",
    "den|det <ord> kvartal|kvartalet",
    gives="quarter",
    weight=0.4,
)
def quarter(context: Context, number: Number | int) -> When | None:
    series = _quarter(number if isinstance(number, int) else int(number.value))
    return None if series is None else When(series, "quarter")


@rules("<quarter> i|av? <year>", "<season> i|av? <year>", "<weekendwhen> i|av? <year>", gives="period", weight=0.6)
def quarter_of_year(context: Context, when: When, number: int) -> When | None:
    return in_year(when, number) if isinstance(when, When) else None


_SEASON_START = {"vår": 3, "sommer": 6, "høst": 9, "vinter": 12}


def _season(name: str) -> Series:
    """Spring, summer, autumn and winter by whole months from March on, as the meteorologists have them."""

    def span_in(year_: int) -> Span:
        start = datetime(year_, _SEASON_START[name], 1)
        return Span(start, add_months(start, 3))

    return yearly(span_in, Grain.QUARTER)


@rules(
    "<season>",
    "i|til|på|om|denne|this|in|utpå <season>",
    "the|nå i? <season>",
    "til <season>",
    gives="seasonwhen",
    weight=0.1,
)
def season(context: Context, name: str) -> When:
    return When(_season(name), "season", ranged=True)


@rules("<seasonwhen>", gives="period")
def season_period(context: Context, when: When) -> When:
    return when


@rules("<seasonwhen> i? <year>", gives="period", weight=0.6)
def season_of_year(context: Context, when: When, number: int) -> When | None:
    return in_year(when, number)


@rules("i? fjor <season>", "<season> i fjor", "last <season> last year", gives="period", weight=0.7)
def season_last_year(context: Context, name: str) -> When | None:
    when = in_year(season(context, name), context.now.year - 1)  # type: ignore[arg-type]
    return None if when is None else replace(when, back=True)


@rules("neste|kommende|next|coming|førstkommende <season>", "<season> som kommer", gives="period", weight=0.5)
def next_season(context: Context, name: str) -> When | None:
    span = first_after(_season(name), context.now)
    return None if span is None else settled(span.start, span.end, Grain.QUARTER, "season", ranged=True)


@rules("forrige|sist|siste|last <season>", gives="period", weight=0.5)
def last_season(context: Context, name: str) -> When | None:
    span = last_before(_season(name), context.now)
    return None if span is None else settled(span.start, span.end, Grain.QUARTER, "season", ranged=True)


def weekends() -> Series:
    """Friday 18:00 to the end of Sunday."""

    def spans(lo: datetime, hi: datetime):  # type: ignore[no-untyped-def]
        for week in units(Grain.WEEK).spans(lo, hi):
            start, end = week.start + timedelta(days=4, hours=18), week.end
            if start < hi and end > lo:
                yield Span(start, end)

    return Series(Grain.WEEKEND, spans)


@rules(
    "i|på|over|til|gjennom? <weekend>",
    "i? denne|this|the|nå i? <weekend>",
    "i helga nå",
    gives="weekendwhen",
    weight=0.2,
)
def weekend(context: Context, *_: object) -> When:
    return When(weekends(), "weekend", ranged=True)


@rules("i? forrige|sist|siste|førre|last <weekend>", "helga som var", gives="weekendwhen", weight=0.5)
def last_weekend(context: Context, *_: object) -> When | None:
    span = last_before(weekends(), context.now)
    return (
        None
        if span is None
        else replace(settled(span.start, span.end, Grain.WEEKEND, "weekend", ranged=True), back=True)
    )


@rules(
    "i? førstkommende|kommende|coming|komande <weekend>",
    "helga som kommer",
    "nå til helga|helgen",
    gives="weekendwhen",
    weight=0.5,
)
def coming_weekend(context: Context, *_: object) -> When | None:
    span = first_after(weekends(), context.now)
    return None if span is None else settled(span.start, span.end, Grain.WEEKEND, "weekend", ranged=True)


@rules("neste|next <weekend>", gives="weekendwhen", weight=0.5)
def next_weekend(context: Context, *_: object) -> When | None:
    """The weekend of next week."""
    monday = shifted(start_of(context.now, Grain.WEEK), timedelta(days=7))
    span = first_after(weekends(), monday)
    return None if span is None else settled(span.start, span.end, Grain.WEEKEND, "weekend", ranged=True)


# --- counting ----------------------------------------------------------------------------------------------------


def _counted(context: Context, fine: Series, coarse: When, position: int) -> When | None:
    series = nth_inside(fine, coarse.series, position)
    kind = "day" if fine.grain is Grain.DAY else "week" if fine.grain is Grain.WEEK else "month"
    if coarse.grain <= fine.grain:
        return None
    return When(series, kind, settled=coarse.settled)


@rules(
    "den? <ord> <weekday> i|av|in|of <period>",
    "the? <ord> <weekday> i|av|in|of <period>",
    "den? <ord> <weekday> <period>",
    gives="day",
    weight=0.7,
)
def nth_weekday(context: Context, position: int, number: int, coarse: When) -> When | None:
    return _counted(context, weekdays(number), coarse, position - 1)


@rules("den|the? siste|last <weekday> i|av|in|of <period>", "siste <weekday> <period>", gives="day", weight=0.9)
def last_weekday_in(context: Context, number: int, coarse: When) -> When | None:
    return _counted(context, weekdays(number), coarse, -1)


@rules("den|the? <ord> <unit> i|av|in|of|på <period>", "den <ord> <unit> <period>", gives="day", weight=0.7)
def nth_unit(context: Context, position: int, grain: Grain, coarse: When) -> When | None:
    return _counted(context, units(grain), coarse, position - 1) if grain >= Grain.DAY else None


@rules("den|the? siste|last <unit> i|av|in|of <period>", gives="day", weight=0.9)
def last_unit_in(context: Context, grain: Grain, coarse: When) -> When | None:
    return _counted(context, units(grain), coarse, -1) if grain >= Grain.DAY else None


@rules("den|the? <ord> <workunit> i|av|in|of <period>", gives="day", weight=0.7)
def nth_working_day(context: Context, position: int, one: int, coarse: When) -> When | None:
    return _counted(context, feasts.working_days(), coarse, position - 1)


@rules("den|the? siste|last <workunit> i|av|in|of <period>", gives="day", weight=0.9)
def last_working_day_in(context: Context, one: int, coarse: When) -> When | None:
    return _counted(context, feasts.working_days(), coarse, -1)


@rules("i måneden|måned", "i uka|uken", "i året", gives="period", weight=-0.2)
def the_period(context: Context) -> When:
    return unit_now(context, Grain.MONTH)


@rules("den|the? <ord> <weekday|unit> etter|after <any>", gives="any", weight=0.8)
def nth_after(context: Context, position: int, fine: int, anchor: When) -> When | None:
    span = known_span(anchor) if anchor.settled else choose(anchor, context.now, None)
    if span is None:
        return None
    if isinstance(fine, Grain):
        if fine < Grain.DAY:
            return None
        series = units(fine)
    else:
        series = weekdays(fine)
    found = first_after(series, span.end, position - 1)
    return None if found is None else settled(found.start, found.end, series.grain, "day")


@rules("<weekday> etter|after <any>", "neste <weekday> etter <any>", gives="any", weight=0.5)
def weekday_after(context: Context, number: int, anchor: When) -> When | None:
    return None if anchor.kind == "weekday" else nth_after(context, 1, number, anchor)  # type: ignore[no-any-return]


@rules("<weekday> før|before <any>", "siste <weekday> før <any>", gives="any", weight=0.5)
def weekday_before(context: Context, number: int, anchor: When) -> When | None:
    span = known_span(anchor) if anchor.settled else choose(anchor, context.now, None)
    found = None if span is None else last_before(weekdays(number), span.start)
    return None if found is None else settled(found.start, found.end, Grain.DAY, "day")


@rules("<unit> før|before <any>", "siste|last <unit> før|before <any>", gives="any", weight=0.4)
def unit_before(context: Context, grain: Grain, anchor: When) -> When | None:
    return _unit_beside(context, grain, anchor, -1)


@rules("<unit> etter|after <any>", gives="any", weight=0.4)
def unit_after(context: Context, grain: Grain, anchor: When) -> When | None:
    return _unit_beside(context, grain, anchor, 1)


def _unit_beside(context: Context, grain: Grain, anchor: When, sign: int) -> When | None:
    if grain not in (*_CYCLES, Grain.DAY) or anchor.bound != "at":
        return None
    span = known_span(anchor) if anchor.settled else choose(anchor, context.now, None)
    if span is None:
        return None
    start = add(start_of(span.start, grain), grain, sign)
    return settled(start, add(start, grain, 1), grain, "day" if grain is Grain.DAY else "week")


# --- edges -------------------------------------------------------------------------------------------------------


def _edge(context: Context, when: When, from_share: float, to_share: float) -> When | None:
    span = known_span(when) if when.settled else choose(when, context.now, None)
    if span is None or when.grain < Grain.DAY:
        return None
    whole = span.end - span.start
    start = (
        start_of(span.start + whole * from_share, Grain.DAY)
        if when.grain > Grain.DAY
        else span.start + whole * from_share
    )
    end = span.end if to_share >= 1 else start_of(span.start + whole * to_share, Grain.DAY)
    if when.grain is Grain.DAY:
        end = span.start + whole * to_share
    return replace(
        settled(start, end, Grain.DAY if when.grain > Grain.DAY else Grain.PART, "edge", ranged=True), estimate=True
    )


@rules(
    "i|på? begynnelsen|byrjinga|starten|start|beginning av|of|på the? <period|day>",
    "tidlig|tidleg i|på? <period>",
    "early in? <period>",
    "først|fyrst i <period>",
    gives="any",
    weight=0.6,
)
def start_edge(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.0, 0.33)


@rules("i|på? midten|midt av|i|of|på the? <period>", "mid -? <period>", "midt|medio <period>", gives="any", weight=0.6)
def middle_edge(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.33, 0.67)


@rules(
    "i|på|mot|ved? slutten|slutt|end|utgangen|enden av|of|på the? <period|day>",
    "sent|seint i|på? <period>",
    "late in? <period>",
    "sist i <period>",
    "ultimo <period>",
    gives="any",
    weight=0.6,
)
def end_edge(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.67, 1.0)


@rules(
    "slutten|utgangen av måneden|måned",
    "måneden ut",
    "ut måneden",
    "end of the? month",
    "månedsslutt",
    gives="monthend",
    weight=0.6,
)
def month_end(context: Context) -> When | None:
    return unit_now(context, Grain.MONTH)


@rules(
    "slutten|utgangen av året|år", "året ut", "ut året", "end of the? year", "årsslutt", gives="monthend", weight=0.6
)
def year_end(context: Context) -> When | None:
    return unit_now(context, Grain.YEAR)


@rules(
    "slutten|utgangen av uka|uken|veka",
    "uka|uken|veka ut",
    "ut uka|uken|veka",
    "end of the? week",
    gives="monthend",
    weight=0.6,
)
def week_end(context: Context) -> When | None:
    return unit_now(context, Grain.WEEK)


@rules(
    "slutten|utgangen av dagen",
    "dagen ut",
    "ut dagen",
    "end of the? day",
    "arbeidsdagens slutt",
    gives="monthend",
    weight=0.6,
)
def day_end(context: Context) -> When | None:
    return unit_now(context, Grain.DAY)


@rules("<monthend>", "på|i|mot|ved|at|by <monthend>", gives="any", weight=0.2)
def period_end(context: Context, when: When) -> When | None:
    return _edge(context, when, 0.67, 1.0)


@rules(
    "innen|før|by|before|senest|til|fram|frem? til? <monthend>",
    "innen|før|by|before|senest slutten|utgangen|slutt|end av|of the? <period>",
    "ut <period>",
    gives="any",
    weight=1.2,
)
def by_period_end(context: Context, when: When) -> When | None:
    span = known_span(when) if when.settled else choose(when, context.now, "future")
    return (
        None if span is None else replace(settled(span.end, span.end + timedelta(days=1), Grain.DAY, "day"), bound="by")
    )


@rules("årsskiftet|årsskifte", "ved årsskiftet", gives="day", weight=0.3)
def turn_of_year(context: Context) -> When:
    return When(yearly(lambda y: Span(datetime(y, 1, 1), datetime(y, 1, 2)), Grain.DAY), "day")


@rules("månedsskiftet|månadsskiftet", "ved? månedsskiftet", gives="day", weight=0.3)
def turn_of_month(context: Context) -> When:
    return When(days_of_month(1), "dayofmonth")


@rules("månedsskiftet <monthname> / <monthname>", "månedsskiftet <monthname> <monthname>", gives="day", weight=0.8)
def named_turn_of_month(context: Context, before: int, after: int) -> When:
    from knowledge.reading.time.series import month_days  # noqa: PLC0415

    return When(month_days(after, 1), "monthday")


# --- now ---------------------------------------------------------------------------------------------------------


@rules(
    "nå",
    "akkurat nå",
    "nå nå?",
    "now",
    "right now",
    "just now",
    "med en gang",
    "straks",
    "omgående",
    "umiddelbart",
    "asap",
    "snarest",
    "immediately",
    "i dette øyeblikk",
    gives="nowish",
    weight=0.1,
)
def now(context: Context) -> When:
    start = start_of(context.now, Grain.SECOND)
    return settled(start, start + timedelta(seconds=1), Grain.SECOND, "instant")


@rules(
    "nettopp",
    "nå nettopp",
    "akkurat nettopp",
    "nettopp nå",
    "akkurat nå nettopp",
    "for? litt siden",
    "for et øyeblikk siden",
    "i stad",
    "for kort tid siden",
    "litt siden",
    "a little while ago",
    "just now",
    "a moment ago",
    gives="justnow",
    weight=0.5,
)
def just_now(context: Context) -> When:
    start = start_of(context.now - timedelta(minutes=15), Grain.MINUTE)
    return replace(
        settled(start, start + timedelta(minutes=1), Grain.MINUTE, "instant"),
        estimate=True,
        back=True,
        shown=Grain.HOUR,
    )


@rules("for en stund|god stund siden", "en stund siden", "a while ago", gives="justnow", weight=0.6)
def a_while_ago(context: Context) -> When:
    start = start_of(context.now - timedelta(hours=1), Grain.MINUTE)
    return replace(
        settled(start, start + timedelta(minutes=1), Grain.MINUTE, "instant"),
        estimate=True,
        back=True,
        shown=Grain.HOUR,
    )


@rules("<justnow>", gives="any")
def any_just_now(context: Context, when: When) -> When:
    return when


# --- how words stand to a time, and putting times together --------------------------------------------------------


@rules("på|om|i|ved|den|on|at|in|the|nå <date|partday|any>", "fra og av <any>", "sånn <any>", gives="any", weight=-0.05)
def plain(context: Context, when: When) -> When:
    return when


@rules("<date>", gives="any")
def any_date(context: Context, when: When) -> When:
    return when


@rules(
    "siden|siden en? gang i?|since|helt|starting|beginning siden? fra? <any>",
    "siden <any>",
    "fra|from og? med? <any>",
    "f . o . m . <any>",
    "fom .? <any>",
    "helt siden|fra <any>",
    "helt tilbake fra|til <any>",
    "allerede fra|siden <any>",
    gives="any",
    weight=0.3,
)
def since(context: Context, when: When) -> When | None:
    return None if when.bound not in ("at", "since") else replace(when, bound="since", back=True)


@rules("siden <hour|closeclock>", "fra <hour|closeclock>", "since|from <hour|closeclock>", gives="any", weight=-0.2)
def since_hour(context: Context, clock: Clock) -> When:
    return replace(of_clock(clock), bound="since")


@rules("etter|after <any>", "først? etter <any>", "tidligst <any>", gives="any", weight=0.2)
def after(context: Context, when: When) -> When | None:
    return None if when.bound != "at" else replace(when, bound="after")


@rules(
    "innen|før|senest|seinast|til|by|before|until|till|frem|fram|inntil|to til? <any>",
    "innen|før utgangen av <any>",
    "t . o . m . <any>",
    "tom .? <any>",
    "til og med <any>",
    "senest innen|den <any>",
    "frist <any>",
    "fristen er <any>",
    "not? later than <any>",
    gives="any",
    weight=0.2,
)
def by(context: Context, when: When) -> When | None:
    return None if when.bound != "at" else replace(when, bound="by")


@rules("innen|før|til|by|before|senest|etter|after <hour|closeclock>", gives="any", weight=-0.2)
def by_hour(context: Context, clock: Clock) -> When | None:
    return replace(of_clock(clock), bound="by")


@rules(
    "<any> <any>",
    "<any> , <any>",
    "<any> - <clock>",
    "<any> i|av|in|of|og|på|om|den|the|kl <any>",
    gives="any",
    weight=0.1,
)
def together(context: Context, first: When, second: When) -> When | None:
    if first.bound in ("since", "by", "after") and second.bound == "at":
        joined = both(replace(first, bound="at"), second)
        return None if joined is None else replace(joined, bound=first.bound, back=first.back or joined.back)
    if second.bound in ("since", "by", "after") and first.bound == "at" and first.grain >= Grain.DAY > second.grain:
        joined = both(first, replace(second, bound="at"))
        return None if joined is None else replace(joined, bound=second.bound, back=second.back or joined.back)
    return both(first, second)


@rules("<any> ( <any> )", gives="any", weight=0.2)
def in_brackets(context: Context, first: When, second: When) -> When | None:
    return both(first, second) or first


# --- ranges ------------------------------------------------------------------------------------------------------


def ranged(context: Context, first: When, last: When) -> When | None:
    """From the one to the next of the other; both clocks, or both days and longer."""
    if first.bound not in ("at", "since") or last.bound not in ("at", "by"):
        return None
    small, large = first.grain <= Grain.PART, last.grain <= Grain.PART
    if small != large and first.grain > Grain.DAY:
        return None
    if (
        first.clock is not None
        and last.clock is not None
        and last.clock.vague
        and not first.clock.vague
        and last.kind == "clock"
    ):
        last = of_clock(replace(last.clock, vague=False))
    series = between(first.series, last.series, inclusive=not large or last.grain is Grain.PART)
    return When(
        series,
        "range",
        settled=first.settled,
        ranged=True,
        estimate=first.estimate or last.estimate,
        clock=first.clock,
        coming=first.coming,
    )


@rules(
    "fra|from|mellom|between|i? tidsrommet? <any> til|og|to|and|- og? med? <any>",
    "<any> -|til|to|until|frem|fram til? <any>",
    "<any> - <any>",
    gives="any",
    weight=0.4,
)
def from_to(context: Context, first: When, last: When) -> When | None:
    return ranged(context, first, last)


@rules(
    "<num> -|til <num>",
    "<num> og <num>",
    "<closeclock> -|til|og <closeclock>",
    "<hour> -|til|og <closeclock|clockfigures>",
    "<closeclock|clockfigures> -|til|og <hour>",
    gives="hours",
)
def hour_range(context: Context, first: Number | Clock, last: Number | Clock) -> When | None:
    from knowledge.reading.time.clocks import hour_of  # noqa: PLC0415

    start = first if isinstance(first, Clock) else hour_of(first)
    end = last if isinstance(last, Clock) else hour_of(last)
    if start is None or end is None:
        return None
    if start.hour >= 6 or not end.vague:
        start = replace(start, vague=False)
    if end.vague and end.total <= start.total and not start.vague:
        end = end.at_half(1)
    if not start.vague:
        end = replace(end, vague=False)
    return When(between(start.series(), end.series(), inclusive=False), "range", ranged=True, clock=start)


@rules(
    "fra|mellom|from|between kl? .? <hours>",
    "kl .? <hours>",
    "fra kl .? <hours>",
    "mellom kl .? <hours>",
    "<hours> -? <tid>",
    gives="any",
    weight=0.6,
)
def said_hours(context: Context, when: When, *_: object) -> When:
    return when


@rules("<clock> -|til|og <hour|closeclock>", "fra|mellom <clock> -|til|og <hour|closeclock>", gives="any", weight=0.5)
def clock_to_hour(context: Context, first: When, last: Clock) -> When | None:
    return None if first.clock is None else hour_range(context, first.clock, last)  # type: ignore[no-any-return]


@rules("<date> <hours>", "<hours> <deictic>", gives="any", weight=0.2)
def day_and_hours(context: Context, *found: When) -> When | None:
    return both(*found)


@rules(
    "fra|mellom|from|between|den|the? den|the? <ord|num> -|til|og|to|and den|the? <ord|num> <monthname|monthshort>",
    "<monthname|monthshort> <num|ord> -|til|to <num|ord>",
    gives="dates",
    weight=0.8,
)
def days_of_one_month(context: Context, *found: Number | int) -> When | None:
    numbers = [n if isinstance(n, int) else int(n.value) for n in found]
    month_first = not isinstance(found[0], Number) and isinstance(found[1], Number)
    number, first, last = (numbers[0], numbers[1], numbers[2]) if month_first else (numbers[2], numbers[0], numbers[1])
    if not (1 <= first < last <= 31 and 1 <= number <= 12):
        return None
    from knowledge.reading.time.series import month_days  # noqa: PLC0415

    return When(between(month_days(number, first), month_days(number, last), inclusive=True), "range", ranged=True)


@rules("<dates>", gives="any")
def any_dates(context: Context, when: When) -> When:
    return when


@rules("<dates> <year>", gives="any", weight=0.6)
def dates_in_year(context: Context, when: When, number: int) -> When | None:
    return in_year(when, number)


def month_range_start(length: Length) -> int:
    """Whole months of a length."""
    return length.months


__all__ = ["fixed", "rules"]
