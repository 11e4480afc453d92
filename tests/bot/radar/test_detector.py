"""The pure half of the radar: what counts, what is normal, and what chance brings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.radar.detector import Detector, Finding
from bot.radar.normal import Normal, hour_of, learnt_from, names_for, weight_at
from bot.radar.report import Report
from bot.radar.scene import Scene
from bot.radar.weighing import weigh
from knowledge.working_days import is_working_day
from tests.benchmarks.radar_desk import Desk, FixedThreshold
from tests.benchmarks.radar_year import make_year
from tests.bot.radar.memory import MemoryInMemory
from tests.transcript import MONDAY, OSLO

PLACES = ("BGO", "BFR", "BSA", "BUN", "BGA", "BAL")


def report(number: int, at: datetime, place: str = "BGO", system: str | None = "AKS", **more: object) -> Report:
    words = more.pop("words", ("=logge på",))
    assert isinstance(words, tuple)
    return Report(f"r{number}", at, f"p{number}", place, system, 900884, words, bool(more.pop("wide", False)))


def at_work(budget: float = 1.0, weeks: int = 3) -> tuple[Detector, MemoryInMemory, datetime]:
    """A radar that has heard a fault on AKS every hour of some weeks' working days."""
    detector, memory, at = Detector(budget, is_working_day), MemoryInMemory(), MONDAY - timedelta(weeks=weeks)
    number = 0
    while at < MONDAY:
        if is_working_day(at.date()) and 8 <= at.hour < 16:
            number += 1
            one = report(100_000 + number, at, PLACES[number % 6], words=(f"word{number % 10}",))
            detector.hear(memory, one)
            detector.learn(memory, one)
        at += timedelta(hours=1)
    return detector, memory, MONDAY


def burst(detector: Detector, memory: MemoryInMemory, *reports: Report) -> list[Finding | None]:
    return [detector.hear(memory, one) for one in reports]


def seen(
    ages: Sequence[float],
    *,
    places: str = "",
    an_hour: float = 1.0,
    wide: str = "",
    same: str = "",
    known: float = 500,
    share: float = 0.05,
    unplaced: float = 0.01,
    unnamed: str = "",
) -> Scene:
    """Reports so many minutes ago; places: a letter each, ? where it is not known; wide and same: 1 where one says so.

    unnamed: 1 for one that names no system; twenty such an hour are normal, which say the same thing twice as often.

    share: how much of all comes from each place. unplaced: how much comes from nobody knows where.
    """
    n = len(ages)
    places = places or "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:n]
    names = sorted(set(places) - {"?"})
    named = np.array([one == "0" for one in unnamed or "0" * n])
    return Scene(
        ages=np.array(ages),
        rates=np.where(named, an_hour, 20.0) / 60.0,
        named=named,
        expected=an_hour * 4.0,
        known=known,
        began=np.array(ages[1:]) + 0.5,
        begins=np.full(n - 1, 2e-5),
        wide=np.array([float(one) for one in wide or "0" * n]),
        wide_share=0.2,
        said=np.array([[float(one) for one in same]]).reshape(-1, n),
        said_share=np.array([np.where(named, 0.1, 0.2)] if same else []).reshape(-1, n),
        sayings=10,
        place=np.array([names.index(one) if one in names else -1 for one in places]),
        place_share=np.full(len(names), share),
        traffic=1.0,
        unplaced=unplaced,
    )


def odds(*args: Sequence[float], **more: object) -> float:
    return weigh(seen(*args, **more)).odds  # type: ignore[arg-type]  # the keywords of `seen`


FIVE = (0.0, 3.0, 5.0, 9.0, 12.0)


class TestWeighing:
    def test_what_comes_fast_or_where_little_is_normal_tells_more(self) -> None:
        assert odds(FIVE) > odds([age * 5 for age in FIVE])
        assert odds(FIVE, an_hour=0.2) > odds(FIVE) > odds(FIVE, an_hour=10.0)

    def test_what_the_reports_say_tells(self) -> None:
        assert odds(FIVE, wide="11101") > odds(FIVE)
        assert odds(FIVE, same="11101") > 3 * odds(FIVE, same="10000")

    def test_one_that_names_no_system_tells_less_than_one_that_does_and_more_than_none(self) -> None:
        two, three = (0.0, 9.0), (0.0, 3.0, 9.0)
        assert odds(two) < odds(three, unnamed="010") < odds(three)
        assert odds(three, unnamed="010", same="111", wide="010") > 3 * odds(three, unnamed="010")
        assert weigh(seen(three, unnamed="010", same="101")).belongs[1] < 0.5, "it says something else"

    def test_one_virksomhet_alone_is_no_fellesfeil(self) -> None:
        """G 5.1.2.2: a fellesfeil hits several users in several virksomheter."""
        many = [float(age) for age in range(12)]
        assert odds(many, places="A" * 12) < 0.01 < 1.0 < odds(many)
        assert odds(many, places="AABBCCAABBCC") > 1.0, "a few virksomheter, each with several reports, are one"

    def test_many_virksomheter_with_a_report_each_are_not_a_few_that_are_hit(self) -> None:
        """A busy system's ordinary hours, each report from another virksomhet, were raised: each counted as hit."""
        ordinary = [float(age) for age in range(0, 234, 9)]
        assert odds(ordinary, an_hour=6.0, share=0.01) < 0.05

    def test_nobody_knows_whose_is_no_rare_virksomhet(self) -> None:
        """In Teams, where nobody's virksomhet is known, everybody counted as one from which nearly nothing comes."""
        assert odds(FIVE, places="?????", unplaced=0.9) == pytest.approx(odds(FIVE, unplaced=0.01), rel=0.9)
        ordinary = [float(age) for age in range(0, 234, 9)]
        assert odds(ordinary, an_hour=6.0, places="?" * 26, unplaced=0.9) < 0.05

    def test_what_is_hardly_known_surprises_less(self) -> None:
        slowly = [age * 5 for age in FIVE]
        assert odds(slowly, an_hour=0.05, known=1) < odds(slowly, an_hour=0.05)

    def test_it_says_which_reports_belong_to_it(self) -> None:
        weighed = weigh(seen([0.0, 2.0, 3.0, 5.0, 6.0, 200.0]))
        assert weighed.belongs[0] > 0.9
        assert weighed.belongs[-1] < 0.1
        assert 5.0 < weighed.began < 30.0

    @given(
        st.lists(st.floats(0.0, 239.0), min_size=3, max_size=60),
        st.floats(1e-4, 100.0),
        st.floats(0.5, 5000.0),
        st.integers(1, 26),
    )
    def test_it_is_always_a_number(self, ages: list[float], an_hour: float, known: float, places: int) -> None:
        letters = "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % places] for n in range(len(ages)))
        weighed = weigh(seen(sorted(ages), places=letters, an_hour=an_hour, known=known, same="1" * len(ages)))
        assert math.isfinite(weighed.odds)
        assert weighed.odds >= 0.0
        assert np.all((weighed.belongs >= 0.0) & (weighed.belongs <= 1.0))


class TestNormal:
    def test_a_public_holiday_goes_as_a_sunday(self) -> None:
        constitution_day = datetime(2026, 5, 17, 10, tzinfo=OSLO)
        ascension = datetime(2026, 5, 14, 10, tzinfo=OSLO)
        assert hour_of(ascension, is_working_day) == hour_of(constitution_day, is_working_day)
        assert hour_of(MONDAY, is_working_day).of_week == 10

    def test_an_hour_never_heard_has_the_rate_of_such_hours_and_a_subject_its_share(self) -> None:
        _, memory, now = at_work()
        day, night = hour_of(now, is_working_day), hour_of(now.replace(hour=3), is_working_day)
        names = names_for(["system AKS", "system GAT"], {day, night})
        normal = Normal(memory.sums(names), weight_at(now))
        assert normal.rate("system AKS", day) == pytest.approx(1.0, abs=0.3)
        assert normal.rate("system AKS", night) < 0.2
        assert normal.rate("system GAT", day) < 0.02

    def test_what_was_heard_long_ago_counts_less(self) -> None:
        eight_weeks = weight_at(MONDAY) / weight_at(MONDAY - timedelta(weeks=8))
        assert eight_weeks == pytest.approx(2.0, rel=0.01)

    def test_a_report_adds_to_nothing_that_names_a_person(self) -> None:
        names = learnt_from(report(7, MONDAY), hour_of(MONDAY, is_working_day))
        assert not [name for name in names if "p7" in name or "r7" in name]


class TestDetector:
    def test_what_is_usual_is_no_finding(self) -> None:
        detector, memory, now = at_work()
        usual = [report(n, now + timedelta(hours=n), PLACES[n], words=(f"word{n}",)) for n in range(5)]
        assert burst(detector, memory, *usual) == [None] * 5

    def test_a_burst_is_found_with_its_reports_newest_first(self) -> None:
        detector, memory, now = at_work()
        reports = [report(n, now + timedelta(minutes=n), PLACES[n], wide=True) for n in range(5)]
        found = burst(detector, memory, *reports)
        first = next(one for one in found if one is not None)
        assert first.subject == "system AKS"
        assert first.reports[0].at > first.reports[-1].at
        assert first.clearly >= 1.0
        assert first.expected < 1.0

    def test_saying_the_same_is_evidence(self) -> None:
        def first(words: tuple[str, ...]) -> int:
            detector, memory, now = at_work()
            reports = [
                report(n, now + timedelta(minutes=9 * n), PLACES[n % 6], words=(words[n % len(words)],))
                for n in range(12)
            ]
            found = burst(detector, memory, *reports)
            return next((n for n, one in enumerate(found) if one is not None), 99)

        assert first(("sertifikat",)) < first(tuple(f"word{n}" for n in range(10)))

    def test_a_greater_budget_finds_no_later(self) -> None:
        def first(budget: float) -> int:
            detector, memory, now = at_work(budget)
            reports = [report(n, now + timedelta(minutes=6 * n), PLACES[n % 6]) for n in range(12)]
            found = burst(detector, memory, *reports)
            return next((n for n, one in enumerate(found) if one is not None), 99)

        assert first(20.0) <= first(1.0) <= first(0.01) < 99

    def test_after_a_holiday_more_is_normal_at_once(self) -> None:
        """In August all came twice as often as in July, and the most used system was raised every other day."""

        def expected_an_hour(before: int) -> float:
            detector, memory, now = at_work()
            for n in range(before):
                memory.hear(report(5000 + n, now - timedelta(minutes=2 * (before - n)), system=f"S{n % 50}"))
            found = burst(
                detector, memory, *(report(n, now + timedelta(minutes=n), PLACES[n % 6], wide=True) for n in range(9))
            )
            first = next(one for one in found if one is not None)
            return first.expected / (first.window / timedelta(hours=1))

        assert expected_an_hour(300) > 2 * expected_an_hour(0)

    def test_with_no_budget_it_only_learns(self) -> None:
        detector, memory, now = at_work(budget=0.0)
        assert burst(detector, memory, *(report(n, now, PLACES[n % 6]) for n in range(30))) == [None] * 30

    def test_on_the_first_day_a_burst_is_found_all_the_same(self) -> None:
        detector, memory = Detector(1.0, is_working_day), MemoryInMemory()
        found = burst(detector, memory, *(report(n, MONDAY + timedelta(minutes=n), PLACES[n % 6]) for n in range(8)))
        assert found[:3] == [None] * 3
        assert found[-1] is not None

    def test_on_the_first_day_an_ordinary_morning_is_none(self) -> None:
        detector, memory = Detector(1.0, is_working_day), MemoryInMemory()
        for n in range(60):
            one = report(n, MONDAY + timedelta(minutes=4 * n), PLACES[n % 6], system=f"S{n * 7 % 15}")
            assert detector.hear(memory, one) is None
            detector.learn(memory, one)

    def test_an_outage_does_not_teach_that_it_is_normal(self) -> None:
        detector, memory = Detector(1.0, is_working_day), MemoryInMemory()
        reports = [report(n, MONDAY + timedelta(minutes=n), PLACES[n % 6], wide=n % 2) for n in range(8)]
        for one in reports[:7]:
            detector.hear(memory, one)
            detector.learn(memory, one)
        found = detector.hear(memory, reports[7])
        assert found is not None
        assert found.expected < 1.0

    def test_what_belongs_to_something_known_does_not_count(self) -> None:
        detector, memory, now = at_work()
        reports = [report(n, now + timedelta(minutes=n), PLACES[n % 6]) for n in range(12)]
        assert [detector.hear(memory, one, lambda _: True) for one in reports] == [None] * 12

    def test_without_a_system_reports_of_one_form_or_one_word_are_found(self) -> None:
        detector, memory, now = at_work()
        reports = [
            Report(f"r{n}", now + timedelta(minutes=n), f"p{n}", PLACES[n], None, 900000 + n, ("=trådløst nett",), True)
            for n in range(6)
        ]
        found = [detector.hear(memory, one) for one in reports]
        assert "word =trådløst nett" in {one.subject for one in found if one is not None}


@pytest.mark.parametrize(("without_before", "counted"), [(0, True), (60, False)])
def test_one_without_a_system_counts_only_where_that_is_seldom(without_before: int, counted: bool) -> None:
    """Where half name none, most of those are about something else, and false alarms trebled."""
    detector, memory, now = at_work()
    for n in range(without_before):
        detector.learn(memory, report(n, now - timedelta(hours=30), system=None))
    reports = [
        report(900 + n, now + timedelta(minutes=n), PLACES[n], None if n == 1 else "AKS", wide=True) for n in range(5)
    ]
    found = [one for one in burst(detector, memory, *reports) if one is not None and one.subject == "system AKS"]
    assert ("r901" in {one.ref for one in found[-1].reports}) is counted


def test_a_made_up_season_is_watched_better_than_by_a_fixed_threshold() -> None:
    """A small version of `python -m tests.benchmarks.radar`."""
    year = make_year(5, days=63, cases_a_day=500, outages=25, bursts=(20, 5, 14))
    radar = Desk(year, Detector(1.0, is_working_day)).play()
    fixed = Desk(year, FixedThreshold(8, timedelta(hours=1))).play()
    assert radar.found > 0.75
    assert median(radar.reports) < median(fixed.reports)
    assert radar.false_a_week <= 2.0 < fixed.false_a_week
