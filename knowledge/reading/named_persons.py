"""Names to the person fields of a form: who approved, who owns, and else the one it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from knowledge.catalogue.form import FieldType
from knowledge.reading.names import Name, find_names
from knowledge.reading.wanted import WantedField

_APPROVER = re.compile(
    r"godkjent|godkjend|(?<![a-zæøå])(?:leder|leiar|manager|sjef|boss)|enhetsleder|approved|anvist", re.IGNORECASE
)
_APPROVES = re.compile(
    r"^\W*(?:\w+\s+){0,2}(?:godkjen\w*|approv\w*|anvis\w*)|"
    r"^\W*\(?(?:(?:er|is)\s+)?(?:(?:min|vår|my|our)\s+)?(?:leder|leiar|enhetsleder|manager|sjef|boss)\b",
    re.IGNORECASE,
)
# Whom to call, and who gets a place in the group that is ordered: neither is whom the case is about, nor owns it.
_IS_CONTACT = re.compile(
    r"\b(?:kontakt(?:person(?:en)?)?|contact)\b(?:\s+(?:for|ved|til)\s+\w+)?(?:\s+(?:er|is|blir))?\s*[:,]?\s*$|"
    r"\b(?:ring|call)\s+$",
    re.IGNORECASE,
)
_CONTACTED = re.compile(
    r"^\W*(?:(?:er|is)\s+(?:(?:bare|berre|kun|only|just)\s+)?(?:the\s+)?(?:kontakt|contact)|"
    r"(?:kan|can)\s+(?:kontaktes|kontaktast|nås|ringes|ringast|treffes|be\s+(?:reached|contacted|called)|svare|teste|test)\b|"
    r"(?:nås|treffes)\s+på\b)",
    re.IGNORECASE,
)
_MEMBERS = re.compile(r"\b(?:medlem\w*|members?)\b\s*(?:(?:er|blir|are|is)\b)?\s*:?\s*", re.IGNORECASE)
# Text fields that hold the name of a person, and fields that hold several.
_NAME_LABELS = frozenset({"fullt navn"})
_LISTS = frozenset({"brukere", "medlemmer"})
_FROM_TO = re.compile(r"\b(?:fra|frå|from)\s+(?:[A-ZÆØÅ]\S+\s*){2,3}(?:til|to)\s+(?P<to>[A-ZÆØÅ]\S+(?:\s[A-ZÆØÅ]\S+)*)")
# The line of whom the case is about, which may be several.
_ABOUT = frozenset({"gjelder_bruker", "deltaker"})
_AND = re.compile(r"\s*(?:,|&|,?\s(?:og|and|samt))\s+", re.IGNORECASE)
# "Mvh Siv Moen" is who writes.
_SIGNS = re.compile(r"(?:mvh|hilsen|helsing|hilsning|regards|vennlig)\W*$", re.IGNORECASE)
_OWNER = re.compile(
    r"\b(?:mappe|system|data)?eier\w*|\b(?:mappe|system|data)?eigar\w*|\bowner\w*|\beies\b", re.IGNORECASE
)
_OWNS = re.compile(
    r"^\W*(?:\w+\s+){0,2}(?:(?:mappe|system|data)?(?:eier|eigar)\w*|owner)\b(?!\s*(?::|=|er\b|is\b|blir\b|heter\b|heiter\b))",
    re.IGNORECASE,
)
# "Tilgang for Ola Hansen": who it is for owns nothing by that.
_FOR = re.compile(r"\b(?:for|åt)\s+$", re.IGNORECASE)


def _around(text: str, name: Name) -> tuple[str, str]:
    """The words just before and just after a name, within its sentence."""
    before = text[max(0, name.start - 30) : name.start]
    after = text[name.end : name.end + 25]
    return re.split(r"[.!?]\s", before)[-1], re.split(r"[.!?](?:\s|$)", after)[0]


def _is_approver(before: str, after: str) -> bool:
    """ "Leder Anne Berg har godkjent"; of "Kari Bø tilgang som leder", Kari is not."""
    return bool(_APPROVER.search(before) or _APPROVES.search(after))


def _is_owner(before: str, after: str) -> bool:
    """ "Eier er Tone Lie", "Tone Lie eier mappen"; in "for Ola Hansen, eier er Tone Lie", Ola is not."""
    return bool(_OWNER.search(before) or _OWNS.search(after))


# "Hvem overtar filer" asks for the one of whom just that is said, "Per Moe overtar filene", "skal overtas av Per Moe".
_WHO_DOES = re.compile(r"^hvem\s+(?P<verb>[a-zæøå]{5,}?)e?r\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def _deed_of(label: str) -> re.Pattern[str] | None:
    asked = _WHO_DOES.match(label)
    return re.compile(rf"(?<!\w){re.escape(asked['verb'])}\w{{0,3}}\b", re.IGNORECASE) if asked is not None else None


def _does(deed: re.Pattern[str], before: str, after: str) -> bool:
    return bool(deed.search(before) or deed.search(after))


def _is_contact(before: str, after: str) -> bool:
    """ "Kontakt for test: Nils Foss", "Heidi Lunde kan kontaktes"; of these the case is not about them."""
    return bool(_IS_CONTACT.search(before) or _CONTACTED.search(after))


def _members(text: str, names: Sequence[Name]) -> list[Name]:
    """The names in a row right after "medlemmer"."""
    found: list[Name] = []
    for said in _MEMBERS.finditer(text):
        end = said.end()
        for name in names:
            if name.start == end or (end > said.end() and name.start > end and _AND.fullmatch(text[end : name.start])):
                found.append(name)
                end = name.end
    return found


def _with_those_beside(text: str, name: Name, others: Sequence[Name]) -> str:
    """ "Mina Moe, Per Bø og Kari Li": the case is about all of them, and none is lost."""
    end = name.end
    for other in others:
        if other.start > end and _AND.fullmatch(text[end : other.start]):
            end = other.end
    return text[name.start : end]


def persons(text: str, wanted: Sequence[WantedField], known_words: Iterable[str]) -> dict[str, str]:
    """Names to the person fields: who approved, who owns, and else the one the case is about, in the form's order."""
    fields = [field for field in wanted if field.type is FieldType.PERSON or field.label.lower() in _NAME_LABELS]
    listed = next((field for field in wanted if field.label.lower() in _LISTS), None)
    names = find_names(text, known_words) if fields or listed is not None else ()
    found: dict[str, str] = {}
    names = tuple(
        name
        for name in names
        if not _SIGNS.search(text[max(0, name.start - 12) : name.start]) and not _is_contact(*_around(text, name))
    )
    members = _members(text, names)
    free = [name for name in names if name not in members]
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
        is_sign_of: Callable[[str, str], bool] | None = (
            _is_approver if _APPROVER.search(what) else _is_owner if _OWNER.search(what) else None
        )
        if is_sign_of is None and (does := _deed_of(field.label)) is not None:
            is_sign_of = partial(_does, does)
        if is_sign_of is None:
            continue
        for name in free:
            if is_sign_of(*_around(text, name)):
                found[field.key] = name.text
                free.remove(name)
                break
    approvers = [name for name in free if _is_approver(*_around(text, name))]
    others = [name for name in free if name not in approvers]
    owner_told = bool(_OWNER.search(text)) and not any(_FOR.search(_around(text, name)[0]) for name in others)
    plain = [
        field
        for field in fields
        if field.key not in found
        and not _APPROVER.search(field.key + field.label)
        # Access is asked for somebody; the folder's owner is another, unless the words speak of one.
        and (owner_told or not _OWNER.search(f"{field.key} {field.label}"))
    ]
    required = [field for field in plain if field.required] or plain[:1]
    for field, name in zip(required, others, strict=False):
        found[field.key] = name.text
        if field.key in _ABOUT and listed is None and len(required) == 1:
            found[field.key] = _with_those_beside(text, name, others)
    if listed is not None and (left := [name.text for name in (*members, *others) if name.text not in found.values()]):
        found[listed.key] = ", ".join(left)
    return found
