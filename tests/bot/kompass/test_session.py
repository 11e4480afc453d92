"""One token for everybody, renewed early, by one login at a time."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import pytest

from bot.kompass.session import LoginRefused, Session, renew_at
from tests.bot.samples import Clock


def token(claims: Any) -> str:
    return f"h.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.s"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (token({"exp": 1000 + 3600}), 1000 + 3600 - 300),
        (token({"exp": 1000 + 60}), 1000 + 54),
        (token({"exp": 900}), 900),
        (token({"exp": "soon"}), 1900),
        (token({"exp": True}), 1900),
        (token({"exp": 1e15}), 1900),
        (token({}), 1900),
        (token([]), 1900),
        ("a.!!!.c", 1900),
        ("abc", 1900),
    ],
)
def test_it_is_renewed_before_its_end_or_after_a_quarter_of_an_hour(given: str, expected: float) -> None:
    assert renew_at(given, 1000) == expected


async def test_many_who_ask_at_once_make_one_login() -> None:
    logins = 0
    clock = Clock()

    async def log_in() -> str:
        nonlocal logins
        logins += 1
        await asyncio.sleep(0)
        return token({"exp": clock.now.timestamp() + 3600, "n": logins})

    session = Session(log_in, clock)
    first = set(await asyncio.gather(*(session.token() for _ in range(20))))
    assert (len(first), logins) == (1, 1)
    clock.advance(3299)
    assert {await session.token()} == first
    clock.advance(2)
    second = await session.token()
    assert logins == 2
    # A late complaint about the first token does not throw the second away.
    session.drop(first.pop())
    assert await session.token() == second
    session.drop(second)
    assert await session.token() != second


async def test_a_refused_login_is_left_alone_for_a_while() -> None:
    asked = 0
    clock = Clock()

    async def log_in() -> str:
        nonlocal asked
        asked += 1
        raise LoginRefused("no")

    session = Session(log_in, clock)
    for _ in range(5):
        with pytest.raises(LoginRefused):
            await session.token()
    assert asked == 1
    for seconds, times in ((3, 2), (3, 2), (2, 3), (7, 3), (2, 4), (100000, 5), (299, 6)):
        clock.advance(seconds)
        with pytest.raises(LoginRefused):
            await session.token()
        assert asked == times
