"""A fellesfeil in three groups and with many people, on bad lines, by a bot that is killed with SIGKILL meanwhile.

    python -m tests.chaos.notices [--people 2000] [--kills 20] [--seed N]

It is published, updated and resolved while the bot dies again and again. Teams answers 429, 412, 503 and 502, loses
answers after it has taken a message, and takes longer than anybody waits. At the end every person has each update
exactly once, or it stands in the delivery report: as uncertain, or as refused with its reason (403). The same holds
for every version in every group; nothing the closed group alone is told is anywhere else.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.teams.channel_feed import TeamsChannelFeed
from bot.channels.teams.connector import Connector
from bot.channels.teams.credentials import BotToken
from bot.channels.teams.pacing import Limits, Pacing
from bot.channels.teams.service import TeamsService
from bot.feeds.once import Once
from bot.feeds.routed import RoutedFeed
from bot.feeds.service import FeedService, FixedToken
from bot.feeds.workplace import WorkplaceFeed, workplace_failure
from bot.notices.report import delivery_report
from bot.notices.sender import MessageSender, Pace
from bot.notices.writing import NoticeWriter
from bot.rendering.activities import Renderer
from bot.settings import load_settings
from bot.store import Session, SqliteStore
from bot.store.messages import MessageState
from bot.store.records import ConversationRecord, RowState
from bot.throttle import Throttle
from dialogs.case import Notice, NoticeStatus, NoticeUpdate, Person
from dialogs.effects import NoticeEffect, PublishNotice, UpdateNotice
from dialogs.texts import load_texts
from knowledge.feed_targets import FeedKind, FeedRouting, FeedTarget
from knowledge.notice_reach import NoticeReach
from knowledge.organisation import Group
from tests.bot.feeds.fake_teams import CHANNEL, CLOSED_CHANNEL, FakeTeams
from tests.bot.feeds.fake_workplace import FakeWorkplace
from tests.bot.samples import a_notice
from tests.chaos.feeds import Accidents
from tests.chaos.worker import IMPATIENT, feed_worker, new_id, now

ROOT = Path(__file__).parents[2]
REF = "D-2026-0001"
SECRET = "bare-for-lukket-gruppe"
LINES = 3
TARGETS = {
    "open": FeedTarget("open", "kanal", FeedKind.TEAMS, CHANNEL),
    "closed": FeedTarget("closed", "kanal", FeedKind.TEAMS, CLOSED_CHANNEL),
    "third": FeedTarget("third", "workplace", FeedKind.WORKPLACE, "33"),
}
ROUTING = FeedRouting({key: (target,) for key, target in TARGETS.items()})
REACH = NoticeReach({key: Group(key, key, "closed" if key == "closed" else "open", 10) for key in TARGETS})
ULLA = Person("ulla", "Ulla Uss")
BLOCKED_EVERY = 97
"""Every so many-th person has blocked the bot."""


# The bot, in a process of its own


async def be_the_bot(folder: Path, teams_url: str, workplace_url: str) -> None:
    """Work until killed."""
    store, texts = SqliteStore(folder / "losen.db"), load_texts()
    settings = load_settings({"LOSEN_MODE": "development", "TEAMS_SERVICE_URL": teams_url, "APP_TENANTID": "t1"})
    monotonic = asyncio.get_running_loop().time
    once, throttle, renderer = Once(store, now), Throttle(monotonic), Renderer(texts)
    async with aiohttp.ClientSession() as session:
        pacing = Pacing(Limits(), monotonic, asyncio.sleep)
        connector = Connector(lambda: session, BotToken(None, monotonic), pacing, throttle)
        unused: Any = None
        people = TeamsService(connector, unused, renderer, unused, unused, unused, throttle)
        workplace = FeedService(
            "Workplace", workplace_url, FixedToken("wp-secret"), Throttle(monotonic), workplace_failure
        )
        feed = RoutedFeed(
            {
                FeedKind.TEAMS: TeamsChannelFeed.over(connector, throttle, renderer, once, now, settings),
                FeedKind.WORKPLACE: WorkplaceFeed(workplace, texts["nb"], once, now),
            }
        )
        worker = feed_worker(store, feed, ROUTING, at_once=8)
        sender = MessageSender(
            store=store,
            deliverer=people,
            channels={"msteams"},
            texts=texts,
            facts={},
            reach=REACH,
            clock=now,
            sleep=asyncio.sleep,
            jitter=random.random,
            new_id=new_id,
            told=lambda: None,
            policy=IMPATIENT,
            pace=Pace(at_once=8, between=0.002, poll=0.1, bound=1.0),
        )
        await asyncio.gather(worker.run(), sender.run())


# What it is put through


class PeopleInTeams(FakeTeams):
    """Channels, and people in conversations of their own named "a:p7"; `taken` are the messages each of them has."""

    def __init__(self, dice: random.Random) -> None:
        self.taken: Counter[tuple[str, int]] = Counter()
        self.texts: list[str] = []
        self.accidents = 0
        self._dice = dice
        super().__init__(token="")

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        to = request.match_info["cid"]
        if not to.startswith("a:"):
            return await super()._reply(request)
        activity = await request.json()
        if is_blocked(to.removeprefix("a:")):
            error = {"error": {"code": "ConversationBlockedByUser", "message": "blocked"}}
            return web.json_response(error, status=403)
        before, after = self._accident()
        if before:
            headers = {"Retry-After": "1"} if before == 429 else {}
            return web.json_response({"error": {"code": "x"}}, status=before, headers=headers)
        text = str(activity)
        self.texts.append(text)
        self.taken[to.removeprefix("a:"), line_in(text)] += 1
        if after == "lost" and request.transport is not None:
            request.transport.abort()
        elif after == "slow":
            await asyncio.sleep(2.5)  # longer than the sender waits
        elif after == "502":
            return web.json_response({}, status=502)
        return web.json_response({"id": f"{to}-{len(self.texts)}"}, status=201)

    def _accident(self) -> tuple[int, str]:
        """What goes wrong before the message is taken (a status), and after."""
        roll = self._dice.random()
        for share, before, after in (
            (0.004, 429, ""), (0.02, 412, ""), (0.02, 503, ""), (0.01, 502, ""),
            (0.01, 0, "502"), (0.01, 0, "lost"), (0.002, 0, "slow"),
        ):  # fmt: skip
            roll -= share
            if roll < 0:
                self.accidents += 1
                return before, after
        return 0, ""


@dataclass
class Outcome:
    """What was seen at the end; `problems` is what must not be."""

    people: int
    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    kills: int = 0
    accidents: int = 0
    seconds: float = 0.0
    posts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        posts = ", ".join(f"{count} {state}" for state, count in sorted(self.posts.items()))
        return (
            f"{self.people} people, {self.accidents} accidents, {self.kills} kills, {self.seconds:.0f} s: {self.sent} "
            f"sent, {self.failed} refused, {self.uncertain} uncertain; posts in groups: {posts}; "
            f"{len(self.problems)} problems"
        )


def is_blocked(person: str) -> bool:
    return int(person.removeprefix("p")) % BLOCKED_EVERY == 7


def line_in(text: str) -> int:
    return next(number for number in range(LINES) if f"linje {number}." in text)


def versions() -> list[NoticeEffect]:
    """The notice as it is published, updated and resolved."""
    at = now()
    lines = [
        NoticeUpdate(at, "Ulla", kind, f"linje {number}.", SECRET)
        for number, kind in enumerate(("published", "updated", "resolved"))
    ]
    notices: list[Notice] = [
        replace(
            a_notice(REF, tuple(TARGETS), at), history=tuple(lines[: number + 1]), closed_text=SECRET, author_id=ULLA.id
        )
        for number in range(LINES)
    ]
    over = replace(notices[2], status=NoticeStatus.RESOLVED)
    return [PublishNotice(notices[0]), UpdateNotice(notices[1]), UpdateNotice(over)]


async def run(people: int, kills: int, seed: int, patience: float = 400.0) -> Outcome:
    """Put the bot through it; what was seen."""
    dice = random.Random(seed)
    teams, workplace = PeopleInTeams(dice), FakeWorkplace()
    teams.faults, workplace.faults = Accidents(dice, 0.2), Accidents(dice, 0.2)
    outcome, clock = Outcome(people), asyncio.get_running_loop().time
    began = clock()
    with tempfile.TemporaryDirectory() as name:
        store = SqliteStore(Path(name) / "losen.db")
        async with teams.server, workplace.server:
            effects = versions()
            await store.write(lambda session: _write(session, effects.pop(0)))
            await store.write(lambda session: _people(session, people, teams.url))
            while (effects or await _waiting(store)) and clock() - began < patience:
                if effects:
                    # The next update comes while the one before is still on its way.
                    await store.write(lambda session: _write(session, effects.pop(0)))
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.chaos.notices", "--bot", name, teams.url, workplace.url, cwd=ROOT
                )
                seen = sum(teams.taken.values())
                until = clock() + (30.0 if outcome.kills >= kills else 15.0)
                while await _waiting(store) and clock() < until:
                    await asyncio.sleep(0.05)
                    # Killed in the middle of its work, not of its start.
                    if outcome.kills < kills and sum(teams.taken.values()) > seen + people * LINES // (kills + 2):
                        break
                process.kill()
                await process.wait()
                outcome.kills += 1
            await _judge(outcome, store, teams, workplace)
        await store.close()
    outcome.accidents = teams.accidents + teams.faults.happened + workplace.faults.happened
    outcome.seconds = clock() - began
    return outcome


def _write(session: Session, effect: NoticeEffect) -> None:
    NoticeWriter(session, "", ULLA, now(), new_id, REACH, ROUTING).write(effect)


def _people(session: Session, people: int, url: str) -> None:
    for number in range(people):
        who = f"p{number}"
        session.affected.add(REF, who, now())
        reference = {
            "channel": "msteams", "service_url": url, "conversation_id": f"a:{who}", "personal": True,
            "bot": {"id": "bot", "name": "Losen"}, "user": {"id": who, "name": who},
        }  # fmt: skip
        session.conversations.save(ConversationRecord(f"c-{who}", "msteams", who, "nb", "{}", reference, 1, now()))


async def _waiting(store: SqliteStore) -> int:
    def read(session: Session) -> int:
        backlog = session.outbox.backlog(now()).rows
        rows = backlog.get(RowState.QUEUED, 0) + backlog.get(RowState.LEASED, 0)
        counts = session.messages.counts(REF).values()
        open_states = (MessageState.QUEUED, MessageState.SENDING)
        return rows + sum(line.get(state, 0) for line in counts for state in open_states)

    return await store.read(read)


async def _judge(outcome: Outcome, store: SqliteStore, teams: PeopleInTeams, workplace: FakeWorkplace) -> None:
    def read(session: Session) -> dict[str, Any]:
        notice = session.notices.get(REF)
        assert notice is not None
        return delivery_report(session, notice)

    report = await store.read(read)
    for line in report["lines"]:
        number, counts = line["line"], line["people"]
        if number == 0:
            continue  # nobody had said anything when it was published
        outcome.sent += counts["sent"]
        outcome.failed += counts["failed"]
        outcome.uncertain += counts["uncertain"]
        states = {one["person"]: (one["state"], one["reason"]) for one in line["undelivered"]}
        if sum(counts.values()) != outcome.people or counts["queued"]:
            outcome.problems.append(f"line {number} has {counts}")
        for who in (f"p{person}" for person in range(outcome.people)):
            state, reason = states.get(who, ("sent", ""))
            times = teams.taken[who, number]
            right = {
                "sent": times == 1 and not is_blocked(who),
                "uncertain": times <= 1,
                "failed": times == 0 and is_blocked(who) and "403" in reason,
            }
            if not right.get(state, False):
                outcome.problems.append(f"{who} has line {number} {times} times, the report says {state} {reason}")
    _judge_posts(outcome, report, teams, workplace)
    if any(SECRET in text for text in teams.texts):
        outcome.problems.append("a person was told what is the closed group's alone")


def _judge_posts(outcome: Outcome, report: dict[str, Any], teams: PeopleInTeams, workplace: FakeWorkplace) -> None:
    """Every version in every group: once where the report says so, at most once where it is uncertain."""
    seen: Counter[tuple[str, int]] = Counter()
    for group, channel in (("open", CHANNEL), ("closed", CLOSED_CHANNEL)):
        for post in teams.in_channel(channel):
            for text in (str(post.first), *(str(reply) for reply in post.replies)):
                seen[group, _newest_in(text)] += 1
                if group == "open" and SECRET in text:
                    outcome.problems.append("the open group was told what is the closed group's alone")
    for post_id, text in workplace.first.items():
        for told in (text, *workplace.comments.get(post_id, ())):
            seen["third", _newest_in(told)] += 1
            if SECRET in told:
                outcome.problems.append("the third group was told what is the closed group's alone")
    for line in report["lines"]:
        for post in line["posts"]:
            group, state = post["target"].partition("/")[0], post["state"]
            outcome.posts[state] += 1
            times = seen[group, line["line"]]
            if state not in ("sent", "uncertain") or times > 1 or (state == "sent" and times == 0):
                outcome.problems.append(f"{group} has line {line['line']} {times} times, the report says {state}")


def _newest_in(text: str) -> int:
    """The first version of a post says what happens; a later one, and every line in its thread, the line it adds."""
    return max((number for number in range(1, LINES) if f"linje {number}." in text), default=0)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bot", nargs=3, metavar=("FOLDER", "TEAMS", "WORKPLACE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        folder, teams_url, workplace_url = options.bot
        asyncio.run(be_the_bot(Path(folder), teams_url, workplace_url))
        return
    outcome = asyncio.run(run(options.people, options.kills, options.seed))
    sys.stdout.write(outcome.line() + "\n" + "".join(f"  {problem}\n" for problem in outcome.problems[:40]))
    sys.exit(1 if outcome.problems else 0)


if __name__ == "__main__":
    main()
