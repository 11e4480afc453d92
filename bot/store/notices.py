"""Notices in SQLite, and the ids of their living posts: one post a target (G 5.1.2.2)."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Protocol

import orjson

from bot.store.counters import next_ref, use_up
from bot.store.moments import to_millis
from dialogs.case import Notice
from knowledge.errors import StoreError

_PUBLISHED = "status IN ('active', 'resolved', 'withdrawn')"


class Notices(Protocol):
    """Notices to everyone, and where they were posted. A part of `port`."""

    def next_ref(self, year: int) -> str:
        """The reference the next notice of the year gets ("D-2026-0007"); not used up until `add`."""
        ...

    def add(self, notice: Notice) -> None:
        """Store a new notice and use up its reference; raises StoreError when the reference is not the next one."""
        ...

    def update(self, notice: Notice) -> None:
        """Replace a stored notice; raises StoreError when there is none with its reference."""
        ...

    def get(self, ref: str) -> Notice | None:
        """The notice with this reference."""
        ...

    def active(self) -> tuple[Notice, ...]:
        """All notices that are neither resolved nor withdrawn, newest first."""
        ...

    def all(self) -> tuple[Notice, ...]:
        """Every published notice, oldest first."""
        ...

    def unpublished(self) -> tuple[Notice, ...]:
        """Notices that wait for approval or were sent back, oldest first."""
        ...

    def recent(self, since: datetime) -> tuple[Notice, ...]:
        """All active notices, and published ones changed at this time or later, newest first."""
        ...

    def post_at(self, ref: str, target: str) -> str | None:
        """The id of the notice's living post at a target (its id)."""
        ...

    def save_post(self, ref: str, target: str, post_id: str) -> None:
        """Remember the id of the notice's living post at a target."""
        ...


class SqliteNotices:
    """See `Notices`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def next_ref(self, year: int) -> str:
        """D for driftsmelding, four digits."""
        return next_ref(self._connection, "notice", "D", 4, year)

    def add(self, notice: Notice) -> None:
        """The notice and its number."""
        use_up(self._connection, "notice", notice.ref)
        self._connection.execute(
            "INSERT INTO notices (ref, json, status, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (
                notice.ref,
                notice_to_text(notice),
                notice.status.value,
                to_millis(notice.created_at),
                to_millis(notice.updated_at),
            ),
        )

    def update(self, notice: Notice) -> None:
        """A whole new version."""
        changed = self._connection.execute(
            "UPDATE notices SET json = ?, status = ?, created_at = ?, updated_at = ? WHERE ref = ?",
            (
                notice_to_text(notice),
                notice.status.value,
                to_millis(notice.created_at),
                to_millis(notice.updated_at),
                notice.ref,
            ),
        ).rowcount
        if changed != 1:
            raise StoreError(f"there is no notice {notice.ref}")

    def get(self, ref: str) -> Notice | None:
        """By reference."""
        row = self._connection.execute("SELECT json FROM notices WHERE ref = ?", (ref,)).fetchone()
        return notice_from_text(row[0]) if row else None

    def active(self) -> tuple[Notice, ...]:
        """Through an index that holds only the active ones."""
        rows = self._connection.execute(
            "SELECT json FROM notices WHERE status = 'active' ORDER BY created_at DESC, ref DESC"
        )
        return tuple(notice_from_text(row[0]) for row in rows)

    def all(self) -> tuple[Notice, ...]:
        """By age."""
        rows = self._connection.execute(f"SELECT json FROM notices WHERE {_PUBLISHED} ORDER BY created_at, ref")  # noqa: S608
        return tuple(notice_from_text(row[0]) for row in rows)

    def unpublished(self) -> tuple[Notice, ...]:
        """There are some hundred notices a year, so reading past the published ones costs little."""
        rows = self._connection.execute(
            "SELECT json FROM notices WHERE status IN ('waiting', 'sent_back') ORDER BY created_at, ref"
        )
        return tuple(notice_from_text(row[0]) for row in rows)

    def recent(self, since: datetime) -> tuple[Notice, ...]:
        """Newest first; there are some hundred notices a year, so reading past the old ones costs little."""
        rows = self._connection.execute(
            f"SELECT json FROM notices WHERE {_PUBLISHED} AND (status = 'active' OR updated_at >= ?)"  # noqa: S608
            " ORDER BY created_at DESC, ref DESC",
            (to_millis(since),),
        )
        return tuple(notice_from_text(row[0]) for row in rows)

    def post_at(self, ref: str, target: str) -> str | None:
        """By notice and target."""
        row = self._connection.execute(
            "SELECT post_id FROM notice_posts WHERE ref = ? AND target = ?", (ref, target)
        ).fetchone()
        return str(row[0]) if row else None

    def save_post(self, ref: str, target: str, post_id: str) -> None:
        """A deleted post is followed by a new one with another id."""
        self._connection.execute(
            "INSERT INTO notice_posts (ref, target, post_id) VALUES (?, ?, ?)"
            " ON CONFLICT (ref, target) DO UPDATE SET post_id = excluded.post_id",
            (ref, target, post_id),
        )


def notice_to_text(notice: Notice) -> str:
    """JSON text of a notice."""
    return orjson.dumps(notice.to_json()).decode()


def notice_from_text(text: str) -> Notice:
    """The inverse of `notice_to_text`."""
    return Notice.from_json(orjson.loads(text))
