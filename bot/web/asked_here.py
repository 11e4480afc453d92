"""Whether a request comes from this machine itself.

What a proxy on this machine passes on does not: such a request names another host or says for whom it asks.
"""

from __future__ import annotations

from aiohttp import web

from bot.loopback import is_loopback

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-ARR-SSL", "Via")


def asked_here(request: web.Request) -> bool:
    """Whether nobody but a program on this machine can have asked."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    return is_loopback(request.remote or "") and is_loopback(request.url.host or "")
