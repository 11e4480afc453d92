"""Grammar of days and dates: "i går", "forrige tirsdag", "mandag den 18. februar", "15.2.", "natt til søndag", "påske"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.reading.time import feasts
from knowledge.reading.time.chart import Rules
from knowledge.reading.time.lexicon import MORNING, fold
from knowledge.reading.time.meaning import (
    Clock,
    Context,
    Number,
    Part,
    When,
    both,
    of_clock,
    of_part,
    settled,
    unit_now,
)
from knowledge.reading.time.scanning import Day
from knowledge.reading.time.series import (
    Grain,
    Series,
    days_in_month,
    days_of_month,
    fixed,
    inside,
    month_days,
    months,
    shifted,
    weekdays,
)

rules = Rules()

_DAY = timedelta(days=1)


@rules("<weekday>", gives="day")
def weekday(context: Context, number: int) -> When:
    return When(weekdays(number), "weekday", coming=True)


@rules("<weekdayshort> .?", gives="dayshort")
def weekday_short(context: Context, number: int) -> When:
    return When(weekdays(number), "weekday", coming=True)


@rules("i dag", "dagen i dag", "dags dato", "today", gives="deictic", weight=0.2)
def today(context: Context) -> When:
    return unit_now(context, Grain.DAY)


@rules("i går", "gårsdagen|gårsdagens", "yesterday", "dagen i går", gives="deictic", weight=0.2)
def yesterday(context: Context) -> When:
    return unit_now(context, Grain.DAY, -1)


@rules(
    "i morgen|morgon",
    "morgendagen|morgendagens|morgondagen",
    "tomorrow",
    "dagen i? morgen",
    "tmrw|tomorow",
    gives="deictic",
    weight=0.4,
)
def tomorrow(context: Context) -> When:
    return unit_now(context, Grain.DAY, 1)


@rules("i? overmorgen|overmorgon|overimorgen", "i over morgen", "the? day after tomorrow", gives="deictic", weight=0.6)
def day_after_tomorrow(context: Context) -> When:
    return unit_now(context, Grain.DAY, 2)


@rules(
    "i? forgårs|forgars",
    "i førgår|førgårs|forgår",
    "dagen før i går",
    "the? day before yesterday",
    gives="deictic",
    weight=0.6,
)
def day_before_yesterday(context: Context) -> When:
    return unit_now(context, Grain.DAY, -2)


@rules("<deictic>", gives="day")
def deictic(context: Context, when: When) -> When:
    return when


# --- weekdays near now -------------------------------------------------------------------------------------------


def _weekday_of(context: Context, number: int, weeks: int) -> When:
    monday = shifted(context.today, -context.today.weekday() * _DAY)
    start = shifted(monday, timedelta(days=number + 7 * weeks))
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules(
    "sist|siste|forrige|førre|last|past|nå på? sist? <weekday>",
    "<weekday> som var",
    "sist <weekday>",
    "den siste <weekday>",
    gives="day",
    weight=0.5,
)
def last_weekday(context: Context, number: int) -> When:
    """The one that was, and never today."""
    back = (context.today.weekday() - number) % 7 or 7
    start = context.day(-back)
    return replace(settled(start, shifted(start, _DAY), Grain.DAY, "day"), back=True)


@rules(
    "førstkommende|kommende|komande|nærmeste|coming|this <weekday>",
    "<weekday> førstkommende|førstkomande|kommende",
    "nå til|på <weekday>",
    "nå <weekday>",
    "denne|dette <weekday>",
    gives="day",
    weight=0.5,
)
def coming_weekday(context: Context, number: int) -> When:
    ahead = (number - context.today.weekday()) % 7 or 7
    start = context.day(ahead)
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules("neste|nest|next <weekday>", "<weekday> i? neste uke|uka|uken|week", gives="day", weight=0.5)
def next_weekday(context: Context, number: int) -> When:
    """ "neste fredag" is the one of next week; the nearest is "fredag" or "førstkommende fredag"."""
    return _weekday_of(context, number, 1)


@rules("<weekday> i? forrige|sist|siste|førre|last uke|uka|uken|week", gives="day", weight=0.6)
def weekday_last_week(context: Context, number: int) -> When:
    return replace(_weekday_of(context, number, -1), back=True)


@rules("<weekday> denne|i|this uke|uka|uken|week", gives="day", weight=0.6)
def weekday_this_week(context: Context, number: int) -> When:
    return _weekday_of(context, number, 0)


@rules("dagen etter|after i? morgen", gives="day")
def after_tomorrow(context: Context) -> When:
    return unit_now(context, Grain.DAY, 2)


@rules("dagen|day etter|after <date>", "the day after <date>", gives="any", weight=0.4)
def day_after(context: Context, anchor: When) -> When | None:
    return _neighbour(context, anchor, 1)


@rules("dagen|day før|before <date>", "the day before <date>", gives="any", weight=0.4)
def day_before(context: Context, anchor: When) -> When | None:
    return _neighbour(context, anchor, -1)


def _neighbour(context: Context, anchor: When, sign: int) -> When | None:
    from knowledge.reading.time.resolving import choose  # noqa: PLC0415  (resolving reads When; no import ring at load)

    span = choose(anchor, context.now, None)
    if span is None or anchor.grain != Grain.DAY:
        return None
    start = shifted(span.start, -_DAY) if sign < 0 else span.end
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules("neste|following dag", "next day", gives="day", weight=0.2)
def next_day(context: Context) -> When:
    return unit_now(context, Grain.DAY, 1)


@rules(
    "neste virkedag|arbeidsdag", "første <workunit>", "next working day", "next business day", gives="day", weight=0.4
)
def next_working_day(context: Context, *_: object) -> When:
    start = feasts.working_day_from(context.now, 1)
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


@rules("forrige|siste virkedag|arbeidsdag", gives="day", weight=0.4)
def last_working_day(context: Context) -> When:
    start = feasts.working_day_from(context.now, -1)
    return settled(start, shifted(start, _DAY), Grain.DAY, "day")


# --- dates -------------------------------------------------------------------------------------------------------


def date_when(day: int, month: int, year: int | None = None) -> When | None:
    """The date, in its year or in all."""
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year or 2000, month):
        return None
    if year is None:
        return When(month_days(month, day), "monthday")
    start = datetime(year, month, day)
    return settled(start, start + _DAY, Grain.DAY, "day")


@rules("<figures>", "den? <figures>", "d . <figures>", "dato <figures>", gives="dated")
def figures(context: Context, day: Day) -> When | None:
    return date_when(day.day, day.month, day.year)


@rules("<figures> t? <clockfigures>", gives="any", weight=0.4)
def stamp(context: Context, day: Day, clock: Clock) -> When | None:
    when = date_when(day.day, day.month, day.year)
    return None if when is None else both(when, of_clock(replace(clock, vague=False, open_half=False)))


def _number_day(value: Number | int) -> int:
    return value if isinstance(value, int) else int(value.value) if value.value == int(value.value) else 0


@rules(
    "den|the? <ord|num> <monthname|monthshort> .?",
    "den|the? <ord|num> i|of|av <monthname|monthshort>",
    "den|the? <ord> dag i|of|av <monthname>",
    "<ord|num> - <monthname|monthshort>",
    gives="dated",
    weight=0.5,
)
def day_month(context: Context, day: Number | int, month: int) -> When | None:
    return date_when(_number_day(day), month)


@rules("<monthname|monthshort> .? the? <ord|num>", gives="dated", weight=0.1)
def month_day(context: Context, month: int, day: Number | int) -> When | None:
    return date_when(_number_day(day), month)


@rules("den|the? <ord> i <ord>", "<num> i <num>", gives="dated", weight=0.2)
def day_in_numbered_month(context: Context, day: Number | int, month: Number | int) -> When | None:
    """ "femtende i tredje", "24. i 12."."""
    if isinstance(day, Number) and isinstance(month, Number) and (day.worded or month.worded):
        return None
    return date_when(_number_day(day), _number_day(month))


@rules("den|the <ord>", "den|d <num> .?", gives="dayofmonth")
def day_of_month(context: Context, day: Number | int) -> When | None:
    number = _number_day(day)
    return When(days_of_month(number), "dayofmonth") if 1 <= number <= 31 else None


@rules("den|the? <ord> <thismonth>", "den <ord> i <thismonth>", gives="dated", weight=0.5)
def day_of_this_month(context: Context, day: int, month: When) -> When | None:
    return None if day > 31 else replace(both(month, When(days_of_month(day), "dayofmonth")) or month, kind="day")


@rules("<dated> <year>", "<dated> , <year>", "<dated> i? år? <year>", gives="dated", weight=0.6)
def dated_in_year(context: Context, when: When, year: int) -> When | None:
    return in_year(when, year) if when.kind == "monthday" else None


@rules("<dated> ' <num>", "<dated> - <num>", gives="dated", weight=0.1)
def dated_in_short_year(context: Context, when: When, year: Number) -> When | None:
    return in_year(when, 2000 + int(year.value)) if when.kind == "monthday" and 10 <= year.value < 70 else None


def in_year(when: When, year: int) -> When | None:
    """The when in that year only."""
    whole = fixed(datetime(year, 1, 1), datetime(year + 1, 1, 1), Grain.YEAR)
    span = next(inside(when.series, whole).spans(datetime(year, 1, 1), datetime(year + 1, 1, 1)), None)
    return (
        None
        if span is None
        else settled(span.start, span.end, when.grain, "day" if when.grain is Grain.DAY else when.kind, when.ranged)
    )


@rules("<dated>", "<dayofmonth>", gives="day")
def dated(context: Context, when: When) -> When:
    return when


@rules(
    "<day|dayshort> ,? den? <dated>",
    "<day|dayshort> ,? <dayofmonth>",
    "<day|dayshort> ,? the? <dayofmonth>",
    gives="day",
    weight=0.8,
)
def weekday_and_date(context: Context, day: When, date: When) -> When | None:
    """The date; its weekday picks the year when one near fits, else the date stands and is called an estimate."""
    if day.kind != "weekday":
        return None
    joined = inside(day.series, date.series)
    near = (shifted(context.now, timedelta(days=-420)), shifted(context.now, timedelta(days=420)))
    if date.kind == "dayofmonth" or date.settled or next(joined.spans(*near), None) is not None:
        fits = next(joined.spans(datetime(1900, 1, 1), datetime(2199, 1, 1)), None) if date.settled else True
        if fits is None:
            return date.about()
        return replace(date, series=joined, coming=False)
    return date.about()


@rules("<dayshort> <clock>", gives="any", weight=0.3)
def short_and_clock(context: Context, day: When, clock: When) -> When | None:
    return both(day, clock)


# --- parts of named days -----------------------------------------------------------------------------------------


def _part_of(context: Context, offset: int, part: Part) -> When | None:
    return both(unit_now(context, Grain.DAY, offset), of_part(part))


@rules("i|denne|dette|this <part>", gives="partday", weight=0.4)
def this_part(context: Context, part: Part) -> When | None:
    if part.at_night:
        return _tonight(context)
    if part.start == 300:  # "i morgen" is tomorrow; "this morning" has its own rule
        return None
    return _part_of(context, 0, part)


def _tonight(context: Context) -> When:
    """ "i natt": a night that is or was for a fault, the one to come for a delivery, so both are on offer."""
    night = Part(1320 - 1440, 360, at_night=True)
    starts = [shifted(context.day(offset), timedelta(minutes=0)) for offset in (0, 1)]
    ends = [shifted(start, timedelta(hours=6)) for start in starts]
    first, second = (fixed(start, end, Grain.PART) for start, end in zip(starts, ends, strict=True))
    return When(_either(first, second), "partday", ranged=True, part=night)


def _either(first: Series, second: Series) -> Series:
    from knowledge.reading.time.series import merged  # noqa: PLC0415

    return merged(first, second)


@rules(
    "i morges",
    "i dag tidlig|morges",
    "denne|dette morgenen?",
    "this morning",
    "tidlig i dag",
    "i dag morgen|morges",
    "nå i? morges",
    "i dag på? morgenen|morran",
    "tidlig i morges",
    "early this morning",
    gives="partday",
    weight=0.8,
)
def this_morning(context: Context) -> When | None:
    when = _part_of(context, 0, MORNING)
    return None if when is None else replace(when, back=True)


@rules("tonight", gives="partday", weight=0.8)
def english_tonight(context: Context) -> When | None:
    return _part_of(context, 0, Part(1080, 1440))


@rules(
    "i morgen tidlig",
    "tidlig i morgen",
    "i morgen på? morgenen",
    "tomorrow morning",
    "i morgen morgen",
    gives="partday",
    weight=0.8,
)
def tomorrow_morning(context: Context) -> When | None:
    return _part_of(context, 1, Part(300, 720))


@rules(
    "i går morges",
    "i går tidlig",
    "tidlig i går",
    "i går på? morgenen",
    "yesterday morning",
    gives="partday",
    weight=0.8,
)
def yesterday_morning(context: Context) -> When | None:
    return _part_of(context, -1, Part(300, 720))


@rules("sent|seint i <deictic>", "<deictic> seint|sent", "late <deictic>", gives="partday", weight=0.5)
def late_day(context: Context, day: When) -> When | None:
    when = both(day, of_part(Part(1080, 1440)))
    return None if when is None else when.about()


@rules("sent|seint i dag|går|morgen", gives="partday", weight=0.6)
def late_on_day(context: Context) -> When | None:
    return None


@rules(
    "sist|siste|forrige natt",
    "natt til i dag",
    "last night",
    "i natt som var",
    "nå i natt",
    gives="partday",
    weight=0.6,
)
def last_night(context: Context) -> When | None:
    when = _part_of(context, 0, Part(0, 360, at_night=True))
    return None if when is None else replace(when, back=True)


@rules("i går natt", "natt til i går", gives="partday", weight=0.7)
def night_before(context: Context) -> When | None:
    return _part_of(context, -1, Part(0, 360, at_night=True))


@rules("i? natt|natta|natten til <day>", "natt til den <day>", "the? night before <day>", gives="partday", weight=0.6)
def night_to(context: Context, day: When) -> When | None:
    return both(day, of_part(Part(0, 360, at_night=True)))


@rules("i natt til i? morgen", gives="partday", weight=0.7)
def night_to_tomorrow(context: Context) -> When | None:
    return _part_of(context, 1, Part(0, 360, at_night=True))


@rules("forrige|siste|sist <part>", "last evening", gives="partday", weight=0.3)
def last_part(context: Context, *parts: Part) -> When | None:
    part = parts[0] if parts else Part(1080, 1440)
    return None if part.at_night else _part_of(context, -1, part)


@rules("<day> <part>", "<day> om|på|i the? <part>", "<day> in the <part>", gives="partday", weight=0.5)
def part_of_day(context: Context, day: When, part: Part) -> When | None:
    if part.at_night and day.kind == "weekday":
        # "fredag natt" is the night that follows the day.
        part = Part(1440, 1800, at_night=True)
        night = inside_next_night(day)
        return replace(night, part=part)
    return both(day, of_part(part))


def inside_next_night(day: When) -> When:
    """The first six hours after each such day."""
    series = day.series

    def spans(lo: datetime, hi: datetime):  # type: ignore[no-untyped-def]
        from knowledge.reading.time.series import Span  # noqa: PLC0415

        for span in series.spans(shifted(lo, -2 * _DAY), hi):
            start, end = span.end, span.end + timedelta(hours=6)
            if start < hi and end > lo:
                yield Span(start, end)

    return When(Series(Grain.PART, spans), "partday", settled=day.settled, ranged=True)


@rules(
    "i hele dag",
    "i? heile dag",
    "hele|heile dagen|dag",
    "all day",
    "the whole day",
    "i dag hele dagen",
    gives="deictic",
    weight=0.3,
)
def whole_day(context: Context) -> When:
    return replace(unit_now(context, Grain.DAY), back=True)


@rules("hele|heile natta|natten", "all night", "i hele natt", gives="partday", weight=0.3)
def whole_night(context: Context) -> When | None:
    return last_night(context)  # type: ignore[no-any-return]


@rules("<partday>", gives="any")
def partday(context: Context, when: When) -> When:
    return when


# --- feasts ------------------------------------------------------------------------------------------------------


def _feast_rules() -> None:
    for name, series in feasts.feasts().items():
        pattern = " ".join(_pieces(name))

        def feast(context: Context, series: Series = series) -> When:
            return When(series, "feast")

        rules(pattern, gives="feast", weight=0.4)(feast)


def _pieces(name: str) -> list[str]:
    import re  # noqa: PLC0415

    return re.findall(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]", fold(name))


_feast_rules()


@rules("<feast>", "i <feast>", "til|over|rundt <feast>", "på <feast>", "den <feast>", gives="day", weight=0.1)
def feast_day(context: Context, when: When) -> When:
    return when


@rules("<feast> <year>", "<feast> i <year>", "<feast> <yearperiod>", "<feast> i? <yearperiod>", gives="day", weight=0.6)
def feast_in_year(context: Context, when: When, year: int | When) -> When | None:
    return in_year(when, year) if isinstance(year, int) else both(when, year)


@rules("neste|next <feast>", "førstkommende|kommende <feast>", "denne|this <feast>", gives="day", weight=0.4)
def coming_feast(context: Context, when: When) -> When | None:
    from knowledge.reading.time.resolving import choose  # noqa: PLC0415

    span = choose(when, context.now, "future")
    return None if span is None else settled(span.start, span.end, Grain.DAY, "feast")


@rules("forrige|siste|sist|last <feast>", "i? fjor <feast>", gives="day", weight=0.4)
def past_feast(context: Context, when: When) -> When | None:
    from knowledge.reading.time.resolving import choose  # noqa: PLC0415

    span = choose(when, context.now, "past")
    return None if span is None else settled(span.start, span.end, Grain.DAY, "feast")


__all__ = ["months", "rules"]
