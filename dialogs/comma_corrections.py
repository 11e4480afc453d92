"""What a part of a message with commas says in place of one before it: "kl 8, nei vent kl 9" (DESIGN 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.answer_fit import shape_of, value_of_one
from dialogs.comma_parts import CommaPart
from dialogs.conversation import Conversation
from dialogs.correcting import changes_in
from dialogs.filling import Refused, parse_answer
from dialogs.items import DraftItem, find_item
from dialogs.named_lines import denies_something
from dialogs.sentences import WORDS
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from knowledge.catalogue import FieldType

_FLOOR = re.compile(r"\b(?:\d{1,2}\.?\s?(?:etasje|etg)\b\.?|\d{1,2}(?:st|nd|rd|th)\sfloor)", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:ikke|ikkje|not)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)+")


def corrected(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], before: list[str], part: CommaPart
) -> Mapping[str, Answer] | None:
    """What the part changes: the line of the part before it, of one before that, or another that the case holds.

    before: the lines of the parts before it, the nearest first. None when it changes nothing that is understood.
    """
    found = changes_in(talk, draft, part.text) if denies_something(part.text) else None
    if found is not None and found.answers:
        return found.answers
    for key in before:
        item = find_item(items, key)
        answer = _in_place_of(talk, draft, item, draft.answers[key], part.instead) if item is not None else None
        if answer is not None:
            return {key: answer}
    found = changes_in(talk, draft, part.text)
    if found is not None and found.answers:
        return found.answers
    return value_of_one(talk, draft, items, part.instead, taken_back=True) or None


def _in_place_of(talk: Conversation, draft: Draft, item: DraftItem, known: Answer, words: str) -> Answer | None:
    """The words as another value of the line, where they are of the kind that stands there."""
    if item.type is FieldType.LONGTEXT or _DENIES.search(words):
        return None
    if item.type in (*WORDS, FieldType.VIRKSOMHET) and item.checklist_item is None:
        words = _as_said_before(known.shown, words) if known.value != UNKNOWN_VALUE else words
        if not words:
            return None
    answer = parse_answer(talk, draft, item, words)
    return None if isinstance(answer, Refused) or answer.value == UNKNOWN_VALUE else answer


def _as_said_before(known: str, words: str) -> str:
    """The new words for those that are known, where they are alike: a code for a code, a name for a name, and a floor
    in the place of the other floor of an address. Empty when they are not."""
    floor, other = _FLOOR.search(known), _FLOOR.fullmatch(words)
    if floor is not None and other is not None:
        return f"{known[: floor.start()]}{words}{known[floor.end() :]}"
    if shape_of(known) or shape_of(words):
        return words if shape_of(known) == shape_of(words) else ""
    if _NAME.fullmatch(known) and _NAME.fullmatch(words):
        return words
    shared = set(known.casefold().split()) & set(words.casefold().split())
    return words if shared else ""
