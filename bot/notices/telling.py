"""Who of the desk is told what became of a notice: an outbox row each, written with what happened, told once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.first_line import personal_conversation, tell_row
from bot.store.port import Session
from bot.store.records import Job, OutboxRecord
from dialogs.case import NoticeStatus
from dialogs.events import Happened
from dialogs.roles import DESK_GRANTS
from dialogs.suspicion import SuspicionStatus

TO_DESK = "desk"

_NO_DETAIL: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class DeskTeller:
    """Tells people of the desk, each in a conversation that nobody else reads."""

    session: Session
    now: datetime
    new_id: Callable[[], str]

    def tell(self, person_id: str, ref: str, outcome: str, detail: Mapping[str, str] = _NO_DETAIL) -> bool:
        """One person; False when he has never talked to the bot alone."""
        way = personal_conversation(self.session, person_id)
        if way is None:
            return False
        self.session.outbox.add(tell_row(self.new_id(), way, TO_DESK, ref, outcome, detail, self.now))
        return True

    def tell_others(self, besides: str, ref: str, outcome: str, detail: Mapping[str, str] = _NO_DETAIL) -> int:
        """Everybody of the desk but one; returns how many."""
        return sum(self.tell(one, ref, outcome, detail) for one in people_of_desk(self.session) if one != besides)


def people_of_desk(session: Session) -> list[str]:
    """Everybody who was granted to be one of the desk, by id."""
    return sorted({grant.person_id for grant in session.people.grants() if grant.role in DESK_GRANTS})


def note_to_desk(
    note_id: str, lane: str, conversation_id: str, person_id: str, summary: str, now: datetime
) -> OutboxRecord:
    """A note for the desk's own list, which is there also where nobody of the desk talks to the bot."""
    payload = {"to": "desk", "summary": summary, "quiet": True}
    return OutboxRecord(note_id, Job.HAND_OVER, lane, "", conversation_id, person_id, payload, now, now)


def heard_at_desk(session: Session, payload: Mapping[str, object], person_id: str) -> Happened | None:
    """What the addressee of such a row is told now, or None when it no longer concerns him."""
    detail = payload["detail"]
    assert isinstance(detail, dict)  # noqa: S101  written by `DeskTeller`
    event = Happened(str(payload["outcome"]), str(payload["ref"]), detail)
    if not DESK_GRANTS & session.people.roles(person_id):
        return None  # the role was taken back meanwhile
    if event.outcome == "notice_waiting":
        notice = session.notices.get(event.ref)
        if notice is None or notice.status is not NoticeStatus.WAITING:
            return None  # somebody was faster
    if event.outcome == "line_waiting":
        proposed = session.proposed_lines.get(event.ref)
        if proposed is None or proposed.reason:
            return None
    if event.outcome.startswith("suspicion_"):
        suspicion = session.suspicions.get(event.ref)
        if suspicion is None or suspicion.status is not SuspicionStatus.OPEN:
            return None
    return event
