"""What axe-core finds on every page, in light and dark, narrow and wide: nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Request, expect

from bot.store import SqliteStore
from tests.bot.insight.numbers import filled
from tests.browser.chat_page import ChatPage
from tests.browser.losen_process import LosenProcess

pytestmark = pytest.mark.browser

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# Every rule of axe that is on by default; none is left out. What axe cannot decide by itself is not counted.
_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1100, 360)]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
async def looked_at(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page in one of the looks."""
    scheme, width = request.param
    context = await browser.new_context(
        locale="nb-NO", viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield await context.new_page()
    await context.close()


async def violations(page: Page) -> list[str]:
    """What axe objects to: rule, element and why."""
    await page.mouse.move(0, 0)
    await page.evaluate(_AXE)
    found: list[dict[str, Any]] = await page.evaluate(_RUN)
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


async def test_axe_finds_something_where_there_is_something(page: Page) -> None:
    await page.evaluate("document.querySelector('label[for=person]').remove()")
    assert any(one.startswith("select-name") for one in await violations(page))


async def test_the_conversation(looked_at: Page, losen: LosenProcess) -> None:
    page = looked_at
    await page.goto(losen.address)
    chat = ChatPage(page)
    await chat.be("1linje")
    assert await violations(page) == [], "greeting"
    await chat.say("Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart")
    await expect(chat.card.locator(".ac-choiceSetInput-expanded[role=radiogroup]").first).to_be_visible()
    assert await violations(page) == [], "questions"
    await chat.button("Fortsett").click()
    await expect(chat.card.get_by_text("Må fylles ut").first).to_be_visible()
    assert await violations(page) == [], "questions with an error"
    await chat.fill_until_summary(critical="nei")
    assert await violations(page) == [], "summary"
    await chat.press("Send")
    await chat.say("hvilket skjema er det for ny felles postboks?")
    assert await violations(page) == [], "receipt, and a card with a link"


async def test_the_pages_of_driftsmeldinger(browser: Browser, own_losen: LosenProcess) -> None:
    await _look_everywhere(browser, own_losen, ["/driftsmeldinger", "/driftsmeldinger/finnes-ikke", "/feed/sam_it"])
    context = await browser.new_context(locale="nb-NO")
    page = await context.new_page()
    await page.goto(own_losen.address)
    chat = ChatPage(page)
    await chat.be("uss")
    await chat.publish("Gerica er nede for alle bydeler siden kl 08, leverandøren feilsøker")
    ref = await chat.reference()
    async with asyncio.timeout(20):
        while True:
            await page.goto(f"{own_losen.address}/feed/sam_it")
            if await page.locator("article").count():
                break
            await asyncio.sleep(0.2)
    await asyncio.sleep(2.1)  # how long readers of the portal share what was read
    await page.goto(f"{own_losen.address}/driftsmeldinger/{ref}")
    await expect(page.locator("article")).to_contain_text("alle bydeler")
    # The way of a reader who wants one system only: from the list to its page, and from there to the notice.
    await page.goto(f"{own_losen.address}/driftsmeldinger")
    await page.get_by_role("list", name="Velg system:").get_by_role("link").first.click()
    own = page.url.removeprefix(own_losen.address)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Driftsmeldinger om ")
    await expect(page.locator("article")).to_contain_text("alle bydeler")
    await expect(page.get_by_role("link", name="Abonner med Atom")).to_have_attribute("href", f"{own}/feed.atom")
    await page.locator("article a").first.click()
    assert page.url.endswith(ref)
    await context.close()
    paths = ["/driftsmeldinger", f"/driftsmeldinger/{ref}", own, "/driftsmeldinger/system/ingen", "/feed/sam_it"]
    await _look_everywhere(browser, own_losen, paths)


async def test_the_numbers_for_the_desk(browser: Browser, own_losen: LosenProcess) -> None:
    await filled(SqliteStore(own_losen.data / "losen.db"))
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    for scheme, width in LOOKS:
        context = await browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = await context.new_page()
        page.on("request", note)
        await page.goto(own_losen.address + "/innsikt")
        await expect(page.locator("svg.plot")).to_have_count(7)
        for table in await page.locator("summary").all():
            await table.click()
        assert await violations(page) == [], f"{scheme}, {width} px"
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, "the page itself never scrolls"
        assert all(one.startswith(own_losen.address) for one in asked)
        await context.close()


async def _look_everywhere(browser: Browser, losen: LosenProcess, paths: list[str]) -> None:
    for scheme, width in LOOKS:
        context = await browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = await context.new_page()
        for path in paths:
            await page.goto(losen.address + path)
            assert await violations(page) == [], f"{path}, {scheme}, {width} px"
        await context.close()
