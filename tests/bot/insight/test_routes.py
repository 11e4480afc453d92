"""Who may open the page, and that it is made once, elsewhere, and kept for a while."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.insight.drawing import KEPT_SECONDS, CannotDraw, InsightPages
from bot.insight.routes import InsightRoutes
from bot.personal_links import INSIGHT_PATH, LIFETIME, PersonalLinks
from bot.server import ServerParts, create_app
from bot.store import SqliteStore
from bot.store.records import RoleGrant
from tests.bot.channels.doubles import serving
from tests.bot.samples import MONDAY, Clock

MADE = {"page": "<h1>Innsikt</h1>", "files": {"saker": "Uke;Saker\r\nuke 1/26;7\r\n"}}
# Notes that it was run, and prints what is made.
PROGRAM = "import sys; open(sys.argv[1], 'a').write('x'); sys.stdout.write(sys.argv[2])"


@dataclass
class Desk:
    """A server with the page, and what stands behind it."""

    store: SqliteStore
    folder: Path
    clock: Clock = field(default_factory=Clock)
    seconds: float = 0.0
    printed: str = json.dumps(MADE)

    def __post_init__(self) -> None:
        self.links = PersonalLinks(self.clock, "http://127.0.0.1:1")
        self.pages = InsightPages(
            self.folder, lambda: self.seconds, [sys.executable, "-c", PROGRAM, str(self.folder / "runs"), self.printed]
        )

    def app(self, *, development: bool = False) -> Any:
        routes = InsightRoutes(self.pages, self.links, self.store, development=development)
        return create_app(ServerParts(routes=[routes]))

    @property
    def runs(self) -> int:
        runs = self.folder / "runs"
        return len(runs.read_text()) if runs.exists() else 0


def key_of(desk: Desk, person_id: str) -> str:
    return desk.links.key(person_id, INSIGHT_PATH)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = SqliteStore(tmp_path / "losen.db")
    await store.write(lambda session: session.people.grant(RoleGrant("ulla", "uss", "admin", MONDAY)))
    yield Desk(store, tmp_path)
    await store.close()


async def test_the_link_lets_its_person_in_once_the_address_is_clean(desk: Desk) -> None:
    async with serving(desk.app()) as client:
        answer = await client.get("/innsikt", params={"key": key_of(desk, "ulla")}, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/innsikt")
        cookie = answer.headers["Set-Cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/innsikt", "Max-Age=3600"))
        answer = await client.get("/innsikt")
        assert (answer.status, await answer.text()) == (200, "<h1>Innsikt</h1>")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        answer = await client.get("/innsikt/saker.csv")
        assert (answer.status, answer.content_type) == (200, "text/csv")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert (await client.get("/innsikt/nothing.csv")).status == 404


@pytest.mark.parametrize("path", ["/innsikt", "/innsikt/saker.csv"])
async def test_nobody_else_gets_in(desk: Desk, path: str) -> None:
    others = PersonalLinks(desk.clock, "http://127.0.0.1:1")
    async with serving(desk.app()) as client:
        for key in (
            "",
            "nonsense",
            desk.links.key("ulla", "/vedlegg/L-2026-000001/1"),
            others.key("ulla", INSIGHT_PATH),
            key_of(desk, "kari"),
            key_of(desk, "ulla")[:-2],
        ):
            answer = await client.get(path, cookies={"losen-innsikt": key}, allow_redirects=False)
            assert answer.status == 403, key
            assert "Skriv «innsikt»" in (await answer.json())["error"]
            assert (await client.get("/innsikt", params={"key": key or "x"}, allow_redirects=False)).status == 403
    assert desk.runs == 0


async def test_a_key_is_of_no_use_after_an_hour_or_when_the_role_is_taken_back(desk: Desk) -> None:
    key = key_of(desk, "ulla")
    async with serving(desk.app()) as client:
        cookies = {"losen-innsikt": key}
        assert (await client.get("/innsikt", cookies=cookies)).status == 200
        desk.clock.advance(LIFETIME.total_seconds() - 1)
        assert (await client.get("/innsikt", cookies=cookies)).status == 200
        await desk.store.write(lambda session: session.people.revoke("ulla", "uss"))
        assert (await client.get("/innsikt", cookies=cookies)).status == 403
        await desk.store.write(lambda session: session.people.grant(RoleGrant("ulla", "uss", "admin", MONDAY)))
        desk.clock.advance(timedelta(seconds=1).total_seconds())
        assert (await client.get("/innsikt", cookies=cookies)).status == 403


async def test_in_development_this_machine_may_see_it_and_nobody_through_it(desk: Desk) -> None:
    async with serving(desk.app(development=True)) as client:
        assert (await client.get("/innsikt")).status == 200
        assert (await client.get("/innsikt", headers={"X-Forwarded-For": "10.0.0.1"})).status == 403
        assert (await client.get("/innsikt", headers={"Host": "losen.example"})).status == 403


async def test_however_many_ask_it_is_made_once_and_again_when_it_is_old(desk: Desk) -> None:
    await asyncio.gather(*(desk.pages.drawn() for _ in range(5)))
    desk.seconds = KEPT_SECONDS - 1
    await desk.pages.drawn()
    assert desk.runs == 1
    desk.seconds = KEPT_SECONDS
    await desk.pages.drawn()
    assert desk.runs == 2


async def test_what_cannot_be_made_is_said_and_tried_again_next_time(desk: Desk) -> None:
    failing = InsightPages(desk.folder, lambda: 0.0, [sys.executable, "-c", "raise SystemExit(2)"])
    with pytest.raises(CannotDraw):
        await failing.drawn()
    desk.pages = failing
    async with serving(desk.app(development=True)) as client:
        for path in ("/innsikt", "/innsikt/saker.csv"):
            answer = await client.get(path)
            assert (answer.status, "Prøv igjen" in (await answer.json())["error"]) == (503, True)


async def test_the_front_door_makes_it(tmp_path: Path) -> None:
    """The command that runs in earnest, on a database of its own."""
    drawn = await InsightPages(tmp_path, lambda: 0.0).drawn()
    assert b"<h1>Innsikt</h1>" in drawn.page
    assert (tmp_path / "losen.db").exists()
    assert drawn.files["saker"].decode("utf-8-sig").startswith("Uke;Feilmeldinger")


def test_where_no_page_is_served_there_is_no_link() -> None:
    assert PersonalLinks(Clock()).to_insight("ulla") == ""
