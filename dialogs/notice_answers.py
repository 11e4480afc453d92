"""What an answer to a question of a notice comes to when it says that there is nothing (G 5.1.2.2).

A no is never published as a text. That users can do nothing meanwhile is a fact of its own, told in plain words; what
everybody must be told is asked again, with the reason.
"""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.nothing_said import begins_with_no, is_nothing, is_when_done
from dialogs.shown_answers import own_words
from dialogs.state import UNKNOWN_VALUE, Answer, Draft

_NEEDED = frozenset({"type", "what", "affected", "consequence", "contact", "groups"})
_WORDS = frozenset({"what", "affected", "consequence", "workaround"})
_NO_WORKAROUND = {"vedlikehold": "value.no_workaround_planned", "informasjon": "value.nothing_to_do"}
_NO = re.compile(r"(?:nei|nope|no)\s*[,.!–-]\s*(?=\S+\s+\S)", re.IGNORECASE)
_OF_A_KIND = re.compile(
    r"(?:(?:bare|berre|kun|only)\s+)?(?:(?:til|for|i|to)\s+)?(?:(?:den|dei|the)\s+)?"
    r"(?P<kind>lukket|lukka|lukkede|lukkete|closed|åpen|åpne|opne|open)(?:\s+(?:grupp\w*|group))?\W*",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_NO = 8


def none_answer(talk: Conversation, draft: Draft, item: DraftItem, text: str, source: str) -> Answer | str | None:
    """The answer of a message that says there is nothing, or (text) why that will not do; None for all others."""
    if item.key == "closed_text" and (
        text in dict(item.options).values()
        or is_nothing(text)
        or (begins_with_no(text) and len(text.split()) <= _MOST_WORDS_OF_A_NO)
    ):
        return Answer("", talk.text("notice.no_closed_text"), source)
    if item.key == "next_update_at" and is_when_done(text):
        return Answer(UNKNOWN_VALUE, talk.text("value.unknown"), source)
    if not is_nothing(text):
        return None
    kind = str(draft.answers["type"].value) if "type" in draft.answers else ""
    if item.key == "workaround":
        return own_words(talk, _NO_WORKAROUND.get(kind, "value.no_workaround"), source)
    if item.key == "consequence" and kind == "informasjon":
        return own_words(talk, "value.nothing_noticed", source)
    if item.key == "next_update_at":
        return Answer(UNKNOWN_VALUE, talk.text("value.unknown"), source)
    return talk.text(f"notice_facts.need_{item.key}") if item.key in _NEEDED else None


def group_answer(talk: Conversation, item: DraftItem, text: str) -> Answer | None:
    """ "Bare den lukkede gruppa": the only group of that kind; None when it names none, or there are several."""
    named = _OF_A_KIND.fullmatch(text.strip()) if item.key == "groups" else None
    if named is None:
        return None
    return _only_group(talk, item, "closed" if named["kind"].lower().startswith(("lukk", "clos")) else "open")


def with_closed_group(talk: Conversation, draft: Draft, item: DraftItem) -> Draft:
    """The draft that goes to the only closed group there is, unless it says where it goes itself."""
    group = _only_group(talk, item, "closed")
    return draft.with_answer(item.key, group) if group is not None and item.key not in draft.answers else draft


def _only_group(talk: Conversation, item: DraftItem, kind: str) -> Answer | None:
    keys = [group.key for group in talk.knowledge.organisation.groups.values() if group.kind == kind]
    return Answer(keys[0], dict(item.options)[keys[0]]) if len(keys) == 1 else None


def without_no(item: DraftItem, text: str) -> str:
    """ "Nei, de må vente" to what users can do: the no answers the question, and the rest is for everybody."""
    return _NO.sub("", text, count=1) if item.key in _WORDS and _NO.match(text) else text
