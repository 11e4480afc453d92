"""The tables over real HTTP: what opens them, what is tried again, what never is, and where the key never goes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
import pytest_asyncio

from bot.systemoversikten import client as client_module
from bot.systemoversikten.client import Source, read_answer
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure
from knowledge.systemoversikten import FORVALTERE, TABLES
from tests.bot.systemoversikten.fetching import Sleeper, client
from tests.fake_systemoversikten import FORVALTERE_KEY, KEY, FakeSystemoversikten, Fault, Request, running
from tests.fake_systemoversikten.data import answers


@pytest.fixture
def fake() -> FakeSystemoversikten:
    return FakeSystemoversikten()


@pytest_asyncio.fixture
async def url(fake: FakeSystemoversikten) -> AsyncIterator[str]:
    async with running(fake) as address:
        yield address


async def test_every_table_is_asked_for_once_with_its_key_and_its_slash(fake: FakeSystemoversikten, url: str) -> None:
    assert await client(url).fetch() == answers()
    assert fake.requests == [
        *(Request("GET", f"/api/{name}/", KEY) for name in TABLES),
        Request("GET", "/tjenestekatalogen/forvaltere/", FORVALTERE_KEY),
    ]


async def test_without_its_key_the_table_of_persons_is_left_alone(fake: FakeSystemoversikten, url: str) -> None:
    assert set(await client(url, forvaltere_key="").fetch()) == set(TABLES)
    assert len(fake.requests) == len(TABLES)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.THROTTLED, Fault.TRUNCATED, Fault.DROPPED, Fault.NOT_JSON])
async def test_what_may_pass_is_tried_again(fake: FakeSystemoversikten, url: str, fault: Fault) -> None:
    fake.fail("systemer", fault, times=2)
    sleep = Sleeper()
    assert await client(url, sleep).fetch() == answers()
    assert [one.path for one in fake.requests[:3]] == ["/api/systemer/"] * 3
    assert sleep.slept == ([7, 7] if fault is Fault.THROTTLED else [2, 4])


async def test_a_slow_answer_is_given_up_and_tried_again(fake: FakeSystemoversikten, url: str) -> None:
    fake.fail("systemer", Fault.SLOW)
    assert await client(url, timeout_seconds=0.2).fetch() == answers()


async def test_what_never_passes_is_given_up_in_the_end(fake: FakeSystemoversikten, url: str) -> None:
    fake.fail("leverandorer", Fault.SERVER_ERROR, times=None)
    sleep = Sleeper()
    with pytest.raises(TemporaryFailure, match="/api/leverandorer/: status 500"):
        await client(url, sleep).fetch()
    assert sleep.slept[:6] == [2, 4, 8, 16, 32, 60]
    assert 9 * 60 < sum(sleep.slept) <= 10 * 60


async def test_a_server_that_is_not_there_is_a_temporary_failure() -> None:
    async with running(FakeSystemoversikten()) as url:
        pass
    with pytest.raises(TemporaryFailure, match="no whole answer"):
        await client(url).fetch()


async def test_a_wait_longer_than_our_patience_is_not_waited_for(fake: FakeSystemoversikten, url: str) -> None:
    fake.fail("systemer", Fault.THROTTLED, times=None)
    sleep = Sleeper()
    impatient = client(url, sleep)
    impatient = replace(impatient, policy=replace(impatient.policy, give_up_after=impatient.policy.give_up_after / 120))
    with pytest.raises(TemporaryFailure, match="429"):
        await impatient.fetch()
    assert sleep.slept == []


async def test_a_log_in_page_with_status_200_is_a_failure_for_a_person(fake: FakeSystemoversikten, url: str) -> None:
    fake.fail("systemer", Fault.LOGIN_PAGE)
    with pytest.raises(PermanentFailure, match="text/html, not JSON"):
        await client(url).fetch()
    assert len(fake.requests) == 1


@pytest.mark.parametrize("key", ["feil-nokkel", FORVALTERE_KEY])
async def test_a_wrong_key_is_a_failure_for_a_person(fake: FakeSystemoversikten, url: str, key: str) -> None:
    with pytest.raises(PermanentFailure, match="key was refused"):
        await client(url, key=key).fetch()
    assert len(fake.requests) == 1


async def test_a_redirect_is_not_followed_so_the_key_stays_with_the_one_host(
    fake: FakeSystemoversikten, url: str
) -> None:
    elsewhere = FakeSystemoversikten()
    async with running(elsewhere) as other:
        fake.moved_to = f"{other}/api/systemer/"
        fake.fail("systemer", Fault.MOVED)
        with pytest.raises(PermanentFailure, match="redirect"):
            await client(url).fetch()
    assert elsewhere.requests == []


async def test_an_endless_answer_is_cut_off(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MAX_BYTES", 1000)
    with pytest.raises(PermanentFailure, match="larger than 1000"):
        await client(url).fetch()


@pytest.mark.parametrize("fault", list(Fault))
async def test_no_error_and_no_log_line_holds_a_key(
    fake: FakeSystemoversikten, url: str, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.fail("systemer", fault, times=None)
    fake.moved_to = url
    told = ""
    try:
        await client(url, timeout_seconds=0.02 if fault is Fault.SLOW else 5).fetch()
    except PortError as error:
        told = f"{error!r} {error.__cause__!r} {error}"
    assert KEY not in told + caplog.text + repr(Source(url, KEY, FORVALTERE_KEY))
    assert FORVALTERE_KEY not in told + caplog.text + repr(Source(url, KEY, FORVALTERE_KEY))


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (200, JSON, b'{"antall": 0}', {"antall": 0}),
        (200, {"Content-Type": "Application/JSON; charset=utf-8"}, b"[]", []),
        (200, JSON, b'{"navn": "Pr\\u00f8ve"}', {"navn": "Prøve"}),
        (200, JSON, b"", TemporaryFailure),
        (200, JSON, b'{"data": [', TemporaryFailure),
        (200, JSON, b"\xff\xfe\xfd", TemporaryFailure),
        (200, JSON, b"[" * 100_000, TemporaryFailure),
        (200, {}, b"{}", PermanentFailure),
        (200, {"Content-Type": "text/html; charset=utf-8"}, b"{}", PermanentFailure),
        (204, JSON, b"", PermanentFailure),
        (301, {"Location": "/api/systemer/"}, b"", PermanentFailure),
        (403, JSON, b"{}", PermanentFailure),
        (404, JSON, b"{}", PermanentFailure),
        (429, {}, b"", TemporaryFailure),
        (500, {}, b"", TemporaryFailure),
        (503, {}, b"", TemporaryFailure),
    ],
)
def test_an_answer_is_json_or_a_failure_of_the_right_kind(
    status: int, headers: dict[str, str], body: bytes, expected: object
) -> None:
    if isinstance(expected, type) and issubclass(expected, PortError):
        with pytest.raises(expected):
            read_answer("/api/systemer/", status, headers, body)
    else:
        assert read_answer("/api/systemer/", status, headers, body) == expected


@pytest.mark.parametrize(
    ("header", "expected"), [("120", 120), ("", None), ("soon", None), ("-1", None), ("٣", None), ("9" * 30, None)]
)
def test_how_long_to_wait_is_a_plain_number_of_seconds(header: str, expected: float | None) -> None:
    with pytest.raises(TemporaryFailure) as failure:
        read_answer("/api/systemer/", 503, {"Retry-After": header}, b"")
    assert failure.value.retry_after == expected


async def test_the_fake_has_the_oddities_of_the_real_one(url: str) -> None:
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, path: str, key: str = KEY) -> tuple[int, str, bytes]:
            async with session.request(method, url + path, headers={"KEY": key}, allow_redirects=False) as response:
                return response.status, response.headers.get("Content-Type", ""), await response.read()

        status, kind, body = await ask("GET", "/api/systemer/")
        assert (status, kind) == (200, "application/json")
        assert body.isascii()
        assert b"\n" not in body
        assert b'"navn": "Pr\\u00f8vetid"' in body
        assert b"\\ud83d\\udc4c" in body
        assert (await ask("GET", "/api/systemer"))[0] == 301
        assert (await ask("HEAD", "/api/systemer/"))[0] == 404
        assert (await ask("POST", "/api/systemer/"))[0] == 403
        assert (await ask("GET", "/sok/?search_term=x"))[:2] == (200, "text/html; charset=utf-8")
        assert await ask("GET", "/api/systemer/", "feil") == (
            403,
            "application/json",
            b'{"message": "Missing or wrong key. Supply HTTP header \'key\'", "data": null}',
        )


async def test_the_fake_fails_when_both_keys_are_one() -> None:
    fake = FakeSystemoversikten(forvaltere_key=KEY)
    async with running(fake) as url:
        with pytest.raises(TemporaryFailure, match=f"{FORVALTERE}/: status 500"):
            await client(url, forvaltere_key=KEY).fetch()
