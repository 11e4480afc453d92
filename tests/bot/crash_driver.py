"""A bot that is killed with SIGKILL at a chosen instant, restarted, and asked what it remembers. Run by test_crash.py.

    python -m tests.bot.crash_driver FOLDER KILLS...

Each of KILLS is a list of instants such as "17" or "17,230": the first process dies at its 17th instant, the process
started after it at its 230th, and the last one is left to finish. An instant is a statement on the database, or the
moment before or after something is done to the world. Processes are forked, so each starts from nothing but its folder.

What the world has seen is kept in files beside the database, flushed line by line:
    kompass   a case system that does everything it is asked, twice if asked twice
    heard     answers the person has received; a message without an answer is delivered again after a restart
    told      messages nobody asked for
Prints one JSON object a line for each of KILLS; `instants` is how many the first process had that was not
killed, `edges` which of them are edges.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.local_desk import LocalDesk
from bot.local_feed import LocalFeed
from bot.outbox import OutboxWorker
from bot.ports import Opened, Ports
from bot.store import Session, SqliteStore
from bot.store.records import RoleGrant, RowState
from bot.turns import Answered, Incoming, TurnService
from dialogs.case import Case, KompassLink
from dialogs.effects import Move
from dialogs.events import Attachment, Said
from dialogs.replies import Reply, Text
from tests.bot.samples import KARI, MONDAY, TEXTS, Clock, decide

MESSAGES = (
    "hei",
    "case critical",
    "comment L-2026-000001 Hei USS, det haster",
    "attach L-2026-000001 skjerm.png",
    "follow L-2026-000001 ola@oslo.example",
    "case critical",
    "withdraw L-2026-000002",
    "notice sam_it",
    "case critical",
    "hovedsak L-2026-000001 D-2026-0001",
    "belongs L-2026-000003 D-2026-0001",
    "resolved D-2026-0001",
    "works not L-2026-000003",
    "update D-2026-0001",
    "takk",
)


class Instants:
    """Counts the instants of a process and kills it at one of them; 0 kills nowhere.

    Edges are those just before a commit and beside an act in the world, where a mistake would show.
    """

    def __init__(self, kill_at: int) -> None:
        self.kill_at = kill_at
        self.count = 0
        self.edges: list[int] = []

    def __call__(self, statement: str = "") -> None:
        self.count += 1
        if statement in ("", "COMMIT"):
            self.edges.append(self.count)
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Journal:
    """A file of lines that have certainly happened."""

    def __init__(self, path: Path, instant: Instants) -> None:
        self._path = path
        self._instant = instant

    def lines(self) -> list[str]:
        return self._path.read_text().splitlines() if self._path.exists() else []

    def add(self, line: str) -> None:
        self._instant()
        with self._path.open("a") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._instant()


class Kompass:
    """A case system that makes a second case when asked a second time."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def open(self, case: Case, key: str) -> Opened:
        number = len(self._journal.lines()) + 1
        self._journal.add(f"open {case.ref} {key} {number}")
        return self._opened(number)

    async def look_up(self, key: str) -> Opened | None:
        for line in self._journal.lines():
            what, _, its_key, number = line.split(" ", 3)
            if what == "open" and its_key == key:
                return self._opened(int(number))
        return None

    async def comment(self, case: Case, text: str, key: str, by: str = "") -> None:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"comment {case.ref} {key} {text}")

    async def attach(self, case: Case, files: Sequence[Attachment], key: str) -> tuple[str, ...]:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"attach {case.ref} {key} {' '.join(one.name for one in files)}")
        return ()

    async def follow(self, case: Case, follower: str, key: str, *, follows: bool) -> None:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"follow {case.ref} {key} {follower} {follows}")

    async def move(self, case: Case, move: Move, key: str) -> None:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"move {case.ref} {key} {move}")

    async def withdraw(self, case: Case, key: str) -> None:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"withdraw {case.ref} {key} -")

    async def relate(self, case: Case, hovedsak: Case, key: str) -> None:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"relate {case.ref} {key} {hovedsak.ref}")

    async def unrelate(self, case: Case, hovedsak: Case, key: str) -> None:
        if not any(f" {key} " in line for line in self._journal.lines()):
            self._journal.add(f"unrelate {case.ref} {key} {hovedsak.ref}")

    def _opened(self, number: int) -> Opened:
        return Opened(KompassLink(str(number), f"https://kompass.invalid/{number}"))


class Told:
    """A channel that remembers what it delivered."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        self._journal.add(_text(replies))


async def live(folder: Path, kill_at: int) -> Instants:
    """One process: go on where the folder says the last one stopped; returns the instants it had."""
    store = SqliteStore(folder / "losen.db")
    instant = Instants(kill_at)
    store._writer.set_trace_callback(instant)
    heard = Journal(folder / "heard", instant)
    clock = Clock()
    turns: TurnService[None] = TurnService(
        store=store,
        decide=decide,
        knowledge=None,
        texts=TEXTS,
        facts={},
        clock=clock,
        new_id=lambda: uuid.uuid4().hex,
        undo_seconds=0,
    )
    worker = OutboxWorker(
        store=store,
        ports=Ports(
            case_system=Kompass(Journal(folder / "kompass", instant)),
            feed=LocalFeed(store, clock),
            desk=LocalDesk(store, clock),
            deliverer=Told(Journal(folder / "told", instant)),
        ),
        turns=turns,
        clock=clock,
        sleep=asyncio.sleep,
        jitter=lambda: 1.0,
        owner_id="worker",
        channels=("web",),
        wake=asyncio.Event(),
    )

    async def hear(answered: Answered) -> None:
        heard.add(_text(answered.replies))

    async def work() -> None:
        while await worker.work_once():
            pass

    await worker.take_back()
    await work()
    for number, message in itertools.islice(enumerate(MESSAGES), len(heard.lines()), None):
        await turns.handle(Incoming("c1", f"m{number}", "web", Said(message), KARI), hear)
        await work()
    store._writer.set_trace_callback(None)
    await store.close()
    return instant


async def remembered(folder: Path) -> dict[str, Any]:
    """What is on disk at the end, and what the world has seen."""
    store = SqliteStore(folder / "losen.db")

    def look(session: Session) -> dict[str, Any]:
        record = session.conversations.get("c1")
        assert record is not None
        return {
            "cases": [case.to_json() for case in session.cases.all()],
            "notices": [notice.what for notice in session.notices.all()],
            "posts": [(post.group, post.notice.what) for post in session.local.posts(None)],
            "state": json.loads(record.state),
            "turns": record.turns,
            "unfinished": len(session.outbox.in_state(RowState.QUEUED) + session.outbox.in_state(RowState.LEASED)),
            "failed": len(session.outbox.in_state(RowState.FAILED)),
            "done": len(session.outbox.in_state(RowState.DONE)),
        }

    seen = await store.read(look)
    await store.close()
    nowhere = Instants(0)
    for name in ("kompass", "heard", "told"):
        lines = Journal(folder / name, nowhere).lines()
        seen[name] = [" ".join(line.split(" ", 3)[:2]) for line in lines] if name == "kompass" else lines
    return seen


def _text(replies: Sequence[Reply]) -> str:
    return " | ".join(one.text for one in replies if isinstance(one, Text))


def _in_process_of_its_own(work: Callable[[], None]) -> int:
    """The signal that ended it, or 0; raises when it failed by itself."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    if os.WEXITSTATUS(status):
        raise SystemExit("a process failed by itself")
    return 0


def main() -> None:
    """See the top of the file."""
    folder = Path(sys.argv[1])
    template = folder / "template"
    store = SqliteStore(template / "losen.db")
    grant = RoleGrant("kari", "uss", "admin", MONDAY)

    async def prepare() -> None:
        await store.write(lambda session: session.people.grant(grant))
        await store.close()

    asyncio.run(prepare())
    for number, kills in enumerate(sys.argv[2:]):
        place = folder / str(number)
        shutil.copytree(template, place)
        died = []
        for run, kill_at in enumerate([*map(int, kills.split(",")), 0]):

            def live_once(place: Path = place, run: int = run, kill_at: int = kill_at) -> None:
                instants = asyncio.run(live(place, kill_at))
                (place / f"instants-{run}").write_text(json.dumps([instants.count, instants.edges]))

            died.append(_in_process_of_its_own(live_once))
        seen = asyncio.run(remembered(place))
        first = min(place.glob("instants-*"))
        count, edges = json.loads(first.read_text())
        about = {"kills": kills, "died": died, "instants": count, "edges": edges}
        sys.stdout.write(json.dumps({**about, **seen}) + "\n")
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
