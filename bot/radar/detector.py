"""One report in, a finding or nothing out.

Every report is a test: do the reports of the last hours, on any of its subjects, look more like a fellesfeil than like
an ordinary day (`weighing`)? What is normal is taken from what was heard before those hours, so that an outage does not
teach the radar that it is normal, not on a new installation either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import numpy as np

from bot.radar.normal import (
    HOUR,
    Normal,
    Sums,
    WorkingDay,
    hour_of,
    hours_passed,
    learnt_from,
    names_for,
    names_of_places,
    names_of_signs,
    shares_learnt_from,
    weight_at,
)
from bot.radar.report import WHOLE, WIDE, Report, system_of
from bot.radar.scene import FEWEST, LONGEST, MINUTE, Lately, Usual, ages_of, scene_of, signs_of, stands_out
from bot.radar.unnamed import (
    LATELY,
    MOST_LATELY,
    names_of_unnamed,
    names_said_of_unnamed,
    systems_like,
    those_of,
    unnamed_among,
)
from bot.radar.weighing import weigh

CLEARLY_AGAIN = 10.0
"""What the desk has dismissed must be so many times clearer to be raised again."""
KEPT = timedelta(days=1)
"""How long a report is kept; after that only the sums remember it."""
_MOST = 60
"""So many newest reports on a subject are looked at."""
_ODDS_FOR_ONE_A_WEEK = 0.8
"""What has these odds is found where one false alarm a week may be raised: measured on made-up years that are used for
nothing else (tests/benchmarks/radar.py). Where more may be, less is asked for."""
_WORDS_COUNT_LESS = 20.0
"""A word is no matter by itself: so much rarer is a fellesfeil that only words tell of than one of a system or form."""
_FIRST_WEEK, _CAUTION_AT_FIRST = 7 * 24.0, 5.0
"""hours in which more is asked for, at first so many times more: all that is normal is still a guess"""
_SHORTEST = timedelta(minutes=5)
"""What is normal is told of no shorter time."""
_DAY = 24
"""hours by which the desk's pace is known"""
_PACE_TO_TRUST, _MOST_PACE = 40.0, 2.5
_SURELY = 0.5
_SIGNS_KNOWN = 20.0
"""What is usually said on a subject is known from so many reports on; before, that they say the same tells nothing."""
_LONGEST_PAUSE = timedelta(weeks=8)
_MANY_ALONE, _AN_HOUR = 10, np.array([60.0])
"""So many people of one virksomhet, in so many minutes, are told of though it is hit alone."""


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

    def heard_since(self, since: datetime) -> int:
        """How many reports have come since then, at most KEPT ago."""
        ...

    def lately(self, since: datetime, most: int) -> Sequence[Report]:
        """The reports on anything since then, newest first, at most so many."""
        ...

    def recent(self, subjects: Collection[str], since: datetime, most: int) -> Mapping[str, Sequence[Report]]:
        """For each subject its reports since then, newest first, at most so many."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """Reports that look like a fellesfeil, newest first. expected: how many are normal in `window`.

    clearly: how many times the odds are those that are asked for; at least 1. alone: the virksomhet that alone is hit,
    hard enough for the desk to be told though it is no fellesfeil; "" where it looks like one.
    """

    subject: str
    window: timedelta
    reports: tuple[Report, ...]
    expected: float
    clearly: float
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Detector:
    """budget: how many false alarms a week are put up with. 0: none, the radar only learns."""

    budget: float
    is_working_day: WorkingDay

    def hear(
        self, memory: Memory, report: Report, spoken_for: Callable[[str], bool] = lambda ref: False
    ) -> Finding | None:
        """Take the report in and say whether there is a fellesfeil; learning from it is `learn`'s.

        spoken_for: whether a report, by its reference, belongs to something already known and no longer counts.
        """
        self._pass_time(memory, report.at)
        memory.hear(report)
        finding = self._look(memory, report, spoken_for) if self.budget > 0 else None
        if report.whole:
            memory.add({WHOLE: weight_at(report.at)})  # also when it is no normal one: see `_stands_still`
        return finding

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

    def _look(self, memory: Memory, report: Report, spoken_for: Callable[[str], bool]) -> Finding | None:
        lately = [one for one in memory.lately(report.at - LATELY, MOST_LATELY) if not spoken_for(one.ref)]
        unnamed = unnamed_among(lately)
        systems = systems_like(report, lately) if report in unnamed else ()
        subjects = (*report.subjects, *systems)
        recent = memory.recent(subjects, report.at - LONGEST, _MOST)
        busy, seen = {}, {}
        for subject in subjects:
            # A word that is said all the time is none to look at; a system may be that busy.
            if len(recent[subject]) < _MOST or subject == report.about or subject in systems:
                counting = _one_a_person(one for one in recent[subject] if not spoken_for(one.ref))
                if counting and system_of(subject):
                    counting = _one_a_person([*counting, *unnamed])
                    counting.sort(key=lambda one: (one is report, one.at), reverse=True)
                if len(counting) >= FEWEST:
                    busy[subject] = counting
                    # Of a busy system not all of the last hours is seen: what came before its oldest report is not.
                    seen[subject] = report.at - recent[subject][-1].at if len(recent[subject]) >= _MOST else LONGEST
        stands_still = self._stands_still(memory, report, recent, spoken_for)
        if not busy:
            return stands_still
        now = Lately.until(report.at, self.is_working_day)
        normal = self._normal(memory, busy, now)
        found = [
            self._weigh(memory, normal, report, subject, reports, replace(now, seen=seen[subject]))
            for subject, reports in busy.items()
        ]
        clearest = [one for one in (*found, stands_still) if one is not None]
        return max(clearest, key=lambda one: (not one.alone, one.clearly), default=None)

    def _normal(self, memory: Memory, busy: Mapping[str, Sequence[Report]], lately: Lately) -> Normal:
        """What is normal now, by the desk's pace of the last day: a holiday or its end changes everything at once."""
        now = lately.now
        day = [hour_of(now - HOUR * ago, self.is_working_day) for ago in range(_DAY)]
        names = names_for(busy, set(lately.hours)) | names_for((), set(day))
        for subject, reports in busy.items():
            if system_of(subject):
                names |= names_of_unnamed(subject, reports)
        normal = Normal(memory.sums(names), weight_at(now)).with_desk({*lately.hours, *day})
        if normal.hours < _DAY:
            return normal
        began = now.replace(minute=0, second=0, microsecond=0) - HOUR * (_DAY - 1)
        expected = sum(map(normal.at_desk, day)) - normal.at_desk(day[0]) * (1.0 - now.minute / 60.0)
        pace = (memory.heard_since(began) + _PACE_TO_TRUST) / (expected + _PACE_TO_TRUST)
        return replace(normal, pace=min(max(pace, 1.0 / _MOST_PACE), _MOST_PACE))

    def _weigh(
        self, memory: Memory, normal: Normal, report: Report, subject: str, reports: Sequence[Report], lately: Lately
    ) -> Finding | None:
        of_system = system_of(subject) is not None
        learnt = [one for one in reports if one is not report]
        on_it = sum(weight_at(one.at) for one in learnt if one.system or not of_system)
        normal = normal.with_sums({}, {subject: on_it, "all": sum(weight_at(one.at) for one in learnt)})
        usual = Usual.on(subject, normal, lately)
        if of_system:
            reports, rates = those_of(subject, reports, normal, usual)
            if report not in reports:
                return None
        else:
            rates = np.full(len(reports), np.nan)
        if len(reports) < FEWEST or not stands_out(ages_of(reports, report.at), usual, rates):
            return None
        part = normal.part(subject)
        signs: Mapping[str, int] = {}
        if not of_system and subject != report.about:
            part /= _WORDS_COUNT_LESS * max(len(report.subjects) - 1, 1)
        elif normal.known(subject) >= _SIGNS_KNOWN:
            signs = signs_of(subject, reports)
        said = {WIDE, *(sign for sign, count in signs.items() if count > 1)}
        names = names_of_signs(subject, said) | names_of_places({one.virksomhet for one in reports})
        if of_system:
            names |= names_said_of_unnamed(reports, said)
        normal = normal.with_sums(memory.sums(names), _learnt_lately(learnt))
        weighed = weigh(scene_of(subject, reports, normal, usual, part, signs, rates))
        behind = tuple(one for one, surely in zip(reports, weighed.belongs, strict=True) if surely >= _SURELY)
        new = max(1.0 - normal.hours / _FIRST_WEEK, 0.0)
        asked = _ODDS_FOR_ONE_A_WEEK * (1.0 + _CAUTION_AT_FIRST * new) / self.budget
        # A fellesfeil hits several virksomheter (G 5.1.2.2); whose is not known may be of any.
        if weighed.odds < asked or len({one.virksomhet or one.person for one in behind}) < FEWEST:
            here = _here_lately(report, reports) if subject == report.about else ()
            clearly = float(weighed.alone[0]) / asked if len(here) >= _MANY_ALONE else 0.0
            if clearly < 1.0:
                return None
            share = normal.from_place(report.virksomhet)
            return Finding(subject, HOUR, here, float(usual.within(_AN_HOUR)[0]) * share, clearly, report.virksomhet)
        if subject not in report.subjects and report not in behind:
            return None  # it names no system, and is of another matter
        window = max(report.at - behind[-1].at, _SHORTEST)
        expected = float(usual.within(np.array([window / MINUTE]))[0])
        return Finding(subject, window, behind, expected, weighed.odds / asked)

    def _stands_still(
        self,
        memory: Memory,
        report: Report,
        recent: Mapping[str, Sequence[Report]],
        spoken_for: Callable[[str], bool],
    ) -> Finding | None:
        """One report is enough that says that the whole virksomhet stands still.

        Only where so many do not come, with or without reason, as false alarms may be raised.
        """
        if not report.whole or report.about is None or not report.virksomhet:
            return None
        normal = Normal(memory.sums({WHOLE, "hours"}), weight_at(report.at))
        if normal.heard(WHOLE) > self.budget * max(normal.hours / _FIRST_WEEK, 1.0):
            return None
        here = _here_lately(report, _one_a_person(one for one in recent[report.about] if not spoken_for(one.ref)))
        return Finding(report.about, HOUR, here, 0.0, 1.0, report.virksomhet)


def _here_lately(report: Report, newest_first: Iterable[Report]) -> tuple[Report, ...]:
    """Those of the last hour that are of the same virksomhet; none where nobody knows which that is."""
    alike = (one for one in newest_first if one.virksomhet == report.virksomhet != "")
    return tuple(one for one in alike if report.at - one.at <= HOUR)


def _learnt_lately(reports: Sequence[Report]) -> Mapping[str, float]:
    """What these reports have added to the sums."""
    learnt: dict[str, float] = {}
    for one in reports:
        for name, amount in shares_learnt_from(one).items():
            learnt[name] = learnt.get(name, 0.0) + amount
    return learnt


def _one_a_person(newest_first: Iterable[Report]) -> list[Report]:
    """Of each person the newest report."""
    of_person: dict[str, Report] = {}
    for one in newest_first:
        of_person.setdefault(one.person, one)
    return list(of_person.values())
