"""Another system was meant than the one that was written: then the form that is only for that one is in doubt too.

"Jeg mente Visma, ikke Agresso" on the form of Agresso: the word is put right in what was told, and the form is looked
for again; every answer is carried over (G 4.1).
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.named_lines import denied_and_meant
from dialogs.state import Draft
from dialogs.taken_back import without_opener
from knowledge.systems import SystemHit

_MOST_WORDS_OF_A_NAME = 3
# "Jeg mente Visma", "det var Profil jeg mente": the name, which may be a program's that several systems share.
_MEANT = re.compile(
    r"\b(?:jeg|eg|i)\s+(?:mente|meinte|meant)\s+(?P<last>\w[\w.-]*(?:\s+\w[\w.-]*){0,2})\s*[.!]*$|"
    r"\b(?:det|dette|it)\s+(?:var|er|was|is)\s+(?P<first>\w[\w.-]*(?:\s+\w[\w.-]*){0,2}?)\s+(?:som\s+)?"
    r"(?:jeg|eg|i)\s+(?:mente|meinte|meant)\b",
    re.IGNORECASE,
)


def put_right(talk: Conversation, draft: Draft, text: str) -> tuple[Draft, str] | None:
    """The draft with the system that was meant in its words, and its name; None where the form is not for the wrong."""
    if draft.form_id is None or draft.kind == "notice":
        return None
    named = _named(talk, draft, text)
    title = talk.knowledge.catalogue.get(draft.form_id).title
    if named is None or named[1].system not in {hit.system for hit in talk.systems_in(title)}:
        return None
    meant, wrong = named
    return replace(draft, text=draft.text[: wrong.start] + meant + draft.text[wrong.end :], candidates=()), meant


def _named(talk: Conversation, draft: Draft, text: str) -> tuple[str, SystemHit] | None:
    """What is meant, and the wrong system where it stands in the draft's words; None when that is not said."""
    rest, taken_back = without_opener(text)
    denials = list(denied_and_meant(rest))
    if not denials and not taken_back:
        return None  # most messages: the systems need not be looked for
    for meant, denied in denials:
        wrong = {hit.system for hit in talk.systems_in(denied)}
        stands = [hit for hit in talk.systems_in(draft.text) if hit.system in wrong] if wrong else []
        now = talk.systems_in(meant) if stands else ()
        if stands and now and now[0].system not in wrong:
            return now[0].system.name, stands[0]
        if stands and not now and 0 < len(meant.split()) <= _MOST_WORDS_OF_A_NAME:
            return meant, stands[0]  # a program the register does not have
    found = _MEANT.search(text)
    if not taken_back and found is None:
        return None
    told, now = talk.systems_in(draft.text), talk.systems_in(rest)
    if taken_back and len(told) == len(now) == 1 and now[0].system != told[0].system:
        return now[0].system.name, told[0]
    if told and found is not None:
        meant = found["last"] or found["first"]
        same = {hit.system for hit in talk.systems_in(meant)} & {hit.system for hit in told}
        if not same and _is_program(talk, meant):
            return meant, told[0]
    return None


def _is_program(talk: Conversation, name: str) -> bool:
    """Whether a system is called so, or a form in the catalogue is for something called so; "i går" is none."""
    word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    return bool(talk.systems_in(name)) or any(word.search(form.title) for form in talk.knowledge.catalogue)
