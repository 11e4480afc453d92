"""Unpacking a backup into a data folder: everything is checked beside it before anything in it is touched.

Effects that were waiting or under way may have been carried out after the backup was made. So all of them are marked
as uncertain: the worker looks each case up under its own key before it opens it again, and a message is sent twice
rather than never.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.backup.contents import DATABASE, LARGEST_MANIFEST, MANIFEST, Contents, Packed, contents_from_json
from bot.backup.making import check_database, schema_steps
from bot.store.migrations import MIGRATIONS
from knowledge.errors import StoreError

_BLOCK = 1 << 20
_UNPACKING = ".restoring-"
_ASIDE = "before-restore-"
# A new file system of its own, such as a data disk, is not quite empty.
_NOT_OURS = frozenset({"lost+found"})


def restore_backup(file: Path, into: Path, now: datetime, *, force: bool = False) -> Contents:
    """Unpack `file` into the folder; returns what was in it.

    force: also when the folder is not empty; what is there is moved into `before-restore-TIME` inside it, never
    deleted. Raises StoreError when the file is no whole backup, was made by a newer program, or the folder is not
    empty or in use; then nothing in the folder has changed. Raises OSError when the disk refuses.
    """
    there = sorted(path.name for path in into.iterdir() if path.name not in _NOT_OURS) if into.is_dir() else []
    if there and not force:
        raise StoreError(f"{into} is not empty ({', '.join(there[:3])} ...); --force moves what is there aside")
    if (into / DATABASE).is_file():
        _check_unused(into / DATABASE)
    into.mkdir(parents=True, exist_ok=True)
    # Inside the folder, so that moving is renaming even where the folder is a volume of its own.
    unpacked = Path(tempfile.mkdtemp(dir=into, prefix=_UNPACKING))
    try:
        contents = _unpack(file, unpacked)
        _prepare(unpacked / DATABASE, contents)
        if there:
            aside = into / f"{_ASIDE}{now:%Y%m%dT%H%M%S}"
            aside.mkdir()
            for name in (one for one in there if not one.startswith(_ASIDE)):
                (into / name).rename(aside / name)
        # The database last: without it nobody takes the folder for a whole one.
        for path in sorted(unpacked.iterdir(), key=lambda path: path.name == DATABASE):
            path.rename(into / path.name)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return contents


def _unpack(file: Path, folder: Path) -> Contents:
    try:
        with tarfile.open(file, "r:gz") as archive:
            first = archive.next()
            if first is None or first.name != MANIFEST or not first.isreg() or first.size > LARGEST_MANIFEST:
                raise StoreError(f"{file} is no backup: it does not begin with {MANIFEST}")
            contents = contents_from_json(_bytes(archive, first))
            newer = [step for step in contents.steps if step not in _known_steps()]
            if newer:
                raise StoreError(f"the backup was made by a newer program: it has {', '.join(newer)}, unknown here")
            awaited = dict(contents.files)
            while (entry := archive.next()) is not None:
                packed = awaited.pop(entry.name, None)
                if packed is None or not entry.isreg() or entry.size != packed.size:
                    raise StoreError(f"{file} is damaged: {entry.name[:100]} is not what the manifest says")
                _unpack_one(archive, entry, folder / entry.name, packed)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise StoreError(f"{file} is no whole backup: {error}") from error
    if awaited:
        raise StoreError(f"{file} is no whole backup: {next(iter(awaited))} is missing")
    return contents


def _bytes(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(entry)
    return file.read() if file is not None else b""


def _unpack_one(archive: tarfile.TarFile, entry: tarfile.TarInfo, target: Path, packed: Packed) -> None:
    source = archive.extractfile(entry)
    if source is None:
        raise StoreError(f"{entry.name} is no file")
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while block := source.read(_BLOCK):
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != packed.sha256:
        raise StoreError(f"the backup is damaged: {entry.name} has another digest than the manifest says")


def _prepare(database: Path, contents: Contents) -> None:
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            check_database(connection)
            if schema_steps(connection) != contents.steps:
                raise StoreError("the backup is damaged: the database has another schema than the manifest says")
            connection.execute(
                "UPDATE outbox SET state = 'queued', uncertain = 1, leased_until = NULL, lease_owner = ''"
                " WHERE state IN ('queued', 'leased')"
            )
    except sqlite3.Error as error:
        raise StoreError(f"the database of the backup cannot be used: {error}") from error


def _check_unused(database: Path) -> None:
    """Raises StoreError when another process has the database open: it would go on writing to the old one.

    Leaving write-ahead logging needs the database for oneself, and is undone by whoever opens it next.
    """
    try:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreError(f"{database} is in use; stop the bot first") from error
        # Damaged, which may be why it is replaced: it is only moved aside.


def _known_steps() -> frozenset[str]:
    everything = Database(memory=True)
    try:
        return frozenset(one.name for one in MIGRATIONS.pending(everything))
    finally:
        everything.close()
