"""Losen as a real process on this machine, that a test can kill and start again on the same data."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
_STARTUP_SECONDS = 60


class LosenProcess:
    """`python app.py serve` in development mode on a free port; `data` is its folder."""

    def __init__(self, data: Path, **environ: str) -> None:
        self.data = data
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environ = {
            **os.environ,
            "LOSEN_MODE": "development",
            "PORT": str(self.port),
            "DATA_DIR": str(data),
            "UNDO_SECONDS": "0",
            **environ,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        log = (self.data.parent / f"{self.data.name}.log").open("ab")
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "app.py", "serve", cwd=ROOT, env=self._environ, stdout=log, stderr=log
            )
        finally:
            log.close()
        async with asyncio.timeout(_STARTUP_SECONDS), aiohttp.ClientSession() as session:
            while not await self._is_ready(session):
                assert self._process.returncode is None, "it stopped instead of starting"
                await asyncio.sleep(0.1)

    async def kill(self) -> None:
        """kill -9."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM; returns its exit status."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.terminate()
        async with asyncio.timeout(30):
            return await self._process.wait()

    async def stored(self, what: str) -> list[dict[str, Any]]:
        """What `app.py cases --json` or `app.py notices --json` prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "app.py", what, "--json", cwd=ROOT, env=self._environ, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await process.communicate()
        assert process.returncode == 0
        values: list[dict[str, Any]] = json.loads(printed)
        return values

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.address}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
