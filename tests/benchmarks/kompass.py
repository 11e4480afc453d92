"""How fast a backlog drains into Kompass, beside bare calls that create the same cases.

    python -m tests.benchmarks.kompass [--cases 1000] [--pause 0.02]

Bare: five callers who do nothing but POST one creation after the other, without login, looking up, storing or telling.
Ours: the outbox worker with store, adapter and everything that makes it exactly once, at the same five calls at once,
from the moment Kompass answers again until the last case has its number. PAUSE is how long the fake takes for an
answer, in seconds; a real one takes longer. The fake runs in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.kompass.client import AT_ONCE
from bot.kompass.requests import JSON_TYPE, Requests
from bot.store import Session, SqliteStore
from bot.store.records import ConversationRecord, Job, OutboxRecord, Profile
from dialogs.case import Person
from dialogs.state import State, state_to_text
from tests.bot.samples import MONDAY, a_case
from tests.chaos import bot_process
from tests.fake_kompass.server import PASSWORD, TENANT, USER

ROOT = Path(__file__).parents[2]
EMAIL = "amina.testesen@example.invalid"


@asynccontextmanager
async def kompass(pause: float) -> AsyncIterator[str]:
    """A fake in its own process; yields its address."""
    command = [sys.executable, "-m", "tests.fake_kompass", "--port", "0", "--pause", str(pause)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().split()[-1]
    finally:
        process.kill()
        await process.wait()


async def bare(url: str, cases: int) -> float:
    """Seconds for so many creations."""
    requests = Requests(TENANT)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        login = requests.log_in(USER, PASSWORD)
        async with http.post(url + login.target, data=login.body, headers={"Content-Type": JSON_TYPE}) as answer:
            token = await answer.text()
        headers = {"Cookie": f"SMAX_AUTH_TOKEN={token}", "Content-Type": JSON_TYPE}
        numbers = iter(range(cases))

        async def caller() -> None:
            for number in numbers:
                properties = {"DisplayLabel": f"Sak {number}", "RequestedByPerson": "10231", "Description": "<p>x</p>"}
                call = requests.create("Request", properties)
                async with http.post(url + call.target, data=call.body, headers=headers) as answer:
                    assert (await answer.json())["meta"]["completion_status"] == "OK"

        began = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
        return time.perf_counter() - began


async def drained(url: str, cases: int, folder: Path) -> float:
    """Seconds until all of a backlog has been opened and told."""
    store = SqliteStore(folder / "losen.db")

    def queue(session: Session) -> None:
        session.people.save_profile(Profile("amina", "Amina", "BGO", EMAIL))
        state = state_to_text(State())
        for number in range(cases):
            case = a_case(session.cases.next_ref(MONDAY.year), Person("amina", "Amina", "BGO"))
            conversation = f"c{number}"
            session.conversations.save(ConversationRecord(conversation, "web", "amina", "nb", state, {}, 1, MONDAY))
            session.cases.add(case, conversation)
            key = f"case-{number}"
            row = OutboxRecord(key, Job.OPEN_CASE, case.ref, case.ref, conversation, "amina", {}, MONDAY, MONDAY)
            session.outbox.add(row)

    await store.write(queue)
    os.environ |= {
        "LOSEN_MODE": "development",
        "DATA_DIR": str(folder),
        "KOMPASS_URL": url,
        "KOMPASS_TENANT": TENANT,
        "KOMPASS_USER": USER,
        "KOMPASS_PASSWORD": PASSWORD,
    }
    ready = asyncio.Event()
    working = asyncio.create_task(bot_process.work(ready.set))
    await ready.wait()
    began = time.perf_counter()
    while await store.read(lambda session: session.outbox.next_due(("web",))) is not None:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    seconds = time.perf_counter() - began
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await store.close()
    return seconds


async def measure(cases: int, pause: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        async with kompass(pause) as url:
            alone = await bare(url, cases)
            ours = await drained(url, cases, Path(folder))
    times = ours / alone
    return (
        f"{cases} cases, {AT_ONCE} at once, {pause * 1000:.0f} ms an answer: bare {alone:.1f} s, "
        f"drained {ours:.1f} s, {times:.2f} times"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.kompass", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--pause", type=float, nargs="*", default=[0.0, 0.02, 0.1])
    options = parser.parse_args()
    for pause in options.pause:
        sys.stdout.write(asyncio.run(measure(options.cases, pause)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
