"""Systemoversikten over HTTP: whole tables, read with a key in a header of its own.

The key goes to the one configured host and nowhere else: the address is checked with the settings, redirects are not
followed (the address without the last slash gets one), and no error carries a header. A status says little: whoever is
not let in may get a page with status 200, so an answer counts only when it is JSON. Reading is safe to repeat, so what
may pass is tried again by the rules of `bot.retry`; there is one request at a time, since the other side logs each.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import aiohttp

from bot.nightly import PATIENT, patiently
from bot.retry import RetryPolicy, seconds_asked_for
from knowledge.errors import PermanentFailure, TemporaryFailure
from knowledge.systemoversikten import FORVALTERE, TABLES

TIMEOUT_SECONDS = 60.0
"""For one table. A table takes the real server several seconds to make."""

MAX_BYTES = 64 * 1024 * 1024
"""Of one table; 1500 systems are 2.4 MB."""

BRISK = RetryPolicy(first_wait=1.0, longest_wait=5.0, give_up_after=timedelta(seconds=20))
"""Somebody waits for the command."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the tables are and what opens them. url has no slash at its end; no forvaltere_key: no names of persons."""

    url: str
    key: str = field(repr=False)
    forvaltere_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SystemoversiktenClient:
    """Fetches the tables. clock gives aware times, sleep waits in seconds, jitter is from 0 to 1."""

    source: Source
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]
    policy: RetryPolicy = PATIENT
    timeout_seconds: float = TIMEOUT_SECONDS

    async def fetch(self) -> dict[str, object]:
        """Every table's parsed answer by its name; raises PortError when one of them cannot be had."""
        timeout = aiohttp.ClientTimeout(total=self.timeout_seconds)
        # No cookies are kept: a session begun by a log-in page is nothing for us.
        async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
            answers = {name: await self._table(session, f"/api/{name}/", self.source.key) for name in TABLES}
            if self.source.forvaltere_key:
                path = f"/tjenestekatalogen/{FORVALTERE}/"
                answers[FORVALTERE] = await self._table(session, path, self.source.forvaltere_key)
        return answers

    async def _table(self, session: aiohttp.ClientSession, path: str, key: str) -> object:
        """One table, tried again while that may help."""
        work = partial(self._get, session, path, key)
        return await patiently(work, self.policy, clock=self.clock, sleep=self.sleep, jitter=self.jitter)

    async def _get(self, session: aiohttp.ClientSession, path: str, key: str) -> object:
        headers = {"key": key, "Accept": "application/json"}
        try:
            async with session.get(self.source.url + path, headers=headers, allow_redirects=False) as response:
                body = bytearray()
                async for chunk in response.content.iter_chunked(1 << 16):
                    body += chunk
                    if len(body) > MAX_BYTES:
                        raise PermanentFailure(f"{path}: the answer is larger than {MAX_BYTES} bytes")
                return read_answer(path, response.status, response.headers, bytes(body))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # The type only: the error itself may quote the request.
            raise TemporaryFailure(f"{path}: no whole answer ({type(error).__name__})") from None


def read_answer(path: str, status: int, headers: Mapping[str, str], body: bytes) -> object:
    """The parsed JSON of an answer; raises TemporaryFailure when another attempt may help, else PermanentFailure."""
    if status == 403:
        raise PermanentFailure(f"{path}: the key was refused (403)")
    if 300 <= status < 400:
        raise PermanentFailure(f"{path}: a redirect ({status}), which is not followed since the key would go along")
    if status == 429 or status >= 500:
        raise TemporaryFailure(
            f"{path}: status {status}",
            retry_after=seconds_asked_for(headers.get("Retry-After", ""), headers.get("Date", "")),
        )
    if status != 200:
        raise PermanentFailure(f"{path}: status {status}")
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise PermanentFailure(f"{path}: the answer is {kind or 'of no type'}, not JSON; is the address protected?")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise TemporaryFailure(f"{path}: the answer is not whole JSON") from None
