"""Carrying out one effect through its port, and what its outcome means for what is stored.

Two steps, apart on purpose: `perform` talks to the world and writes nothing, `record` writes and talks to nobody. A
kill between them leaves a lease that runs out; the effect is then looked up before it is repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.first_line import heard
from bot.notices.settling import is_outdone
from bot.notices.telling import TO_DESK, heard_at_desk
from bot.ports import HandedOver, Opened, Ports
from bot.store.port import Session, Store
from bot.store.records import POSTING, Job, OutboxRecord, Profile, RowState
from dialogs.case import Case, Notice, Person, Status, attachment_from_json
from dialogs.effects import Move
from dialogs.events import Attachment, Happened
from dialogs.replies import reply_from_json
from knowledge.errors import PermanentFailure, UnknownPerson

_FAILED = {
    Job.OPEN_CASE: "case_refused",
    Job.COMMENT_CASE: "comment_failed",
    Job.ATTACH_FILES: "attach_failed",
    Job.MOVE_CASE: "move_failed",
    Job.WITHDRAW_CASE: "withdrawal_failed",
    Job.PUBLISH_NOTICE: "notice_failed",
    Job.UPDATE_NOTICE: "notice_failed",
    Job.HAND_OVER: "hand_over_failed",
}
"""What the person is told when it cannot be done. A message that cannot be delivered is not told by another."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the world answered: the case as registered, the id of a post, the names of files it would not have."""

    opened: Opened | None = None
    post_id: str = ""
    left_out: tuple[str, ...] = ()


async def perform(row: OutboxRecord, store: Store, ports: Ports) -> Result:
    """Carry it out; raises a PortError when that failed."""
    match row.job:
        case Job.OPEN_CASE:
            opened = await ports.case_system.look_up(row.id) if row.uncertain else None
            return Result(opened or await ports.case_system.open(await _case(store, row.ref), row.id))
        case Job.COMMENT_CASE:
            await ports.case_system.comment(await _case(store, row.ref), row.payload["text"], row.id, row.person_id)
        case Job.ATTACH_FILES:
            return Result(left_out=await ports.case_system.attach(await _case(store, row.ref), _files(row), row.id))
        case Job.FOLLOW_CASE:
            case, follows = await _case(store, row.ref), bool(row.payload["follows"])
            await ports.case_system.follow(case, row.payload["follower"], row.id, follows=follows)
        case Job.MOVE_CASE:
            await ports.case_system.move(await _case(store, row.ref), Move(row.payload["move"]), row.id)
        case Job.WITHDRAW_CASE:
            await ports.case_system.withdraw(await _case(store, row.ref), row.id)
        case Job.RELATE_CASE | Job.UNRELATE_CASE:
            case, hovedsak = await _case(store, row.ref), await _case(store, row.payload["hovedsak"])
            link = ports.case_system.relate if row.job is Job.RELATE_CASE else ports.case_system.unrelate
            await link(case, hovedsak, row.id)
        case Job.PUBLISH_NOTICE | Job.UPDATE_NOTICE:
            return Result(post_id=await _post(row, store, ports))
        case Job.HAND_OVER:
            profile = await store.read(lambda session: session.people.profile(row.person_id)) or Profile(row.person_id)
            person = Person(profile.id, profile.name, profile.virksomhet, email=profile.email, phone=profile.phone)
            what = HandedOver(row.payload["to"], row.payload["summary"], person, row.conversation_id)
            await ports.desk.take_over(what, row.id)
        case Job.DELIVER:
            await _deliver(row, store, ports)
        case Job.TELL:
            pass  # nothing to do in the world: `record` says what is told
    return Result()


def begin(session: Session, row: OutboxRecord, now: datetime) -> None:
    """Note that it is under way: a case that is being sent can no longer be undone, only withdrawn."""
    if row.job is Job.OPEN_CASE:
        case = session.cases.get(row.ref)
        if case is not None and case.status is Status.RECEIVED:
            session.cases.update(case.with_status(Status.SENT, now))


def record(session: Session, row: OutboxRecord, result: Result, now: datetime) -> Happened | None:
    """Store what came of it, after the row was marked done; returns what the person is told, if anything."""
    match row.job:
        case Job.OPEN_CASE:
            opened = result.opened or Opened()
            case = session.cases.get(row.ref)
            if case is not None:
                # The reporter may have withdrawn it while it was on its way; that decision stands.
                status = Status.REGISTERED if case.status in (Status.RECEIVED, Status.SENT) else case.status
                session.cases.update(replace(case, kompass=opened.link, status=status, updated_at=now))
            if opened.link is None:
                return Happened("case_registered_locally", row.ref, {"id": opened.local_number})
            return Happened("case_registered", row.ref, {"id": opened.link.id, "url": opened.link.url})
        case Job.COMMENT_CASE:
            return None if row.payload.get("quiet") is True else Happened("case_commented", row.ref)
        case Job.ATTACH_FILES:
            return _attached(session, row, result.left_out, now)
        case Job.FOLLOW_CASE:
            outcome = "follower_added" if row.payload["follows"] else "follower_removed"
            return Happened(outcome, row.ref, {"name": row.payload["follower"]})
        case Job.MOVE_CASE:
            return _moved(session, row, now)
        case Job.WITHDRAW_CASE:
            return Happened("case_withdrawn", row.ref)
        case Job.PUBLISH_NOTICE | Job.UPDATE_NOTICE:
            return _posted(session, row, result.post_id)
        case Job.HAND_OVER:
            return None if _quiet(row) else Happened("handed_over", row.ref)
        case Job.TELL if row.payload["to"] == TO_DESK:
            return heard_at_desk(session, row.payload, row.person_id)
        case Job.TELL:
            return heard(session, row.payload, row.person_id)
        case Job.DELIVER | Job.RELATE_CASE | Job.UNRELATE_CASE:
            return None


def _posted(session: Session, row: OutboxRecord, post_id: str) -> Happened | None:
    before = session.notices.post_at(row.ref, row.payload["target"])
    session.notices.save_post(row.ref, row.payload["target"], post_id)
    if before is not None and before != post_id:
        return Happened("notice_posted_anew", row.ref, _place(row))
    # One message when the last target has it, not one a target; what failed has been told by itself.
    if session.outbox.unfinished(row.ref, POSTING):
        return None
    version = row.payload["notice"]["updated_at"]
    elsewhere = any(
        one.state is RowState.FAILED and one.payload["notice"]["updated_at"] == version
        for one in session.outbox.of_ref(row.ref, POSTING)
    )
    return Happened("notice_published_elsewhere" if elsewhere else "notice_published", row.ref)


def _place(row: OutboxRecord) -> dict[str, str]:
    return {"target": row.payload["target"]}


def delayed(row: OutboxRecord, error: Exception) -> Happened | None:
    """What the person is told when it takes long; only a case makes somebody wait for an answer."""
    if row.job is not Job.OPEN_CASE:
        return None
    if isinstance(error, UnknownPerson):
        return Happened("case_waits_for_receiver" if error.whom == "receiver" else "case_waits_for_person", row.ref)
    return Happened("case_delayed", row.ref)


def failed(row: OutboxRecord, unknown: bool, why: str) -> Happened | None:
    """What the person is told when it cannot be done, or (unknown) when nobody can find out whether it was.

    why: the error, in our own words.
    """
    outcome = _FAILED.get(row.job)
    if row.job is Job.FOLLOW_CASE:
        outcome = "follow_failed" if row.payload["follows"] else "unfollow_failed"
        return Happened(outcome, row.ref, {"name": row.payload["follower"]})
    if outcome is None or _quiet(row):
        return None
    if unknown and row.job in POSTING:
        outcome = "notice_uncertain"
    return Happened(outcome, row.ref, {**_place(row), "text": why} if row.job in POSTING else {})


def put_back(session: Session, row: OutboxRecord, now: datetime) -> None:
    """What was stored as wanted and cannot be had is as it was before."""
    case = session.cases.get(row.ref) if row.job is Job.FOLLOW_CASE else None
    if case is not None:
        session.cases.update(case.with_follower(row.payload["follower"], now, follows=not row.payload["follows"]))


def _quiet(row: OutboxRecord) -> bool:
    """Whether it is between the bot and the desk: the person did not ask for it and hears nothing of it."""
    return row.job is Job.HAND_OVER and row.payload.get("quiet") is True


_MOVED = {
    Move.ACCEPT: ("case_accepted", Status.CLOSED),
    Move.REJECT: ("case_rejected_back", Status.IN_PROGRESS),
    Move.REOPEN: ("case_reopened", Status.IN_PROGRESS),
}
"""What the person is told, and where the case is then."""


def _moved(session: Session, row: OutboxRecord, now: datetime) -> Happened:
    outcome, status = _MOVED[Move(row.payload["move"])]
    case = session.cases.get(row.ref)
    if case is not None:
        session.cases.update(replace(case, solution=None).with_status(status, now))
    return Happened(outcome, row.ref)


def _files(row: OutboxRecord) -> tuple[Attachment, ...]:
    return tuple(attachment_from_json(one) for one in row.payload["attachments"])


def _attached(session: Session, row: OutboxRecord, left_out: tuple[str, ...], now: datetime) -> Happened:
    """The case has the files now, but for those the other end would not have."""
    files = tuple(one for one in _files(row) if one.name not in left_out)
    case = session.cases.get(row.ref)
    if case is not None and files:
        session.cases.update(replace(case, attachments=(*case.attachments, *files), updated_at=now))
    if left_out:
        return Happened("case_attached_partly", row.ref, {"name": ", ".join(left_out)})
    return Happened("case_attached", row.ref, {"text": ", ".join(one.name for one in files)})


async def _case(store: Store, ref: str) -> Case:
    case = await store.read(lambda session: session.cases.get(ref))
    if case is None:
        raise PermanentFailure(f"there is no case {ref}")
    return case


async def _post(row: OutboxRecord, store: Store, ports: Ports) -> str:
    notice, target = Notice.from_json(row.payload["notice"]), ports.routing.find(row.payload["target"])
    if target is None:
        raise PermanentFailure("the organisation file does not name this target any more")
    post_id = await store.read(lambda session: session.notices.post_at(row.ref, target.id))
    if post_id is None and row.uncertain:
        post_id = await ports.feed.look_up(target, row.id)
        if post_id is not None:
            return post_id
    if post_id is None:
        return await ports.feed.publish(notice, target, row.id)
    if row.uncertain and await store.read(lambda session: is_outdone(session, row)):
        # Tried again by hand after a later version was posted: that one holds all that was said, and stays.
        return post_id
    return await ports.feed.update(post_id, notice, target, row.id)


async def _deliver(row: OutboxRecord, store: Store, ports: Ports) -> None:
    conversation = await store.read(lambda session: session.conversations.get(row.conversation_id))
    if conversation is None:
        raise PermanentFailure("the conversation is unknown")
    stored: list[Mapping[str, Any]] = row.payload["replies"]
    replies = tuple(reply_from_json(one) for one in stored)
    await ports.deliverer.deliver(conversation.reference, replies, str(row.payload["language"]))
