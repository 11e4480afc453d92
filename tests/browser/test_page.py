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
    await send.click()
    await chat.sees(f"Sak {ref} er registrert")
    await expect(chat.bubbles.filter(has_text=f"har referanse {ref}")).to_have_count(1)
    assert set(losen.stored("cases")) - known == {ref}


async def test_a_notice_appears_on_the_groups_feed_page(page: Page, losen: LosenProcess, problems: Problems) -> None:
    chat = ChatPage(page)
    await chat.be("uss")
    await chat.publish("Gerica er nede for alle bydeler siden kl 08, leverandøren feilsøker")
    notice = losen.stored("notices")[await chat.reference()]
    feed = await page.context.new_page()
    async with asyncio.timeout(20):
        while True:
            await feed.goto(f"{losen.address}/feed/{notice['groups'][0]}")
            if await feed.locator("article").count():
                break
            await asyncio.sleep(0.2)
    await expect(feed.locator("article")).to_contain_text("Gerica")
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


async def test_what_is_written_while_the_server_is_down_arrives_when_it_is_up(
    context: BrowserContext, own_losen: LosenProcess
) -> None:
    page = await context.new_page()
    await page.goto(own_losen.address)
    chat = ChatPage(page)
    await chat.be("1linje")
    own_losen.kill()
    before = await chat.bubbles.count()
    await chat.write("hvem er du?")
    await page.wait_for_timeout(3_000)  # the page has tried in vain
    own_losen.start()
    await chat.answered(before)
    await expect(page.get_by_text("Sending mislyktes")).to_have_count(0)
    await expect(page.locator(".webchat__bubble--from-user")).to_have_count(1)


@pytest.mark.parametrize("name", ["virus.exe", "virus.bat"])
async def test_a_file_with_the_name_of_a_program_is_refused(page: Page, name: str) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": b"bare tekst\n"}
    )
    await page.locator("[data-id=webchat-sendbox-input]").press("Enter")
    await chat.sees(f"Filtypen til {name} kan jeg ikke ta imot.")


async def test_what_opens_a_page_looks_like_a_link_and_what_acts_like_a_button(page: Page) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say("hvilket skjema er det for ny felles postboks?")
    link, button = chat.button("Ny fellespostkasse"), chat.button("Start saken")
    await expect(link).to_have_css("text-decoration-line", "underline")
    await expect(button).to_have_css("text-decoration-line", "none")
    assert (await link.get_attribute("title") or "").startswith("https://")


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


async def test_vet_ikke_is_an_answer_on_a_card(page: Page, losen: LosenProcess) -> None:
    chat = ChatPage(page)
    await chat.be("1linje")
    await chat.say(AKS_DOWN)
    await chat.fill_until_summary(critical="nei", fra="ukjent")
    await expect(chat.card).to_contain_text("Vet ikke")
    await chat.press("Send")
    assert losen.stored("cases")[await chat.reference()]["answers"]["fra"] == "ukjent"


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
    await page.get_by_label("Du er").focus()
    await page.keyboard.type("Lina")
    await page.keyboard.press("Enter")
    await chat.sees("Hei, Lina!")
    await page.locator("[data-id=webchat-sendbox-input]").focus()
    before = await chat.bubbles.count()
    await page.keyboard.type(AKS_DOWN)
    await page.keyboard.press("Enter")
    await chat.answered(before)
    for label in ("Fortsett", "Send"):
        before = await chat.bubbles.count()
        await chat.walk_through_card(until=label)
        await page.keyboard.press("Enter")
        await chat.answered(before)
    await chat.reference()
    overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    await context.close()
