"""The effects of a turn as rows, written in the turn's own transaction (DESIGN 2, step 5).

Nothing is done to the world here: a case, a notice or a profile is stored, and what the world must hear is queued in
the outbox. A kill before the commit leaves no trace of any of it, a kill after leaves all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot import authority
from bot.fellesfeil.writing import FellesfeilWriter
from bot.first_line import FirstLineWriter
from bot.notices.report import delivery_report
from bot.notices.settling import PostSettler
from bot.notices.telling import DeskTeller
from bot.notices.writing import NoticeWriter
from bot.radar.deciding import SuspicionWriter
from bot.radar.listening import Hear, hear_nothing
from bot.store.port import Session
from bot.store.records import Job, OutboxRecord, Profile
from dialogs.case import Case, NoticeStatus, Person, Status, attachment_to_json
from dialogs.effects import (
    AffectedBy,
    ApproveNotice,
    AskForProblemCase,
    AskReporter,
    AttachCases,
    AttachFiles,
    ChangeFollower,
    CommentCase,
    ConfirmSuspicion,
    DetachCase,
    DismissSuspicion,
    DropNotice,
    Effect,
    ForgetMe,
    HandOver,
    MoveCase,
    MuteCase,
    MuteNotices,
    NoteChoice,
    NoticeEffect,
    OpenCase,
    PassOn,
    PublishNotice,
    RememberProfile,
    ReopenCase,
    ReportDelivery,
    SayWhetherItWorks,
    SendBackNotice,
    SetHovedsak,
    SettleProblemTask,
    SolveCase,
    SplitSuspicion,
    SubmitNotice,
    TakeOutReports,
    TellCases,
    UndoCase,
    UpdateNotice,
    WithdrawCase,
)
from dialogs.events import Attachment
from dialogs.flows.delivery_report import MOST_NAMED
from dialogs.notice_text import seen_by
from dialogs.proposed_line import ApproveLine, DropLine, SendBackLine, SubmitLine
from dialogs.unsettled_post import SettlePost
from knowledge.errors import NotAllowed
from knowledge.feed_targets import FeedRouting
from knowledge.notice_reach import NoticeReach

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
    reach: NoticeReach = field(default_factory=NoticeReach)
    routing: FeedRouting = field(default_factory=FeedRouting)
    hear: Hear = hear_nothing

    def write(self, effect: Effect) -> None:
        """Store and queue; raises NotAllowed, with nothing written, when the person may not."""
        ref = getattr(effect, "ref", "")
        case = self.session.cases.get(ref) if ref else None
        places = self.session.people.first_line_of(self.person.id)
        authority.check(effect, self.person.id, self.granted, case, places, self.person.email)
        if isinstance(effect, NoticeEffect):
            notice = self.session.notices.get(effect.notice.ref if hasattr(effect, "notice") else effect.ref)
            proposed = self.session.proposed_lines.get(notice.ref) if notice is not None else None
            authority.check_notice(effect, self.person.id, notice, self.reach, self.now, proposed)
        match effect:
            case OpenCase():
                self._open(effect.case)
            case UndoCase() | WithdrawCase():
                self._take_back(case)
            case CommentCase():
                self._comment(case, effect)
            case AttachFiles():
                self._attach(case, effect.attachments)
            case ChangeFollower():
                self._follow(case, effect)
            case MoveCase():
                self._queue(Job.MOVE_CASE, ref, ref, {"move": effect.move.value})
            case MuteCase():
                self.session.watched.mute(ref, self.person.id, muted=effect.muted)
            case AskReporter() | SolveCase() | ReopenCase() | PassOn():
                self._at_first_line(effect, case)
            case PublishNotice() | UpdateNotice() | SubmitNotice() | ApproveNotice() | SendBackNotice() | DropNotice():
                self._notices.write(effect)
                if isinstance(effect, ApproveNotice):
                    self._suspicions.published(effect.ref)
            case SubmitLine() | ApproveLine() | SendBackLine() | DropLine():
                self._notices.write_line(effect)
            case SettlePost():
                PostSettler(self.session, self.person, self.now).settle(effect)
            case AffectedBy():
                self._affected(effect.ref)
            case ReportDelivery():
                self._report(effect.ref)
            case MuteNotices():
                self.session.affected.mute(self.person.id, effect.ref or None)
            case SetHovedsak():
                self._fellesfeil.set_hovedsak(effect)
            case AttachCases():
                self._fellesfeil.attach(effect)
            case DetachCase():
                self._fellesfeil.detach(effect)
            case TellCases():
                self._fellesfeil.tell(effect)
            case SayWhetherItWorks():
                self._fellesfeil.works(effect)
            case AskForProblemCase():
                self.session.fellesfeil.add_problem(effect.task)
            case ConfirmSuspicion() | TakeOutReports() | SplitSuspicion() | DismissSuspicion():
                self._suspicions.decide(effect)
                if isinstance(effect, SplitSuspicion):
                    self._tell_of_split(effect)
            case SettleProblemTask():
                self.session.fellesfeil.settle_problem(effect.fellesfeil, effect.made, effect.note, self.now)
            case NoteChoice():
                self.session.choices.note(effect, self.now.date())
            case RememberProfile():
                self._remember(effect)
            case ForgetMe():
                self.session.conversations.forget_person(self.person.id)
                self.session.fellesfeil.forget_person(self.person.id)
                self.session.affected.forget_person(self.person.id)
                self.session.messages.forget_person(self.person.id)
                self.session.local.forget_hand_overs(self.person.id)
                self.session.watched.forget_person(self.person.id)
                self.session.radar.forget_person(self.person.id)
                self.session.people.forget(self.person.id)
            case HandOver():
                self._queue(Job.HAND_OVER, self.conversation_id, "", {"to": effect.to, "summary": effect.summary})

    def _open(self, case: Case) -> None:
        self.session.cases.add(case, self.conversation_id)
        if case.first_line:
            self._first_line.opened(case, self._wait(case))
        else:
            self._queue(Job.OPEN_CASE, case.ref, case.ref, {}, not_before=self.now + self._wait(case))
        self._fellesfeil.arrived(case)
        self.hear(self.session, case, self.conversation_id)

    def _wait(self, case: Case) -> timedelta:
        # A critical fault is worked on at once, so nobody waits for a change of mind there (G 5.1.2.2).
        return timedelta(0) if case.critical else timedelta(seconds=self.undo_seconds)

    def _tell_of_split(self, effect: SplitSuspicion) -> None:
        """Who was told of the suspicion sees its reports by numbers that are others by now, and not the new one."""
        new = self.session.suspicions.get(effect.new_ref)
        detail = {"name": self.person.name, "text": new.about if new is not None else "", "id": effect.ref}
        desk = DeskTeller(self.session, self.now, self.new_id)
        desk.tell_others(self.person.id, effect.new_ref, "suspicion_split", detail)

    @property
    def _notices(self) -> NoticeWriter:
        return NoticeWriter(
            self.session, self.conversation_id, self.person, self.now, self.new_id, self.reach, self.routing
        )

    @property
    def _first_line(self) -> FirstLineWriter:
        return FirstLineWriter(self.session, self.conversation_id, self.person, self.now, self.new_id)

    @property
    def _fellesfeil(self) -> FellesfeilWriter:
        return FellesfeilWriter(self.session, self.conversation_id, self.person, self.now, self.new_id)

    @property
    def _suspicions(self) -> SuspicionWriter:
        return SuspicionWriter(self.session, self.person.name, self._fellesfeil, self.now)

    def _at_first_line(self, effect: AskReporter | SolveCase | ReopenCase | PassOn, case: Case | None) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        match effect:
            case AskReporter():
                self._first_line.asked(case, effect.text, effect.attachments)
            case SolveCase():
                self._first_line.solved(case, effect.text, effect.attachments)
            case ReopenCase():
                self._first_line.reopened(case, effect.text)
            case PassOn():
                self._open(effect.case)
                self._first_line.passed_on(case, effect.case, self._wait(effect.case))

    def _take_back(self, case: Case | None) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        if case.status in _OVER:
            return
        self.session.cases.update(case.with_status(Status.WITHDRAWN, self.now))
        self.session.radar.forget(case.ref)
        if case.first_line:
            self._first_line.taken_back(case)
        elif self.session.outbox.cancel_queued(case.ref, self.now):
            self._first_line.pass_undone(case)
        else:
            self._queue(Job.WITHDRAW_CASE, case.ref, case.ref, {})

    def _comment(self, case: Case | None, effect: CommentCase) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        said = case.with_comment(self.person.name, effect.text, self.now)
        if case.first_line:
            self.session.cases.update(replace(said, attachments=(*case.attachments, *effect.attachments)))
            self._first_line.commented(case, effect.text)
        else:
            self.session.cases.update(said)
            self._attach(said, effect.attachments)
            self._queue(Job.COMMENT_CASE, case.ref, case.ref, {"text": effect.text})

    def _attach(self, case: Case | None, files: tuple[Attachment, ...]) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        if not files:
            return
        if case.first_line or case.status is Status.RECEIVED:
            # It has not been sent yet, so the files go with it; the worker reads the case when it begins.
            self.session.cases.update(replace(case, attachments=(*case.attachments, *files), updated_at=self.now))
        else:
            # A case on its way may be sent a second time, files and all: the case has them when they are there.
            stored = [attachment_to_json(one) for one in files]
            self._queue(Job.ATTACH_FILES, case.ref, case.ref, {"attachments": stored})

    def _follow(self, case: Case | None, effect: ChangeFollower) -> None:
        assert case is not None  # noqa: S101  the authority check demands that it is there
        changed = case.with_follower(effect.follower, self.now, follows=effect.follows)
        if changed == case:
            return
        self.session.cases.update(changed)
        # What has not been sent goes with the case; what is on its way takes a link it has already for done.
        if not case.first_line and case.status is not Status.RECEIVED:
            payload = {"follower": effect.follower, "follows": effect.follows}
            self._queue(Job.FOLLOW_CASE, case.ref, case.ref, payload)

    def _report(self, ref: str) -> None:
        notice = self.session.notices.get(ref)
        if notice is None or not notice.is_published:
            raise NotAllowed("there is no such notice")
        told = orjson.dumps(delivery_report(self.session, notice, MOST_NAMED)).decode()
        DeskTeller(self.session, self.now, self.new_id).tell(self.person.id, ref, "notice_report", {"text": told})

    def _affected(self, ref: str) -> None:
        notice = self.session.notices.get(ref)
        seen = seen_by(notice, self.person.roles, self.reach) if notice is not None else None
        if seen is None or seen.status is not NoticeStatus.ACTIVE:
            raise NotAllowed("only an active notice that one may read hits one")
        self.session.affected.add(ref, self.person.id, self.now)

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
