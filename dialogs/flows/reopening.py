"""The reporter's answer to a case that others call solved: it does not work (G 5.1.2.1: with a reason).

At the own 1.linje that opens it again. In the case tool it is said in the case, which is moved back where its owner
has confirmed a way; elsewhere the person is told to open it again there.
"""

from __future__ import annotations

from datetime import timedelta

from dialogs.case import Case, Status
from dialogs.conversation import Conversation
from dialogs.effects import Move, ReopenCase
from dialogs.flows import solution
from dialogs.state import Pending

# After this long «virker ikke» is rather about something new.
_STILL_MEANT = timedelta(days=14)


def reopen(talk: Conversation, ref: str, why: str = "") -> None:
    """Open the case again, with the reason; ask for the reason when none was given."""
    case = talk.case(ref)
    if case is None:
        talk.say("status.unknown_case", ref=ref or "–")
    elif not may_reopen(talk, case):
        talk.say("comment.closed" if case.status is Status.CLOSED else "reopen.not_solved", ref=ref)
    elif why and not case.first_line:
        talk.close_question()
        solution.say(talk, case, talk.case_text("reopen.comment", why=why))
        solution.move_on(talk, case, Move.REOPEN, "reopen.reopening", "reopen.reopen_there")
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
    """Only the reporter, and only what is solved; what is closed for good is reported anew."""
    return case.status is Status.SOLVED and talk.reported(case)
