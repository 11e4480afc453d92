"""A need told while another case is unfinished is kept, and taken up when that one is done (DESIGN 3).

A fault told in an order, or an order in a fault, can only be another case; that of a further one of the same kind the
person decides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.replies import Choice
from dialogs.sentences import adds_to_it, asks_back, speaks_of_the_matter, tells_what_was_tried
from dialogs.state import Draft
from dialogs.taken_back import after_changed_mind
from knowledge.catalogue import FieldType, Kind
from knowledge.matching import Decision

_ALSO_FIRST = re.compile(
    r"^(?:en ting til|ein ting til|jeg har også|eg har òg|i tillegg|dessuten|one more thing|ny sak)\b", re.IGNORECASE
)
_ALSO = re.compile(
    r"\b(?:også|òg|heller|i\s+tillegg|dessuten|i\s+same\s+slengen|og\s+så|also|as\s+well|in\s+addition|either)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:en|ei|ein|egen|eigen|eiga)\s+(?:annen|anna|ny|egen|eiga)?\s*(?:sak|saka)\b|\banother\s+case\b", re.IGNORECASE
)
_KINDS = frozenset({Kind.SUPPORT.value, Kind.SERVICE.value})
_FEWEST_WORDS = 4
# The probability of the nearest form from which a message is a need at all.
_LIKELY = 0.5
_MOST_WAITING = 12


def begins_another(text: str) -> bool:
    """ "I tillegg ...", "ny sak": said to be something else."""
    return bool(_ALSO_FIRST.match(text))


def says_also(text: str) -> bool:
    """Whether the message says itself that it is one thing beside the other: "vi trenger også …"."""
    return bool(_ALSO.search(text))


def offer(talk: Conversation, text: str) -> bool:
    """A new need in the middle of another: now, afterwards, or part of the case at hand?"""
    choices = (
        Choice("switch:new", talk.text("switch.new")),
        Choice("switch:later", talk.text("switch.later")),
        Choice("switch:add", talk.text("switch.add")),
    )
    talk.state = replace(talk.state, queued_needs=(text, *talk.state.queued_needs)[:_MOST_WAITING])
    talk.say("switch.ask", choices=choices)
    talk.ask_choice("switch", "", choices)
    return True


def keep(talk: Conversation, draft: Draft, text: str, item: DraftItem | None = None) -> bool:
    """Keep a need of the other kind for afterwards, and say so; False when the message is none. `item` is asked now."""
    if draft.kind == "notice" or len(text.split()) < _FEWEST_WORDS or asks_back(text):
        return False
    if adds_to_it(text) or speaks_of_the_matter(text) or after_changed_mind(text) is not None:
        return False
    if tells_what_was_tried(talk, text):
        return False
    told = talk.reading(text).kind_hint
    own = draft.kind if draft.form_id is not None else talk.reading(draft.text).kind_hint
    says_another = bool(_ANOTHER.search(text))
    if told not in _KINDS or own not in _KINDS or (told == own and not says_another):
        return False
    match, beside = talk.match(text), says_another or says_also(text)
    # Words asked for may tell of anything, unless they say themselves that it is one thing more.
    if item is not None and item.type is FieldType.LONGTEXT and not beside:
        return False
    best = match.best
    if match.decision is Decision.NONE or best is None or not (beside or best.score >= _LIKELY):
        return False
    if best.form.kind != told and not beside:
        return False
    talk.state = replace(talk.state, queued_needs=(*talk.state.queued_needs, text)[-_MOST_WAITING:])
    talk.say("switch.kept", need=text.rstrip(" ."))
    return True


def may_be_another(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Skriveren virker heller ikke" beside a fault of something else: the person is asked where it belongs."""
    if adds_to_it(text) or not says_also(text) or len(text.split()) < _FEWEST_WORDS or speaks_of_the_matter(text):
        return False
    if tells_what_was_tried(talk, text):
        return False
    best = talk.match(text).best
    told = talk.reading(text).kind_hint
    return told == draft.kind and best is not None and best.form.id != draft.form_id and best.score >= _LIKELY
