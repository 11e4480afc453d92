"""What is normal: how many reports a subject has at this hour of this weekday, learnt as they come.

All reports together have a rhythm over the 168 hours of a week; a public holiday goes as a Sunday. A subject has a
share of them, and an hour's own share where enough is known of it. Few data are drawn towards more: an hour of the week
towards that hour of all working days (or days off), a subject's hour towards the subject's whole, and how often a word
is said of a system towards how often it is said at all.

What is kept are plain sums by name. They are weighted forwards in time: a report of today adds more than one of a
month ago did, so that no sum has ever to be gone through to let it fade.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.radar.report import WIDE, Report, about_form, on_form

HOUR = timedelta(hours=1)
_EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
_HALF_LIFE_HOURS = 8 * 7 * 24.0
_FADED = 0.1
_SATURDAY, _SUNDAY = 5, 6
_HOURS_TO_TRUST = 2.0
"""so many hours seen of one hour of the week weigh as much as all of its kind"""
_EXPECTED_TO_TRUST = 20.0
"""when so many reports on a subject are to be expected in an hour of the week, that hour weighs as much as the whole"""
_SAID_TO_TRUST = 20.0
"""so many reports heard on a subject weigh as much as what is said of everything"""
_ALIKE, _SAY_ALIKE = 4.0, 0.3
"""reports on a subject are like each other before it is known in what: so many are taken to have said it so often"""
_UNSEEN = 0.5
"""so many reports a subject is taken to have had beside those it had"""
_SELDOM_UNNAMED = 0.25
"""of reports on a form so many, to each that names a system, may name none"""
_SUBJECTS = 60.0
"""so many subjects a desk is taken to have before it is known"""
_PLACES = 40.0
"""so many virksomheter a desk is taken to have before it is known"""
_UNSEEN_WIDE = 0.25
"""what share of reports is taken to say that others are hit, before it is known"""
_AN_HOUR = 20.0
"""reports an hour, by day and by night, that a desk is taken to have before it is known: a large one, so that a new
radar is rather slow than rash"""
_HOURS_KNOWN = 24.0
"""that guess weighs as much as so many hours"""
_BY_KIND = {True: (0.15, 3.3, 0.4), False: (0.1, 0.3, 0.2)}
"""how many times as many come by night, from 8 to 16, and else, on a working day and on a day off: the rhythm before it
is known"""

Sums = Mapping[str, float]
WorkingDay = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour as the rhythm knows it: the hour of the week (Monday 00 is 0), and the same hour of all such days."""

    of_week: int
    working: bool

    @property
    def names(self) -> tuple[str, str]:
        """The narrow and the wide name."""
        return f"@{self.of_week}", f"@{'work' if self.working else 'rest'} {self.of_week % 24}"


def hour_of(at: datetime, is_working_day: WorkingDay) -> Hour:
    """The hour of a moment on the organisation's own clock."""
    day = at.date()
    working = is_working_day(day)
    weekday = day.weekday() if working or day.weekday() >= _SATURDAY else _SUNDAY
    return Hour(weekday * 24 + at.hour, working)


def weight_at(at: datetime) -> float:
    """How much something of this moment adds to a sum; twice as much as eight weeks earlier."""
    return float(2.0 ** ((at - _EPOCH) / HOUR / _HALF_LIFE_HOURS))


def faded_at(at: datetime) -> float:
    """A sum smaller than this tells nothing any more: half a year ago it was a single report."""
    return weight_at(at) * _FADED


def learnt_from(report: Report, hour: Hour) -> dict[str, float]:
    """What a report adds to the sums."""
    narrow, wide = hour.names
    names = [f"all{narrow}", f"all{wide}", *(f"{subject}{narrow}" for subject in report.subjects)]
    return dict.fromkeys(names, weight_at(report.at)) | shares_learnt_from(report)


def shares_learnt_from(report: Report) -> dict[str, float]:
    """The part of it that says how all reports are divided, not when they come."""
    names = ["all", _from(report.virksomhet), *report.subjects, *report.signs]
    if report.about is not None:
        names += [name_of_said(report.about, sign) for sign in report.signs]
    if report.wide:
        names += [name_of_said(subject, WIDE) for subject in report.subjects if subject != report.about]
    return dict.fromkeys(names, weight_at(report.at))


def hours_passed(since: datetime, until: datetime, is_working_day: WorkingDay) -> dict[str, float]:
    """What the whole hours from `since` to `until` add to the sums of hours; both at the full hour."""
    added: dict[str, float] = {}
    at = since
    while at < until:
        weight = weight_at(at)
        for name in ("", *hour_of(at, is_working_day).names):
            added[f"hours{name}"] = added.get(f"hours{name}", 0.0) + weight
        at += HOUR
    return added


def names_for(subjects: Collection[str], hours: Collection[Hour]) -> set[str]:
    """The sums that `Normal` needs for these subjects and these hours."""
    names = {"all", "hours", *subjects}
    for hour in hours:
        names |= {f"{what}{name}" for what in ("all", "hours") for name in hour.names}
        names |= {f"{subject}{hour.names[0]}" for subject in subjects}
    return names


def names_of_signs(subject: str, signs: Iterable[str]) -> set[str]:
    """The sums that `Normal.said_of` needs."""
    return {name for sign in signs for name in (sign, name_of_said(subject, sign))}


def names_of_places(virksomheter: Iterable[str]) -> set[str]:
    """The sums that `Normal.from_place` needs."""
    return {_from(one) for one in virksomheter}


@dataclass(frozen=True, slots=True)
class Normal:
    """What is normal now, by sums that were read with `names_for`.

    weight: `weight_at` now. without: what is to be left out of the sums, since it is what is looked at
    (`shares_learnt_from`; when reports come is not known from these few). pace: how many times as many reports come
    these days, on everything.
    """

    sums: Sums
    weight: float
    without: Sums = field(default_factory=dict)
    pace: float = 1.0
    desk: Mapping[Hour, float] = field(default_factory=dict)

    def with_desk(self, hours: Iterable[Hour]) -> Normal:
        """The same, with `at_desk` of these hours at hand: every subject asks for it."""
        return replace(self, desk={hour: self.at_desk(hour) for hour in hours})

    def with_sums(self, more: Sums, without: Sums) -> Normal:
        """The same with further sums, and with this left out."""
        return replace(self, sums={**self.sums, **more}, without=without)

    def heard(self, name: str) -> float:
        """How many reports add to a sum, those of long ago counting less."""
        return max(self.sums.get(name, 0.0) - self.without.get(name, 0.0), 0.0) / self.weight

    @property
    def traffic(self) -> float:
        """How busy the desk is, as a multiple of a large one."""
        return self.an_hour / _AN_HOUR

    @property
    def hours(self) -> float:
        """How many hours have been listened to."""
        return self.heard("hours")

    @property
    def an_hour(self) -> float:
        """Reports an hour, by day and by night."""
        return (self.heard("all") + _AN_HOUR * _HOURS_KNOWN) / (self.hours + _HOURS_KNOWN)

    def known(self, subject: str) -> float:
        """From how many reports a subject's normal is known."""
        return self.heard(subject) + _UNSEEN

    def rate(self, subject: str, hour: Hour) -> float:
        """Reports on a subject to expect in one such hour."""
        share = self.share(subject)
        to_expect = self.heard(f"all{hour.names[0]}") * share
        heard = self.heard(f"{subject}{hour.names[0]}")
        return self.pace * self.at_desk(hour) * share * (heard + _EXPECTED_TO_TRUST) / (to_expect + _EXPECTED_TO_TRUST)

    def part(self, subject: str) -> float:
        """What share of the fellesfeil may be expected on a subject.

        What is reported a hundred times as often does not break a hundred times as often, but more often: ten times.
        """
        return math.sqrt(self.share(subject) / _SUBJECTS)

    def share(self, subject: str) -> float:
        """What share of all reports is on a subject."""
        return self.known(subject) / (self.heard("all") + _SUBJECTS * _UNSEEN)

    def from_place(self, virksomhet: str) -> float:
        """What share of all reports comes from a virksomhet."""
        return (self.heard(_from(virksomhet)) + 1.0) / (self.heard("all") + _PLACES)

    def said_of(self, subject: str, sign: str) -> float:
        """What share of the reports on a subject say this."""
        unseen = _UNSEEN_WIDE * _SUBJECTS * _UNSEEN if sign == WIDE else _UNSEEN
        at_all = (self.heard(sign) + unseen) / (self.heard("all") + _SUBJECTS * _UNSEEN)
        if sign == WIDE:
            guess, weight = at_all, _SAID_TO_TRUST
        else:
            weight = _SAID_TO_TRUST + _ALIKE
            guess = (_SAID_TO_TRUST * at_all + _ALIKE * _SAY_ALIKE) / weight
        return min((self.heard(name_of_said(subject, sign)) + weight * guess) / (self.heard(subject) + weight), 1.0)

    def mixed_up(self, subject: str, form: int) -> float:
        """How often a report on a form names no system or any, as a share of all, to each on it that is of this one.

        Infinite on a form on which too many name none: most of those are about something else, and to count each for
        whatever others report just then trebled the false alarms.
        """
        all_ = self.heard("all") + _SUBJECTS * _UNSEEN
        named = self.heard(on_form(form))
        if self.heard(about_form(form)) > _SELDOM_UNNAMED * (named + _UNSEEN):
            return math.inf
        share = (named + _UNSEEN) / all_
        of_this = (self.heard(name_of_said(subject, on_form(form))) + _SAID_TO_TRUST * share) / (
            self.heard(subject) + _SAID_TO_TRUST
        )
        return share / of_this

    def busy(self, hour: Hour) -> float:
        """How many times as many reports come in such an hour as on average."""
        return self.at_desk(hour) / self.an_hour

    def at_desk(self, hour: Hour) -> float:
        """Reports on everything to expect in one such hour."""
        if hour in self.desk:
            return self.desk[hour]
        narrow, wide = hour.names
        rate = self.an_hour * _rhythm(hour)
        for name in (wide, narrow):
            seen = self.heard(f"hours{name}")
            rate = (self.heard(f"all{name}") + _HOURS_TO_TRUST * rate) / (seen + _HOURS_TO_TRUST)
        return rate


def _rhythm(hour: Hour) -> float:
    """How many times as many reports come in such an hour as on average, before it is known."""
    night, day, else_ = _BY_KIND[hour.working]
    at = hour.of_week % 24
    return day if 8 <= at < 16 else night if at < 6 else else_


def _from(virksomhet: str) -> str:
    return f"from {virksomhet}"


def name_of_said(subject: str, sign: str) -> str:
    """Of how many reports on a subject say this."""
    return f"{subject}\n{sign}"
