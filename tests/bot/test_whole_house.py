"""The real engine in the real store with the default ports: what a person is told, and what is then stored.

Between any two messages the house is torn down and built again on the same files, as a restart does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.case import Person
from tests.bot.whole_house import WholeHouse
from tests.dialogs.talking import second_uss
from tests.transcript import person

AKS_DOWN = "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")
    yield house
    await house.store.close()


async def report(house: WholeHouse, who: Person) -> str:
    said = await house.says_until(who, "Skal jeg sende saken?", await house.says(who, AKS_DOWN))
    assert "AKS" in said
    return await house.says(who, "send")


async def test_a_fault_is_reported_registered_and_told(house: WholeHouse) -> None:
    lars = person("1linje")
    await house.grant(lars)
    assert "L-2026-000001" in await report(house, lars)
    assert [case.status for case in await house.cases()] == ["received"]
    told = await house.work(20)
    assert "L-2026-000001" in told
    assert "lokale saksregisteret" in told
    (case,) = await house.cases()
    assert (case.status, case.kompass, case.form_id, case.answers["extent"]) == (
        "registered",
        None,
        900884,
        "several_locations",
    )
    assert "L-2026-000001" in await house.says(lars, "status")


async def test_a_case_undone_in_time_is_never_registered(house: WholeHouse) -> None:
    lars = person("1linje")
    await house.grant(lars)
    await report(house, lars)
    await house.says(lars, "angre")
    assert await house.work(60) == ""
    assert [case.status for case in await house.cases()] == ["withdrawn"]


async def test_a_fellesfeil_is_told_once_in_each_group_and_lives_in_one_post(house: WholeHouse) -> None:
    ulla = person("uss")
    await house.grant(ulla)
    said = await house.says(ulla, "publiser fellesfeil: AKS-pålogging feiler siden kl. 08.15 i dag")
    answers = {
        "type": "fellesfeil",
        "affected": "Alle som bruker AKS",
        "since": "i dag kl 08.15",
        "consequence": "Ingen får logget på AKS",
        "workaround": "ingen",
        "next_update_at": "i dag kl 11",
        "groups": "SAM/IT",
    }
    for _ in answers:
        if "Skal jeg publisere" in said:
            break
        said = await house.says(ulla, answers[await house.pending(ulla)])
    assert "12 000" in await house.says(ulla, "publiser")
    assert "venter på godkjenning" in await house.says(ulla, "ja")
    assert await house.notices() == ()
    remi = second_uss()
    await house.grant(remi)
    seen = await house.says(remi, "til godkjenning")
    assert "Alle som bruker AKS" in seen
    await house.says(remi, "Godkjenn og publiser")
    (notice,) = await house.notices()
    assert (notice.ref, notice.status) == ("D-2026-0001", "active")
    assert "D-2026-0001" in await house.work()
    posts = await house.feed.posts()
    assert [post.group for post in posts] == list(notice.groups)
    await house.tells(ulla, "resolved", "Feilen er rettet")
    await house.work()
    (post,) = await house.feed.posts()
    assert (post.id, post.edits, post.notice.status) == (posts[0].id, 1, "resolved")
    assert [line.kind for line in post.notice.history] == ["published", "resolved"]


async def test_an_employee_cannot_publish_even_with_a_forged_button(house: WholeHouse) -> None:
    ada = person("ansatt")
    for press in ("cmd:notice", "publish:1", "notice:D-2026-0001:resolved"):
        await house.says(ada, press=press)
    await house.work()
    assert await house.notices() == ()
    assert await house.feed.posts() == ()
