"""What else the systems are called, and where they answer: aliases and hosts, out of free text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from knowledge.spelling import fold
from knowledge.systemoversikten.fields import Row, by_id, encodable, references, strings_in, text_of, without_repeats

# Single words that name no system, though a line of aliases may hold them ("system for timer").
_TELLS_NOTHING = frozenset(
    "og i på til fra for av med den det de en et ei ny nye nytt gammel gammelt gamle som eller the and of "
    "system systemet systemer fagsystem løsning løsningen portal portalen app appen applikasjon program programmet "
    "verktøy database databasen server serveren tjeneste tjenesten tjenester modul skjema register registeret "
    "web nett nettside nettsted kommune kommunen oslo felles digital elektronisk intern ekstern data it ikt test prod "
    "bestilling tilgang bruker brukere sak saker dokument rapport rapporter arkiv søknad melding telefon epost".split()
)
# A word that this many systems have in their names or aliases tells none of them from the others.
_SHARED_BY = 3
_MOST_ALIASES = 40

_WORD = re.compile(r"[^\W_]+")


class Aliases:
    """Every system's other names, out of its line of aliases and the programs that are its alone.

    The line is free text. Comma, semicolon and line break part names; a space may part names or words of one name, so
    the whole name is kept and its words too, unless a word tells nothing or many systems have it. A program's name is
    an alias only when one system alone is made of it ("Java" names no system), and when no system is called that.
    """

    def __init__(self, in_use: Mapping[int, Row], programs: Sequence[Row]) -> None:
        self._rows = in_use
        words: Counter[str] = Counter()
        self._taken: set[str] = set()
        self._programs: dict[int, list[Row]] = {}
        known = dict(by_id(programs))
        users: dict[int, list[int]] = {}
        for number, row in in_use.items():
            line = text_of(row, "alias", lines=True)
            words.update({fold(word) for word in _WORD.findall(f"{text_of(row, 'navn')} {line}")})
            self._taken |= {fold(text_of(row, "navn")), *(fold(name) for name in _parts(line))}
            for program in set(references(row.get("programvarer"))):
                users.setdefault(program, []).append(number)
        self._shared = {word for word, systems in words.items() if systems >= _SHARED_BY}
        for program, systems in users.items():
            if len(systems) == 1 and program in known:
                self._programs.setdefault(systems[0], []).append(known[program])

    def of(self, number: int) -> tuple[str, ...]:
        """The aliases of one system, those of its own line first."""
        row = self._rows[number]
        aliases = [*self._out_of(text_of(row, "alias", lines=True))]
        for program in self._programs.get(number, ()):
            names = (text_of(program, "navn"), *_parts(text_of(program, "alias", lines=True)))
            aliases += [name for name in names if fold(name) not in self._taken and _tells(name)]
        name = fold(text_of(row, "navn"))
        return tuple(one for one in without_repeats(aliases) if fold(one) != name)[:_MOST_ALIASES]

    def _out_of(self, line: str) -> Iterator[str]:
        parts = _parts(line)
        yield from (part for part in parts if _tells(part))
        for part in parts:
            words = _WORD.findall(part)
            if len(words) > 1:
                yield from (word for word in words if _tells(word) and fold(word) not in self._shared)
        if len(parts) > 1 and _tells(parts[0]):
            yield " ".join(line.split())


def _parts(line: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"[,;\r\n]+", line) if part.strip()]


def _tells(name: str) -> bool:
    """Whether a name can point out a system: its first word is one that does, and is no lone letter or number."""
    words = _WORD.findall(name)
    if not words or fold(words[0]) in _TELLS_NOTHING:
        return False
    return len(words) > 1 or (len(words[0]) > 1 and not words[0].isdigit())


def hosts_of(in_use: Mapping[int, Row]) -> dict[int, tuple[str, ...]]:
    """The hosts of each system's addresses that belong to it alone, so that a pasted link names the system."""
    found = {number: {_host(url) for url in strings_in(row.get("urler"))} - {""} for number, row in in_use.items()}
    count = Counter(host for hosts in found.values() for host in hosts)
    return {number: tuple(sorted(host for host in hosts if count[host] == 1)) for number, hosts in found.items()}


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    host = encodable(host).removeprefix("www.")
    return host if re.fullmatch(r"[\w-]+(\.[\w-]+)*\.[a-zæøå]{2,}", host) else ""
