"""Grammar of times of day: "kl 14.30", "halv ni", "ti på halv åtte", "ved 9-tiden", "8 om kvelden", "at 8 pm"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.reading.time.chart import Rules
from knowledge.reading.time.lexicon import MORNING
from knowledge.reading.time.meaning import Clock, Context, Number, Part, When, both, of_clock, of_part
from knowledge.reading.time.moment import OSLO
from knowledge.reading.time.series import Grain, Series, Span, shifted, units

rules = Rules()


def hour_of(number: Number, figure_as_said: bool = True) -> Clock | None:
    """A whole hour. In letters, and small figures without a part of the day, it may be either half of the day."""
    hour = number.value
    if hour != int(hour) or not 0 <= hour <= 24 or number.estimate:
        return None
    hour = int(hour) % 24
    vague = 1 <= hour <= 11 and (number.worded or hour < 6 or not figure_as_said)
    return Clock(hour, 0, Grain.HOUR, vague=vague, open_half=hour <= 12, figure=not number.worded)


def _moved(hour: Clock, minutes: int) -> Clock:
    total = (hour.total + minutes) % 1440
    return Clock(total // 60, total % 60, Grain.MINUTE, vague=hour.hour <= 12, open_half=hour.hour <= 12)


@rules("<hour> t|h", gives="clockh")
def _hour_h(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules(
    "<hour|closeclock|clockfigures> t|h? cet|cest",
    "kl .? <hour|closeclock|clockfigures> cet|cest",
    gives="clock",
    weight=1.2,
)
def _in_central_time(context: Context, clock: Clock) -> When:
    return of_clock(replace(clock, vague=False))


@rules(
    "<hour|closeclock|clockfigures> t|h? utc|gmt|z",
    "kl .? <hour|closeclock|clockfigures> utc|gmt|z",
    gives="clock",
    weight=1.2,
)
def _in_universal_time(context: Context, clock: Clock) -> When:
    return When(universal(clock), "clock")


def universal(clock: Clock) -> Series:
    """Every day at that time in UTC, as Oslo wall time (logs are often written so)."""

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for day in units(Grain.DAY).spans(shifted(lo, timedelta(days=-1)), hi):
            at = day.start.replace(hour=clock.hour, minute=clock.minute, second=clock.second, tzinfo=UTC)
            start = at.astimezone(OSLO).replace(tzinfo=None)
            span = Span(start, start + timedelta(hours=1 if clock.grain is Grain.HOUR else 0, minutes=1))
            if span.start < hi and span.end > lo:
                yield span

    return Series(clock.grain, spans)


@rules("<num>", gives="hour")
def _hour(context: Context, number: Number) -> Clock | None:
    return hour_of(number)


@rules("at <hour>", gives="clock", weight=0.4)
def _english_hour(context: Context, clock: Clock) -> When:
    """ "at 8"; but "at to" is Norwegian for something else."""
    return replace(of_clock(clock), bare=not clock.figure)


# From the last to the first: a decorator nearer the function adds its rules before those above it.
@rules(
    "kl .? <closeclock> t|h",
    "<closeclock> t|h|hrs",
    "kl .? <hour> t|h",
    "<clockfigures> t|h",
    gives="clock",
    weight=0.5,
)
@rules(
    "kl .? <clockfigures|closeclock|yearclock>",
    "kl : <clockfigures|closeclock>",
    "at <clockfigures|closeclock>",
    gives="clock",
    weight=0.8,
)
@rules("<clockfigures>", gives="clock")
@rules("kl .? <hour>", "<hour> o'clock", "kl er <hour>", gives="clock", weight=0.5)
def _clock(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules("kl .? <num> <num>", gives="clock", weight=0.3)
def _hour_and_minute(context: Context, hour: Number, minute: Number) -> When | None:
    clock = hour_of(hour)
    if clock is None or not 10 <= minute.value < 60 or minute.value != int(minute.value):
        return None
    return of_clock(replace(clock, minute=int(minute.value), grain=Grain.MINUTE))


@rules("halv <hour>", gives="spoken", weight=0.5)
def _half_to(context: Context, clock: Clock) -> Clock:
    return _moved(clock, -30)


@rules("half past <hour>", gives="spoken", weight=0.6)
def _half_past(context: Context, clock: Clock) -> Clock:
    return _moved(clock, 30)


@rules(
    "kvart|kvarter på|før <hour>",
    "et kvarter på|før <hour>",
    "a? quarter to|before|of <hour>",
    gives="spoken",
    weight=0.5,
)
def _quarter_to(context: Context, clock: Clock) -> Clock:
    return _moved(clock, -15)


@rules(
    "kvart|kvarter over|etter|øver <hour>",
    "et kvarter over <hour>",
    "a? quarter past|after <hour>",
    gives="spoken",
    weight=0.5,
)
def _quarter_past(context: Context, clock: Clock) -> Clock:
    return _moved(clock, 15)


def _minutes(number: Number) -> int | None:
    return int(number.value) if number.value == int(number.value) and 1 <= number.value <= 29 else None


@rules(
    "<num> minutt|minutter|min|minute|minutes på|to|before <hour>",
    "<num> to <hour>",
    gives="spoken",
    weight=0.4,
)
def _minutes_to(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, -minutes)


@rules(
    "<num> minutt|minutter|min|minute|minutes over|past|after <hour>",
    "<num> past <hour>",
    gives="spoken",
    weight=0.4,
)
def _minutes_past(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, minutes)


@rules("<num> på <hour>", gives="pair", weight=0.4)
def _short_minutes_to(context: Context, number: Number, clock: Clock) -> When | None:
    return _pair(number, clock, -1)


@rules("<num> over <hour>", gives="pair", weight=0.4)
def _short_minutes_past(context: Context, number: Number, clock: Clock) -> When | None:
    return _pair(number, clock, 1)


def _pair(number: Number, clock: Clock, sign: int) -> When | None:
    """ "ti på åtte"; "3 på 12" in figures is seldom a time, so it must have been asked for."""
    minutes = _minutes(number)
    if minutes is None or number.estimate:
        return None
    return replace(
        of_clock(_moved(clock, sign * minutes)), bare=(not number.worded and minutes % 5 != 0) or number.article
    )


@rules("<pair>", "kl .? <pair>", gives="clock", weight=0.2)
def _spoken_pair(context: Context, when: When) -> When:
    return when


@rules("<num> på halv <hour>", "<num> minutt|minutter|min på halv <hour>", gives="spoken", weight=0.8)
def _minutes_to_half(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, -30 - minutes)


@rules("<num> over halv <hour>", "<num> minutt|minutter|min over halv <hour>", gives="spoken", weight=0.8)
def _minutes_past_half(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, -30 + minutes)


@rules("<spoken>", "kl .? <spoken>", "at <spoken>", gives="clock", weight=0.2)
def _spoken(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules("<hour|clockfigures> am", "<hour|clockfigures> a . m .?", "kl .? <hour> am", gives="clock", weight=0.6)
def _before_noon(context: Context, clock: Clock) -> When | None:
    return of_clock(clock.at_half(0)) if 1 <= clock.hour <= 12 else None


@rules("<hour|clockfigures> pm", "<hour|clockfigures> p . m .?", "kl .? <hour> pm", gives="clock", weight=0.6)
def _after_noon(context: Context, clock: Clock) -> When | None:
    return of_clock(clock.at_half(1)) if 1 <= clock.hour <= 12 else None


@rules(
    "<hour|closeclock|spoken> -? <tid>",
    "kl .? <hour|closeclock|spoken|clockfigures> -? <tid>",
    "<clockfigures> -? <tid>",
    "i|ved <hour|closeclock|clockfigures> -? <tid>",
    gives="clock",
    weight=0.6,
)
def _about_hour(context: Context, clock: Clock, *_: object) -> When:
    return of_clock(clock, estimate=True)


@rules("<about> <hour>", "sånn ca .? <hour>", "ca . <hour>", gives="clock", weight=0.2)
def _about_figure(context: Context, *found: object) -> When:
    clock = next(part for part in found if isinstance(part, Clock))
    return replace(of_clock(clock, estimate=True), bare=True)


@rules("litt|like|rett|nesten over|etter|før|på <hour>", "just after|before|past <hour>", gives="clock", weight=0.4)
def _near_hour(context: Context, clock: Clock) -> When:
    """ "litt over åtte"."""
    return of_clock(clock, estimate=True)


@rules("<about> <closeclock>", "sånn ca .? <closeclock>", "ca . <closeclock>", gives="clock", weight=0.2)
def _about_close(context: Context, *found: object) -> When:
    clock = next(part for part in found if isinstance(part, Clock))
    return of_clock(clock, estimate=True)


@rules("<clock> <exactly>", "<exactly> <clock>", gives="clock", weight=0.2)
def _exactly(context: Context, *found: object) -> When | None:
    return next((part for part in found if isinstance(part, When)), None)


@rules("midnatt", "midnight", "ved midnatt", "kl tolv om? natta|natten", gives="clock", weight=0.3)
def _midnight(context: Context) -> When:
    return of_clock(Clock(0, 0, Grain.HOUR))


@rules("midt på dagen|dan", "noon|midday", "kl tolv midt? på? dagen?", gives="clock", weight=0.4)
def _noon(context: Context) -> When:
    return of_clock(Clock(12, 0, Grain.HOUR))


@rules("midt på natta|natten", "middle of the night", gives="pod", weight=0.4)
def _dead_of_night(context: Context) -> When:
    return of_part(Part(60, 300, at_night=True)).about()


@rules("<part>", gives="pod")
def _part(context: Context, value: Part) -> When:
    return of_part(value)


@rules("om|på <part>", "in|at the? <part>", "utpå|ved <part>", "midt på <part>", gives="pod", weight=0.2)
def _in_part(context: Context, value: Part) -> When:
    return of_part(value)


@rules("<about> <part>", "<part> -? <tid>", gives="pod", weight=0.3)
def _about_part(context: Context, *found: object) -> When:
    value = next(part for part in found if isinstance(part, Part))
    return of_part(value).about()


@rules("tidlig|tidleg|early på|om|in? the? <part>", "tidlig|tidleg <part>", "<part> tidlig", gives="pod", weight=0.4)
def _early_part(context: Context, value: Part) -> When:
    return of_part(Part(value.start, (value.start + value.end) // 2, value.at_night)).about()


@rules("sent|seint|sein|late på|om|in? the? <part>", "sent|seint|late <part>", gives="pod", weight=0.4)
def _late_part(context: Context, value: Part) -> When:
    return of_part(Part((value.start + value.end) // 2, value.end, value.at_night)).about()


@rules("etter lunsj|lunsjen|lunch", "rett etter lunsj|lunch", gives="pod", weight=0.6)
def _after_lunch(context: Context) -> When:
    return of_part(Part(750, 960)).about()


@rules("før lunsj|lunsjen|lunch", "rett før lunsj|lunch", gives="pod", weight=0.6)
def _before_lunch(context: Context) -> When:
    return of_part(Part(600, 690)).about()


@rules("etter arbeidstid|jobb|jobben|work", gives="pod", weight=0.4)
def _after_work(context: Context) -> When:
    return of_part(Part(960, 1260)).about()


@rules("morges", gives="pod")
def _this_morning_part(context: Context) -> When:
    return of_part(MORNING)


@rules("<hour> om|på|i <part>", "<hour> in the <part>", "<hour|closeclock> at <part>", gives="clock", weight=0.6)
def _hour_in_part(context: Context, clock: Clock, value: Part) -> When | None:
    moved = value.holds(clock)
    return of_clock(moved) if value.covers(moved) else None


@rules("<clock> om|på <part>", "<clock> in the <part>", gives="clock", weight=0.6)
def _clock_in_part(context: Context, when: When, value: Part) -> When | None:
    return None if when.clock is None else replace(of_clock(value.holds(when.clock)), estimate=when.estimate)


@rules("<clock>", "<pod>", gives="any")
def _any_time_of_day(context: Context, when: When) -> When:
    return when


@rules("<about> <clock>", "<about> <any>", "ca . <any>", "sånn <about>? <any>", gives="any", weight=0.3)
def _about(context: Context, *found: object) -> When | None:
    when = next((part for part in found if isinstance(part, When)), None)
    return None if when is None else when.about()


@rules("<date> <hour>", gives="any", weight=-0.6)
def _day_and_bare_hour(context: Context, day: When, clock: Clock) -> When | None:
    """ "i morgen 8": only a day right before it makes a bare number an hour."""
    return both(day, of_clock(clock)) if day.kind in ("day", "weekday") and 6 <= clock.hour <= 23 else None


@rules("<date> <closeclock>", "<closeclock> <date>", gives="any", weight=0.3)
def _day_and_close_clock(context: Context, *found: object) -> When | None:
    day = next(part for part in found if isinstance(part, When))
    clock = next(part for part in found if isinstance(part, Clock))
    return both(day, of_clock(clock)) if day.grain <= Grain.DAY else None


@rules("<hour|closeclock|yearclock> <deictic|partday>", "<hour> i <deictic>", gives="any", weight=0.1)
def _bare_hour_and_day(context: Context, clock: Clock, day: When) -> When | None:
    return both(day, of_clock(clock))
