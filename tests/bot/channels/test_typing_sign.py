"""A turn that takes long shows that somebody is at it; one that does not shows nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.teams import typing_sign
from bot.turns import Answered, Incoming, Send
from tests.bot.channels.doubles import EchoTurns
from tests.bot.channels.test_teams import Teams, no_microsoft, teams

__all__ = ["no_microsoft"]


def hold_turns(monkeypatch: pytest.MonkeyPatch, until: asyncio.Event) -> None:
    """Turns that wait until then."""
    at_once = EchoTurns.handle

    async def handle(self: EchoTurns, incoming: Incoming, send: Send | None = None) -> Answered:
        await until.wait()
        return await at_once(self, incoming, send)

    monkeypatch.setattr(EchoTurns, "handle", handle)


async def post_and_wait_for_signs(bot: Teams, signs: int, until: asyncio.Event) -> tuple[int, list[str]]:
    posting = asyncio.create_task(bot.post())
    while len(bot.framework.sent) < signs:  # noqa: ASYNC110 - the connector has no event for it
        await asyncio.sleep(0.001)
    until.set()
    status, _ = await posting
    return status, [body["type"] for _, _, body in bot.framework.sent]


async def test_a_slow_turn_shows_the_sign_until_it_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    until = asyncio.Event()
    hold_turns(monkeypatch, until)
    monkeypatch.setattr(typing_sign, "FIRST_AFTER", 0.0)
    monkeypatch.setattr(typing_sign, "_AGAIN_AFTER", 0.0)
    async with teams(tmp_path) as bot:
        status, types = await post_and_wait_for_signs(bot, typing_sign._MOST_SIGNS, until)
        assert status == 200
        assert types == ["typing"] * typing_sign._MOST_SIGNS + ["message"]
        sign = bot.framework.sent[0]
        assert sign[:2] == ("POST", "/connector/v3/conversations/a%3A1%3Bx%40y/activities")
        assert sign[2]["recipient"]["id"] == "29:kari"


async def test_a_sign_that_cannot_be_shown_costs_the_turn_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = asyncio.Event()
    hold_turns(monkeypatch, until)
    monkeypatch.setattr(typing_sign, "FIRST_AFTER", 0.0)
    async with teams(tmp_path) as bot:
        bot.framework.answers = [web.Response(status=403)]
        assert await post_and_wait_for_signs(bot, 1, until) == (200, ["typing", "message"])


async def test_a_quick_turn_shows_none(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        assert [body["type"] for _, _, body in bot.framework.sent] == ["message"]


async def test_nothing_is_left_behind_when_the_turn_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_sign, "FIRST_AFTER", 0.0)
    shown = asyncio.Event()

    async def send() -> None:
        shown.set()
        await asyncio.Event().wait()

    async def fail() -> None:
        async with typing_sign.TypingSign(send):
            await shown.wait()
            raise LookupError

    before = asyncio.all_tasks()
    with pytest.raises(LookupError):
        await fail()
    assert asyncio.all_tasks() == before
