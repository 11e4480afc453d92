"""The installation a command works on: its settings and its database.

Heavy imports stand in the functions, so that commands that need neither start at once.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.port import Store
    from knowledge.organisation import Organisation

T = TypeVar("T")


def local_settings() -> Settings:
    """Settings for a command that opens no port: the environment's, whatever mode the server runs in."""
    from bot.settings import load_settings

    return load_settings({**os.environ, "LOSEN_MODE": "development", "HOST": "127.0.0.1"})


def organisation_of(settings: Settings) -> Organisation:
    """The organisation the installation is set up for; raises BrokenKnowledge."""
    from knowledge.library import DATA
    from knowledge.organisation import load_organisation

    return load_organisation(settings.organisation_file or DATA / "organisation.yaml")


def with_store(settings: Settings, work: Callable[[Store], Coroutine[Any, Any, T]]) -> T:
    """What `work` answers; the store is closed after it, whatever happens."""
    from bot.store.sqlite import SqliteStore

    async def run() -> T:
        store = SqliteStore(settings.database_file)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())
