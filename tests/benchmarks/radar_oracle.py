"""The best that can be done on a made-up year: an oracle that knows how `radar_year.py` makes it, but no outcome.

It knows every rate, how often each symptom is on each system, how sentences are worded and lose words, and how often
and in what course outages, faults in one virksomhet, handfuls and busy days come. At each report it asks, for its
system or form, how likely the reports of the last hours are with an outage under way and without: the likelihood ratio,
averaged over when it began, how long and big it is, its symptom and whom it hits, with the year's own frequencies. No
rule finds more at as many false alarms than one that sets a limit to this ratio (Neyman and Pearson); the limit here is
the one that gives a false alarm a week on the very year. What is lost to the grid is little.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

from bot.radar.detector import Finding, Memory
from bot.radar.report import Report
from tests.benchmarks.radar_desk import Desk, Outcome
from tests.benchmarks.radar_year import OUTAGES, World, Year, chance_of_saying, symptoms, usual_in

Array = npt.NDArray[np.float64]

_BEGAN = np.array([0.5, 2, 4, 7, 10, 14, 19, 25, 32, 40, 50, 62, 77, 95, 117, 145, 180, 220])
_WIDTHS = np.gradient(_BEGAN)
_LASTS = np.clip(np.exp(4.2 + 0.6 * np.array([-1.15, -0.32, 0.32, 1.15])), 20.0, 240.0)
_SIZES = np.exp(2.7 + 0.8 * np.array([-1.28, -0.52, 0.0, 0.52, 1.28]))
_HIT = ((8.0, 0.25), (3.0, 0.15))
_LOCAL, _HANDFULS, _BUSY_DAYS = 150.0, 100.0, 40.0
_BUSY, _WORKING_DAYS = 3.0, 230.0
_LOOKS_BACK, _SETTLED = timedelta(hours=4), timedelta(minutes=45)
_LIMITS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_MINUTE = timedelta(minutes=1)


def best_possible(year: Year) -> Outcome:
    """What the oracle finds with at most one false alarm a week."""
    oracle = _Oracle(year.world)
    judged = {report.ref: found for report in year.reports if (found := oracle.hear(report)) is not None}
    played = [Desk(year, _Limit(judged, limit)).play() for limit in _LIMITS]
    return next((one for one in played if one.false_a_week <= 1.0), played[-1])


@dataclass(frozen=True, slots=True)
class _Limit:
    """The rule that alarms at so great a ratio."""

    judged: dict[str, Finding]
    limit: float

    def hear(self, memory: Memory, report: Report, spoken_for: Callable[[str], bool]) -> Finding | None:
        found = self.judged.get(report.ref)
        if found is None or found.clearly < self.limit:
            return None
        left = tuple(one for one in found.reports if not spoken_for(one.ref))
        return replace(found, reports=left, clearly=found.clearly / self.limit) if len(left) > 1 else None

    def learn(self, memory: Memory, report: Report) -> None:
        """It knows already."""


@dataclass(slots=True)
class _Oracle:
    world: World
    _recent: dict[str | int, deque[Report]] = field(default_factory=dict)
    _nameless: deque[Report] = field(default_factory=deque)
    _today: date | None = None
    _heard_today: dict[str | int, list[datetime]] = field(default_factory=dict)

    def hear(self, report: Report) -> Finding | None:
        """The likeliest outage that the report may be of, with its odds."""
        if self._today != report.at.date():
            self._today, self._heard_today = report.at.date(), {}
        if report.system is None and report.form in range(len(symptoms()) + 1):
            # Its system was not recognised: it may be of any that something is going on with.
            self._nameless.append(report)
            hour = report.at - timedelta(hours=1)
            about: list[str | int] = [
                one
                for one, reports in self._recent.items()
                if isinstance(one, str) and sum(other.at > hour for other in reports) > 1
            ]
        else:
            key = report.system or report.form or 0
            self._recent.setdefault(key, deque()).append(report)
            self._heard_today.setdefault(key, []).append(report.at)
            about = [key]
        found = [self._judge(one, report.at) for one in about]
        return max((one for one in found if one is not None), key=lambda one: one.clearly, default=None)

    def _judge(self, key: str | int, now: datetime) -> Finding | None:
        for heard in (self._recent[key], self._nameless):
            while heard and heard[0].at < now - _LOOKS_BACK:
                heard.popleft()
        reports = _one_a_person([*self._recent[key], *(self._nameless if isinstance(key, str) else ())])
        if len(reports) < 2:
            return None
        look = _Look.at(self.world, key, reports, now, self._busy(key, now))
        outage, belongs = look.outage()
        odds = outage / (1.0 + look.local() + look.handful())
        behind = tuple(one for one, surely in zip(reports, belongs, strict=True) if surely > 0.5)
        return Finding(f"{'system' if isinstance(key, str) else 'form'} {key}", _LOOKS_BACK, behind[::-1], 0.0, odds)

    def _busy(self, key: str | int, now: datetime) -> float:
        """How many times its usual reports a system has today, by what came before the last three quarters."""
        until = now - _SETTLED
        if isinstance(key, int) or until.date() != now.date():
            return 1.0
        midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
        hours = [midnight + timedelta(hours=hour) for hour in range(until.hour)]
        usual = sum(map(usual_in, hours)) + usual_in(until) * until.minute / 60.0
        expected = 0.9 * self.world.a_day * self.world.systems[key] * usual
        came = sum(at <= until for at in self._heard_today.get(key, ()))
        ratio = math.exp(min(came * math.log(_BUSY) - (_BUSY - 1.0) * expected, 50.0))
        ratio *= _BUSY_DAYS / _WORKING_DAYS / len(self.world.systems)
        return 1.0 + (_BUSY - 1.0) * ratio / (1.0 + ratio)


@dataclass(frozen=True, slots=True)
class _Look:
    """The n reports on one subject. ordinary (n): how many a minute like this one, with all it says, are normal.

    said (n, symptoms): how likely each symptom makes it say this. common (symptoms). known (n): how often the system
    is recognised as it was here. wide (n): how much likelier an outage makes it say so.
    """

    reports: Sequence[Report]
    ages: Array
    ordinary: Array
    said: Array
    common: Array
    known: Array
    wide: Array
    places: Array
    begins: Array
    share: float
    size: float
    outages: float
    virksomheter: Mapping[str, float]

    @classmethod
    def at(cls, world: World, key: str | int, reports: Sequence[Report], now: datetime, busy: float) -> _Look:
        usual = world.a_day / 60.0 * np.array([usual_in(one.at) for one in reports])
        share = world.systems[key] if isinstance(key, str) else world.forms[key]
        recognised = np.array([one.system is not None for one in reports])
        if isinstance(key, str):
            said = np.array([chance_of_saying(one.words, one.form or 0, one.system) for one in reports]) + 1e-9
            common = np.array(world.common[key])
            every = sum(part * np.array(world.common[name]) for name, part in world.systems.items())
            ordinary = np.where(recognised, 0.9 * busy * share * (said @ common), 0.1 * (said @ every)) * usual
        else:
            said, common = np.ones((len(reports), 1)), np.ones(1)
            ordinary = share * usual
        starts = np.array([usual_in(now - timedelta(minutes=float(one))) for one in _BEGAN]) / 60.0
        return cls(
            reports=reports,
            ages=np.array([(now - one.at) / _MINUTE for one in reports]),
            ordinary=np.maximum(ordinary, 1e-12),
            said=said,
            common=common,
            known=np.where(recognised, 0.9, 0.1) if isinstance(key, str) else np.ones(len(reports)),
            wide=np.array([3.0 if one.wide else 0.5 for one in reports]),
            places=np.array([world.virksomheter[one.virksomhet] for one in reports]),
            begins=starts / _WORKING_DAYS * _WIDTHS,
            share=share / sum(world.systems.values()) if isinstance(key, str) else 0.0,
            size=world.used[key] if isinstance(key, str) else 1.0,
            virksomheter=world.virksomheter,
            outages=OUTAGES * (0.8 / len(world.systems) if isinstance(key, str) else 0.2 * share / 0.3),
        )

    def _since(self) -> Array:
        return _BEGAN[:, None] - self.ages

    def _symptoms(self) -> Iterable[tuple[float, Array]]:
        """Each that one of the last reports may be of, how common it is, and how likely it makes what is said."""
        for place, common in enumerate(self.common):
            if self.said[-6:, place].max() > 1e-7:
                yield float(common), self.said[:, place]

    def outage(self) -> tuple[float, Array]:
        """The likelihood ratio with its prior, and how surely each report is of it in the likeliest course."""
        sizes = np.clip(_SIZES * self.size, 2.0, 300.0)
        part = self._since()[:, None, :] / _LASTS[:, None]
        density = np.where((part > 0) & (part < 1), beta.pdf(np.clip(part, 1e-6, 1 - 1e-6), 1.2, 2.5), 0.0)
        rate = (density / _LASTS[:, None])[:, :, None, :] * sizes[:, None] * (self.known * self.wide / self.ordinary)
        came = beta.cdf(np.clip(_BEGAN[:, None] / _LASTS, 0.0, 1.0), 1.2, 2.5)[:, :, None] * sizes
        prior = self.outages * (0.9 * self.begins + 0.1 / (365 * 1440) * _WIDTHS) / len(_LASTS) / len(_SIZES)
        # What is said when it is not the main symptom: another one, or only that it does not work.
        named = len(self.common) > 1
        rest = 0.125 * (self.said @ self.common + self.said[:, symptoms().index("nede")]) if named else 0.0
        order = np.argsort([one.virksomhet for one in self.reports], kind="stable")
        names = [self.reports[place].virksomhet for place in order]
        firsts = [place for place, name in enumerate(names) if place == 0 or name != names[place - 1]]
        total, best, belongs = 0.0, -1.0, np.zeros(len(self.reports))
        for common, said in self._symptoms():
            each = rate * (0.75 * said + rest if named else said)
            ratio = 0.6 * np.exp(np.minimum(np.log1p(each).sum(-1) - came, 300.0))
            for count, how_often in _HIT:
                # Each that is hit has its part of the reports, and tells against it where nothing comes.
                logs = np.add.reduceat(np.log1p(each / (count * self.places))[..., order], firsts, axis=-1)
                hit = count / len(self.virksomheter)
                few = np.log(hit * np.exp(np.minimum(logs - came[..., None] / count, 100.0)) + 1.0 - hit).sum(-1)
                silent = len(self.virksomheter) - len(firsts)
                few = few + silent * np.log(hit * np.exp(-came / count) + 1.0 - hit)
                ratio = ratio + how_often * np.exp(np.minimum(few, 300.0))
            ratio = ratio * prior[:, None, None] * common
            total += float(ratio.sum())
            if ratio.max() > best:
                best, course = float(ratio.max()), np.unravel_index(int(ratio.argmax()), ratio.shape)
                belongs = each[course] / (1.0 + each[course])
        return total, belongs

    def local(self) -> float:
        """The same of a fault in one virksomhet alone."""
        sizes, since, total = np.array([4.5, 9.0, 14.0]), self._since(), 0.0
        density = np.where(since > 0, np.exp(-np.maximum(since, 0.0) / 30.0) / 30.0, 0.0)
        came = (1.0 - np.exp(-_BEGAN / 30.0))[:, None] * sizes
        for virksomhet in {one.virksomhet for one in self.reports} if self.share else ():
            here = [place for place, one in enumerate(self.reports) if one.virksomhet == virksomhet]
            for common, said in self._symptoms() if len(here) > 1 else ():
                like = (self.known * self.wide * said / self.ordinary / self.places)[here]
                ratio = np.log1p(density[:, None, here] * sizes[:, None] * like).sum(-1) - came
                ratio = np.exp(np.minimum(ratio, 300.0)) * self.begins[:, None] / len(sizes)
                total += _LOCAL * self.share * common * float(self.places[here[0]] * ratio.sum())
        return total

    def handful(self) -> float:
        """The same of a handful in ten minutes that has nothing to do with each other."""
        since = self._since()
        each = np.where((since > 0) & (since < 10), 0.3, 0.0) * self.known * (self.said @ self.common) / self.ordinary
        ratio = np.log1p(each).sum(-1) - 3.0 * np.clip(_BEGAN / 10.0, 0.0, 1.0)
        return _HANDFULS * self.share * float((np.exp(np.minimum(ratio, 300.0)) * self.begins).sum())


def _one_a_person(reports: Sequence[Report]) -> list[Report]:
    """Of each person the first, in order."""
    first: dict[str, Report] = {}
    for one in sorted(reports, key=lambda report: report.at):
        first.setdefault(one.person, one)
    return list(first.values())
