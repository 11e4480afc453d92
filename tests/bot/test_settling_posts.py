"""Posts settled by hand: done in a person's name, or posted once more, and never an older version over a newer one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authority import check
from bot.commands.notices import report_of
from bot.notices.settling import PostSettler, unsettled_posts
from bot.store.records import RowState
from dialogs.case import Role
from dialogs.unsettled_post import SettlePost, UnsettledPost
from knowledge.errors import NotAllowed, OutcomeUnknown, PermanentFailure
from tests.bot.samples import ULLA
from tests.bot.test_outbox import Works

REF, TARGET = "D-2026-0001", "sam_it/page"
LOST = OutcomeUnknown("no answer after it was sent")


@pytest.fixture
async def works(tmp_path: Path) -> AsyncIterator[Works]:
    works = Works(tmp_path / "losen.db")
    await works.house.grant(ULLA, Role.USS)
    works.world.errors = [LOST]
    await works.house.says("notice sam_it", ULLA)
    await works.work()
    yield works
    await works.house.store.close()


async def settle(works: Works, sent: bool, target: str = TARGET) -> list[str]:
    effect = SettlePost(REF, target, sent)
    await works.house.store.write(lambda session: PostSettler(session, ULLA, works.clock()).settle(effect))
    works.wake.set()
    return await works.work()


async def waiting(works: Works) -> tuple[UnsettledPost, ...]:
    return await works.house.store.read(unsettled_posts)


async def states(works: Works) -> list[tuple[str, str]]:
    report = await report_of(works.house.store, REF)
    return [(post["state"], post["reason"]) for line in report["lines"] for post in line["posts"]]


async def test_it_stays_uncertain_until_somebody_says_that_it_is_there(works: Works) -> None:
    await works.work(999_999)
    assert [(one.target, one.uncertain) for one in await waiting(works)] == [(TARGET, True)]
    assert (await states(works))[0][0] == "uncertain"
    assert await settle(works, True) == []
    assert await waiting(works) == ()
    assert await states(works) == [("confirmed", ULLA.name)]
    # What is there cannot be edited without its id, so the next version is a new post with all that was said.
    await works.house.says(f"update {REF}", ULLA)
    assert f"publish {REF} sam_it AKS er treg" in await works.work()


async def test_it_is_posted_once_more(works: Works) -> None:
    assert f"publish {REF} sam_it AKS er nede" in await settle(works, False)
    assert await waiting(works) == ()
    assert [state for state, _ in await states(works)] == ["sent"]
    assert await works.work(999_999) == []


async def test_a_refusal_is_tried_again_when_it_was_put_right(works: Works) -> None:
    await settle(works, True)
    works.world.errors = [PermanentFailure("the channel answered 403")]
    await works.house.says(f"update {REF}", ULLA)
    await works.work()
    assert [(one.uncertain, one.known) for one in await waiting(works)] == [(False, False)]
    assert f"publish {REF} sam_it AKS er treg" in await settle(works, False)


async def test_an_older_version_is_never_posted_over_a_newer_one(works: Works) -> None:
    await works.house.says(f"update {REF}", ULLA)
    assert f"publish {REF} sam_it AKS er treg" in await works.work()
    assert [one.outdone for one in await waiting(works)] == [True]
    assert await settle(works, False) == [f"tell notice_published {REF}"]
    assert await works.rows(RowState.FAILED) == ()


async def test_of_several_that_failed_the_newest_is_posted(works: Works) -> None:
    works.world.errors = [LOST]
    await works.house.says(f"update {REF}", ULLA)
    await works.work()
    assert len(await works.rows(RowState.FAILED)) == 2
    (one,) = await waiting(works)
    assert not one.outdone
    done = await settle(works, False)
    assert [line for line in done if "AKS" in line] == [f"publish {REF} sam_it AKS er treg"]
    assert await waiting(works) == ()


async def test_only_what_failed(works: Works) -> None:
    with pytest.raises(NotAllowed):
        await settle(works, True, "sam_it/other")


def test_only_who_may_publish() -> None:
    check(SettlePost(REF, TARGET, True), "ulla", {Role.USS}, None)
    for granted in (frozenset(Role) - {Role.USS}, {Role.USS, Role.RM}):
        with pytest.raises(NotAllowed):
            check(SettlePost(REF, TARGET, False), "ulla", granted, None)
