"""Notices for three targets whose services fail again and again, and a bot that is killed with SIGKILL meanwhile.

    python -m tests.chaos.feeds [--notices 60] [--faults 0.25] [--kills 25] [--seed N]

Each notice has three versions at a Teams channel, a Workplace group and an e-mail list. At the end every version must
be at every target exactly once, as a post, as a line in its thread or as a message, or its row must say that it is
uncertain; nothing may be there twice, and what a post says must be the newest version that was not refused.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.headerregistry import Address
from pathlib import Path

from aiohttp import web

from bot.channels.teams.channel_feed import alone
from bot.feeds.mail import EmailFeed, MailServer
from bot.feeds.once import Once
from bot.feeds.other_way import lane_of
from bot.feeds.routed import RoutedFeed
from bot.feeds.service import FeedService, FixedToken
from bot.feeds.workplace import WorkplaceFeed, workplace_failure
from bot.rendering.activities import Renderer
from bot.settings import Encryption, load_settings
from bot.store import Session, SqliteStore
from bot.store.records import Job, OutboxRecord, RowState
from bot.throttle import Throttle
from bot.web.notice_html import NoticeHtml
from dialogs.case import Notice, NoticeUpdate
from dialogs.texts import load_texts
from knowledge.feed_targets import FeedKind, FeedRouting, FeedTarget
from tests.bot.feeds.fake_teams import CHANNEL, FakeTeams
from tests.bot.feeds.fake_workplace import FakeWorkplace
from tests.bot.feeds.faults import Fault, Faults
from tests.bot.feeds.mail_server import Mailbox, serving_mail
from tests.bot.samples import a_notice
from tests.chaos.worker import OSLO, feed_worker, now

TARGETS = (
    FeedTarget("sam_it", "kanal", FeedKind.TEAMS, CHANNEL),
    FeedTarget("sam_it", "workplace", FeedKind.WORKPLACE, "33"),
    FeedTarget("sam_it", "epost", FeedKind.EMAIL, "sam-it@example.org"),
)
ROUTING = FeedRouting({"sam_it": TARGETS})
VERSIONS = 3
ROOT = Path(__file__).parents[2]


# The bot, in a process of its own


async def be_the_bot(folder: Path, teams_url: str, workplace_url: str, mail_port: int) -> None:
    """Work until killed."""
    store, texts = SqliteStore(folder / "losen.db"), load_texts()
    once = Once(store, now, timedelta(seconds=1))
    settings = load_settings({"LOSEN_MODE": "development", "TEAMS_SERVICE_URL": teams_url, "APP_TENANTID": "t1"})
    monotonic = asyncio.get_running_loop().time
    service = FeedService("Workplace", workplace_url, FixedToken("wp-secret"), Throttle(monotonic), workplace_failure)
    mail = MailServer("127.0.0.1", mail_port, Encryption.NEVER)
    sender = Address("Desk", addr_spec="desk@example.org")
    async with alone(settings, Renderer(texts), once, now, monotonic) as teams:
        feed = RoutedFeed(
            {
                FeedKind.TEAMS: teams,
                FeedKind.WORKPLACE: WorkplaceFeed(service, texts["nb"], once, now),
                FeedKind.EMAIL: EmailFeed(mail, sender, NoticeHtml(texts["nb"], OSLO), once, now),
            }
        )
        await feed_worker(store, feed, ROUTING, at_once=16).run()


# What it is put through


@dataclass
class Outcome:
    """What was seen at the end; `problems` is what must not be."""

    rows: int
    done: int = 0
    uncertain: int = 0
    kills: int = 0
    faults: int = 0
    problems: list[str] = field(default_factory=list)


class Accidents(Faults):
    """A share of all calls goes wrong, in every way a call can."""

    def __init__(self, dice: random.Random, share: float) -> None:
        super().__init__()
        self._dice = dice
        self._share = share
        self.happened = 0

    def meet(self, request: web.Request, kind: str) -> Fault | None:
        if self._dice.random() < self._share:
            self.happened += 1
            ways = (Fault(429, retry_after="1"), Fault(412), Fault(503), Fault(502), Fault(504), Fault(lost=True))
            self.next = [self._dice.choice(ways)]
        return super().meet(request, kind)


def version(ref: str, number: int) -> Notice:
    """A notice as it stands after so many updates, the newest text being its number."""
    at = now()
    lines = tuple(NoticeUpdate(at, "Ulla", "updated", f"versjon {count}.") for count in range(number + 1))
    return replace(a_notice(ref, at=at, what=f"versjon {number}."), history=lines)


def queue(session: Session, refs: Iterable[str]) -> None:
    """Every version of every notice at every target, as the turns that wrote them would have queued it."""
    for ref in refs:
        session.notices.add(version(ref, VERSIONS - 1))
        for number in range(VERSIONS):
            job = Job.UPDATE_NOTICE if number else Job.PUBLISH_NOTICE
            for target in TARGETS:
                payload = {"target": target.id, "notice": version(ref, number).to_json()}
                key = f"{ref}-{target.key}-{number}"
                session.outbox.add(OutboxRecord(key, job, lane_of(ref, target), ref, "", "ulla", payload, now(), now()))


async def run(notices: int, share: float, kills: int, seed: int) -> Outcome:
    """Put the bot through it; what was seen."""
    dice = random.Random(seed)
    teams, workplace = FakeTeams(token=""), FakeWorkplace()
    teams.faults, workplace.faults = Accidents(dice, share), Accidents(dice, share)
    refs = [f"D-2026-{number:04d}" for number in range(1, notices + 1)]
    outcome = Outcome(notices * VERSIONS * len(TARGETS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = SqliteStore(folder / "losen.db")
        await store.write(lambda session: queue(session, refs))
        async with teams.server, workplace.server, serving_mail(None) as box:
            trouble = asyncio.create_task(_trouble_the_mail(box, dice, share))
            ours = [str(folder), teams.url, workplace.url, str(box.port)]
            until = asyncio.get_running_loop().time() + 240
            while await _waiting(store) and asyncio.get_running_loop().time() < until:
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.chaos.feeds", "--bot", *ours, cwd=ROOT
                )
                patience = dice.uniform(1.2, 2.5) if outcome.kills < kills else 30.0
                await _work_for(store, patience)
                process.kill()
                await process.wait()
                outcome.kills += 1
            trouble.cancel()
            with suppress(asyncio.CancelledError):
                await trouble
        await _judge(outcome, store, refs, teams, workplace, box)
        await store.close()
    outcome.faults = teams.faults.happened + workplace.faults.happened
    return outcome


async def _trouble_the_mail(box: Mailbox, dice: random.Random, share: float) -> None:
    while True:
        await asyncio.sleep(0.02)
        if dice.random() < share:
            match dice.randrange(3):
                case 0:
                    box.lose = 1
                case 1:
                    box.answers = ["451 4.3.0 later"]
                case _:
                    box.rcpt_answers = ["450 4.2.0 later"]


async def _waiting(store: SqliteStore) -> int:
    backlog = await store.read(lambda session: session.outbox.backlog(now()))
    return backlog.rows.get(RowState.QUEUED, 0) + backlog.rows.get(RowState.LEASED, 0)


async def _work_for(store: SqliteStore, seconds: float) -> None:
    until = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < until and await _waiting(store):  # noqa: ASYNC110  another process works
        await asyncio.sleep(0.1)


async def _judge(
    outcome: Outcome, store: SqliteStore, refs: list[str], teams: FakeTeams, workplace: FakeWorkplace, box: Mailbox
) -> None:
    rows = {
        row.id: row
        for state in RowState
        for row in await store.read(lambda session, state=state: session.outbox.in_state(state))  # type: ignore[misc]
        if row.job in (Job.PUBLISH_NOTICE, Job.UPDATE_NOTICE)
    }
    outcome.done = sum(row.state is RowState.DONE for row in rows.values())
    outcome.uncertain = sum(row.state is RowState.FAILED and row.uncertain for row in rows.values())
    outcome.problems += [
        f"{row.id} ended as {row.state.value}: {row.last_error}"
        for row in rows.values()
        if row.state is not RowState.DONE and not (row.state is RowState.FAILED and row.uncertain)
    ]
    seen = _seen(refs, teams, workplace, box)
    for key, row in rows.items():
        times = seen[key]
        if times > 1 or (times == 0 and row.state is RowState.DONE):
            outcome.problems.append(f"{key} is there {times} times, its row is {row.state.value}")
    for place, text in _standing(teams, workplace):
        key = _key(refs, place, text)
        last = max(
            (one for one, row in rows.items() if one[:-1] == key[:-1] and row.state is RowState.DONE), default=""
        )
        if key < last:
            outcome.problems.append(f"a post still says {key}, and {last} is done")


def _seen(refs: list[str], teams: FakeTeams, workplace: FakeWorkplace, box: Mailbox) -> Counter[str]:
    """How often each version was posted: as a new post, a line in a thread, or a message."""
    seen: Counter[str] = Counter()
    for post in teams.posts.values():
        for text in (str(post.first), *(str(reply) for reply in post.replies)):
            seen[_key(refs, "kanal", text)] += 1
    for post_id, text in workplace.first.items():
        for told in (text, *workplace.comments.get(post_id, ())):
            seen[_key(refs, "workplace", told)] += 1
    for _, _, message in box.arrived:
        body = message.get_body(("plain",))
        assert body is not None
        seen[_key(refs, "epost", f"{message['Subject']}\n{body.get_content()}")] += 1
    return seen


def _standing(teams: FakeTeams, workplace: FakeWorkplace) -> list[tuple[str, str]]:
    """What the newest post of each notice says now; one whose answer was lost has been followed by another."""
    channel = {_ref_in(str(post.activity)): str(post.activity) for post in teams.posts.values()}
    group = {_ref_in(text): text for text in workplace.posts.values()}
    return [("kanal", text) for text in channel.values()] + [("workplace", text) for text in group.values()]


def _ref_in(text: str) -> str:
    found = re.search(r"D-2026-\d{4}", text)
    assert found is not None
    return found[0]


def _key(refs: list[str], place: str, text: str) -> str:
    ref = _ref_in(text)
    assert ref in refs
    newest = max(number for number in range(VERSIONS) if f"versjon {number}." in text)
    return f"{ref}-{place}-{newest}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--notices", type=int, default=60)
    parser.add_argument("--faults", type=float, default=0.25, help="share of all calls that go wrong")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bot", nargs=4, metavar=("FOLDER", "TEAMS", "WORKPLACE", "MAIL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        folder, teams_url, workplace_url, mail_port = options.bot
        asyncio.run(be_the_bot(Path(folder), teams_url, workplace_url, int(mail_port)))
        return
    outcome = asyncio.run(run(options.notices, options.faults, options.kills, options.seed))
    sys.stdout.write(
        f"{outcome.rows} versions at targets, {outcome.faults} faults, {outcome.kills} kills:"
        f" {outcome.done} done, {outcome.uncertain} uncertain, {len(outcome.problems)} problems\n"
    )
    sys.stdout.write("".join(f"  {problem}\n" for problem in outcome.problems))
    sys.exit(1 if outcome.problems else 0)


if __name__ == "__main__":
    main()
