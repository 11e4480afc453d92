"""Direct Line 3.0 over HTTP and WebSocket: the part that Web Chat uses.

A token opens exactly one conversation and is bound to one demo person; nothing a client writes into an activity says
who it is. `server.py` has checked Host and Origin before anything arrives here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any, Protocol

from aiohttp import BodyPartReader, WSCloseCode, web

from bot.attachments import BadAttachment
from bot.channels.directline.service import DirectLine
from bot.channels.directline.transcripts import Activity, WebConversation
from bot.channels.reading_json import MAX_BODY_BYTES, BodyTooLarge, parse_object, read_body
from bot.channels.refused_files import RefusedFile, refusals
from dialogs.events import Attachment
from knowledge.errors import BadActivity

# Tokens live as long as their conversation; the page is told to ask again now and then, as the protocol has it.
_TOKEN_SECONDS = 3600
_MOST_PARTS = 21
_MOST_TIMES_TOO_LARGE = 5


class FileKeeper(Protocol):
    """Checks and stores the bytes of a file."""

    async def save_bytes(self, name: str, content: bytes) -> Attachment:
        """Raises BadAttachment when the file may not be kept."""
        ...


class _Followers:
    """The tasks that send to open WebSockets, so that a stop can end them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, sending: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run one until it is ended."""
        task = asyncio.create_task(sending)
        self._tasks.add(task)
        return task

    async def end(self, task: asyncio.Task[None]) -> None:
        """End one."""
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._tasks.discard(task)

    async def close(self) -> None:
        """End all."""
        for task in tuple(self._tasks):
            await self.end(task)


_FOLLOWERS = web.AppKey("directline_followers", _Followers)


class DirectLineRoutes:
    """Adds the routes to an application under `prefix`."""

    def __init__(
        self, direct_line: DirectLine, files: FileKeeper, max_file_bytes: int, prefix: str = "/directline"
    ) -> None:
        self._direct_line = direct_line
        self._files = files
        self._texts = direct_line.texts
        self._max_file_bytes = max_file_bytes
        self._prefix = prefix

    def __call__(self, app: web.Application) -> None:
        """Register everything."""
        app[_FOLLOWERS] = _Followers()
        app.on_startup.append(self._resume)
        app.on_shutdown.append(_close_followers)
        app.on_cleanup.append(self._close)
        base = self._prefix
        app.router.add_post(f"{base}/tokens/generate", self._generate)
        app.router.add_post(f"{base}/tokens/refresh", self._refresh)
        app.router.add_post(f"{base}/conversations", self._start)
        app.router.add_get(f"{base}/conversations/{{id}}", self._reconnect)
        app.router.add_get(f"{base}/conversations/{{id}}/activities", self._read)
        app.router.add_post(f"{base}/conversations/{{id}}/activities", self._post)
        app.router.add_post(f"{base}/conversations/{{id}}/upload", self._upload)
        app.router.add_get(f"{base}/conversations/{{id}}/stream", self._stream)

    async def _resume(self, app: web.Application) -> None:
        await self._direct_line.resume()

    async def _close(self, app: web.Application) -> None:
        self._direct_line.close()

    async def _generate(self, request: web.Request) -> web.Response:
        body = parse_object(await read_body(request))
        user = body.get("user")
        key = user.get("id") if isinstance(user, dict) else None
        if not isinstance(key, str):
            raise BadActivity("user.id must name a demo person")
        conversation, token = self._direct_line.start_conversation(key)
        return web.json_response({"conversationId": conversation.id, "token": token, "expires_in": _TOKEN_SECONDS})

    async def _refresh(self, request: web.Request) -> web.Response:
        conversation, token = self._opened(request)
        return web.json_response({"conversationId": conversation.id, "token": token, "expires_in": _TOKEN_SECONDS})

    async def _start(self, request: web.Request) -> web.Response:
        conversation, token = self._opened(request)
        await self._direct_line.greet(conversation)
        return web.json_response(self._described(request, conversation, token, ""), status=201)

    async def _reconnect(self, request: web.Request) -> web.Response:
        conversation, token = self._named(request)
        watermark = str(_watermark(request) or "")
        # A page that died between token and start has not been greeted yet.
        await self._direct_line.greet(conversation)
        return web.json_response(self._described(request, conversation, token, watermark))

    async def _read(self, request: web.Request) -> web.Response:
        conversation, _ = self._named(request)
        activities, watermark = self._direct_line.activities(conversation.id, _watermark(request))
        return web.json_response({"activities": activities, "watermark": str(watermark)})

    async def _post(self, request: web.Request) -> web.Response:
        conversation, _ = self._named(request)
        activity = parse_object(await read_body(request))
        return web.json_response({"id": await self._direct_line.post(conversation, activity)})

    async def _upload(self, request: web.Request) -> web.Response:
        conversation, _ = self._named(request)
        if request.content_type != "multipart/form-data":
            raise BadActivity("multipart/form-data is expected")
        activity: Activity = {"type": "message"}
        attachments: list[Attachment] = []
        refused: list[RefusedFile] = []
        try:
            reader = await request.multipart()
            for _ in range(_MOST_PARTS + 1):
                part = await reader.next()
                if part is None:
                    break
                if not isinstance(part, BodyPartReader):
                    raise BadActivity("a part within a part is not expected")
                if part.name == "activity":
                    activity = parse_object(await _part_bytes(part, MAX_BODY_BYTES))
                elif part.name == "file":
                    name = part.filename or "vedlegg"
                    try:
                        # The type is sniffed; what the browser says is not believed.
                        attachments.append(await self._files.save_bytes(name, await self._file_bytes(part)))
                    except BadAttachment as error:
                        refused.append(RefusedFile(name, error.text_key))
            else:
                raise BadActivity("too many files in one message")
        except (ValueError, AssertionError, RuntimeError, EOFError, LookupError) as error:
            # What aiohttp raises on a malformed body, depending on where it is malformed.
            raise BadActivity("the upload is malformed") from error
        if not attachments and not refused:
            raise BadActivity("the upload holds no file")
        activity = {**activity, "type": "message"}
        told = refusals(refused, self._texts, self._max_file_bytes)
        return web.json_response({"id": await self._direct_line.post(conversation, activity, attachments, told)})

    async def _file_bytes(self, part: BodyPartReader) -> bytes:
        """The file, or one byte more than may be kept: the rest is read to the end but not held.

        A browser that is cut off in the middle of an upload shows a network error, and nobody learns that the file
        was too large.
        """
        data = bytearray()
        size = 0
        while chunk := await part.read_chunk(64 * 1024):
            size += len(chunk)
            if size > self._max_file_bytes * _MOST_TIMES_TOO_LARGE:
                raise BodyTooLarge(f"a file may have at most {self._max_file_bytes} bytes")
            data += chunk[: self._max_file_bytes + 1 - len(data)]
        return bytes(data)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        conversation, _ = self._named(request)
        watermark = _watermark(request)
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=1024)
        if not socket.can_prepare(request):
            raise web.HTTPUpgradeRequired
        await socket.prepare(request)
        followers = request.app[_FOLLOWERS]
        task = followers.start(self._send_all(socket, conversation, watermark))
        try:
            async for _ in socket:
                pass  # the page pings with empty messages; it posts over HTTP
        finally:
            await followers.end(task)
        return socket

    async def _send_all(self, socket: web.WebSocketResponse, conversation: WebConversation, watermark: int) -> None:
        try:
            async for activities, reached in self._direct_line.follow(conversation.id, watermark):
                await socket.send_str(json.dumps({"activities": activities, "watermark": str(reached)}))
        except ConnectionError:
            return  # the page is gone; it reconnects with its watermark
        except asyncio.CancelledError:
            await socket.close(code=WSCloseCode.GOING_AWAY)
            raise

    def _opened(self, request: web.Request) -> tuple[WebConversation, str]:
        token = _token(request)
        conversation = self._direct_line.conversation(token) if token else None
        if conversation is None:
            raise web.HTTPForbidden(text="a token of this server is needed")
        return conversation, token

    def _named(self, request: web.Request) -> tuple[WebConversation, str]:
        conversation, token = self._opened(request)
        if conversation.id != request.match_info["id"]:
            raise web.HTTPForbidden(text="the token opens another conversation")
        return conversation, token

    def _described(
        self, request: web.Request, conversation: WebConversation, token: str, watermark: str
    ) -> dict[str, str | int]:
        stream = (
            f"ws://{request.host}{self._prefix}/conversations/{conversation.id}/stream?watermark={watermark}&t={token}"
        )
        return {"conversationId": conversation.id, "token": token, "expires_in": _TOKEN_SECONDS, "streamUrl": stream}


async def _close_followers(app: web.Application) -> None:
    await app[_FOLLOWERS].close()


async def _part_bytes(part: BodyPartReader, limit: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        data += chunk
        if len(data) > limit:
            raise BodyTooLarge(f"a file may have at most {limit} bytes")
    return bytes(data)


def _token(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    # A browser cannot set headers on a WebSocket.
    return request.query.get("t", "") if request.path.endswith("/stream") else ""


def _watermark(request: web.Request) -> int:
    text = request.query.get("watermark", "")
    if text in ("", "null", "undefined"):
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadActivity("the watermark is not one of ours")
    return int(text)
