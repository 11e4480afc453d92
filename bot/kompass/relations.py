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
from bot.kompass.requests import Call

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

    @property
    def attaching(self) -> tuple[Look, Prepare]:
        """How it is found, and how it is made."""
        return self._if(there=True), self._preparing(self.client.requests.relate, there=True)

    @property
    def taking_off(self) -> tuple[Look, Prepare]:
        """How its absence is found, and how it is taken off."""
        return self._if(there=False), self._preparing(self.client.requests.unrelate, there=False)

    def _if(self, *, there: bool) -> Look:
        async def look() -> str | None:
            return self._answer if await self._is_there() is there else None

        return look

    def _preparing(self, call: Callable[[str, tuple[str, str], tuple[str, str]], Call], *, there: bool) -> Prepare:
        async def send() -> str:
            ends = ("Request", self._first), ("Request", self._second)
            read_related(await self.client.call(call(self.name, *ends)))
            return self._answer

        async def nothing() -> str:
            return self._answer

        async def prepare() -> Prepared:
            return Prepared(nothing if await self._is_there() is there else send)

        return prepare

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
