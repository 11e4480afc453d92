"""How fast texts are matched and how much the index takes: python -m tests.benchmarks.match

Prints, for the shipped catalogue and for 10 000 made-up forms with titles and descriptions only, the time to build, the
memory the index holds, and milliseconds a text (best of three each, so that what else the machine does weighs little).
Goals: 2 ms at the 95th percentile for 275 forms, 20 ms for 10 000; 3 s to build and 100 MB for 275.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.catalogue.form import Catalogue, Form
from knowledge.matching import Matcher
from tests.evaluation.queries import load_queries, shipped_catalogue, shipped_systems, shipped_wording

MANY = 10_000
FLOOD = "Jeg får ikke logget på Citrix etter at jeg byttet telefon. " * 1_700
_STATUS = Path("/proc/self/status")


def resident() -> float:
    """Megabytes of memory held by this process; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def made_up(count: int) -> Catalogue:
    """Forms whose titles and descriptions are words of the shipped ones in new orders; the same every time."""
    chance = random.Random(7)
    words = [word for form in shipped_catalogue() for word in f"{form.title} {form.description}".split()]
    return Catalogue(
        Form(
            id=number,
            title=" ".join(chance.choices(words, k=chance.randint(2, 6))),
            description=" ".join(chance.choices(words, k=chance.randint(15, 40))),
        )
        for number in range(1, count + 1)
    )


def milliseconds(job: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """The best of three for each text, told apart by blanks at the end: a matcher remembers the texts just matched."""
    return [min(_once(job, text + " " * more) for more in range(3)) for text in texts]


def _once(job: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    job(text)
    return (time.perf_counter() - started) * 1_000


def measure(name: str, catalogue: Catalogue) -> None:
    """Build a matcher for a catalogue and print what it takes."""
    wording, systems = shipped_wording(), shipped_systems()
    gc.collect()
    before = resident()
    started = time.perf_counter()
    matcher = Matcher.build(catalogue, wording=wording, systems=systems)
    built = time.perf_counter() - started
    gc.collect()
    held = resident() - before
    times = milliseconds(matcher.match, [query.text for query in load_queries()])
    middle, high, worst = np.percentile(times, [50, 95, 100])
    flood = _once(matcher.match, FLOOD)
    sys.stdout.write(f"{name:14}{built:8.2f} s{held:8.0f} MB{middle:9.2f}{high:8.2f}{worst:8.2f}{flood:12.1f} ms\n")


def main() -> int:
    """Print the table."""
    sys.stdout.write(f"{'':14}{'build':>10}{'memory':>11}{'median':>9}{'95 %':>8}{'worst':>8}{'100 kB text':>12}\n")
    measure("275 forms", shipped_catalogue())
    measure("10 000 forms", made_up(MANY))
    return 0


if __name__ == "__main__":
    sys.exit(main())
