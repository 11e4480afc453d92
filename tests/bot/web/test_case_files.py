"""A file of a case at 1.linje is opened by a link of one's own, and by nobody else (G 3.2.1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.attachments import AttachmentStore
from bot.personal_links import LIFETIME, PersonalLinks
from bot.server import ServerParts, create_app
from bot.store import SqliteStore
from bot.store.records import RoleGrant
from bot.web.case_files import CaseFiles
from dialogs.case import Case
from tests.bot.channels.doubles import Client, serving
from tests.bot.samples import KARI, MONDAY, Clock, a_case

PNG = b"\x89PNG\r\n\x1a\n" + b"striper" * 20
TEXT = b"<script>alert(1)</script> feil 0x1\n"
NAME = "striper på «skjerm».png"
REF = "L-2026-000001"


@dataclass
class FirstLine:
    """A server with the route, a case with two files at BGO's 1.linje, and a clock."""

    store: SqliteStore
    files: AttachmentStore
    links: PersonalLinks
    clock: Clock
    client: Client

    def link(self, person_id: str, number: int = 1, ref: str = REF) -> str:
        return self.links.to_file(person_id, ref, number).removeprefix(self.links.address)

    async def status(self, path: str) -> int:
        return (await self.client.get(path, allow_redirects=False)).status

    async def change(self, case: Case) -> None:
        await self.store.write(lambda session: session.cases.update(case))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[FirstLine]:
    clock = Clock()
    store = SqliteStore(tmp_path / "losen.db")
    files = AttachmentStore(tmp_path / "files", store, 10_000, clock)
    links = PersonalLinks(clock, "http://127.0.0.1:1")
    attached = (await files.save_bytes(NAME, PNG), await files.save_bytes("logg.txt", TEXT))
    await store.write(lambda session: session.cases.add(the_case(attached), "c-kari"))
    await store.write(lambda session: session.people.grant(RoleGrant("lars", "1linje", "admin", MONDAY, "BGO")))
    await store.write(lambda session: session.people.grant(RoleGrant("hege", "1linje", "admin", MONDAY, "HEL")))
    await store.write(lambda session: session.people.grant(RoleGrant("ulla", "uss", "admin", MONDAY)))
    app = create_app(ServerParts(routes=[CaseFiles(files, links, store)]))
    async with serving(app) as client:
        yield FirstLine(store, files, links, clock, client)
    await store.close()


def the_case(attached: tuple[object, ...]) -> Case:
    return replace(a_case(REF), route="1.linje BGO", attachments=attached)  # type: ignore[arg-type]  # as stored


async def test_the_reporter_and_the_own_first_line_open_it(desk: FirstLine) -> None:
    for person in (KARI.id, "lars"):
        answer = await desk.client.get(desk.link(person))
        assert (answer.status, await answer.read(), answer.content_type) == (200, PNG, "image/png")
        assert answer.headers["Content-Disposition"] == f"inline; filename*=UTF-8''{quote(NAME)}"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_what_is_no_picture_is_saved_and_not_shown(desk: FirstLine) -> None:
    answer = await desk.client.get(desk.link("lars", 2))
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment;")


async def test_nobody_else_opens_it(desk: FirstLine) -> None:
    others = PersonalLinks(desk.clock, desk.links.address)
    forged = others.to_file("lars", REF, 1).removeprefix(others.address)
    key = desk.link("lars").partition("?")[2]
    for path in (
        desk.link("hege"),
        desk.link("ulla"),
        desk.link("stranger"),
        forged,
        f"/vedlegg/{REF}/1",
        f"/vedlegg/{REF}/2?{key}",  # a link is for one file
        desk.link("lars", 0),
        desk.link("lars", 3),
        desk.link("lars", ref="L-2026-000009"),
    ):
        assert await desk.status(path) == 403, path


async def test_a_link_ends_after_an_hour_and_with_the_role(desk: FirstLine) -> None:
    path = desk.link("lars")
    desk.clock.advance(LIFETIME.total_seconds() - 1)
    assert await desk.status(path) == 200
    await desk.store.write(lambda session: session.people.revoke("lars", "1linje"))
    assert await desk.status(path) == 403
    own = desk.link(KARI.id)
    desk.clock.advance(LIFETIME.total_seconds())
    assert await desk.status(own) == 403


async def test_what_is_in_kompass_is_opened_there(desk: FirstLine) -> None:
    case = await desk.store.read(lambda session: session.cases.get(REF))
    assert case is not None
    await desk.change(replace(case, route="USS"))
    assert await desk.status(desk.link(KARI.id)) == 403


async def test_a_file_that_is_gone_is_said_to_be(desk: FirstLine) -> None:
    case = await desk.store.read(lambda session: session.cases.get(REF))
    assert case is not None
    desk.files.path(case.attachments[0].sha256).unlink()
    answer = await desk.client.get(desk.link("lars"))
    assert answer.status == 404
    assert "finnes ikke lenger" in await answer.text()
