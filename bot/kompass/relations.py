"""The link between a hovedsak and an undersak of it in Kompass (G 5.1.2.2), made once and taken off once.

What linking what is linked already does is not known, and somebody at the desk may have made the link by hand, so the
links of the undersak are always read before anything is sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.kompass.answers import read_entities, read_related
from bot.kompass.client import KompassClient
from bot.kompass.exactly_once import Look, Prepared

_PARENT_FIRST = frozenset({"RequestCausesRequest"})
"""Links whose first end is the hovedsak; of all others it is the undersak."""

Prepare = Callable[[], Awaitable[Prepared]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A link that is wanted or not wanted; `undersak` and `hovedsak` are numbers in Kompass."""

    client: KompassClient
    name: str
    undersak: str
    hovedsak: str

    def changing(self, *, there: bool) -> tuple[Look, Prepare]:
        """How it is found that the link is there, or no longer is, and how that is brought about."""
        make = self.client.requests.relate if there else self.client.requests.unrelate

        async def look() -> str | None:
            return self._answer if await self._is_there() is there else None

        async def prepare() -> Prepared:
            done = await self._is_there() is there

            async def send() -> str:
                if not done:
                    ends = ("Request", self._first), ("Request", self._second)
                    read_related(await self.client.call(make(self.name, *ends)))
                return self._answer

            return Prepared(send)

        return look, prepare

    async def _is_there(self) -> bool:
        query = self.client.requests.related("Request", self._first, self.name)
        return any(str(one["Id"]) == self._second for one in read_entities(await self.client.call(query)))

    @property
    def _first(self) -> str:
        return self.hovedsak if self.name in _PARENT_FIRST else self.undersak

    @property
    def _second(self) -> str:
        return self.undersak if self.name in _PARENT_FIRST else self.hovedsak

    @property
    def _answer(self) -> str:
        return f"{self.undersak}-{self.hovedsak}"
