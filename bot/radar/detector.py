"""One report in, a finding or nothing out.

Every report is a test: are there, on any of its subjects and over any of some windows of time, more reports, or more
that tell of the same thing, than chance brings? The alarms that chance alone may give in a week are a budget, shared
out evenly over the tests of a week. So a busier desk asks for more before it is alarmed, and nobody has to find a
threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.radar.chance import evidence, so_many, so_many_of, together
from bot.radar.normal import (
    HOUR,
    Hour,
    Normal,
    Sums,
    WorkingDay,
    hour_of,
    hours_passed,
    learnt_from,
    names_for,
    weight_at,
)
from bot.radar.report import WIDE, Report

WINDOWS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=40), timedelta(hours=2), timedelta(hours=5))
LONGEST = WINDOWS[-1]
KEPT = timedelta(days=1)
"""How long a report is kept; after that only the sums remember it."""
FEWEST = 3
"""Fewer reports are never a fellesfeil."""
_MOST = 60
"""So many newest reports on a subject are looked at."""
_TESTS_A_REPORT = 2.5
"""The windows of one report, and what is looked at in them, overlap; together they are worth about so many tests that
do not, as made-up years show (tests/benchmarks/radar.py)."""
_WORDS_COUNT_LESS = 20.0
"""A word is no matter by itself: all words together may use so much less of the budget than the system or form."""
_LEAST_HOURS = 7 * 24 * 0.95
"""What is normal is not known before a week has been heard."""
_LONGEST_PAUSE = timedelta(weeks=8)


class Memory(Protocol):
    """What the radar remembers: sums by name, and the reports of the last hours."""

    def sums(self, names: Collection[str]) -> Sums:
        """The sums with these names; one that nothing was added to may be left out."""
        ...

    def add(self, amounts: Mapping[str, float]) -> None:
        """Add to sums."""
        ...

    def learnt_until(self) -> datetime | None:
        """Until when the hours have been counted; None before the first."""
        ...

    def set_learnt_until(self, at: datetime) -> None:
        """Note until when the hours have been counted."""
        ...

    def hear(self, report: Report) -> None:
        """Keep a report."""
        ...

    def recent(self, subjects: Collection[str], since: datetime, most: int) -> Mapping[str, Sequence[Report]]:
        """For each subject its reports since then, newest first, at most so many."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """More reports than chance brings. expected: how many are normal in `window`; the reports are newest first.

    a_week: how often chance alone gives as much, a week.
    """

    subject: str
    window: timedelta
    reports: tuple[Report, ...]
    expected: float
    a_week: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of an hour, from start to end."""

    start: datetime
    end: datetime
    hour: Hour


@dataclass(frozen=True, slots=True)
class Detector:
    """budget: how many alarms a week chance alone may give. 0: none, the radar only learns."""

    budget: float
    is_working_day: WorkingDay

    def hear(
        self, memory: Memory, report: Report, spoken_for: Callable[[str], bool] = lambda ref: False
    ) -> Finding | None:
        """Take the report in and say whether it makes a burst; learning from it is `learn`'s.

        spoken_for: whether a report, by its reference, belongs to something already known and no longer counts.
        """
        self._pass_time(memory, report.at)
        memory.hear(report)
        return self._test(memory, report, spoken_for) if self.budget > 0 else None

    def learn(self, memory: Memory, report: Report) -> None:
        """Count the report as a normal one."""
        memory.add(learnt_from(report, hour_of(report.at, self.is_working_day)))

    def _pass_time(self, memory: Memory, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        since = memory.learnt_until()
        if since is None:
            memory.set_learnt_until(hour)
        elif since < hour:
            since = since.astimezone(now.tzinfo)  # the hours are those of the organisation's own clock
            memory.add(hours_passed(max(since, hour - _LONGEST_PAUSE), hour, self.is_working_day))
            memory.set_learnt_until(hour)

    def _test(self, memory: Memory, report: Report, spoken_for: Callable[[str], bool]) -> Finding | None:
        now = report.at
        recent = memory.recent(report.subjects, now - LONGEST, _MOST)
        counting = {
            subject: [one for one in recent[subject] if not spoken_for(one.ref)]
            for subject in report.subjects
            if len(recent[subject]) >= FEWEST and (subject == report.about or len(recent[subject]) < _MOST)
        }
        busy = {subject: reports for subject, reports in counting.items() if len(reports) >= FEWEST}
        if not busy:
            return None
        stretches = self._stretches(now)
        names = names_for(busy, (*report.signs, WIDE), {one.hour for one in stretches})
        normal = Normal(memory.sums(names), weight_at(now))
        if normal.hours < _LEAST_HOURS:
            return None
        tests = max(normal.an_hour * 7 * 24 * _TESTS_A_REPORT, 1.0)
        words = max(len(report.subjects) - 1, 1)
        best: Finding | None = None
        for subject, reports in busy.items():
            rates = [(one, normal.rate(subject, one.hour)) for one in stretches]
            for window, within in _windows(reports, now):
                expected = _expected(rates, now - window)
                chance = _chance(normal, subject, within, report, expected) * tests
                if subject != report.about:
                    chance *= words * _WORDS_COUNT_LESS
                if chance <= self.budget and (best is None or chance < best.a_week):
                    best = Finding(subject, window, tuple(within), expected, chance)
        return best

    def _stretches(self, now: datetime) -> list[_Stretch]:
        """The parts of hours that the longest window touches."""
        start = (now - LONGEST).replace(minute=0, second=0, microsecond=0)
        found = []
        while start < now:
            found.append(_Stretch(start, min(start + HOUR, now), hour_of(start, self.is_working_day)))
            start += HOUR
        return found


def _expected(rates: Sequence[tuple[_Stretch, float]], begin: datetime) -> float:
    """How many reports are normal from `begin` until now, by how many an hour are in each stretch."""
    parts = (rate * ((one.end - max(one.start, begin)) / HOUR) for one, rate in rates if one.end > begin)
    return max(sum(parts), 1e-9)


def _chance(normal: Normal, subject: str, within: Sequence[Report], report: Report, expected: float) -> float:
    """The probability that chance brings as much as these reports, the newest of which is `report`."""
    count = evidence(one.virksomhet for one in within)
    # That this report is here is what made us look, so the others are the evidence.
    number = so_many(count - 1, expected, normal.known(subject))
    wide = normal.said_of(subject, WIDE)
    others = so_many_of(evidence(one.virksomhet for one in within if one.wide), len(within), wide)
    best = min(number, together(number, others))
    if subject == report.about:
        same = _same(normal, subject, within, report)
        best = min(best, together(number, same), together(number, others, same))
    return best


def _same(normal: Normal, subject: str, within: Sequence[Report], report: Report) -> float:
    """The probability that as many of the others say, by chance, one and the same thing that the report says."""
    words = report.signs - {WIDE}
    chances = [
        so_many_of(
            evidence(one.virksomhet for one in within if word in one.signs) - 1,
            len(within) - 1,
            normal.said_of(subject, word),
        )
        for word in words
    ]
    return min(1.0, min(chances, default=1.0) * max(len(words), 1))


def _windows(newest_first: Sequence[Report], now: datetime) -> Iterator[tuple[timedelta, list[Report]]]:
    """Each window with the reports that count in it, one a person; left out are those with no more than a shorter."""
    place, people = 0, set[str]()
    within: list[Report] = []
    for window in WINDOWS:
        before = len(within)
        while place < len(newest_first) and newest_first[place].at >= now - window:
            one = newest_first[place]
            place += 1
            if one.person not in people:
                people.add(one.person)
                within.append(one)
        if len(within) >= FEWEST and len(within) > before:
            yield window, list(within)
