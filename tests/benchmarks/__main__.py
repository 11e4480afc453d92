"""All benchmarks, one after the other: `make bench`; some of them: `make bench PARTS="turns standing"`.

Figures are printed, never asserted: machines differ. Each runs in a process of its own, so that one does not warm up or
slow down the next.
"""

from __future__ import annotations

import subprocess
import sys

# Module of tests.benchmarks -> what it measures.
BENCHMARKS = (
    ("match", "which form: build, latency, memory"),
    ("reading", "reading a sentence and a time"),
    ("messages", "user messages from first word to opened case"),
    ("said_again", "what is taken back or added later, heard as what it is"),
    ("contrary", "facts read out of reports that contradict themselves"),
    ("turns", "turns a second beside a plain EchoBot and a bare server"),
    ("form_search", "the forms in Teams' compose box, over HTTP"),
    ("standing", "a start until ready, and memory over many turns"),
    ("durable_turns", "turns on disk with a trivial engine"),
    ("portal", "readers of the page of driftsmeldinger"),
    ("radar", "outages found, how soon, and false alarms, in made-up years"),
    ("kompass", "draining a backlog beside bare calls"),
)


def main() -> int:
    """Run all, or those that are named; the exit status is 1 when one could not be run, 2 when there is no such one."""
    wanted, failed = sys.argv[1:], 0
    unknown = set(wanted) - {name for name, _ in BENCHMARKS}
    if unknown:
        sys.stderr.write(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(n for n, _ in BENCHMARKS)}\n")
        return 2
    for name, what in BENCHMARKS:
        if wanted and name not in wanted:
            continue
        sys.stdout.write(f"\n== {name}: {what}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", f"tests.benchmarks.{name}"]
        failed |= subprocess.run(command, check=False).returncode != 0  # noqa: S603 - our own modules, named above
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
