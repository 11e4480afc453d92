"""A line of a notice goes out: everything that follows from it, whether it was just written or just approved."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.case import FELLESFEIL, Notice
from dialogs.conversation import Conversation
from dialogs.dates import show_duration
from dialogs.effects import UpdateNotice
from dialogs.flows import hovedsak, problem_case
from dialogs.notice_steps import is_wider
from dialogs.problem_task import is_for_now
from dialogs.proposed_line import ApproveLine
from knowledge.notice_reach import reach_of


def needs_approval(talk: Conversation, notice: Notice, groups: Collection[str] | None = None) -> bool:
    """Whether a second person must look at a line of it. groups: those that get it with the line, when they are more.

    Who has approved the notice has approved that it goes on: an outage is told of without waiting again. What went out
    while one person was on duty alone has been seen by nobody else yet.
    """
    reached = notice.groups if groups is None else groups
    approved = bool(notice.approved_by) and not is_wider(notice, reached)
    return not approved and reach_of(talk.knowledge.organisation).needs_approval(reached, talk.situation.now)


def send(talk: Conversation, changed: Notice, approval: ApproveLine | None = None) -> None:
    """Publish the newest line of `changed`. approval: of the line, when somebody else has written it."""
    line = changed.history[-1]
    for_now = line.kind == "resolved" and changed.type == FELLESFEIL and is_for_now(line.text)
    talk.effect(approval or UpdateNotice(changed))
    hovedsak.tell_cases(talk, changed, "for_now" if for_now else line.kind, line.text)
    if line.kind == "resolved" and line.at <= changed.since:
        talk.say("notice.done_over", ref=changed.ref)  # what never began did not last
    else:
        lasted = show_duration(line.at - changed.since, talk.state.language)
        talk.say(f"notice.done_{line.kind}", ref=changed.ref, lasted=lasted)
    if for_now:
        problem_case.ask_for(talk, changed, line.text)
