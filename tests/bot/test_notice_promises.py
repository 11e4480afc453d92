"""The promised next update: who promised is reminded before, all of the desk are told after, once each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.notices import list_notices, notice_lines
from bot.notices.promise_watch import PromiseWatch
from bot.notices.writing import NoticeWriter
from bot.store.port import Session
from bot.store.promises import Punctuality
from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.effects import ApproveNotice, NoticeEffect, PublishNotice, SubmitNotice, UpdateNotice
from dialogs.notice_steps import submitted
from knowledge.notice_reach import reach_of
from tests.bot.samples import MONDAY, REACH, a_notice
from tests.bot.whole_house import WholeHouse
from tests.dialogs.talking import second_uss
from tests.transcript import library, person

ULLA, REMI = person("uss", virksomhet="UKE"), second_uss()
DUE = MONDAY + timedelta(hours=1)
NOTICE = replace(a_notice(), next_update_at=DUE, author_id=ULLA.id)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")
    for who in (ULLA, REMI):
        await house.grant(who)
        await house.says(who, "hei")
    yield house
    await house.store.close()


async def write(house: WholeHouse, *effects: NoticeEffect, by: str = ULLA.id) -> None:
    who = ULLA if by == ULLA.id else REMI

    def work(session: Session) -> None:
        routing = library().organisation.routing
        writer = NoticeWriter(session, f"c-{by}", who, house.clock(), house.new_id, REACH, routing)
        for effect in effects:
            writer.write(effect)

    await house.store.write(work)
    await house.work()


async def look(house: WholeHouse, minutes: float) -> list[str]:
    """What is told when the watch looks so many minutes later: a line for each message."""
    house.clock.advance(minutes * 60)
    house.build()  # as after a restart
    await PromiseWatch(house.store, house.clock, _no_sleep, house.new_id, lambda: None).look()
    while await house.worker.work_once():
        pass
    told, house.told = house.told, []
    return told


async def _no_sleep(seconds: float) -> None:
    raise AssertionError(f"nobody sleeps {seconds} s in `look`")


def updated(house: WholeHouse, kind: str = "updated", until: float | None = None) -> Notice:
    now = house.clock()
    line = NoticeUpdate(now, "Ulla", kind, "Nytt")
    status = NoticeStatus.RESOLVED if kind == "resolved" else NoticeStatus.ACTIVE
    promised = None if until is None else now + timedelta(minutes=until)
    return replace(NOTICE, status=status, next_update_at=promised, history=(*NOTICE.history, line), updated_at=now)


async def punctuality(house: WholeHouse) -> Punctuality:
    return await house.store.read(lambda session: session.promises.punctuality(house.clock()))


async def test_the_owner_is_reminded_ten_minutes_before_and_once(house: WholeHouse) -> None:
    await write(house, PublishNotice(NOTICE))
    assert await look(house, 49) == []
    (reminder,) = await look(house, 1)
    assert "Du har lovet en oppdatering av driftsmelding D-2026-0001 kl. 11.00" in reminder
    assert "Oppdater" in reminder
    assert await look(house, 5) == []


async def test_a_promise_for_soon_is_reminded_of_half_way(house: WholeHouse) -> None:
    await write(house, PublishNotice(replace(NOTICE, next_update_at=MONDAY + timedelta(minutes=8))))
    assert await look(house, 3) == []
    assert len(await look(house, 1)) == 1


async def test_all_of_the_desk_hear_that_nothing_came_and_once(house: WholeHouse) -> None:
    await write(house, PublishNotice(NOTICE))
    await look(house, 55)
    assert await look(house, 5) == []  # the clock still shows the promised minute
    told = await look(house, 1)
    assert len(told) == 2
    assert all("skulle vært oppdatert kl. 11.00" in one for one in told)
    assert await look(house, 600) == []


async def test_after_a_long_stop_the_alarm_takes_the_place_of_the_reminder(house: WholeHouse) -> None:
    await write(house, PublishNotice(NOTICE))
    told = await look(house, 600)
    assert ["skulle vært" in one for one in told] == [True, True]


async def test_an_update_in_time_is_kept_and_promises_the_next(house: WholeHouse) -> None:
    await write(house, PublishNotice(NOTICE))
    house.clock.advance(60 * 60)
    await write(house, UpdateNotice(updated(house, until=30)))
    assert await punctuality(house) == Punctuality(kept=1, open=1)
    assert len(await look(house, 20)) == 1
    resolved = updated(house, "resolved")
    await write(house, UpdateNotice(replace(resolved, history=(*NOTICE.history, *resolved.history))))
    assert await look(house, 60) == []
    assert await punctuality(house) == Punctuality(kept=2)


async def test_a_late_one_counts_as_late(house: WholeHouse) -> None:
    await write(house, PublishNotice(NOTICE))
    house.clock.advance(61 * 60)
    await write(house, UpdateNotice(updated(house)))
    assert await punctuality(house) == Punctuality(late=1)


async def test_what_says_nothing_to_anybody_keeps_no_promise(house: WholeHouse) -> None:
    """A hovedsak that is noted on the notice is no update."""
    await write(house, PublishNotice(NOTICE), UpdateNotice(replace(NOTICE, hovedsak="L-2026-000001")))
    assert await punctuality(house) == Punctuality(open=1)


async def test_the_author_owns_what_a_second_person_approved(house: WholeHouse) -> None:
    await write(house, SubmitNotice(submitted(NOTICE)))
    await write(house, ApproveNotice(NOTICE.ref, NOTICE.updated_at), by=REMI.id)
    promises = await house.store.read(lambda session: session.promises.to_remind(DUE))
    assert [promise.person_id for promise in promises] == [ULLA.id]


async def test_the_share_is_shown(house: WholeHouse) -> None:
    await write(house, PublishNotice(NOTICE))
    house.clock.advance(60 * 60)
    await write(house, UpdateNotice(updated(house)))
    listed = await list_notices(house.store, reach_of(library().organisation), house.clock())
    assert listed[0]["promised_updates"] == {"kept": 1, "late": 0, "open": 0}
    assert notice_lines(listed)[-1] == "promised updates in time: 1 of 1 (100%)"
