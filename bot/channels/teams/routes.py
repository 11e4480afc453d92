"""`/api/messages`: where the Bot Framework posts activities."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.reading_json import parse_object, read_body
from bot.channels.teams.authentication import Authentication, Refused
from bot.channels.teams.service import TeamsService
from bot.loopback import is_loopback
from knowledge.errors import BadActivity, PermanentFailure, PortError

TEAMS_CHANNEL = "msteams"
EMULATOR_CHANNEL = "emulator"

_log = logging.getLogger(__name__)


class MessagesRoute:
    """Adds the route. Without `authentication` (development without an app id) only this machine may post."""

    def __init__(self, service: TeamsService, authentication: Authentication | None) -> None:
        self._service = service
        self._authentication = authentication

    def __call__(self, app: web.Application) -> None:
        """Register it."""
        app.router.add_post("/api/messages", self._take)

    async def _take(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="application/json is expected")
        activity = parse_object(await read_body(request))
        try:
            await self._check(request, activity)
        except Refused as error:
            _log.warning("an activity was refused: %s", error)
            challenge = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
            return web.json_response({"error": str(error)}, status=error.status, headers=challenge)
        _check_fields(activity)
        if activity["type"] == "invoke":
            return web.json_response(await self._service.invoked(activity))
        try:
            await self._service.take(activity)
        except PermanentFailure as error:
            # Blocked or uninstalled: delivering it again would not help, so it is taken.
            _log.warning("an answer cannot be sent: %s", error)
        except PortError as error:
            # The channel delivers the activity again, and then the stored answer is sent.
            _log.warning("an answer was not sent: %s", error)
            raise web.HTTPServiceUnavailable(text="the answer could not be sent; deliver again") from error
        return web.json_response({}, status=200)

    async def _check(self, request: web.Request, activity: Mapping[str, Any]) -> None:
        if self._authentication is not None:
            await self._authentication.check(request.headers.getall("Authorization", []), activity)
        elif not is_loopback(request.remote or "") or not is_loopback(_host(activity.get("serviceUrl"))):
            raise Refused(403, "without an app id, only this machine may post")


def _check_fields(activity: Mapping[str, Any]) -> None:
    """What every activity of the channel has; the rest is checked where it is read."""
    for name in ("type", "serviceUrl", "channelId"):
        if not isinstance(activity.get(name), str) or not activity[name]:
            raise BadActivity(f"{name} must be a text")
    for name in ("conversation", "from"):
        one = activity.get(name)
        if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not one["id"]:
            raise BadActivity(f"{name}.id must be a text")
    if activity["channelId"] not in (TEAMS_CHANNEL, EMULATOR_CHANNEL):
        raise BadActivity("a channel this bot does not serve")


def _host(url: object) -> str:
    try:
        return urlsplit(url).hostname or "" if isinstance(url, str) else ""
    except ValueError:
        return ""
