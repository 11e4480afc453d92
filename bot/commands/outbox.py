"""`outbox list`, `retry` and `drop`: what waits for the world, what it refused, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.store.port import Session, Store
from bot.store.records import POSTING, Job, OutboxRecord, RowState
from dialogs.case import Status

ALL = "all"


async def list_waiting(store: Store) -> list[dict[str, Any]]:
    """What failed for good, what has been tried and waits, and what is under way; oldest first in each."""

    def read(session: Session) -> list[OutboxRecord]:
        failed = session.outbox.in_state(RowState.FAILED)
        waiting = session.outbox.in_state(RowState.QUEUED)
        return [*failed, *session.outbox.in_state(RowState.LEASED), *waiting]

    return [_entry(row) for row in await store.read(read)]


async def retry(store: Store, what: str, now: datetime) -> int:
    """Try again now: a row by its id, all of a case by its reference, or all that failed; returns how many rows.

    The running bot takes them within its polling interval. A post that may have been made is made again: whoever says
    so has looked, which no program can do there.
    """

    def work(session: Session) -> int:
        rows = _chosen(session, what)
        for row in rows:
            if row.job in POSTING:
                session.sendings.give_up(row.id)
        return sum(session.outbox.retry(row.id, now) for row in rows)

    return await store.write(work)


async def drop(store: Store, what: str, now: datetime) -> int:
    """Never try again; a case that was not opened is marked as rejected. Returns how many rows."""

    def work(session: Session) -> int:
        dropped = 0
        for row in _chosen(session, what):
            if not session.outbox.drop(row.id, now):
                continue
            dropped += 1
            case = session.cases.get(row.ref) if row.job is Job.OPEN_CASE else None
            if case is not None and case.status in (Status.RECEIVED, Status.SENT):
                session.cases.update(case.with_status(Status.REJECTED, now))
        return dropped

    return await store.write(work)


def lines(entries: list[dict[str, Any]]) -> list[str]:
    """For people: one row a line, the reason last."""
    return [
        f"{'uncertain' if _may_have_happened(one) else one['state']:<9} {one['id']}  {one['kind']:<14} "
        f"{one['ref']:<15} {one['target'] or '-':<20} {one['attempts']:>3} attempts  {one['reason'] or '-'}"
        for one in entries
    ] or ["(none)"]


def _may_have_happened(entry: dict[str, Any]) -> bool:
    """It is not tried again by itself, since that could do it twice."""
    return bool(entry["state"] == RowState.FAILED and entry["uncertain"])


def _chosen(session: Session, what: str) -> list[OutboxRecord]:
    """`all` means what failed, so that nothing that merely waits is touched by accident."""
    failed = session.outbox.in_state(RowState.FAILED)
    if what == ALL:
        return list(failed)
    rows = (*failed, *session.outbox.in_state(RowState.QUEUED))
    return [row for row in rows if what in (row.id, row.ref)]


def _entry(row: OutboxRecord) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state.value,
        "kind": row.job.value,
        "ref": row.ref,
        "target": row.payload.get("target", ""),
        "attempts": row.attempts,
        "uncertain": row.uncertain,
        "reason": row.last_error,
        "next_attempt_at": row.not_before.isoformat() if row.state is RowState.QUEUED else None,
        "created_at": row.created_at.isoformat(),
    }
