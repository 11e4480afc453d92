"""A text read as weighted terms: stems, parts of compounds, synonyms and system names.

Function words are terms too: "får ikke" and "kan dere" tell a fault from an order better than any noun does. A term
that starts with `=` is a synonym or system, shared by every way to say it.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from knowledge.matching.asides import Asides
from knowledge.matching.letters import letters_of
from knowledge.matching.norwegian import STOP_WORDS, Lexicon, stem, tokens, written

_PART = 0.4  # a part of a compound says less than a word of its own
_SYNONYM = 2.0  # what is meant counts more than how it is said
_ASIDE = 0.15  # what stands beside the matter says little, and now and then something all the same
_LONGEST_PHRASE = 4
_SHORTEST_UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One text read; `words` has the stem of each token among its terms."""

    tokens: tuple[str, ...]
    stems: tuple[str, ...]  # of each token
    words: Mapping[str, float]
    function: frozenset[str]  # of `words` the function words
    letters: bytes
    aside: bool = False  # whether there is nothing in the text but what is said beside the matter

    @property
    def content(self) -> Mapping[str, float]:
        """Of `words` those that are not function words."""
        return {term: amount for term, amount in self.words.items() if term not in self.function}


class Reader:
    """Reads texts with a lexicon, synonyms and systems."""

    def __init__(
        self,
        lexicon: Lexicon,
        synonyms: Mapping[str, Sequence[str]],
        systems: Iterable[tuple[str, Sequence[str]]] = (),
        asides: Asides | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._asides = asides
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        self._openers: set[str] = set()
        self._systems: dict[str, str] = {}
        for name, aliases in systems:
            self._systems[f"={name}"] = name
            self._add(name, (name, *aliases))
        for term, variants in synonyms.items():
            self._add(term, (term, *variants))

    def _add(self, term: str, variants: Iterable[str]) -> None:
        for variant in variants:
            phrase = tuple(stem(word) for word in tokens(variant))[:_LONGEST_PHRASE]
            if phrase:
                found = self._phrases.setdefault(phrase, [])
                if f"={term}" not in found:
                    found.append(f"={term}")
                self._openers.add(phrase[0])

    def system(self, term: str) -> str | None:
        """The name of the system a term stands for, or None when it stands for none."""
        return self._systems.get(term)

    def read_message(self, text: str, told: str) -> Reading:
        """The terms of what a person wrote: the matter counts, what is said beside it hardly does.

        `told` is the text without what is another thing than the matter (`contrast.py`).
        """
        if self._asides is None:
            return self.read(text)
        matter = self._asides.matter(told)
        counted = self._asides.enough(matter, text)
        read = replace(self.read(counted), aside=not matter)
        if counted == text:
            return read
        whole = self.read(text)
        words = {term: amount * _ASIDE for term, amount in whole.words.items()} | dict(read.words)
        return replace(read, words=words, function=whole.function)

    def read(self, text: str) -> Reading:
        """The terms of a text."""
        words = tuple(sys.intern(word) for word in tokens(text))
        stems = tuple(self._lexicon.read(word)[0] for word in words)
        terms = dict(self._terms(words, stems))
        function = frozenset(found for word, found in zip(words, stems, strict=True) if word in STOP_WORDS)
        return Reading(words, stems, terms, function, letters_of(words))

    def unknown(self, text: str) -> tuple[str, ...]:
        """The words of a text that nothing is found by, as they were written; numbers and short words are none."""
        return tuple(
            shown
            for word, shown in written(text).items()
            if len(word) >= _SHORTEST_UNKNOWN
            and word.isalpha()
            and word not in STOP_WORDS
            and not self._lexicon.knows(word)
            and (stem(word),) not in self._phrases
        )

    def behind(self, reading: Reading, terms: Set[str]) -> Mapping[str, tuple[str, ...]]:
        """For those of some terms of a text that tell something the words behind each, in the one spelling."""
        telling = {term for term in terms if term not in reading.function or term.startswith("=")}
        return {term: words for term, words in self._behind(reading.tokens, reading.stems) if term in telling}

    def _terms(self, words: Sequence[str], stems: Sequence[str]) -> Iterator[tuple[str, float]]:
        """Each term with its weight; a term that comes twice has its last weight, so the weightier come last."""
        for word in words:
            for part in self._lexicon.read(word)[1:]:
                yield part, _PART
        for joined, _ in self._joined(words):
            yield joined, 1.0
        for stem_of_word in stems:
            yield stem_of_word, 1.0
        for term, _, _ in self._meant(stems):
            yield term, _SYNONYM

    def _behind(self, words: Sequence[str], stems: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for term, start, end in self._meant(stems):
            yield term, tuple(words[start:end])
        yield from self._joined(words)
        for word in words:
            for term in reversed(self._lexicon.read(word)):
                yield term, (word,)

    def _joined(self, words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Two words that together are a known one: "skriver kø" is "skriverkø"."""
        for first, second in itertools.pairwise(words):
            if first in STOP_WORDS:
                continue
            for joined in (first + second, f"{first}s{second}"):
                if joined in self._lexicon:
                    yield stem(joined), (first, second)

    def _meant(self, stems: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """The synonyms and systems that stretches of a text stand for, with where each begins and ends."""
        for start, opener in enumerate(stems):
            if opener not in self._openers:
                continue
            for end in range(start + 1, min(len(stems), start + _LONGEST_PHRASE) + 1):
                for term in self._phrases.get(tuple(stems[start:end]), ()):
                    yield term, start, end
