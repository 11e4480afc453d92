"""The pure half of the radar: what counts, what is normal, and what chance brings."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.radar.chance import evidence, so_many, so_many_of, together
from bot.radar.detector import Detector, Finding
from bot.radar.normal import Normal, hour_of, learnt_from, names_for, weight_at
from bot.radar.report import Report
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


class TestChance:
    def test_no_virksomhet_counts_for_more_than_one_above_all_others(self) -> None:
        assert evidence(["A"] * 9) == 1
        assert evidence([*"AAAAAAAA", "B"]) == 3
        assert evidence([*"AAAA", *"BBBB"]) == 8
        assert evidence("ABC") == 3

    @given(st.integers(1, 30), st.floats(0.01, 20), st.floats(0.5, 1000))
    def test_more_are_never_likelier_than_fewer(self, count: int, expected: float, known: float) -> None:
        more, fewer = so_many(count + 1, expected, known), so_many(count, expected, known)
        assert 0.0 <= more <= fewer + 1e-12 <= 1.0 + 1e-12

    def test_it_is_a_tail_of_a_count_that_varies(self) -> None:
        poisson = 1 - sum(math.exp(-2) * 2**n / math.factorial(n) for n in range(5))
        assert so_many(5, 2.0, 1e9) > poisson, "days differ"
        assert so_many(0, 2.0, 10.0) == 1.0
        assert so_many(5, 2.0, 1.0) > so_many(5, 2.0, 100.0), "what is hardly known surprises less"

    def test_of_ten_coins_nine_show_heads(self) -> None:
        assert so_many_of(9, 10, 0.5) == pytest.approx(11 / 1024)
        assert so_many_of(0, 10, 0.5) == 1.0
        assert so_many_of(3, 3, 1.0) == 1.0

    def test_a_product_of_chances_is_no_chance_itself(self) -> None:
        assert together(0.01, 0.01) == pytest.approx(1e-4 * (1 - math.log(1e-4)))
        assert together(1.0, 1.0) == 1.0
        assert together(0.0, 0.5) == 0.0


class TestNormal:
    def test_a_public_holiday_goes_as_a_sunday(self) -> None:
        constitution_day = datetime(2026, 5, 17, 10, tzinfo=OSLO)
        ascension = datetime(2026, 5, 14, 10, tzinfo=OSLO)
        assert hour_of(ascension, is_working_day) == hour_of(constitution_day, is_working_day)
        assert hour_of(MONDAY, is_working_day).of_week == 10

    def test_an_hour_never_heard_has_the_rate_of_such_hours_and_a_subject_its_share(self) -> None:
        _, memory, now = at_work()
        day, night = hour_of(now, is_working_day), hour_of(now.replace(hour=3), is_working_day)
        names = names_for(["system AKS", "system GAT"], ["wide"], {day, night})
        normal = Normal(memory.sums(names), weight_at(now))
        assert normal.rate("system AKS", day) == pytest.approx(1.0, abs=0.3)
        assert normal.rate("system AKS", night) < 0.2
        assert normal.rate("system GAT", day) < 0.02

    def test_what_was_heard_long_ago_counts_less(self) -> None:
        eight_weeks = weight_at(MONDAY) / weight_at(MONDAY - timedelta(weeks=8))
        assert eight_weeks == pytest.approx(2.0, rel=0.01)

    def test_a_report_adds_to_nothing_that_names_a_person(self) -> None:
        names = learnt_from(report(7, MONDAY), hour_of(MONDAY, is_working_day))
        assert not [name for name in names if "p7" in name or "BGO" in name]


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
        assert first.a_week <= 1.0

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

    def test_with_no_budget_it_only_learns(self) -> None:
        detector, memory, now = at_work(budget=0.0)
        assert burst(detector, memory, *(report(n, now, PLACES[n % 6]) for n in range(30))) == [None] * 30

    def test_before_a_week_nothing_is_normal(self) -> None:
        detector, memory = Detector(1.0, is_working_day), MemoryInMemory()
        assert burst(detector, memory, *(report(n, MONDAY, PLACES[n % 6]) for n in range(30))) == [None] * 30

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


def test_a_made_up_season_is_watched_better_than_by_a_fixed_threshold() -> None:
    """A small version of `python -m tests.benchmarks.radar`."""
    year = make_year(5, days=63, cases_a_day=500, outages=25, bursts=(20, 5, 14))
    radar = Desk(year, Detector(1.0, is_working_day)).play()
    fixed = Desk(year, FixedThreshold(8, timedelta(hours=1))).play()
    assert radar.found > 0.75
    assert median(radar.reports) < median(fixed.reports)
    assert radar.false_a_week <= 2.0 < fixed.false_a_week
