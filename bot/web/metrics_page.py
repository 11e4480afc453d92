"""`/metrics`: the numbers of `bot.metrics` for Prometheus.

With a token, whoever sends it may read them. Without one only this machine may.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.web.asked_here import asked_here


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
        elif not asked_here(request):
            raise web.HTTPForbidden(text="without METRICS_TOKEN, only this machine may read the numbers")
        return web.Response(body=await self._numbers(), headers={"Content-Type": CONTENT_TYPE_LATEST})
