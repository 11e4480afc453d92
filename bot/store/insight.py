"""The numbers the service desk may see, read from the views of `insight_views.sql`: counts and times, and no person."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

ENOUGH = 5
"""Cases that must be counted together before their number is shown; the views have it too."""

OTHERS = "andre"
"""Where systems and virksomheter with fewer cases a year are counted; the views have it too."""


@dataclass(frozen=True, slots=True)
class WeekOfCases:
    """Cases of the week from this Monday; None where they are too few to be shown."""

    monday: date
    faults: int | None
    orders: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """Cases of a year by one property (a system, a virksomhet); None where they are too few to be shown."""

    year: int
    name: str
    cases: int | None


@dataclass(frozen=True, slots=True)
class FellesfeilTimes:
    """One fellesfeil: when it began, was told and was over, with minutes between; `cases` None when there are few."""

    ref: str
    status: str
    began: datetime
    published: datetime
    resolved: datetime | None
    minutes_to_notice: int
    minutes_from_first_case: int | None
    minutes_lasted: int | None
    cases: int | None


@dataclass(frozen=True, slots=True)
class MonthOfUpdates:
    """Promised updates of notices that fell due in the month from this day."""

    first: date
    in_time: int
    late: int


@dataclass(frozen=True, slots=True)
class WeekOfForms:
    """Cases opened in the week from this Monday, and those of them on another form than the bot had first."""

    monday: date
    cases: int | None
    other_form: int | None


class Insight(Protocol):
    """The numbers. A part of `port`."""

    def weeks(self) -> tuple[WeekOfCases, ...]:
        """Every week that had cases, oldest first."""
        ...

    def systems(self) -> tuple[Share, ...]:
        """By year, those with the most cases first."""
        ...

    def virksomheter(self) -> tuple[Share, ...]:
        """By year, those with the most cases first."""
        ...

    def fellesfeil(self) -> tuple[FellesfeilTimes, ...]:
        """Every one that was published and not withdrawn, oldest first."""
        ...

    def updates(self) -> tuple[MonthOfUpdates, ...]:
        """Every month in which a promised update fell due, oldest first."""
        ...

    def forms(self) -> tuple[WeekOfForms, ...]:
        """Every week in which cases were opened, oldest first."""
        ...


class SqliteInsight:
    """See `Insight`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def weeks(self) -> tuple[WeekOfCases, ...]:
        """From its view."""
        rows = self._connection.execute("SELECT week, faults, orders FROM insight_cases_by_week")
        return tuple(WeekOfCases(date.fromisoformat(week), faults, orders) for week, faults, orders in rows)

    def systems(self) -> tuple[Share, ...]:
        """From its view."""
        rows = self._connection.execute("SELECT year, system, cases FROM insight_systems_by_year")
        return tuple(Share(int(year), name, cases) for year, name, cases in rows)

    def virksomheter(self) -> tuple[Share, ...]:
        """From its view."""
        rows = self._connection.execute("SELECT year, virksomhet, cases FROM insight_virksomheter_by_year")
        return tuple(Share(int(year), name, cases) for year, name, cases in rows)

    def fellesfeil(self) -> tuple[FellesfeilTimes, ...]:
        """From its view."""
        rows = self._connection.execute(
            "SELECT ref, status, began, published, resolved, minutes_to_notice, minutes_from_first_case,"
            " minutes_lasted, cases FROM insight_fellesfeil"
        )
        return tuple(
            FellesfeilTimes(
                ref,
                status,
                datetime.fromisoformat(began),
                datetime.fromisoformat(published),
                datetime.fromisoformat(resolved) if resolved else None,
                *rest,
            )
            for ref, status, began, published, resolved, *rest in rows
        )

    def updates(self) -> tuple[MonthOfUpdates, ...]:
        """From its view."""
        rows = self._connection.execute("SELECT month, in_time, late FROM insight_updates_by_month")
        return tuple(MonthOfUpdates(date.fromisoformat(month), in_time, late) for month, in_time, late in rows)

    def forms(self) -> tuple[WeekOfForms, ...]:
        """From its view."""
        rows = self._connection.execute("SELECT week, cases, other_form FROM insight_forms_by_week")
        return tuple(WeekOfForms(date.fromisoformat(week), cases, other) for week, cases, other in rows)
