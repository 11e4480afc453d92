"""Which forms people chose: what the matcher is reviewed by, and proposed examples come from.

A row names nobody: neither person, conversation nor case, and only the day it was chosen.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Protocol

from dialogs.effects import NoteChoice
from knowledge.matching.review import Noted, Verdict


class Choices(Protocol):
    """What was proposed for people's messages, and what they chose. A part of `port`."""

    def note(self, choice: NoteChoice, day: date) -> None:
        """Keep a choice."""
        ...

    def since(self, day: date) -> tuple[Noted, ...]:
        """Every choice of this day or later, in the order they were made."""
        ...

    def get(self, choice_id: int) -> Noted | None:
        """One choice."""
        ...

    def judge(self, choice_id: int, verdict: Verdict) -> bool:
        """Note what the service desk thinks of it as an example; False when there is no such choice."""
        ...

    def forget(self, before: date) -> int:
        """Delete the choices made before this day; returns how many."""
        ...


_ALL = "SELECT id, day, text, proposed, decision, chosen, confirmed, verdict FROM choices"


class SqliteChoices:
    """See `Choices`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note(self, choice: NoteChoice, day: date) -> None:
        """A row of its own each time."""
        self._connection.execute(
            "INSERT INTO choices (day, text, proposed, decision, chosen, confirmed, verdict)"
            " VALUES (?, ?, ?, ?, ?, ?, '')",
            (day.isoformat(), choice.text, choice.proposed, choice.decision, choice.chosen, choice.confirmed),
        )

    def since(self, day: date) -> tuple[Noted, ...]:
        """Through the index of days."""
        rows = self._connection.execute(f"{_ALL} WHERE day >= ? ORDER BY id", (day.isoformat(),))
        return tuple(_noted(*row) for row in rows)

    def get(self, choice_id: int) -> Noted | None:
        """By id."""
        row = self._connection.execute(f"{_ALL} WHERE id = ?", (choice_id,)).fetchone()
        return None if row is None else _noted(*row)

    def judge(self, choice_id: int, verdict: Verdict) -> bool:
        """By id."""
        sql = "UPDATE choices SET verdict = ? WHERE id = ?"
        return self._connection.execute(sql, (verdict.value, choice_id)).rowcount == 1

    def forget(self, before: date) -> int:
        """Days are text that sorts as days do."""
        return self._connection.execute("DELETE FROM choices WHERE day < ?", (before.isoformat(),)).rowcount


def _noted(
    row_id: int, day: str, text: str, proposed: int | None, decision: str, chosen: int | None, confirmed: int, said: str
) -> Noted:
    return Noted(row_id, date.fromisoformat(day), text, proposed, decision, chosen, bool(confirmed), Verdict(said))
