"""A stand-in for the connector of Teams with channels in it, on loopback, written from teams.md 4.1, 4.2 and 4.4."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.feeds.faults import Fault, Faults

CHANNEL = "19:open@thread.tacv2"
CLOSED_CHANNEL = "19:closed@thread.tacv2"


@dataclass
class Post:
    """A post in a channel: its activity as it stands now and as it was posted, and the activities in its thread."""

    channel: str
    activity: dict[str, Any]
    first: dict[str, Any]
    edits: int = 0
    replies: list[dict[str, Any]] = field(default_factory=list)


class FakeTeams:
    """Posts by their root id. Calls are "start", "edit", "reply" and "members"."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.faults = Faults()
        self.tenants: list[str] = []
        self.tokens: set[str] = set()
        self._ids = itertools.count(1700000000001)
        app = web.Application()
        app.router.add_post("/v3/conversations", self._start)
        app.router.add_put("/v3/conversations/{cid}/activities/{aid}", self._edit)
        app.router.add_post("/v3/conversations/{cid}/activities", self._reply)
        app.router.add_get("/v3/conversations/{cid}/pagedmembers", self._members)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    def in_channel(self, channel: str) -> list[Post]:
        return [post for post in self.posts.values() if post.channel == channel]

    async def _start(self, request: web.Request) -> web.StreamResponse:
        fault = self._meet(request, "start")
        asked = await request.json()
        self.tenants.append(asked["tenantId"])
        assert asked["isGroup"] is True
        root, channel = str(next(self._ids)), asked["channelData"]["channel"]["id"]
        self.posts[root] = Post(channel, asked["activity"], asked["activity"])
        answer = {"id": f"{channel};messageid={root}", "activityId": root}
        return self.faults.answer(request, fault, web.json_response(answer, status=201))

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        fault = self._meet(request, "edit")
        post = self.posts.get(request.match_info["aid"])
        if post is None or not request.match_info["cid"].endswith(f";messageid={request.match_info['aid']}"):
            return _refused(404, "ConversationNotFound")
        post.activity, post.edits = await request.json(), post.edits + 1
        return self.faults.answer(request, fault, web.json_response({"id": request.match_info["aid"]}))

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        fault = self._meet(request, "reply")
        post = self.posts.get(request.match_info["cid"].rpartition("=")[2])
        if post is None:
            return _refused(404, "ConversationNotFound")
        post.replies.append(await request.json())
        return self.faults.answer(request, fault, web.json_response({"id": str(next(self._ids))}, status=201))

    async def _members(self, request: web.Request) -> web.StreamResponse:
        self._meet(request, "members")
        return web.json_response({"members": [{"id": "29:kari"}]})

    def _meet(self, request: web.Request, what: str) -> Fault | None:
        self.tokens.add(request.headers.get("Authorization", ""))
        return self.faults.meet(request, what)


def _refused(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "gone"}}, status=status)
