"""The line of a notice that is being written, kept in the state until it is sent: its words, its promise, its preview.

What is missing of its checklist is asked for, and only that; then it is shown as each group will see it, and one press
sends it. A press sends what its card shows and nothing written later.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime

from dialogs.case import Notice, NoticeUpdate
from dialogs.choosing import yes_or_no
from dialogs.commands import before_publishing
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.flows import line_preview, line_sending, problem_case, returning
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.nothing_said import is_nothing
from dialogs.notice_changes import capital, read_update, told_by, without_promise
from dialogs.notice_steps import is_wider, with_facts, with_line
from dialogs.notice_text import is_mixed, names_of
from dialogs.problem_task import is_for_now
from dialogs.proposed_line import ProposedLine, SubmitLine
from dialogs.replies import Choice, Text
from dialogs.state import UNKNOWN_VALUE, Line, Pending
from knowledge.notice_reach import reach_of

PREVIEW = "notice_line"
"""The open question while a line is shown."""


_AS_BEFORE = re.compile(
    r"(?:(?:fortsatt|framleis|som|den|det)\s+)*(?:samme|same|før|som\s+før|tid)(?:\s+tid)?\W*", re.IGNORECASE
)


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


def worded(talk: Conversation, notice: Notice, line: Line, text: str, *, first: bool, for_now: bool = False) -> Line:
    """The line with these words: the facts that they change, the time that they promise, what is for the closed group.

    first: they are its own words, and put nothing right that was written before. for_now: everybody is told that.
    """
    said = read_update(talk, notice, line, before_publishing(text), first=first)
    for why in said.refused:
        talk.replies.append(Text(why))
    words = said.text or (without_promise(talk, notice, line.text) if said.next_update_at else line.text)
    if line.kind == "resolved" and words and (for_now or is_for_now(words)):
        words = problem_case.as_for_now(talk, words)
    changes = {**line.changes, **said.changes}
    changed = replace(
        line, text=capital(words), changes=changes, next_update_at=said.next_update_at or line.next_update_at
    )
    return changed if said.closed is None else _with_closed(talk, notice, changed, said.closed)


def _with_closed(talk: Conversation, notice: Notice, line: Line, closed: str) -> Line:
    """What is for the closed group alone goes nowhere else, also where that group gets nothing of the notice."""
    groups = with_facts(notice, line.changes).groups
    reach = reach_of(talk.knowledge.organisation)
    if not reach.shows_on_portal(groups):
        return replace(line, text=" ".join(part for part in (line.text, closed) if part))
    if not reach.has_closed(groups):
        talk.say("line.no_closed_group", text=closed)
        return line
    return replace(line, closed=closed)


def show(talk: Conversation, notice: Notice, line: Line) -> None:
    """Ask what the line's checklist still misses, else show it."""
    line = replace(line, seen=notice.updated_at.isoformat())
    talk.state = replace(talk.state, line=line)
    if not line.text and not line.changes and line.next_update_at in ("", UNKNOWN_VALUE):
        # What a closed group alone is told is no news to everybody else.
        talk.say("line.ask_text_first", ref=line.ref)
        talk.ask(Pending(PREVIEW, line.ref))
        return
    if line.kind == "updated" and not line.next_update_at:
        ask_next(talk, line)
        return
    changed = _changed(talk, notice, line)
    approval = line_sending.needs_approval(talk, notice, changed.groups)
    reached = line_preview.reached(talk, changed)
    send = "line.ask_approval" if approval else "line.send"
    choices = [
        Choice(f"line:send:{version(line)}", talk.text(send, members=reached), "positive"),
        Choice("line:text", talk.text("line.change_text")),
    ]
    if line.kind == "updated":
        choices.append(Choice("line:next", talk.text("line.change_next")))
    if is_mixed(talk, changed.groups):
        choices.append(Choice("line:closed", talk.text("line.own_text", groups=_closed_names(talk, changed))))
    choices.append(Choice("line:drop", talk.text("button.cancel"), "destructive"))
    question = talk.text("line.must_be_approved" if approval else "line.question", members=reached)
    line_preview.show(talk, changed, tuple(choices), question)
    talk.ask_choice(PREVIEW, line.ref, choices)


def version(line: Line) -> str:
    """What a card shows, so that its button sends that and nothing written later."""
    changes = (part for name, value in sorted(line.changes.items()) for part in (name, value))
    return hashlib.sha256(
        "\0".join((line.ref, line.kind, line.text, line.closed, line.next_update_at, line.seen, *changes)).encode()
    ).hexdigest()[:12]


def ask_next(talk: Conversation, line: Line, key: str = "line.ask_next") -> None:
    """When the next update comes, which may not be known yet."""
    choices = (Choice("line:no_promise", talk.text("line.no_promise")), *_as_promised(talk, line))
    talk.say(key, ref=line.ref, choices=choices)
    talk.ask_choice("notice_next", line.ref, choices)


def _as_promised(talk: Conversation, line: Line) -> tuple[Choice, ...]:
    """What is promised already and lies ahead may stand."""
    notice = active(talk, line.ref)
    at = notice.next_update_at if notice is not None else None
    if at is None or at <= talk.situation.now:
        return ()
    when = show_moment(at, talk.state.language, talk.situation.now)
    return (Choice("line:keep", talk.text("line.keep_next", when=when)),)


def keep_next(talk: Conversation, notice: Notice, line: Line) -> None:
    """The next update comes when it was promised before."""
    at = notice.next_update_at
    show(talk, notice, replace(line, next_update_at=at.isoformat() if at is not None else UNKNOWN_VALUE))


def take_next(talk: Conversation, text: str) -> None:
    """The answer to it, or another time said at the preview."""
    line, notice = _line_at_hand(talk)
    if line is None or notice is None:
        return
    said = read_update(talk, notice, line, text, first=False)
    if said.changes or said.closed is not None:
        show(talk, notice, worded(talk, notice, line, text, first=False))
    elif _AS_BEFORE.fullmatch(text.strip()) and _as_promised(talk, line):
        keep_next(talk, notice, line)
    elif said.next_update_at:
        words = without_promise(talk, notice, line.text)
        show(talk, notice, replace(line, text=words, next_update_at=said.next_update_at))
    elif is_nothing(text) or yes_or_no(text) is False:
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
    nothing = is_nothing(text) or text == talk.text("notice.no_closed_text")
    show(talk, notice, replace(line, closed="" if nothing else before_publishing(text)))


def reword(talk: Conversation, text: str) -> None:
    """Other words for everybody."""
    line, notice = _line_at_hand(talk)
    if line is not None and notice is not None:
        show(talk, notice, worded(talk, notice, line, text, first=False, for_now=is_for_now(line.text)))


def send(talk: Conversation, notice: Notice, line: Line, *, reach_confirmed: bool = False) -> None:
    """Send the line, or ask a second person; what has changed since it was shown is shown again first.

    More groups count as a first notice to them: the number is confirmed, and somebody else looks at it.
    """
    if line.seen != notice.updated_at.isoformat():
        talk.say("line.changed_meanwhile", ref=notice.ref)
        show(talk, notice, line)
        return
    changed = _changed(talk, notice, line)
    wider = is_wider(notice, changed.groups)
    if wider and not reach_confirmed and reach_of(talk.knowledge.organisation).is_widest(changed.groups):
        _ask_about_reach(talk, changed, line)
        return
    talk.state = replace(talk.state, line=None)
    if line_sending.needs_approval(talk, notice, changed.groups):
        proposed = ProposedLine(
            ref=line.ref,
            line=_told(talk, notice, line),
            next_update_at=_next_of(line),
            author_id=talk.situation.person.id,
            changes=line.changes,
            words=line.text if line.changes else "",
        )
        talk.effect(SubmitLine(proposed))
        talk.say("line.submitted", ref=notice.ref)
    else:
        line_sending.send(talk, changed)
    returning.resume(talk)


def _ask_about_reach(talk: Conversation, changed: Notice, line: Line) -> None:
    members = line_preview.reached(talk, changed)
    choices = (
        Choice(f"line:reach:{version(line)}", talk.text("notice.reach_right", members=members), "positive"),
        Choice("line:fewer", talk.text("line.not_more_groups")),
        Choice("line:drop", talk.text("button.cancel"), "destructive"),
    )
    talk.say("notice.ask_reach", groups=names_of(talk, changed.groups), members=members, choices=choices)
    talk.ask_choice("notice_reach", line.ref, choices)


def fewer(talk: Conversation, notice: Notice, line: Line) -> None:
    """The line goes to the groups that have the notice, after all."""
    changes = {name: value for name, value in line.changes.items() if name != "groups"}
    show(talk, notice, replace(line, changes=changes))


def drop(talk: Conversation, line: Line) -> None:
    """It is not sent."""
    talk.state = replace(talk.state, line=None)
    talk.say("line.dropped", ref=line.ref)
    returning.resume(talk)


def _changed(talk: Conversation, notice: Notice, line: Line) -> Notice:
    return with_line(notice, _told(talk, notice, line), _next_of(line), line.changes)


def _told(talk: Conversation, notice: Notice, line: Line) -> NoticeUpdate:
    text = told_by(talk, notice, line)
    return NoticeUpdate(talk.situation.now, talk.situation.person.name, line.kind, text, line.closed)


def _next_of(line: Line) -> datetime | None:
    at = line.next_update_at
    return datetime.fromisoformat(at) if at and at != UNKNOWN_VALUE else None


def _closed_names(talk: Conversation, notice: Notice) -> str:
    reach = reach_of(talk.knowledge.organisation)
    return names_of(talk, [key for key in notice.groups if not reach.is_open(key)])
