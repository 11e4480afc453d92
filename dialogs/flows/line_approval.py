"""A second person of USS looks at a line of a notice that nobody else has seen yet, before it reaches very many.

The same rules as for the notice itself (`notice_approval`): somebody else, and the very version that was shown.
"""

from __future__ import annotations

from dialogs.case import Notice
from dialogs.conversation import Conversation
from dialogs.flows import line_preview, line_sending, line_writing, notice_update
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.notice_steps import with_approved_line
from dialogs.proposed_line import ApproveLine, DropLine, ProposedLine, SendBackLine
from dialogs.replies import Choice
from dialogs.state import Pending


def find(talk: Conversation, ref: str) -> ProposedLine | None:
    """The line that waits for this notice."""
    return next((one for one in talk.situation.proposed if one.ref == ref), None)


def show(talk: Conversation, proposed: ProposedLine) -> None:
    """The notice as each group will see it with this line, and what this person may do about it."""
    changed = _changed(talk, proposed)
    if changed is None:
        talk.say("notice.unknown", ref=proposed.ref)
        return
    choices, own = _choices(talk, proposed), _is_own(talk, proposed)
    if proposed.reason:
        asked = "approval.mend" if own else "approval.is_sent_back"
        question = f"{talk.text('approval.reason', reason=proposed.reason)} "
    else:
        asked, question = "approval.waits_for_others" if own else "line.approval_question", ""
    question += talk.text(asked, author=proposed.line.by)
    line_preview.show(talk, changed, choices, question)
    talk.offer("approval", proposed.ref, choices)


def press(talk: Conversation, proposed: ProposedLine, what: str) -> None:
    """A button of it: "approve:version", "back", "mend", "drop", or nothing to see it."""
    what, _, version = what.partition(":")
    changed, own = _changed(talk, proposed), _is_own(talk, proposed)
    match what:
        case "":
            show(talk, proposed)
        case "drop" if not may_publish(talk):
            say_not_allowed(talk)
        case "drop":
            talk.close_question()
            talk.effect(DropLine(proposed.ref))
            talk.say("line.dropped", ref=proposed.ref)
        case "mend" if own:
            notice_update.resubmit(talk, proposed)
        case "approve" | "back" if own:
            talk.say("approval.not_oneself", ref=proposed.ref)
        case "approve" if version != _version(proposed) or proposed.reason or changed is None:
            talk.say("approval.changed", ref=proposed.ref)
            show(talk, proposed)
        case "approve" if changed is not None:
            talk.close_question()
            line_sending.send(talk, changed, ApproveLine(proposed.ref, proposed.line.at))
        case "back":
            talk.say("approval.ask_reason", ref=proposed.ref)
            talk.ask(Pending("approval_reason", proposed.ref))
        case _:
            talk.say("error.unknown_button")


def send_back(talk: Conversation, proposed: ProposedLine, reason: str) -> None:
    """Its author is told why."""
    talk.effect(SendBackLine(proposed.ref, reason))
    talk.say("line.sent_back", ref=proposed.ref, author=proposed.line.by)


def _changed(talk: Conversation, proposed: ProposedLine) -> Notice | None:
    notice = line_writing.active(talk, proposed.ref)
    by, now = talk.situation.person.name, talk.situation.now
    return with_approved_line(notice, proposed, by, now) if notice is not None else None


def _is_own(talk: Conversation, proposed: ProposedLine) -> bool:
    return proposed.author_id == talk.situation.person.id


def _choices(talk: Conversation, proposed: ProposedLine) -> tuple[Choice, ...]:
    key, own = f"approval:{proposed.ref}", _is_own(talk, proposed)
    drop = (Choice(f"{key}:drop", talk.text("line.drop"), "destructive"),) if may_publish(talk) else ()
    if own and proposed.reason:
        return (Choice(f"{key}:mend", talk.text("approval.mend_it"), "positive"), *drop)
    if own or proposed.reason:
        return drop
    changed = _changed(talk, proposed)
    reached = line_preview.reached(talk, changed) if changed is not None else ""
    return (
        Choice(f"{key}:approve:{_version(proposed)}", talk.text("line.approve", members=reached), "positive"),
        Choice(f"{key}:back", talk.text("approval.send_back")),
        *drop,
    )


def _version(proposed: ProposedLine) -> str:
    return f"{proposed.line.at.timestamp():.6f}"
