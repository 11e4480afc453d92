"""The effects of a turn as rows, written in the turn's own transaction (DESIGN 2, step 5).

Nothing is done to the world here: a case, a notice or a profile is stored, and what the world must hear is queued in
the outbox. A kill before the commit leaves no trace of any of it, a kill after leaves all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot import authority
from bot.store.port import Session
from bot.store.records import Job, OutboxRecord, Profile
from dialogs.case import Case, Notice, Person, Status
from dialogs.effects import (
    CommentCase,
    Effect,
    ForgetMe,
    HandOver,
    OpenCase,
    PublishNotice,
    RememberProfile,
    UndoCase,
    UpdateNotice,
    WithdrawCase,
)

_OVER = (Status.WITHDRAWN, Status.CLOSED, Status.MOVED, Status.REJECTED)


@dataclass(frozen=True, slots=True)
class EffectWriter:
    """Writes the effects of one turn. `granted` are the person's roles in the roles table, nothing else."""

    session: Session
    conversation_id: str
    person: Person
    granted: Collection[str]
    now: datetime
    undo_seconds: int
    new_id: Callable[[], str]

    def write(self, effect: Effect) -> None:
        """Store and queue; raises NotAllowed, with nothing written, when the person may not."""
        ref = getattr(effect, "ref", "")
        case = self.session.cases.get(ref) if ref else None
        authority.check(effect, self.person.id, self.granted, case)
        match effect:
            case OpenCase():
                self._open(effect.case)
            case UndoCase() | WithdrawCase():
                self._take_back(case)
            case CommentCase():
                self._comment(case, effect.text)
            case PublishNotice():
                self.session.notices.add(effect.notice)
                self._post(Job.PUBLISH_NOTICE, effect.notice)
            case UpdateNotice():
                self.session.notices.update(effect.notice)
                self._post(Job.UPDATE_NOTICE, effect.notice)
            case RememberProfile():
                self._remember(effect)
            case ForgetMe():
                self.session.conversations.forget_person(self.person.id)
                self.session.local.forget_hand_overs(self.person.id)
                self.session.people.forget(self.person.id)
            case HandOver():
                self._queue(Job.HAND_OVER, self.conversation_id, "", {"to": effect.to, "summary": effect.summary})

    def _open(self, case: Case) -> None:
        self.session.cases.add(case, self.conversation_id)
        # A critical fault is worked on at once, so nobody waits for a change of mind there (G 5.1.2.2).
        wait = timedelta(0) if case.critical else timedelta(seconds=self.undo_seconds)
        self._queue(Job.OPEN_CASE, case.ref, case.ref, {}, not_before=self.now + wait)

    def _take_back(self, case: Case | None) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        if case.status in _OVER:
            return
        if not self.session.outbox.cancel_queued(case.ref, self.now):
            self._queue(Job.WITHDRAW_CASE, case.ref, case.ref, {})
        self.session.cases.update(case.with_status(Status.WITHDRAWN, self.now))

    def _comment(self, case: Case | None, text: str) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        comment = {"at": self.now.isoformat(), "by": self.person.name, "text": text}
        self.session.cases.update(replace(case, comments=(*case.comments, comment), updated_at=self.now))
        self._queue(Job.COMMENT_CASE, case.ref, case.ref, {"text": text})

    def _post(self, job: Job, notice: Notice) -> None:
        # The version of this turn goes along: a later one must not be posted twice, nor this one skipped.
        for group in notice.groups:
            self._queue(job, f"{notice.ref} {group}", notice.ref, {"group": group, "notice": notice.to_json()})

    def _remember(self, effect: RememberProfile) -> None:
        known = self.session.people.profile(self.person.id) or Profile(self.person.id)
        self.session.people.save_profile(
            replace(
                known,
                virksomhet=known.virksomhet if effect.virksomhet is None else effect.virksomhet,
                said_role=known.said_role if effect.said_role is None else effect.said_role,
                phone=known.phone if effect.phone is None else effect.phone,
            )
        )

    def _queue(
        self, job: Job, lane: str, ref: str, payload: Mapping[str, Any], not_before: datetime | None = None
    ) -> None:
        self.session.outbox.add(
            OutboxRecord(
                id=self.new_id(),
                job=job,
                lane=lane,
                ref=ref,
                conversation_id=self.conversation_id,
                person_id=self.person.id,
                payload=payload,
                not_before=self.now if not_before is None else not_before,
                created_at=self.now,
            )
        )
