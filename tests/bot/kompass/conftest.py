"""A fake Kompass over HTTP and an adapter that talks to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.addresses import AddressBook
from bot.attachments import AttachmentStore
from bot.kompass.adapter import KompassCaseSystem
from bot.kompass.wiring import Kompass, case_words, forms_of, kompass_from
from bot.settings import Settings, load_settings
from bot.store import SqliteStore
from bot.store.records import Profile
from dialogs.texts import Texts, load_texts
from knowledge.library import Library, load_library
from tests.bot.samples import Clock
from tests.fake_kompass.server import PASSWORD, TENANT, USER, FakeKompass, running

EMAIL = "kari.o'hara@oslo.example"


@dataclass
class End:
    """Both ends of the wire."""

    fake: FakeKompass
    url: str
    store: SqliteStore
    files: AttachmentStore
    clock: Clock
    library: Library
    settings: Settings
    kompass: Kompass
    woken: asyncio.Event

    @property
    def cases(self) -> KompassCaseSystem:
        return self.kompass.cases

    async def restarted(self) -> None:
        """The bot was killed and started again: all that is kept is what is on disk."""
        await self.kompass.client.close()
        self.kompass = self.made()

    def made(self) -> Kompass:
        made = kompass_from(
            self.settings,
            self.store,
            case_words(self.library, shipped_texts()),
            forms_of(lambda: self.library),
            self.files,
            AddressBook(self.store).of,
            self.clock,
            self.woken.set,
        )
        assert made is not None
        return made


@cache
def shipped_texts() -> Mapping[str, Texts]:
    return load_texts()


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
async def end(tmp_path: Path, library: Library) -> AsyncIterator[End]:
    fake = FakeKompass()
    fake.world.add_person("7001", "Kari O'Hara", EMAIL)
    fake.faults.late = 1.5
    async with running(fake) as url:
        settings = load_settings(
            {
                "LOSEN_MODE": "development",
                "KOMPASS_URL": url,
                "KOMPASS_TENANT": TENANT,
                "KOMPASS_USER": USER,
                "KOMPASS_PASSWORD": PASSWORD,
                "KOMPASS_TIMEOUT_SECONDS": "1",
                "KOMPASS_SEARCH_LAG_SECONDS": "60",
            }
        )
        clock = Clock()
        store = SqliteStore(tmp_path / "losen.db")
        await store.write(
            lambda session: session.people.save_profile(Profile("kari", "Kari O'Hara", "BGO", EMAIL.upper()))
        )
        files = AttachmentStore(tmp_path / "attachments", store, 1 << 20, clock)
        end = End(fake, url, store, files, clock, library, settings, None, asyncio.Event())  # type: ignore[arg-type]
        end.kompass = end.made()
        yield end
        await end.kompass.client.close()
        await store.close()
