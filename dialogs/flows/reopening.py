"""The reporter's answer to a case that 1.linje calls solved: it does not work (G 5.1.2.1: with a reason)."""

from __future__ import annotations

from datetime import timedelta

from dialogs.case import Case, Status
from dialogs.conversation import Conversation
from dialogs.effects import ReopenCase
from dialogs.state import Pending

# After this long «virker ikke» is rather about something new.
_STILL_MEANT = timedelta(days=14)


def reopen(talk: Conversation, ref: str, why: str = "") -> None:
    """Open the case again, with the reason; ask for the reason when none was given."""
    case = talk.case(ref)
    if case is None:
        talk.say("status.unknown_case", ref=ref or "–")
    elif not may_reopen(talk, case):
        talk.say("reopen.not_solved", ref=ref)
    elif why:
        talk.close_question()
        talk.effect(ReopenCase(ref, why))
        talk.say("reopen.done", ref=ref)
    else:
        talk.say("reopen.ask", ref=ref, title=case.title)
        talk.ask(Pending("reopen", ref))


def reopen_last(talk: Conversation, why: str) -> bool:
    """«Virker ikke» with no case named: the one solved last; False when none was, so that it is a new report."""
    if talk.state.draft is not None:
        return False
    recent = [
        case
        for case in talk.situation.cases
        if may_reopen(talk, case) and talk.situation.now - case.updated_at <= _STILL_MEANT
    ]
    if not recent:
        return False
    reopen(talk, max(recent, key=lambda case: case.updated_at).ref, why)
    return True


def may_reopen(talk: Conversation, case: Case) -> bool:
    """Only the reporter, and only what the own 1.linje solved: the desk's cases are reopened in the case tool."""
    return bool(case.first_line) and case.status is Status.SOLVED and case.reporter.id == talk.situation.person.id
