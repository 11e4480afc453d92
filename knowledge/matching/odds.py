"""Two-sided questions about a text, answered by how sentences of either side are worded: fault or order, ours or not.

Naive Bayes over words, synonyms and pairs of every sentence, whatever its form: people word a fault ("får ikke",
"plutselig") otherwise than an order ("trenger", "kan dere gi"), and that holds across all forms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from knowledge.matching.reader import Reading

_SMOOTHING = 0.3
_LARGER_SIDE = 0.2  # smoothing of the larger side grows with its size, at this share


class Odds:
    """Learns from readings, each on one side (True or False); tells the log odds of True for a text."""

    def __init__(self, sentences: Iterable[tuple[Reading, bool]], *, certainty: float = 1.0) -> None:
        """`certainty` scales the sum: neighbouring words repeat each other's evidence."""
        self._certainty = certainty
        self._counts: dict[str, list[int]] = {}
        sizes = [0, 0]
        for reading, side in sentences:
            sizes[side] += 1
            for term in terms_of(reading):
                self._counts.setdefault(term, [0, 0])[side] += 1
        self._sizes = (sizes[False], sizes[True])
        self._smoothing = tuple(
            _SMOOTHING * max(1.0, _LARGER_SIDE * sizes[side] / (sizes[not side] + 1.0)) for side in (False, True)
        )

    def of(self, reading: Reading, *, without: bool | None = None) -> float:
        """Log odds of True; `without` is the side of the text when the text itself was learnt from."""
        if 0 in self._sizes:
            return 0.0
        false, true = self._smoothing
        base = math.log((self._sizes[0] + 2.0 * false) / (self._sizes[1] + 2.0 * true))
        odds = 0.0
        for term in terms_of(reading):
            pair = self._counts.get(term)
            if pair is None:
                continue
            seen_false = pair[0] - (without is False)
            seen_true = pair[1] - (without is True)
            if seen_false + seen_true > 0:
                odds += base + math.log((seen_true + true) / (seen_false + false))
        return self._certainty * odds


def terms_of(reading: Reading) -> set[str]:
    """The terms of a text that are counted, each once."""
    return {*reading.words, *reading.pairs}
