"""How alike a text and each of many owners are: in words, in neighbouring pairs, and in letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.matching import letters
from knowledge.matching.numbering import Numbering, gather
from knowledge.matching.profiles import Arrays, Floats, Profiles, Terms
from knowledge.matching.reader import Reading

ALIKE_IN = ("words", "pairs", "letters")
"""In the order of the columns that `Likeness.of` returns."""


def shares_of(scores: Floats) -> Floats:
    """Scores as shares that sum to one."""
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


@dataclass(frozen=True, slots=True)
class Said:
    """One text of an owner; `owner` is the owner's number and `weight` how much the text counts."""

    owner: int
    reading: Reading
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """How texts are weighed: `saturation` and `rarity_power` as in Profiles, and whether function words count.

    Runs of letters that more than the share `common_runs` of the owners have are dropped; words never are, since "ikke"
    tells much.
    """

    saturation: float
    rarity_power: float
    function_words: bool
    common_runs: float


WORDED = Style(saturation=0.04, rarity_power=0.7, function_words=True, common_runs=0.7)
"""For owners with many sentences: how a need is worded tells as much as its nouns."""
BARE = Style(saturation=0.02, rarity_power=1.0, function_words=False, common_runs=0.3)
"""For owners with a title and a description only."""


class Likeness:
    """Profiles of `size` owners from their texts."""

    def __init__(self, said: Sequence[Said], size: int, style: Style) -> None:
        self._style = style
        self._words = Numbering(term for one in said for term in self._worded(one.reading))
        self._pairs = Numbering(pair for one in said for pair in one.reading.pairs)
        owners = np.array([one.owner for one in said], dtype=np.int64)
        weights = np.array([one.weight for one in said], dtype=np.float32)
        numbers = (style.saturation, style.rarity_power)
        rows = [self._words.terms(self._worded(one.reading)) for one in said]
        words = Profiles(gather(rows), owners, weights, size, len(self._words), *numbers)
        rows = [self._pairs.terms(dict.fromkeys(one.reading.pairs, 1.0)) for one in said]
        pairs = Profiles(gather(rows), owners, weights, size, len(self._pairs), *numbers)
        found = letters.texts_of([one.reading.letters for one in said])
        self._runs = letters.Runs(np.unique(found.numbers))
        found = replace(found, numbers=self._runs.numbered(found.numbers))
        runs = Profiles(found, owners, weights, size, len(self._runs), *numbers, style.common_runs)
        self._profiles = (words, pairs, runs)

    def arrays(self, name: str) -> Arrays:
        """All of it but the style, each array under its own name after this one."""
        terms = {
            f"{name}words": self._words.array(),
            f"{name}pairs": self._pairs.array(),
            f"{name}runs": self._runs.known,
        }
        for kind, profiles in zip(ALIKE_IN, self._profiles, strict=True):
            terms |= profiles.arrays(f"{name}{kind}")
        return terms

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str, style: Style) -> Likeness:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        likeness = cls.__new__(cls)
        likeness._style = style
        likeness._words = Numbering.from_array(arrays[f"{name}words"])
        likeness._pairs = Numbering.from_array(arrays[f"{name}pairs"])
        likeness._runs = letters.Runs(arrays[f"{name}runs"])
        words, pairs, runs = (Profiles.from_arrays(arrays, f"{name}{kind}") for kind in ALIKE_IN)
        likeness._profiles = (words, pairs, runs)
        return likeness

    def _worded(self, reading: Reading) -> Mapping[str, float]:
        return reading.words if self._style.function_words else reading.content

    def _terms(self, reading: Reading) -> tuple[Terms, Terms, Terms]:
        words, pairs, runs = self._profiles
        return (
            words.weighted(self._words.terms(self._worded(reading))),
            pairs.weighted(self._pairs.terms(dict.fromkeys(reading.pairs, 1.0))),
            runs.weighted(self._runs.terms(reading.letters)),
        )

    def of(self, reading: Reading, *, without: tuple[int, float] | None = None) -> Floats:
        """The likeness of a text to every owner; shape (owners, len(ALIKE_IN)).

        `without` is an owner that has this very text among its own, and how much it counts there: the owner counts
        as if it did not have it.
        """
        columns: list[Floats] = []
        for profiles, terms in zip(self._profiles, self._terms(reading), strict=True):
            scores = profiles.score(terms)
            if without is not None:
                scores[without[0]] = profiles.score_without(terms, *without)
            columns.append(scores)
        return np.stack(columns, axis=1)

    def words_of(self, reading: Reading) -> Floats:
        """The likeness of a text to every owner in words only, which is quick; shape (owners,)."""
        profiles = self._profiles[0]
        return profiles.score(profiles.weighted(self._words.terms(self._worded(reading))))

    def hits(self, reading: Reading, owners: Sequence[int], most: int) -> list[list[str]]:
        """For some owners the words of a text that they have, those that add most first, at most `most`."""
        words = self._worded(reading)
        known = [term for term in words if term in self._words]
        profiles = self._profiles[0]
        amounts = profiles.contributions(profiles.weighted(self._words.terms(words)), owners)
        order = np.argsort(-amounts, axis=1, kind="stable")[:, :most]
        return [
            [known[place] for place in places if row[place] > 0.0] for row, places in zip(amounts, order, strict=True)
        ]
