"""Our own token for answering, fetched once and kept.

The SDK makes new credentials every turn and fetches a token for each on the event loop (teams.md 2.5): here they are
made once, and asked in a thread and only now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Lock
from typing import Any

from bot.settings import AppType, Settings
from knowledge.errors import TemporaryFailure

# MSAL keeps a token for its hour and renews it before its end; asking it this often keeps ours fresh.
_KEEP_SECONDS = 300


class Credentials:
    """The SDK's credentials of the app: a secret in its tenant, or the identity of the machine in Azure."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: Any = None
        self._made_of = ""
        self._making = Lock()

    def token(self) -> str:
        """A token, asked of Microsoft where there is no fresh one. Blocks; raises what the SDK raises."""
        with self._making:
            # A changed secret is taken up while the bot runs.
            secret = self._settings.secret_files.now("APP_PASSWORD", self._settings.app_password)
            if self._made is None or secret != self._made_of:
                self._made, self._made_of = self._make(secret), secret
            made = self._made
        return str(made.get_access_token())

    def _make(self, secret: str) -> Any:
        # Loading it takes 0.1 s and 10 MB, so it is loaded when there is somebody to answer.
        from botframework.connector.auth import (
            AuthenticationConstants,
            ManagedIdentityAppCredentials,
            MicrosoftAppCredentials,
        )

        settings, scope = self._settings, AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        if settings.app_type is AppType.MANAGED_IDENTITY:
            return ManagedIdentityAppCredentials(settings.app_id, scope)
        return MicrosoftAppCredentials(settings.app_id, secret, settings.app_tenantid, scope)


class BotToken:
    """The token to answer with; empty without credentials, which only development mode runs without."""

    def __init__(self, credentials: Credentials | None, monotonic: Callable[[], float]) -> None:
        self._credentials = credentials
        self._monotonic = monotonic
        self._token = ""
        self._got_at: float | None = None
        self._getting = asyncio.Lock()

    async def get(self) -> str:
        """The token; raises TemporaryFailure when none can be had."""
        if self._credentials is None:
            return ""
        if self._is_fresh():
            return self._token
        async with self._getting:
            if not self._is_fresh():
                self._token = await self._fetch(self._credentials)
                self._got_at = self._monotonic()
            return self._token

    def forget(self) -> None:
        """The other side did not take it: fetch a new one next time."""
        self._got_at = None

    def _is_fresh(self) -> bool:
        return self._got_at is not None and self._monotonic() - self._got_at < _KEEP_SECONDS

    async def _fetch(self, credentials: Credentials) -> str:
        try:
            return await asyncio.to_thread(credentials.token)
        except Exception as error:  # MSAL and requests raise what they like; none of it may carry the secret on
            raise TemporaryFailure(f"no token for answering: {type(error).__name__}") from None
