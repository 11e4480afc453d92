"""What the radar remembers in SQLite: sums by name, and the fault reports of the last hours.

A report names the person who made it, so that one counts once; it is deleted after a day, when the longest window is
long past.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

import orjson

from bot.radar.detector import Memory
from bot.radar.report import Report
from bot.store.moments import from_millis, to_millis


class RadarMemory(Memory, Protocol):
    """The radar's memory, and forgetting. A part of `port`."""

    def forget(self, ref: str) -> None:
        """A report was taken back."""
        ...

    def forget_person(self, person_id: str) -> None:
        """Delete a person's reports; the sums name nobody."""
        ...

    def tidy(self, before: datetime, faded: float) -> int:
        """Delete reports older than this, and sums smaller than this; returns how many."""
        ...


class SqliteRadar:
    """See `RadarMemory`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def sums(self, names: Collection[str]) -> Mapping[str, float]:
        """By name, all at once."""
        rows = self._connection.execute(
            "SELECT name, amount FROM radar_sums WHERE name IN (SELECT value FROM json_each(?))",
            (orjson.dumps(list(names)).decode(),),
        )
        return dict(rows.fetchall())

    def add(self, amounts: Mapping[str, float]) -> None:
        """Insert or add."""
        self._connection.executemany(
            "INSERT INTO radar_sums (name, amount) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET amount = amount + excluded.amount",
            amounts.items(),
        )

    def learnt_until(self) -> datetime | None:
        """The one row."""
        row = self._connection.execute("SELECT at FROM radar_learnt_until").fetchone()
        return from_millis(row[0]) if row else None

    def set_learnt_until(self, at: datetime) -> None:
        """The one row."""
        self._connection.execute("INSERT OR REPLACE INTO radar_learnt_until (only, at) VALUES (1, ?)", (to_millis(at),))

    def hear(self, report: Report) -> None:
        """Once a reference."""
        at = to_millis(report.at)
        self.forget(report.ref)
        self._connection.execute(
            "INSERT INTO radar_reports (ref, at, person_id, report) VALUES (?, ?, ?, ?)",
            (report.ref, at, report.person, _to_text(report)),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO radar_subjects (subject, at, ref) VALUES (?, ?, ?)",
            [(subject, at, report.ref) for subject in report.subjects],
        )

    def heard_since(self, since: datetime) -> int:
        """By age."""
        row = self._connection.execute("SELECT count(*) FROM radar_reports WHERE at >= ?", (to_millis(since),))
        return int(row.fetchone()[0])

    def lately(self, since: datetime, most: int) -> Sequence[Report]:
        """By age; nearly all were read a moment ago, and are kept as they were."""
        rows = self._connection.execute(
            "SELECT ref, at, person_id, report FROM radar_reports WHERE at >= ? ORDER BY at DESC, ref DESC LIMIT ?",
            (to_millis(since), most),
        )
        return [_from_row(*row) for row in rows]

    def recent(self, subjects: Collection[str], since: datetime, most: int) -> Mapping[str, Sequence[Report]]:
        """From the table of subjects; nearly all were read a moment ago, and are kept as they were."""
        return {
            subject: [
                _from_row(*row)
                for row in self._connection.execute(
                    "SELECT ref, heard.at, person_id, report FROM radar_subjects AS heard"
                    " JOIN radar_reports USING (ref) WHERE subject = ? AND heard.at >= ?"
                    " ORDER BY heard.at DESC, ref DESC LIMIT ?",
                    (subject, to_millis(since), most),
                )
            ]
            for subject in subjects
        }

    def forget(self, ref: str) -> None:
        """By reference."""
        self._connection.execute("DELETE FROM radar_reports WHERE ref = ?", (ref,))

    def forget_person(self, person_id: str) -> None:
        """By person."""
        self._connection.execute("DELETE FROM radar_reports WHERE person_id = ?", (person_id,))

    def tidy(self, before: datetime, faded: float) -> int:
        """By age, and by amount."""
        old = self._connection.execute("DELETE FROM radar_reports WHERE at < ?", (to_millis(before),)).rowcount
        return old + self._connection.execute("DELETE FROM radar_sums WHERE amount < ?", (faded,)).rowcount


def _to_text(report: Report) -> str:
    return orjson.dumps(
        [report.virksomhet, report.system, report.form, list(report.words), report.wide, report.whole]
    ).decode()


@lru_cache(maxsize=512)
def _from_row(ref: str, at: int, person_id: str, text: str) -> Report:
    virksomhet, system, form, words, *says = orjson.loads(text)  # `whole` is not in what was stored before it was heard
    return Report(ref, from_millis(at), person_id, virksomhet, system, form, tuple(words), *says)
