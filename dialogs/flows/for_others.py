"""Words for somebody else: a comment, a question, a reason or an answer, passed on as they were written."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.flows import commenting, escalating, inbox, reopening, returning, solution
from dialogs.state import TO_OTHERS, Pending


def are_asked(pending: Pending | None) -> bool:
    """Whether words for somebody else are waited for. A name is none of them: a command is a command beside it."""
    return pending is not None and pending.kind in TO_OTHERS and pending.kind != "addressee"


def take(talk: Conversation, kind: str, ref: str, text: str) -> None:
    """A comment, a question or an answer for somebody else; then the case at hand is taken up again."""
    match kind:
        case "comment":
            commenting.take(talk, ref, text)
        case "addressee":
            commenting.take_name(talk, ref, text)
        case "escalate":
            escalating.take(talk, ref, text)
        case "reject":
            solution.take_reason(talk, ref, text)
        case "reopen":
            reopening.reopen(talk, ref, text)
        case _:
            inbox.take_text(talk, kind, ref, text)
    if talk.state.pending is None or talk.state.pending.kind not in TO_OTHERS:
        returning.resume(talk)
