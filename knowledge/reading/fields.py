"""Reading a form's own fields out of free text, with no code for any single form.

A field is found by its label's words, by the shape of its value (an address, a version, a machine name), or, for
persons, choices and yes/no, by who and what the sentence names. What is returned is the text of the value, as the
person wrote it; the caller checks it by the field's own rule. A doubtful value is left out: asking costs one message,
a wrong value may go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.catalogue.form import FieldType
from knowledge.reading.amounts import read_amount
from knowledge.reading.choices import BRACKETS, EMPTY, MIN_STEM, WORD, chosen, chosen_in, clauses_of, yes_or_no
from knowledge.reading.named_persons import persons
from knowledge.reading.sentences import SENTENCE_END
from knowledge.reading.shapes import first, shaped, sharpened
from knowledge.reading.wanted import WantedField
from knowledge.spelling import caseless

MAX_TEXT = 4000
_SHAPED_TYPES = (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PHONE, FieldType.VIRKSOMHET)
_MAX_VALUE = 120
_NO_DIGIT = re.compile(r"\D")
_DIGITS_OF_A_PHONE = 8


def read_fields(text: str, wanted: Sequence[WantedField], known_words: Iterable[str] = ()) -> Mapping[str, str]:
    """Field key -> the text of its value, for what the text says; `known_words` are names that are no persons."""
    text = text[:MAX_TEXT]
    clauses, folded = clauses_of(text), caseless(text)
    found: dict[str, str] = {}
    for field in wanted:
        value = _version(text, field.key) or _labelled(text, folded, field, wanted)
        if value is None and field.type in _SHAPED_TYPES:
            value = (
                _named_beside(text, field)
                or _coded(text, folded, field)
                or _reason(text, field)
                or shaped(text, field, found.values())
            )
        if value is None and field.type is FieldType.CHOICE:
            value = chosen(clauses, field.options, field.said_as)
        if value is None and field.type is FieldType.BOOLEAN:
            value = yes_or_no(clauses, field.label)
        if value is None and field.type is FieldType.DATE:
            value = _day_beside(text, field.label)
        if value is None and field.type is FieldType.NUMBER:
            amount = read_amount(text, field.label)
            value = f"{amount:g}" if amount is not None else _number(text, folded, field.label)
        if value and not (field.type is FieldType.PHONE and _is_of_another(value, found.values())):
            found[field.key] = value
    found |= {key: name for key, name in persons(text, wanted, known_words).items() if key not in found}
    return found


def _is_of_another(number: str, taken: Iterable[str]) -> bool:
    """Whether it is another line's value already: the svargruppe's number is not the one that was called from."""
    digits = _NO_DIGIT.sub("", number)[-_DIGITS_OF_A_PHONE:]
    return any(digits == _NO_DIGIT.sub("", value)[-_DIGITS_OF_A_PHONE:] for value in taken)


# --- by label ---

_SHORT_LABEL = 3
_SHORTEST_VALUE = 2
_SIGN = r"\s*[:=]\s*"
_LINK = r"\s*(?::|=|\b(?P<verb>er|heter|heiter|blir|skal være|skal vere|merket|merka|nr\.?|nummer|is|-)\s)\s*"
# "Barnehagen er nede" tells how it is, not what it is called: after a verb a value begins like a name, or has figures.
# "Visma Flyt Skole: …" is the name of a system, and names no school.
_IN_A_NAME = re.compile(r"[A-ZÆØÅ]\w+\s$")
_NAMES_IT = re.compile(r"[\"'«]?[A-ZÆØÅ0-9]|\S*\d|\S+[-@.]\S")


@dataclass(frozen=True, slots=True)
class _Label:
    """A name of a field, and how its value follows it. `folded` stands in every text that has any of them."""

    folded: str
    linked: re.Pattern[str]
    beside: re.Pattern[str] | None
    heading: re.Pattern[str] | None
    before: re.Pattern[str] | None


def _labelled(text: str, folded: str, field: WantedField, wanted: Sequence[WantedField]) -> str | None:
    """ "Label: value" anywhere, or "label er/heter value" where the label is no everyday word."""
    for label in _labels_of(field.label, field.type):
        if label.folded not in folded:
            continue
        hit = label.linked.search(text) or _beside(text, label)
        if hit is not None and not (field.type is FieldType.VIRKSOMHET and _IN_A_NAME.search(text, 0, hit.start())):
            value = _cut(hit.group("value"), wanted)
            value = _names_first(value) if field.type is FieldType.PERSON else sharpened(value, field)
            if len(value) < _SHORTEST_VALUE or not _is_named(hit, value, field):
                continue
            if field.type is not FieldType.CHOICE:
                return value
            option = chosen_in(value, field.options, field.said_as)
            if option is not None:
                return option
    return None


# "Tone Lie, Ida Ruud og Per Moe skal lese": what goes on with a verb is told of others.
_NAMES_FIRST = re.compile(
    r"[A-ZÆØÅ][\w'-]+(?:\s(?:(?:og|and)\s)?[A-ZÆØÅ][\w'-]+)*(?=,\s.*\s(?:skal|må|kan|får|har|shall|will|must)\b)"
)


def _names_first(value: str) -> str:
    found = _NAMES_FIRST.match(value)
    return found[0] if found is not None else value


def _is_named(hit: re.Match[str], value: str, field: WantedField) -> bool:
    verb = hit.groupdict().get("verb")
    return field.type is not FieldType.TEXT or verb not in ("er", "is", "blir") or bool(_NAMES_IT.match(value))


# The labels of the forms are looked for in every message, so they are made ready once.
@lru_cache(maxsize=2048)
def _labels_of(label: str, kind: FieldType) -> tuple[_Label, ...]:
    return tuple(_label(name, kind) for name in _names_of(label, kind))


def _label(name: str, kind: FieldType) -> _Label:
    # A short label ("Mål", "OS", "Navn") is an everyday word, so it counts only with a sign after it.
    everyday = len(name) <= _SHORT_LABEL or name.lower() in EMPTY
    link, written = _SIGN if everyday else _LINK, re.escape(name)
    linked = re.compile(rf"(?<!\w){written}(?:en|et|a|ene|s|nummer|nr)?{link}(?P<value>.+)", re.IGNORECASE)
    # "Ansvar 30110", "enhet 4410 Beredskap": the value right after a longer label, when it looks like one.
    if len(name) <= _SHORT_LABEL or kind not in (FieldType.TEXT, FieldType.VIRKSOMHET, FieldType.LONGTEXT):
        return _Label(caseless(name), linked, None, None, None)
    beside = (
        rf"(?i:(?<!\w){written}(?:en|et|a)?(?:\s+til\s+\w+(?:\s\w+)?\s+er)?)"
        r"\s+(?P<value>[A-ZÆØÅ0-9](?:[^.,;\n]|(?<=\d)\.(?=\d))*)"
    )
    # At the start of a sentence the label is a heading, so any value counts.
    heading = rf"(?:^|[.!?]\s+|\n){written}\s+(?P<value>[^.,;\n]+)"
    # "23 41 00 00 er hovednummeret".
    before = rf"(?<![\w@.-])(?P<value>[\w@/-]*\d[\w@./-]*(?:\s\d+)*)\s+(?:er|is)\s+(?i:{written}(?:en|et|a)?)\b"
    return _Label(caseless(name), linked, re.compile(beside), re.compile(heading), re.compile(before))


def _beside(text: str, label: _Label) -> re.Match[str] | None:
    if label.beside is None or label.heading is None or label.before is None:
        return None
    return label.beside.search(text) or label.heading.search(text) or label.before.search(text)


def _names_of(written: str, kind: FieldType) -> list[str]:
    label = BRACKETS.sub("", written).strip()
    parts = [label, *re.split(r"\s*/\s*|\s+og\s+", label)]
    if kind not in (FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME):
        words = label.split()
        parts += [word for word in words[:1] if len(word) >= 4]
    parts += [part.replace("nummer", "nr") for part in parts if part.endswith("nummer")]
    parts += ["kø" for part in parts if part.endswith("kø")]
    names = [part.strip() for part in parts if part.strip()]
    return list(dict.fromkeys(names))


def _cut(rest: str, wanted: Sequence[WantedField]) -> str:
    """The value up to where the next thing begins: end of sentence or line, or the label of another field."""
    line = re.split(r"[\n;]", rest, maxsplit=1)[0]
    end = SENTENCE_END.search(line)
    value = line[: end.start()] if end else line
    for other in wanted:
        label = BRACKETS.sub("", other.label).strip()
        if len(label) < 3:
            continue
        hit = re.search(rf"(?:,|\s)\s*(?:og\s+)?{re.escape(label)}\s*[:=]?\s", value, re.IGNORECASE)
        if hit is not None:
            value = value[: hit.start()]
    # "Svargruppe 23 49 12 00: legg til Ida Ruud": what comes after the colon is what is to be done with it.
    value = re.split(r",\s+(?=[a-zæøå]+\s)|:\s+|\s+(?:men|fordi|siden|because|som)\s", value)[0]
    return value.strip(" ,.:–-\"'«»")[:_MAX_VALUE]


# --- by shape ---

_VERSIONS = re.compile(
    r"\b(?:fra\s+)?(?:versjon\s+)?(\d+(?:\.\d+)+)\s+(?:til|to|->|→)\s+(?:versjon\s+)?(\d+(?:\.\d+)+)", re.IGNORECASE
)
_TO_VERSION = re.compile(r"\b(?:til|to|versjon|version)\s+(?:versjon\s+|version\s+)?(\d+(?:\.\d+)+)", re.IGNORECASE)
# A code stands right after what it is the code of: "Integrasjonen INT-0457", "uttak merket A2-117".
_CODE = (
    r"\s+(?:(?:er|merket|merka|nr\.?|nummer|id|heter|med|:)\s+){0,2}"
    r"(?P<code>(?=[\w.-]*\d)(?=[\w.-]*[A-ZÆØÅ])[A-ZÆØÅ0-9](?:[\w/-]|\.(?=\w)){2,30})(?!\w)"
)
_HAS_A_CODE = re.compile(r"\bid\b|/id\b|-id\b|merking|kode|nummer|uttak|forsendelse|rekjør|navn/", re.IGNORECASE)


# "HPR-nummer", "Forslag til gruppenavn", "Navn på listen": what the number or the name is of.
_NUMBER_OF = re.compile(r"^(?P<what>[A-ZÆØÅ]{2,5})-?(?:nummer|nr)\b")
_NAME_OF = re.compile(r"\b(?P<what>[a-zæøå]{4,}?)s?navn$|^navn på (?P<of>[a-zæøå]{4,}?)(?:en|et|a)?$", re.IGNORECASE)
_MACHINES = frozenset({"maskin", "bruker", "visnings", "nettverk", "vert", "domene"})


# The labels of the forms are looked for in every message, so what they are of is made ready once.
@lru_cache(maxsize=2048)
def _beside_what_it_is_of(label: str) -> re.Pattern[str] | None:
    """How a text says a number or a name right after what it is of: "HPR 1234567", "lista alle-ledere-bgo"."""
    plain = BRACKETS.sub("", label).strip()
    number, name = _NUMBER_OF.match(plain), _NAME_OF.search(plain)
    if number is not None:
        return re.compile(
            rf"(?<!\w){number['what']}(?:-?(?:nummer|nr))?\.?(?:\s+er)?[\s:]+(?P<value>\d{{4,12}})(?!\w)", re.I
        )
    what = (name["what"] or name["of"]) if name is not None else ""
    if not what or what.lower() in _MACHINES:
        return None
    called = r"(?:(?:som\s+(?:skal\s+)?(?:heter?|hete)|kalt|called)\s+)?"
    # A name has no end but its quotation marks, or the hyphens that make one word of it.
    value = r"(?:[«\"“](?P<quoted>[^»\"”\n]{2,60})[»\"”]|(?P<value>\w+(?:-\w+){2,}|\w{2,}(?:-\w+)+(?=[\s,.]|$)))"
    return re.compile(rf"(?i:(?<!\w)[\w-]*{re.escape(what)}(?:en|et|a|n)?)\s+{called}{value}")


def _named_beside(text: str, field: WantedField) -> str | None:
    beside = _beside_what_it_is_of(field.label) if field.type is FieldType.TEXT else None
    hit = beside.search(text) if beside is not None else None
    return None if hit is None else next(value for value in hit.groupdict().values() if value)


def _coded(text: str, folded: str, field: WantedField) -> str | None:
    """A code beside a word of the label, where the label says that it is one."""
    if field.type is not FieldType.TEXT or not _HAS_A_CODE.search(field.label):
        return None
    for word in WORD.findall(BRACKETS.sub("", field.label).lower()):
        if len(word) < MIN_STEM + 1 or word in EMPTY or word[:-2] not in folded:
            continue
        hit = re.search(rf"(?i:(?<!\w)\w*{re.escape(word[:-2])}\w*){_CODE}", text)
        if hit is not None:
            return hit.group("code")
    return None


_REASON = re.compile(r"\b(?:fordi|ettersom|because|på grunn av|grunnen er at)\s+(?P<why>[^\n]{5,300})", re.IGNORECASE)


# "Endre svargruppe 23 49 12 00: legg til Ida Ruud": what is to be done stands after the colon.
_TO_CHANGE = re.compile(
    r"^[^\n:]{4,60}(?<!\d):\s+(?P<what>\S[^\n]{8,400})|^[^\n:]{4,50}\d\d:\s+(?P<more>[a-zæøå][^\n]{8,400})"
)


def _reason(text: str, field: WantedField) -> str | None:
    """ "… fordi han må bytte drivere": the reason, where the form asks for one; and what is to be changed."""
    if field.type is FieldType.LONGTEXT and field.label == "Hva skal endres?":
        change = _TO_CHANGE.match(text)
        return (change["what"] or change["more"]).strip(" .") if change is not None else None
    if field.type is not FieldType.LONGTEXT or not field.label.lower().startswith("begrunnelse"):
        return None
    hit = _REASON.search(text)
    if hit is None:
        return None
    end = SENTENCE_END.search(hit.group("why"))
    return hit.group("why")[: end.start() if end is not None else None].strip(" ,.")


def _version(text: str, key: str) -> str | None:
    """ "Fra 8.2 til 8.4" answers two fields whose labels do not stand in it."""
    if key not in ("fra_versjon", "til_versjon"):
        return None
    pair = _VERSIONS.search(text)
    if pair is not None:
        return pair.group(1 if key == "fra_versjon" else 2)
    return first(_TO_VERSION, text) if key == "til_versjon" else None


_MONTH = r"(?:jan|feb|mars|apr|mai|jun|jul|aug|sep|okt|nov|des)\w*"


# A form asks for a day for each environment; its label is the environment.
@lru_cache(maxsize=512)
def _day_after(label: str) -> re.Pattern[str]:
    name = re.escape(BRACKETS.sub("", label).strip())
    return re.compile(
        rf"(?<!\w){name}(?:\s+(?:den|er|blir|på|innen))*\s+(?P<day>\d{{1,2}}\.\s*(?:\d{{1,2}}\b|{_MONTH})(?:\.?\s*\d{{4}})?)",
        re.IGNORECASE,
    )


def _day_beside(text: str, label: str) -> str | None:
    """ "I test 1. desember og prod 8. desember": the day right after the label."""
    hit = _day_after(label).search(text)
    return hit["day"] if hit is not None else None


_NUMBER = r"(\d[\d ]*\d|\d)"


def _number(text: str, folded: str, label: str) -> str | None:
    """The number beside a word of the label: "16 GB minne", "vCPU 4", "antall: 3"."""
    for part in WORD.findall(BRACKETS.sub("", label).lower()):
        if len(part) < 3 or part in EMPTY or part not in folded:
            continue
        hit = re.search(
            rf"{_NUMBER}\s*(?:gb|tb|mb|stk\.?)?\s*{re.escape(part)}"
            rf"|{re.escape(part)}\w{{0,3}}\s*(?:er|på|til|:|=)?\s*{_NUMBER}",
            text,
            re.IGNORECASE,
        )
        if hit is not None:
            return (hit.group(1) or hit.group(2)).replace(" ", "")
    return None
