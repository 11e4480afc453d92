"""The contract of the register, on the file and on what was fetched over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio

from bot.systemoversikten.refresh import Renewal
from bot.systemoversikten.snapshot import snapshot_file
from knowledge.library import DATA
from knowledge.systemoversikten import Operators
from knowledge.systems import SystemRegister
from knowledge.systems_file import load_systems
from tests.bot.samples import Clock
from tests.bot.systemoversikten.contract import SystemRegisterContract
from tests.bot.systemoversikten.fetching import client
from tests.fake_systemoversikten import FakeSystemoversikten, running
from tests.knowledge.shipped import organisation


class TestTheFileShipped(SystemRegisterContract):
    @pytest.fixture
    def register(self) -> SystemRegister:
        return load_systems(DATA / "systems.json")


class TestAFetchedSnapshot(SystemRegisterContract):
    @pytest_asyncio.fixture
    async def register(self, tmp_path: Path) -> SystemRegister:
        file = snapshot_file(tmp_path)
        async with running(FakeSystemoversikten()) as url:
            fetch = client(url).fetch
            await Renewal(fetch, file, Operators.of(organisation()), "fake", Clock()).renew()
        return load_systems(file)
