"""What people call a line of a case, in any of the three languages, and a value without that name before it.

"Navnet er alle-ledere-bgo", "HPR 1234567", "invoice reference BGO-1": the name tells which line, and is no part of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.phrases import fold_phrase, is_answer, phrases
from dialogs.texts import LANGUAGES
from knowledge.catalogue import FieldType
from knowledge.reading.choices import EMPTY

SAYS = re.compile(
    r"^(?:(?:is|are)\s+called|er|var|is|are|was|blir|heter|heiter|(?:ligger|ligg)\s+(?:på|i|under)|(?:skal|må|bør|skulle|should|must)\s+(?:være|vere|bli|be)|til|to)\b\s*(?P<value>\S.*)$"
    r"|^[:=–-]\s*(?P<told>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
# Words that labels begin with and sentences too: "Det dere har avtalt før", "Gjelder bruker".
_NO_NAMES = EMPTY | frozenset(
    "gjeld meldt meld bestilt tinga godkjent godkjend hvordan korleis kva kven hvem den".split()
)
_SHORTEST_LAST_WORD = 8
_SHORTEST_LAST_PART = 6
_ENDING = r"(?:en|et|a|n|t|ene|s)?"
_WHOSE = r"(?:\s+(?:min|mitt|mi|vår|vårt|deres|hans|hennes))?"
_ONLY = re.compile(r"^(?:(?:bare|berre|kun|heller|egentlig|only|just)\s+)+", re.IGNORECASE)
# "Rommet er stengt" tells how it is: a value begins like a name, or has figures or the signs of an address.
_LIKE_A_NAME = re.compile(r"[\"'«]?[A-ZÆØÅ0-9]|\S*\d|\S+[-@._]\S")
# With no verb between, a part of the label names it only before what can be nothing but a code.
_LIKE_A_CODE = re.compile(r"(?=\S{4})(?:\S*\d|\S+[-@_]\S)")
# "Forslag til gruppenavn", "PC-navn": the last word is called so for short.
_SHORT_NAMES = (("navn", ("navn", "namn")), ("namn", ("navn", "namn")), ("name", ("name",)), ("nummer", ("nummer",)),
                ("number", ("number",)), ("versjon", ("versjon",)), ("version", ("version",)))  # fmt: skip
_TITLE = re.compile(
    r"^(?:(?:min|vår|my|our)\s+)?(?:[^\W\d_]*(?:leder|leiar|sjef|manager|eier|eigar|owner))(?:en|n)?\s+"
    r"(?:(?:er|is|heter|heiter)\s+)?(?:(?:bare|berre|kun|only)\s+)?(?=(?-i:[A-ZÆØÅ]))",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r",?\s+(?:som\s+)?(?:har|has)\s+(?:alt\s+|allerede\s+)?(?:godkjent|godkjend|approved)(?:\s+(?:det|dette|it))?$",
    re.IGNORECASE,
)
_DONT_KNOW = re.compile(
    r"^(?:(?:jeg|eg|i|vi|me)\s+)?(?:(?:vet|veit)\s+(?:ikke|ikkje)|don'?t\s+know)\s+(?:om\s+)?(?:the\s+)?(?P<name>\S.*)$",
    re.IGNORECASE,
)
_APPROVER = re.compile(r"^(?:godkj|approved).*?(leder|leiar|manager)\b")
_WITH_A_NAME = frozenset({FieldType.TEXT, FieldType.PERSON})


def labels_of(talk: Conversation, item: DraftItem) -> tuple[str, ...]:
    """Its label as it is shown, and in each of the languages: people name a line in their own."""
    return tuple(dict.fromkeys((item.label, *(_label_in(talk, item, language) for language in LANGUAGES))))


# The same lines are looked for in every message, so what they are called is made ready once.
@lru_cache(maxsize=2048)
def names_of(labels: tuple[str, ...], key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What people call the line: its labels as written, the words of the phrases for it, and the first word of each
    label; each with how a text begins that names it."""
    names = {name for written in labels for name in _names_in(written)}
    names |= {name for name, of in phrases().lines.items() if of == key}
    longest_first = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    return tuple((name, _beginning_with(name)) for name in longest_first)


def says_after(text: str) -> str | None:
    """What is said after the name of a line: "er X", ": X"; None where nothing is."""
    says = SAYS.match(text)
    return None if says is None else says["value"] or says["told"]


def is_code(text: str) -> bool:
    """Whether it begins with what can be nothing but a number, a code or an address."""
    return bool(_LIKE_A_CODE.match(text))


def without_own_name(talk: Conversation, item: DraftItem, text: str) -> str:
    """The value of the line without what the line is called before it; the text itself where it does not begin so."""
    pattern = item.checklist_item is not None and item.checklist_item.pattern is not None
    if item.type not in _WITH_A_NAME and not pattern:
        return text
    low = text.lower()
    for name, begins, whole in _own_names(labels_of(talk, item), item.key):
        found = begins.match(low)
        tail = text[found.end() :].strip() if found is not None else ""
        said = says_after(tail)
        value = _ONLY.sub("", tail if said is None else said)
        told = said is not None and tail[:1] in ":="
        if value and (told or (_LIKE_A_NAME.match(value) and (said is not None or whole or is_code(value)))):
            return value if name else text
    if item.type is FieldType.PERSON:
        return _APPROVED.sub("", _TITLE.sub("", text)).strip() or text
    return text


def is_own_unknown(talk: Conversation, item: DraftItem, text: str) -> bool:
    """ "Vet ikke pc-navn" where the name of the PC is asked."""
    found = _DONT_KNOW.match(text.strip(" .!"))
    if found is None:
        return False
    wanted = found["name"].lower()
    return any(
        (hit := begins.match(f"{wanted} ")) is not None and not wanted[hit.end() :].strip()
        for _, begins, _ in _own_names(labels_of(talk, item), item.key)
    ) or is_answer(found["name"], "dont_know")


@lru_cache(maxsize=2048)
def _own_names(labels: tuple[str, ...], key: str) -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """As `names_of`, with the short names that are enough where the line is asked; and whether it is a whole label."""
    whole = {fold_phrase(written.partition("(")[0].replace("?", "")) for written in labels}
    in_brackets = {part for written in labels for part in _in_brackets(written)}
    names = {name for name, _ in names_of(labels, key)} - in_brackets
    for label in whole:
        for ending, short in _SHORT_NAMES:
            names.update(short if label.endswith(ending) or label.startswith(f"{ending} ") else ())
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return tuple((name, _beginning_with(name), name in whole and " " in name) for name in longest_first)


def _label_in(talk: Conversation, item: DraftItem, language: str) -> str:
    if item.checklist_item is not None:
        return item.checklist_item.label[language]
    return talk.knowledge.catalogue_words(item.label_nb, language)


def _in_brackets(written: str) -> list[str]:
    found = re.search(r"\(([^)]*)\)", written)
    return re.split(r"\s*(?:,|/|\bog\b|\band\b)\s*", found[1].lower()) if found is not None else []


def _names_in(written: str) -> set[str]:
    label = fold_phrase(written.partition("(")[0].replace("?", ""))
    first = label.split(" ")[0].partition("-")[0]
    # "Skriver eller kø" is called by either.
    either = re.split(r"\s+(?:eller|or)\s+|\s*/\s*", label)
    # "GAT-avdeling" is called "avdeling", "PC-navn" "pcnavn".
    either += [part for word in label.split() for part in word.split("-")[1:] if len(part) >= _SHORTEST_LAST_PART]
    either += [label.replace("-", ""), label.replace("-", " ")] if "-" in label else []
    names = {label, *either, *_in_brackets(written)}
    if first != label and len(first) > 1 and first not in _NO_NAMES:
        names.add(first)
    approver = _APPROVER.search(label)
    if approver is not None:
        names.add(approver[1])  # "leder er Kari Ek"
    last = label.split(" ")[-1]
    if len(last) >= _SHORTEST_LAST_WORD and last not in _NO_NAMES:
        names.add(last)
    return names


def _beginning_with(name: str) -> re.Pattern[str]:
    words = r"\s+".join(f"{re.escape(word)}{_ENDING}" for word in name.split())
    return re.compile(rf"(?:the\s+|my\s+|our\s+)?{words}{_WHOSE}(?=[\s:=]|[–-]\s)")
