"""Backup and restore: nothing that was confirmed is lost, nothing damaged is taken, nothing there is overwritten."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app
from bot.attachments import AttachmentStore
from bot.backup.contents import Contents, Packed, contents_from_json
from bot.backup.making import make_backup
from bot.backup.restoring import restore_backup
from bot.store import Session, SqliteStore
from bot.store.records import RowState
from knowledge.errors import StoreError
from tests.bot.samples import MONDAY, a_case
from tests.bot.store.contract import TALK, lease, queue, row, save

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"pixels" * 500


def open_case(number: int) -> Callable[[Session], None]:
    """A case and its effect, in one transaction as a turn writes them."""

    def work(session: Session) -> None:
        ref = session.cases.next_ref(2026)
        session.cases.add(a_case(ref), TALK.id)
        session.outbox.add(row(f"open {number}", lane=ref))

    return work


async def furnish(folder: Path, cases: int = 3) -> None:
    """A data folder with something of everything."""
    store = SqliteStore(folder / "losen.db")
    await store.write(save(TALK))
    for number in range(cases):
        await store.write(open_case(number))
    files = AttachmentStore(folder / "attachments", store, 10_000, lambda: MONDAY)
    await files.save_bytes("skjerm.png", PICTURE)
    await store.close()
    (folder / "catalogue.json").write_text('{"forms": []}', encoding="utf-8")


@pytest.fixture
async def here(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    await furnish(folder)
    return folder


def backup(folder: Path, target: Path) -> Contents:
    return make_backup(folder, target, "1.2.3", NOW)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def column(database: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return [one for (one,) in connection.execute(question)]


def test_what_is_restored_is_what_was_backed_up(here: Path, tmp_path: Path) -> None:
    made = backup(here, tmp_path / "b.tar.gz")
    into = tmp_path / "again"
    assert restore_backup(tmp_path / "b.tar.gz", into, NOW) == made
    refs = "SELECT ref FROM cases ORDER BY ref"
    assert column(into / "losen.db", refs) == column(here / "losen.db", refs) != []
    (attachment,) = (into / "attachments").rglob("*/*")
    assert attachment.read_bytes() == PICTURE
    assert (into / "catalogue.json").read_bytes() == (here / "catalogue.json").read_bytes()
    assert made.rows["cases"] == 3
    assert "3 cases, 0 notices, 1 conversations, 3 outbox, 1 attachments" in made.told()
    assert sorted(path.name for path in into.iterdir()) == ["attachments", "catalogue.json", "losen.db"]


def test_only_the_owner_may_read_it_and_nothing_else_is_left(here: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    backup(here, target)
    backup(here, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "var"]


async def test_a_restored_folder_is_used_like_any_other(here: Path, tmp_path: Path) -> None:
    backup(here, tmp_path / "b.tar.gz")
    restore_backup(tmp_path / "b.tar.gz", tmp_path / "again", NOW)
    store = SqliteStore(tmp_path / "again" / "losen.db")
    assert store.migrated == []
    await store.write(open_case(99))
    assert len(await store.read(lambda session: session.cases.all())) == 4
    await store.close()


async def test_a_backup_made_while_turns_are_written_is_of_one_moment(tmp_path: Path) -> None:
    """Each turn writes a case and its effect together; the copy never has one without the other."""
    folder = tmp_path / "var"
    await furnish(folder, cases=200)
    store, written = SqliteStore(folder / "losen.db"), 200
    files = AttachmentStore(folder / "attachments", store, 10_000, lambda: MONDAY)
    stop = asyncio.Event()

    async def write() -> None:
        nonlocal written
        while not stop.is_set():
            await store.write(open_case(written))
            written += 1
            await files.save_bytes("bilde.png", PICTURE + str(written).encode())

    writing = asyncio.create_task(write())
    for number in range(5):
        before = written
        made = await asyncio.to_thread(backup, folder, tmp_path / f"b{number}.tar.gz")
        assert before <= made.rows["cases"] <= written
        assert made.missing == ()
    stop.set()
    await writing
    await store.close()
    assert written > 200
    for number in range(5):
        into = tmp_path / f"again{number}"
        made = restore_backup(tmp_path / f"b{number}.tar.gz", into, NOW)
        cases = column(into / "losen.db", "SELECT ref FROM cases ORDER BY ref")
        assert cases == column(into / "losen.db", "SELECT lane FROM outbox ORDER BY lane")
        assert len(cases) == made.rows["cases"]
        digests = set(column(into / "losen.db", "SELECT sha256 FROM attachments"))
        assert {path.name for path in (into / "attachments").glob("*/*")} == digests


async def test_what_was_waiting_may_have_happened_since_and_is_looked_up_first(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "var" / "losen.db")
    for one in (row("waiting", after=10), row("leased", lane="b"), row("done", lane="c"), row("failed", lane="d")):
        await store.write(queue(one))
    assert await store.write(lease("worker")) == ["leased", "done", "failed"]
    for row_id, state in (("done", RowState.DONE), ("failed", RowState.FAILED)):
        await store.write(partial(lambda one, to, s: s.outbox.finish(one, "worker", to, "", MONDAY), row_id, state))
    await asyncio.to_thread(backup, tmp_path / "var", tmp_path / "b.tar.gz")
    await store.close()
    restore_backup(tmp_path / "b.tar.gz", tmp_path / "again", NOW)
    again = SqliteStore(tmp_path / "again" / "losen.db")
    rows = {
        one: await again.read(partial(lambda row_id, s: s.outbox.get(row_id), one)) for one in ("waiting", "leased")
    }
    assert {one: (found.state, found.uncertain) for one, found in rows.items() if found} == {
        "waiting": (RowState.QUEUED, True),
        "leased": (RowState.QUEUED, True),
    }
    assert len(await again.read(lambda session: session.outbox.in_state(RowState.DONE))) == 1
    assert len(await again.read(lambda session: session.outbox.in_state(RowState.FAILED))) == 1
    due = MONDAY + timedelta(seconds=20)
    taken = await again.write(lambda session: session.outbox.lease("other", (), due, due, 9))
    assert sorted(one.id for one in taken) == ["leased", "waiting"]
    await again.close()


# Refusals


def test_a_folder_that_is_not_empty_is_left_alone(here: Path, tmp_path: Path) -> None:
    backup(here, tmp_path / "b.tar.gz")
    before = everything(here)
    with pytest.raises(StoreError, match="not empty"):
        restore_backup(tmp_path / "b.tar.gz", here, NOW)
    assert everything(here) == before


def test_with_force_what_was_there_is_moved_aside(here: Path, tmp_path: Path) -> None:
    backup(here, tmp_path / "b.tar.gz")
    (here / "notes.txt").write_text("mine", encoding="utf-8")
    restore_backup(tmp_path / "b.tar.gz", here, NOW, force=True)
    aside = here / "before-restore-20261124T080000"
    assert (aside / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (aside / "losen.db").is_file()
    assert len(column(here / "losen.db", "SELECT ref FROM cases")) == 3
    restore_backup(tmp_path / "b.tar.gz", here, NOW + timedelta(hours=1), force=True)
    assert (aside / "notes.txt").is_file()  # what was moved aside before stays where it is


async def test_a_folder_in_use_is_refused_even_with_force(here: Path, tmp_path: Path) -> None:
    backup(here, tmp_path / "b.tar.gz")
    store = SqliteStore(here / "losen.db")
    await store.read(lambda session: session.cases.all())
    with pytest.raises(StoreError, match="in use; stop the bot first"):
        restore_backup(tmp_path / "b.tar.gz", here, NOW, force=True)
    await store.write(open_case(9))
    assert len(await store.read(lambda session: session.cases.all())) == 4
    await store.close()
    restore_backup(tmp_path / "b.tar.gz", here, NOW, force=True)


def test_a_backup_of_a_newer_program_is_refused(here: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(here / "losen.db", isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('losen', 'm999_future', '')"
        )
    backup(here, tmp_path / "b.tar.gz")
    with pytest.raises(StoreError, match="newer program: it has m999_future"):
        restore_backup(tmp_path / "b.tar.gz", tmp_path / "again", NOW)
    assert not everything(tmp_path / "again")


def test_a_damaged_database_is_not_backed_up(here: Path, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(b"yesterday's")
    database = here / "losen.db"
    page = 4096
    content = bytearray(database.read_bytes())
    for start in range(page * 5, len(content) - page, page * 2):
        content[start : start + 64] = b"\xff" * 64
    database.write_bytes(content)
    with pytest.raises(StoreError):
        backup(here, tmp_path / "b.tar.gz")
    assert (tmp_path / "b.tar.gz").read_bytes() == b"yesterday's"


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no losen\.db"):
        backup(tmp_path, tmp_path / "b.tar.gz")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(PICTURE[:-1] + b"?")])
def test_an_attachment_that_is_not_whole_is_named_and_the_rest_is_kept(
    here: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    (attachment,) = (here / "attachments").glob("*/*")
    damage(attachment)
    made = backup(here, tmp_path / "b.tar.gz")
    assert made.missing == (attachment.name,)
    assert restore_backup(tmp_path / "b.tar.gz", tmp_path / "again", NOW).rows["cases"] == 3


def packed_again(source: Path, target: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> None:
    """The backup with its entries changed, as somebody who means harm would."""
    with tarfile.open(source) as archive:
        entries = [(entry, (archive.extractfile(entry) or io.BytesIO()).read()) for entry in archive]
    change(entries)
    with tarfile.open(target, "w:gz") as archive:
        for entry, content in entries:
            entry.size = len(content) if entry.isreg() else 0
            archive.addfile(entry, io.BytesIO(content))


def _named(entries: list[tuple[tarfile.TarInfo, bytes]], name: str) -> int:
    return next(number for number, (entry, _) in enumerate(entries) if entry.name.startswith(name))


def _extra(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Callable[[Any], None]:
    def change(entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, link
        entries.append((entry, b"x" if kind == tarfile.REGTYPE else b""))

    return change


def _manifest(**changes: Any) -> Callable[[Any], None]:
    def change(entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        value = json.loads(entries[0][1])
        for name, one in changes.items():
            value[name] = {**value[name], **one} if isinstance(one, dict) else one
        entries[0] = (entries[0][0], json.dumps(value).encode())

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.pop(0),
        lambda entries: entries.pop(_named(entries, "losen.db")),
        lambda entries: entries.pop(_named(entries, "attachments/")),
        lambda entries: entries.reverse(),
        lambda entries: entries.append(entries[_named(entries, "losen.db")]),
        lambda entries: entries.__setitem__(-1, (entries[-1][0], b"?" * len(entries[-1][1]))),
        _extra("../outside.txt"),
        _extra("/outside.txt"),
        _extra("attachments/aa/link", tarfile.SYMTYPE, "/etc/passwd"),
        _manifest(format=2),
        _manifest(steps=["m001_first_schema"]),
        _manifest(steps=None),
        _manifest(files={"../outside.txt": {"size": 1, "sha256": "0" * 64}}),
        _manifest(files={"attachments/00/" + "0" * 64: {"size": 1, "sha256": "1" * 64}}),
        _manifest(files={"losen.db": {"size": 1, "sha256": "0" * 64}}),
        _manifest(made_at="yesterday"),
    ],
)
def test_a_backup_that_is_not_what_it_says_changes_nothing(
    here: Path, tmp_path: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]
) -> None:
    backup(here, tmp_path / "b.tar.gz")
    packed_again(tmp_path / "b.tar.gz", tmp_path / "c.tar.gz", change)
    into = tmp_path / "again"
    with pytest.raises(StoreError):
        restore_backup(tmp_path / "c.tar.gz", into, NOW)
    assert not everything(into)
    assert not (tmp_path / "outside.txt").exists()


def test_packing_again_alone_is_no_harm(here: Path, tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    backup(here, tmp_path / "b.tar.gz")
    packed_again(tmp_path / "b.tar.gz", tmp_path / "c.tar.gz", lambda entries: None)
    assert restore_backup(tmp_path / "c.tar.gz", tmp_path / "again", NOW).rows["cases"] == 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_or_cut_file_is_refused_or_makes_no_difference(
    here: Path, tmp_path: Path, data: st.DataObject
) -> None:
    file, into = tmp_path / "b.tar.gz", tmp_path / "again"
    shutil.rmtree(into, ignore_errors=True)
    if not file.exists():
        backup(here, file)
    content = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[place] ^= data.draw(st.integers(1, 255))
    else:
        del content[place:]
    (tmp_path / "c.tar.gz").write_bytes(content)
    try:
        restore_backup(tmp_path / "c.tar.gz", into, NOW)
    except (StoreError, OSError):
        assert not into.exists() or not everything(into)
    else:
        assert len(column(into / "losen.db", "SELECT ref FROM cases")) == 3
        assert [path.read_bytes() for path in (into / "attachments").glob("*/*")] == [PICTURE]


def test_the_manifest_is_read_as_it_was_written() -> None:
    made = Contents(NOW, "1.2.3", ("m001",), {"cases": 1}, {"losen.db": Packed(1, "a" * 64)}, ("b" * 64,))
    assert contents_from_json(made.to_json()) == made


@settings(max_examples=200)
@given(
    st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_any_other_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(StoreError):
        contents_from_json(text)


# The commands


def test_the_commands_take_an_installation_to_another_folder(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(here))
    assert app.main(["cases", "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    file, into = str(tmp_path / "b.tar.gz"), str(tmp_path / "again")
    assert app.main(["backup", file]) == 0
    assert "3 cases" in capsys.readouterr().out
    assert app.main(["restore", file, "--into", into]) == 0
    assert app.main(["restore", file, "--into", into]) == 2
    assert app.main(["restore", file, "--into", into, "--force"]) == 0
    assert "--force moves what is there aside" in capsys.readouterr().err
    monkeypatch.setenv("DATA_DIR", into)
    assert app.main(["cases", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == before


def test_the_command_says_so_when_an_attachment_is_gone(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(here))
    (attachment,) = (here / "attachments").glob("*/*")
    attachment.unlink()
    assert app.main(["backup", str(tmp_path / "b.tar.gz")]) == 1
    assert attachment.name in capsys.readouterr().err
