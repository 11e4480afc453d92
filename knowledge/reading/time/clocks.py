"""Grammar of times of day: "kl 14.30", "halv ni", "ti på halv åtte", "ved 9-tiden", "8 om kvelden", "half past eight"."""

from __future__ import annotations

from dataclasses import replace

from knowledge.reading.time.chart import Rules
from knowledge.reading.time.lexicon import MORNING
from knowledge.reading.time.meaning import Clock, Context, Number, Part, When, both, of_clock, of_part
from knowledge.reading.time.series import Grain

rules = Rules()


def hour_of(number: Number, figure_as_said: bool = True) -> Clock | None:
    """A whole hour. In letters, and small figures without a part of the day, it may be either half of the day."""
    hour = number.value
    if hour != int(hour) or not 0 <= hour <= 24 or number.estimate:
        return None
    hour = int(hour) % 24
    vague = 1 <= hour <= 11 and (number.worded or hour < 6 or not figure_as_said)
    return Clock(hour, 0, Grain.HOUR, vague=vague, open_half=hour <= 12)


def _moved(hour: Clock, minutes: int) -> Clock:
    total = (hour.total + minutes) % 1440
    return Clock(total // 60, total % 60, Grain.MINUTE, vague=hour.hour <= 12, open_half=hour.hour <= 12)


@rules("<num>", gives="hour")
def hour(context: Context, number: Number) -> Clock | None:
    return hour_of(number)


@rules("kl .? <hour>", "at <hour>", "<hour> o'clock", "kl er? <hour>", "kl . <hour>", gives="clock", weight=0.5)
def clock_hour(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules("<clockfigures>", gives="clock")
def figures(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules(
    "kl .? <clockfigures|closeclock>",
    "kl : <clockfigures|closeclock>",
    "at <clockfigures|closeclock>",
    gives="clock",
    weight=0.8,
)
def clock_figures(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules(
    "kl .? <closeclock> t|h",
    "<closeclock> t|h|hrs",
    "kl .? <hour> t|h",
    "<clockfigures> t|h",
    gives="clock",
    weight=0.5,
)
def clock_h(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules("kl .? <num> <num>", gives="clock", weight=0.3)
def hour_and_minute(context: Context, hour: Number, minute: Number) -> When | None:
    clock = hour_of(hour)
    if clock is None or not 10 <= minute.value < 60 or minute.value != int(minute.value):
        return None
    return of_clock(replace(clock, minute=int(minute.value), grain=Grain.MINUTE))


@rules("halv <hour>", gives="spoken", weight=0.5)
def half_to(context: Context, clock: Clock) -> Clock:
    return _moved(clock, -30)


@rules("half past <hour>", gives="spoken", weight=0.6)
def half_past(context: Context, clock: Clock) -> Clock:
    return _moved(clock, 30)


@rules(
    "kvart|kvarter på|før <hour>",
    "et kvarter på|før <hour>",
    "a? quarter to|before|of <hour>",
    gives="spoken",
    weight=0.5,
)
def quarter_to(context: Context, clock: Clock) -> Clock:
    return _moved(clock, -15)


@rules(
    "kvart|kvarter over|etter|øver <hour>",
    "et kvarter over <hour>",
    "a? quarter past|after <hour>",
    gives="spoken",
    weight=0.5,
)
def quarter_past(context: Context, clock: Clock) -> Clock:
    return _moved(clock, 15)


def _minutes(number: Number) -> int | None:
    return int(number.value) if number.value == int(number.value) and 1 <= number.value <= 29 else None


@rules(
    "<num> på <hour>",
    "<num> minutt|minutter|min|minute|minutes på|to|before <hour>",
    "<num> to <hour>",
    gives="spoken",
    weight=0.4,
)
def minutes_to(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, -minutes)


@rules(
    "<num> over <hour>",
    "<num> minutt|minutter|min|minute|minutes over|past|after <hour>",
    "<num> past <hour>",
    gives="spoken",
    weight=0.4,
)
def minutes_past(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, minutes)


@rules("<num> på halv <hour>", "<num> minutt|minutter|min på halv <hour>", gives="spoken", weight=0.8)
def minutes_to_half(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, -30 - minutes)


@rules("<num> over halv <hour>", "<num> minutt|minutter|min over halv <hour>", gives="spoken", weight=0.8)
def minutes_past_half(context: Context, number: Number, clock: Clock) -> Clock | None:
    minutes = _minutes(number)
    return None if minutes is None else _moved(clock, -30 + minutes)


@rules("<spoken>", "kl .? <spoken>", "at <spoken>", gives="clock", weight=0.2)
def spoken(context: Context, clock: Clock) -> When:
    return of_clock(clock)


@rules("<hour|clockfigures> am", "<hour|clockfigures> a . m .?", "kl .? <hour> am", gives="clock", weight=0.6)
def before_noon(context: Context, clock: Clock) -> When | None:
    return of_clock(clock.at_half(0)) if 1 <= clock.hour <= 12 else None


@rules("<hour|clockfigures> pm", "<hour|clockfigures> p . m .?", "kl .? <hour> pm", gives="clock", weight=0.6)
def after_noon(context: Context, clock: Clock) -> When | None:
    return of_clock(clock.at_half(1)) if 1 <= clock.hour <= 12 else None


@rules(
    "<hour|closeclock|spoken> -? <tid>",
    "kl .? <hour|closeclock|spoken|clockfigures> -? <tid>",
    "<clockfigures> -? <tid>",
    "i|ved <hour|closeclock|clockfigures> -? <tid>",
    gives="clock",
    weight=0.6,
)
def about_hour(context: Context, clock: Clock, *_: object) -> When:
    return of_clock(clock, estimate=True)


@rules("<about> <hour|closeclock>", "sånn ca .? <hour|closeclock>", "ca . <hour|closeclock>", gives="clock", weight=0.2)
def about_figure(context: Context, *found: object) -> When:
    clock = next(part for part in found if isinstance(part, Clock))
    return of_clock(clock, estimate=True)


@rules("<clock> <exactly>", "<exactly> <clock>", gives="clock", weight=0.2)
def exactly(context: Context, *found: object) -> When | None:
    return next((part for part in found if isinstance(part, When)), None)


@rules("midnatt", "midnight", "ved midnatt", "kl tolv om? natta|natten", gives="clock", weight=0.3)
def midnight(context: Context) -> When:
    return of_clock(Clock(0, 0, Grain.HOUR))


@rules("midt på dagen|dan", "noon|midday", "kl tolv midt? på? dagen?", gives="clock", weight=0.4)
def noon(context: Context) -> When:
    return of_clock(Clock(12, 0, Grain.HOUR))


@rules("midt på natta|natten", "middle of the night", gives="pod", weight=0.4)
def dead_of_night(context: Context) -> When:
    return of_part(Part(60, 300, at_night=True)).about()


@rules("<part>", gives="pod")
def part(context: Context, value: Part) -> When:
    return of_part(value)


@rules("om|på <part>", "in|at the? <part>", "utpå|midt på <part>", "ved <part>", gives="pod", weight=0.2)
def in_part(context: Context, value: Part) -> When:
    return of_part(value)


@rules("<about> <part>", "<part> -? <tid>", gives="pod", weight=0.3)
def about_part(context: Context, *found: object) -> When:
    value = next(part for part in found if isinstance(part, Part))
    return of_part(value).about()


@rules("tidlig|tidleg|early på|om|in? the? <part>", "tidlig|tidleg <part>", "<part> tidlig", gives="pod", weight=0.4)
def early_part(context: Context, value: Part) -> When:
    return of_part(Part(value.start, (value.start + value.end) // 2, value.at_night)).about()


@rules("sent|seint|sein|late på|om|in? the? <part>", "sent|seint|late <part>", gives="pod", weight=0.4)
def late_part(context: Context, value: Part) -> When:
    return of_part(Part((value.start + value.end) // 2, value.end, value.at_night)).about()


@rules("etter lunsj|lunsjen|lunch", "rett etter lunsj|lunch", gives="pod", weight=0.6)
def after_lunch(context: Context) -> When:
    return of_part(Part(750, 960)).about()


@rules("før lunsj|lunsjen|lunch", "rett før lunsj|lunch", gives="pod", weight=0.6)
def before_lunch(context: Context) -> When:
    return of_part(Part(600, 690)).about()


@rules("etter arbeidstid|jobb|jobben|work", gives="pod", weight=0.4)
def after_work(context: Context) -> When:
    return of_part(Part(960, 1260)).about()


@rules("morges", gives="pod")
def this_morning_part(context: Context) -> When:
    return of_part(MORNING)


@rules("<hour> om|på|i <part>", "<hour> in the <part>", "<hour|closeclock> at <part>", gives="clock", weight=0.6)
def hour_in_part(context: Context, clock: Clock, value: Part) -> When:
    return of_clock(value.holds(clock))


@rules("<clock> om|på <part>", "<clock> in the <part>", gives="clock", weight=0.6)
def clock_in_part(context: Context, when: When, value: Part) -> When | None:
    return None if when.clock is None else replace(of_clock(value.holds(when.clock)), estimate=when.estimate)


@rules("<clock>", "<pod>", gives="any")
def any_time_of_day(context: Context, when: When) -> When:
    return when


@rules("<about> <clock>", "<about> <any>", "ca . <any>", "sånn <about>? <any>", gives="any", weight=0.3)
def about(context: Context, *found: object) -> When | None:
    when = next((part for part in found if isinstance(part, When)), None)
    return None if when is None else when.about()


@rules("<date> <hour>", gives="any", weight=-0.6)
def day_and_bare_hour(context: Context, day: When, clock: Clock) -> When | None:
    """ "i morgen 8": only a day right before it makes a bare number an hour."""
    return both(day, of_clock(clock)) if day.kind in ("day", "weekday") and 6 <= clock.hour <= 23 else None


@rules("<date> <closeclock>", "<closeclock> <date>", gives="any", weight=0.3)
def day_and_close_clock(context: Context, *found: object) -> When | None:
    day = next(part for part in found if isinstance(part, When))
    clock = next(part for part in found if isinstance(part, Clock))
    return both(day, of_clock(clock)) if day.grain <= Grain.DAY else None


@rules("<hour|closeclock> <deictic>", "<hour> i <deictic>", gives="any", weight=0.1)
def bare_hour_and_day(context: Context, clock: Clock, day: When) -> When | None:
    return both(day, of_clock(clock))
