"""Calls to a service that takes posts as JSON over HTTP: one session, one token, and what each failure means.

The token goes to the one address the operator has set, and no redirect is followed with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import aiohttp
import orjson

from bot.http_meaning import error_code, failure_of
from bot.throttle import Throttle
from knowledge.errors import PortError, TemporaryFailure, UncertainOutcome

_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
_LONGEST_ANSWER = 4 * 1024 * 1024

Judge = Callable[[int, Any], PortError | None]
"""What a service of its own mind means by a status and an answer (JSON); None: what everybody means by it."""


class Token(Protocol):
    """Gives the token to call with."""

    async def get(self) -> str:
        """Raises a PortError when none can be had."""
        ...

    def forget(self) -> None:
        """It was not taken."""
        ...


class FixedToken:
    """A token that lasts until the operator changes it."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get(self) -> str:
        """Always the same."""
        return self._token

    def forget(self) -> None:
        """There is no other."""


class FeedService:
    """One service. `name` is how its failures are told; sessions are opened on first use and closed by `close`."""

    def __init__(self, name: str, url: str, token: Token, throttle: Throttle, judge: Judge | None = None) -> None:
        self._name = name
        self._url = url
        self._token = token
        self._throttle = throttle
        self._judge = judge
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, **query: str
    ) -> Mapping[str, Any]:
        """The answer, which must be a JSON object; raises a PortError, TemporaryFailure while it must be left alone."""
        self._throttle.check()
        headers = {"Authorization": f"Bearer {await self._token.get()}", "Content-Type": "application/json"}
        data = None if body is None else orjson.dumps(body)
        try:
            async with self._open().request(
                method, f"{self._url}/{path}", params=query, data=data, headers=headers, allow_redirects=False
            ) as response:
                answer = _object(await response.content.read(_LONGEST_ANSWER))
                if response.status < 300 and answer is not None:
                    return answer
                raise self._failure(response, answer)
        except aiohttp.ClientConnectorError as error:
            raise TemporaryFailure(f"{self._name} cannot be reached: {type(error).__name__}") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise UncertainOutcome(f"{self._name} gave no answer: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the session, if there is one."""
        if self._session is not None:
            await self._session.close()
            # What TLS still has to say goes out in the next round of the loop.
            await asyncio.sleep(0)

    def _failure(self, response: aiohttp.ClientResponse, answer: object) -> PortError:
        status = response.status
        told = f"{self._name} answered {status} {error_code(answer)}".rstrip()
        if status < 400:
            # A page where JSON belongs, or a redirect: a proxy, or a service that has moved away.
            return UncertainOutcome(f"{told} without an answer that can be read")
        failure = self._judge(status, answer) if self._judge else None
        if failure is None:
            failure = failure_of(status, response.headers, told)
        if status == 401:
            self._token.forget()
        if isinstance(failure, TemporaryFailure) and (status == 429 or failure.retry_after):
            self._throttle.slow_down(failure.retry_after)
        return failure

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return answer if isinstance(answer, dict) else None
