"""A client at the fake, with a clock that sleeping moves on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.retry import RetryPolicy
from bot.systemoversikten.client import Source, SystemoversiktenClient
from tests.bot.samples import Clock
from tests.fake_systemoversikten import FORVALTERE_KEY, KEY

POLICY = RetryPolicy(first_wait=2, longest_wait=60, give_up_after=timedelta(minutes=10))


@dataclass(slots=True)
class Sleeper:
    """Sleeps in no time; the clock goes on all the same."""

    clock: Clock = field(default_factory=Clock)
    slept: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.now += timedelta(seconds=seconds)


def client(
    url: str,
    sleep: Sleeper | None = None,
    *,
    key: str = KEY,
    forvaltere_key: str = FORVALTERE_KEY,
    timeout_seconds: float = 5.0,
) -> SystemoversiktenClient:
    sleep = sleep or Sleeper()
    return SystemoversiktenClient(
        Source(url, key, forvaltere_key),
        clock=sleep.clock,
        sleep=sleep,
        jitter=lambda: 1.0,
        policy=POLICY,
        timeout_seconds=timeout_seconds,
    )
