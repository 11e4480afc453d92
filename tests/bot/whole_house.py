"""The whole bot without its channels: real engine, knowledge, texts, store, local ports and worker; one fake clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.local_cases import LocalCaseRegister
from bot.local_desk import LocalDesk
from bot.local_feed import LocalFeed
from bot.outbox import OutboxWorker
from bot.ports import Ports
from bot.radar.listening import Listening
from bot.radar.wiring import radar_from
from bot.settings import load_settings
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
from knowledge.notice_reach import reach_of
from tests.bot.samples import MONDAY, Clock, numbered
from tests.transcript import engine, library


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
            reach=reach_of(library().organisation),
            hear=self.radar().hear,
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

    def radar(self) -> Listening:
        settings = load_settings({"LOSEN_MODE": "development"})
        return radar_from(settings, library, self.texts, self.clock, self.new_id)

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

    async def tells(self, who: Person, kind: str, text: str, ref: str = "D-2026-0001") -> str:
        """Write a line of a published notice and send it; nothing is promised that the text does not promise."""
        await self.says(who, press=f"notice:{ref}:{kind}")
        if "Når kommer neste oppdatering" in await self.says(who, text):
            await self.says(who, "vet ikke")
        return await self.says(who, "send")

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
