"""Something happened to a case or a notice outside the conversation: tell the person, once, in plain words.

What somebody else said in a case comes with the buttons to answer it. When no question is open, the answer may simply
be typed; when one is, it stays open, and the buttons are there.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import case_files
from dialogs.conversation import Conversation
from dialogs.events import Happened
from dialogs.flows import (
    delivery_report,
    inbox,
    notice_rights,
    post_settling,
    reopening,
    solution,
    suspicion,
    verifying,
)
from dialogs.places import place_name
from dialogs.replies import Choice, Link, Text
from dialogs.state import Pending

# Questions that only offer something; what is told now may take their place.
_IDLE = frozenset(
    {"menu", "ways_on", "case", "case_actions", "inbox", "inbox_actions", "solved", "solution", "notice_actions",
     "approval", "draft", "hovedsak", post_settling.KIND, suspicion.KIND, verifying.KIND}
)  # fmt: skip

_VERIFIED = frozenset({"fellesfeil_resolved", "fellesfeil_for_now", "fellesfeil_reminder"})
"""What asks whether it works."""

_DETAILS = ("id", "reason", "text", "name", "added", "removed", "changed")
"""What a text of an outcome may hold besides the reference."""


def tell(talk: Conversation, event: Happened) -> None:
    """Say what happened; an outcome without a text of its own is told by its reference, never passed over."""
    if event.outcome == "notice_report":
        delivery_report.tell(talk, event)
        return
    if event.outcome in suspicion.OUTCOMES and (answers := suspicion.tell(talk, event)):
        _open_choices(talk, suspicion.KIND, event.ref, answers)
        return
    key = f"outcome.{event.outcome}"
    if not talk.texts.has(key):
        key = "outcome.other"
    elif event.outcome == "case_now_solution_proposed" and not _is_mine(talk, event.ref):
        key = "outcome.solution_for_followers"
    elif event.outcome == "case_question" and "?" not in event.detail.get("text", ""):
        key = "outcome.case_written"  # an answer that leaves the case open comes the same way
    detail: dict[str, object] = dict.fromkeys(_DETAILS, "")
    detail |= {name: value for name, value in event.detail.items() if name in detail}
    if "target" in event.detail:
        detail["name"] = place_name(talk, event.detail["target"])
    url = event.detail.get("url", "")
    links: tuple[Link, ...] = (Link(talk.text("status.open_in_tool"), url),) if url.startswith("https://") else ()
    case = talk.case(event.ref)
    if case is not None and event.outcome in ("case_question", "case_solved"):
        links += case_files.links(talk, case, named_in=event.detail.get("text", ""))
    talk.replies.append(Text(talk.text(key, ref=event.ref, **detail), links, _answers(talk, event)))


def _is_mine(talk: Conversation, ref: str) -> bool:
    case = talk.case(ref)
    return case is not None and talk.reported(case)


def _answers(talk: Conversation, event: Happened) -> tuple[Choice, ...]:
    """The buttons that answer it; they or the free answer become the open question when nothing else is open."""
    choices: tuple[Choice, ...] = ()
    match event.outcome:
        case "case_question":
            choices = (Choice(f"comment:{event.ref}", talk.text("reopen.answer")),)
            _open(talk, Pending("comment", event.ref))
        case "case_solved":
            choices = (Choice(f"reopen:{event.ref}", talk.text("reopen.reopen")),)
            _open_choices(talk, "solved", event.ref, choices)
        case _ if event.outcome in _VERIFIED and event.ref in talk.situation.to_verify:
            choices = verifying.choices(talk, event.ref)
            _open_choices(talk, verifying.KIND, event.ref, choices)
        case "case_now_solution_proposed" | "case_now_solved":
            choices = _of_solution(talk, event)
        case "inbox_new" | "inbox_comment" | "inbox_reopened":
            case = talk.inbox_case(event.ref)
            if case is not None:
                choices = (Choice(f"inbox:{case.ref}", talk.text("inbox.open")), *inbox.actions(talk, case))
                _open_choices(talk, "inbox_actions", case.ref, choices)
    if event.outcome in ("case_question", "case_solved", "case_passed_on"):
        talk.state = replace(talk.state, last_case=event.detail.get("id") or event.ref)
    if event.outcome in ("notice_update_due", "notice_update_late"):
        choices = (Choice(f"notice:{event.ref}:updated", talk.text("notice.update")),)
        _open_choices(talk, "notice_actions", event.ref, choices)
    if event.outcome in ("notice_uncertain", "notice_failed") and notice_rights.may_publish(talk):
        choices = post_settling.choices(talk, event.ref, event.detail.get("target", ""))
        _open_choices(talk, post_settling.KIND, event.ref, choices)
    if event.outcome in ("notice_waiting", "notice_sent_back", "line_waiting", "line_sent_back"):
        choices = (Choice(f"approval:{event.ref}", talk.text("approval.show")),)
        _open_choices(talk, "approval", event.ref, choices)
    return choices


def _of_solution(talk: Conversation, event: Happened) -> tuple[Choice, ...]:
    """The reporter answers a solution (G 5.1.2.1); those who follow are only told."""
    case = talk.case(event.ref)
    if case is None:
        return ()
    if reopening.may_reopen(talk, case):
        choices: tuple[Choice, ...] = (Choice(f"reopen:{event.ref}", talk.text("reopen.reopen")),)
        _open_choices(talk, "solved", event.ref, choices)
    else:
        choices = solution.choices(talk, case)
        if choices:
            _open_choices(talk, "solution", event.ref, choices)
    return choices


def _open_choices(talk: Conversation, kind: str, ref: str, choices: tuple[Choice, ...]) -> None:
    _open(talk, Pending(kind, ref, tuple(one.id for one in choices), tuple(one.label for one in choices)))


def _open(talk: Conversation, pending: Pending) -> None:
    now = talk.state.pending
    if talk.state.draft is None and (now is None or now.kind in _IDLE):
        talk.ask(pending)
