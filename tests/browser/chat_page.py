"""The chat page as a person uses it: write, press, fill in, read."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

_BOX = "[data-id=webchat-sendbox-input]"
_FROM_BOT = ".webchat__bubble:not(.webchat__bubble--from-user)"
_BUTTONS = ".ac-pushButton, .webchat__suggested-action"
_EMPTY_LINES = "input.ac-textInput.ac-input-required, textarea.ac-input-required"
_REFERENCE = re.compile(r"\b(?:L|D)-\d{4}-\d+")
_PATIENCE_MS = 20_000

# What has the focus, and how thick the line around it is.
_FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const group = one.type === "radio" ? [...document.getElementsByName(one.name)] : [];
  return {
    label: one.textContent,
    kind: one.type === "radio" ? "radio" : one.matches("input, textarea") ? "text" : one.tagName,
    empty: one.type === "radio" ? !group.some((each) => each.checked) : !one.value,
    required: one.getAttribute("aria-required") === "true",
    inCard: one.closest(".ac-adaptiveCard") !== null,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
  };
}"""


class ChatPage:
    """A conversation in the browser. `page` is on the chat page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def be(self, person: str) -> None:
        """Choose who one is; the page starts that person's conversation."""
        await self.page.get_by_label("Du er").select_option(person)
        await self.greeted()

    async def greeted(self) -> None:
        """Wait for the greeting and its suggestions."""
        await expect(self.page.locator(".webchat__suggested-action").first).to_be_visible(timeout=_PATIENCE_MS)

    async def say(self, text: str) -> None:
        """Write a message and wait for the answer."""
        before = await self.bubbles.count()
        await self.write(text)
        await self.answered(before)

    async def write(self, text: str) -> None:
        """Write a message without waiting for anything."""
        box = self.page.locator(_BOX)
        await box.fill(text)
        await box.press("Enter")

    async def press(self, label: str) -> None:
        """Press the newest button of this name, or the suggestion, and wait for the answer."""
        before = await self.bubbles.count()
        await self.button(label).click()
        await self.answered(before)

    def button(self, label: str) -> Locator:
        """The newest button of this name, of a card or a suggestion; not those of the page around."""
        return self.page.locator(_BUTTONS).filter(has_text=re.compile(f"^{re.escape(label)}$")).last

    @property
    def bubbles(self) -> Locator:
        """Everything the bot has said."""
        return self.page.locator(_FROM_BOT)

    @property
    def card(self) -> Locator:
        """The newest card."""
        return self.page.locator(".ac-adaptiveCard").last

    async def answered(self, before: int) -> None:
        """Wait until the bot has said more than this many things."""
        await expect(self.bubbles.nth(before)).to_be_visible(timeout=_PATIENCE_MS)
        # What belongs to the same answer arrives in the same moment.
        await self.page.wait_for_timeout(300)

    async def sees(self, text: str) -> None:
        """Wait until the bot has said something with these words."""
        await expect(self.bubbles.filter(has_text=text).last).to_be_visible(timeout=_PATIENCE_MS)

    async def reference(self) -> str:
        """The reference of the case or notice that the bot has just told of."""
        told = self.bubbles.filter(has_text=_REFERENCE).last
        await expect(told).to_be_visible(timeout=_PATIENCE_MS)
        found = _REFERENCE.search(await told.inner_text())
        assert found is not None
        return found[0]

    async def fill_in(self, **known: str) -> None:
        """Fill in every required input of the newest card that is empty: radio buttons by their key, texts in words."""
        for one in await self.card.locator(_EMPTY_LINES).all():
            if not await one.input_value():
                await one.fill("vet ikke")
        for group in await self.card.locator(".ac-choiceSetInput-expanded.ac-input-required").all():
            key = await group.locator("input").first.get_attribute("name") or ""
            if key in known:
                await group.locator(f'input[value="{known[key]}"]').check()
            elif not await group.locator("input:checked").count():
                await group.locator("input").first.check()
        for choice in await self.card.locator("select.ac-input-required").all():
            if not await choice.input_value():
                await choice.select_option(index=1)

    async def fill_until_summary(self, **known: str) -> None:
        """Fill in card after card until the case is ready to be sent."""
        for _ in range(6):
            if await self.button("Send").count():
                # The summary may ask the little that is missing.
                await self.fill_in(**known)
                return
            await self.fill_in(**known)
            await self.press("Fortsett")
        raise AssertionError("the case never became ready")

    async def publish(self, what: str) -> None:
        """As USS: publish a driftsmelding about a fault of everybody's."""
        await self.say(
            f"Publiser driftsmelding: {what}. Gjelder alle bydeler. Konsekvens: ingen får arbeidet. Omvei: ingen. "
            "Neste oppdatering: vet ikke"
        )
        for _ in range(8):
            if await self.button("Publiser").count():
                break
            if await self.button("Fortsett").count():
                await self.fill_in(groups="sam_it", type="fellesfeil")
                await self.press("Fortsett")
            else:
                await self.say("1")
        await self.press("Publiser")

    async def walk_through_card(self, *, until: str) -> None:
        """From the box into the newest card and on to this button, with keys only, filling in what is required.

        Web Chat's way: the log is one stop, End is its newest message, Enter goes into it, Tab from there on.
        """
        keys = self.page.keyboard
        await self.page.locator(_BOX).focus()
        for _ in range(3):  # the button for files, the end of the log, the log
            await keys.press("Shift+Tab")
        await keys.press("End")
        await keys.press("Enter")
        for _ in range(40):
            focused = await self.page.evaluate(_FOCUSED)
            assert focused["inCard"], focused
            assert focused["outline"] >= 2, f"one cannot see that {focused} has the focus"
            if focused["label"] == until:
                return
            if focused["kind"] == "radio" and focused["empty"]:
                await keys.press("ArrowDown")  # the second: "no" where it is yes or no
            elif focused["kind"] == "text" and focused["empty"] and focused["required"]:
                await keys.type("vet ikke")
            await keys.press("Tab")
        raise AssertionError(f"no way to {until} with keys")
