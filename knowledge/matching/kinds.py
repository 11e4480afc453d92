"""Fault or order: naive Bayes over words and pairs of every example sentence, whatever its form.

How people word a fault ("får ikke", "plutselig") differs from how they word an order ("trenger", "kan dere gi"), and
that holds across all forms, so all sentences are evidence together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from knowledge.catalogue.form import Kind
from knowledge.matching.reader import Reading

_SMOOTHING = 0.4
_CERTAINTY = 0.3  # neighbouring words repeat each other's evidence, so the sum is scaled down
_SEEN_AT_LEAST = 2


class Kinds:
    """Learns from readings with a known kind; tells how much a text sounds like a fault."""

    def __init__(self, sentences: Iterable[tuple[Reading, Kind]]) -> None:
        self._counts: dict[str, list[int]] = {}
        self._totals = [0, 0]
        for reading, kind in sentences:
            side = int(kind is Kind.SUPPORT)
            for term in _terms(reading):
                self._counts.setdefault(term, [0, 0])[side] += 1
        self._counts = {term: pair for term, pair in self._counts.items() if sum(pair) >= _SEEN_AT_LEAST}
        for service, support in self._counts.values():
            self._totals[0] += service
            self._totals[1] += support

    def fault_odds(self, reading: Reading, without: Kind | None = None) -> float:
        """Log odds that the text is a fault; `without` is its kind when the text itself was learnt from."""
        taken = [0, 0]
        if without is not None:
            taken[int(without is Kind.SUPPORT)] = 1
        vocabulary = _SMOOTHING * len(self._counts)
        odds = 0.0
        base = math.log((self._totals[0] + vocabulary) / (self._totals[1] + vocabulary)) if self._counts else 0.0
        for term in _terms(reading):
            pair = self._counts.get(term)
            if pair is not None:
                odds += base + math.log(
                    (max(pair[1] - taken[1], 0) + _SMOOTHING) / (max(pair[0] - taken[0], 0) + _SMOOTHING)
                )
        return _CERTAINTY * odds


def _terms(reading: Reading) -> set[str]:
    return {*reading.words, *reading.pairs}
