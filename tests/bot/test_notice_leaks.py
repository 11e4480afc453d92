"""What only the closed group may know reaches no open group, no page, no feed, no other person, no plain command."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.notices import list_notices
from bot.effects import EffectWriter
from bot.server import ServerParts, create_app
from bot.store.port import Session
from bot.store.records import Job, RoleGrant, RowState
from bot.web.portal import Portal
from dialogs.case import NoticeUpdate
from dialogs.effects import PublishNotice, UpdateNotice
from knowledge.notice_reach import reach_of
from tests.bot.channels.doubles import serving
from tests.bot.samples import MONDAY, OSLO, REACH, a_notice
from tests.bot.whole_house import WholeHouse
from tests.transcript import library, person

SECRET = "Domenekontroller 7"
GROUPS = ("sam_it", "sam_ikt_hovedkontakter")
MIXED = replace(
    a_notice(groups=GROUPS),
    closed_text=SECRET,
    history=(NoticeUpdate(MONDAY, "ulla", "published", "AKS er nede", closed=SECRET),),
)
ONLY_CLOSED = a_notice("D-2026-0002", (GROUPS[1],), what=SECRET)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")
    yield house
    await house.store.close()


async def _both(house: WholeHouse) -> None:
    def add(session: Session) -> None:
        session.notices.add(MIXED)
        session.notices.add(ONLY_CLOSED)

    await house.store.write(add)


async def test_the_row_for_an_open_group_never_held_it(house: WholeHouse) -> None:
    uss = person("uss", virksomhet="UKE")

    def publish(session: Session) -> None:
        writer = EffectWriter(session, "c", uss, {"uss"}, MONDAY, 0, house.new_id, REACH)
        writer.write(PublishNotice(MIXED))
        writer.write(UpdateNotice(MIXED))

    await house.store.write(publish)
    rows = await house.store.read(lambda session: session.outbox.in_state(RowState.QUEUED))
    by_group = {group: [row for row in rows if row.payload["target"].startswith(f"{group}/")] for group in GROUPS}
    assert [row.job for row in by_group["sam_it"]] == [Job.PUBLISH_NOTICE, Job.UPDATE_NOTICE]
    assert all(SECRET not in json.dumps(dict(row.payload)) for row in by_group["sam_it"])
    assert all(SECRET in json.dumps(dict(row.payload)) for row in by_group["sam_ikt_hovedkontakter"])
    await house.worker.work_once()
    await house.worker.work_once()
    open_posts, closed_posts = [await house.feed.posts(group) for group in GROUPS]
    assert SECRET not in str(open_posts)
    assert SECRET in str(closed_posts)


async def test_portal_and_feeds(house: WholeHouse) -> None:
    await _both(house)
    portal = Portal(
        house.store, library().organisation, house.texts["nb"], OSLO, house.clock, "", lambda: library().systems
    )
    async with serving(create_app(ServerParts(routes=[portal]))) as client:
        (aks, *_) = library().systems.find("AKS")
        own = f"/system/{aks.system.id}"
        for path in ("", f"/{MIXED.ref}", "/feed.atom", "/feed.json", own, f"{own}/feed.atom", f"{own}/feed.json"):
            text = await (await client.get(f"/driftsmeldinger{path}")).text()
            assert "AKS er nede" in text
            assert SECRET not in text
        assert (await client.get(f"/driftsmeldinger/{ONLY_CLOSED.ref}")).status == 404


async def test_other_peoples_chat(house: WholeHouse) -> None:
    await _both(house)
    for role in ("ansatt", "1linje", "forvalter"):
        told = await house.says(person(role), "driftsmeldinger")
        assert MIXED.ref in told
        assert SECRET not in told
        assert ONLY_CLOSED.ref not in told
    grant = RoleGrant("p-ikt-hovedkontakt", "ikt-hovedkontakt", "ops", MONDAY)
    await house.store.write(lambda session: session.people.grant(grant))
    assert SECRET in await house.says(person("ikt-hovedkontakt"), "driftsmeldinger")


async def test_the_command(house: WholeHouse) -> None:
    await _both(house)
    reach = reach_of(library().organisation)
    assert SECRET not in json.dumps(await list_notices(house.store, reach, MONDAY))
    assert len(await list_notices(house.store, reach, MONDAY)) == 1
    everything = await list_notices(house.store, reach, MONDAY, closed=True)
    assert [one["ref"] for one in everything] == [MIXED.ref, ONLY_CLOSED.ref]
    assert everything[0]["closed_text"] == SECRET
