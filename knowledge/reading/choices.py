"""Which option of a choice, and whether a yes or no, running text says. A doubtful one is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

WORD = re.compile(r"[a-zæøåéü0-9]+")
MIN_STEM = 4
BRACKETS = re.compile(r"\s*\([^)]*\)|\?")
_CLAUSE_END = re.compile(
    r"(?<=[!?;])\s+|(?<=[^\d]\.)\s+|(?<=\d\.)\s+(?=[A-ZÆØÅ])|\n+|"
    r",\s+(?=men\b|og\b|mens\b|but\b|while\b|resten\b|alt annet\b|alt anna\b|ellers\b)"
)
# A clause about what still works does not say what is wrong.
_WORKS = re.compile(
    r"\b(?:virker|verkar|fungerer|fungerar|går (?:fint|bra|greitt?)|(?<!i )går(?=\s*(?:[.,!]|$))|works?|resten|"
    r"alt annet)\b"
    r"(?!.*\b(?:ikke|ikkje|not)\b)",
    re.IGNORECASE,
)
# "Min leder er Per" names a person, not the role that is wanted.
_SOMEBODY = re.compile(r"\b(?:min|mi|vår|my|our)\s+(?:leder|leiar|sjef|manager)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|uten|utan|nei|not|no|without|aldri)\b", re.IGNORECASE)
# "Prøvd uten hell" has been tried.
_IN_VAIN = re.compile(
    r"\b(?:uten|utan)\s+(?:hell|å\s+lykkes|suksess|resultat)\b|\bmen det hjalp (?:ikke|ikkje)\b", re.IGNORECASE
)
# Words of an option or a question that alone say nothing about which one is meant.
EMPTY = frozenset(
    "ny nytt nye ønsket dato navn type hva hvor når hvem på i av til fra og eller for med det er en et den kort "
    "gjelder valg annet liste bruk".split()
)
# Whom a question is about says nothing of the answer: "Brukeren har tatt vare på bokmerker".
_SUBJECTS = frozenset("brukeren brukerne maskinen ansatte noen jobben kurs".split())
_ENDINGS = ("en", "et", "er", "ene", "n", "s", "a")
# What people say for the words of the catalogue's questions, Norwegian and English.
_ALSO_SAID: Mapping[str, frozenset[str]] = {
    "forsøkt": frozenset({"prøvd", "prøvde", "prøvt", "testet", "tried"}),
    "oppgitt": frozenset({"oppga", "oppgav", "oppgi", "tastet", "tasta", "entered", "gave", "skrev"}),
    "passord": frozenset({"password", "passordet"}),
    "signert": frozenset({"signed", "underskrevet", "skrevet"}),
    "taushetserklæring": frozenset({"confidentiality", "nda", "teieerklæring"}),
    "varslet": frozenset({"varsla", "informert", "notified"}),
}


def clauses_of(text: str) -> list[str]:
    """The clauses of a text, as far as they can say different things."""
    return [clause.strip() for clause in _CLAUSE_END.split(text) if clause.strip()]


def chosen(clauses: Sequence[str], options: Sequence[str]) -> str | None:
    """The one option whose words stand in a clause.

    Two options are no choice, unless one holds the other, stands there word for word, or has more of its words there.
    """
    hits: dict[str, int] = {}
    for clause in clauses:
        if _WORKS.search(clause) or _SOMEBODY.search(clause):
            continue
        low = clause.lower()
        words = WORD.findall(low)
        for option in options:
            count = _words_of(option, words)
            if count and not _denied(option, low):
                hits[option] = max(hits.get(option, 0), count)
    longest = [one for one in hits if not any(one != other and one.lower() in other.lower() for other in hits)]
    if len(longest) < 2:
        return longest[0] if longest else None
    said = " ".join(WORD.findall(" ".join(clauses).lower()))
    word_for_word = [one for one in longest if " ".join(WORD.findall(one.lower())) in said]
    if len(word_for_word) == 1:
        return word_for_word[0]
    most = max(hits[one] for one in longest)
    best = [one for one in longest if hits[one] == most]
    return best[0] if len(best) == 1 and most > 1 else None


def yes_or_no(clauses: Sequence[str], label: str) -> str | None:
    """ "ja" when a clause says what the label asks, "nei" when it denies it."""
    parts = [part for part in WORD.findall(BRACKETS.sub("", label).lower()) if len(part) >= 5 and part not in EMPTY]
    needed = [part for part in parts if part not in _SUBJECTS][:2] or parts[:2]
    if not needed:
        return None
    for clause in clauses:
        words = WORD.findall(clause.lower())
        if _all_in(needed, words):
            return "nei" if _NEGATION.search(_IN_VAIN.sub(" ", clause)) else "ja"
    return None


def _words_of(option: str, words: Sequence[str]) -> int:
    """How many words of the option stand among the words, up to their endings; 0 when one of them is missing."""
    parts = [part for part in WORD.findall(BRACKETS.sub("", option).lower()) if part not in EMPTY]
    parts = parts or WORD.findall(option.lower())
    if parts and _all_in(parts, words):
        return len(parts)
    alternatives = [part for part in re.split(r"\s*/\s*|,\s*", option.lower()) if len(part) >= MIN_STEM - 1]
    if len(alternatives) > 1 and any(_all_in(WORD.findall(one), words) for one in alternatives):
        return 1
    return 0


def _denied(option: str, clause: str) -> bool:
    """ "Ingen ytre skade": the option is named to be ruled out."""
    first = next(iter(WORD.findall(option.lower())), "")
    return bool(
        re.search(rf"\b(?:ingen|inga|ikke|ikkje|uten|utan|no|not|without)\s+(?:\w+\s+)?{re.escape(first)}", clause)
    )


def _all_in(parts: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(_same_stem(part, word) or word in _ALSO_SAID.get(part, ()) for word in words) for part in parts)


def _same_stem(part: str, word: str) -> bool:
    if part == word:
        return True
    short = min(len(part), len(word))
    if short < MIN_STEM:
        return len(part) > 1 and any(word == part + ending for ending in _ENDINGS)
    stem = part[: max(MIN_STEM, len(part) - 2)]
    # An ending of up to five letters ("projektor" - "projektoren"), or the last part of a compound ("testserver",
    # "jobbmobilen"), or one letter wrong ("exel", "fråvær").
    if (word.startswith(stem) and len(word) - len(stem) <= 5) or (len(part) >= 6 and word.endswith(part)):
        return True
    if len(part) > MIN_STEM and any(word.endswith(part + ending) for ending in ("", "en", "et", "ene")):
        return True
    return len(part) > MIN_STEM and part[0] == word[0] and OSA.distance(part, word, score_cutoff=1) <= 1
