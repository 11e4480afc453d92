"""Driftsmeldinger of Kundeportalen over real HTTP: who may read what, as page, Atom and JSON Feed."""

from __future__ import annotations

import asyncio
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from hypothesis import given
from hypothesis import strategies as st

from bot.server import ServerParts, create_app
from bot.store.port import Session
from bot.store.sqlite import SqliteStore
from bot.web.notice_html import NoticeHtml
from bot.web.pages import static_files
from bot.web.portal import Portal
from bot.web.portal_feeds import PortalFeeds
from bot.web.portal_pages import PortalPages
from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.texts import load_texts
from knowledge.notice_reach import reach_of
from knowledge.organisation import Organisation, load_organisation
from knowledge.systems import System, SystemRegister
from knowledge.systems_file import load_systems
from tests.bot.channels.doubles import serving
from tests.bot.samples import MONDAY, OSLO, Clock, a_notice
from tests.bot.web.outline import Outline

T = TypeVar("T")
ROOT = Path(__file__).parents[3]
ATOM = "{http://www.w3.org/2005/Atom}"
CLOSED = "sam_ikt_hovedkontakter"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp; ]]> $title \x0b\ufffe"
SHOWN = HOSTILE.removesuffix("\x0b\ufffe")


@cache
def systems() -> SystemRegister:
    return load_systems(ROOT / "knowledge" / "data" / "systems.json")


@cache
def organisation() -> Organisation:
    return load_organisation(ROOT / "knowledge" / "data" / "organisation.yaml")


class CountingStore(SqliteStore):
    """Counts how often it is read, and takes its time."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.reads = 0

    async def read(self, work: Callable[[Session], T]) -> T:
        self.reads += 1
        await asyncio.sleep(0.01)
        return await super().read(work)


@dataclass(frozen=True, slots=True)
class World:
    """A portal that is being served, and what it tells of."""

    client: TestClient[web.Request, web.Application]
    store: CountingStore
    clock: Clock

    async def add(self, *notices: Notice) -> None:
        for notice in notices:
            await self.store.write(lambda session, notice=notice: session.notices.add(notice))  # type: ignore[misc]

    async def change(self, notice: Notice, **changes: Any) -> None:
        changed = replace(notice, **{"updated_at": self.clock(), **changes})
        await self.store.write(lambda session: session.notices.update(changed))

    async def get(self, path: str = "", **headers: str) -> aiohttp.ClientResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(f"/driftsmeldinger{path}", headers=named)

    async def page(self, path: str = "") -> Outline:
        return Outline(await (await self.get(path)).text())

    async def atom(self) -> ET.Element:
        return parsed(await (await self.get("/feed.atom")).read())

    async def json(self) -> dict[str, Any]:
        feed: dict[str, Any] = json.loads(await (await self.get("/feed.json")).text())
        return feed


@asynccontextmanager
async def portal(folder: Path, public_url: str = "", loopback_only: bool = False) -> AsyncIterator[World]:
    store, clock = CountingStore(folder / "losen.db"), Clock()
    pages = Portal(store, organisation(), load_texts()["nb"], OSLO, clock, public_url, systems)
    app = create_app(ServerParts(routes=[static_files, pages], loopback_only=loopback_only))
    async with serving(app) as client:
        yield World(client, store, clock)
    await store.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with portal(tmp_path) as one:
        yield one


def lines(*texts: str) -> tuple[NoticeUpdate, ...]:
    return tuple(
        NoticeUpdate(MONDAY + timedelta(minutes=10 * count), "Ulla Uss", "updated", text)
        for count, text in enumerate(texts)
    )


def parsed(document: bytes) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314  our own document


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def text_of(element: ET.Element, tag: str) -> str:
    return element.findtext(f"{ATOM}{tag}") or ""


# What is shown


async def test_the_list_has_what_goes_on_then_what_is_planned_then_what_is_over(world: World) -> None:
    broken = a_notice("D-2026-0001", what="Gammel feil")
    planned = replace(
        a_notice("D-2026-0003", what="Oppgradering"), type="vedlikehold", since=MONDAY + timedelta(days=2)
    )
    history = lines("AKS er nede", "Leverandøren er på saken")
    going = replace(a_notice("D-2026-0002"), next_update_at=MONDAY + timedelta(hours=2), history=history)
    await world.add(broken, going, planned)
    world.clock.advance(90 * 60)
    await world.change(broken, status=NoticeStatus.RESOLVED, history=lines("Gammel feil", "En disk var full"))
    page = await world.page()
    articles = [one["aria-labelledby"] for one in page.all("article")]
    assert articles == ["D-2026-0002", "D-2026-0003", "D-2026-0001"]
    headings = [text for tag, text in page.texts if tag == "h2"]
    assert headings == ["Gjelder nå", "Planlagt", "Avsluttet de siste 14 dagene"]
    for said in ("Alle bydeler", "Ingen får logget på", "Neste oppdatering", "Leverandøren er på saken", "pågår"):
        assert said in page.text
    for said in ("planlagt", "rettet", "Varte i 1 time og 30 minutter", "En disk var full"):
        assert said in page.text


async def test_what_is_planned_begins_without_anybody_changing_it(world: World) -> None:
    await world.add(replace(a_notice(), type="vedlikehold", since=MONDAY + timedelta(minutes=5)))
    assert "Ingenting nå." in (await world.page()).text
    world.clock.advance(5 * 60)
    page = await world.page()
    assert "Ingenting nå." not in page.text
    assert "pågår" in page.text
    assert "Planlagt" not in [text for tag, text in page.texts if tag == "h2"]


async def test_what_is_over_leaves_the_list_and_the_feeds_after_two_weeks_and_keeps_its_page(world: World) -> None:
    await world.add(a_notice())
    await world.change(a_notice(), status=NoticeStatus.RESOLVED)
    world.clock.advance(timedelta(days=14).total_seconds())
    assert len((await world.page()).all("article")) == 1
    world.clock.advance(2)
    assert (await world.page()).all("article") == []
    assert entries(await world.atom()) == []
    assert (await world.json())["items"] == []
    answer = await world.get("/D-2026-0001")
    assert answer.status == 200
    assert "AKS er nede" in await answer.text()


async def test_a_notice_that_lasts_longer_than_two_weeks_stays(world: World) -> None:
    await world.add(a_notice())
    world.clock.advance(timedelta(days=30).total_seconds())
    assert len((await world.page()).all("article")) == 1


async def test_a_notice_has_a_page_with_all_that_was_said_newest_first(world: World) -> None:
    await world.add(replace(a_notice(), hovedsak="17549", history=lines("AKS er nede", "Vi starter på nytt")))
    page = await world.page("/D-2026-0001")
    assert [text for tag, text in page.texts if tag == "h1"] == ["Fellesfeil: AKS er nede"]
    assert page.text.index("Vi starter på nytt") < page.text.rindex("AKS er nede")
    assert "17549" in page.text
    moment = page.all("time")[0]["datetime"]
    assert datetime.fromisoformat(str(moment)) == MONDAY


async def test_a_withdrawn_notice_tells_only_that(world: World) -> None:
    """Who has it already must hear of it, in the feeds and on its page; nobody else meets it."""
    await world.add(a_notice())
    withdrawn = lines("AKS er nede", "Det var en øvelse")
    await world.change(a_notice(), status=NoticeStatus.WITHDRAWN, history=withdrawn)
    assert (await world.page()).all("article") == []
    page = await world.page("/D-2026-0001")
    assert "Driftsmelding D-2026-0001 er trukket. Det var en øvelse" in page.text
    assert "Ingen får logget på" not in page.text
    entry = entries(await world.atom())[0]
    assert text_of(entry, "title").startswith("Trukket: ")
    assert "Ingen får logget på" not in text_of(entry, "content")
    item = (await world.json())["items"][0]
    assert item["_losen"]["status"] == "withdrawn"


@pytest.mark.parametrize("path", ["/D-2026-9999", "/nothing", "/%3Cscript%3E", "/D-2026-0001/"])
async def test_an_unknown_notice_is_not_found_and_told_as_a_page(world: World, path: str) -> None:
    answer = await world.get(path)
    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "no-store"
    if not path.endswith("/"):
        assert "Fant ikke driftsmeldingen" in Outline(await answer.text()).text


# What is not shown


@pytest.mark.parametrize("groups", [(CLOSED,), (), ("a_group_that_was_removed",)])
async def test_what_no_open_group_got_is_nowhere(world: World, groups: tuple[str, ...]) -> None:
    await world.add(a_notice(groups=groups, what="Hemmelig feil"))
    for path in ("", "/D-2026-0001", "/feed.atom", "/feed.json"):
        assert "Hemmelig" not in await (await world.get(path)).text()
    assert (await world.get("/D-2026-0001")).status == 404
    await world.change(a_notice(groups=groups, what="Hemmelig feil"), status=NoticeStatus.RESOLVED)
    world.clock.advance(timedelta(days=20).total_seconds())
    assert (await world.get("/D-2026-0001")).status == 404


async def test_what_all_groups_got_is_shown_without_naming_the_closed_one_or_who_wrote_it(world: World) -> None:
    notice = replace(a_notice(groups=("sam_it", CLOSED)), author="Ulla Uss", history=lines("AKS er nede"))
    await world.add(notice)
    for path in ("", "/D-2026-0001", "/feed.atom", "/feed.json"):
        told = await (await world.get(path)).text()
        assert "AKS er nede" in told
        assert CLOSED not in told
        assert "Ulla" not in told


# Escaping


def hostile() -> Notice:
    text = HOSTILE
    return replace(
        a_notice(what=text),
        affected=text,
        consequence=text,
        workaround=text,
        contact=text,
        hovedsak=text,
        history=lines(text, text),
    )


@pytest.mark.parametrize("status", [NoticeStatus.WAITING, NoticeStatus.SENT_BACK, NoticeStatus.DROPPED])
async def test_what_is_not_published_is_nowhere(world: World, status: NoticeStatus) -> None:
    await world.add(a_notice())
    await world.change(a_notice(), status=status)
    assert (await world.get("/D-2026-0001")).status == 404
    assert entries(await world.atom()) == []
    assert "AKS" not in await (await world.get()).text()


@pytest.mark.parametrize("status", [NoticeStatus.ACTIVE, NoticeStatus.RESOLVED, NoticeStatus.WITHDRAWN])
async def test_what_people_write_stays_text_everywhere(world: World, status: NoticeStatus) -> None:
    await world.add(hostile())
    await world.change(hostile(), status=status)
    pages = [await world.page("/D-2026-0001"), Outline(text_of(entries(await world.atom())[0], "content"))]
    pages.append(Outline((await world.json())["items"][0]["content_html"]))
    if status is not NoticeStatus.WITHDRAWN:
        pages.append(await world.page())
    for page in pages:
        assert page.all("script") == []
        assert {one["src"] for one in page.all("img")} <= {"/static/losen.svg"}
        assert SHOWN.strip() in page.text
    assert text_of(entries(await world.atom())[0], "title").endswith(SHOWN)


@given(what=st.text(), said=st.text(), kind=st.text())
def test_any_text_gives_pages_and_feeds_that_can_be_read(what: str, said: str, kind: str) -> None:
    notice = replace(a_notice(what=what), type=kind, affected=said, history=lines(said))
    html = NoticeHtml(load_texts_once(), OSLO)
    pages = PortalPages(html, "Kundeportalen", 14)
    for page in (pages.all([notice], MONDAY), pages.one(notice, MONDAY)):
        assert len(Outline(page).all("article")) == 1
    feeds = PortalFeeds(html, "Kundeportalen", "Oslo kommune", "USS", reach_of(organisation()))
    assert len(entries(parsed(feeds.atom([notice], "", MONDAY)))) == 1
    assert json.loads(feeds.json([notice], "", MONDAY))["items"][0]["_losen"]["what"] == what


@cache
def load_texts_once() -> Any:
    return load_texts()["nb"]


# The feeds


async def test_the_atom_feed_has_all_that_atom_asks_for(world: World) -> None:
    later = MONDAY + timedelta(hours=1)
    await world.add(a_notice(), replace(a_notice("D-2026-0002", at=later), type="vedlikehold"))
    answer = await world.get("/feed.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = await world.atom()
    assert feed.tag == f"{ATOM}feed"
    assert text_of(feed, "title") == "Driftsmeldinger – Kundeportalen"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == organisation().desk_name
    assert datetime.fromisoformat(text_of(feed, "updated")) == later
    links = {one.attrib["rel"]: one.attrib["href"] for one in feed.findall(f"{ATOM}link")}
    base = str(world.client.make_url("")).rstrip("/")
    assert links == {"self": f"{base}/driftsmeldinger/feed.atom", "alternate": f"{base}/driftsmeldinger"}
    ids = [text_of(one, "id") for one in (feed, *entries(feed))]
    assert len({UUID(one.removeprefix("urn:uuid:")) for one in ids}) == 3
    for entry in entries(feed):
        assert all(text_of(entry, tag) for tag in ("title", "summary", "content"))
        assert datetime.fromisoformat(text_of(entry, "updated")).tzinfo is not None
        assert datetime.fromisoformat(text_of(entry, "published")).tzinfo is not None
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (await world.client.get(link.attrib["href"].removeprefix(base))).status == 200
    assert [text_of(one, "title") for one in entries(feed)] == [
        "Planlagt vedlikehold: AKS er nede",
        "Fellesfeil: AKS er nede",
    ]


async def test_an_empty_feed_is_a_feed_too_and_stays_the_same(world: World) -> None:
    feed = await world.atom()
    assert entries(feed) == []
    assert text_of(feed, "updated")
    world.clock.advance(120)
    assert text_of(await world.atom(), "updated") == text_of(feed, "updated")


async def test_an_update_is_the_same_entry_with_a_later_time(world: World) -> None:
    await world.add(a_notice())
    before = entries(await world.atom())[0]
    world.clock.advance(600)
    await world.change(a_notice(), history=lines("AKS er nede", "Rettes nå"))
    after = entries(await world.atom())[0]
    assert text_of(before, "id") == text_of(after, "id")
    assert text_of(before, "published") == text_of(after, "published")
    assert text_of(before, "updated") < text_of(after, "updated")
    assert text_of(after, "summary") == "Rettes nå"


async def test_a_date_in_a_feed_is_true_whenever_it_is_read(world: World) -> None:
    await world.add(a_notice())
    content = text_of(entries(await world.atom())[0], "content")
    assert "mandag 23. november 2026 kl. 10.00" in content
    assert "i dag" not in content


async def test_the_json_feed_has_the_shape_of_version_1_1(world: World) -> None:
    notice = replace(a_notice(), next_update_at=MONDAY + timedelta(hours=1))
    await world.add(notice)
    answer = await world.get("/feed.json")
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = await world.json()
    base = str(world.client.make_url("")).rstrip("/")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{base}/driftsmeldinger/feed.json"
    assert feed["home_page_url"] == f"{base}/driftsmeldinger"
    assert (feed["language"], feed["authors"]) == ("nb", [{"name": organisation().desk_name}])
    (item,) = feed["items"]
    assert item["url"] == f"{base}/driftsmeldinger/D-2026-0001"
    assert item["id"] == text_of(entries(await world.atom())[0], "id")
    assert item["tags"] == ["fellesfeil", "active"]
    assert datetime.fromisoformat(item["date_modified"]) == MONDAY
    whole = notice.to_json()
    assert item["_losen"] == {
        **{key: value for key, value in whole.items() if key != "author"},
        "history": [{"at": MONDAY.isoformat(), "kind": "published", "text": "AKS er nede"}],
    }


async def test_links_begin_with_the_public_address_when_there_is_one(tmp_path: Path) -> None:
    async with portal(tmp_path, public_url="https://losen.example.org") as world:
        await world.add(a_notice())
        assert (await world.json())["items"][0]["url"] == "https://losen.example.org/driftsmeldinger/D-2026-0001"
        links = [one.attrib["href"] for one in (await world.atom()).iter(f"{ATOM}link")]
        assert all(one.startswith("https://losen.example.org/driftsmeldinger") for one in links)


async def test_an_address_asked_for_is_neither_kept_for_others_nor_believed_when_odd(world: World) -> None:
    await world.add(a_notice())
    other = json.loads(await (await world.get("/feed.json", Host="other.example:81")).text())
    assert other["feed_url"] == "http://other.example:81/driftsmeldinger/feed.json"
    assert (await world.json())["feed_url"].startswith("http://127.0.0.1:")
    odd = json.loads(await (await world.get("/feed.json", Host="a.example/<b>")).text())
    assert odd["feed_url"] == "/driftsmeldinger/feed.json"


# Embedding and caching


async def test_only_the_feeds_may_be_read_by_other_sites(world: World) -> None:
    await world.add(a_notice())
    for path in ("/feed.atom", "/feed.json"):
        first = await world.get(path, Origin="https://intranet.example")
        again = await world.get(path, Origin="https://intranet.example", If_None_Match=first.headers["ETag"])
        assert (first.status, again.status) == (200, 304)
        for answer in (first, again):
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in answer.headers
    for path in ("", "/D-2026-0001", "/nothing"):
        answer = await world.get(path, Origin="https://intranet.example")
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_development_mode_answers_no_other_site_at_all(tmp_path: Path) -> None:
    async with portal(tmp_path, loopback_only=True) as world:
        assert (await world.get("/feed.json")).status == 200
        assert (await world.get("/feed.json", Origin="https://intranet.example")).status == 403


@pytest.mark.parametrize("path", ["", "/D-2026-0001", "/feed.atom", "/feed.json"])
async def test_who_has_it_already_gets_304_until_it_changes(world: World, path: str) -> None:
    await world.add(a_notice())
    first = await world.get(path)
    tag = first.headers["ETag"]
    assert re.fullmatch('"[0-9a-f]{32}"', tag)
    assert first.headers["Cache-Control"] == "max-age=30"
    world.clock.advance(3600)
    for sent in (tag, f'"other", W/{tag}', "*"):
        again = await world.get(path, If_None_Match=sent)
        assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "max-age=30"
    assert (await world.get(path, If_None_Match='"other"')).status == 200
    await world.change(a_notice(), what="AKS er treg")
    world.clock.advance(2)
    changed = await world.get(path, If_None_Match=tag)
    assert changed.status == 200
    assert "AKS er treg" in await changed.text()


async def test_many_readers_cost_one_reading_of_the_store(world: World) -> None:
    await world.add(a_notice())
    paths = ["", "/D-2026-0001", "/feed.atom", "/feed.json"] * 10
    answers = await asyncio.gather(*(world.get(path) for path in paths))
    assert {answer.status for answer in answers} == {200}
    assert world.store.reads == 1
    world.clock.advance(1.9)
    await world.get()
    assert world.store.reads == 1
    world.clock.advance(0.1)
    await asyncio.gather(*(world.get(path) for path in paths))
    assert world.store.reads == 2


async def test_a_clock_that_is_set_back_does_not_keep_old_news(world: World) -> None:
    await world.add(a_notice())
    await world.get()
    world.clock.advance(-3600)
    await world.change(a_notice(), what="AKS er treg", updated_at=MONDAY)
    assert "AKS er treg" in (await world.page()).text


async def test_a_store_that_fails_is_told_and_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.add(a_notice())
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "_closed", True)
        answer = await world.get()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (await world.get()).status == 200


# For everybody


async def all_pages(world: World) -> list[Outline]:
    planned = replace(a_notice("D-2026-0003"), type="vedlikehold", since=MONDAY + timedelta(days=1))
    await world.add(a_notice(), a_notice("D-2026-0002"), planned)
    await world.change(a_notice("D-2026-0002"), status=NoticeStatus.RESOLVED)
    return [await world.page(path) for path in ("", "/D-2026-0001", "/D-2026-0002", "/D-2026-0003", "/nothing")]


async def test_every_page_has_what_a_screen_reader_needs(world: World) -> None:
    for page in await all_pages(world):
        assert page.all("html")[0]["lang"] == "nb"
        assert [len(page.all(one)) for one in ("title", "header", "nav", "main", "footer", "h1")] == [1] * 6
        assert page.all("nav")[0]["aria-label"]
        assert page.levels()[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(page.levels()))
        ids = page.ids()
        assert len(ids) == len(set(ids))
        skip = page.all("a")[0]
        assert skip["class"] == "skip"
        assert str(skip["href"]).removeprefix("#") == page.all("main")[0]["id"]
        labelled = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
        assert labelled <= set(ids)
        assert all("alt" in one for one in page.all("img"))
        assert all(datetime.fromisoformat(str(one["datetime"])).tzinfo for one in page.all("time"))
        assert all(one.get("http-equiv") is None for one in page.all("meta"))


async def test_no_page_has_script_or_asks_other_hosts(world: World) -> None:
    for page in await all_pages(world):
        assert page.all("script") == page.all("iframe") == page.all("form") == []
        loaded = [one.get("href") or one.get("src") for one in page.all("link") + page.all("img")]
        assert all(str(one).startswith("/") for one in loaded)
        for address in {str(one) for one in loaded} | {str(one["href"]) for one in page.all("a")[1:]}:
            assert (await world.client.get(address)).status == 200
    policy = (await world.get()).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


async def test_the_address_with_a_slash_leads_to_the_list(world: World) -> None:
    answer = await world.client.get("/driftsmeldinger/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/driftsmeldinger")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back"),
    [("ink", "page"), ("ink", "paper"), ("soft", "paper"), ("soft", "page"), ("link", "paper"), ("link", "page"),
     ("on-brand", "brand")],
)  # fmt: skip
def test_text_can_be_told_from_its_background(front: str, back: str, scheme: int) -> None:
    """WCAG 1.4.3: at least 4.5 to 1."""
    css = (ROOT / "bot" / "web" / "static" / "losen.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css.split(":root {")[1 + scheme].split("}")[0]))
    lighter, darker = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# A page and feeds for each system


def system_called(name: str) -> System:
    return next(one for one in systems() if one.name == name)


KOMPASS, GERICA = system_called("Kompass"), system_called("Gerica")


async def test_a_system_has_a_page_with_its_own_notices(world: World) -> None:
    await world.add(a_notice(what="Gerica er nede"), a_notice("D-2026-0002", what="SMAX svarer ikke"))
    page = await world.page(f"/system/{GERICA.id}")
    assert [text for tag, text in page.texts if tag == "h1"] == ["Driftsmeldinger om Gerica"]
    assert [one["aria-labelledby"] for one in page.all("article")] == ["D-2026-0001"]
    assert [one["aria-labelledby"] for one in (await world.page(f"/system/{KOMPASS.id}")).all("article")] == [
        "D-2026-0002"
    ]
    assert len((await world.page()).all("article")) == 2


async def test_the_systems_that_have_a_notice_can_be_chosen_on_every_list(world: World) -> None:
    assert "Velg system" not in (await world.page()).text
    await world.add(a_notice(what="Gerica og Kompass er nede"))
    world.clock.advance(2)
    for path, current in (("", None), (f"/system/{GERICA.id}", f"/driftsmeldinger/system/{GERICA.id}")):
        page = await world.page(path)
        assert "Velg system" in page.text
        links = page.all("a")
        offered = [one["href"] for one in links if "/system/" in str(one["href"]) and "feed" not in str(one["href"])]
        assert offered == [f"/driftsmeldinger/system/{one.id}" for one in (GERICA, KOMPASS)]
        assert [one["href"] for one in links if one.get("aria-current") == "page" and "system" in str(one["href"])] == (
            [current] if current else []
        )


async def test_a_system_without_a_notice_has_its_address_and_an_empty_list(world: World) -> None:
    page = await world.page(f"/system/{GERICA.id}")
    assert "Ingenting nå." in page.text
    assert entries(parsed(await (await world.get(f"/system/{GERICA.id}/feed.atom")).read())) == []


async def test_a_guess_at_a_system_is_not_shown_on_its_page(world: World) -> None:
    await world.add(a_notice(what="Gericaa er nede"))
    assert (await world.page(f"/system/{GERICA.id}")).all("article") == []


async def test_a_system_has_feeds_that_hold_the_same_entries_as_the_feed_of_all(world: World) -> None:
    await world.add(a_notice(what="Gerica er nede"), a_notice("D-2026-0002", what="Kompass er nede"))
    path, base = f"/system/{GERICA.id}", str(world.client.make_url("")).rstrip("/")
    feed = parsed(await (await world.get(f"{path}/feed.atom")).read())
    assert text_of(feed, "title") == "Driftsmeldinger om Gerica – Kundeportalen"
    assert text_of(feed, "id") != text_of(await world.atom(), "id")
    links = {one.attrib["rel"]: one.attrib["href"] for one in feed.findall(f"{ATOM}link")}
    page = f"{base}/driftsmeldinger{path}"
    assert links == {"self": f"{page}/feed.atom", "alternate": page}
    (entry,) = entries(feed)
    assert text_of(entry, "id") in {text_of(one, "id") for one in entries(await world.atom())}
    told = json.loads(await (await world.get(f"{path}/feed.json")).text())
    assert (told["feed_url"], told["home_page_url"]) == (f"{page}/feed.json", page)
    assert [one["_losen"]["ref"] for one in told["items"]] == ["D-2026-0001"]


async def test_the_page_of_a_system_points_to_its_own_feeds(world: World) -> None:
    page = await world.page(f"/system/{GERICA.id}")
    feeds = {one["href"] for one in page.all("link") if one.get("rel") == "alternate"}
    assert feeds == {f"/driftsmeldinger/system/{GERICA.id}/feed.{kind}" for kind in ("atom", "json")}


@pytest.mark.parametrize("path", ["/system/SYS-9999", "/system/SYS-9999/feed.atom", "/system/%3Cscript%3E/feed.json"])
async def test_an_unknown_system_is_not_found_and_told_as_a_page(world: World, path: str) -> None:
    answer = await world.get(path)
    assert answer.status == 404
    assert "Fant ikke systemet" in Outline(await answer.text()).text


async def test_what_is_closed_or_withdrawn_is_on_no_systems_page(world: World) -> None:
    await world.add(a_notice(groups=(CLOSED,), what="Gerica er hacket"), a_notice("D-2026-0002", what="Gerica er treg"))
    await world.change(a_notice("D-2026-0002", what="Gerica er treg"), status=NoticeStatus.WITHDRAWN)
    page = await world.page(f"/system/{GERICA.id}")
    assert page.all("article") == []
    assert "hacket" not in page.text


# Last-Modified


@pytest.mark.parametrize(
    "path", ["", "/D-2026-0001", "/feed.atom", f"/system/{GERICA.id}", f"/system/{GERICA.id}/feed.json"]
)
async def test_a_reader_who_has_it_since_is_told_so(world: World, path: str) -> None:
    await world.add(a_notice(what="Gerica er nede"))
    first = await world.get(path)
    since = first.headers["Last-Modified"]
    assert parsedate_to_datetime(since) == MONDAY
    world.clock.advance(30)
    again = await world.get(path, If_Modified_Since=since)
    assert (again.status, await again.read()) == (304, b"")
    assert (await world.get(path, If_Modified_Since="Mon, 23 Nov 2026 08:59:59 GMT")).status == 200
    # A new minute writes the document anew; the same words are not a change.
    world.clock.advance(60)
    assert (await world.get(path)).headers["Last-Modified"] == since
    await world.change(a_notice(what="Gerica er treg"))
    world.clock.advance(2)
    changed = await world.get(path, If_Modified_Since=since)
    assert changed.status == 200
    assert parsedate_to_datetime(changed.headers["Last-Modified"]) > parsedate_to_datetime(since)


async def test_the_tag_decides_where_both_are_given(world: World) -> None:
    await world.add(a_notice())
    since = (await world.get()).headers["Last-Modified"]
    assert (await world.get(If_Modified_Since=since, If_None_Match='"other"')).status == 200
