"""Teams messages in, answers out: from a checked activity to the turn handler and back over the connector."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any

from bot.channels.handling import TurnHandler
from bot.channels.incoming import Arrived, read_activity
from bot.channels.refused_files import refusals
from bot.channels.teams import feedback, form_search, message_action
from bot.channels.teams.authentication import tenant_of
from bot.channels.teams.connector import Connector
from bot.channels.teams.files import TeamsFiles
from bot.channels.teams.form_search import FormSearch
from bot.channels.teams.sent_cards import SentCards
from bot.channels.teams.typing_sign import TypingSign
from bot.ratings import NoteRating
from bot.rendering.activities import Renderer, Surface
from bot.rendering.used_cards import used_up
from bot.throttle import Throttle
from bot.turns import Answered, Incoming
from dialogs.case import Person
from dialogs.events import Pressed, Said
from dialogs.replies import Reply
from dialogs.texts import DEFAULT_LANGUAGE
from knowledge.errors import PermanentFailure, PortError

# The channel delivers the press again when its answer comes late (teams.md 3.2).
_USE_UP_SECONDS = 3

_BAD_ACTION = {
    "statusCode": 400,
    "type": "application/vnd.microsoft.error",
    "value": {"code": "BadRequest", "message": "not an action of this bot"},
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TeamsService:
    """Runs one activity through a turn, and delivers what nobody just asked for."""

    connector: Connector
    turns: TurnHandler
    renderer: Renderer
    files: TeamsFiles
    forms: FormSearch
    note_rating: NoteRating
    throttle: Throttle
    sent_cards: SentCards = field(default_factory=SentCards)

    async def invoked(self, activity: Mapping[str, Any]) -> dict[str, Any]:
        """What Teams asks for and waits to show; an empty answer to what it asks for in vain. Raises BadActivity or
        StoreError.
        """
        match activity.get("name"):
            case form_search.QUERY:
                return self.forms.answer(activity)
            case message_action.MESSAGE_PICKED:
                return message_action.shown(await self._take_picked(activity))
            case "adaptiveCard/action":
                # Our cards have no button of this kind, so it is somebody else's or made up. Teams wants the status
                # inside a sound answer; any other makes it show an error of its own (teams.md 5.2).
                return _BAD_ACTION
            case feedback.RATED:
                rating = feedback.rating_in(activity)
                if rating is not None:
                    await self.note_rating(*rating)
        return {}

    async def _take_picked(self, activity: Mapping[str, Any]) -> str:
        """Say a message for the person who picked it, in his own conversation with the bot; the sentence to show."""
        texts = self.renderer.texts[form_search.language_of(activity)]
        arrived, text = read_activity(activity), message_action.picked_text(activity)
        name = texts("teams_app.name")
        if not text:
            return texts("from_message.no_text", name=name)
        try:
            # Whatever is said is said in private: others read along where the message stands.
            conversation_id = await self.connector.open_personal(
                activity["serviceUrl"], _bot(activity).get("id") or "", arrived.sender_id, _tenant(activity)
            )
            private = replace(arrived, conversation_id=conversation_id)
            reference = _reference({**activity, "conversation": {"id": conversation_id}}, private)

            async def send(answered: Answered) -> None:
                await self.deliver(reference, answered.replies, answered.language)

            await self.turns.handle(
                Incoming(
                    conversation_id=f"{activity['channelId']}:{conversation_id}",
                    activity_id=arrived.activity_id,
                    channel=activity["channelId"],
                    event=Said(text),
                    person=_person(arrived),
                    reference=reference,
                ),
                send,
            )
        except PortError as error:
            _log.warning("a picked message cannot be answered in private: %s", error)
            return texts("from_message.unreachable", name=name)
        return texts("from_message.goes_on", name=name)

    async def take(self, activity: Mapping[str, Any]) -> None:
        """Answer a checked activity; raises BadActivity, or a PortError when the answer could not be sent.

        The turn is on disk before anything is sent, so a delivery of the same activity again sends the answer again.
        """
        arrived = read_activity(activity)
        if arrived.event is None:
            return

        async with TypingSign(lambda: self._show_typing(activity, arrived)) as typing:
            await self._answer(activity, arrived, typing)

    async def _answer(self, activity: Mapping[str, Any], arrived: Arrived, typing: TypingSign) -> None:
        kept, refused = await self.files.fetch(arrived.files, activity["serviceUrl"])
        told = refusals(refused, self.renderer.texts[DEFAULT_LANGUAGE], self.files.store.most_bytes)

        async def send(answered: Answered) -> None:
            await typing.stop()
            await self._reply(activity, arrived, (*told, *answered.replies), answered.language)

        event = arrived.with_attachments(kept)
        if told and event == Said(""):
            await self._reply(activity, arrived, told, DEFAULT_LANGUAGE)
        elif event is not None:
            person = _person(arrived)
            answered = await self.turns.handle(
                Incoming(
                    conversation_id=_conversation_key(activity, arrived, person),
                    activity_id=arrived.activity_id,
                    channel=activity["channelId"],
                    event=event,
                    person=person,
                    nonce=arrived.nonce,
                    reference=_reference(activity, arrived),
                ),
                send,
            )
            if arrived.nonce is not None and isinstance(event, Pressed) and not answered.failed:
                await self._use_up(activity, arrived, event)

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        """Send to the conversation of a stored reference; raises a PortError."""
        try:
            service_url, conversation_id = str(reference["service_url"]), str(reference["conversation_id"])
            addresses, user_id = _addresses(reference), str(reference["user"]["id"])
        except (KeyError, TypeError) as error:
            raise PermanentFailure(f"the stored reference lacks {error}") from None
        for activity in self.renderer.activities(replies, language, Surface.TEAMS, token_hex(8)):
            self.throttle.check()
            alert = {"channelData": {"notification": {"alert": True}}}
            sent = await self.connector.send(service_url, conversation_id, {**activity, **addresses, **alert})
            self.sent_cards.keep(conversation_id, sent, user_id, activity)

    async def address(self, reference: Mapping[str, Any]) -> str:
        """The UPN or e-mail address of the person of a stored reference, "" without one; raises a PortError."""
        try:
            service_url, conversation_id = str(reference["service_url"]), str(reference["conversation_id"])
            member_id = str(reference["user"]["id"])
        except (KeyError, TypeError):
            return ""
        return await self.connector.address(service_url, conversation_id, member_id)

    async def _reply(
        self, activity: Mapping[str, Any], arrived: Arrived, replies: Sequence[Reply], language: str
    ) -> None:
        seed = f"{arrived.conversation_id}|{arrived.activity_id}|{arrived.nonce}"
        activities = self.renderer.activities(replies, language, Surface.TEAMS, seed)
        if feedback.asks_for_rating(replies):
            activities[-1]["channelData"] = feedback.ASKING
        reply_to = activity.get("id") or None
        addresses = {**_addresses(_reference(activity, arrived)), "replyToId": reply_to}
        for one in activities:
            sent = await self.connector.send(
                activity["serviceUrl"], arrived.conversation_id, {**one, **addresses}, reply_to
            )
            self.sent_cards.keep(arrived.conversation_id, sent, arrived.sender_id, one)

    async def _show_typing(self, activity: Mapping[str, Any], arrived: Arrived) -> None:
        body = {"type": "typing", **_addresses(_reference(activity, arrived))}
        await self.connector.send(activity["serviceUrl"], arrived.conversation_id, body)

    async def _use_up(self, activity: Mapping[str, Any], arrived: Arrived, pressed: Pressed) -> None:
        """Make the card that was pressed read-only. The turn is over and answered, so nothing here may fail it."""
        card_id = activity.get("replyToId")
        if not isinstance(card_id, str):
            return
        card = self.sent_cards.take(arrived.conversation_id, card_id, arrived.sender_id)
        if card is None:
            return
        body = {
            **used_up(card, pressed.action, pressed.values),
            **_addresses(_reference(activity, arrived)),
            "id": card_id,
        }
        try:
            async with asyncio.timeout(_USE_UP_SECONDS):
                await self.connector.update(activity["serviceUrl"], arrived.conversation_id, card_id, body)
        except (PortError, TimeoutError) as error:
            _log.info("a used card keeps its buttons: %s", type(error).__name__)


def _person(arrived: Arrived) -> Person:
    # The Entra object id is the only stable key; the channel's own id differs from bot to bot (teams.md 3.1).
    return Person(id=arrived.sender_object_id or arrived.sender_id, name=arrived.sender_name)


def _conversation_key(activity: Mapping[str, Any], arrived: Arrived, person: Person) -> str:
    """In a group or channel everybody has a dialog of his own: another person's "ja" must not send my case."""
    key = f"{activity['channelId']}:{arrived.conversation_id}"
    return key if activity["conversation"].get("conversationType") in (None, "personal") else f"{key}|{person.id}"


def _reference(activity: Mapping[str, Any], arrived: Arrived) -> dict[str, Any]:
    return {
        "channel": activity["channelId"],
        "service_url": activity["serviceUrl"],
        "conversation_id": arrived.conversation_id,
        "bot": _bot(activity),
        "user": {"id": arrived.sender_id, "name": arrived.sender_name},
        "personal": activity["conversation"].get("conversationType") in (None, "personal"),
    }


def _addresses(reference: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "channelId": reference["channel"],
        "from": reference["bot"],
        "recipient": reference["user"],
        "conversation": {"id": reference["conversation_id"]},
        "serviceUrl": reference["service_url"],
    }


def _bot(activity: Mapping[str, Any]) -> dict[str, Any]:
    recipient = activity.get("recipient") or {}
    return {"id": recipient.get("id"), "name": recipient.get("name")}


def _tenant(activity: Mapping[str, Any]) -> str:
    # One and the same wherever the activity names it: that has been checked.
    return next(iter(tenant_of(activity)), "")
