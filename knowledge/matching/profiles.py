"""What each form sounds like: for every form the weight of every term in its texts, saturated.

A text's terms are weighted by rarity and scaled to length one. A form's profile is the sum of its texts (title,
description, extra words, every example), and a term counts log(1 + sum / saturation): being there at all matters most,
being there often a little more. This is multinomial naive Bayes with its constants dropped, so a form's score depends
on no other form but through the rarity of terms, and one example can be taken out again exactly.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

_AT_ONCE = 8_192
"""Weights summed at a time: larger arrays are returned to the system each time, which costs more than the sums."""

_OWNERS_AT_ONCE = 50
_MANY = 2_000  # owners; in larger catalogues a term is common at the number it is at this size, which bounds the time
_FEW = 10  # owners; a term that no more than these have is never dropped as common

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[Any]]
"""Arrays by name, in which something is kept between two starts."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text: distinct numbers and how much of each there is; the two arrays have one shape (n,)."""

    numbers: Integers
    amounts: Floats


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts term by term: text `rows[i]` has `amounts[i]` of term `numbers[i]`; three arrays of one shape (n,)."""

    rows: npt.NDArray[np.integer]
    numbers: npt.NDArray[np.integer]
    amounts: Floats


class Profiles:
    """The profiles of `size` owners over terms numbered 0..`terms`-1."""

    def __init__(
        self,
        texts: Texts,
        owners: Integers,
        weights: Floats,
        size: int,
        terms: int,
        saturation: float = 0.04,
        rarity_power: float = 0.7,
        common: float = 1.0,
    ) -> None:
        """Text i belongs to `owners[i]` and counts `weights[i]`; both have shape (number of texts,).

        The texts of an owner stand together, and the terms of a text.

        Terms that more than the share `common` of the owners have are dropped: they tell little and cost most.
        The other defaults suit forms with many example sentences.
        """
        self.size = size
        self._saturation = saturation
        cuts = _cuts(texts, owners, size)
        keys, places = _owned(texts, owners, size, cuts)
        spread = np.bincount(keys // max(size, 1), minlength=terms)
        common_ones = spread > max(common * min(size, _MANY), _FEW)
        document_frequency = np.bincount(texts.numbers, minlength=terms)
        rarity = np.log((1.0 + len(owners)) / (1.0 + document_frequency)) + 1.0
        rarity = np.where((document_frequency > 0) & ~common_ones, rarity**rarity_power, 0.0)
        self._rarity: Floats = rarity.astype(np.float32)
        sums = np.zeros(len(keys), dtype=np.float64)
        for first, last in itertools.pairwise(cuts):
            if first == last:
                continue
            weighted = texts.amounts[first:last] * self._rarity[texts.numbers[first:last]]
            rows = texts.rows[first:last]
            in_cut = rows - rows[0]
            lengths = np.sqrt(np.bincount(in_cut, weighted * weighted))
            lengths[lengths == 0.0] = 1.0
            shares = weighted / lengths[in_cut] * weights[rows]
            before = int(places[first:last].min())
            summed = np.bincount(places[first:last] - before, shares)
            sums[before : before + len(summed)] = summed
        order = np.argsort(keys)
        order = order[~common_ones[keys[order] // max(size, 1)]]
        keys, sums = keys[order], sums[order]
        self._owners = (keys % max(size, 1)).astype(np.int32 if size > np.iinfo(np.uint16).max else np.uint16)
        self._weights: Floats = np.log1p(sums / saturation).astype(np.float32)
        counts = np.bincount(keys // max(size, 1), minlength=terms)
        self._start: npt.NDArray[np.int32] = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)

    def arrays(self, name: str) -> Arrays:
        """All there is to know of the profiles, each array under its own name after this one."""
        return {
            f"{name}.size": np.array([self.size, self._saturation]),
            f"{name}.rarity": self._rarity,
            f"{name}.owners": self._owners,
            f"{name}.weights": self._weights,
            f"{name}.start": self._start,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> Profiles:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        profiles = cls.__new__(cls)
        size, profiles._saturation = arrays[f"{name}.size"].tolist()
        profiles.size = int(size)
        profiles._rarity = arrays[f"{name}.rarity"]
        profiles._owners = arrays[f"{name}.owners"]
        profiles._weights = arrays[f"{name}.weights"]
        profiles._start = arrays[f"{name}.start"]
        return profiles

    def weighted(self, terms: Terms) -> Terms:
        """The known terms of a text weighted by rarity and scaled to length one."""
        weighted = terms.amounts * self._rarity[terms.numbers]
        known = weighted > 0.0
        length = float(np.sqrt(np.dot(weighted, weighted))) or 1.0
        return Terms(terms.numbers[known], (weighted[known] / length).astype(np.float32))

    def score(self, terms: Terms) -> Floats:
        """How well a weighted text fits every owner; shape (size,)."""
        starts = self._start[terms.numbers]
        counts = self._start[terms.numbers + 1] - starts
        ends = counts.cumsum()
        total = int(ends[-1]) if len(ends) else 0
        if total <= _AT_ONCE:
            return self._summed(starts, counts, terms.amounts).astype(np.float32)
        scores = np.zeros(self.size, dtype=np.float64)
        cuts = [0, *np.searchsorted(ends, np.arange(_AT_ONCE, total, _AT_ONCE)).tolist(), len(counts)]
        for first, last in itertools.pairwise(cuts):
            scores += self._summed(starts[first:last], counts[first:last], terms.amounts[first:last])
        return scores.astype(np.float32)

    def _summed(
        self, starts: npt.NDArray[np.int32], counts: npt.NDArray[np.int32], amounts: Floats
    ) -> npt.NDArray[np.float64]:
        """For every owner the sum over some terms of amount times weight, the weights of a term standing together from
        `starts` on, `counts` of them."""
        ends = counts.cumsum()
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + (starts - ends + counts).repeat(counts)
        products = self._weights[places] * amounts.repeat(counts)
        return np.asarray(np.bincount(self._owners[places], products, minlength=self.size), dtype=np.float64)

    def contributions(self, terms: Terms, owners: Sequence[int]) -> Floats:
        """What each term of a weighted text adds to the score of some owners; shape (owners, terms)."""
        starts = self._start[terms.numbers]
        counts = self._start[terms.numbers + 1] - starts
        total = int(counts.sum())
        chosen = np.zeros((len(owners), len(terms.numbers)), dtype=np.float32)
        if total:
            ends = np.cumsum(counts)
            places = np.arange(total) + np.repeat(starts - (ends - counts), counts)
            rows = np.repeat(np.arange(len(counts)), counts)
            found = self._owners[places]
            for line, owner in enumerate(owners):
                mine = np.flatnonzero(found == owner)
                chosen[line, rows[mine]] = self._weights[places[mine]] * terms.amounts[rows[mine]]
        return chosen

    def score_without(self, terms: Terms, owner: int, weight: float) -> float:
        """The score of a weighted text for its owner as if it had not been a text of the owner, counting `weight`."""
        score = 0.0
        for number, amount in zip(terms.numbers, terms.amounts, strict=True):
            total = self._saturation * float(np.expm1(self._weight(number, owner)))
            score += float(amount) * float(np.log1p(max(total - weight * float(amount), 0.0) / self._saturation))
        return score

    def _weight(self, number: int, owner: int) -> float:
        start, end = self._start[number], self._start[number + 1]
        place = start + int(np.searchsorted(self._owners[start:end], owner))
        return float(self._weights[place]) if place < end and self._owners[place] == owner else 0.0


def _cuts(texts: Texts, owners: Integers, size: int) -> list[int]:
    """Where to cut the terms of all texts to take some owners at a time, which bounds the memory; owners ascend."""
    last_rows = np.searchsorted(owners, [*range(0, size, _OWNERS_AT_ONCE), size])
    cuts: list[int] = np.searchsorted(texts.rows, last_rows).tolist()
    return cuts


def _owned(texts: Texts, owners: Integers, size: int, cuts: Sequence[int]) -> tuple[Integers, npt.NDArray[np.int32]]:
    """Every pair of term and owner once, as term * size + owner, and for every term of a text its pair's place."""
    keys: list[Integers] = []
    places: list[npt.NDArray[np.int32]] = []
    before = 0
    for first, last in itertools.pairwise(cuts):
        found, inverse = np.unique(
            texts.numbers[first:last].astype(np.int64) * size + owners[texts.rows[first:last]], return_inverse=True
        )
        keys.append(found)
        places.append((inverse + before).astype(np.int32))
        before += len(found)
    if not keys:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    return np.concatenate(keys), np.concatenate(places)
