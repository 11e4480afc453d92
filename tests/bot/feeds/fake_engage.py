"""Stand-ins for Viva Engage's REST interface and for Entra's token endpoint, on loopback.

Written from the public reference of the interface that was Yammer's: messages.json, messages/in_group, in_thread. A
list holds the twenty newest messages and no more; `threaded=true` leaves those that begin conversations, `older_than`
goes on behind a message, and `meta.older_available` says whether there is more. Members talk there too.
"""

from __future__ import annotations

import itertools
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.feeds.faults import Faults


class FakeEngage:
    """Messages by id; a conversation is a message and those that answer to it."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.messages: dict[int, dict[str, Any]] = {}
        self.tokens_given = 0
        self.refresh_tokens: list[str] = []
        self.lapsed = False
        self._ids = itertools.count(1001)
        app = web.Application()
        app.router.add_post("/api/v1/messages.json", self._post)
        app.router.add_get(r"/api/v1/messages/in_group/{group:\d+}.json", self._in_group)
        app.router.add_get(r"/api/v1/messages/in_thread/{thread:\d+}.json", self._in_thread)
        app.router.add_post("/t1/oauth2/v2.0/token", self._token)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    def conversations(self, group: int) -> list[list[dict[str, Any]]]:
        """Each with its messages, oldest first."""
        starters = [one for one in self.messages.values() if one["group_id"] == group and one["thread_id"] == one["id"]]
        return [[one for one in self.messages.values() if one["thread_id"] == first["id"]] for first in starters]

    async def _post(self, request: web.Request) -> web.Response:
        fault = self.faults.meet(request, "post")
        self._check_token(request)
        asked, new_id = await request.json(), next(self._ids)
        known = {"body": str, "group_id": int, "replied_to_id": int}
        if not asked.get("body") or any(type(value) is not known.get(name) for name, value in asked.items()):
            return web.json_response({"base": ["Message can't be blank"]}, status=400)
        if "group_id" not in asked and "replied_to_id" not in asked:
            return web.json_response({"base": ["nowhere"]}, status=400)
        thread, group = new_id, asked.get("group_id")
        if "replied_to_id" in asked:
            before = self.messages.get(asked["replied_to_id"])
            if before is None:
                raise web.HTTPNotFound(text="{}")
            thread, group = before["thread_id"], before["group_id"]
        body = {"plain": asked["body"], "parsed": asked["body"], "rich": asked["body"]}
        message = {"id": new_id, "thread_id": thread, "group_id": group, "body": body}
        self.messages[new_id] = message
        return self.faults.answer(request, fault, web.json_response({"messages": [message]}, status=201))

    async def _in_group(self, request: web.Request) -> web.Response:
        return self._listed(request, "group_id", int(request.match_info["group"]))

    async def _in_thread(self, request: web.Request) -> web.Response:
        return self._listed(request, "thread_id", int(request.match_info["thread"]))

    def _listed(self, request: web.Request, by: str, value: int) -> web.Response:
        self.faults.meet(request, "look")
        self._check_token(request)
        found = sorted((one for one in self.messages.values() if one[by] == value), key=lambda one: -one["id"])
        if request.query.get("threaded") == "true":
            found = [one for one in found if one["thread_id"] == one["id"]]
        if "older_than" in request.query:
            found = [one for one in found if one["id"] < int(request.query["older_than"])]
        return web.json_response({"messages": found[:20], "meta": {"older_available": len(found) > 20}})

    def talk(self, post: str, count: int) -> None:
        """Members answer so many times in a conversation."""
        group = self.messages[int(post)]["group_id"]
        for _ in range(count):
            new_id, body = next(self._ids), {"plain": "Gjelder det oss også?"}
            self.messages[new_id] = {"id": new_id, "thread_id": int(post), "group_id": group, "body": body}

    def _check_token(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer token-{self.tokens_given}":
            raise web.HTTPUnauthorized(text='{"response": {"message": "Token not found.", "code": 16}}')

    async def _token(self, request: web.Request) -> web.Response:
        asked = await request.post()
        if self.lapsed:
            return web.json_response({"error": "invalid_grant", "error_description": "secret-refresh"}, status=400)
        assert asked["grant_type"] == "refresh_token"
        assert (asked["client_id"], asked["client_secret"]) == ("app", "app-secret")
        self.refresh_tokens.append(str(asked["refresh_token"]))
        self.tokens_given += 1
        answer = {"access_token": f"token-{self.tokens_given}", "expires_in": 3600, "refresh_token": "newer"}
        return web.json_response(answer)
