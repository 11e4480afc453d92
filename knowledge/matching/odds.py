"""Two-sided questions about a text, answered by how sentences of either side are worded: fault or order, ours or not.

Naive Bayes over words, synonyms and pairs of every sentence, whatever its form: people word a fault ("får ikke",
"plutselig") otherwise than an order ("trenger", "kan dere gi"), and that holds across all forms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from knowledge.matching.numbering import strings_from_array, strings_to_array
from knowledge.matching.profiles import Arrays
from knowledge.matching.reader import Reading

_SMOOTHING = 0.3
_LARGER_SIDE = 0.2  # smoothing of the larger side grows with its size, at this share


class Odds:
    """Learns from readings, each on one side (True or False); tells the log odds of True for a text."""

    def __init__(self, sentences: Iterable[tuple[Reading, bool]], *, certainty: float = 1.0) -> None:
        """`certainty` scales the sum: neighbouring words repeat each other's evidence."""
        counts: dict[str, list[int]] = {}
        sizes = [0, 0]
        for reading, side in sentences:
            sizes[side] += 1
            for term in terms_of(reading):
                counts.setdefault(term, [0, 0])[side] += 1
        self._take(counts, sizes, certainty)

    def arrays(self, name: str) -> Arrays:
        """What was counted, each array under its own name after this one."""
        return {
            f"{name}terms": strings_to_array(self._counts),
            f"{name}counts": np.array(list(self._counts.values()), dtype=np.int32).reshape(-1, 2),
            f"{name}sizes": np.array(self._sizes),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str, *, certainty: float) -> Odds:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        odds = cls.__new__(cls)
        counts = zip(strings_from_array(arrays[f"{name}terms"]), arrays[f"{name}counts"].tolist(), strict=True)
        odds._take(dict(counts), arrays[f"{name}sizes"].tolist(), certainty)
        return odds

    def _take(self, counts: dict[str, list[int]], sizes: list[int], certainty: float) -> None:
        self._certainty = certainty
        self._counts = counts
        self._sizes = (sizes[False], sizes[True])
        self._smoothing = tuple(
            _SMOOTHING * max(1.0, _LARGER_SIDE * sizes[side] / (sizes[not side] + 1.0)) for side in (False, True)
        )
        self._odds = {term: self._of(pair[0], pair[1]) for term, pair in self._counts.items()} if all(sizes) else {}

    def _of(self, false: int, true: int) -> float:
        """The log odds from a term seen so often on either side; nothing from one not seen at all."""
        if false + true <= 0:
            return 0.0
        smooth_false, smooth_true = self._smoothing
        return math.log(
            ((true + smooth_true) * (self._sizes[0] + 2.0 * smooth_false))
            / ((false + smooth_false) * (self._sizes[1] + 2.0 * smooth_true))
        )

    def of(self, reading: Reading, *, without: bool | None = None) -> float:
        """Log odds of True; `without` is the side of the text when the text itself was learnt from.

        Zero when nothing was learnt of one of the sides.
        """
        if without is None or not self._odds:
            return self._certainty * sum(self._odds.get(term, 0.0) for term in terms_of(reading))
        odds = 0.0
        for term in terms_of(reading):
            false, true = self._counts.get(term, (0, 0))
            odds += self._of(false - (without is False), true - (without is True))
        return self._certainty * odds


def terms_of(reading: Reading) -> Iterable[str]:
    """The terms of a text that are counted, each once."""
    return dict.fromkeys((*reading.words, *reading.pairs))
