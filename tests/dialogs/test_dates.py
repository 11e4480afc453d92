"""Dates and times as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.dates import show_date, show_duration, show_moment
from tests.transcript import MONDAY


def test_near_days_are_named() -> None:
    yesterday = MONDAY - timedelta(days=1)
    assert show_moment(yesterday.replace(hour=8, minute=15), "nb", MONDAY) == "i går, søndag 22. november kl. 08.15"
    assert show_moment(yesterday, "nn", MONDAY, with_time=False) == "i går, sundag 22. november"
    assert show_moment(yesterday.replace(hour=8, minute=15), "en", MONDAY) == "yesterday, Sunday 22 November at 08:15"


def test_another_year_is_said() -> None:
    assert show_date(MONDAY.date().replace(year=2027), "nb", MONDAY.date()) == "tirsdag 23. november 2027"


@pytest.mark.parametrize(
    ("minutes", "language", "shown"),
    [
        (0, "nb", "1 minutt"),
        (125, "nb", "2 timer og 5 minutter"),
        (60, "en", "1 hour"),
        (3 * 24 * 60 + 61, "nn", "3 dagar og 1 time"),
    ],
)
def test_show_duration(minutes: int, language: str, shown: str) -> None:
    assert show_duration(timedelta(minutes=minutes), language) == shown
