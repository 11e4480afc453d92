"""The e-mail address of a person: what the profile says, or else what the channel says when it is asked.

Teams does not send addresses along with messages, and nothing in a turn waits for anybody, so the channel is asked
only when a case is on its way and an address is needed; the answer is kept in the profile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.store.port import Session, Store
from bot.store.records import ConversationRecord
from knowledge.errors import PermanentFailure, TemporaryFailure, UncertainOutcome

Ask = Callable[[Mapping[str, Any]], Awaitable[str]]
"""The address of the person a stored reference of a channel belongs to, "" when there is none; raises a PortError."""


@dataclass(frozen=True, slots=True)
class AddressBook:
    """ask: by channel, what asks it. Filled once, when the channels are built."""

    store: Store
    ask: dict[str, Ask] = field(default_factory=dict)

    async def of(self, person_id: str) -> str:
        """The address, "" when nobody knows one; raises TemporaryFailure when the channel cannot be asked now."""

        def read(session: Session) -> tuple[str, tuple[ConversationRecord, ...]]:
            profile = session.people.profile(person_id)
            known = profile.email if profile is not None else ""
            return known, () if known else session.conversations.of_person(person_id)

        known, conversations = await self.store.read(read)
        if known:
            return known
        for conversation in conversations:
            ask = self.ask.get(conversation.channel)
            address = await _asked(ask, conversation.reference) if ask else ""
            if address:
                await self._keep(person_id, address)
                return address
        return ""

    async def _keep(self, person_id: str, address: str) -> None:
        def work(session: Session) -> None:
            profile = session.people.profile(person_id)
            # Whoever has had his data deleted meanwhile stays deleted.
            if profile is not None:
                session.people.save_profile(replace(profile, email=address))

        await self.store.write(work)


async def _asked(ask: Ask, reference: Mapping[str, Any]) -> str:
    try:
        return await ask(reference)
    except PermanentFailure:
        return ""
    except UncertainOutcome as error:
        raise TemporaryFailure(str(error)) from error  # asking changes nothing
