"""All benchmarks, one after the other: `make bench`. Figures are printed, never asserted: machines differ.

Each runs in a process of its own, so that one does not warm up or slow down the next.
"""

from __future__ import annotations

import subprocess
import sys

# Module of tests.benchmarks -> what it measures.
BENCHMARKS = (
    ("match", "which form: build, latency, memory"),
    ("reading", "reading a sentence and a time"),
    ("messages", "user messages from first word to opened case"),
    ("turns", "turns a second beside a plain EchoBot and a bare server"),
    ("form_search", "the forms in Teams' compose box, over HTTP"),
    ("standing", "a start until ready, and memory over 20 000 turns"),
    ("durable_turns", "turns on disk with a trivial engine"),
    ("portal", "readers of the page of driftsmeldinger"),
    ("radar", "outages found, how soon, and false alarms, in made-up years"),
    ("kompass", "draining a backlog beside bare calls"),
)


def main() -> int:
    """Run them all; the exit status is 1 when one could not be run."""
    failed = 0
    for name, what in BENCHMARKS:
        sys.stdout.write(f"\n== {name}: {what}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", f"tests.benchmarks.{name}"]
        failed |= subprocess.run(command, check=False).returncode != 0  # noqa: S603 - our own modules, named above
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
