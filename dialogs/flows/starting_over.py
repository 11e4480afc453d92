"""The case at hand is dropped for another need in one breath: "glem det, meld heller at …" (DESIGN 3)."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.flows import choose_form
from dialogs.state import TO_OTHERS
from dialogs.taken_back import after_forget


def hear(talk: Conversation, text: str) -> bool:
    """Begin anew with what comes after; False when nothing is dropped, or nothing is wanted instead."""
    draft, pending = talk.state.draft, talk.state.pending
    instead = after_forget(text)
    if draft is None or draft.kind == "notice" or instead is None or (pending and pending.kind in TO_OTHERS):
        return False
    talk.state = talk.state.without_draft(draft.id)
    talk.say("choose.instead")
    choose_form.begin(talk, instead)
    return True
