"""What a message at an open question says of other lines of the case, when it is no answer to that question (DESIGN 3).

Four things show it, whatever the words are about: it begins as people take something back ("nei vent", "jeg mente"),
it speaks of the matter instead of answering ("det gjelder …", "det begynte …"), it names another line ("omfanget er
…"), or it denies what was said before ("Visma, ikke Agresso"). And it must read as a value of that other line. A value
alone ("hele avdelingen") could be either, and so could one of the four whose words fit the question well: then the
person is asked once. A single word is always the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dialogs.answer_fit import TIMES, Fit, alike_in, fit_of, is_value_alone, value_of_one
from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem, find_item, items_of
from dialogs.known_day import is_promise, on_known_day
from dialogs.phrases import fold_phrase, phrases
from dialogs.read_answers import ABOUT_WHOM, fill_from_reading
from dialogs.sentences import WORDS, speaks_of_the_matter, without_opener
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from knowledge.catalogue import FieldType
from knowledge.reading import Extent, Reading
from knowledge.reading.choices import EMPTY

_NO = re.compile(r"^(?:nei|nei\s+nei|neida|no|nope)\b[\s,.!–-]*", re.IGNORECASE)
_NOT = r"(?:ikke|ikkje|not)"
_IT_IS = re.compile(r"^(?:det|dette|it|this)\s+(?:er|var|gjelder|gjeld|is|was)\s+", re.IGNORECASE)
_CLAUSES = re.compile(r"\s*(?:[,;]|\.(?=\s+[A-ZÆØÅ]))\s+(?:(?:og|men|and|but)\s+)?")
_NO_ANSWER = re.compile(r"^(?:nei|nej|no|ikke|ikkje|not)\b|\bskre[iv]v?\s+feil\b|\bfeil\s+\w+$", re.IGNORECASE)
_AND_NOT = re.compile(rf"\s*,?\s+(?:(?:og|and)\s+)?{_NOT}\s+", re.IGNORECASE)
_DENIALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:.{{0,60}}?\s)?{_NOT}\s+(?P<denied>[^,;]+?)(?:\s*[,;]\s*(?:men\s+|but\s+)?|\s+(?:men|but)\s+)(?P<meant>.+)$",
        rf"^(?P<meant>.+?)[\s,;–-]+(?:(?:og|and)\s+)?{_NOT}\s+(?P<denied>.+)$",
        r"^(?P<meant>.+?)\s+(?:i\s+stedet\s+for|istedenfor|i\s+staden\s+for|instead\s+of|rather\s+than)\s+(?P<denied>.+)$",
        r"^(?P<denied>.+?)\s+(?:er|var|is|was)\s+(?:feil|galt|gale|wrong)\s*[,.;–-]+\s*(?:men\s+)?(?P<meant>.+)$",
        r"^(?P<denied>.+?)\s+(?:heter|heiter|skrives|staves|is\s+called|is\s+spelt)\s+(?P<meant>.+)$",
        r"^(?P<denied>.+?)\s+(?:skal|skulle|should)\s+(?:være|vere|ha\s+vært|stå|be)\s+(?P<meant>.+)$",
    )
)
_SAYS = re.compile(
    r"^(?:er|var|is|was|blir|heter|heiter|(?:skal|må|bør|skulle|should|must)\s+(?:være|vere|bli|be)|til|to)\b\s*(?P<value>\S.*)$"
    r"|^[:=–-]\s*(?P<told>\S.*)$",
    re.IGNORECASE,
)
# Words that labels begin with and sentences too: "Det dere har avtalt før", "Gjelder bruker".
_NO_NAMES = EMPTY | frozenset(
    "gjeld meldt meld bestilt tinga godkjent godkjend hvordan korleis kva kven hvem den".split()
)
_MOST_WORDS_OF_A_VALUE = 5
_MOST_WORDS_OF_A_NAME = 3
_MOST_CLAUSES = 4
_SHORTEST_LAST_WORD = 8
_PRONOUNS = frozenset({"hun", "han", "ho", "vedkommende", "personen"})
_NOTHING = re.compile(r"^(?:ikke|ikkje|ingenting|ingen|inga|nothing|not)\b", re.IGNORECASE)
# "Flere på kontoret har det" says how many, and not that they log on from the office.
_WHERE_MANY_ARE = re.compile(r"(?:kontor|avdeling|skole|etasje|bygg|office|department|school|floor)", re.IGNORECASE)
_SMALL = re.compile(
    r"^(?:(?:på|i|for|hos|av|til|fra|om|det|den|bare|berre|kun|with|the|it|only|just)\s+)+", re.IGNORECASE
)
_ENDING = r"(?:en|et|a|n|t|ene|s)?"
_WHOSE = r"(?:\s+(?:min|mitt|mi|vår|vårt|deres|hans|hennes))?"
_ONLY_ONE = re.compile(r"\b(?:bare|berre|kun|only|just|én|éin|en|ein|one|1|gjelder|gjeld|hos)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message says of other lines. known: those it says again as they stand. unsure: the person is to be asked.

    own: what it says of the open question besides. asked_again: the line whose value it denies without giving another
    that is understood.
    """

    answers: Mapping[str, Answer]
    known: Mapping[str, Answer] = field(default_factory=dict)
    unsure: bool = False
    own: Answer | None = None
    asked_again: str = ""


def lines_of(talk: Conversation, draft: Draft) -> tuple[DraftItem, ...]:
    """All lines that a sentence may speak of: those of the draft, and those of a critical fault where none is yet."""
    if draft.kind != "support":
        return items_of(talk, draft)
    return items_of(talk, replace(draft, critical=True))


def correction_in(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Correction | None:
    """What the message changes instead of answering this item, or beside it; None when it is just its answer."""
    return _beside_an_answer(talk, draft, item, text) or _instead_of_one(talk, draft, item, text)


def _beside_an_answer(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Correction | None:
    """ "Storgata 1, det gjelder bare en bruker": one clause answers, the other corrects; None when it is not so."""
    clauses = [clause for clause in _CLAUSES.split(text.strip(" .!")) if clause]
    others = tuple(one for one in lines_of(talk, draft) if one.key != item.key)
    if item.type not in WORDS or not 2 <= len(clauses) <= _MOST_CLAUSES:
        return None
    if denied(talk, draft, others, text) or labelled(talk, draft, others, text):
        return None
    each = [(clause, _instead_of_one(talk, draft, item, clause)) for clause in clauses]
    answering = [clause for clause, found in each if found is None]
    if any(_NO_ANSWER.search(clause) for clause in answering):
        return None
    # "Beklager rotet" opens what comes after it.
    own = ", ".join(clause for clause in answering if not without_opener(f"{clause} x")[1])
    said: dict[str, Answer] = {}
    for _, found in each:
        if found is not None and (found.unsure or found.own is not None):
            return None
        said |= found.answers if found is not None else {}
    if item.key == "tried":
        said.pop("outage", None)  # "restartet, men det virker fortsatt ikke" tells what came of it
    answer = parse_answer(talk, draft, item, own) if own and said else None
    return Correction(said, own=answer) if isinstance(answer, Answer) else None


def _instead_of_one(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Correction | None:
    rest, taken_back = without_opener(text)
    plain_no = _NO.match(rest)
    rest = rest[plain_no.end() :] if plain_no and len(rest.split()) > 1 else rest
    if len(rest.split()) < 2 and not taken_back:
        return None
    lines = lines_of(talk, draft)
    others = tuple(one for one in lines if one.key != item.key)
    pointed = denied(talk, draft, others, rest) or labelled(talk, draft, others, rest)
    if pointed is not None:
        return _sorted(draft, {pointed[0].key: pointed[1]})
    said = _not_denied(talk, draft, lines, rest)
    if not said and (only_denied := _choice_denied(talk, draft, others, rest)):
        return Correction({}, asked_again=only_denied)
    own = said.pop(item.key, None)
    if own is not None and item.type in WORDS:
        # "Forsøkt å bytte port i går": the time is part of what was tried, and no other line's.
        inside = said_of(talk, draft, lines, own.shown)
        said = {key: answer for key, answer in said.items() if inside.get(key) != answer}
    said = {**value_of_one(talk, draft, others, rest, taken_back=taken_back), **said}
    if (taken_back or plain_no) and not said:
        said = _choice_alone(talk, draft, others, _IT_IS.sub("", rest))
    said = {key: answer for key, answer in said.items() if key in draft.answers or _is_of_a_checklist(lines, key)}
    if not said:
        return None
    framed = taken_back or bool(plain_no) or speaks_of_the_matter(rest)
    fit = Fit.WELL if own is not None else fit_of(talk, draft, item, rest, taken_back=taken_back, said=said)
    if not framed:
        return _of_a_value_alone(talk, draft, item, others, rest, fit, said)
    found = _sorted(draft, said)
    if item.type is FieldType.BOOLEAN and plain_no and not taken_back:
        return replace(found, own=Answer(False, talk.text("value.no")))
    if own is not None:
        return replace(found, own=own) if found.answers else None
    if fit is Fit.WELL and item.type in WORDS:
        return replace(found, unsure=True) if found.answers else None
    if not found.answers and (item.type is FieldType.LONGTEXT or fit is Fit.WELL):
        return None
    return None if fit is Fit.WELL else found


def changes_in(talk: Conversation, draft: Draft, text: str) -> Correction | None:
    """What a message changes where no question is open; None when it says nothing new of any line."""
    rest, _ = without_opener(text)
    plain_no = _NO.match(rest)
    rest = rest[plain_no.end() :] if plain_no and len(rest.split()) > 1 else rest
    lines = lines_of(talk, draft)
    pointed = denied(talk, draft, lines, rest) or labelled(talk, draft, lines, rest)
    said = {pointed[0].key: pointed[1]} if pointed is not None else _not_denied(talk, draft, lines, rest)
    found = _sorted(draft, said)
    return found if found.answers else None


def denies_something(text: str) -> bool:
    """Whether the message says that something was wrong, and what is right."""
    return next(denied_and_meant(text), None) is not None


def said_of(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """What the sentence says of these items, whatever is known of them."""
    reading = in_earnest(talk.reading(text))
    blank = replace(draft, answers={}, critical=None)
    read, keys = fill_from_reading(talk, blank, items, reading, replace_known=True)
    in_extent = {
        one.key
        for one in items
        if reading.extent is not None and one.checklist_item is None and one.type is FieldType.CHOICE
        if one.key in keys and _WHERE_MANY_ARE.match(read.answers[one.key].shown)
    }
    said = {key: on_known_day(talk, draft.answers.get(key), read.answers[key]) for key in keys if key not in in_extent}
    promise = find_item(items, "next_update_at")
    if "since" in said and promise is not None and is_promise(draft, said["since"], text):
        answer = parse_answer(talk, draft, promise, text)
        if isinstance(answer, Answer):
            return {**{key: one for key, one in said.items() if key != "since"}, promise.key: answer}
    return said


def _not_denied(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """What the sentence says, without what it denies: "Outlook, ikke AKS" says nothing of AKS."""
    said = said_of(talk, draft, items, text)
    for _, wrong in denied_and_meant(text) if said else ():
        no = said_of(talk, draft, items, wrong)
        said = {key: one for key, one in said.items() if key not in no or no[key].value != one.value}
    return said


def in_earnest(reading: Reading) -> Reading:
    """The reading without an extent that is just an "I" in passing, which narrows nothing."""
    if reading.extent is Extent.USER and not _ONLY_ONE.search(reading.text):
        return replace(reading, extent=None)
    return reading


def denied(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Visma, ikke Agresso": the line that holds what is denied, and what it is to hold."""
    for meant, wrong in denied_and_meant(text):
        for item in items:
            known = draft.answers.get(item.key)
            if known is not None and known.value != UNKNOWN_VALUE and _is(talk, draft, item, wrong, known):
                answer = _value(talk, draft, item, alike_in(meant, wrong)) or _name_not_listed(item, meant)
                if answer is not None and answer.value != known.value:
                    return item, answer
    return None


def _choice_denied(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> str:
    """The key of the choice whose value is denied, or empty."""
    known = [one for one in items if one.type is FieldType.CHOICE and one.key in draft.answers]
    for _, wrong in denied_and_meant(text):
        for item in known:
            if _is(talk, draft, item, wrong, draft.answers[item.key]):
                return item.key
    return ""


def denied_and_meant(text: str) -> Iterator[tuple[str, str]]:
    """What is meant and what is denied, in each way the sentence may be read."""
    for pattern in _DENIALS:
        found = pattern.match(text.strip(" .!"))
        if found is None:
            continue
        meant, wrong = found["meant"].strip(" .,!"), found["denied"].strip(" .,!")
        yield meant, wrong
        # "For Kari, ikke for Per"; but "i går" is a time as it stands.
        yield _SMALL.sub("", meant), _SMALL.sub("", wrong)


def labelled(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Omfanget er hele bydelen", "kritisk nei": the line that is named, and its value."""
    low = text.lower()
    for item in items:
        for name, begins in _names_of(item.label, item.key, item.type):
            found = begins.match(low)
            if found is None:
                continue
            tail = text[found.end() :].strip()
            says = _SAYS.match(tail)
            value = (says["value"] or says["told"]) if says is not None else tail
            if says is None and item.type in WORDS:
                continue
            if name in _PRONOUNS and not re.match(r"(?:heter|heiter)\b", tail, re.IGNORECASE):
                continue  # "hun er på jobb" names nobody
            # "Storgata 3, ikke 1": what is denied is no part of it.
            answer = _value(talk, draft, item, _AND_NOT.split(value)[0].strip(" .!"))
            if answer is not None:
                return item, answer
    return None


# The same lines are looked for in every message, so what they are called is made ready once.
@lru_cache(maxsize=2048)
def _names_of(written: str, key: str, kind: FieldType) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What people call the line: its label as written, the words of the phrases for it, and the first word of the
    label; each with how a text begins that names it."""
    label = fold_phrase(written.partition("(")[0].replace("?", ""))
    first = label.split(" ")[0].partition("-")[0]
    in_brackets = re.search(r"\(([^)]*)\)", written)
    parts = re.split(r"\s*(?:,|/|\bog\b|\band\b)\s*", in_brackets[1].lower()) if in_brackets is not None else []
    names = {label, *parts, *(name for name, of in phrases().lines.items() if of == key)}
    if first != label and len(first) > 1 and first not in _NO_NAMES:
        names.add(first)
    last = label.split(" ")[-1]
    if len(last) >= _SHORTEST_LAST_WORD and last not in _NO_NAMES:
        names.add(last)
    if kind is FieldType.PERSON and key in ABOUT_WHOM:
        names |= _PRONOUNS
    longest_first = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    return tuple((name, _beginning_with(name)) for name in longest_first)


def _beginning_with(name: str) -> re.Pattern[str]:
    words = r"\s+".join(f"{re.escape(word)}{_ENDING}" for word in name.split())
    return re.compile(rf"{words}{_WHOSE}(?=[\s:=–-])")


def _is(talk: Conversation, draft: Draft, item: DraftItem, words: str, known: Answer) -> bool:
    """Whether the words mean what the line holds."""
    if item.type in (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PERSON, FieldType.VIRKSOMHET):
        wanted, there = fold_phrase(words), fold_phrase(known.shown)
        return len(wanted) > 2 and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", there))
    answer = _value(talk, draft, item, words)
    if answer is None:
        return False
    if item.type in TIMES:
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


def _name_not_listed(item: DraftItem, words: str) -> Answer | None:
    """ "Outlook, ikke AKS": plainly a system, though the register does not have it."""
    return (
        Answer(words, words)
        if item.type is FieldType.SYSTEM and 0 < len(words.split()) <= _MOST_WORDS_OF_A_NAME
        else None
    )


def _is_of_a_checklist(items: tuple[DraftItem, ...], key: str) -> bool:
    item = find_item(items, key)
    return item is not None and item.checklist_item is not None


def _sorted(draft: Draft, said: Mapping[str, Answer]) -> Correction:
    tried, before = said.get("tried"), draft.answers.get("tried")
    if tried is not None and before is not None and before.source != "default" and tried.shown not in before.shown:
        # What was tried besides takes nothing back.
        said = {**said, "tried": _with_more(before, tried)}
    new = {key: one for key, one in said.items() if key not in draft.answers or draft.answers[key].value != one.value}
    return Correction(new, {key: one for key, one in said.items() if key not in new})


def _choice_alone(talk: Conversation, draft: Draft, others: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """ "Jeg mente én bruker": the option of the one choice that has it."""
    if len(text.split()) > _MOST_WORDS_OF_A_VALUE:
        return {}
    choices = [one for one in others if one.type is FieldType.CHOICE and one.key in draft.answers]
    found = {one.key: answer for one in choices if isinstance(answer := parse_answer(talk, draft, one, text), Answer)}
    return found if len(found) == 1 else {}


def _with_more(before: Answer, more: Answer) -> Answer:
    if before.value == UNKNOWN_VALUE or _NOTHING.match(before.shown):
        return more
    return Answer(f"{before.value}. {more.value}", f"{before.shown}. {more.shown}", more.source)


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
    alone = {one.key: said[one.key] for one in others if one.key in said and is_value_alone(talk, draft, one, text)}
    found = _sorted(draft, alone)
    return replace(found, unsure=fit is Fit.AS_ANY_WORDS) if found.answers else None
