"""Reading a request body that anyone may have written: bounded, and never a 5xx for what the other side did."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from aiohttp import web

from knowledge.errors import BadActivity

MAX_BODY_BYTES = 256 * 1024
# A client that sends a byte now and then must not hold a connection for ever.
PATIENCE_SECONDS = 20.0
# Far more than any card has; deeper JSON only serves to exhaust the stack of whoever walks it.
MAX_DEPTH = 40


class BodyTooLarge(BadActivity):
    """The body is longer than the limit; becomes HTTP 413."""


async def read_body(request: web.Request, limit: int = MAX_BODY_BYTES, patience: float = PATIENCE_SECONDS) -> bytes:
    """The body; raises BodyTooLarge as soon as the limit is passed, and HTTP 408 when it does not come in time."""
    if request.content_length is not None and request.content_length > limit:
        raise BodyTooLarge(f"the body is larger than {limit} bytes")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(patience):
            async for part in request.content.iter_chunked(64 * 1024):
                size += len(part)
                if size > limit:
                    raise BodyTooLarge(f"the body is larger than {limit} bytes")
                parts.append(part)
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="the body did not come in time") from None
    return b"".join(parts)


def parse_object(body: bytes) -> dict[str, Any]:
    """The body as a JSON object of bounded depth; raises BadActivity."""
    try:
        # orjson refuses what would break later: NaN, lone surrogates, invalid UTF-8.
        data = orjson.loads(body)
    except (orjson.JSONDecodeError, RecursionError) as error:
        raise BadActivity("the body is not JSON") from error
    if not isinstance(data, dict):
        raise BadActivity("the body must be a JSON object")
    if _too_deep(data):
        raise BadActivity(f"the body is nested deeper than {MAX_DEPTH} levels")
    return data


def _too_deep(data: object) -> bool:
    level: list[object] = [data]
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for one in level:
            if isinstance(one, dict):
                below.extend(one.values())
            elif isinstance(one, list):
                below.extend(one)
        if not below:
            return False
        level = below
    return True
