"""Messages about a notice to single people: one row a person and line of its history, from queued to what became of it.

A row is marked as being sent before the call is made, since nobody can look up what was posted (teams.md 4.4): what
was being sent when the bot died is uncertain, and is not sent again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import orjson

from bot.store.affected import OVER_BEFORE
from bot.store.moments import from_millis, from_millis_or_none, to_millis

NO_CONVERSATION = "has never talked to the bot alone"


class MessageState(StrEnum):
    """Where a message is; the last three are final."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Message:
    """One on its way. line: which line of the notice's history it tells. writer_id: who wrote that line."""

    ref: str
    line: int
    person_id: str
    conversation_id: str
    channel: str
    writer_id: str
    attempts: int
    queued_at: datetime

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is told apart by."""
        return self.ref, self.line, self.person_id


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One that did not arrive, or perhaps did not."""

    line: int
    person_id: str
    state: MessageState
    reason: str


class Messages(Protocol):
    """Messages about notices to single people. A part of `port`."""

    def queue(self, ref: str, line: int, writer_id: str, besides: Collection[str], at: datetime) -> int:
        """One for everybody who is told of this notice, but for these; again adds none. Returns how many.

        Who has no conversation of his own with the bot gets a row that has failed.
        """
        ...

    def due(self, channels: Collection[str], now: datetime, limit: int) -> tuple[Message, ...]:
        """Those to be sent now, oldest first, never one with an unfinished line before it for the same person."""
        ...

    def next_due(self, channels: Collection[str]) -> datetime | None:
        """When the earliest queued one is to be sent."""
        ...

    def begin(self, message: Message) -> bool:
        """Note that it is being sent; False when it is not queued any more."""
        ...

    def postpone(self, message: Message, until: datetime, reason: str) -> None:
        """It was certainly not sent."""
        ...

    def hold(self, channel: str, until: datetime) -> None:
        """Nothing queued is sent there before this."""
        ...

    def settle(self, message: Message, state: MessageState, reason: str, at: datetime) -> bool:
        """It is over; whether it was the last one of its line."""
        ...

    def lose(self, channels: Collection[str], at: datetime) -> int:
        """What was being sent when the bot died is uncertain; returns how many."""
        ...

    def counts(self, ref: str) -> Mapping[int, Mapping[MessageState, int]]:
        """How many are in which state, by line."""
        ...

    def undelivered(self, ref: str, limit: int | None = None) -> tuple[Undelivered, ...]:
        """Those that failed or are uncertain, by line and person."""
        ...

    def forget_person(self, person_id: str) -> None:
        """What is queued for a person is not sent; what was sent is counted without saying to whom."""
        ...

    def forget_over(self, before: datetime) -> int:
        """Count what was sent about notices that were over before this without saying to whom; returns how many."""
        ...


_UNFINISHED = "state IN ('queued', 'sending')"


class SqliteMessages:
    """See `Messages`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def queue(self, ref: str, line: int, writer_id: str, besides: Collection[str], at: datetime) -> int:
        """One statement for all, in the transaction that publishes."""
        return self._connection.execute(
            "INSERT OR IGNORE INTO notice_messages (ref, line, person_id, conversation_id, channel, writer_id, state,"
            " not_before, attempts, reason, queued_at, settled_at)"
            " SELECT affected.ref, :line, affected.person_id, coalesce(way.id, ''), coalesce(way.channel, ''), :writer,"
            " iif(way.id IS NULL, 'failed', 'queued'), :at, 0, iif(way.id IS NULL, :nobody, ''), :at,"
            " iif(way.id IS NULL, :at, NULL)"
            " FROM affected LEFT JOIN conversations AS way ON way.id = ("
            "  SELECT id FROM conversations WHERE person_id = affected.person_id"
            "  AND json_extract(reference, '$.personal') IS NOT 0 ORDER BY updated_at DESC LIMIT 1)"
            " WHERE affected.ref = :ref AND affected.told"
            " AND affected.person_id NOT IN (SELECT value FROM json_each(:besides))",
            {
                "ref": ref,
                "line": line,
                "writer": writer_id,
                "nobody": NO_CONVERSATION,
                "besides": _json(besides),
                "at": to_millis(at),
            },
        ).rowcount

    def due(self, channels: Collection[str], now: datetime, limit: int) -> tuple[Message, ...]:
        """Through the index of queued ones."""
        rows = self._connection.execute(
            "SELECT ref, line, person_id, conversation_id, channel, writer_id, attempts, queued_at"  # noqa: S608
            " FROM notice_messages AS due WHERE state = 'queued' AND not_before <= :now"
            " AND channel IN (SELECT value FROM json_each(:channels))"
            " AND NOT EXISTS (SELECT 1 FROM notice_messages AS earlier WHERE earlier.ref = due.ref"
            f"  AND earlier.line < due.line AND earlier.person_id = due.person_id AND earlier.{_UNFINISHED})"
            " ORDER BY not_before, line, person_id LIMIT :limit",
            {"channels": _json(channels), "now": to_millis(now), "limit": limit},
        )
        return tuple(
            Message(ref, line, person, conversation, channel, writer, attempts, from_millis(queued))
            for ref, line, person, conversation, channel, writer, attempts, queued in rows
        )

    def next_due(self, channels: Collection[str]) -> datetime | None:
        """Through the index of queued ones."""
        row = self._connection.execute(
            "SELECT MIN(not_before) FROM notice_messages"
            " WHERE state = 'queued' AND channel IN (SELECT value FROM json_each(?))",
            (_json(channels),),
        ).fetchone()
        return from_millis_or_none(row[0])

    def begin(self, message: Message) -> bool:
        """Only one that is queued."""
        return self._change(message, "state = 'sending', attempts = attempts + 1", (), "queued")

    def postpone(self, message: Message, until: datetime, reason: str) -> None:
        """Back into the queue."""
        self._change(message, "state = 'queued', not_before = ?, reason = ?", (to_millis(until), reason), "sending")

    def hold(self, channel: str, until: datetime) -> None:
        """Only what would be sent earlier."""
        self._connection.execute(
            "UPDATE notice_messages SET not_before = :until"
            " WHERE state = 'queued' AND not_before < :until AND channel = :channel",
            {"until": to_millis(until), "channel": channel},
        )

    def settle(self, message: Message, state: MessageState, reason: str, at: datetime) -> bool:
        """Whether any is left is read through the index of unfinished ones."""
        change = "state = ?, reason = ?, settled_at = ?"
        if not self._change(message, change, (state.value, reason, to_millis(at)), "sending"):
            return False
        left = self._connection.execute(
            f"SELECT 1 FROM notice_messages WHERE ref = ? AND line = ? AND {_UNFINISHED} LIMIT 1",  # noqa: S608
            (message.ref, message.line),
        ).fetchone()
        return left is None

    def lose(self, channels: Collection[str], at: datetime) -> int:
        """All at once."""
        return self._connection.execute(
            "UPDATE notice_messages SET state = 'uncertain', reason = 'the bot stopped while it was being sent',"
            " settled_at = ? WHERE state = 'sending' AND channel IN (SELECT value FROM json_each(?))",
            (to_millis(at), _json(channels)),
        ).rowcount

    def counts(self, ref: str) -> Mapping[int, Mapping[MessageState, int]]:
        """One walk over the notice's rows."""
        rows = self._connection.execute(
            "SELECT line, state, COUNT(*) FROM notice_messages WHERE ref = ? GROUP BY line, state", (ref,)
        )
        counted: dict[int, dict[MessageState, int]] = {}
        for line, state, count in rows:
            counted.setdefault(line, {})[MessageState(state)] = count
        return counted

    def undelivered(self, ref: str, limit: int | None = None) -> tuple[Undelivered, ...]:
        """One walk over the notice's rows."""
        rows = self._connection.execute(
            "SELECT line, person_id, state, reason FROM notice_messages WHERE ref = ?"
            " AND state IN ('failed', 'uncertain') ORDER BY line, person_id LIMIT ?",
            (ref, -1 if limit is None else limit),
        )
        return tuple(Undelivered(line, person, MessageState(state), reason) for line, person, state, reason in rows)

    def forget_person(self, person_id: str) -> None:
        """A random name in place of the person's."""
        self._connection.execute(
            "UPDATE notice_messages SET person_id = 'forgotten-' || hex(randomblob(8)), conversation_id = '',"
            " reason = iif(state = 'queued', 'wants to be forgotten', reason),"
            " state = iif(state = 'queued', 'failed', state) WHERE person_id = ?",
            (person_id,),
        )

    def forget_over(self, before: datetime) -> int:
        """Those that are forgotten already do not count; who wrote is forgotten too."""
        return self._connection.execute(
            "UPDATE notice_messages SET person_id = 'forgotten-' || hex(randomblob(8)), conversation_id = '',"  # noqa: S608
            f" writer_id = '' WHERE person_id NOT LIKE 'forgotten-%' AND NOT {_UNFINISHED} AND {OVER_BEFORE}",
            (to_millis(before),),
        ).rowcount

    def _change(self, message: Message, change: str, values: tuple[object, ...], state: str) -> bool:
        changed = self._connection.execute(
            f"UPDATE notice_messages SET {change} WHERE ref = ? AND line = ? AND person_id = ? AND state = ?",  # noqa: S608
            (*values, *message.key, state),
        ).rowcount
        return changed == 1


def _json(names: Collection[str]) -> str:
    return orjson.dumps(sorted(names)).decode()
