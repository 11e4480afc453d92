"""Another thing was meant than the one told: "nei vent, det er Outlook", said of a printer (DESIGN 3).

The form is looked for by what is meant. When it began, whom it hits and how to reach the person still hold, and it is
said that they are kept; what was tried on the wrong thing is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.flows import choose_form
from dialogs.items import items_of
from dialogs.read_answers import fill_from_reading
from dialogs.sentences import after_changed_mind
from dialogs.shown_answers import lines_in_a_row
from dialogs.state import Answer, Draft
from knowledge.catalogue import Kind

_STILL_HOLDS = ("started_at", "extent", "phone", "on_behalf_of", "contacts")
_FAILS = re.compile(
    r"\b(?:nede|down|virker|verkar|fungerer|fungerar|funker|starter|startar|svarer|svarar|henger|heng)(?:\s+(?:ikke|ikkje))?\b",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    r"^(?:det|dette|den|it|this)\s+(?:er|var|gjelder|gjeld|is|was)\s+(?:(?:nok|jo|heller|egentlig|visst)\s+)*",
    re.IGNORECASE,
)
# "Det var profil jeg mente" puts a name right, see `wrong_system`.
_MEANT = re.compile(r"\b(?:mente|meinte|meant)\b", re.IGNORECASE)
_NO = re.compile(r"^(?:nei|nej|no|nope)\b[\s,.!–-]*", re.IGNORECASE)
_MOST_WORDS_OF_A_THING = 3
# The probability from which one form is meant by a thing alone that "virker ikke".
_LIKELY = 0.4
_CALLED_BY = 3


def in_a_case(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Nei vent, det er utlok" while the fault of something else is filled in: that very thing, and nothing more."""
    no = _NO.match(text.strip())
    instead = after_changed_mind(text) or (text.strip()[no.end() :] if no is not None else "")
    if not instead or draft.kind != Kind.SUPPORT.value or draft.stage not in ("fill", "confirm"):
        return False
    need = thing_that_fails(talk, draft, instead)
    if need is None or any(one.form.id == draft.form_id for one in talk.match(need).candidates[:2]):
        return False
    begin(talk, draft, need)
    return True


def thing_that_fails(talk: Conversation, draft: Draft, instead: str) -> str | None:
    """ "Det er utlok" with "virker ikke" as it was told of the wrong thing, where that makes the form likely."""
    fails, is_thing = _FAILS.search(draft.text), _IT_IS.match(instead)
    thing = _IT_IS.sub("", instead).strip(" .,!")
    if (
        fails is None
        or is_thing is None
        or _MEANT.search(thing)
        or not 0 < len(thing.split()) <= _MOST_WORDS_OF_A_THING
    ):
        return None
    if talk.reading(instead).started_at is not None:
        return None  # "nei vent, det var 07.15" puts the clock right
    need = f"{thing} {fails[0]}"
    best, called = talk.match(need).best, [one.form.id for one in talk.match(thing).candidates[:_CALLED_BY]]
    # What "nede" alone is like is no thing that was meant: the name itself must lead there.
    likely = best is not None and best.score >= _LIKELY and best.form.id in called
    return need if best is not None and likely and best.form.kind == Kind.SUPPORT else None


def begin(talk: Conversation, draft: Draft, need: str) -> None:
    """Begin anew with what is meant; what still holds of the case goes with it, as do its files."""
    kept = _kept(talk, draft, need)
    talk.state = talk.state.without_draft(draft.id)
    talk.say("choose.instead")
    if kept:
        as_support = replace(draft, kind=Kind.SUPPORT.value, answers=kept)
        lines = [item for item in items_of(talk, as_support) if item.key in kept]
        talk.say("choose.kept", kept=lines_in_a_row(talk, as_support, lines))
    choose_form.begin(talk, need, answers=kept)
    carry_files(talk, draft)


def carry_files(talk: Conversation, before: Draft) -> None:
    """The files of a draft that was begun anew go with it."""
    draft = talk.state.draft
    if before.attachments and draft is not None:
        talk.put(replace(draft, attachments=(*before.attachments, *draft.attachments)))


def _kept(talk: Conversation, draft: Draft, need: str) -> Mapping[str, Answer]:
    told = talk.reading(need)
    if told.kind_hint == Kind.SERVICE.value or talk.reading(draft.text).kind_hint == Kind.SERVICE.value:
        return {}  # nothing of a fault holds of an order
    blank = replace(draft, kind=Kind.SUPPORT.value, answers={})
    items = tuple(item for item in items_of(talk, blank) if item.key in _STILL_HOLDS)
    before, _ = fill_from_reading(talk, blank, items, talk.reading(draft.text))
    _, said_anew = fill_from_reading(talk, blank, items, told)
    answers = {**before.answers, **draft.answers}
    return {key: answers[key] for key in _STILL_HOLDS if key in answers and key not in said_anew}
