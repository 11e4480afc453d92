"""Typed answers to the fields of a form: the value, or None when the words are no such answer.

Whoever asks knows what was asked, so a bare "8" or "ja" is enough here, and never in running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from rapidfuzz.distance import OSA

from knowledge.reading.details import read_phone as phone_in_text
from knowledge.reading.time import read_moment
from knowledge.reading.time.lexicon import LEXICON, fold
from knowledge.reading.time.meaning import Number
from knowledge.reading.time.moment import Direction

__all__ = ["read_choice", "read_date", "read_moment", "read_number", "read_phone", "read_yes_no"]

_YES = frozenset(
    "ja jada javisst jepp jupp jo jau yes yep yeah y j ok okei okey okay greit stemmer riktig rett korrekt bekreft "
    "bekrefter "
    "gjerne selvsagt selvfølgelig selvfølgeleg absolutt sikkert true 1 sant jess yess sure correct right fint supert "
    "perfekt "
    "klart send godkjenn godkjent godkjenner".split()
)
_NO = frozenset(
    "nei neida næ nope no n niks nix nein feil galt false 0 usant aldri ikke ikkje never wrong avslå avvis avbryt "
    "nehei nah "
    "ingen inga".split()
)
_UNSURE = re.compile(
    r"\b(?:vet ikke|veit ikkje|vet ikkje|veit ikke|usikker\w*|don't know|dont know|not sure|kanskje|aner ikke|aner "
    r"ikkje|vetikke|maybe|ingen anelse)\b"
)
_OPENERS = frozenset("ja jo nei eh hm hmm tja så men det den da ok".split())


def read_yes_no(text: str) -> bool | None:
    """True for yes, False for no, None when unsure or neither ("ja, men ..." is yes; "vet ikke" is None)."""
    low = text.lower().strip()
    if _UNSURE.search(low):
        return None
    words = re.findall(r"[^\W_]+", low)[:12]
    if not words:
        return {"👍": True, "✅": True, "👎": False, "❌": False}.get(low)
    if words[0] in _YES and not (len(words) > 1 and words[1] in ("ikke", "ikkje", "not")):
        return True
    if words[0] in _NO:
        return False
    if len(words) <= 6:
        negated = any(word in ("ikke", "ikkje", "not", "nei", "feil") for word in words)
        agrees = any(
            word in ("stemmer", "riktig", "rett", "korrekt", "ja", "gjerne", "ok", "greit", "yes") for word in words
        )
        if negated:
            return False
        if agrees:
            return True
    return None


_NUMBER = re.compile(r"(?<![\w.,])([+-]?\d{1,3}(?:[ \u00a0.]\d{3})+|[+-]?\d{1,15})(?:[,.](\d{1,6}))?(?![\w])")


def read_number(text: str) -> float | None:
    """The one number in the answer, in figures ("1 200", "2,5") or in letters ("tolv"); None for none or several."""
    found = [
        float(re.sub(r"[ \u00a0.]", "", hit[1]) + ("." + hit[2] if hit[2] else ""))
        for hit in _NUMBER.finditer(text[:2000])
    ]
    if found:
        return found[0] if len(set(found)) == 1 else None
    words = re.findall(r"[^\W\d_]+", text[:2000])
    numbers = [number for word in words if (number := _in_letters(word)) is not None]
    if len({number.value for number in numbers}) != 1:
        return None
    # "en ny skjerm": an article, not a count; alone it is one.
    return None if len(words) > 2 and all(number.article for number in numbers) else numbers[0].value


def _in_letters(word: str) -> Number | None:
    for category, value in LEXICON.get(fold(word), ()):
        if category == "num" and isinstance(value, Number) and not value.estimate:
            return value
    return None


def read_phone(text: str) -> str | None:
    """A phone number as +47…; in an answer eight digits that begin with 8 are one too."""
    found = phone_in_text(text)
    if found is not None:
        return found
    digits = re.sub(r"\D", "", text)
    if (
        len(digits) == 8
        and digits[0] == "8"
        and re.fullmatch(r"(?i)(?:tlf|telefon|mob|mobil|nr)?[\W\d]+", text.strip())
    ):
        return f"+47{digits}"
    return None


def read_date(text: str, now: datetime, direction: Direction | None = None) -> date | None:
    """The day that is meant; None when no time is named or it is no exacter than a month."""
    moment = read_moment(text, now, direction)
    if moment is None or moment.precision in ("month", "year"):
        return None
    return moment.at.date()


def read_choice(text: str, choices: Sequence[str]) -> str | None:
    """The choice meant: by its number ("2", "nr 2", "den andre"), its words, the beginning of them, or misspelt.

    None when nothing fits or two fit alike.
    """
    said = _normal(text)
    if not said or not choices:
        return None
    normals = [_normal(choice) for choice in choices]
    if said in normals:
        return choices[normals.index(said)]
    position = _position(said, len(choices))
    if position is not None:
        return choices[position]
    for fits in (
        [c for c, n in zip(choices, normals, strict=True) if n and n.startswith(said)],
        [c for c, n in zip(choices, normals, strict=True) if n and re.search(rf"\b{re.escape(n)}\b", said)],
        [c for c, n in zip(choices, normals, strict=True) if len(said) >= 3 and re.search(rf"\b{re.escape(said)}", n)],
        _by_words(said, choices, normals),
        _misspelt(said, choices, normals),
    ):
        if len(fits) == 1:
            return fits[0]
        if len(fits) > 1:
            # Of several choices named, one that holds the others in its words is the one meant.
            longest = max(fits, key=len)
            return (
                longest if all(_normal(fit) in _normal(longest) for fit in fits) and _normal(longest) in said else None
            )
    return None


def _normal(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text[:500])))


def _position(said: str, count: int) -> int | None:
    hit = re.fullmatch(r"(?:nr|nummer|alternativ|valg|val|punkt|number|option|no|#)? ?(\d{1,3})", said)
    if hit is not None:
        return int(hit[1]) - 1 if 1 <= int(hit[1]) <= count else None
    words = [
        w
        for w in said.split()
        if w not in _OPENERS and w not in ("the", "one", "alternativet", "valget", "på", "lista")
    ]
    if len(words) == 1:
        if words[0] in ("siste", "nederste", "last"):
            return count - 1
        if words[0] in ("øverste", "top"):
            return 0
        for category, value in LEXICON.get(words[0], ()):
            if category == "ord" and isinstance(value, int) and 1 <= value <= count:
                return value - 1
    return None


def _by_words(said: str, choices: Sequence[str], normals: Sequence[str]) -> list[str]:
    words = {word for word in said.split() if len(word) >= 3}
    if not words:
        return []
    shared = [len(words & set(normal.split())) for normal in normals]
    best = max(shared)
    return [choice for choice, count in zip(choices, shared, strict=True) if count == best] if best else []


def _misspelt(said: str, choices: Sequence[str], normals: Sequence[str]) -> list[str]:
    if len(said) < 4:
        return []
    allowed = 1 if len(said) < 8 else 2
    return [
        choice
        for choice, normal in zip(choices, normals, strict=True)
        if any(
            OSA.distance(said, part, score_cutoff=allowed) <= allowed
            for part in (normal, *normal.split())
            if len(part) >= 4
        )
    ]
