"""Who may post to `/api/messages`: our own check, before the SDK sees anything (teams.md 2).

The SDK answers garbage, expired and foreign tokens with a 500, checks no service address when the activity names
none, and turns itself off when the app id is empty. Here a request without a good token is refused with 401, a good
token for something that is not ours with 403, and there is no way to turn the check off but development mode.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from bot.channels.teams.signing_keys import SigningKeys
from knowledge.errors import OperationError

ISSUER = "https://api.botframework.com"
_LEEWAY_SECONDS = 300
_LONGEST_HEADER = 16 * 1024


class Refused(OperationError):
    """The request may not come in. `status` is 401 or 403; the message says no more than an outsider may know."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Authentication:
    """Checks a request against the app it is for and the tenant whose users may talk to it."""

    keys: SigningKeys
    app_id: str
    tenant_id: str
    issuer: str = ISSUER

    async def check(self, authorization: list[str], activity: Mapping[str, Any]) -> None:
        """Raises Refused. `authorization` holds every Authorization header of the request."""
        claims = await self._claims(_bearer(authorization), activity)
        _check_service_url(claims, activity)
        _check_tenant(activity, self.tenant_id)

    async def _claims(self, token: str, activity: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError) as error:
            raise Refused(401, "the token cannot be read") from error
        key_id = header.get("kid")
        # The header chooses the key, never the algorithm: "none" and HS256 with the public key are old tricks.
        if header.get("alg") != "RS256" or not isinstance(key_id, str):
            raise Refused(401, "the token is not signed as it must be")
        key = await self.keys.get(key_id)
        if key is None:
            raise Refused(401, "the token is signed with an unknown key")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self.app_id,
                issuer=self.issuer,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["exp", "nbf", "iss", "aud"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise Refused(401, "the token is not valid here") from error
        channel = activity.get("channelId")
        if not isinstance(channel, str) or channel not in key.endorsements:
            raise Refused(403, "the token's key may not speak for this channel")
        return claims


def _bearer(authorization: list[str]) -> str:
    if len(authorization) != 1:
        raise Refused(401, "exactly one Authorization header is needed")
    kind, _, token = authorization[0].partition(" ")
    if kind.lower() != "bearer" or not token.strip() or len(token) > _LONGEST_HEADER:
        raise Refused(401, "a bearer token is needed")
    return token.strip()


def _check_service_url(claims: Mapping[str, Any], activity: Mapping[str, Any]) -> None:
    # Our own token is sent to this address with the answer, so it must be the one that was signed.
    service_url = activity.get("serviceUrl")
    if not isinstance(service_url, str) or not service_url or claims.get("serviceurl") != service_url:
        raise Refused(403, "the token is for another service address")


def _check_tenant(activity: Mapping[str, Any], tenant_id: str) -> None:
    # The signature says that the channel sent it, not from whom: any tenant can install an app.
    found = tenant_of(activity)
    if not found or found != {tenant_id.lower()}:
        raise Refused(403, "users of this tenant cannot talk to the bot")


def tenant_of(activity: Mapping[str, Any]) -> set[str]:
    """Every tenant id the activity names, in lower case."""
    named: list[object] = []
    for path in (("channelData", "tenant", "id"), ("conversation", "tenantId")):
        value: object = activity
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        named.append(value)
    return {one.lower() for one in named if isinstance(one, str) and one}
