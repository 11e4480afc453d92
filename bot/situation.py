"""What the engine sees of the world in a turn, read in the turn's own transaction (`dialogs.turn.Situation`).

Each question is answered by an index, and what only some may see is not even read for the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.notices.settling import unsettled_posts
from bot.personal_links import PersonalLinks
from bot.store.port import Session
from dialogs.case import FELLESFEIL, Notice, Person, Role
from dialogs.notice_text import seen_by
from dialogs.turn import CaseTool, Situation, no_link
from knowledge.notice_reach import NoticeReach

# How many of a person's cases the engine sees; more than this nobody picks from a list.
_CASES_SHOWN = 20
# How many cases of an inbox the engine sees: those beyond the listed ones are opened by their reference.
_INBOX_SEEN = 60
# How far back USS sees faults that may belong together.
_FAULTS_SINCE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class SituationReader:
    """The arguments are those of `TurnService`."""

    clock: Callable[[], datetime]
    case_tool: Callable[[Session], CaseTool]
    reach: NoticeReach
    links: PersonalLinks

    def by(self, session: Session, person: Person, *, alone: bool) -> Situation:
        """What this person may see now. alone: whether nobody else reads the conversation."""
        now, of_desk = self.clock(), Role.USS in person.roles
        notices = self._notices(session, person)
        suspicions = session.suspicions.open() if of_desk else ()
        together = of_desk and (bool(suspicions) or any(notice.type == FELLESFEIL for notice in notices))
        return Situation(
            person=person,
            now=now,
            next_case_ref=session.cases.next_ref(now.year),
            next_notice_ref=session.notices.next_ref(now.year),
            cases=session.cases.of_person(person.id, _CASES_SHOWN, person.email),
            notices=notices,
            waiting=session.notices.unpublished() if of_desk else (),
            inbox=session.cases.inbox(person.first_line_of, _INBOX_SEEN) if person.first_line_of else (),
            unsettled=unsettled_posts(session) if of_desk else (),
            proposed=session.proposed_lines.all() if of_desk else (),
            faults=session.fellesfeil.faults(now - _FAULTS_SINCE) if together else (),
            problems=session.fellesfeil.problems() if of_desk else (),
            insight_url=self.links.to_insight(person.id) if of_desk and alone else "",
            file_link=partial(self.links.to_file, person.id) if alone else no_link,
            alone=alone,
            suspicions=suspicions,
            next_suspicion_ref=session.suspicions.next_ref(now.year) if of_desk else "",
            to_verify=session.fellesfeil.to_verify(person.id),
            affected_by=session.affected.of_person(person.id),
            affected=session.affected.counts() if of_desk else {},
            first_line_reads=session.people.first_line_reads(person.virksomhet, besides=person.id),
            case_tool=self.case_tool(session),
            muted=session.watched.muted_by(person.id),
        )

    def _notices(self, session: Session, person: Person) -> tuple[Notice, ...]:
        """The active ones, as far as the person may read them."""
        seen = (seen_by(notice, person.roles, self.reach) for notice in session.notices.active())
        return tuple(notice for notice in seen if notice is not None)
