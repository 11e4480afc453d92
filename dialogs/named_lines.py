"""Which line of a case a sentence names ("omfanget er …"), or whose value it denies ("Visma, ikke Agresso")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from dialogs.answer_fit import TIMES, alike_in, asks_a_figure
from dialogs.conversation import Conversation
from dialogs.filling import Refused, parse_answer
from dialogs.items import DraftItem
from dialogs.line_names import is_code, labels_of, names_of, says_after, without_own_name
from dialogs.option_meant import options_said
from dialogs.phrases import fold_phrase, is_answer, phrases
from dialogs.read_answers import ABOUT_WHOM, is_number_of_another
from dialogs.said_of_lines import said_of
from dialogs.sentences import WORDS, takes_any_words
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.taken_back import after_no
from knowledge.catalogue import FieldType
from knowledge.reading.sentences import SENTENCE_END

_NOT = r"(?:ikke|ikkje|not)"
_DENIED = re.compile(rf"{_NOT}\s", re.IGNORECASE)
_AND_NOT = re.compile(rf"\s*,?\s+(?:(?:og|and)\s+)?{_NOT}\s+", re.IGNORECASE)
_DENIALS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Ring meg på 48211300, ikke 23490000, og det gjelder alle": what comes after such a denial is something else.
        rf"^(?:.{{0,60}}?(?<!,)\s)?{_NOT}\s+(?P<denied>[^,;]+?)(?:\s*[,;]\s*(?:men\s+|but\s+)?|\s+(?:men|but)\s+)(?P<meant>.+)$",
        # What comes after the next comma is no part of what is denied: "ikke mobilen, det er Gerica på PC".
        rf"^(?P<meant>.+?)[\s,;–-]+(?:(?:og|and)\s+)?{_NOT}\s+(?P<denied>[^,;\n]+)(?:[,;]\s.*)?$",
        r"^(?P<meant>.+?)\s+(?:i\s+stedet\s+for|istedenfor|i\s+staden\s+for|instead\s+of|rather\s+than)\s+(?P<denied>.+)$",
        r"^(?P<denied>.+?)\s+(?:er|var|is|was)\s+(?:feil|galt|gale|wrong)\s*[,.;–-]+\s*(?:men\s+)?(?P<meant>.+)$",
        r"^(?P<denied>.+?)\s+(?:heter|heiter|skrives|staves|is\s+called|is\s+spelt)\s+"
        r"(?!(?:det|den|that|it)\W*$)(?P<meant>.+)$",
        r"^(?P<denied>.+?)\s+(?:skal|skulle|should)\s+(?:være|vere|ha\s+vært|stå|be)\s+(?P<meant>.+)$",
    )
)
_OF_A_LIST = (FieldType.CHOICE, FieldType.SYSTEM)
_MOST_WORDS_OF_A_NAME = 3
_PRONOUNS = frozenset({"hun", "han", "ho", "vedkommende", "personen", "de", "dei", "begge", "they", "he", "she"})
_NOBODY = frozenset("det den dette noe noko så ikke ikkje her der that this it so".split())
_IS_CALLED = re.compile(r"(?:heter|heiter|(?:is|are)\s+called)\b", re.IGNORECASE)
# "Teacher Anne Dahl", "brukere Mina Moe og Per Bø": a name right after the word for a person.
_TITLE = r"(?:rektor|inspektør|styrer|\w*(?:leder|leiar|sjef)|principal|manager|head)"
# "Feilkode 720", "maskin BGO-LT-91": a code right after the word for it.
_BY_ITSELF = {
    FieldType.PERSON: re.compile(rf"(?:{_TITLE}\s)?[A-ZÆØÅ][\w'-]+(?:(?:\s|\s(?:og|and)\s)[A-ZÆØÅ][\w'-]+)*"),
    FieldType.TEXT: re.compile(r"(?=\S*\d)\S+"),
}
_NO_VALUE = re.compile(r"(?!)")
_SMALL = re.compile(
    r"^(?:(?:på|i|for|hos|av|til|fra|om|det|den|bare|berre|kun|with|the|it|only|just)\s+)+", re.IGNORECASE
)
_IT_IS = re.compile(r"^(?:(?:det|dette|it|er|var|is|was|gjelder|gjeld)\b[\s,]*)+", re.IGNORECASE)
_ONLY = re.compile(r"^(?:(?:bare|berre|kun|only|just)\s+)+", re.IGNORECASE)
_ALL_OF = re.compile(
    r"^(?:(?:det|dette|it)\s+)?(?:(?:gjelder|gjeld|er|is|concerns)\s+)?(?P<all>(?:alle|samtlige|samtlege|begge|all|both)\s+(?:the\s+)?(?P<of>\w{4,}.{0,60}))$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*[,;]\s+(?:(?:og|and)\s+)?|\s+(?:og|and)\s+", re.IGNORECASE)
_WRONG = re.compile(r"(?:feil|galt|gale|wrong|ikke|ikkje|not|ukjent|vet|veit|samme?)\b", re.IGNORECASE)
_CALLED_WRONG = re.compile(
    r"^(?:(?:jeg|eg|i)\s+)?(?:(?:skrev|skreiv|wrote)\s+)?(?:feil|galt|gale|wrong)\s+(?P<line>[\w-]+)\s*[,:.–-]\s*"
    r"(?:(?:det|den|it)\s+)?(?:(?:(?:skal|skulle|should)\s+(?:være|vere|stå|be)|er|var|heter|heiter|is)\s+)?(?P<meant>\S.*)$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\n|,\s+(?:og|and|men|but)\s+(?=(?:det|dette|den|vi|jeg|eg|me|it|we|i)\b)", re.IGNORECASE)
_NEXT = re.compile(r"\s*[,;]\s+(?:(?:og|and)\s+)?|\s+(?:og|and)\s+", re.IGNORECASE)
# "PC-navnet er feil", "han heter det": no value is told.
_NOTHING_TOLD = re.compile(r"(?:(?:helt|heilt|jo)\s+)?(?:feil|galt|gale|wrong|det|den|dette|that|it)", re.IGNORECASE)


def denied(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Visma, ikke Agresso": the line that holds what is denied, and what it is to hold."""
    for meant, wrong in denied_and_meant(text):
        for item in items:
            known = draft.answers.get(item.key)
            if known is not None and known.value != UNKNOWN_VALUE and _is(talk, draft, item, wrong, known):
                if item.type is FieldType.PERSON and fold_phrase(meant) in _NOBODY:
                    continue
                answer = _value(talk, draft, item, alike_in(meant, wrong)) or _name_not_listed(item, meant)
                if answer is not None and answer.value != known.value:
                    return item, answer
    return None


def choice_denied(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> str:
    """The key of the choice or the system whose value is denied ("det er ikke AKS"), or empty."""
    known = [one for one in items if one.type in _OF_A_LIST and one.key in draft.answers]
    for _, wrong in denied_and_meant(text):
        for item in known:
            if draft.answers[item.key].value != UNKNOWN_VALUE and _is(
                talk, draft, item, wrong, draft.answers[item.key]
            ):
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
    every = _ALL_OF.match(text)
    for item in items if every is not None else ():
        if every is not None and item.type is FieldType.TEXT and _is_all_of(talk, item, every["of"]):
            return item, Answer(every["all"], every["all"])
    for item, name, said, tail in _named(talk, items, text):
        value = tail if said is None else said
        named = name not in _PRONOUNS and _BY_ITSELF.get(item.type, _NO_VALUE).fullmatch(value.strip(" .!"))
        if said is None and item.type in WORDS and not named and not (asks_a_figure(item) and is_code(tail)):
            continue
        # "Storgata 3, ikke 1": what is denied is no part of it.
        told = _AND_NOT.split(_ONLY.sub("", _value_alone(talk, items, item, value)))[0].strip(" .!")
        if item.type is FieldType.PERSON and fold_phrase(told) in _NOBODY:
            continue  # "han heter det" names nobody
        if said is not None and _NOTHING_TOLD.fullmatch(told):
            continue
        answer = _value(talk, draft, item, told)
        if answer is None and said is not None and not _WRONG.match(told):
            answer = _name_not_listed(item, told)
        if answer is not None and not (item.type is FieldType.PHONE and is_number_of_another(draft, item.key, answer)):
            return item, answer
    return None


def named_in(talk: Conversation, items: tuple[DraftItem, ...], text: str) -> list[tuple[DraftItem, str]]:
    """The lines that the text names and says something of, and what: "kilden er gerica-app01"."""
    return [(item, said.strip(" .!")) for item, _, said, _ in _named(talk, items, text) if said is not None]


def _named(
    talk: Conversation, items: tuple[DraftItem, ...], text: str
) -> Iterator[tuple[DraftItem, str, str | None, str]]:
    """Each line whose name the text begins with: by which, what is said of it or None, and all that follows."""
    low = text.lower()
    for item in items:
        for name, begins in _names_of(labels_of(talk, item), item.key, item.type):
            found = begins.match(low)
            if found is None:
                continue
            tail = text[found.end() :].strip()
            if name in _PRONOUNS and not _IS_CALLED.match(tail):
                continue  # "hun er på jobb" names nobody
            yield item, name, says_after(tail), tail


def wrong_line(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Feil avdeling, det skal være Lindeberg": the line that is called wrong, and what it is to hold."""
    found = _CALLED_WRONG.match(text.strip(" .!"))
    return labelled(talk, draft, items, f"{found['line']}: {found['meant']}") if found is not None else None


def each_labelled(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """ "Systemet er Outlook, og kontakttelefon 22334455": each clause names a line or reads as its value."""
    clauses = [clause for clause in _AND.split(text.strip(" .!")) if clause]
    if any(_DENIED.match(clause) for clause in clauses):
        return {}  # "… og ikke BGO-LT-77" is no value of any
    said: dict[str, Answer] = {}
    for number, clause in enumerate(clauses):
        found = labelled(talk, draft, items, clause)
        more = {found[0].key: found[1]} if found is not None else said_of(talk, draft, items, clause) if number else {}
        if not more:
            return {}
        said |= more
    return said if len(clauses) > 1 else {}


# The same lines are looked for in every message, so what they are called is made ready once.
@lru_cache(maxsize=2048)
def _names_of(labels: tuple[str, ...], key: str, kind: FieldType) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = names_of(labels, key)
    if kind is FieldType.PERSON and key in ABOUT_WHOM:
        names += tuple((name, re.compile(rf"{name}(?=\s)")) for name in sorted(_PRONOUNS))
    return names


def _value_alone(talk: Conversation, items: tuple[DraftItem, ...], item: DraftItem, words: str) -> str:
    """The value without what is said after it: a new line or sentence, or another line by its name."""
    if item.type not in WORDS or item.type is FieldType.LONGTEXT:
        return words
    for end in (_ENDS.search(words), SENTENCE_END.search(words)):
        words = words[: end.start()] if end is not None else words
    for end in _NEXT.finditer(words):
        if any(_begins_with_name(talk, one, words[end.end() :]) for one in items if one.key != item.key):
            return words[: end.start()]
    return words


def _is_all_of(talk: Conversation, item: DraftItem, words: str) -> bool:
    """ "Alle skrivere" where "Skriver eller kø" is asked says which ones, and nothing of how many people have it."""
    low = f"{words.lower()} "
    return any(
        " " not in name and re.match(rf"{re.escape(name)}\w{{0,3}}\s", low)
        for name, _ in names_of(labels_of(talk, item), item.key)
    )


def _begins_with_name(talk: Conversation, item: DraftItem, text: str) -> bool:
    low = text.lower()
    hits = (begins.match(low) for _, begins in names_of(labels_of(talk, item), item.key))
    tails = [text[hit.end() :].strip() for hit in hits if hit is not None]
    return any(says_after(tail) is not None or is_code(tail) for tail in tails)


# The same lines are looked for in every message, so what they are called is made ready once.
@lru_cache(maxsize=2048)
def _one_word_after(label: str, key: str) -> re.Pattern[str]:
    called = (label.partition("(")[0].strip(" ?*"), *(name for name, of in phrases().lines.items() if of == key))
    return re.compile(rf"(?:{'|'.join(map(re.escape, called))})\s*(?:er|is|:|=)?\s+(\S+)$", re.IGNORECASE)


def refused_by_name(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str
) -> tuple[DraftItem, Refused] | None:
    """ "Ressursnummer 123" at another question: the line it names cannot take it, and its figure is no answer here."""
    said = text.strip()
    for one in items:
        if takes_any_words(one):
            continue
        named = _one_word_after(one.label, one.key).match(said)
        answer = parse_answer(talk, draft, one, named[1]) if named is not None else None
        if isinstance(answer, Refused):
            return one, answer
    return None


def _is(talk: Conversation, draft: Draft, item: DraftItem, words: str, known: Answer) -> bool:
    """Whether the words mean what the line holds."""
    if item.type in (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PERSON, FieldType.VIRKSOMHET):
        if item.type is FieldType.PERSON and is_answer(words, "me"):
            words = talk.situation.person.name
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
    """ "Outlook, ikke AKS": plainly a system, though the register does not have it; "det er" and "nei" name none."""
    after = after_no(words)
    name = _IT_IS.sub("", words if after is None else after)
    named = 0 < len(name.split()) <= _MOST_WORDS_OF_A_NAME
    return Answer(name, name) if item.type is FieldType.SYSTEM and named else None


def denies_something(text: str) -> bool:
    """Whether the message says that something was wrong, and what is right."""
    return next(denied_and_meant(text), None) is not None


def said_by_own_name(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], asked: Collection[str], part: str
) -> tuple[DraftItem, Answer] | None:
    """An asked line by its own name, short too ("navn X"); or what stands in a line already, said again: it is no part
    of another line."""
    for item in items:
        known, answer = draft.answers.get(item.key), parse_answer(talk, draft, item, part)
        if not isinstance(answer, Answer) or (item.key not in asked and known is None):
            continue
        stands = known is not None and known.value == answer.value
        own = without_own_name(talk, item, part) != part and (item.key in asked or stands)
        if own or (stands and item.type is FieldType.CHOICE and options_said(talk, item, part)):
            return item, answer
    return None
