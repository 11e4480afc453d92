"""Bringing a database up to date, step by step; the steps themselves: `migrations`.

Each step runs in a transaction of its own together with the note that it has run, so a kill in the middle leaves
either the old schema or the new one. A database with steps this program does not know was written by a newer one and
is refused, since writing to it could lose what the newer one keeps.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.store.migrations import MIGRATIONS
from knowledge.errors import StoreError


def migrate(db: Database, migrations: Migrations = MIGRATIONS) -> list[str]:
    """Bring the database up to date and return the steps that ran; raises StoreError, leaving it as it was.

    The connection must be in autocommit (isolation_level None). Safe when several processes start at the same time.
    """
    done: list[str] = []
    try:
        # Taking the write lock only when something is missing lets commands start while the bot is writing.
        while _pending(db, migrations):
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                pending = _pending(db, migrations)
                if pending:
                    migrations.apply(db, stop_before=pending[1:2])
                    done += pending[:1]
            except BaseException:
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")
                raise
            db.conn.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreError(f"the database could not be brought up to date: {error}") from error
    return done


def _pending(db: Database, migrations: Migrations) -> list[str]:
    pending = [one.name for one in migrations.pending(db)]
    unknown = [one.name for one in migrations.applied(db) if one.name not in _names(migrations)]
    if unknown:
        raise StoreError(f"the database was written by a newer program: it has {', '.join(unknown)}, unknown here")
    return pending


def _names(migrations: Migrations) -> set[str]:
    # Its plugins have no part in this, and looking for them takes longer than all else here.
    everything = Database(memory=True, execute_plugins=False)
    try:
        return {one.name for one in migrations.pending(everything)}
    finally:
        everything.close()
