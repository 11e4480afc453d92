"""The worker of a bot that is put through something: nobody listens to it, and it waits for nothing long."""

from __future__ import annotations

import asyncio
import os
import random
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.local_cases import LocalCaseRegister
from bot.local_desk import LocalDesk
from bot.outbox import OutboxWorker, WorkerPlan
from bot.ports import GroupFeed, Ports
from bot.retry import RetryPolicy
from bot.store import SqliteStore
from bot.turns import TurnService
from knowledge.feed_targets import FeedRouting
from tests.bot.samples import TEXTS, decide

OSLO = ZoneInfo("Europe/Oslo")
IMPATIENT = RetryPolicy(first_wait=0.05, longest_wait=1.0)


class Nobody:
    """A channel nobody listens to."""

    async def deliver(self, *told: object) -> None:
        return


def now() -> datetime:
    """The time in Oslo."""
    return datetime.now(OSLO)


def new_id() -> str:
    """Sixteen hexadecimal digits."""
    return os.urandom(8).hex()


def feed_worker(store: SqliteStore, feed: GroupFeed, routing: FeedRouting, at_once: int) -> OutboxWorker:
    """A worker that posts to these feeds; the bot has no engine and no case system."""
    turns: TurnService[None] = TurnService(
        store=store, decide=decide, knowledge=None, texts=TEXTS, facts={}, clock=now, new_id=new_id, undo_seconds=0
    )
    return OutboxWorker(
        store=store,
        ports=Ports(LocalCaseRegister(store, now), feed, LocalDesk(store, now), Nobody(), routing),
        turns=turns,
        clock=now,
        sleep=asyncio.sleep,
        jitter=random.random,
        owner_id="the-bot",
        channels=("web",),
        wake=asyncio.Event(),
        policy=IMPATIENT,
        plan=WorkerPlan(lease=30, poll=0.2, at_once=at_once),
    )
