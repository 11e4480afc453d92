"""What the effects on a notice store and queue, in the transaction of the turn. Authority was checked before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.feeds.other_way import lane_of, targets_of
from bot.notices.telling import DeskTeller
from bot.store.port import Session
from bot.store.promises import Promise
from bot.store.records import Job, OutboxRecord
from dialogs import notice_steps
from dialogs.case import FELLESFEIL, Notice, NoticeStatus, Person
from dialogs.effects import (
    ApproveNotice,
    DropNotice,
    NoticeEffect,
    PublishNotice,
    SendBackNotice,
    SubmitNotice,
    UpdateNotice,
)
from dialogs.proposed_line import ApproveLine, DropLine, LineEffect, ProposedLine, SendBackLine, SubmitLine
from knowledge.errors import StoreError
from knowledge.feed_targets import FeedRouting
from knowledge.notice_reach import NoticeReach

_REMIND_BEFORE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class NoticeWriter:
    """Writes what one turn of `person` in `conversation_id` does to notices."""

    session: Session
    conversation_id: str
    person: Person
    now: datetime
    new_id: Callable[[], str]
    reach: NoticeReach
    routing: FeedRouting

    def write(self, effect: NoticeEffect) -> None:
        """Store and queue; raises StoreError when there is no such notice."""
        match effect:
            case PublishNotice(notice):
                self.session.notices.add(notice)
                self._publish(notice)
                if self.reach.is_widest(notice.groups):
                    # Nobody was there to approve it, so the others hear of it afterwards.
                    detail = {"name": self.person.name, "text": notice.what}
                    self._desk.tell_others(self.person.id, notice.ref, "notice_unapproved", detail)
            case UpdateNotice(notice):
                self._update(notice, self.person.id)
                if self.reach.is_widest(notice.groups):
                    # Nobody else has seen these words, so the others hear of them as they go out.
                    detail = {"name": self.person.name, "text": notice.history[-1].text}
                    self._desk.tell_others(self.person.id, notice.ref, "line_sent", detail)
            case SubmitNotice(notice):
                self._submit(notice)
            case ApproveNotice(ref):
                notice = notice_steps.approved(self._stored(ref), self.person.name, self.now)
                self.session.notices.update(notice)
                self._publish(notice)
                self._desk.tell(notice.author_id, ref, "notice_approved", {"name": self.person.name})
            case SendBackNotice(ref, reason):
                notice = notice_steps.sent_back(self._stored(ref), self.person.name, reason, self.now)
                self.session.notices.update(notice)
                detail = {"name": self.person.name, "text": reason}
                self._desk.tell(notice.author_id, ref, "notice_sent_back", detail)
            case DropNotice(ref):
                notice = notice_steps.dropped(self._stored(ref), self.now)
                self.session.notices.update(notice)
                if notice.author_id != self.person.id:
                    self._desk.tell(notice.author_id, ref, "notice_dropped", {"name": self.person.name})

    def write_line(self, effect: LineEffect) -> None:
        """A line of a published notice that a second person must look at."""
        lines, name = self.session.proposed_lines, self.person.name
        match effect:
            case SubmitLine(proposed):
                lines.save(proposed)
                detail = {"name": name, "text": proposed.line.text}
                if not self._desk.tell_others(self.person.id, proposed.ref, "line_waiting", detail):
                    self._desk.tell(self.person.id, proposed.ref, "notice_nobody_to_ask")
            case ApproveLine(ref):
                proposed = self._proposed(ref)
                lines.remove(ref)
                notice = notice_steps.with_approved_line(self._stored(ref), proposed, name, self.now)
                self._update(notice, proposed.author_id)
                self._desk.tell(proposed.author_id, ref, "line_approved", {"name": name})
            case SendBackLine(ref, reason):
                proposed = self._proposed(ref)
                lines.save(replace(proposed, reason=reason))
                self._desk.tell(proposed.author_id, ref, "line_sent_back", {"name": name, "text": reason})
            case DropLine(ref):
                self._give_up_line(ref)

    @property
    def _desk(self) -> DeskTeller:
        return DeskTeller(self.session, self.now, self.new_id)

    def _publish(self, notice: Notice) -> None:
        # The one who approves has only read it.
        self._promise(notice, notice.author_id or self.person.id)
        self._post(Job.PUBLISH_NOTICE, notice)

    def _update(self, notice: Notice, writer_id: str) -> None:
        """writer_id: who wrote the new line, answers for what it promises and hears whom it reached."""
        before = self._stored(notice.ref)
        self.session.notices.update(notice)
        if len(notice.history) > len(before.history):
            self._give_up_line(notice.ref)
            self.session.promises.settle(notice.ref, self.now)
            self._promise(notice, writer_id)
            self._tell_people(notice, writer_id)
        self._post(Job.UPDATE_NOTICE, notice, before.groups)

    def _give_up_line(self, ref: str) -> None:
        """A line that waits is given up: somebody said so, or the notice has gone on without it."""
        proposed = self.session.proposed_lines.get(ref)
        if proposed is not None:
            self.session.proposed_lines.remove(ref)
            if proposed.author_id != self.person.id:
                self._desk.tell(proposed.author_id, ref, "line_dropped", {"name": self.person.name})

    def _tell_people(self, notice: Notice, writer_id: str) -> None:
        """Everybody who wants to hear of it, but for those who hear it through their case (`bot/fellesfeil`)."""
        reporters: set[str] = set()
        if notice.type == FELLESFEIL and self.reach.shows_on_portal(notice.groups):
            cases = self.session.fellesfeil.cases(notice.ref)
            reporters = {case.reporter.id for case in cases if case.is_open}
        self.session.messages.queue(notice.ref, len(notice.history) - 1, writer_id, reporters, self.now)

    def _promise(self, notice: Notice, owner_id: str) -> None:
        """Whoever tells of it owns what is promised: half-way there, or some minutes before, he is reminded."""
        due = notice.next_update_at
        if due is not None and due > self.now and notice.status is NoticeStatus.ACTIVE:
            remind_at = max(due - _REMIND_BEFORE, self.now + (due - self.now) / 2)
            self.session.promises.make(Promise(notice.ref, due, owner_id, remind_at))

    def _submit(self, notice: Notice) -> None:
        if self.session.notices.get(notice.ref) is None:
            self.session.notices.add(notice)
        else:
            self.session.notices.update(notice)
        detail = {"name": self.person.name, "text": notice.what}
        if not self._desk.tell_others(self.person.id, notice.ref, "notice_waiting", detail):
            self._desk.tell(self.person.id, notice.ref, "notice_nobody_to_ask")

    def _proposed(self, ref: str) -> ProposedLine:
        proposed = self.session.proposed_lines.get(ref)
        if proposed is None:
            raise StoreError(f"no line of {ref} waits")
        return proposed

    def _stored(self, ref: str) -> Notice:
        notice = self.session.notices.get(ref)
        if notice is None:
            raise StoreError(f"there is no notice {ref}")
        return notice

    def _post(self, job: Job, notice: Notice, already_in: Collection[str] = ()) -> None:
        # The version of this turn goes along: a later one must not be posted twice, nor this one skipped. What only the
        # closed groups may know is taken out here, before anything for an open one exists.
        for group in notice.groups:
            version = notice.open_version() if self.reach.is_open(group) else notice
            # A group that gets it with this line has no post of it to change.
            new = job is Job.UPDATE_NOTICE and group not in already_in
            for target in targets_of(self.session, notice.ref, group, self.routing):
                self.session.outbox.add(
                    OutboxRecord(
                        id=self.new_id(),
                        job=Job.PUBLISH_NOTICE if new else job,
                        lane=lane_of(notice.ref, target),
                        ref=notice.ref,
                        conversation_id=self.conversation_id,
                        person_id=self.person.id,
                        payload={"target": target.id, "notice": version.to_json()},
                        not_before=self.now,
                        created_at=self.now,
                    )
                )
