"""Two-sided questions about a text, answered by how sentences of either side are worded: fault or order, ours or not.

Naive Bayes over words, synonyms and pairs of every sentence, whatever its form: people word a fault ("får ikke",
"plutselig") otherwise than an order ("trenger", "kan dere gi"), and that holds across all forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

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
        pairs = np.array(list(counts.values()), dtype=np.int32).reshape(-1, 2)
        self._take(counts, pairs, sizes)
        self._certainty = certainty

    def arrays(self, name: str) -> Arrays:
        """What was counted, each array under its own name after this one."""
        return {
            f"{name}terms": strings_to_array(self._place),
            f"{name}counts": self._counts,
            f"{name}sizes": np.array(self._sizes),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str, *, certainty: float) -> Odds:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        odds = cls.__new__(cls)
        odds._take(strings_from_array(arrays[f"{name}terms"]), arrays[f"{name}counts"], arrays[f"{name}sizes"].tolist())
        odds._certainty = certainty
        return odds

    def _take(self, terms: Iterable[str], counts: npt.NDArray[np.int32], sizes: Sequence[int]) -> None:
        """`counts` are those of False and of True for each of the terms; shape (terms, 2)."""
        self._place = {term: place for place, term in enumerate(terms)}
        self._counts = counts
        self._sizes = (sizes[False], sizes[True])
        self._smoothing = tuple(
            _SMOOTHING * max(1.0, _LARGER_SIDE * sizes[side] / (sizes[not side] + 1.0)) for side in (False, True)
        )

    def _of(self, counts: npt.NDArray[np.int32]) -> float:
        """The sum of the log odds from terms seen so often on either side; nothing from one not seen at all."""
        smooth_false, smooth_true = self._smoothing
        seen = counts[counts.sum(axis=1) > 0]
        odds = np.log(
            ((seen[:, 1] + smooth_true) * (self._sizes[0] + 2.0 * smooth_false))
            / ((seen[:, 0] + smooth_false) * (self._sizes[1] + 2.0 * smooth_true))
        )
        return float(odds.sum())

    def of(self, reading: Reading, *, without: bool | None = None) -> float:
        """Log odds of True; `without` is the side of the text when the text itself was learnt from.

        Zero when nothing was learnt of one of the sides.
        """
        if not all(self._sizes):
            return 0.0
        places = [place for term in terms_of(reading) if (place := self._place.get(term)) is not None]
        counts = self._counts[places]
        if without is not None:
            counts[:, int(without)] -= 1
        return self._certainty * self._of(counts)


def terms_of(reading: Reading) -> Iterable[str]:
    """The terms of a text that are counted, each once."""
    return dict.fromkeys((*reading.words, *reading.pairs))
