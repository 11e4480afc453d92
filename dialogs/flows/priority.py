"""Somebody wants another priority: it is changed only together with the desk and the virksomhet (G 5.1.2.2)."""

from __future__ import annotations

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.replies import Choice


def explain(talk: Conversation) -> None:
    """Say so, and offer to write in the case why it should be handled sooner."""
    ref = talk.state.last_case
    case = talk.case(ref) if ref else None
    open_case = case is not None and case.is_open
    choices = (Choice(f"comment:{ref}", talk.text("priority.write", ref=ref)),) if open_case else ()
    talk.say("priority.desk" if Role.USS in talk.roles else "priority.all", choices=choices)
