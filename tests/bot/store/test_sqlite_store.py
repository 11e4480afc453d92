"""The store on SQLite: the contract, and what is its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store import Session, SqliteStore, Store
from bot.store.records import RowState
from dialogs.case import Case
from knowledge.errors import StoreError
from tests.bot.samples import a_case
from tests.bot.store.contract import TALK, Reopen, StoreContract, lease, queue, row, save


class Opened:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = SqliteStore(path)

    async def again(self) -> Store:
        await self.store.close()
        self.store = SqliteStore(self.path)
        return self.store


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Opened]:
    opened = Opened(tmp_path / "var" / "losen.db")
    yield opened
    await opened.store.close()


@pytest.fixture
def store(opened: Opened) -> Store:
    return opened.store


@pytest.fixture
def reopen(opened: Opened) -> Reopen:
    return opened.again


class TestSqliteStore(StoreContract):
    pass


def _pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


async def test_it_is_set_up_to_lose_nothing(opened: Opened) -> None:
    writer = opened.store._writer
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    assert [_pragma(writer, name) for name in pragmas] == ["wal", 2, 1]  # 2 is FULL
    strict = writer.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
    )
    assert {name for (name,) in strict} <= {"_sqlite_migrations", "sqlite_schema", "sqlite_sequence"}


async def test_a_case_is_kept_in_memory_unless_a_log_was_pasted_into_it(opened: Opened) -> None:
    def work(session: Session) -> list[Case | None]:
        session.cases.add(a_case("L-2026-000001"), "c")
        session.cases.add(replace(a_case("L-2026-000002"), description="linje fra loggen " * 1000), "c")
        return [session.cases.get(f"L-2026-00000{number}") for number in (1, 1, 2, 2)]

    short, again, long, long_again = await opened.store.write(work)
    assert short is again
    assert long == long_again
    assert long is not long_again


async def test_many_turns_share_a_commit(opened: Opened) -> None:
    commits: list[str] = []
    opened.store._writer.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    saves = (opened.store.write(save(replace(TALK, id=str(number)))) for number in range(60))
    await asyncio.gather(*saves)
    opened.store._writer.set_trace_callback(None)
    assert 1 <= len(commits) < 60
    assert opened.store._writer.execute("SELECT COUNT(*) FROM conversations").fetchone() == (60,)


async def test_nothing_is_reported_done_when_the_commit_fails(opened: Opened) -> None:
    """A constraint checked at the commit stands in for a disk that is full just then."""
    writer = opened.store._writer
    writer.execute("CREATE TABLE late (ref TEXT REFERENCES cases (ref) DEFERRABLE INITIALLY DEFERRED)")

    def break_it(session: Session) -> None:
        writer.execute("INSERT INTO late VALUES ('no such case')")

    results = await asyncio.gather(
        opened.store.write(save(TALK)),
        opened.store.write(break_it),
        return_exceptions=True,
    )
    assert [type(one) for one in results] == [StoreError, StoreError]
    assert await opened.store.read(lambda session: session.conversations.get("c1")) is None
    await opened.store.write(save(TALK))
    assert await opened.store.read(lambda session: session.conversations.get("c1")) == TALK


async def test_a_transaction_that_sqlite_gave_up_takes_everyone_in_it_along(opened: Opened) -> None:
    def give_up(session: Session) -> None:
        opened.store._writer.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    results = await asyncio.gather(
        opened.store.write(save(TALK)),
        opened.store.write(give_up),
        opened.store.write(save(replace(TALK, id="c2"))),
        return_exceptions=True,
    )
    assert [type(one) for one in results] == [StoreError, StoreError, type(None)]
    assert await opened.store.read(lambda session: session.conversations.get("c1")) is None
    assert await opened.store.read(lambda session: session.conversations.get("c2")) is not None


async def test_another_process_that_holds_the_database_makes_a_write_wait_and_then_fail(opened: Opened) -> None:
    opened.store._writer.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(opened.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="not free"):
            await opened.store.write(save(TALK))
        assert await opened.store.read(lambda session: session.conversations.get("c1")) is None
        other.execute("ROLLBACK")
    finally:
        other.close()
    await opened.store.write(save(TALK))


async def test_two_processes_share_the_outbox_without_sharing_a_row(opened: Opened) -> None:
    other = SqliteStore(opened.path)
    try:
        for number in range(20):
            await opened.store.write(queue(row(f"r{number}", lane=str(number))))
        taken = await asyncio.gather(*(store.write(lease("x", limit=3)) for store in (opened.store, other) * 4))
        flat = [one for many in taken for one in many]
        assert len(flat) == len(set(flat)) == 20
        assert len(await other.read(lambda session: session.outbox.in_state(RowState.LEASED))) == 20
    finally:
        await other.close()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match=r"losen\.db cannot be opened"):
        SqliteStore(tmp_path / "file" / "losen.db")


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "losen.db").write_bytes(b"this is a text file, long enough to be taken for one" * 40)
    with pytest.raises(StoreError):
        SqliteStore(tmp_path / "losen.db")
