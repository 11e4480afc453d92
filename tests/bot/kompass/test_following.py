"""Followers changed after a case was opened: linked once whatever is lost, and nobody unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Case
from knowledge.errors import PermanentFailure, PortError
from tests.bot.kompass.conftest import End
from tests.bot.samples import a_case
from tests.fake_kompass.faults import Fault

OLA = "ola@oslo.example"


@pytest.fixture
async def case(end: End) -> Case:
    end.fake.world.add_person("7002", "Ola", OLA)
    return replace(a_case(), kompass=(await end.cases.open(a_case(), "key-1")).link)


async def insist(end: End, case: Case, key: str, *, follows: bool) -> None:
    """As the outbox of a bot that is killed after each attempt does: again until it is done."""
    for _ in range(20):
        try:
            return await end.cases.follow(case, OLA, key, follows=follows)
        except PermanentFailure:
            raise
        except PortError:
            await end.restarted()
            end.clock.advance(10)
    raise AssertionError("never done")


@pytest.mark.parametrize("person_first", [False, True])
@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.CLOSED, Fault.LOGIN_PAGE])
async def test_a_link_whose_answer_was_lost_is_made_once_and_taken_off_once(
    end: End, case: Case, fault: Fault, done: bool, person_first: bool
) -> None:
    end.fake.world.person_first = person_first
    end.fake.faults.order("ems/bulk", fault, done=done)
    await insist(end, case, "key-2", follows=True)
    assert [(first, second) for _, first, second in end.fake.world.links] == [("17549", "7002")]
    end.fake.faults.order("ems/bulk", fault, done=done)
    await insist(end, case, "key-3", follows=False)
    assert end.fake.world.links == []


async def test_whom_kompass_does_not_know_cannot_follow_and_need_not_be_taken_off(end: End, case: Case) -> None:
    for unknown in ("ingen@oslo.example", "Kari", "x' or Id > 0"):
        with pytest.raises(PermanentFailure, match="the follower"):
            await end.cases.follow(case, unknown, f"key {unknown}", follows=True)
        await end.cases.follow(case, unknown, f"off {unknown}", follows=False)
    assert end.fake.world.links == []


async def test_a_follower_may_be_one_of_our_persons(end: End, case: Case) -> None:
    """Who reported to 1.linje follows what it was passed on as, by our id."""
    await end.cases.follow(case, "kari", "key-2", follows=True)
    assert [second for _, _, second in end.fake.world.links] == ["7001"]
