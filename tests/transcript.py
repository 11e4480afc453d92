"""A conversation as a transcript: who says what, and what the case then holds.

    talk = Transcript(person("1linje"))
    talk.says("Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart")
    talk.bot_says("Skal jeg sende saken?")
    talk.says("send")
    assert talk.case["extent"] == "several_locations"

The real engine runs with a fake clock, and its state is saved to JSON and loaded again between every two turns, so
each transcript also proves that a restart in between is not noticed. Effects are applied to a list of cases and
notices, as a store would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from dialogs import notice_steps
from dialogs.case import Case, Notice, NoticeStatus, Person, Role, Status
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
    Move,
    MoveCase,
    MuteCase,
    MuteNotices,
    OpenCase,
    PassOn,
    PublishNotice,
    RememberProfile,
    ReopenCase,
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
from dialogs.engine import Engine
from dialogs.events import Attachment, Deleted, Edited, Event, Happened, Joined, Pressed, Said
from dialogs.plain_text import render
from dialogs.problem_task import ProblemTask
from dialogs.proposed_line import ApproveLine, DropLine, ProposedLine, SendBackLine, SubmitLine
from dialogs.replies import Questions, Reply, Summary, reply_from_json, reply_to_json
from dialogs.state import State, state_from_json, state_to_text
from dialogs.suspicion import Suspicion, SuspicionStatus
from dialogs.texts import load_texts
from dialogs.turn import CaseTool, Situation, Turn, no_link
from dialogs.unsettled_post import SettlePost, UnsettledPost
from knowledge.library import Library, load_library

OSLO = ZoneInfo("Europe/Oslo")
# A Monday in working hours, as in the examples of the documentation.
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=OSLO)

_NAMES = {
    Role.ANSATT: "Ada Ansatt",
    Role.SUPERBRUKER: "Siri Superbruker",
    Role.FORSTELINJE: "Lars Linje",
    Role.FORVALTER: "Frida Forvalter",
    Role.IKT_HOVEDKONTAKT: "Ivar Ikt",
    Role.USS: "Ulla Uss",
}


_UNPUBLISHED = (NoticeStatus.WAITING, NoticeStatus.SENT_BACK)


@cache
def library() -> Library:
    """The real knowledge, read once for all tests."""
    return load_library()


@cache
def engine() -> Engine:
    """The real engine with the real texts."""
    return Engine(load_texts())


def person(role: str, virksomhet: str = "BGO") -> Person:
    """A made-up person with one role beside being an employee."""
    granted = Role(role)
    return Person(
        id=f"p-{granted.value}",
        name=_NAMES[granted],
        virksomhet=virksomhet,
        roles=frozenset({Role.ANSATT, granted}),
        first_line_of=frozenset({virksomhet} if granted is Role.FORSTELINJE else ()),
    )


@dataclass
class Transcript:
    """One person talking with the bot."""

    person: Person
    now: datetime = MONDAY
    state: State = field(default_factory=State)
    cases: list[Case] = field(default_factory=list)
    """everybody's: two transcripts may share one list, see `tests/desk.py`"""
    notices: list[Notice] = field(default_factory=list)
    suspicions: list[Suspicion] = field(default_factory=list)
    """everybody's too"""
    unsettled: list[UnsettledPost] = field(default_factory=list)
    """posts that failed; everybody's"""
    proposed: list[ProposedLine] = field(default_factory=list)
    """lines of notices that wait for a second person; everybody's"""
    affected: dict[str, set[str]] = field(default_factory=dict)
    """who has said that a notice hits him, by notice; everybody's too"""
    muted_notices: list[str] = field(default_factory=list)
    replies: tuple[Reply, ...] = ()
    effects: list[Effect] = field(default_factory=list)
    first_line_reads: bool = False
    case_tool: CaseTool = field(default_factory=CaseTool)
    muted: frozenset[str] = frozenset()
    to_verify: set[str] = field(default_factory=set)
    problems: list[ProblemTask] = field(default_factory=list)
    knowledge: Library | None = None
    """another one than the shipped, from the next turn on"""
    insight_url: str = ""
    file_link: Callable[[str, int], str] = no_link
    alone: bool = True
    lines: list[tuple[str, str]] = field(default_factory=list)
    """the whole exchange: ("Ada", text) and ("Losen", text)"""

    def says(self, text: str, *attachments: str) -> str:
        """The person writes; returns all the bot says, as plain text."""
        files = tuple(Attachment(name, 2048, "0" * 64, "image/png") for name in attachments)
        self.lines.append((self.person.name, text))
        return self.turn(Said(text, files))

    def presses(self, label: str) -> str:
        """The person presses a button of the last answer by its label."""
        choice = next((one for one in self.choices() if one[1] == label), None)
        assert choice is not None, f"no button {label!r} among {self.choices()}"
        self.lines.append((self.person.name, f"[{label}]"))
        return self.turn(Pressed(choice[0]))

    def press_action(self, action: str, **values: object) -> str:
        """A raw button, for forged, old and unknown ones."""
        self.lines.append((self.person.name, f"[{action}]"))
        return self.turn(Pressed(action, values))

    def submits(self, **values: object) -> str:
        """The person fills in the card of the last answer: questions, or a summary that still asks something."""
        buttons = [reply.submit for reply in self.replies if isinstance(reply, Questions)]
        buttons += [reply.choices[0] for reply in self.replies if isinstance(reply, Summary) and reply.inputs]
        self.lines.append((self.person.name, f"[{buttons[0].label} {values}]"))
        return self.turn(Pressed(buttons[0].id, values))

    def joins(self) -> str:
        """The person opens the conversation."""
        return self.turn(Joined())

    def edits(self, text: str) -> str:
        """The person changes an earlier message."""
        return self.turn(Edited(text))

    def deletes(self) -> str:
        """The person deletes an earlier message."""
        return self.turn(Deleted())

    def happens(self, outcome: str, ref: str, **detail: str) -> str:
        """Something happened outside."""
        return self.turn(Happened(outcome, ref, detail))

    def waits(self, **length: float) -> None:
        """Time passes."""
        self.now += timedelta(**length)

    def bot_says(self, *parts: str) -> None:
        """The last answer holds all of these, whatever the case of letters."""
        text = self.last.lower()
        for part in parts:
            assert part.lower() in text, f"{part!r} is not in:\n{self.last}"

    def bot_does_not_say(self, *parts: str) -> None:
        """The last answer holds none of these."""
        for part in parts:
            assert part.lower() not in self.last.lower(), f"{part!r} is in:\n{self.last}"

    @property
    def last(self) -> str:
        """All of the last answer, as plain text."""
        return "\n".join(render(reply, engine().texts[self.state.language]) for reply in self.replies)

    @property
    def case(self) -> Mapping[str, Any]:
        """The case opened last, as JSON."""
        assert self.cases, f"no case was opened; the bot last said:\n{self.last}"
        return self.cases[-1].to_json()

    @property
    def summary(self) -> Summary:
        """The last summary."""
        return next(reply for reply in reversed(self.replies) if isinstance(reply, Summary))

    def choices(self) -> list[tuple[str, str]]:
        """(id, label) of every button of the last answer."""
        found: list[tuple[str, str]] = []
        for reply in self.replies:
            found += [(choice.id, choice.label) for choice in reply.choices]
            if isinstance(reply, Questions):
                found += [(choice.id, choice.label) for choice in (reply.submit, *reply.actions)]
        return found

    def text(self) -> str:
        """The whole exchange, to read."""
        return "\n".join(f"{who}: {what}" for who, what in self.lines)

    def turn(self, event: Event) -> str:
        """One turn with any event; checks that there is an answer and that state and replies survive JSON."""
        situation = Situation(
            person=self.person,
            now=self.now,
            next_case_ref=f"L-2026-{len(self.cases) + 1:06d}",
            next_notice_ref=f"D-2026-{len(self.notices) + 1:04d}",
            cases=tuple(case for case in reversed(self.cases) if self._sees(case)),
            notices=tuple(notice for notice in self.notices if notice.status is NoticeStatus.ACTIVE),
            affected_by=frozenset(ref for ref, people in self.affected.items() if self.person.id in people),
            affected={ref: len(people) for ref, people in self.affected.items()}
            if Role.USS in self.person.roles
            else {},
            waiting=tuple(notice for notice in self.notices if notice.status in _UNPUBLISHED)
            if Role.USS in self.person.roles
            else (),
            proposed=tuple(self.proposed) if Role.USS in self.person.roles else (),
            unsettled=tuple(self.unsettled) if Role.USS in self.person.roles else (),
            inbox=tuple(
                case for case in reversed(self.cases) if case.is_open and case.first_line in self.person.first_line_of
            ),
            first_line_reads=self.first_line_reads,
            case_tool=self.case_tool,
            muted=self.muted,
            faults=tuple(case for case in self.cases if Role.USS in self.person.roles and case.kind == "support"),
            problems=tuple(self.problems),
            insight_url=self.insight_url,
            file_link=self.file_link,
            to_verify=frozenset(self.to_verify),
            suspicions=tuple(one for one in self.suspicions if one.status is SuspicionStatus.OPEN)
            if Role.USS in self.person.roles
            else (),
            alone=self.alone,
            next_suspicion_ref=f"M-2026-{len(self.suspicions) + 1:04d}" if Role.USS in self.person.roles else "",
        )
        turn: Turn = engine().decide(self.state, event, situation, self.knowledge or library())
        assert turn.replies, "every event gets an answer"
        self.state = state_from_json(json.loads(state_to_text(turn.state)))
        assert self.state == turn.state, "the state survives JSON"
        self.replies = tuple(reply_from_json(orjson.loads(orjson.dumps(reply_to_json(one)))) for one in turn.replies)
        assert self.replies == turn.replies, "the replies survive JSON"
        self.effects = list(turn.effects)
        self._apply(turn.effects)
        self.lines.append(("Losen", self.last))
        return self.last

    def _apply(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case OpenCase(case):
                    self.cases.append(case)
                case UndoCase(ref) | WithdrawCase(ref):
                    self._change_case(ref, status=Status.WITHDRAWN)
                case CommentCase(ref, text, files):
                    old = next(case for case in self.cases if case.ref == ref)
                    self._change_case(ref, attachments=(*old.attachments, *files))
                    self._comment_case(ref, text)
                case AttachFiles(ref, files):
                    old = next(case for case in self.cases if case.ref == ref)
                    self._change_case(ref, attachments=(*old.attachments, *files))
                case ChangeFollower(ref, follower, follows):
                    old = next(case for case in self.cases if case.ref == ref)
                    others = tuple(one for one in old.followers if one != follower)
                    self._change_case(ref, followers=(*others, follower) if follows else others)
                case MuteCase(ref, muted):
                    self.muted = self.muted | {ref} if muted else self.muted - {ref}
                case MoveCase(ref, move):
                    moved = Status.CLOSED if move is Move.ACCEPT else Status.IN_PROGRESS
                    self._change_case(ref, status=moved, solution=None)
                case ReopenCase(ref, text):
                    self._comment_case(ref, text, Status.IN_PROGRESS)
                case AskReporter(ref, text, files):
                    self._comment_case(ref, text, Status.IN_PROGRESS, files)
                case SolveCase(ref, text, files):
                    self._comment_case(ref, text, Status.SOLVED, files)
                case PassOn(ref, case):
                    self.cases.append(case)
                    self._change_case(ref, status=Status.MOVED, moved_to=case.ref)
                case PublishNotice(notice):
                    self.notices.append(notice)
                case UpdateNotice(notice):
                    self._change_notice(notice)
                case AffectedBy(ref):
                    self.affected.setdefault(ref, set()).add(self.person.id)
                case MuteNotices(ref):
                    self.muted_notices.append(ref)
                case SubmitNotice(notice) if all(one.ref != notice.ref for one in self.notices):
                    self.notices.append(notice)
                case SubmitNotice(notice):
                    self._change_notice(notice)
                case ApproveNotice(ref):
                    self._change_notice(notice_steps.approved(self._notice(ref), self.person.name, self.now))
                case SendBackNotice(ref, reason):
                    self._change_notice(notice_steps.sent_back(self._notice(ref), self.person.name, reason, self.now))
                case DropNotice(ref):
                    self._change_notice(notice_steps.dropped(self._notice(ref), self.now))
                case SubmitLine(proposed):
                    self.proposed[:] = [one for one in self.proposed if one.ref != proposed.ref] + [proposed]
                case ApproveLine(ref):
                    (line,) = (one for one in self.proposed if one.ref == ref)
                    approved = notice_steps.with_approved_line(self._notice(ref), line, self.person.name, self.now)
                    self._change_notice(approved)
                    self.proposed.remove(line)
                case SendBackLine(ref, reason):
                    self.proposed[:] = [replace(one, reason=reason) if one.ref == ref else one for one in self.proposed]
                case DropLine(ref):
                    self.proposed[:] = [one for one in self.proposed if one.ref != ref]
                case SettlePost(ref, target):
                    self.unsettled[:] = [one for one in self.unsettled if (one.ref, one.target) != (ref, target)]
                case SetHovedsak(ref, fellesfeil):
                    self.notices = [
                        replace(one, hovedsak=ref) if one.ref == fellesfeil else one for one in self.notices
                    ]
                    self._change_case(ref, fellesfeil=fellesfeil)
                case AttachCases(refs, fellesfeil):
                    for ref in refs:
                        self._change_case(ref, fellesfeil=fellesfeil)
                case DetachCase(ref):
                    self._change_case(ref, fellesfeil=None)
                case SayWhetherItWorks(ref, works, _, comment):
                    self.to_verify.discard(ref)
                    self._comment_case(ref, comment, Status.CLOSED if works else Status.IN_PROGRESS)
                    if not works:
                        self._change_case(ref, fellesfeil=None)
                case AskForProblemCase(task):
                    self.problems.append(task)
                case SettleProblemTask(fellesfeil):
                    self.problems = [one for one in self.problems if one.fellesfeil != fellesfeil]
                case ConfirmSuspicion(ref, fellesfeil):
                    self._decide(ref, SuspicionStatus.CONFIRMED, notice=fellesfeil)
                case DismissSuspicion(ref, reason):
                    self._decide(ref, SuspicionStatus.DISMISSED, reason=reason)
                case TakeOutReports(ref, refs):
                    self.suspicions = [
                        one.without(refs, self.now) if one.ref == ref else one for one in self.suspicions
                    ]
                case SplitSuspicion(ref, refs, new_ref):
                    whole = next(one for one in self.suspicions if one.ref == ref)
                    left, new = whole.split(refs, new_ref, self.now)
                    self.suspicions = [left if one.ref == ref else one for one in self.suspicions]
                    self.suspicions.insert(0, new)
                case TellCases() | RememberProfile() | HandOver() | ForgetMe():
                    pass

    def _decide(self, ref: str, status: SuspicionStatus, **why: str) -> None:
        self.suspicions = [
            one.decided(status, self.person.name, self.now, **why) if one.ref == ref else one for one in self.suspicions
        ]

    def _notice(self, ref: str) -> Notice:
        return next(one for one in self.notices if one.ref == ref)

    def _change_notice(self, notice: Notice) -> None:
        self.notices[:] = [notice if one.ref == notice.ref else one for one in self.notices]

    def _comment_case(
        self, ref: str, text: str, status: Status | None = None, files: tuple[Attachment, ...] = ()
    ) -> None:
        old = next(case for case in self.cases if case.ref == ref)
        line = {"at": self.now.isoformat(), "by": self.person.name, "text": text}
        self._change_case(ref, comments=(*old.comments, line), attachments=(*old.attachments, *files))
        self._change_case(ref, status=status or old.status, updated_at=self.now)

    def _change_case(self, ref: str, **changes: Any) -> None:
        self.cases[:] = [replace(case, **changes) if case.ref == ref else case for case in self.cases]

    def _sees(self, case: Case) -> bool:
        return self.person.id == case.reporter.id or case.is_followed_by(self.person.id, self.person.email)
