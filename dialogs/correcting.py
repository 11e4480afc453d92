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

from dialogs.answer_fit import Fit, alike_names, asks_a_time, fit_of, is_value_alone, value_of_one
from dialogs.choosing import opening_yes_or_no
from dialogs.conversation import Conversation
from dialogs.filling import MAX_ANSWER_LENGTH, parse_answer
from dialogs.items import DraftItem, find_item
from dialogs.named_lines import choice_denied, denied, denied_and_meant, each_labelled, labelled, wrong_line
from dialogs.said_of_lines import lines_of, said_of
from dialogs.sentences import WORDS, speaks_of_the_matter
from dialogs.shown_answers import yes_or_no_answer
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.taken_back import after_no, without_opener
from knowledge.catalogue import FieldType
from knowledge.errors import CaseIsFull

_IT_IS = re.compile(r"^(?:det|dette|it|this)\s+(?:er|var|gjelder|gjeld|is|was)\s+", re.IGNORECASE)
_AND = r"\s+(?:(?:og|men|and|but)\s+)?"
_CLAUSES = re.compile(rf"\s*(?:[,;]|\.(?=\s+[A-ZÆØÅ])){_AND}")
_FIRST_END = re.compile(rf"\s*(?:[,;]|(?<=[^\W\d]{{3}})\.|\.(?=\s+[A-ZÆØÅ])){_AND}")
_NAME = re.compile(r"[A-ZÆØÅ][\w'-]+(?:\s[A-ZÆØÅ][\w'-]+)+")
_NO_ANSWER = re.compile(
    r"^(?:ikke|ikkje|not)\b|\bskre[iv]v?\s+feil\b|\bfeil\s+\w+$|"
    r"\b(?:er|var|is|was)\s+(?:feil|galt|gale|wrong)$",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_VALUE = 5
_MOST_CLAUSES = 4
_FEWEST_WORDS_OF_A_SENTENCE = 4
_BEGAN = re.compile(
    r"\b(?:siden|sidan|since|fra|frå|from|begynt\w*|byrja|start\w*|oppst\w+|skjedd\w*|hendt\w*|began|happened|før|innen|"
    r"senest|by)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^(?:ikke|ikkje|ingenting|ingen|inga|nothing|not)\b", re.IGNORECASE)


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
        return _after_an_answer(talk, draft, item, text)
    each = [(clause, _instead_of_one(talk, draft, item, clause)) for clause in clauses]
    answering = [clause for clause, found in each if found is None]
    if any(after_no(clause) is not None or _NO_ANSWER.search(clause) for clause in answering):
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


def _after_an_answer(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Correction | None:
    """ "Anne Lie. Datoen er 15. januar, ikke 31. desember": what stands first answers, and all the rest corrects."""
    first = _FIRST_END.search(text)
    if first is None:
        return None
    head, rest = text[: first.start()].strip(), text[first.end() :].strip()
    if (
        _NO_ANSWER.search(head)
        or without_opener(f"{head} x")[1]
        or _instead_of_one(talk, draft, item, head) is not None
    ):
        return None
    own, found = parse_answer(talk, draft, item, head), _instead_of_one(talk, draft, item, rest)
    if found is None or found.unsure or found.own is not None or not found.answers or not isinstance(own, Answer):
        return None
    well = fit_of(talk, draft, item, head, taken_back=False, said={}) is not Fit.NOT or bool(_NAME.fullmatch(head))
    return replace(found, own=own) if well else None


def _instead_of_one(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Correction | None:
    rest, taken_back, plain_no = _without_no(text)
    lines = lines_of(talk, draft)
    others = tuple(one for one in lines if one.key != item.key)
    if len(rest.split()) < 2 and not taken_back:
        return _one_word(talk, draft, item, others, rest)
    if each := each_labelled(talk, draft, lines, rest):
        return replace(
            _sorted(draft, {key: one for key, one in each.items() if key != item.key}), own=each.get(item.key)
        )
    pointed = (
        denied(talk, draft, others, rest)
        or labelled(talk, draft, others, rest)
        or wrong_line(talk, draft, others, text)
    )
    if pointed is not None:
        return _sorted(draft, {pointed[0].key: pointed[1]})
    said = _not_denied(talk, draft, lines, rest)
    if not said and (only_denied := choice_denied(talk, draft, others, rest)):
        return Correction({}, asked_again=only_denied)
    own = said.pop(item.key, None)
    if own is not None and item.type in WORDS:
        # "Forsøkt å bytte port i går": the time is part of what was tried, and no other line's.
        inside = said_of(talk, draft, lines, own.shown)
        said = {key: answer for key, answer in said.items() if inside.get(key) != answer}
    alike = alike_names(draft, others, text) if item.type is not FieldType.PERSON else {}
    said = {**alike, **value_of_one(talk, draft, others, rest, taken_back=taken_back), **said}
    if (taken_back or plain_no) and not said:
        said = _choice_alone(talk, draft, others, _IT_IS.sub("", rest))
    said = {key: answer for key, answer in said.items() if key in draft.answers or _is_of_a_checklist(lines, key)}
    if not said:
        return None
    framed = taken_back or plain_no or speaks_of_the_matter(rest)
    fit = Fit.WELL if own is not None else fit_of(talk, draft, item, rest, taken_back=taken_back, said=said)
    if not framed:
        alone = _of_a_value_alone(talk, draft, item, others, rest, fit, said)
        return alone if alone is not None else _told_otherwise(talk, draft, item, rest, fit, said)
    found = _sorted(draft, said)
    if item.type is FieldType.BOOLEAN and plain_no and not taken_back:
        return replace(found, own=yes_or_no_answer(talk, False))
    if own is not None:
        return replace(found, own=own) if found.answers else None
    if fit is Fit.WELL and item.type in WORDS:
        return replace(found, unsure=True) if found.answers else None
    if not found.answers and (item.type is FieldType.LONGTEXT or fit is Fit.WELL):
        return None
    return None if fit is Fit.WELL else found


def _without_no(text: str) -> tuple[str, bool, bool]:
    """What is said after "nei vent" and "nei"; whether something was taken back so, and whether there was a no."""
    rest, taken_back = without_opener(text)
    after = after_no(rest)
    return after or rest, taken_back, after is not None


def _one_word(
    talk: Conversation, draft: Draft, item: DraftItem, others: tuple[DraftItem, ...], word: str
) -> Correction | None:
    """ "Nå" or "mandag" where a name, a system or a machine is asked: nothing is called so, and it is when it began."""
    began = next((one for one in others if one.key == "started_at"), None)
    of_a_name = item.type in (FieldType.PERSON, FieldType.SYSTEM)
    of_words = item.type is FieldType.TEXT and not asks_a_time(item) and "started_at" not in draft.answers
    if (
        began is None
        or not (of_a_name or of_words)
        or not word.strip(" .!").isalpha()
        or not is_value_alone(talk, draft, began, word)
    ):
        return None
    answer = parse_answer(talk, draft, began, word)
    return _sorted(draft, {began.key: answer}) if isinstance(answer, Answer) else None


def _told_otherwise(
    talk: Conversation, draft: Draft, item: DraftItem, text: str, fit: Fit, said: Mapping[str, Answer]
) -> Correction | None:
    """A sentence that gives a line another value than it has, and answers nothing: "kollegaen min har fått det samme".

    Only what the case holds already counts: a first value may be meant for the open question as well.
    """
    if item.type is FieldType.PERSON and fit is Fit.NOT and "phone" in said:
        return _sorted(draft, {"phone": said["phone"]})  # "kontakttelefon 22334455" is the name of nobody
    told_at_length = item.type is FieldType.LONGTEXT and item.key != "tried"
    if fit is Fit.WELL or told_at_length or len(text.split()) < _FEWEST_WORDS_OF_A_SENTENCE:
        return None
    if item.type is FieldType.BOOLEAN and opening_yes_or_no(text) is not None:
        return None  # "ja!!! … ring meg på …" answers first of all
    # "Den grå ved kopirommet, alle bruker den": what stands first is the answer, the rest tells of it.
    first = _CLAUSES.split(text)[0]
    opening = said if first == text else said_of(talk, draft, lines_of(talk, draft), first)
    found = _sorted(
        draft,
        {
            key: one
            for key, one in said.items()
            if key in opening
            and (key in draft.answers or (key == "phone" and fit is Fit.NOT))
            # "Den jeg fikk på torsdag" tells of the machine.
            and (one.time is None or _BEGAN.search(text))
        },
    )
    return replace(found, unsure=_may_be_an_answer(item, fit, found.answers)) if found.answers else None


def _may_be_an_answer(item: DraftItem, fit: Fit, said: Mapping[str, Answer]) -> bool:
    """Whether words that read as other lines' values may be the answer all the same; no name or place is a time."""
    only_a_time = item.type is FieldType.TEXT and all(one.time is not None for one in said.values())
    return fit is Fit.AS_ANY_WORDS and not only_a_time


def changes_in(talk: Conversation, draft: Draft, text: str) -> Correction | None:
    """What a message changes where no question is open; None when it says nothing new of any line."""
    rest, taken_back, _ = _without_no(text)
    lines = lines_of(talk, draft)
    pointed = (
        denied(talk, draft, lines, rest) or labelled(talk, draft, lines, rest) or wrong_line(talk, draft, lines, text)
    )
    said = {pointed[0].key: pointed[1]} if pointed is not None else _not_denied(talk, draft, lines, rest)
    said = each_labelled(talk, draft, lines, rest) or said or alike_names(draft, lines, text)
    if not said and taken_back:
        said = value_of_one(talk, draft, lines, rest, taken_back=True)
    if not said and (only_denied := choice_denied(talk, draft, lines, rest)):
        return Correction({}, asked_again=only_denied)
    found = _sorted(draft, said)
    return found if found.answers else None


def _not_denied(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """What the sentence says, without what it denies: "Outlook, ikke AKS" says nothing of AKS."""
    said = said_of(talk, draft, items, text)
    for _, wrong in denied_and_meant(text) if said else ():
        no = said_of(talk, draft, items, wrong)
        said = {key: one for key, one in said.items() if key not in no or no[key].value != one.value}
    return said


def _is_of_a_checklist(items: tuple[DraftItem, ...], key: str) -> bool:
    item = find_item(items, key)
    return item is not None and item.checklist_item is not None


def _sorted(draft: Draft, said: Mapping[str, Answer]) -> Correction:
    tried, before = said.get("tried"), draft.answers.get("tried")
    if tried is not None and before is not None and before.source != "default":
        # What was tried besides takes nothing back, and what is told again is there.
        said = {**said, "tried": before if tried.shown in before.shown else _with_more(before, tried)}
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
    both = Answer(f"{before.value}. {more.value}", f"{before.shown}. {more.shown}", more.source)
    if len(both.shown) > MAX_ANSWER_LENGTH:
        raise CaseIsFull(f"{len(both.shown)} characters")
    return both


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
    return replace(found, unsure=_may_be_an_answer(item, fit, found.answers)) if found.answers else None
