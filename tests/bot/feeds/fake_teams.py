"""A stand-in for the connector of Teams with channels in it, on loopback, written from teams.md 4.1, 4.2, 4.4 and 4.7.

It is as strict as the documentation lets it be, since what a fake lets pass is found out by twelve thousand people: a
call must be signed and encoded, a post must be a card alone or a text alone, and a send to the bare channel is a new
post, which shows as one too many.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.feeds.faults import Fault, Faults

CHANNEL = "19:open@thread.tacv2"
CLOSED_CHANNEL = "19:closed@thread.tacv2"
MOST_BYTES = 100 * 1024
TOKEN = "our-token"
_CHANNEL = re.compile(r"19:[^\s;]+@thread\.(?:tacv2|skype)")


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

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.posts: dict[str, Post] = {}
        self.faults = Faults()
        self.tenants: list[str] = []
        self._ids = itertools.count(1700000000001)
        self.lines: list[str] = []
        """ids of what is in threads"""
        app = web.Application(client_max_size=4 * MOST_BYTES)
        app.router.add_post("/v3/conversations", self._start)
        app.router.add_put("/v3/conversations/{cid}/activities/{aid}", self._edit)
        app.router.add_post("/v3/conversations/{cid}/activities", self._reply)
        app.router.add_post("/v3/conversations/{cid}/activities/{aid}", self._reply)
        app.router.add_get("/v3/conversations/{cid}/pagedmembers", self._members)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def url(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    def in_channel(self, channel: str) -> list[Post]:
        return [post for post in self.posts.values() if post.channel == channel]

    async def _start(self, request: web.Request) -> web.StreamResponse:
        fault = self._meet(request, "start")
        asked = await self._body(request)
        channel = asked.get("channelData", {}).get("channel", {}).get("id", "")
        if asked.get("isGroup") is not True or not _CHANNEL.fullmatch(channel) or not asked.get("tenantId"):
            return _refused(400, "BadArgument")
        self.tenants.append(asked["tenantId"])
        activity = asked.get("activity")
        root = self._posted(channel, activity)
        answer = {"id": f"{channel};messageid={root}", "activityId": root} if _keeps_its_id(activity) else {}
        return self.faults.answer(request, fault, web.json_response(answer, status=201))

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        fault = self._meet(request, "edit")
        activity, root = await self._body(request), request.match_info["aid"]
        post = self.posts.get(root)
        if post is None or request.match_info["cid"] != f"{post.channel};messageid={root}":
            return _refused(404, "ConversationNotFound")
        _check_activity(activity)
        post.activity, post.edits = activity, post.edits + 1
        return self.faults.answer(request, fault, web.json_response({"id": root}))

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        fault = self._meet(request, "reply")
        activity, cid = await self._body(request), request.match_info["cid"]
        channel, _, root = cid.partition(";messageid=")
        if not root and _CHANNEL.fullmatch(channel):
            new = self._posted(channel, activity)  # no thread is named, so it begins one (teams.md 4.2)
            return self.faults.answer(request, fault, web.json_response({"id": new}, status=201))
        post = self.posts.get(root)
        if post is None or post.channel != channel:
            return _refused(404, "ConversationNotFound")
        if "aid" in request.match_info and request.match_info["aid"] not in (root, *self.lines):
            return _refused(404, "ActivityNotFoundInConversation")
        _check_activity(activity)
        post.replies.append(activity)
        self.lines.append(str(next(self._ids)))
        return self.faults.answer(request, fault, web.json_response({"id": self.lines[-1]}, status=201))

    def _posted(self, channel: str, activity: Any) -> str:
        _check_activity(activity)
        root = str(next(self._ids))
        self.posts[root] = Post(channel, activity, activity)
        return root

    async def _members(self, request: web.Request) -> web.StreamResponse:
        self._meet(request, "members")
        if not _CHANNEL.fullmatch(request.match_info["cid"]):
            return _refused(404, "ConversationNotFound")
        return web.json_response({"members": [{"id": "29:kari"}]})

    def _meet(self, request: web.Request, what: str) -> Fault | None:
        fault = self.faults.meet(request, what)
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            raise _refusal(401, "BotNotRegistered")
        # ";", ":" and "@" of an id would end or change a path, so they are percent-encoded (teams.md 4.1).
        if set(";:@") & set(request.raw_path.partition("?")[0]):
            raise _refusal(404, "NotFound")
        return fault

    async def _body(self, request: web.Request) -> Any:
        raw = await request.read()
        if request.content_type != "application/json":
            raise _refusal(415, "UnsupportedMediaType")
        # Counted as UTF-16 (teams.md 4.7).
        if len(raw.decode().encode("utf-16-le")) > MOST_BYTES:
            raise _refusal(413, "MessageSizeTooBig")
        asked = json.loads(raw)
        if not isinstance(asked, dict):
            raise _refusal(400, "BadSyntax")
        return asked


def _check_activity(activity: Any) -> None:
    """A message from a bot, with something in it."""
    good = isinstance(activity, dict) and activity.get("type") == "message"
    if not good or not activity["from"]["id"].startswith("28:"):
        raise _refusal(400, "BadArgument")
    if not activity.get("text") and not activity.get("attachments"):
        raise _refusal(400, "BadArgument")
    for attachment in activity.get("attachments", ()):
        if attachment["contentType"] != "application/vnd.microsoft.card.adaptive":
            raise _refusal(400, "BadArgument")


def _keeps_its_id(activity: Any) -> bool:
    """Text beside a card is split into two messages, and no usable id returns (teams.md 4.2)."""
    return not (activity.get("text") and activity.get("attachments"))


def _refused(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "gone"}}, status=status)


def _refusal(status: int, code: str) -> web.HTTPException:
    class Refusal(web.HTTPException):
        status_code = status

    return Refusal(text=_refused(status, code).text, content_type="application/json")
