"""The outbox in SQLite: a queue of effects with leases.

A row is taken by one UPDATE, so two workers never get the same one. Rows of a lane keep their order: a row is only
taken when nothing before it in its lane is unfinished. A row that failed for good does not hold the others up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime
from operator import itemgetter
from typing import Any, Protocol

import orjson

from bot.store.moments import from_millis, from_millis_or_none, to_millis
from bot.store.records import Backlog, Job, OutboxRecord, RowState

_COLUMNS = (
    "id, job, lane, ref, conversation_id, person_id, payload, not_before, created_at, channel, state, attempts,"
    " uncertain, leased_until, lease_owner, last_error, finished_at"
)

_TAKEABLE = """
    (channel = '' OR channel IN (SELECT value FROM json_each(:channels)))
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.lane = due.lane AND earlier.seq < due.seq AND earlier.state IN ('queued', 'leased')
    )
"""

# In the order of the index, so that the first few rows are found without looking at a whole backlog.
# SET sees the row as it was: a row that was still leased when it is taken has had a worker that never finished.
_LEASE = f"""
    UPDATE outbox SET state = 'leased', lease_owner = :owner, leased_until = :until, attempts = attempts + 1,
        uncertain = CASE WHEN state = 'leased' THEN 1 ELSE uncertain END
    WHERE seq IN (
        SELECT seq FROM outbox AS due INDEXED BY outbox_in_order
        WHERE state IN ('queued', 'leased')
          AND ((state = 'queued' AND not_before <= :now) OR (state = 'leased' AND leased_until <= :now))
          AND {_TAKEABLE}
        ORDER BY seq LIMIT :limit
    )
    RETURNING seq, {_COLUMNS}
"""  # noqa: S608  only constants are put together


class Outbox(Protocol):
    """Effects on their way to the world. A part of `port`."""

    def add(self, record: OutboxRecord) -> None:
        """Queue an effect."""
        ...

    def lease(
        self, owner: str, channels: Collection[str], now: datetime, until: datetime, limit: int
    ) -> tuple[OutboxRecord, ...]:
        """Take due rows, oldest first, at most one a lane and never one with an unfinished row before it in its lane.

        Rows bound to a channel are taken only when it is in `channels`. A row whose lease has run out is taken over
        and marked uncertain, since its worker may have died just after carrying it out.
        """
        ...

    def release(self, owner: str) -> int:
        """Give back, as uncertain, what this owner held when it died; returns how many rows."""
        ...

    def finish(
        self, row_id: str, owner: str, state: RowState, error: str, at: datetime, *, uncertain: bool = False
    ) -> bool:
        """Mark a leased row done or failed; False when the lease is no longer this owner's.

        uncertain: it failed, and may have happened all the same.
        """
        ...

    def postpone(self, row_id: str, owner: str, not_before: datetime, uncertain: bool, error: str) -> bool:
        """Give a leased row back for a later attempt; False when the lease is no longer this owner's."""
        ...

    def cancel_queued(self, ref: str, at: datetime) -> bool:
        """Cancel all rows of a case that nobody has started on; False when one is leased or done, and then none is."""
        ...

    def next_due(self, channels: Collection[str]) -> datetime | None:
        """When the earliest row that `lease` could take falls due, or None when there is none."""
        ...

    def unfinished(self, ref: str, jobs: Collection[Job]) -> int:
        """How many rows with this reference and one of these jobs are still queued or leased."""
        ...

    def in_lane(self, lane: str) -> tuple[OutboxRecord, ...]:
        """The rows of a lane that are neither done nor cancelled, in order."""
        ...

    def of_ref(self, ref: str, jobs: Collection[Job]) -> tuple[OutboxRecord, ...]:
        """All rows with this reference and one of these jobs, in the order they were queued."""
        ...

    def hurry(self, jobs: Collection[Job], now: datetime) -> int:
        """Let rows that wait for another attempt be due now, since what they wait for is there; returns how many."""
        ...

    def retry(self, row_id: str, now: datetime) -> bool:
        """Queue a failed or waiting row anew, as uncertain; False when there is none such."""
        ...

    def drop(self, row_id: str, at: datetime) -> bool:
        """Cancel a failed or waiting row for good; False when there is none such."""
        ...

    def confirm(self, row_id: str, by: str, at: datetime) -> bool:
        """A failed row was done after all, as this person says; False when there is none such."""
        ...

    def failed(self, jobs: Collection[Job]) -> tuple[OutboxRecord, ...]:
        """Rows of these jobs that failed for good, in the order they were queued."""
        ...

    def get(self, row_id: str) -> OutboxRecord | None:
        """One row."""
        ...

    def in_state(self, state: RowState) -> tuple[OutboxRecord, ...]:
        """All rows in a state, oldest first."""
        ...

    def backlog(self, now: datetime) -> Backlog:
        """How much is not done, counted without reading any of it."""
        ...

    def forget_finished(self, before: datetime) -> int:
        """Delete done and cancelled rows that were finished before this; failed ones stay; returns how many."""
        ...


# In the order of the index again: a busy worker asks this after every effect, and must not walk through a backlog.
_NEXT_DUE = f"""
    SELECT MIN(at) FROM (
        SELECT * FROM (
            SELECT not_before AS at FROM outbox AS due INDEXED BY outbox_due
            WHERE state = 'queued' AND {_TAKEABLE} ORDER BY not_before LIMIT 1
        )
        UNION ALL
        SELECT MIN(leased_until) FROM outbox AS due WHERE state = 'leased' AND {_TAKEABLE}
    )
"""  # noqa: S608  only constants are put together


class SqliteOutbox:
    """See `Outbox`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, record: OutboxRecord) -> None:
        """At the end of its lane."""
        self._connection.execute(
            "INSERT INTO outbox (id, job, lane, ref, conversation_id, person_id, payload, not_before, created_at,"
            " channel, state, attempts, uncertain, lease_owner, last_error)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, 0, '', '')",
            (
                record.id,
                record.job.value,
                record.lane,
                record.ref,
                record.conversation_id,
                record.person_id,
                orjson.dumps(record.payload).decode(),
                to_millis(record.not_before),
                to_millis(record.created_at),
                record.channel,
            ),
        )

    def lease(
        self, owner: str, channels: Collection[str], now: datetime, until: datetime, limit: int
    ) -> tuple[OutboxRecord, ...]:
        """One UPDATE that returns what it took."""
        values = {
            "owner": owner,
            "channels": orjson.dumps(sorted(channels)).decode(),
            "now": to_millis(now),
            "until": to_millis(until),
            "limit": limit,
        }
        rows = self._connection.execute(_LEASE, values).fetchall()
        return tuple(_record(row[1:]) for row in sorted(rows, key=itemgetter(0)))  # RETURNING promises no order

    def release(self, owner: str) -> int:
        """All leases of the owner at once."""
        return self._connection.execute(
            "UPDATE outbox SET state = 'queued', uncertain = 1, leased_until = NULL"
            " WHERE state = 'leased' AND lease_owner = ?",
            (owner,),
        ).rowcount

    def finish(
        self, row_id: str, owner: str, state: RowState, error: str, at: datetime, *, uncertain: bool = False
    ) -> bool:
        """Only by the one who holds the lease."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = ?, last_error = ?, uncertain = ?, leased_until = NULL, finished_at = ?"
            " WHERE id = ? AND state = 'leased' AND lease_owner = ?",
            (state.value, error, int(uncertain), to_millis(at), row_id, owner),
        ).rowcount
        return changed == 1

    def postpone(self, row_id: str, owner: str, not_before: datetime, uncertain: bool, error: str) -> bool:
        """Only by the one who holds the lease. Once uncertain, always uncertain: nothing here proves the opposite."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'queued', not_before = ?, uncertain = uncertain OR ?, last_error = ?,"
            " leased_until = NULL WHERE id = ? AND state = 'leased' AND lease_owner = ?",
            (to_millis(not_before), int(uncertain), error, row_id, owner),
        ).rowcount
        return changed == 1

    def cancel_queued(self, ref: str, at: datetime) -> bool:
        """All or none: a case that has been started on cannot be taken back here any more."""
        rows = self._connection.execute(
            "SELECT state, attempts FROM outbox WHERE ref = ? AND job != ?", (ref, Job.DELIVER.value)
        ).fetchall()
        waiting = [state for state, attempts in rows if state == "queued" and attempts == 0]
        if not waiting or len(waiting) != len(rows):
            return False
        self._connection.execute(
            "UPDATE outbox SET state = 'cancelled', finished_at = ? WHERE ref = ? AND state = 'queued' AND job != ?",
            (to_millis(at), ref, Job.DELIVER.value),
        )
        return True

    def next_due(self, channels: Collection[str]) -> datetime | None:
        """Rows behind an unfinished one in their lane do not count: they are due when that one is finished."""
        row = self._connection.execute(_NEXT_DUE, {"channels": orjson.dumps(sorted(channels)).decode()}).fetchone()
        return from_millis_or_none(row[0])

    def unfinished(self, ref: str, jobs: Collection[Job]) -> int:
        """By reference."""
        row = self._connection.execute(
            "SELECT COUNT(*) FROM outbox WHERE ref = ? AND state IN ('queued', 'leased')"
            " AND job IN (SELECT value FROM json_each(?))",
            (ref, orjson.dumps([job.value for job in jobs]).decode()),
        ).fetchone()
        return int(row[0])

    def in_lane(self, lane: str) -> tuple[OutboxRecord, ...]:
        """Through the index of what is not done, and the few that failed."""
        rows = self._connection.execute(
            f"SELECT seq, {_COLUMNS} FROM outbox WHERE lane = :lane AND state IN ('queued', 'leased')"  # noqa: S608
            f" UNION ALL SELECT seq, {_COLUMNS} FROM outbox WHERE lane = :lane AND state = 'failed' ORDER BY 1",
            {"lane": lane},
        )
        return tuple(_record(row[1:]) for row in rows)

    def of_ref(self, ref: str, jobs: Collection[Job]) -> tuple[OutboxRecord, ...]:
        """Through the index of references."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE ref = ? AND job IN (SELECT value FROM json_each(?)) ORDER BY seq",  # noqa: S608
            (ref, orjson.dumps([job.value for job in jobs]).decode()),
        )
        return tuple(_record(row) for row in rows)

    def hurry(self, jobs: Collection[Job], now: datetime) -> int:
        """Only what has been tried: a case in its time for a change of mind waits on."""
        return self._connection.execute(
            "UPDATE outbox SET not_before = :now WHERE state = 'queued' AND attempts > 0 AND not_before > :now"
            " AND job IN (SELECT value FROM json_each(:jobs))",
            {"now": to_millis(now), "jobs": orjson.dumps([job.value for job in jobs]).decode()},
        ).rowcount

    def retry(self, row_id: str, now: datetime) -> bool:
        """As if it had been queued now, so that it is not given up again at once; in its old place in its lane."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'queued', not_before = :now, created_at = :now, attempts = 1, uncertain = 1,"
            " finished_at = NULL WHERE id = :id AND (state = 'failed' OR (state = 'queued' AND attempts > 0))",
            {"id": row_id, "now": to_millis(now)},
        ).rowcount
        return changed == 1

    def drop(self, row_id: str, at: datetime) -> bool:
        """What is under way is not dropped."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'cancelled', finished_at = ? WHERE id = ? AND state IN ('failed', 'queued')",
            (to_millis(at), row_id),
        ).rowcount
        return changed == 1

    def confirm(self, row_id: str, by: str, at: datetime) -> bool:
        """Who says so stands where the reason stood; it is still known that the bot itself did not know."""
        changed = self._connection.execute(
            "UPDATE outbox SET state = 'done', uncertain = 1, last_error = ?, finished_at = ?"
            " WHERE id = ? AND state = 'failed'",
            (by, to_millis(at), row_id),
        ).rowcount
        return changed == 1

    def failed(self, jobs: Collection[Job]) -> tuple[OutboxRecord, ...]:
        """Through the index of states."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE state = 'failed'"  # noqa: S608
            " AND job IN (SELECT value FROM json_each(?)) ORDER BY seq",
            (orjson.dumps([job.value for job in jobs]).decode(),),
        )
        return tuple(_record(row) for row in rows)

    def get(self, row_id: str) -> OutboxRecord | None:
        """By id."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM outbox WHERE id = ?", (row_id,)).fetchone()  # noqa: S608
        return _record(row) if row else None

    def in_state(self, state: RowState) -> tuple[OutboxRecord, ...]:
        """In the order they were queued."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE state = ? ORDER BY seq",  # noqa: S608
            (state.value,),
        )
        return tuple(_record(row) for row in rows)

    def backlog(self, now: datetime) -> Backlog:
        """One walk over the index of states."""
        rows = self._connection.execute(
            "SELECT state, COUNT(*), MIN(created_at) FROM outbox WHERE state IN ('queued', 'leased', 'failed')"
            " GROUP BY state"
        ).fetchall()
        waiting = [oldest for state, _, oldest in rows if state != RowState.FAILED]
        age = (to_millis(now) - min(waiting)) / 1000 if waiting else 0.0
        return Backlog({RowState(state): int(count) for state, count, _ in rows}, max(0.0, age))

    def forget_finished(self, before: datetime) -> int:
        """What failed stays until a person has looked."""
        return self._connection.execute(
            "DELETE FROM outbox WHERE state IN ('done', 'cancelled') AND finished_at < ?", (to_millis(before),)
        ).rowcount


def _record(row: tuple[Any, ...]) -> OutboxRecord:
    (
        row_id, job, lane, ref, conversation_id, person_id, payload, not_before, created_at, channel, state, attempts,
        uncertain, leased_until, lease_owner, last_error, finished_at,
    ) = row  # fmt: skip
    return OutboxRecord(
        id=row_id,
        job=Job(job),
        lane=lane,
        ref=ref,
        conversation_id=conversation_id,
        person_id=person_id,
        payload=orjson.loads(payload),
        not_before=from_millis(not_before),
        created_at=from_millis(created_at),
        channel=channel,
        state=RowState(state),
        attempts=attempts,
        uncertain=bool(uncertain),
        leased_until=from_millis_or_none(leased_until),
        lease_owner=lease_owner,
        last_error=last_error,
        finished_at=from_millis_or_none(finished_at),
    )
