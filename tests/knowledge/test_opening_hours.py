"""When the desk is staffed (G 4.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.opening_hours import Staffing, next_opening, staffing
from knowledge.working_days import is_working_day
from tests.knowledge.shipped import organisation

OSLO = ZoneInfo("Europe/Oslo")


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-24T07:59:59", Staffing.CLOSED),
        ("2026-11-24T08:00:00", Staffing.OPEN),
        ("2026-11-24T15:29:59", Staffing.OPEN),
        ("2026-11-24T15:30:00", Staffing.ONE_ON_DUTY),
        ("2026-11-24T19:59:59", Staffing.ONE_ON_DUTY),
        ("2026-11-24T20:00:00", Staffing.CLOSED),
        ("2026-11-28T10:00:00", Staffing.CLOSED),  # Saturday
        ("2026-11-29T10:00:00", Staffing.CLOSED),  # Sunday
        ("2026-05-01T10:00:00", Staffing.CLOSED),  # Labour Day, a Friday
        ("2027-05-17T10:00:00", Staffing.CLOSED),  # Constitution Day, a Monday
        ("2026-04-02T10:00:00", Staffing.CLOSED),  # Maundy Thursday
        ("2026-05-14T10:00:00", Staffing.CLOSED),  # Ascension Day
        ("2026-12-24T10:00:00", Staffing.OPEN),  # Christmas Eve is a working day by law
    ],
)
def test_who_answers_at_the_desk(at: str, expected: Staffing) -> None:
    assert staffing(organisation(), oslo(at)) is expected


def test_the_desks_own_clock_counts_summer_and_winter() -> None:
    assert staffing(organisation(), datetime(2026, 7, 1, 6, 0, tzinfo=UTC)) is Staffing.OPEN
    assert staffing(organisation(), datetime(2026, 12, 1, 6, 30, tzinfo=UTC)) is Staffing.CLOSED
    assert staffing(organisation(), datetime(2026, 12, 1, 7, 0, tzinfo=UTC)) is Staffing.OPEN


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-24T03:00:00", "2026-11-24T08:00:00"),
        ("2026-11-24T20:00:00", "2026-11-25T08:00:00"),
        ("2026-11-27T21:00:00", "2026-11-30T08:00:00"),  # over a weekend
        ("2026-04-01T20:30:00", "2026-04-07T08:00:00"),  # over Easter
        ("2026-12-24T21:00:00", "2026-12-28T08:00:00"),  # over Christmas
        ("2026-03-28T12:00:00", "2026-03-30T08:00:00"),  # over the change to summer time
        ("2026-11-24T12:34:00", "2026-11-24T12:34:00"),  # already open
    ],
)
def test_when_the_desk_opens_next(at: str, opens: str) -> None:
    assert next_opening(organisation(), oslo(at)) == oslo(opens)


@given(seconds=st.integers(0, 15 * 366 * 24 * 3600))
def test_the_desk_is_closed_until_it_opens_next(seconds: int) -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    opens = next_opening(organisation(), at)
    assert opens >= at
    assert staffing(organisation(), opens) is not Staffing.CLOSED
    if opens > at:
        assert staffing(organisation(), at) is Staffing.CLOSED
        assert staffing(organisation(), opens - timedelta(seconds=1)) is Staffing.CLOSED
        # nothing in between is a working day with the desk open
        between = at.astimezone(OSLO).date() + timedelta(days=1)
        while between < opens.date():
            assert not is_working_day(between)
            between += timedelta(days=1)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="need a time with its zone"):
        staffing(organisation(), datetime(2026, 11, 24, 10))  # noqa: DTZ001 (that is what is tested)


def test_weekends_and_public_holidays_are_no_working_days() -> None:
    assert is_working_day(date(2026, 11, 24))
    assert not is_working_day(date(2026, 11, 28))
    assert not is_working_day(date(2026, 12, 25))
