"""Our own token for answering, fetched once and kept.

The SDK makes new credentials every turn and fetches a token for each on the event loop (teams.md 2.5): the factory
here gives the same credentials every time, and `BotToken` asks them in a thread and only now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botbuilder.integration.aiohttp import ConfigurationServiceClientCredentialFactory
from botframework.connector.auth import AuthenticationConstants, ServiceClientCredentialsFactory

from bot.settings import Settings
from knowledge.errors import TemporaryFailure

# MSAL keeps a token for its hour and renews it before its end; asking it this often keeps ours fresh.
_KEEP_SECONDS = 300


@dataclass(frozen=True)
class SdkConfiguration:
    """The settings under the names the SDK looks for. Without an app id (development) it takes no tenant."""

    APP_ID: str
    APP_PASSWORD: str
    APP_TENANTID: str
    APP_TYPE: str

    @classmethod
    def of(cls, settings: Settings) -> SdkConfiguration:
        """The SDK's single-tenant type refuses an empty app id, which only development mode gets this far with."""
        kind = settings.app_type.value if settings.app_id else "MultiTenant"
        return cls(settings.app_id, settings.app_password, settings.app_tenantid, kind)


class CachingCredentials(ServiceClientCredentialsFactory):  # type: ignore[misc]  # the SDK is untyped
    """The SDK's factory, giving the same credentials for the same question."""

    def __init__(self, configuration: SdkConfiguration) -> None:
        self._inner = ConfigurationServiceClientCredentialFactory(configuration)
        self._made: dict[tuple[str, str, str, bool], Any] = {}

    async def is_valid_app_id(self, app_id: str) -> bool:
        """As the SDK has it."""
        return bool(await self._inner.is_valid_app_id(app_id))

    async def is_authentication_disabled(self) -> bool:
        """Never: whether a request may come in is decided by our own check alone."""
        return False

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> Any:
        """The credentials, made the first time."""
        key = (app_id, oauth_scope, login_endpoint, validate_authority)
        if key not in self._made:
            self._made[key] = await self._inner.create_credentials(*key)
        return self._made[key]


class BotToken:
    """The token to answer with; empty without an app id, which only development mode runs without."""

    def __init__(self, factory: CachingCredentials, app_id: str, monotonic: Callable[[], float]) -> None:
        self._factory = factory
        self._app_id = app_id
        self._monotonic = monotonic
        self._token = ""
        self._got_at: float | None = None
        self._getting = asyncio.Lock()

    async def get(self) -> str:
        """The token; raises TemporaryFailure when none can be had."""
        if not self._app_id:
            return ""
        if self._is_fresh():
            return self._token
        async with self._getting:
            if not self._is_fresh():
                self._token = await self._fetch()
                self._got_at = self._monotonic()
            return self._token

    def forget(self) -> None:
        """The other side did not take it: fetch a new one next time."""
        self._got_at = None

    def _is_fresh(self) -> bool:
        return self._got_at is not None and self._monotonic() - self._got_at < _KEEP_SECONDS

    async def _fetch(self) -> str:
        credentials = await self._factory.create_credentials(
            self._app_id,
            AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
            AuthenticationConstants.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX,
            True,
        )
        try:
            return str(await asyncio.to_thread(credentials.get_access_token))
        except Exception as error:  # MSAL and requests raise what they like; none of it may carry the secret on
            raise TemporaryFailure(f"no token for answering: {type(error).__name__}") from None
