"""When the service desk is staffed (G 4.3): open on working days, one person on duty late, else the supplier's watch.

Norwegian public holidays are not working days, whatever weekday they fall on.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from knowledge.organisation import Organisation
from knowledge.working_days import is_working_day


class Staffing(StrEnum):
    """Who answers at the desk."""

    OPEN = "open"
    ONE_ON_DUTY = "one_on_duty"
    CLOSED = "closed"
    """nobody: the phone goes to the supplier's watch, and only critical faults are handled"""


def staffing(organisation: Organisation, at: datetime) -> Staffing:
    """Who answers at this moment. `at` must be aware; it is judged by the desk's own clock. Raises ValueError."""
    local = _local(organisation, at)
    clock = local.time()
    if not is_working_day(local.date()) or not organisation.opens <= clock < organisation.closes:
        return Staffing.CLOSED
    return Staffing.OPEN if clock < organisation.one_on_duty_from else Staffing.ONE_ON_DUTY


def next_opening(organisation: Organisation, at: datetime) -> datetime:
    """The first moment at or after `at` when the desk is staffed, on its own clock. Raises ValueError if naive."""
    local = _local(organisation, at)
    if staffing(organisation, at) is not Staffing.CLOSED:
        return local
    day = local.date()
    if local.time() >= organisation.opens:
        day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return _at_clock(organisation, day, organisation.opens)


def _local(organisation: Organisation, at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("opening hours need a time with its zone")
    return at.astimezone(ZoneInfo(organisation.timezone))


def _at_clock(organisation: Organisation, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(organisation.timezone))
