"""What is no value of a line that holds a few words: a denial, and a question (DESIGN 3).

A name, a place or a number is told in a few words. "Nei, det er inngangsdøra" is no user, and "hvor finner jeg det" no
name of a machine: they are kept or answered, and the line is asked again.
"""

from __future__ import annotations

import re

from dialogs.answer_fit import Fit, fit_of
from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.nothing_said import is_nothing
from dialogs.phrases import is_answer
from dialogs.state import Draft
from dialogs.taken_back import without_opener
from knowledge.catalogue import FieldType

_OF_FEW_WORDS = frozenset({FieldType.TEXT, FieldType.PERSON})
_BEGINS_TO_ASK = re.compile(
    r"^\W*(?:hva|hvor|hvordan|hvorfor|kva|kor|korleis|kvifor|what|where|how|why)\b(?!\s+(?:som|mange)\b)", re.IGNORECASE
)
_AND_A_QUESTION = re.compile(r"^(?P<answer>[^?\n]{2,}?[^\W\d]{2})[.!]\s+(?P<question>[^?\n]{8,}\?)\s*$")
_IT_IS = re.compile(r"^(?:det|den|it)\s+(?:er|var|heter|heiter|gjelder|gjeld|is|was)\s+", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÆØÅ][\w'-]+(?:\s[A-ZÆØÅ][\w'-]+)+")
_FEW_WORDS = 3


def takes_few_words(draft: Draft, item: DraftItem) -> bool:
    """Whether the line is one of a case that holds a few words of any kind."""
    return item.type in _OF_FEW_WORDS and draft.kind != "notice"


def begins_to_ask(text: str) -> bool:
    """Whether the text is a question, with or without its mark."""
    return _BEGINS_TO_ASK.match(text) is not None


def and_a_question(text: str) -> tuple[str, str]:
    """The answer and the question of "Byggesak øst. Hun skal ha mobil også?"; all and nothing where none is asked."""
    found = _AND_A_QUESTION.match(text)
    return (found["answer"], found["question"]) if found is not None else (text, "")


def after_a_denial(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> str:
    """What follows a "nei" as the answer, where it reads as one: "nei, det er Kari Bø"; empty where it does not."""
    told = _IT_IS.sub("", without_opener(text)[0]).strip(" .!")
    if item.type is FieldType.PERSON:
        return told if _NAME.fullmatch(told) or is_answer(told, "me") or is_nothing(text) else ""
    fit = fit_of(talk, draft, item, told, taken_back=False, said={})
    short = told == text.strip(" .!") and len(told.split()) <= _FEW_WORDS
    return told if is_nothing(text) or fit is Fit.WELL or (fit is Fit.AS_ANY_WORDS and short) else ""
