"""Where the notices of a group are posted: each group has one target or several (G 5.1.2.2).

A target is one place: a channel, a community, a group elsewhere, an address. Every target gets its posts by itself,
so that one that fails neither holds up nor hides another. A target may stand in for another one (`instead_of`): it is
used only while that one cannot be reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.yaml_files import Section

EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
"""One plain address, without a name: it must be able to stand in a header as it is."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class FeedKind(StrEnum):
    """What kind of place a target is. `page` is the local feed page, which needs no service."""

    PAGE = "page"
    TEAMS = "teams"
    ENGAGE = "engage"
    WORKPLACE = "workplace"
    EMAIL = "email"


# How the place is named in the file, and what such a name looks like.
_ADDRESSES: Mapping[FeedKind, tuple[str, re.Pattern[str], str]] = {
    FeedKind.TEAMS: (
        "channel",
        re.compile(r"19:[^\s;]+@thread\.(tacv2|skype)"),
        "must be the id of a channel, such as 19:abc@thread.tacv2, without a message id",
    ),
    FeedKind.ENGAGE: ("community", re.compile(r"[0-9]{1,20}"), "must be the number of a community, in quotes"),
    FeedKind.WORKPLACE: ("group", re.compile(r"[0-9]{1,20}"), "must be the number of a group, in quotes"),
    FeedKind.EMAIL: ("to", EMAIL, "must be one e-mail address"),
}


@dataclass(frozen=True, slots=True)
class FeedTarget:
    """One place. `address` is what its service calls it (empty for the page); `instead_of` the key it stands in for."""

    group: str
    key: str
    kind: FeedKind
    address: str = ""
    instead_of: str = ""

    @property
    def id(self) -> str:
        """Its name among the targets of all groups; kept with every post, so a key is never reused for another."""
        return f"{self.group}/{self.key}"


def page_of(group: str) -> FeedTarget:
    """The target of a group that has no other."""
    return FeedTarget(group, FeedKind.PAGE.value, FeedKind.PAGE)


@dataclass(frozen=True, slots=True)
class FeedRouting:
    """The targets of every group, by group key. A group it does not know has its page."""

    groups: Mapping[str, Sequence[FeedTarget]] = field(default_factory=dict)

    def of(self, group: str) -> Sequence[FeedTarget]:
        """The targets of a group, those that stand in for others too."""
        return self.groups.get(group) or (page_of(group),)

    def find(self, target_id: str) -> FeedTarget | None:
        """The target with this id, or None when nobody has it (any more)."""
        return next((one for one in self.of(target_id.partition("/")[0]) if one.id == target_id), None)

    def stand_ins(self, target: FeedTarget) -> tuple[FeedTarget, ...]:
        """What is used while this target cannot be reached."""
        return tuple(one for one in self.of(target.group) if one.instead_of == target.key)


def read_targets(group: str, section: Section) -> tuple[FeedTarget, ...]:
    """The targets of a group's section, the page when it names none; raises BrokenKnowledge."""
    if not section.has("targets"):
        return (page_of(group),)
    found = [_target(group, key, one) for key, one in section.named_sections("targets")]
    by_key = {one.key: one for one in found}
    for one in found:
        first = by_key.get(one.instead_of)
        if one.instead_of and (first is None or first is one or first.instead_of):
            raise section.wrong(
                "targets", f"{one.key}: instead_of must name a target of the group that stands in for no other"
            )
    if not any(not one.instead_of for one in found):
        raise section.wrong("targets", "there must be at least one")
    return tuple(found)


def check_apart(root: Section, open_targets: Iterable[FeedTarget], closed_targets: Iterable[FeedTarget]) -> None:
    """Raise BrokenKnowledge when a closed group and an open one share a place: what is closed would leak there."""
    shared = {_place(one) for one in open_targets if one.address} & {
        _place(one) for one in closed_targets if one.address
    }
    for kind, address in sorted(shared):
        raise root.wrong("groups", f"{kind} {address} is a target of an open and of a closed group")


def _place(target: FeedTarget) -> tuple[str, str]:
    return target.kind.value, target.address.casefold()


def _target(group: str, key: str, section: Section) -> FeedTarget:
    if not _KEY.fullmatch(key):
        raise section.wrong(key, "a target's name has small letters, digits and _ only")
    kind = FeedKind(section.one_of("kind", [one.value for one in FeedKind]))
    address = ""
    if kind in _ADDRESSES:
        name, form, what = _ADDRESSES[kind]
        address = section.text(name)
        if not form.fullmatch(address):
            raise section.wrong(name, what)
    instead_of = section.text_or("instead_of", "")
    section.done()
    return FeedTarget(group, key, kind, address, instead_of)
