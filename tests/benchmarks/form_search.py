"""How long Teams waits for the forms while somebody types in the compose box; it gives up after 5 s, we aim at 1 s.

    python -m tests.benchmarks.form_search

The whole way over HTTP, first one at a time, then 16 people at the same time; every query is another message.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.benchmarks.turns import activity_of, running
from tests.evaluation.queries import load_queries

AT_ONCE = (1, 16)


async def ask(session: aiohttp.ClientSession, address: str, number: int, text: str) -> float:
    """Seconds for one query."""
    asked = {
        **activity_of("http://127.0.0.1/", "c1", f"q{number}", ""),
        "type": "invoke",
        "name": "composeExtension/query",
        "value": {"commandId": "findForm", "parameters": [{"name": "text", "value": text}]},
    }
    begun = time.perf_counter()
    async with session.post(f"{address}api/messages", json=asked) as answer:
        assert answer.status == 200, answer.status
        assert "composeExtension" in await answer.json()
    return time.perf_counter() - begun


async def measure(address: str, at_once: int) -> str:
    """One line: latency in milliseconds."""
    texts = iter(list(enumerate(query.text for query in load_queries())))
    seconds: list[float] = []

    async def person(session: aiohttp.ClientSession) -> None:
        for number, text in texts:
            seconds.append(await ask(session, address, number, text))

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(person(session) for _ in range(at_once)))
    p50, p95, last = (1000 * sorted(seconds)[int((len(seconds) - 1) * part)] for part in (0.5, 0.95, 1.0))
    latency = f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, slowest {last:.1f} ms"
    return f"{at_once:2} at the same time, {len(seconds)} queries: {latency}"


async def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for at_once in AT_ONCE:
            # A server of its own each time: what was asked before is remembered.
            async with running("losen", Path(folder)) as (address, _):
                sys.stdout.write(f"{await measure(address, at_once)}\n")


if __name__ == "__main__":
    asyncio.run(run())
