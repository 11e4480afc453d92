"""Kompass over HTTP: the only module that touches the network.

One session, at most five calls at once, timeouts of our own, and redirects are never followed, since the token would
go along. What an answer means and what to do about it is decided in `answers` and `repeating`; no error of the HTTP
library leaves this file, and no error carries a header, a body or an address.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from yarl import URL

from bot.kompass.answers import Answer, Verdict, Weighed, read_token, weigh
from bot.kompass.breaker import Breaker
from bot.kompass.repeating import LONGEST_WAIT, MOST_ATTEMPTS, Next, next_step
from bot.kompass.requests import Call, Requests
from bot.kompass.session import LoginRefused, Session
from knowledge.errors import LosenError, PortError, TemporaryFailure

AT_ONCE = 5
"""Calls at the same time; more is said to be unwelcome."""

CONNECT_SECONDS = 10.0
PATIENCE = timedelta(seconds=8)
"""A call that waits longer hangs: most are answered within one second."""

MAX_BYTES = 64 * 1024 * 1024

_LOST_SESSION = (Verdict.UNAUTHORISED, Verdict.LOGIN_PAGE)
_FIRST_PROBE = 1.0
_LONGEST_PROBE = 30.0
_BUSY_IN_A_ROW = 3
"""So many calls told to wait, with no other answer between them, and all wait: the rest would be told the same."""

_LONGEST_ASKED = 3600.0
"""Seconds. A server that asks for a longer wait is asked again earlier: cases must not wait for a mistake of a day."""

_KEEP_ALIVE = 10.0
"""Seconds. A server that closes an idle connection just when a case goes out makes its outcome uncertain."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """Where Kompass is and who we are there. url has no slash at its end; password gives the one that holds now."""

    url: str
    tenant: str
    user: str
    password: Callable[[], str] = field(repr=False)


class KompassClient:
    """Makes calls. sleep waits in seconds, jitter is from 0 to 1, timeout_seconds is for one call.

    recovered is called when Kompass answers for the first time, and again after it has been down.
    """

    def __init__(
        self,
        account: Account,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        timeout_seconds: float = 30.0,
        recovered: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._account = account
        self._sleep = sleep
        self._jitter = jitter
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds, sock_connect=min(CONNECT_SECONDS, timeout_seconds))
        self._recovered = recovered
        self._requests = Requests(account.tenant)
        self._session = Session(self._log_in, clock)
        self._breaker = Breaker()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._http: aiohttp.ClientSession | None = None
        self._probing: asyncio.Task[None] | None = None
        self._asked_to_wait: set[asyncio.Task[None]] = set()
        self._busy = 0
        self._clock = clock
        self._under_way: dict[object, datetime] = {}

    @property
    def requests(self) -> Requests:
        """Builds the calls of this tenant."""
        return self._requests

    @property
    def answers(self) -> bool:
        """Whether Kompass is thought to be there: False while nobody is let through to it."""
        return not self._breaker.open

    @property
    def hangs(self) -> bool:
        """Whether Kompass takes calls and does not answer them: people should know before nobody is let through."""
        now = self._clock()
        return self._breaker.quiet or any(now - began > PATIENCE for began in self._under_way.values())

    def start(self) -> None:
        """Ask in the background whether Kompass is there, until it is. For a bot that has just started."""
        self._probe()

    async def close(self) -> None:
        """Stop asking and close every connection."""
        for task in (self._probing, *self._asked_to_wait):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        if self._http is not None:
            await self._http.close()

    async def call(self, call: Call) -> Any:
        """Make a call and return the JSON that came back.

        Raises TemporaryFailure when nothing was done, UncertainOutcome when it may have been, Refused when Kompass
        said no.
        """
        if self._breaker.open:
            raise TemporaryFailure("Kompass does not answer at the moment")
        attempt, renewed = 0, False
        while True:
            attempt += 1
            try:
                token = await self._session.token()
            except LoginRefused:
                self._probe()
                raise
            weighed = await self._send(call, token)
            if weighed.verdict in _LOST_SESSION:
                self._session.drop(token)
            step = next_step(
                call.name,
                weighed,
                reads=call.method == "GET",
                repeatable=call.repeatable,
                attempt=attempt,
                renewed=renewed,
                jitter=self._jitter(),
            )
            match step.next:
                case Next.TAKE:
                    return weighed.value
                case Next.LOG_IN:
                    renewed = True
                case Next.AGAIN:
                    await self._sleep(step.wait)
                case Next.GIVE_UP:
                    assert step.error is not None  # noqa: S101  the table gives every giving up its error
                    _log.warning("a call to Kompass failed", extra={"call": call.name, "reason": weighed.reason})
                    raise step.error

    async def _log_in(self) -> str:
        call = self._requests.log_in(self._account.user, self._account.password())
        for attempt in range(1, MOST_ATTEMPTS + 1):
            answer = await self._exchange(call, None)
            weighed = answer if isinstance(answer, Weighed) else weigh(answer)
            token = read_token(answer) if isinstance(answer, Answer) else ""
            if token:
                return token
            if weighed.verdict in (Verdict.UNAUTHORISED, Verdict.REFUSED):
                raise LoginRefused(f"the login was refused ({weighed.reason})")
            self._note(weighed)
            if attempt < MOST_ATTEMPTS:
                await self._sleep(min(weighed.retry_after or 0.3 * attempt, _LONGEST_PROBE))
        raise TemporaryFailure("no usable answer to the login")

    async def _send(self, call: Call, token: str) -> Weighed:
        answer = await self._exchange(call, token)
        weighed = answer if isinstance(answer, Weighed) else weigh(answer)
        self._note(weighed)
        return weighed

    async def _exchange(self, call: Call, token: str | None) -> Answer | Weighed:
        """The answer; or, where none came whole, what that means."""
        headers = {"Accept": "application/json"}
        if token is not None:
            headers["Cookie"] = f"SMAX_AUTH_TOKEN={token}"
        if call.body is not None:
            headers["Content-Type"] = call.content_type
        # As text the address would be quoted once more.
        url = URL(self._account.url + call.target, encoded=True)
        try:
            async with (
                self._turn(),
                self._connections().request(
                    call.method, url, data=call.body, headers=headers, allow_redirects=False
                ) as response,
            ):
                body = bytearray()
                async for chunk in response.content.iter_chunked(1 << 16):
                    body += chunk
                    if len(body) > MAX_BYTES:
                        return Weighed(Verdict.BROKEN, reason="the answer is too large")
                named = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, named, bytes(body))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Weighed(Verdict.NOT_SENT, reason=f"no connection ({type(error).__name__})")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Weighed(Verdict.BROKEN, reason=f"no whole answer ({type(error).__name__})")

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One of few calls at a time, and not before a wait that Kompass asked for is over."""
        async with self._slots:
            while self._asked_to_wait:
                await asyncio.wait(self._asked_to_wait)
            this = object()
            self._under_way[this] = self._clock()
            try:
                yield
            finally:
                del self._under_way[this]

    def _connections(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE, keepalive_timeout=_KEEP_ALIVE),
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._http

    def _note(self, weighed: Weighed) -> None:
        self._busy = self._busy + 1 if weighed.verdict is Verdict.BUSY else 0
        asked = weighed.retry_after or 0.0
        of_all = self._busy >= _BUSY_IN_A_ROW
        if self._breaker.note(weighed, too_long=of_all and asked > LONGEST_WAIT):
            _log.error("Kompass does not answer; cases wait until it does")
            self._probe(after=min(asked, _LONGEST_ASKED))
        elif of_all and 0 < asked <= LONGEST_WAIT:
            task = asyncio.ensure_future(self._sleep(asked))
            self._asked_to_wait.add(task)
            task.add_done_callback(self._asked_to_wait.discard)

    def _probe(self, after: float = 0.0) -> None:
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe_until_there(after))

    async def _probe_until_there(self, after: float) -> None:
        if after > 0:
            await self._sleep(after)
        wait = _FIRST_PROBE
        while not await self._there():
            await self._sleep(wait * (0.5 + 0.5 * self._jitter()))
            wait = min(wait * 2, _LONGEST_PROBE)
        if self._breaker.open:
            _log.warning("Kompass answers again")
        self._breaker.close()
        if self._recovered is not None:
            try:
                await self._recovered()
            except LosenError:
                _log.exception("what waits for Kompass could not be hurried")

    async def _there(self) -> bool:
        try:
            token = await self._session.token()
        except PortError:
            return False
        weighed = await self._send(self._requests.me(), token)
        if weighed.verdict in _LOST_SESSION:
            self._session.drop(token)
        return weighed.verdict is Verdict.DONE
