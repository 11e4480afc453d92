"""`/metrics`: the numbers of `bot.metrics` for Prometheus.

With a token, whoever sends it may read them. Without one only this machine may, and what a proxy on this machine
passes on is not from this machine: such a request names another host or says for whom it asks.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.loopback import is_loopback

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-ARR-SSL", "Via")


class MetricsPage:
    """Adds the route. numbers gives the page; raises StoreError, which becomes 503."""

    def __init__(self, token: str, numbers: Callable[[], Awaitable[bytes]]) -> None:
        self._token = token
        self._numbers = numbers

    def __call__(self, app: web.Application) -> None:
        """Register it."""
        app.router.add_get("/metrics", self._show)

    async def _show(self, request: web.Request) -> web.Response:
        if self._token:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            given, right = token.strip().encode("utf-8", "surrogateescape"), self._token.encode()
            if scheme.lower() != "bearer" or not hmac.compare_digest(given, right):
                raise web.HTTPUnauthorized(text="a token is needed", headers={"WWW-Authenticate": "Bearer"})
        elif not _from_this_machine(request):
            raise web.HTTPForbidden(text="without METRICS_TOKEN, only this machine may read the numbers")
        return web.Response(body=await self._numbers(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _from_this_machine(request: web.Request) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    return is_loopback(request.remote or "") and is_loopback(request.url.host or "")
