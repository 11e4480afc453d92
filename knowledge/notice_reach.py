"""Whom a notice reaches: which of its groups are closed, and how many people that is (G 5.1.2.2).

One place for both rooms that must know: the dialog, which says it beforehand, and the bot room, which checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.opening_hours import Staffing, staffing
from knowledge.organisation import Group, Organisation


@dataclass(frozen=True, slots=True)
class NoticeReach:
    """The groups by key. A group that is not known counts as closed: what is meant for few must not reach many."""

    groups: Mapping[str, Group] = field(default_factory=dict)
    approval_from: int = 0
    """from so many members on a second person approves; 0: never"""
    alone_at: Callable[[datetime], bool] = lambda _at: False
    """whether there is no second person at work then"""

    def is_open(self, key: str) -> bool:
        """Whether everybody may read what this group gets."""
        return key in self.groups and self.groups[key].kind == "open"

    def shows_on_portal(self, keys: Collection[str]) -> bool:
        """Whether everybody may read it on Kundeportalen: what only closed groups get is their own."""
        return any(self.is_open(key) for key in keys)

    def has_closed(self, keys: Collection[str]) -> bool:
        """Whether a closed group is among them."""
        return any(not self.is_open(key) for key in keys)

    def members(self, keys: Collection[str]) -> int:
        """How many people it reaches, those of several groups counted in each."""
        return sum(self.groups[key].members for key in set(keys) if key in self.groups)

    def is_widest(self, keys: Collection[str]) -> bool:
        """Whether it reaches so many that the number is said and confirmed, and a second person looks at it."""
        return 0 < self.approval_from <= self.members(keys)

    def needs_approval(self, keys: Collection[str], at: datetime) -> bool:
        """Whether a second person must approve it. From the time when one person is on duty alone (G 4.3) nobody else
        is there, and an outage must be told all the same."""
        return self.is_widest(keys) and not self.alone_at(at)


def reach_of(organisation: Organisation) -> NoticeReach:
    """The reach of this organisation's groups."""
    return NoticeReach(
        organisation.groups,
        organisation.approval_from_members,
        lambda at: staffing(organisation, at) is not Staffing.OPEN,
    )
