"""A desk that knows the truth, for measuring a detector on a made-up year: it confirms outages and dismisses the rest.

What belongs to what follows the rules of `bot/radar/listening.py`. An alarm is true when at least half of its reports
are of one outage; whatever else is raised is a false alarm, a dismissed one that is raised again too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Protocol

from bot.radar.detector import CLEARLY_AGAIN, Finding, Memory
from bot.radar.report import Report
from tests.benchmarks.radar_year import Year
from tests.bot.radar.memory import MemoryInMemory

# A notice stands, and a dismissed suspicion stays quiet, for so long.
_STANDS = timedelta(hours=8)
_QUIET = timedelta(hours=24)
_LATE = 7
LEAST = 5
"""outages with fewer reports are not counted: nobody is expected to find them"""


class Rule(Protocol):
    """What raises alarms."""

    def hear(self, memory: Memory, report: Report, spoken_for: Callable[[str], bool]) -> Finding | None:
        """See `bot.radar.detector.Detector.hear`."""
        ...

    def learn(self, memory: Memory, report: Report) -> None:
        """See `bot.radar.detector.Detector.learn`."""
        ...


@dataclass(frozen=True, slots=True)
class FixedThreshold:
    """The rule the radar is compared with: so many people, of at least two virksomheter, on one system or form."""

    count: int
    window: timedelta

    def hear(self, memory: Memory, report: Report, spoken_for: Callable[[str], bool]) -> Finding | None:
        """An alarm at the threshold, whatever the hour."""
        memory.hear(report)
        about = report.about
        if about is None:
            return None
        recent = memory.recent([about], report.at - self.window, 60)[about]
        people = {one.person: one for one in recent if not spoken_for(one.ref)}
        places = {one.virksomhet for one in people.values()}
        if len(people) < self.count or len(places) < 2:
            return None
        return Finding(about, self.window, tuple(people.values()), 0.0, CLEARLY_AGAIN)

    def learn(self, memory: Memory, report: Report) -> None:
        """Nothing is learnt."""


@dataclass(slots=True)
class _Suspicion:
    subject: str
    refs: set[str]
    changed: datetime
    outage: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule did with a year: of each outage found how many of its reports and minutes it took.

    alone_a_week: how often it told of one virksomhet alone, of which so many (alone_rightly) had a fault there.
    """

    counted: int
    reports: tuple[int, ...]
    minutes: tuple[float, ...]
    false_a_week: float
    alone_a_week: float
    alone_rightly: float

    def at_report(self) -> str:
        """How many outages were found at which of their reports, and how many never."""
        at = Counter(min(one, _LATE) for one in self.reports)
        names = {number: str(number) for number in range(1, _LATE)} | {_LATE: f"{_LATE} or later"}
        told = [f"{names[number]}: {at[number]}" for number in sorted(at)]
        return "; ".join([*told, f"never: {self.counted - len(self.reports)}"])

    @property
    def found(self) -> float:
        """The share of outages with at least LEAST reports that were found."""
        return len(self.reports) / max(self.counted, 1)

    def row(self, name: str) -> str:
        """One line of the table."""
        third = sum(one <= 3 for one in self.reports) / max(len(self.reports), 1)
        middle = (median(self.reports), median(self.minutes)) if self.reports else (0, 0)
        return (
            f"{name:52}{self.counted:8}{self.found:8.1%}{middle[0]:9.0f}{third:9.0%}{middle[1]:9.0f}"
            f"{self.false_a_week:9.2f}{self.alone_a_week:9.2f}{self.alone_rightly:9.0%}"
        )


@dataclass(frozen=True, slots=True)
class _Alone:
    """What was told of one virksomhet alone."""

    subject: str
    virksomhet: str
    at: datetime
    rightly: bool


@dataclass(slots=True)
class Desk:
    """Plays one year with one rule."""

    year: Year
    rule: Rule
    _of: dict[str, int] = field(default_factory=dict)
    _known: list[_Suspicion] = field(default_factory=list)
    _behind: set[str] = field(default_factory=set)
    _found: dict[int, tuple[int, float]] = field(default_factory=dict)
    _false: int = 0
    _alone: list[_Alone] = field(default_factory=list)

    def play(self) -> Outcome:
        """All reports in order."""
        self._of = {ref: outage.number for outage in self.year.outages for ref in outage.reports}
        memory = MemoryInMemory()
        for report in self.year.reports:
            self._hear(memory, report)
        counted = [outage for outage in self.year.outages if len(outage.reports) >= LEAST]
        found = [self._found[outage.number] for outage in counted if outage.number in self._found]
        weeks = ((self.year.reports[-1].at - self.year.reports[0].at).days + 1) / 7
        return Outcome(
            len(counted),
            tuple(one for one, _ in found),
            tuple(one for _, one in found),
            self._false / weeks,
            len(self._alone) / weeks,
            sum(one.rightly for one in self._alone) / max(len(self._alone), 1),
        )

    def _hear(self, memory: Memory, report: Report) -> None:
        self._forget(report.at)
        finding = self.rule.hear(memory, report, self._behind.__contains__)
        subjects = {report.about, finding.subject if finding else None}
        belongs = next((one for one in self._known if one.subject in subjects), None)
        if belongs is not None and belongs.outage is not None:
            self._add(belongs, report, finding)  # of a fellesfeil under way: not what is normal
        elif finding is None:
            self.rule.learn(memory, report)
        elif finding.alone:
            self._tell_of_one(report, finding)  # and it is not what is normal
        elif belongs is None:
            raised = _Suspicion(finding.subject, set(), report.at, None)
            self._known.append(raised)
            self._alarm(raised, report, finding)
        elif len(finding.reports) >= len(belongs.refs) and finding.clearly >= CLEARLY_AGAIN:
            self._alarm(belongs, report, finding)
        else:
            self.rule.learn(memory, report)

    def _alarm(self, suspicion: _Suspicion, report: Report, finding: Finding) -> None:
        outages = [self._of.get(one.ref) for one in finding.reports]
        likely = max((one for one in outages if one is not None), key=outages.count, default=None)
        true = likely is not None and outages.count(likely) * 2 >= len(outages)
        suspicion.outage = likely if true else None
        self._add(suspicion, report, finding)
        if not true or likely is None:
            self._false += 1
        elif likely not in self._found:
            came = self.year.outages[likely].reports
            self._found[likely] = (came.index(self._newest_of(likely, finding)) + 1, self._minutes(likely, report))

    def _newest_of(self, outage: int, finding: Finding) -> str:
        return max((one for one in finding.reports if self._of.get(one.ref) == outage), key=lambda one: one.at).ref

    def _minutes(self, outage: int, report: Report) -> float:
        return (report.at - self.year.first_report_of(outage)) / timedelta(minutes=1)

    def _tell_of_one(self, report: Report, finding: Finding) -> None:
        """Once a day for each virksomhet and subject; rightly where most of it is a fault there or an outage."""
        for one in self._alone:
            if (one.subject, one.virksomhet) == (finding.subject, finding.alone) and report.at - one.at < _QUIET:
                return
        refs = {one.ref for one in finding.reports}
        real = (*self.year.in_one, *(frozenset(one.reports) for one in self.year.outages))
        rightly = max(len(refs & one) for one in real) * 2 >= len(refs)
        self._alone.append(_Alone(finding.subject, finding.alone, report.at, rightly))

    def _add(self, suspicion: _Suspicion, report: Report, finding: Finding | None) -> None:
        refs = {report.ref, *(one.ref for one in (finding.reports if finding else ()))}
        suspicion.refs |= refs
        suspicion.changed = report.at
        self._behind |= refs

    def _forget(self, now: datetime) -> None:
        gone = [one for one in self._known if one.changed < now - (_QUIET if one.outage is None else _STANDS)]
        for one in gone:
            self._known.remove(one)
            self._behind -= one.refs
