"""The knowledge of a running bot: a part of it is exchanged between two turns, and what was exchanged before stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.approved import approved_dir
from bot.installed_knowledge import index_made_apart
from bot.systemoversikten.snapshot import systems_in_use
from bot.turns import TurnService
from knowledge.library import Library, with_catalogue, with_systems


class KnowledgeInUse:
    """Indexing is done by a process of its own, the exchange between two turns. clock gives aware times."""

    def __init__(self, turns: TurnService[Library], data_dir: Path, clock: Callable[[], datetime]) -> None:
        self._turns = turns
        self._data_dir = data_dir
        self._clock = clock
        self._shelf = index_made_apart(data_dir)
        # Two exchanges at once would each begin with what was there before both.
        self._one_at_a_time = asyncio.Lock()

    async def take_systems(self, file: Path) -> None:
        """Another register of systems; raises BrokenKnowledge."""
        await self._exchange(
            lambda library: with_systems(library, file, approved=approved_dir(self._data_dir), shelf=self._shelf)
        )

    async def take_catalogue(self, file: Path) -> None:
        """Another catalogue; raises BrokenCatalogue."""

        def exchanged(library: Library) -> Library:
            systems = systems_in_use(self._data_dir, self._clock())
            approved = approved_dir(self._data_dir)
            return with_catalogue(library, file, systems, approved=approved, shelf=self._shelf)

        await self._exchange(exchanged)

    async def _exchange(self, exchanged: Callable[[Library], Library]) -> None:
        async with self._one_at_a_time:
            self._turns.use(await asyncio.to_thread(exchanged, self._turns.knowledge))
