"""Klarspråk in notices: what could be plainer is said before it goes out; whoever writes decides (DESIGN, texts)."""

from __future__ import annotations

from dialogs.conversation import Conversation
from knowledge.plain_language import HintKind, hints

_SHOWN = 3
_LONGEST_SHOWN = 60
_WORDS_OF_A_CAUSE = 3


def hints_for(talk: Conversation, text: str) -> str:
    """The hints for a text as one sentence each, or empty when it is plain."""
    said = []
    for hint in hints(text)[:_SHOWN]:
        found = hint.found if len(hint.found) <= _LONGEST_SHOWN else f"{hint.found[:_LONGEST_SHOWN].rstrip()} …"
        if hint.kind is HintKind.LONG_SENTENCE:
            said.append(talk.text("plain.long_sentence", found=found))
        elif hint.kind is HintKind.LIX:
            said.append(talk.text("plain.lix", found=found))
        elif hint.kind is HintKind.PASSIVE:
            said.append(talk.text("plain.passive", found=found))
        else:
            said.append(talk.text("plain.jargon", found=found, instead=hint.instead))
    return " ".join(said)


def hints_for_line(talk: Conversation, kind: str, text: str) -> str:
    """As `hints_for`; what a resolved notice says must tell why, in more than a word, and a withdrawn one is gone."""
    told = "" if kind == "withdrawn" else hints_for(talk, text)
    if kind == "resolved" and len(text.split()) < _WORDS_OF_A_CAUSE:
        told = f"{talk.text('plain.cause')} {told}".strip()
    return told
