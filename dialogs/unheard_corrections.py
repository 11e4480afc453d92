"""What a message says to put a case right, and that changed none of its lines (DESIGN 3).

A message that ends in "send" is not sent past such words: "nei! Omar skal legges til" of a case that removes him. It is
told by what the words do, whatever they are about: they open as people take something back, they deny a value that
stands in the case, they give a line by its name another value, they say what part somebody has who stands in another
line, or they read as another value than the case holds. What contradicts nothing is more of the matter, and is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.answer_fit import TIMES, is_value_alone
from dialogs.choosing import yes_or_no
from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem
from dialogs.named_lines import denied_and_meant, named_in
from dialogs.nothing_said import is_nothing
from dialogs.phrases import fold_phrase
from dialogs.read_answers import is_number_of_another
from dialogs.said_of_lines import lines_of, said_of
from dialogs.sentences import speaks_of_the_matter
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.taken_back import after_no, only_takes_back, says_it_was_wrong, without_opener
from knowledge.catalogue import FieldType

_SENTENCES = re.compile(r"(?<=[!?])\s+|(?<=[^\d]\.)\s+|(?<=\d\.)\s+(?=[A-ZÆØÅ])|\n+")
_CLAUSES = re.compile(r"\s*[,;]\s+(?:(?:og|men|and|but)\s+)?|\s+(?:og|men|and|but)\s+", re.IGNORECASE)
# "Ikke noe hastverk" and "endre gjerne …" are about the work, and no value of the case.
_PUTS_RIGHT = re.compile(
    r"^(?:(?:men|og|but|and)\s+)?(?:(?:ikke|ikkje|not)\s+(?!noe\b|noko\b|haster|så\b|any)|"
    r"(?:endre|rett|rette|bytt|change)\s+(?!gjerne)|(?:feil|galt|wrong)\s+(?!på|i|med)\w+\b)",
    re.IGNORECASE,
)
_ALL_IS_WELL = re.compile(
    r"(?:(?:det|alt|dette|resten|that|all|everything)\s+)*(?:(?:er|ser|var|is|looks)\s+)?(?:ut\s+)?(?:(?:helt|heilt|all)\s+)?"
    r"(?:bra|fint|greit|greitt|riktig|rett|ok|okei|stemmer|stemmar|good|fine|right|correct|alt|alle|all|takk|thanks)\b(?:\s+\w+){0,2}",
    re.IGNORECASE,
)
_IS = r"(?:er|var|is|are|am|was)"
_SMALL = r"(?:(?:bare|berre|kun|jo|altså|nok|faktisk|the|my|our|only|just|min|mi|vår|en|ei|ein|a|an)\s+)*"
_HAS_A_PART = re.compile(
    rf"^(?P<who>\S+(?:\s+\S+){{0,4}}?)\s+{_IS}\s+(?P<small>{_SMALL})(?P<part>[^\W\d]{{4,}})\W*$", re.IGNORECASE
)
_ONLY = re.compile(r"\b(?:bare|berre|kun|only|just)\b", re.IGNORECASE)
# "Omar skal legges til", "Leif should keep his": what is to come of somebody.
_IS_TO = re.compile(
    r"\b(?:skal|skulle|må|bør|should|must|shall)\s+(?:(?:jo|bare|berre|også|òg|only|also|ikke|ikkje|not)\s+)*"
    r"(?:legges?\s+til|leggjast\s+til|fjernes|fjernast|slettes|slettast|tas\s+(?:bort|ut|av)|beholde|behalde|miste|ut\b|inn\b|være|vere|"
    r"be\b|keep|lose|stay|med\b)"
    r"|\b(?:skal|should|must)\s+(?:ikke|ikkje|not)\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:siden|sidan|since|begynt\w*|byrja|start\w*|oppst\w+|skjedd\w*|began|happened)\b", re.IGNORECASE
)
_LABEL_SAYS = re.compile(
    rf"^(?:(?:og|men|and|but|the)\s+)?(?P<noun>[^\W\d]{{5,}})\s+(?:{_IS}|heter|heiter|(?:skal|should)\s+(?:være|vere|be))\s+(?P<value>\S.*)$",
    re.IGNORECASE,
)
_LIKE_A_VALUE = re.compile(r"[A-ZÆØÅ\d@«\"]|\b(?:feil|galt|gale|wrong|meg|me)\b")
_ENDING = re.compile(r"(?:ene|ane|ne|en|et|a|er|ar|e|s|t)$")
_FEWEST_LETTERS = 5
_READ_AGAIN = frozenset({"extent", "outage", "phone"})
_OF_WORDS = (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PERSON, FieldType.VIRKSOMHET)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The case before and after the message, and which of its lines the message changed."""

    talk: Conversation
    before: Draft
    after: Draft
    items: tuple[DraftItem, ...]

    def changed(self, item: DraftItem) -> bool:
        return _value(self.before, item.key) != _value(self.after, item.key)

    def still_holds(self, item: DraftItem) -> bool:
        return item.key in self.before.answers and not self.changed(item)


def unheard_corrections(talk: Conversation, before: Draft, after: Draft, text: str) -> tuple[str, ...]:
    """The sentences and clauses of the message that were meant to put the case right, and did not."""
    heard = _Heard(talk, before, after, lines_of(talk, before))
    found: list[str] = []
    for sentence, opened in _sentences(text):
        if (opened and not _is_told(heard, sentence)) or _denies_in_vain(heard, sentence):
            found.append(sentence)
            continue
        clauses = [clause.strip(" .!") for clause in _CLAUSES.split(sentence) if clause.strip(" .!")]
        found += [clause for clause in clauses if _is_in_vain(heard, clause)]
    return tuple(dict.fromkeys(found))


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Each sentence without its opening, and whether it has one that puts something right; a lone "nei!" opens the
    next."""
    opens_next = False
    for sentence in _SENTENCES.split(text.strip()):
        rest = sentence.strip(" .!")
        after = after_no(rest)
        if not rest:
            continue
        if after == "" or only_takes_back(rest):
            opens_next = True
            continue
        without, taken_back = without_opener(after if after is not None else rest)
        is_well = is_nothing(rest) or _ALL_IS_WELL.fullmatch(without.strip(" .!,")) is not None
        opened = (opens_next or after is not None or taken_back) and not is_well
        opens_next = False
        yield without, opened or says_it_was_wrong(rest) or _PUTS_RIGHT.match(rest) is not None


def _is_told(heard: _Heard, sentence: str) -> bool:
    """Whether a line holds since the message what the sentence says, or the "nei" before it was the answer."""
    said = said_of(heard.talk, heard.before, heard.items, sentence)
    for item in heard.items:
        now = heard.after.answers.get(item.key)
        if now is None or not heard.changed(item):
            continue
        if item.type is FieldType.BOOLEAN and yes_or_no(now.shown) is False:
            return True
        if item.key in said and said[item.key].value == now.value:
            return True
        if fold_phrase(now.shown) in fold_phrase(sentence) and after_no(now.shown) is None:
            return True
        answer = parse_answer(heard.talk, heard.before, item, sentence) if item.type not in _OF_WORDS else None
        if isinstance(answer, Answer) and answer.value == now.value:
            return True
    return False


def _denies_in_vain(heard: _Heard, sentence: str) -> bool:
    """ "Gjelder flytting, ikke ny": what is denied stands in a line as before."""
    for _, wrong in denied_and_meant(sentence):
        holding = [item for item in heard.items if _holds(heard, item, wrong)]
        if holding and not any(heard.changed(item) for item in holding):
            return True
    return False


def _holds(heard: _Heard, item: DraftItem, words: str) -> bool:
    """Whether the words, and nothing besides, are what the line held before."""
    known = heard.before.answers.get(item.key)
    if known is None or known.value == UNKNOWN_VALUE or item.key == "tried":
        return False
    if item.type in _OF_WORDS:
        wanted = fold_phrase(words)
        return len(wanted) > 2 and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", fold_phrase(known.shown)) is not None
    if not is_value_alone(heard.talk, heard.before, item, words):
        return False
    answer = parse_answer(heard.talk, heard.before, item, words)
    if item.type in TIMES and isinstance(answer, Answer):
        return str(answer.value)[:10] == str(known.value)[:10]
    return isinstance(answer, Answer) and answer.value == known.value


def _is_in_vain(heard: _Heard, clause: str) -> bool:
    return (
        _names_a_line_in_vain(heard, clause)
        or _has_another_part(heard, clause)
        or _is_to_in_vain(heard, clause)
        or _reads_otherwise(heard, clause)
    )


def _names_a_line_in_vain(heard: _Heard, clause: str) -> bool:
    """ "Nummeret er bare 23491200": the line that is called so holds something else."""
    called = [(item, value) for item, value in named_in(heard.talk, heard.items, clause)]
    says = _LABEL_SAYS.match(clause)
    if not called and says is not None:
        noun = _stem(says["noun"])
        called = [(item, says["value"]) for item in heard.items if _is_head_of(noun, item)]
    called = [(item, value) for item, value in called if _LIKE_A_VALUE.search(value)]
    return bool(called) and not any(heard.changed(item) or _agrees(heard, item, value) for item, value in called)


def _agrees(heard: _Heard, item: DraftItem, value: str) -> bool:
    now = heard.after.answers.get(item.key)
    if now is None:
        return False
    answer = parse_answer(heard.talk, heard.before, item, value)
    folded, shown = fold_phrase(value), fold_phrase(now.shown)
    return folded in shown or shown in folded or (isinstance(answer, Answer) and answer.value == now.value)


def _has_another_part(heard: _Heard, clause: str) -> bool:
    """ "Nils Foss er bare kontakt", "jeg er avsender": another part than the line has in which he stands."""
    found = _HAS_A_PART.match(clause)
    if found is None:
        return False
    part, who = _stem(found["part"]), found["who"].strip()
    lines = [item for item in heard.items if _is_called(item, part)]
    if not lines:
        return False
    myself = yes_or_no(who) is None and re.fullmatch(r"(?:jeg|eg|i)", who, re.IGNORECASE) is not None
    name = heard.talk.situation.person.name if myself else who
    elsewhere = [item for item in heard.items if item not in lines and _has_name(heard.before, item, name)]
    if any(heard.still_holds(item) for item in elsewhere):
        return True
    if _has_name_in_any(heard.after, lines, name) or any(heard.changed(item) for item in (*lines, *elsewhere)):
        return False
    pointed = re.match(r"(?:den|det|dette|this|that)\b", who, re.IGNORECASE) is not None
    return pointed or any(item.key in heard.before.answers for item in lines)


def _is_to_in_vain(heard: _Heard, clause: str) -> bool:
    """ "Omar skal legges til" where he stands in a line, and neither that nor a choice changed."""
    if _IS_TO.search(clause) is None:
        return False
    holding = [item for item in heard.items if _mentions(heard.before, item, clause)]
    choices = [item for item in heard.items if item.type is FieldType.CHOICE and item.checklist_item is None]
    return bool(holding) and not any(heard.changed(item) for item in (*holding, *choices))


def _reads_otherwise(heard: _Heard, clause: str) -> bool:
    """ "Det begynte i kveld kl 20" where the case still says yesterday."""
    tells_when = _BEGAN.search(clause) is not None or speaks_of_the_matter(clause)
    said = said_of(heard.talk, heard.before, heard.items, clause)
    for item in heard.items:
        if item.key not in said or not heard.still_holds(item):
            continue
        if not (item.key in _READ_AGAIN or (item.key == "started_at" and tells_when)):
            continue
        known, now = heard.before.answers[item.key], said[item.key]
        if known.source not in ("assumed", "profile") and known.value != now.value:
            return not (item.type is FieldType.PHONE and is_number_of_another(heard.after, item.key, now))
    return False


def _value(draft: Draft, key: str) -> object:
    answer = draft.answers.get(key)
    return None if answer is None else answer.value


def _has_name(draft: Draft, item: DraftItem, name: str) -> bool:
    known = draft.answers.get(item.key)
    return known is not None and item.type in _OF_WORDS and fold_phrase(name) in fold_phrase(known.shown)


def _has_name_in_any(draft: Draft, items: list[DraftItem], name: str) -> bool:
    return any(_has_name(draft, item, name) for item in items)


def _mentions(draft: Draft, item: DraftItem, clause: str) -> bool:
    """Whether a name, or the first of its words, of what stands in the line is in the clause."""
    known = draft.answers.get(item.key)
    if known is None or item.type not in _OF_WORDS or item.key == "tried":
        return False
    names = re.findall(r"[A-ZÆØÅ][\w'-]{2,}", known.shown)
    return any(re.search(rf"\b{re.escape(name)}\b", clause) is not None for name in names)


def _stem(word: str) -> str:
    low = word.casefold()
    short = _ENDING.sub("", low)
    return short if len(short) >= _FEWEST_LETTERS - 1 else low


def _words_of(item: DraftItem) -> list[str]:
    labels = item.checklist_item.label.values() if item.checklist_item is not None else (item.label, item.label_nb)
    return re.findall(r"[^\W\d_]{4,}", " ".join(labels).casefold())


def _is_called(item: DraftItem, stem: str) -> bool:
    """Whether a word of the label begins with the stem: "mottaker" in "Mottakers e-postadresse"."""
    return any(word.startswith(stem) for word in _words_of(item))


def _is_head_of(stem: str, item: DraftItem) -> bool:
    """Whether a word of the label ends in the noun: "tjenesten" for "Barneverntjeneste"."""
    return len(stem) >= _FEWEST_LETTERS and any(_stem(word).endswith(stem) for word in _words_of(item))
