"""What a sentence says of the lines of a case, whatever is known of them already."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem, find_item, items_of
from dialogs.known_day import is_promise, on_known_day
from dialogs.read_answers import fill_from_reading, is_number_of_another
from dialogs.state import Answer, Draft
from knowledge.catalogue import FieldType
from knowledge.reading import Extent, Reading

# "Flere på kontoret har det" says how many, and not that they log on from the office.
_WHERE_MANY_ARE = re.compile(r"(?:kontor|avdeling|skole|etasje|bygg|office|department|school|floor)", re.IGNORECASE)
# "Klokka var nok heller 15" says the hour as "kl 15" does.
_CLOCK_IS = re.compile(r"\bklokk(?:a|en)\s+(?:er|var|ble|blei)\s+(?:[^\W\d]+\s+){0,2}(?=\d)", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:ca\.?|cirka|rundt|omtrent|omkring|about)\s+(?=\d{1,2}[.:]\d\d\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[!?])\s+|(?<=[^\d]\.)\s+|(?<=\d\.)\s+(?=[A-ZÆØÅ])|\n+")
_AND_SO = re.compile(
    r"^,\s+(?:og|and|men|but)\s+(?P<more>(?:det|dette|den|vi|jeg|eg|me|it|we|i)\s+\S+\s+\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST_SENTENCES = 2
_FEW_WORDS = 2
_LABEL_WORD = re.compile(r"\b(?!gjelder|bruker|ansatt|system|tilgang|person)[^\W\d]{5,}")
_ONLY_ONE = re.compile(r"\b(?:bare|berre|kun|only|just|én|éin|en|ein|one|1|gjelder|gjeld|hos)\b", re.IGNORECASE)


def lines_of(talk: Conversation, draft: Draft) -> tuple[DraftItem, ...]:
    """All lines that a sentence may speak of: those of the draft, and those of a critical fault where none is yet.

    The number to call back on may be told in an order too.
    """
    if draft.kind == "notice":
        return items_of(talk, draft)
    return items_of(talk, replace(draft, critical=True))


def said_of(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """What the sentence says of these items, whatever is known of them."""
    reading = in_earnest(talk.reading(_ABOUT.sub("kl ", _CLOCK_IS.sub("kl ", text))))
    # What kind of notice it is says which way its times lie.
    kind = {key: answer for key, answer in draft.answers.items() if key == "type" and draft.kind == "notice"}
    blank = replace(draft, answers=kind, critical=None)
    read, keys = fill_from_reading(talk, blank, items, reading, replace_known=True)
    in_extent = {
        one.key
        for one in items
        if reading.extent is not None and one.checklist_item is None and one.type is FieldType.CHOICE
        if one.key in keys and _WHERE_MANY_ARE.match(read.answers[one.key].shown)
    }
    said = {key: on_known_day(talk, draft.answers.get(key), read.answers[key]) for key in keys if key not in in_extent}
    numbers = {key: one for key, one in draft.answers.items() if not any(sign.isalpha() for sign in one.shown)}
    if "phone" in said and is_number_of_another(replace(draft, answers=numbers), "phone", said["phone"]):
        del said["phone"]  # "nummeret er bare 23491200" is that of the svargruppe
    promise = find_item(items, "next_update_at")
    if "since" in said and promise is not None and is_promise(draft, said["since"], text):
        answer = parse_answer(talk, draft, promise, text)
        if isinstance(answer, Answer):
            return {**{key: one for key, one in said.items() if key != "since"}, promise.key: answer}
    return said


def fills_offered(talk: Conversation, draft: Draft, text: str) -> bool:
    """Whether the sentence fills a line that is offered beside the asked ones, by the line's own words: "filene skal
    overtas av Per Lund" is part of the case, however much it looks like a need."""
    offered = tuple(
        one for one in items_of(talk, draft) if one.wanted and not one.required and one.key not in draft.answers
    )
    low = text.casefold()
    named = tuple(
        one for one in offered if any(word[:-1] in low for word in _LABEL_WORD.findall(one.label_nb.casefold()))
    )
    return bool(named) and bool(said_of(talk, draft, named, text))


def in_earnest(reading: Reading) -> Reading:
    """The reading without an extent that is just an "I" in passing, which narrows nothing."""
    if reading.extent is Extent.USER and not _ONLY_ONE.search(reading.text):
        return replace(reading, extent=None)
    return reading


def after_the_value(text: str, answers: Mapping[str, Answer]) -> str:
    """ "Kontakt er Jon Vik, og det er kl 18 i alle miljøer": the sentence after a value, which is no part of it."""
    for answer in answers.values():
        before, value, after = text.partition(answer.shown)
        if value and before and (hit := _AND_SO.match(after)) is not None:
            return hit["more"].strip(" .")
    return ""


def left_over(talk: Conversation, draft: Draft, text: str, taken: Collection[str]) -> str:
    """The sentences of a message that told none of the lines that were taken: whoever solves the case reads them."""
    sentences = [one for one in _SENTENCE.split(text.strip()) if one.strip()]
    if len(sentences) < _FEWEST_SENTENCES or not taken:
        return ""
    items = lines_of(talk, draft)
    said = [said_of(talk, draft, items, one) for one in sentences]
    told = [bool(one.keys() & set(taken)) for one in said]
    left = []
    for sentence, answers, is_told in zip(sentences, said, told, strict=True):
        if not is_told and len(sentence.split()) > _FEW_WORDS:
            left.append(sentence)
        elif (
            is_told
            and "," in sentence
            and not all(_tells(talk, draft, items, answers, one) for one in _parts(sentence))
        ):
            left.append(sentence)  # "kontakt hanne 99887766, mangler vakter" tells of more than of whom to call
    return " ".join(left) if any(told) else ""


def _parts(sentence: str) -> list[str]:
    return [part for part in re.split(r",\s+", sentence.strip(" .!")) if len(part.split()) >= _FEW_WORDS]


def _tells(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], said: Mapping[str, Answer], part: str
) -> bool:
    """Whether the part of a sentence is in a line already, or says something of one by itself."""
    return any(part.casefold() in one.shown.casefold() for one in said.values()) or bool(
        said_of(talk, draft, items, part)
    )
