"""Traces reach a collector over OTLP, and hold no name and no text."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.store.records import Job, OutboxRecord
from bot.tracing import tracing_to
from bot.turns import Answered, Incoming
from dialogs.case import Person
from dialogs.events import Said
from knowledge.errors import BadSettings, TemporaryFailure
from tests.bot.channels.doubles import EchoTurns

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MESSAGE = Incoming("c1", "m1", "msteams", Said("passordet mitt er hemmelig"), Person("kari", "Kari Nordmann"))
ROW = OutboxRecord("r1", Job.OPEN_CASE, "L-2026-000001", "L-2026-000001", "c1", "kari", {"text": "hemmelig"}, NOW, NOW)


class Collector:
    """Takes spans as a collector does."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        taken = self.taken

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                taken.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def spans(self) -> dict[str, Any]:
        requests = [ExportTraceServiceRequest.FromString(one) for one in self.taken]
        return {
            span.name: span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        }

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def collector() -> Iterator[Collector]:
    with closing(Collector()) as opened:
        yield opened


def attributes(span: Any) -> dict[str, str]:
    return {one.key: one.value.string_value for one in span.attributes if one.value.string_value}


async def test_a_turn_is_one_trace_of_answering_and_sending(collector: Collector) -> None:
    tracing = tracing_to(collector.address)
    sent: list[Answered] = []

    async def send(answered: Answered) -> None:
        await asyncio.sleep(0)
        sent.append(answered)

    answered = await tracing.turns(EchoTurns()).handle(MESSAGE, send)
    await tracing.close()
    assert sent == [answered]
    spans = collector.spans()
    assert set(spans) == {"turn", "answer", "send"}
    assert {span.trace_id for span in spans.values()} == {spans["turn"].trace_id}
    assert {spans["answer"].parent_span_id, spans["send"].parent_span_id} == {spans["turn"].span_id}
    assert attributes(spans["turn"]) == {
        "losen.channel": "msteams",
        "losen.conversation": "c1",
        "losen.event": "Said",
        "losen.result": "answered",
    }
    assert not [word for word in (b"hemmelig", b"Kari", b"Nordmann") if word in b"".join(collector.taken)]


async def test_an_effect_that_failed_tells_how_and_no_more(collector: Collector) -> None:
    tracing = tracing_to(collector.address)
    with pytest.raises(TemporaryFailure), tracing.effect(ROW):
        raise TemporaryFailure("Kompass answered: hemmelig")
    await tracing.close()
    said = attributes(collector.spans()["effect"])
    assert said == {"losen.job": "open_case", "losen.ref": "L-2026-000001", "error.type": "TemporaryFailure"}
    assert b"hemmelig" not in b"".join(collector.taken)


async def test_without_an_endpoint_nothing_stands_in_the_way() -> None:
    tracing, turns = tracing_to(""), EchoTurns()
    assert tracing.turns(turns) is turns
    with tracing.effect(ROW):
        pass
    await tracing.close()


def test_an_endpoint_without_the_packages_is_told_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(BadSettings, match=r"requirements-tracing\.txt"):
        tracing_to("http://127.0.0.1:4318")
