"""The store on SQLite: one file, one writer, many turns to a commit.

Durability costs one flush to disk a commit (WAL, synchronous=FULL), about 0.3 ms on a good disk and many times that on
a slow one. Turns that arrive while a commit is under way are therefore written together in the next one, each inside
its own savepoint: one that fails undoes only itself, and no caller hears that it is done before all of it is on disk.

The statements run on the event loop's thread, since each takes microseconds and handing every one to a thread costs
more than it does; waiting for the lock and flushing to disk happen in a thread of the store's own.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.store.affected import SqliteAffected
from bot.store.cases import SqliteCases
from bot.store.choices import SqliteChoices
from bot.store.conversations import SqliteConversations
from bot.store.fellesfeil import SqliteFellesfeil
from bot.store.insight import SqliteInsight
from bot.store.local_world import SqliteLocalWorld
from bot.store.messages import SqliteMessages
from bot.store.migrating import migrate
from bot.store.notices import SqliteNotices
from bot.store.outbox import SqliteOutbox
from bot.store.people import SqlitePeople
from bot.store.port import Session
from bot.store.promises import SqlitePromises
from bot.store.proposed_lines import SqliteProposedLines
from bot.store.radar import SqliteRadar
from bot.store.ratings import SqliteRatings
from bot.store.sendings import SqliteSendings
from bot.store.suspicions import SqliteSuspicions
from bot.store.watched import SqliteWatched
from knowledge.errors import StoreError

T = TypeVar("T")

# A commit takes at most this many pieces of work and this long (s) of the event loop, so that nobody waits for a crowd.
_MOST_TOGETHER = 64
_LONGEST_TOGETHER = 0.025

# How long (ms) a write waits for another process, such as an import, to let go of the database.
_BUSY_TIMEOUT = 5000


class SqliteSession:
    """One transaction on a connection; see `port.Session`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conversations = SqliteConversations(connection)
        self.cases = SqliteCases(connection)
        self.notices = SqliteNotices(connection)
        self.promises = SqlitePromises(connection)
        self.messages = SqliteMessages(connection)
        self.affected = SqliteAffected(connection)
        self.outbox = SqliteOutbox(connection)
        self.watched = SqliteWatched(connection)
        self.sendings = SqliteSendings(connection)
        self.people = SqlitePeople(connection)
        self.choices = SqliteChoices(connection)
        self.ratings = SqliteRatings(connection)
        self.fellesfeil = SqliteFellesfeil(connection)
        self.insight = SqliteInsight(connection)
        self.radar = SqliteRadar(connection)
        self.proposed_lines = SqliteProposedLines(connection)
        self.suspicions = SqliteSuspicions(connection)
        self.local = SqliteLocalWorld(connection)


class SqliteStore:
    """See `port.Store`. Opening brings the schema up to date; raises StoreError when it cannot."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _connect(path)
            # A step that is lost with the power runs again, and the first commit that counts flushes them all: a new
            # database need not wait for the disk twenty times.
            self._writer.execute("PRAGMA synchronous = NORMAL")
            self.migrated = migrate(Database(self._writer, execute_plugins=False))
            self._writer.execute("PRAGMA synchronous = FULL")
            self._reader = _connect(path)
            self._reader.execute("PRAGMA query_only = ON")
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"the database {path.name} cannot be opened: {error}") from error
        self._writing = SqliteSession(self._writer)
        self._reading = SqliteSession(self._reader)
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="losen-store")
        self._waiting: deque[tuple[Callable[[Session], Any], asyncio.Future[Any]]] = deque()
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    async def write(self, work: Callable[[Session], T]) -> T:
        """Queue the work for the next commit and wait for it to be on disk."""
        if self._closed:
            raise StoreError("the store is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._write_all())
        return await done

    async def read(self, work: Callable[[Session], T]) -> T:
        """On a connection of its own, which never waits for a writer."""
        if self._closed:
            raise StoreError("the store is closed")
        try:
            self._reader.execute("BEGIN")
            try:
                return work(self._reading)
            finally:
                if self._reader.in_transaction:
                    self._reader.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise StoreError(f"reading failed: {error}") from error

    async def close(self) -> None:
        """Write what waits, then close both connections; closing twice does no harm."""
        if self._closed:
            return
        self._closed = True
        if self._pump is not None:
            await self._pump
        self._disk.shutdown()
        self._reader.close()
        self._writer.close()

    async def _write_all(self) -> None:
        while self._waiting:
            await self._write_together()

    async def _write_together(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._disk, self._writer.execute, "BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            waiting = [done for _, done in self._waiting]
            self._waiting.clear()
            _fail(waiting, StoreError(f"the database is not free to write: {error}"))
            return
        written: list[tuple[asyncio.Future[Any], Any]] = []
        try:
            stop_at = loop.time() + _LONGEST_TOGETHER
            while self._waiting and len(written) < _MOST_TOGETHER and loop.time() < stop_at:
                work, done = self._waiting.popleft()
                if not done.cancelled():
                    self._write_one(work, done, written)
            await loop.run_in_executor(self._disk, self._writer.execute, "COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            _fail([done for done, _ in written], StoreError(f"writing failed: {error}"))
        except BaseException as error:
            self._roll_back()
            _fail([done for done, _ in written], error)
            raise
        else:
            for done, value in written:
                if not done.done():
                    done.set_result(value)

    def _write_one(
        self, work: Callable[[Session], Any], done: asyncio.Future[Any], written: list[tuple[asyncio.Future[Any], Any]]
    ) -> None:
        self._writer.execute("SAVEPOINT work")
        try:
            value = work(self._writing)
        except Exception as error:
            if not self._writer.in_transaction:
                # SQLite gave up the whole transaction (disk full, say), and with it the work before this one.
                _fail([done], StoreError(f"writing failed: {error}"))
                raise sqlite3.OperationalError(str(error)) from error
            self._writer.execute("ROLLBACK TO work")
            self._writer.execute("RELEASE work")
            if isinstance(error, sqlite3.Error):
                _fail([done], StoreError(f"the database refused: {error}"))
            else:
                _fail([done], error)
        else:
            self._writer.execute("RELEASE work")
            written.append((done, value))

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")


def _fail(waiting: Iterable[asyncio.Future[Any]], error: BaseException) -> None:
    for done in waiting:
        if not done.done():
            done.set_exception(error)


def _connect(path: Path) -> sqlite3.Connection:
    # Never used by two threads at once: the loop's thread hands it over and waits.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
