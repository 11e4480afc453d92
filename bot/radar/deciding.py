"""What the desk's decisions about a suspicion store, in the transaction of the turn (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.fellesfeil.writing import FellesfeilWriter
from bot.store.port import Session
from dialogs.case import FELLESFEIL, Notice, NoticeStatus, Status
from dialogs.effects import (
    AttachCases,
    ConfirmSuspicion,
    DismissSuspicion,
    SetHovedsak,
    SplitSuspicion,
    SuspicionEffect,
    TakeOutReports,
)
from dialogs.suspicion import Suspicion, SuspicionStatus
from knowledge.errors import NotAllowed

# A hovedsak has a number in the case system.
_NUMBERED = (Status.REGISTERED, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class SuspicionWriter:
    """Writes what somebody at the desk, called `name`, decides. Authority was checked before."""

    session: Session
    name: str
    fellesfeil: FellesfeilWriter
    now: datetime

    def decide(self, effect: SuspicionEffect) -> None:
        """Raises NotAllowed when somebody else has decided meanwhile."""
        suspicion = self.session.suspicions.get(effect.ref)
        if suspicion is None or suspicion.status is not SuspicionStatus.OPEN:
            raise NotAllowed("nobody has to decide about this suspicion any more")
        match effect:
            case ConfirmSuspicion(_, notice_ref):
                decided = suspicion.decided(SuspicionStatus.CONFIRMED, self.name, self.now, notice=notice_ref)
                self.session.suspicions.update(decided)
                self.published(notice_ref)
            case TakeOutReports(_, refs):
                left = suspicion.without(refs, self.now)
                if not left.reports:
                    left = left.decided(SuspicionStatus.DISMISSED, self.name, self.now)
                self.session.suspicions.update(left)
            case SplitSuspicion(_, refs, new_ref):
                left, new = suspicion.split(refs, new_ref, self.now)
                self.session.suspicions.update(left)
                self.session.suspicions.add(new)
            case DismissSuspicion(_, reason):
                self.session.suspicions.update(
                    suspicion.decided(SuspicionStatus.DISMISSED, self.name, self.now, reason=reason)
                )

    def published(self, notice_ref: str) -> None:
        """The fellesfeil is told, now or after it was approved: the reports behind it become its cases."""
        notice = self.session.notices.get(notice_ref)
        if notice is None or notice.status is not NoticeStatus.ACTIVE or notice.type != FELLESFEIL:
            return
        for suspicion in self.session.suspicions.confirmed_by(notice_ref):
            self._attach(suspicion, notice)

    def _attach(self, suspicion: Suspicion, notice: Notice) -> None:
        for suspect in suspicion.reports:
            case = self.session.cases.get(suspect.ref)
            # What was taken back, is somebody else's by now, or lies with an own 1.linje stays as it is.
            if case is not None and case.is_open and not case.first_line and case.fellesfeil is None:
                self.fellesfeil.attach(AttachCases((case.ref,), notice.ref))
        hovedsak = self.session.cases.get(suspicion.hovedsak) if suspicion.hovedsak else None
        if (
            notice.hovedsak is None
            and hovedsak is not None
            and hovedsak.status in _NUMBERED
            and not hovedsak.first_line
        ):
            self.fellesfeil.set_hovedsak(SetHovedsak(hovedsak.ref, notice.ref))
