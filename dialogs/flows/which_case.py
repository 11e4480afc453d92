"""Which of the person's cases is meant when none was named: the one talked about, the only one, or one to be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.replies import Choice

SHOWN_CASES = 5
LONGEST_TITLE = 40


def find(talk: Conversation, cases: Sequence[Case], action: Callable[[Case], str]) -> Case | None:
    """The case that is meant; None when there is none, or it is asked which. action: of the button for a case."""
    last = [case for case in cases if case.ref == talk.state.last_case]
    if last or len(cases) == 1:
        return (last or list(cases))[0]
    if not cases:
        talk.say("attach.no_case")
        return None
    choices = tuple(Choice(action(case)[:300], label(case)) for case in cases[:SHOWN_CASES])
    talk.say("attach.which", choices=choices)
    talk.offer("which_case", "", choices)
    return None


def label(case: Case) -> str:
    """What a case is called on a button."""
    title = case.title if len(case.title) <= LONGEST_TITLE else case.title[: LONGEST_TITLE - 1].rstrip() + "…"
    return f"{case.ref}: {title}"
