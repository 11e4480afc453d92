"""The outbox worker: takes effects that are due, carries them out, and records what came of them (DESIGN 2, step 7).

What came of an effect is written in one transaction with marking its row: the case's new status, the engine's words
about it, and the message that tells the person. So an outcome is told exactly once, however often the worker dies.
Telling is a row of its own, repeated until the channel has taken it: better twice than never, since its buttons carry
the same nonce.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.feeds.other_way import take_other_way
from bot.first_line import personal_conversation
from bot.notices.telling import note_to_desk, people_of_desk
from bot.performing import Result, begin, delayed, failed, perform, put_back, record
from bot.ports import Ports
from bot.radar.detector import KEPT
from bot.radar.normal import faded_at
from bot.retry import GiveUp, RetryPolicy, next_attempt
from bot.store.moments import to_millis
from bot.store.port import Session, Store
from bot.store.records import POSTING, Job, OutboxRecord, RowState
from bot.turns import TurnService
from dialogs.events import Happened
from knowledge.errors import LosenError, StoreError, UncertainOutcome, UnknownPerson

# A notice is news: however long its place was down, it is there within this many seconds of its coming back.
_NEWS_WAITS_AT_MOST = 60.0

# From this attempt on a person who waits for a case number is told, once, that it takes longer.
_TOLD_AT_ATTEMPT = 3

# What the desk is told of a case that cannot be registered or linked, whoever caused it.
_DESK_HEARS = {
    Job.OPEN_CASE: "desk_case_refused",
    Job.RELATE_CASE: "desk_link_failed",
    Job.UNRELATE_CASE: "desk_unlink_failed",
}

# How often old answers and finished rows are deleted.
_TIDY_EVERY = timedelta(hours=1)

Around = Callable[[OutboxRecord], AbstractContextManager[None]]

_log = logging.getLogger(__name__)


def nothing_around(row: OutboxRecord) -> AbstractContextManager[None]:
    """Nothing."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """How the worker works. Times in seconds; `at_once`: how many effects are carried out at the same time."""

    lease: float = 60.0
    poll: float = 5.0
    at_once: int = 8
    other_way_after: timedelta = timedelta(minutes=10)
    """after this long without success a notice goes to what stands in for its target too"""
    keep: timedelta = timedelta(days=7)
    """how long stored answers and finished rows are kept"""
    keep_conversations: timedelta = timedelta(days=90)
    """how long a conversation without a new turn is kept"""
    keep_choices: timedelta = timedelta(days=180)
    """how long it is kept which forms people chose, and what they thought of answers"""


class OutboxWorker:
    """One worker of an installation.

    owner_id must be this worker's own among all that run, and the same after a restart: at start it takes back what
    it held when it died. channels: the channels whose conversations `ports.deliverer` reaches. wake: set when a turn
    queued something. around: what stands around carrying out each effect. jitter: numbers from 0 to 1.
    """

    def __init__(
        self,
        *,
        store: Store,
        ports: Ports,
        turns: TurnService[Any],
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        owner_id: str,
        channels: Collection[str],
        wake: asyncio.Event,
        around: Around = nothing_around,
        policy: RetryPolicy | None = None,
        plan: WorkerPlan | None = None,
    ) -> None:
        self._store = store
        self._ports = ports
        self._turns = turns
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._owner = owner_id
        self._channels = frozenset(channels)
        self._wake = wake
        self._around = around
        self._policy = policy or RetryPolicy()
        self._news_policy = replace(self._policy, longest_wait=min(self._policy.longest_wait, _NEWS_WAITS_AT_MOST))
        self._plan = plan or WorkerPlan()
        self._running: set[asyncio.Task[None]] = set()
        self._leasing = asyncio.Lock()
        self._stopping = False
        self._tidy_at: datetime | None = None

    async def run(self) -> None:
        """Work until `drain` is called. A database that cannot be reached is tried again."""
        await self.take_back()
        while not self._stopping:
            self._wake.clear()
            try:
                await self._tidy()
                if await self._start_due() == 0:
                    await self._wait()
            except StoreError:
                _log.exception("the outbox cannot be read")
                await self._sleep(self._plan.poll)

    async def work_once(self) -> int:
        """Carry out what is due now and wait for it; returns how many effects that were. After `take_back`."""
        started = await self._start_due()
        while self._running:
            await asyncio.wait(self._running)
        return started

    async def settle(self, seconds: float) -> None:
        """Work until nothing is under way and nothing falls due within this time from now; alone or beside `run`."""
        until = self._clock() + timedelta(seconds=seconds)
        while not self._stopping:
            await self.work_once()
            async with self._leasing:  # so that nothing `run` takes just now goes unseen
                due = await self._store.read(lambda session: session.outbox.next_due(self._channels))
                under_way = bool(self._running)
            if under_way:
                continue
            if due is None or due > until:
                return
            await self._sleep(max(0.0, (due - self._clock()).total_seconds()))

    async def take_back(self) -> None:
        """Give back, to be looked up, what this worker held when it last died. `run` does so first."""
        released = await self._store.write(lambda session: session.outbox.release(self._owner))
        if released:
            _log.warning("effects were under way when the worker last stopped", extra={"count": released})

    async def drain(self, seconds: float) -> None:
        """Take nothing new and wait for what is under way, at most this long; the rest is looked up after a restart."""
        self._stopping = True
        self._wake.set()
        async with self._leasing:
            pass  # what is being leased just now is under way too
        if self._running:
            _, unfinished = await asyncio.wait(self._running, timeout=seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _start_due(self) -> int:
        async with self._leasing:
            free = self._plan.at_once - len(self._running)
            if free <= 0 or self._stopping:
                return 0
            rows = await self._lease(free)
            for row in rows:
                task = asyncio.create_task(self._carry_out(row))
                self._running.add(task)
                task.add_done_callback(self._ended)
        return len(rows)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._wake.set()

    async def _lease(self, limit: int) -> tuple[OutboxRecord, ...]:
        now = self._clock()
        until = now + timedelta(seconds=self._plan.lease)

        # Looking does not take the write lock, so an idle worker never gets in the way of turns.
        due = await self._store.read(lambda session: session.outbox.next_due(self._channels))
        if due is None or due > now:
            return ()

        def take(session: Session) -> tuple[OutboxRecord, ...]:
            rows = session.outbox.lease(self._owner, self._channels, now, until, limit)
            for row in rows:
                begin(session, row, now)
            return rows

        return await self._store.write(take)

    async def _wait(self) -> None:
        seconds = self._plan.poll
        # With every place taken it does not matter what is due: the effect that ends wakes the worker.
        if len(self._running) < self._plan.at_once:
            due = await self._store.read(lambda session: session.outbox.next_due(self._channels))
            if due is not None and len(self._running) < self._plan.at_once:
                seconds = min(seconds, max(0.0, (due - self._clock()).total_seconds()))
        woken = asyncio.create_task(self._wake.wait())
        slept = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait((woken, slept), return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            slept.cancel()

    async def _carry_out(self, row: OutboxRecord) -> None:
        try:
            result = await self._perform(row)
        except Exception as error:
            work, outcome = partial(self._failure, row=row, error=error), type(error).__name__
        else:
            work, outcome = partial(self._success, row=row, result=result), "done"
        await self._record(row, work, outcome)

    async def _perform(self, row: OutboxRecord) -> Result:
        if row.job is Job.DELIVER:
            # The receipt of the turn that caused this may still be on its way out.
            async with self._turns.answering(row.conversation_id):
                pass
        try:
            # Well before the lease runs out and another worker takes over.
            async with asyncio.timeout(self._plan.lease * 0.8):
                with self._around(row):
                    return await perform(row, self._store, self._ports)
        except TimeoutError as error:
            raise UncertainOutcome("no answer before the lease ran out") from error

    async def _record(self, row: OutboxRecord, work: Callable[[Session], bool], outcome: str) -> None:
        ids = {"outbox": row.id, "kind": row.job.value, "case": row.ref, "attempt": row.attempts, "outcome": outcome}
        try:
            kept = await self._store.write(work)
        except Exception:
            # The lease runs out and the effect is looked up before it is repeated.
            _log.exception("an outcome could not be recorded", extra=ids)
            return
        _log.info("effect" if kept else "effect of a lost lease", extra=ids)

    def _success(self, session: Session, row: OutboxRecord, result: Result) -> bool:
        now = self._clock()
        if not session.outbox.finish(row.id, self._owner, RowState.DONE, "", now):
            return False
        # What is done is not sent again, so nothing need be known of the call any more.
        session.sendings.give_up(row.id)
        event = record(session, row, result, now)
        if event is not None:
            self._turns.tell(session, row.conversation_id, row.person_id, event)
        return True

    def _failure(self, session: Session, row: OutboxRecord, error: Exception) -> bool:
        now = self._clock()
        # An unforeseen error may quote what the user wrote; only our own texts are kept.
        text = f"{type(error).__name__}: {error}" if isinstance(error, LosenError) else type(error).__name__
        policy = self._news_policy if row.job in POSTING else self._policy
        decision = next_attempt(
            row.attempts, error, now, queued_at=row.created_at, policy=policy, jitter=self._jitter()
        )
        if isinstance(decision, GiveUp):
            unknown = decision.unknown or (row.uncertain and not decision.refused)
            if not session.outbox.finish(row.id, self._owner, RowState.FAILED, text, now, uncertain=unknown):
                return False
            _log.error("an effect failed for good", extra={"outbox": row.id, "kind": row.job.value, "case": row.ref})
            why = text.partition(": ")[2] or text
            event, reason = failed(row, unknown, why), "system.refused" if decision.refused else "system.no_answer"
            other_way = take_other_way(session, row, self._ports.routing, now)
            put_back(session, row, now)
            if row.job in _DESK_HEARS:
                note_id = f"{row.id}-desk-{to_millis(now)}"
                self._tell_desk(session, row, _DESK_HEARS[row.job], why, now, note_id)
        else:
            if not session.outbox.postpone(row.id, self._owner, decision.at, decision.look_up_first, text):
                return False
            waited = now - row.created_at >= self._plan.other_way_after
            other_way = take_other_way(session, row, self._ports.routing, now) if waited else ()
            event, reason = self._waiting(session, row, error, now), ""
        if event is not None:
            self._turns.tell(session, row.conversation_id, row.person_id, event, reason)
        for target in other_way:
            event = Happened("notice_other_way", row.ref, {"target": target.id})
            self._turns.tell(session, row.conversation_id, row.person_id, event)
        return True

    def _waiting(self, session: Session, row: OutboxRecord, error: Exception, now: datetime) -> Happened | None:
        """What the person is told of what waits. The desk is told too where somebody must put something right."""
        if not isinstance(error, UnknownPerson):
            return delayed(row, error) if row.attempts == _TOLD_AT_ATTEMPT else None
        # At once, and once, however many attempts failed for other reasons before or in between.
        note_id = f"{row.id}-desk-waits"
        if row.job is not Job.OPEN_CASE or session.outbox.get(note_id) is not None:
            return None
        whose = self._turns.words("waits.receiver" if error.whom == "receiver" else "waits.reporter")
        self._tell_desk(
            session, row, "desk_case_waits", self._turns.words(f"waits.{error.why}", who=whose), now, note_id
        )
        return delayed(row, error)

    def _tell_desk(
        self, session: Session, row: OutboxRecord, outcome: str, reason: str, now: datetime, note_id: str
    ) -> None:
        """A note for the desk, and a message to everybody there who has talked to the bot alone."""
        summary = self._turns.words(f"outcome.{outcome}", ref=row.ref, reason=reason)
        session.outbox.add(note_to_desk(note_id, f"desk {row.ref}", row.conversation_id, row.person_id, summary, now))
        event = Happened(outcome, row.ref, {"reason": reason})
        for person_id in people_of_desk(session):
            own = personal_conversation(session, person_id)
            # Who sent the case in hears of it in words of his own.
            if own is not None and (person_id != row.person_id or row.job is not Job.OPEN_CASE):
                self._turns.tell(session, own.id, person_id, event)

    async def _tidy(self) -> None:
        now = self._clock()
        if self._tidy_at is not None and now < self._tidy_at:
            return
        self._tidy_at = now + _TIDY_EVERY
        before = now - self._plan.keep

        def forget(session: Session) -> int:
            answers = session.conversations.forget_answers(before)
            long_ago = now - self._plan.keep_conversations
            idle = session.conversations.forget_idle(long_ago)
            hit = session.affected.forget_over(long_ago) + session.messages.forget_over(long_ago)
            finished = session.outbox.forget_finished(before)
            reviewed = (now - self._plan.keep_choices).date()
            choices = session.choices.forget(reviewed) + session.ratings.forget(reviewed)
            radar = session.radar.tidy(now - KEPT, faded_at(now))
            return answers + idle + hit + finished + choices + radar + session.sendings.forget(before)

        _log.info("old rows deleted", extra={"count": await self._store.write(forget)})
