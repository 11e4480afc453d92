"""Losen as a real process on this machine, that a test can kill and start again on the same data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.free_port import free_port

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 60


class LosenProcess:
    """`python app.py serve` in development mode on a free port; `data` is its folder."""

    def __init__(self, data: Path, command: Sequence[str] = ("app.py", "serve")) -> None:
        self.data = data
        self._command = command
        self.address = f"http://127.0.0.1:{free_port()}"
        self._environ = {
            **os.environ,
            "LOSEN_MODE": "development",
            "RATE_LIMIT_PER_MINUTE": "100000",
            "PORT": self.address.rpartition(":")[2],
            "DATA_DIR": str(data),
            "UNDO_SECONDS": "0",
            "ORGANISATION_FILE": str(self._without_approval()),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def _without_approval(self) -> Path:
        """The organisation without a second person's approval, which depends on the time of the day."""
        text = (ROOT / "knowledge" / "data" / "organisation.yaml").read_text(encoding="utf-8")
        file = self.data.parent / f"{self.data.name}-organisation.yaml"
        file.write_text(text.replace("\napproval_from_members: 10000\n", "\n"), encoding="utf-8")
        return file

    def start(self) -> None:
        """Start it and wait until it is ready."""
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, *self._command], cwd=ROOT, env=self._environ, stdout=log, stderr=log
            )
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_ready():
            assert self._process.poll() is None, "it stopped instead of starting"
            assert time.monotonic() < until, "it does not get ready"
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> int:
        """SIGTERM; returns its exit status."""
        if self._process is None:
            return 0
        self._process.terminate()
        return self._process.wait(_PATIENCE_SECONDS)

    def stored(self, what: str) -> dict[str, dict[str, Any]]:
        """What `app.py cases --json` or `app.py notices --json` prints, by reference."""
        printed = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "app.py", what, "--json"], cwd=ROOT, env=self._environ, stdout=subprocess.PIPE, check=True
        )
        return {one["ref"]: one for one in json.loads(printed.stdout)}

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.address}/readyz") as answer:  # noqa: S310  our own address
                return bool(answer.status == 200)
        except (URLError, ConnectionError):
            return False
