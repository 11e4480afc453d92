"""The case at hand is dropped for another need in one breath: "glem det, meld heller at …" (DESIGN 3)."""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.flows import choose_form
from dialogs.state import TO_OTHERS

_FORGET = re.compile(
    r"(?:glem|gløym|dropp|forget)\s+(?:det|dette|den|saken|it|that)\b[\s,.;:!–-]*(?:og\s+)?"
    r"(?:(?:meld|bestill|lag)\s+)?(?:(?:heller|inn|i\s+stedet|i\s+staden)\s+)*(?:at\s+|om\s+)?",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def hear(talk: Conversation, text: str) -> bool:
    """Begin anew with what comes after; False when nothing is dropped, or nothing is wanted instead."""
    draft, pending = talk.state.draft, talk.state.pending
    found = _FORGET.match(text.strip())
    if draft is None or draft.kind == "notice" or found is None or (pending and pending.kind in TO_OTHERS):
        return False
    instead = text.strip()[found.end() :].strip()
    if len(instead.split()) < _FEWEST_WORDS:
        return False
    talk.state = talk.state.without_draft(draft.id)
    talk.say("choose.instead")
    choose_form.begin(talk, instead)
    return True
