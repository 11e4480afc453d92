"""The thumbs Teams shows under an answer, and what comes back when one is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from dialogs.replies import Reply, Text

RATED = "message/submitAction"
ASKING = {"feedbackLoopEnabled": True}
"""In an activity's channelData: Teams then shows the thumbs, and asks why itself."""


def asks_for_rating(replies: Sequence[Reply]) -> bool:
    """Whether an answer is one to have an opinion on: it ends in words, and nothing to press or fill in."""
    return bool(replies) and isinstance(replies[-1], Text) and not replies[-1].choices


def rating_in(activity: Mapping[str, Any]) -> tuple[bool, str] | None:
    """Whether the answer was liked, and why; None when the activity says neither, whatever else it holds."""
    value: object = activity.get("value")
    given = value.get("actionValue") if isinstance(value, dict) and value.get("actionName") == "feedback" else None
    reaction = given.get("reaction") if isinstance(given, dict) else None
    if not isinstance(given, dict) or reaction not in ("like", "dislike"):
        return None
    return reaction == "like", _why(given.get("feedback"))


def _why(feedback: object) -> str:
    # JSON inside a text, as the channel sends it.
    try:
        told = orjson.loads(feedback) if isinstance(feedback, str) else None
    except orjson.JSONDecodeError:
        return ""
    text = told.get("feedbackText") if isinstance(told, dict) else None
    return text if isinstance(text, str) else ""
