"""Kill -9 at every instant: nothing confirmed is lost, nothing is done twice, and the conversation goes on.

By default the edges (just before a commit, beside an act in the world) and a spread of the rest;
LOSEN_EVERY_INSTANT=1 kills at each instant.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

_STEP = 1 if os.environ.get("LOSEN_EVERY_INSTANT") else 31
_PAIRS = 10


def run(folder: Path, *kills: str) -> list[dict[str, Any]]:
    """What the driver saw for each list of kills."""
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "tests.bot.crash_driver", str(folder), *kills],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return run(tmp_path_factory.mktemp("undisturbed"), "0")[0]


def test_the_undisturbed_run_does_the_whole_job(undisturbed: dict[str, Any]) -> None:
    assert undisturbed["kompass"] == [
        "open L-2026-000001",
        "comment L-2026-000001",
        "attach L-2026-000001",
        "follow L-2026-000001",
        "open L-2026-000002",
        "withdraw L-2026-000002",
        "open L-2026-000003",
        "relate L-2026-000003",
        "comment L-2026-000001",
        "comment L-2026-000003",
        "comment L-2026-000003",
        "unrelate L-2026-000003",
    ]
    assert [case["status"] for case in undisturbed["cases"]] == ["registered", "withdrawn", "in_progress"]
    first = undisturbed["cases"][0]
    assert [one["name"] for one in first["attachments"]] == ["skjerm.png"]
    assert first["followers"] == ["ola@oslo.example"]
    assert (undisturbed["posts"], undisturbed["notices"]) == ([["sam_it", "AKS er treg"]], ["AKS er treg"])
    assert (undisturbed["unfinished"], undisturbed["failed"], len(undisturbed["heard"])) == (
        2,
        0,
        15,
    )  # two are reminded tomorrow
    assert undisturbed["instants"] > 300


def test_a_kill_at_any_instant_loses_nothing_and_does_nothing_twice(
    undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    instants = sorted({*undisturbed["edges"], *range(1, undisturbed["instants"], _STEP)})
    for seen in run(tmp_path, *map(str, instants)):
        assert seen["died"] == [signal.SIGKILL, 0]
        same_as(undisturbed, seen)


def test_a_kill_while_recovering_from_a_kill(undisturbed: dict[str, Any], tmp_path: Path) -> None:
    chance = random.Random(20261124)
    pairs = [(chance.randrange(1, undisturbed["instants"]), chance.randrange(1, 60)) for _ in range(_PAIRS)]
    seen = run(tmp_path, *(f"{first},{second}" for first, second in pairs))
    assert sum(one["died"].count(signal.SIGKILL) for one in seen) > _PAIRS
    for one in seen:
        same_as(undisturbed, one)


def same_as(undisturbed: dict[str, Any], seen: dict[str, Any]) -> None:
    """The world and the database are as if nobody had been killed, but for messages told once more."""
    its_own = ("kills", "died", "instants", "edges", "told")
    for name in undisturbed.keys() - set(its_own):
        assert seen[name] == undisturbed[name], f"{name} differs after kills at {seen['kills']}"
    told, expected = Counter(seen["told"]), Counter(undisturbed["told"])
    assert not expected - told, f"not told after kills at {seen['kills']}"
    # A message whose delivery was not recorded is sent again: at most one a kill.
    assert (told - expected).total() <= seen["died"].count(signal.SIGKILL)
