"""What one turn takes in and gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.case import Case, Notice, Person
from dialogs.effects import Effect
from dialogs.problem_task import ProblemTask
from dialogs.proposed_line import ProposedLine
from dialogs.replies import Reply
from dialogs.state import State
from dialogs.suspicion import Suspicion
from dialogs.unsettled_post import UnsettledPost
from knowledge.matching import Decision


@dataclass(frozen=True, slots=True)
class CaseTool:
    """The case system, as the bot room finds it at this moment.

    answers: whether it can be reached. seen_at: when the cases were last looked at there; None when that is not known.
    takes_answers: whether a proposed solution may be accepted and rejected from here, which its owner must confirm.
    """

    answers: bool = True
    seen_at: datetime | None = None
    takes_answers: bool = False


def no_link(_ref: str, _number: int) -> str:
    """Where no page is served, or others read along, there is no link to a file."""
    return ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the bot room knows at this moment, read in the same transaction that will write the turn.

    now: aware, Europe/Oslo. next_case_ref / next_notice_ref / next_suspicion_ref: the reference the next opened one
    will get ("L-2026-000123", "D-2026-0007", "M-2026-0002"; the last for USS alone). cases: the person's own and
    followed ones, newest first, at most 20. notices: all active ones, as far as the person may read them. waiting:
    those to be approved or sent back, oldest first, empty for all but USS. proposed: likewise, lines of published
    notices. unsettled: likewise, posts that failed or that nobody can look up. inbox: open cases of the 1.linje the
    person is granted to be, newest first, at most 60; empty for everyone else. first_line_reads: whether anyone of
    the 1.linje in the person's virksomhet reads its inbox here.
    case_tool: where the cases are handled. muted: references of the cases whose quiet news the person is spared.
    faults: for USS alone, during a fellesfeil or a suspicion of one: its cases and other faults reported to the desk
    lately, oldest first.
    problems: for USS alone, problem cases that are still to be made. to_verify: those of the person's own cases whose
    fellesfeil is resolved and of which nobody has said whether it works. affected_by: the active notices that hit the
    person by his own word. affected: for USS alone, how many people that is, by notice. insight_url:
    for USS alone and where nobody else reads, the person's own link to the numbers. suspicions: for USS
    alone, those nobody has decided about, newest first. alone: nobody else reads the conversation; in a group the
    bot hears only what it is mentioned in. file_link: the person's own link to a file of a case, by reference and
    number from 1; empty where there is none.
    """

    person: Person
    now: datetime
    next_case_ref: str
    next_notice_ref: str
    cases: tuple[Case, ...] = ()
    notices: tuple[Notice, ...] = ()
    waiting: tuple[Notice, ...] = ()
    proposed: tuple[ProposedLine, ...] = ()
    unsettled: tuple[UnsettledPost, ...] = ()
    inbox: tuple[Case, ...] = ()
    first_line_reads: bool = False
    case_tool: CaseTool = field(default_factory=CaseTool)
    muted: frozenset[str] = frozenset()
    faults: tuple[Case, ...] = ()
    problems: tuple[ProblemTask, ...] = ()
    insight_url: str = ""
    suspicions: tuple[Suspicion, ...] = ()
    next_suspicion_ref: str = ""
    to_verify: frozenset[str] = frozenset()
    affected_by: frozenset[str] = frozenset()
    affected: Mapping[str, int] = field(default_factory=dict)
    alone: bool = True
    file_link: Callable[[str, int], str] = no_link


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state, what to say (at least one reply), and what to do. To be stored in one transaction, then sent.

    decided: what the matcher made of a new need in this turn; None when there was none.
    """

    state: State
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()
    decided: Decision | None = None
