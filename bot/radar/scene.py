"""What the radar sees when it looks at one subject: its reports of the last hours, and what would be normal.

Everything as numbers, for `weighing`. Those whose virksomhet is not known are not of one virksomhet together: in Teams
nobody's is known, before he has told it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.radar.normal import HOUR, Hour, Normal, WorkingDay, hour_of
from bot.radar.report import WIDE, Report, about_form, says_form, system_of

Array = npt.NDArray[np.float64]

MINUTE = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
FEWEST = 2
"""Fewer reports are never a fellesfeil."""
_SIGNS = 3
"""So many of the things that the reports say are looked at, those that stand out most."""
_LEAST_SIGNS = 6
_BEGINNINGS = 12
"""so many moments when it may have begun are tried, each a little before a report"""
_A_LITTLE, _BEFORE = 2.0, 8.0
"""minutes: where in the time before a report is looked, and how much of it there is to look at"""
_AT_ANY_TIME = 0.1
"""So much of what begins does so by day and night, the rest when people work."""
_CLEARLY_MORE, _EACH_TELLS, _ALL_UNNAMED_TELL, _LEAST = 1.5, 1.5, 4.0, 11.0
"""What is not so many times the normal, and cannot come near a finding whatever the reports say, is not weighed."""
_NEVER, _ALWAYS = 0.002, 0.9
_WEEK = timedelta(weeks=1) / MINUTE


@dataclass(frozen=True, slots=True)
class Scene:
    """The reports on a subject, one a person; n of them.

    ages (n): minutes ago, the newest first. rates (n): how many a minute are normal at that moment. named (n): whether
    it names what it is about. expected: how many that do are normal in all of the time looked at. known: from how many
    heard ones that is. began (beginnings): minutes ago when it may have begun. begins (beginnings): the share of a
    week's new things that begin about then on this subject. wide (n), said (signs, n): 1 where a report says so.
    wide_share, said_share (signs, n): how many do normally. sayings: among how many things those that are looked at
    were chosen. place (n): number of the virksomhet, from 0; -1 where it is not known. place_share (places): how much
    of all comes from there. traffic: how much is reported on the subject, as a multiple of what is on one of a large
    desk with as many fellesfeil. unplaced: how much of all comes from nobody knows where.
    """

    ages: Array
    rates: Array
    named: npt.NDArray[np.bool_]
    expected: float
    known: float
    began: Array
    begins: Array
    wide: Array
    wide_share: float
    said: Array
    said_share: Array
    sayings: int
    place: npt.NDArray[np.int64]
    place_share: Array
    traffic: float
    unplaced: float


@dataclass(frozen=True, slots=True)
class Lately:
    """The parts of hours of the last LONGEST, the oldest first: starts and ends are minutes ago."""

    now: datetime
    hours: tuple[Hour, ...]
    starts: Array
    ends: Array
    seen: timedelta = LONGEST

    @classmethod
    def until(cls, now: datetime, is_working_day: WorkingDay) -> Lately:
        """Those before `now`, on the organisation's own clock."""
        start = (now - LONGEST).replace(minute=0, second=0, microsecond=0)
        hours: list[Hour] = []
        ages: list[float] = []
        while start < now:
            hours.append(hour_of(start, is_working_day))
            ages.append((now - start) / MINUTE)
            start += HOUR
        return cls(now, tuple(hours), np.array(ages), np.array([*ages[1:], 0.0]))

    def place(self, minutes: Array) -> npt.NDArray[np.int64]:
        """In which part that many minutes ago lies."""
        return np.clip(np.searchsorted(-self.starts, -minutes, side="right") - 1, 0, len(self.hours) - 1)


@dataclass(frozen=True, slots=True)
class Usual:
    """How many reports are normal on a subject; rates: a minute, in each part of `lately`."""

    lately: Lately
    rates: Array

    @classmethod
    def on(cls, subject: str, normal: Normal, lately: Lately) -> Usual:
        """By what was heard."""
        an_hour = [normal.rate(subject, hour) for hour in lately.hours]
        return cls(lately, np.maximum(np.array(an_hour) / 60.0, 1e-9))

    def within(self, minutes: Array) -> Array:
        """How many in the last so many minutes, for each."""
        spent = np.clip(np.minimum(self.lately.starts, minutes[:, None]) - self.lately.ends, 0.0, None)
        many: Array = spent @ self.rates
        return np.maximum(many, 1e-9)


def ages_of(reports: Sequence[Report], now: datetime) -> Array:
    """In minutes."""
    return np.array([(now - one.at) / MINUTE for one in reports])


def stands_out(ages: Array, usual: Usual, rates: Array) -> bool:
    """Whether it is worth weighing: most of what comes is an ordinary day, and that is seen at once.

    rates: see `unnamed.those_of`.
    """
    named, normal = np.isnan(rates), usual.within(ages)
    came = np.cumsum(named)
    more = came - normal
    surprise = came * np.log(np.maximum(came, 1.0) / normal) - more + _EACH_TELLS * np.maximum(more, 0.0)
    if not named.all():
        rare = np.log(1.0 / np.maximum(np.where(named, 1.0, rates) * np.maximum(ages, 1.0), 1e-9))
        surprise = surprise + np.minimum(
            np.cumsum(np.where(named, 0.0, _EACH_TELLS + np.maximum(rare, 0.0))), _ALL_UNNAMED_TELL
        )
    return bool(np.any(((came > _CLEARLY_MORE * normal) & (surprise > _LEAST))[FEWEST - 1 :]))


def signs_of(subject: str, reports: Sequence[Report]) -> Mapping[str, int]:
    """What the reports say, and how many of them."""
    counts = Counter(sign for one in reports for sign in _says(subject, one))
    del counts[WIDE]
    return counts


def telling_signs(
    subject: str, reports: Sequence[Report], normal: Normal, signs: Mapping[str, int]
) -> Mapping[str, list[float]]:
    """Of what the reports say, with how often each normally says it, what is said most beyond that."""
    surprise, shares = {}, {}
    of_system = system_of(subject)
    for sign in sorted(sign for sign, count in signs.items() if count > 1):
        on_it = _bounded(normal.said_of(subject, sign))
        each = [
            on_it
            if one.system or one.form is None or not of_system or says_form(sign)
            else _bounded(normal.said_of(about_form(one.form), sign))
            for one in reports
        ]
        share, part = sum(each) / len(each), signs[sign] / len(reports)
        if part > share:
            others = (1.0 - part) * math.log((1.0 - part) / (1.0 - share)) if part < 1.0 else 0.0
            surprise[sign] = part * math.log(part / share) + others
            shares[sign] = each
    return {sign: shares[sign] for sign in sorted(surprise, key=surprise.__getitem__, reverse=True)[:_SIGNS]}


def _beginnings(ages: Array) -> tuple[Array, Array]:
    """Minutes ago when it may have begun, and how much time each stands for; at least FEWEST reports came since."""
    gaps = np.minimum(np.diff(np.append(ages, LONGEST / MINUTE)), _BEFORE)
    # Not np.unique, which loads all of numpy.ma for it.
    spread = np.round(np.geomspace(FEWEST, len(ages), _BEGINNINGS)).astype(np.int64)
    chosen = spread[np.append(True, np.diff(spread) > 0)] - 1
    time = np.cumsum(gaps)[chosen]
    widths = np.diff(time, prepend=time[0] - gaps[chosen[0]])
    return ages[chosen] + np.maximum(np.minimum(gaps[chosen] / 2.0, _A_LITTLE), 0.1), np.maximum(widths, 0.1)


def scene_of(
    subject: str,
    reports: Sequence[Report],
    normal: Normal,
    usual: Usual,
    part: float,
    signs: Mapping[str, int],
    unnamed: Array,
) -> Scene:
    """`part`: the share of a week's new things that are to be expected on this subject; `signs`: see `signs_of`;
    `unnamed`: see `unnamed.those_of`.
    """
    lately = usual.lately
    ages = ages_of(reports, lately.now)
    began, widths = _beginnings(ages)
    rhythm = np.array([normal.busy(hour) for hour in lately.hours])[lately.place(began)]
    telling = telling_signs(subject, reports, normal, signs)
    places = list(dict.fromkeys(one.virksomhet for one in reports if one.virksomhet))
    named = np.isnan(unnamed)
    return Scene(
        ages=ages,
        rates=np.where(named, usual.rates[lately.place(ages)], unnamed),
        named=named,
        expected=float(usual.within(np.array([lately.seen / MINUTE]))[0]),
        known=normal.known(subject),
        began=began,
        begins=part * widths / _WEEK * (_AT_ANY_TIME + (1.0 - _AT_ANY_TIME) * rhythm),
        wide=np.array([float(one.wide) for one in reports]),
        wide_share=_bounded(normal.said_of(subject, WIDE)),
        said=np.array([[float(sign in _says(subject, one)) for one in reports] for sign in telling]).reshape(
            -1, len(reports)
        ),
        said_share=np.array(list(telling.values())).reshape(-1, len(reports)),
        sayings=max(len(signs), _LEAST_SIGNS),
        place=np.array([places.index(one.virksomhet) if one.virksomhet else -1 for one in reports]),
        place_share=np.array([normal.from_place(one) for one in places]),
        unplaced=min(normal.from_place(""), _ALWAYS),
        traffic=normal.traffic * normal.share(subject) / normal.part(subject),
    )


def _says(subject: str, report: Report) -> frozenset[str]:
    return report.signs_of_system if system_of(subject) else report.signs


def _bounded(share: float) -> float:
    return min(max(share, _NEVER), _ALWAYS)
