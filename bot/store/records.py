"""The values that go in and out of the store. Times are aware datetimes; JSON values are plain dicts and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.case import Notice


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A conversation: `state` is its JSON text as it was written, `reference` is how its channel reaches it again.

    turns: how many turns have been written. person_id: who spoke last.
    """

    id: str
    channel: str
    person_id: str
    language: str
    state: str
    reference: Mapping[str, Any]
    turns: int
    updated_at: datetime

    @property
    def personal(self) -> bool:
        """Whether the person is alone with the bot there; a channel says so only where it is not so."""
        return bool(self.reference.get("personal", True))


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person: names from the channel, the rest from what was said (gives no right)."""

    id: str
    name: str = ""
    virksomhet: str = ""
    email: str = ""
    phone: str = ""
    said_role: str = ""


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A right that somebody with the right to do so has given, in a virksomhet or (empty) in none in particular."""

    person_id: str
    role: str
    granted_by: str
    at: datetime
    virksomhet: str = ""


class Job(StrEnum):
    """What an outbox row wants done."""

    OPEN_CASE = "open_case"
    COMMENT_CASE = "comment_case"
    ATTACH_FILES = "attach_files"
    FOLLOW_CASE = "follow_case"
    MOVE_CASE = "move_case"
    WITHDRAW_CASE = "withdraw_case"
    RELATE_CASE = "relate_case"
    UNRELATE_CASE = "unrelate_case"
    PUBLISH_NOTICE = "publish_notice"
    UPDATE_NOTICE = "update_notice"
    HAND_OVER = "hand_over"
    TELL = "tell"
    DELIVER = "deliver"


POSTING = (Job.PUBLISH_NOTICE, Job.UPDATE_NOTICE)
"""What puts a version of a notice at one of its targets."""


class RowState(StrEnum):
    """Where an outbox row is. `uncertain` on a row says that it may already have happened."""

    QUEUED = "queued"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much of the outbox is not done: rows by state, and the age of the oldest that waits or is under way (s)."""

    rows: Mapping[RowState, int]
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """One effect on its way.

    id: our own key, given to the other side so that repeating is harmless.
    lane: rows of one lane are carried out one after the other, in order (a case's ref, a notice in a group, a
    conversation). channel: only a worker that serves it may take the row; empty for any worker.
    conversation_id and person_id: who is told what came of it.
    attempts: how often it has been tried, this lease included.
    uncertain: it may have happened already, so it is looked up before it is repeated.
    """

    id: str
    job: Job
    lane: str
    ref: str
    conversation_id: str
    person_id: str
    payload: Mapping[str, Any]
    not_before: datetime
    created_at: datetime
    channel: str = ""
    state: RowState = RowState.QUEUED
    attempts: int = 0
    uncertain: bool = False
    leased_until: datetime | None = None
    lease_owner: str = ""
    last_error: str = ""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of one call that must not be made twice.

    sent_at: when the last call that may have been carried out began; None when none may have been. answer: the id at
    the other end, once known. refusals: how often the other end has said no. still: ids that are to be linked to it.
    """

    key: str
    sent_at: datetime | None = None
    answer: str = ""
    refusals: int = 0
    still: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """What has been seen of a case in the other system, where its id is `number`.

    changed: when it was last changed there, in its milliseconds; 0 and empty values before it was first looked at.
    comments: the ids of those that were seen.
    """

    ref: str
    number: str
    changed: int = 0
    phase: str = ""
    comments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FeedPost:
    """The one living post of a notice in a group of the local feed."""

    id: str
    group: str
    notice: Notice
    edits: int
    posted_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LocalCase:
    """A case in the local register: what a case system would hold besides the case itself."""

    key: str
    ref: str
    number: str
    opened_at: datetime
    withdrawn_at: datetime | None = None
    comments: tuple[Mapping[str, str], ...] = ()
    """{"key", "at", "text"} each"""
    hovedsak: str | None = None
    """the number of the case that this one is an undersak of (G 5.1.2.2)"""
    attachments: tuple[Mapping[str, str], ...] = ()
    """those added after it was opened: {"key", "name", "sha256"} each"""
    followers: tuple[str, ...] = ()
    """those added after it was opened and not taken off again"""


@dataclass(frozen=True, slots=True)
class HandOverRecord:
    """A conversation that a person at the desk or in 1.linje should take over."""

    key: str
    to: str
    summary: str
    person_id: str
    conversation_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A stored attachment; the bytes lie on disk under `sha256`. `size` in bytes."""

    sha256: str
    size: int
    name: str
    content_type: str
    stored_at: datetime
