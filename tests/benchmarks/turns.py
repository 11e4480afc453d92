"""Turns a second and their latency, beside the Bot Framework's EchoBot and a bare aiohttp handler, in one run.

    python -m tests.benchmarks.turns [SECONDS]

Every server is a process of its own; this process is Teams: it posts messages in 1, 8 and 64 conversations at the
same time, each waiting for its answer before it goes on, and takes the replies as the connector. A turn ends when the
server has answered the POST, which it does after its reply has been taken. `edge` is our channel edge that only echoes;
`losen` goes through the fault dialog again and again: a report in one's own words, never the same twice, what is
missing, send; what it is measured by is on disk, and a case in the outbox for every dialog that was finished.
SECONDS is how long each variant is measured at each load, in three rounds of which the median is shown.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.benchmarks.speakers import CONVERSATIONS, ROUNDS

ROOT = Path(__file__).parents[2]
VARIANTS = ("floor", "echobot", "edge", "losen")
LAST = "send"
TURNS_OF_A_DIALOG = 4
RECEIPT = b"L-20"  # a case's reference stands in its receipt
_REPORTS = itertools.count()


def dialog() -> Iterator[str]:
    """The fault dialog without end. Every report differs in its words, so that no answer can be an old one."""
    for number in _REPORTS:
        at = f"{number % 24:02}.{number % 59:02}"
        yield f"Hele bydelen får ikke logget på AKS siden i går kl {at}, prøvd omstart på rom {number}"
        yield "Kontor"
        yield "nei, ikke kritisk"
        yield LAST


@dataclass(frozen=True, slots=True)
class Measured:
    """One line: turns a second, latency in milliseconds, CPU in milliseconds a turn, memory in MB."""

    turns: float
    p50: float
    p95: float
    p99: float
    cpu: float
    memory: float


class Connector:
    """Takes replies. `receipts` counts those that give a case's reference."""

    def __init__(self) -> None:
        self.replies = 0
        self.receipts = 0
        app = web.Application()
        app.router.add_post("/v3/{path:.*}", self._take)
        self.server = TestServer(app, host="127.0.0.1")

    async def _take(self, request: web.Request) -> web.Response:
        self.receipts += RECEIPT in await request.read()
        self.replies += 1
        return web.json_response({"id": str(self.replies)}, status=201)


async def measure(
    variant: str, address: str, pid: int, connector: Connector, conversations: int, seconds: float, name: str
) -> Measured:
    """Load one server for this long, after a short warm-up that is not counted."""
    service_url = str(connector.server.make_url("/"))
    latencies: list[float] = []
    numbers = itertools.count()
    begun = time.perf_counter()
    counting_from = begun + seconds / 4
    until = counting_from + seconds

    finished = 0

    async def talk(session: aiohttp.ClientSession, name: str) -> None:
        nonlocal finished
        for text in dialog():
            at = time.perf_counter()
            if at > until:
                return
            activity = activity_of(service_url, name, f"{name}-{next(numbers)}", text)
            async with session.post(f"{address}api/messages", json=activity) as answer:
                await answer.read()
                assert answer.status < 300, answer.status
            finished += text == LAST
            if at > counting_from:
                latencies.append(1000 * (time.perf_counter() - at))

    replies, receipts, cpu = connector.replies, connector.receipts, cpu_seconds_of(pid)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(talk(session, f"c{name}-{number}") for number in range(conversations)))
    turns = next(numbers)
    assert connector.replies - replies >= turns, "a turn without a reply"
    assert variant != "losen" or connector.receipts - receipts >= finished, "a dialog without a case"
    latencies.sort()
    if not latencies:
        raise TimeoutError(f"{variant} has answered nobody in {seconds} s: measure longer")
    p50, p95, p99 = (latencies[int(len(latencies) * part)] for part in (0.5, 0.95, 0.99))
    used = 1000 * (cpu_seconds_of(pid) - cpu) / turns
    return Measured(len(latencies) / seconds, p50, p95, p99, used, memory_of(pid))


def activity_of(service_url: str, conversation: str, activity_id: str, text: str) -> dict[str, Any]:
    """A message as Teams posts it."""
    return {
        "type": "message",
        "id": activity_id,
        "text": text,
        "channelId": "emulator",
        "serviceUrl": service_url,
        "from": {"id": f"user-{conversation}", "name": "Kari"},
        "recipient": {"id": "bot", "name": "Losen"},
        "conversation": {"id": conversation},
    }


def cpu_seconds_of(pid: int) -> float:
    """Processor time (s) a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def memory_of(pid: int) -> float:
    """Resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@asynccontextmanager
async def running(variant: str, folder: Path) -> AsyncIterator[tuple[str, int]]:
    """A server process: its address and process id."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.turn_servers", variant, str(folder),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            address = (await process.stdout.readline()).decode().strip()
        yield address, process.pid
    finally:
        process.terminate()
        await process.wait()


async def compare(seconds: float) -> dict[tuple[str, int], Measured]:
    """Every variant at every load; the variants take turns, so that a busy moment of the machine hits all of them."""
    rounds: defaultdict[tuple[str, int], list[Measured]] = defaultdict(list)
    connector = Connector()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(connector.server)
        servers: dict[str, tuple[str, int]] = {}
        for variant in VARIANTS:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            servers[variant] = await stack.enter_async_context(running(variant, Path(folder)))
        for conversations, number in itertools.product(CONVERSATIONS, range(ROUNDS)):
            for variant, (address, pid) in servers.items():
                name = f"{conversations}-{number}"
                one = await measure(variant, address, pid, connector, conversations, seconds / ROUNDS, name)
                rounds[variant, conversations].append(one)
    return {key: sorted(found, key=lambda one: one.turns)[ROUNDS // 2] for key, found in rounds.items()}


def table(results: dict[tuple[str, int], Measured]) -> str:
    """As people read it."""
    lines = [
        "conversations  variant   turns/s   x echobot   p50 ms   p95 ms   of echobot's   p99 ms  CPU ms/turn   RSS MB"
    ]
    for conversations in CONVERSATIONS:
        base, slow = results["echobot", conversations].turns, results["echobot", conversations].p95
        for variant in VARIANTS:
            one = results[variant, conversations]
            speed = f"{conversations:13}  {variant:8} {one.turns:8.0f} {one.turns / base:10.1f}x"
            late = f"{one.p50:8.1f} {one.p95:8.1f} {100 * one.p95 / slow:12.0f} %"
            lines.append(f"{speed} {late} {one.p99:8.1f} {one.cpu:12.2f} {one.memory:8.0f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    results = asyncio.run(compare(seconds))
    sys.stdout.write(table(results) + "\n")


if __name__ == "__main__":
    main()
