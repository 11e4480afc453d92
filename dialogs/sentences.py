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
_TELLS_TRIED = re.compile(
    r"^(?:og\s+)?(?:(?:vi|me|jeg|eg|we|i)\s+)?(?:har|have)\s+(?:\w+\s+){0,2}(?:prøvd|forsøkt|tried)\b", re.IGNORECASE
)
_MIN_WORDS_OF_A_NEED = 5
# The probability of its form from which a message is a need, and how many forms a question may be about.
_LIKELY = 0.7
_LIKELY_FORMS = 3
# "Kan dere legge til at displayet viser C7990? og så send", "det var til printersaken": said to belong to it.
_ADDS = re.compile(
    r"^(?:og\s+|men\s+|and\s+)?(?:(?:kan|kunne|vil|could|can)\s+(?:du|dere|de|you)\s+)?(?:legge?\s+til|leggja?\s+til|add)"
    r"(?:\s*:|,|\s+(?:at|that)\b)|^(?:kommentar|tillegg|comment)\s*:"
    r"|^(?:en|ein|one)\s+(?:ting|thing)\s+(?:til|more)\b"
    r"|\b(?:det|dette|it|this)\s+(?:var|er|gjaldt|was|is)\s+(?:til|for|to)\s+\w*sak(?:en|a)\b"
    r"|\b(?:det|dette|it|this)\s+(?:gjelder|gjeld|gjaldt|hører\s+til|høyrer\s+til|er|var|is|was|concerns)\s+(?:til\s+|om\s+|about\s+)?"
    r"(?:(?:den\s+|the\s+)?(?:saken|saka|case)\s+(?:(?:som|that)\s+)?(?:(?:jeg|eg|vi|me|i|we)\s+)?(?:nettopp|akkurat|just|sendte|sende|sent)\b|"
    r"(?:den\s+|the\s+)?(?:forrige|førre|siste|last|previous)\s+(?:saken|saka|case)\b)",
    re.IGNORECASE,
)
# The matter itself is what the sentence is about, and not the thing that is asked for.
_OF_THE_MATTER = re.compile(
    r"^(?:nå|no|now)\s+(?:er|har|is|has)\b|"
    r"^(?:er|var|har|gjelder|gjeld|begynte|starta|startet)\s+det\b|"
    r"^(?:og\s+|men\s+|at\s+)?(?:det|dette|den|feilen|feila|problemet|saken|saka|it|this|that|the\s+(?:fault|problem|case))\s+"
    r"(?:(?:er|var|har|is|was|has)\s+(?:(?:jo|da|bare|berre|kun|only)\s+)?(?!ikke\s+noe\b)|gjelder|gjeld|gjaldt|rammer|rammar|ramma|rammet|begynte|byrja|starta|"
    r"startet|oppsto|oppstod|skjedde|hendte|virker|verkar|fungerer|fungerar|haster|hastar|kom|ble|blei|started|began|affects|"
    r"hits|concerns|happened|works)\b"
    r"|^(?:vi|me|jeg|eg|we|i)\s+(?:er|are|am)\b"
    r"|^\w{3,}(?:en|et|a|n)\s+(?:min|mitt|mi|vår|vårt|hennes|hans|deres)\s+(?:er|var)\b|^(?:my|our)\s+\w+\s+(?:is|was)\b"
    r"|^(?:bare|berre|kun|only|alle|flere|fleire|mange|ingen|everyone|several|all|many)\b.*"
    r"\b(?:har|får|fær|merker|merkar|opplever|opplev|sliter|slit|rammes|rammet|ramma|has|have|get|affected)\b",
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
    if len(text.split()) < _MIN_WORDS_OF_A_NEED or draft.kind == "notice" or _TELLS_TRIED.match(text):
        return False
    if draft.kind == "support" and tells_what_was_tried(talk, text):
        return False
    match = talk.match(text)
    best = match.best
    return (
        match.decision is Decision.ANSWER and best is not None and best.form.id not in (draft.form_id, *draft.refused)
    )


def tells_what_was_tried(talk: Conversation, text: str) -> bool:
    """ "Har prøvd omstart og AKS fryser fortsatt", "vi har også testet Edge": it goes on with the same matter."""
    tried = talk.reading(text).tried
    return bool(tried) and text.strip().lower().startswith(str(tried).lower())


def only_asked_before(talk: Conversation, before: str, told: str) -> bool:
    """Whether nothing but a question about something else came before a plain need: it is no part of the report.

    "Hvordan får jeg VPN?" belongs to "jeg har aldri hatt det", since the same forms are likely for both; "hvor lenge
    har dere åpent?" does not belong to a slow PC.
    """
    match, lines = talk.match(told), before.split("\n")
    best = match.best
    if best is None or match.decision is Decision.NONE or best.score < _LIKELY or asks_back(told):
        return False
    asked = all(
        asks_back(f"{line.rstrip(' ?')}?") or (line.rstrip().endswith("?") and len(line.split()) < _MIN_WORDS_OF_A_NEED)
        for line in lines
    )
    likely = {one.form.id for one in talk.match(before).candidates[:_LIKELY_FORMS]}
    return asked and len(told.split()) >= _MIN_WORDS_OF_A_NEED and best.form.id not in likely


def adds_to_it(text: str) -> bool:
    """Whether the message says itself that it is more of a case, and no need of its own."""
    return _ADDS.search(text.strip()) is not None


def speaks_of_the_matter(text: str) -> bool:
    """Whether the sentence is about the matter at hand: "det gjelder …", "det begynte …"."""
    return bool(_OF_THE_MATTER.match(text.strip()))
