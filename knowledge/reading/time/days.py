"""Grammar of days and dates: "i går", "forrige tirsdag", "mandag den 18. februar", "15.2.", "dagen før jul"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.reading.time import feasts
from knowledge.reading.time.chart import Rules
from knowledge.reading.time.clocks import universal
from knowledge.reading.time.meaning import Clock, Context, Number, When, both, in_year, of_clock, settled, unit_now
from knowledge.reading.time.resolving import choose
from knowledge.reading.time.scanning import Day
from knowledge.reading.time.series import (
    BEGIN,
    FINISH,
    Grain,
    days_in_month,
    days_of_month,
    inside,
    month_days,
    shifted,
    wall,
    weekdays,
)

rules = Rules()

_DAY = timedelta(days=1)
# A date this close is meant, whatever weekday stands before it.
_CLOSE = timedelta(days=40)


def one_day(context: Context, offset: int) -> When:
    """The day `offset` days from today."""
    return unit_now(context, Grain.DAY, offset)


@rules("<weekday>", gives="day")
def _weekday(context: Context, number: int) -> When:
    return When(weekdays(number), "weekday", coming=True)


@rules("<weekdayshort> .?", gives="dayshort")
def _weekday_short(context: Context, number: int) -> When:
    return When(weekdays(number), "weekday", coming=True)


@rules("i dag", "dagen i dag", "dags dato", "today", gives="deictic", weight=0.2)
def _today(context: Context) -> When:
    return one_day(context, 0)


@rules("i går", "dagen i går", "gårsdagen|gårsdagens", "yesterday", gives="deictic", weight=0.2)
def _yesterday(context: Context) -> When:
    return one_day(context, -1)


@rules(
    "i morgen|morgon", "dagen i morgen", "morgendagen|morgendagens|morgondagen", "tomorrow|tmrw|tomorow",
    gives="deictic", weight=0.4,
)  # fmt: skip
def _tomorrow(context: Context) -> When:
    return one_day(context, 1)


@rules(
    "i? overmorgen|overmorgon|overimorgen", "i over i? morgen", "the? day after tomorrow", "dagen etter i morgen",
    gives="deictic", weight=0.6,
)  # fmt: skip
def _day_after_tomorrow(context: Context) -> When:
    return one_day(context, 2)


@rules(
    "i? forgårs|forgars|forgår", "i førgår|førgårs", "dagen før i går", "the? day before yesterday",
    gives="deictic", weight=0.6,
)  # fmt: skip
def _day_before_yesterday(context: Context) -> When:
    return one_day(context, -2)


@rules(
    "hele|heile dagen|dag",
    "i hele|heile dag",
    "all day",
    "the whole day",
    "i dag hele dagen",
    gives="deictic",
    weight=0.3,
)
def _whole_day(context: Context) -> When:
    return replace(one_day(context, 0), back=True)


@rules("<deictic>", gives="day")
def _deictic(context: Context, when: When) -> When:
    return when


# --- weekdays near now -------------------------------------------------------------------------------------------


def _weekday_of(context: Context, number: int, weeks: int) -> When:
    start = context.day(number - context.today.weekday() + 7 * weeks)
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules(
    "sist|siste|forrige|førre|last|past|fyrre <weekday>", "den siste|forrige <weekday>", "nå sist <weekday>",
    "<weekday> som var",
    gives="day", weight=0.5,
)  # fmt: skip
def _last_weekday(context: Context, number: int) -> When:
    """The one that was, and never today."""
    return replace(one_day(context, -((context.today.weekday() - number) % 7 or 7)), back=True)


@rules(
    "førstkommende|kommende|komande|nærmeste|coming|this|denne|dette|nå <weekday>",
    "<weekday> førstkommende|kommende|komande|nå",
    "nå til|på <weekday>",
    gives="day", weight=0.5,
)  # fmt: skip
def _coming_weekday(context: Context, number: int) -> When:
    return one_day(context, (number - context.today.weekday()) % 7 or 7)


@rules("neste|nest|next <weekday>", gives="day", weight=0.5)
def _next_weekday(context: Context, number: int) -> When:
    """The dictionary has the nearest, many mean next week's: while this week still has one it is an estimate."""
    ahead = (number - context.today.weekday()) % 7 or 7
    return replace(one_day(context, ahead), estimate=number > context.today.weekday())


@rules("neste <weekday> igjen", gives="day", weight=0.6)
def _weekday_after_next(context: Context, number: int) -> When:
    return one_day(context, ((number - context.today.weekday()) % 7 or 7) + 7)


@rules("<weekday> i? neste|kommende|next uke|uka|uken|veke|veka|week", gives="day", weight=0.6)
def _weekday_next_week(context: Context, number: int) -> When:
    return _weekday_of(context, number, 1)


@rules("<weekday> i? forrige|sist|siste|førre|last uke|uka|uken|veke|veka|week", gives="day", weight=0.6)
def _weekday_last_week(context: Context, number: int) -> When:
    return replace(_weekday_of(context, number, -1), back=True)


@rules("<weekday> i? denne|this uke|uka|uken|veke|veka|week", gives="day", weight=0.6)
def _weekday_this_week(context: Context, number: int) -> When:
    return _weekday_of(context, number, 0)


@rules("dagen|day etter|after <date>", "the day after <date>", gives="any", weight=0.4)
def _day_after(context: Context, anchor: When) -> When | None:
    return _neighbour(context, anchor, 1)


@rules("dagen|day før|before <date>", "the day before <date>", gives="any", weight=0.4)
def _day_before(context: Context, anchor: When) -> When | None:
    return _neighbour(context, anchor, -1)


def _neighbour(context: Context, anchor: When, sign: int) -> When | None:
    span = choose(anchor, context.now, None)
    if span is None or anchor.grain != Grain.DAY:
        return None
    start = shifted(span.start, -_DAY) if sign < 0 else span.end
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules("neste dag", "next day", gives="day", weight=0.2)
def _next_day(context: Context) -> When:
    return one_day(context, 1)


@rules("neste|første|next <workunit>", "next working|business day", gives="day", weight=0.4)
def _next_working_day(context: Context, *_: object) -> When:
    start = feasts.working_day_from(context.now, 1)
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules("forrige|siste|sist|last <workunit>", gives="day", weight=0.4)
def _last_working_day(context: Context, *_: object) -> When:
    start = feasts.working_day_from(context.now, -1)
    return replace(settled(start, shifted(start, _DAY), Grain.DAY, "day"), back=True)


# --- dates -------------------------------------------------------------------------------------------------------


def date_when(day: int, month: int, year: int | None = None) -> When | None:
    """The date, in its year or in all; None when no year has it."""
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year or 2000, month):
        return None
    if year is None:
        return When(month_days(month, day), "monthday")
    start = wall(year, month, day)
    return settled(start, start + _DAY, Grain.DAY, "day")


@rules("<figures>", "den|d <figures>", "d . <figures>", "dato :? <figures>", gives="dated")
def _figures(context: Context, day: Day) -> When | None:
    return date_when(day.day, day.month, day.year)


@rules("<figures> t? <clockfigures>", gives="any", weight=0.4)
def _stamp(context: Context, day: Day, clock: Clock) -> When | None:
    when = date_when(day.day, day.month, day.year)
    return None if when is None else both(when, of_clock(replace(clock, vague=False, open_half=False)))


@rules("<figures> t? <clockfigures> z", gives="any", weight=0.5)
def _universal_stamp(context: Context, day: Day, clock: Clock) -> When | None:
    when = date_when(day.day, day.month, day.year)
    return None if when is None else both(when, When(universal(clock), "clock"))


@rules("<compactdate>", gives="closedate")
def _compact_date(context: Context, day: Day) -> When | None:
    return date_when(day.day, day.month, day.year)


def _number(value: Number | int) -> int:
    return value if isinstance(value, int) else int(value.value) if value.value == int(value.value) else 0


@rules(
    "den|the? <ord|num> <monthname>",
    "den|the? <ord|num> <monthshort> .?",
    "den|the? <ord|num> i|of|av <monthname|monthshort>",
    "den|the? <ord> dag i|of|av <monthname>",
    "<ord|num> - <monthname|monthshort>",
    gives="dated",
    weight=0.8,
)
def _day_month(context: Context, day: Number | int, month: int) -> When | None:
    return date_when(_number(day), month)


@rules("<monthname|monthshort> .? the? <ord|num>", gives="dated", weight=0.1)
def _month_day(context: Context, month: int, day: Number | int) -> When | None:
    return date_when(_number(day), month)


@rules("den|the? <ord> i <ord>", "<num> i <num>", gives="dated", weight=0.2)
def _day_in_numbered_month(context: Context, day: Number | int, month: Number | int) -> When | None:
    """ "femtende i tredje", "24. i 12."."""
    if isinstance(day, Number) and isinstance(month, Number) and (day.worded or month.worded):
        return None
    return date_when(_number(day), _number(month))


@rules("den|the <ord>", "den|d <num> .?", gives="dayofmonth")
def _day_of_month(context: Context, day: Number | int) -> When | None:
    number = _number(day)
    return When(days_of_month(number), "dayofmonth") if 1 <= number <= 31 else None


@rules("den|the? <ord> i? <thismonth>", gives="dated", weight=0.5)
def _day_of_this_month(context: Context, day: int, month: When) -> When | None:
    joined = both(month, When(days_of_month(day), "dayofmonth")) if day <= 31 else None
    return None if joined is None else replace(joined, kind="day")


@rules("<dated> i? <year>", "<dated> , <year>", "<dated> år <year>", gives="dated", weight=0.6)
def _dated_in_year(context: Context, when: When, year: int) -> When | None:
    return in_year(when, year) if when.kind == "monthday" else None


@rules("<dated> <num>", gives="dated", weight=0.1)
def _dated_in_figure_year(context: Context, when: When, year: Number) -> When | None:
    """ "14. april 27": a year when it is near this one, or can be no hour."""
    near = abs(year.value - context.now.year % 100) <= 2 or 24 < year.value < 60
    if when.kind != "monthday" or year.worded or not near or year.value < 13:
        return None
    return in_year(when, 2000 + int(year.value))


@rules("<dated> ' <num>", "<dated> - <num>", gives="dated", weight=0.1)
def _dated_in_short_year(context: Context, when: When, year: Number) -> When | None:
    return in_year(when, 2000 + int(year.value)) if when.kind == "monthday" and 10 <= year.value < 70 else None


@rules("<dated>", "<dayofmonth>", gives="day")
def _dated(context: Context, when: When) -> When:
    return when


@rules(
    "<day|dayshort> ,? den? <dated>",
    "<day|dayshort> ,? <dayofmonth>",
    "<day|dayshort> the? <ord>",
    "<dated> ,? <dayshort>",
    gives="day",
    weight=0.8,
)
def _weekday_and_date(context: Context, first: When, second: When | int) -> When | None:
    """The date; its weekday picks the year, and where no near year fits, the date stands and is called an estimate."""
    if isinstance(second, int):
        second = When(days_of_month(second), "dayofmonth") if second <= 31 else second
    day, date = (first, second) if first.kind == "weekday" else (second, first)
    if not isinstance(day, When) or not isinstance(date, When) or day.kind != "weekday":
        return None
    joined = inside(day.series, date.series)
    if date.settled:
        return replace(date, series=joined) if next(joined.spans(BEGIN, FINISH), None) else date.about()
    close = next(date.series.spans(shifted(context.now, -_CLOSE), shifted(context.now, _CLOSE)), None)
    if date.kind == "monthday" and close is not None and next(day.series.spans(close.start, close.end), None) is None:
        return date.about()
    return replace(date, series=joined, otherwise=date.series)


@rules("<dayshort> <clock>", gives="any", weight=0.3)
def _short_and_clock(context: Context, day: When, clock: When) -> When | None:
    return both(day, clock)
