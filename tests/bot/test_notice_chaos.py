"""A short run of `python -m tests.chaos.notices`; the long one is started by hand (`make chaos`)."""

from __future__ import annotations

from tests.chaos.notices import run


async def test_everybody_hears_once_of_a_fellesfeil_on_bad_lines_by_a_bot_that_is_killed() -> None:
    outcome = await run(people=60, kills=2, seed=5)
    assert outcome.problems == []
    assert outcome.sent + outcome.failed + outcome.uncertain == 120
    assert outcome.kills >= 2
    assert outcome.accidents > 5
