"""Files and pasted pictures of a Teams message, fetched while that is possible (teams.md 6).

An attachment names an address, and whoever forges one must not get our token or make us call machines inside the
network: only https, only the hosts Microsoft serves files from, no redirects, and the token only to the very host the
checked activity came from.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.attachments import AttachmentStore, BadAttachment
from bot.channels.incoming import File
from bot.channels.refused_files import RefusedFile
from bot.channels.teams.connector import TokenSource
from dialogs.events import Attachment
from knowledge.errors import OperationError

DOWNLOAD_TYPE = "application/vnd.microsoft.teams.file.download.info"
_FILE_HOSTS = (".sharepoint.com", ".sharepoint.de", ".svc.ms")
# All of a message's files together: the channel delivers it again when we take longer (teams.md 3.2).
_BOUND_SECONDS = 8
_CHUNK = 64 * 1024


class _NotFetched(OperationError):
    """The file could not be had; the person is told and the message is handled without it."""


@dataclass(frozen=True, slots=True)
class TeamsFiles:
    """Fetches into the attachment store."""

    session: Callable[[], aiohttp.ClientSession]
    token: TokenSource
    store: AttachmentStore

    async def fetch(
        self, files: tuple[File, ...], service_url: str
    ) -> tuple[tuple[Attachment, ...], tuple[RefusedFile, ...]]:
        """What was stored, and what was refused or could not be had."""
        deadline = asyncio.get_running_loop().time() + _BOUND_SECONDS
        kept: list[Attachment] = []
        refused: list[RefusedFile] = []
        for file in files:
            name = file.name or "bilde"
            try:
                async with asyncio.timeout_at(deadline):
                    kept.append(await self.store.save(name, self._content(file, service_url)))
            except BadAttachment as error:
                refused.append(RefusedFile(name, error.text_key))
            except (_NotFetched, aiohttp.ClientError, TimeoutError):
                refused.append(RefusedFile(name, "attachment.refused_type"))
        return tuple(kept), tuple(refused)

    async def _content(self, file: File, service_url: str) -> AsyncIterator[bytes]:
        url, headers = await self._address(file, service_url)
        async with self.session().get(url, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                raise _NotFetched(f"the file's host answered {response.status}")
            async for chunk in response.content.iter_chunked(_CHUNK):
                yield chunk

    async def _address(self, file: File, service_url: str) -> tuple[str, dict[str, str]]:
        if file.content_type == DOWNLOAD_TYPE:
            # Signed for one download: a token of ours has no business there.
            url = file.content.get("downloadUrl")
            if isinstance(url, str) and _https_host(url).endswith(_FILE_HOSTS):
                return url, {}
        elif file.content_type.startswith("image/"):
            host = _https_host(file.url)
            if host and host == _https_host(service_url):
                return file.url, {"Authorization": f"Bearer {await self.token.get()}"}
        raise _NotFetched("not an address that files are fetched from")


def _https_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and parts.username is None and parts.port in (None, 443)
    except ValueError:
        return ""
    return (parts.hostname or "") if plain else ""
