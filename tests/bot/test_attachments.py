"""Files from users: counted, recognised by their bytes, named safely, kept once and whole."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attachments import (
    AttachmentStore,
    AttachmentTooLarge,
    BadAttachment,
    EmptyAttachment,
    UnknownAttachmentType,
    clean_name,
    sniff,
)
from bot.store import SqliteStore
from dialogs.events import Attachment
from knowledge.errors import StoreError
from tests.bot.samples import MONDAY, Clock

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
OFFICE = "application/vnd.openxmlformats-officedocument."


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in ("[Content_Types].xml", *names):
            file.writestr(name, "<xml/>")
    return buffer.getvalue()


class Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "attachments"
        self.store = SqliteStore(folder / "losen.db")
        self.attachments = AttachmentStore(self.folder, self.store, 1000, Clock())

    def on_disk(self) -> list[str]:
        return sorted(one.name for one in self.folder.rglob("*") if one.is_file())


@pytest.fixture
async def files(tmp_path: Path) -> AsyncIterator[Files]:
    files = Files(tmp_path)
    yield files
    await files.store.close()


async def test_a_file_is_kept_under_its_digest_and_known_to_the_store(files: Files) -> None:
    attachment = await files.attachments.save_bytes("skjerm.png", PNG)
    digest = hashlib.sha256(PNG).hexdigest()
    assert attachment == Attachment("skjerm.png", len(PNG), digest, "image/png")
    assert files.attachments.path(digest).read_bytes() == PNG
    record = await files.store.read(lambda session: session.local.file(digest))
    assert record is not None
    assert (record.name, record.size, record.stored_at) == ("skjerm.png", len(PNG), MONDAY)


async def test_the_same_bytes_twice_are_one_file_with_two_names(files: Files) -> None:
    first = await files.attachments.save_bytes("en.png", PNG)
    second = await files.attachments.save_bytes("to.png", PNG)
    assert (first.sha256, first.name, second.name) == (second.sha256, "en.png", "to.png")
    assert files.on_disk() == [first.sha256]


async def test_an_empty_file_is_refused_and_leaves_nothing(files: Files) -> None:
    with pytest.raises(EmptyAttachment) as caught:
        await files.attachments.save_bytes("tom.txt", b"")
    assert caught.value.text_key == "attachment.refused_empty"
    assert files.on_disk() == []


async def test_the_largest_file_is_kept_and_one_byte_more_is_refused(files: Files) -> None:
    assert (await files.attachments.save_bytes("stor.txt", b"a" * 1000)).size == 1000
    with pytest.raises(AttachmentTooLarge):
        await files.attachments.save_bytes("stor.txt", b"b" * 1001)
    assert len(files.on_disk()) == 1


async def test_reading_stops_at_the_limit(files: Files) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"a" * 300

    with pytest.raises(AttachmentTooLarge) as caught:
        await files.attachments.save("stor.txt", endless())
    assert (read, caught.value.text_key) == (4, "attachment.refused_large")
    assert files.on_disk() == []


async def test_a_sender_that_breaks_off_leaves_nothing(files: Files) -> None:
    async def breaks() -> AsyncIterator[bytes]:
        yield PNG
        raise ConnectionResetError

    with pytest.raises(StoreError):
        await files.attachments.save("skjerm.png", breaks())
    assert files.on_disk() == []


async def test_an_unknown_type_is_refused(files: Files) -> None:
    with pytest.raises(UnknownAttachmentType) as caught:
        await files.attachments.save_bytes("skjerm.png", b"MZ\x90\x00\x03")
    assert caught.value.text_key == "attachment.refused_type"
    assert isinstance(caught.value, BadAttachment)
    assert files.on_disk() == []


async def test_a_disk_that_refuses_is_a_store_error(files: Files) -> None:
    files.folder.write_text("in the way")
    with pytest.raises(StoreError):
        await files.attachments.save_bytes("skjerm.png", PNG)


async def test_what_a_kill_left_half_received_is_deleted_after_a_day(files: Files) -> None:
    kept = await files.attachments.save_bytes("skjerm.png", PNG)
    for name, hours in (("arriving-old", 25), ("arriving-new", 23)):
        (files.folder / name).write_bytes(b"half")
        at = (MONDAY - timedelta(hours=hours)).timestamp()
        os.utime(files.folder / name, (at, at))
    assert files.attachments.forget_unfinished() == 1
    assert files.on_disk() == sorted(["arriving-new", kept.sha256])


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "ab" * 32, "AB" * 32, "ab" * 31 + "/."])
async def test_only_digests_of_kept_files_have_a_path(files: Files, digest: str) -> None:
    with pytest.raises(StoreError):
        files.attachments.path(digest)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PNG, "x", "image/png"),
        (b"\xff\xd8\xff\xe0rest", "x", "image/jpeg"),
        (b"GIF89a...", "x", "image/gif"),
        (b"GIF87a...", "x", "image/gif"),
        (b"%PDF-1.7\n\x00\x01", "x", "application/pdf"),
        (office("word/document.xml"), "x.docx", OFFICE + "wordprocessingml.document"),
        (office("word/document.xml"), "x.png", OFFICE + "wordprocessingml.document"),
        (office("xl/workbook.xml"), "x.xlsx", OFFICE + "spreadsheetml.sheet"),
        (office("docProps/app.xml"), "x.pptx", OFFICE + "presentationml.presentation"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "x.MSG", "application/vnd.ms-outlook"),
        (b"From: kari@x.invalid\nSubject: Hei\n\nHei", "x.eml", "message/rfc822"),
        (b"From: kari@x.invalid\n", "x.txt", "text/plain"),
        ("Feilmelding på skjermen\r\n\tæøå".encode(), "logg.txt", "text/plain"),
        ("Feilmelding æøå".encode("latin-1"), "logg", "text/plain"),
    ],
)
def test_types_that_are_accepted(content: bytes, name: str, expected: str) -> None:
    assert sniff(content, name) == expected


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00", "x.exe"),
        (b"\x7fELF\x02\x01\x01\x00", "x.txt"),
        (b"PK\x03\x04" + bytes(50), "x.zip"),
        (office("classes/Main.class"), "x.jar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "x.doc"),
        (b"text with a zero\x00", "x.txt"),
        (b"only text", "virus.exe"),
        (b"only text", "logg.txt.BAT"),
        (PNG, "x.scr"),
    ],
)
def test_types_that_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(UnknownAttachmentType):
        sniff(content, name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("skjermbilde æøå.png", "skjermbilde æøå.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kari\\feil.docx", "feil.docx"),
        ("a\x00b\nc\u202egnp.exe", "abcgnp.exe"),
        ('<script>"x"|?*.txt', "script x .txt"),
        ("...", "vedlegg"),
        ("", "vedlegg"),
        ("mappe/", "vedlegg"),
        ("a" * 300 + ".png", "a" * 116 + ".png"),
        ("b" * 300, "b" * 120),
        ("c." + "d" * 300, "c." + "d" * 118),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert clean_name(name) == expected


@given(st.text(max_size=400))
def test_any_name_becomes_a_harmless_one(name: str) -> None:
    cleaned = clean_name(name)
    assert 1 <= len(cleaned) <= 120
    assert not set(cleaned) & set('/\\<>:"|?*\x00\n\r\t\u202e')
    assert cleaned not in (".", "..")
    assert cleaned == clean_name(cleaned)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_a_known_type_or_are_refused(content: bytes, name: str) -> None:
    try:
        assert "/" in sniff(content, name)
    except UnknownAttachmentType:
        assert content
