"""Which targets get a notice, and the other way for one that cannot be reached: what stands in for it.

A stand-in is used from the moment its target has refused or has not been reached for some time, for every version that
waits there. Once used for a notice it gets every later version too: whoever was told of a fault this way must hear
there that it is over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.store.port import Session
from bot.store.records import OutboxRecord, RowState
from knowledge.feed_targets import FeedRouting, FeedTarget

_WAITING = (RowState.QUEUED, RowState.LEASED)


def lane_of(ref: str, target: FeedTarget) -> str:
    """The versions of a notice at a target follow each other; another target does not wait for them."""
    return f"{ref} {target.id}"


def targets_of(session: Session, ref: str, group: str, routing: FeedRouting) -> tuple[FeedTarget, ...]:
    """The targets of a group that get the next version of a notice."""
    return tuple(one for one in routing.of(group) if not one.instead_of or _is_used(session, ref, one))


def take_other_way(session: Session, row: OutboxRecord, routing: FeedRouting, now: datetime) -> tuple[FeedTarget, ...]:
    """Queue what waits at the target of a row that fails for its stand-ins too, once; those the row itself now goes to.

    Rows without a target are none of its business.
    """
    target = routing.find(row.payload.get("target", ""))
    if target is None:
        return ()
    waiting = [one for one in session.outbox.in_lane(row.lane) if one.state in _WAITING and one.id != row.id]
    taken = []
    for stand_in in routing.stand_ins(target):
        for late in (row, *waiting):
            key = f"{late.id} {stand_in.key}"
            if session.outbox.get(key) is None:
                session.outbox.add(_rerouted(late, stand_in, key, now))
                taken += [stand_in] if late is row else []
    return tuple(taken)


def _is_used(session: Session, ref: str, target: FeedTarget) -> bool:
    return session.notices.post_at(ref, target.id) is not None or bool(session.outbox.in_lane(lane_of(ref, target)))


def _rerouted(row: OutboxRecord, target: FeedTarget, key: str, now: datetime) -> OutboxRecord:
    return replace(
        row,
        id=key,
        lane=lane_of(row.ref, target),
        payload={**row.payload, "target": target.id},
        not_before=now,
        created_at=now,
    )
