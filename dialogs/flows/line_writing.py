"""The line of a notice that is being written, kept in the state until it is sent: its words, its promise, its preview.

What is missing of its checklist is asked for, and only that; then it is shown as each group will see it, and one press
sends it. A press sends what its card shows and nothing written later.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from dialogs.case import Notice, NoticeUpdate
from dialogs.choosing import yes_or_no
from dialogs.conversation import Conversation
from dialogs.flows import line_preview, line_sending, problem_case, returning
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.notice_steps import with_line
from dialogs.notice_text import is_mixed, names_of
from dialogs.phrases import is_answer
from dialogs.problem_task import is_for_now
from dialogs.proposed_line import ProposedLine, SubmitLine
from dialogs.replies import Choice
from dialogs.state import UNKNOWN_VALUE, Line
from knowledge.notice_reach import reach_of
from knowledge.reading import read_moment

PREVIEW = "notice_line"
"""The open question while a line is shown."""


def active(talk: Conversation, ref: str) -> Notice | None:
    """The active notice of this reference."""
    return next((notice for notice in talk.situation.notices if notice.ref == ref), None)


def open_for(talk: Conversation, ref: str) -> Notice | None:
    """The notice, when it is there and the person may write it; otherwise that is said."""
    if not may_publish(talk):
        say_not_allowed(talk)
        return None
    talk.close_question()
    notice = active(talk, ref)
    other = next((one for one in talk.situation.proposed if one.ref == ref), None)
    if notice is None:
        talk.state = replace(talk.state, line=None)
        talk.say("notice.unknown", ref=ref)
    elif (
        other is not None and other.author_id != talk.situation.person.id and line_sending.needs_approval(talk, notice)
    ):
        see = (Choice(f"approval:{ref}", talk.text("approval.show")),)
        talk.say("line.another_waits", ref=ref, author=other.line.by, choices=see)
        talk.offer("approval", ref, see)
        return None
    return notice


def _line_at_hand(talk: Conversation) -> tuple[Line | None, Notice | None]:
    line = talk.state.line
    if line is None:
        talk.close_question()
        talk.say("error.old_card")
        return None, None
    return line, open_for(talk, line.ref)


def worded(talk: Conversation, line: Line, text: str, *, for_now: bool) -> Line:
    """The line with these words. A time that they promise is promised; that it is for now, everybody is told."""
    moment = _promised(talk, text) if line.kind == "updated" else None
    if line.kind == "resolved" and (for_now or is_for_now(text)):
        text = problem_case.as_for_now(talk, text)
    # After "oppdater D-2026-0003:" nobody begins with a capital, and it is read as a sentence of its own.
    text = text[:1].upper() + text[1:]
    return replace(line, text=text, next_update_at=moment.isoformat() if moment else line.next_update_at)


def show(talk: Conversation, notice: Notice, line: Line) -> None:
    """Ask what the line's checklist still misses, else show it."""
    line = replace(line, seen=notice.updated_at.isoformat())
    talk.state = replace(talk.state, line=line)
    if line.kind == "updated" and not line.next_update_at:
        ask_next(talk, line)
        return
    approval = line_sending.needs_approval(talk, notice)
    reached = line_preview.reached(talk, notice)
    send = "line.ask_approval" if approval else "line.send"
    choices = [
        Choice(f"line:send:{version(line)}", talk.text(send, members=reached), "positive"),
        Choice("line:text", talk.text("line.change_text")),
    ]
    if line.kind == "updated":
        choices.append(Choice("line:next", talk.text("line.change_next")))
    if is_mixed(talk, notice.groups):
        choices.append(Choice("line:closed", talk.text("line.own_text", groups=_closed_names(talk, notice))))
    choices.append(Choice("line:drop", talk.text("button.cancel"), "destructive"))
    question = talk.text("line.must_be_approved" if approval else "line.question", members=reached)
    line_preview.show(talk, _changed(talk, notice, line), tuple(choices), question)
    talk.ask_choice(PREVIEW, line.ref, choices)


def version(line: Line) -> str:
    """What a card shows, so that its button sends that and nothing written later."""
    return hashlib.sha256(
        "\0".join((line.ref, line.kind, line.text, line.closed, line.next_update_at, line.seen)).encode()
    ).hexdigest()[:12]


def ask_next(talk: Conversation, line: Line, key: str = "line.ask_next") -> None:
    """When the next update comes, which may not be known yet."""
    choices = (Choice("line:no_promise", talk.text("line.no_promise")),)
    talk.say(key, ref=line.ref, choices=choices)
    talk.ask_choice("notice_next", line.ref, choices)


def take_next(talk: Conversation, text: str) -> None:
    """The answer to it, or another time said at the preview."""
    line, notice = _line_at_hand(talk)
    if line is None or notice is None:
        return
    moment = _promised(talk, text)
    if moment is not None:
        show(talk, notice, replace(line, next_update_at=moment.isoformat()))
    elif is_answer(text, "dont_know") or is_answer(text, "nothing") or yes_or_no(text) is False:
        show(talk, notice, replace(line, next_update_at=UNKNOWN_VALUE))
    else:
        ask_next(talk, line, "line.next_not_understood")


def ask_closed(talk: Conversation, notice: Notice) -> None:
    """What the closed groups alone are told."""
    same = (Choice("line:same", talk.text("notice.no_closed_text")),)
    talk.say("notice.ask_closed_line", groups=_closed_names(talk, notice), choices=same)
    talk.ask_choice("notice_closed", notice.ref, same)


def take_closed(talk: Conversation, text: str) -> None:
    """What only the closed group is told, or that there is nothing more."""
    line, notice = _line_at_hand(talk)
    if line is None or notice is None:
        return
    if yes_or_no(text) is True:
        ask_closed(talk, notice)
        return
    nothing = is_answer(text, "nothing") or text == talk.text("notice.no_closed_text")
    show(talk, notice, replace(line, closed="" if nothing else text))


def reword(talk: Conversation, text: str) -> None:
    """Other words for everybody."""
    line, notice = _line_at_hand(talk)
    if line is not None and notice is not None:
        show(talk, notice, worded(talk, line, text, for_now=is_for_now(line.text)))


def send(talk: Conversation, notice: Notice, line: Line) -> None:
    """Send the line, or ask a second person; what has changed since it was shown is shown again first."""
    if line.seen != notice.updated_at.isoformat():
        talk.say("line.changed_meanwhile", ref=notice.ref)
        show(talk, notice, line)
        return
    talk.state = replace(talk.state, line=None)
    if line_sending.needs_approval(talk, notice):
        talk.effect(SubmitLine(ProposedLine(line.ref, _told(talk, line), _next_of(line), talk.situation.person.id)))
        talk.say("line.submitted", ref=notice.ref)
    else:
        line_sending.send(talk, _changed(talk, notice, line))
    returning.resume(talk)


def drop(talk: Conversation, line: Line) -> None:
    """It is not sent."""
    talk.state = replace(talk.state, line=None)
    talk.say("line.dropped", ref=line.ref)
    returning.resume(talk)


def _promised(talk: Conversation, text: str) -> datetime | None:
    moment = read_moment(text, talk.situation.now, "future")
    return moment.at if moment is not None and moment.at > talk.situation.now else None


def _changed(talk: Conversation, notice: Notice, line: Line) -> Notice:
    return with_line(notice, _told(talk, line), _next_of(line))


def _told(talk: Conversation, line: Line) -> NoticeUpdate:
    return NoticeUpdate(talk.situation.now, talk.situation.person.name, line.kind, line.text, line.closed)


def _next_of(line: Line) -> datetime | None:
    at = line.next_update_at
    return datetime.fromisoformat(at) if at and at != UNKNOWN_VALUE else None


def _closed_names(talk: Conversation, notice: Notice) -> str:
    reach = reach_of(talk.knowledge.organisation)
    return names_of(talk, [key for key in notice.groups if not reach.is_open(key)])
