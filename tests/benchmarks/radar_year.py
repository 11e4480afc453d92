"""A made-up working year at a service desk, for measuring the radar: reports, and which of them belong to an outage.

What was decided, so that the figures can be judged:

- 1 000 cases a working day, of which half are faults; orders never reach the radar. Few come at night, a twelfth of a
  working day's on days off, half in July, and every day differs a little.
- 70 % of the faults are about one of 30 systems. The most used one has 25 % of them, the least used 0.8 %. One in ten
  comes without its system having been recognised. The rest are about anything: printers, telephones, networks.
- People say what is wrong in the sentences of `tests/data/symptoms.yaml`, or in those written for the shipped
  catalogue's forms. Ordinary days and outages draw from the same; words get lost. Each system has symptoms of its own
  that are common there.
- 120 outages: four in five of a system, the others of something that has no name. Expected reports: two to some
  hundred, more where more people work with the system; over twenty minutes to four hours. Most hit all virksomheter,
  some only a few. Three in four of their reports tell the main symptom, the others another one or only that it does
  not work.
- What is no outage: 150 times something is wrong in one virksomhet alone (4 to 15 reports), 40 times a system has
  three times its reports for a whole day, 100 times a handful of unrelated reports on a system come in ten minutes.
  One reporter in twenty reports again.
- 20 % of ordinary reports say that more than one person is hit, 60 % of an outage's.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import yaml

from bot.radar.report import Report
from knowledge.catalogue.form import Kind
from knowledge.matching import Matcher
from knowledge.working_days import is_working_day
from tests.benchmarks.radar_habits import USUAL, Habits
from tests.evaluation.queries import shipped_catalogue, shipped_systems, shipped_wording

OSLO = ZoneInfo("Europe/Oslo")
YEAR = 2026
CASES_A_DAY = 1_000
SYSTEMS = 30
OUTAGES = 120
LEARNING_DAYS = 14
"""nothing but ordinary days at first"""
_FEWEST_SENTENCES = 10
_SYMPTOMS = Path(__file__).parents[1] / "data" / "symptoms.yaml"
# Share of a day off's reports by hour, from midnight; it has a twelfth of a working day's, spread more evenly.
_OFF = (2, 1, 1, 1, 1, 2, 4, 8, 10, 10, 10, 9, 9, 9, 9, 9, 9, 8, 8, 7, 6, 5, 4, 3)
_OFF_SHARE = 1 / 12
_MONTHS = (1.05, 1.0, 1.0, 0.95, 1.0, 0.95, 0.5, 1.15, 1.1, 1.05, 1.05, 0.85)
_SOME = 8


@dataclass(frozen=True, slots=True)
class Outage:
    """The truth about one outage; `reports` are references in the order they came."""

    number: int
    system: str | None
    began: datetime
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """How a year was made, by what `radar_oracle.py` judges it; the shares of each kind add up to one.

    a_day: faults on an average working day. systems, forms: how many of the faults are on each; common: of each
    system, how often each symptom. used: how much bigger than others an outage of the system is. virksomheter: how
    many of the reports come from each.
    """

    a_day: float
    systems: Mapping[str, float]
    forms: Mapping[int, float]
    common: Mapping[str, tuple[float, ...]]
    used: Mapping[str, float]
    virksomheter: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Year:
    """Reports in the order they came, what was behind some of them, and how all was made.

    in_one: the references of each fault in one virksomhet alone.
    """

    reports: tuple[Report, ...]
    outages: tuple[Outage, ...]
    in_one: tuple[frozenset[str], ...]
    world: World

    def first_report_of(self, number: int) -> datetime:
        """When the first report of an outage came."""
        first = self.outages[number].reports[0]
        return next(one.at for one in self.reports if one.ref == first)


def symptoms() -> tuple[str, ...]:
    """Their names, in the order of `World.common`."""
    return tuple(_symptoms())


@cache
def chance_of_saying(words: tuple[str, ...], form: int, system: str | None) -> tuple[float, ...]:
    """How likely somebody with each symptom says these words on this form; each word is lost one time in ten."""
    said, own = set(words), set(_terms(system)) if system else set[str]()
    found = []
    for place, sentences in enumerate(_symptoms().values()):
        terms = [set(_terms(one.format(s=system or "programmet"))) - own for one in sentences]
        likely = sum(0.9 ** len(said) * 0.1 ** (len(one) - len(said)) for one in terms if said <= one)
        found.append(0.5 * likely / len(terms) if form in (0, place + 1) else 0.0)
    return tuple(found)


def usual_in(at: datetime) -> float:
    """How many reports come in this hour, as a share of those of an average working day."""
    day, hours = (1.0, USUAL.hours) if is_working_day(at.date()) else (_OFF_SHARE, _OFF)
    return day * _MONTHS[at.month - 1] * hours[at.hour] / sum(hours)


@cache
def _matcher() -> Matcher:
    return Matcher.build(shipped_catalogue(), wording=shipped_wording(), systems=shipped_systems())


@cache
def _terms(text: str) -> tuple[str, ...]:
    return _matcher().terms(text)


@cache
def _symptoms() -> dict[str, tuple[str, ...]]:
    return {name: tuple(said) for name, said in yaml.safe_load(_SYMPTOMS.read_text(encoding="utf-8")).items()}


@cache
def _sentences(pool: str) -> dict[str, tuple[str, ...]]:
    """What people say, by symptom; out of "forms" each symptom has the sentences of a form of its own."""
    if pool == "symptoms":
        return _symptoms()
    written = [tuple(f"{one} {{s}}" for one in said if "{" not in one) for _, said in _unnamed()]
    return dict(zip(_symptoms(), written, strict=False))


def _misspelt(name: str) -> str:
    """With two letters changed places, so that it is no known name any more."""
    place = len(name) // 2
    return f"{name[: place - 1]}{name[place]}{name[place - 1]}{name[place + 1 :]}x"


@cache
def _unnamed() -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Fault forms with their sentences: what is about no system of the thirty."""
    forms = shipped_wording().forms
    return tuple(
        (form.id, tuple(forms[form.id].examples))
        for form in shipped_catalogue()
        if form.kind is Kind.SUPPORT and form.id in forms and len(forms[form.id].examples) > _FEWEST_SENTENCES
    )


@dataclass(slots=True)
class _Maker:
    """Makes one year."""

    chance: random.Random
    first: date
    days: int
    cases_a_day: int
    fault_share: float
    habits: Habits
    reports: list[tuple[datetime, Report, int | None]] = field(default_factory=list)
    count: int = 0
    numbers: np.random.Generator = field(init=False)
    systems: list[str] = field(init=False)
    popular: list[float] = field(init=False)
    virksomheter: list[str] = field(init=False)
    sizes: list[float] = field(init=False)
    common: dict[str, list[float]] = field(init=False)
    places: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = np.random.default_rng(self.chance.randrange(2**32))
        self.systems = [name for name, _ in shipped_systems()][:SYSTEMS]
        self.chance.shuffle(self.systems)
        self.popular = [1 / place for place in range(1, SYSTEMS + 1)]
        self.virksomheter = [f"V{number:02}" for number in range(45)]
        self.sizes = [1 / (number + 1) ** 0.8 for number in range(45)]
        names = list(_symptoms())
        self.common = {
            system: [self.chance.gammavariate(0.8, 1.0) + 0.05 for _ in names] for system in [*self.systems, ""]
        }
        self.places = [self.chance.gammavariate(0.8, 1.0) + 0.05 for _ in _unnamed()]

    def make(self, outages: int, bursts: tuple[int, int, int]) -> Year:
        """Ordinary days, bursts that are nothing, outages; then everything by time."""
        per_day = self.cases_a_day * self.fault_share
        for number in range(self.days):
            self._ordinary_day(self.first + timedelta(days=number), per_day)
        local, rushes, crowds = bursts
        for number in range(local):
            self._local(-1 - number)
        for _ in range(rushes):
            self._rush(per_day)
        for _ in range(crowds):
            self._crowd()
        truth = [self._outage(number) for number in range(outages)]
        self.reports.sort(key=lambda one: one[0])
        found: dict[int, list[str]] = {}
        for _, report, outage in self.reports:
            if outage is not None:
                found.setdefault(outage, []).append(report.ref)
        return Year(
            tuple(report for _, report, _ in self.reports),
            tuple(
                Outage(number, system, at, tuple(found.get(number, ()))) for number, (system, at) in enumerate(truth)
            ),
            tuple(frozenset(refs) for number, refs in found.items() if number < 0),
            self._world(per_day),
        )

    def _world(self, per_day: float) -> World:
        named = [0.7 * one / sum(self.popular) for one in self.popular]
        others = [0.3 * one / sum(self.places) for one in self.places]
        return World(
            a_day=per_day,
            systems=dict(zip(self.systems, named, strict=True)),
            forms=dict(zip((form for form, _ in _unnamed()), others, strict=True)),
            common={name: tuple(one / sum(said) for one in said) for name, said in self.common.items()},
            used={name: self._used(place) for place, name in enumerate(self.systems)},
            virksomheter={
                name: size / sum(self.sizes) for name, size in zip(self.virksomheter, self.sizes, strict=True)
            },
        )

    def _used(self, place: int) -> float:
        return float((self.popular[place] / self.popular[SYSTEMS // 4]) ** 0.5)

    def _ordinary_day(self, day: date, per_day: float) -> None:
        expected = per_day * _MONTHS[day.month - 1] * self.chance.lognormvariate(0.0, 0.08 * self.habits.noise)
        if not is_working_day(day):
            expected *= _OFF_SHARE
        for _ in range(self._poisson(expected)):
            at = self._in_day(day)
            if self.chance.random() < 0.7:
                system = self.chance.choices(self.systems, self.popular)[0]
                self._say(at, system, self._symptom(system), self._virksomhet(), wide=0.2)
            else:
                self._say_unnamed(
                    at, self.chance.choices(range(len(self.places)), self.places)[0], self._virksomhet(), 0.2
                )

    def _local(self, number: int) -> None:
        """Something wrong in one virksomhet alone; its number is below 0."""
        at, virksomhet = self._moment(at_work=True), self._virksomhet()
        system = self.chance.choices(self.systems, self.popular)[0]
        symptom = self._symptom(system)
        for _ in range(self.chance.randint(4, 15)):
            self._say(at + timedelta(minutes=self.chance.expovariate(1 / 30)), system, symptom, virksomhet, 0.6, number)

    def _rush(self, per_day: float) -> None:
        """A system with three times its reports for a day: wages are paid, the school year begins."""
        day = self._moment(at_work=True).date()
        place = self.chance.randrange(SYSTEMS)
        system = self.systems[place]
        usual = per_day * 0.7 * self.popular[place] / sum(self.popular)
        for _ in range(self._poisson(2 * usual)):
            self._say(self._in_day(day), system, self._symptom(system), self._virksomhet(), wide=0.2)

    def _crowd(self) -> None:
        """A handful of reports on one system in ten minutes that have nothing to do with each other."""
        at = self._moment(at_work=True)
        system = self.chance.choices(self.systems, self.popular)[0]
        for _ in range(self.chance.randint(2, 4)):
            when = at + timedelta(minutes=self.chance.uniform(0, 10))
            self._say(when, system, self._symptom(system), self._virksomhet(), wide=0.2)

    def _outage(self, number: int) -> tuple[str | None, datetime]:
        at = self._moment()
        minutes = min(max(self.chance.lognormvariate(4.2, 0.6), 20.0), 240.0)
        named = self.chance.random() < 0.8
        place = self.chance.randrange(SYSTEMS) if named else 0
        used = self._used(place) if named else 1.0
        size = min(max(self.chance.lognormvariate(2.7, 0.8) * used, 2.0), 300.0)
        places = self._hit()
        # Where few are hit, it is by what they share, and each about as much.
        sizes = self.sizes if places is self.virksomheter else [1.0] * len(places)
        system = self.systems[place] if named else None
        symptoms = [self._symptom(system or ""), self._symptom(system or "")]
        form = self.chance.choices(range(len(self.places)), self.places)[0]
        for _ in range(self._poisson(size)):
            when = at + timedelta(minutes=minutes * self.chance.betavariate(1.2, 2.5))
            virksomhet = self.chance.choices(places, sizes)[0]
            if system is None:
                self._say_unnamed(when, form, virksomhet, 0.6, outage=number)
            else:
                symptom = self.chance.choices([*symptoms, "nede"], [75, 12.5, 12.5])[0]
                self._say(when, system, symptom, virksomhet, wide=0.6, outage=number)
        return system or f"form {_unnamed()[form][0]}", at

    def _hit(self) -> list[str]:
        kind = self.chance.random()
        if kind < 0.6:
            return self.virksomheter
        few = self.chance.randint(2, 4) if kind < 0.75 else _SOME
        return self.chance.sample(self.virksomheter, few)

    def _say(
        self, at: datetime, system: str, symptom: str, virksomhet: str, wide: float, outage: int | None = None
    ) -> None:
        known = system if self.chance.random() < self.habits.recognised else None
        named = known or "programmet"
        if known and self.habits.misspelt and self.chance.random() < self.habits.misspelt:
            known, named = None, _misspelt(system)
        text = self.chance.choice(_sentences(self.habits.words)[symptom]).format(s=named)
        form = 1 + list(_symptoms()).index(symptom) if self.chance.random() < 0.5 else 0
        self._keep(at, known, form, text, virksomhet, wide, outage)

    def _say_unnamed(self, at: datetime, place: int, virksomhet: str, wide: float, outage: int | None = None) -> None:
        form, sentences = _unnamed()[place]
        self._keep(at, None, form, self.chance.choice(sentences), virksomhet, wide, outage)

    def _keep(
        self, at: datetime, system: str | None, form: int, text: str, virksomhet: str, wide: float, outage: int | None
    ) -> None:
        person = f"{virksomhet}-{self.chance.randrange(1000)}"
        self._add(at, system, form, text, person, virksomhet, self.chance.random() < wide, outage)
        if self.chance.random() < 0.05:
            later = at + timedelta(minutes=self.chance.uniform(5, 120))
            self._add(later, system, form, text, person, virksomhet, False, outage)

    def _add(
        self,
        at: datetime,
        system: str | None,
        form: int,
        text: str,
        person: str,
        virksomhet: str,
        wide: bool,
        outage: int | None,
    ) -> None:
        self.count += 1
        if self.habits.late:
            at += timedelta(minutes=self.chance.expovariate(1 / self.habits.late))
        own = _terms(system) if system else ()  # the name tells no more than the system does
        words = tuple(word for word in _terms(text) if word not in own and self.chance.random() > 0.1)
        report = Report(f"R-{self.count}", at, person, virksomhet, system, form, words, wide)
        self.reports.append((at, report, outage))

    def _poisson(self, expected: float) -> int:
        return int(self.numbers.poisson(expected))

    def _symptom(self, system: str) -> str:
        return self.chance.choices(list(_symptoms()), self.common[system])[0]

    def _virksomhet(self) -> str:
        return self.chance.choices(self.virksomheter, self.sizes)[0]

    def _moment(self, at_work: bool = False) -> datetime:
        """Nine in ten, or all, when people work, the rest at any time; not in the weeks in which the radar learns."""
        while True:
            day = self.first + timedelta(days=self.chance.randrange(LEARNING_DAYS, self.days - 1))
            if not at_work and self.chance.random() < 0.1:
                return self._at(day, self.chance.uniform(0, 24))
            if is_working_day(day) and self.chance.random() < _MONTHS[day.month - 1] / 1.15:
                return self._in_day(day)

    def _in_day(self, day: date) -> datetime:
        hours = self.habits.hours if is_working_day(day) else _OFF
        return self._at(day, self.chance.choices(range(24), hours)[0] + self.chance.random())

    def _at(self, day: date, hours: float) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=OSLO) + timedelta(hours=hours)


def make_year(
    seed: int,
    *,
    days: int = 365,
    cases_a_day: int = CASES_A_DAY,
    outages: int = OUTAGES,
    bursts: tuple[int, int, int] = (150, 40, 100),
    fault_share: float = 0.5,
    habits: Habits = USUAL,
) -> Year:
    """The year of a seed; the same every time."""
    maker = _Maker(random.Random(seed), date(YEAR, 1, 1), days, cases_a_day, fault_share, habits)
    local, rushes, crowds = (round(one * habits.noise) for one in bursts)
    return maker.make(outages, (local, rushes, crowds))
