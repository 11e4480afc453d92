"""Several answers in one message: lines, numbered ones, or parts with semicolons (DESIGN 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem, item_called, missing_required
from dialogs.state import Answer, Draft
from knowledge.catalogue import FieldType

_PARTS = re.compile(r"\s*(?:\n|;)\s*")
_NUMBERED = re.compile(r"^(?:(?P<number>\d{1,2})[.):]|[-*•])\s+")
# "1. i går 2. alle 3. omstart" on one line; "1. desember" alone is a date.
_INLINE = re.compile(
    r"(?:^|(?<=[\s,]))(\d{1,2})[.)]\s+(?!(?:et(?:asje|g)|floor|klasse|trinn|linje|jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|"
    r"o[kc]t|nov|de[sc])[^\W\d]*\b)",
    re.IGNORECASE,
)
_INLINE_LABEL = re.compile(r"(?:^|(?<=[.;,!\s]))\s*([A-ZÆØÅa-zæøå][^:.;,\n]{1,58}):\s")
# The colon of "kl. 16:00" ends no label.
_LABELLED = re.compile(r"^([^:]{2,60}):(?!(?<=\d:)\d)\s*(\S.*)$", re.DOTALL)

# Items that take any words, so that a part that parses as one says little.
_ANY_WORDS = frozenset({FieldType.TEXT, FieldType.LONGTEXT, FieldType.PERSON, FieldType.VIRKSOMHET, FieldType.SYSTEM})
_LONGEST_PART = 15
# With more there are too many ways to look through.
_MOST_ASKED = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message; `number` is the number it was written with, or 0."""

    text: str
    number: int = 0


def split_list(text: str, items: tuple[DraftItem, ...]) -> list[Part]:
    """The parts of a message, without their numbers and bullets; labels of these items begin parts on one line too."""
    pieces = [piece for piece in _PARTS.split(text) if piece]
    parts = (len(pieces) == 1 and _inline(text)) or [
        part for piece in pieces for part in _at_labels(piece, items) or [_part(piece)]
    ]
    return [part for part in parts if part.text]


def is_list(parts: list[Part], items: tuple[DraftItem, ...]) -> bool:
    """Whether there are several answers, or one with the label of an item before it ("Grupper: SAM/IT")."""
    return len(parts) > 1 or bool(parts and _by_label(items, parts))


def take_list(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], current: DraftItem, parts: list[Part]
) -> Draft | None:
    """Answers listed in one message: "Label: answer" by label, "2. answer" by number, else one for each in order.

    None when the list is not a list of answers (a long text with line breaks), so that nothing is torn apart.
    """
    pairs = _by_label(items, parts) or _by_place(talk, draft, asked_together(items, draft, current), parts)
    taken = 0
    for item, part in pairs:
        answer = parse_answer(talk, draft, item, part)
        if isinstance(answer, Answer):
            draft = draft.with_answer(item.key, answer)
            taken += 1
    return draft if taken >= 2 or (pairs and taken == len(pairs)) else None


def label_starts(text: str, items: tuple[DraftItem, ...]) -> list[int]:
    """Where labels and names of these items begin in a text, in order."""
    # By the colon each ends at. A label of words alone may be nearly right; a name stands anywhere, and must be right.
    found = {hit.end(1): hit.start(1) for hit in _INLINE_LABEL.finditer(text) if item_called(items, hit.group(1))}
    named = [item for item in items if item.names]
    words = sorted({word for item in named for word in (*item.names, item.label, item.label_nb)}, key=len, reverse=True)
    if words:
        exactly = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?=\s*:)", re.IGNORECASE)
        found |= {hit.end(1): hit.start(1) for hit in exactly.finditer(text)}
    return sorted(found.values())


def asked_together(items: tuple[DraftItem, ...], draft: Draft, current: DraftItem) -> list[DraftItem]:
    """What a numbered list asks, in its order: all that is missing; a file is asked for alone."""
    wanted = {current.key, *(item.key for item in missing_required(items, draft))}
    return [item for item in items if item.key in wanted and item.type is not FieldType.ATTACHMENT]


def _part(piece: str) -> Part:
    found = _NUMBERED.match(piece)
    number = int(found.group("number") or 0) if found else 0
    return Part(piece[found.end() if found else 0 :].strip(), number)


def _inline(text: str) -> list[Part]:
    hits = list(_INLINE.finditer(text))
    numbers = [int(hit.group(1)) for hit in hits]
    if len(hits) < 2 or hits[0].start() != 0 or numbers[0] != 1 or numbers != sorted(set(numbers)):
        return []
    ends = [*(hit.start() for hit in hits[1:]), len(text)]
    return [Part(text[hit.end() : end].strip(" ,"), int(hit.group(1))) for hit, end in zip(hits, ends, strict=True)]


def _at_labels(text: str, items: tuple[DraftItem, ...]) -> list[Part]:
    """ "Hva som skjer: Gerica er nede. Grupper: SAM/IT" on one line."""
    starts = label_starts(text, items)
    if len(starts) < 2 or text[: starts[0]].strip():
        return []
    ends = [*starts[1:], len(text)]
    return [Part(text[start:end].strip(" ,;.")) for start, end in zip(starts, ends, strict=True)]


def _by_label(items: tuple[DraftItem, ...], parts: list[Part]) -> list[tuple[DraftItem, str]]:
    """The parts that begin with a label; a line without one goes on with the answer before it."""
    pairs: list[tuple[DraftItem, str]] = []
    for part in parts:
        found = _LABELLED.match(part.text)
        named = item_called(items, found.group(1)) if found else None
        if found is not None and named is not None:
            pairs.append((named, found.group(2)))
        elif pairs and found is None:
            item, before = pairs[-1]
            pairs[-1] = (item, f"{before}\n{part.text}")
    # In the order of the checklist: what kind of notice it is says whether "kl. 9" has been or is to come.
    return sorted(pairs, key=lambda pair: items.index(pair[0]))


def _by_place(
    talk: Conversation, draft: Draft, asked: list[DraftItem], parts: list[Part]
) -> list[tuple[DraftItem, str]]:
    numbers = [part.number for part in parts]
    numbered = [part for part in parts if part.number <= len(asked)]
    if all(numbers) and len(set(numbers)) == len(numbers) and numbered:
        # A number too many is read as free text, like the rest of the message.
        return [(asked[part.number - 1], part.text) for part in numbered]
    if len(parts) == len(asked):
        return [(item, part.text) for item, part in zip(asked, parts, strict=True)]
    return _in_order(talk, draft, asked, parts) if len(parts) < len(asked) and not any(numbers) else []


def _in_order(
    talk: Conversation, draft: Draft, asked: list[DraftItem], parts: list[Part]
) -> list[tuple[DraftItem, str]]:
    """Fewer answers than questions, in the order they were asked: each goes where it fits, if that can be in one way
    only and most of them fit nowhere else by their kind (a time, an option)."""
    if len(asked) > _MOST_ASKED:
        return []
    ways = _ways(asked, [[_fits(talk, draft, item, part.text) for item in asked] for part in parts])
    best = [way for way in ways if way[0] == max(one[0] for one in ways)]
    if len(best) != 1:
        return []
    places = best[0][1]
    any_words = sum(asked[place].type in _ANY_WORDS for place in places)
    if any_words > len(parts) / 2 or any(len(part.text.split()) > _LONGEST_PART for part in parts):
        return []
    return [(asked[place], part.text) for place, part in zip(places, parts, strict=True)]


def _ways(asked: list[DraftItem], fits: list[list[int]]) -> list[tuple[int, tuple[int, ...]]]:
    """All ways to give the parts to the questions in order: (how well, the place of each part)."""
    ways: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for row in fits:
        ways = [
            (score + row[place], (*places, place))
            for score, places in ways
            for place in range(places[-1] + 1 if places else 0, len(asked))
            if row[place]
        ]
    return ways


def _fits(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> int:
    """0: not at all; 1: as any words do; 3: by its kind."""
    if not isinstance(parse_answer(talk, draft, item, text), Answer):
        return 0
    return 1 if item.type in _ANY_WORDS else 3
