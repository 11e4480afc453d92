"""How soon the radar finds a fellesfeil, how often it is wrong: python -m tests.benchmarks.radar [--oracle] [SEED...]

Plays made-up years (`radar_year.py` says what was assumed) with the radar and with the best fixed threshold, which is
looked for on a year of its own: the one that finds most with at most one false alarm a week, else the one with the
fewest. With --oracle also what could be found at most (`radar_oracle.py`; a quarter of an hour a year). Then half a
year each of other habits than the radar takes for granted (`radar_habits.py`).
The radar's own numbers were chosen on other years than those played here: seeds 101, 102, 201, 202, 401 and 402, and
for the pace of the last day 21 to 23.
Aims: 95 % of outages with at least five reports, the median at the third report, at most one false alarm a week. What
is told of one virksomhet alone is no suspicion of a fellesfeil and stands in columns of its own: how often a week, and
how often there was a fault there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import timedelta

from bot.radar.detector import Detector
from knowledge.working_days import is_working_day
from tests.benchmarks.radar_desk import Desk, FixedThreshold, Outcome
from tests.benchmarks.radar_habits import OTHERWISE, USUAL
from tests.benchmarks.radar_oracle import best_possible
from tests.benchmarks.radar_year import Year, make_year

_THRESHOLD_SEED = 2
_SEEDS = (51, 52, 53)
_OTHERWISE_SEED = 61
_COUNTS = (4, 5, 6, 8, 10, 13, 16)
_WINDOWS = (15, 30, 60, 120)


def best_threshold(year: Year) -> FixedThreshold:
    """The fixed rule to compare with."""
    rules = [FixedThreshold(count, timedelta(minutes=minutes)) for count in _COUNTS for minutes in _WINDOWS]

    def worth(rule: FixedThreshold) -> tuple[bool, float]:
        played = Desk(year, rule).play()
        quiet = played.false_a_week <= 1.0
        return quiet, played.found if quiet else -played.false_a_week

    return max(rules, key=worth)


def main(seeds: Sequence[int] = _SEEDS, *, oracle: bool = False) -> int:
    """Print the table."""
    rule = best_threshold(make_year(_THRESHOLD_SEED))
    name = f"{rule.count} people in {rule.window // timedelta(minutes=1)} minutes"
    columns = f"{'outages':>8}{'found':>8}{'reports':>9}{'by 3rd':>9}{'minutes':>9}{'false/wk':>9}"
    sys.stdout.write(f"{'':52}{columns}{'alone/wk':>9}{'rightly':>9}\n")
    for seed in seeds:
        year = make_year(seed)
        began = time.perf_counter()
        played: Outcome = Desk(year, Detector(1.0, is_working_day)).play()
        each = (time.perf_counter() - began) / len(year.reports) * 1000
        sys.stdout.write(played.row(f"year {seed}: radar ({each:.2f} ms a report)") + "\n")
        sys.stdout.write(f"  found at report {played.at_report()}\n")
        sys.stdout.write(Desk(year, rule).play().row(f"year {seed}: best fixed threshold, {name}") + "\n")
        if oracle:
            sys.stdout.write(best_possible(year).row(f"year {seed}: at most possible") + "\n")
        sys.stdout.flush()
    for what, habits in {"as usual": USUAL, **OTHERWISE}.items():
        half = make_year(_OTHERWISE_SEED, days=182, outages=60, bursts=(75, 20, 50), habits=habits)
        sys.stdout.write(Desk(half, Detector(1.0, is_working_day)).play().row(f"half a year, {what}") + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main([int(one) for one in given if one.isdigit()] or _SEEDS, oracle="--oracle" in given))
