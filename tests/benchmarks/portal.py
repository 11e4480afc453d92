"""How many readers the driftsmeldinger of Kundeportalen serve: python -m tests.benchmarks.portal

The whole server with a database on disk, and readers on connections kept open that ask again as soon as they are
answered, all on this machine and in one process: readers and server share one core, so a real server does better.
While it runs, one notice is updated every second, as in an outage; each reading also counts how often the store was
asked.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.server import ServerParts, create_app
from bot.store.port import Session
from bot.store.sqlite import SqliteStore
from bot.web.pages import static_files
from bot.web.portal import Portal
from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.texts import load_texts
from knowledge.organisation import load_organisation
from knowledge.systems_file import load_systems

T = TypeVar("T")

OSLO = ZoneInfo("Europe/Oslo")
ORGANISATION = Path(__file__).parents[2] / "knowledge" / "data" / "organisation.yaml"
CONNECTIONS = (1, 64)
READERS, OPEN_AT_ONCE = 10_000, 400
ACTIVE, OVER, OLD = 8, 20, 2000


class CountingStore(SqliteStore):
    """Counts how often it is read."""

    reads = 0

    async def read(self, work: Callable[[Session], T]) -> T:
        """One more."""
        self.reads += 1
        return await super().read(work)


def made_up(number: int, now: datetime) -> Notice:
    """Of the notices of some years: a few active, some over these last days, the rest long over."""
    active = number > OLD + OVER
    at = now - (timedelta(hours=2) if number > OLD else timedelta(days=60))
    said = "Leverandøren er på saken, og de fleste kommer inn igjen nå. Neste beskjed kommer når vi vet mer."
    return Notice(
        ref=f"D-2026-{number:04d}",
        type="fellesfeil",
        what="Pålogging til AKS feiler for mange",
        affected="Alle bydeler og etater som bruker AKS",
        since=at,
        consequence="Ingen får logget på. De som er inne, kan jobbe videre.",
        workaround="Bruk webversjonen så lenge.",
        next_update_at=now + timedelta(hours=1) if active else None,
        contact="Servicesenteret",
        groups=("sam_it",),
        author="Ulla",
        created_at=at,
        updated_at=at,
        status=NoticeStatus.ACTIVE if active else NoticeStatus.RESOLVED,
        history=tuple(NoticeUpdate(at, "Ulla", "updated", said) for _ in range(4)),
    )


async def measure(port: int, path: str, connections: int, seconds: float, headers: str = "") -> tuple[float, float]:
    """Requests a second, and the 95th percentile of a request's time in milliseconds."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()
    times: list[float] = []
    until = perf_counter() + seconds

    async def reader() -> None:
        incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
        while (begun := perf_counter()) < until:
            outgoing.write(request)
            head = await incoming.readuntil(b"\r\n\r\n")
            status = head[9:12]
            if status == b"200":
                length = head.lower().split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0]
                await incoming.readexactly(int(length))
            elif status != b"304":
                raise RuntimeError(head.decode())
            times.append(perf_counter() - begun)
        outgoing.close()
        await outgoing.wait_closed()

    begun = perf_counter()
    await asyncio.gather(*(reader() for _ in range(connections)))
    took = perf_counter() - begun
    times.sort()
    return len(times) / took, times[int(len(times) * 0.95)] * 1000


async def burst(port: int, path: str) -> tuple[float, float]:
    """Seconds until every reader of a crowd has the page, and the 95th percentile of what one takes, in milliseconds.

    Each opens a connection, asks once and leaves; so many at a time as this machine lets stand open.
    """
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    at_a_time, times = asyncio.Semaphore(OPEN_AT_ONCE), list[float]()

    async def reader() -> None:
        async with at_a_time:
            begun = perf_counter()
            incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
            outgoing.write(request)
            answer = await incoming.read()
            if not answer.startswith(b"HTTP/1.1 200") or not answer.rstrip().endswith(b"</html>"):
                raise RuntimeError(answer[:200].decode(errors="replace"))
            outgoing.close()
            await outgoing.wait_closed()
            times.append(perf_counter() - begun)

    begun = perf_counter()
    await asyncio.gather(*(reader() for _ in range(READERS)))
    times.sort()
    return perf_counter() - begun, times[int(len(times) * 0.95)] * 1000


async def tag_of(port: int, path: str) -> str:
    """The ETag the document has now."""
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    outgoing.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    answer = await incoming.read()
    outgoing.close()
    head = answer.split(b"\r\n\r\n", 1)[0].decode()
    return next(line.partition(": ")[2] for line in head.splitlines() if line.lower().startswith("etag:"))


async def keep_updating(store: SqliteStore, notice: Notice) -> None:
    """One update a second."""
    while True:
        await asyncio.sleep(1)
        changed = replace(notice, updated_at=datetime.now(OSLO))
        await store.write(partial(_update, notice=changed))


def _update(session: Session, notice: Notice) -> None:
    session.notices.update(notice)


def _fill(session: Session, notices: list[Notice]) -> None:
    for notice in notices:
        session.notices.add(notice)


async def run(seconds: float) -> None:
    """Print one line for each document and number of connections."""
    organisation, systems = load_organisation(ORGANISATION), load_systems(ORGANISATION.parent / "systems.json")
    (aks, *_) = systems.find("AKS")
    now = datetime.now(OSLO)
    with tempfile.TemporaryDirectory() as folder:
        store = CountingStore(Path(folder) / "losen.db")
        notices = [made_up(number, now) for number in range(1, OLD + OVER + ACTIVE + 1)]
        await store.write(partial(_fill, notices=notices))
        portal = Portal(store, organisation, load_texts()["nb"], OSLO, lambda: datetime.now(OSLO), "", lambda: systems)
        app = create_app(ServerParts(routes=[static_files, portal]))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        begun = perf_counter()
        await store.read(lambda session: session.notices.recent(now - timedelta(days=14)))
        asking = (perf_counter() - begun) * 1000
        sys.stdout.write(
            f"{ACTIVE} active, {OVER} over, {OLD} old; one reading of the store takes {asking:.1f} ms\n"
            f"{'document':<40}{'connections':>12}{'requests/s':>12}{'p95 ms':>9}{'readings/s':>12}\n"
        )
        updating = asyncio.create_task(keep_updating(store, notices[-1]))
        own = f"/driftsmeldinger/system/{aks.system.id}"
        for path in ("/driftsmeldinger", "/driftsmeldinger/feed.atom", "/driftsmeldinger/feed.json", own):
            for connections in CONNECTIONS:
                store.reads = 0
                rate, p95 = await measure(port, path, connections, seconds)
                _tell(path, connections, rate, p95, store.reads / seconds)
        took, p95 = await burst(port, "/driftsmeldinger")
        sys.stdout.write(
            f"{READERS:,} readers come at once, each on a connection of his own: all have the page after {took:.1f} s,"
            f" 95 % of them {p95:.0f} ms after connecting\n"
        )
        updating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await updating
        # Nothing changes any more: readers that have the page already are told so.
        await asyncio.sleep(2)
        tag = await tag_of(port, "/driftsmeldinger")
        for connections in CONNECTIONS:
            store.reads = 0
            rate, p95 = await measure(port, "/driftsmeldinger", connections, seconds, f"If-None-Match: {tag}\r\n")
            _tell("/driftsmeldinger, not modified", connections, rate, p95, store.reads / seconds)
        await runner.cleanup()
        await store.close()


def _tell(what: str, connections: int, rate: float, p95: float, readings: float) -> None:
    sys.stdout.write(f"{what:<40}{connections:>12}{rate:>12,.0f}{p95:>9.2f}{readings:>12.2f}\n")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each line is measured")
    asyncio.run(run(parser.parse_args().seconds))


if __name__ == "__main__":
    main()
