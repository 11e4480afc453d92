"""An inverted index: dot products of one sparse query with many sparse rows, in numpy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]


class Postings:
    """Rows of term -> weight, stored term by term so that a query touches only its own terms."""

    def __init__(self, rows: Sequence[Mapping[str, float]]) -> None:
        self.size = len(rows)
        by_term: dict[str, tuple[list[int], list[float]]] = {}
        for number, row in enumerate(rows):
            for term, weight in row.items():
                numbers, weights = by_term.setdefault(term, ([], []))
                numbers.append(number)
                weights.append(weight)
        terms = sorted(by_term)
        self._slot = {term: slot for slot, term in enumerate(terms)}
        counts = [len(by_term[term][0]) for term in terms]
        self._start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        self._rows: Integers = np.array([n for term in terms for n in by_term[term][0]], dtype=np.int32)
        self._weights: Floats = np.array([w for term in terms for w in by_term[term][1]], dtype=np.float32)

    def __contains__(self, term: object) -> bool:
        return term in self._slot

    def count(self, term: str) -> int:
        """How many rows have the term."""
        slot = self._slot.get(term)
        return 0 if slot is None else int(self._start[slot + 1] - self._start[slot])

    def row_weights(self, term: str) -> tuple[Integers, Floats]:
        """The rows that have the term, and its weight in each."""
        slot = self._slot.get(term)
        if slot is None:
            return self._rows[:0], self._weights[:0]
        start, end = self._start[slot], self._start[slot + 1]
        return self._rows[start:end], self._weights[start:end]

    def dot(self, query: Mapping[str, float] | Iterable[tuple[str, float]]) -> Floats:
        """The dot product of `query` with every row; shape (size,)."""
        items = query.items() if isinstance(query, Mapping) else query
        rows: list[Integers] = []
        weights: list[Floats] = []
        for term, weight in items:
            slot = self._slot.get(term)
            if slot is not None:
                start, end = self._start[slot], self._start[slot + 1]
                rows.append(self._rows[start:end])
                weights.append(self._weights[start:end] * np.float32(weight))
        if not rows:
            return np.zeros(self.size, dtype=np.float32)
        summed = np.bincount(np.concatenate(rows), np.concatenate(weights), minlength=self.size)
        return summed.astype(np.float32)
