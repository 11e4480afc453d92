"""Readings as numbers: of words, of neighbouring pairs of stems, and of runs of letters.

Thousands of sentences are learnt from. As numbers they take a tenth of the memory, and a pair needs no string of its
own: it is the numbers of its two stems.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.matching import letters
from knowledge.matching.numbering import Numbering, Ranks
from knowledge.matching.profiles import Arrays, Integers, Terms, Texts
from knowledge.matching.reader import Reading

_AT_ONCE = 65_536
"""Runs of letters numbered at a time, which bounds the memory an index takes while it is built."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One reading as numbers, each term once. `content` tells which of `words` are no function words; same shape."""

    words: Terms
    content: npt.NDArray[np.bool_]
    pairs: Terms
    runs: Terms


class Vocabulary:
    """Everything that was seen in a corpus, numbered in an order that does not depend on the order of its readings."""

    def __init__(self, words: Numbering, pairs: Ranks, runs: Ranks) -> None:
        """`pairs` are numbers as `_paired` makes them of the numbers of words."""
        self.words, self.pairs, self.runs = words, pairs, runs

    def arrays(self, name: str) -> Arrays:
        """All of it, each array under its own name after this one."""
        return {f"{name}words": self.words.array(), f"{name}pairs": self.pairs.known, f"{name}runs": self.runs.known}

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> Vocabulary:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        words = Numbering.from_array(arrays[f"{name}words"])
        return cls(words, Ranks(arrays[f"{name}pairs"]), Ranks(arrays[f"{name}runs"]))

    def worded(self, reading: Reading) -> Terms:
        """The words of a reading as numbers, which is quick."""
        return Terms(self.words.of(reading.words), np.array(list(reading.words.values()), dtype=np.float32))

    def numbered(self, reading: Reading) -> Numbered:
        """One reading as numbers."""
        content = np.array([term not in reading.function for term in reading.words], dtype=np.bool_)
        stems = self.words.of(reading.stems)
        pairs = np.unique(self.pairs.of(_paired(stems[:-1], stems[1:], len(self.words))))
        runs = letters.terms_of(reading.letters)
        return Numbered(
            self.worded(reading),
            content,
            Terms(pairs, np.ones(len(pairs), dtype=np.float32)),
            Terms(self.runs.of(runs.numbers), runs.amounts),
        )


class Corpus:
    """Readings as they come, with nothing kept of them but numbers."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}  # of each term, in the order they were met
        self._words, self._amounts, self._content, self._ends = array("i"), array("f"), array("b"), array("i")
        self._stems, self._stem_ends = array("i"), array("i")
        self._letters: list[bytes] = []

    def add(self, reading: Reading) -> None:
        """One more."""
        number, function = self._number, reading.function
        self._words.extend([number.setdefault(term, len(number)) for term in reading.words])
        self._amounts.extend(reading.words.values())
        self._content.extend([term not in function for term in reading.words])
        self._ends.append(len(self._words))
        self._stems.extend([number[stem] for stem in reading.stems])
        self._stem_ends.append(len(self._stems))
        self._letters.append(reading.letters)

    def numbered(self) -> tuple[Vocabulary, NumberedTexts]:
        """The vocabulary of all readings, and the readings by it."""
        words = Numbering(self._number)
        order = words.of(self._number)  # the number each term has now, by the one it was met with
        rows = _rows(self._ends)
        stems, of_stem = order[np.asarray(self._stems)], _rows(self._stem_ends)
        neighbours = np.flatnonzero(of_stem[1:] == of_stem[:-1])
        paired = _paired(stems[neighbours], stems[neighbours + 1], len(words))
        known, places = np.unique(paired, return_inverse=True)
        # once for every text it stands in
        once = np.unique(of_stem[neighbours].astype(np.int64) * max(len(known), 1) + places)
        pairs = Ranks(known)
        found = letters.texts_of(self._letters)
        runs = Ranks(np.unique(found.numbers))
        for start in range(0, len(found.numbers), _AT_ONCE):
            found.numbers[start : start + _AT_ONCE] = runs.of(found.numbers[start : start + _AT_ONCE])
        return Vocabulary(words, pairs, runs), NumberedTexts(
            Texts(rows, order[np.asarray(self._words)].astype(np.int32), np.asarray(self._amounts)),
            np.asarray(self._content, dtype=np.bool_),
            Texts(
                (once // max(len(known), 1)).astype(np.int32),
                (once % max(len(known), 1)).astype(np.int32),
                np.ones(len(once), dtype=np.float32),
            ),
            found,
        )


@dataclass(frozen=True, slots=True)
class NumberedTexts:
    """Many readings as numbers, as `Numbered` is one."""

    words: Texts
    content: npt.NDArray[np.bool_]
    pairs: Texts
    runs: Texts


def _paired(first: Integers, second: Integers, size: int) -> Integers:
    """One number for two neighbours of a vocabulary of `size` words."""
    return first * size + second


def _rows(ends: Sequence[int]) -> npt.NDArray[np.int32]:
    """For each term the number of the text it is of, from where each text's terms end."""
    after = np.array(ends, dtype=np.int64)
    before = np.array([0, *ends[:-1]], dtype=np.int64)
    return np.arange(len(ends), dtype=np.int32).repeat(after - before[: len(after)])
