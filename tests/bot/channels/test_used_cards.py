"""A card that has been used shows what was answered and has nothing left to press."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.channels.teams.sent_cards import SentCards
from bot.rendering.activities import Surface
from bot.rendering.used_cards import can_be_used_up, used_up
from bot.turns import Incoming
from dialogs.events import Pressed
from dialogs.replies import Choice, Link, Reply, Row, Summary, Text
from knowledge.catalogue import FieldType
from tests.bot.channels.doubles import RENDERER, EchoTurns
from tests.bot.channels.test_cards import CANCEL, SEND, check, elements, one_input, questions
from tests.bot.channels.test_teams import Teams, no_microsoft, teams

__all__ = ["no_microsoft"]

SUMMARY = Summary(
    title="Feil i AKS",
    rows=(Row("Hva", "får ikke logget på", "change:d1:what"), Row("Hvem", "Kari", "")),
    notes=(),
    question="Skal jeg sende saken?",
    choices=(SEND, Choice("change:d1", "Endre", ""), CANCEL),
    links=(Link("Les mer", "https://example.org"),),
)
FORM = questions(
    one_input(FieldType.LONGTEXT, "gammelt", key="what"),
    one_input(FieldType.CHOICE, key="where", label="Hvor", options=(("a", "Kontor_1"), ("b", "Hjemme"))),
    one_input(FieldType.NUMBER, "3", key="many", label="Antall"),
    one_input(FieldType.TEXT, key="odd", label="Annet"),
)


def shown(reply: Reply) -> dict[str, Any]:
    return RENDERER.activity(reply, "nb", Surface.TEAMS, "n1")


def lines(activity: dict[str, Any]) -> list[str]:
    blocks = activity["attachments"][0]["content"]["body"]
    return ["".join(run["text"] for run in block["inlines"]) for block in blocks if block["type"] == "RichTextBlock"]


def kinds(activity: dict[str, Any]) -> set[str]:
    return {one["type"] for one in elements(activity["attachments"][0]["content"])}


def test_a_sent_summary_keeps_its_lines_and_links_and_says_what_was_pressed() -> None:
    used = used_up(shown(SUMMARY), SEND.id, {})
    assert {"Hva: får ikke logget på", "Hvem: Kari", "✓ Send"} <= set(lines(used))
    assert not kinds(used) & {"Action.Submit", "Action.ShowCard"}
    assert "Action.OpenUrl" in kinds(used)
    assert "nonce" not in json.dumps(used)
    assert used["summary"] == shown(SUMMARY)["summary"]


def test_a_filled_form_shows_the_answers_as_people_read_them() -> None:
    used = used_up(shown(FORM), "fill:d1", {"what": "nytt", "where": "a", "odd": {"not": "text"}})
    assert {"Hva: nytt", "Hvor: Kontor_1", "Antall: 3", "Annet: –", "✓ Fortsett"} <= set(lines(used))
    assert not [one for one in kinds(used) if one.startswith("Input.")]
    check(used["attachments"][0]["content"])


def test_an_action_that_is_not_on_the_card_is_not_shown() -> None:
    assert not [one for one in lines(used_up(shown(SUMMARY), "<script>", {})) if "✓" in one]


def test_only_what_works_once_can_be_used_up() -> None:
    assert can_be_used_up(shown(SUMMARY))
    assert can_be_used_up(shown(FORM))
    assert not can_be_used_up(shown(Text("Hei", choices=(Choice("fault", "Meld feil", ""),))))
    text = shown(Text("Hei"))
    assert not can_be_used_up(text)
    assert used_up(text, "x", {}) == text


def test_cards_are_given_once_to_whom_they_were_sent_and_the_oldest_are_forgotten() -> None:
    cards = SentCards(most=2)
    for number in range(3):
        cards.keep("c", f"r{number}", "29:kari", shown(SUMMARY))
    cards.keep("c", "text", "29:kari", shown(Text("Hei")))
    assert cards.take("c", "r0", "29:kari") is None
    assert cards.take("c", "r1", "29:ola") is None
    assert cards.take("c", "r1", "29:kari") == shown(SUMMARY)
    assert cards.take("c", "r1", "29:kari") is None
    assert cards.take("c", "text", "29:kari") is None


def test_kept_cards_take_little_more_than_their_bytes() -> None:
    """What orjson returns holds on to three times its length: 500 cards took 5.8 MB."""
    cards, card = SentCards(), shown(SUMMARY)
    length = len(json.dumps(card))
    tracemalloc.start()
    try:
        for number in range(100):
            cards.keep("c", f"r{number}", "29:kari", card)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 100 * (length + 700)


# In Teams


class SummaryTurns(EchoTurns):
    def _say(self, incoming: Incoming) -> tuple[Reply, ...]:
        return (Text("Sendt."),) if isinstance(incoming.event, Pressed) else (SUMMARY,)


def press(bot: Teams, card_id: object, activity_id: str = "m2", **changes: Any) -> dict[str, Any]:
    value = {"losen": 1, "action": SEND.id, "nonce": "n"}
    return bot.framework.activity(id=activity_id, text=None, value=value, replyToId=card_id, **changes)


async def test_a_press_answers_and_then_takes_the_buttons_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EchoTurns, "_say", SummaryTurns._say)
    async with teams(tmp_path) as bot:
        await bot.post()
        assert (await bot.post(press(bot, "r1")))[0] == 200
        answer, update = bot.framework.sent[1:]
        assert answer[2]["text"] == "Sendt."
        assert update[:2] == ("PUT", "/connector/v3/conversations/a%3A1%3Bx%40y/activities/r1")
        assert update[2]["id"] == "r1"
        assert update[2]["recipient"] == {"id": "29:kari", "name": "Kari"}
        assert "✓ Send" in lines(update[2])
        # The same press again answers again; there is nothing more to take away.
        await bot.post(press(bot, "r1", "m3"))
        assert [one[0] for one in bot.framework.sent] == ["POST", "POST", "PUT", "POST"]


async def test_a_card_delivered_later_is_used_up_too(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        await bot.room.deliverer.deliver(bot.turns.taken[0].reference, (SUMMARY,), "nb")
        await bot.post(press(bot, "r2"))
        assert bot.framework.sent[-1][:2] == ("PUT", "/connector/v3/conversations/a%3A1%3Bx%40y/activities/r2")


@pytest.mark.parametrize("status", [403, 404, 502])
async def test_a_card_that_cannot_be_updated_costs_the_turn_nothing(
    tmp_path: Path, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EchoTurns, "_say", SummaryTurns._say)
    async with teams(tmp_path) as bot:
        await bot.post()
        bot.framework.answers = [web.json_response({"id": "r2"}, status=201), web.Response(status=status)]
        assert (await bot.post(press(bot, "r1")))[0] == 200
        assert bot.framework.sent[1][2]["text"] == "Sendt."


@pytest.mark.parametrize("card_id", [None, 3, "unknown", ["r1"]])
async def test_a_press_on_a_card_we_do_not_have_updates_nothing(tmp_path: Path, card_id: object) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(press(bot, card_id)))[0] == 200
        assert {one[0] for one in bot.framework.sent} == {"POST"}
