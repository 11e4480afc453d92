"""Faults to order, one by one or at random, as section 12 of the reference lists them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong with an answer. Some of them come after the work was done: those are the traps."""

    LATE = "late"
    UNAUTHORISED = "unauthorised"
    THROTTLED = "throttled"
    BAD_GATEWAY = "bad_gateway"
    LOGIN_PAGE = "login_page"
    TRUNCATED = "truncated"
    CLOSED = "closed"
    FAILED = "failed"
    REDIRECT = "redirect"
    SOFT_UPLOAD = "soft_upload"
    """an upload only"""
    FLAT_ERROR = "flat_error"


EIGHT = (
    Fault.LATE, Fault.UNAUTHORISED, Fault.THROTTLED, Fault.BAD_GATEWAY, Fault.LOGIN_PAGE, Fault.TRUNCATED,
    Fault.CLOSED, Fault.FAILED,
)  # fmt: skip
"""The eight kinds of the chaos run."""

NEVER_DONE = (Fault.UNAUTHORISED, Fault.THROTTLED, Fault.FAILED, Fault.SOFT_UPLOAD, Fault.FLAT_ERROR)
"""Answers that say that nothing was done."""


@dataclass
class Faults:
    """The faults of the answers to come.

    ordered: (part of the path, fault or None for a call that goes well, whether the work is done all the same), used up
    one by one. share: how many of the calls get one of `kinds` at random. late: seconds a LATE answer takes.
    retry_after: what a THROTTLED answer asks for. down: nothing at all is answered.
    """

    ordered: list[tuple[str, Fault | None, bool]] = field(default_factory=list)
    share: float = 0.0
    kinds: tuple[Fault, ...] = EIGHT
    late: float = 2.0
    retry_after: str = "1"
    down: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(20261124))
    given: dict[Fault, int] = field(default_factory=dict)

    def order(self, part: str, fault: Fault, *, done: bool = False, times: int = 1, after: int = 0) -> None:
        """The next `times` calls whose path has this part, after so many that go well.

        done: the work is carried out before the answer is lost.
        """
        self.ordered += [(part, None, False)] * after + [(part, fault, done)] * times

    def next(self, path: str) -> tuple[Fault, bool] | None:
        """The fault of this call and whether its work is done, or None when all is well."""
        for index, (part, fault, done) in enumerate(self.ordered):
            if part in path:
                del self.ordered[index]
                return self._give(fault, done) if fault is not None else None
        if self.chance.random() >= self.share:
            return None
        fault = self.chance.choice(self.kinds)
        done = fault is Fault.LATE or (fault not in NEVER_DONE and self.chance.random() < 0.5)
        return self._give(fault, done)

    def _give(self, fault: Fault, done: bool) -> tuple[Fault, bool]:
        self.given[fault] = self.given.get(fault, 0) + 1
        return fault, done
