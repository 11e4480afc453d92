"""Two-sided questions about a text, answered by how sentences of either side are worded: fault or order, ours or not.

Naive Bayes over words, synonyms and pairs of every sentence, whatever its form: people word a fault ("får ikke",
"plutselig") otherwise than an order ("trenger", "kan dere gi"), and that holds across all forms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.matching.profiles import Arrays, Texts
from knowledge.matching.vocabulary import Numbered, NumberedTexts, Vocabulary

_SMOOTHING = 0.3
_LARGER_SIDE = 0.2  # smoothing of the larger side grows with its size, at this share

Counts = npt.NDArray[np.int32]
"""How many texts of either side, False and True, have each term; shape (terms, 2)."""


class Odds:
    """Learns from texts, each on one side (True or False) or on none; tells the log odds of True for a text."""

    def __init__(
        self, texts: NumberedTexts, vocabulary: Vocabulary, sides: Sequence[bool | None], *, certainty: float = 1.0
    ) -> None:
        """`sides` has shape (texts,). `certainty` scales the sum: neighbouring words repeat each other's evidence."""
        words = _counted(texts.words, sides, len(vocabulary.words))
        pairs = _counted(texts.pairs, sides, len(vocabulary.pairs))
        self._take(words, pairs, [sum(one is side for one in sides) for side in (False, True)], certainty)

    def arrays(self, name: str) -> Arrays:
        """What was counted, each array under its own name after this one."""
        return {f"{name}words": self._words, f"{name}pairs": self._pairs, f"{name}sizes": np.array(self._sizes)}

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str, *, certainty: float) -> Odds:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        odds = cls.__new__(cls)
        odds._take(arrays[f"{name}words"], arrays[f"{name}pairs"], arrays[f"{name}sizes"].tolist(), certainty)
        return odds

    def _take(self, words: Counts, pairs: Counts, sizes: Sequence[int], certainty: float) -> None:
        self._words, self._pairs, self._certainty = words, pairs, certainty
        self._sizes = (sizes[False], sizes[True])
        self._smoothing = tuple(
            _SMOOTHING * max(1.0, _LARGER_SIDE * sizes[side] / (sizes[not side] + 1.0)) for side in (False, True)
        )

    def of(self, read: Numbered, *, without: bool | None = None) -> float:
        """Log odds of True; `without` is the side of the text when the text itself was learnt from.

        Zero when nothing was learnt of one of the sides; nothing from a term not seen at all.
        """
        if not all(self._sizes):
            return 0.0
        counts = np.concatenate((self._words[read.words.numbers], self._pairs[read.pairs.numbers]))
        if without is not None:
            counts[:, int(without)] -= 1
        smooth_false, smooth_true = self._smoothing
        seen = counts[counts.sum(axis=1) > 0]
        odds = np.log(
            ((seen[:, 1] + smooth_true) * (self._sizes[0] + 2.0 * smooth_false))
            / ((seen[:, 0] + smooth_false) * (self._sizes[1] + 2.0 * smooth_true))
        )
        return self._certainty * float(odds.sum())


def _counted(texts: Texts, sides: Sequence[bool | None], size: int) -> Counts:
    columns = [
        np.bincount(texts.numbers[np.array([one is side for one in sides], dtype=np.bool_)[texts.rows]], minlength=size)
        for side in (False, True)
    ]
    return np.stack(columns, axis=1).astype(np.int32)
