"""What Teams sends when somebody picks "make a case of this message" in the menu of a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kompass.html import to_text

MESSAGE_PICKED = "composeExtension/fetchTask"


def picked_text(activity: Mapping[str, Any]) -> str:
    """The text of the message, its HTML stripped; "" when it has none (a card, a picture) or is of another shape.

    Who wrote it is left out: the case is the presser's, and he is asked whom it concerns.
    """
    value: object = activity.get("value")
    for step in ("messagePayload", "body"):
        value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return ""
    content = value.get("content")
    if not isinstance(content, str):
        return ""
    return content.strip() if value.get("contentType") == "text" else to_text(content)


def shown(text: str) -> dict[str, Any]:
    """The answer that shows a sentence in a small window."""
    return {"task": {"type": "message", "value": text}}
