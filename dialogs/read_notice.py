"""A notice read out of its first message: by the labels that are written, else as a sentence (G 5.1.2.2)."""

from __future__ import annotations

import re

from dialogs.answer_lists import label_starts, split_list, take_list
from dialogs.case import FELLESFEIL
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.filling import SINCE
from dialogs.items import DraftItem, find_item
from dialogs.read_answers import fill_from_reading
from dialogs.state import Answer, Draft
from knowledge.reading import Reading
from knowledge.reading.time.finding import find_moments

_NEXT_NEWS = re.compile(
    r"\b(?:ny|nytt|neste|next|new)\s+(?:melding|oppdatering|info\w*|update|notice)\b(?P<when>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NEVER_GUESSED = frozenset({"groups", "closed_text"})
# The word the notice was begun with says its type.
_TYPE_WORDS = (("fellesfeil", "fellesfeil"), ("vedlikehold", "vedlikehold"), ("vedlikehald", "vedlikehold"))


def read_notice(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> Draft:
    """The draft with what the message says, and with the type that the word it was begun with names."""
    said_type = next((kind for word, kind in _TYPE_WORDS if word in talk.said.lower()), "")
    item = find_item(items, "type")
    if said_type and item is not None:
        draft = draft.with_answer("type", Answer(said_type, dict(item.options)[said_type], "read"))
    if not text:
        return draft
    draft = _assume_type(talk, draft, items, text)
    return _by_labels(talk, draft, items, text) or _by_reading(talk, draft, items, text, said_type)


def _by_labels(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> Draft | None:
    """ "Hva: AKS er nede. Hvem: alle bydeler. Siden: kl 8 ...": the whole checklist at once; None without labels.

    What stands before the first of them is what happens.
    """
    starts = label_starts(text, items)
    if len(starts) < 2:
        return None
    before = text[: starts[0]].strip(" \n,;.:–-")
    if before:
        draft = draft.with_answer("what", Answer(before, before, "read"))
    taken = take_list(talk, draft, items, items[0], split_list(text[starts[0] :], items))
    if taken is None or not before:
        return taken
    # "AKS er nede siden kl. 8. Hvem: ..." says since when too.
    rest = tuple(item for item in items if item.key not in _NEVER_GUESSED)
    return fill_from_reading(talk, taken, rest, talk.reading(before))[0]


def _assume_type(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> Draft:
    """What is told to be down is a fellesfeil; it stands as assumed in the preview, where it can be changed."""
    reading, item = talk.reading(text), find_item(items, "type")
    fault = reading.outage is not None and reading.kind_hint == "support" and reading.wanted_at is None
    if "type" in draft.answers or item is None or not fault:
        return draft
    return draft.with_answer("type", Answer(FELLESFEIL, dict(item.options)[FELLESFEIL], "assumed"))


def _by_reading(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str, said_type: str) -> Draft:
    """What a sentence says by itself. Where it goes is never guessed: "all districts" are not all the groups."""
    reading = talk.reading(text)
    draft, _ = fill_from_reading(talk, draft, tuple(item for item in items if item.key not in _NEVER_GUESSED), reading)
    draft = draft.with_answer("what", Answer(text, text, "read"))
    return _with_times(talk, draft, text, said_type, reading)


def _with_times(talk: Conversation, draft: Draft, text: str, said_type: str, reading: Reading) -> Draft:
    """Since when, and when the next news is promised, as the first sentence says it.

    What is planned lies ahead, a fault has begun; for information either will do.
    """
    now, language = talk.situation.now, talk.state.language
    promised = _NEXT_NEWS.search(text)
    if promised is not None:
        news = find_moments(promised.group("when"), now, "future")
        if news:
            shown = show_moment(news[0].moment.at, language, now)
            draft = draft.with_answer("next_update_at", Answer(news[0].moment.at.isoformat(), shown, "read"))
        text = text[: promised.start()]
    moment = reading.started_at if said_type != "vedlikehold" else None
    if moment is None:
        found = find_moments(text, now, SINCE.get(said_type, "past"))
        moment = found[0].moment if found else None
    if moment is None:
        return draft
    return draft.with_answer("since", Answer(moment.at.isoformat(), show_moment(moment.at, language, now), "read"))
