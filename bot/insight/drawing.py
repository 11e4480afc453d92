"""The page and its files as a process of its own makes them, kept for a while.

Drawing takes a second of a processor and some 100 MB, which the process gives back when it ends: the bot answers
meanwhile, and holds no more than the finished page, and that only after somebody has asked for it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import LosenError

KEPT_SECONDS = 600.0

_LONGEST_SECONDS = 60.0
_FRONT_DOOR = Path(__file__).parents[2] / "app.py"

_log = logging.getLogger(__name__)


class CannotDraw(LosenError):
    """The numbers could not be made just now; why stands in the log."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """page: HTML. files: CSV by the key of the table."""

    page: bytes
    files: Mapping[str, bytes]


class InsightPages:
    """monotonic: seconds that only go on. command: what makes them; it prints JSON."""

    def __init__(self, data_dir: Path, monotonic: Callable[[], float], command: Sequence[str] = ()) -> None:
        self._environment = {**os.environ, "DATA_DIR": str(data_dir)}
        self._monotonic = monotonic
        self._command = tuple(command) or (sys.executable, str(_FRONT_DOOR), "insight", "--json")
        self._drawn: Drawn | None = None
        self._drawn_at = 0.0
        self._drawing = asyncio.Lock()

    async def drawn(self) -> Drawn:
        """The page, made anew when it is too old; whoever comes meanwhile waits for the same one. Raises CannotDraw."""
        async with self._drawing:
            if self._drawn is None or self._monotonic() - self._drawn_at >= KEPT_SECONDS:
                self._drawn = await self._draw()
                self._drawn_at = self._monotonic()
            return self._drawn

    async def _draw(self) -> Drawn:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._command, stdout=pipe, stderr=pipe, stdin=asyncio.subprocess.DEVNULL, env=self._environment
        )
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                out, complaint = await process.communicate()
        except TimeoutError as error:
            raise CannotDraw("the numbers took too long") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            _log.error("the numbers could not be drawn", extra={"error": complaint.decode(errors="replace")[-500:]})
            raise CannotDraw("the numbers could not be drawn")
        made = json.loads(out)
        return Drawn(made["page"].encode(), {key: text.encode() for key, text in made["files"].items()})
