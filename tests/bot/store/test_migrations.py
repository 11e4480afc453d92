"""Migrations: in order, each whole or not at all, and never on a database of a newer program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.store.migrating import migrate
from bot.store.migrations import MIGRATIONS
from bot.store.sqlite import _connect
from knowledge.errors import StoreError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database(_connect(tmp_path / "losen.db"))
    yield database
    database.close()


def _steps(*, broken: bool) -> Migrations:
    steps = Migrations("losen")

    @steps()
    def m001_first(db: Database) -> None:
        db.execute("CREATE TABLE first (id INTEGER) STRICT")

    @steps()
    def m002_second(db: Database) -> None:
        db.execute("CREATE TABLE second (id INTEGER) STRICT")
        db.execute("INSERT INTO first VALUES (1)")
        if broken:
            db.execute("CREATE TABLE second (id INTEGER) STRICT")

    @steps()
    def m003_third(db: Database) -> None:
        db.execute("CREATE TABLE third (id INTEGER) STRICT")

    return steps


def _tables(db: Database) -> set[str]:
    return {name for name in db.table_names() if not name.startswith(("_", "sqlite_"))}


def test_steps_run_once_and_in_order(db: Database) -> None:
    assert migrate(db, _steps(broken=False)) == ["m001_first", "m002_second", "m003_third"]
    assert migrate(db, _steps(broken=False)) == []
    assert _tables(db) == {"first", "second", "third"}


def test_a_broken_step_leaves_no_trace_and_the_ones_before_it_stay(db: Database) -> None:
    with pytest.raises(StoreError, match="could not be brought up to date"):
        migrate(db, _steps(broken=True))
    assert _tables(db) == {"first"}
    assert db.execute("SELECT COUNT(*) FROM first").fetchone() == (0,)
    assert not db.conn.in_transaction
    assert migrate(db, _steps(broken=False)) == ["m002_second", "m003_third"]


def test_a_database_of_a_newer_program_is_refused_and_not_touched(db: Database) -> None:
    newer = _steps(broken=False)
    migrate(db, newer)
    older = Migrations("losen")
    older(name="m001_first")(lambda db: None)
    with pytest.raises(StoreError, match="newer program: it has m002_second, m003_third"):
        migrate(db, older)
    assert _tables(db) == {"first", "second", "third"}


def test_programs_that_start_together_run_each_step_once(tmp_path: Path) -> None:
    done: list[str] = []

    def start() -> None:
        database = Database(_connect(tmp_path / "losen.db"))
        try:
            done.extend(migrate(database))
        finally:
            database.close()

    threads = [Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [one.name for one in MIGRATIONS.pending(Database(memory=True))]


_KILLED = """
import os, signal, sys
from sqlite_utils import Database
from bot.store.migrating import migrate
from bot.store.migrations import MIGRATIONS
from bot.store.sqlite import _connect
from pathlib import Path

seen = 0

def count(sql, params):
    global seen
    seen += 1
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

migrate(Database(_connect(Path(sys.argv[1])), tracer=count))
print(seen)
"""


def _tables_after(done: list[str]) -> set[str]:
    """The tables of a database on which these steps ran undisturbed."""
    whole = Database(memory=True)
    steps = [one.name for one in MIGRATIONS.pending(whole)]
    if done:
        MIGRATIONS.apply(whole, stop_before=steps[len(done) : len(done) + 1])
    return _tables(whole)


def test_a_kill_in_the_middle_of_a_step_is_not_noticed_afterwards(tmp_path: Path) -> None:
    def run(name: str, kill_at: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", _KILLED, str(tmp_path / name), str(kill_at)]
        return subprocess.run(  # noqa: S603  our own program
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )

    whole = run("whole.db", 0)
    statements = int(whole.stdout)
    assert statements > 20
    steps = [one.name for one in MIGRATIONS.pending(Database(memory=True))]
    for kill_at in range(5, statements, statements // 9):
        assert run(f"{kill_at}.db", kill_at).returncode == -signal.SIGKILL
        database = Database(_connect(tmp_path / f"{kill_at}.db"))
        try:
            done = [one.name for one in MIGRATIONS.applied(database)]
            assert done == steps[: len(done)]
            assert _tables(database) == _tables_after(done)
            assert migrate(database) == steps[len(done) :]
            assert "cases" in _tables(database)
        finally:
            database.close()
