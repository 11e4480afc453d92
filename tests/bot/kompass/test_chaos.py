"""A short run of `python -m tests.chaos.kompass`; the long one is started by hand."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.kompass import Chaos


async def test_sixty_cases_survive_a_bad_kompass_and_a_bot_that_is_killed(tmp_path: Path) -> None:
    outcome = await Chaos(tmp_path, cases=60, share=0.1, kills=3, seed=7).run()
    assert outcome.problems == []
    assert (outcome.kills, outcome.cases) == (3, 60)
    assert outcome.faults > 5
