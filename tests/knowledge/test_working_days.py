from __future__ import annotations

from datetime import date

import holidays
import pytest

from knowledge.working_days import is_working_day, public_holidays


@pytest.mark.parametrize("year", range(1950, 2101))
def test_the_public_holidays_are_those_of_the_law_in_every_year(year: int) -> None:
    assert public_holidays(year) == frozenset(holidays.country_holidays("NO", years=year))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 24), True),  # a Tuesday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 15), True),  # the day between it and the weekend
        (date(2027, 5, 17), False),  # Whit Monday and Constitution Day in one
        (date(2026, 12, 24), True),  # an eve is no public holiday
    ],
)
def test_working_days(day: date, working: bool) -> None:
    assert is_working_day(day) is working
