"""The nightly run: `make fuzz`, or `python -m tests.fuzz [INPUTS] [FIRST_SEED]`.

Ends at the first input that fails, made as small as it can be; the seed that is shown brings it back.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.sending import fuzz, running

PORTION = 2_000


def main() -> None:
    """Send all of it, a portion a seed."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as bot:
        for number in range(-(-inputs // PORTION)):
            sys.stdout.write(f"seed {first + number}: ")
            sys.stdout.flush()
            fuzz(bot, first + number, min(PORTION, inputs - number * PORTION))
            sys.stdout.write(f"{min(inputs, (number + 1) * PORTION)} inputs, {time.monotonic() - began:.0f} s\n")
    sys.stdout.write("no 5xx, nothing of the inside told, every state sound\n")


if __name__ == "__main__":
    main()
