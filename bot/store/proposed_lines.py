"""Lines of published notices that wait for a second person, in SQLite: at most one a notice (G 5.1.2.2)."""

from __future__ import annotations

import sqlite3
from typing import Protocol

import orjson

from bot.store.moments import to_millis
from dialogs.proposed_line import ProposedLine


class ProposedLines(Protocol):
    """Lines that wait for approval or were sent back. A part of `port`."""

    def save(self, proposed: ProposedLine) -> None:
        """Keep it in the place of the one that waits for the same notice."""
        ...

    def get(self, ref: str) -> ProposedLine | None:
        """The one of this notice."""
        ...

    def all(self) -> tuple[ProposedLine, ...]:
        """Oldest first."""
        ...

    def remove(self, ref: str) -> None:
        """It was published or given up."""
        ...


class SqliteProposedLines:
    """See `ProposedLines`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def save(self, proposed: ProposedLine) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO proposed_lines (ref, json, proposed_at) VALUES (?, ?, ?)"
            " ON CONFLICT (ref) DO UPDATE SET json = excluded.json, proposed_at = excluded.proposed_at",
            (proposed.ref, orjson.dumps(proposed.to_json()).decode(), to_millis(proposed.line.at)),
        )

    def get(self, ref: str) -> ProposedLine | None:
        """By notice."""
        row = self._connection.execute("SELECT json FROM proposed_lines WHERE ref = ?", (ref,)).fetchone()
        return ProposedLine.from_json(orjson.loads(row[0])) if row else None

    def all(self) -> tuple[ProposedLine, ...]:
        """There are hardly ever more than one."""
        rows = self._connection.execute("SELECT json FROM proposed_lines ORDER BY proposed_at, ref")
        return tuple(ProposedLine.from_json(orjson.loads(row[0])) for row in rows)

    def remove(self, ref: str) -> None:
        """By notice."""
        self._connection.execute("DELETE FROM proposed_lines WHERE ref = ?", (ref,))
