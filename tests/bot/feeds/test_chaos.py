"""A short run of `python -m tests.chaos.feeds`; the long one is started by hand."""

from __future__ import annotations

from tests.chaos.feeds import run


async def test_notices_survive_bad_services_and_a_bot_that_is_killed() -> None:
    outcome = await run(notices=6, share=0.25, kills=2, seed=3)
    assert outcome.problems == []
    assert outcome.done + outcome.uncertain == outcome.rows == 54
    assert outcome.kills >= 2
    assert outcome.faults > 10
