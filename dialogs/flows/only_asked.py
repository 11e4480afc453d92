"""Somebody only asked, and did not want what was begun: "jeg spurte bare om hvilket skjema" (DESIGN 3)."""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.flows import choose_form, returning
from dialogs.state import Draft

_ONLY_ASKED = re.compile(
    r"^(?:(?:nei|no|men|but)\b[\s,.]*)*(?:jeg|eg|vi|me|i|we)\s+(?:(?:spurte|spør|lurte|lurer|lurar|spurde|asked|wondered|wonder)\b|"
    r"(?:vil|ville|skulle|want)\s+(?:jo\s+)?(?:bare|berre|kun|only)\s+(?:vite|spørre|spørje|to\s+(?:know|ask))\b|"
    r"(?:bare|berre|just|only|was)\s+(?:\w+\s+)?(?:spurte|lurte|lurer|asked|asking|wondered|wondering)\b)(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_A_FORM = re.compile(r"\b(?:skjema(?:et)?|form)\b", re.IGNORECASE)


def hear(talk: Conversation, draft: Draft, text: str) -> bool:
    """Tell the form instead of filling it in, or say that there is no answer and ask on; False for anything else."""
    found = _ONLY_ASKED.match(text.strip())
    if found is None or draft.kind == "notice":
        return False
    if _A_FORM.search(found["what"]):
        talk.finish_draft(draft)
        choose_form.which_form(talk, draft.text)
        return True
    talk.say("error.no_answer")
    returning.resume(talk, say=False)
    return True
