"""The chat page and the feed pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.server import ServerParts, create_app
from bot.store.records import FeedPost
from bot.web.demo_people import load_demo_people
from bot.web.pages import ChatPage, FeedPages, static_files
from dialogs.case import NoticeStatus, NoticeUpdate, Role
from knowledge.errors import BrokenKnowledge
from tests.bot.channels.doubles import TEXTS, serving
from tests.bot.samples import MONDAY, OSLO, a_notice

GROUPS = {"sam_it": "SAM/IT", "sam_ikt": "SAM/IKT <kontakter>"}


class Outline(HTMLParser):
    """What stands in a page: tags with attributes, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def app_with(posts: Sequence[FeedPost] = ()) -> ServerParts:
    async def of_group(group: str) -> Sequence[FeedPost]:
        return [post for post in posts if post.group == group]

    pages = FeedPages(GROUPS, of_group, TEXTS["nb"], OSLO, lambda: MONDAY)
    return ServerParts(routes=[ChatPage(load_demo_people(), GROUPS), pages, static_files])


async def test_the_chat_page_can_be_used_by_everybody() -> None:
    async with serving(create_app(app_with())) as client:
        page = Outline(await (await client.get("/")).text())
    assert page.all("html")[0]["lang"] == "nb"
    assert [page.all(one) != [] for one in ("header", "nav", "main", "footer", "h1")] == [True] * 5
    assert page.all("a")[0]["href"] == "#chat"
    labelled = {one["for"] for one in page.all("label")}
    assert {one["id"] for one in page.all("select")} <= labelled
    assert [one["value"] for one in page.all("option")] == [
        "ansatt",
        "superbruker",
        "1linje",
        "forvalter",
        "uss",
        "uss2",
    ]
    assert {"/feed/sam_it", "/feed/sam_ikt"} <= {one["href"] for one in page.all("a")}


async def test_the_page_asks_nothing_of_other_hosts_and_runs_only_its_own_scripts() -> None:
    async with serving(create_app(app_with())) as client:
        answer = await client.get("/")
        page = Outline(await answer.text())
        policy = answer.headers["Content-Security-Policy"]
        for one in page.all("script") + page.all("link") + page.all("img"):
            address = str(one.get("src") or one.get("href"))
            assert address.startswith("/static/")
            if "webchat" not in address:
                assert (await client.get(address)).status == 200
        assert "script-src 'self';" in policy
        assert "http" not in policy


@pytest.mark.parametrize("name", ["../pages.py", "..%2Fpages.py", "index.html", ".", "nothing.js", "%2e%2e/pages.py"])
async def test_nothing_but_the_static_files_is_given_out(name: str) -> None:
    async with serving(create_app(app_with())) as client:
        assert (await client.get(f"/static/{name}")).status == 404


def post(ref: str, group: str = "sam_it", **changes: object) -> FeedPost:
    notice = replace(a_notice(), ref=ref, **changes)  # type: ignore[arg-type]
    return FeedPost(f"{ref}-{group}", group, notice, 0, MONDAY, MONDAY)


async def test_a_feed_page_shows_the_groups_notices_with_their_history() -> None:
    history = (
        NoticeUpdate(MONDAY, "Ulla", "published", ""),
        NoticeUpdate(MONDAY + timedelta(hours=1), "Ulla", "updated", "Leverandøren er på saken"),
    )
    posts = [
        post("D-2", what="AKS er nede", history=history, next_update_at=MONDAY + timedelta(hours=2)),
        post("D-1", what="Gammel feil", status=NoticeStatus.RESOLVED),
        post("D-3", group="sam_ikt", what="Bare for hovedkontaktene"),
    ]
    async with serving(create_app(app_with(posts))) as client:
        answer = await client.get("/feed/sam_it")
        page = Outline(await answer.text())
    assert page.all("script") == []
    assert [one["id"] for one in page.all("article")] == ["D-2", "D-1"]
    text = " ".join(page.texts)
    assert "AKS er nede" in text
    assert "Leverandøren er på saken" in text
    assert "Neste oppdatering" in text
    assert "rettet" in text
    assert "Bare for hovedkontaktene" not in text
    assert all(one["datetime"] for one in page.all("time"))


async def test_what_people_write_in_a_notice_stays_text() -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    nasty = post("D-1", what=hostile, affected=hostile, consequence=hostile, workaround=hostile, contact=hostile)
    async with serving(create_app(app_with([nasty]))) as client:
        page = Outline(await (await client.get("/feed/sam_it")).text())
    assert page.all("script") == []
    assert [one["src"] for one in page.all("img")] == ["/static/losen.svg"]
    assert hostile in " ".join(page.texts)


async def test_an_empty_and_an_unknown_group() -> None:
    async with serving(create_app(app_with())) as client:
        assert "Ingen driftsmeldinger" in await (await client.get("/feed/sam_it")).text()
        assert (await client.get("/feed/other")).status == 404
        assert (await client.get("/feed/", allow_redirects=False)).headers["Location"] == "/feed/sam_it"


def test_the_demo_people_have_the_roles_their_keys_promise() -> None:
    people = load_demo_people()
    assert Role.USS in people["uss"].person.roles
    assert Role.FORSTELINJE in people["1linje"].person.roles
    assert people["ansatt"].person.roles == {Role.ANSATT}
    assert len({one.person.id for one in people.values()}) == len(people)


@pytest.mark.parametrize("content", ["", "a: b", "a: {name: A}", "- a", "a: [", "a: {name: A, roles: [king]}"])
def test_a_broken_file_of_people_is_refused(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("people") / "demo_people.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenKnowledge):
        load_demo_people(path)
