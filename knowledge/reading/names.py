"""Names of persons in free text: two or three capitalised words in a row that are no system, place or virksomhet.

Modest on purpose: a first name alone may be anything, and a place is said with "på" or "i" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NAME_WORD = r"[A-ZÆØÅÉ][a-zæøåéèüöä]+(?:-[A-ZÆØÅ][a-zæøåéèüöä]+)?"
_NAME = re.compile(
    rf"(?<![\w@.-]){_NAME_WORD}(?:[ \u00a0](?:van|von|de|al|El|Al)?[ \u00a0]?{_NAME_WORD}){{1,3}}(?![\w@])"
)
_BEFORE_A_PLACE = re.compile(
    r"\b(?:på|i|ved|møterom(?:met)?|rom|skole|skule|nav|bydel|avdeling|hos|in|at)\s$", re.IGNORECASE
)
# "Sluttmelding på Odd Karlsen", "passordet til Ada Li": what one has is said with the same words as where one is.
_BEFORE_A_PERSON = re.compile(
    r"(?:melding\w*|bruker\w*|brukar\w*|konto\w*|tilgang\w*|passord\w*|profil\w*|lisens\w*)\s(?:på|hos)\s$",
    re.IGNORECASE,
)
_ADDRESS_AFTER = re.compile(r"^\s(?:\d|skole|skule|sykehjem|barnehage|bydel|avdeling|helsehus)")
# Words that begin sentences and stand before names, and capitalised words that are no one's name.
_NO_NAMES = frozenset(
    """since from monday tuesday wednesday thursday friday saturday sunday vi jeg eg hei mvh hilsen helsing vennlig
    kan kunne ny nytt nye bruker brukar brukeren vikaren vikar leder leiar lederen enhetsleder eier
    ansatt medarbeider kollega bestiller bestill gi ønsker trenger treng installer nullstill sluttmelding maskina
    maskinen pc-en den det denne alle ingen når der her for på fra til med og the our my we new please user
    teams telefoni outlook windows excel word office citrix workspace onedrive sharepoint microsoft adobe visio project
    acrobat intune authenticator android apple iphone ipad google chrome edge safari power bi zoom
    websak gerica fasit modulus barn familia visma flyt skole agresso marvin kompass feide altinn idporten
    mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar mars april mai juni juli august september
    oktober november desember nav oslo kommune bydel etaten etat møterom rom skriver skriveren server""".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the text, from `start` to before `end`."""

    text: str
    start: int
    end: int


def find_names(text: str, known_words: Iterable[str] = ()) -> tuple[Name, ...]:
    """Names of persons in the order of the text, each once; `known_words` are names of systems and virksomheter."""
    hits = list(_NAME.finditer(text))
    if not hits:
        return ()  # most texts: the words of all systems need not be looked through
    no_ends = _NO_NAMES.union(word.lower() for phrase in known_words for word in phrase.split())
    found: list[Name] = []
    for hit in hits:
        start, words = hit.start(), hit.group().split()
        while words and words[0].lower() in no_ends:
            start += len(words[0]) + 1
            words = words[1:]
        while words and words[-1].lower() in no_ends:
            words = words[:-1]
        name = " ".join(words)
        if len(words) < 2 or any(word.lower() in _NO_NAMES for word in words):
            continue
        before = text[max(0, start - 24) : start]
        in_a_place = _BEFORE_A_PLACE.search(before[-12:]) and not _BEFORE_A_PERSON.search(before)
        if in_a_place or _ADDRESS_AFTER.match(text[start + len(name) :]):
            continue
        if name not in {one.text for one in found}:
            found.append(Name(name, start, start + len(name)))
    return tuple(found)
