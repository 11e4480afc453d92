"""The reader: one free message in, everything Losen can take from it out. Pure, bounded, never raises on any text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from knowledge.reading import details, signals
from knowledge.reading.contacts import read_contact
from knowledge.reading.extent import read_extent
from knowledge.reading.fields import read_fields
from knowledge.reading.kind import read_kind
from knowledge.reading.no_start import clause_of, is_no_start
from knowledge.reading.outage import read_outage
from knowledge.reading.personal import without_masks
from knowledge.reading.signals import Extent, KindHint, Outage
from knowledge.reading.time import Found, Moment, TimesIn, as_beginning, aware, read_moment, warm_up
from knowledge.reading.tried import read_tried
from knowledge.reading.wanted import WantedField
from knowledge.spelling import caseless
from knowledge.systems import SystemHit, SystemRegister

# A report is read this far; the rest is kept as text.
READ_CHARACTERS = 4000
_REMEMBERED = 256  # readings that are kept, here alone: those of the dialogs that are under way


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says. None and empty mean "not said"; nothing here is guessed from silence.

    `text` is the message, with blanks where something was taken out: the bot's own marks are no words of the person's.
    `started_at` lies in the past (a fault), `wanted_at` ahead (a delivery, or the deadline of one). `tried`,
    `error_text`, `device`, `place`, `contact`, `on_behalf_of` are the person's own words; `phone` is +47…, and
    `call_back` the one that the words say one may be called on; `role` a key of AUDIENCES; `billing` has keys of
    BILLING_FIELDS; `virksomhet` is the abbreviation of one that is named, and `works_there` whether the person says
    that it is his own.
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
    works_there: bool = False
    phone: str | None = None
    call_back: str | None = None
    error_text: str | None = None
    device: str | None = None
    place: str | None = None
    contact: str | None = None
    environments: tuple[str, ...] = ()
    billing: Mapping[str, str] = field(default_factory=dict)
    attachments_mentioned: bool = False


class Reader:
    """Reads messages. `systems` to find systems by, `virksomheter` (abbreviation -> name) to find one's own by."""

    def __init__(self, systems: SystemRegister, virksomheter: Mapping[str, str] | None = None) -> None:
        warm_up()
        # A case's words are read again, as when they were written, when it is summed up and when it is sent.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._remembered_fields = lru_cache(maxsize=_REMEMBERED)(self._read_fields)
        self._systems = systems
        self._names = (*(virksomheter or {}).values(), *(system.name for system in systems))
        self._virksomheter = tuple(
            (abbreviation, caseless(name), _name_pattern(abbreviation, name))
            for abbreviation, name in (virksomheter or {}).items()
        )

    def read(self, text: str, now: datetime) -> Reading:
        """Everything read out of the text; `now` is aware (naive counts as Oslo time)."""
        return self._remembered(without_masks(text), now)

    def _read(self, text: str, now: datetime) -> Reading:
        head = text[:READ_CHARACTERS]
        kind = read_kind(head)
        critical = signals.read_critical(head, support=kind != "service")
        systems = self._systems.find(head)
        started, wanted = _Times(head, aware(now), kind, systems).sorted()
        virksomhet, works_there = self._virksomhet(head)
        return Reading(
            text=text,
            kind_hint=kind,
            systems=systems,
            started_at=started,
            wanted_at=wanted,
            extent=read_extent(head),
            outage=read_outage(head),
            tried=read_tried(head),
            critical=bool(critical),
            critical_words=critical,
            on_behalf_of=details.read_on_behalf_of(head),
            role=details.read_role(head),
            virksomhet=virksomhet,
            works_there=works_there,
            phone=details.read_phone(head),
            call_back=details.read_call_back(head),
            error_text=details.read_error(head),
            device=details.read_device(head),
            place=details.read_place(head),
            contact=read_contact(head),
            environments=details.read_environments(head),
            billing=details.read_billing(head),
            attachments_mentioned=details.attachments_mentioned(head),
        )

    def read_start(self, text: str, now: datetime) -> Moment | None:
        """When it began, of a text that is known to report a fault, whatever its words look like."""
        head = text[:READ_CHARACTERS]
        return _Times(head, aware(now), "support", self._systems.find(head)).sorted()[0]

    def read_wanted(self, text: str, now: datetime) -> Moment | None:
        """When it is wanted, of a text that is known to order something, whatever its words look like."""
        head = text[:READ_CHARACTERS]
        return _Times(head, aware(now), "service", self._systems.find(head)).sorted()[1]

    def read_fields(self, text: str, wanted: tuple[WantedField, ...]) -> Mapping[str, str]:
        """What the text says of a form's own fields; see `fields.read_fields`."""
        return self._remembered_fields(text, wanted)

    def _read_fields(self, text: str, wanted: tuple[WantedField, ...]) -> Mapping[str, str]:
        return read_fields(text, wanted, self._names)

    def _virksomhet(self, text: str) -> tuple[str | None, bool]:
        """The abbreviation of the first that is named, and whether it is said to be one's own."""
        caselessly = caseless(text)
        for abbreviation, name, pattern in self._virksomheter:
            if abbreviation not in text and name not in caselessly:
                continue  # nearly all
            named = pattern.search(text)
            if named is not None:
                return abbreviation, _OWN_WORKPLACE.search(text, 0, named.start()) is not None
        return None, False


def _name_pattern(abbreviation: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{re.escape(abbreviation)}\b|(?i:{re.escape(name)})\b)")


# What stands right before the name of one's own workplace: "jeg er superbruker i", "vi på", "hilsen Kari,". One may
# also be somewhere on a visit, or write of others.
_OWN_WORKPLACE = re.compile(
    r"\b(?:jeg|eg|vi|i|we)\s+(?:(?:er|jobb(?:e|er|ar)|arbeid\w+|sitter|sit|am|are|work)\s+"
    r"(?:(?!ikke\b|ikkje\b|not\b|på\s+(?:besøk|vitjing|møte|kurs)\b)[\w.-]+\s+){0,4}?)?(?:i|ved|hos|på|for|at|in)\s+$"
    r"|\b(?:hilsen|helsing|mvh|vh|regards)\b[,.:]?\s+(?:[\w.-]+[,.]?\s+){0,5}$",
    re.IGNORECASE,
)
# Words right before a time that make it the start of a fault, and words of the clause that make it no start at all.
_START_CUE = re.compile(
    r"\b(?:siden|sidan|since|begynte|begynt|starta|startet|oppsto|oppstod|fra|frå|helt|etter|skjedde|oppdaget|"
    r"sluttet|slutta|"
    r"nede|started|began)\W+(?:\w+\W+){0,3}$"
)
_BEGAN = re.compile(
    r"\b(?:begynte|begynt|byrja|starta|startet|oppsto|oppstod|skjedde|oppdaget|oppdaga|stoppet|started|began|"
    r"happened)\W+"
    r"(?:\w+\W+){0,3}$"
)
# "Nå" alone says no time in running text; "startet nå" does.
_BEGAN_NOW = re.compile(
    r"\b(?:begynte|byrja|starta|startet|oppsto|oppstod|skjedde|started|began|happened)\s+"
    r"(?:(?:akkurat|just|right)\s+)?(?:nå|no|now)(?=\s*(?:$|[.,;!\n]))"
)
_WORKED = re.compile(
    r"\b(?:virket|virka|verka|fungerte|gikk|gjekk|funket|funka|worked|var|lå)\s+(?:\w+\s+){0,2}"
    r"(?:fint|bra|greit|som det skal|ok|fine|normalt|null problem|ikke noe problem|der)\b|"
    r"\b(?:virket|virka|verka|fungerte|funket|funka|worked)\b(?!\s+(?:ikke|ikkje|aldri))|\bsist gang\b|"
    r"\blå (?:\w+\s){0,4}der\b|\bkom (?:jeg|eg|vi|me) (?:rett )?inn\b"
)
# A figure after these is a version, a price, a room, not a date.
_NO_DATE = re.compile(
    r"(?:\bf|\bfødt|\bfødd|\bborn|\bfødselsdato|\bapp(?:en)?|\bprogrammet|\bklienten|versjon|version|v|ver|utgave|kapittel|kap|punkt|pkt|kr|nok|rom|ip|nr|nummer|rapport|pris|build|release|"
    r"windows|"
    r"office|word|excel|iphone|ios|android|java|oracle|hotfix|patch|oppgradering|oppgradere|sone|etasje|etg)\W{0,2}$"
)
# "Gerica 9.4": figures right after a system's name are its version, and those of these days alone may be a date.
_VERSION = re.compile(r"\d{1,3}\.\d{1,2}")
_THESE_DAYS = timedelta(days=14)
# No fault began before whoever writes came to work: such a date is somebody's birth.
_LONG_PAST = timedelta(days=3650)
_HABIT = re.compile(r"\b(?:hver|kvar|hvert|kvart|alle|every|each|annenhver|annankvar)\W+(?:\w+\W+)?$")
_AHEAD = re.compile(
    r"\b(?:skal|må|vil|starter|begynner|byrjar|slutter|sluttar|utløper|utloper|utgår|trenger|treng|innen|ønsker|"
    r"ønskjer|kan|tiltrer|"
    r"kommer til|planlegger|flytter|åpner|frist\w*|will|shall|must|should|need|needs|starts|before|have to)\b"
)
_WANTED_CUE = re.compile(
    r"\b(?:innen|før|senest|ønsk\w*|klar\w*|levert|levering|starter|begynner|byrjar|tiltrer|fra|frå|frist\w*|til|"
    r"skal|må|by|before|"
    r"on|need\w*)\W+(?:\w+\W+){0,3}$"
)
_WAS = re.compile(r"\b(?:var|virket|virka|verka|fungerte|kom|gikk|gjekk|hadde|lå|worked|was|had)\b")
_RATE = re.compile(r"(?:i |om )?(?:måneden|måned|månaden|uka|uken|veka|året|dagen)")
_MENTION = re.compile(
    r"\b(?:prøvde|prøvd|ringte|bestilte|meldte|sendte|installerte|fikk ny|sist bytt\w*|byttet passord|levert\w*|"
    r"ansatt)\b"
)


class _Times:
    """Sorts the times of one message into when it began and when it is wanted."""

    def __init__(self, text: str, now: datetime, kind: KindHint | None, systems: tuple[SystemHit, ...]) -> None:
        self._systems = systems
        self._low = signals.plain(text)
        self._now = now
        self._kind = kind
        self._times = TimesIn(text, now)

    def sorted(self) -> tuple[Moment | None, Moment | None]:
        """A fault's times are read backwards, an order's forwards. Of a message that may be either, a time goes where
        the words of its clause point, and back when they point nowhere. What looks an order may yet say "siden"."""
        if self._kind == "question":
            return self._started(), None
        if self._kind == "service":
            return self._started(), self._wanted(sure=True)
        if self._kind == "support":
            return self._started(), self._deadline()
        return self._started(), self._wanted(sure=False)

    def _usable(self, found: Found) -> bool:
        """No version number, no habit ("hver mandag", "om morgenen"), no "i vår avdeling"."""
        before = self._low[max(0, found.start - 24) : found.start]
        if self._low[found.start].isdigit() and found.moment.precision != "minute" and _NO_DATE.search(before):
            return False
        if self._is_version(found):
            return False
        if found.kind == "part" and found.moment.bound == "at" and not found.moment.estimate:
            return False
        if self._low[found.start : found.end] in ("i vår", "ivår") and re.match(r"\s+[^\W\d_]", self._low[found.end :]):
            return False
        # "Hver mandag" is a habit; "nede for alle siden kl. 9" is none.
        habit = _HABIT.search(before) and found.moment.bound != "since"
        return not (habit or _RATE.fullmatch(self._low[found.start : found.end]))

    def _is_version(self, found: Found) -> bool:
        if not _VERSION.fullmatch(self._low[found.start : found.end]) or found.moment.precision != "day":
            return False
        named = any(hit.end <= found.start and not self._low[hit.end : found.start].strip() for hit in self._systems)
        return named and abs(found.moment.at - self._now) > _THESE_DAYS

    def _started(self) -> Moment | None:
        best: tuple[float, Moment] | None = None
        for found in self._times.read("past"):
            moment = found.moment
            if moment.at > self._now or moment.bound in ("by", "after") or not self._usable(found):
                continue
            if is_no_start(self._low, found):
                continue
            if moment.at < self._now - _LONG_PAST:
                continue
            if moment.precision == "year" and moment.bound != "since":
                continue
            clause = clause_of(self._low, found)
            if self._kind != "support" and not found.back and _AHEAD.search(clause):
                continue
            if self._kind is None and moment.bound == "since" and self._nearer_ahead(found):
                continue
            if self._kind in ("service", "question") and not self._says_start(found):
                continue
            if found.category == "lasting" and self._kind != "support":
                continue
            score = self._start_score(found, clause)
            if score > 0 and (best is None or score > best[0]):
                best = (score, moment)
        if best is None and _BEGAN_NOW.search(self._low):
            return read_moment("nå", self._now, "past")
        return as_beginning(best[1], self._now) if best is not None else None

    def _nearer_ahead(self, found: Found) -> bool:
        """ "fra 1. januar" written in November: more likely the coming one."""
        if found.back:
            return False
        ahead = next((other for other in self._times.read("future") if other.start == found.start), None)
        return (
            ahead is not None
            and ahead.moment.at > self._now
            and ahead.moment.at - self._now < self._now - found.moment.at
        )

    def _says_start(self, found: Found) -> bool:
        """ "siden", or "begynte" and the like right before: believed even in what looks like an order or a question."""
        if found.moment.bound == "since" and found.back:
            return True
        return bool(_BEGAN.search(self._low[max(0, found.start - 40) : found.start]))

    def _start_score(self, found: Found, clause: str) -> float:
        """How much the words speak for "it began then": "siden" most, "virket fint i går" not at all."""
        moment = found.moment
        if _WORKED.search(clause) and moment.bound != "since":
            return 0.0
        score = 1.0
        if moment.bound == "since":
            score += 3.0
        elif _START_CUE.search(self._low[max(0, found.start - 40) : found.start]):
            score += 2.0
        if found.category == "lasting":
            score -= 0.6
        if _MENTION.search(clause) and moment.bound != "since":
            score -= 0.5
        exactness = {"minute": 0.4, "hour": 0.35, "part_of_day": 0.3, "day": 0.25, "week": 0.1}
        return score + exactness.get(moment.precision, 0.0)

    def _wanted(self, sure: bool) -> Moment | None:
        best: tuple[float, Moment] | None = None
        for found in self._times.read("future"):
            moment = found.moment
            if found.back or not self._usable(found) or (moment.end or moment.at) < self._today(moment):
                continue
            if not (
                sure or moment.bound == "by" or _AHEAD.search(clause_of(self._low, found)) or self._from_ahead(found)
            ):
                continue
            score = 1.0 + (2.0 if moment.bound == "by" else 0.0)
            if _WANTED_CUE.search(self._low[max(0, found.start - 30) : found.start]):
                score += 1.0
            if best is None or score > best[0]:
                best = (score, moment)
        return best[1] if best is not None else None

    @staticmethod
    def _from_ahead(found: Found) -> bool:
        return found.moment.bound == "since" and not found.back

    def _today(self, moment: Moment) -> datetime:
        """Times said to the day may lie earlier today; exact ones may not."""
        if moment.precision in ("minute", "hour"):
            return self._now
        return self._now.replace(hour=0, minute=0, second=0, microsecond=0)

    def _deadline(self) -> Moment | None:
        """In a fault report only a said deadline lies ahead ("må ut før kl 14")."""
        for found in self._times.read("future"):
            if found.moment.bound != "by" or found.moment.at < self._now or not self._usable(found):
                continue
            if not _WAS.search(clause_of(self._low, found)):  # "det var bra før sommeren"
                return found.moment
        return None


__all__ = ["Reader", "Reading"]
