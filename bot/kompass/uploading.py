"""Files on their way into Kompass: uploaded, and described as the attachments of a case are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.attachments import AttachmentStore
from bot.kompass import html
from bot.kompass.answers import Refused, read_upload
from bot.kompass.client import KompassClient
from dialogs.events import Attachment
from knowledge.errors import StoreError, TemporaryFailure

_SOFT_FAILURES = 4
_SOFT_WAIT = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Uploads:
    """Uploads files, which may be repeated: an orphan file at worst. sleep waits in seconds."""

    client: KompassClient
    files: AttachmentStore
    sleep: Callable[[float], Awaitable[None]]

    async def upload(self, attachments: Sequence[Attachment], ref: str) -> tuple[list[Mapping[str, Any]], list[str]]:
        """What is linked to the case, and the names of files that could not come along."""
        linked, left_out = [], []
        for attachment in attachments:
            try:
                path = self.files.path(attachment.sha256)
                data = await asyncio.to_thread(path.read_bytes)
                linked.append(_linked(attachment, await self._upload_one(attachment, data)))
            except (StoreError, OSError, Refused):
                _log.exception("a file cannot go to Kompass", extra={"case": ref, "sha256": attachment.sha256})
                left_out.append(attachment.name)
        return linked, left_out

    async def _upload_one(self, attachment: Attachment, data: bytes) -> Mapping[str, Any]:
        boundary = f"losen-{attachment.sha256[:32]}"
        call = self.client.requests.upload(html.clean(attachment.name), attachment.content_type, data, boundary)
        refusal: Refused | None = None
        for attempt in range(_SOFT_FAILURES):
            if attempt:
                await self.sleep(_SOFT_WAIT)
            try:
                uploaded = read_upload(await self.client.call(call))
            except Refused as error:  # an accident too, unless it stays
                refusal = error
            else:
                refusal = None
                if uploaded is not None:
                    return uploaded
        raise refusal or TemporaryFailure("a file was not taken, though without an error")


def _linked(attachment: Attachment, uploaded: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry of RequestAttachments; the name and size are ours, the rest is what the upload answered."""
    return {
        "id": uploaded["guid"],
        "file_name": html.clean(attachment.name),
        "file_extension": PurePath(attachment.name).suffix.removeprefix(".").lower(),
        "size": attachment.size,
        "mime_type": attachment.content_type,
        "Creator": str(uploaded.get("creator", "")),
        "LastUpdateTime": uploaded.get("lastModified") if isinstance(uploaded.get("lastModified"), int) else 0,
    }
