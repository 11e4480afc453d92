"""Between an employee and the own 1.linje: what their effects store, and who else is told (G 3.2.1).

A case routed to 1.linje goes to no case system: it lies in the inbox. Whoever is told gets an outbox row of his own,
written in the transaction of the turn, which becomes a `Happened` in his conversation when the worker takes it. So it
is told once, however often anything is repeated, and a case that is undone in time is never announced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.store.port import Session
from bot.store.records import ConversationRecord, Job, OutboxRecord
from dialogs.case import Case, Person, Status
from dialogs.events import Attachment, Happened

TO_REPORTER = "reporter"
TO_FIRST_LINE = "first_line"


@dataclass(frozen=True, slots=True)
class FirstLineWriter:
    """Writes what one turn of `person` in `conversation_id` does to cases at 1.linje. Authority was checked before."""

    session: Session
    conversation_id: str
    person: Person
    now: datetime
    new_id: Callable[[], str]

    def opened(self, case: Case, wait: timedelta) -> None:
        """The case is in the inbox; its 1.linje hears of it when the time to undo is over."""
        self._tell_first_line(case, "inbox_new", case.title, wait)

    def taken_back(self, case: Case) -> None:
        """The reporter no longer wants it: it is not announced, or those who know of it are told."""
        if not self.session.outbox.cancel_queued(case.ref, self.now):
            self._tell_first_line(case, "inbox_withdrawn", "")

    def commented(self, case: Case, text: str) -> None:
        """The reporter said more: whoever has taken the case hears it, or else all of that 1.linje."""
        self._tell_first_line(case, "inbox_comment", text)

    def asked(self, case: Case, text: str, files: tuple[Attachment, ...] = ()) -> None:
        """A question to the reporter; who asks has taken the case. files: what came with it."""
        self._take(case, text, files, Status.IN_PROGRESS)
        self._tell_reporter(case, "case_question", text)

    def solved(self, case: Case, text: str, files: tuple[Attachment, ...] = ()) -> None:
        """The answer, and the case is solved."""
        self._take(case, text, files, Status.SOLVED)
        self._tell_reporter(case, "case_solved", text)

    def reopened(self, case: Case, text: str) -> None:
        """It did not help: back into the inbox."""
        case = case.with_comment(self.person.name, text, self.now)
        self.session.cases.update(case.with_status(Status.IN_PROGRESS, self.now))
        self._tell_first_line(case, "inbox_reopened", text)

    def told_not_solved(self, case: Case, text: str) -> None:
        """The fellesfeil the case belonged to is over, and it does not work: it is 1.linje's again."""
        self._tell_first_line(case, "inbox_reopened", text)

    def passed_on(self, case: Case, new: Case, wait: timedelta) -> None:
        """The old case is moved to the new one, and the reporter told when the time to undo is over."""
        self.session.cases.update(replace(case, moved_to=new.ref).with_status(Status.MOVED, self.now))
        self.session.cases.take(case.ref, self.person.id)
        # The row bears the new reference, so that undoing the new case takes it back as well.
        self._tell(
            TO_REPORTER, way_to_reporter(self.session, case), case.ref, "case_passed_on", {"id": new.ref}, new.ref, wait
        )

    def pass_undone(self, new: Case) -> None:
        """The new case was taken back in time: the old one is in the inbox again."""
        old = self.session.cases.get(new.moved_from) if new.moved_from else None
        if old is not None and old.moved_to == new.ref:
            self.session.cases.update(replace(old, moved_to=None).with_status(Status.IN_PROGRESS, self.now))

    def _take(self, case: Case, text: str, files: tuple[Attachment, ...], status: Status) -> None:
        said = case.with_comment(self.person.name, text, self.now)
        said = replace(said, attachments=(*case.attachments, *files))
        self.session.cases.update(said.with_status(status, self.now))
        self.session.cases.take(case.ref, self.person.id)

    def _tell_reporter(self, case: Case, outcome: str, text: str) -> None:
        detail = {"name": self.person.name, "text": text}
        way = way_to_reporter(self.session, case)
        if way is not None:
            self._tell(TO_REPORTER, way, case.ref, outcome, detail)
        else:
            own = self.session.conversations.get(self.conversation_id)
            unreachable = {"name": case.reporter.name}
            self._tell(TO_FIRST_LINE, own, case.ref, "reporter_unreachable", unreachable)

    def _tell_first_line(self, case: Case, outcome: str, text: str, wait: timedelta = timedelta(0)) -> None:
        detail = {"name": self.person.name, "text": text}
        taken_by = self.session.cases.taken_by(case.ref)
        people = self.session.people.first_line(case.first_line)
        for person_id in (taken_by,) if taken_by in people else people:
            if person_id and person_id != self.person.id:
                way = personal_conversation(self.session, person_id)
                self._tell(TO_FIRST_LINE, way, case.ref, outcome, detail, wait=wait)

    def _tell(
        self,
        to: str,
        way: ConversationRecord | None,
        ref: str,
        outcome: str,
        detail: dict[str, str],
        row_ref: str = "",
        wait: timedelta = timedelta(0),
    ) -> None:
        if way is not None:
            row = tell_row(self.new_id(), way, to, ref, outcome, detail, self.now, self.now + wait)
            self.session.outbox.add(replace(row, ref=row_ref or ref))


def tell_row(
    row_id: str,
    way: ConversationRecord,
    to: str,
    ref: str,
    outcome: str,
    detail: Mapping[str, str],
    now: datetime,
    at: datetime | None = None,
) -> OutboxRecord:
    """The row that tells in a conversation what happened to a case or a notice. to: as what he is told. at: not
    before this time; None for at once.
    """
    return OutboxRecord(
        id=row_id,
        job=Job.TELL,
        # What is told about one case keeps its order; it waits for nothing else.
        lane=f"tell {way.id} {ref}",
        ref=ref,
        conversation_id=way.id,
        person_id=way.person_id,
        payload={"to": to, "ref": ref, "outcome": outcome, "detail": dict(detail)},
        not_before=now if at is None else at,
        created_at=now,
    )


def way_to_reporter(session: Session, case: Case) -> ConversationRecord | None:
    """The conversation the case was reported in; in a group, or when that one is forgotten, one of his own."""
    opened_in = session.cases.conversation_of(case.ref)
    record = session.conversations.get(opened_in) if opened_in else None
    if record is not None and record.person_id != case.reporter.id:
        record = None
    if record is not None and record.personal:
        return record
    return personal_conversation(session, case.reporter.id) or record


def heard(session: Session, payload: object, person_id: str) -> Happened | None:
    """What the addressee of a TELL row is told now, or None when it no longer concerns him."""
    assert isinstance(payload, dict)  # noqa: S101  written by `tell_row`
    event = Happened(payload["outcome"], payload["ref"], payload["detail"])
    case = session.cases.get(event.ref)
    if case is None:
        return None
    if payload["to"] == TO_FIRST_LINE and case.first_line not in session.people.first_line_of(person_id):
        return None  # the role was taken back meanwhile
    if event.outcome == "inbox_new" and not case.is_open:
        return None
    if event.outcome == "fellesfeil_reminder" and not session.fellesfeil.awaits(event.ref):
        return None  # answered in time
    return event


def personal_conversation(session: Session, person_id: str) -> ConversationRecord | None:
    """The person's newest conversation with the bot that nobody else reads."""
    return next((one for one in session.conversations.of_person(person_id) if one.personal), None)
