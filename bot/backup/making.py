"""Making a backup while the bot runs.

The database is copied by SQLite's own backup in one step: a reader that sees one moment and keeps no writer waiting.
Attachments never change and are written before the database knows them, so whatever the copy knows is on disk. The
copy is checked before anything is written, and whoever looks for the file finds the old one or the whole new one.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.backup.contents import DATABASE, MANIFEST, OWN_FILES, Contents, Packed, attachment_name
from knowledge.errors import StoreError

_BLOCK = 1 << 20
_BUSY_TIMEOUT = 30.0

# Fast: most of it is pictures, which are compressed already.
_COMPRESSION = 3


def make_backup(data_dir: Path, target: Path, version: str, now: datetime) -> Contents:
    """Back a data folder up into `target`, replacing it; returns what is in it.

    A damaged or missing attachment does not keep the rest from being kept: it is named in what is returned. Raises
    StoreError when there is no database or it is damaged, OSError when the disk refuses; then `target` is as it was.
    Only the owner may read the file.
    """
    database = data_dir / DATABASE
    if not database.is_file():
        raise StoreError(f"there is no {DATABASE} in {data_dir}")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        copy = Path(folder) / DATABASE
        _copy(database, copy)
        steps, rows, digests = _look_into(copy)
        sources = {DATABASE: copy}
        for name in OWN_FILES:
            if (data_dir / name).is_file():
                # A copy, since the running bot may replace it between measuring and writing.
                sources[name] = Path(shutil.copyfile(data_dir / name, Path(folder) / Path(name).name))
        files = {name: _measure(path) for name, path in sources.items()}
        missing = []
        for digest in digests:
            name = attachment_name(digest)
            packed = _measure(data_dir / name) if (data_dir / name).is_file() else None
            if packed is None or packed.sha256 != digest:
                missing.append(digest)
            else:
                sources[name], files[name] = data_dir / name, packed
        contents = Contents(now, version, steps, rows, files, tuple(missing))
        unfinished = Path(folder) / "backup"
        _write(unfinished, contents, sources)
        unfinished.replace(target)
    _flush_folder(target.parent)
    return contents


def _copy(database: Path, copy: Path) -> None:
    try:
        with (
            closing(
                sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True, timeout=_BUSY_TIMEOUT)
            ) as source,
            closing(sqlite3.connect(copy, isolation_level=None)) as to,
        ):
            source.execute("PRAGMA query_only = ON")
            source.backup(to)
            # One file, without the write-ahead log beside it; opening it in the bot brings that back.
            to.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"the database cannot be copied: {error}") from error


def _look_into(copy: Path) -> tuple[tuple[str, ...], dict[str, int], list[str]]:
    """Steps, rows by table, and digests of attachments; raises StoreError when the copy is damaged."""
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            check_database(connection)
            steps = schema_steps(connection)
            tables = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
                )
            ]
            rows = {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
            digests = [digest for (digest,) in connection.execute("SELECT sha256 FROM attachments ORDER BY sha256")]
    except sqlite3.Error as error:
        raise StoreError(f"the database cannot be read: {error}") from error
    return steps, rows, digests


def check_database(connection: sqlite3.Connection) -> None:
    """Raises StoreError when the database is damaged, sqlite3.Error when it is none."""
    problems = [text for (text,) in connection.execute("PRAGMA integrity_check(5)")]
    if problems != ["ok"]:
        raise StoreError(f"the database is damaged: {'; '.join(problems)}")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise StoreError("the database is damaged: a row points to one that is not there")


def schema_steps(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The migrations a database has had; raises sqlite3.Error when it is not ours."""
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'losen' ORDER BY name")
    return tuple(name for (name,) in rows)


def _measure(path: Path) -> Packed:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return Packed(size, digest.hexdigest())


def _write(path: Path, contents: Contents, sources: dict[str, Path]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=_COMPRESSION) as archive:
            text = contents.to_json()
            archive.addfile(_entry(MANIFEST, len(text), contents.made_at), io.BytesIO(text))
            for name, packed in contents.files.items():
                with sources[name].open("rb") as file:
                    archive.addfile(_entry(name, packed.size, contents.made_at), file)
        out.flush()
        os.fsync(out.fileno())


def _entry(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(at.timestamp())
    return entry


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
