"""The keys that the Bot Framework signs its tokens with, fetched ahead and renewed without stopping anything.

The SDK fetches them with a blocking call, keeps them for a day, and fails with a 500 on a key it has not seen
(teams.md 2.3). Here a key not seen before makes one new fetch, but not more than one a minute, so that made-up key
ids cannot be used to make us hammer the issuer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import orjson

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
_REFRESH_SECONDS = 24 * 3600
LEAST_BETWEEN_FETCHES = 60

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels it may speak for."""

    key: Any
    endorsements: frozenset[str]


class SigningKeys:
    """Keys by their id. `monotonic` gives seconds that never go back; `session` is the server's HTTP session."""

    def __init__(
        self,
        session: Callable[[], aiohttp.ClientSession],
        monotonic: Callable[[], float],
        metadata_url: str = METADATA_URL,
    ) -> None:
        self._session = session
        self._monotonic = monotonic
        self._metadata_url = metadata_url
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching = asyncio.Lock()

    @property
    def loaded(self) -> bool:
        """Whether there are keys to check with."""
        return bool(self._keys)

    async def get(self, key_id: str) -> SigningKey | None:
        """The key with this id; None when the issuer does not have it, or cannot be asked."""
        key = self._keys.get(key_id)
        if key is None or self._is_old():
            await self.refresh()
            key = self._keys.get(key_id)
        return key

    async def refresh(self) -> None:
        """Fetch the keys anew, unless that was tried less than a minute ago; failures keep what we have."""
        async with self._fetching:
            now = self._monotonic()
            if self._tried_at is not None and now - self._tried_at < LEAST_BETWEEN_FETCHES:
                return
            self._tried_at = now
            try:
                async with asyncio.timeout(10):
                    metadata = await self._json(self._metadata_url)
                    keys = _read_keys(await self._json(str(metadata["jwks_uri"])))
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
                _log.error("the signing keys could not be fetched: %s", type(error).__name__)
                return
            self._keys, self._fetched_at = keys, now

    def _is_old(self) -> bool:
        return self._fetched_at is None or self._monotonic() - self._fetched_at > _REFRESH_SECONDS

    async def _json(self, url: str) -> Any:
        async with self._session().get(url) as response:
            response.raise_for_status()
            return orjson.loads(await response.read())


def _read_keys(document: Any) -> Mapping[str, SigningKey]:
    keys: dict[str, SigningKey] = {}
    for one in document["keys"]:
        try:
            if one.get("kty") == "RSA" and isinstance(one.get("kid"), str):
                endorsements = frozenset(str(channel) for channel in one.get("endorsements") or ())
                keys[one["kid"]] = SigningKey(jwt.PyJWK.from_dict(one, "RS256").key, endorsements)
        except (jwt.PyJWTError, AttributeError):
            continue  # one key we cannot read must not cost us the others
    if not keys:
        raise ValueError("no usable key")
    return keys
