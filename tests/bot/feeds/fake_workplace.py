"""A stand-in for Workplace's Graph API on loopback: posts of groups, their comments, and its way of refusing.

A list holds `limit` objects (25 unless told) with the `fields` that were asked for: posts newest first, comments oldest
first unless `order=reverse_chronological`. Members comment too.
"""

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
        if not asked.get("message") or asked.get("formatting") not in ("PLAINTEXT", "MARKDOWN"):
            raise _bad_argument()
        key = f"{request.match_info['group']}_{next(self._ids)}"
        self.posts[key] = self.first[key] = asked["message"]
        return self.faults.answer(request, fault, web.json_response({"id": key}))

    async def _feed(self, request: web.Request) -> web.Response:
        self.faults.meet(request, "look")
        self._check_token(request)
        group = request.match_info["group"]
        found = [{"id": key, "message": text} for key, text in self.posts.items() if key.startswith(f"{group}_")]
        return _page(request, found[::-1])

    async def _edit(self, request: web.Request) -> web.Response:
        fault, asked = self.faults.meet(request, "edit"), await request.json()
        self._check_token(request)
        self._post_of(request)
        if not asked.get("message"):
            raise _bad_argument()
        self.posts[request.match_info["post"]] = asked["message"]
        return self.faults.answer(request, fault, web.json_response({"success": True}))

    async def _comment(self, request: web.Request) -> web.Response:
        fault, asked = self.faults.meet(request, "comment"), await request.json()
        self._check_token(request)
        key = self._post_of(request)
        if not asked.get("message"):
            raise _bad_argument()
        self.comments.setdefault(key, []).append(asked["message"])
        return self.faults.answer(request, fault, web.json_response({"id": str(next(self._ids))}))

    async def _read_comments(self, request: web.Request) -> web.Response:
        self.faults.meet(request, "look")
        self._check_token(request)
        told = [
            {"id": str(at), "message": text} for at, text in enumerate(self.comments.get(self._post_of(request), []))
        ]
        return _page(request, told[::-1] if request.query.get("order") == "reverse_chronological" else told)

    def _post_of(self, request: web.Request) -> str:
        key = request.match_info["post"]
        if key not in self.posts:
            error: dict[str, Any] = {"error": {"message": "gone", "code": 100, "error_subcode": 33}}
            raise web.HTTPBadRequest(text=web.json_response(error).text)
        return key

    def talk(self, post: str, count: int) -> None:
        """Members comment on a post."""
        self.comments.setdefault(post, []).extend(["Gjelder det oss også?"] * count)

    def _check_token(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != "Bearer wp-secret":
            raise web.HTTPUnauthorized(text='{"error": {"code": 190}}')


def _page(request: web.Request, found: list[dict[str, str]]) -> web.Response:
    fields = ["id", *request.query.get("fields", "id").split(",")]
    shown = [
        {name: one[name] for name in fields if name in one} for one in found[: int(request.query.get("limit", 25))]
    ]
    return web.json_response({"data": shown})


def _bad_argument() -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text='{"error": {"code": 100, "message": "(#100) Missing message or attachment"}}')
