"""Confirmed cases against a Kompass where a tenth of the calls go wrong, and a bot that is killed again and again.

    python -m tests.chaos.kompass [--cases 500] [--faults 0.1] [--kills 30] [--seed N] [--whole]

Every confirmed case must become exactly one Request, in its reporter's name, with its words escaped and its files
linked once, those added later too, and every comment must be there once. --whole runs `app.py serve` instead of a bot
without channels.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.attachments import AttachmentStore
from bot.kompass.html import to_text
from bot.store import Session, SqliteStore
from bot.store.records import Job, OutboxRecord, Profile, RowState
from dialogs.case import Case, Person, attachment_to_json
from dialogs.events import Attachment
from tests.bot.samples import OSLO, a_case
from tests.fake_kompass.server import PASSWORD, TENANT, USER, FakeKompass, running
from tests.fake_kompass.world import ROBOT
from tests.free_port import free_port

ROOT = Path(__file__).parents[2]

HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "</p><iframe src=//x>",
    "a & b < c 'd' \"e\"",
)

_PEOPLE = 7


@dataclass
class Outcome:
    """What was seen at the end; `problems` is what must not be."""

    cases: int
    problems: list[str] = field(default_factory=list)
    faults: int = 0
    kills: int = 0
    calls: int = 0
    seconds: float = 0.0

    def line(self) -> str:
        state = "; ".join(self.problems[:20]) or "every case once, every comment once"
        return (
            f"{self.cases} cases, {self.calls} calls, {self.faults} faults, {self.kills} kills, "
            f"{self.seconds:.0f} s: {state}"
        )


@dataclass
class Chaos:
    """One run. share: of the calls that go wrong."""

    folder: Path
    cases: int
    share: float
    kills: int
    seed: int
    whole: bool = False
    patience: float = 600.0

    async def run(self) -> Outcome:
        began = time.monotonic()
        chance = random.Random(self.seed)
        fake = FakeKompass(lifetime=20.0)
        fake.faults.chance = random.Random(self.seed + 1)
        fake.faults.share = self.share
        fake.faults.late = 1.6
        fake.world.lag = 0.5
        for number in range(_PEOPLE):
            fake.world.add_person(str(500 + number), f"Person {number}", f"person{number}@oslo.example")
        store = SqliteStore(self.folder / "losen.db")
        outcome = Outcome(self.cases)
        try:
            async with running(fake) as url:
                confirming = asyncio.create_task(self._confirm(store, chance))
                async with asyncio.timeout(self.patience):
                    outcome.kills = await self._live_and_die(store, fake, url, chance, confirming)
                expected = await confirming
            await self._judge(store, fake, expected, outcome)
        finally:
            await store.close()
        outcome.faults, outcome.calls = sum(fake.faults.given.values()), len(fake.seen)
        outcome.seconds = time.monotonic() - began
        return outcome

    async def _confirm(self, store: SqliteStore, chance: random.Random) -> dict[str, Case]:
        """Confirm the cases one after the other, while the bot is at work; by key."""
        files = AttachmentStore(self.folder / "attachments", store, 1 << 20, _now)
        expected: dict[str, Case] = {}

        def people(session: Session) -> None:
            for number in range(_PEOPLE):
                profile = Profile(f"p{number}", f"Person {number}", "BGO", f"person{number}@oslo.example")
                session.people.save_profile(profile)

        await store.write(people)
        for number in range(self.cases):
            attached: list[Attachment] = []
            if number % 3 == 0:
                names = [f"fil {number}-{part}.txt" for part in range(1 + number % 2)]
                attached = [await files.save_bytes(name, f"innhold {number}".encode()) for name in names]
            later: list[Attachment] = []
            if number % 5 == 0:
                names = [f"senere {number}-{part}.txt" for part in range(2)]
                later = [await files.save_bytes(name, f"innhold {number}".encode()) for name in names]
            key, case = await store.write(
                partial(_confirmed, number=number, attached=tuple(attached), later=tuple(later))
            )
            expected[key] = replace(case, attachments=(*attached, *later))
            await asyncio.sleep(chance.random() * 0.02)
        return expected

    async def _live_and_die(
        self, store: SqliteStore, fake: FakeKompass, url: str, chance: random.Random, confirming: asyncio.Task[object]
    ) -> int:
        killed = 0
        while True:
            seen = len(fake.seen)
            process = await self._start(url)
            try:
                if killed < self.kills:
                    await _until_called(fake, seen)
                    await asyncio.sleep(chance.random() * (4.0 if self.whole else 1.5))
                    killed += 1
                else:
                    await confirming
                    while await _unfinished(store):
                        if process.returncode is not None:
                            raise RuntimeError("the bot ended by itself")
                        await asyncio.sleep(0.2)
                    return killed
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def _start(self, url: str) -> asyncio.subprocess.Process:
        command = ["app.py", "serve"] if self.whole else ["-m", "tests.chaos.bot_process"]
        log = (self.folder / "bot.log").open("ab")
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable, *command, cwd=ROOT, env=self._settings(url), stdout=log, stderr=log
            )
        finally:
            log.close()

    def _settings(self, url: str) -> Mapping[str, str]:
        return {
            **os.environ,
            "LOSEN_MODE": "development",
            "PORT": str(free_port()),
            "DATA_DIR": str(self.folder),
            "LOG_LEVEL": "WARNING",
            "RATE_LIMIT_PER_MINUTE": "100000",
            "UNDO_SECONDS": "0",
            "OUTBOX_LEASE_SECONDS": "8",
            "OUTBOX_POLL_SECONDS": "1",
            "OUTBOX_FIRST_WAIT_SECONDS": "1",
            "OUTBOX_LONGEST_WAIT_SECONDS": "3",
            "KOMPASS_URL": url,
            "KOMPASS_TENANT": TENANT,
            "KOMPASS_USER": USER,
            "KOMPASS_PASSWORD": PASSWORD,
            "KOMPASS_TIMEOUT_SECONDS": "1",
            "KOMPASS_SEARCH_LAG_SECONDS": "2",
        }

    async def _judge(
        self, store: SqliteStore, fake: FakeKompass, expected: Mapping[str, Case], outcome: Outcome
    ) -> None:
        stored = {case.ref: case for case in await store.read(lambda session: session.cases.all())}
        failed = await store.read(lambda session: session.outbox.in_state(RowState.FAILED))
        found = Counter(str(one["ExternalProcessReference"]) for one in fake.world.requests)
        outcome.problems += [f"failed for good: {row.ref} {row.last_error}" for row in failed]
        outcome.problems += [f"{key} is there {count} times" for key, count in found.items() if count > 1]
        outcome.problems += [f"{key} belongs to nobody" for key in found if key not in expected]
        requests = {str(one["ExternalProcessReference"]): one for one in fake.world.requests}
        for key, case in expected.items():
            request = requests.get(key)
            if request is None:
                outcome.problems.append(f"{case.ref} is lost")
                continue
            outcome.problems += _wrong(case, request, stored[case.ref], fake)
        if len(fake.world.requests) != len(expected):
            outcome.problems.append(f"{len(fake.world.requests)} requests of {len(expected)} cases")


def _confirmed(
    session: Session, number: int, attached: tuple[Attachment, ...], later: tuple[Attachment, ...]
) -> tuple[str, Case]:
    """What a turn that opens a case writes, with comments on every fourth and files added later on every fifth."""
    now = _now()
    person = Person(f"p{number % _PEOPLE}", f"Person {number % _PEOPLE}", "BGO")
    hostile = HOSTILE[number % len(HOSTILE)]
    case = replace(
        a_case(session.cases.next_ref(now.year), person, now),
        title=f"Sak {number} {hostile}",
        description=f"Feil {number} {hostile}\n\nHva dere har prøvd: {hostile}",
        attachments=attached,
    )
    session.cases.add(case, "c1")

    def queue(job: Job, row_id: str, payload: Mapping[str, Any]) -> None:
        session.outbox.add(OutboxRecord(row_id, job, case.ref, case.ref, "c1", person.id, payload, now, now))

    key = f"case-{number}"
    queue(Job.OPEN_CASE, key, {})
    if number % 4 == 0:
        for part in range(2):
            queue(Job.COMMENT_CASE, f"comment-{number}-{part}", {"text": f"Hei UKE, kommentar {part} {hostile}"})
    for file in later:
        queue(Job.ATTACH_FILES, f"attach-{number}-{file.name}", {"attachments": [attachment_to_json(file)]})
    return f"losen:{key}", case


def _wrong(case: Case, request: Mapping[str, object], stored: Case, fake: FakeKompass) -> list[str]:
    problems = []
    number = int(case.title.split()[1])
    if request["RequestedByPerson"] in (ROBOT, None) or request["RequestedByPerson"] != str(500 + number % _PEOPLE):
        problems.append(f"{case.ref} is filed on {request['RequestedByPerson']}")
    if stored.kompass is None or stored.kompass.id != request["Id"]:
        problems.append(f"{case.ref} has not got its number")
    text = str(request["Description"])
    if any(sign in text for sign in ("<script", "<img", "<iframe")) or case.description.splitlines()[0] not in to_text(
        text
    ):
        problems.append(f"{case.ref} has unescaped or wrong words")
    entries = json.loads(str(request.get("RequestAttachments", '{"complexTypeProperties":[]}')))
    linked = [one["properties"] for one in entries["complexTypeProperties"]]
    contents = [fake.world.files[one["id"]][1] for one in linked]
    names = [one.name for one in case.attachments]
    if [one.name for one in stored.attachments] != names:
        problems.append(f"{case.ref} does not know of all its files")
    if [one["file_name"] for one in linked] != names or any(
        content != f"innhold {number}".encode() for content in contents
    ):
        problems.append(f"{case.ref} has {len(linked)} of {len(case.attachments)} files")
    said = [to_text(one["Body"]).partition("\n")[0] for one in fake.world.comments.get(str(request["Id"]), [])]
    hostile = HOSTILE[number % len(HOSTILE)]
    wanted = [f"Hei UKE, kommentar {part} {hostile}" for part in range(2)] if number % 4 == 0 else []
    if said != wanted:
        problems.append(f"{case.ref} has the comments {said}")
    return problems


async def _unfinished(store: SqliteStore) -> int:
    return await store.read(
        lambda session: len(session.outbox.in_state(RowState.QUEUED)) + len(session.outbox.in_state(RowState.LEASED))
    )


async def _until_called(fake: FakeKompass, seen: int) -> None:
    async with asyncio.timeout(60):
        while len(fake.seen) <= seen:  # noqa: ASYNC110  the far end has no event to offer
            await asyncio.sleep(0.02)


def _now() -> datetime:
    return datetime.now(OSLO)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.kompass", description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--faults", type=float, default=0.1, help="share of the calls that go wrong")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--whole", action="store_true", help="kill `app.py serve` instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chaos = Chaos(Path(folder), options.cases, options.faults, options.kills, options.seed, options.whole)
        outcome = asyncio.run(chaos.run())
    sys.stdout.write(outcome.line() + "\n")
    sys.exit(1 if outcome.problems else 0)


if __name__ == "__main__":
    main()
