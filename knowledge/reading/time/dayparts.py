"""Grammar of parts of named days and of feasts: "i morges", "i går kveld", "natt til søndag", "i påska", "julaften"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.reading.time import feasts
from knowledge.reading.time.chart import Rules
from knowledge.reading.time.days import one_day
from knowledge.reading.time.lexicon import MORNING, fold
from knowledge.reading.time.meaning import Context, Part, When, both, in_year, of_part, settled
from knowledge.reading.time.resolving import choose
from knowledge.reading.time.series import Grain, Series, Span, fixed, merged, shifted

rules = Rules()

_NIGHT = Part(0, 360, at_night=True)
_EVENING = Part(1080, 1440)
_WHOLE_MORNING = Part(300, 720)
_DAY = timedelta(days=1)


def _part_of(context: Context, offset: int, part: Part, back: bool = False) -> When | None:
    when = both(one_day(context, offset), of_part(part))
    return None if when is None else replace(when, back=back)


@rules("i|denne|dette|this|utpå <part>", "nå i <part>", gives="partday", weight=0.4)
def _this_part(context: Context, part: Part) -> When | None:
    if part.at_night:
        return _tonight(context)
    if part == _WHOLE_MORNING:  # "i morgen" is tomorrow; this morning has its own rule
        return None
    return _part_of(context, 0, part)


def _tonight(context: Context) -> When:
    """ "i natt": the night that was for a fault, the one to come for a delivery; both are on offer."""
    nights = [fixed(context.day(n), shifted(context.day(n), timedelta(hours=6)), Grain.PART) for n in (0, 1)]
    return When(merged(*nights), "partday", ranged=True, part=_NIGHT)


@rules(
    "i morges", "i dag tidlig|tidleg|morges", "denne|dette morgenen|morgen", "this morning", "early this morning",
    "tidlig|tidleg i dag", "i dag på? morgenen|morgen", "tidlig|tidleg i morges", "nå i morges", "i morges tidlig",
    gives="partday", weight=0.8,
)  # fmt: skip
def _this_morning(context: Context) -> When | None:
    return _part_of(context, 0, MORNING, back=True)


@rules("tonight", gives="partday", weight=0.8)
def _english_tonight(context: Context) -> When | None:
    return _part_of(context, 0, _EVENING)


@rules(
    "i morgen tidlig|tidleg", "tidlig|tidleg i morgen", "i morgen på? morgenen|morgen", "tomorrow morning",
    gives="partday", weight=0.8,
)  # fmt: skip
def _tomorrow_morning(context: Context) -> When | None:
    return _part_of(context, 1, _WHOLE_MORNING)


@rules(
    "i går morges|tidlig|tidleg", "tidlig|tidleg i går", "i går på? morgenen|morgen", "yesterday morning",
    gives="partday", weight=0.8,
)  # fmt: skip
def _yesterday_morning(context: Context) -> When | None:
    return _part_of(context, -1, _WHOLE_MORNING, back=True)


@rules("sent|seint|late <deictic>", "<deictic> seint|sent|late", gives="partday", weight=0.5)
def _late_day(context: Context, day: When) -> When | None:
    when = both(day, of_part(_EVENING))
    return None if when is None else when.about()


@rules(
    "i? sist|siste|forrige natt|natta",
    "natt til i dag",
    "last night",
    "natta som var",
    "nå i natt",
    gives="partday",
    weight=0.6,
)
def _last_night(context: Context) -> When | None:
    return _part_of(context, 0, _NIGHT, back=True)


@rules("hele|heile natt|natta|natten", "i hele|heile natt", "all night", gives="partday", weight=0.6)
def _whole_night(context: Context) -> When | None:
    return _part_of(context, 0, _NIGHT, back=True)


@rules("i går natt", "natt|natta til i går", gives="partday", weight=0.7)
def _night_before(context: Context) -> When | None:
    return _part_of(context, -1, _NIGHT, back=True)


@rules("i? natt|natta|natten til den? <day>", "the? night before <day>", gives="partday", weight=1.1)
def _night_to(context: Context, day: When) -> When | None:
    return both(day, of_part(_NIGHT))


@rules("forrige|siste|sist|last <part>", gives="partday", weight=0.3)
def _last_part(context: Context, part: Part) -> When | None:
    return None if part.at_night else _part_of(context, -1, part, back=True)


@rules("<day> <part>", "<day> om|på|i|in the? <part>", gives="partday", weight=0.5)
def _part_of_day(context: Context, day: When, part: Part) -> When | None:
    if part.at_night and day.kind == "weekday":
        return _following_night(day)
    return both(day, of_part(part))


def _following_night(day: When) -> When:
    """ "fredag natt" is the night that follows the day."""
    series = day.series

    def spans(lo: datetime, hi: datetime) -> Iterator[Span]:
        for span in series.spans(shifted(lo, -2 * _DAY), hi):
            night = Span(span.end, shifted(span.end, timedelta(hours=6)))
            if night.start < hi and night.end > lo:
                yield night

    window = None if day.window is None else Span(day.window.start, shifted(day.window.end, _DAY))
    return When(Series(Grain.PART, spans), "partday", ranged=True, part=_NIGHT, window=window)


@rules("<deictic> middag", "i middag|middags", gives="partday", weight=0.4)
def _midday(context: Context, *days: When) -> When | None:
    return both(days[0] if days else one_day(context, 0), of_part(Part(720, 840)))


@rules("<partday>", gives="any")
def _partday(context: Context, when: When) -> When:
    return when


# --- feasts ------------------------------------------------------------------------------------------------------

_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]")


def _enter_feasts() -> None:
    """One rule for each spelling of each feast."""
    for name, series in feasts.feasts().items():

        def feast(context: Context, series: Series = series) -> When:
            return When(series, "feast")

        rules(" ".join(_PIECE.findall(fold(name))), gives="feast", weight=0.4)(feast)


_enter_feasts()


@rules("<feast>", "i|til|over|rundt|på|den|selve <feast>", "på selve <feast>", gives="day", weight=0.1)
def _feast_day(context: Context, when: When) -> When:
    return when


@rules("<feast> i? <year>", "<feast> i? <yearperiod>", gives="day", weight=0.6)
def _feast_in_year(context: Context, when: When, year: int | When) -> When | None:
    return in_year(when, year) if isinstance(year, int) else both(when, year)


@rules("neste|next|førstkommende|kommende|denne|this <feast>", gives="day", weight=0.4)
def _coming_feast(context: Context, when: When) -> When | None:
    span = choose(when, context.now, "future")
    return None if span is None else settled(span.start, span.end, Grain.DAY, "feast")


@rules("forrige|siste|sist|last <feast>", "i? fjor <feast>", gives="day", weight=0.4)
def _past_feast(context: Context, when: When) -> When | None:
    span = choose(when, context.now, "past")
    return None if span is None else replace(settled(span.start, span.end, Grain.DAY, "feast"), back=True)
