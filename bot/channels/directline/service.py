"""The conversations of the web page: a message in, its answers written down, everybody listening told."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.channels.directline.transcripts import Activity, Transcripts, WebConversation
from bot.channels.handling import TurnHandler
from bot.channels.incoming import Arrived, read_activity
from bot.locks import ConversationLocks
from bot.rendering.activities import Renderer, Surface
from bot.turns import Answered, Incoming
from bot.web.demo_people import DemoPerson
from dialogs.events import Attachment, Event, Said
from dialogs.replies import Reply
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from knowledge.errors import BadActivity, LosenError, PermanentFailure

CHANNEL = "directline"
BOT = {"id": "losen", "name": "Losen", "role": "bot"}
JOINED_ID = "joined"

_log = logging.getLogger(__name__)


class DirectLine:
    """Runs the web conversations. `new_id` makes ids of activities, `now` gives aware times."""

    def __init__(
        self,
        transcripts: Transcripts,
        people: Mapping[str, DemoPerson],
        turns: TurnHandler,
        renderer: Renderer,
        *,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._transcripts = transcripts
        self._people = people
        self._turns = turns
        self._renderer = renderer
        self._new_id = new_id
        self._now = now
        self._locks = ConversationLocks()
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    @property
    def texts(self) -> Texts:
        """The texts of the page's language."""
        return self._renderer.texts[DEFAULT_LANGUAGE]

    def start_conversation(self, person_key: str) -> tuple[WebConversation, str]:
        """A new conversation for a demo person, and its token; raises BadActivity for an unknown person."""
        if person_key not in self._people:
            raise BadActivity("unknown demo person")
        return self._transcripts.start(person_key)

    def conversation(self, token: str) -> WebConversation | None:
        """The conversation that this token opens."""
        return self._transcripts.by_token(token)

    async def greet(self, conversation: WebConversation) -> None:
        """Tell the bot that somebody opened the conversation; once only, however often it is called."""
        await self.post(conversation, {"type": "conversationUpdate", "id": JOINED_ID, "membersAdded": [{"id": "user"}]})

    async def post(
        self,
        conversation: WebConversation,
        activity: Activity,
        attachments: Sequence[Attachment] = (),
        refused: Sequence[Reply] = (),
    ) -> str:
        """Take a person's activity and answer it; returns its id. Raises BadActivity when it is malformed.

        refused: what to say first of files that were not taken.
        """
        stored = self._addressed(conversation, activity, attachments)
        read_activity(stored)
        async with self._locks.holding(conversation.id):
            if self._transcripts.add_pending(conversation.id, stored):
                self._tell(conversation.id)
                try:
                    await self._answer(conversation, stored, refused)
                except Exception:
                    self._transcripts.remove(conversation.id, stored["id"])
                    raise
        return str(stored["id"])

    async def resume(self) -> None:
        """Answer what was left without an answer by a kill."""
        for conversation_id, activity in self._transcripts.pending():
            conversation = self._transcripts.get(conversation_id)
            if conversation is None or conversation.person not in self._people:
                continue
            try:
                async with self._locks.holding(conversation_id):
                    await self._answer(conversation, activity)
            except LosenError as error:
                # It stays pending and is tried again at the next start; the page must work without it.
                _log.error("a message left by a stop could not be answered: %s", type(error).__name__)

    def activities(self, conversation_id: str, watermark: int) -> tuple[list[Activity], int]:
        """What was said after the watermark."""
        return self._transcripts.since(conversation_id, watermark)

    async def follow(self, conversation_id: str, watermark: int) -> AsyncIterator[tuple[list[Activity], int]]:
        """What was said after the watermark, and then everything as it is said."""
        told = asyncio.Event()
        self._listeners[conversation_id].add(told)
        try:
            while True:
                activities, watermark = self._transcripts.since(conversation_id, watermark)
                if activities:
                    yield activities, watermark
                else:
                    await told.wait()
                    told.clear()
        finally:
            self._listeners[conversation_id].discard(told)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        """Send what nobody just asked for; raises PermanentFailure when the conversation is gone."""
        conversation = self._transcripts.get(str(reference.get("conversation_id", "")))
        if conversation is None:
            raise PermanentFailure("the web conversation does not exist")
        self._transcripts.add(conversation.id, self._rendered(conversation, replies, language, self._new_id()))
        self._tell(conversation.id)

    def close(self) -> None:
        """Close the transcripts."""
        self._transcripts.close()

    async def _answer(self, conversation: WebConversation, activity: Activity, refused: Sequence[Reply] = ()) -> None:
        arrived = read_activity(activity)
        event = arrived.with_attachments(
            tuple(Attachment(one["name"], one["size"], one["sha256"], one["kind"]) for one in activity["files"])
        )

        async def write_down(answered: Answered) -> None:
            # Somebody who presses twice in a row has the answer before their eyes; later it is shown again.
            seen = answered.duplicate and arrived.nonce is not None and self._is_repeat(conversation, activity)
            replies = (*refused, *(() if seen else answered.replies))
            answers = self._rendered(conversation, replies, answered.language, activity["id"])
            self._transcripts.add_answers(conversation.id, activity["id"], answers)
            self._tell(conversation.id)

        if event is None or (refused and event == Said("")):
            await write_down(Answered(()))
            return
        await self._turns.handle(self._incoming(conversation, arrived, event), write_down)

    def _is_repeat(self, conversation: WebConversation, activity: Activity) -> bool:
        before = self._transcripts.said_before(conversation.id, activity["id"])
        return before is not None and before.get("value") == activity["value"]

    def _incoming(self, conversation: WebConversation, arrived: Arrived, event: Event) -> Incoming:
        return Incoming(
            conversation_id=f"{CHANNEL}:{conversation.id}",
            activity_id=arrived.activity_id,
            channel=CHANNEL,
            event=event,
            person=self._people[conversation.person].person,
            nonce=arrived.nonce,
            reference={"channel": CHANNEL, "conversation_id": conversation.id},
        )

    def _addressed(
        self, conversation: WebConversation, activity: Activity, attachments: Sequence[Attachment]
    ) -> Activity:
        """The activity as it is written down: addresses are ours, whatever the client wrote there."""
        person = self._people[conversation.person].person
        claimed = activity.get("channelData")
        channel_data = claimed if isinstance(claimed, dict) else {}
        kept = _only(activity, "type", "text", "textFormat", "value", "membersAdded")
        # The page sends a message again, with its own id, when it did not see that we took it.
        client_id = channel_data.get("clientActivityID")
        activity_id = (
            JOINED_ID
            if activity.get("id") == JOINED_ID and kept.get("type") == "conversationUpdate"
            else (client_id if isinstance(client_id, str) and 0 < len(client_id) <= 64 else self._new_id())
        )
        return {
            **kept,
            "id": activity_id,
            "timestamp": self._now().isoformat(),
            "channelId": CHANNEL,
            "conversation": {"id": conversation.id},
            "from": {"id": person.id, "name": person.name, "role": "user"},
            "recipient": BOT,
            "channelData": _only(channel_data, "clientActivityID", "postBack", "messageBack"),
            # Shown as names only: what people upload is never served back from here.
            "attachments": [{"contentType": "application/octet-stream", "name": one.name} for one in attachments],
            "files": [
                {"name": one.name, "size": one.size, "sha256": one.sha256, "kind": one.content_type}
                for one in attachments
            ],
        }

    def _rendered(
        self, conversation: WebConversation, replies: Sequence[Reply], language: str, seed: str
    ) -> list[Activity]:
        rendered = self._renderer.activities(replies, language, Surface.WEB, f"{conversation.id}|{seed}")
        person = self._people[conversation.person].person
        # No replyToId: Web Chat holds an answer back until it has shown what it replies to, and a press is never shown.
        return [
            {
                **activity,
                "id": f"{seed}|{position}",
                "timestamp": self._now().isoformat(),
                "channelId": CHANNEL,
                "conversation": {"id": conversation.id},
                "from": BOT,
                "recipient": {"id": person.id, "name": person.name, "role": "user"},
            }
            for position, activity in enumerate(rendered, start=1)
        ]

    def _tell(self, conversation_id: str) -> None:
        for told in self._listeners.get(conversation_id, ()):
            told.set()


def _only(data: Mapping[str, Any], *keys: str) -> Activity:
    return {key: data[key] for key in keys if key in data}
