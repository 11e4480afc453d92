"""The running bot: starts with the snapshot, and takes a new one into use between two turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot import program
from bot.nightly import PATIENT
from bot.program import Parts, build
from bot.systemoversikten.snapshot import snapshot_file, write_snapshot
from bot.systemoversikten.wiring import renewal_from
from bot.turns import Incoming
from dialogs.events import Event, Said
from dialogs.replies import Text
from dialogs.state import State
from dialogs.texts import Texts
from dialogs.turn import Situation, Turn
from knowledge.library import Library
from knowledge.systemoversikten import Overview
from knowledge.systems import System
from tests.bot.samples import KARI, MONDAY, Clock
from tests.bot.systemoversikten.test_systems_command import settings_for
from tests.fake_systemoversikten import FakeSystemoversikten, running
from tests.knowledge.shipped import organisation


class NamingEngine:
    """Answers with the systems the text names, so that an answer shows which register it was made with."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        pass

    def decide(self, state: State, event: Event, situation: Situation, knowledge: Library) -> Turn:
        assert isinstance(event, Said)
        names = [hit.system.name for hit in knowledge.reader.read(event.text, situation.now).systems]
        assert names == [hit.system.name for hit in knowledge.systems.find(event.text)]
        return Turn(state, (Text(", ".join(names)),))


@pytest_asyncio.fixture
async def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Parts]:
    monkeypatch.setattr(program, "Engine", NamingEngine)
    async with running(FakeSystemoversikten()) as url:
        settings = settings_for(url, tmp_path)
        old = Overview((System("99", "Gammelprøve"),), {})
        write_snapshot(snapshot_file(settings.data_dir), old, "fake", MONDAY - timedelta(days=3650))
        built = build(settings)
        try:
            yield built
        finally:
            await built.store.close()


async def answer(parts: Parts, conversation: str) -> str:
    said = Said("Prøvetid og Gammelprøve virker ikke")
    incoming = Incoming(conversation_id=conversation, activity_id=None, channel="web", event=said, person=KARI)
    (reply,) = (await parts.turns.handle(incoming)).replies
    assert isinstance(reply, Text)
    return reply.text


async def test_a_new_register_is_in_use_in_the_next_turn_and_no_turn_waits_for_it(parts: Parts) -> None:
    (nightly,) = parts.every_night()
    task = asyncio.create_task(nightly.run())
    answers = [await answer(parts, "c")]
    async with asyncio.timeout(30):
        while answers[-1] == "Gammelprøve":
            await asyncio.sleep(0.02)
            answers.append(await answer(parts, "c"))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert answers[-1] == "Prøvetid"
    # Turns were answered with the old register while the new one was fetched and indexed.
    assert len(answers) > 5


def test_without_an_address_nothing_is_renewed(tmp_path: Path) -> None:
    settings = settings_for("", tmp_path, SYSTEMOVERSIKTEN_KEY="", SYSTEMOVERSIKTEN_FORVALTERE_KEY="")
    assert renewal_from(settings, organisation(), Clock(), PATIENT) is None
