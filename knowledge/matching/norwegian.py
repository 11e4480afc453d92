"""Norwegian as people type it: spelling variants, tokens, stems, compounds.

Everything is keyed by one spelling in which æ, ø and å are written ae, oe and aa, so that "får" and "faar" are the
same word by construction. Words typed without the letters at all ("far") and misspelt ones are found through the
lexicon, which knows every word of the catalogue and the wording.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from snowballstemmer import stemmer

MAX_CHARACTERS = 4_000
"""Longer texts are read this far: a need is told in its first lines, and time per text must be bounded."""
MAX_TOKENS = 160

_WORD = re.compile(r"[a-z0-9]+(?:[&+][a-z0-9]+)*")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})
_DIGRAPHS = (("aa", "å"), ("oe", "ø"), ("ae", "æ"))
_JOINED = re.compile(r"\b(e|wi|i)[\s-](post|mail|handel|faktura|innsyn|resept|fi|pad|phone)")
_WRITTEN = re.compile(rf"{_JOINED.pattern}\w*|[^\W_]+(?:[&+][^\W_]+)*", re.IGNORECASE)
# PyStemmer, six times faster, where it is installed; neither may be called by two threads at the same time, and a new
# register of systems is indexed beside the turns.
_STEMMER = stemmer("norwegian")
_ONE_AT_A_TIME = threading.Lock()

_REMEMBERED = 10_000  # words that were looked up, before they are forgotten
_SHORTEST_SLIP = 6  # letters; many short words are one letter from another
_SELDOM = 2  # times a word is used that may be a slip
_OFTEN = 12  # and times the word it is a slip of is used at least, in any form of it

_STOP_BOKMAL = """
alle alt andre at av bare ble blir bli blitt da de deg dem den denne der deres det dette dere din disse du
ei en enn er et etter for fordi fra få får gang gjerne gjør god ha hadde han har hei hele helt her hos hun hva hvem
hver hvilken hvis hvor hvordan hvorfor i igjen inn innen ja jeg jo kan kanskje kom kommer kunne la litt man mange
med meg meget men mens mer mest mi min mine mitt må måtte mye ned nei noe noen nok nå når og også om opp oss over på
samme sammen seg selv si siden sin sine sitt skal skulle slik slikt som så takk til trenger under ut uten var
ved vel vi vil ville vær være vært vår våre ønsker hilsen mvh dag dagen
"""
_STOP_NYNORSK = """
eg ein eit ikkje frå dei me hjå kva kven kvar kvifor korleis noko nokon nokre vere vore verte vert blei vart
sjølv deira denne desse dykk dykkar dokker heile heilt høve berre mykje meir treng ynskjer ønskjer skulle
"""
_STOP_ENGLISH = """
a an and are as at be been but by can could do does for from get got had has have he hello hi i if in into is it its
just me my need needs of on or our please she should so some that the their them then there they this to us was we were
what when where which who will with would you your thanks
"""


def spelled(text: str) -> str:
    """Lower case with æ/ø/å as ae/oe/aa and other accents dropped: the one spelling everything is keyed by."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().translate(_LETTERS)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def plain(word: str) -> str:
    """A word in the one spelling, as typed on a keyboard without æ, ø and å ("faar" -> "far")."""
    return word.replace("aa", "a").replace("oe", "o").replace("ae", "e")


def tokens(text: str) -> list[str]:
    """The words of a text in the one spelling, in order, at most MAX_TOKENS; "e-post" and "wi-fi" are one word."""
    return words_of(spelled(text))


def words_of(read: str) -> list[str]:
    """The same of a text that is in the one spelling already."""
    return _WORD.findall(_JOINED.sub(r"\1\2", read))[:MAX_TOKENS]


def one_word(word: str) -> str:
    """A run of letters and digits in the one spelling; empty when nothing is left of it."""
    return word if word.isascii() and word.isdigit() else _one_word(word)


@lru_cache(maxsize=8_192)
def _one_word(word: str) -> str:
    return "".join(tokens(word))


def written(text: str) -> dict[str, str]:
    """Each word of a text in the one spelling, and as it was written: "paa" was "på" or "paa"."""
    found: dict[str, str] = {}
    for match in _WRITTEN.finditer(text[:MAX_CHARACTERS]):
        said = match[0]
        if said.isalpha():
            word = one_word(said)
        else:
            words = tokens(said)
            word = words[0] if len(words) == 1 else ""
        if word:
            found.setdefault(word, said)
    return found


def stem(word: str) -> str:
    """The snowball stem of a word in the one spelling, itself in that spelling; numbers and short words are kept."""
    # There is no end of numbers, so that they must not fill what is remembered of words.
    return word if len(word) < 4 or word.isdigit() else _stemmed(word)


@lru_cache(maxsize=8_192)
def _stemmed(word: str) -> str:
    norwegian = word
    for digraph, letter in _DIGRAPHS:
        norwegian = norwegian.replace(digraph, letter)
    if len(norwegian) >= 8 and norwegian.endswith("erne"):  # "brukerne", which the stemmer leaves; not "fjerne"
        norwegian = norwegian[:-2]
    # twice: "skriveren" becomes "skriver" and only then, like "skriver" itself, "skriv"
    with _ONE_AT_A_TIME:
        stemmed: str = _STEMMER.stemWord(_STEMMER.stemWord(norwegian))
    return stemmed.translate(_LETTERS)


STOP_WORDS = frozenset(spelled(f"{_STOP_BOKMAL} {_STOP_NYNORSK} {_STOP_ENGLISH}").split())


class Lexicon:
    """Every word the catalogue and the wording use, for reading words that are not among them.

    A word is found as it stands, without æøå, by its stem, as a compound of known words, or as a known word with one
    or two typing errors; in that order.
    """

    def __init__(
        self, words: Iterable[str], stems: Iterable[str] | None = None, slips: Mapping[str, str] | None = None
    ) -> None:
        """`words` as often as each is used. `stems` are all stems of them and `slips` what `slips_of` finds, where
        these have been worked out before.
        """
        used = Counter(words)
        known = sorted(used)
        self._known = frozenset(known)
        self._stems = frozenset(stem(word) for word in known) if stems is None else frozenset(stems)
        self.slips = _slips(used) if slips is None else slips
        self._plain: dict[str, str] = {}
        self._buckets: dict[tuple[str, int], list[str]] = {}
        for word in known:
            self._plain.setdefault(plain(word), word)
            if len(word) >= 5 and not any(character.isdigit() for character in word):
                self._buckets.setdefault((word[0], len(word)), []).append(word)
        self._read: dict[str, tuple[str, ...]] = {}

    def __contains__(self, word: object) -> bool:
        return word in self._known

    @property
    def words(self) -> frozenset[str]:
        """Every word."""
        return self._known

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all words."""
        return self._stems

    def read(self, word: str) -> tuple[str, ...]:
        """The stems a word stands for: one, or a compound's own stem followed by its parts' stems."""
        if word.isdigit():
            return self._look_up(word)  # not remembered, as in `stem`
        found = self._read.get(word)
        if found is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            found = self._read[word] = self._look_up(word)
        return found

    def knows(self, word: str) -> bool:
        """Whether anything in the catalogue or the wording is found by the word, whatever its form and spelling."""
        return any(found in self._stems for found in self.read(word))

    def _look_up(self, word: str) -> tuple[str, ...]:
        own = stem(word)
        meant = self.slips.get(word)
        if meant is not None:
            return (stem(meant), own, *self._parts(meant))
        if word in self._known or own in self._stems:
            return (own, *self._parts(word))
        without_letters = self._plain.get(plain(word))
        if without_letters is not None:
            return (stem(without_letters), *self._parts(without_letters))
        parts = self._parts(word)
        if parts:
            return (own, *parts)
        meant = self._misspelt(word)
        if meant is not None:
            return (stem(meant), *self._parts(meant))
        return (own,)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The stems of the two known words a compound is made of, longest last part first; () when it is none."""
        if len(word) < 8:
            return ()
        for cut in range(3, len(word) - 3):
            tail = word[cut:]
            for head in _heads(word[:cut]):
                if head not in self._known or head in STOP_WORDS or tail in STOP_WORDS:
                    continue
                if tail in self._known or stem(tail) in self._stems:
                    return (stem(head), stem(tail))
        return ()

    def _misspelt(self, word: str) -> str | None:
        """The known word this one is a misspelling of; one error to seven letters, two in longer words."""
        if len(word) < 5 or any(character.isdigit() for character in word):
            return None
        errors = 1 if len(word) < 8 else 2
        nearby = [
            known
            for length in range(len(word) - errors, len(word) + errors + 1)
            for known in self._buckets.get((word[0], length), ())
        ]
        best = process.extractOne(word, nearby, scorer=OSA.distance, score_cutoff=errors)
        return None if best is None else best[0]


def _slips(used: Counter[str]) -> Mapping[str, str]:
    """Of the words those that are another one misspelt: examples are written with people's errors, and "outlok" is
    no word of its own beside the "outlook" of all others. A slip is seldom, one error away from a word that is not."""
    uses: Counter[str] = Counter()
    for word, times in used.items():
        uses[stem(word)] += times
    often: dict[tuple[str, int], list[str]] = {}
    seldom: list[str] = []
    for word in sorted(used):
        if len(word) < _SHORTEST_SLIP or any(character.isdigit() for character in word):
            continue
        times = uses[stem(word)]
        if times >= _OFTEN:
            often.setdefault((word[0], len(word)), []).append(word)
        elif times <= _SELDOM:
            seldom.append(word)
    found: dict[str, str] = {}
    for word in seldom:
        near = [one for length in (-1, 0, 1) for one in often.get((word[0], len(word) + length), ())]
        best = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1)
        if best is not None:
            found[word] = best[0]
    return found


def _heads(head: str) -> Iterator[str]:
    """The forms the first part of a compound may have as a word of its own: "tilgang(s)", "barn(e)"."""
    yield head
    if len(head) >= 4 and head[-1] in "se":
        yield head[:-1]
    yield f"{head}e"
