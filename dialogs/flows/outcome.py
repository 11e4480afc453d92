"""Something happened to a case or a notice outside the conversation: tell the person, once, in plain words."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.events import Happened
from dialogs.replies import Link, Text


def tell(talk: Conversation, event: Happened) -> None:
    """Say what happened; an outcome without a text of its own is told by its reference, never passed over."""
    key = f"outcome.{event.outcome}"
    if not talk.texts.has(key):
        key = "outcome.other"
    detail: dict[str, object] = {"id": "", "reason": "", "text": ""}
    detail |= {name: value for name, value in event.detail.items() if name in detail}
    url = event.detail.get("url", "")
    links = (Link(talk.text("status.open_in_tool"), url),) if url.startswith("https://") else ()
    talk.replies.append(Text(talk.text(key, ref=event.ref, **detail), links))
