"""Notices in Teams channels: one living post, a line in its thread for each update, never twice, never just missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.teams.channel_feed import TeamsChannelFeed
from bot.channels.teams.connector import Connector
from bot.channels.teams.pacing import Limits, Pacing
from bot.commands import outbox
from bot.feeds.once import Once
from bot.ports import GroupFeed
from bot.rendering.activities import ACTIVITY_BUDGET
from bot.store import SqliteStore
from bot.throttle import Throttle
from dialogs.case import NoticeStatus, NoticeUpdate, Role
from dialogs.notice_steps import with_line
from knowledge.errors import Gone, OutcomeUnknown, PermanentFailure, TemporaryFailure, UncertainOutcome
from knowledge.feed_targets import FeedKind, FeedRouting, FeedTarget
from tests.bot.channels.doubles import RENDERER
from tests.bot.feeds.fake_teams import CHANNEL, CLOSED_CHANNEL, TOKEN, FakeTeams, Post
from tests.bot.feeds.faults import Fault
from tests.bot.port_contracts import GroupFeedContract
from tests.bot.samples import MONDAY, ULLA, Clock, a_notice
from tests.bot.test_outbox import Works

OPEN = FeedTarget("sam_it", "kanal", FeedKind.TEAMS, CHANNEL)
CLOSED = FeedTarget("sam_ikt_hovedkontakter", "kanal", FeedKind.TEAMS, CLOSED_CHANNEL)


class Token:
    """A token that is always good."""

    async def get(self) -> str:
        return TOKEN

    def forget(self) -> None: ...


class Seconds:
    """A clock of seconds that goes when somebody sleeps."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
async def world() -> AsyncIterator[FakeTeams]:
    world = FakeTeams()
    async with world.server:
        yield world


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")
    yield store
    await store.close()


@pytest.fixture
async def feed(world: FakeTeams, store: SqliteStore, seconds: Seconds) -> AsyncIterator[TeamsChannelFeed]:
    async with aiohttp.ClientSession() as session:
        throttle = Throttle(seconds)
        pacing = Pacing(Limits(), seconds, seconds.sleep)
        connector = Connector(lambda: session, Token(), pacing, throttle, seconds.sleep)
        yield TeamsChannelFeed(connector, RENDERER, throttle, Once(store, Clock()), Clock(), world.url, "28:app", "t1")


def lines_of(activity: dict[str, Any]) -> list[str]:
    """The lines people read in a post."""
    if "text" in activity:
        return [activity["text"]]
    (attachment,) = activity["attachments"]
    lines = []
    for block in attachment["content"]["body"]:
        parts = block.get("items", [block])
        lines += ["".join(run["text"] for run in one["inlines"]) if "inlines" in one else one["text"] for one in parts]
    return lines


def said_in(activity: dict[str, Any]) -> str:
    return "\n".join(lines_of(activity))


class TestTeamsChannelFeed(GroupFeedContract):
    open, closed = OPEN, CLOSED

    @pytest.fixture(autouse=True)
    def _world(self, world: FakeTeams) -> None:
        self.world = world

    async def shown(self, feed: GroupFeed, target: FeedTarget) -> list[str]:
        posts = self.world.in_channel(target.address)
        return [lines_of(post.activity)[0].removeprefix("Fellesfeil: ") for post in posts]


def only(world: FakeTeams) -> Post:
    (post,) = world.posts.values()
    return post


async def test_a_post_says_everything_as_a_card_alone_and_what_is_said_of_it_stays_text(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    notice = replace(
        a_notice(what="[AKS](https://evil) er **nede**"),
        next_update_at=MONDAY + timedelta(hours=1),
        workaround="<b>Vent</b>",
    )
    await feed.publish(notice, OPEN, "key-1")
    activity = only(world).activity
    assert "text" not in activity
    assert activity["summary"].startswith("FELLESFEIL: [AKS]")
    heading = lines_of(activity)[0]
    assert heading.startswith(r"Fellesfeil: \[AKS\]\(https")
    assert heading.endswith(r"evil\) er \*\*nede\*\*")
    for said in (
        "Hvem det gjelder: Alle bydeler",
        "Fra når: mandag 23. november 2026 kl. 10.00",
        "Konsekvens: Ingen får logget på",
        "Hva du kan gjøre nå: <b>Vent</b>",
        "Neste oppdatering: mandag 23. november 2026 kl. 11.00",
        "D-2026-0001 · pågår",
    ):
        assert said in lines_of(activity)
    assert activity["from"] == {"id": "28:app"}
    assert world.tenants == ["t1"]


async def test_what_is_not_known_is_left_out_of_a_post(feed: TeamsChannelFeed, world: FakeTeams) -> None:
    await feed.publish(replace(a_notice(), affected="", workaround=""), OPEN, "key-1")
    said = said_in(only(world).activity)
    assert "Konsekvens" in said
    assert "Hvem det gjelder" not in said
    assert "Hva du kan gjøre nå" not in said


async def test_each_update_edits_the_post_and_adds_its_line_to_the_thread_once(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    notice = a_notice()
    post_id = await feed.publish(notice, OPEN, "key-1")
    texts = ("Leverandøren leter", "De fleste er inne igjen")
    for count, text in enumerate(texts, 2):
        line = NoticeUpdate(MONDAY + timedelta(minutes=count), "Ulla", "updated", text)
        notice = replace(notice, history=(*notice.history, line))
        for _ in range(2):
            assert await feed.update(post_id, notice, OPEN, f"key-{count}") == post_id
    post = only(world)
    assert [said_in(one) for one in post.replies] == [
        f"D-2026-0001 · pågår: mandag 23. november 2026 kl. 10.0{count}: {text}" for count, text in enumerate(texts, 2)
    ]
    assert [one["conversation"]["id"] for one in post.replies] == [post_id.partition(" ")[0]] * 2
    assert said_in(post.activity).index("De fleste") < said_in(post.activity).index("Leverandøren leter")
    assert "Ulla" not in said_in(post.activity)


async def test_a_fact_that_changed_is_changed_in_the_post_and_told_in_its_thread(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    line = NoticeUpdate(MONDAY, "Ulla", "updated", "Dette kan du gjøre nå: Bruk webmail.")
    changed = with_line(a_notice(), line, None, {"workaround": "Bruk webmail", "affected": "Alle. Også Alna"})
    assert await feed.update(post_id, changed.open_version(), OPEN, "key-2") == post_id
    post = only(world)
    said = said_in(post.activity)
    assert "Bruk webmail" in said
    assert "Også Alna" in said
    assert a_notice().workaround not in said
    assert "Bruk webmail" in said_in(post.replies[0])


async def test_the_end_is_told_with_how_long_it_lasted_and_why(feed: TeamsChannelFeed, world: FakeTeams) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    end = MONDAY + timedelta(minutes=90)
    line = NoticeUpdate(end, "Ulla", "resolved", "En disk var full")
    over = replace(a_notice(), status=NoticeStatus.RESOLVED, updated_at=end, history=(*a_notice().history, line))
    await feed.update(post_id, over, OPEN, "key-2")
    said = said_in(only(world).activity)
    assert "D-2026-0001 · rettet. Varte i 1 time og 30 minutter" in said
    assert "En disk var full" in said


async def test_a_withdrawn_post_no_longer_tells_what_was_wrong(feed: TeamsChannelFeed, world: FakeTeams) -> None:
    post_id = await feed.publish(a_notice(what="Gal melding"), OPEN, "key-1")
    line = NoticeUpdate(MONDAY, "Ulla", "withdrawn", "Det var en øvelse")
    withdrawn = replace(a_notice(what="Gal melding"), status=NoticeStatus.WITHDRAWN)
    await feed.update(post_id, replace(withdrawn, history=(*withdrawn.history, line)), OPEN, "key-2")
    said = said_in(only(world).activity)
    assert "Driftsmelding D-2026-0001 er trukket" in said
    assert "Det var en øvelse" in said
    assert "Gal melding" not in said
    assert "Ingen får logget på" not in said


async def test_what_only_the_closed_group_is_told_is_in_its_channel_alone(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    notice = replace(a_notice(groups=("sam_it", "sam_ikt_hovedkontakter")), closed_text="Mistanke om innbrudd")
    await feed.publish(notice.open_version(), OPEN, "key-1")
    await feed.publish(notice, CLOSED, "key-2")
    assert "innbrudd" not in said_in(world.in_channel(CHANNEL)[0].activity)
    assert "Bare for den lukkede gruppen: Mistanke om innbrudd" in said_in(world.in_channel(CLOSED_CHANNEL)[0].activity)


async def test_a_post_that_was_deleted_is_made_anew_once_and_without_a_line_in_a_thread(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    world.posts.clear()
    anew = await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2")
    assert anew != post_id
    assert await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2") == anew
    assert only(world).replies == []
    await feed.update(anew, a_notice(what="AKS virker"), OPEN, "key-3")
    assert len(only(world).replies) == 1


async def test_a_slow_down_stops_every_post_until_it_is_over(
    feed: TeamsChannelFeed, world: FakeTeams, seconds: Seconds
) -> None:
    world.faults.next = [Fault(429, "Throttled", retry_after="40")]
    with pytest.raises(TemporaryFailure) as caught:
        await feed.publish(a_notice(), OPEN, "key-1")
    assert caught.value.retry_after == 40
    for post in (feed.publish(a_notice(), CLOSED, "key-2"), feed.update("t;messageid=1 1", a_notice(), OPEN, "key-3")):
        with pytest.raises(TemporaryFailure) as caught:
            await post
        assert caught.value.retry_after == 40
    assert world.faults.calls == ["start"]
    seconds.now += 40
    await feed.publish(a_notice(), OPEN, "key-1")
    await feed.publish(a_notice(), CLOSED, "key-2")
    assert len(world.posts) == 2


@pytest.mark.parametrize(
    ("named", "seconds_left"),
    [
        (
            Fault(429, "Throttled", retry_after="Mon, 23 Nov 2026 09:00:40 GMT", date="Mon, 23 Nov 2026 09:00:00 GMT"),
            40,
        ),
        (Fault(429, "Throttled"), 2),
        (Fault(429, body="<html>slow down</html>"), 2),
        (Fault(429, body=""), 2),
        (Fault(429, body='["Throttled"]', retry_after="7"), 7),
    ],
)
async def test_how_long_to_be_quiet_is_told_in_every_form_there_is(
    feed: TeamsChannelFeed, world: FakeTeams, named: Fault, seconds_left: float
) -> None:
    """A moment instead of seconds was passed over, so that the bot knocked again after two of them."""
    world.faults.next = [named] * 3
    with pytest.raises(TemporaryFailure):
        await feed.publish(a_notice(), OPEN, "key-1")
    calls = len(world.faults.calls)
    with pytest.raises(TemporaryFailure) as caught:
        await feed.publish(a_notice(), CLOSED, "key-2")
    assert caught.value.retry_after == pytest.approx(seconds_left, abs=0.01)
    assert len(world.faults.calls) == calls


async def test_a_token_that_is_not_taken_posts_nothing_and_is_fetched_anew(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    world.token = "another"
    with pytest.raises(TemporaryFailure, match="401 BotNotRegistered"):
        await feed.publish(a_notice(), OPEN, "key-1")
    assert await feed.look_up(OPEN, "key-1") is None
    world.token = TOKEN
    await feed.publish(a_notice(), OPEN, "key-1")
    assert len(world.posts) == 1


@pytest.mark.parametrize("status", [412, 503])
async def test_what_certainly_did_not_happen_is_simply_done_again(
    feed: TeamsChannelFeed, world: FakeTeams, status: int
) -> None:
    world.faults.next = [Fault(status)] * 3
    with pytest.raises(TemporaryFailure):
        await feed.publish(a_notice(), OPEN, "key-1")
    assert await feed.look_up(OPEN, "key-1") is None
    await feed.publish(a_notice(), OPEN, "key-1")
    assert len(world.posts) == 1


@pytest.mark.parametrize(
    ("status", "code"), [(403, "BotNotInConversationRoster"), (404, "ConversationNotFound"), (413, "MessageSizeTooBig")]
)
async def test_a_bot_that_was_removed_is_refused_for_good_with_the_reason_and_no_more(
    feed: TeamsChannelFeed, world: FakeTeams, status: int, code: str
) -> None:
    world.faults.next = [Fault(status, code)]
    with pytest.raises(PermanentFailure, match=rf"the channel answered {status} {code}$") as caught:
        await feed.publish(a_notice(), OPEN, "key-1")
    assert not isinstance(caught.value, OutcomeUnknown)
    assert isinstance(caught.value, Gone) == (status == 404)
    assert world.faults.calls == ["start"]


@pytest.mark.parametrize("fault", [Fault(500), Fault(502), Fault(504), Fault(lost=True)])
async def test_a_post_whose_answer_was_lost_is_never_made_again(
    feed: TeamsChannelFeed, world: FakeTeams, fault: Fault
) -> None:
    world.faults.next = [fault]
    for attempt in (feed.publish(a_notice(), OPEN, "key-1"), feed.publish(a_notice(), OPEN, "key-1")):
        with pytest.raises(OutcomeUnknown):
            await attempt
    with pytest.raises(OutcomeUnknown):
        await feed.look_up(OPEN, "key-1")
    assert world.faults.calls == ["start"]
    assert len(world.posts) == int(fault.lost)


async def test_an_edit_whose_answer_was_lost_is_made_again(feed: TeamsChannelFeed, world: FakeTeams) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    world.faults.next = [Fault(lost=True), Fault(502), Fault(504), Fault(504)]
    with pytest.raises(UncertainOutcome):
        await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2")
    assert await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2") == post_id
    assert len(only(world).replies) == 1


@pytest.mark.parametrize("on", ["edit", "reply"])
@pytest.mark.parametrize("status", [412, 429, 503])
async def test_an_update_that_was_put_off_half_way_is_whole_in_the_end(
    feed: TeamsChannelFeed, world: FakeTeams, seconds: Seconds, on: str, status: int
) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    world.faults.next = [Fault(status, on=on)]
    for _ in range(3):
        try:
            await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2")
        except TemporaryFailure:
            seconds.now += 60
    assert "AKS er treg" in said_in(only(world).activity)
    assert len(only(world).replies) == 1


@pytest.mark.parametrize(
    ("status", "code"), [(403, "MessageWritesBlocked"), (403, "BotDisabledByAdmin"), (413, "MessageSizeTooBig")]
)
async def test_an_edit_that_is_refused_makes_no_new_post(
    feed: TeamsChannelFeed, world: FakeTeams, status: int, code: str
) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    world.faults.next = [Fault(status, code, on="edit")]
    with pytest.raises(PermanentFailure, match=f"{status} {code}"):
        await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2")
    assert (len(world.posts), only(world).replies) == (1, [])


async def test_a_line_that_may_be_in_the_thread_is_left_to_a_person_while_the_post_is_right(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    world.faults.next = [Fault(lost=True, on="reply")]
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            await feed.update(post_id, a_notice(what="AKS er treg"), OPEN, "key-2")
    assert len(only(world).replies) == 1
    assert "AKS er treg" in said_in(only(world).activity)


async def test_a_kill_between_posting_and_writing_it_down_is_found_out_from_what_was_stored(
    feed: TeamsChannelFeed, world: FakeTeams, store: SqliteStore
) -> None:
    """The id is stored by the feed before the worker stores it, so the gap in which nothing is known is one call."""
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    assert await feed.look_up(OPEN, "key-1") == post_id
    assert await feed.look_up(OPEN, "never-begun") is None
    assert len(world.posts) == 1


async def test_a_check_finds_a_bot_that_is_not_in_the_team_and_posts_nothing(
    feed: TeamsChannelFeed, world: FakeTeams
) -> None:
    await feed.check(OPEN)
    world.faults.next = [Fault(403, "BotNotInConversationRoster")]
    with pytest.raises(PermanentFailure, match="403 BotNotInConversationRoster"):
        await feed.check(OPEN)
    assert set(world.faults.calls) == {"members"}


async def test_a_long_notice_still_fits_into_a_message(feed: TeamsChannelFeed, world: FakeTeams) -> None:
    long = "Mange ord om saken. " * 3000
    await feed.publish(replace(a_notice(what=long), affected=long), OPEN, "key-1")
    assert len(str(only(world).activity)) < 2 * ACTIVITY_BUDGET


async def test_the_worker_posts_in_every_channel_and_an_operator_can_say_post_it_again(
    feed: TeamsChannelFeed, world: FakeTeams, tmp_path: Path
) -> None:
    works = Works(tmp_path / "works.db", FeedRouting({"sam_it": (OPEN,), CLOSED.group: (CLOSED,)}))
    await works.house.grant(ULLA, Role.USS)
    ours = replace(feed, once=Once(works.house.store, works.clock))
    works.worker._ports = replace(works.worker._ports, feed=ours)
    world.faults.next = [Fault(lost=True, on="start")]
    await works.house.says(f"notice sam_it {CLOSED.group}", ULLA)
    done = await works.work()
    assert [one for one in done if one.startswith("tell notice_uncertain") and "target=sam_it/kanal" in one]
    assert len(world.in_channel(CLOSED_CHANNEL)) == 1
    # Somebody has looked into the channel, deleted what was half there, and wants it posted.
    world.posts = {root: post for root, post in world.posts.items() if post.channel == CLOSED_CHANNEL}
    assert await outbox.retry(works.house.store, outbox.ALL, works.clock()) == 1
    assert await works.work() == ["tell notice_published D-2026-0001"]
    assert len(world.in_channel(CHANNEL)) == 1
    await works.house.store.close()
