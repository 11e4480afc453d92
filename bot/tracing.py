"""Traces of turns and effects for the operator's own collector (OpenTelemetry, OTLP over HTTP).

Off without `OTLP_ENDPOINT`, and then nothing of OpenTelemetry is loaded; its packages are an extra
(requirements-tracing.txt). A span says which conversation, what kind of event, what came of it and how long it took,
and never a name or a text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from bot.channels.handling import TurnHandler
from bot.store.records import OutboxRecord
from bot.turns import Answered, Incoming, Send
from knowledge.errors import BadSettings

_SERVICE = "losen"
_PATIENCE_SECONDS = 3
# The words of an error may hold what the other end answered, so only its kind is told.
_QUIET = {"record_exception": False, "set_status_on_exception": False}


class Tracing:
    """Where spans go; nowhere without a provider."""

    def __init__(self, provider: Any = None) -> None:
        self._provider = provider
        self._tracer = None if provider is None else provider.get_tracer(_SERVICE)

    def turns(self, turns: TurnHandler) -> TurnHandler:
        """The handler with a span for each turn."""
        return turns if self._tracer is None else TracedTurns(turns, self._tracer)

    def effect(self, row: OutboxRecord) -> AbstractContextManager[None]:
        """A span around carrying out an effect."""
        return nullcontext() if self._tracer is None else self._effect(self._tracer, row)

    async def close(self) -> None:
        """Send what has not been sent yet, and stop."""
        if self._provider is not None:
            await asyncio.to_thread(self._provider.shutdown)

    @contextmanager
    def _effect(self, tracer: Any, row: OutboxRecord) -> Iterator[None]:
        said = {"losen.job": row.job.value, "losen.ref": row.ref, "losen.attempt": row.attempts}
        with tracer.start_as_current_span("effect", attributes=said, **_QUIET) as span:
            try:
                yield
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(_error_status())
                raise


class TracedTurns:
    """A turn handler before another: "turn" is all of it, "answer" until the answer is on disk, "send" its sending."""

    def __init__(self, turns: TurnHandler, tracer: Any) -> None:
        self._turns = turns
        self._tracer = tracer

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        """As the other one's."""
        said = {
            "losen.channel": incoming.channel,
            "losen.conversation": incoming.conversation_id,
            "losen.event": type(incoming.event).__name__,
        }
        with self._tracer.start_as_current_span("turn", attributes=said, **_QUIET) as turn:
            answer = self._tracer.start_span("answer")

            async def traced(answered: Answered) -> None:
                answer.end()
                turn.set_attribute("losen.result", answered.result)
                if send is not None:
                    with self._tracer.start_as_current_span("send", **_QUIET):
                        await send(answered)

            return await self._turns.handle(incoming, traced)


def tracing_to(endpoint: str) -> Tracing:
    """Traces to a collector's address, none when it is empty; raises BadSettings where the extra is not installed."""
    if not endpoint:
        return Tracing()
    try:
        # Only whoever wants traces has these, and pays for loading them.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise BadSettings("OTLP_ENDPOINT needs the packages of requirements-tracing.txt") from error
    provider = TracerProvider(resource=Resource.create({"service.name": _SERVICE}), shutdown_on_exit=False)
    # A collector that is gone must not hold up a stop for long.
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=_PATIENCE_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return Tracing(provider)


def _error_status() -> Any:
    from opentelemetry.trace import StatusCode  # loaded already, where there is a span

    return StatusCode.ERROR
