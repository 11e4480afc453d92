"""A group with several targets: each gets its posts by itself, and what cannot be reached is told another way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.records import RowState
from dialogs.case import Role
from knowledge.errors import OutcomeUnknown, PermanentFailure
from knowledge.feed_targets import FeedKind, FeedRouting, FeedTarget
from tests.bot.samples import ULLA
from tests.bot.test_outbox import Works

CHANNEL = FeedTarget("sam_it", "kanal", FeedKind.TEAMS, "19:a@thread.tacv2")
COMMUNITY = FeedTarget("sam_it", "engage", FeedKind.ENGAGE, "1")
LIST = FeedTarget("sam_it", "epost", FeedKind.EMAIL, "alle@example.org", instead_of="kanal")
ROUTING = FeedRouting({"sam_it": (CHANNEL, COMMUNITY, LIST)})


@pytest.fixture
async def works(tmp_path: Path) -> AsyncIterator[Works]:
    works = Works(tmp_path / "losen.db", ROUTING)
    await works.house.grant(ULLA, Role.USS)
    yield works
    await works.house.store.close()


def done_at(done: list[str], place: str) -> list[str]:
    """What was posted at a place, or told of it."""
    return [one for one in done if place in one]


async def test_every_target_gets_the_notice_but_what_stands_in_for_one_that_works(works: Works) -> None:
    await works.house.says("notice sam_it", ULLA)
    assert await works.work() == [
        "publish D-2026-0001 sam_it/kanal AKS er nede",
        "publish D-2026-0001 sam_it/engage AKS er nede",
        "tell notice_published D-2026-0001",
    ]
    await works.house.says("update D-2026-0001", ULLA)
    assert done_at(await works.work(9999), "epost") == []


async def test_a_target_that_fails_holds_up_no_other(works: Works) -> None:
    works.world.down = {CHANNEL.id}
    await works.house.says("notice sam_it", ULLA)
    await works.house.says("update D-2026-0001", ULLA)
    assert await works.work() == [
        "publish D-2026-0001 sam_it/engage AKS er nede",
        "update post-sam_it/engage AKS er treg",
    ]


async def test_what_cannot_be_reached_is_told_another_way_after_a_while_with_all_that_waits(works: Works) -> None:
    works.world.down = {CHANNEL.id}
    await works.house.says("notice sam_it", ULLA)
    await works.house.says("update D-2026-0001", ULLA)
    assert done_at(await works.work(), "epost") == []
    assert done_at(await works.work(599), "epost") == []
    assert done_at(await works.work(900), "epost") == [
        "publish D-2026-0001 sam_it/epost AKS er nede",
        "tell notice_other_way D-2026-0001 target=sam_it/epost",
        "update post-sam_it/epost AKS er treg",
    ]
    assert done_at(await works.work(9999), "epost") == [], "once"


async def test_who_was_told_another_way_hears_there_how_it_ends_and_the_target_gets_all_of_it_too(works: Works) -> None:
    works.world.down = {CHANNEL.id}
    await works.house.says("notice sam_it", ULLA)
    await works.work()
    await works.work(900)
    works.world.down = set()
    await works.work(900)
    await works.house.says("resolve D-2026-0001", ULLA)
    assert (await works.work())[:3] == [
        "update post-sam_it/kanal AKS er treg",
        "update post-sam_it/engage AKS er treg",
        "update post-sam_it/epost AKS er treg",
    ]


async def test_what_is_refused_is_told_another_way_at_once_and_shown(works: Works) -> None:
    works.world.errors = [PermanentFailure("the channel answered 403 BotNotInConversationRoster")]
    await works.house.says("notice sam_it", ULLA)
    done = await works.work()
    assert "publish D-2026-0001 sam_it/epost AKS er nede" in done
    refused = "the channel answered 403 BotNotInConversationRoster"
    assert done[-3:] == [
        f"tell notice_failed D-2026-0001 reason=avvist target=sam_it/kanal text={refused}",
        "tell notice_other_way D-2026-0001 target=sam_it/epost",
        "tell notice_published_elsewhere D-2026-0001",
    ]
    (failed,) = await works.rows(RowState.FAILED)
    assert (failed.payload["target"], failed.uncertain) == (CHANNEL.id, False)
    assert failed.last_error == f"PermanentFailure: {refused}"


async def test_what_may_have_arrived_is_neither_repeated_nor_called_refused(works: Works) -> None:
    works.world.errors = [OutcomeUnknown("no answer after it was sent")]
    await works.house.says("notice sam_it", ULLA)
    done = await works.work()
    assert [one for one in done if one.startswith("tell notice_uncertain D-2026-0001")]
    assert done_at(await works.work(99999), "kanal") == []
    (failed,) = await works.rows(RowState.FAILED)
    assert failed.uncertain


async def test_a_target_that_is_no_longer_in_the_file_is_told_as_refused(works: Works) -> None:
    await works.house.says("notice sam_it", ULLA)
    works.worker._ports = replace(works.worker._ports, routing=FeedRouting({"sam_it": (COMMUNITY,)}))
    done = await works.work()
    assert [one for one in done if one.startswith("tell notice_failed") and "does not name this target" in one]


async def test_a_post_that_was_gone_is_told_of(works: Works) -> None:
    await works.house.says("notice sam_it", ULLA)
    await works.work()
    save = works.house.store.write
    await save(lambda session: session.notices.save_post("D-2026-0001", COMMUNITY.id, "another"))

    async def update(*of: object) -> str:
        return "post-new"

    works.world.update = update  # type: ignore[method-assign, assignment]
    await works.house.says("update D-2026-0001", ULLA)
    assert "tell notice_posted_anew D-2026-0001 target=sam_it/engage" in await works.work()


async def test_a_place_that_is_back_has_the_notice_within_a_minute_however_long_it_was_down(works: Works) -> None:
    works.world.down = {COMMUNITY.id}
    await works.house.says("notice sam_it", ULLA)
    for _ in range(20):
        await works.work(600)
    works.world.down = set()
    assert "publish D-2026-0001 sam_it/engage AKS er nede" in await works.work(60)
