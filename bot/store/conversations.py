"""Conversations and stored answers in SQLite. On the path of every turn, so one statement a question."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import orjson

from bot.store.moments import from_millis, to_millis
from bot.store.records import ConversationRecord

_SELECT = "SELECT id, channel, person_id, language, state, reference, turns, updated_at FROM conversations"


class Conversations(Protocol):
    """Conversations and the answers already given in them. A part of `port`."""

    def get(self, conversation_id: str) -> ConversationRecord | None:
        """The conversation, or None when nothing was ever said in it."""
        ...

    def of_person(self, person_id: str) -> tuple[ConversationRecord, ...]:
        """The conversations the person spoke last in, newest first."""
        ...

    def save(self, record: ConversationRecord) -> None:
        """Insert or replace."""
        ...

    def answer(self, conversation_id: str, activity_id: str | None, nonce: str | None) -> list[dict[str, Any]] | None:
        """The replies (JSON) stored for this activity id or this card nonce, or None when it is new."""
        ...

    def remember_answer(
        self,
        conversation_id: str,
        activity_id: str,
        nonce: str | None,
        replies: Sequence[Mapping[str, Any]],
        at: datetime,
    ) -> None:
        """Keep the answer for repeated deliveries; raises StoreError when the activity was answered before."""
        ...

    def forget_person(self, person_id: str) -> None:
        """Delete a person's conversations and the answers given in them."""
        ...

    def forget_idle(self, before: datetime) -> int:
        """Delete conversations without a turn since then; returns how many."""
        ...

    def forget_answers(self, before: datetime) -> int:
        """Delete answers older than this; returns how many."""
        ...


class SqliteConversations:
    """See `Conversations`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, conversation_id: str) -> ConversationRecord | None:
        """One row by its key."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (conversation_id,)).fetchone()
        return _record(row) if row else None

    def of_person(self, person_id: str) -> tuple[ConversationRecord, ...]:
        """Through the index of people."""
        rows = self._connection.execute(f"{_SELECT} WHERE person_id = ? ORDER BY updated_at DESC, id", (person_id,))
        return tuple(_record(row) for row in rows)

    def save(self, record: ConversationRecord) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO conversations (id, channel, person_id, language, state, reference, turns, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET channel = excluded.channel,"
            " person_id = excluded.person_id, language = excluded.language, state = excluded.state,"
            " reference = excluded.reference, turns = excluded.turns, updated_at = excluded.updated_at",
            (
                record.id,
                record.channel,
                record.person_id,
                record.language,
                record.state,
                orjson.dumps(record.reference).decode(),
                record.turns,
                to_millis(record.updated_at),
            ),
        )

    def answer(self, conversation_id: str, activity_id: str | None, nonce: str | None) -> list[dict[str, Any]] | None:
        """By activity id, else by nonce."""
        row = None
        if activity_id is not None:
            row = self._connection.execute(
                "SELECT replies FROM processed WHERE conversation_id = ? AND activity_id = ?",
                (conversation_id, activity_id),
            ).fetchone()
        if row is None and nonce is not None:
            row = self._connection.execute(
                "SELECT replies FROM nonces JOIN processed USING (conversation_id, activity_id)"
                " WHERE conversation_id = ? AND nonce = ?",
                (conversation_id, nonce),
            ).fetchone()
        if row is None:
            return None
        replies: list[dict[str, Any]] = orjson.loads(row[0])
        return replies

    def remember_answer(
        self,
        conversation_id: str,
        activity_id: str,
        nonce: str | None,
        replies: Sequence[Mapping[str, Any]],
        at: datetime,
    ) -> None:
        """The primary keys refuse a second answer."""
        millis = to_millis(at)
        self._connection.execute(
            "INSERT INTO processed (conversation_id, activity_id, replies, created_at) VALUES (?, ?, ?, ?)",
            (conversation_id, activity_id, orjson.dumps(list(replies)).decode(), millis),
        )
        if nonce is not None:
            self._connection.execute(
                "INSERT INTO nonces (conversation_id, nonce, activity_id, created_at) VALUES (?, ?, ?, ?)",
                (conversation_id, nonce, activity_id, millis),
            )

    def forget_person(self, person_id: str) -> None:
        """Answers first, since they are found through the conversations."""
        owned = "conversation_id IN (SELECT id FROM conversations WHERE person_id = ?)"
        self._connection.execute(f"DELETE FROM nonces WHERE {owned}", (person_id,))  # noqa: S608 - a constant
        self._connection.execute(f"DELETE FROM processed WHERE {owned}", (person_id,))  # noqa: S608 - a constant
        self._connection.execute("DELETE FROM conversations WHERE person_id = ?", (person_id,))

    def forget_idle(self, before: datetime) -> int:
        """By the last turn."""
        return self._connection.execute("DELETE FROM conversations WHERE updated_at < ?", (to_millis(before),)).rowcount

    def forget_answers(self, before: datetime) -> int:
        """Both tables, by age."""
        self._connection.execute("DELETE FROM nonces WHERE created_at < ?", (to_millis(before),))
        return self._connection.execute("DELETE FROM processed WHERE created_at < ?", (to_millis(before),)).rowcount


def _record(row: tuple[Any, ...]) -> ConversationRecord:
    conversation_id, channel, person_id, language, state, reference, turns, updated_at = row
    return ConversationRecord(
        conversation_id,
        channel,
        person_id,
        language,
        state,
        orjson.loads(reference),
        turns,
        from_millis(updated_at),
    )
