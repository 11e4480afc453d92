"""The server: who may ask, how errors look, readiness, stopping in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from aiohttp import web

from bot.channels.reading_json import read_body
from bot.server import ServerParts, create_app, run_server
from knowledge.errors import StoreError, TemporaryFailure
from tests.bot.channels.doubles import serving


def failing_routes(app: web.Application) -> None:
    async def crash(request: web.Request) -> web.Response:
        raise RuntimeError("the secret is 42")

    async def store(request: web.Request) -> web.Response:
        raise StoreError("disk full")

    async def echo(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    app.router.add_get("/crash", crash)
    app.router.add_get("/store", store)
    app.router.add_post("/echo", echo)


async def test_an_unexpected_error_tells_a_number_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(create_app(ServerParts(routes=[failing_routes]))) as client:
        answer = await client.get("/crash")
        assert answer.status == 500
        told = (await answer.json())["error"]
        assert "42" not in told.replace(told.split()[-1], "")
        assert "Traceback" not in told
        number = told.split()[-1]
        assert number in caplog.text
        assert "the secret is 42" in caplog.text  # the operator sees what happened


async def test_errors_are_short_json() -> None:
    async with serving(create_app(ServerParts(routes=[failing_routes]))) as client:
        missing = await client.get("/nothing/here")
        assert (missing.status, set(await missing.json())) == (404, {"error"})
        wrong = await client.get("/echo")
        assert (wrong.status, wrong.headers["Allow"]) == (405, "POST")
        full = await client.get("/store")
        assert (full.status, full.headers["Retry-After"]) == (503, "5")
        assert "disk" not in await full.text()


async def test_every_answer_has_the_security_headers() -> None:
    async with serving(create_app(ServerParts(routes=[failing_routes]))) as client:
        for path in ("/healthz", "/crash", "/nothing"):
            headers = (await client.get(path)).headers
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "Server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:8080", "", "localhost.evil:80"])
async def test_another_host_name_is_refused(host: str) -> None:
    async with serving(create_app(ServerParts(routes=[]))) as client:
        assert (await client.get("/healthz", headers={"Host": host})).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:3978", "[::1]:3978", "LOCALHOST"])
async def test_this_machines_names_are_taken(host: str) -> None:
    async with serving(create_app(ServerParts(routes=[]))) as client:
        assert (await client.get("/healthz", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost:3978", 200), ("http://evil.example", 403), ("https://localhost:3978", 403), ("null", 403)],
)
async def test_a_page_of_another_origin_cannot_reach_the_development_server(origin: str, status: int) -> None:
    async with serving(create_app(ServerParts(routes=[failing_routes]))) as client:
        answer = await client.post("/echo", headers={"Host": "localhost:3978", "Origin": origin})
        assert answer.status == status


async def test_production_answers_to_any_name() -> None:
    async with serving(create_app(ServerParts(routes=[], loopback_only=False))) as client:
        assert (await client.get("/healthz", headers={"Host": "losen.example"})).status == 200


async def test_readiness_names_what_is_not_ready() -> None:
    state = {"good": True}

    async def good() -> bool:
        return state["good"]

    async def down() -> bool:
        raise TemporaryFailure("no answer")

    async with serving(create_app(ServerParts(routes=[], ready={"good": good}))) as client:
        assert (await client.get("/readyz")).status == 200
        state["good"] = False
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["checks"] == {"good": False, "not_stopping": True}
    async with serving(create_app(ServerParts(routes=[], ready={"down": down}))) as client:
        assert (await (await client.get("/readyz")).json())["checks"]["down"] is False
        assert (await client.get("/healthz")).status == 200


async def test_starting_and_stopping_run_in_order_around_the_requests() -> None:
    told: list[str] = []
    stop = asyncio.Event()
    listening: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def start() -> None:
        told.append("start")

    async def drain() -> None:
        told.append("drain")

    async def close() -> None:
        told.append("close")

    def routes(app: web.Application) -> None:
        async def slow(request: web.Request) -> web.Response:
            stop.set()
            await asyncio.sleep(0.05)
            told.append("answered")
            return web.Response(text="done")

        async def started(app: web.Application) -> None:
            told.append("route start")

        async def cleaned(app: web.Application) -> None:
            told.append("route end")

        app.on_startup.append(started)
        app.on_cleanup.append(cleaned)
        app.router.add_get("/slow", slow)

    app = create_app(ServerParts(routes=[routes], starts=[start], stops=[drain, close]))
    running = asyncio.create_task(
        run_server(app, "127.0.0.1", 0, drain_seconds=5, on_listening=listening.set_result, stop=stop)
    )
    address = await listening
    assert address.startswith("http://127.0.0.1:")
    body = await asyncio.to_thread(_read, f"{address}slow")
    await running
    assert body == b"done"
    assert told == ["start", "route start", "answered", "drain", "close", "route end"]


def _read(url: str) -> bytes:
    with urlopen(url) as answer:  # noqa: S310  our own address
        content: bytes = answer.read()
        return content


async def test_a_start_that_fails_is_raised_and_cleaned_up(tmp_path: Path) -> None:
    ended = asyncio.Event()

    async def start() -> None:
        raise StoreError("no database")

    async def stop() -> None:
        ended.set()

    app = create_app(ServerParts(routes=[], starts=[start], stops=[stop]))
    with pytest.raises(StoreError):
        await run_server(app, "127.0.0.1", 0, drain_seconds=1, on_listening=lambda address: None)


async def test_a_body_that_never_comes_is_not_waited_for() -> None:
    def routes(app: web.Application) -> None:
        async def take(request: web.Request) -> web.Response:
            return web.Response(body=await read_body(request, patience=0.05))

        app.router.add_post("/take", take)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with (
        serving(create_app(ServerParts(routes=[routes]))) as client,
        client.post("/take", data=never()) as answer,
    ):
        assert answer.status == 408
