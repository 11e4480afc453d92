"""An estimate waits for approval (G 5.1.4): told with the way to the approval case, and answered nowhere else."""

from __future__ import annotations

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.flows.commenting import full_ref, tool_link


def waits(case: Case) -> bool:
    """Whether an approval is waited for."""
    return case.estimate is not None and case.is_open


def shown(talk: Conversation, case: Case) -> str:
    """What is waited for, as a line of the status."""
    return talk.text("estimate.waits", hours=case.estimate) if case.estimate else talk.text("estimate.waits_unknown")


def say_not_here(talk: Conversation, ref: str = "") -> bool:
    """ "Godkjenn", said here, decides nothing: say so. False when no case waits for an approval."""
    waiting = [case for case in talk.situation.cases if waits(case)]
    if ref:
        wanted = full_ref(talk, ref)
        waiting = [case for case in waiting if case.ref == wanted]
    if not waiting:
        return False
    say(talk, waiting[0])
    return True


def say(talk: Conversation, case: Case) -> None:
    """Only the approval case counts."""
    talk.say("estimate.not_here", ref=case.ref, links=tool_link(talk, case))
