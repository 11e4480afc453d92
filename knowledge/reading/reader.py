"""The reader: one free message in, everything Losen can take from it out. Pure, bounded, never raises on any text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.reading import details, signals
from knowledge.reading.kind import read_kind
from knowledge.reading.personal import Finding, find_personal_data
from knowledge.reading.signals import Extent, KindHint, Outage
from knowledge.reading.time import Found, Moment, find_moments
from knowledge.systems import SystemHit, SystemRegister

# A report is read this far; the rest is kept as text and only searched for personal data.
READ_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says. None and empty mean "not said"; nothing here is guessed from silence.

    `started_at` lies in the past (a fault), `wanted_at` ahead (a delivery, or the deadline of one). `tried`,
    `error_text`, `device`, `place`, `on_behalf_of` are the person's own words; `phone` is +47…; `role` a key of
    AUDIENCES; `billing` has keys of BILLING_FIELDS; `virksomhet` is the abbreviation of one that is named.
    """

    text: str
    kind_hint: KindHint | None = None
    systems: tuple[SystemHit, ...] = ()
    started_at: Moment | None = None
    wanted_at: Moment | None = None
    extent: Extent | None = None
    outage: Outage | None = None
    tried: str | None = None
    critical: bool = False
    critical_words: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    role: str | None = None
    virksomhet: str | None = None
    phone: str | None = None
    error_text: str | None = None
    device: str | None = None
    place: str | None = None
    environments: tuple[str, ...] = ()
    billing: Mapping[str, str] = field(default_factory=dict)
    attachments_mentioned: bool = False
    personal: tuple[Finding, ...] = ()


class Reader:
    """Reads messages. `systems` to find systems by, `virksomheter` (abbreviation -> name) to find one's own by."""

    def __init__(self, systems: SystemRegister, virksomheter: Mapping[str, str] | None = None) -> None:
        self._systems = systems
        self._virksomheter = tuple(
            (abbreviation, _name_pattern(abbreviation, name)) for abbreviation, name in (virksomheter or {}).items()
        )

    def read(self, text: str, now: datetime) -> Reading:
        """Everything read out of the text; `now` is aware (naive counts as Oslo time)."""
        head = text[:READ_CHARACTERS]
        kind = read_kind(head)
        outage = None if kind == "service" else signals.read_outage(head)
        critical = signals.read_critical(head, support=kind != "service")
        started, wanted = _times(head, now, kind)
        return Reading(
            text=text,
            kind_hint=kind,
            systems=self._systems.find(head),
            started_at=started,
            wanted_at=wanted,
            extent=signals.read_extent(head),
            outage=outage,
            tried=details.read_tried(head),
            critical=bool(critical),
            critical_words=critical,
            on_behalf_of=details.read_on_behalf_of(head),
            role=details.read_role(head),
            virksomhet=self._virksomhet(head),
            phone=details.read_phone(head),
            error_text=details.read_error(head),
            device=details.read_device(head),
            place=details.read_place(head),
            environments=details.read_environments(head),
            billing=details.read_billing(head),
            attachments_mentioned=details.attachments_mentioned(head),
            personal=find_personal_data(text),
        )

    def _virksomhet(self, text: str) -> str | None:
        for abbreviation, pattern in self._virksomheter:
            if pattern.search(text):
                return abbreviation
        return None


def _name_pattern(abbreviation: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{re.escape(abbreviation)}\b|(?i:{re.escape(name)})\b)")


# Words right before a time that make it the start of a fault, and words of the clause that make it no start at all.
_START_CUE = re.compile(
    r"(?:siden|sidan|since|begynte|begynt|starta|startet|oppsto|oppstod|fra|frå|helt|etter|skjedde|har|oppdaget|sluttet|slutta|nede)\W+(?:\w+\W+){0,3}$"
)
_FINE = re.compile(
    r"\b(?:virket|virka|verka|fungerte|gikk|gjekk|funket|funka|worked|var)\s+(?:\w+\s+){0,2}(?:fint|bra|greit|som det skal|ok|fine|normalt|der|det|ikke noe|null problem)|\bsatt i kantina\b|\bsist gang\b|\bfør dette\b|\bsist (?:det|den) virk\w*|\bvirket (?:det|alt|den)\b|\bfungerte (?:det|alt|den)\b|\blå (?:\w+ ){0,3}der\b|\bgikk det fint\b|\bgjekk det fint\b"
)
_CLAUSE = re.compile(r"[.!?;\n]|,\s|\bmen\b|\bbut\b|\bog (?:i dag|nå|no)\b")
_VERSION = re.compile(
    r"(?:versjon|version|v|ver|utgave|kapittel|kap|punkt|pkt|kr|nok|rom|ip|nr|nummer|rapport|pris|build|release|windows|office|word|excel|iphone|ios|android|til|java|oracle)\W{0,2}$"
)


def _times(text: str, now: datetime, kind: KindHint | None) -> tuple[Moment | None, Moment | None]:
    """When it began and when it is wanted. A fault's times are read backwards, an order's forwards; of a message that
    may be either, each time goes where its own words point."""
    low = signals.plain(text)
    started: Moment | None = None
    wanted: Moment | None = None
    if kind != "service":
        started = _started(text, low, now)
    if kind in ("service", None):
        wanted = _wanted(text, low, now, sure=kind == "service")
    elif kind == "support":
        wanted = _deadline(text, low, now)
    if kind is None and started is not None and wanted is not None and started.text == wanted.text:
        # The same words both ways: only those that themselves point somewhere are believed.
        return (started, None) if started.at <= now and wanted.at <= now else (None, wanted)
    return started, wanted


def _usable(found: Found, text: str, low: str) -> bool:
    before = low[max(0, found.start - 24) : found.start]
    if low[found.start].isdigit() and _VERSION.search(before) and found.moment.precision != "minute":
        return False
    if found.moment.text.lower() in ("i vår", "ivår") and re.match(r"\s+[^\W\d_]", low[found.end :]):
        return False
    return not re.fullmatch(
        r"(?:august|mars|mai|juli|juni|april|jul|uka|veka|helg|natt|dag|kveld)", low[found.start : found.end]
    )


def _started(text: str, low: str, now: datetime) -> Moment | None:
    best: tuple[float, Moment] | None = None
    for found in find_moments(text, now, "past"):
        moment = found.moment
        if moment.at > now or moment.bound == "by" or not _usable(found, text, low):
            continue
        if moment.precision == "year" and moment.bound != "since":
            continue
        score = _start_score(found, low)
        if score > 0 and (best is None or score > best[0]):
            best = (score, moment)
    return best[1] if best is not None else None


def _start_score(found: Found, low: str) -> float:
    """How much the place in the sentence speaks for "it began then": "siden" most, "virket fint i går" not at all."""
    moment = found.moment
    clause_start = max((hit.end() for hit in _CLAUSE.finditer(low, 0, found.start)), default=0)
    ahead = _CLAUSE.search(low, found.end)
    clause = low[clause_start : ahead.start() if ahead is not None else len(low)]
    if _FINE.search(clause):
        return 0.0
    score = 1.0
    if moment.bound == "since":
        score += 3.0
    elif _START_CUE.search(low[max(0, found.start - 40) : found.start]):
        score += 2.0
    if found.category == "lasting":
        score -= 0.6
    if (
        re.search(
            r"\b(?:prøvde|prøvd|ringte|bestilte|meldte|sendte|installerte|fikk ny|sist bytt\w*|byttet passord|levert\w*|ansatt)\b",
            clause,
        )
        and moment.bound != "since"
    ):
        score -= 0.5
    exactness = {"minute": 0.4, "hour": 0.35, "part_of_day": 0.3, "day": 0.25, "week": 0.1}
    return score + exactness.get(moment.precision, 0.0)


def _wanted(text: str, low: str, now: datetime, sure: bool) -> Moment | None:
    best: tuple[float, Moment] | None = None
    for found in find_moments(text, now, "future"):
        moment = found.moment
        if not _usable(found, text, low) or found.back or moment.bound == "since" and moment.at < now:
            continue
        last = moment.end or moment.at
        if last < now and not _same_day(moment, now):
            continue
        before = low[max(0, found.start - 30) : found.start]
        score = 1.0 + (2.0 if moment.bound == "by" else 0.0)
        if re.search(
            r"\b(?:innen|før|senest|ønsk\w*|klar\w*|levert|starter|begynner|byrjar|tiltrer|fra|frå|frist\w*|til|skal|må|by|before|on|need\w*)\W+(?:\w+\W+){0,3}$",
            before,
        ):
            score += 1.0
        if not sure and score < 2.0 and moment.precision in ("minute", "hour", "part_of_day"):
            continue
        if best is None or score > best[0]:
            best = (score, moment)
    return best[1] if best is not None else None


def _deadline(text: str, low: str, now: datetime) -> Moment | None:
    """In a fault report only a said deadline lies ahead ("må ut før kl 14")."""
    for found in find_moments(text, now, "future"):
        if found.moment.bound == "by" and found.moment.at >= now and _usable(found, text, low):
            return found.moment
    return None


def _same_day(moment: Moment, now: datetime) -> bool:
    return moment.at.date() == now.date() and moment.precision in ("day", "part_of_day")


__all__ = ["Reader", "Reading"]
