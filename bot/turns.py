"""One turn, from event to answer (DESIGN 2): everything it changes is on disk before anything is said.

The engine decides inside the transaction that writes what it decided, so the numbers it hands out and the cases it
has seen cannot change in between. A message delivered again gets the stored answer again and changes nothing. When
anything fails, the transaction is undone, the person is told, and the next message finds the state unharmed.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson

from bot.effects import EffectWriter
from bot.locks import ConversationLocks
from bot.personal_links import PersonalLinks
from bot.radar.listening import Hear, hear_nothing
from bot.situation import SituationReader
from bot.store.port import Session, Store
from bot.store.records import ConversationRecord, Job, OutboxRecord, Profile
from dialogs.case import Person, Role
from dialogs.effects import Effect
from dialogs.events import Event, Happened
from dialogs.replies import Reply, Text, reply_from_json, reply_to_json
from dialogs.roles import roles_held
from dialogs.state import State, state_from_json, state_to_text
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from dialogs.turn import CaseTool, Situation, Turn
from knowledge.errors import NotAllowed, UnreadableState
from knowledge.feed_targets import FeedRouting
from knowledge.notice_reach import NoticeReach
from knowledge.opening_hours import Staffing

K = TypeVar("K")

Decide = Callable[[State, Event, Situation, K], Turn]
"""The engine: pure, synchronous, a few milliseconds."""

# How many messages of one conversation may wait for their turn; whoever sends more is asked to slow down.
_MOST_WAITING = 20

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as its channel read it.

    activity_id: the channel's id of the message, None where it has none (then only a nonce can tell a repeat).
    nonce: the id of the card that was pressed. reference: how the channel reaches the conversation later.
    person: identity from the channel; the roles in it are not looked at.
    """

    conversation_id: str
    activity_id: str | None
    channel: str
    event: Event
    person: Person
    nonce: str | None = None
    reference: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What to send. `duplicate`: it was answered before; `failed`: an apology, and nothing was changed."""

    replies: tuple[Reply, ...]
    language: str = DEFAULT_LANGUAGE
    duplicate: bool = False
    failed: bool = False

    @property
    def result(self) -> str:
        """In a word, for those who measure."""
        return "duplicate" if self.duplicate else "failed" if self.failed else "answered"


Send = Callable[[Answered], Awaitable[None]]


class TurnService(Generic[K]):
    """Answers messages and tells outcomes.

    `facts` are the organisation's values for the texts of this file's own. `clock` gives aware times in Europe/Oslo.
    `case_tool` tells in a turn's transaction how the case system is. `queued` is called when effects have been queued,
    to wake the worker. `reach` says which groups are open, `routing` where their notices are posted,
    `staffed` who is at the desk at a time. `links` makes links to pages that are one person's own.
    """

    def __init__(
        self,
        *,
        store: Store,
        decide: Decide[K],
        knowledge: K,
        texts: Mapping[str, Texts],
        facts: Mapping[str, str],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        undo_seconds: int,
        case_tool: Callable[[Session], CaseTool] = lambda _: CaseTool(),
        queued: Callable[[], None] = lambda: None,
        reach: NoticeReach = NoticeReach(),  # noqa: B008  a value that nobody changes
        routing: FeedRouting | None = None,
        hear: Hear = hear_nothing,
        staffed: Callable[[datetime], Staffing] = lambda _: Staffing.OPEN,
        links: PersonalLinks | None = None,
    ) -> None:
        self._store = store
        self._decide = decide
        self._knowledge = knowledge
        self._texts = texts
        self._facts = facts
        self._clock = clock
        self._new_id = new_id
        self._undo_seconds = undo_seconds
        self._queued = queued
        self._reach = reach
        self._routing = routing or FeedRouting()
        self._hear = hear
        self._staffed = staffed
        self._seen = SituationReader(clock, case_tool, reach, links or PersonalLinks(clock))
        self._locks = ConversationLocks()

    def use(self, knowledge: K) -> None:
        """Answer from now on with this knowledge. Called on the event loop, where a turn runs from its beginning to
        its end without a pause, so every turn has one knowledge and one only.
        """
        self._knowledge = knowledge

    @property
    def knowledge(self) -> K:
        """The knowledge that is answered from now."""
        return self._knowledge

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        """Answer a message; never raises for what the engine or the store does, the answer is an apology then.

        With `send`, the answer is sent before the next message of the conversation is looked at (but for being asked
        to slow down, which waits for nobody); what `send` raises is raised here, after the turn is on disk.
        """
        if self._locks.waiting(incoming.conversation_id) > _MOST_WAITING:
            answered = await self.busy(incoming.conversation_id)
            if send is not None:
                await send(answered)
            return answered
        async with self._locks.holding(incoming.conversation_id):
            answered = await self._answer(incoming)
            if send is not None:
                await send(answered)
        return answered

    async def happened(self, conversation_id: str, person_id: str, event: Happened) -> None:
        """Tell a person in a conversation what became of something; raises StoreError."""
        await self._store.write(lambda session: self.tell(session, conversation_id, person_id, event))
        self._queued()

    async def busy(self, conversation_id: str) -> Answered:
        """The answer that asks to wait, in the conversation's language; never raises."""
        return await self._failed(conversation_id, "system.busy")

    def answering(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Hold a conversation, so that a message nobody asked for does not overtake the answer under way."""
        return self._locks.holding(conversation_id)

    def words(self, key: str, **values: str) -> str:
        """A text for colleagues at the service desk, whose language is bokmål."""
        return self._text(DEFAULT_LANGUAGE, key, **values)

    def tell(
        self, session: Session, conversation_id: str, person_id: str, event: Happened, reason_key: str = ""
    ) -> None:
        """Let the engine put an outcome into words, in the transaction that records the outcome.

        reason_key: the text that becomes the event's `reason`, in the person's language. An engine that fails here
        must not undo the outcome, so the person gets a plain sentence instead. What an outcome makes the engine want
        done is not carried out: outcomes are told, people decide.
        """
        record = session.conversations.get(conversation_id)
        if record is None:
            _log.warning("no conversation to tell an outcome in", extra={"outcome": event.outcome, "case": event.ref})
            return
        state, _ = self._state(record, None)
        person, _ = self._person(session, Person(person_id, ""))
        replies: tuple[Reply, ...]
        try:
            if reason_key:
                event = replace(event, detail={**event.detail, "reason": self._text(state.language, reason_key)})
            turn = self._decide(state, event, self._seen.by(session, person, alone=False), self._knowledge)
            state, replies = turn.state, turn.replies
        except Exception:
            _log.exception("the engine failed on an outcome", extra={"outcome": event.outcome, "case": event.ref})
            replies = (Text(self._text(state.language, "outcome.other", ref=event.ref)),)
        now = self._clock()
        session.conversations.save(
            replace(record, state=state_to_text(state), language=state.language, turns=record.turns + 1, updated_at=now)
        )
        if replies:
            session.outbox.add(
                OutboxRecord(
                    id=self._new_id(),
                    job=Job.DELIVER,
                    lane=f"to {conversation_id}",
                    ref=event.ref,
                    conversation_id=conversation_id,
                    person_id=person_id,
                    payload={"replies": [reply_to_json(one) for one in replies], "language": state.language},
                    not_before=now,
                    created_at=now,
                    channel=record.channel,
                )
            )

    async def _answer(self, incoming: Incoming) -> Answered:
        ids = {"conversation": incoming.conversation_id, "activity": incoming.activity_id, "channel": incoming.channel}
        effects: list[Effect] = []
        try:
            answered = await self._store.write(lambda session: self._turn(session, incoming, effects))
        except Exception:
            # Whatever went wrong, the transaction is undone; the place in the code is logged, the message is not.
            _log.exception("a turn failed", extra={**ids, "event": type(incoming.event).__name__})
            return await self._failed(incoming.conversation_id, "system.error")
        _log.info(
            "turn",
            extra={
                **ids,
                "event": type(incoming.event).__name__,
                "duplicate": answered.duplicate,
                "replies": len(answered.replies),
                "effects": [type(one).__name__ for one in effects],
            },
        )
        if effects:
            self._queued()
        return answered

    def _turn(self, session: Session, incoming: Incoming, effects: list[Effect]) -> Answered:
        record = session.conversations.get(incoming.conversation_id)
        stored = session.conversations.answer(incoming.conversation_id, incoming.activity_id, incoming.nonce)
        if stored is not None:
            language = record.language if record else DEFAULT_LANGUAGE
            return Answered(tuple(reply_from_json(one) for one in stored), language, duplicate=True)
        person, granted = self._person(session, incoming.person)
        state, lost = self._state(record, session.people.profile(person.id) if record is None else None)
        situation = self._seen.by(session, person, alone=bool(incoming.reference.get("personal", True)))
        turn = self._decide(state, incoming.event, situation, self._knowledge)
        turn = self._carry_out(session, incoming, turn, situation, granted)
        effects += turn.effects
        replies = turn.replies
        if lost:
            replies = (Text(self._text(turn.state.language, "system.state_lost")), *replies)
        session.conversations.save(
            ConversationRecord(
                id=incoming.conversation_id,
                channel=incoming.channel,
                person_id=person.id,
                language=turn.state.language,
                state=state_to_text(turn.state),
                reference=incoming.reference,
                turns=record.turns + 1 if record else 1,
                updated_at=situation.now,
            )
        )
        if incoming.activity_id is not None or incoming.nonce is not None:
            activity_id = incoming.activity_id or self._new_id()
            plain = [reply_to_json(one) for one in replies]
            session.conversations.remember_answer(
                incoming.conversation_id, activity_id, incoming.nonce, plain, situation.now
            )
        return Answered(replies, turn.state.language)

    def _carry_out(
        self, session: Session, incoming: Incoming, turn: Turn, situation: Situation, granted: Collection[str]
    ) -> Turn:
        """The turn with only the effects that were allowed; a refused one turns the answer into saying so."""
        writer = EffectWriter(
            session=session,
            conversation_id=incoming.conversation_id,
            person=situation.person,
            granted=granted,
            now=situation.now,
            undo_seconds=self._undo_seconds,
            new_id=self._new_id,
            reach=self._reach,
            routing=self._routing,
            hear=self._hear,
        )
        allowed: list[Effect] = []
        refused: list[Happened] = []
        for effect in turn.effects:
            try:
                writer.write(effect)
                allowed.append(effect)
            except NotAllowed as error:
                _log.warning(
                    "an effect was refused",
                    extra={"conversation": incoming.conversation_id, "kind": type(effect).__name__},
                )
                refused.append(Happened("not_allowed", _ref(effect), {"reason": str(error)}))
        replies, state = turn.replies, turn.state
        if refused:
            # What the engine said took the effect for granted, so it is not sent.
            said: list[Reply] = []
            for event in refused:
                told = self._decide(state, event, situation, self._knowledge)
                state = told.state
                said += told.replies
            replies = tuple(said)
        return Turn(state, replies, tuple(allowed))

    def _state(self, record: ConversationRecord | None, profile: Profile | None) -> tuple[State, bool]:
        """The state to go on from, and whether the stored one was lost."""
        if record is None:
            return State(said_role=profile.said_role if profile else ""), False
        try:
            return state_from_json(orjson.loads(record.state)), False
        except (UnreadableState, orjson.JSONDecodeError):
            _log.exception("a stored state cannot be read; starting afresh", extra={"conversation": record.id})
            return State(language=_known(record.language)), True

    def _person(self, session: Session, claimed: Person) -> tuple[Person, frozenset[str]]:
        """The person with what is remembered, and the roles from the roles table: a channel cannot give any."""
        known = session.people.profile(claimed.id)
        old = known or Profile(claimed.id)
        profile = replace(
            old,
            name=claimed.name or old.name,
            virksomhet=claimed.virksomhet or old.virksomhet,
            email=claimed.email or old.email,
            phone=claimed.phone or old.phone,
        )
        if profile != known and profile.name:
            session.people.save_profile(profile)
        roles = roles_held(session.people.roles(claimed.id), self._staffed(self._clock()))
        person = Person(
            profile.id,
            profile.name,
            profile.virksomhet,
            roles,
            profile.email,
            profile.phone,
            session.people.first_line_of(claimed.id) if Role.FORSTELINJE in roles else frozenset(),
        )
        return person, frozenset(role.value for role in roles)

    async def _failed(self, conversation_id: str, key: str) -> Answered:
        language = DEFAULT_LANGUAGE
        try:
            record = await self._store.read(lambda session: session.conversations.get(conversation_id))
            language = _known(record.language) if record else DEFAULT_LANGUAGE
        except Exception:
            # The store may be what failed; the apology must come all the same.
            _log.exception("the language of a conversation cannot be read", extra={"conversation": conversation_id})
        return Answered((Text(self._text(language, key)),), language, failed=True)

    def _text(self, language: str, key: str, **values: str) -> str:
        return self._texts[_known(language)](key, **{**self._facts, **values})


def _known(language: str) -> str:
    return language if language in ("nb", "nn", "en") else DEFAULT_LANGUAGE


def _ref(effect: Effect) -> str:
    for name in ("case", "notice"):
        if hasattr(effect, name):
            return str(getattr(effect, name).ref)
    return str(getattr(effect, "ref", ""))
