"""What a reading of time gives: a moment in Europe/Oslo with how exactly it was said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

Direction = Literal["past", "future"]
Precision = Literal["minute", "hour", "part_of_day", "day", "week", "month", "year"]
Bound = Literal["at", "since", "by", "after"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One time somebody wrote.

    `at` is aware (Europe/Oslo) and the start of what was said; `precision` tells how exactly. `end` is set for
    ranges and for everything longer than its precision (a part of a day, a weekend, a season); it is the first
    instant after the range. `estimate` marks vague words ("rundt lunsj", "et par timer"). `bound` tells how the
    words stood to the moment: at it, since it, by it ("innen fredag") or after it. `text` is the words themselves.
    `day_said` is false for a clock alone ("kl. 8"), whose day is the nearest.
    """

    at: datetime
    text: str
    precision: Precision
    estimate: bool = False
    end: datetime | None = None
    bound: Bound = "at"
    day_said: bool = field(default=True, compare=False)


def to_local(now: datetime) -> datetime:
    """`now` as naive Oslo wall time; `fold` tells the two 02:30 of an autumn night apart. Naive input is Oslo time."""
    if now.tzinfo is None:
        return now
    return now.astimezone(OSLO).replace(tzinfo=None)


def aware(now: datetime) -> datetime:
    """`now` in Oslo; a naive one counts as Oslo time already."""
    return now.replace(tzinfo=OSLO) if now.tzinfo is None else now.astimezone(OSLO)


def to_aware(local: datetime) -> datetime:
    """A naive Oslo wall time as an aware one; a time the spring change skips becomes the one an hour later."""
    return local.replace(tzinfo=OSLO).astimezone(UTC).astimezone(OSLO)


_FRIDAY = 4
_WEEKEND_FROM = 18


def as_beginning(moment: Moment, now: datetime) -> Moment:
    """The moment as when something began: of a weekend, which no one says the day of, about its Saturday."""
    is_weekend = moment.precision == "day" and (moment.at.weekday(), moment.at.hour) == (_FRIDAY, _WEEKEND_FROM)
    saturday = (moment.at + timedelta(days=1)).replace(hour=0)
    if not is_weekend or moment.end is None or saturday > now:
        return moment
    return replace(moment, at=saturday, estimate=True)
