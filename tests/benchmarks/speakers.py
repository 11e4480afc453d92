"""Who speaks in the benchmarks of turns: conversations at the same time, and their names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

CONVERSATIONS = (1, 8, 64)
ROUNDS = 3


def speakers() -> Iterator[str]:
    """Every conversation's id, in any order; who speaks in it is called `user-` and the id."""
    for conversations, number in itertools.product(CONVERSATIONS, range(ROUNDS)):
        yield from (f"c{conversations}-{number}-{one}" for one in range(conversations))
