"""A turn handler that says back what it got, and a server on loopback to talk to it."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import count

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.attachments import EmptyAttachment
from bot.channels.directline.routes import DirectLineRoutes
from bot.channels.directline.service import DirectLine
from bot.channels.directline.transcripts import Transcripts
from bot.rendering.activities import Renderer
from bot.server import ServerParts, create_app
from bot.turns import Answered, Incoming, Send
from bot.web.demo_people import load_demo_people
from dialogs.events import Attachment, Edited, Joined, Said
from dialogs.replies import Choice, Reply, Text
from dialogs.texts import load_texts
from knowledge.errors import StoreError
from knowledge.library import load_catalogue_matcher
from knowledge.matching import Matcher

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TEXTS = load_texts()
RENDERER = Renderer(TEXTS)
MOST_BYTES = 1000
Client = TestClient[web.Request, web.Application]
_NUMBERS = count(1)


@cache
def matcher() -> Matcher:
    """The matcher of what is shipped; takes seconds to make."""
    return load_catalogue_matcher()


class EchoTurns:
    """Answers like the real one: a message it knows gets the same answer again."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.duplicates = 0
        self.broken = False
        self._answers: dict[tuple[str, str], tuple[Reply, ...]] = {}

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        if self.broken:
            raise StoreError("the disk is full")
        key = (incoming.conversation_id, incoming.nonce or incoming.activity_id or "")
        known = self._answers.get(key)
        duplicate = known is not None
        if known is None:
            self.taken.append(incoming)
            known = self._answers[key] = self._say(incoming)
        else:
            self.duplicates += 1
        answered = Answered(known, "nb", duplicate=duplicate)
        if send is not None:
            await send(answered)
        return answered

    def _say(self, incoming: Incoming) -> tuple[Reply, ...]:
        match incoming.event:
            case Joined():
                return (Text("Hei", choices=(Choice("fault", "Meld feil"),)),)
            case Said(text=text, attachments=files):
                return (Text(" ".join(["Du skrev", text, *(one.name for one in files)])),)
            case Edited(text=text):
                return (Text(f"Du endret til {text}"),)
            case event:
                return (Text(f"{type(event).__name__}"),)


class HeldFiles:
    """Keeps nothing but what a test wants to know."""

    async def save_bytes(self, name: str, content: bytes) -> Attachment:
        if not content:
            raise EmptyAttachment("empty")
        return Attachment(name, len(content), hashlib.sha256(content).hexdigest(), "application/octet-stream")


def make_direct_line(turns: EchoTurns, transcripts: Transcripts | None = None) -> DirectLine:
    return DirectLine(
        transcripts or Transcripts(None),
        load_demo_people(),
        turns,
        RENDERER,
        new_id=lambda: f"id{next(_NUMBERS)}",
        now=lambda: NOW,
    )


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[Client]:
    client: Client = TestClient(TestServer(app, host="127.0.0.1"))
    async with client:
        yield client


def direct_line_app(direct_line: DirectLine) -> web.Application:
    return create_app(ServerParts(routes=[DirectLineRoutes(direct_line, HeldFiles(), MOST_BYTES)]))
