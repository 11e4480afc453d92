"""What the effects about the cases of a fellesfeil store and queue, in the transaction of the turn (G 5.1.2.2).

A case belongs to a fellesfeil by its own `fellesfeil`, and is an undersak in the case system when the fellesfeil has a
hovedsak. Each link, comment and message is an outbox row of its own, so a kill loses none and repeats none. A link
waits in the lane of its case, behind the row that registers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.first_line import TO_REPORTER, FirstLineWriter, tell_row, way_to_reporter
from bot.notices.telling import DeskTeller
from bot.store.port import Session
from bot.store.records import ConversationRecord, Job, OutboxRecord
from dialogs.case import FELLESFEIL, Case, Notice, NoticeStatus, Person, Status
from dialogs.effects import AttachCases, DetachCase, SayWhetherItWorks, SetHovedsak, TellCases
from knowledge.errors import NotAllowed

_TOLD = {
    "updated": "fellesfeil_updated",
    "resolved": "fellesfeil_resolved",
    "for_now": "fellesfeil_for_now",
    "withdrawn": "fellesfeil_withdrawn",
}


@dataclass(frozen=True, slots=True)
class FellesfeilWriter:
    """Writes what one turn of `person` in `conversation_id` does to such cases. Authority was checked before."""

    session: Session
    conversation_id: str
    person: Person
    now: datetime
    new_id: Callable[[], str]

    def set_hovedsak(self, effect: SetHovedsak) -> None:
        """The case becomes the hovedsak, and every other case of the fellesfeil its undersak."""
        notice, case = self._active(effect.fellesfeil), self._free(effect.ref, effect.fellesfeil)
        if case.status is Status.RECEIVED or case.status is Status.SENT:
            raise NotAllowed("a hovedsak has a number")
        before = notice.hovedsak
        if before == case.ref:
            return
        # When the notice was last changed is what its readers see, and they see nothing of this.
        self.session.notices.update(replace(notice, hovedsak=case.ref))
        if before is not None:
            self._queue_link(Job.UNRELATE_CASE, case, before)
        self._join(case, notice)
        for other in self.session.fellesfeil.cases(notice.ref):
            if other.ref == case.ref or not other.is_open:
                continue
            if before is not None and other.ref != before:
                self._queue_link(Job.UNRELATE_CASE, other, before)
            self._queue_link(Job.RELATE_CASE, other, case.ref)

    def attach(self, effect: AttachCases) -> None:
        """These cases belong to it from now on."""
        notice = self._active(effect.fellesfeil)
        for ref in effect.refs:
            case = self._free(ref, notice.ref)
            if self._join(case, notice) and notice.hovedsak is not None:
                self._queue_link(Job.RELATE_CASE, case, notice.hovedsak)

    def arrived(self, case: Case) -> None:
        """A new case that is said to belong to a fellesfeil becomes its undersak; of one that is over, nobody's."""
        notice = self.session.notices.get(case.fellesfeil) if case.fellesfeil else None
        if notice is None or notice.status is not NoticeStatus.ACTIVE:
            if case.fellesfeil is not None:
                self.session.cases.update(replace(case, fellesfeil=None))
        elif notice.hovedsak is not None:
            self._queue_link(Job.RELATE_CASE, case, notice.hovedsak)

    def detach(self, effect: DetachCase) -> None:
        """It goes on as a case of its own."""
        case = self.session.cases.get(effect.ref)
        if case is None or case.fellesfeil is None or case.ref == self._hovedsak_of(case):
            raise NotAllowed("only an undersak is taken off")
        self._leave(case)

    def tell(self, effect: TellCases) -> None:
        """A comment on every open case and a message to who reported it; a resolved fellesfeil asks whether it works.

        A withdrawn one was none: its cases go on as cases of their own.
        """
        for case in self.session.fellesfeil.cases(effect.fellesfeil):
            if not case.is_open:
                continue
            self._comment(case, effect.comment)
            detail = {"id": effect.fellesfeil, "text": effect.text, "name": self.person.name}
            way = way_to_reporter(self.session, case)
            if effect.kind != "updated" or case.reporter.id not in self.session.watched.muted(case.ref):
                self._tell(way, case.ref, _TOLD[effect.kind], detail)
            if effect.kind == "withdrawn":
                self._leave(self._fresh(case))
            elif effect.kind in ("resolved", "for_now"):
                self.session.fellesfeil.ask(case, self.now)
                self._tell(way, case.ref, "fellesfeil_reminder", detail, effect.remind_at)

    def works(self, effect: SayWhetherItWorks) -> None:
        """The reporter's answer: closed as verified, or on as a case of its own, of which the desk is told."""
        case = self.session.cases.get(effect.ref)
        if case is None or not self.session.fellesfeil.awaits(effect.ref):
            raise NotAllowed("it is not asked whether this works")
        self.session.fellesfeil.answered(case.ref, effect.works, self.now)
        self._comment(case, effect.comment, quiet=False)
        case = self._fresh(case)
        if effect.works:
            self.session.cases.update(case.with_status(Status.CLOSED, self.now))
            return
        notice_ref = case.fellesfeil or ""
        self._leave(case)
        self.session.cases.update(self._fresh(case).with_status(Status.IN_PROGRESS, self.now))
        if case.first_line:
            writer = FirstLineWriter(self.session, self.conversation_id, self.person, self.now, self.new_id)
            writer.told_not_solved(case, effect.text)
            return
        detail = {"id": notice_ref, "text": effect.text, "name": self.person.name}
        DeskTeller(self.session, self.now, self.new_id).tell_others(
            self.person.id, case.ref, "fellesfeil_not_solved", detail
        )

    def _active(self, notice_ref: str) -> Notice:
        notice = self.session.notices.get(notice_ref)
        if notice is None or notice.status is not NoticeStatus.ACTIVE or notice.type != FELLESFEIL:
            raise NotAllowed("only an active fellesfeil has a hovedsak and undersaker")
        return notice

    def _free(self, ref: str, notice_ref: str) -> Case:
        """An open fault at the desk that belongs to this fellesfeil or none."""
        case = self.session.cases.get(ref)
        if case is None or not case.is_open or case.kind != "support" or case.first_line:
            raise NotAllowed("only an open fault at the desk can belong to a fellesfeil")
        if case.fellesfeil not in (None, notice_ref):
            raise NotAllowed("the case belongs to another fellesfeil")
        return case

    def _fresh(self, case: Case) -> Case:
        return self.session.cases.get(case.ref) or case

    def _hovedsak_of(self, case: Case) -> str | None:
        notice = self.session.notices.get(case.fellesfeil) if case.fellesfeil else None
        return notice.hovedsak if notice is not None else None

    def _join(self, case: Case, notice: Notice) -> bool:
        """Whether it did not belong to it before; the reporter is told then."""
        if case.fellesfeil == notice.ref:
            return False
        self.session.cases.update(replace(case, fellesfeil=notice.ref, updated_at=self.now))
        # Not what it is about: that may be for the closed group alone.
        detail = {"id": notice.ref, "name": self.person.name}
        self._tell(way_to_reporter(self.session, case), case.ref, "fellesfeil_joined", detail)
        return True

    def _leave(self, case: Case) -> None:
        hovedsak = self._hovedsak_of(case)
        self.session.cases.update(replace(case, fellesfeil=None, updated_at=self.now))
        if hovedsak is not None and hovedsak != case.ref:
            self._queue_link(Job.UNRELATE_CASE, case, hovedsak)

    def _comment(self, case: Case, text: str, *, quiet: bool = True) -> None:
        self.session.cases.update(case.with_comment(self.person.name, text, self.now))
        if not case.first_line:
            self._queue(Job.COMMENT_CASE, case, {"text": text, "quiet": quiet})

    def _queue_link(self, job: Job, case: Case, hovedsak: str) -> None:
        # What lies with an own 1.linje is in no case system, so there is nothing to link.
        if not case.first_line:
            self._queue(job, case, {"hovedsak": hovedsak})

    def _queue(self, job: Job, case: Case, payload: Mapping[str, Any]) -> None:
        self.session.outbox.add(
            OutboxRecord(
                id=self.new_id(),
                job=job,
                lane=case.ref,
                ref=case.ref,
                conversation_id=self.conversation_id,
                person_id=self.person.id,
                payload=payload,
                not_before=self.now,
                created_at=self.now,
            )
        )

    def _tell(
        self,
        way: ConversationRecord | None,
        ref: str,
        outcome: str,
        detail: Mapping[str, str],
        at: datetime | None = None,
    ) -> None:
        if way is not None:
            row = tell_row(self.new_id(), way, TO_REPORTER, ref, outcome, detail, self.now, at)
            # What is to be told later must hold up nothing that is told before.
            self.session.outbox.add(row if at is None else replace(row, lane=f"later {row.lane}"))
