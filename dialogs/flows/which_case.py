"""Which of the person's cases is meant when none was named: the one talked about, the only one, or one to be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.replies import Choice

SHOWN_CASES = 5


def find(talk: Conversation, cases: Sequence[Case], action: Callable[[Case], str]) -> Case | None:
    """The case that is meant; None when there is none, or it is asked which. action: of the button for a case."""
    last = [case for case in cases if case.ref == talk.state.last_case]
    if last or len(cases) == 1:
        return (last or list(cases))[0]
    if not cases:
        talk.say("comment.no_case")
        return None
    choices = tuple(Choice(action(case)[:300], case.ref) for case in cases[:SHOWN_CASES])
    talk.say("attach.which", choices=choices)
    if talk.state.draft is None:
        talk.ask_choice("which_case", "", choices)
    return None
