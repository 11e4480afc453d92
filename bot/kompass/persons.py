"""Who a person is in Kompass: found by UPN or e-mail, and only when exactly one is.

A case without its reporter would be filed on the robot that logs in, where nobody finds it, so nobody found, or
several, means that the case waits and the service desk is told. The first of several is never picked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.kompass.answers import Refused, read_entities
from bot.kompass.client import KompassClient
from bot.kompass.filters import Filter, is_address, with_address, without_robots
from bot.kompass.names import Names
from knowledge.errors import UnknownPerson

_KEPT = timedelta(hours=1)
_MOST_KEPT = 10_000
_LOOK_AGAIN = 600.0


class Persons:
    """Finds persons, and remembers for an hour whom it found."""

    def __init__(self, client: KompassClient, names: Names, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._names = names
        self._clock = clock
        self._found: dict[str, tuple[str, datetime]] = {}
        self._robot = ""

    async def find(self, address: str, whom: str) -> str:
        """The id of the person with this address; raises UnknownPerson, which calls the person `whom`."""
        if not is_address(address):
            raise _unknown("no_address", whom, f"no usable e-mail address is known of the {whom}")
        now = self._clock()
        known = self._found.get(address)
        if known is not None and now < known[1]:
            return known[0]
        ids = await self._search(address)
        if not ids:
            raise _unknown("nobody", whom, f"Kompass knows nobody by the e-mail address of the {whom}")
        if len(ids) > 1:
            raise _unknown("several", whom, f"Kompass knows {len(ids)} persons by the e-mail address of the {whom}")
        (person,) = ids
        if person == await self.robot():
            raise _unknown("robot", whom, f"the e-mail address of the {whom} is the robot's own")
        if len(self._found) >= _MOST_KEPT:
            self._found.clear()
        self._found[address] = (person, now + _KEPT)
        return person

    async def robot(self) -> str:
        """The id of the person the bot is logged in as."""
        if not self._robot:
            me = read_entities(await self._client.call(self._client.requests.me()))
            self._robot = str(me[0]["Id"]) if me else ""
        return self._robot

    async def _search(self, address: str) -> set[str]:
        # Whether Kompass tells capitals apart in a search is not known; addresses are stored in small letters mostly.
        for form in dict.fromkeys((address.lower(), address)):
            for name in (self._names.upn, self._names.email):
                ids = await self._having(with_address(name, form))
                if len(ids) > 1:
                    ids = await self._people_of(ids, with_address(name, form))
                if ids:
                    return ids
        return set()

    async def _having(self, where: Filter) -> set[str]:
        layout = ("Id", "Name", self._names.upn, self._names.email, "IsDeleted")
        found = read_entities(await self._client.call(self._client.requests.many("Person", layout, where, size=10)))
        return {str(one["Id"]) for one in found if str(one.get("IsDeleted", "")).lower() != "true"}

    async def _people_of(self, several: set[str], where: Filter) -> set[str]:
        """Those of several that are no robots; all of them where the tenant does not tell the two apart."""
        try:
            return await self._having(without_robots(where)) or several
        except Refused:
            return several


def _unknown(why: str, whom: str, message: str) -> UnknownPerson:
    return UnknownPerson(message, _LOOK_AGAIN, why=why, whom=whom)
