"""What the radar remembers, in a process's own memory: for simulations of whole years."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import islice, takewhile

from bot.radar.detector import KEPT
from bot.radar.report import Report
from bot.radar.scene import LONGEST


class MemoryInMemory:
    """See `bot.radar.detector.Memory`."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._until: datetime | None = None
        self._heard: dict[str, deque[Report]] = {}
        self._all: deque[Report] = deque()

    def sums(self, names: Collection[str]) -> Mapping[str, float]:
        return {name: self._sums[name] for name in names if name in self._sums}

    def add(self, amounts: Mapping[str, float]) -> None:
        for name, amount in amounts.items():
            self._sums[name] = self._sums.get(name, 0.0) + amount

    def learnt_until(self) -> datetime | None:
        return self._until

    def set_learnt_until(self, at: datetime) -> None:
        self._until = at

    def hear(self, report: Report) -> None:
        self._all.append(report)
        while self._all[0].at < report.at - KEPT:
            self._all.popleft()
        for subject in report.subjects:
            heard = self._heard.setdefault(subject, deque())
            heard.appendleft(report)
            while heard[-1].at < report.at - LONGEST:
                heard.pop()

    def heard_since(self, since: datetime) -> int:
        return len(self._all) - bisect_left(self._all, since, key=lambda one: one.at)

    def lately(self, since: datetime, most: int) -> Sequence[Report]:
        return list(takewhile(lambda one: one.at >= since, islice(reversed(self._all), most)))

    def recent(self, subjects: Collection[str], since: datetime, most: int) -> Mapping[str, Sequence[Report]]:
        return {
            subject: [one for one in islice(self._heard.get(subject, ()), most) if one.at >= since]
            for subject in subjects
        }
