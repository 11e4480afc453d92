"""Sentences that are written down for a form, found again word for word.

Somebody at the service desk wrote a sentence down as one of a form's, or approved it after it had been said: whoever
says the same means that form, however many other words of the sentence speak for its neighbours ("Citrix virker ikke"
is in the title of the form for printing from Citrix).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from knowledge.matching.profiles import Arrays

_SEVERAL = -1


class Sayings:
    """Knows sentences by the stems of their words, in order, and whose each is."""

    def __init__(self, keys: npt.NDArray[np.int64], owners: npt.NDArray[np.int32]) -> None:
        """`keys` are sorted and each once; `owners` are theirs. Both have shape (sentences,)."""
        self._keys, self._owners = keys, owners

    @classmethod
    def learn(cls, said: Iterable[tuple[Sequence[str], int]]) -> Sayings:
        """From the stems of every sentence and its owner; what several owners have is nobody's."""
        owner_of: dict[int, int] = {}
        for stems, owner in said:
            key = _key(stems)
            owner_of[key] = owner if owner_of.get(key, owner) == owner else _SEVERAL
        known = sorted((key, owner) for key, owner in owner_of.items() if owner != _SEVERAL)
        keys, owners = [key for key, _ in known], [owner for _, owner in known]
        return cls(np.array(keys, dtype=np.int64), np.array(owners, dtype=np.int32))

    def arrays(self, name: str) -> Arrays:
        """All of it, each array under its own name after this one."""
        return {f"{name}keys": self._keys, f"{name}owners": self._owners}

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> Sayings:
        """The inverse; raises KeyError on foreign arrays."""
        return cls(arrays[f"{name}keys"], arrays[f"{name}owners"])

    def owner(self, stems: Sequence[str]) -> int | None:
        """Whose sentence it is, or None when nobody's or several owners'."""
        key = _key(stems)
        place = int(np.searchsorted(self._keys, key))
        return int(self._owners[place]) if place < len(self._keys) and self._keys[place] == key else None


def _key(stems: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(stems).encode(), digest_size=8).digest(), "big", signed=True)
