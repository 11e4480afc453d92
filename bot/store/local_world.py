"""What the default ports keep in SQLite: the local case register, the feed, hand-overs, and facts about files."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bot.store.counters import next_ref, use_up
from bot.store.moments import from_millis, from_millis_or_none, to_millis
from bot.store.notices import notice_from_text, notice_to_text
from bot.store.records import FeedPost, FileRecord, HandOverRecord, LocalCase
from knowledge.errors import StoreError

_CASE = "SELECT key, ref, number, opened_at, withdrawn_at, comments, hovedsak, attachments, followers FROM local_cases"
_POST = 'SELECT id, "group", notice, edits, posted_at, updated_at FROM feed_posts'
_OSLO = ZoneInfo("Europe/Oslo")  # the year of a number is the year people are in


class SqliteLocalWorld:
    """See `port.LocalWorld`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_case(self, key: str, ref: str, at: datetime) -> LocalCase:
        """Looked up first, so that a key never gets two numbers."""
        known = self.case(key)
        if known is not None:
            return known
        number = next_ref(self._connection, "local_case", "LOKAL", 6, at.astimezone(_OSLO).year)
        use_up(self._connection, "local_case", number)
        self._connection.execute(
            "INSERT INTO local_cases (key, ref, number, opened_at, comments) VALUES (?, ?, ?, ?, '[]')",
            (key, ref, number, to_millis(at)),
        )
        return LocalCase(key, ref, number, from_millis(to_millis(at)))

    def case(self, key: str) -> LocalCase | None:
        """By key."""
        return _case(self._connection.execute(f"{_CASE} WHERE key = ?", (key,)).fetchone())

    def case_of(self, ref: str) -> LocalCase | None:
        """By our reference."""
        return _case(self._connection.execute(f"{_CASE} WHERE ref = ?", (ref,)).fetchone())

    def save_case(self, case: LocalCase) -> None:
        """What can change: whether it was withdrawn, its hovedsak, and what was added to it."""
        withdrawn = None if case.withdrawn_at is None else to_millis(case.withdrawn_at)
        changed = self._connection.execute(
            "UPDATE local_cases SET withdrawn_at = ?, hovedsak = ?, comments = ?, attachments = ?, followers = ?"
            " WHERE key = ?",
            (
                withdrawn,
                case.hovedsak,
                orjson.dumps([dict(one) for one in case.comments]).decode(),
                orjson.dumps([dict(one) for one in case.attachments]).decode(),
                orjson.dumps(case.followers).decode(),
                case.key,
            ),
        ).rowcount
        if changed != 1:
            raise StoreError(f"there is no local case for {case.ref}")

    def save_post(self, post: FeedPost) -> None:
        """Insert or replace; group and time of posting never change."""
        self._connection.execute(
            'INSERT INTO feed_posts (id, "group", notice, edits, posted_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)'
            " ON CONFLICT (id) DO UPDATE SET notice = excluded.notice, edits = excluded.edits,"
            " updated_at = excluded.updated_at",
            (
                post.id,
                post.group,
                notice_to_text(post.notice),
                post.edits,
                to_millis(post.posted_at),
                to_millis(post.updated_at),
            ),
        )

    def post(self, post_id: str) -> FeedPost | None:
        """By id."""
        row = self._connection.execute(f"{_POST} WHERE id = ?", (post_id,)).fetchone()
        return _post(row) if row else None

    def posts(self, group: str | None) -> tuple[FeedPost, ...]:
        """Newest first."""
        order = "ORDER BY posted_at DESC, id DESC"
        if group is None:
            rows = self._connection.execute(f"{_POST} {order}")
        else:
            rows = self._connection.execute(f'{_POST} WHERE "group" = ? {order}', (group,))
        return tuple(_post(row) for row in rows)

    def add_hand_over(self, record: HandOverRecord) -> None:
        """Once a key."""
        self._connection.execute(
            'INSERT INTO hand_overs (key, "to", summary, person_id, conversation_id, at) VALUES (?, ?, ?, ?, ?, ?)'
            " ON CONFLICT DO NOTHING",
            (record.key, record.to, record.summary, record.person_id, record.conversation_id, to_millis(record.at)),
        )

    def forget_hand_overs(self, person_id: str) -> None:
        """By person."""
        self._connection.execute("DELETE FROM hand_overs WHERE person_id = ?", (person_id,))

    def hand_overs(self) -> tuple[HandOverRecord, ...]:
        """By age."""
        rows = self._connection.execute(
            'SELECT key, "to", summary, person_id, conversation_id, at FROM hand_overs ORDER BY at, key'
        )
        return tuple(
            HandOverRecord(key, to, summary, person, conversation, from_millis(at))
            for key, to, summary, person, conversation, at in rows
        )

    def add_file(self, record: FileRecord) -> None:
        """Once a digest: the first name stays, each case has its own name for the file."""
        self._connection.execute(
            "INSERT INTO attachments (sha256, size, name, content_type, stored_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (record.sha256, record.size, record.name, record.content_type, to_millis(record.stored_at)),
        )

    def file(self, sha256: str) -> FileRecord | None:
        """By digest."""
        row = self._connection.execute(
            "SELECT sha256, size, name, content_type, stored_at FROM attachments WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if row is None:
            return None
        digest, size, name, content_type, stored_at = row
        return FileRecord(digest, size, name, content_type, from_millis(stored_at))


def _case(row: Sequence[Any] | None) -> LocalCase | None:
    if row is None:
        return None
    key, ref, number, opened_at, withdrawn_at, comments, hovedsak, attachments, followers = row
    return LocalCase(
        key=key,
        ref=ref,
        number=number,
        opened_at=from_millis(opened_at),
        withdrawn_at=from_millis_or_none(withdrawn_at),
        comments=tuple(orjson.loads(comments)),
        hovedsak=hovedsak,
        attachments=tuple(orjson.loads(attachments)),
        followers=tuple(orjson.loads(followers)),
    )


def _post(row: Sequence[Any]) -> FeedPost:
    post_id, group, notice, edits, posted_at, updated_at = row
    return FeedPost(post_id, group, notice_from_text(notice), edits, from_millis(posted_at), from_millis(updated_at))
