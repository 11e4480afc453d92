"""Several answers in one message: lines, numbered lines, or parts with semicolons (DESIGN 3)."""

from __future__ import annotations

import re

from dialogs.choosing import pick
from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem, missing_required
from dialogs.state import Answer, Draft

# A list of answers in one message: lines, numbered lines or parts with semicolons.
_PARTS = re.compile(r"\s*(?:\n|;)\s*")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[-*•])\s*")
_LABELLED = re.compile(r"^([^:]{2,60}):\s*(\S.*)$", re.DOTALL)


def split_list(text: str) -> list[str]:
    """The parts of a message, without their numbers and bullets."""
    parts = [_NUMBERED.sub("", part).strip() for part in _PARTS.split(text)]
    return [part for part in parts if part]


def take_list(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], current: DraftItem, parts: list[str]
) -> Draft | None:
    """Answers listed in one message: "Label: answer" by label, else one part for each missing item in order.

    None when the list is not a list of answers (a long text with line breaks), so that nothing is torn apart.
    """
    open_items = [item for item in missing_required(items, draft) if item.key != current.key]
    in_order = [current, *open_items]
    labelled = [(_LABELLED.match(part)) for part in parts]
    pairs: list[tuple[DraftItem, str]] = []
    labels = [item.label for item in items]
    for found in labelled:
        index = pick(found.group(1), labels) if found else None
        if found is not None and index is not None:
            pairs.append((items[index], found.group(2)))
    if not pairs and len(parts) == len(in_order):
        pairs = list(zip(in_order, parts, strict=True))
    taken = 0
    for item, part in pairs:
        answer = parse_answer(talk, draft, item, part)
        if isinstance(answer, Answer):
            draft = draft.with_answer(item.key, answer)
            taken += 1
    return draft if taken >= 2 or (pairs and taken == len(pairs)) else None
