"""Terms and whole numbers as places in an order, and strings as an array."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt


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

    def of(self, terms: Iterable[str]) -> npt.NDArray[np.int64]:
        """The number of each term; shape (terms,)."""
        unknown = len(self._number)
        return np.array([self._number.get(term, unknown) for term in terms], dtype=np.int64)


class Ranks:
    """Whole numbers to their place among those that occur; the last place stands for every other number."""

    def __init__(self, known: npt.NDArray[np.integer]) -> None:
        """`known` are the numbers that occur, sorted; shape (n,)."""
        self.known = known

    def __len__(self) -> int:
        return len(self.known) + 1

    def of(self, numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """The place of each number; shape as given."""
        places = np.searchsorted(self.known, numbers)
        known = self.known[np.minimum(places, len(self.known) - 1)] == numbers if len(self.known) else places < 0
        return np.where(known, places, len(self.known)).astype(np.int64)


def strings_to_array(strings: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Strings as the bytes of a JSON list, which any string survives."""
    return np.frombuffer(json.dumps(list(strings), ensure_ascii=False).encode(), dtype=np.uint8)


def strings_from_array(array: npt.NDArray[np.uint8]) -> list[str]:
    """The inverse; raises ValueError on a foreign array. What stands in several of them is held once."""
    strings: list[str] = json.loads(array.tobytes())
    return [sys.intern(one) for one in strings]
