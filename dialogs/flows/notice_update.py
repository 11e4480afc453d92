"""A published notice goes on: updated, resolved or withdrawn, one line of its history at a time (G 5.1.2.2, 5.1.2.5).

A line that goes to open and closed groups is asked for twice, so that what only the closed group may know is never
written where everybody reads it. What is said first is kept in the state (`Line`) until the line is whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from dialogs.case import FELLESFEIL, Notice, NoticeStatus, NoticeUpdate, Role
from dialogs.choosing import yes_or_no
from dialogs.conversation import Conversation
from dialogs.dates import show_duration
from dialogs.effects import UpdateNotice
from dialogs.flows import hovedsak, notice_wording, problem_case
from dialogs.notice_text import is_mixed, names_of
from dialogs.phrases import is_answer
from dialogs.replies import Choice
from dialogs.roles import may_publish_notices
from dialogs.state import Line, Pending
from knowledge.notice_reach import reach_of
from knowledge.reading import read_moment

KINDS = ("updated", "resolved", "withdrawn")
FOR_NOW = "for_now"
"""resolved, but not for good: the root cause needs a problem case (G 5.1.2.5)"""

_STATUS = {"resolved": NoticeStatus.RESOLVED, "withdrawn": NoticeStatus.WITHDRAWN}
_TYPED = re.compile(
    r"(?P<what>(?:midlertidig|mellombels)\s+(?:løst|løyst|rettet|retta)|"
    r"oppdater(?:ing)?|update|avslutt|løst|løyst|feilen er rettet|rettet|retta|resolved)\b"
    r"\s*[:–-]?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)

_WITH_REF = re.compile(
    r"(?P<what>[^\W\d]+(?:\s+[^\W\d]+)?)\s+(?P<ref>D-\d{4}-\d{1,9})\b[\s:–-]*(?P<rest>.*)$", re.I | re.S
)

QUESTIONS = frozenset(
    {"notice_updated", "notice_resolved", "notice_withdrawn", "notice_for_now", "notice_plain", "notice_closed"}
)
"""The open questions about a line that are answered in words."""


def hear(talk: Conversation, kind: str, ref: str, text: str) -> None:
    """The answer to one of `QUESTIONS`."""
    match kind:
        case "notice_for_now":
            take_for_now(talk, ref, text)
        case "notice_plain":
            take_plainer(talk, text)
        case "notice_closed":
            take_closed(talk, text)
        case _:
            take(talk, ref, kind.removeprefix("notice_"), text)


def may_publish(talk: Conversation) -> bool:
    """Notices are the incident manager's to write, and the request manager's when he is the one on duty."""
    return may_publish_notices(talk.roles)


def say_not_allowed(talk: Conversation) -> None:
    """Who may, to somebody of the desk and to everybody else."""
    talk.say("notice.only_im" if Role.USS in talk.roles else "notice.not_allowed")


def typed(talk: Conversation, ref: str, text: str) -> bool:
    """ "Oppdater: feilen er funnet" right after the list; False when it is something else."""
    said = _TYPED.match(text.strip())
    if said is None:
        return False
    what = said.group("what").lower()
    kind = "updated" if what.startswith(("oppdater", "update")) else "resolved"
    if what.startswith(("midlertidig", "mellombels")):
        kind = FOR_NOW
    rest = said.group("rest").strip(" :–-")
    if rest and kind == FOR_NOW:
        take_for_now(talk, ref, rest)
    elif rest:
        take(talk, ref, kind, rest)
    else:
        start(talk, ref, kind)
    return True


def typed_with_ref(talk: Conversation, text: str) -> bool:
    """ "Oppdater D-2026-0001: feilen er funnet", at any point; False when it is something else."""
    said = _WITH_REF.match(text.strip())
    return said is not None and typed(talk, said["ref"].upper(), f"{said['what']}: {said['rest']}")


def start(talk: Conversation, ref: str, kind: str) -> None:
    """Ask for the text of an update, a resolution or a withdrawal."""
    notice = active(talk, ref)
    if not may_publish(talk):
        say_not_allowed(talk)
    elif notice is None or kind not in (*KINDS, FOR_NOW):
        talk.say("notice.unknown", ref=ref)
    else:
        # What was planned or told had no cause; it is over.
        faulty = notice.type == FELLESFEIL
        talk.say("notice.ask_over" if kind == "resolved" and not faulty else f"notice.ask_{kind}", ref=ref)
        talk.ask(Pending(f"notice_{kind}", ref))


def take_for_now(talk: Conversation, ref: str, text: str) -> None:
    """What was done to make the fault go away for the time being; everybody is told that it is for now."""
    told = text if problem_case.is_for_now(text) else talk.text("problem.for_now", text=text)
    take(talk, ref, "resolved", told)


def take(talk: Conversation, ref: str, kind: str, text: str, *, checked: bool = False) -> None:
    """What everybody is told; then what only the closed group is told, where it gets the notice too.

    checked: whether it has been said what could be plainer.
    """
    notice = _open_for(talk, ref)
    if notice is None:
        return
    hints = "" if checked or kind == "withdrawn" else notice_wording.hints_for_line(talk, kind, text)
    if hints:
        anyway = (Choice("line:anyway", talk.text("plain.anyway")),)
        talk.state = replace(talk.state, line=Line(ref, kind, text))
        talk.say("plain.ask", hints=hints, choices=anyway)
        talk.ask_choice("notice_plain", ref, anyway)
    elif is_mixed(talk, notice.groups):
        _ask_closed(talk, notice, Line(ref, kind, text), "notice.ask_closed_line")
    else:
        _write(talk, notice, Line(ref, kind, text))


def _ask_closed(talk: Conversation, notice: Notice, line: Line, question: str) -> None:
    reach = reach_of(talk.knowledge.organisation)
    closed = names_of(talk, [key for key in notice.groups if not reach.is_open(key)])
    same = (Choice("line:same", talk.text("notice.no_closed_text")),)
    talk.state = replace(talk.state, line=line)
    talk.say(question, groups=closed, choices=same)
    talk.ask_choice("notice_closed", line.ref, same)


def take_closed(talk: Conversation, text: str) -> None:
    """What only the closed group is told, or that there is nothing more."""
    line = talk.state.line
    if line is None:
        talk.close_question()
        talk.say("error.old_card")
        return
    notice = _open_for(talk, line.ref)
    if notice is not None and yes_or_no(text) is True:
        _ask_closed(talk, notice, line, "notice.closed_what")
    elif notice is not None:
        nothing = is_answer(text, "nothing") or text == talk.text("notice.no_closed_text")
        _write(talk, notice, replace(line, closed="" if nothing else text))


def take_plainer(talk: Conversation, text: str) -> None:
    """Another wording of the line, after it was said what could be plainer."""
    line = talk.state.line
    if line is None:
        talk.close_question()
        talk.say("error.old_card")
        return
    if problem_case.is_for_now(line.text) and not problem_case.is_for_now(text):
        text = talk.text("problem.for_now", text=text)
    take(talk, line.ref, line.kind, text, checked=True)


def press(talk: Conversation, what: str) -> None:
    """The buttons while a line is written: the same text for the closed group, or this wording all the same."""
    pending = talk.state.pending
    kind = pending.kind if pending is not None else ""
    if what == "same" and kind == "notice_closed":
        take_closed(talk, talk.text("notice.no_closed_text"))
    elif what == "anyway" and kind == "notice_plain" and talk.state.line is not None:
        take_plainer(talk, talk.state.line.text)
    else:
        talk.say("error.old_card")


def active(talk: Conversation, ref: str) -> Notice | None:
    """The active notice of this reference."""
    return next((notice for notice in talk.situation.notices if notice.ref == ref), None)


def _open_for(talk: Conversation, ref: str) -> Notice | None:
    """The notice, when it is there and the person may write it; otherwise that is said."""
    if not may_publish(talk):
        say_not_allowed(talk)
        return None
    talk.close_question()
    notice = active(talk, ref)
    if notice is None:
        talk.state = replace(talk.state, line=None)
        talk.say("notice.unknown", ref=ref)
    return notice


def _write(talk: Conversation, notice: Notice, line: Line) -> None:
    """Add the line to the notice's history and change its standing."""
    talk.state = replace(talk.state, line=None)
    now = talk.situation.now
    told = NoticeUpdate(now, talk.situation.person.name, line.kind, line.text, line.closed)
    changed = replace(
        notice,
        status=_STATUS.get(line.kind, NoticeStatus.ACTIVE),
        updated_at=now,
        next_update_at=_next_update(talk, line.text) if line.kind == "updated" else None,
        history=(*notice.history, told),
    )
    talk.effect(UpdateNotice(changed))
    hovedsak.tell_cases(talk, changed, line.kind, line.text)
    lasted = show_duration(now - notice.since, talk.state.language)
    talk.say(f"notice.done_{line.kind}", ref=notice.ref, lasted=lasted)
    if line.kind == "resolved" and problem_case.is_for_now(line.text):
        problem_case.ask_for(talk, changed, line.text)


def _next_update(talk: Conversation, text: str) -> datetime | None:
    moment = read_moment(text, talk.situation.now, "future")
    return moment.at if moment is not None and moment.at > talk.situation.now else None
