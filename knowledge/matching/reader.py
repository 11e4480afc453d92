"""A text read as weighted terms: stems, parts of compounds, synonyms, system names, neighbouring pairs, characters.

The prefix of a term tells what it is, so that one dictionary holds all: none for a stem, `=` for a synonym or system
(shared by every way to say it), `_` inside for two neighbouring words, `#` for a character n-gram.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.norwegian import STOP_WORDS, Lexicon, character_grams, stem, tokens

PART_WEIGHT = 0.5
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One text read. `shown` maps a term to the words of the text behind it, for reasons shown to people."""

    words: Mapping[str, float]  # stems, parts and synonyms
    pairs: tuple[str, ...]
    content: tuple[str, ...]  # the words that are not stop words, in the one spelling, in order
    shown: Mapping[str, str]
    systems: frozenset[str]  # names of systems mentioned


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

    def read(self, text: str) -> Reading:
        """Everything the matcher uses of a text."""
        words = tokens(text)
        stems = [self._lexicon.read(word) for word in words]
        terms: dict[str, float] = {}
        shown: dict[str, str] = {}
        content: list[str] = []
        kept: list[str] = []
        for word, read in zip(words, stems, strict=True):
            if word in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
                continue
            content.append(word)
            kept.append(read[0])
            terms[read[0]] = 1.0
            shown.setdefault(read[0], word)
            for part in read[1:]:
                terms.setdefault(part, PART_WEIGHT)
                shown.setdefault(part, word)
        pairs = [f"{first}_{second}" for first, second in itertools.pairwise(kept)]
        # "skriver kø" is "skriverkø": two words that together are a known one
        for first, second in itertools.pairwise(content):
            joined = next((j for j in (first + second, f"{first}s{second}") if j in self._lexicon), None)
            if joined is not None:
                terms.setdefault(stem(joined), 1.0)
                shown.setdefault(stem(joined), f"{first} {second}")
        for start in range(len(stems)):
            if stems[start][0] not in self._openers:
                continue
            for end in range(start + 1, min(len(stems), start + _LONGEST_PHRASE) + 1):
                for term in self._phrases.get(tuple(read[0] for read in stems[start:end]), ()):
                    terms[term] = 1.0
                    shown.setdefault(term, " ".join(words[start:end]))
        systems = frozenset(self._systems[term] for term in terms if term in self._systems)
        return Reading(terms, tuple(pairs), tuple(content), shown, systems)


def characters(content: Iterable[str]) -> dict[str, float]:
    """Character n-gram counts of the content words."""
    counts: dict[str, float] = {}
    for gram in character_grams(content):
        counts[f"#{gram}"] = counts.get(f"#{gram}", 0.0) + 1.0
    return counts
