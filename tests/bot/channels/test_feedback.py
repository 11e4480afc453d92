"""Thumbs under answers in Teams: where they are shown, and what is kept when one is pressed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.teams.feedback import asks_for_rating
from bot.store.ratings import Rating
from dialogs.replies import Choice, Summary, Text
from tests.bot.channels.test_teams import NOON, Teams, no_microsoft, teams

__all__ = ["no_microsoft"]

TODAY = NOON.date()


def rated(bot: Teams, reaction: object, feedback: object) -> dict[str, Any]:
    value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": feedback}}
    return bot.framework.activity(type="invoke", name="message/submitAction", text=None, value=value, replyToId="r1")


async def kept(bot: Teams) -> tuple[Rating, ...]:
    return await bot.store.read(lambda session: session.ratings.since(TODAY))


def test_only_an_answer_in_words_asks_what_one_thinks_of_it() -> None:
    assert asks_for_rating((Summary("Sak", ()), Text("Saken er registrert.")))
    assert not asks_for_rating((Text("Hei", choices=(Choice("fault", "Meld feil"),)),))
    assert not asks_for_rating((Text("Dette mangler."), Summary("Sak", ())))
    assert not asks_for_rating(())


async def test_an_answer_has_thumbs_and_a_greeting_with_buttons_has_not(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        await bot.post(bot.framework.activity(type="installationUpdate", action="add", id="m2"))
        answer, greeting = (body for _, _, body in bot.framework.sent)
        assert answer["channelData"] == {"feedbackLoopEnabled": True}
        assert "channelData" not in greeting


async def test_a_thumb_and_the_reason_are_kept_without_what_must_not_be(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        why = json.dumps({"feedbackText": "Feil skjema for 01010012356 "})
        assert await bot.post(rated(bot, "dislike", why)) == (200, {})
        assert await bot.post(rated(bot, "like", "{}")) == (200, {})
        bad, good = await kept(bot)
        assert (bad.day, bad.liked, good) == (TODAY, False, Rating(TODAY, True, ""))
        assert bad.text.startswith("Feil skjema for ")
        assert "01010012356" not in bad.text
        assert bot.turns.taken == []
        assert bot.framework.sent == []


@pytest.mark.parametrize("feedback", [None, 3, "", "no json", "[]", json.dumps({"feedbackText": 3})])
async def test_a_reason_of_another_shape_is_no_reason(tmp_path: Path, feedback: object) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(rated(bot, "like", feedback)))[0] == 200
        assert await kept(bot) == (Rating(TODAY, True, ""),)


async def test_a_long_reason_is_cut(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post(rated(bot, "like", json.dumps({"feedbackText": "bra " * 500})))
        assert len((await kept(bot))[0].text) == 500


@pytest.mark.parametrize("value", [None, "x", {}, {"actionName": "feedback"}, {"actionName": "x", "actionValue": {}}])
async def test_what_is_no_rating_is_acknowledged_and_not_kept(tmp_path: Path, value: object) -> None:
    async with teams(tmp_path) as bot:
        for activity in (rated(bot, "love", "{}"), {**rated(bot, "like", "{}"), "value": value}):
            assert await bot.post(activity) == (200, {})
        assert await kept(bot) == ()
