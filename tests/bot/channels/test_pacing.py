"""What is sent keeps Teams' limits, and what fails is tried again only where that does no harm."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.teams import pacing
from bot.channels.teams.pacing import TEAMS_LIMITS, Limit, Limits, Line, Pacing
from bot.channels.teams.repeating import BOUND_SECONDS, TRIES, wait_before_next
from bot.feeds.once import Once
from bot.web.portal_pages import NoticeAddress
from dialogs.replies import Text
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure, UncertainOutcome
from knowledge.feed_targets import FeedKind, FeedTarget
from tests.bot.channels.test_teams import NOON, no_microsoft, teams
from tests.bot.samples import a_notice

__all__ = ["no_microsoft"]


class Clock:
    """Sleeping makes it later."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@given(st.lists(st.floats(0, 3), max_size=150))
def test_no_window_ever_holds_more_than_its_limit(gaps: list[float]) -> None:
    line, now, times = Line(TEAMS_LIMITS.conversation), 0.0, list[float]()
    for gap in gaps:
        now += gap
        at = line.next(now)
        line.take(at)
        times.append(at)
        assert at >= now
    assert times == sorted(times)
    for limit in TEAMS_LIMITS.conversation:
        for first, next_free in zip(times, times[limit.sends :], strict=False):
            assert next_free - first >= limit.seconds - 1e-9


@given(st.integers(1, 7))
def test_a_few_messages_do_not_wait(sends: int) -> None:
    line = Line(TEAMS_LIMITS.conversation)
    for _ in range(sends):
        assert line.next(5.0) == 5.0
        line.take(5.0)


async def test_the_next_message_waits_for_its_place_and_other_conversations_do_not() -> None:
    clock = Clock()
    paced = Pacing(TEAMS_LIMITS, clock, clock.sleep)
    for _ in range(7):
        await paced.wait("a")
    await paced.wait("b")
    assert clock.slept == []
    await paced.wait("a")
    assert clock.slept == [1.0]


async def test_all_conversations_together_have_a_limit_of_their_own() -> None:
    clock = Clock()
    paced = Pacing(TEAMS_LIMITS, clock, clock.sleep)
    for number in range(51):
        await paced.wait(f"c{number}")
    assert clock.slept == [1.0]


async def test_what_would_wait_too_long_is_put_off_with_the_time_to_come_back() -> None:
    clock = Clock()
    paced = Pacing(Limits((Limit(1, 30),)), clock, clock.sleep)
    await paced.wait("a")
    with pytest.raises(TemporaryFailure) as caught:
        await paced.wait("a")
    assert caught.value.retry_after == 30
    clock.now += 30
    await paced.wait("a")
    assert clock.slept == []


async def test_quiet_conversations_are_forgotten_and_busy_ones_are_not() -> None:
    clock = Clock()
    paced = Pacing(Limits((Limit(1, 30),)), clock, clock.sleep)
    for number in range(pacing._REMEMBERED):
        await paced.wait(f"c{number}")
    clock.now += 29
    await paced.wait("busy")
    clock.now += 2
    await paced.wait("one more")
    assert set(paced._conversations) == {"busy", "one more"}


async def test_without_limits_nothing_waits_or_is_remembered() -> None:
    clock = Clock()
    paced = Pacing(Limits(), clock, clock.sleep)
    for _ in range(1000):
        await paced.wait("a")
    assert (clock.slept, paced._conversations) == ([], {})


# Trying again


@pytest.mark.parametrize(
    ("method", "failure", "again"),
    [
        ("POST", TemporaryFailure("412"), True),
        ("POST", UncertainOutcome("502"), False),
        ("PUT", UncertainOutcome("504"), True),
        ("DELETE", UncertainOutcome("502"), True),
        ("GET", UncertainOutcome("504"), True),
        ("PUT", PermanentFailure("404"), False),
        ("POST", TemporaryFailure("429", 2.0), True),
        ("POST", TemporaryFailure("429", 30.0), False),
        ("PUT", PortError("unforeseen"), False),
    ],
)
def test_what_is_tried_again(method: str, failure: PortError, again: bool) -> None:
    assert (wait_before_next(method, failure, 1, 0.0, 0.5) is not None) is again
    assert wait_before_next(method, failure, TRIES, 0.0, 0.5) is None
    assert wait_before_next(method, failure, 1, BOUND_SECONDS / 2, 0.5) is None


@given(st.integers(1, TRIES - 1), st.floats(0, BOUND_SECONDS), st.floats(0, 1), st.none() | st.floats(0, 20))
def test_the_wait_is_what_was_asked_for_at_least_and_fits(
    tried: int, spent: float, jitter: float, asked: float | None
) -> None:
    wait = wait_before_next("POST", TemporaryFailure("429", asked), tried, spent, jitter)
    if wait is not None:
        assert wait >= (asked or 0)
        assert wait >= 0.25
        assert spent + wait <= BOUND_SECONDS / 2


async def test_an_update_is_repeated_after_a_gateway_error_and_a_message_is_not(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        connector, url = bot.room.deliverer.connector, bot.framework.service_url
        bot.framework.answers = [web.Response(status=502)]
        await connector.update(url, "a:1", "r1", {"type": "message"})
        assert [one[0] for one in bot.framework.sent] == ["PUT", "PUT"]
        bot.framework.answers = [web.Response(status=502)]
        with pytest.raises(UncertainOutcome):
            await connector.send(url, "a:1", {"type": "message"})
        assert [one[0] for one in bot.framework.sent] == ["PUT", "PUT", "POST"]


async def test_answers_and_deliveries_keep_the_limits(tmp_path: Path) -> None:
    async with teams(tmp_path, limits=Limits((Limit(2, 60),))) as bot:
        await bot.post()
        reference = bot.turns.taken[0].reference
        await bot.room.deliverer.deliver(reference, (Text("en"),), "nb")
        with pytest.raises(TemporaryFailure) as caught:
            await bot.room.deliverer.deliver(reference, (Text("to"),), "nb")
        assert caught.value.retry_after == 60
        assert (await bot.post(bot.framework.activity(id="m2")))[0] == 503
        bot.clock.now += 60
        assert (await bot.post(bot.framework.activity(id="m2")))[0] == 200
        assert len(bot.turns.taken) == 2
        other = {"id": "a:2", "tenantId": bot.framework.activity()["conversation"]["tenantId"]}
        answers = await asyncio.gather(
            *(bot.post(bot.framework.activity(id=f"o{n}", conversation=other)) for n in (1, 2))
        )
        assert {status for status, _ in answers} == {200}


async def test_a_slow_down_stops_deliveries_and_posts_but_no_answers(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        reference = bot.turns.taken[0].reference
        feed = bot.room.channel_feed(Once(bot.store, lambda: NOON), lambda: NOON, NoticeAddress())
        feed = replace(feed, service_url=bot.framework.service_url)
        bot.framework.answers = [web.Response(status=429, headers={"Retry-After": "30"})]
        with pytest.raises(TemporaryFailure):
            await bot.room.deliverer.deliver(reference, (Text("en"),), "nb")
        sent = len(bot.framework.sent)
        for held_up in (
            bot.room.deliverer.deliver(reference, (Text("to"),), "nb"),
            feed.publish(a_notice(), FeedTarget("sam_it", "kanal", FeedKind.TEAMS, "19:a@thread.tacv2"), "key-1"),
        ):
            with pytest.raises(TemporaryFailure) as caught:
                await held_up
            assert caught.value.retry_after == 30
        assert len(bot.framework.sent) == sent
        assert (await bot.post(bot.framework.activity(id="m2")))[0] == 200
        bot.clock.now += 30
        await bot.room.deliverer.deliver(reference, (Text("to"),), "nb")
