"""Grammar of lengths and of times reckoned from now: "for to timer siden", "om 14 dager", "de siste tre ukene"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.reading.time.chart import Rules
from knowledge.reading.time.meaning import Context, Length, Number, When, settled
from knowledge.reading.time.resolving import choose
from knowledge.reading.time.series import Grain, add, shifted, start_of

rules = Rules()

_MINUTES = {Grain.SECOND: 1 / 60, Grain.MINUTE: 1.0, Grain.HOUR: 60.0}
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
# "for en uke siden" is said to the day, "for to år siden" to the month: one step finer than the unit.
_ONE_FINER = {Grain.YEAR: Grain.MONTH, Grain.QUARTER: Grain.MONTH, Grain.MONTH: Grain.DAY, Grain.WEEK: Grain.DAY}


def length_of(amount: float, grain: Grain, estimate: bool = False) -> Length | None:
    """So many units; a half month, week or day is told in the next finer unit. None when beyond all use."""
    if not 0 <= amount <= 100_000:
        return None
    if grain in _MINUTES:
        return Length(minutes=amount * _MINUTES[grain], grain=grain, estimate=estimate)
    if grain in _MONTHS:
        months = amount * _MONTHS[grain]
        whole = int(months)
        if amount != int(amount):
            grain = Grain.MONTH
        return Length(months=whole, days=round((months - whole) * 30), grain=grain, estimate=estimate)
    days = amount * (7 if grain is Grain.WEEK else 1)
    whole = int(days)
    return Length(days=whole, minutes=round((days - whole) * 1440), grain=grain, estimate=estimate)


@rules("<num> <unit>", "<decimal> <unit>", gives="length", weight=0.2)
def _counted(context: Context, number: Number, grain: Grain) -> Length | None:
    return length_of(number.value, grain, number.estimate)


@rules("<num> og en|ei|et halv|halvt|halve <unit>", "<num> and a half <unit>", gives="length", weight=0.3)
def _counted_and_half(context: Context, number: Number, grain: Grain) -> Length | None:
    return length_of(number.value + 0.5, grain, number.estimate)


@rules(
    "en|ei|et halv|halvt <unit>",
    "halv|halve|halvt <unit>",
    "half an|a <unit>",
    "a|an half <unit>",
    gives="length",
    weight=0.3,
)
def _half(context: Context, grain: Grain) -> Length | None:
    return length_of(0.5, grain)


@rules("<num> <fixedlength>", gives="length", weight=0.2)
def _counted_quarters(context: Context, number: Number, minutes: int) -> Length | None:
    return length_of(number.value * minutes, Grain.MINUTE, number.estimate)


@rules("<num> <halfyear>", gives="length")
def _half_years(context: Context, number: Number, months: int) -> Length | None:
    return length_of(number.value * months, Grain.MONTH)


@rules("quarter of an hour", "a quarter of an hour", gives="length")
def _english_quarter(context: Context) -> Length | None:
    return length_of(15, Grain.MINUTE)


@rules("<num> <workunit>", gives="length", weight=0.2)
def _working(context: Context, number: Number, one: int) -> Length | None:
    return Length(days=int(number.value), working=True) if 0 < number.value <= 1000 else None


@rules(
    "a few|couple of? <unit>",
    "noen|et|en par|få <unit>",
    gives="length",
    weight=0.3,
)
def _some(context: Context, grain: Grain) -> Length | None:
    return length_of(2, grain, estimate=True)


@rules(
    "en|ei lang|god|drøy|liten|kort|knapp <unit>",
    "et langt|godt|drøyt|lite|knapt <unit>",
    gives="length",
    weight=0.3,
)
def _about_one(context: Context, grain: Grain) -> Length | None:
    return length_of(1, grain, estimate=True)


@rules("<length> og|and <length>", "<length> , <length>", "<length> <length>", gives="length")
def _summed(context: Context, first: Length, second: Length) -> Length | None:
    return None if first.working or second.working or second.grain >= first.grain else first.plus(second)


@rules(
    "<about> <length>",
    "over|under|minst|knapt|godt|vel|drøyt|drøye|snart <length>",
    "mer enn <length>",
    "ca . <length>",
    "<length> <tid>",
    gives="length",
)
def _roughly(context: Context, *parts: object) -> Length | None:
    found = next((part for part in parts if isinstance(part, Length)), None)
    return None if found is None else replace(found, estimate=True)


def moved(context: Context, length: Length, sign: int) -> When:
    """Now, moved; as exact as people mean it when they count in that unit."""
    point = length.from_point(context.now, sign)
    if length.working:
        return settled(point, add(point, Grain.DAY, 1), Grain.DAY, "day")
    if length.grain in _ONE_FINER:
        finer = _ONE_FINER[length.grain]
        start = start_of(point, finer)
        when = settled(start, add(start, finer, 1), finer, "day" if finer is Grain.DAY else "month")
    elif length.grain is Grain.DAY:
        start = start_of(point, Grain.HOUR)
        when = settled(start, add(start, Grain.HOUR, 1), Grain.HOUR, "dayback")
        when = replace(when, shown=Grain.DAY)
    else:
        grain = Grain.SECOND if length.grain is Grain.SECOND else Grain.MINUTE
        start = start_of(point, grain)
        when = settled(start, add(start, grain, 1), grain, "instant")
        if length.grain is Grain.HOUR and length.estimate:
            when = replace(when, shown=Grain.HOUR)
    return replace(when, estimate=length.estimate)


@rules(
    "for <length> siden|tilbake|sia",
    "før <length> siden",
    "<length> siden|tilbake|ago|back",
    "<length> tidligere|earlier",
    gives="ago",
    weight=0.5,
)
def _ago(context: Context, length: Length) -> When:
    return replace(moved(context, length, -1), back=True)


@rules(
    "om|in <length>",
    "<length> fra nå",
    "<length> from now",
    "om <length> fra nå",
    "<length> frem|fram i? tid|tiden?",
    gives="ahead",
    weight=0.4,
)
def _ahead(context: Context, length: Length) -> When:
    return moved(context, length, 1)


@rules("<ago>", "<ahead>", gives="any")
def _reckoned(context: Context, when: When) -> When:
    return when


@rules("etter|after <length>", gives="any", weight=0.3)
def _after_length(context: Context, length: Length) -> When:
    return replace(moved(context, length, 1), bound="after")


@rules("innen|within <length>", "i løpet av <length>", "innen de? neste|første <length>", gives="any", weight=0.5)
def _within(context: Context, length: Length) -> When:
    """The deadline itself."""
    grain = Grain.MINUTE if length.grain <= Grain.HOUR else Grain.DAY
    end = start_of(length.from_point(context.now, 1), grain)
    return replace(settled(end, add(end, grain, 1), grain, "day"), bound="by", estimate=length.estimate)


@rules(
    "i|for|på <length> nå?",
    "i hele|heile <length>",
    "in|for the past|last <length>",
    gives="lasting",
)
def _lasting(context: Context, length: Length) -> When:
    """ "har vært nede i to timer": began that long ago; only a fault report may take it so (see finding)."""
    return replace(moved(context, length, -1), back=True, bound="since")


@rules("<length>", gives="barepast")
def _bare_past(context: Context, length: Length) -> When:
    """ "et par dager" as the answer to when it began."""
    return _lasting(context, length)


@rules("<length>", gives="bareahead")
def _bare_ahead(context: Context, length: Length) -> When:
    return moved(context, length, 1)


def _back_range(context: Context, length: Length) -> When:
    grain = length.grain
    end = context.now if grain < Grain.DAY else start_of(context.now, grain)
    start = length.from_point(end, -1)
    when = settled(
        start_of(start, Grain.SECOND), start_of(end, Grain.SECOND), _range_grain(grain), "range", ranged=True
    )
    return replace(when, estimate=length.estimate, back=True)


def _range_grain(grain: Grain) -> Grain:
    return grain if grain >= Grain.DAY else Grain.MINUTE


@rules(
    "de|det|den? siste|sist|foregående|forrige <length>",
    "the? last|past|previous <length>",
    "i|over de siste|foregående <length>",
    "i løpet av de|det|den siste <length>",
    gives="any",
    weight=0.5,
)
def _the_last(context: Context, *found: Length) -> When | None:
    return _back_range(context, found[-1])


@rules("de|the <num> siste|foregående|last <unit>", gives="any", weight=0.6)
def _the_last_turned(context: Context, number: Number, grain: Grain) -> When | None:
    length = length_of(number.value, grain, number.estimate)
    return None if length is None else _back_range(context, length)


@rules("de|the <num> neste|next|nærmeste <unit>", gives="any", weight=0.6)
def _the_next_turned(context: Context, number: Number, grain: Grain) -> When | None:
    length = length_of(number.value, grain, number.estimate)
    return None if length is None else _the_next(context, length)


@rules("det|den? siste|last <fixedlength>", gives="any", weight=0.5)
def _last_quarter(context: Context, minutes: int) -> When:
    return _back_range(context, Length(minutes=minutes, grain=Grain.MINUTE))


@rules("det? siste|sist døgn|døgnet", "the? last 24 hours", gives="any", weight=0.6)
def _last_day_and_night(context: Context) -> When:
    return _back_range(context, Length(minutes=1440, grain=Grain.HOUR))


@rules(
    "de|det|den? neste|kommende|nærmeste <length>",
    "the? next|coming|following <length>",
    "i løpet av de neste <length>",
    gives="any",
    weight=0.5,
)
def _the_next(context: Context, length: Length) -> When:
    if length.working:
        start = add(context.today, Grain.DAY, 1)
        return settled(start, length.from_point(context.today, 1) + timedelta(days=1), Grain.DAY, "range", ranged=True)
    grain = length.grain
    start = add(start_of(context.now, grain), grain, 1)
    end = length.from_point(start, 1)
    when = settled(
        start_of(start, Grain.SECOND), start_of(end, Grain.SECOND), _range_grain(grain), "range", ranged=True
    )
    return replace(when, estimate=length.estimate)


@rules("<length> etter|after|fra|from <any>", gives="any", weight=0.4)
def _after(context: Context, length: Length, anchor: When) -> When | None:
    return _from_anchor(context, length, anchor, 1)


@rules("<length> før|before <any>", gives="any", weight=0.4)
def _before(context: Context, length: Length, anchor: When) -> When | None:
    return _from_anchor(context, length, anchor, -1)


@rules("<any> om <length>", gives="any", weight=0.8)
def _coming_plus(context: Context, anchor: When, length: Length) -> When | None:
    """ "tirsdag om en uke": the coming Tuesday and a week more."""
    return _from_anchor(context, length, anchor, 1) if anchor.kind == "weekday" else None


@rules("<any> for <length> siden", "<any> <length> ago", gives="any", weight=0.8)
def _last_minus(context: Context, anchor: When, length: Length) -> When | None:
    """ "mandag for to uker siden": the Monday that was, and so much further back."""
    return _from_anchor(context, length, anchor, -1, back=True) if anchor.kind == "weekday" else None


def _from_anchor(context: Context, length: Length, anchor: When, sign: int, back: bool = False) -> When | None:
    span = choose(anchor, context.now, "past" if back else "future")
    if span is None or anchor.bound != "at":
        return None
    point = length.from_point(span.start, sign)
    grain = min(anchor.grain, length.grain if length.grain <= Grain.DAY else Grain.DAY)
    if anchor.grain is Grain.HOUR and length.grain is Grain.MINUTE:
        grain = Grain.MINUTE
    start = start_of(point, grain) if grain not in (Grain.PART,) else point
    end = shifted(start, timedelta(days=1)) if grain is Grain.DAY else add(start, grain, 1)
    return replace(
        settled(start, end, grain, "day" if grain >= Grain.DAY else "instant"),
        estimate=anchor.estimate or length.estimate,
    )
