"""What is renewed every night while the bot runs: the register of systems, and the catalogue.

A job fetches into a file; what is new in the file is taken into use, also when a command has written it. A night that
fails leaves what there is in use and is logged with its age, and the next night is another attempt.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from bot.retry import GiveUp, RetryPolicy, next_attempt
from knowledge.errors import LosenError, PortError

POLL_SECONDS = 60.0
"""How often the running bot looks at the clock and at the file."""

OLD_AT_START = timedelta(hours=24)
"""A bot that starts with something older, or nothing, fetches at once instead of waiting for the night."""

PATIENT = RetryPolicy(first_wait=2.0, longest_wait=300.0, give_up_after=timedelta(minutes=30))
"""At night nobody waits."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class NightlyJob(Protocol):
    """One thing that is renewed."""

    @property
    def what(self) -> str:
        """What it is called in the log: "the register of systems"."""
        ...

    @property
    def file(self) -> Path:
        """What is taken into use when it changes."""
        ...

    async def renew(self) -> None:
        """Fetch and keep; raises LosenError or OSError, and the file is untouched then."""
        ...

    def last(self) -> datetime | None:
        """When it was fetched last, None when it never was."""
        ...


class Nightly:
    """Renews at a full hour of the organisation's clock and takes new files into use, until it is cancelled.

    take gets the file. clock gives aware times, sleep waits in seconds.
    """

    def __init__(
        self,
        job: NightlyJob,
        *,
        take: Callable[[Path], Awaitable[None]],
        hour: int,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._job = job
        self._take = take
        self._hour = hour
        self._clock = clock
        self._sleep = sleep
        self._taken = self._stamp()

    async def run(self) -> None:
        """Never ends by itself: whatever goes wrong is logged, and the next night is another attempt."""
        due = self._first()
        while True:
            now = self._clock()
            if now >= due:
                due = next_time(now, self._hour)
                await self._renew()
            await self._take_new()
            await self._sleep(POLL_SECONDS)

    async def _renew(self) -> None:
        try:
            await self._job.renew()
        except (LosenError, OSError) as error:
            _log.error("%s was not renewed: %s; %s", self._job.what, error, self._age())
        except Exception:
            _log.exception("%s was not renewed; %s", self._job.what, self._age())

    async def _take_new(self) -> None:
        stamp = self._stamp()
        if stamp == self._taken:
            return
        # Also when it fails: the same file would fail again a minute later.
        self._taken = stamp
        try:
            await self._take(self._job.file)
        except Exception:
            _log.exception("%s could not be taken into use; the old one is", self._job.what)
        else:
            _log.info("%s is new and in use", self._job.what)

    def _first(self) -> datetime:
        now, last = self._clock(), self._job.last()
        return next_time(now, self._hour) if last and now - last < OLD_AT_START else now

    def _age(self) -> str:
        last = self._job.last()
        if last is None:
            return "there is no earlier one"
        return f"the last one was fetched {(self._clock() - last) // timedelta(hours=1)} hours ago"

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._job.file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino


def next_time(now: datetime, hour: int) -> datetime:
    """The next time after `now` the clock on the wall shows the full hour."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


async def patiently(
    work: Callable[[], Awaitable[T]],
    policy: RetryPolicy,
    *,
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]],
    jitter: Callable[[], float],
) -> T:
    """Do it, again and again while that may help; raises the PortError of the last attempt."""
    begun = clock()
    attempt = 0
    while True:
        attempt += 1
        try:
            return await work()
        except PortError as error:
            now = clock()
            decision = next_attempt(attempt, error, now, queued_at=begun, policy=policy, jitter=jitter())
            if isinstance(decision, GiveUp) or decision.at - begun > policy.give_up_after:
                raise
            await sleep((decision.at - now).total_seconds())
