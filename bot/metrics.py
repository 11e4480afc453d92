"""What an operator can measure: turns, how long they took, what the matcher decided, the outbox, Kompass.

Labels hold words of a fixed list, never an id, a name or a text: whoever may read numbers may not read people. Counts
are kept in memory and begin at zero when the process starts, as Prometheus expects; what is stored (the outbox) is
read when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.channels.handling import TurnHandler
from bot.store.promises import Punctuality
from bot.store.records import Backlog, RowState
from bot.turns import Answered, Decide, Incoming, Send
from dialogs.events import Event
from dialogs.state import State
from dialogs.turn import Situation, Turn
from knowledge.matching import Decision

K = TypeVar("K")

# Seconds. A turn takes milliseconds; from 2 s on people wait, at 15 s the channel delivers again (DESIGN 2).
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0)


class Metrics:
    """The numbers of one running bot, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        # Memory, processor time and open files of the process, under their usual names.
        ProcessCollector(registry=self._registry)
        self._turns = Counter(
            "losen_turns",
            "Messages answered. duplicate: the stored answer again; failed: an apology, and nothing was changed.",
            ("channel", "result"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "losen_turn_seconds",
            "From a message as its channel read it until its answer is on disk, waiting for its turn included.",
            ("channel",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._decisions = Counter(
            "losen_match_decisions",
            "New needs by what the matcher decided: one form, which of several, none.",
            ("decision",),
            registry=self._registry,
        )
        self._outbox = Gauge(
            "losen_outbox_effects", "Effects that are not done, by state.", ("state",), registry=self._registry
        )
        self._oldest = Gauge(
            "losen_outbox_oldest_seconds",
            "Age of the oldest effect that waits or is under way; 0 when none does.",
            registry=self._registry,
        )
        self._updates = Gauge(
            "losen_notice_updates_promised",
            "Updates of notices that were promised for a time: kept in time, late, or still to come (open).",
            ("result",),
            registry=self._registry,
        )
        self._kompass: Gauge | None = None
        for decision in Decision:
            self._decisions.labels(decision.value)

    def answered(self, channel: str, answered: Answered, seconds: float) -> None:
        """A turn is over."""
        self._turns.labels(channel, answered.result).inc()
        self._seconds.labels(channel).observe(seconds)

    def counting(self, decide: Decide[K]) -> Decide[K]:
        """The engine, with what the matcher decided counted."""

        def counted(state: State, event: Event, situation: Situation, knowledge: K) -> Turn:
            turn = decide(state, event, situation, knowledge)
            if turn.decided is not None:
                self._decisions.labels(turn.decided.value).inc()
            return turn

        return counted

    def page(self, backlog: Backlog, kompass_answers: bool | None, promised: Punctuality) -> bytes:
        """All of them in Prometheus' text format. kompass_answers: None where no Kompass is set up."""
        for state in (RowState.QUEUED, RowState.LEASED, RowState.FAILED):
            self._outbox.labels(state.value).set(backlog.rows.get(state, 0))
        self._oldest.set(backlog.oldest_seconds)
        for result, count in (("kept", promised.kept), ("late", promised.late), ("open", promised.open)):
            self._updates.labels(result).set(count)
        if kompass_answers is not None:
            if self._kompass is None:
                self._kompass = Gauge(
                    "losen_kompass_up", "Whether Kompass answers: 0 while nobody asks it.", registry=self._registry
                )
            self._kompass.set(int(kompass_answers))
        return generate_latest(self._registry)


class MeasuredTurns:
    """A turn handler that measures another. monotonic gives seconds."""

    def __init__(self, turns: TurnHandler, metrics: Metrics, monotonic: Callable[[], float]) -> None:
        self._turns = turns
        self._metrics = metrics
        self._monotonic = monotonic

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        """As the other one's. Sending does not count: how long it takes is the channel's doing."""
        began = self._monotonic()

        async def measured(answered: Answered) -> None:
            self._metrics.answered(incoming.channel, answered, self._monotonic() - began)
            if send is not None:
                await send(answered)

        return await self._turns.handle(incoming, measured)
