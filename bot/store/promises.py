"""When a notice's next update was promised, and whether it came in time (G 5.1.2.2).

A row is open until something is said of its notice. Who made the promise is forgotten when it is settled.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.store.moments import from_millis, to_millis

# Promises are made to the minute: what comes while the clock still shows it is in time.
_IN_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """An open one. `person_id` made it; it is to be reminded of at `remind_at`."""

    ref: str
    due: datetime
    person_id: str
    remind_at: datetime


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many promised updates came in time, came late or are late by now, and are still to come."""

    kept: int = 0
    late: int = 0
    open: int = 0

    @property
    def share(self) -> float | None:
        """Of what has fallen due, the part that came in time, 0 to 1; None before anything has."""
        fallen_due = self.kept + self.late
        return self.kept / fallen_due if fallen_due else None


class Promises(Protocol):
    """Promised updates. A part of `port`."""

    def make(self, promise: Promise) -> None:
        """Promise an update. Again at the same time changes nothing while it is open; once something was said of the
        notice before it was due, it is a new promise."""
        ...

    def settle(self, ref: str, at: datetime) -> None:
        """Something was said of this notice: what was promised of it is kept, or too late."""
        ...

    def to_remind(self, now: datetime) -> tuple[Promise, ...]:
        """Open ones that are to be reminded of and were not, earliest first."""
        ...

    def overdue(self, now: datetime) -> tuple[Promise, ...]:
        """Open ones that are late and were not raised yet, earliest first."""
        ...

    def mark_reminded(self, promise: Promise) -> None:
        """Its owner was reminded."""
        ...

    def mark_raised(self, promise: Promise) -> None:
        """It was raised that this one is late; then nobody is reminded of it any more either."""
        ...

    def punctuality(self, now: datetime, ref: str | None = None) -> Punctuality:
        """Of one notice, or of all."""
        ...


class SqlitePromises:
    """See `Promises`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def make(self, promise: Promise) -> None:
        """Once a notice and time."""
        self._connection.execute(
            "INSERT INTO promises (ref, due, person_id, remind_at, reminded, raised, kept)"
            " VALUES (?, ?, ?, ?, 0, 0, NULL) ON CONFLICT (ref, due) DO UPDATE SET person_id = excluded.person_id,"
            " remind_at = excluded.remind_at, reminded = 0, raised = 0, kept = NULL WHERE kept IS NOT NULL",
            (promise.ref, to_millis(promise.due), promise.person_id, to_millis(promise.remind_at)),
        )

    def settle(self, ref: str, at: datetime) -> None:
        """All that are open."""
        self._connection.execute(
            "UPDATE promises SET kept = (due > ?), person_id = '' WHERE ref = ? AND kept IS NULL",
            (to_millis(at - _IN_TIME), ref),
        )

    def to_remind(self, now: datetime) -> tuple[Promise, ...]:
        """Through the index of open ones."""
        return self._open("remind_at <= ? AND NOT reminded AND NOT raised", now)

    def overdue(self, now: datetime) -> tuple[Promise, ...]:
        """Through the index of open ones."""
        return self._open("due <= ? AND NOT raised", now - _IN_TIME)

    def mark_reminded(self, promise: Promise) -> None:
        """By notice and time."""
        self._mark("reminded = 1", promise)

    def mark_raised(self, promise: Promise) -> None:
        """By notice and time."""
        self._mark("raised = 1", promise)

    def punctuality(self, now: datetime, ref: str | None = None) -> Punctuality:
        """One walk over some hundred rows a year."""
        late = to_millis(now - _IN_TIME)
        kept, too_late, still_open = self._connection.execute(
            "SELECT COUNT(*) FILTER (WHERE kept = 1),"
            " COUNT(*) FILTER (WHERE kept = 0 OR (kept IS NULL AND due <= :late)),"
            " COUNT(*) FILTER (WHERE kept IS NULL AND due > :late)"
            " FROM promises WHERE :ref IS NULL OR ref = :ref",
            {"late": late, "ref": ref},
        ).fetchone()
        return Punctuality(kept, too_late, still_open)

    def _open(self, condition: str, at: datetime) -> tuple[Promise, ...]:
        rows = self._connection.execute(
            f"SELECT ref, due, person_id, remind_at FROM promises WHERE kept IS NULL AND {condition} ORDER BY due, ref",  # noqa: S608  constants only
            (to_millis(at),),
        )
        return tuple(
            Promise(ref, from_millis(due), person_id, from_millis(remind_at)) for ref, due, person_id, remind_at in rows
        )

    def _mark(self, change: str, promise: Promise) -> None:
        self._connection.execute(
            f"UPDATE promises SET {change} WHERE ref = ? AND due = ?",  # noqa: S608  constants only
            (promise.ref, to_millis(promise.due)),
        )
