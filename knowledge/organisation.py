"""The organisation behind the desk: its names, numbers, addresses, hours, links, groups and virksomheter.

All of it is configuration in one file, because the tasks move between agencies while the rules stay. Texts elsewhere
name these facts by placeholder: `{phone}` in a guide answer is filled in with `Organisation.fill`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.errors import BrokenKnowledge
from knowledge.feed_targets import FeedRouting, FeedTarget, check_apart, read_targets
from knowledge.yaml_files import PLACEHOLDER, Section, read_yaml

LINK_NAMES = ("kompass", "access_form", "tjenestekatalog", "kundeportal", "driftsmeldinger", "systemoversikt", "kurs")
"""The links the texts refer to; the file must give all of them and may give more."""

_NAMES = (
    "municipality",
    "agency",
    "agency_short",
    "desk_name",
    "desk_short",
    "phone",
    "email",
    "watch_name",
    "operator",
    "operator_short",
    "pay_desk",
    "case_tool_name",
    "case_portal",
    "local_desk",
    "catalogue_name",
    "portal_name",
    "register_name",
)
PLACEHOLDERS = frozenset(
    {
        *_NAMES,
        "opens",
        "one_on_duty_from",
        "closes",
        "access_form_id",
        "open_group",
        "closed_group",
        *(f"link_{name}" for name in LINK_NAMES),
    }
)
"""What a text may name in braces."""

_URL = re.compile(r"https://[^\s<>\"]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CODE = re.compile(r"[A-ZÆØÅ]{2,5}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class FirstLineWay(StrEnum):
    """How a virksomhet lets its employees reach their own 1.linje; the virksomhet decides (G 3.2.1)."""

    LOKAL_SERVICEDESK = "lokal_servicedesk"
    LINK = "link"
    EMAIL = "email"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True)
class FirstLine:
    """A virksomhet's own 1.linje. `target` is a URL, or an address for e-mail; `label` is its name to users."""

    way: FirstLineWay
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Virksomhet:
    """One virksomhet. `code` is its abbreviation, with which its user names begin."""

    code: str
    name: str
    first_line: FirstLine


@dataclass(frozen=True, slots=True)
class Group:
    """A group notices are posted to (G 5.1.2.2). `kind` is open or closed; `members` is its size, to warn before."""

    key: str
    name: str
    kind: str
    members: int
    targets: tuple[FeedTarget, ...] = ()
    """where its notices are posted; its page when there is none"""


@dataclass(frozen=True, slots=True)
class Organisation:
    """All facts of the organisation. Times are the desk's own clock, in `timezone`."""

    municipality: str
    agency: str
    agency_short: str
    desk_name: str
    desk_short: str
    phone: str
    email: str
    watch_name: str
    """the supplier's round-the-clock watch that gets the phone out of hours"""
    operator: str
    operator_short: str
    pay_desk: str
    case_tool_name: str
    case_portal: str
    local_desk: str
    catalogue_name: str
    portal_name: str
    register_name: str
    opens: time
    one_on_duty_from: time
    closes: time
    timezone: str
    access_form_id: int
    """the form with which access to order is itself ordered (G 4.1)"""
    links: Mapping[str, str]
    link_labels: Mapping[str, Mapping[str, str]]
    """link name -> language -> what to call it"""
    groups: Mapping[str, Group]
    open_group: Group
    closed_group: Group
    approval_from_members: int
    """a notice that reaches so many is approved by a second person; 0: never"""
    virksomheter: Mapping[str, Virksomhet]
    own_platforms: frozenset[str]
    """abbreviations of the virksomheter whose platforms count as the agency's own in the register of systems"""
    operator_suppliers: tuple[str, ...]
    """parts of the names the operator has among the register's suppliers"""
    unknown_virksomheter: frozenset[str]
    """names in the register that mean that nobody knows"""
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """placeholder name -> its value; derived"""

    def fill(self, text: str) -> str:
        """The text with every placeholder replaced; raises BrokenKnowledge for a name that is not known."""

        def value(match: re.Match[str]) -> str:
            try:
                return self.facts[match[1]]
            except KeyError:
                raise BrokenKnowledge(f"unknown placeholder {match[0]}") from None

        return PLACEHOLDER.sub(value, text)

    @property
    def routing(self) -> FeedRouting:
        """Where the notices of each group are posted."""
        return FeedRouting({key: group.targets for key, group in self.groups.items()})

    def link_label(self, name: str, language: str) -> str:
        """What to call a link of `links` in a language."""
        return self.link_labels[name][language]


def check_placeholders(text: str, where: str) -> None:
    """Raise BrokenKnowledge when a text names a fact that no organisation has."""
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            raise BrokenKnowledge(
                f"{where}: {{{name}}} is not a known placeholder; known: {', '.join(sorted(PLACEHOLDERS))}"
            )


def load_organisation(path: Path) -> Organisation:
    """Read the organisation file; raises BrokenKnowledge with file and key."""
    root = Section(read_yaml(path), str(path))
    names = {name: root.text(name) for name in _NAMES}
    if not _EMAIL.fullmatch(names["email"]):
        raise root.wrong("email", "is not an e-mail address")
    opens, one_on_duty_from, closes = _hours(root.section("opening_hours"))
    timezone = _timezone(root)
    access_form_id = root.number("access_form_id")
    links, labels = _links(root)
    groups = {key: _group(key, section) for key, section in root.named_sections("groups")}
    virksomheter = {code: _virksomhet(code, section) for code, section in root.named_sections("virksomheter")}
    open_group, closed_group = _group_of_kind(root, groups, "open"), _group_of_kind(root, groups, "closed")
    check_apart(root, open_group.targets, closed_group.targets)
    approval_from_members = root.number("approval_from_members") if root.has("approval_from_members") else 0
    register = root.section("register")
    own_platforms, operator_suppliers = register.texts("own_platforms"), register.texts("operator_suppliers")
    unknown_virksomheter = register.texts("unknown_virksomheter")
    register.done()
    root.done()
    facts = {
        **names,
        "opens": _clock_text(opens),
        "one_on_duty_from": _clock_text(one_on_duty_from),
        "closes": _clock_text(closes),
        "access_form_id": str(access_form_id),
        "open_group": open_group.name,
        "closed_group": closed_group.name,
        **{f"link_{name}": url for name, url in links.items()},
    }
    return Organisation(
        **names,
        opens=opens,
        one_on_duty_from=one_on_duty_from,
        closes=closes,
        timezone=timezone,
        access_form_id=access_form_id,
        links=links,
        link_labels=labels,
        groups=groups,
        open_group=open_group,
        closed_group=closed_group,
        approval_from_members=approval_from_members,
        virksomheter=virksomheter,
        own_platforms=frozenset(own_platforms),
        operator_suppliers=operator_suppliers,
        unknown_virksomheter=frozenset(unknown_virksomheter),
        facts=facts,
    )


def _hours(section: Section) -> tuple[time, time, time]:
    clocks = []
    for key in ("open", "one_on_duty_from", "close"):
        match = _CLOCK.fullmatch(section.text(key))
        if match is None:
            raise section.wrong(key, "must be a time of day as '08:00'")
        clocks.append(time(int(match[1]), int(match[2])))
    section.done()
    opens, one_on_duty_from, closes = clocks
    if not opens <= one_on_duty_from <= closes or opens == closes:
        raise section.wrong("close", "the hours must come in order: open, one_on_duty_from, close")
    return opens, one_on_duty_from, closes


def _timezone(root: Section) -> str:
    name = root.text("timezone")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise root.wrong("timezone", f"{name!r} is not a time zone such as Europe/Oslo") from None
    return name


def _links(root: Section) -> tuple[dict[str, str], dict[str, Mapping[str, str]]]:
    urls: dict[str, str] = {}
    labels: dict[str, Mapping[str, str]] = {}
    for name, section in root.named_sections("links"):
        urls[name] = section.text("url")
        if not _URL.fullmatch(urls[name]):
            raise section.wrong("url", "must begin with https://")
        labels[name] = section.each_language("label")
        section.done()
    missing = [name for name in LINK_NAMES if name not in urls]
    if missing:
        raise root.wrong("links", f"{', '.join(missing)} missing")
    return urls, labels


def _group(key: str, section: Section) -> Group:
    name, kind = section.text("name"), section.one_of("kind", ("open", "closed"))
    group = Group(key, name, kind, section.number("members"), read_targets(key, section))
    section.done()
    return group


def _group_of_kind(root: Section, groups: Mapping[str, Group], kind: str) -> Group:
    """The one group of its kind: a text meant for the closed group must never be able to go to an open one."""
    found = [group for group in groups.values() if group.kind == kind]
    if len(found) != 1:
        raise root.wrong("groups", f"there must be exactly one {kind} group, not {len(found)}")
    return found[0]


def _virksomhet(code: str, section: Section) -> Virksomhet:
    if not _CODE.fullmatch(code):
        raise section.wrong(code, "an abbreviation has two to five capital letters")
    name = section.text("name")
    first_line = section.section("first_line")
    way = FirstLineWay(first_line.one_of("way", [one.value for one in FirstLineWay]))
    target, label = first_line.text("target"), first_line.text("label")
    if not (_EMAIL if way is FirstLineWay.EMAIL else _URL).fullmatch(target):
        raise first_line.wrong(
            "target", "must be an e-mail address" if way is FirstLineWay.EMAIL else "must begin with https://"
        )
    first_line.done()
    section.done()
    return Virksomhet(code, name, FirstLine(way, target, label))


def _clock_text(clock: time) -> str:
    return clock.strftime("%H.%M")
