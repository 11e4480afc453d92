"""What was sent to another system that cannot tell a repeat from something new: written before each call.

The row of a key says when the last call that may have been carried out was made, so that nobody repeats it before it
has stayed absent for long enough, and what came of it, so that nobody repeats it at all.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

import orjson

from bot.store.moments import from_millis_or_none, to_millis
from bot.store.records import Sending


class SqliteSendings:
    """See `port.Sendings`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Sending | None:
        """By key."""
        row = self._connection.execute(
            "SELECT key, sent_at, answer, refusals, still FROM sendings WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        found, sent_at, answer, refusals, still = row
        return Sending(found, from_millis_or_none(sent_at), answer, refusals, tuple(orjson.loads(still)))

    def save(self, sending: Sending, at: datetime) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO sendings (key, sent_at, answer, refusals, still, saved_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET sent_at = excluded.sent_at, answer = excluded.answer,"
            " refusals = excluded.refusals, still = excluded.still, saved_at = excluded.saved_at",
            (
                sending.key,
                None if sending.sent_at is None else to_millis(sending.sent_at),
                sending.answer,
                sending.refusals,
                orjson.dumps(sending.still).decode(),
                to_millis(at),
            ),
        )

    def give_up(self, key: str) -> None:
        """Parts of a call stand right behind it in the index."""
        self._connection.execute(
            "DELETE FROM sendings WHERE answer = '' AND (key = ? OR (key > ? AND key < ?))", (key, f"{key} ", f"{key}!")
        )

    def forget(self, before: datetime) -> int:
        """Those with an answer: what is uncertain must never be forgotten."""
        return self._connection.execute(
            "DELETE FROM sendings WHERE saved_at < ? AND answer != '' AND still = '[]'"
            " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = sendings.key)",
            (to_millis(before),),
        ).rowcount
