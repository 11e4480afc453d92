"""A stand-in for the Bot Framework on loopback: an issuer with real RSA keys, and a connector that takes replies."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

APP_ID = "11111111-1111-1111-1111-111111111111"
TENANT = "22222222-2222-2222-2222-222222222222"
ISSUER = "https://api.botframework.com"


def new_key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


# Making a key takes longer than most tests.
_FIRST_KEY = new_key()


class BotFramework:
    """Signs tokens, publishes its keys, and records what is sent to its connector."""

    def __init__(self) -> None:
        self.keys: dict[str, tuple[RSAPrivateKey, list[str]]] = {"k1": (_FIRST_KEY, ["msteams"])}
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: list[web.Response] = []
        self.key_fetches = 0
        self.down = False
        app = web.Application()
        app.router.add_get("/openid", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_route("*", "/connector/v3/{path:.*}", self._connector)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def metadata_url(self) -> str:
        return str(self.server.make_url("/openid"))

    @property
    def service_url(self) -> str:
        return str(self.server.make_url("/connector/"))

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": APP_ID, "exp": now + 600, "nbf": now - 10, "serviceurl": self.service_url}
        return {key: value for key, value in {**claims, **changes}.items() if value is not None}

    def token(self, kid: str = "k1", algorithm: str = "RS256", **changes: Any) -> str:
        return jwt.encode(self.claims(**changes), self.keys[kid][0], algorithm, {"kid": kid})

    def activity(self, **changes: Any) -> dict[str, Any]:
        return {
            "type": "message",
            "id": "m1",
            "text": "skriveren virker ikke",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": "29:kari", "name": "Kari", "aadObjectId": "kari"},
            "recipient": {"id": f"28:{APP_ID}", "name": "Losen"},
            "conversation": {"id": "a:1;x@y", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            **changes,
        }

    async def _metadata(self, request: web.Request) -> web.Response:
        if self.down:
            raise web.HTTPServiceUnavailable
        return web.json_response({"jwks_uri": str(self.server.make_url("/keys"))})

    async def _keys(self, request: web.Request) -> web.Response:
        self.key_fetches += 1
        keys: list[dict[str, Any]] = [{"kty": "oct", "kid": "odd"}, {"kty": "RSA", "kid": "broken", "n": "!"}]
        for kid, (key, endorsements) in self.keys.items():
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
            keys.append({**public, "kid": kid, "use": "sig", "endorsements": endorsements})
        return web.json_response({"keys": keys})

    async def _connector(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else {}
        self.sent.append((request.method, request.raw_path, body))
        if self.answers:
            return self.answers.pop(0)
        await asyncio.sleep(0)
        return web.json_response({"id": f"r{len(self.sent)}"}, status=201)
