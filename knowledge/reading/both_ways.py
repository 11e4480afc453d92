""" "Gi Omar tilgang til postkassen og fjern Ine": one is to get and another to lose, which no one case can say.

A form has one line for what is to be done and one for whom, so both in one case would do to each what only the other
should have (G 4.1: one need, one case).
"""

from __future__ import annotations

import re

_GETS = re.compile(
    r"\b(?:gi|gje|gir|legg(?:e|es|je|jast)?\s+(?:\S+\s+){0,4}?til|skal\s+(?:ha|få)|trenger|treng|må\s+(?:ha|få)|give|add)\b",
    re.IGNORECASE,
)
_LOSES = re.compile(
    r",?\s+(?:og|and)\s+(?=(?:fjern(?:e|es|ast)?|ta(?:r|s)?\s+(?:bort|ut|vekk)|slett(?:e|es)?|avslutt(?:e|es)?|remove|"
    r"(?:[A-ZÆØÅ]\w+\s+){1,3}skal\s+(?:miste|ut|bort|fjernes))\b)",
)
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåé]+\b")
_WHERE = re.compile(r"\b(?:til|i|på|to)\s+((?!å\b)[^,]+)")
_SAYS_WHERE = re.compile(r"\b(?:fra|frå|i|på|from|tilgang\w*)\s+(?!dag|morgen|første)\w", re.IGNORECASE)


def both_ways(text: str) -> tuple[str, str] | None:
    """What one is to get, and what another is to lose, with where it is said in both; None when it is one way."""
    hit = _LOSES.search(text)
    if hit is None:
        return None
    gets, loses = text[: hit.start()].strip(" ,"), text[hit.end() :].strip()
    verb = _GETS.search(gets)
    if verb is None or not _NAME.search(gets[verb.end() :]) or not _NAME.search(loses[1:]):
        return None
    where = _WHERE.search(gets, verb.end())
    if where is not None and not _SAYS_WHERE.search(loses):
        thing = gets[verb.end() : where.start()] if _NAME.match(where[1]) else where[1]
        loses = f"{loses.rstrip(' .?!')}. Det gjelder {thing.strip(' .?!')}"
    return gets, loses
