"""The forms are fetched from Kompass every night, are in use in the next turn, and the desk hears what changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.catalogue import current_catalogue_file
from bot.kompass import nightly_catalogue
from bot.kompass.nightly_catalogue import CatalogueEveryNight
from bot.kompass.wiring import catalogue_from
from bot.nightly import Nightly
from bot.program import build
from bot.settings import load_settings
from bot.store import Session
from bot.store.records import ConversationRecord, Job, OutboxRecord, RoleGrant, RowState
from dialogs.case import Role
from knowledge.catalogue.importing import read_catalogue
from knowledge.errors import BrokenCatalogue, LosenError
from tests.bot.kompass.conftest import End, shipped_texts
from tests.bot.samples import MONDAY
from tests.fake_kompass.server import PASSWORD, TENANT, USER


class Night:
    """The job of one installation whose desk is Ulla, who has talked to the bot."""

    def __init__(self, end: End, folder: Path) -> None:
        self.end = end
        self.folder = folder
        self.woken = 0
        facts = end.library.organisation.facts
        self.job: CatalogueEveryNight = catalogue_from(
            end.kompass,
            load_settings({**KOMPASS, "KOMPASS_URL": end.url, "DATA_DIR": str(folder)}),
            end.store,
            lambda key, **values: shipped_texts()["nb"](key, **{**facts, **values}),
            end.clock,
            self._wake,
        )

    def _wake(self) -> None:
        self.woken += 1

    async def ulla_is_there(self) -> None:
        def write(session: Session) -> None:
            session.people.grant(RoleGrant("ulla", Role.USS.value, "test", MONDAY))
            session.conversations.save(ConversationRecord("c-ulla", "web", "ulla", "nb", "{}", {}, 1, MONDAY))

        await self.end.store.write(write)

    async def rows(self, job: Job) -> list[OutboxRecord]:
        def read(session: Session) -> list[OutboxRecord]:
            return [row for row in session.outbox.in_state(RowState.QUEUED) if row.job is job]

        return await self.end.store.read(read)

    async def told(self) -> list[str]:
        return [str(row.payload["summary"]) for row in await self.rows(Job.HAND_OVER)]

    def titles(self) -> set[str]:
        return {form.title for form in read_catalogue(current_catalogue_file(self.folder, None))}

    def offer(self, number: int, title: str) -> None:
        self.end.fake.world.entities["Offering"][str(number)] = {
            "Id": str(number), "DisplayLabel": title, "Status": "Active", "LastUpdateTime": 1,
        }  # fmt: skip


KOMPASS = {
    "LOSEN_MODE": "development",
    "KOMPASS_TENANT": TENANT,
    "KOMPASS_USER": USER,
    "KOMPASS_PASSWORD": PASSWORD,
    "KOMPASS_TIMEOUT_SECONDS": "5",
    "KOMPASS_CATALOGUE_HOUR": "3",
}


@pytest.fixture
async def night(end: End, tmp_path: Path) -> Night:
    night = Night(end, tmp_path / "data")
    await night.ulla_is_there()
    return night


async def test_what_is_new_gone_and_changed_is_taken_and_told_by_title(night: Night) -> None:
    offerings = night.end.fake.world.entities["Offering"]
    gone = offerings.pop("900001")
    offerings["900002"]["DisplayLabel"] = "UBW, ny bruker"
    night.offer(1000001, "Nytt skjema")
    await night.job.renew()
    assert night.titles() >= {"Nytt skjema", "UBW, ny bruker"}
    assert gone["DisplayLabel"] not in night.titles()
    (told,) = await night.told()
    tool = night.end.library.organisation.facts["case_tool_name"]
    assert told == (
        f"Skjemaene er hentet fra {tool} og tatt i bruk. Nye: 1 (Nytt skjema). Borte: 1 ({gone['DisplayLabel']}). "
        "Endret: 1 (UBW, ny bruker)."
    )
    (ulla,) = await night.rows(Job.TELL)
    assert (ulla.person_id, ulla.payload["outcome"]) == ("ulla", "desk_catalogue_changed")
    assert ulla.payload["detail"]["added"] == "1 (Nytt skjema)"


async def test_a_night_in_which_nothing_changed_is_told_to_nobody_and_leaves_the_file_alone(night: Night) -> None:
    night.offer(1000001, "Nytt skjema")
    await night.job.renew()
    before, woken = night.job.file.stat().st_ino, night.woken
    await night.job.renew()
    assert night.job.file.stat().st_ino == before
    assert len(await night.told()) == 1
    assert night.woken == woken
    assert night.job.last() == night.end.clock()


async def test_half_the_forms_gone_is_told_once_and_the_old_ones_stay(night: Night) -> None:
    offerings, before = night.end.fake.world.entities["Offering"], night.titles()
    for number in list(offerings)[: len(offerings) // 2]:
        del offerings[number]
    for _ in range(2):
        with pytest.raises(LosenError, match="would disappear; import with --force"):
            await night.job.renew()
    assert night.titles() == before
    (told,) = await night.told()
    assert f"av {len(before)} ville forsvunnet. De gamle gjelder." in told
    assert len(await night.rows(Job.TELL)) == 1


async def test_forms_that_cannot_be_read_are_told_with_the_reason(night: Night) -> None:
    before = night.titles()
    night.offer(1000001, "")
    with pytest.raises(BrokenCatalogue):
        await night.job.renew()
    assert night.titles() == before
    (told,) = await night.told()
    assert "noe er feil i dem: " in told
    assert "title" in told


async def test_a_kill_between_telling_and_taking_is_made_good_the_next_night_and_told_once(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.offer(1000001, "Nytt skjema")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(nightly_catalogue, "take_into_use", killed)
        with pytest.raises(KeyboardInterrupt):
            await night.job.renew()
    assert "Nytt skjema" not in night.titles()
    await night.job.renew()
    assert "Nytt skjema" in night.titles()
    assert len(await night.told()) == 1


async def test_a_restart_after_a_fetch_waits_for_the_night(night: Night) -> None:
    await night.job.renew()
    seen = len(night.end.fake.seen)
    rounds = 0

    async def sleep(_: float) -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            raise asyncio.CancelledError
        night.end.clock.advance(60)

    async def take(_: Path) -> None:
        raise AssertionError("nothing is new")

    nightly = Nightly(night.job, take=take, hour=3, clock=night.end.clock, sleep=sleep)
    with pytest.raises(asyncio.CancelledError):
        await nightly.run()
    assert len(night.end.fake.seen) == seen


async def test_a_running_bot_answers_and_files_with_the_new_forms_without_a_restart(
    end: End, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    end.fake.world.entities["Offering"]["1000001"] = {
        "Id": "1000001", "DisplayLabel": "Kjøp av rosa elefant", "Status": "Active", "LastUpdateTime": 1,
        "Description": "<p>Her bestiller du en rosa elefant.</p>",
    }  # fmt: skip
    settings = load_settings({**KOMPASS, "KOMPASS_URL": end.url, "DATA_DIR": str(tmp_path / "running")})
    parts = build(settings)
    (nightly,) = parts.every_night()
    task = asyncio.create_task(nightly.run())
    try:
        assert 1000001 not in parts.turns.knowledge.catalogue
        await _until(lambda: 1000001 in parts.turns.knowledge.catalogue)
        (best, *_) = parts.turns.knowledge.matcher.match("jeg trenger en rosa elefant").candidates
        assert best.form.id == 1000001
        assert parts.kompass is not None
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await parts.close()
    assert "the catalogue is new and in use" in caplog.text


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not done():  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(0.05)


def test_nothing_is_fetched_where_no_hour_is_set(end: End, tmp_path: Path) -> None:
    without = {name: value for name, value in KOMPASS.items() if name != "KOMPASS_CATALOGUE_HOUR"}
    parts = build(load_settings({**without, "KOMPASS_URL": end.url, "DATA_DIR": str(tmp_path / "running")}))
    assert parts.every_night() == []
