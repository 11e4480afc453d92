"""The app's search in Teams' compose box, and its entry in the menu of a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.rendering.form_card import form_card, form_line
from bot.teams_app.manifest import manifest
from dialogs.events import Said
from knowledge.catalogue import Form, Kind
from tests.bot.channels.doubles import TEXTS
from tests.bot.channels.issuer import APP_ID, TENANT
from tests.bot.channels.test_teams import Teams, no_microsoft, teams
from tests.bot.teams_app.test_package import HERE

__all__ = ["no_microsoft"]


def query(bot: Teams, *parameters: object, **changes: Any) -> dict[str, Any]:
    value = {"commandId": "findForm", "parameters": list(parameters), "queryOptions": {"skip": 0, "count": 25}}
    return bot.framework.activity(
        **{"type": "invoke", "name": "composeExtension/query", "text": None, "value": value, **changes}
    )


def typed(text: str) -> dict[str, str]:
    parameter = manifest(HERE, TEXTS)["composeExtensions"][0]["commands"][0]["parameters"][0]["name"]
    return {"name": parameter, "value": text}


async def test_the_forms_are_found_without_a_turn(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        status, answer = await bot.post(query(bot, typed("skriveren virker ikke")))
        found = answer["composeExtension"]
        assert (status, found["type"], found["attachmentLayout"]) == (200, "result", "list")
        assert 2 <= len(found["attachments"]) <= 8
        first = found["attachments"][0]
        assert first["contentType"] == "application/vnd.microsoft.card.adaptive"
        assert first["preview"]["contentType"] == "application/vnd.microsoft.card.thumbnail"
        shown = first["preview"]["content"]
        assert "skriver" in shown["title"].lower()
        assert shown["text"].startswith("feilmelding · Hvem kan bruke det: ")
        actions = [block["actions"][0] for block in first["content"]["body"] if block["type"] == "ActionSet"]
        assert [(one["type"], one["url"][:8]) for one in actions] == [("Action.OpenUrl", "https://")]
        assert bot.turns.taken == []
        assert bot.framework.sent == []


@pytest.mark.parametrize("parameters", [[], [{"name": "initialRun", "value": "true"}], [typed("  ")], ["?"], [{}]])
async def test_before_anything_is_typed_it_says_what_to_type(tmp_path: Path, parameters: list[object]) -> None:
    async with teams(tmp_path) as bot:
        _, answer = await bot.post(query(bot, *parameters))
        assert answer == {"composeExtension": {"type": "message", "text": TEXTS["nb"]("form_search.help")}}


@pytest.mark.parametrize(("locale", "language"), [("nn-NO", "nn"), ("en-GB", "en"), ("de-DE", "nb"), (3, "nb")])
async def test_it_speaks_the_language_of_the_persons_teams(tmp_path: Path, locale: object, language: str) -> None:
    async with teams(tmp_path) as bot:
        _, answer = await bot.post(query(bot, locale=locale))
        assert answer["composeExtension"]["text"] == TEXTS[language]("form_search.help")


async def test_what_no_form_is_for_gets_a_sentence(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        _, answer = await bot.post(query(bot, typed("hva blir været i morgen")))
        assert answer == {"composeExtension": {"type": "message", "text": TEXTS["nb"]("form_search.none")}}


async def test_strangers_get_no_answer(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(query(bot, typed("skriver")), token=bot.framework.token(aud="another")))[0] == 401


def test_a_form_of_which_little_is_known_is_a_card_all_the_same() -> None:
    form = Form(1, "[Pc](https://evil.example)", "")
    card = form_card(form, TEXTS["en"])
    assert form_line(form, TEXTS["en"]) == "Who may use it: everyone"
    assert "ActionSet" not in {block["type"] for block in card["body"]}
    assert "](" not in card["body"][0]["text"]
    elsewhere = Form(
        2, "Telefon", "For ansatte. Ikke for andre.", Kind.SERVICE, channel="x", channel_url="https://e.example"
    )
    body = form_card(elsewhere, TEXTS["nb"])["body"]
    assert body[1]["inlines"][0]["text"] == "For ansatte."
    assert body[-1]["actions"][0]["url"] == "https://e.example"


# A case of a message


def picked(bot: Teams, content: object, kind: str = "html", **changes: Any) -> dict[str, Any]:
    body = {"contentType": kind, "content": content}
    value = {"commandId": "makeCase", "commandContext": "message", "messagePayload": {"id": "1", "body": body}}
    channel = {"id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel", "tenantId": TENANT}
    activity = {"type": "invoke", "name": "composeExtension/fetchTask", "text": None, "value": value}
    return bot.framework.activity(**{**activity, "conversation": channel, **changes})


def sentence(key: str, language: str = "nb") -> dict[str, Any]:
    return {"task": {"type": "message", "value": TEXTS[language](f"from_message.{key}", name="Losen")}}


async def test_a_picked_message_is_said_in_the_pressers_own_conversation(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        bot.framework.answers = [web.json_response({"id": "a:kari"}, status=201)]
        html = "<div><p>Skriveren&nbsp;virker <b>ikke</b> &amp; er varm</p><script>x()</script></div>"
        assert await bot.post(picked(bot, html)) == (200, sentence("goes_on"))
        opened, answer = bot.framework.sent
        assert opened[:2] == ("POST", "/connector/v3/conversations")
        assert opened[2]["members"] == [{"id": "29:kari"}]
        assert opened[2]["bot"] == {"id": f"28:{APP_ID}"}
        assert (opened[2]["tenantId"], opened[2]["isGroup"]) == (TENANT, False)
        assert answer[1] == "/connector/v3/conversations/a%3Akari/activities"
        assert answer[2]["text"] == "Du skrev Skriveren virker ikke & er varm"
        (said,) = bot.turns.taken
        assert said.conversation_id == "msteams:a:kari"
        assert said.person.id == "kari"
        assert said.reference["personal"] is True
        # What he then writes there is the same conversation.
        await bot.post(bot.framework.activity(id="m2", conversation={"id": "a:kari", "tenantId": TENANT}))
        assert bot.turns.taken[1].conversation_id == said.conversation_id
        assert bot.turns.taken[1].reference == said.reference


async def test_plain_text_is_taken_as_it_is(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(picked(bot, " a <b ", "text", locale="en-US")))[1] == sentence("goes_on", "en")
        assert bot.turns.taken[0].event == Said("a <b")


@pytest.mark.parametrize("content", ["", "<img src='https://evil.example/x.png'>", None, 3])
async def test_a_message_without_text_makes_no_case(tmp_path: Path, content: object) -> None:
    async with teams(tmp_path) as bot:
        assert await bot.post(picked(bot, content)) == (200, sentence("no_text"))
        assert await bot.post(picked(bot, "x", value="odd")) == (200, sentence("no_text"))
        assert bot.turns.taken == []
        assert bot.framework.sent == []


async def test_whoever_has_not_got_the_app_is_told_how_to_get_it(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        for refusal in (web.Response(status=403), web.json_response({}, status=201)):
            bot.framework.answers = [refusal]
            assert await bot.post(picked(bot, "hei")) == (200, sentence("unreachable"))
        assert bot.turns.taken == []
