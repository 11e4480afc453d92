"""How many turns a second go through the turn service and the store, each on disk before it is answered.

    python -m tests.benchmarks.durable_turns [FOLDER]

The engine is a trivial one, so this is the cost of the house around it: duplicate check, state, person, roles, numbers,
notices and cases read; state, answer and processed id written; one flush to disk shared by the turns of a moment.
FOLDER is where the database is made (its disk is what is measured); default: the system's temporary folder.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.store import Session, SqliteStore
from bot.turns import Incoming, TurnService
from dialogs.case import Person
from dialogs.events import Event, Said
from dialogs.replies import Text
from dialogs.state import State
from dialogs.turn import Situation, Turn
from tests.bot.samples import OSLO, TEXTS, a_case

# (conversations at the same time, cases each person already has, turns in all)
_VARIANTS = ((1, 0, 1000), (8, 0, 4000), (64, 0, 8000), (64, 20, 8000))


def _decide(state: State, event: Event, situation: Situation, knowledge: None) -> Turn:
    return Turn(replace(state, draft_count=state.draft_count + 1), (Text("Takk"),))


async def measure(folder: Path, conversations: int, cases: int, turns: int) -> str:
    """One line: turns a second and latency in milliseconds."""
    store = SqliteStore(folder / f"{conversations}-{cases}.db")

    def prepare(session: Session) -> None:
        for number in range(conversations):
            for _ in range(cases):
                person = Person(f"p{number}", "Kari")
                session.cases.add(a_case(session.cases.next_ref(2026), person), f"c{number}")

    await store.write(prepare)
    service: TurnService[None] = TurnService(
        store=store,
        decide=_decide,
        knowledge=None,
        texts=TEXTS,
        facts={},
        clock=lambda: datetime.now(OSLO),
        new_id=lambda: uuid.uuid4().hex,
        undo_seconds=20,
    )
    latencies: list[float] = []

    async def talk(number: int) -> None:
        person = Person(f"p{number}", "Kari")
        for turn in range(turns // conversations):
            begun = time.perf_counter()
            answered = await service.handle(Incoming(f"c{number}", f"a{turn}", "bench", Said("Hei"), person))
            latencies.append(1000 * (time.perf_counter() - begun))
            assert not answered.failed
            assert not answered.duplicate

    begun = time.perf_counter()
    await asyncio.gather(*(talk(number) for number in range(conversations)))
    seconds = time.perf_counter() - begun
    await store.close()
    latencies.sort()
    p50, p95, p99 = (latencies[int(len(latencies) * part)] for part in (0.5, 0.95, 0.99))
    return (
        f"{conversations:3} conversations, {cases:2} cases each: {len(latencies) / seconds:7.0f} turns/s"
        f"   p50 {p50:6.2f}  p95 {p95:6.2f}  p99 {p99:6.2f} ms\n"
    )


async def main() -> None:
    """Print one line a variant."""
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        for conversations, cases, turns in _VARIANTS:
            sys.stdout.write(await measure(Path(folder), conversations, cases, turns))


if __name__ == "__main__":
    asyncio.run(main())
