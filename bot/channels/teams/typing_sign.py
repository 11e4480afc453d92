"""The sign that somebody is typing, while a turn takes longer than a person expects (a file is fetched).

Clients show it for some seconds, so it is repeated, but only until the channel has given the answer up anyway.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from types import TracebackType

from knowledge.errors import PortError

FIRST_AFTER = 1.0
"""Most turns take milliseconds and show no sign: it would flicker, and every one counts towards the limit on sends."""

_AGAIN_AFTER = 4.0
_MOST_SIGNS = 4

_log = logging.getLogger(__name__)


class TypingSign:
    """`async with` around the slow part. send: shows the sign once; what it raises is nobody's trouble."""

    def __init__(self, send: Callable[[], Awaitable[object]]) -> None:
        self._send = send
        self._timer: asyncio.TimerHandle | None = None
        self._showing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> TypingSign:
        # A timer costs a turn next to nothing; the task is made only when it goes off.
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(FIRST_AFTER, self._begin)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """No sign after this; called before the answer is sent, or it would look as if there were more to come."""
        if self._timer is not None:
            self._timer.cancel()
        if self._showing is not None:
            self._showing.cancel()
            await asyncio.gather(self._showing, return_exceptions=True)
            self._showing = None

    def _begin(self) -> None:
        self._showing = asyncio.create_task(self._show())

    async def _show(self) -> None:
        for _ in range(_MOST_SIGNS):
            try:
                await self._send()
            except PortError as error:
                _log.info("no typing sign: %s", type(error).__name__)
                return
            await asyncio.sleep(_AGAIN_AFTER)
