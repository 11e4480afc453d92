"""A card that has been used, as it stays in the conversation: what was answered, what was pressed, nothing to press.

The nonce keeps a second press from doing anything; this keeps people from trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.rendering.card_parts import fact, paragraphs
from bot.rendering.cards import CARD_TYPE
from bot.rendering.escaping import cut

_LONGEST_ANSWER = 500
_ESCAPED = re.compile(r"\\(.)|\u2060")


def can_be_used_up(activity: Mapping[str, Any]) -> bool:
    """Whether the activity is a card with a button that works only once."""
    card = _card_of(activity)
    return card is not None and any("nonce" in one["data"] for one in _buttons(card))


def used_up(activity: Mapping[str, Any], action: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The activity with its card read-only. action: what was pressed; values: the answers, as the client sent them."""
    card = _card_of(activity)
    if card is None:
        return dict(activity)
    body: list[dict[str, Any]] = []
    for block in card["body"]:
        body += _read_only(block, values)
    pressed = next((one["title"] for one in _buttons(card) if one["data"]["action"] == action), "")
    body += paragraphs(f"✓ {pressed}", subtle=True) if pressed else []
    return {**activity, "attachments": [{"contentType": CARD_TYPE, "content": {**card, "body": body}}]}


def _card_of(activity: Mapping[str, Any]) -> dict[str, Any] | None:
    for one in activity.get("attachments", ()):
        if one["contentType"] == CARD_TYPE:
            card: dict[str, Any] = one["content"]
            return card
    return None


def _buttons(card: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every button of the card that comes back to us, also those behind another one."""
    for block in card["body"]:
        for one in block.get("actions", ()):
            if one["type"] == "Action.ShowCard":
                yield from _buttons(one["card"])
            elif one["type"] == "Action.Submit":
                yield one


def _read_only(block: dict[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    kind = block["type"]
    if kind == "ActionSet":
        links = [one for one in block["actions"] if one["type"] == "Action.OpenUrl"]
        return [{**block, "actions": links}] if links else []
    if not kind.startswith("Input."):
        return [block]
    answer = values.get(block["id"], block.get("value", ""))
    shown = cut(str(answer), _LONGEST_ANSWER) if isinstance(answer, str | int | float) else ""
    for choice in block.get("choices", ()):
        if choice["value"] == answer:
            # Titles of radio buttons are Markdown; here they are read as they are.
            shown = _ESCAPED.sub(r"\1", choice["title"]) if block["style"] == "expanded" else choice["title"]
    return [fact(block["label"], shown)]
