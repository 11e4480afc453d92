"""A case moved on by the reporter's answer: a solution accepted or rejected, a solved case opened again.

No documented call does this; the phase is set, which works only where the tenant's owner has confirmed it (see
`Names.accepted_phase`). A case that others have moved meanwhile is left where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.kompass.answers import read_entities, read_written
from bot.kompass.client import KompassClient
from bot.kompass.exactly_once import Prepared
from bot.kompass.names import Names
from dialogs.case import Case, Status
from dialogs.effects import Move
from knowledge.errors import PermanentFailure

_FROM = {Move.ACCEPT: Status.SOLUTION_PROPOSED, Move.REJECT: Status.SOLUTION_PROPOSED, Move.REOPEN: Status.SOLVED}


@dataclass(frozen=True, slots=True)
class Moving:
    """One case with its number in Kompass, and where it is to go."""

    client: KompassClient
    names: Names
    case: Case
    number: str
    move: Move

    async def look(self) -> str | None:
        """The number, when the case is there already."""
        return self.number if await self._phase() == self._wanted else None

    async def prepare(self) -> Prepared:
        """Ready to be moved; raises PermanentFailure when it cannot be moved from where it is."""
        phase = await self._phase()
        if phase != self._wanted and self.names.phases.get(phase) != _FROM[self.move].value:
            raise PermanentFailure(f"case {self.case.ref} is in another phase by now")
        return Prepared(self._send)

    async def _send(self) -> str:
        if await self._phase() != self._wanted:
            await set_phase(self.client, self.names, self.number, self._wanted)
        return self.number

    async def _phase(self) -> str:
        return await phase_of(self.client, self.names, self.number)

    @property
    def _wanted(self) -> str:
        if not self.names.takes_answers:
            raise PermanentFailure("the tenant has not confirmed how a solution is answered")
        return self.names.accepted_phase if self.move is Move.ACCEPT else self.names.rejected_phases[self.case.kind]


async def phase_of(client: KompassClient, names: Names, number: str) -> str:
    """The phase a case is in; empty where there is no such case."""
    found = read_entities(await client.call(client.requests.one("Request", number, ("Id", names.phase))))
    return str(found[0].get(names.phase) or "") if found else ""


async def set_phase(client: KompassClient, names: Names, number: str, phase: str) -> None:
    """Move a case there; raises a PortError."""
    call = client.requests.update("Request", number, {names.phase: phase})
    read_written(await client.call(call), new=False)
