"""Files from users: measured while they arrive, recognised by their bytes, and kept under their own digest.

Nothing a sender says about a file is believed: the size is counted, the type is read from the first bytes, and the
name is reduced to a name. The bytes are flushed to disk under a temporary name and then renamed, so a file that is
there is whole; the same bytes twice are one file.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import AsyncIterable, Callable
from datetime import datetime
from pathlib import Path

from bot.store.port import Store
from bot.store.records import FileRecord
from dialogs.events import Attachment
from knowledge.errors import BadActivity, StoreError

_ARRIVING = "arriving-"
_UNFINISHED_AFTER = 24 * 3600.0

_LONGEST_NAME = 120
_LONGEST_ENDING = 10

# Enough to tell every type below apart, including what kind of Office file a zip is.
_HEAD = 4096

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_ZIP = b"PK\x03\x04"
_OFFICE: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_HEADER = re.compile(
    rb"(?:return-path|received|from|to|subject|date|message-id|mime-version|delivered-to|x-[a-z-]+):", re.IGNORECASE
)
# What Windows, where cases are read, runs when it is opened, whatever the bytes are: also a text of such a name.
_RUNNABLE = frozenset(
    ".bat .chm .cmd .com .cpl .exe .hta .inf .jar .js .jse .lnk .msc .msi .msp .mst .pif .ps1 .psd1 .psm1 .reg .scf"
    " .scr .sct .url .vb .vbe .vbs .ws .wsc .wsf .wsh".split()
)
_TEXT_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")


class BadAttachment(BadActivity):
    """A file was refused. `text_key` names the text that tells the person why; it takes {name} and {limit} (MB)."""

    text_key = "attachment.refused_type"


class EmptyAttachment(BadAttachment):
    """The file has no bytes."""

    text_key = "attachment.refused_empty"


class AttachmentTooLarge(BadAttachment):
    """The file has more bytes than allowed."""

    text_key = "attachment.refused_large"


class UnknownAttachmentType(BadAttachment):
    """The bytes are of no type that is accepted."""

    text_key = "attachment.refused_type"


class AttachmentStore:
    """Keeps files in a folder by digest, and what is known of them in the store. `most_bytes` is the largest size."""

    def __init__(self, folder: Path, store: Store, most_bytes: int, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._store = store
        self._most_bytes = most_bytes
        self._clock = clock

    @property
    def most_bytes(self) -> int:
        """The largest file that is accepted."""
        return self._most_bytes

    async def save(self, name: str, chunks: AsyncIterable[bytes]) -> Attachment:
        """Keep a file as it arrives; raises BadAttachment, or StoreError when the disk refuses. Stops at the limit."""
        try:
            attachment = await self._save(name, chunks)
        except OSError as error:
            raise StoreError(f"an attachment could not be written: {error.strerror}") from error
        record = FileRecord(attachment.sha256, attachment.size, attachment.name, attachment.content_type, self._clock())
        await self._store.write(lambda session: session.local.add_file(record))
        return attachment

    async def save_bytes(self, name: str, content: bytes) -> Attachment:
        """Keep a file that is already here; raises like `save`."""

        async def whole() -> AsyncIterable[bytes]:
            yield content

        return await self.save(name, whole())

    def path(self, sha256: str) -> Path:
        """Where the bytes of this digest lie; raises StoreError when they do not, or when it is not a digest."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise StoreError("not a digest")
        path = self._folder / sha256[:2] / sha256
        if not path.is_file():
            raise StoreError("there is no such attachment")
        return path

    def forget_unfinished(self) -> int:
        """Delete what a kill left half-received more than a day ago; returns how many files. For the start."""
        old = [
            path
            for path in self._folder.glob(f"{_ARRIVING}*")
            if self._clock().timestamp() - path.stat().st_mtime > _UNFINISHED_AFTER
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    async def _save(self, name: str, chunks: AsyncIterable[bytes]) -> Attachment:
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        arriving = _Arriving(self._folder, self._most_bytes)
        try:
            async for chunk in chunks:
                arriving.take(chunk)
            shown = clean_name(name)
            content_type = arriving.content_type(shown)
            await asyncio.to_thread(arriving.keep)
        finally:
            arriving.close()
        return Attachment(shown, arriving.size, arriving.sha256, content_type)


class _Arriving:
    """A file on its way in: a temporary file beside the kept ones, which is gone after `close` unless it was kept."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._digest = hashlib.sha256()
        self._head = b""
        self.size = 0
        descriptor, path = tempfile.mkstemp(dir=folder, prefix=_ARRIVING)
        self._file = os.fdopen(descriptor, "wb")
        self._path = Path(path)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def take(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > self._most_bytes:
            raise AttachmentTooLarge(f"an attachment is larger than {self._most_bytes} bytes")
        self._digest.update(chunk)
        self._head += chunk[: _HEAD - len(self._head)]
        self._file.write(chunk)

    def content_type(self, name: str) -> str:
        if self.size == 0:
            raise EmptyAttachment("an attachment is empty")
        return sniff(self._head, name)

    def keep(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        place = self._folder / self.sha256[:2]
        place.mkdir(exist_ok=True)
        self._path.replace(place / self.sha256)
        # The names are on disk only when their folders are.
        for directory in (place, self._folder):
            descriptor = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def close(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def clean_name(name: str) -> str:
    """The last part of the name without what could mislead: folders, control and invisible characters, length."""
    last = re.split(r"[/\\]", name)[-1]
    # Cc and Cf are control and formatting characters, among them those that reverse the reading direction.
    seen = "".join(
        one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one) not in ("Cc", "Cf", "Cs")
    )
    tidy = re.sub(r'[<>:"|?*\s]+', " ", seen).strip(" .")
    if len(tidy) > _LONGEST_NAME:
        stem, dot, ending = tidy.rpartition(".")
        if not stem or len(ending) > _LONGEST_ENDING:
            stem, dot, ending = tidy, "", ""
        tidy = stem[: _LONGEST_NAME - len(dot + ending)].strip(" .") + dot + ending
    return tidy or "vedlegg"


def sniff(head: bytes, name: str) -> str:
    """The content type that the first bytes show; the name only chooses between types that begin alike.

    Raises UnknownAttachmentType for anything but pictures, PDF, Office files, mail and plain text, and for a name
    that would make a program of them.
    """
    ending = Path(name).suffix.lower()
    if ending in _RUNNABLE:
        raise UnknownAttachmentType("an attachment has the name of a program")
    for signature, content_type in _SIGNATURES:
        if head.startswith(signature):
            return content_type
    if head.startswith(_ZIP):
        for folder, office_ending, content_type in _OFFICE:
            if folder in head or (b"[Content_Types].xml" in head and ending == office_ending):
                return content_type
    elif head.startswith(_COMPOUND) and ending == ".msg":
        return "application/vnd.ms-outlook"
    elif not _TEXT_CONTROL.intersection(head):
        # A text in UTF-8 or the older Norwegian code page has none of the control characters that binaries are full of.
        return "message/rfc822" if ending == ".eml" and _MAIL_HEADER.match(head.lstrip()) else "text/plain"
    raise UnknownAttachmentType("an attachment is of a type that is not accepted")
