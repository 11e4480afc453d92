"""The server: the real one's statuses, types and bytes, and faults to order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from aiohttp import web

from tests.fake_systemoversikten.data import Row, envelope, tables

KEY = "nokkel-for-tester"
FORVALTERE_KEY = "annen-nokkel-for-tester"

_LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Beskyttet</title></head><body>Du må logge inn.</body></html>"
_NO_KEY = {"message": "Missing or wrong key. Supply HTTP header 'key'", "data": None}


class Fault(StrEnum):
    """What can be wrong with an answer."""

    SERVER_ERROR = "server_error"
    THROTTLED = "throttled"
    LOGIN_PAGE = "login_page"
    TRUNCATED = "truncated"
    DROPPED = "dropped"
    WRONG_COUNT = "wrong_count"
    SLOW = "slow"
    SHRUNK = "shrunk"
    MOVED = "moved"
    NOT_JSON = "not_json"


@dataclass(frozen=True, slots=True)
class Request:
    """What came in."""

    method: str
    path: str
    key: str | None


@dataclass(slots=True)
class FakeSystemoversikten:
    """Rows to serve, the keys that open them, and the faults of the answers to come."""

    rows: dict[str, list[Row]] = field(default_factory=tables)
    key: str = KEY
    forvaltere_key: str = FORVALTERE_KEY
    requests: list[Request] = field(default_factory=list)
    moved_to: str = ""
    _faults: dict[str, list[Fault]] = field(default_factory=dict)
    _always: dict[str, Fault] = field(default_factory=dict)

    def fail(self, table: str, fault: Fault, times: int | None = 1) -> None:
        """Answer with the fault the next `times` times the table is asked for; None: for ever."""
        if times is None:
            self._always[table] = fault
        else:
            self._faults.setdefault(table, []).extend([fault] * times)

    def mend(self) -> None:
        """No more faults."""
        self._faults.clear()
        self._always.clear()

    def app(self) -> web.Application:
        """The application; one handler, since the real one's oddities cut across the paths."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        return app

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(Request(request.method, request.path, request.headers.get("key")))
        if request.method == "POST":
            return _html("<h1>Forbidden</h1><p>CSRF verification failed.</p>", 403)
        folder, _, name = request.path.strip("/").rpartition("/")
        known = folder == ("tjenestekatalogen" if name == "forvaltere" else "api") and name in self.rows
        if not known:
            # Whoever is not logged in gets a page and status 200, whatever was asked for.
            return _html(_LOGIN_PAGE)
        if not request.path.endswith("/"):
            return web.Response(status=301, headers={"Location": f"{request.path}/"})
        if request.method != "GET":
            return _html("<h1>Not Found</h1>", 404)
        return await self._answer(request, name)

    async def _answer(self, request: web.Request, name: str) -> web.StreamResponse:
        if name == "forvaltere" and self.key == self.forvaltere_key:
            return _html("<h1>Server Error (500)</h1>", 500)
        if request.headers.get("key") != (self.forvaltere_key if name == "forvaltere" else self.key):
            return _json(_NO_KEY, 403)
        waiting = self._faults.get(name)
        fault = waiting.pop(0) if waiting else self._always.get(name)
        rows = self.rows[name]
        answer = envelope(name, rows)
        match fault:
            case Fault.SERVER_ERROR:
                return _html("<h1>Server Error (500)</h1>", 500)
            case Fault.THROTTLED:
                return web.Response(status=429, headers={"Retry-After": "7"})
            case Fault.LOGIN_PAGE:
                return _html(_LOGIN_PAGE)
            case Fault.NOT_JSON:
                return web.Response(body=b"ikke JSON", headers={"Content-Type": "application/json"})
            case Fault.MOVED:
                return web.Response(status=302, headers={"Location": self.moved_to})
            case Fault.TRUNCATED:
                body = json.dumps(answer).encode()
                return web.Response(body=body[: len(body) // 2], headers={"Content-Type": "application/json"})
            case Fault.DROPPED:
                return await _dropped(request, json.dumps(answer).encode())
            case Fault.SLOW:
                await asyncio.sleep(3600)
            case Fault.WRONG_COUNT:
                answer["antall"] = len(rows) + 1
            case Fault.SHRUNK:
                answer = envelope(name, rows[: len(rows) // 2])
            case None:
                pass
        return _json(answer)


def _json(value: object, status: int = 200) -> web.Response:
    """ASCII on one line, and a type without a charset, as the real one sends it."""
    return web.Response(
        status=status, body=json.dumps(value).encode("ascii"), headers={"Content-Type": "application/json"}
    )


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(status=status, text=text, content_type="text/html", charset="utf-8")


async def _dropped(request: web.Request, body: bytes) -> web.StreamResponse:
    """Promise the whole answer, send half of it, and hang up."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.close()
    return response


@asynccontextmanager
async def running(fake: FakeSystemoversikten, port: int = 0) -> AsyncIterator[str]:
    """Serve on this machine while the block runs; gives the address."""
    runner = web.AppRunner(fake.app(), access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
