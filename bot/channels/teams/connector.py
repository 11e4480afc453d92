"""The connector's REST calls, over one HTTP session, no faster than Teams takes them.

A call that failed says whether it may be made again: a repeated message is worse than a late one.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any, Protocol
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from bot.channels.teams.pacing import Pacing
from bot.channels.teams.repeating import BOUND_SECONDS, wait_before_next
from bot.http_meaning import error_code, failure_of
from bot.throttle import Throttle
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure, UncertainOutcome

_LONGEST_ERROR = 16 * 1024


class TokenSource(Protocol):
    """Gives the token to answer with."""

    async def get(self) -> str:
        """Empty when none is needed."""
        ...

    def forget(self) -> None:
        """It was not taken."""
        ...


class Connector:
    """Sends and updates activities at a service address that came in a checked activity or stands in the settings."""

    def __init__(
        self,
        session: Callable[[], aiohttp.ClientSession],
        token: TokenSource,
        pacing: Pacing,
        throttle: Throttle,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._session = session
        self._token = token
        self._pacing = pacing
        self._throttle = throttle
        self._sleep = sleep

    async def send(
        self, service_url: str, conversation_id: str, activity: Mapping[str, Any], reply_to: str | None = None
    ) -> str:
        """Send an activity, as a reply where there is something to reply to; returns its id. Raises a PortError."""
        await self._pacing.wait(conversation_id)
        path = f"conversations/{quote(conversation_id, safe='')}/activities"
        if reply_to:
            path += f"/{quote(reply_to, safe='')}"
        return _text_in(await self._call("POST", service_url, path, activity), "id")

    async def open_personal(self, service_url: str, bot_id: str, member_id: str, tenant_id: str) -> str:
        """The id of the conversation of the bot with one person, made when there is none; raises a PortError.

        The channel refuses it where the person has not got the app (teams.md 4.2).
        """
        asked = {
            "bot": {"id": bot_id},
            "members": [{"id": member_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
            "isGroup": False,
        }
        found = _text_in(await self._call("POST", service_url, "conversations", asked), "id")
        if not found:
            raise PermanentFailure("the channel gave no conversation")
        return found

    async def start_thread(
        self, service_url: str, channel_id: str, tenant_id: str, activity: Mapping[str, Any]
    ) -> tuple[str, str]:
        """Post in a channel; the conversation that is its thread, and the id of the post. Raises a PortError.

        Either may be "" when the channel does not name it.
        """
        await self._pacing.wait(channel_id)
        asked = {
            "isGroup": True,
            "channelData": {"channel": {"id": channel_id}, "tenant": {"id": tenant_id}},
            "tenantId": tenant_id,
            "activity": activity,
        }
        answer = await self._call("POST", service_url, "conversations", asked)
        return _text_in(answer, "id"), _text_in(answer, "activityId")

    async def update(
        self, service_url: str, conversation_id: str, activity_id: str, activity: Mapping[str, Any]
    ) -> str:
        """Replace an activity; raises Gone when it is no longer there, or another PortError."""
        await self._pacing.wait(conversation_id)
        path = f"conversations/{quote(conversation_id, safe='')}/activities/{quote(activity_id, safe='')}"
        return _text_in(await self._call("PUT", service_url, path, activity), "id")

    async def address(self, service_url: str, conversation_id: str, member_id: str) -> str:
        """The UPN of a member of a conversation, or the e-mail address; "" without one. Raises a PortError."""
        path = f"conversations/{quote(conversation_id, safe='')}/members/{quote(member_id, safe='')}"
        member = await self._call("GET", service_url, path, None)
        return _text_in(member, "userPrincipalName") or _text_in(member, "email")

    async def see_members(self, service_url: str, conversation_id: str) -> None:
        """Ask for a page of the members; raises a PortError where the bot is none of them."""
        await self._call("GET", service_url, f"conversations/{quote(conversation_id, safe='')}/pagedmembers", None)

    async def _call(self, method: str, service_url: str, path: str, body: Mapping[str, Any] | None) -> bytes:
        url = f"{service_url.rstrip('/')}/v3/{path}"
        data = None if body is None else orjson.dumps(body)
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(BOUND_SECONDS):
                for tried in count(1):
                    try:
                        return await self._once(method, url, data)
                    except PortError as failure:
                        jitter = random.random()  # noqa: S311  not a secret
                        wait = wait_before_next(method, failure, tried, loop.time() - began, jitter)
                        if wait is None:
                            raise
                    await self._sleep(wait)
        except TimeoutError:
            raise UncertainOutcome("the channel did not answer in time") from None
        raise AssertionError("the last try returns or raises")

    async def _once(self, method: str, url: str, data: bytes | None) -> bytes:
        headers = {"Content-Type": "application/json"}
        token = await self._token.get()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._session().request(
                method, URL(url, encoded=True), data=data, headers=headers, allow_redirects=False
            ) as response:
                if response.status < 300:
                    return await response.read()
                raise await self._failure(response)
        except aiohttp.ClientConnectorError as error:
            raise TemporaryFailure(f"the channel cannot be reached: {type(error).__name__}") from error
        except (aiohttp.ClientError, ValueError) as error:
            raise UncertainOutcome(f"the connection to the channel broke: {type(error).__name__}") from error

    async def _failure(self, response: aiohttp.ClientResponse) -> PortError:
        code = error_code(_json(await response.content.read(_LONGEST_ERROR)))
        told = f"the channel answered {response.status} {code}".rstrip()
        failure = failure_of(response.status, response.headers, told)
        if response.status == 401:
            self._token.forget()
        if response.status == 429 and isinstance(failure, TemporaryFailure):
            self._throttle.slow_down(failure.retry_after)
        return failure


def _text_in(body: bytes, name: str) -> str:
    answer = _json(body)
    found = answer.get(name) if isinstance(answer, dict) else None
    return found if isinstance(found, str) else ""


def _json(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
