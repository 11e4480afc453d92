"""The ports to the world, as the outbox worker sees them (DESIGN 6). Contracts: `tests/bot/port_contracts.py`.

Every call carries a `key` of our own that stays the same when it is repeated. An adapter must raise only PortErrors:
TemporaryFailure when nothing happened or repeating is safe, UncertainOutcome when it may have happened, and
PermanentFailure when a person must look. The texts of these errors are logged and shown to operators: no secrets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dialogs.case import Case, KompassLink, Notice, Person
from dialogs.effects import Move
from dialogs.events import Attachment
from dialogs.replies import Reply
from knowledge.feed_targets import FeedRouting, FeedTarget


@dataclass(frozen=True, slots=True)
class Opened:
    """A case is registered: in Kompass with its link, or in the local register, which has a number but no link."""

    link: KompassLink | None = None
    local_number: str = ""


class CaseSystem(Protocol):
    """Where cases are handled."""

    async def open(self, case: Case, key: str) -> Opened:
        """Register the case. Not assumed to be idempotent: after an uncertain outcome `look_up` comes first."""
        ...

    async def look_up(self, key: str) -> Opened | None:
        """The case registered under this key, or None when there is none."""
        ...

    async def comment(self, case: Case, text: str, key: str, by: str = "") -> None:
        """Add a comment that users see; the same key again adds nothing. PermanentFailure when the case is unknown.

        by: the id of the person who wrote it; empty for the reporter.
        """
        ...

    async def attach(self, case: Case, files: Sequence[Attachment], key: str) -> tuple[str, ...]:
        """Add files to a case that is opened; the same key again adds nothing. PermanentFailure when it is unknown.

        Returns the names of those that the other end will not have; the others are there.
        """
        ...

    async def follow(self, case: Case, follower: str, key: str, *, follows: bool) -> None:
        """Have somebody follow a case, or no longer; again changes nothing. follower: an e-mail address or our id.

        PermanentFailure when the case is unknown, or nobody is known by the address who is to follow.
        """
        ...

    async def move(self, case: Case, move: Move, key: str) -> None:
        """Carry out the reporter's answer to a solution; again changes nothing.

        PermanentFailure when the case is unknown, or is not where it can be moved from, or nothing can be moved there.
        """
        ...

    async def withdraw(self, case: Case, key: str) -> None:
        """Say that the case is no longer wanted; again changes nothing. PermanentFailure when the case is unknown."""
        ...

    async def relate(self, case: Case, hovedsak: Case, key: str) -> None:
        """Attach the case as an undersak of its hovedsak, once; a link that is there already is left as it is.

        TemporaryFailure while the hovedsak has no number yet, PermanentFailure when the case has none.
        """
        ...

    async def unrelate(self, case: Case, hovedsak: Case, key: str) -> None:
        """Take that link off; one that is not there is no error."""
        ...


class GroupFeed(Protocol):
    """Where notices are posted: one living post a notice and target.

    What a feed cannot do again without doing it twice, and cannot look up, it leaves as OutcomeUnknown.
    """

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """Post the notice at a target and return the post's id."""
        ...

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """The id of the post made under this key, or None when there certainly is none."""
        ...

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """Edit the post into this version; again changes nothing. Returns its id: a new one if it had been deleted."""
        ...

    async def check(self, target: FeedTarget) -> None:
        """Raises a PortError when nothing could be posted there now. Posts nothing."""
        ...


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the one who takes over must know. `to` is "desk" or "1linje"."""

    to: str
    summary: str
    person: Person
    conversation_id: str


class Desk(Protocol):
    """Where a conversation goes that a person must take over."""

    async def take_over(self, what: HandedOver, key: str) -> None:
        """Hand over; the same key again changes nothing."""
        ...


class Deliverer(Protocol):
    """Sends a message nobody just asked for to the conversation its channel stored `reference` for."""

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        """Returns when the channel has taken them."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """All of them, chosen once in the composition root."""

    case_system: CaseSystem
    feed: GroupFeed
    desk: Desk
    deliverer: Deliverer
    routing: FeedRouting = field(default_factory=FeedRouting)
    """the targets `feed` posts to"""
