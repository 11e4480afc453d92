"""What people thought of answers: thumbs up or down, and why.

A row names nobody: neither person nor conversation, and only the day.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating; `text` may be empty."""

    day: date
    liked: bool
    text: str = ""


class Ratings(Protocol):
    """Ratings of answers. A part of `port`."""

    def note(self, rating: Rating) -> None:
        """Keep a rating."""
        ...

    def since(self, day: date) -> tuple[Rating, ...]:
        """Every rating of this day or later, in the order they were given."""
        ...

    def forget(self, before: date) -> int:
        """Delete the ratings given before this day; returns how many."""
        ...


class SqliteRatings:
    """See `Ratings`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note(self, rating: Rating) -> None:
        """A row of its own each time."""
        self._connection.execute(
            "INSERT INTO ratings (day, liked, text) VALUES (?, ?, ?)",
            (rating.day.isoformat(), rating.liked, rating.text),
        )

    def since(self, day: date) -> tuple[Rating, ...]:
        """Days are text that sorts as days do."""
        rows = self._connection.execute(
            "SELECT day, liked, text FROM ratings WHERE day >= ? ORDER BY id", (day.isoformat(),)
        )
        return tuple(Rating(date.fromisoformat(at), bool(liked), text) for at, liked, text in rows)

    def forget(self, before: date) -> int:
        """Few rows, once in a while."""
        return self._connection.execute("DELETE FROM ratings WHERE day < ?", (before.isoformat(),)).rowcount
