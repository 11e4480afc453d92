"""The Teams room put together: what `/api/messages` needs, from the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import aiohttp
from aiohttp import web

from bot.attachments import AttachmentStore
from bot.channels.handling import TurnHandler
from bot.channels.teams.authentication import Authentication
from bot.channels.teams.channel_feed import TeamsChannelFeed
from bot.channels.teams.connector import Connector
from bot.channels.teams.credentials import BotToken, Credentials
from bot.channels.teams.files import TeamsFiles
from bot.channels.teams.form_search import FormSearch
from bot.channels.teams.pacing import TEAMS_LIMITS, Limits, Pacing
from bot.channels.teams.routes import EMULATOR_CHANNEL, TEAMS_CHANNEL, MessagesRoute
from bot.channels.teams.service import TeamsService
from bot.channels.teams.signing_keys import LEAST_BETWEEN_FETCHES, METADATA_URL, SigningKeys
from bot.feeds.once import Once
from bot.ratings import NoteRating
from bot.rendering.activities import Renderer
from bot.settings import Settings
from bot.throttle import Throttle
from bot.web.portal_pages import NoticeAddress
from knowledge.errors import BadSettings
from knowledge.matching import Matcher

CHANNELS = (TEAMS_CHANNEL, EMULATOR_CHANNEL)


class TeamsRoom:
    """Registers its route (call it with the application) and delivers for `CHANNELS` (`deliverer`)."""

    def __init__(
        self,
        settings: Settings,
        turns: TurnHandler,
        renderer: Renderer,
        files: AttachmentStore,
        monotonic: Callable[[], float],
        matcher: Callable[[], Matcher],
        note_rating: NoteRating,
        metadata_url: str = METADATA_URL,
        limits: Limits = TEAMS_LIMITS,
    ) -> None:
        """Raises BadSettings when there is no app id outside development mode."""
        if not settings.app_id and not settings.development:
            raise BadSettings("APP_ID must be set outside development mode")
        self._session: aiohttp.ClientSession | None = None
        self._fetching: asyncio.Task[None] | None = None
        token = BotToken(Credentials(settings) if settings.app_id else None, monotonic)
        self._settings = settings
        self._renderer = renderer
        self._throttle = Throttle(monotonic)
        pacing = Pacing(limits, monotonic, asyncio.sleep)
        self._connector = connector = Connector(self._open_session, token, pacing, self._throttle)
        self._keys = SigningKeys(self._open_session, monotonic, metadata_url)
        self.deliverer = TeamsService(
            connector,
            turns,
            renderer,
            TeamsFiles(self._open_session, token, files),
            FormSearch(matcher, renderer.texts),
            note_rating,
            self._throttle,
        )
        self._authentication = (
            Authentication(self._keys, settings.app_id, settings.app_tenantid) if settings.app_id else None
        )
        self._route = MessagesRoute(self.deliverer, self._authentication)

    def channel_feed(self, once: Once, clock: Callable[[], datetime], page: NoticeAddress) -> TeamsChannelFeed:
        """What posts notices in channels, over the same connection."""
        return TeamsChannelFeed.over(self._connector, self._throttle, self._renderer, once, clock, self._settings, page)

    def __call__(self, app: web.Application) -> None:
        """Register the route and the HTTP session's life."""
        app.on_startup.append(self._start)
        app.on_cleanup.append(self._stop)
        self._route(app)

    async def ready(self) -> bool:
        """Whether tokens can be checked."""
        return self._authentication is None or self._keys.loaded

    async def _start(self, app: web.Application) -> None:
        # One session for everything: a new connection for every answer is what makes the SDK slow (teams.md 2.5).
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=200, limit_per_host=100, ttl_dns_cache=300),
            timeout=aiohttp.ClientTimeout(total=30, connect=5),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        if self._authentication is not None:
            self._fetching = asyncio.create_task(self._fetch_keys())

    async def _fetch_keys(self) -> None:
        while not self._keys.loaded:
            await self._keys.refresh()
            if not self._keys.loaded:
                await asyncio.sleep(LEAST_BETWEEN_FETCHES)

    async def _stop(self, app: web.Application) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the server has not started")
        return self._session
