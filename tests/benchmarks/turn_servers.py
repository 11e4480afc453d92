"""The servers that `turns.py` compares, one a process: `python -m tests.benchmarks.turn_servers VARIANT FOLDER`.

floor    a bare aiohttp handler: parse the activity, POST one reply
echobot  the Bot Framework's EchoBot sample: CloudAdapter and ActivityHandler as they come
edge     our channel edge with a handler that only echoes
losen    the whole bot: matching, engine, store with synchronous FULL; the outbox is filled and not emptied

All without authentication, as in the sample. The address is printed when the server listens.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.attachments import AttachmentStore
from bot.channels.handling import TurnHandler
from bot.channels.teams.pacing import Limits
from bot.channels.teams.room import TeamsRoom
from bot.installed_knowledge import index_made_apart
from bot.program import build
from bot.ratings import RatingBook
from bot.rendering.activities import Renderer
from bot.server import Register, ServerParts, create_app, run_server
from bot.settings import load_settings
from bot.store.port import Session
from bot.store.records import Profile, RoleGrant
from bot.turns import Answered, Incoming, Send
from dialogs.case import Role
from dialogs.events import Said
from dialogs.replies import Text
from tests.benchmarks.speakers import speakers


def floor(app: web.Application) -> None:
    """What no bot on aiohttp can be faster than."""

    async def session(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as opened:
            app[_SESSION] = opened
            yield

    async def take(request: web.Request) -> web.Response:
        activity = await request.json()
        url = f"{activity['serviceUrl']}v3/conversations/{activity['conversation']['id']}/activities/{activity['id']}"
        reply = {"type": "message", "text": activity["text"], "replyToId": activity["id"]}
        async with request.app[_SESSION].post(url, json=reply) as answer:
            await answer.read()
        return web.Response(status=201)

    app.cleanup_ctx.append(session)
    app.router.add_post("/api/messages", take)


_SESSION = web.AppKey("session", aiohttp.ClientSession)


def echobot(app: web.Application) -> None:
    """The sample, as it is published."""
    # Only this variant loads the SDK's activity handler.
    from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

    class Config:
        APP_ID = ""
        APP_PASSWORD = ""
        APP_TYPE = "MultiTenant"
        APP_TENANTID = ""

    class EchoBot(ActivityHandler):  # type: ignore[misc]  # the SDK is untyped
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(MessageFactory.text(f"Echo: {turn_context.activity.text}"))

    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config()))
    bot = EchoBot()

    async def messages(request: web.Request) -> web.Response:
        answer: web.Response = await adapter.process(request, bot)
        return answer

    app.router.add_post("/api/messages", messages)


def introduce(session: Session, now: datetime) -> None:
    """Those who will speak are superbrukere of a virksomhet, so that their cases are UKE's and go to the outbox."""
    for speaker in speakers():
        person = f"user-{speaker}"
        session.people.save_profile(Profile(person, "Kari", "BGO"))
        session.people.grant(RoleGrant(person, Role.SUPERBRUKER.value, "benchmark", now))


class Echo:
    """A turn handler without engine and store."""

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        """Say it back."""
        text = incoming.event.text if isinstance(incoming.event, Said) else ""
        answered = Answered((Text(f"Echo: {text}"),))
        if send is not None:
            await send(answered)
        return answered


async def ours(folder: Path, *, whole: bool) -> Register:
    """Our edge, with the whole bot behind it or nothing."""
    settings = load_settings({"LOSEN_MODE": "development", "DATA_DIR": str(folder), "UNDO_SECONDS": "3600"})
    # As `serve` does it: what is learnt is learnt by a process beside this one, and its memory given back.
    parts = build(settings, index_made_apart(settings.data_dir))
    await parts.store.write(lambda session: introduce(session, parts.now()))
    turns: TurnHandler = parts.turns if whole else Echo()
    files = AttachmentStore(folder / "files", parts.store, 1000, parts.now)
    # Without Teams' limits on sending, which would be all there is to measure.
    return TeamsRoom(
        settings,
        turns,
        Renderer(parts.texts),
        files,
        time.monotonic,
        lambda: parts.library.matcher,
        RatingBook(parts.store, parts.now).note,
        limits=Limits(),
    )


async def main(variant: str, folder: Path) -> None:
    """Serve until the process is ended."""
    register: Register
    match variant:
        case "floor":
            register = floor
        case "echobot":
            register = echobot
        case _:
            register = await ours(folder, whole=variant == "losen")
    app = create_app(ServerParts(routes=[register]))
    await run_server(app, "127.0.0.1", 0, drain_seconds=1, on_listening=lambda at: print(at, flush=True))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
