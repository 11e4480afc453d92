"""The register of systems and finding one in what a person wrote (Systemoversikten's shape, G 2.2, 5.1.2.3).

A system is known by its name, by its aliases, by the beginning of either, and misspelt. Several systems that fit
equally well are all given: the person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.mentioned_addresses import without_mentions
from knowledge.spelling import fold


@dataclass(frozen=True, slots=True)
class LocalForvalter:
    """A virksomhet (its abbreviation) that has a forvalter of its own for a common system, with the addresses."""

    virksomhet: str
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class System:
    """One row of the register. Everything but id and name may be unknown.

    owner_org is the systemeier's virksomhet, forvalter_org the forvalter's. contact_emails are the forvalter's
    addresses, best first; the first of them is forvalter_email. choice_name tells the system from others of its name.
    hosts are those its own web addresses have, url is its page in the register.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    owner_org: str | None = None
    forvalter_group: str | None = None
    forvalter_email: str | None = None
    type: str | None = None
    zone: str | None = None
    operated_by: str | None = None
    vendor: str | None = None
    criticality: str | None = None
    choice_name: str | None = None
    forvalter_org: str | None = None
    platform: str | None = None
    url: str | None = None
    contact_emails: tuple[str, ...] = ()
    forvalter_names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    local_forvaltere: tuple[LocalForvalter, ...] = ()


class Match(IntEnum):
    """How a system was found, best first."""

    NAME = 0
    ALIAS = 1
    PREFIX = 2
    FUZZY = 3


@dataclass(frozen=True, slots=True)
class SystemHit:
    """A system with the words that named it: text[start:end]."""

    system: System
    match: Match
    start: int
    end: int
    words: str


_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 6
# Longer texts are searched this far; what a report is about stands near its beginning.
READ_CHARACTERS = 4000
_READ_WORDS = 700
# Two letters are a system only in capitals or right after a word that takes a place ("i AD", "har ikke ss").
_PLACES = frozenset("i på til fra frå mot av for med inn via har ikke ikkje mangler trenger in on to from".split())
# First words of names that alone name nothing, and everyday words a slip away from a name.
_GENERIC = frozenset(
    "felles digital digitale digitalt digitalsøknad sikker mobil mobilt offentlig internt nasjonale person service "
    "active "
    "søknad bestilling startlån vann avløp innsyn historisk gammelt opptak ledningskart web sak microsoft full office "
    "intranett renovasjon barnehage skole kontakt forvaltning drift pleie saks meldinger kommune oslo endpoint azure "
    "søknadsskjema kvalitet ukes nhn acos sentralbord".split()
)
_EVERYDAY = frozenset(
    "familie familien familier martin marin kompis kompisen webside websida websiden websider feile feila feite feire "
    "fasitt faste fasiten faktisk marvins intuitiv intern interne intens kopass mediene media korona katalog kataloger "
    "arkiv sakarkiv skrivebord nettside nettsida intranet skolehelga bosted utskrift agressiv jobportal gericaen "
    "modul moduler moduls kontakt kontakter handel ehandle fester citron trygghet svart svarte svarer svaret svara "
    "telefon "
    "telefonen telefoner telefonar telefonene telefonnr fagsystem fagsystemet fagsystema postliste postlista "
    "postlister "
    "epostlista epostliste nettsider nettsidene kartotek kartet systemet basissystemet testsystemet webben".split()
)
_ENDINGS = ("s", "en", "et", "a", "n", "er", "ene", "ens", "ets")


class _Word(NamedTuple):
    text: str
    folded: str
    start: int
    end: int


def _words(text: str) -> list[_Word]:
    return [_Word(hit[0], fold(hit[0]), hit.start(), hit.end()) for hit in _WORD.finditer(text)]


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.folded for word in _words(name))


def _variants(name: str) -> Iterator[str]:
    """The name, its parts around a slash with spaces, and what stands outside and inside brackets."""
    yield name
    if " / " in name:
        yield from name.split(" / ")
    brackets = re.fullmatch(r"\s*(.+?)\s*\((.+)\)\s*", name)
    if brackets is not None:
        yield from brackets.groups()


class SystemRegister:
    """All systems, in the order given; found by id or in a text. Immutable.

    everyday: folded words that alone are no beginning of a name ("feil" for "Feil melding bydel").
    """

    def __init__(self, systems: Iterable[System], everyday: Collection[str] = frozenset()) -> None:
        self._systems = tuple(systems)
        self._everyday = everyday
        self._by_id: Mapping[str, System] = {system.id: system for system in self._systems}
        self._names: dict[tuple[str, ...], list[tuple[System, Match]]] = {}
        self._inflected: dict[tuple[str, ...], list[tuple[System, Match]]] = {}
        self._longest: dict[str, int] = {}
        self._joined: dict[str, list[tuple[System, Match]]] = {}
        self._prefixes: dict[tuple[str, ...], list[System]] = {}
        # By first sound, number of words, and the length of a word that may be meant for them.
        self._alike: dict[tuple[str, int, int], list[tuple[str, System]]] = {}
        for system in self._systems:
            for variant in _variants(system.name):
                self._enter(variant, system, Match.NAME)
            for alias in system.aliases:
                self._enter(alias, system, Match.ALIAS)
            for host in system.hosts:
                # Whole or not at all: the beginning of a host ("skjema." or "portal.") names nothing.
                key = _key(host)
                self._names.setdefault(key, []).append((system, Match.ALIAS))
                self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def _enter(self, name: str, system: System, match: Match) -> None:
        key = _key(name)
        if not key:
            return
        if all(known.id != system.id for known, _ in self._names.get(key, ())):
            self._names.setdefault(key, []).append((system, match))
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
            if len(key[-1]) >= 4:
                for ending in _ENDINGS:
                    inflected = (*key[:-1], key[-1] + ending)
                    self._inflected.setdefault(inflected, []).append((system, match))
                    self._longest[inflected[0]] = max(len(key), self._longest.get(inflected[0], 0))
        joined = "".join(key)
        if len(joined) >= 5 and all(known.id != system.id for known, _ in self._joined.get(joined, ())):
            self._joined.setdefault(joined, []).append((system, match))
            named = (joined, system)
            for letters in range(len(joined) - _MOST_SLIPS, len(joined) + _MOST_SLIPS + 1):
                self._alike.setdefault((_sound(joined), len(key), letters), []).append(named)
        for length in range(1, len(key)):
            start = key[:length]
            if (length > 1 or self._begins_a_name(start[0])) and system not in self._prefixes.get(start, ()):
                self._prefixes.setdefault(start, []).append(system)

    def _begins_a_name(self, word: str) -> bool:
        return len(word) >= 4 and word not in _GENERIC and word not in self._everyday

    def __iter__(self) -> Iterator[System]:
        return iter(self._systems)

    def __len__(self) -> int:
        return len(self._systems)

    def get(self, system_id: str) -> System | None:
        """The system with this id, or None."""
        return self._by_id.get(system_id)

    def find(self, text: str) -> tuple[SystemHit, ...]:
        """The systems named in the text, one hit each: by name, alias, beginning, misspelt; then longest, then first.

        Hits inside the words of a longer exact one are left out ("Citrix" in "Citrix sikker sone"). Equal ones stay.
        """
        text = without_mentions(text[:READ_CHARACTERS])
        words = _words(text)[:_READ_WORDS]
        exact = self._outermost(list(self._exact(text, words)))
        taken = [(hit.start, hit.end) for hit in exact]
        loose = [hit for hit in self._by_beginning(text, words) if _free(hit, taken)]
        taken += [(hit.start, hit.end) for hit in loose]
        loose += [hit for hit in self._misspelt(text, words) if _free(hit, taken)]
        best: dict[str, SystemHit] = {}
        for hit in sorted((*exact, *loose), key=lambda hit: (hit.match, hit.start - hit.end, hit.start)):
            best.setdefault(hit.system.id, hit)
        return tuple(best.values())

    def _exact(self, text: str, words: Sequence[_Word]) -> Iterator[SystemHit]:
        """Whole names, also with an ending on the last word ("Gericas", "Websaken") or parted in two ("web sak")."""
        for index, word in enumerate(words):
            for length in range(1, min(self._longest.get(word.folded, 1), len(words) - index) + 1):
                key = tuple(one.folded for one in words[index : index + length])
                found = self._names.get(key) or self._inflected.get(key)
                if not found and length == 1:
                    found = self._joined.get(word.folded)
                if found and (len("".join(key)) > 2 or self._clear(words, index)):
                    yield from self._hits(text, found, words[index : index + length])
            if index + 1 < len(words):
                joined = self._joined.get(word.folded + words[index + 1].folded)
                if joined:
                    yield from self._hits(text, joined, words[index : index + 2])

    @staticmethod
    def _hits(text: str, found: Iterable[tuple[System, Match]], row: Sequence[_Word]) -> Iterator[SystemHit]:
        start, end = row[0].start, row[-1].end
        for system, match in found:
            yield SystemHit(system, match, start, end, text[start:end])

    @staticmethod
    def _clear(words: Sequence[_Word], index: int) -> bool:
        word = words[index]
        if (
            word.folded == "hr"
            and index + 1 < len(words)
            and words[index + 1].text[:1].isupper()
            and not word.text.isupper()
        ):
            return False  # "hr. Hansen"
        return word.text.isupper() or (index > 0 and words[index - 1].folded in _PLACES)

    @staticmethod
    def _outermost(hits: Sequence[SystemHit]) -> list[SystemHit]:
        return [
            hit
            for hit in hits
            if not any(
                other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
                for other in hits
            )
        ]

    def _by_beginning(self, text: str, words: Sequence[_Word]) -> Iterator[SystemHit]:
        for index, word in enumerate(words):
            for length in range(min(self._longest.get(word.folded, 1), len(words) - index), 0, -1):
                row = words[index : index + length]
                found = self._prefixes.get(tuple(one.folded for one in row))
                if found:
                    yield from self._hits(text, ((system, Match.PREFIX) for system in found), row)
                    break
            else:
                yield from self._compound(text, word)

    def _compound(self, text: str, word: _Word) -> Iterator[SystemHit]:
        """ "citrixøkta", "gericabrukere": a name of five letters and more at the head of a longer word."""
        if len(word.folded) < 8:
            return
        for length in range(len(word.folded) - 3, 4, -1):
            found = self._joined.get(word.folded[:length])
            if found and word.folded[:length] not in _GENERIC:
                for system, _ in found:
                    yield SystemHit(system, Match.PREFIX, word.start, word.end, text[word.start : word.end])
                return

    def _misspelt(self, text: str, words: Sequence[_Word]) -> Iterator[SystemHit]:
        for index, word in enumerate(words):
            if word.folded in _EVERYDAY:
                continue
            sound, joined = _sound(word.folded), ""
            for length, last in enumerate(words[index : index + _MOST_WORDS_MISSPELT], 1):
                joined += last.folded
                alike = self._alike.get((sound, length, len(joined)))
                if alike is None or not 5 <= len(joined) <= 40 or joined in _EVERYDAY:
                    continue
                for name, system in alike:
                    if _close(name, joined):
                        yield SystemHit(system, Match.FUZZY, word.start, last.end, text[word.start : last.end])


_MOST_WORDS_MISSPELT = 3
_MOST_SLIPS = 2


def _sound(word: str) -> str:
    """The first letter, with c, k, s, z, q as one and v, w as one: "sitrix", "cerica", "vebsak"."""
    return "c" if word[0] in "cksxzq" else "v" if word[0] in "vw" else word[0]


def _close(name: str, word: str) -> bool:
    """One slip in short names (and there none that changes a letter into another), two from nine letters on."""
    allowed = 1 if len(name) < 9 else _MOST_SLIPS
    if abs(len(name) - len(word)) > allowed:
        return False
    distance = OSA.distance(name, word, score_cutoff=allowed)
    if not 0 < distance <= allowed:
        return False
    return len(name) > 5 or len(name) != len(word) or sorted(name) == sorted(word)


def _free(hit: SystemHit, taken: Sequence[tuple[int, int]]) -> bool:
    return all(hit.end <= start or hit.start >= end for start, end in taken)
