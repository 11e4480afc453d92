"""Posts of notices that nobody can look up, settled on a person's word. Authority was checked before.

What the person says is there is done, and stands in the report with who said so. What is to be posted again is the
newest version that failed: it holds all that was said, and an older one must not come after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store.port import Session
from bot.store.records import POSTING, OutboxRecord, RowState
from dialogs.case import Person
from dialogs.unsettled_post import SettlePost, UnsettledPost
from knowledge.errors import NotAllowed


def unsettled_posts(session: Session) -> tuple[UnsettledPost, ...]:
    """One for each notice and target at which a version failed, oldest first."""
    found: dict[tuple[str, str], OutboxRecord] = {}
    for row in session.outbox.failed(POSTING):
        found[row.ref, row.payload["target"]] = row
    return tuple(
        UnsettledPost(
            ref=ref,
            target=target,
            uncertain=row.uncertain,
            reason=row.last_error,
            known=session.notices.post_at(ref, target) is not None,
            outdone=is_outdone(session, row),
        )
        for (ref, target), row in found.items()
    )


def is_outdone(session: Session, row: OutboxRecord) -> bool:
    """Whether a later version of the notice is at this row's target already."""
    in_order = [one for one in session.outbox.of_ref(row.ref, POSTING) if one.lane == row.lane]
    later = in_order[[one.id for one in in_order].index(row.id) + 1 :]
    return any(one.state is RowState.DONE for one in later)


@dataclass(frozen=True, slots=True)
class PostSettler:
    """Writes what `person` says of a post."""

    session: Session
    person: Person
    now: datetime

    def settle(self, effect: SettlePost) -> None:
        """Raises NotAllowed when nothing failed there."""
        rows = [
            row for row in self.session.outbox.failed(POSTING)
            if (row.ref, row.payload["target"]) == (effect.ref, effect.target)
        ]  # fmt: skip
        if not rows:
            raise NotAllowed("only what failed is settled")
        *older, newest = rows
        self._confirm(older if not effect.sent else rows)
        if not effect.sent:
            # What may have been posted is posted again: whoever says so has looked, which no program can do there.
            self.session.sendings.give_up(newest.id)
            self.session.outbox.retry(newest.id, self.now)

    def _confirm(self, rows: Sequence[OutboxRecord]) -> None:
        for row in rows:
            self.session.sendings.give_up(row.id)
            self.session.outbox.confirm(row.id, self.person.name, self.now)
