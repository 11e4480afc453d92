"""The real page, served by the real process, in headless Chromium."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.chat_page import ChatPage
from tests.browser.conftest import Problems
from tests.browser.losen_process import LosenProcess

pytestmark = pytest.mark.browser

AKS_DOWN = "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart"


async def test_a_fault_is_reported_and_its_status_asked_for(
    page: Page, losen: LosenProcess, problems: Problems
) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say(AKS_DOWN)
    await expect(chat.card).to_contain_text("AKS")
    await chat.fill_until_summary(critical="nei")
    await expect(chat.card).to_contain_text("Flere steder")
    await chat.press("Send")
    ref = await chat.reference()
    await chat.sees(f"Sak {ref} er registrert")  # comes by itself when the case register has taken it
    await chat.say("status")
    await expect(chat.bubbles.last).to_contain_text(ref)
    case = losen.stored("cases")[ref]
    assert case["form_id"] == 900884
    assert case["answers"]["extent"] == "several_locations"
    assert case["answers"]["outage"] == "full"
    assert "omstart" in case["answers"]["tried"]
    assert case["reporter"]["id"] == "demo-1linje"
    assert case["status"] == "registered"
    assert problems.found == []


async def test_an_order_is_placed(page: Page, losen: LosenProcess, problems: Problems) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say("Jeg trenger ny felles postboks til avdelingen")
    if await chat.button("Ny fellespostkasse").count():
        await chat.press("Ny fellespostkasse")
    await chat.fill_until_summary()
    await chat.press("Send")
    case = losen.stored("cases")[await chat.reference()]
    assert case["kind"] == "service"
    assert case["form_title"] == "Ny fellespostkasse"
    assert problems.found == []


async def test_a_double_press_on_send_opens_one_case(page: Page, losen: LosenProcess) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say(AKS_DOWN)
    await chat.fill_until_summary(critical="nei")
    known = set(losen.stored("cases"))
    send = await chat.button("Send").element_handle()
    assert send is not None
    await send.dblclick()
    ref = await chat.reference()
    said = await chat.bubbles.count()
    await send.click()
    await chat.answered(said)
    assert set(losen.stored("cases")) - known == {ref}


async def test_a_notice_appears_on_the_groups_feed_page(page: Page, losen: LosenProcess, problems: Problems) -> None:
    chat = ChatPage(page)
    await chat.be("uss")
    await chat.say("Publiser driftsmelding: AKS er nede for alle bydeler siden kl 08, leverandøren feilsøker")
    for _ in range(8):
        if await chat.button("Publiser").count():
            break
        if await chat.button("Fortsett").count():
            await chat.fill_in(groups="sam_it", type="fellesfeil")
            await chat.press("Fortsett")
        else:
            await chat.say("1")
    await chat.press("Publiser")
    notice = losen.stored("notices")[await chat.reference()]
    feed = await page.context.new_page()
    async with asyncio.timeout(20):
        while True:
            await feed.goto(f"{losen.address}/feed/{notice['groups'][0]}")
            if await feed.locator("article").count():
                break
            await asyncio.sleep(0.2)
    await expect(feed.locator("article")).to_contain_text("AKS")
    assert problems.found == []


async def test_a_kill_in_the_middle_is_not_noticed_by_the_page(
    context: BrowserContext, own_losen: LosenProcess
) -> None:
    page = await context.new_page()
    await page.goto(own_losen.address)
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say(AKS_DOWN)
    said = await chat.bubbles.count()
    own_losen.kill()
    own_losen.start()
    await expect(page.get_by_text("Tilkoblingsstatus: Tilkoblet")).to_be_attached(timeout=30_000)
    assert await chat.bubbles.count() == said
    await chat.fill_until_summary(critical="nei")
    await chat.press("Send")
    ref = await chat.reference()
    await page.reload()
    await chat.sees(ref)
    assert list(own_losen.stored("cases")) == [ref]


async def test_a_file_is_sent_along(page: Page) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say(AKS_DOWN)
    before = await chat.bubbles.count()
    await page.locator("input[type=file]").set_input_files(
        {"name": "feil.log", "mimeType": "text/plain", "buffer": b"ORA-12541: no listener\n"}
    )
    send = page.locator(".webchat__send-button, [data-testid='send box send button']").first
    await send.click()
    await chat.answered(before)
    await chat.sees("feil.log")


async def test_every_person_has_a_conversation_and_can_start_a_new_one(page: Page) -> None:
    chat = ChatPage(page)
    await chat.be("ansatt")
    await chat.say("hjelp")
    said = await chat.bubbles.count()
    await chat.be("forvalter")
    assert await chat.bubbles.count() == 1
    await page.get_by_label("Du er").select_option("ansatt")
    await expect(chat.bubbles).to_have_count(said)
    await page.get_by_role("button", name="Ny samtale").click()
    await expect(chat.bubbles).to_have_count(1)


async def test_the_whole_way_with_the_keyboard_on_a_narrow_dark_screen(browser: Browser, losen: LosenProcess) -> None:
    context = await browser.new_context(
        locale="nb-NO", viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(losen.address)
    chat = ChatPage(page)
    await chat.greeted()
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Hopp til samtalen"
    await page.keyboard.press("Enter")
    await page.locator("[data-id=webchat-sendbox-input]").focus()
    before = await chat.bubbles.count()
    await page.keyboard.type("hjelp")
    await page.keyboard.press("Enter")
    await chat.answered(before)
    overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    await context.close()
