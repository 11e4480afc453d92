"""What a message at an open question says of other lines of the case, when it is no answer to that question (DESIGN 3).

Four things show it, whatever the words are about: it begins as people take something back ("nei vent", "jeg mente"),
it speaks of the matter instead of answering ("det gjelder …", "det begynte …"), it names another line ("omfanget er
…"), or it denies what was said before ("Visma, ikke Agresso"). And it must read as a value of that other line. A value
alone ("hele avdelingen") could be either, and so could one of the four whose words fit the question well: then the
person is asked once. A single word is always the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem, find_item, items_of
from dialogs.phrases import fold_phrase, phrases
from dialogs.read_answers import fill_from_reading
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from knowledge.catalogue import FieldType
from knowledge.reading import Extent, Reading, read_moment

# How people begin when they take back what they said before, whatever is being asked.
_TAKES_BACK = re.compile(
    r"^(?:(?:nei|nej|no)[,.!]?\s+)?(?:vent(?:\s+litt)?|eller\s+(?:nei|rettere\s+sagt)|forresten|oi|oops|ops|unnskyld|orsak|"
    r"beklager|sorry|rettelse|retting|korreksjon|jeg\s+tok\s+feil|eg\s+tok\s+feil|(?:(?:jeg|eg)\s+)?(?:glemte|gløymde)\s+å\s+(?:si|seie|nevne|nemne|skrive)(?:\s+at)?|wait|actually|correction)\b[\s,.:;!–-]*"
    r"|\b(?:forresten|likevel)\b[\s,]*"
    r"|\b(?:jeg|eg|i)\s+(?:mente|meinte|meinte\s+å\s+skrive|mente\s+å\s+skrive|meant)\b[\s,:]*"
    r"|^(?:det|it)\s+(?:skal|skulle|should)\s+(?:være|vere|ha\s+vært|stå|be)\s+",
    re.IGNORECASE,
)
_NO = re.compile(r"^(?:nei|nei\s+nei|neida|no|nope)\b[\s,.!–-]*", re.IGNORECASE)
# The matter itself is what the sentence is about, and not the thing that is asked for.
_OF_THE_MATTER = re.compile(
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
_NOT = r"(?:ikke|ikkje|not)"
_DENIALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:.{{0,60}}?\s)?{_NOT}\s+(?P<denied>[^,;]+?)(?:\s*[,;]\s*(?:men\s+|but\s+)?|\s+(?:men|but)\s+)(?P<meant>.+)$",
        rf"^(?P<meant>.+?)[\s,;–-]+(?:(?:og|and)\s+)?{_NOT}\s+(?P<denied>.+)$",
        r"^(?P<meant>.+?)\s+(?:i\s+stedet\s+for|istedenfor|i\s+staden\s+for|instead\s+of|rather\s+than)\s+(?P<denied>.+)$",
        r"^(?P<denied>.+?)\s+(?:er|var|is|was)\s+(?:feil|galt|gale|wrong)\s*[,.;–-]+\s*(?:men\s+)?(?P<meant>.+)$",
        r"^(?P<denied>.+?)\s+(?:skal|skulle|should)\s+(?:være|vere|ha\s+vært|stå|be)\s+(?P<meant>.+)$",
    )
)
_SAYS = re.compile(
    r"^(?:er|var|is|was|blir|heter|heiter|skal\s+være|skal\s+vere|skulle\s+være|should\s+be|til|to)\b\s*(?P<value>\S.*)$"
    r"|^[:=–-]\s*(?P<told>\S.*)$",
    re.IGNORECASE,
)
_SMALL = re.compile(r"^(?:(?:på|i|for|hos|av|til|fra|om|det|den|with|for|the|it)\s+)+", re.IGNORECASE)
_ENDING = r"(?:en|et|a|n|t|ene|s)?(?:\s+(?:min|mitt|mi|vår|vårt|deres|hans|hennes))?"
_ONLY_ONE = re.compile(r"\b(?:bare|berre|kun|only|just|én|éin|en|ein|one|1|gjelder|gjeld|hos)\b", re.IGNORECASE)

# What an answer in words to a question looks like, by what its label asks for.
_ASKS_A_FIGURE = re.compile(r"\b(?:pc-navn|\w*nummer|\w*nr|\w*kode|\w*merking|\w*-id|id|versjon\w*)\b", re.IGNORECASE)
_ASKS_A_PLACE = re.compile(
    r"lokasjon|adresse|sted|rom\b|etasje|skole|kontor|enhet|avdeling|team|gruppe|område|omrade", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:\w*(?:gata|gate|veien|vegen|vei|plass|torg|skole|skolen|bygg|bygget|etasje|etg|rom|rommet|kontoret|avdeling\w*|huset|"
    r"kjelleren|sykehjem\w*|senter\w*|floor|room))\b",
    re.IGNORECASE,
)
_ASKS_A_TIME = re.compile(r"periode|plan\b|tid\b|dato|når|siden", re.IGNORECASE)
_DOING = re.compile(
    r"\b(?:prøv\w*|test\w*|restart\w*|omstart\w*|start\w*\s+(?:\w+\s+){0,2}(?:på\s+nytt|om)|bytt\w*|slått?\s+av|skru\w*|logg\w*\s+"
    r"(?:av|ut|inn)|ring\w*|sjekk\w*|reinstaller\w*|oppdater\w*|tømt|koblet|kobla|byttet|spurt\w*|tried|restarted|called)\b",
    re.IGNORECASE,
)
# Answers of these types are a closed value, so a short message can be one and nothing else.
_CLOSED = frozenset({FieldType.CHOICE, FieldType.DATE, FieldType.DATETIME, FieldType.PHONE, FieldType.SYSTEM})
_TIMES = frozenset({FieldType.DATE, FieldType.DATETIME})
_WORDS = frozenset({FieldType.LONGTEXT, FieldType.TEXT, FieldType.PERSON})
_NAMES = frozenset({FieldType.PERSON, FieldType.SYSTEM, FieldType.VIRKSOMHET})
_MOST_WORDS_OF_A_VALUE = 5
# "siden", "fra" or "since" and a blank.
_MOST_BESIDE_A_TIME = 6


class Fit(StrEnum):
    """How well a message reads as the answer to a question: in its own way, in no way, or as any words would."""

    WELL = "well"
    NOT = "not"
    AS_ANY_WORDS = "any"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message says of other lines. known: those it says again as they stand. unsure: the person is to be asked.

    own: what it says of the open question besides.
    """

    answers: Mapping[str, Answer]
    known: Mapping[str, Answer] = field(default_factory=dict)
    unsure: bool = False
    own: Answer | None = None


def speaks_of_the_matter(text: str) -> bool:
    """Whether the sentence is about the matter at hand: "det gjelder …", "det begynte …"."""
    return bool(_OF_THE_MATTER.match(text.strip()))


def lines_of(talk: Conversation, draft: Draft) -> tuple[DraftItem, ...]:
    """All lines that a sentence may speak of: those of the draft, and those of a critical fault where none is yet."""
    if draft.kind != "support":
        return items_of(talk, draft)
    return items_of(talk, replace(draft, critical=True))


def correction_in(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Correction | None:
    """What the message changes instead of answering this item; None when it is to be read as its answer."""
    rest, taken_back = _without_opener(text)
    plain_no = _NO.match(rest)
    rest = rest[plain_no.end() :] if plain_no and len(rest.split()) > 1 else rest
    if len(rest.split()) < 2 and not taken_back:
        return None
    lines = lines_of(talk, draft)
    others = tuple(one for one in lines if one.key != item.key)
    pointed = denied(talk, draft, others, rest) or labelled(talk, draft, others, rest)
    if pointed is not None:
        return _sorted(draft, {pointed[0].key: pointed[1]})
    said = said_of(talk, draft, lines, rest)
    own = said.pop(item.key, None)
    if own is not None and item.type in _WORDS:
        # "Forsøkt å bytte port i går": the time is part of what was tried, and no other line's.
        inside = said_of(talk, draft, lines, own.shown)
        said = {key: answer for key, answer in said.items() if inside.get(key) != answer}
    said = {key: answer for key, answer in said.items() if key in draft.answers or _is_of_a_checklist(lines, key)}
    if not said:
        return None
    framed = taken_back or bool(plain_no) or speaks_of_the_matter(rest)
    fit = Fit.WELL if own is not None else _fit(talk, draft, item, rest, taken_back=taken_back, said=said)
    if not framed:
        return _of_a_value_alone(talk, draft, item, others, rest, fit, said)
    found = _sorted(draft, said)
    if item.type is FieldType.BOOLEAN and plain_no and not taken_back:
        return replace(found, own=Answer(False, talk.text("value.no")))
    if own is not None:
        return replace(found, own=own) if found.answers else None
    if fit is Fit.WELL and item.type in _WORDS:
        return replace(found, unsure=True) if found.answers else None
    if not found.answers and (item.type is FieldType.LONGTEXT or fit is Fit.WELL):
        return None
    return None if fit is Fit.WELL else found


def changes_in(talk: Conversation, draft: Draft, text: str) -> Correction | None:
    """What a message changes where no question is open; None when it says nothing new of any line."""
    rest, _ = _without_opener(text)
    lines = lines_of(talk, draft)
    pointed = denied(talk, draft, lines, rest) or labelled(talk, draft, lines, rest)
    said = {pointed[0].key: pointed[1]} if pointed is not None else said_of(talk, draft, lines, text)
    found = _sorted(draft, said)
    return found if found.answers else None


def said_of(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """What the sentence says of these items, whatever is known of them."""
    reading = in_earnest(talk.reading(text))
    blank = replace(draft, answers={}, critical=None)
    read, keys = fill_from_reading(talk, blank, items, reading, replace_known=True)
    return {key: read.answers[key] for key in keys}


def in_earnest(reading: Reading) -> Reading:
    """The reading without an extent that is just an "I" in passing, which narrows nothing."""
    if reading.extent is Extent.USER and not _ONLY_ONE.search(reading.text):
        return replace(reading, extent=None)
    return reading


def denied(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Visma, ikke Agresso": the line that holds what is denied, and what it is to hold."""
    for pattern in _DENIALS:
        found = pattern.match(text.strip(" .!"))
        if found is None:
            continue
        meant, wrong = (_SMALL.sub("", found[name].strip(" .,!")) for name in ("meant", "denied"))
        for item in items:
            known = draft.answers.get(item.key)
            if known is not None and known.value != UNKNOWN_VALUE and _is(talk, draft, item, wrong, known):
                answer = _value(talk, draft, item, meant)
                if answer is not None and answer.value != known.value:
                    return item, answer
    return None


def labelled(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Omfanget er hele bydelen", "kritisk nei": the line that is named, and its value."""
    low = text.lower()
    for item in items:
        for name in _names_of(item):
            found = re.match(rf"{re.escape(name)}{_ENDING}(?=[\s:=–-])", low)
            if found is None:
                continue
            tail = text[found.end() :].strip()
            says = _SAYS.match(tail)
            value = (says["value"] or says["told"]) if says is not None else tail
            if says is None and item.type in _WORDS:
                continue
            answer = _value(talk, draft, item, value.strip(" .!"))
            if answer is not None:
                return item, answer
    return None


def _without_opener(text: str) -> tuple[str, bool]:
    """The message without the words that take something back, and whether there were any."""
    rest = text.strip()
    taken_back = False
    while (found := _TAKES_BACK.search(rest)) is not None and found.end() > found.start():
        shorter = (rest[: found.start()].rstrip(" ,") + " " + rest[found.end() :]).strip()
        if not shorter:
            break
        rest, taken_back = shorter, True
    return rest, taken_back


def _names_of(item: DraftItem) -> tuple[str, ...]:
    """What people call the line: its label, the words of the phrases for it, and the first word of the label."""
    label = fold_phrase(item.label.partition("(")[0].replace("?", ""))
    first = label.split(" ")[0].partition("-")[0]
    known = [name for name, key in phrases().lines.items() if key == item.key]
    names = {label, *known, *((first,) if len(first) > 1 and (" " in label or "-" in label) else ())}
    return tuple(sorted((name for name in names if len(name) > 1), key=len, reverse=True))


def _is(talk: Conversation, draft: Draft, item: DraftItem, words: str, known: Answer) -> bool:
    """Whether the words mean what the line holds."""
    if item.type in (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PERSON, FieldType.VIRKSOMHET):
        wanted, there = fold_phrase(words), fold_phrase(known.shown)
        return len(wanted) > 2 and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", there))
    answer = _value(talk, draft, item, words)
    if answer is None:
        return False
    if item.type in _TIMES:
        return str(answer.value)[:10] == str(known.value)[:10]
    return bool(answer.value == known.value)


def _value(talk: Conversation, draft: Draft, item: DraftItem, words: str) -> Answer | None:
    """The words as a value of the line, read in running text first."""
    read = said_of(talk, draft, (item,), words).get(item.key)
    if read is not None:
        return read
    if item.type is FieldType.SYSTEM and not talk.systems_in(words):
        return None
    answer = parse_answer(talk, draft, item, words)
    return answer if isinstance(answer, Answer) else None


def _is_of_a_checklist(items: tuple[DraftItem, ...], key: str) -> bool:
    item = find_item(items, key)
    return item is not None and item.checklist_item is not None


def _sorted(draft: Draft, said: Mapping[str, Answer]) -> Correction:
    new = {key: one for key, one in said.items() if key not in draft.answers or draft.answers[key].value != one.value}
    return Correction(new, {key: one for key, one in said.items() if key not in new})


def _of_a_value_alone(
    talk: Conversation,
    draft: Draft,
    item: DraftItem,
    others: tuple[DraftItem, ...],
    text: str,
    fit: Fit,
    said: Mapping[str, Answer],
) -> Correction | None:
    """ "Hele avdelingen" and nothing else: another line's value, unless it is this question's."""
    if fit is Fit.WELL or len(text.split()) > _MOST_WORDS_OF_A_VALUE:
        return None
    alone = {one.key: said[one.key] for one in others if one.key in said and _is_value_alone(talk, draft, one, text)}
    found = _sorted(draft, alone)
    return replace(found, unsure=fit is Fit.AS_ANY_WORDS) if found.answers else None


def _is_value_alone(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> bool:
    if item.type not in _CLOSED:
        return False
    if item.type in _TIMES:
        moment = read_moment(text, talk.situation.now, None)
        return moment is not None and len(text.strip(" .!")) - len(moment.text) <= _MOST_BESIDE_A_TIME
    if item.type is FieldType.SYSTEM:
        hits = talk.systems_in(text)
        return bool(hits) and hits[0].end - hits[0].start >= len(text.strip(" .!")) - 1
    if item.type is FieldType.PHONE:
        return sum(sign.isdigit() for sign in text) >= len(re.sub(r"\s", "", text)) - 4
    return isinstance(parse_answer(talk, draft, item, text), Answer)


def _fit(
    talk: Conversation, draft: Draft, item: DraftItem, text: str, *, taken_back: bool, said: Mapping[str, Answer]
) -> Fit:
    """How well the message reads as the answer to this item."""
    if item.type not in _WORDS:
        answer = parse_answer(talk, draft, item, text)
        if item.type is FieldType.NUMBER and isinstance(answer, Answer):
            spent = any(re.search(rf"(?<!\d){re.escape(answer.shown)}(?!\d)", one.shown) for one in said.values())
            return Fit.NOT if spent or taken_back else Fit.WELL
        if item.type in _NAMES:
            return Fit.NOT
        return Fit.WELL if isinstance(answer, Answer) and not taken_back else Fit.NOT
    if item.key == "tried":
        return Fit.WELL if _DOING.search(text) else Fit.AS_ANY_WORDS
    if item.type is FieldType.PERSON:
        return Fit.WELL if re.search(r"(?<!^)\b[A-ZÆØÅ][a-zæøå]+", text) else Fit.NOT
    if _ASKS_A_FIGURE.search(item.label):
        # "Telefonen min er 22 33 44 55" has the figures of another line, and is not its value alone.
        of_others = (taken_back or speaks_of_the_matter(text)) and _has_figures_of(text, said)
        return Fit.WELL if any(sign.isdigit() for sign in text) and not of_others else Fit.NOT
    if _ASKS_A_PLACE.search(item.label) and _PLACE.search(text):
        # "Det gjelder hele avdelingen" says whom, not where.
        return Fit.AS_ANY_WORDS if speaks_of_the_matter(text) else Fit.WELL
    if _ASKS_A_TIME.search(item.label):
        return Fit.WELL
    return Fit.AS_ANY_WORDS


def _has_figures_of(text: str, said: Mapping[str, Answer]) -> bool:
    """Whether all figures of the text stand in these values: "kl 8.30" in "kl. 08.30"."""
    shown = " ".join(one.shown for one in said.values())
    here, there = ([one.lstrip("0") for one in re.findall(r"\d+", words)] for words in (text, shown))
    return set(here) <= set(there) or "".join(here) in "".join(there)
