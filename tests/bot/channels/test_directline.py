"""The contract that Web Chat holds Direct Line to, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, FormData
from hypothesis import HealthCheck, given, settings

from bot.channels.directline.transcripts import Transcripts
from dialogs.events import Pressed, Said
from dialogs.replies import Text
from knowledge.errors import PermanentFailure
from tests.bot.channels.doubles import MOST_BYTES, Client, EchoTurns, direct_line_app, make_direct_line, serving
from tests.bot.channels.fuzzing import FIELDS


class Page:
    """What the page does."""

    def __init__(self, client: Client, conversation_id: str, token: str) -> None:
        self.client = client
        self.id = conversation_id
        self.token = token
        self.headers = {"Authorization": f"Bearer {token}"}
        self.path = f"/directline/conversations/{conversation_id}"

    @classmethod
    async def open(cls, client: Client, person: str = "1linje") -> Page:
        answer = await client.post("/directline/tokens/generate", json={"user": {"id": person}})
        made = await answer.json()
        return cls(client, made["conversationId"], made["token"])

    async def start(self) -> dict[str, Any]:
        answer = await self.client.post("/directline/conversations", headers=self.headers)
        assert answer.status == 201
        started: dict[str, Any] = await answer.json()
        return started

    async def post(self, activity: dict[str, Any]) -> str:
        answer = await self.client.post(f"{self.path}/activities", json=activity, headers=self.headers)
        assert answer.status == 200, await answer.text()
        return str((await answer.json())["id"])

    async def say(self, text: str, client_id: str | None = None) -> str:
        data = {"channelData": {"clientActivityID": client_id}} if client_id else {}
        return await self.post({"type": "message", "text": text, "from": {"id": "somebody else"}, **data})

    async def read(self, watermark: str = "") -> tuple[list[dict[str, Any]], str]:
        answer = await self.client.get(f"{self.path}/activities", params={"watermark": watermark}, headers=self.headers)
        assert answer.status == 200
        group = await answer.json()
        return group["activities"], group["watermark"]


def bot_texts(activities: list[dict[str, Any]]) -> list[str]:
    return [one.get("text", one.get("summary", "")) for one in activities if one["from"]["id"] == "losen"]


async def test_a_conversation_greets_answers_and_numbers_what_was_said() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        started = await page.start()
        assert started["conversationId"] == page.id
        assert started["streamUrl"].startswith("ws://127.0.0.1:")
        greeting, watermark = await page.read()
        assert bot_texts(greeting) == ["Hei"]
        await page.say("skriveren virker ikke")
        news, _ = await page.read(watermark)
        assert [one["from"]["role"] for one in news] == ["user", "bot"]
        assert bot_texts(news) == ["Du skrev skriveren virker ikke"]
        everything, _ = await page.read()
        assert everything == greeting + news


async def test_who_speaks_is_decided_by_the_token_and_not_by_the_activity() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client, "uss")
        await page.say("hei")
        assert turns.taken[-1].person.id == "demo-uss"
        activities, _ = await page.read()
        assert activities[0]["from"]["id"] == "demo-uss"


async def test_a_pressed_button_arrives_as_pressed_with_its_values() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        await page.post(
            {"type": "message", "value": {"losen": 1, "action": "send:d1", "nonce": "n", "tried": "omstart"}}
        )
        assert turns.taken[-1].event == Pressed("send:d1", {"tried": "omstart"})
        assert turns.taken[-1].nonce


async def test_a_button_pressed_again_is_answered_again_only_when_something_was_said_meanwhile() -> None:
    send = {"type": "message", "value": {"losen": 1, "action": "send:d1", "nonce": "n"}}
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        for _ in range(3):
            await page.post(send)
        assert bot_texts((await page.read())[0]) == ["Pressed"]
        await page.say("hei")
        await page.post(send)
        assert bot_texts((await page.read())[0]) == ["Pressed", "Du skrev hei", "Pressed"]


async def test_the_same_message_sent_again_is_answered_once() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        first = await page.say("hei", client_id="abc")
        assert await page.say("hei", client_id="abc") == first
        activities, _ = await page.read()
        assert bot_texts(activities) == ["Du skrev hei"]
        assert len(turns.taken) == 1


async def test_the_stream_sends_what_was_said_and_then_what_is_said() -> None:
    turns = EchoTurns()
    direct_line = make_direct_line(turns)
    async with serving(direct_line_app(direct_line)) as client:
        page = await Page.open(client)
        await page.start()
        async with client.ws_connect(f"{page.path}/stream", params={"t": page.token, "watermark": ""}) as socket:
            assert bot_texts(await _next(socket)) == ["Hei"]
            await page.say("hallo")
            heard = await _next(socket)
            while not bot_texts(heard):
                heard += await _next(socket)
            assert bot_texts(heard) == ["Du skrev hallo"]
            await direct_line.deliver(turns.taken[-1].reference, (Text("Sak L-1 er registrert."),), "nb")
            assert bot_texts(await _next(socket)) == ["Sak L-1 er registrert."]


async def test_a_stream_that_reconnects_gets_only_what_it_missed() -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        await page.start()
        await page.say("en")
        _, watermark = await page.read()
        await page.say("to")
        answer = await client.get(page.path, params={"watermark": watermark}, headers=page.headers)
        assert (await answer.json())["streamUrl"].count(f"watermark={watermark}&") == 1
        async with client.ws_connect(f"{page.path}/stream", params={"t": page.token, "watermark": watermark}) as socket:
            assert bot_texts(await _next(socket)) == ["Du skrev to"]


async def _next(socket: ClientWebSocketResponse) -> list[dict[str, Any]]:
    async with asyncio.timeout(5):
        activities: list[dict[str, Any]] = (await socket.receive_json())["activities"]
        return activities


async def test_a_restart_keeps_the_conversation_and_its_token(tmp_path: Path) -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns, Transcripts(tmp_path / "page.db")))) as client:
        page = await Page.open(client)
        await page.say("før")
        before, _ = await page.read()
    async with serving(direct_line_app(make_direct_line(turns, Transcripts(tmp_path / "page.db")))) as client:
        again = Page(client, page.id, page.token)
        assert (await again.read())[0] == before
        await again.say("etter")
        assert bot_texts((await again.read())[0])[-1] == "Du skrev etter"


async def test_a_message_left_unanswered_by_a_kill_is_answered_at_the_next_start(tmp_path: Path) -> None:
    turns = EchoTurns()
    transcripts = Transcripts(tmp_path / "page.db")
    conversation, token = transcripts.start("ansatt")
    left = {
        "id": "m1",
        "type": "message",
        "text": "var det noen der?",
        "channelId": "directline",
        "conversation": {"id": conversation.id},
        "from": {"id": "demo-ansatt"},
        "files": [],
    }
    transcripts.add_pending(conversation.id, left)
    transcripts.close()  # what a kill between writing down and answering leaves behind
    async with serving(direct_line_app(make_direct_line(turns, Transcripts(tmp_path / "page.db")))) as client:
        page = Page(client, conversation.id, token)
        assert bot_texts((await page.read())[0]) == ["Du skrev var det noen der?"]
        assert Transcripts(tmp_path / "page.db").pending() == []


async def test_a_message_the_store_could_not_take_can_be_sent_again() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        turns.broken = True
        activity = {"type": "message", "text": "hei", "channelData": {"clientActivityID": "c1"}}
        answer = await client.post(f"{page.path}/activities", json=activity, headers=page.headers)
        assert answer.status == 503
        turns.broken = False
        await page.say("hei", client_id="c1")
        assert bot_texts((await page.read())[0]) == ["Du skrev hei"]


async def test_files_are_kept_and_named_to_the_bot() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        form = FormData()
        form.add_field(
            "activity", '{"type":"message","text":"se her"}', content_type="application/vnd.microsoft.activity"
        )
        form.add_field("file", b"\x89PNG", filename="skjerm.png", content_type="image/png")
        answer = await client.post(f"{page.path}/upload", data=form, headers=page.headers)
        assert answer.status == 200
        event = turns.taken[-1].event
        assert isinstance(event, Said)
        assert [(one.name, one.size) for one in event.attachments] == [("skjerm.png", 4)]
        activities, _ = await page.read()
        assert activities[0]["attachments"] == [{"contentType": "application/octet-stream", "name": "skjerm.png"}]


async def test_an_empty_file_is_refused_in_words_and_the_rest_is_handled() -> None:
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        form = FormData()
        form.add_field(
            "activity", '{"type":"message","text":"se her"}', content_type="application/vnd.microsoft.activity"
        )
        form.add_field("file", b"", filename="tom.txt", content_type="text/plain")
        await client.post(f"{page.path}/upload", data=form, headers=page.headers)
        refused, answer = bot_texts((await page.read())[0])
        assert "tom.txt" in refused
        assert answer == "Du skrev se her"


async def test_a_file_far_too_large_is_refused_with_413() -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        form = FormData()
        form.add_field("file", b"x" * MOST_BYTES * 6, filename="stor.txt")
        answer = await client.post(f"{page.path}/upload", data=form, headers=page.headers)
        assert answer.status == 413


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="activity"\r\n\r\n[1]\r\n--x--\r\n',
        ),
        ("multipart/form-data; boundary=x", b"--x--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n--z--\r\n--x--\r\n",
        ),
    ],
)
async def test_malformed_uploads_are_a_400(content_type: str, body: bytes) -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        headers = {**page.headers, "Content-Type": content_type}
        answer = await client.post(f"{page.path}/upload", data=body, headers=headers)
        assert answer.status == 400
        assert set(await answer.json()) == {"error"}


@pytest.mark.parametrize("authorization", [None, "Bearer ", "Bearer wrong", "Basic dTpw", "Bearer æøå"])
async def test_without_the_right_token_nothing_is_told(authorization: str | None) -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        headers = {"Authorization": authorization} if authorization else {}
        for path in (page.path, f"{page.path}/activities", f"{page.path}/stream"):
            assert (await client.get(path, headers=headers)).status == 403
        assert (await client.post(f"{page.path}/activities", json={}, headers=headers)).status == 403


async def test_a_token_opens_its_own_conversation_only() -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        mine, other = await Page.open(client), await Page.open(client, "uss")
        assert (await client.get(f"{other.path}/activities", headers=mine.headers)).status == 403


async def test_a_refreshed_token_is_still_good() -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        answer = await client.post("/directline/tokens/refresh", headers=page.headers)
        assert (await answer.json())["token"] == page.token


@pytest.mark.parametrize("body", ['{"user": {"id": "ordføreren"}}', '{"user": 1}', "{}", "[]", "", "{"])
async def test_only_demo_people_get_a_token(body: str) -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        assert (await client.post("/directline/tokens/generate", data=body)).status == 400


async def test_a_watermark_that_is_not_ours_is_a_400() -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        answer = await client.get(f"{page.path}/activities", params={"watermark": "-1"}, headers=page.headers)
        assert answer.status == 400


async def test_a_delivery_to_a_conversation_that_is_gone_is_not_tried_again() -> None:
    with pytest.raises(PermanentFailure):
        await make_direct_line(EchoTurns()).deliver({"conversation_id": "gone"}, (Text("hei"),), "nb")


async def test_a_stop_closes_open_streams() -> None:
    async with serving(direct_line_app(make_direct_line(EchoTurns()))) as client:
        page = await Page.open(client)
        socket = await client.ws_connect(f"{page.path}/stream", params={"t": page.token})
        async with asyncio.timeout(5):
            await client.server.close()
            message = await socket.receive()
        assert message.data == 1001  # going away: the page reconnects


async def test_no_activity_makes_direct_line_fail() -> None:
    """Any JSON in any field: taken or a 4xx, never a 5xx; the next sound message is answered and the log readable."""
    turns = EchoTurns()
    async with serving(direct_line_app(make_direct_line(turns))) as client:
        page = await Page.open(client)
        loop = asyncio.get_running_loop()

        async def post(fields: dict[str, Any]) -> int:
            activity = {"type": "message", "text": "hei", **fields}
            answer = await client.post(f"{page.path}/activities", json=activity, headers=page.headers)
            return answer.status

        @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
        @given(FIELDS)
        def fuzz(fields: dict[str, Any]) -> None:
            assert asyncio.run_coroutine_threadsafe(post(fields), loop).result(20) in (200, 400)

        await asyncio.to_thread(fuzz)
        await page.say("slutt", client_id="last")
        activities, watermark = await page.read()
        while len(activities) == 500:
            activities, watermark = await page.read(watermark)
        assert bot_texts(activities)[-1] == "Du skrev slutt"
