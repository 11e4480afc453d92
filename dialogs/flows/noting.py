"""What people choose is noted, so that the service desk can see where the matching is wrong, and mend it.

Only the words and the forms are noted, not who wrote them. The words have been through the privacy guard; addresses
and phone numbers, which a case may need and the matching never does, are taken out of them too.
"""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.effects import NoteChoice
from dialogs.state import Draft
from knowledge.matching import Decision
from knowledge.reading import without_masks

LONGEST_NOTED = 500
_CONTACT = re.compile(r"\S+@\S+|(?<!\d)(?:\+47|0047)?(?: ?\d){8}(?!\d)")


def note_opened(talk: Conversation, draft: Draft) -> None:
    """A case is opened with the form of the draft: that form was right."""
    _note(talk, draft, draft.form_id, confirmed=True)


def note_picked(talk: Conversation, draft: Draft, chosen: int | None) -> None:
    """A form was picked out of those offered, or none of them; noted when it is not the one the matcher had first."""
    _note(talk, draft, chosen, confirmed=False)


def note_refused(talk: Conversation, text: str) -> None:
    """The matcher had no form for what was written."""
    talk.effect(NoteChoice(_kept(text), None, Decision.NONE.value, None))


def _note(talk: Conversation, draft: Draft, chosen: int | None, *, confirmed: bool) -> None:
    text = _kept(draft.text)
    match = talk.match(text)
    proposed = match.best.form.id if match.best is not None else None
    if text and (confirmed or chosen != proposed):
        talk.effect(NoteChoice(text, proposed, match.decision.value, chosen, confirmed))


def _kept(text: str) -> str:
    return _CONTACT.sub("", without_masks(text)).strip()[:LONGEST_NOTED]
