"""Character n-grams as numbers, for whole corpora at once: they carry typing errors, compounds and inflection.

A text is its words without æ, ø and å, with one space around each; every run of three and four characters is a term.
The number of a run is its characters read as digits; the runs that occur are then numbered in that order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.matching.norwegian import plain
from knowledge.matching.profiles import Terms, Texts

_BASE = 37  # space, a-z, 0-9
_THREE = _BASE**3
TERMS = _THREE + _BASE**4
MAX_LETTERS = 800
"""More is not read: the time for a text is bounded, and a need is told in its first lines."""

_AT_ONCE = 1_000
"""Texts worked on at a time, which bounds the memory an index takes while it is built."""

_DIGIT = np.zeros(256, dtype=np.int64)
for _place, _character in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1):
    _DIGIT[ord(_character)] = _place


def letters_of(words: Sequence[str]) -> bytes:
    """The letters of a text's words, in the one spelling, ready for `terms_of`."""
    return f" {' '.join(plain(word) for word in words)} "[:MAX_LETTERS].encode("ascii", "replace")


def _numbers(letters: bytes) -> npt.NDArray[np.int64]:
    digits = _DIGIT[np.frombuffer(letters, dtype=np.uint8)]
    if len(digits) < 3:
        return digits[:0]
    threes = (digits[:-2] * _BASE + digits[1:-1]) * _BASE + digits[2:]
    fours = threes[:-1] * _BASE + digits[3:] + _THREE
    return np.concatenate((threes, fours))


def terms_of(letters: bytes) -> Terms:
    """The runs of one text; a run that comes n times counts 1 + log n."""
    numbers, counts = np.unique(_numbers(letters), return_counts=True)
    return Terms(numbers, (1.0 + np.log(counts)).astype(np.float32))


def texts_of(letters: Sequence[bytes]) -> Texts:
    """The runs of many texts at once."""
    parts = [
        _counted([_numbers(text) for text in letters[first : first + _AT_ONCE]], first)
        for first in range(0, len(letters), _AT_ONCE)
    ]
    if not parts:
        return Texts(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    return Texts(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _counted(
    each: Sequence[npt.NDArray[np.int64]], first: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Rows (counted from `first`), numbers and amounts of some texts' runs."""
    rows = np.repeat(np.arange(first, first + len(each), dtype=np.int64), [len(numbers) for numbers in each])
    keys, counts = np.unique(rows * TERMS + np.concatenate(each), return_counts=True)
    amounts = (1.0 + np.log(counts)).astype(np.float32)
    return (keys // TERMS).astype(np.int32), (keys % TERMS).astype(np.int32), amounts
