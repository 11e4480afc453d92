"""How long a start takes until the bot is ready, and what memory it takes over many turns.

    python -m tests.benchmarks.standing [TURNS]

Starts are those of `app.py serve` in a fresh copy of the program, installed as `make install`, the image and
docs/drift.md do it: compiled, and with what the matcher learns made beforehand. Ready is when `/readyz` says so. The
turns are those of `turns.py` in 64 conversations; memory is what the system counts as resident. 100 000 turns take some
minutes.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import aiohttp

from tests.benchmarks.turns import (
    LAST,
    ROOT,
    TURNS_OF_A_DIALOG,
    Connector,
    activity_of,
    cpu_seconds_of,
    dialog,
    memory_of,
    running,
)
from tests.free_port import free_port

STARTS = 6
PROGRAM = ("bot", "dialogs", "knowledge")
CONVERSATIONS = 64
STEPS = 10
# As the container and the unit set it (docs/drift/): what only the start needed is given back.
os.environ["MALLOC_TRIM_THRESHOLD_"] = str(8 << 20)


def install(program: Path) -> float:
    """Copy the program, and take the steps of its installation after the packages; how many seconds these took."""
    for name in PROGRAM:
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", program)
    shutil.copy(ROOT / "pyproject.toml", program)
    begun = time.perf_counter()
    for step in (("-m", "compileall", "-q", "app.py", *PROGRAM), ("app.py", "index")):
        subprocess.run([sys.executable, *step], cwd=program, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return time.perf_counter() - begun


def start(program: Path, data: Path, port: int) -> tuple[float, float, float]:
    """Seconds until the bot is ready, how much of it is processor time, and its memory (MB) then."""
    settings = {"LOSEN_MODE": "development", "DATA_DIR": str(data), "PORT": str(port), "LOG_LEVEL": "ERROR"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve"], cwd=program, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - begun < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                    return time.perf_counter() - begun, cpu_seconds_of(process.pid), memory_of(process.pid)
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.005)
        raise TimeoutError("not ready within a minute")
    finally:
        process.terminate()
        process.wait()


def starts() -> Iterator[str]:
    """One line for the installation and the very first start, and one for the others."""
    with tempfile.TemporaryDirectory() as folder:
        program, data = Path(folder) / "program", Path(folder) / "data"
        installed = install(program)
        (first, used, _), *others = [start(program, data, free_port()) for _ in range(STARTS)]
    ready, busy, memory = (sorted(column) for column in zip(*others, strict=True))
    middle = len(others) // 2
    yield (
        f"very first start after the installation ({installed:.1f} s to compile and learn): ready after {first:.2f} s, "
        f"{used:.2f} s of processor"
    )
    yield (
        f"{len(others)} further starts: median {ready[middle]:.2f} s, slowest {ready[-1]:.2f} s; "
        f"{busy[middle]:.2f} s of processor, {memory[middle]:.0f} MB"
    )


async def turns(count: int) -> None:
    """Print the memory after each tenth of the turns."""
    connector = Connector()
    with tempfile.TemporaryDirectory() as folder:
        async with connector.server, running("losen", Path(folder)) as (address, pid):
            service_url = str(connector.server.make_url("/"))
            print(f"0 turns: {memory_of(pid):.0f} MB")  # noqa: T201
            done = 0

            async def talk(session: aiohttp.ClientSession, name: str, until: int) -> None:
                nonlocal done
                for text in dialog():
                    body = activity_of(service_url, name, f"{name}-{done}", text)
                    done += 1
                    async with session.post(f"{address}api/messages", json=body) as answer:
                        await answer.read()
                        assert answer.status < 300, answer.status
                    # Only where a dialog ends: one that is broken off is another one afterwards.
                    if text == LAST and done >= until:
                        return

            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
                for step in range(1, STEPS + 1):
                    names = [f"c{CONVERSATIONS}-0-{one}" for one in range(CONVERSATIONS)]
                    await asyncio.gather(*(talk(session, name, count * step // STEPS) for name in names))
                    print(f"{done} turns: {memory_of(pid):.0f} MB", flush=True)  # noqa: T201
    assert connector.receipts >= done // TURNS_OF_A_DIALOG, "a dialog without a case"


def main() -> None:
    """Measure and print."""
    for line in starts():
        print(line, flush=True)  # noqa: T201
    asyncio.run(turns(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))


if __name__ == "__main__":
    main()
