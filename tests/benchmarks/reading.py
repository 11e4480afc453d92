"""How fast a message is read, from short requests to hostile floods: python -m tests.benchmarks.reading

Prints milliseconds: median, 99th percentile and worst over the written requests and the table of time expressions,
then one reading of each 100 kB flood. A report should stay under 5 ms; a flood only must stay bounded.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median

from knowledge.reading import Reader, mask_personal_data, read_moment
from knowledge.reading.time import OSLO
from knowledge.systems_file import load_systems

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)
REPORT = "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart. "
FLOODS = {
    "reports": REPORT * 1400,
    "figures": "1 " * 50_000,
    "identity numbers": "13097248022 " * 8_300,
    "names": "Kari Nordmann har demens " * 4_000,
    "times": "kl 8 til 10 mandag i morgen " * 3_600,
    "quotes": '"' * 100_000,
    "one word": "x" * 100_000,
}


def milliseconds(job: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """The best of three for each text, so that what else the machine does weighs little."""
    return [min(_once(job, text) for _ in range(3)) for text in texts]


def _once(job: Callable[[str], object], text: str) -> float:
    begin = time.perf_counter()
    job(text)
    return (time.perf_counter() - begin) * 1000


def row(name: str, times: Sequence[float]) -> str:
    """One line of the table."""
    ranked = sorted(times)
    return f"{name:38}{len(times):6}{median(times):9.2f}{ranked[int(len(ranked) * 0.99)]:9.2f}{ranked[-1]:9.2f}"


def main() -> None:
    """Prints the table."""
    reader = Reader(load_systems(ROOT / "knowledge" / "data" / "systems.json"))
    requests = [
        json.loads(line)["text"]
        for line in (ROOT / "tests" / "data" / "queries-dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    table = (ROOT / "tests" / "knowledge" / "reading" / "expressions.txt").read_text(encoding="utf-8").splitlines()
    expressions = [line.split("|")[1] for line in table if line and not line.startswith("#")]
    lines = [
        f"{'milliseconds':38}{'texts':>6}{'median':>9}{'p99':>9}{'worst':>9}",
        row("read a written request", milliseconds(lambda text: reader.read(text, NOW), requests)),
        row("mask personal data in one", milliseconds(mask_personal_data, requests)),
        row("read a typed time", milliseconds(lambda text: read_moment(text, NOW), expressions)),
    ]
    lines += [
        row(f"100 kB of {name}", [_once(lambda text: reader.read(text, NOW), text)]) for name, text in FLOODS.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
