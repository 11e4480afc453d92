"""Replies as activities of the Bot Framework protocol, within the size that every client takes.

Web Chat: text as text with suggested answers beside the box, the rest as cards. Teams: everything with buttons, links
or several lines as a card, alone in its activity, since text plus card can be split into two messages and then has no
id to update (teams.md 4.2). Every card has its reply as plain text in `summary`, which is what a notification shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import orjson

from bot.rendering.cards import CARD_TYPE, build_card
from bot.rendering.escaping import clean, cut
from dialogs.plain_text import render
from dialogs.replies import Choice, Questions, Reply, Summary, Text
from dialogs.texts import DEFAULT_LANGUAGE, Texts

Activity = dict[str, Any]

# The oldest of the limits in force (teams.md 4.7): whole activity, serialised, in bytes.
ACTIVITY_BUDGET = 28 * 1024
# A notification and a client without cards need the beginning, not the whole.
_SUMMARY_LIMIT = 2_000
_MOST_SUGGESTIONS = 8


class Surface(StrEnum):
    """Where the reply will be read."""

    WEB = "webchat"
    TEAMS = "msteams"


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns replies into activities. `texts` by language."""

    texts: Mapping[str, Texts]

    def activities(self, replies: Sequence[Reply], language: str, surface: Surface, seed: str) -> list[Activity]:
        """One activity a reply, without addresses. The same seed gives the same nonces, so a repeat looks the same."""
        last = len(replies) - 1
        return [
            self.activity(reply, language, surface, make_nonce(seed, position), is_last=position == last)
            for position, reply in enumerate(replies)
        ]

    def activity(self, reply: Reply, language: str, surface: Surface, nonce: str, *, is_last: bool = True) -> Activity:
        """The activity of one reply. Suggested answers disappear with the next message, so only the last has them."""
        texts = self.texts.get(language) or self.texts[DEFAULT_LANGUAGE]
        plain = render(reply, texts)
        base: Activity = {"type": "message", "locale": texts.language, "inputHint": "acceptingInput"}
        if isinstance(reply, Text) and _goes_as_text(reply, surface, is_last):
            activity = {**base, **_plain_message(reply.text)}
            if reply.choices:
                activity["suggestedActions"] = {"actions": [_suggestion(choice) for choice in reply.choices]}
            if _size(activity) <= ACTIVITY_BUDGET:
                return activity
        else:
            for smaller in _ever_smaller(reply):
                card = build_card(smaller, texts, nonce, cut(plain, _SUMMARY_LIMIT))
                activity = {
                    **base,
                    "summary": cut(plain, _SUMMARY_LIMIT),
                    "attachments": [{"contentType": CARD_TYPE, "content": card}],
                }
                if surface is Surface.WEB:
                    # What a screen reader is told of a card that has just come.
                    activity["channelData"] = {"webchat:fallback-text": activity["summary"]}
                if _size(activity) <= ACTIVITY_BUDGET:
                    return activity
        return _cut_to_budget(base, plain, texts("card.too_long"))


def make_nonce(seed: str, position: int) -> str:
    """The nonce of the reply at this position of the turn or message named by `seed`."""
    return hashlib.sha256(f"{seed}|{position}".encode()).hexdigest()[:20]


def _goes_as_text(reply: Text, surface: Surface, is_last: bool) -> bool:
    if reply.links:
        return False
    if surface is Surface.TEAMS:
        return not reply.choices and "\n" not in reply.text.strip()
    return not reply.choices or (is_last and len(reply.choices) <= _MOST_SUGGESTIONS)


def _plain_message(text: str) -> Activity:
    return {"text": clean(text), "textFormat": "plain"}


def _suggestion(choice: Choice) -> Activity:
    label = clean(choice.label)
    value = {"losen": 1, "action": choice.id}
    return {"type": "messageBack", "title": label, "text": label, "displayText": label, "value": value}


def _ever_smaller(reply: Reply) -> Iterator[Reply]:
    """The reply, then with less and less of what can be spared."""
    yield reply
    match reply:
        case Questions():
            # What is known need not be shown again; what is asked or was wrong must be.
            asked = tuple(one for one in reply.inputs if not one.value or one.error or one.key == reply.current)
            yield replace(reply, inputs=asked)
            # A cut value would come back as the answer, so a long one is left out instead.
            emptied = tuple(replace(one, value=one.value if len(one.value) <= 200 else "") for one in asked)
            yield replace(reply, inputs=emptied, intro=cut(reply.intro, 1_000))
        case Summary():
            for limit in (1_000, 300, 80):
                rows = tuple(replace(row, value=cut(row.value, limit)) for row in reply.rows)
                yield replace(reply, rows=rows, notes=tuple(cut(note, limit * 2) for note in reply.notes))
        case Text():
            yield replace(reply, text=cut(reply.text, 8_000))


def _cut_to_budget(base: Activity, plain: str, too_long: str) -> Activity:
    plain = clean(plain)
    limit = len(plain)
    while limit > 100:
        shown = plain if limit == len(plain) else f"{cut(plain, limit)}\n\n{too_long}"
        activity = {**base, **_plain_message(shown)}
        if _size(activity) <= ACTIVITY_BUDGET:
            return activity
        limit = limit * 3 // 4
    return {**base, **_plain_message(too_long)}


def _size(activity: Activity) -> int:
    return len(orjson.dumps(activity))
