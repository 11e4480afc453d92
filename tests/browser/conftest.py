"""A running Losen, and a headless Chromium for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser.losen_process import ROOT, LosenProcess

_CHROMIUM = shutil.which("chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def losen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LosenProcess]:
    """One for all tests that leave it running; starting it takes longer than most of them."""
    yield from _running(tmp_path_factory.mktemp("losen") / "data")


@pytest.fixture
def own_losen(tmp_path: Path) -> Iterator[LosenProcess]:
    """One that the test may kill."""
    yield from _running(tmp_path / "data")


def _running(data: Path) -> Iterator[LosenProcess]:
    if not (ROOT / "bot/web/vendor/webchat.js").is_file():
        pytest.skip("Web Chat has not been fetched: make page")
    process = LosenProcess(data)
    process.start()
    yield process
    assert process.stop() == 0


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if _CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=_CHROMIUM, headless=True, args=_FLAGS)
        yield started
        await started.close()


class Problems:
    """What a page complained of, and what it asked of others than our server."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.found: list[str] = []
        self._address = address
        context.on("console", lambda one: self._note(one.type in ("error", "warning"), f"console: {one.text}"))
        context.on("weberror", lambda one: self._note(True, f"error: {one.error}"))
        context.on("request", lambda one: self._note(not self._is_ours(one.url), f"asked {one.url}"))

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self._address, self._address.replace("http", "ws"), "data:", "blob:"))

    def _note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.found.append(what)


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    opened = await browser.new_context(locale="nb-NO", viewport={"width": 1000, "height": 900})
    yield opened
    await opened.close()


@pytest.fixture
async def problems(context: BrowserContext, losen: LosenProcess) -> Problems:
    return Problems(context, losen.address)


@pytest.fixture
async def page(context: BrowserContext, problems: Problems, losen: LosenProcess) -> Page:
    opened = await context.new_page()
    await opened.goto(losen.address)
    return opened
