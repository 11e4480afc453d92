"""Fetch, check, keep, take into use: every night, and never worse than before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.nightly import OLD_AT_START, POLL_SECONDS, Nightly, next_time
from bot.systemoversikten.refresh import RegisterEveryNight, Renewal
from bot.systemoversikten.snapshot import read_snapshot, snapshot_file, write_snapshot
from knowledge.errors import BrokenKnowledge, PermanentFailure
from knowledge.systemoversikten import Operators, Overview
from knowledge.systems import System
from knowledge.systems_file import load_systems
from tests.bot.samples import MONDAY, Clock
from tests.bot.systemoversikten.fetching import Sleeper, client
from tests.fake_systemoversikten import FakeSystemoversikten, Fault, running
from tests.knowledge.shipped import organisation

OSLO = ZoneInfo("Europe/Oslo")


class Place:
    """The fake, the file, and a clock that both waiting and sleeping move on."""

    def __init__(self, fake: FakeSystemoversikten, url: str, folder: Path) -> None:
        self.fake = fake
        self.file = snapshot_file(folder)
        self.sleeper = Sleeper()
        self.clock: Clock = self.sleeper.clock
        self.taken: list[int] = []
        self.renewal = Renewal(
            client(url, self.sleeper).fetch, self.file, Operators.of(organisation()), "fake", self.clock
        )

    async def take(self, file: Path) -> None:
        self.taken.append(len(load_systems(file)))

    async def run_until(self, done: Callable[[], bool], take: Callable[[Path], object] | None = None) -> None:
        """Run the nightly renewal until something has happened; the clock goes a minute a round."""
        enough = asyncio.Event()

        async def sleep(seconds: float) -> None:
            assert seconds == POLL_SECONDS
            self.clock.now += timedelta(seconds=seconds)
            if done():
                enough.set()
            await asyncio.sleep(0)

        job = RegisterEveryNight(self.renewal)
        nightly = Nightly(job, take=self.take, hour=3, clock=self.clock, sleep=sleep)
        task = asyncio.create_task(nightly.run())
        async with asyncio.timeout(10):
            await enough.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def fetched_at(self) -> datetime:
        kept = read_snapshot(self.file)
        assert kept is not None
        return kept.fetched_at


@pytest_asyncio.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    fake = FakeSystemoversikten()
    async with running(fake) as url:
        yield Place(fake, url, tmp_path)


# --- one renewal


async def test_a_renewal_keeps_what_was_fetched(place: Place) -> None:
    overview = await place.renewal.renew()
    assert tuple(load_systems(place.file)) == overview.systems
    assert place.fetched_at() == MONDAY


@pytest.mark.parametrize("fault", [Fault.WRONG_COUNT, Fault.SHRUNK, Fault.LOGIN_PAGE])
async def test_what_is_not_whole_leaves_the_old_snapshot_untouched(place: Place, fault: Fault) -> None:
    await place.renewal.renew()
    before = place.file.read_bytes()
    place.fake.fail("systemer", fault)
    place.clock.now += timedelta(days=1)
    with pytest.raises((BrokenKnowledge, PermanentFailure)):
        await place.renewal.renew()
    assert place.file.read_bytes() == before


async def test_a_register_that_has_really_shrunk_is_taken_when_asked_for(place: Place) -> None:
    await place.renewal.renew()
    place.fake.fail("systemer", Fault.SHRUNK)
    overview = await place.renewal.renew(any_size=True)
    assert overview.rows["systemer"] == 6
    await place.renewal.renew()


async def test_a_broken_snapshot_is_replaced(place: Place) -> None:
    place.file.write_text("{")
    await place.renewal.renew()
    assert place.fetched_at() == MONDAY


# --- every night


async def test_with_no_snapshot_it_is_fetched_at_once_and_taken_into_use(place: Place) -> None:
    await place.run_until(lambda: bool(place.taken))
    assert place.taken == [11]
    assert place.fetched_at() == MONDAY


async def test_with_a_fresh_one_it_waits_for_the_night_and_then_for_the_next(place: Place) -> None:
    await place.renewal.renew()
    place.clock.now += timedelta(minutes=1)
    await place.run_until(lambda: len(place.taken) == 2)
    assert place.fetched_at() == datetime(2026, 11, 25, 3, 0, tzinfo=OSLO)


async def test_with_an_old_one_it_is_fetched_at_once(place: Place) -> None:
    await place.renewal.renew()
    place.clock.now += OLD_AT_START
    await place.run_until(lambda: bool(place.taken))
    assert place.fetched_at() == MONDAY + OLD_AT_START


async def test_a_broken_one_is_replaced_at_once(place: Place) -> None:
    place.file.write_text("{")
    await place.run_until(lambda: bool(place.taken))
    assert place.fetched_at() == MONDAY


async def test_a_night_that_fails_is_told_with_the_age_and_the_next_night_mends_it(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    await place.renewal.renew()
    place.clock.now += timedelta(minutes=1)
    place.fake.fail("systemer", Fault.SHRUNK)
    await place.run_until(lambda: bool(place.taken))
    assert (
        "was not renewed: systemer: only 6 rows, and 13 last time; the last one was fetched 17 hours ago" in caplog.text
    )
    assert place.fetched_at() == datetime(2026, 11, 25, 3, 0, tzinfo=OSLO)


async def test_a_night_that_fails_with_nothing_to_fall_back_on_says_so(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.fake.fail("systemer", Fault.LOGIN_PAGE)
    await place.run_until(lambda: "not renewed" in caplog.text)
    assert "there is no earlier one" in caplog.text
    assert place.taken == []


async def test_a_mistake_of_ours_does_not_end_the_nights(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.file.write_text("{")
    failing = [ZeroDivisionError(), None]

    async def fetch() -> object:
        error = failing.pop(0)
        if error:
            raise error
        return await client_fetch()

    client_fetch = place.renewal.fetch
    place.renewal = Renewal(fetch, place.file, place.renewal.operators, "fake", place.clock)  # type: ignore[arg-type]
    await place.run_until(lambda: bool(place.taken))
    assert "ZeroDivisionError" in caplog.text
    assert "no earlier one" in caplog.text


async def test_a_snapshot_from_elsewhere_is_taken_within_a_minute_and_once(place: Place) -> None:
    await place.renewal.renew()
    rounds: list[int] = []

    def command_has_fetched() -> bool:
        rounds.append(len(place.taken))
        if len(rounds) == 3:
            write_snapshot(place.file, Overview((System("1", "Ny"),), {}), "fake", place.clock())
        return len(rounds) == 8

    await place.run_until(command_has_fetched)
    assert rounds == [0, 0, 0, 1, 1, 1, 1, 1]
    assert place.taken == [1]


async def test_a_snapshot_that_cannot_be_taken_is_told_once_and_the_next_one_is_taken(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    await place.renewal.renew()
    rounds: list[int] = []

    def done() -> bool:
        rounds.append(len(place.taken))
        if len(rounds) == 2:
            place.file.write_text("{")
        if len(rounds) == 5:
            write_snapshot(place.file, Overview((System("1", "Ny"),), {}), "fake", place.clock())
        return bool(place.taken)

    await place.run_until(done)
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == [
        "the register of systems could not be taken into use; the old one is"
    ]
    assert place.taken == [1]


@pytest.mark.parametrize(
    ("now", "hour", "expected"),
    [
        ("2026-11-23T10:00", 3, "2026-11-24T03:00"),
        ("2026-11-23T02:59", 3, "2026-11-23T03:00"),
        ("2026-11-23T03:00", 3, "2026-11-24T03:00"),
        ("2026-12-31T23:30", 0, "2027-01-01T00:00"),
        ("2026-03-28T12:00", 2, "2026-03-29T02:00"),
        ("2026-10-24T12:00", 3, "2026-10-25T03:00"),
    ],
)
def test_the_next_time_the_clock_shows_the_hour(now: str, hour: int, expected: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=OSLO)
    assert next_time(moment, hour) == datetime.fromisoformat(expected).replace(tzinfo=OSLO)
