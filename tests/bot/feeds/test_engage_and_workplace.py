"""Notices in Viva Engage communities and in Workplace groups: found again where an answer was lost, and never twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.feeds.engage import EngageFeed
from bot.feeds.engage_token import EngageToken, ServiceAccount
from bot.feeds.once import Once
from bot.feeds.service import FeedService, FixedToken
from bot.feeds.workplace import WorkplaceFeed, workplace_failure
from bot.ports import GroupFeed
from bot.store import SqliteStore
from bot.throttle import Throttle
from dialogs.case import NoticeUpdate
from dialogs.notice_steps import with_line
from dialogs.texts import load_texts
from knowledge.errors import PermanentFailure, TemporaryFailure, UncertainOutcome
from knowledge.feed_targets import FeedKind, FeedTarget
from tests.bot.feeds.fake_engage import FakeEngage
from tests.bot.feeds.fake_workplace import FakeWorkplace
from tests.bot.feeds.faults import Fault, Faults
from tests.bot.port_contracts import GroupFeedContract
from tests.bot.samples import MONDAY, Clock, a_notice
from tests.free_port import free_port

NB = load_texts()["nb"]
ACCOUNT = ServiceAccount("t1", "app", "app-secret", "secret-refresh")


class Seconds:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")
    yield store
    await store.close()


@pytest.fixture
async def engage(store: SqliteStore, clock: Clock, seconds: Seconds) -> AsyncIterator[tuple[FakeEngage, EngageFeed]]:
    world = FakeEngage()
    async with world.server:
        token = EngageToken(ACCOUNT, seconds, world.url)
        service = FeedService("Viva Engage", world.url, token, Throttle(seconds))
        yield world, EngageFeed(service, NB, Once(store, clock), clock)
        await service.close()


@pytest.fixture
async def workplace(
    store: SqliteStore, clock: Clock, seconds: Seconds
) -> AsyncIterator[tuple[FakeWorkplace, WorkplaceFeed]]:
    world = FakeWorkplace()
    async with world.server:
        service = FeedService("Workplace", world.url, FixedToken("wp-secret"), Throttle(seconds), workplace_failure)
        yield world, WorkplaceFeed(service, NB, Once(store, clock), clock)
        await service.close()


class TestEngageFeed(GroupFeedContract):
    open = FeedTarget("sam_it", "engage", FeedKind.ENGAGE, "11")
    closed = FeedTarget("sam_ikt_hovedkontakter", "engage", FeedKind.ENGAGE, "22")

    @pytest.fixture
    def feed(self, engage: tuple[FakeEngage, EngageFeed]) -> EngageFeed:
        self.world, feed = engage
        return feed

    async def shown(self, feed: GroupFeed, target: FeedTarget) -> list[str]:
        """The newest message of a conversation is what holds."""
        newest = [talk[-1]["body"]["plain"] for talk in self.world.conversations(int(target.address))]
        return [text.splitlines()[0].removeprefix("Fellesfeil: ") for text in newest]


class TestWorkplaceFeed(GroupFeedContract):
    open = FeedTarget("sam_it", "workplace", FeedKind.WORKPLACE, "33")
    closed = FeedTarget("sam_ikt_hovedkontakter", "workplace", FeedKind.WORKPLACE, "44")

    @pytest.fixture
    def feed(self, workplace: tuple[FakeWorkplace, WorkplaceFeed]) -> WorkplaceFeed:
        self.world, feed = workplace
        return feed

    async def shown(self, feed: GroupFeed, target: FeedTarget) -> list[str]:
        return [text.splitlines()[0].removeprefix("Fellesfeil: ") for text in self.world.in_group(target.address)]


COMMUNITY, GROUP = TestEngageFeed.open, TestWorkplaceFeed.open


@pytest.fixture(params=["engage", "workplace"])
def either(request: pytest.FixtureRequest) -> tuple[Faults, GroupFeed, FeedTarget]:
    world, feed = request.getfixturevalue(request.param)
    return world.faults, feed, COMMUNITY if request.param == "engage" else GROUP


Either = tuple[Faults, GroupFeed, FeedTarget]


async def test_a_post_whose_answer_was_lost_is_found_by_its_mark(either: Either, clock: Clock) -> None:
    faults, feed, target = either
    faults.next = [Fault(lost=True)]
    with pytest.raises(UncertainOutcome):
        await feed.publish(a_notice(), target, "key-1")
    found = await feed.look_up(target, "key-1")
    assert found
    assert await feed.publish(a_notice(), target, "key-1") == found
    assert faults.calls.count("post") == 1


async def test_a_post_that_is_not_found_is_waited_for_before_it_is_made_again(either: Either, clock: Clock) -> None:
    faults, feed, target = either
    faults.next = [Fault(502)]
    with pytest.raises(UncertainOutcome):
        await feed.publish(a_notice(), target, "key-1")
    clock.advance(179)
    with pytest.raises(UncertainOutcome):
        await feed.look_up(target, "key-1")
    clock.advance(1)
    assert await feed.look_up(target, "key-1") is None
    assert await feed.publish(a_notice(), target, "key-1")
    assert faults.calls.count("post") == 2


async def test_a_line_whose_answer_was_lost_is_found_too(either: Either) -> None:
    faults, feed, target = either
    post_id = await feed.publish(a_notice(), target, "key-1")
    faults.next = [Fault(lost=True, on="post" if target is COMMUNITY else "comment")]
    with pytest.raises(UncertainOutcome):
        await feed.update(post_id, a_notice(what="AKS er treg"), target, "key-2")
    assert await feed.update(post_id, a_notice(what="AKS er treg"), target, "key-2") == post_id
    assert faults.calls.count("comment") in (0, 1)
    assert faults.calls.count("post") == (2 if target is COMMUNITY else 1)


@pytest.mark.parametrize("said", [30, 99])
@pytest.mark.parametrize("what", ["post", "line"])
async def test_fixed_bug_what_many_people_said_meanwhile_hid_a_post_whose_answer_was_lost(
    either: Either, request: pytest.FixtureRequest, clock: Clock, what: str, said: int
) -> None:
    """Twenty messages were read, and at an outage people write more than that in three minutes: it was posted twice."""
    faults, feed, target = either
    name = "engage" if target is COMMUNITY else "workplace"
    world, _ = request.getfixturevalue(name)
    post_id = await feed.publish(a_notice(), target, "key-1")
    faults.next = [Fault(lost=True, on="comment" if name == "workplace" and what == "line" else "post")]

    async def again() -> None:
        if what == "line":
            await feed.update(post_id, a_notice(what="AKS er treg"), target, "key-2")
        else:
            await feed.publish(a_notice("D-2026-0002"), target, "key-2")

    with pytest.raises(UncertainOutcome):
        await again()
    world.talk(post_id, said)
    clock.advance(600)
    calls = len(faults.calls)
    await again()
    # The post of a group is edited again; nothing is posted.
    assert {one for one in faults.calls[calls:] if one in ("post", "comment")} == set()


async def test_a_slow_down_stops_every_post_there(either: Either, seconds: Seconds) -> None:
    faults, feed, target = either
    faults.next = [Fault(429, retry_after="30")]
    for _ in range(3):
        with pytest.raises(TemporaryFailure) as caught:
            await feed.publish(a_notice(), target, "key-1")
        assert caught.value.retry_after == 30
    assert len(faults.calls) == 1
    seconds.now += 30
    await feed.publish(a_notice(), target, "key-1")


async def test_what_is_refused_is_told_with_status_and_code_and_no_more(either: Either) -> None:
    faults, feed, target = either
    faults.next = [Fault(403, code=10)]
    with pytest.raises(PermanentFailure, match=r"answered 403 10$"):
        await feed.publish(a_notice(), target, "key-1")
    await feed.publish(a_notice(), target, "key-1")


async def test_a_check_reads_and_posts_nothing(either: Either) -> None:
    faults, feed, target = either
    await feed.check(target)
    faults.next = [Fault(403)]
    with pytest.raises(PermanentFailure):
        await feed.check(target)
    assert set(faults.calls) == {"look"}


# Viva Engage alone


async def test_what_cannot_be_found_among_too_many_is_not_taken_for_missing(
    engage: tuple[FakeEngage, EngageFeed], clock: Clock
) -> None:
    world, feed = engage
    post_id = await feed.publish(a_notice(), COMMUNITY, "key-1")
    world.faults.next = [Fault(lost=True)]
    with pytest.raises(UncertainOutcome):
        await feed.update(post_id, a_notice(), COMMUNITY, "key-2")
    world.talk(post_id, 400)
    clock.advance(600)
    with pytest.raises(UncertainOutcome, match="so much was said"):
        await feed.update(post_id, a_notice(), COMMUNITY, "key-2")


async def test_the_conversation_is_the_living_post_and_each_message_has_its_mark(
    engage: tuple[FakeEngage, EngageFeed],
) -> None:
    world, feed = engage
    post_id = await feed.publish(a_notice(), COMMUNITY, "key-1")
    await feed.update(post_id, a_notice(what="AKS er treg"), COMMUNITY, "key-2")
    ((first, second),) = world.conversations(11)
    assert "Konsekvens: Ingen får logget på" in first["body"]["plain"]
    assert second["body"]["plain"].startswith("Fellesfeil: AKS er treg\nD-2026-0001 · pågår: mandag 23. november 2026")
    marks = {one["body"]["plain"].splitlines()[-1] for one in (first, second)}
    assert len(marks) == 2
    assert all(mark.startswith("(D-2026-0001 · ") for mark in marks)


async def test_what_cannot_be_edited_is_told_with_all_that_stands_now_when_a_fact_has_changed(
    engage: tuple[FakeEngage, EngageFeed],
) -> None:
    world, feed = engage
    post_id = await feed.publish(a_notice(), COMMUNITY, "key-1")
    line = NoticeUpdate(MONDAY, "Ulla", "updated", "Dette kan du gjøre nå: Bruk webmail.")
    changed = with_line(a_notice(), line, None, {"workaround": "Bruk webmail"})
    await feed.update(post_id, changed.open_version(), COMMUNITY, "key-2")
    ((_, second),) = world.conversations(11)
    assert "Hva du kan gjøre nå: Bruk webmail" in second["body"]["plain"]
    assert a_notice().workaround not in second["body"]["plain"]


async def test_a_conversation_that_is_gone_is_begun_anew(engage: tuple[FakeEngage, EngageFeed]) -> None:
    world, feed = engage
    post_id = await feed.publish(a_notice(), COMMUNITY, "key-1")
    world.messages.clear()
    anew = await feed.update(post_id, a_notice(), COMMUNITY, "key-2")
    assert anew != post_id
    assert await feed.update(post_id, a_notice(), COMMUNITY, "key-2") == anew
    assert len(world.messages) == 1


async def test_one_token_serves_until_it_ends_and_the_newest_refresh_token_is_used(
    engage: tuple[FakeEngage, EngageFeed], seconds: Seconds
) -> None:
    world, feed = engage
    for _ in range(3):
        await feed.check(COMMUNITY)
    assert world.refresh_tokens == ["secret-refresh"]
    seconds.now += 3600
    await feed.check(COMMUNITY)
    assert world.refresh_tokens == ["secret-refresh", "newer"]


async def test_a_token_that_is_not_taken_is_replaced_and_a_lapsed_sign_in_waits(
    engage: tuple[FakeEngage, EngageFeed],
) -> None:
    world, feed = engage
    await feed.check(COMMUNITY)
    world.tokens_given += 1
    with pytest.raises(TemporaryFailure):
        await feed.publish(a_notice(), COMMUNITY, "key-1")
    await feed.publish(a_notice(), COMMUNITY, "key-1")
    world.tokens_given, world.lapsed = 99, True
    with pytest.raises(TemporaryFailure):
        await feed.check(COMMUNITY)
    with pytest.raises(TemporaryFailure, match="the sign-in answered 400") as caught:
        await feed.check(COMMUNITY)
    assert "secret" not in f"{caught.value} {ACCOUNT}"


# Workplace alone


async def test_a_post_is_edited_and_commented_on(workplace: tuple[FakeWorkplace, WorkplaceFeed]) -> None:
    world, feed = workplace
    post_id = await feed.publish(a_notice(), GROUP, "key-1")
    await feed.update(post_id, a_notice(what="AKS er treg"), GROUP, "key-2")
    assert world.in_group("33")[0].startswith("Fellesfeil: AKS er treg\n")
    (comment,) = world.comments[post_id]
    assert "AKS er treg" in comment


async def test_a_post_that_is_gone_from_a_group_is_made_anew(workplace: tuple[FakeWorkplace, WorkplaceFeed]) -> None:
    world, feed = workplace
    post_id = await feed.publish(a_notice(), GROUP, "key-1")
    world.posts.clear()
    assert await feed.update(post_id, a_notice(), GROUP, "key-2") != post_id
    assert (len(world.posts), world.comments) == (1, {})


@pytest.mark.parametrize("fault", [Fault(400, code=32), Fault(403, code=4), Fault(401, code=190), Fault(400, code=190)])
async def test_its_codes_say_more_than_its_statuses(
    workplace: tuple[FakeWorkplace, WorkplaceFeed], fault: Fault
) -> None:
    world, feed = workplace
    world.faults.next = [fault]
    with pytest.raises(TemporaryFailure):
        await feed.publish(a_notice(), GROUP, "key-1")
    assert world.posts == {}
    if fault.code != 190:
        with pytest.raises(TemporaryFailure, match="asked us to slow down"):
            await feed.publish(a_notice(), GROUP, "key-1")


@pytest.mark.parametrize("code", [1, 2])
async def test_what_it_calls_an_unknown_error_is_looked_for(
    workplace: tuple[FakeWorkplace, WorkplaceFeed], code: int
) -> None:
    """With status 400, so it was taken for a refusal and never tried again."""
    world, feed = workplace
    world.faults.next = [Fault(400, code=code)]
    with pytest.raises(UncertainOutcome):
        await feed.publish(a_notice(), GROUP, "key-1")


async def test_a_service_that_has_been_closed_is_tried_again_until_somebody_takes_the_target_away(
    store: SqliteStore, clock: Clock, seconds: Seconds
) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    service = FeedService("Workplace", url, FixedToken("wp-secret"), Throttle(seconds), workplace_failure)
    with pytest.raises(TemporaryFailure, match="Workplace cannot be reached"):
        await WorkplaceFeed(service, NB, Once(store, clock), clock).publish(a_notice(), GROUP, "key-1")
    await service.close()
