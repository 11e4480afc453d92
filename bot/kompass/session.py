"""The session: one token for everybody, renewed before it runs out, by one login at a time.

When the token runs out stands in it (JWT, `exp`); its signature is not ours to check. A token that cannot be read is
used for a quarter of an hour. A refused login is not tried again at once: that could lock the account.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from knowledge.errors import TemporaryFailure

_UNREADABLE_LASTS = 900.0
_LONGEST_AHEAD = 300.0
_AHEAD = 0.1
_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 300.0


class LoginRefused(TemporaryFailure):
    """Kompass does not accept user and password. Nothing is lost: cases wait until an operator has put it right."""


class Session:
    """log_in gives a token or raises PortError. clock gives aware times."""

    def __init__(self, log_in: Callable[[], Awaitable[str]], clock: Callable[[], datetime]) -> None:
        self._log_in = log_in
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._token = ""
        self._renew_at = 0.0
        self._refused_until = 0.0
        self._refusals = 0

    async def token(self) -> str:
        """A token that is good for now; raises PortError."""
        async with self._one_at_a_time:
            now = self._clock().timestamp()
            if self._token and now < self._renew_at:
                return self._token
            if now < self._refused_until:
                raise LoginRefused("the login was refused a moment ago")
            try:
                token = await self._log_in()
            except LoginRefused:
                # One refusal may be an accident; a wrong password is tried ever more seldom.
                self._refused_until = now + min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._refusals, 20))
                self._refusals += 1
                raise
            self._token, self._refusals = token, 0
            self._renew_at = renew_at(token, self._clock().timestamp())
            return token

    def drop(self, token: str) -> None:
        """This token was refused. A newer one, which somebody else may have got meanwhile, stays."""
        if token == self._token:
            self._token = ""


def renew_at(token: str, now: float) -> float:
    """When a token got at `now` is renewed, in seconds since 1970: a tenth of its life early, at most 5 min."""
    ends = _expiry(token)
    if ends is None:
        return now + _UNREADABLE_LASTS
    return ends - min(_LONGEST_AHEAD, max(0.0, ends - now) * _AHEAD)


def _expiry(token: str) -> float | None:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    ends = claims.get("exp") if isinstance(claims, dict) else None
    if isinstance(ends, bool) or not isinstance(ends, int | float) or not 0 < ends < 1e11:
        return None
    return float(ends)
