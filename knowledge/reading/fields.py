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

from knowledge.catalogue.form import FieldType
from knowledge.reading.names import Name, find_names

MAX_TEXT = 4000
_SHAPED_TYPES = (FieldType.TEXT, FieldType.LONGTEXT, FieldType.PHONE, FieldType.VIRKSOMHET)
_MAX_VALUE = 120


@dataclass(frozen=True, slots=True)
class WantedField:
    """One field to read. `options` are the labels of a choice."""

    key: str
    label: str
    type: FieldType
    required: bool
    options: tuple[str, ...] = ()


def read_fields(text: str, wanted: Sequence[WantedField], known_words: Iterable[str] = ()) -> Mapping[str, str]:
    """Field key -> the text of its value, for what the text says; `known_words` are names that are no persons."""
    text = text[:MAX_TEXT]
    clauses = [clause.strip() for clause in _CLAUSE_END.split(text) if clause.strip()]
    found: dict[str, str] = {}
    for field in wanted:
        value = _version(text, field.key) or _labelled(text, field, wanted)
        if value is None and field.type in _SHAPED_TYPES:
            value = _shaped(text, field, found)
        if value is None and field.type is FieldType.CHOICE:
            value = _chosen(clauses, field.options)
        if value is None and field.type is FieldType.BOOLEAN:
            value = _yes_or_no(clauses, field.label)
        if value is None and field.type is FieldType.NUMBER:
            value = _number(text, field.label)
        if value:
            found[field.key] = value
    found |= {key: name for key, name in _persons(text, wanted, known_words).items() if key not in found}
    return found


# --- by label ---

_CLAUSE_END = re.compile(r"(?<=[.!?;])\s+|\n+|,\s+(?=men\b|og\b|mens\b|but\b|while\b)")
_BRACKETS = re.compile(r"\s*\([^)]*\)|\?")
# Label words that alone say nothing about which field is meant.
_EMPTY = frozenset(
    "ny nytt nye ønsket dato navn type hva hvor når hvem på i av til fra og eller for med det er en et den kort "
    "gjelder valg annet liste bruk".split()
)
_SHORT_LABEL = 3
_SHORTEST_VALUE = 2
_SIGN = r"\s*[:=]\s*"
_LINK = r"\s*(?::|=|\b(?:er|heter|heiter|blir|skal være|skal vere|merket|merka|nr\.?|nummer|is|-)\s)\s*"


def _labelled(text: str, field: WantedField, wanted: Sequence[WantedField]) -> str | None:
    """ "Label: value" anywhere, or "label er/heter value" where the label is no everyday word."""
    for name in _names_of(field):
        # A short label ("Mål", "OS") is an everyday word, so it counts only with a sign after it.
        link = _LINK if len(name) > _SHORT_LABEL else _SIGN
        ending = r"(?:en|et|a|ene|s|nummer|nr)?"
        pattern = rf"(?<!\w){re.escape(name)}{ending}{link}(?P<value>.+)"
        hit = re.search(pattern, text, re.IGNORECASE) or _beside(text, name, field)
        if hit is not None:
            value = _cut(hit.group("value"), wanted)
            value = _sharpened(value, field)
            if len(value) >= _SHORTEST_VALUE and (
                field.type is not FieldType.CHOICE or _chosen([value], field.options)
            ):
                return _chosen([value], field.options) if field.type is FieldType.CHOICE else value
    return None


def _sharpened(value: str, field: WantedField) -> str:
    """The part of a labelled value that has the field's shape: "OSLGER01 i kveld kl 22" is the server OSLGER01."""
    if field.type is not FieldType.TEXT:
        return value
    what = f"{field.key} {field.label}".lower()
    for words, pattern in _SHAPES:
        if any(word in what for word in words):
            hit = pattern.search(value)
            return next(filter(None, hit.groups()), hit.group()) if hit is not None else value
    return value


def _beside(text: str, name: str, field: WantedField) -> re.Match[str] | None:
    """ "Ansvar 30110", "enhet 4410 Beredskap": the value right after a longer label, when it looks like one."""
    if len(name) <= _SHORT_LABEL or field.type not in (FieldType.TEXT, FieldType.VIRKSOMHET, FieldType.LONGTEXT):
        return None
    looks = r"(?P<value>[A-ZÆØÅ0-9][^.,;\n]*)"
    hit = re.search(rf"(?i:(?<!\w){re.escape(name)}(?:en|et|a)?(?:\s+til\s+\w+(?:\s\w+)?\s+er)?)\s+{looks}", text)
    # At the start of a sentence the label is a heading, so any value counts.
    return hit or re.search(rf"(?:^|[.!?]\s+|\n){re.escape(name)}\s+(?P<value>[^.,;\n]+)", text)


def _names_of(field: WantedField) -> list[str]:
    label = _BRACKETS.sub("", field.label).strip()
    parts = [label, *re.split(r"\s*/\s*|\s+og\s+", label)]
    if field.type not in (FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME):
        words = label.split()
        parts += [word for word in words[:1] if len(word) >= 4]
    names = [part.strip() for part in parts if part.strip()]
    return [name for name in dict.fromkeys(names) if name.lower() not in _EMPTY or name == label]


def _cut(rest: str, wanted: Sequence[WantedField]) -> str:
    """The value up to where the next thing begins: end of sentence or line, or the label of another field."""
    end = re.search(r"\n|;|[.!?](?:\s|$)", rest)
    value = rest[: end.start()] if end else rest
    for other in wanted:
        label = _BRACKETS.sub("", other.label).strip()
        if len(label) < 3:
            continue
        hit = re.search(rf"(?:,|\s)\s*(?:og\s+)?{re.escape(label)}\s*[:=]?\s", value, re.IGNORECASE)
        if hit is not None:
            value = value[: hit.start()]
    value = re.split(r",\s+(?=[a-zæøå]+\s)|\s+(?:men|fordi|siden|because|som)\s", value)[0]
    return value.strip(" ,.:–-\"'«»")[:_MAX_VALUE]


# --- by shape ---

_URL = re.compile(r"https?://[^\s<>\"»]+[^\s<>\"».,;:)]|\bwww\.[^\s<>\"»]+[^\s<>\"».,;:)]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?\b")
_PORT = re.compile(r"\b(?:\d{2,5}/(?:tcp|udp)|(?:tcp|udp)[ /]?\d{2,5})\b|\bport(?:en|er)?\s+(\d{2,5})\b", re.IGNORECASE)
_FQDN = re.compile(r"\b(?:[a-z0-9-]+\.){2,}[a-z]{2,}\b", re.IGNORECASE)
_MACHINE = re.compile(r"\b(?=[A-ZÆØÅ0-9-]*\d{2})[A-ZÆØÅ]{2,}[A-ZÆØÅ0-9]*(?:-[A-ZÆØÅ0-9]+)*\b")
_VERSIONS = re.compile(
    r"\b(?:fra\s+)?(?:versjon\s+)?(\d+(?:\.\d+)+)\s+(?:til|to|->|→)\s+(?:versjon\s+)?(\d+(?:\.\d+)+)", re.IGNORECASE
)
_TO_VERSION = re.compile(r"\b(?:til|to|versjon|version)\s+(?:versjon\s+|version\s+)?(\d+(?:\.\d+)+)", re.IGNORECASE)
_ORGNR = re.compile(r"\borg\.?\s?(?:nr|nummer)\.?\s*:?\s*(\d{3}\s?\d{3}\s?\d{3})\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b[A-ZÆØÅ][a-zæøåé]+(?:\s[A-ZÆØÅ]?[a-zæøåé]+)?\s\d{1,3}\s?[A-H]?"
    r"(?:,\s*(?:\d{4}\s[A-ZÆØÅ][a-zæøå]+|\d{1,2}\.\s?(?:etasje|etg\.?)|[a-zæøå]+\s(?:etasje|etg\.?)))?"
)
_PHONE = re.compile(r"(?<![\d.-])(?:\+47\s?)?(?:\d{3}\s?\d{2}\s?\d{3}|\d{2}\s?\d{2}\s?\d{2}\s?\d{2})(?![\d.-])")
_NAMED = re.compile(
    r"\b(?:skal\s+hete|hete|heter|heiter|kalles|called|named)\s+[«\"']?(?P<name>[A-ZÆØÅ0-9][^.,;»\"'\n]{1,60})",
    re.IGNORECASE,
)


_ROOM = re.compile(r"\b[Mm]øterom(?:met)?\s+([A-ZÆØÅ0-9][\w.-]*(?:\s[A-ZÆØÅ0-9][\w.-]*)?)")
_SCHOOL = re.compile(r"\b([A-ZÆØÅ][\wæøå]+(?:\s[A-ZÆØÅ][\wæøå]+)?\s(?:skole|skule|barnehage|barnehager?))\b")


def _shaped(text: str, field: WantedField, found: Mapping[str, str]) -> str | None:
    """The value by its shape, where the label or key says which shape."""
    what = f"{field.key} {field.label}".lower()
    if field.type is FieldType.PHONE:
        return _first(_PHONE, text)
    for words, pattern in _SHAPES:
        if any(word in what for word in words):
            taken = set(found.values())
            hits = [
                (text[max(0, hit.start() - 15) : hit.start()].lower(), next(filter(None, hit.groups()), hit.group()))
                for hit in pattern.finditer(text)
            ]
            fresh = [value for _, value in hits if value not in taken]
            named = [value for before, value in hits if field.label.lower()[:4] in before and value in fresh]
            return (named or fresh or [""])[0].strip() or None
    if field.key == "rom":
        return _first(_ROOM, text)
    if field.key == "skole" or "skole" in what or "barnehage" in what:
        return _first(_SCHOOL, text)
    if field.key in ("navn", "visningsnavn"):
        hit = _NAMED.search(text)
        return hit.group("name").strip() if hit is not None else None
    return None


_SHAPES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("url", "nettadresse", "lenke"), _URL),
    (("kilde", "mål", "maal", "ip-"), _IP),
    (("port",), _PORT),
    (("fqdn", "domene", "vertsnavn"), _FQDN),
    (("e-post", "epost", "postkasse", "ønsket adresse"), _EMAIL),
    (("org.nr", "orgnr", "organisasjonsnummer"), _ORGNR),
    (("pc-navn", "pc_navn", "maskinnavn", "maskin-id", "enhets-id", "enhets_id", "skriver_id", "skriver-id"), _MACHINE),
    (("server",), _MACHINE),
    (("lokasjon", "adresse og etasje", "leveringsadresse", "besøksadresse"), _STREET),
)


def _version(text: str, key: str) -> str | None:
    """ "Fra 8.2 til 8.4" answers two fields whose labels do not stand in it."""
    if key not in ("fra_versjon", "til_versjon"):
        return None
    pair = _VERSIONS.search(text)
    if pair is not None:
        return pair.group(1 if key == "fra_versjon" else 2)
    return _first(_TO_VERSION, text) if key == "til_versjon" else None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    hit = pattern.search(text)
    if hit is None:
        return None
    return next((group for group in hit.groups() if group), hit.group()).strip()


# --- choices and yes/no ---

# A clause about what still works does not say what is wrong.
_WORKS = re.compile(
    r"\b(?:virker|verkar|fungerer|fungerar|går (?:fint|bra|greit)|works?|resten|alt annet)\b"
    r"(?!.*\b(?:ikke|ikkje|not)\b)",
    re.IGNORECASE,
)
# "Min leder er Per" names a person, not the role that is wanted.
_SOMEBODY = re.compile(r"\b(?:min|mi|vår|my|our)\s+(?:leder|leiar|sjef|manager)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|uten|utan|nei|not|no|without|aldri)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-zæøåéü0-9]+")
_MIN_STEM = 4


def _chosen(clauses: Sequence[str], options: Sequence[str]) -> str | None:
    """The one option whose words stand in a clause; two options are no choice, unless one holds the other."""
    hits: list[str] = []
    for clause in clauses:
        if _WORKS.search(clause) or _SOMEBODY.search(clause):
            continue
        words = _WORD.findall(clause.lower())
        hits += [option for option in options if _stands_in(option, words)]
    hits = list(dict.fromkeys(hits))
    longest = [one for one in hits if not any(one != other and one.lower() in other.lower() for other in hits)]
    return longest[0] if len(longest) == 1 else None


def _stands_in(option: str, words: Sequence[str]) -> bool:
    """Whether all words of the option stand among the words, up to their endings ("fornyes" is "Fornye")."""
    parts = [part for part in _WORD.findall(_BRACKETS.sub("", option).lower()) if part not in _EMPTY]
    if not parts:
        parts = _WORD.findall(option.lower())
    alternatives = [part for part in re.split(r"\s*/\s*|,\s*", option.lower()) if len(part) >= _MIN_STEM]
    if len(alternatives) > 1 and any(_all_in(_WORD.findall(one), words) for one in alternatives):
        return True
    return bool(parts) and _all_in(parts, words)


def _all_in(parts: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(_same_stem(part, word) for word in words) for part in parts)


def _same_stem(part: str, word: str) -> bool:
    if part == word:
        return True
    short = min(len(part), len(word))
    if short < _MIN_STEM:
        return False
    stem = part[: max(_MIN_STEM, len(part) - 2)]
    # An ending of up to five letters ("projektor" - "projektoren"), or the last part of a compound ("testserver").
    return (word.startswith(stem) and len(word) - len(stem) <= 5) or (len(part) >= 6 and word.endswith(part))


def _yes_or_no(clauses: Sequence[str], label: str) -> str | None:
    """ "ja" when a clause says what the label asks, "nei" when it denies it."""
    parts = [part for part in _WORD.findall(_BRACKETS.sub("", label).lower()) if len(part) >= 5 and part not in _EMPTY]
    if not parts:
        return None
    needed = parts[:2]
    for clause in clauses:
        words = _WORD.findall(clause.lower())
        if _all_in(needed, words):
            return "nei" if _NEGATION.search(clause) else "ja"
    return None


_NUMBER = r"(\d[\d ]*\d|\d)"


def _number(text: str, label: str) -> str | None:
    """The number beside a word of the label: "16 GB minne", "vCPU 4", "antall: 3"."""
    for part in _WORD.findall(_BRACKETS.sub("", label).lower()):
        if len(part) < 3 or part in _EMPTY:
            continue
        hit = re.search(
            rf"{_NUMBER}\s*(?:gb|tb|mb|stk\.?)?\s*{re.escape(part)}"
            rf"|{re.escape(part)}\w{{0,3}}\s*(?:er|på|:|=)?\s*{_NUMBER}",
            text,
            re.IGNORECASE,
        )
        if hit is not None:
            return (hit.group(1) or hit.group(2)).replace(" ", "")
    return None


# --- persons ---

_APPROVER = re.compile(r"godkjent|godkjend|(?<![a-zæøå])(?:leder|leiar)|enhetsleder|approved|anvist", re.IGNORECASE)
_FROM_TO = re.compile(r"\b(?:fra|frå|from)\s+(?:[A-ZÆØÅ]\S+\s*){2,3}(?:til|to)\s+(?P<to>[A-ZÆØÅ]\S+(?:\s[A-ZÆØÅ]\S+)*)")
_OWNER = re.compile(r"\beier\w*|\beigar\w*|\bowner\w*|\beies\b", re.IGNORECASE)


def _around(text: str, name: Name) -> str:
    """The words just before and after a name, within its sentence."""
    before = text[max(0, name.start - 30) : name.start]
    after = text[name.end : name.end + 25]
    return re.split(r"[.!?]\s", before)[-1] + "|" + re.split(r"[.!?](?:\s|$)", after)[0]


def _persons(text: str, wanted: Sequence[WantedField], known_words: Iterable[str]) -> dict[str, str]:
    """Names to the person fields: who approved, who owns, and else the one the case is about, in the form's order."""
    fields = [field for field in wanted if field.type is FieldType.PERSON]
    names = find_names(text, known_words) if fields else ()
    found: dict[str, str] = {}
    free = list(names)
    change = _FROM_TO.search(text)
    for field in fields:
        what = f"{field.key} {field.label}".lower()
        if change is not None and ("ny" in what.split() or field.key.startswith("ny_")):
            # "Fra Per til Kari": the new one is the latter.
            new = next((name for name in free if name.start >= change.start("to")), None)
            if new is not None:
                found[field.key] = new.text
                free = [name for name in free if name.start >= change.end() or name.start < change.start()]
                continue
        sign = _APPROVER if _APPROVER.search(what) else _OWNER if _OWNER.search(what) else None
        if sign is None:
            continue
        for name in free:
            if sign.search(_around(text, name)):
                found[field.key] = name.text
                free.remove(name)
                break
    approvers = [name for name in free if _APPROVER.search(_around(text, name))]
    others = [name for name in free if name not in approvers]
    plain = [field for field in fields if field.key not in found and not _APPROVER.search(field.key + field.label)]
    required = [field for field in plain if field.required] or plain[:1]
    for field, name in zip(required, others, strict=False):
        found[field.key] = name.text
    return found
