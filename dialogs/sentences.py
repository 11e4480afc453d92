"""What a sentence is in the course of a case: a question back, a need of its own, or nothing a solver could use."""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.phrases import is_answer
from dialogs.state import Draft
from knowledge.catalogue import FieldType
from knowledge.matching import Decision

WORDS = frozenset({FieldType.LONGTEXT, FieldType.TEXT, FieldType.PERSON})
"""Types of items whose answer is words, so that a sentence may be one."""

_LONGEST_QUESTION = 150
_ASKS = re.compile(
    r"^\W*(?:hva|hvor|hvordan|hvorfor|hvem|hvilke[nt]?|hvilket|når|kan|må|er|skal|kva|kor|korleis|kvifor|kven|"
    r"what|where|how|why|which|who|when|can|must|is|do)\b",
    re.IGNORECASE,
)
_MIN_WORDS_OF_A_NEED = 5
_MIN_WORDS_OF_A_CHANGE = 3
# How people begin when they want something else than what they said: "nei vent, …", "glem det, meld heller at …".
_CHANGED_MIND = re.compile(
    r"^(?:nei[,.!]?\s+(?:vent|forresten|men|egentlig)|nei,|vent(?:\s+litt)?|eller\s+nei|glem\s+(?:det|hele\s+greia)|gløym\s+det|"
    r"egentlig|eigentleg|no,?\s+wait|forget\s+(?:it|that)|actually)\b[\s,.!:–-]*"
    r"(?:(?:egentlig|eigentleg|meld heller (?:at\s+)?|heller)\b\s*)?",
    re.IGNORECASE,
)


def asks_back(text: str) -> bool:
    """Whether the person asks back instead of answering: a short sentence that begins and ends as a question."""
    return len(text) <= _LONGEST_QUESTION and text.rstrip().endswith("?") and bool(_ASKS.match(text))


def takes_any_words(item: DraftItem) -> bool:
    """Whether the answer may be any words; a number with a pattern of its own (ressursnummer) may not."""
    has_pattern = item.checklist_item is not None and item.checklist_item.pattern is not None
    return item.type in WORDS and not has_pattern


def says_nothing(text: str) -> bool:
    """Figures alone, or "vet ikke" on every line: nothing a solver could use."""
    lines = [line for line in text.split("\n") if line.strip()]
    return not any(sign.isalpha() for sign in text) or all(
        is_answer(line, "dont_know") or is_answer(line, "nothing") for line in lines
    )


def is_another_need(talk: Conversation, draft: Draft, text: str) -> bool:
    """Whether the message is plainly a need of its own, for another form than the draft's."""
    if len(text.split()) < _MIN_WORDS_OF_A_NEED or draft.kind == "notice":
        return False
    match = talk.match(text)
    best = match.best
    return match.decision is Decision.ANSWER and best is not None and best.form.id != draft.form_id


def after_changed_mind(text: str) -> str | None:
    """What is wanted instead, of a message that begins by taking the last one back; None when it does not."""
    found = _CHANGED_MIND.match(text.strip())
    rest = text.strip()[found.end() :].strip() if found is not None else ""
    return rest if len(rest.split()) >= _MIN_WORDS_OF_A_CHANGE else None
