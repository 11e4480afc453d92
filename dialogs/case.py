"""A case and a notice as every command, API and test sees them (DESIGN 5). Values only; times are aware.

A case is opened once and never moved to another form (G 4.1); what happens later changes `status` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.events import Attachment


class Role(StrEnum):
    """Who one is towards the service desk (G 2.2, 3.2). The values up to IKT_HOVEDKONTAKT are form audiences.

    USS is the desk as a whole; IM (incident manager) and RM (request manager) are of it, see `dialogs/roles.py`.
    """

    ANSATT = "ansatt"
    SUPERBRUKER = "superbruker"
    FORSTELINJE = "1linje"
    FORVALTER = "forvalter"
    IKT_HOVEDKONTAKT = "ikt-hovedkontakt"
    USS = "uss"
    IM = "im"
    RM = "rm"


class Status(StrEnum):
    """Where a case is. `received`: with the person's own 1.linje or waiting in the outbox; `sent`: on its way."""

    DRAFT = "draft"
    RECEIVED = "received"
    SENT = "sent"
    REGISTERED = "registered"
    IN_PROGRESS = "in_progress"
    SOLUTION_PROPOSED = "solution_proposed"
    SOLVED = "solved"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"


OPEN = frozenset({Status.RECEIVED, Status.SENT, Status.REGISTERED, Status.IN_PROGRESS, Status.SOLUTION_PROPOSED})
"""Somebody still has something to do."""

# How the route of a case names the reporter's own 1.linje: this, then the virksomhet (G 3.2.1).
FIRST_LINE_ROUTE = "1.linje "

FELLESFEIL = "fellesfeil"
"""the type of a notice about a fault that hits several users in several virksomheter (G 5.1.2.2)"""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is talking, as the bot room knows it: identity from the channel, roles from the roles table.

    `roles` are granted rights; what a person merely says about himself is kept apart in the conversation state and
    gives no right (DESIGN 3). `virksomhet` is an abbreviation such as BGO, or empty when not known; it may be said by
    the person, so the inboxes of `first_line_of` follow from the grant alone, which names its virksomhet.
    """

    id: str
    name: str
    virksomhet: str = ""
    roles: frozenset[Role] = frozenset({Role.ANSATT})
    email: str = ""
    phone: str = ""
    first_line_of: frozenset[str] = frozenset()
    """the virksomheter whose 1.linje the person has been granted to be"""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who registered the case and as what (G 5.1: the role is stated in every case)."""

    id: str
    name: str
    role: str
    virksomhet: str


@dataclass(frozen=True, slots=True)
class KompassLink:
    """The case's number in the case system, once known."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `answers` holds JSON values by checklist or field key; `billing` by billing field or None."""

    ref: str
    kind: str
    form_id: int | None
    form_title: str
    title: str
    description: str
    answers: Mapping[str, Any]
    reporter: Reporter
    route: str
    created_at: datetime
    updated_at: datetime
    status: Status = Status.RECEIVED
    on_behalf_of: str | None = None
    contacts: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    billing: Mapping[str, str] | None = None
    critical: bool = False
    kompass: KompassLink | None = None
    fellesfeil: str | None = None
    comments: tuple[Mapping[str, str], ...] = ()
    """what was said after opening: {"at", "by", "text"}"""
    solution: str | None = None
    """what is proposed as a solution, while the reporter's answer is waited for"""
    estimate: str | None = None
    """hours of an estimate whose approval is waited for, empty when not known (G 5.1.4); None: nothing waits"""
    moved_from: str | None = None
    """the ref of the case at the own 1.linje that this one was passed on from"""
    moved_to: str | None = None
    """the ref of the case that this one was passed on as"""

    @property
    def first_line(self) -> str:
        """The virksomhet whose own 1.linje has the case, or empty when it goes to the form's route."""
        return self.route.removeprefix(FIRST_LINE_ROUTE) if self.route.startswith(FIRST_LINE_ROUTE) else ""

    def is_followed_by(self, person_id: str, email: str = "") -> bool:
        """Whether a person follows it."""
        return bool(self.followers_who_are(person_id, email))

    def followers_who_are(self, person_id: str, email: str = "") -> tuple[str, ...]:
        """The followers that are this person, named by our id or by e-mail address, whatever its capitals."""
        address = email.lower()
        return tuple(one for one in self.followers if one == person_id or (address != "" and one.lower() == address))

    @property
    def is_unsent(self) -> bool:
        """Whether it waits here still, so that it can be taken back without a trace."""
        return self.status is Status.RECEIVED and self.kompass is None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in OPEN

    def with_comment(self, by: str, text: str, at: datetime) -> Case:
        """The same case with one thing more said."""
        return replace(self, comments=(*self.comments, {"at": at.isoformat(), "by": by, "text": text}), updated_at=at)

    def with_follower(self, follower: str, at: datetime, *, follows: bool) -> Case:
        """The same case with somebody following it, or no longer; itself when it is so already."""
        if (follower in self.followers) is follows:
            return self
        others = tuple(one for one in self.followers if one != follower)
        return replace(self, followers=(*others, follower) if follows else others, updated_at=at)

    def with_status(self, status: Status, at: datetime) -> Case:
        """The same case, further along."""
        return replace(self, status=status, updated_at=at)

    def to_json(self) -> dict[str, Any]:
        """The shape of DESIGN 5; times ISO 8601 with offset.

        What was passed on has "moved_from" or "moved_to" too, what waits for the reporter "solution" or "estimate".
        """
        seldom = {
            "moved_from": self.moved_from,
            "moved_to": self.moved_to,
            "solution": self.solution,
            "estimate": self.estimate,
        }
        return {
            "ref": self.ref,
            "kind": self.kind,
            "form_id": self.form_id,
            "form_title": self.form_title,
            "title": self.title,
            "description": self.description,
            "answers": dict(self.answers),
            "reporter": {
                "id": self.reporter.id,
                "name": self.reporter.name,
                "role": self.reporter.role,
                "virksomhet": self.reporter.virksomhet,
            },
            "on_behalf_of": self.on_behalf_of,
            "contacts": list(self.contacts),
            "followers": list(self.followers),
            "attachments": [attachment_to_json(one) for one in self.attachments],
            "billing": dict(self.billing) if self.billing is not None else None,
            "critical": self.critical,
            "route": self.route,
            "status": self.status.value,
            "kompass": {"id": self.kompass.id, "url": self.kompass.url} if self.kompass else None,
            "fellesfeil": self.fellesfeil,
            "comments": [dict(one) for one in self.comments],
            "created_at": self.created_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
            **{name: value for name, value in seldom.items() if value is not None},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Case:
        """The inverse of `to_json`; raises KeyError, TypeError or ValueError on foreign data."""
        return cls(
            ref=data["ref"],
            kind=data["kind"],
            form_id=data["form_id"],
            form_title=data["form_title"],
            title=data["title"],
            description=data["description"],
            answers=data["answers"],
            reporter=Reporter(**data["reporter"]),
            route=data["route"],
            created_at=datetime.fromisoformat(data["created_at"]),
            updated_at=datetime.fromisoformat(data["updated_at"]),
            status=Status(data["status"]),
            on_behalf_of=data["on_behalf_of"],
            contacts=tuple(data["contacts"]),
            followers=tuple(data["followers"]),
            attachments=tuple(attachment_from_json(one) for one in data["attachments"]),
            billing=data["billing"],
            critical=data["critical"],
            kompass=KompassLink(**data["kompass"]) if data["kompass"] else None,
            fellesfeil=data["fellesfeil"],
            comments=tuple(data["comments"]),
            moved_from=data.get("moved_from"),
            moved_to=data.get("moved_to"),
            solution=data.get("solution"),
            estimate=data.get("estimate"),
        )


def attachment_to_json(attachment: Attachment) -> dict[str, Any]:
    """Name, size in bytes, digest and type."""
    return {
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "content_type": attachment.content_type,
    }


def attachment_from_json(data: Mapping[str, Any]) -> Attachment:
    """The inverse of `attachment_to_json`."""
    return Attachment(**data)


class NoticeStatus(StrEnum):
    """A notice lives in one post per group: published, updated any number of times, then resolved or withdrawn.

    Before that it may wait for a second person, be sent back, or be dropped, and is nobody's but the desk's.
    """

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    DROPPED = "dropped"
    ACTIVE = "active"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


_PUBLISHED = frozenset({NoticeStatus.ACTIVE, NoticeStatus.RESOLVED, NoticeStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class NoticeUpdate:
    """One line of a notice's history: `kind` is published, sent_back, updated, resolved or withdrawn.

    closed: what the closed groups alone are told beside it. before: what the facts that it changed were, by name.
    """

    at: datetime
    by: str
    kind: str
    text: str
    closed: str = ""
    before: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; "closed" and "before" only where there is something."""
        seldom = {"closed": self.closed, "before": dict(self.before)}
        told = {"at": self.at.isoformat(), "by": self.by, "kind": self.kind, "text": self.text}
        return {**told, **{name: value for name, value in seldom.items() if value}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> NoticeUpdate:
        """The inverse of `to_json`."""
        at = datetime.fromisoformat(data["at"])
        return cls(at, data["by"], data["kind"], data["text"], data.get("closed", ""), data.get("before", {}))


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to everyone (G 5.1.2.2). `type` is fellesfeil, vedlikehold or informasjon; `groups` are group keys.

    closed_text: what the closed groups alone are told beside the rest; `open_version` is the notice without any of it,
    and the only one that may leave the closed groups. author_id: who wrote it. approved_by: the name of whoever let it
    go out to very many.
    """

    ref: str
    type: str
    what: str
    affected: str
    since: datetime
    consequence: str
    workaround: str
    next_update_at: datetime | None
    contact: str
    groups: tuple[str, ...]
    author: str
    created_at: datetime
    updated_at: datetime
    status: NoticeStatus = NoticeStatus.ACTIVE
    hovedsak: str | None = None
    history: tuple[NoticeUpdate, ...] = field(default=())
    closed_text: str = ""
    author_id: str = ""
    approved_by: str = ""

    @property
    def is_published(self) -> bool:
        """Whether its groups have it, or have had it."""
        return self.status in _PUBLISHED

    def open_version(self) -> Notice:
        """The notice without what only the closed groups are told, and without what is no longer true: of a fact that
        was changed there is its name."""
        history = tuple(replace(line, closed="", before=dict.fromkeys(line.before, "")) for line in self.history)
        return replace(self, closed_text="", history=history)

    def _desk_only(self) -> dict[str, str]:
        return {"closed_text": self.closed_text, "author_id": self.author_id, "approved_by": self.approved_by}

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; times ISO 8601 with offset. The last three only where there is something."""
        return {
            "ref": self.ref,
            "type": self.type,
            "what": self.what,
            "affected": self.affected,
            "since": self.since.isoformat(),
            "consequence": self.consequence,
            "workaround": self.workaround,
            "next_update_at": self.next_update_at.isoformat() if self.next_update_at else None,
            "contact": self.contact,
            "groups": list(self.groups),
            "author": self.author,
            "status": self.status.value,
            "hovedsak": self.hovedsak,
            "history": [one.to_json() for one in self.history],
            "created_at": self.created_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
            **{name: text for name, text in self._desk_only().items() if text},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Notice:
        """The inverse of `to_json`."""
        return cls(
            ref=data["ref"],
            type=data["type"],
            what=data["what"],
            affected=data["affected"],
            since=datetime.fromisoformat(data["since"]),
            consequence=data["consequence"],
            workaround=data["workaround"],
            next_update_at=datetime.fromisoformat(data["next_update_at"]) if data["next_update_at"] else None,
            contact=data["contact"],
            groups=tuple(data["groups"]),
            author=data["author"],
            created_at=datetime.fromisoformat(data["created_at"]),
            updated_at=datetime.fromisoformat(data["updated_at"]),
            status=NoticeStatus(data["status"]),
            hovedsak=data["hovedsak"],
            history=tuple(NoticeUpdate.from_json(one) for one in data["history"]),
            closed_text=data.get("closed_text", ""),
            author_id=data.get("author_id", ""),
            approved_by=data.get("approved_by", ""),
        )
