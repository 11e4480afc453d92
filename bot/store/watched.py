"""Cases that are followed in the other system, and what has been seen of each: what makes news news, once."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import orjson

from bot.store.moments import from_millis_or_none, to_millis
from bot.store.records import Watch
from dialogs.case import OPEN, Status

# What is solved may still be opened again, there or from here.
_FOLLOWED = orjson.dumps(sorted(status.value for status in (*OPEN, Status.SOLVED))).decode()


class SqliteWatched:
    """See `port.Watched`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def open_cases(self) -> tuple[Watch, ...]:
        """Those never looked at first."""
        rows = self._connection.execute(
            "SELECT cases.ref, kompass_id, changed, phase, comments FROM cases LEFT JOIN watched USING (ref)"
            " WHERE kompass_id IS NOT NULL AND status IN (SELECT value FROM json_each(?))"
            " ORDER BY coalesce(looked_at, 0), cases.ref",
            (_FOLLOWED,),
        )
        return tuple(_watch(*row) for row in rows)

    def get(self, ref: str) -> Watch | None:
        """By reference, whatever its status."""
        row = self._connection.execute(
            "SELECT cases.ref, kompass_id, changed, phase, comments FROM cases LEFT JOIN watched USING (ref)"
            " WHERE cases.ref = ? AND kompass_id IS NOT NULL",
            (ref,),
        ).fetchone()
        return _watch(*row) if row else None

    def save(self, watch: Watch, at: datetime) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO watched (ref, changed, phase, comments, looked_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (ref) DO UPDATE SET changed = excluded.changed, phase = excluded.phase,"
            " comments = excluded.comments, looked_at = excluded.looked_at",
            (watch.ref, watch.changed, watch.phase, orjson.dumps(sorted(watch.comments)).decode(), to_millis(at)),
        )

    def mute(self, ref: str, person_id: str, *, muted: bool) -> None:
        """A row for each who wants to be spared it."""
        statement = (
            "INSERT INTO muted (person_id, ref) VALUES (?, ?) ON CONFLICT DO NOTHING"
            if muted
            else "DELETE FROM muted WHERE person_id = ? AND ref = ?"
        )
        self._connection.execute(statement, (person_id, ref))

    def muted(self, ref: str) -> frozenset[str]:
        """By case."""
        rows = self._connection.execute("SELECT person_id FROM muted WHERE ref = ?", (ref,))
        return frozenset(row[0] for row in rows)

    def muted_by(self, person_id: str) -> frozenset[str]:
        """By person."""
        rows = self._connection.execute("SELECT ref FROM muted WHERE person_id = ?", (person_id,))
        return frozenset(row[0] for row in rows)

    def forget_person(self, person_id: str) -> None:
        """By person."""
        self._connection.execute("DELETE FROM muted WHERE person_id = ?", (person_id,))

    def last_look(self) -> datetime | None:
        """The newest; asked for only while the other system is out of reach."""
        row = self._connection.execute("SELECT max(looked_at) FROM watched").fetchone()
        return from_millis_or_none(row[0])


def _watch(ref: str, number: str, changed: int | None, phase: str | None, comments: str | None) -> Watch:
    return Watch(ref, number, changed or 0, phase or "", frozenset(orjson.loads(comments) if comments else ()))
