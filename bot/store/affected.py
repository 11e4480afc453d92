"""Whom a notice hits by their own word ("gjelder meg også"), and who of them wants to hear how it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.store.moments import to_millis


class Affected(Protocol):
    """People hit by notices. A part of `port`."""

    def add(self, ref: str, person_id: str, at: datetime) -> None:
        """Count a person once and tell him of what comes; again only the telling is turned on."""
        ...

    def mute(self, person_id: str, ref: str | None = None) -> None:
        """Tell the person nothing more, of this notice or of any; he stays counted."""
        ...

    def count(self, ref: str) -> int:
        """How many are counted."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many are counted, by every active notice that has any."""
        ...

    def of_person(self, person_id: str) -> frozenset[str]:
        """The active notices the person is counted for."""
        ...

    def subscribers(self, ref: str, after: str, limit: int) -> tuple[str, ...]:
        """Who is to be told, by id, those after this id; at most `limit`."""
        ...

    def forget_person(self, person_id: str) -> None:
        """The person stays in the counts, and nothing says any more who it was."""
        ...

    def forget_over(self, before: datetime) -> int:
        """As `forget_person`, for everybody a notice hit that was over before this; returns how many."""
        ...


OVER_BEFORE = "ref IN (SELECT ref FROM notices WHERE status != 'active' AND updated_at < ?)"
"""Of a notice that was over before this; a condition for tables with its reference."""

_NAMELESS = "person_id = 'forgotten-' || hex(randomblob(8)), told = 0"


class SqliteAffected:
    """See `Affected`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, ref: str, person_id: str, at: datetime) -> None:
        """Insert or turn on."""
        self._connection.execute(
            "INSERT INTO affected (ref, person_id, at, told) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (ref, person_id) DO UPDATE SET told = 1",
            (ref, person_id, to_millis(at)),
        )

    def mute(self, person_id: str, ref: str | None = None) -> None:
        """By person."""
        self._connection.execute(
            "UPDATE affected SET told = 0 WHERE person_id = :person AND (:ref IS NULL OR ref = :ref)",
            {"person": person_id, "ref": ref},
        )

    def count(self, ref: str) -> int:
        """By notice."""
        row = self._connection.execute("SELECT COUNT(*) FROM affected WHERE ref = ?", (ref,)).fetchone()
        return int(row[0])

    def counts(self) -> Mapping[str, int]:
        """Through the index of active notices."""
        rows = self._connection.execute(
            "SELECT notices.ref, COUNT(*) FROM notices JOIN affected ON affected.ref = notices.ref"
            " WHERE notices.status = 'active' GROUP BY notices.ref"
        )
        return {ref: int(count) for ref, count in rows}

    def of_person(self, person_id: str) -> frozenset[str]:
        """Through the index of active notices."""
        rows = self._connection.execute(
            "SELECT notices.ref FROM notices JOIN affected ON affected.ref = notices.ref"
            " WHERE notices.status = 'active' AND affected.person_id = ?",
            (person_id,),
        )
        return frozenset(row[0] for row in rows)

    def subscribers(self, ref: str, after: str, limit: int) -> tuple[str, ...]:
        """In the order of the primary key."""
        rows = self._connection.execute(
            "SELECT person_id FROM affected WHERE ref = ? AND person_id > ? AND told ORDER BY person_id LIMIT ?",
            (ref, after, limit),
        )
        return tuple(row[0] for row in rows)

    def forget_person(self, person_id: str) -> None:
        """A random name in place of the person's."""
        self._connection.execute(
            f"UPDATE affected SET {_NAMELESS} WHERE person_id = ?",  # noqa: S608
            (person_id,),
        )

    def forget_over(self, before: datetime) -> int:
        """Those that are forgotten already do not count."""
        return self._connection.execute(
            f"UPDATE affected SET {_NAMELESS} WHERE person_id NOT LIKE 'forgotten-%' AND {OVER_BEFORE}",  # noqa: S608
            (to_millis(before),),
        ).rowcount
