"""Proof of who a user is, which a form wants before it takes away what guards an account.

The form asks whoever orders how he made sure of it. An employee cannot vouch for himself: that is his own 1.linje's to
check, and they are asked when they pass the case on (G 3.2.1). Who orders for himself is asked who vouched for him.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.forms import is_employee
from dialogs.items import DraftItem, find_item
from dialogs.state import UNKNOWN_VALUE, Answer, Draft

_PROOF = "identitet"
_USER = "gjelder_bruker"


def left_to_first_line(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...]) -> Draft:
    """The draft with the proof left open, when an employee writes it."""
    if not is_employee(talk) or _PROOF in draft.answers or find_item(items, _PROOF) is None:
        return draft
    return draft.with_answer(_PROOF, Answer(UNKNOWN_VALUE, talk.text("value.unknown"), "profile"))


def note(talk: Conversation, draft: Draft) -> tuple[str, ...]:
    """What the summary tells an employee about it."""
    answer = draft.answers.get(_PROOF)
    open_ = answer is not None and answer.value == UNKNOWN_VALUE and is_employee(talk)
    return (talk.text("identity.first_line_checks"),) if open_ else ()


def as_asked(talk: Conversation, draft: Draft, item: DraftItem) -> DraftItem:
    """The item with the question in words that fit whom the case is about."""
    user = draft.answers.get(_USER)
    if item.key != _PROOF or user is None or user.value != talk.situation.person.name:
        return item
    words = talk.text("identity.ask_oneself")
    return replace(item, label=words, question=words)
