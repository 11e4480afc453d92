"""The one HTTP server: the page, Direct Line, the Bot Framework's messages, feed pages and health.

Every answer to a wrong request is a 4xx with one sentence in JSON, and nothing about the inside ever leaves the server:
an unexpected error is logged with a number, and the number is all that is told. Stopping is graceful: readiness says
no first, then the listeners are closed, requests in flight finish, and the stops given by `app.py` run in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot.channels.reading_json import BodyTooLarge
from knowledge.errors import BadActivity, LosenError, StoreError

Check = Callable[[], Awaitable[bool]]
Register = Callable[[web.Application], None]
Step = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)

DRAINING: web.AppKey[Draining] = web.AppKey("draining")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
# Nothing from elsewhere; a page that needs more than this says so itself (`web/pages.py`).
_STRICT_CSP = "default-src 'none'; frame-ancestors 'none'"
_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class Draining:
    """Whether the server has begun to stop."""

    now: bool = False


@dataclass(frozen=True, slots=True)
class ServerParts:
    """What the server is built of.

    routes: each adds its own (page, Direct Line, Teams, feed). ready: named checks of `/readyz`. starts and stops run
    in order around the server's life. loopback_only: refuse any Host but this machine's and any foreign Origin, so that
    a web site cannot reach the development server through the browser of whoever visits it.
    """

    routes: Sequence[Register]
    ready: Mapping[str, Check] = field(default_factory=dict)
    starts: Sequence[Step] = ()
    stops: Sequence[Step] = ()
    loopback_only: bool = True


def create_app(parts: ServerParts) -> web.Application:
    """The application, ready to be run or tested."""
    guards = [_errors_as_json]
    if parts.loopback_only:
        guards.append(_only_this_machine)
    app = web.Application(middlewares=guards)
    app[DRAINING] = Draining()
    app.on_response_prepare.append(_add_headers)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", _readiness(parts.ready))
    # Before the routes' own: messages left by a kill are answered when everything has started, and effects that are
    # drained at the stop may still have something to say in a channel.
    app.on_startup.extend(_as_hook(step) for step in parts.starts)
    app.on_shutdown.append(_begin_draining)
    app.on_cleanup.extend(_as_hook(step) for step in parts.stops)
    for register in parts.routes:
        register(app)
    return app


async def run_server(
    app: web.Application,
    host: str,
    port: int,
    *,
    drain_seconds: float,
    on_listening: Callable[[str], None],
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until SIGTERM, SIGINT or `stop`, then stop gracefully. `on_listening` gets the address people open."""
    # No access log: it would hold the tokens of WebSocket addresses.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=drain_seconds, handle_signals=False)
    stop = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    try:
        await runner.setup()
        # Everything read at the start stays: without it in every collection a turn takes a fifth less. Before anybody
        # can ask, whom it would hold up.
        gc.collect()
        gc.freeze()
        gc.enable()
        site = web.TCPSite(runner, host, port)
        await site.start()
        shown = f"[{host}]" if ":" in host else host
        on_listening(f"http://{shown}:{runner.addresses[0][1]}/")
        await stop.wait()
        app[DRAINING].now = True
    finally:
        await runner.cleanup()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)


def _as_hook(step: Step) -> Callable[[web.Application], Awaitable[None]]:
    async def run(app: web.Application) -> None:
        await step()

    return run


async def _begin_draining(app: web.Application) -> None:
    app[DRAINING].now = True


async def _alive(request: web.Request) -> web.Response:
    return web.json_response({"status": "alive"})


def _readiness(checks: Mapping[str, Check]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def ready(request: web.Request) -> web.Response:
        results = {name: await _passes(name, check) for name, check in checks.items()}
        results["not_stopping"] = not request.app[DRAINING].now
        good = all(results.values())
        return web.json_response(
            {"status": "ready" if good else "not ready", "checks": results}, status=200 if good else 503
        )

    return ready


async def _passes(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(2):
            return await check()
    except (LosenError, OSError, TimeoutError) as error:
        _log.warning("readiness check %s failed: %s", name, type(error).__name__)
        return False


@web.middleware
async def _errors_as_json(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _refusal(error.status, error.text or error.reason, dict(_allow(error)))
    except BodyTooLarge as error:
        return _refusal(413, str(error))
    except BadActivity as error:
        return _refusal(400, str(error))
    except StoreError as error:
        _log.error("the store refused: %s", error)
        return _refusal(503, "cannot take messages just now; try again", {"Retry-After": "5"})
    except (ConnectionError, asyncio.CancelledError):
        raise
    except Exception:
        number = uuid.uuid4().hex[:12]
        _log.exception("unexpected error %s at %s", number, request.match_info.route.resource)
        return _refusal(500, f"an unexpected error, number {number}")


def _allow(error: web.HTTPException) -> Mapping[str, str]:
    return {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}


def _refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response({"error": message}, status=status, headers=headers)


@web.middleware
async def _only_this_machine(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    if _hostname(request.headers.get("Host", "")) not in _LOOPBACK_NAMES:
        raise web.HTTPForbidden(text="this server answers to this machine's own name only")
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{request.headers['Host'].lower()}":
        raise web.HTTPForbidden(text="requests from other sites are refused")
    return await handler(request)


def _hostname(host: str) -> str:
    name = host.lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if ":" in name else name


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _STRICT_CSP)
    response.headers.pop("Server", None)
