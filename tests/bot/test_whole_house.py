"""The real engine in the real store with the default ports: what a person is told, and what is then stored.

Between any two messages the house is torn down and built again on the same files, as a restart does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.local_cases import LocalCaseRegister
from bot.local_desk import LocalDesk
from bot.local_feed import LocalFeed
from bot.outbox import OutboxWorker
from bot.ports import Ports
from bot.store import Session, SqliteStore
from bot.store.records import RoleGrant
from bot.turns import Incoming, TurnService
from dialogs.case import Case, Notice, Person
from dialogs.events import Pressed, Said
from dialogs.plain_text import render
from dialogs.replies import Reply
from dialogs.state import state_from_json
from dialogs.texts import load_texts
from knowledge.library import Library
from tests.bot.samples import MONDAY, Clock, numbered
from tests.transcript import engine, library, person

AKS_DOWN = "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart"


class WholeHouse:
    """Everything but the channels."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = Clock()
        self.new_id = numbered("id")
        self.activity_id = numbered("a")
        self.told: list[str] = []
        self.texts = load_texts()
        self.build()

    def build(self) -> None:
        self.store = SqliteStore(self.path)
        wake = asyncio.Event()
        self.turns: TurnService[Library] = TurnService(
            store=self.store,
            decide=engine().decide,
            knowledge=library(),
            texts=self.texts,
            facts=library().organisation.facts,
            clock=self.clock,
            new_id=self.new_id,
            undo_seconds=20,
            queued=wake.set,
        )
        self.feed = LocalFeed(self.store, self.clock)
        self.worker = OutboxWorker(
            store=self.store,
            ports=Ports(
                LocalCaseRegister(self.store, self.clock), self.feed, LocalDesk(self.store, self.clock), deliverer=self
            ),
            turns=self.turns,
            clock=self.clock,
            sleep=asyncio.sleep,
            jitter=lambda: 0.5,
            owner_id="worker",
            channels=("web",),
            wake=wake,
        )

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        self.told.append(self.plain(replies, language))

    def plain(self, replies: Sequence[Reply], language: str) -> str:
        return "\n".join(render(one, self.texts[language]) for one in replies)

    async def says(self, who: Person, text: str = "", press: str = "") -> str:
        await self.store.close()
        self.build()
        await self.worker.take_back()
        event = Pressed(press) if press else Said(text)
        answered = await self.turns.handle(Incoming(f"c-{who.id}", self.activity_id(), "web", event, who))
        assert not answered.failed
        return self.plain(answered.replies, answered.language)

    async def pending(self, who: Person) -> str:
        """The key of the question that is open."""
        record = await self.store.read(lambda session: session.conversations.get(f"c-{who.id}"))
        assert record is not None
        pending = state_from_json(json.loads(record.state)).pending
        assert pending is not None
        return pending.key

    async def says_until(self, who: Person, wanted: str, said: str, answer: str = "vet ikke") -> str:
        """Answer whatever is asked until this is said."""
        for _ in range(15):
            if wanted in said:
                return said
            said = await self.says(who, answer)
        raise AssertionError(f"never said {wanted!r}, last: {said}")

    async def work(self, seconds: float = 0) -> str:
        """Let time pass and the worker work; what the person was told meanwhile."""
        self.clock.advance(seconds)
        while await self.worker.work_once():
            pass
        told, self.told = "\n".join(self.told), []
        return told

    async def grant(self, who: Person) -> None:
        grants = [RoleGrant(who.id, role.value, "admin", MONDAY) for role in who.roles]

        def work(session: Session) -> None:
            for grant in grants:
                session.people.grant(grant)

        await self.store.write(work)

    async def cases(self) -> tuple[Case, ...]:
        return await self.store.read(lambda session: session.cases.all())

    async def notices(self) -> tuple[Notice, ...]:
        return await self.store.read(lambda session: session.notices.all())


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")
    yield house
    await house.store.close()


async def report(house: WholeHouse, who: Person) -> str:
    said = await house.says_until(who, "Skal jeg sende saken?", await house.says(who, AKS_DOWN))
    assert "AKS" in said
    return await house.says(who, "send")


async def test_a_fault_is_reported_registered_and_told(house: WholeHouse) -> None:
    lars = person("1linje")
    await house.grant(lars)
    assert "L-2026-000001" in await report(house, lars)
    assert [case.status for case in await house.cases()] == ["received"]
    told = await house.work(20)
    assert "L-2026-000001" in told
    assert "lokale saksregisteret" in told
    (case,) = await house.cases()
    assert (case.status, case.kompass, case.form_id, case.answers["extent"]) == (
        "registered",
        None,
        900884,
        "several_locations",
    )
    assert "L-2026-000001" in await house.says(lars, "status")


async def test_a_case_undone_in_time_is_never_registered(house: WholeHouse) -> None:
    lars = person("1linje")
    await house.grant(lars)
    await report(house, lars)
    await house.says(lars, "angre")
    assert await house.work(60) == ""
    assert [case.status for case in await house.cases()] == ["withdrawn"]


async def test_a_fellesfeil_is_told_once_in_each_group_and_lives_in_one_post(house: WholeHouse) -> None:
    ulla = person("uss")
    await house.grant(ulla)
    said = await house.says(ulla, "publiser fellesfeil: AKS-pålogging feiler siden kl. 08.15 i dag")
    answers = {
        "type": "fellesfeil",
        "affected": "Alle som bruker AKS",
        "since": "i dag kl 08.15",
        "consequence": "Ingen får logget på AKS",
        "workaround": "ingen",
        "next_update_at": "i dag kl 11",
        "groups": "SAM/IT",
    }
    for _ in answers:
        if "Skal jeg publisere" in said:
            break
        said = await house.says(ulla, answers[await house.pending(ulla)])
    await house.says(ulla, "publiser")
    (notice,) = await house.notices()
    assert (notice.ref, notice.status) == ("D-2026-0001", "active")
    assert "D-2026-0001" in await house.work()
    posts = await house.feed.posts()
    assert [post.group for post in posts] == list(notice.groups)
    await house.says(ulla, press="notice:D-2026-0001:resolved")
    await house.says(ulla, "Feilen er rettet")
    await house.work()
    (post,) = await house.feed.posts()
    assert (post.id, post.edits, post.notice.status) == (posts[0].id, 1, "resolved")
    assert [line.kind for line in post.notice.history] == ["published", "resolved"]


async def test_an_employee_cannot_publish_even_with_a_forged_button(house: WholeHouse) -> None:
    ada = person("ansatt")
    for press in ("cmd:notice", "publish:1", "notice:D-2026-0001:resolved"):
        await house.says(ada, press=press)
    await house.work()
    assert await house.notices() == ()
    assert await house.feed.posts() == ()
