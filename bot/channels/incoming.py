"""An activity of the Bot Framework protocol as one of our events (DESIGN 2, step 1).

Nothing in an activity is trusted for more than what it says: a card's value gives an answer, never a right, and only
the shape we sent ourselves is a press. Unknown kinds of activities are acknowledged and ignored, since a channel adds
kinds without asking; malformed ones are refused with BadActivity, which becomes HTTP 400.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from dialogs.events import Attachment, Deleted, Edited, Event, Joined, Pressed, Said
from knowledge.errors import BadActivity

UNKNOWN_ACTION = "unknown"
"""The action of a press whose value we did not send: the engine then says that the button is not known."""

# Ids go into the store and into logs; those of the channels are far shorter.
_LONGEST_ID = 512
_MOST_FILES = 20
_OUR_KEYS = frozenset({"losen", "action", "nonce", "msteams"})


@dataclass(frozen=True, slots=True)
class File:
    """A file as the activity claims it: nothing of it has been fetched or checked."""

    name: str
    content_type: str
    url: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What an activity says. `event` is None for kinds that are acknowledged and ignored.

    nonce: the same press of the same card gives the same one, another button or other values another.
    """

    conversation_id: str
    activity_id: str | None
    sender_id: str
    sender_name: str
    sender_object_id: str
    event: Event | None
    files: tuple[File, ...] = ()
    nonce: str | None = None

    def with_attachments(self, attachments: tuple[Attachment, ...]) -> Event | None:
        """The event with the files that have been fetched and stored."""
        if attachments and isinstance(self.event, Said):
            return Said(self.event.text, attachments)
        return self.event


def read_activity(activity: Mapping[str, Any]) -> Arrived:
    """What an activity says; raises BadActivity on a missing field or a wrong type."""
    kind = _text(activity, "type", required=True)
    conversation = _object(activity, "conversation")
    sender = _object(activity, "from")
    recipient = _object(activity, "recipient")
    bot_id = _text(recipient, "id")
    activity_id = _id(activity, "id") or None
    event: Event | None = None
    files: tuple[File, ...] = ()
    nonce: str | None = None
    match kind:
        case "message":
            event, nonce = _message(activity, bot_id)
            files = _files(activity) if isinstance(event, Said) else ()
        case "messageUpdate" if _object(activity, "channelData").get("eventType") != "undeleteMessage":
            # Taking a deletion back says nothing new.
            text = spoken_text(activity, bot_id)
            event = Edited(text)
            activity_id = _change_id(activity_id, "edit", f"{_text(activity, 'timestamp')}|{text}")
        case "messageDelete":
            event = Deleted()
            # A deletion taken back may be done again, and is then another one.
            activity_id = _change_id(activity_id, "delete", _text(activity, "timestamp"))
        case "conversationUpdate" if activity.get("channelId") != "msteams" and _someone_joined(activity, bot_id):
            # Teams says the same with installationUpdate, and tells us of everybody who joins a team besides.
            event = Joined()
        case "installationUpdate" if _text(activity, "action") == "add":
            event = Joined()
    return Arrived(
        conversation_id=_id(conversation, "id", required=True),
        activity_id=activity_id,
        sender_id=_id(sender, "id", required=kind == "message"),
        sender_name=_text(sender, "name")[:200],
        sender_object_id=_id(sender, "aadObjectId"),
        event=event,
        files=files,
        nonce=nonce,
    )


def spoken_text(activity: Mapping[str, Any], bot_id: str) -> str:
    """The text without the mention of the bot, and nothing else gone.

    The SDK's own removal takes every occurrence of the bot's name, also inside words, so only the `<at>` element that
    a mention entity of this bot names is dropped here (teams.md 3.3).
    """
    text = _text(activity, "text")
    entities = activity.get("entities")
    if not isinstance(entities, list):
        return text
    had_mention = False
    for entity in entities:
        if not isinstance(entity, dict) or entity.get("type") != "mention":
            continue
        had_mention = True
        mentioned = entity.get("mentioned")
        element = entity.get("text")
        if not (isinstance(mentioned, dict) and isinstance(element, str) and bot_id and mentioned.get("id") == bot_id):
            continue
        name = re.fullmatch(r"(?is)\s*<at\b[^>]*>(.*?)</at>\s*", element)
        if name is None:
            continue
        text = re.sub(rf"(?is)<at\b[^>]*>{re.escape(name[1])}</at>", " ", text, count=1)
    if not had_mention:
        return text
    # Texts with mentions are marked up: the other people's elements become their names, entities their signs.
    text = re.sub(r"(?is)<at\b[^>]*>(.*?)</at>", r"\1", text)
    text = html.unescape(text).replace("\xa0", " ")
    return re.sub(r"[ \t]+", " ", text).strip()


def _message(activity: Mapping[str, Any], bot_id: str) -> tuple[Event, str | None]:
    text = spoken_text(activity, bot_id)
    value = activity.get("value")
    if value is None or (value == {} and text):
        return Said(text), None
    if isinstance(value, dict) and _is_ours(value):
        values = {key: one for key, one in value.items() if key not in _OUR_KEYS}
        return Pressed(value["action"], values), _press_nonce(value, values)
    # A value of somebody else's shape beside a text: the text is what the person meant.
    return (Said(text) if text.strip() else Pressed(UNKNOWN_ACTION)), None


def _change_id(message_id: str | None, what: str, which: str) -> str | None:
    """A message edited or deleted keeps its id, and must not be taken for the message itself delivered again."""
    if message_id is None:
        return None
    digest = hashlib.sha256(which.encode(errors="surrogatepass")).hexdigest()[:16]
    return f"{message_id}|{what}|{digest}"


def _is_ours(value: Mapping[str, Any]) -> bool:
    version, action = value.get("losen"), value.get("action")
    return version == 1 and not isinstance(version, bool) and isinstance(action, str) and 0 < len(action) <= _LONGEST_ID


def _press_nonce(value: Mapping[str, Any], values: Mapping[str, Any]) -> str | None:
    nonce = value.get("nonce")
    if not isinstance(nonce, str) or not 0 < len(nonce) <= 64:
        return None
    pressed = orjson.dumps([nonce, value["action"], values], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(pressed).hexdigest()[:32]


def _files(activity: Mapping[str, Any]) -> tuple[File, ...]:
    found: list[File] = []
    listed = activity.get("attachments")
    if listed is None:
        return ()
    if not isinstance(listed, list):
        raise BadActivity("attachments must be a list")
    for one in listed:
        if not isinstance(one, dict):
            raise BadActivity("an attachment must be an object")
        content_type = _text(one, "contentType")
        # Teams adds the message itself as HTML, and cards are quoted back; neither is a file.
        if content_type == "text/html" or content_type.startswith("application/vnd.microsoft.card"):
            continue
        content = one.get("content")
        found.append(
            File(
                _text(one, "name")[:255],
                content_type[:255],
                _text(one, "contentUrl"),
                content if isinstance(content, dict) else {},
            )
        )
    if len(found) > _MOST_FILES:
        raise BadActivity(f"more than {_MOST_FILES} files in one message")
    return tuple(found)


def _someone_joined(activity: Mapping[str, Any], bot_id: str) -> bool:
    members = activity.get("membersAdded")
    if members is None:
        return False
    if not isinstance(members, list) or not all(isinstance(one, dict) for one in members):
        raise BadActivity("membersAdded must be a list of objects")
    return any(one.get("id") not in (bot_id, None, "") for one in members)


def _object(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadActivity(f"{key} must be an object")
    return value


def _text(data: Mapping[str, Any], key: str, *, required: bool = False) -> str:
    value = data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value):
        raise BadActivity(f"{key} must be a text")
    return value


def _id(data: Mapping[str, Any], key: str, *, required: bool = False) -> str:
    value = _text(data, key, required=required)
    if len(value) > _LONGEST_ID:
        raise BadActivity(f"{key} is too long")
    return value
