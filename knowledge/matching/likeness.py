"""How alike a text and each of many owners are: in words, in neighbouring pairs, and in letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.matching.profiles import Arrays, Floats, Profiles, Terms, Texts
from knowledge.matching.vocabulary import Numbered, NumberedTexts, Vocabulary

ALIKE_IN = ("words", "pairs", "letters")
"""In the order of the columns that `Likeness.of` returns."""


def shares_of(scores: Floats) -> Floats:
    """Scores as shares that sum to one."""
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


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

    def __init__(
        self,
        texts: NumberedTexts,
        vocabulary: Vocabulary,
        owners: Sequence[int],
        weights: Sequence[float],
        size: int,
        style: Style,
    ) -> None:
        """Text i is one of `owners[i]` and counts `weights[i]`; the texts of an owner stand together."""
        self._style = style
        words = texts.words
        if not style.function_words:
            words = Texts(words.rows[texts.content], words.numbers[texts.content], words.amounts[texts.content])
        of, counts = np.array(owners, dtype=np.int64), np.array(weights, dtype=np.float32)
        numbers = (style.saturation, style.rarity_power)
        self._profiles = (
            Profiles(words, of, counts, size, len(vocabulary.words), *numbers),
            Profiles(texts.pairs, of, counts, size, len(vocabulary.pairs), *numbers),
            Profiles(texts.runs, of, counts, size, len(vocabulary.runs), *numbers, style.common_runs),
        )

    def arrays(self, name: str) -> Arrays:
        """All of it but the style, each array under its own name after this one."""
        arrays: dict[str, npt.NDArray[Any]] = {}
        for kind, profiles in zip(ALIKE_IN, self._profiles, strict=True):
            arrays |= profiles.arrays(f"{name}{kind}")
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str, style: Style) -> Likeness:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        likeness = cls.__new__(cls)
        likeness._style = style
        words, pairs, runs = (Profiles.from_arrays(arrays, f"{name}{kind}") for kind in ALIKE_IN)
        likeness._profiles = (words, pairs, runs)
        return likeness

    def _words(self, read: Numbered) -> Terms:
        if self._style.function_words:
            return read.words
        return Terms(read.words.numbers[read.content], read.words.amounts[read.content])

    def of(self, read: Numbered, *, without: tuple[int, float] | None = None) -> Floats:
        """The likeness of a text to every owner; shape (owners, len(ALIKE_IN)).

        `without` is an owner that has this very text among its own, and how much it counts there: the owner counts
        as if it did not have it.
        """
        columns: list[Floats] = []
        for profiles, found in zip(self._profiles, (self._words(read), read.pairs, read.runs), strict=True):
            terms = profiles.weighted(found)
            scores = profiles.score(terms)
            if without is not None:
                scores[without[0]] = profiles.score_without(terms, *without)
            columns.append(scores)
        return np.stack(columns, axis=1)

    def words_of(self, words: Terms) -> Floats:
        """The likeness of a text to every owner in words only, which is quick; shape (owners,)."""
        return self._profiles[0].score(self._profiles[0].weighted(words))

    def hits(self, read: Numbered, owners: Sequence[int], most: int) -> list[list[int]]:
        """For some owners the numbers of the words of a text that they have, those that add most first, at most
        `most`."""
        profiles = self._profiles[0]
        words = profiles.weighted(self._words(read))
        amounts = profiles.contributions(words, owners)
        order = np.argsort(-amounts, axis=1, kind="stable")[:, :most]
        return [words.numbers[places[row[places] > 0.0]].tolist() for row, places in zip(amounts, order, strict=True)]
