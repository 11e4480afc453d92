"""A suspicion: several reports look like one fellesfeil (G 5.1.2.2), and the service desk is to say whether they are.

Values only; times are aware. The radar raises it, the desk confirms it with a notice, joins it to one, splits it in
two, takes reports out of it, or dismisses it with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.case import Role


class SuspicionStatus(StrEnum):
    """open: nobody has decided. confirmed: it is a fellesfeil. dismissed: it is none. lapsed: it came to nothing."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Suspect:
    """One report behind a suspicion: the case's reference and what one needs to judge it.

    role: as it was stated. unnamed: it names no system, and only may be of the one the suspicion is about.
    """

    ref: str
    at: datetime
    title: str
    virksomhet: str
    role: str
    unnamed: bool = False


def _by_age(one: Suspect) -> tuple[datetime, str]:
    return one.at, one.ref


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One suspicion. `reports`: the oldest first. subject: what the radar calls what they share.

    about: the same as people read it: a system, a form's title, or a word. normal: how many such reports are usual in
    `minutes`. told: how many reports there were when the desk was last told. notice: the one it was confirmed with.
    split_from: the reference of the suspicion it was a part of. alone: the virksomhet that alone reports it; then it
    is no fellesfeil as it stands (G 5.1.2.2), but big enough for the desk to know. "" where several do.
    """

    ref: str
    subject: str
    about: str
    reports: tuple[Suspect, ...]
    normal: float
    minutes: int
    created_at: datetime
    updated_at: datetime
    system: str | None = None
    status: SuspicionStatus = SuspicionStatus.OPEN
    taken_out: tuple[str, ...] = ()
    told: int = 0
    notice: str | None = None
    decided_by: str = ""
    reason: str = ""
    split_from: str = ""
    alone: str = ""

    @property
    def hovedsak(self) -> str | None:
        """The case proposed as hovedsak: the first that a forvalter reported, else the first of all (G 5.1.2.2).

        One that names no system is proposed only where all are such.
        """
        first = sorted(self.reports, key=lambda one: (one.unnamed, one.role != Role.FORVALTER))
        return first[0].ref if first else None

    @property
    def virksomheter(self) -> tuple[str, ...]:
        """Whose reports they are, in the order they came."""
        return tuple(dict.fromkeys(one.virksomhet for one in self.reports if one.virksomhet))

    @property
    def since(self) -> datetime:
        """When the first report came."""
        return self.reports[0].at if self.reports else self.created_at

    def with_reports(self, more: Collection[Suspect], at: datetime) -> Suspicion:
        """The same suspicion with further reports; what was taken out stays out."""
        known = {one.ref for one in self.reports} | set(self.taken_out)
        new = sorted((one for one in more if one.ref not in known), key=_by_age)
        reports = (*self.reports, *new)
        if new and self.reports and _by_age(new[0]) < _by_age(self.reports[-1]):
            reports = tuple(sorted(reports, key=_by_age))  # hardly ever: reports are heard as they come
        return replace(self, reports=reports, updated_at=at)

    def without(self, refs: Collection[str], at: datetime) -> Suspicion:
        """The same suspicion without these reports."""
        out = tuple(one.ref for one in self.reports if one.ref in refs)
        left = tuple(one for one in self.reports if one.ref not in refs)
        return replace(self, reports=left, taken_out=(*self.taken_out, *out), updated_at=at)

    def split(self, refs: Collection[str], new_ref: str, at: datetime) -> tuple[Suspicion, Suspicion]:
        """What is left, and these reports, which must be some of them, as a suspicion of their own.

        The first report's words say what the new one is about: the system alone would not tell the two apart.
        """
        own = tuple(one for one in self.reports if one.ref in refs)
        new = replace(
            self,
            ref=new_ref,
            about=own[0].title,
            reports=own,
            created_at=at,
            updated_at=at,
            taken_out=(),
            told=len(own),
            split_from=self.ref,
        )
        return self.without(refs, at), new

    def decided(
        self, status: SuspicionStatus, by: str, at: datetime, *, reason: str = "", notice: str = ""
    ) -> Suspicion:
        """The same suspicion after somebody at the desk has made up his mind."""
        return replace(self, status=status, decided_by=by, reason=reason, notice=notice or self.notice, updated_at=at)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; times ISO 8601 with offset. The reports are told of apart, one after the other."""
        return {
            "ref": self.ref,
            "subject": self.subject,
            "about": self.about,
            "system": self.system,
            "normal": self.normal,
            "minutes": self.minutes,
            "status": self.status.value,
            "taken_out": list(self.taken_out),
            "told": self.told,
            "notice": self.notice,
            "decided_by": self.decided_by,
            "reason": self.reason,
            "split_from": self.split_from,
            "alone": self.alone,
            "created_at": self.created_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], reports: Iterable[Suspect]) -> Suspicion:
        """The inverse of `to_json`, with the reports behind it, the oldest first."""
        return cls(
            ref=data["ref"],
            subject=data["subject"],
            about=data["about"],
            system=data["system"],
            reports=tuple(reports),
            normal=data["normal"],
            minutes=data["minutes"],
            status=SuspicionStatus(data["status"]),
            taken_out=tuple(data["taken_out"]),
            told=data["told"],
            notice=data["notice"],
            decided_by=data["decided_by"],
            reason=data["reason"],
            split_from=data.get("split_from", ""),
            alone=data.get("alone", ""),
            created_at=datetime.fromisoformat(data["created_at"]),
            updated_at=datetime.fromisoformat(data["updated_at"]),
        )
