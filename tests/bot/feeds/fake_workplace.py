"""A stand-in for Workplace's Graph API on loopback: posts of groups, their comments, and its way of refusing."""

from __future__ import annotations

import itertools
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.feeds.faults import Faults


class FakeWorkplace:
    """Posts by "GROUP_POST" as they stand and as they were posted (first), comments by the post they are on."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.posts: dict[str, str] = {}
        self.first: dict[str, str] = {}
        self.comments: dict[str, list[str]] = {}
        self._ids = itertools.count(900001)
        app = web.Application()
        app.router.add_post(r"/{group:\d+}/feed", self._publish)
        app.router.add_get(r"/{group:\d+}/feed", self._feed)
        app.router.add_post(r"/{post:\d+_\d+}", self._edit)
        app.router.add_post(r"/{post:\d+_\d+}/comments", self._comment)
        app.router.add_get(r"/{post:\d+_\d+}/comments", self._read_comments)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    def in_group(self, group: str) -> list[str]:
        return [text for key, text in self.posts.items() if key.startswith(f"{group}_")]

    async def _publish(self, request: web.Request) -> web.Response:
        fault, asked = self.faults.meet(request, "post"), await request.json()
        self._check_token(request)
        assert asked["formatting"] == "PLAINTEXT"
        key = f"{request.match_info['group']}_{next(self._ids)}"
        self.posts[key] = self.first[key] = asked["message"]
        return self.faults.answer(request, fault, web.json_response({"id": key}))

    async def _feed(self, request: web.Request) -> web.Response:
        self.faults.meet(request, "look")
        group = request.match_info["group"]
        found = [{"id": key, "message": text} for key, text in self.posts.items() if key.startswith(f"{group}_")]
        return web.json_response({"data": found[::-1]})

    async def _edit(self, request: web.Request) -> web.Response:
        fault, asked = self.faults.meet(request, "edit"), await request.json()
        self._post_of(request)
        self.posts[request.match_info["post"]] = asked["message"]
        return self.faults.answer(request, fault, web.json_response({"success": True}))

    async def _comment(self, request: web.Request) -> web.Response:
        fault, asked = self.faults.meet(request, "comment"), await request.json()
        key = self._post_of(request)
        self.comments.setdefault(key, []).append(asked["message"])
        return self.faults.answer(request, fault, web.json_response({"id": str(next(self._ids))}))

    async def _read_comments(self, request: web.Request) -> web.Response:
        self.faults.meet(request, "look")
        told = self.comments.get(self._post_of(request), [])
        return web.json_response({"data": [{"id": str(at), "message": text} for at, text in enumerate(told)]})

    def _post_of(self, request: web.Request) -> str:
        key = request.match_info["post"]
        if key not in self.posts:
            error: dict[str, Any] = {"error": {"message": "gone", "code": 100, "error_subcode": 33}}
            raise web.HTTPBadRequest(text=web.json_response(error).text)
        return key

    def _check_token(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != "Bearer wp-secret":
            raise web.HTTPUnauthorized(text='{"error": {"code": 190}}')
