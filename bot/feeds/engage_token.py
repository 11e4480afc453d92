"""The token of the service account that posts in Viva Engage: its interface lets only users post.

The account signs in once, outside this program, and leaves a refresh token; each token is fetched with that, by the
OAuth 2.0 refresh grant. Entra may give a newer refresh token along, which is used from then on; the one of the settings
stays good for as long as Entra lets it (90 days, docs/drift/groups.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from knowledge.errors import TemporaryFailure

AUTHORITY = "https://login.microsoftonline.com"
_SCOPE = "https://www.yammer.com/.default offline_access"
_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
# Renewed this long before its end, so that none ends on its way.
_EARLY = 120.0


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """The application the account has signed in to, and what it left. Secrets stay out of `repr`."""

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


class EngageToken:
    """See `service.Token`. monotonic gives seconds."""

    def __init__(self, account: ServiceAccount, monotonic: Callable[[], float], authority: str = AUTHORITY) -> None:
        self._account = account
        self._refresh_token = account.refresh_token
        self._monotonic = monotonic
        self._url = f"{authority}/{account.tenant_id}/oauth2/v2.0/token"
        self._token = ""
        self._good_until = 0.0
        self._getting = asyncio.Lock()

    async def get(self) -> str:
        """Raises TemporaryFailure when none can be had: a sign-in that has lapsed is put right by a new setting."""
        async with self._getting:
            if self._monotonic() >= self._good_until:
                await self._fetch()
            return self._token

    def forget(self) -> None:
        """It was not taken: fetch a new one next time."""
        self._good_until = 0.0

    async def _fetch(self) -> None:
        asked = {
            "grant_type": "refresh_token",
            "client_id": self._account.client_id,
            "client_secret": self._account.client_secret,
            "refresh_token": self._refresh_token,
            "scope": _SCOPE,
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.post(self._url, data=asked, allow_redirects=False) as response,
            ):
                answer = await response.json() if response.status == 200 else {}
                self._take(answer, response.status)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise TemporaryFailure(f"no token for Viva Engage: {type(error).__name__}") from None

    def _take(self, answer: Any, status: int) -> None:
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not token:
            raise TemporaryFailure(f"no token for Viva Engage: the sign-in answered {status}")
        seconds = answer.get("expires_in")
        newer = answer.get("refresh_token")
        self._token = token
        self._good_until = self._monotonic() + (seconds if isinstance(seconds, int) else 300) - _EARLY
        self._refresh_token = newer if isinstance(newer, str) and newer else self._refresh_token
