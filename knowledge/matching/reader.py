"""A text read as weighted terms: stems, parts of compounds, synonyms and system names, and neighbouring pairs.

Function words are terms too: "får ikke" and "kan dere" tell a fault from an order better than any noun does. A term
that starts with `=` is a synonym or system, shared by every way to say it; a pair has `_` between its stems.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.letters import letters_of
from knowledge.matching.norwegian import STOP_WORDS, Lexicon, stem, tokens

_PART = 0.4  # a part of a compound says less than a word of its own
_SYNONYM = 2.0  # what is meant counts more than how it is said
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One text read. `shown` maps a term to the words of the text behind it, for reasons shown to people."""

    tokens: tuple[str, ...]
    words: Mapping[str, float]
    content: Mapping[str, float]  # of `words` those that are not function words
    pairs: tuple[str, ...]
    letters: bytes
    shown: Mapping[str, str]


class Reader:
    """Reads texts with a lexicon, synonyms and systems."""

    def __init__(
        self,
        lexicon: Lexicon,
        synonyms: Mapping[str, Sequence[str]],
        systems: Iterable[tuple[str, Sequence[str]]] = (),
    ) -> None:
        self._lexicon = lexicon
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

    def read(self, text: str) -> Reading:
        """Everything the matcher uses of a text."""
        words = tokens(text)
        read = [self._lexicon.read(word) for word in words]
        stems = [stems[0] for stems in read]
        terms: dict[str, float] = {}
        shown: dict[str, str] = {}
        function: set[str] = set()
        for word, found in zip(words, read, strict=True):
            terms[found[0]] = 1.0
            if word in STOP_WORDS:
                function.add(found[0])
            else:
                shown.setdefault(found[0], word)
            for part in found[1:]:
                terms.setdefault(part, _PART)
                shown.setdefault(part, word)
        for first, second in itertools.pairwise(words):
            # "skriver kø" is "skriverkø": two words that together are a known one
            for joined in (first + second, f"{first}s{second}"):
                if joined in self._lexicon and first not in STOP_WORDS:
                    terms.setdefault(stem(joined), 1.0)
                    shown.setdefault(stem(joined), f"{first} {second}")
        for start, opener in enumerate(stems):
            if opener not in self._openers:
                continue
            for end in range(start + 1, min(len(stems), start + _LONGEST_PHRASE) + 1):
                for term in self._phrases.get(tuple(stems[start:end]), ()):
                    terms[term] = _SYNONYM
                    shown.setdefault(term, " ".join(words[start:end]))
        pairs = tuple(f"{first}_{second}" for first, second in itertools.pairwise(stems))
        content = {term: amount for term, amount in terms.items() if term not in function}
        return Reading(tuple(words), terms, content, pairs, letters_of(words), shown)
