"""An undersak is linked to its hovedsak exactly once, whatever happens to the answers (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Case
from knowledge.errors import PortError, UncertainOutcome
from tests.bot.kompass.conftest import End
from tests.bot.samples import a_case
from tests.fake_kompass.faults import EIGHT, NEVER_DONE, Fault


async def two_cases(end: End) -> tuple[Case, Case]:
    """An undersak and its hovedsak, both in Kompass."""
    made = []
    for ref in ("L-2026-000001", "L-2026-000002"):
        opened = await end.cases.open(a_case(ref), f"open {ref}")
        made.append(replace(a_case(ref), kompass=opened.link))
    return made[0], made[1]


def link_of(case: Case, hovedsak: Case) -> tuple[str, str, str]:
    assert case.kompass is not None
    assert hovedsak.kompass is not None
    return "RequestCausedByRequest", case.kompass.id, hovedsak.kompass.id


async def test_a_link_that_somebody_made_by_hand_is_not_made_again(end: End) -> None:
    case, hovedsak = await two_cases(end)
    end.fake.world.links.append(link_of(case, hovedsak))
    await end.cases.relate(case, hovedsak, "key")
    assert end.fake.world.links == [link_of(case, hovedsak)]


@pytest.mark.parametrize("fault", EIGHT)
@pytest.mark.parametrize("done", [False, True])
async def test_an_answer_that_is_lost_makes_no_second_link(end: End, fault: Fault, done: bool) -> None:
    case, hovedsak = await two_cases(end)
    end.fake.faults.order("ems/bulk", fault, done=done and fault not in NEVER_DONE)
    for _ in range(4):
        try:
            await end.cases.relate(case, hovedsak, "key")
            break
        except PortError:
            end.clock.advance(120)
            await end.restarted()
    assert end.fake.world.links == [link_of(case, hovedsak)]


async def test_what_was_sent_and_is_not_seen_yet_is_looked_for_and_not_sent_again_at_once(end: End) -> None:
    case, hovedsak = await two_cases(end)
    end.fake.faults.order("ems/bulk", Fault.CLOSED)
    for _ in range(2):
        with pytest.raises(UncertainOutcome):
            await end.cases.relate(case, hovedsak, "key")
    end.clock.advance(120)
    await end.cases.relate(case, hovedsak, "key")
    assert end.fake.world.links == [link_of(case, hovedsak)]


@pytest.mark.parametrize("done", [False, True])
async def test_a_link_is_taken_off_though_the_answer_is_lost(end: End, done: bool) -> None:
    case, hovedsak = await two_cases(end)
    await end.cases.relate(case, hovedsak, "key-1")
    end.fake.faults.order("ems/bulk", Fault.CLOSED, done=done)
    with pytest.raises(UncertainOutcome):
        await end.cases.unrelate(case, hovedsak, "key-2")
    await end.cases.unrelate(case, hovedsak, "key-2")
    assert end.fake.world.links == []


async def test_a_tenant_that_links_from_the_hovedsak_gets_it_first(end: End) -> None:
    case, hovedsak = await two_cases(end)
    cases = replace(end.cases, names=replace(end.cases.names, undersak_of="RequestCausesRequest"))
    for key in ("key-1", "key-2"):
        await cases.relate(case, hovedsak, key)
    _, number, parent = link_of(case, hovedsak)
    assert end.fake.world.links == [("RequestCausesRequest", parent, number)]
    await cases.unrelate(case, hovedsak, "key-3")
    assert end.fake.world.links == []
