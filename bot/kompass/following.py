"""Followers of a Request: linked once, taken off once.

What linking somebody again does is not known, so the links are always read before anything is sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.kompass.answers import Refused, read_entities, read_related
from bot.kompass.client import KompassClient
from bot.kompass.exactly_once import Look, Prepared
from bot.kompass.requests import Call

MakeCall = Callable[[str, tuple[str, str], tuple[str, str]], Call]


@dataclass(frozen=True, slots=True)
class Followers:
    """Those of the case with this number. name: of the link between a Request and its followers."""

    client: KompassClient
    name: str
    number: str

    async def link(self, persons: Sequence[str]) -> None:
        """Have these persons follow, who may do so already; raises a PortError."""
        already = await self._there()
        for person in persons:
            if person not in already:
                await self._send(self.client.requests.relate, person)

    def changing(
        self, find: Callable[[], Awaitable[str]], *, follows: bool
    ) -> tuple[Look, Callable[[], Awaitable[Prepared]]]:
        """How it is found that one person does, or no longer does, follow, and how that is brought about.

        find: gives the person's id in Kompass.
        """
        make = self.client.requests.relate if follows else self.client.requests.unrelate

        async def look() -> str | None:
            person = await find()
            return person if (person in await self._there()) is follows else None

        async def prepare() -> Prepared:
            person = await find()
            done = (person in await self._there()) is follows

            async def send() -> str:
                if not done:
                    await self._send(make, person)
                return person

            return Prepared(send)

        return look, prepare

    async def _there(self) -> set[str]:
        query = self.client.requests.related("Request", self.number, self.name)
        return {str(one["Id"]) for one in read_entities(await self.client.call(query))}

    async def _send(self, make: MakeCall, person: str) -> None:
        request, follower = ("Request", self.number), ("Person", person)
        try:
            read_related(await self.client.call(make(self.name, request, follower)))
        except Refused:
            # Tenants differ in which end comes first.
            read_related(await self.client.call(make(self.name, follower, request)))
