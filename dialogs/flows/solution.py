"""The answer to a proposed solution: accepted, or rejected with a reason (G 5.1.2.1), by the reporter.

The answer always goes into the case as a comment. Where the owner of the case tool has confirmed a way, the case is
moved on as well; elsewhere the person is told, with the link, that it is to be answered there too.
"""

from __future__ import annotations

from dialogs.case import Case, Status
from dialogs.choosing import yes_or_no
from dialogs.commands import find_command
from dialogs.conversation import Conversation
from dialogs.effects import CommentCase, Move, MoveCase
from dialogs.flows import estimate
from dialogs.flows.commenting import addressees, full_ref, tool_link
from dialogs.replies import Choice
from dialogs.state import Pending
from dialogs.works_now import Verdict, verdict

_REASON_WORDS = 3
"""A rejection of so many words says why."""


def choices(talk: Conversation, case: Case) -> tuple[Choice, ...]:
    """The two buttons, for the reporter of a case with a proposed solution."""
    if not may_answer(talk, case):
        return ()
    if is_accepted(talk, case):
        return (Choice(f"solution:{case.ref}:no", talk.text("solution.reject"), "destructive"),)
    return (
        Choice(f"solution:{case.ref}:yes", talk.text("solution.accept"), "positive"),
        Choice(f"solution:{case.ref}:no", talk.text("solution.reject"), "destructive"),
    )


def may_answer(talk: Conversation, case: Case) -> bool:
    """Whether a solution waits for this person's answer; after a fellesfeil «virker det?» asks for the same."""
    asked_otherwise = case.ref in talk.situation.to_verify
    own = talk.reported(case)
    return case.status is Status.SOLUTION_PROPOSED and own and not asked_otherwise


def is_accepted(talk: Conversation, case: Case) -> bool:
    """Whether the reporter has accepted the solution and the case tool has not closed the case yet: a comment is all
    there is, until somebody accepts it there too. What was said in the case after that may take it back."""
    if case.status is not Status.SOLUTION_PROPOSED or not case.comments:
        return False
    return talk.case_text("solution.accepted_comment") in case.comments[-1]["text"]


def press(talk: Conversation, rest: str) -> None:
    """A button: "REF:yes" or "REF:no"."""
    ref, _, answer = rest.partition(":")
    case = _answerable(talk, ref)
    if case is not None and answer == "yes":
        _accept(talk, case)
    elif case is not None:
        _ask_why(talk, case)


def typed(talk: Conversation, ref: str, text: str) -> bool:
    """ "Ja, det virker", "nei, den henger fortsatt": False when the text is no answer to the solution."""
    case, plain = talk.case(ref), yes_or_no(text)
    said = verdict(text) if find_command(text) is None else None  # "avvis: den henger fortsatt" says more
    if case is None or (said is None and plain is None) or not may_answer(talk, case):
        return False
    if said is Verdict.UNTRIED:
        talk.say("verify.try_first", ref=ref)
    elif said is Verdict.WORKS_NOT or (said is None and not plain):
        take_reason(talk, ref, text if len(text.split()) > _REASON_WORDS else "")
    else:
        _accept(talk, case)
    return True


def hear(talk: Conversation, text: str) -> bool:
    """ "Nå funker det, tusen takk!" without a question open, or while the case is shown: of the newest that waits."""
    if talk.state.draft is not None:
        return False
    pending = talk.state.pending
    shown = pending.key if pending is not None and pending.kind == "case_actions" else ""
    case = _waiting(talk, shown) if pending is None or shown else None
    return case is not None and verdict(text) is not None and typed(talk, case.ref, text)


def accept(talk: Conversation, ref: str) -> bool:
    """ "Godta", "godkjenn": the case named or the newest that waits; False when none does."""
    case = _waiting(talk, ref)
    if case is None:
        return estimate.say_not_here(talk, ref)
    _accept(talk, case)
    return True


def reject(talk: Conversation, ref: str, why: str) -> bool:
    """ "Avvis", "virker ikke": the case named or the newest that waits; False when none does."""
    case = _waiting(talk, ref)
    if case is None:
        return estimate.say_not_here(talk, ref)
    take_reason(talk, case.ref, why)
    return True


def take_reason(talk: Conversation, ref: str, why: str) -> None:
    """Why the solution will not do; asked for when it is not said."""
    talk.close_question()
    case = _answerable(talk, ref)
    if case is None:
        return
    if not why:
        _ask_why(talk, case)
        return
    say(talk, case, talk.case_text("solution.rejected_comment", why=why))
    move_on(talk, case, Move.REJECT, "solution.rejecting", "solution.reject_there")


def say(talk: Conversation, case: Case, text: str) -> None:
    """Say it in the case, to those who had it first."""
    name = addressees(talk, case)[0]
    talk.effect(CommentCase(case.ref, talk.case_text("comment.greeting", name=name, text=text)))


def move_on(talk: Conversation, case: Case, move: Move, done: str, there: str) -> None:
    """Move the case where that is confirmed (said as `done`); else say, with the link, to do it `there`."""
    if talk.situation.case_tool.takes_answers:
        talk.effect(MoveCase(case.ref, move))
        talk.say(done, ref=case.ref)
        return
    talk.say(there, ref=case.ref, links=tool_link(talk, case))


def _accept(talk: Conversation, case: Case) -> None:
    talk.close_question()
    text = talk.case_text("solution.accepted_comment")
    if not any(text in one["text"] for one in case.comments):
        say(talk, case, text)
    move_on(talk, case, Move.ACCEPT, "solution.accepting", "solution.accept_there")


def _ask_why(talk: Conversation, case: Case) -> None:
    talk.say("solution.why", ref=case.ref, title=case.title)
    talk.ask(Pending("reject", case.ref))


def _answerable(talk: Conversation, ref: str) -> Case | None:
    case = talk.case(ref)
    if case is None:
        talk.say("status.unknown_case", ref=ref)
    elif not may_answer(talk, case):
        talk.say("solution.none", ref=case.ref)
    else:
        return case
    return None


def _waiting(talk: Conversation, ref: str) -> Case | None:
    waiting = [case for case in talk.situation.cases if may_answer(talk, case)]
    if ref:
        wanted = full_ref(talk, ref)
        return next((case for case in waiting if case.ref == wanted), None)
    last = [case for case in waiting if case.ref == talk.state.last_case]
    return next(iter((*last, *waiting)), None)
