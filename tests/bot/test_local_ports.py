"""The default ports: the local case register, the local feed and the local desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local_cases import LocalCaseRegister
from bot.local_desk import LocalDesk
from bot.local_feed import LocalFeed
from bot.ports import CaseSystem, Desk, GroupFeed, HandedOver, Opened
from bot.store import SqliteStore
from bot.store.records import LocalCase
from dialogs.case import Case
from dialogs.events import Attachment
from knowledge.errors import TemporaryFailure
from knowledge.feed_targets import FeedTarget, page_of
from tests.bot.port_contracts import CaseSystemContract, DeskContract, GroupFeedContract
from tests.bot.samples import KARI, MONDAY, Clock, a_case, a_notice


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")
    yield store
    await store.close()


@pytest.fixture
def case_system(store: SqliteStore) -> LocalCaseRegister:
    return LocalCaseRegister(store, Clock())


@pytest.fixture
def feed(store: SqliteStore) -> LocalFeed:
    return LocalFeed(store, Clock())


@pytest.fixture
def desk(store: SqliteStore) -> LocalDesk:
    return LocalDesk(store, Clock())


class TestLocalCaseRegister(CaseSystemContract):
    async def test_its_number_is_visibly_not_one_of_kompass(self, case_system: CaseSystem) -> None:
        assert await case_system.open(a_case(), "key-1") == Opened(link=None, local_number="LOKAL-2026-000001")
        assert await case_system.open(a_case(), "key-1") == Opened(link=None, local_number="LOKAL-2026-000001")

    async def comments(self, case_system: CaseSystem, case: Case) -> list[str]:
        return [one["text"] for one in (await self._kept(case_system, case)).comments]

    async def withdrawn(self, case_system: CaseSystem, case: Case) -> bool:
        return (await self._kept(case_system, case)).withdrawn_at == MONDAY

    async def a_file(self, name: str) -> Attachment:
        return Attachment(name, 3, "0" * 64, "text/plain")

    async def attached(self, case_system: CaseSystem, case: Case) -> list[str]:
        return [one["name"] for one in (await self._kept(case_system, case)).attachments]

    async def followers(self, case_system: CaseSystem, case: Case) -> list[str]:
        return list((await self._kept(case_system, case)).followers)

    async def undersaker(self, case_system: CaseSystem, hovedsak: Case) -> list[str]:
        number = (await self._kept(case_system, hovedsak)).number
        kept = [await self._kept(case_system, a_case(f"L-2026-{one:06d}")) for one in (1, 2, 3)]
        return [one.ref for one in kept if one.hovedsak == number]

    async def _kept(self, case_system: CaseSystem, case: Case) -> LocalCase:
        assert isinstance(case_system, LocalCaseRegister)
        kept = await case_system._store.read(lambda session: session.local.case_of(case.ref))
        assert kept is not None
        return kept


class TestLocalFeed(GroupFeedContract):
    async def shown(self, feed: GroupFeed, target: FeedTarget) -> list[str]:
        assert isinstance(feed, LocalFeed)
        return [post.notice.what for post in await feed.posts(target.group)]

    async def test_edits_are_counted_once_and_the_history_comes_along(self, feed: LocalFeed) -> None:
        post_id = await feed.publish(a_notice(), self.open, "key-1")
        for what in ("AKS er treg", "AKS er treg", "AKS virker"):
            await feed.update(post_id, a_notice(what=what), self.open, f"key-{what}")
        (post,) = await feed.posts()
        assert (post.edits, post.notice.history[0].text) == (2, "AKS virker")

    async def test_publishing_again_does_not_undo_an_update(self, feed: LocalFeed) -> None:
        post_id = await feed.publish(a_notice(), self.open, "key-1")
        await feed.update(post_id, a_notice(what="AKS virker"), self.open, "key-2")
        assert await feed.publish(a_notice(), self.open, "key-1") == post_id
        assert await self.shown(feed, self.open) == ["AKS virker"]


class TestLocalDesk(DeskContract):
    async def received(self, desk: Desk) -> list[str]:
        assert isinstance(desk, LocalDesk)
        return [one.summary for one in await desk._store.read(lambda session: session.local.hand_overs())]


async def test_a_store_that_refuses_is_a_temporary_failure(
    store: SqliteStore, case_system: LocalCaseRegister, feed: LocalFeed, desk: LocalDesk
) -> None:
    await store.close()
    for failing in (
        case_system.open(a_case(), "k"),
        case_system.look_up("k"),
        case_system.comment(a_case(), "Hei", "k"),
        case_system.withdraw(a_case(), "k"),
        case_system.attach(a_case(), (), "k"),
        case_system.follow(a_case(), "ola@oslo.example", "k", follows=True),
        feed.publish(a_notice(), page_of("sam_it"), "k"),
        feed.look_up(page_of("sam_it"), "k"),
        feed.update("p", a_notice(), page_of("sam_it"), "k"),
        desk.take_over(HandedOver("desk", "", KARI, "c1"), "k"),
    ):
        with pytest.raises(TemporaryFailure):
            await failing
