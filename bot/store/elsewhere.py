"""What the store keeps of cases in another system: what was sent there, and what was seen there. Parts of `port`."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.store.records import Sending, Watch


class Sendings(Protocol):
    """Calls to another system that must not be made twice."""

    def get(self, key: str) -> Sending | None:
        """What became of the call under this key, or None when it was never made."""
        ...

    def save(self, sending: Sending, at: datetime) -> None:
        """Insert or replace."""
        ...

    def give_up(self, key: str) -> None:
        """Forget that the call under this key, or a part of it ("KEY ..."), may have been made; answers stay."""
        ...

    def forget(self, before: datetime) -> int:
        """Delete what was answered before this and has no outbox row any more; returns how many."""
        ...


class Watched(Protocol):
    """What has been seen of cases in the other system."""

    def open_cases(self) -> tuple[Watch, ...]:
        """Every open or solved case that has an id there, those looked at longest ago first."""
        ...

    def get(self, ref: str) -> Watch | None:
        """What was seen of a case, or None when it has no id there."""
        ...

    def save(self, watch: Watch, at: datetime) -> None:
        """Remember what was seen."""
        ...

    def mute(self, ref: str, person_id: str, *, muted: bool) -> None:
        """Note that a person wants to be spared the quiet news of a case, or no longer; again changes nothing."""
        ...

    def muted(self, ref: str) -> frozenset[str]:
        """The persons who want to be spared the quiet news of a case."""
        ...

    def muted_by(self, person_id: str) -> frozenset[str]:
        """The references of the cases whose quiet news a person wants to be spared."""
        ...

    def forget_person(self, person_id: str) -> None:
        """Delete what a person wanted to be spared."""
        ...

    def last_look(self) -> datetime | None:
        """When any case was looked at there last; None when none ever was."""
        ...
