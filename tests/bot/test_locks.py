"""One lock a conversation: first come, first served, and gone when nobody wants it."""

from __future__ import annotations

import asyncio

import pytest

from bot.locks import ConversationLocks


async def test_those_who_wait_get_the_conversation_in_order() -> None:
    locks, order = ConversationLocks(), []

    async def hold(number: int) -> None:
        async with locks.holding("c1"):
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(hold(number) for number in range(5)))
    assert order == [number for number in range(5) for _ in range(2)]


async def test_conversations_do_not_wait_for_each_other() -> None:
    locks = ConversationLocks()
    async with locks.holding("c1"), locks.holding("c2"):
        assert len(locks) == 2
    assert len(locks) == 0


async def test_a_lock_is_gone_after_errors_and_cancellations() -> None:
    locks = ConversationLocks()
    with pytest.raises(ZeroDivisionError):
        async with locks.holding("c1"):
            raise ZeroDivisionError

    async def wait() -> None:
        async with locks.holding("c1"):
            pass

    async with locks.holding("c1"):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        assert locks.waiting("c1") == 2
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert locks.waiting("c1") == 1
    assert (len(locks), locks.waiting("c1")) == (0, 0)
