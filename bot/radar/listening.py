"""The radar in the running bot: each fault report is heard in the transaction that opens its case (G 5.1.2.2).

What it finds becomes a suspicion, of which the desk is told. All it knows lies in the store, so a restart loses nothing
and a turn that is undone has not been heard. What goes wrong here must never cost a reporter his case: it is logged,
and the report is not heard.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.notices.telling import DeskTeller, note_to_desk
from bot.radar.detector import CLEARLY_AGAIN, Detector, Finding
from bot.radar.report import Report, system_of
from bot.radar.scene import LONGEST
from bot.store.port import Session
from bot.store.records import OutboxRecord
from dialogs.case import Case, NoticeStatus
from dialogs.suspicion import Suspect, Suspicion, SuspicionStatus
from knowledge.library import Library
from knowledge.reading import without_masks
from knowledge.reading.signals import Extent, Outage

Hear = Callable[[Session, Case, str], None]
"""Is told of a case that has just been stored, and of the conversation it was opened in."""

_WIDE = frozenset({Extent.DEPARTMENT, Extent.SEVERAL_LOCATIONS})
# Nobody has decided about it and nothing has been added to it for so long: it came to nothing.
_LAPSES_AFTER = timedelta(hours=24)
# Nothing is added to a suspicion that was raised so long ago: on a busy system reports come day in day out, and it
# would grow for ever. What is clearly more by then is a matter of its own.
_GROWS_FOR = timedelta(hours=24)
# For so long a dismissed suspicion is raised again only when it has grown clearly.
_QUIET_FOR = timedelta(hours=24)
# The desk is told again when it has so many times its reports, and so many at least.
_GROWN, _WORTH_TELLING = 2, 6
MOST_REPORTS = 2000
"""Further ones are its too, but no longer listed: each report looks through them all, and they are kept in memory."""

_log = logging.getLogger(__name__)


def hear_nothing(session: Session, case: Case, conversation_id: str) -> None:
    """Where no radar runs."""


@dataclass(frozen=True, slots=True)
class Listening:
    """The radar at work; `hear` is a `Hear`.

    library: what the bot knows now. words: a text for the desk, in bokmål, by key and values.
    """

    detector: Detector
    library: Callable[[], Library]
    words: Callable[..., str]
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    def hear(self, session: Session, case: Case, conversation_id: str) -> None:
        """A report that is passed on was heard when it came first."""
        if case.kind != "support" or case.moved_from is not None:
            return
        try:
            self._hear(session, case, conversation_id)
        except sqlite3.Error:
            raise  # the whole transaction is in doubt
        except Exception:
            _log.exception("the radar failed on a report", extra={"case": case.ref})

    def learn_from(self, session: Session) -> int:
        """The first time: take what is normal from the cases that are stored; returns how many that were."""
        if session.radar.learnt_until() is not None:
            return 0
        learner, count = replace(self.detector, budget=0.0), 0
        for case in session.cases.all():
            if case.kind == "support" and case.moved_from is None:
                report = self._report(case)
                learner.hear(session.radar, report)
                learner.learn(session.radar, report)
                count += 1
        return count

    def _hear(self, session: Session, case: Case, conversation_id: str) -> None:
        report, now = self._report(case), self.now()
        self._let_lapse(session, now)
        known = session.suspicions.changed_since(now - max(_QUIET_FOR, LONGEST))
        # A report counts once, and what was taken out is settled too. What one virksomhet alone reports still counts:
        # it may be the beginning of a fellesfeil.
        behind = {ref for one in known for ref in one.taken_out}
        behind |= {report.ref for one in known if not _may_spread(one) for report in one.reports}
        finding = self.detector.hear(session.radar, report, behind.__contains__)
        belongs = self._likest([one for one in known if self._belongs(session, one, case, report, finding)], report)
        if belongs is None or (belongs.status is SuspicionStatus.DISMISSED and not self._grown(belongs, finding)):
            if finding is not None and belongs is None and case.fellesfeil is None:
                self._raise(session, finding, report, conversation_id, now)
            elif case.fellesfeil is None:
                self.detector.learn(session.radar, report)
            return
        # What belongs to a suspicion is not what is normal.
        self._add(session, belongs, finding, report, now)

    def _belongs(
        self, session: Session, suspicion: Suspicion, case: Case, report: Report, finding: Finding | None
    ) -> bool:
        """Whether the report is one more of a suspicion: of an open or dismissed one, or of a fellesfeil under way."""
        dismissed = suspicion.status is SuspicionStatus.DISMISSED
        if not dismissed and report.at - suspicion.created_at > _GROWS_FOR:
            return False
        if suspicion.notice is not None and case.fellesfeil == suspicion.notice:
            return True
        subject = finding.subject if finding else report.about
        if suspicion.subject not in (subject, report.about) or suspicion.status is SuspicionStatus.LAPSED:
            return False
        if suspicion.alone and not (_may_spread(suspicion) and finding is not None and not finding.alone):
            # What others report of the same system is no part of it, before it looks like one fellesfeil.
            return report.virksomhet == suspicion.alone and (finding is None or bool(finding.alone))
        if suspicion.notice is None:
            return True
        notice = session.notices.get(suspicion.notice)
        return notice is not None and notice.status in (NoticeStatus.ACTIVE, NoticeStatus.WAITING)

    def _likest(self, belongs: Sequence[Suspicion], report: Report) -> Suspicion | None:
        """Of several on one subject, as a split makes them, the one whose reports say most of what this one says."""
        if len(belongs) < 2:
            return belongs[0] if belongs else None
        terms = self.library().matcher.terms

        def likeness(suspicion: Suspicion) -> float:
            said = [set(terms(one.title)) for one in suspicion.reports]
            return sum(len(one.intersection(report.words)) for one in said) / max(len(said), 1)

        return max(belongs, key=likeness)

    def _grown(self, suspicion: Suspicion, finding: Finding | None) -> bool:
        """A dismissed one is raised again when as many came anew, and they alone tell clearly of a fellesfeil."""
        before = len(suspicion.reports) + len(suspicion.taken_out)
        return finding is not None and len(finding.reports) >= before and finding.clearly >= CLEARLY_AGAIN

    def _raise(self, session: Session, finding: Finding, report: Report, conversation_id: str, now: datetime) -> None:
        suspicion = Suspicion(
            ref=session.suspicions.next_ref(now.year),
            subject=finding.subject,
            about=self._about(session, finding, report),
            reports=(),
            normal=round(finding.expected, 2),
            minutes=round(finding.window / timedelta(minutes=1)),
            created_at=now,
            updated_at=now,
            system=system_of(finding.subject),
            alone=finding.alone,
        ).with_reports(_suspects(session, finding.subject, finding.reports), now)
        suspicion = replace(suspicion, told=len(suspicion.reports))
        session.suspicions.add(suspicion)
        _log.info("a suspicion is raised", extra={"ref": suspicion.ref, "count": len(suspicion.reports)})
        self._tell(session, suspicion, _raised(suspicion), now)
        session.outbox.add(self._note(suspicion, report, conversation_id, now))

    def _add(
        self, session: Session, suspicion: Suspicion, finding: Finding | None, report: Report, now: datetime
    ) -> None:
        known = {one.ref for one in suspicion.reports}
        heard = {one.ref: one for one in (report, *(finding.reports if finding else ()))}
        more = [one for ref, one in heard.items() if ref not in known]
        room = max(MOST_REPORTS - len(suspicion.reports), 0)
        suspicion = suspicion.with_reports(_suspects(session, suspicion.subject, more[:room]), now)
        outcome = ""
        if suspicion.alone and finding is not None and not finding.alone:
            suspicion, outcome = replace(suspicion, alone=""), "suspicion_wider"
        elif suspicion.status is SuspicionStatus.DISMISSED:
            suspicion, outcome = replace(suspicion, status=SuspicionStatus.OPEN), "suspicion_again"
        elif suspicion.status is SuspicionStatus.OPEN and len(suspicion.reports) >= max(
            _GROWN * suspicion.told, _WORTH_TELLING
        ):
            outcome = "suspicion_grown"
        if outcome:
            suspicion = replace(suspicion, told=len(suspicion.reports))
        session.suspicions.update(suspicion)
        if outcome:
            self._tell(session, suspicion, outcome, now)

    def _tell(self, session: Session, suspicion: Suspicion, outcome: str, now: datetime) -> None:
        detail = {"text": suspicion.about, "id": str(len(suspicion.reports))}
        DeskTeller(session, now, self.new_id).tell_others("", suspicion.ref, outcome, detail)

    def _note(self, suspicion: Suspicion, report: Report, conversation_id: str, now: datetime) -> OutboxRecord:
        """The note for the desk's own list, which is there also where nobody of the desk talks to the bot."""
        summary = self.words(
            f"outcome.{_raised(suspicion)}",
            ref=suspicion.ref,
            text=suspicion.about,
            id=str(len(suspicion.reports)),
            virksomhet=self._name(suspicion.alone),
        )
        return note_to_desk(self.new_id(), f"desk {suspicion.ref}", conversation_id, report.person, summary, now)

    def _name(self, virksomhet: str) -> str:
        known = self.library().organisation.virksomheter.get(virksomhet)
        return known.name if known else virksomhet

    def _let_lapse(self, session: Session, now: datetime) -> None:
        for suspicion in session.suspicions.open():
            if suspicion.updated_at < now - _LAPSES_AFTER:
                session.suspicions.update(replace(suspicion, status=SuspicionStatus.LAPSED))

    def _about(self, session: Session, finding: Finding, report: Report) -> str:
        """The subject as people read it; a word alone tells little, so the first report's title stands for it."""
        system = system_of(finding.subject)
        if system is not None:
            return system
        first = session.cases.get(finding.reports[-1].ref)
        if finding.subject == report.about and first is not None:
            return first.form_title
        return first.title if first is not None else finding.subject

    def _report(self, case: Case) -> Report:
        library = self.library()
        text = case.description.partition("\n\n")[0]  # the person's own words; the answers stand below
        # What was taken out of two reports is nothing that they have in common.
        terms = library.matcher.terms(without_masks(f"{case.title}\n{text}"))
        system = case.answers.get("system")
        if not isinstance(system, str) or not system:
            named = {f"={one.name}" for one in library.systems}
            system = next((term[1:] for term in terms if term in named), None)
        own = set(library.matcher.terms(system)) if system else set()
        return Report(
            ref=case.ref,
            at=case.created_at,
            person=case.reporter.id,
            # "Vet ikke" is no virksomhet that people share.
            virksomhet=place if (place := case.reporter.virksomhet) in library.organisation.virksomheter else "",
            system=system,
            form=case.form_id,
            words=tuple(term for term in terms if term not in own),
            wide=case.answers.get("extent") in _WIDE,
            whole=case.critical
            and case.answers.get("extent") == Extent.SEVERAL_LOCATIONS
            and case.answers.get("outage") == Outage.FULL,
        )


def _may_spread(suspicion: Suspicion) -> bool:
    return bool(suspicion.alone) and suspicion.status is SuspicionStatus.OPEN


def _raised(suspicion: Suspicion) -> str:
    return "suspicion_alone" if suspicion.alone else "suspicion_raised"


def _suspects(session: Session, subject: str, reports: Sequence[Report]) -> list[Suspect]:
    found, of_system = [], system_of(subject) is not None
    for report in reports:
        case = session.cases.get(report.ref)
        if case is not None:
            reporter = case.reporter
            unnamed = of_system and report.system is None
            found.append(Suspect(case.ref, case.created_at, case.title, reporter.virksomhet, reporter.role, unnamed))
    return found
