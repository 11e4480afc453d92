"""Which option of a line an answer means, in people's own words: "det er på nett ja", "både nett og klient".

A line takes one option. Who says that several are meant gets the first of them, and the others are told beside it.
"""

from __future__ import annotations

import re

from dialogs.choosing import pick
from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.state import Draft
from dialogs.texts import LANGUAGES
from knowledge.catalogue import FieldType
from knowledge.reading.choices import only_said

# What stands around an answer and says nothing of which one it is: "det er på nett ja".
_BEFORE = re.compile(
    r"^(?:(?:ja|jo|nei|vel|yes|no|well|og|and)\b[\s,]*|(?:det|dette|den|it|this)\s+(?:er|var|gjelder|gjeld|skal\s+være|is|was|concerns)\s+|"
    r"(?:det\s+)?(?:gjelder|gjeld|velg(?:er)?|vel|tar|tek|choose)\s+|(?:bare|berre|kun|only|just)\s+|"
    r"(?:på|i|via|hos|med|som|on|in|via|with|as)\s+(?:(?:en|et|ei|the|a)\s+)?)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[\s,]+(?:ja|nei|jo|da|takk|tror\s+jeg|trur\s+eg|vel|altså|yes|please|i\s+think))+$", re.IGNORECASE
)
_BOTH = re.compile(r"^(?:både|begge|both)\s+(?:(?:på|i|on|in)\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:&|\b(?:og|and|samt|pluss|plus)\b)\s*", re.IGNORECASE)
_BOTH_OF_TWO = re.compile(r"^(?:begge(?:\s+(?:deler|delar|to|steder|stader))?|both(?:\s+of\s+them)?)$", re.IGNORECASE)
_PARTS = re.compile(r"[\n;]|,(?!\d)|[.!?](?=\s|$)")
_MOST_OPTIONS_SAID = 4


def option_meant(talk: Conversation, item: DraftItem, text: str) -> int | None:
    """The place of the option that is meant; of several that are said, the first. None when it is not sure."""
    found = _by_its_words(talk, item, text)
    if found is not None:
        return found
    several = options_said(talk, item, text)
    if several:
        return several[0]
    inner = _without_frame(text)
    found = _by_its_words(talk, item, inner) if inner and inner != text else None
    if found is not None or item.wanted is None:
        return found
    option = only_said(inner, item.wanted.options, item.wanted.said_as)
    return item.wanted.options.index(option) if option is not None else None


def options_said(talk: Conversation, item: DraftItem, text: str) -> tuple[int, ...]:
    """The places of the options of "både nett og klient", in the order they are said; empty unless each is plain and
    there are two or more."""
    said = _without_frame(text)
    if len(item.options) == 2 and _BOTH_OF_TWO.match(said.strip(" .!")):
        return (0, 1)
    parts = [part for part in _AND.split(_BOTH.sub("", said)) if part.strip()]
    if not 2 <= len(parts) <= _MOST_OPTIONS_SAID:
        return ()
    found = [_one_option(talk, item, part) for part in parts]
    places = tuple(place for place in found if place is not None)
    return places if len(set(places)) == len(parts) else ()


def with_all_said(talk: Conversation, before: Draft, after: Draft, items: tuple[DraftItem, ...], text: str) -> Draft:
    """The draft with the options that found no place in their line in the description, and the person told so."""
    for item in items:
        answer = after.answers.get(item.key)
        if item.type is not FieldType.CHOICE or answer is None or before.answers.get(item.key) == answer:
            continue
        for part in _PARTS.split(text):
            places = options_said(talk, item, part.strip()) if part.strip() else ()
            if places and item.options[places[0]][0] == answer.value:
                labels = [item.options[place][1] for place in places]
                label = item.label.rstrip("?")
                after = after.with_more(f"{label}: {', '.join(labels)}")
                talk.say("fill.one_of_several", label=label, first=labels[0], others=", ".join(labels[1:]))
    return after


def _one_option(talk: Conversation, item: DraftItem, text: str) -> int | None:
    inner = _without_frame(text)
    found = _by_its_words(talk, item, inner)
    if found is None and item.wanted is not None:
        option = only_said(inner, item.wanted.options, item.wanted.said_as)
        found = item.wanted.options.index(option) if option is not None else None
    return found


def _by_its_words(talk: Conversation, item: DraftItem, text: str) -> int | None:
    # The catalogue's own word always counts, whatever language its label is shown in.
    values = [value for value, _ in item.options]
    if text in values:
        return values.index(text)
    ways = [[label for _, label in item.options]]
    if item.checklist_item is None:
        ways.append(values)
        # People answer in their own language, whatever the bot speaks at the moment.
        ways += [[talk.knowledge.catalogue_words(value, language) for value in values] for language in LANGUAGES]
    else:
        ways += [[choice.label[language] for choice in item.checklist_item.choices] for language in LANGUAGES]
    hits = (pick(text, labels) for labels in ways)
    return next((hit for hit in hits if hit is not None), None)


def _without_frame(text: str) -> str:
    return _AFTER.sub("", _BEFORE.sub("", text.strip(" .!"))).strip(" ,.!")
