"""Grammar of now, of how words stand to a time ("siden", "innen"), of times put together, of ranges ("8 til 10")."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.reading.time.chart import Rules
from knowledge.reading.time.clocks import hour_of
from knowledge.reading.time.meaning import Clock, Context, Number, When, both, in_year, of_clock, settled, share_a_kind
from knowledge.reading.time.series import Grain, add, between, month_days, start_of

rules = Rules()


# --- now and just now --------------------------------------------------------------------------------------------


@rules(
    "nå", "akkurat|nettopp nå", "nå nå", "now", "right|just now", "med en gang", "straks|omgående|umiddelbart",
    "asap|snarest", "så snart|fort|raskt som mulig|råd", "snarest mulig|råd", "as soon as possible",
    "immediately", "i dette øyeblikk", "her og nå", "på dette tidspunkt",
    gives="nowish", weight=0.1,
)  # fmt: skip
def _now(context: Context) -> When:
    start = start_of(context.now, Grain.SECOND)
    return settled(start, start + timedelta(seconds=1), Grain.SECOND, "instant")


def _vaguely_ago(context: Context, minutes: int) -> When:
    start = start_of(add(context.now, Grain.MINUTE, -minutes), Grain.MINUTE)
    when = settled(start, start + timedelta(minutes=1), Grain.MINUTE, "instant")
    return replace(when, estimate=True, back=True, shown=Grain.HOUR)


@rules(
    "nettopp", "nå nettopp", "for? litt siden", "for et øyeblikk siden", "i stad", "for kort tid siden",
    "a little while ago", "a moment ago", "a bit ago", "for litt sia", "for lite siden",
    gives="any", weight=0.5,
)  # fmt: skip
def _just_now(context: Context) -> When:
    return _vaguely_ago(context, 15)


@rules("i stad|nettopp ,? <clock>", gives="any", weight=0.6)
def _just_now_at(context: Context, when: When) -> When:
    """ "i stad kl. 9": the clock says when, the words only that it was today."""
    return replace(when, back=True)


@rules("for? en|ei god|lita|liten? stund siden", "a while ago", gives="any", weight=0.6)
def _a_while_ago(context: Context) -> When:
    return _vaguely_ago(context, 60)


# --- how words stand to a time -----------------------------------------------------------------------------------


@rules("<date>", gives="any")
def _date(context: Context, when: When) -> When:
    return when


@rules("på|om|i|ved|den|on|at|in|the|nå|sånn <any>", gives="any", weight=-0.05)
def _plain(context: Context, when: When) -> When | None:
    return when if when.bound == "at" else None


@rules(
    "siden|since <any>", "siden en gang i? <any>", "helt|allerede siden <any>", "helt tilbake fra|til <any>",
    gives="any", weight=0.3,
)  # fmt: skip
def _since(context: Context, when: When) -> When | None:
    return replace(when, bound="since", back=True) if when.bound in ("at", "since") else None


@rules(
    "starting|from|fra|fom <any>", "fra og med <any>", "fra og av <any>", "f . o . m .? <any>", "fom . <any>",
    "helt|allerede fra <any>",
    gives="any", weight=0.3,
)  # fmt: skip
def _from(context: Context, when: When) -> When | None:
    """Unlike "siden", "fra" may lie ahead."""
    return replace(when, bound="since") if when.bound in ("at", "since") else None


@rules("siden|fra|since|from <hour>", gives="any", weight=-0.2)
def _since_hour(context: Context, clock: Clock) -> When:
    return replace(of_clock(clock), bound="since", bare=True)


@rules("siden|fra|since|from <closeclock>", gives="any", weight=-0.1)
def _since_close(context: Context, clock: Clock) -> When:
    return replace(of_clock(clock), bound="since")


@rules(
    "etter|after <any>",
    "først etter <any>",
    "tidligst <any>",
    "ikke|ikkje før <any>",
    "not before <any>",
    gives="any",
    weight=0.2,
)
def _after(context: Context, when: When) -> When | None:
    return replace(when, bound="after") if when.bound == "at" else None


@rules(
    "innen|innan|før|senest|seinast|til|by|before|until|till|fram|frem|inntil|tom <any>",
    "frem|fram til|mot <any>", "innen|før utgangen av <any>", "t . o . m .? <any>", "tom . <any>", "til og med <any>",
    "senest innen <any>", "frist|fristen :|er? <any>", "no later than <any>",
    gives="any", weight=0.2,
)  # fmt: skip
def _by(context: Context, when: When) -> When | None:
    return replace(when, bound="by") if when.bound == "at" else None


@rules("innen|innan|før|til|by|before|senest|until <hour|closeclock>", gives="any", weight=-0.2)
def _by_hour(context: Context, clock: Clock) -> When:
    return replace(of_clock(clock), bound="by", bare=True)


@rules("etter|after <hour|closeclock>", gives="any", weight=-0.2)
def _after_hour(context: Context, clock: Clock) -> When:
    return replace(of_clock(clock), bound="after", bare=True)


# --- together ----------------------------------------------------------------------------------------------------


@rules(
    "<any> <any>", "<any> , <any>", "<any> - <clock>", "<any> i|av|in|of|og|på|om|den|the <any>",
    gives="any", weight=0.1,
)  # fmt: skip
def _together(context: Context, first: When, second: When) -> When | None:
    if share_a_kind(first, second):
        return None  # most of them
    if first.bound != "at" and second.bound == "at":
        joined = both(replace(first, bound="at"), second)
        return None if joined is None else replace(joined, bound=first.bound, back=first.back or joined.back)
    if second.bound != "at" and first.bound == "at" and first.grain >= Grain.DAY > second.grain:
        joined = both(first, replace(second, bound="at"))
        return None if joined is None else replace(joined, bound=second.bound, back=second.back or joined.back)
    return both(first, second)


@rules("<any> ( <any> )", gives="any", weight=0.2)
def _in_brackets(context: Context, first: When, second: When) -> When | None:
    return both(first, second) or first


# --- ranges ------------------------------------------------------------------------------------------------------


def _range(first: When, last: When) -> When | None:
    """From the one to the next of the other: both times of day, or both days and longer (those to their end)."""
    if first.bound not in ("at", "since") or last.bound not in ("at", "by"):
        return None
    if first.kind == "clock" and last.kind != "clock":
        return None  # "fra 9 til 11 på torsdag" is a range on Thursday
    small, large = first.grain <= Grain.PART, last.grain <= Grain.PART
    if small != large and max(first.grain, last.grain) > Grain.DAY:
        return None
    if (
        last.kind == "clock"
        and last.clock is not None
        and last.clock.vague
        and first.clock is not None
        and not first.clock.vague
    ):
        last = of_clock(replace(last.clock, vague=False))
    return When(
        between(first.series, last.series, inclusive=not large or last.grain is Grain.PART),
        "range",
        window=first.window,
        coming=first.coming,
        ranged=True,
        estimate=first.estimate or last.estimate,
        clock=first.clock,
    )


@rules(
    "fra|from|mellom|between <any> til|og|to|and|- og? med? <any>",
    "<any> -|til|to|until <any>",
    "<any> frem|fram|og til <any>",
    gives="any",
    weight=0.4,
)
def _from_to(context: Context, first: When, last: When) -> When | None:
    return _range(first, last)


@rules(
    "<num> -|til|og|to|and <num>",
    "<closeclock> -|til|og|to <closeclock>",
    "<hour> -|til|og|to <closeclock|clockfigures>",
    "<closeclock|clockfigures> -|til|og|to <hour>",
    gives="hours",
)
def _hours(context: Context, first: Number | Clock, last: Number | Clock) -> When | None:
    start = first if isinstance(first, Clock) else hour_of(first)
    end = last if isinstance(last, Clock) else hour_of(last)
    if start is None or end is None:
        return None
    if start.hour >= 6 or not end.vague:
        start = replace(start, vague=False)
    if not start.vague:
        end = end.at_half(1) if end.vague and end.total <= start.total else replace(end, vague=False)
    return When(between(start.series(), end.series(), inclusive=False), "range", ranged=True, clock=start, bare=True)


@rules("fra|mellom|from|between <hours>", gives="any", weight=0.6)
def _hours_between(context: Context, when: When) -> When:
    return when


@rules("fra|mellom? kl .? <hours>", "<hours> -? <tid>", gives="any", weight=0.7)
def _said_hours(context: Context, when: When, *_: object) -> When:
    return replace(when, bare=False)


@rules("fra|mellom|from|between? <clock> -|til|og|to|and <hour|closeclock>", gives="any", weight=0.5)
def _clock_to_hour(context: Context, first: When, last: Clock) -> When | None:
    return None if first.clock is None else _said(_hours(context, first.clock, last))


@rules("fra|from <hour|closeclock> til|to|- <clock>", gives="any", weight=0.5)
def _hour_to_clock(context: Context, first: Clock, last: When) -> When | None:
    return None if last.clock is None else _said(_hours(context, first, last.clock))


def _said(when: When | None) -> When | None:
    return None if when is None else replace(when, bare=False)


@rules("<date> <hours>", "<hours> i? <deictic>", gives="any", weight=0.2)
def _day_and_hours(context: Context, first: When, second: When) -> When | None:
    return both(first, second)


@rules("etter|after <any> men|og|and|but? før|before <any>", gives="any", weight=0.6)
def _after_but_before(context: Context, first: When, last: When) -> When | None:
    return _range(replace(first, bound="at"), replace(last, bound="at"))


@rules(
    "fra|mellom|from|between? den|the? <ord|num> -|til|og|to|and den|the? <ord|num> <monthname|monthshort>",
    gives="dates",
    weight=0.8,
)
def _days_of_month(context: Context, first: Number | int, last: Number | int, month: int) -> When | None:
    return _dates(first, last, month)


@rules("<monthname|monthshort> <num|ord> -|til|to <num|ord>", gives="dates", weight=0.8)
def _month_and_days(context: Context, month: int, first: Number | int, last: Number | int) -> When | None:
    return _dates(first, last, month)


def _dates(first: Number | int, last: Number | int, month: int) -> When | None:
    start, end = (value if isinstance(value, int) else int(value.value) for value in (first, last))
    if not (1 <= start < end <= 31):
        return None
    return When(between(month_days(month, start), month_days(month, end), inclusive=True), "range", ranged=True)


@rules("<dates>", gives="any")
def _any_dates(context: Context, when: When) -> When:
    return when


@rules("<dates> <year>", gives="any", weight=0.6)
def _dates_in_year(context: Context, when: When, number: int) -> When | None:
    return in_year(when, number)
