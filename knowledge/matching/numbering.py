"""Terms as numbers, and many texts as one table."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.matching.profiles import Terms, Texts


class Numbering:
    """Terms to numbers in alphabetical order; the last number stands for every term not seen at build."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._number = {term: number for number, term in enumerate(sorted(set(terms)))}

    def array(self) -> npt.NDArray[np.uint8]:
        """All terms, in order."""
        return strings_to_array(self._number)

    @classmethod
    def from_array(cls, array: npt.NDArray[np.uint8]) -> Numbering:
        """The inverse; raises ValueError on a foreign array."""
        numbering = cls.__new__(cls)
        numbering._number = {term: number for number, term in enumerate(strings_from_array(array))}
        return numbering

    def __len__(self) -> int:
        return len(self._number) + 1

    def __contains__(self, term: object) -> bool:
        return term in self._number

    def terms(self, amounts: Mapping[str, float]) -> Terms:
        """A text's terms by number."""
        unknown = len(self._number)
        numbers = np.array([self._number.get(term, unknown) for term in amounts], dtype=np.int64)
        return Terms(numbers, np.array(list(amounts.values()), dtype=np.float32))


def strings_to_array(strings: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Strings as the bytes of a JSON list, which any string survives."""
    return np.frombuffer(json.dumps(list(strings), ensure_ascii=False).encode(), dtype=np.uint8)


def strings_from_array(array: npt.NDArray[np.uint8]) -> list[str]:
    """The inverse; raises ValueError on a foreign array. What stands in several of them is held once."""
    strings: list[str] = json.loads(array.tobytes())
    return [sys.intern(one) for one in strings]


def gather(rows: Sequence[Terms]) -> Texts:
    """Many texts as one table."""
    return Texts(
        np.repeat(np.arange(len(rows), dtype=np.int64), [len(row.numbers) for row in rows]),
        np.concatenate([row.numbers for row in rows]) if rows else np.zeros(0, dtype=np.int64),
        np.concatenate([row.amounts for row in rows]) if rows else np.zeros(0, dtype=np.float32),
    )
