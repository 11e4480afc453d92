"""`python app.py chat` with messages piped in, as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_piped_messages_end_with_what_became_of_the_case(tmp_path: Path) -> None:
    said = "Hele bydelen får ikke logget på AKS siden i går kl 08.15 fra kontoret, prøvd omstart, ikke kritisk\nsend\n"
    environ = {**os.environ, "LOSEN_MODE": "development", "DATA_DIR": str(tmp_path / "data"), "UNDO_SECONDS": "1"}
    done = subprocess.run(
        [sys.executable, "app.py", "chat", "--as", "1linje"],
        cwd=ROOT,
        env=environ,
        input=said.encode(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    *_, last = done.stdout.decode().strip().split("\n\n")
    assert last.startswith("Sak L-")
    assert "registrert" in last
