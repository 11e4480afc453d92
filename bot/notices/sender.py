"""Sends the messages about notices to single people: each exactly once, or it stands in the report as uncertain.

They are many and nobody waits for one of them, so they have a queue, a pace and a pause of their own: cases and answers
to people go before them. A "slow down" (429) holds all that is queued for the channel, also over a restart. What
certainly was not sent is tried again; a refusal is final; what may have been sent is left to a person (teams.md 4.4).
"""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.notices.telling import DeskTeller
from bot.ports import Deliverer
from bot.retry import GiveUp, RetryPolicy, next_attempt
from bot.store.messages import Message, MessageState
from bot.store.port import Session, Store
from dialogs.notice_message import message_of
from dialogs.notice_text import seen_by
from dialogs.replies import Reply
from dialogs.roles import roles_held
from dialogs.texts import Texts
from knowledge.errors import LosenError, PermanentFailure, StoreError, TemporaryFailure, UncertainOutcome
from knowledge.notice_reach import NoticeReach, reach_of
from knowledge.opening_hours import Staffing
from knowledge.organisation import Organisation

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """at_once: messages under way at the same time; each waits `between` seconds after the one before it began.

    Teams takes 50 a second from a bot (teams.md 4.6); half of that is left to answers. poll: seconds between looks
    when nothing wakes the sender. bound: seconds one message may take.
    """

    at_once: int = 8
    between: float = 1 / 25
    poll: float = 1.0
    bound: float = 30.0


class MessageSender:
    """One sender of an installation.

    channels: those whose conversations `deliverer` reaches. facts: the organisation's values for texts. told: called
    when somebody of the desk is to be told something.
    """

    def __init__(
        self,
        *,
        store: Store,
        deliverer: Deliverer,
        channels: Collection[str],
        texts: Mapping[str, Texts],
        facts: Mapping[str, str],
        reach: NoticeReach,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        new_id: Callable[[], str],
        told: Callable[[], None],
        policy: RetryPolicy | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._store = store
        self._deliverer = deliverer
        self._channels = frozenset(channels)
        self._texts = texts
        self._facts = facts
        self._reach = reach
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._new_id = new_id
        self._told = told
        self._policy = policy or RetryPolicy()
        self._pace = pace or Pace()
        self._running: dict[tuple[str, int, str], asyncio.Task[None]] = {}
        self._ended = asyncio.Event()
        self._stopping = False

    async def run(self) -> None:
        """Work until `drain` is called; what is cancelled instead may have arrived, and is uncertain."""
        await self.take_back()
        while not self._stopping:
            try:
                self._ended.clear()
                if not await self._start_due():
                    await self._wait()
            except StoreError:
                _log.exception("messages about notices cannot be read")
                await self._sleep(self._pace.poll)

    async def take_back(self) -> int:
        """What was being sent when this sender died may have arrived; returns how many. `run` does so first."""
        lost = await self._store.write(lambda session: session.messages.lose(self._channels, self._clock()))
        if lost:
            _log.warning("messages were being sent when the bot last stopped", extra={"count": lost})
        return lost

    async def drain(self, seconds: float) -> None:
        """Begin nothing new and wait for what is under way, at most this long."""
        self._stopping = True
        self._ended.set()
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)

    async def work_once(self) -> int:
        """Send what is due now and wait for it; returns how many were tried. After `take_back`."""
        started = await self._start_due()
        while self._running:
            await asyncio.wait(self._running.values())
            await asyncio.sleep(0)  # what has ended takes itself off
        return started

    async def _start_due(self) -> int:
        free = self._pace.at_once - len(self._running)
        if free <= 0 or self._stopping:
            return 0
        now, most = self._clock(), self._pace.at_once + free
        due = await self._store.read(lambda session: session.messages.due(self._channels, now, most))
        fresh = [message for message in due if message.key not in self._running][:free]
        for message in fresh:
            task = asyncio.create_task(self._send(message))
            self._running[message.key] = task
            task.add_done_callback(lambda _, key=message.key: self._end(key))  # type: ignore[misc]  # the key is bound
            await self._sleep(self._pace.between)
        return len(fresh)

    def _end(self, key: tuple[str, int, str]) -> None:
        self._running.pop(key, None)
        self._ended.set()

    async def _wait(self) -> None:
        seconds = self._pace.poll
        if len(self._running) < self._pace.at_once:
            due = await self._store.read(lambda session: session.messages.next_due(self._channels))
            if due is not None:
                seconds = min(seconds, max(self._pace.between, (due - self._clock()).total_seconds()))
        waiting = (asyncio.ensure_future(self._ended.wait()), asyncio.ensure_future(self._sleep(seconds)))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waiting:
                one.cancel()

    async def _send(self, message: Message) -> None:
        ids = {"notice": message.ref, "line": message.line, "person": message.person_id}
        try:
            # On disk before the call: whoever finds it there after a kill knows that it may have arrived.
            if not await self._store.write(lambda session: session.messages.begin(message)):
                return
            try:
                await self._deliver(message)
            except Exception as error:
                failure = error
                outcome = await self._store.write(lambda session: self._failed(session, message, failure))
            else:
                outcome = await self._store.write(lambda session: self._settle(session, message, MessageState.SENT, ""))
        except StoreError:
            # It stays as being sent, and is uncertain when the bot starts next.
            _log.exception("what became of a message about a notice could not be recorded", extra=ids)
        else:
            _log.info("message about a notice", extra={**ids, "outcome": outcome})

    async def _deliver(self, message: Message) -> None:
        def read(session: Session) -> tuple[Mapping[str, object], tuple[Reply, ...], str]:
            record, notice = session.conversations.get(message.conversation_id), session.notices.get(message.ref)
            if record is None or notice is None:
                raise PermanentFailure("the conversation is gone")
            # What may be read is the same in and outside opening hours.
            roles = roles_held(session.people.roles(message.person_id), Staffing.OPEN)
            if seen_by(notice, roles, self._reach) is None:
                raise PermanentFailure("may not read it any more")
            zone = self._clock().tzinfo
            assert zone is not None  # noqa: S101  the clock is aware
            texts = self._texts.get(record.language, self._texts["nb"])
            reply = message_of(notice.open_version(), message.line, texts, self._facts, zone)
            return record.reference, (reply,), record.language

        reference, replies, language = await self._store.read(read)
        try:
            async with asyncio.timeout(self._pace.bound):
                await self._deliverer.deliver(reference, replies, language)
        except TimeoutError as error:
            raise UncertainOutcome("the channel did not answer in time") from error

    def _failed(self, session: Session, message: Message, error: Exception) -> str:
        now = self._clock()
        # An unforeseen error may quote what people wrote; only our own texts are kept.
        reason = str(error) if isinstance(error, LosenError) else type(error).__name__
        decision = next_attempt(
            message.attempts + 1, error, now, queued_at=message.queued_at, policy=self._policy, jitter=self._jitter()
        )
        if isinstance(decision, GiveUp):
            state = MessageState.UNCERTAIN if decision.unknown else MessageState.FAILED
            return self._settle(session, message, state, reason)
        if decision.look_up_first:
            return self._settle(session, message, MessageState.UNCERTAIN, reason)
        session.messages.postpone(message, decision.at, reason)
        if isinstance(error, TemporaryFailure) and error.retry_after:
            session.messages.hold(message.channel, decision.at)
        return MessageState.QUEUED

    def _settle(self, session: Session, message: Message, state: MessageState, reason: str) -> str:
        if session.messages.settle(message, state, reason, self._clock()) and message.writer_id:
            self._sum_up(session, message)
        return state

    def _sum_up(self, session: Session, message: Message) -> None:
        """Whoever wrote the line hears how many it reached, once, when the last message is settled."""
        counts = session.messages.counts(message.ref)[message.line]
        sent, everybody = counts.get(MessageState.SENT, 0), sum(counts.values())
        outcome = "notice_reached_all" if sent == everybody else "notice_reached_some"
        detail = {"text": str(sent), "id": str(everybody)}
        if DeskTeller(session, self._clock(), self._new_id).tell(message.writer_id, message.ref, outcome, detail):
            self._told()


def sender_from(
    store: Store,
    organisation: Organisation,
    texts: Mapping[str, Texts],
    deliverer: Deliverer,
    channels: Collection[str],
    clock: Callable[[], datetime],
    told: Callable[[], None],
) -> MessageSender:
    """The sender of a running bot."""
    return MessageSender(
        store=store,
        deliverer=deliverer,
        channels=channels,
        texts=texts,
        facts=organisation.facts,
        reach=reach_of(organisation),
        clock=clock,
        sleep=asyncio.sleep,
        jitter=random.random,
        new_id=lambda: uuid.uuid4().hex,
        told=told,
    )
