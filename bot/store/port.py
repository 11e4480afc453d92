"""The store as the rest of the bot room sees it; every implementation runs `tests/bot/store/contract.py`.

All methods of a session are synchronous and belong to the one transaction the session stands for. Failures of the
database become StoreError.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol, TypeVar

from bot.store.affected import Affected
from bot.store.choices import Choices
from bot.store.conversations import Conversations
from bot.store.elsewhere import Sendings, Watched
from bot.store.fellesfeil import Fellesfeil
from bot.store.insight import Insight
from bot.store.messages import Messages
from bot.store.notices import Notices
from bot.store.outbox import Outbox
from bot.store.promises import Promises
from bot.store.proposed_lines import ProposedLines
from bot.store.radar import RadarMemory
from bot.store.ratings import Ratings
from bot.store.records import (
    FeedPost,
    FileRecord,
    HandOverRecord,
    LocalCase,
    Profile,
    RoleGrant,
)
from bot.store.suspicions import Suspicions
from dialogs.case import Case

T = TypeVar("T")


class Cases(Protocol):
    """Cases, their numbers, and who may see them."""

    def next_ref(self, year: int) -> str:
        """The reference the next case of the year gets ("L-2026-000123"); not used up until `add`."""
        ...

    def add(self, case: Case, conversation_id: str) -> None:
        """Store a new case and use up its reference; raises StoreError when the reference is not the next one."""
        ...

    def update(self, case: Case) -> None:
        """Replace a stored case; raises StoreError when there is none with its reference."""
        ...

    def get(self, ref: str) -> Case | None:
        """The case with our reference."""
        ...

    def conversation_of(self, ref: str) -> str | None:
        """The conversation a case was opened in."""
        ...

    def of_person(self, person_id: str, limit: int, email: str = "") -> tuple[Case, ...]:
        """Cases the person reported or follows, by id or by address, newest first."""
        ...

    def inbox(self, virksomheter: Collection[str], limit: int) -> tuple[Case, ...]:
        """Open cases at the own 1.linje of these virksomheter, newest first."""
        ...

    def take(self, ref: str, person_id: str) -> None:
        """Note who of 1.linje has taken a case; another one may take it over."""
        ...

    def taken_by(self, ref: str) -> str | None:
        """Who of 1.linje has taken the case."""
        ...

    def all(self) -> tuple[Case, ...]:
        """Every case, oldest first."""
        ...


class People(Protocol):
    """Profiles and granted roles."""

    def profile(self, person_id: str) -> Profile | None:
        """What is known of a person."""
        ...

    def with_email(self, address: str) -> tuple[str, ...]:
        """The ids of the persons with this e-mail address, whatever its capitals."""
        ...

    def save_profile(self, profile: Profile) -> None:
        """Insert or replace."""
        ...

    def forget(self, person_id: str) -> None:
        """Delete what is known of a person; granted roles stay."""
        ...

    def roles(self, person_id: str) -> frozenset[str]:
        """The roles granted to a person."""
        ...

    def first_line_of(self, person_id: str) -> frozenset[str]:
        """The virksomheter whose 1.linje the person is granted to be."""
        ...

    def first_line(self, virksomhet: str) -> tuple[str, ...]:
        """The people granted to be a virksomhet's 1.linje, by id."""
        ...

    def first_line_reads(self, virksomhet: str, besides: str) -> bool:
        """Whether anyone of a virksomhet's 1.linje, besides one person, has a conversation with the bot."""
        ...

    def grant(self, grant: RoleGrant) -> None:
        """Grant a role; granting it again keeps the first grant."""
        ...

    def revoke(self, person_id: str, role: str) -> bool:
        """Take a role back in every virksomhet; False when it was not granted."""
        ...

    def grants(self) -> tuple[RoleGrant, ...]:
        """All grants, by person and role."""
        ...


class LocalWorld(Protocol):
    """What the default ports keep here when there is no Kompass, no Teams channel and no desk inbox."""

    def add_case(self, key: str, ref: str, at: datetime) -> LocalCase:
        """Open a case under a key and number it; the same key again gives the same case."""
        ...

    def case(self, key: str) -> LocalCase | None:
        """The case opened under this key."""
        ...

    def case_of(self, ref: str) -> LocalCase | None:
        """The case with our reference."""
        ...

    def save_case(self, case: LocalCase) -> None:
        """Replace a case; raises StoreError when its key is unknown."""
        ...

    def save_post(self, post: FeedPost) -> None:
        """Insert or replace a post of the feed."""
        ...

    def post(self, post_id: str) -> FeedPost | None:
        """One post of the feed."""
        ...

    def posts(self, group: str | None) -> tuple[FeedPost, ...]:
        """Posts of a group, or of all, newest first."""
        ...

    def add_hand_over(self, record: HandOverRecord) -> None:
        """Keep a hand-over; the same key again changes nothing."""
        ...

    def forget_hand_overs(self, person_id: str) -> None:
        """Delete what a person handed over."""
        ...

    def hand_overs(self) -> tuple[HandOverRecord, ...]:
        """All hand-overs, oldest first."""
        ...

    def add_file(self, record: FileRecord) -> None:
        """Keep what is known of a stored file; the same digest again changes nothing."""
        ...

    def file(self, sha256: str) -> FileRecord | None:
        """A stored file by its digest."""
        ...


class Session(Protocol):
    """One transaction."""

    @property
    def conversations(self) -> Conversations:
        """Conversations and answers."""
        ...

    @property
    def cases(self) -> Cases:
        """Cases."""
        ...

    @property
    def notices(self) -> Notices:
        """Notices."""
        ...

    @property
    def affected(self) -> Affected:
        """People hit by notices."""
        ...

    @property
    def messages(self) -> Messages:
        """Messages about notices to single people."""
        ...

    @property
    def promises(self) -> Promises:
        """Promised updates of notices."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Effects on their way."""
        ...

    @property
    def sendings(self) -> Sendings:
        """Calls that must not be made twice."""
        ...

    @property
    def watched(self) -> Watched:
        """What has been seen of cases elsewhere."""
        ...

    @property
    def people(self) -> People:
        """Profiles and roles."""
        ...

    @property
    def choices(self) -> Choices:
        """Forms proposed and chosen."""
        ...

    @property
    def ratings(self) -> Ratings:
        """What people thought of answers."""
        ...

    @property
    def fellesfeil(self) -> Fellesfeil:
        """The cases of fellesfeil, and what is asked about them."""
        ...

    @property
    def insight(self) -> Insight:
        """Counts and times, and no person."""
        ...

    @property
    def radar(self) -> RadarMemory:
        """What the radar has learnt and heard."""
        ...

    @property
    def proposed_lines(self) -> ProposedLines:
        """Lines of notices that wait for a second person."""
        ...

    @property
    def suspicions(self) -> Suspicions:
        """Suspicions of a fellesfeil."""
        ...

    @property
    def local(self) -> LocalWorld:
        """What the default ports keep."""
        ...


class Store(Protocol):
    """The store. Safe for any number of coroutines of one event loop, and for several processes on one database."""

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own; returns its value once everything is on disk.

        An exception of `work` undoes all it wrote and is raised here. `work` must not wait for anything.
        """
        ...

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one consistent view of the database; writing there raises StoreError."""
        ...

    async def close(self) -> None:
        """Finish what was asked for and close."""
        ...
