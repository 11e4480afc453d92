"""What was said on the web page, kept so that a restart is not noticed.

This is what the Direct Line service of a cloud would keep, and it serves development mode only, so it has a database
file of its own beside the installation's. A person's message is written down before the turn and marked as answered
together with the answer: one found unanswered after a kill is handed to the turn handler again, which answers a
message it knows without doing anything twice (DESIGN 2).
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.store.migrating import migrate

Activity = dict[str, Any]

MIGRATIONS = Migrations("directline")


@MIGRATIONS()
def m001_first_schema(db: Database) -> None:
    """Conversations and their activities in order; `pending` marks a person's message without an answer yet."""
    db.execute(
        "CREATE TABLE web_conversations (id TEXT PRIMARY KEY, person TEXT NOT NULL, token_digest TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE web_activities (conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, activity_id TEXT NOT NULL,"
        " pending INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (conversation_id, seq)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE UNIQUE INDEX web_activities_by_id ON web_activities (conversation_id, activity_id)")
    db.execute("CREATE INDEX web_activities_pending ON web_activities (conversation_id, seq) WHERE pending")


@dataclass(frozen=True, slots=True)
class WebConversation:
    """A conversation of the page and the key of the demo person who holds it."""

    id: str
    person: str


class Transcripts:
    """The activities of all web conversations, numbered from 1 in each. Not safe for several threads."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the database file; None keeps everything in memory."""
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")  # a kill of the process loses nothing with it
        migrate(Database(self._connection, execute_plugins=False), MIGRATIONS)

    def start(self, person: str) -> tuple[WebConversation, str]:
        """A new conversation and the token that opens it; only the token's digest is kept."""
        conversation = WebConversation(secrets.token_urlsafe(16), person)
        token = secrets.token_urlsafe(32)
        self._connection.execute(
            "INSERT INTO web_conversations (id, person, token_digest) VALUES (?, ?, ?)",
            (conversation.id, person, _digest(token)),
        )
        return conversation, token

    def by_token(self, token: str) -> WebConversation | None:
        """The conversation this token opens."""
        row = self._connection.execute(
            "SELECT id, person FROM web_conversations WHERE token_digest = ?", (_digest(token),)
        ).fetchone()
        return WebConversation(*row) if row else None

    def get(self, conversation_id: str) -> WebConversation | None:
        """The conversation with this id."""
        row = self._connection.execute(
            "SELECT id, person FROM web_conversations WHERE id = ?", (conversation_id,)
        ).fetchone()
        return WebConversation(*row) if row else None

    def add_pending(self, conversation_id: str, activity: Activity) -> bool:
        """Write down a person's message; False when its id is known already."""
        known = self._connection.execute(
            "SELECT 1 FROM web_activities WHERE conversation_id = ? AND activity_id = ?",
            (conversation_id, activity["id"]),
        ).fetchone()
        if known:
            return False
        self._append(conversation_id, [activity], pending=True)
        return True

    def add_answers(self, conversation_id: str, activity_id: str, answers: Sequence[Activity]) -> None:
        """Write down the answers to a person's message and mark it as answered, in one."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._append(conversation_id, answers)
            self._connection.execute(
                "UPDATE web_activities SET pending = 0 WHERE conversation_id = ? AND activity_id = ?",
                (conversation_id, activity_id),
            )
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def said_before(self, conversation_id: str, activity_id: str) -> Activity | None:
        """The person's message right before this one, when it has been answered."""
        row = self._connection.execute(
            "SELECT pending, body FROM web_activities WHERE conversation_id = ?1 AND seq <"
            " (SELECT seq FROM web_activities WHERE conversation_id = ?1 AND activity_id = ?2)"
            " AND json_extract(body, '$.from.role') = 'user' ORDER BY seq DESC LIMIT 1",
            (conversation_id, activity_id),
        ).fetchone()
        return None if row is None or row[0] else orjson.loads(row[1])

    def add(self, conversation_id: str, activities: Sequence[Activity]) -> None:
        """Write down messages of the bot that answer nothing."""
        self._append(conversation_id, activities)

    def remove(self, conversation_id: str, activity_id: str) -> None:
        """Forget a message that could not be handled, so that sending it again is a new one."""
        self._connection.execute(
            "DELETE FROM web_activities WHERE conversation_id = ? AND activity_id = ? AND pending",
            (conversation_id, activity_id),
        )

    def since(self, conversation_id: str, watermark: int) -> tuple[list[Activity], int]:
        """The activities after the watermark, and the watermark after them."""
        rows = self._connection.execute(
            "SELECT seq, body FROM web_activities WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT 500",
            (conversation_id, watermark),
        ).fetchall()
        return [orjson.loads(body) for _, body in rows], rows[-1][0] if rows else watermark

    def pending(self) -> list[tuple[str, Activity]]:
        """Every message without an answer, oldest first, with its conversation's id."""
        rows = self._connection.execute(
            "SELECT conversation_id, body FROM web_activities WHERE pending ORDER BY conversation_id, seq"
        )
        return [(conversation_id, orjson.loads(body)) for conversation_id, body in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _append(self, conversation_id: str, activities: Sequence[Activity], *, pending: bool = False) -> None:
        for activity in activities:
            self._connection.execute(
                "INSERT INTO web_activities (conversation_id, seq, activity_id, pending, body) VALUES (?1,"
                " (SELECT COALESCE(MAX(seq), 0) + 1 FROM web_activities WHERE conversation_id = ?1), ?2, ?3, ?4)"
                " ON CONFLICT (conversation_id, activity_id) DO NOTHING",
                (conversation_id, activity["id"], int(pending), orjson.dumps(activity).decode()),
            )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
