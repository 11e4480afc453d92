"""Who may do what, checked where it happens.

The engine offers a person only what the roles allow, but its state may be old, a card's values can be forged, and a
role can be taken back between two turns. So every effect is checked again in the transaction that carries it out,
against the roles table and the stored case, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from dialogs.case import Case, Notice, NoticeStatus, Role, Status
from dialogs.effects import (
    ApproveNotice,
    AskForProblemCase,
    AskReporter,
    AttachCases,
    AttachFiles,
    ChangeFollower,
    CommentCase,
    ConfirmSuspicion,
    DetachCase,
    DismissSuspicion,
    DropNotice,
    Effect,
    Move,
    MoveCase,
    MuteCase,
    NoticeEffect,
    OpenCase,
    PassOn,
    PublishNotice,
    ReopenCase,
    ReportDelivery,
    SayWhetherItWorks,
    SendBackNotice,
    SetHovedsak,
    SettleProblemTask,
    SolveCase,
    SplitSuspicion,
    SubmitNotice,
    TakeOutReports,
    TellCases,
    UndoCase,
    UpdateNotice,
    WithdrawCase,
)
from dialogs.notice_steps import is_wider, with_facts
from dialogs.proposed_line import ApproveLine, DropLine, ProposedLine, SendBackLine, SubmitLine
from dialogs.roles import may_publish_notices
from dialogs.unsettled_post import SettlePost
from knowledge.errors import NotAllowed
from knowledge.notice_reach import NoticeReach


def check(
    effect: Effect,
    person_id: str,
    granted: Collection[str],
    case: Case | None,
    first_line_of: Collection[str] = (),
    email: str = "",
) -> None:
    """Raise NotAllowed unless the person may have this effect carried out.

    granted: the roles the person holds by the roles table at this moment (`dialogs/roles.py`). case: the stored case
    an effect names, None when there is none. first_line_of: the virksomheter whose 1.linje the roles table says the
    person is. email: the person's address as the channel knows it, by which he may be named as a follower.
    """
    own = case is not None and case.reporter.id == person_id
    match effect:
        case PublishNotice() | UpdateNotice() | SubmitNotice() | DropNotice():
            # Fellesfeil are told by the desk: its incident manager, or whoever is alone on duty (G 2.2, 4.3, 5.1.2.2).
            _demand(may_publish_notices(granted), "only the desk's incident manager publishes notices")
        case SubmitLine() | DropLine() | SettlePost():
            _demand(may_publish_notices(granted), "only the desk's incident manager goes on with notices")
        case ApproveNotice() | SendBackNotice() | ApproveLine() | SendBackLine():
            _demand(Role.USS in granted, "only the desk approves notices")
        case SetHovedsak() | AttachCases() | DetachCase() | TellCases() | AskForProblemCase() | SettleProblemTask():
            _demand(Role.USS in granted, "only the desk handles the cases of a fellesfeil")
        case ConfirmSuspicion() | TakeOutReports() | SplitSuspicion() | DismissSuspicion():
            _demand(Role.USS in granted, "only the desk decides about a suspicion")
        case SayWhetherItWorks():
            _demand(own, "only the reporter says whether it works")
        case ReportDelivery():
            _demand(Role.USS in granted, "only the desk sees whom a notice has reached")
        case OpenCase():
            _demand(effect.case.reporter.id == person_id, "a case is opened in one's own name")
        case AskReporter() | SolveCase() | PassOn():
            # Who reports to 1.linje reports to the own virksomhet's, and to nobody else (G 3.2.1).
            inbox = case is not None and case.is_open and case.first_line != "" and case.first_line in first_line_of
            _demand(inbox, "only a virksomhet's own 1.linje handles its open cases")
            if isinstance(effect, PassOn):
                _demand(effect.case.reporter.id == person_id, "a case is opened in one's own name")
                _demand(effect.case.moved_from == effect.ref, "a case is passed on as itself")
        case ReopenCase():
            solved = case is not None and bool(case.first_line) and case.status is Status.SOLVED
            _demand(own and solved, "only the reporter reopens what the own 1.linje solved")
        case UndoCase() | WithdrawCase():
            _demand(own, "only the reporter takes a case back")
        case ChangeFollower():
            himself = not effect.follows and effect.follower.lower() in {person_id.lower(), email.lower()} - {""}
            follows = case is not None and case.is_followed_by(person_id, email)
            _demand(own or (himself and follows), "only the reporter changes who follows, and each may stop himself")
        case MoveCase():
            wanted = Status.SOLVED if effect.move is Move.REOPEN else Status.SOLUTION_PROPOSED
            answered = case is not None and case.status is wanted and not case.first_line
            _demand(own and answered, "only the reporter answers a solution that is proposed")
        case CommentCase() | AttachFiles() | MuteCase():
            takes_part = own or (case is not None and case.is_followed_by(person_id, email))
            _demand(takes_part or (case is not None and Role.USS in granted), "only those who see a case comment on it")


def check_notice(
    effect: NoticeEffect,
    person_id: str,
    stored: Notice | None,
    reach: NoticeReach,
    now: datetime,
    proposed: ProposedLine | None = None,
) -> None:
    """Raise NotAllowed unless a person of the desk (`check`) may do this to this notice: `stored`, None when it is new.

    The second person's approval counts only from somebody else, and for the very version that was seen. Once given it
    holds for what is said of the notice later. proposed: the line of it that waits, None when there is none.
    """
    status = stored.status if stored is not None else None
    others = stored is not None and stored.author_id != person_id
    match effect:
        case PublishNotice(notice):
            _demand(not reach.needs_approval(notice.groups, now), "a second person approves what reaches so many")
        case UpdateNotice(notice):
            same = stored is None or (stored.is_published and _may_reach(stored, notice.groups, reach))
            _demand(same, "an update goes where the notice was published, and to more groups of those who may read it")
            # Who approved it for some has not approved it for more.
            approved = stored.approved_by if stored is not None and not is_wider(stored, notice.groups) else ""
            _demand(stored is None or notice.approved_by == approved, "a notice is approved by somebody else")
            free = bool(notice.approved_by) or not reach.needs_approval(notice.groups, now)
            _demand(free, "a second person approves what reaches so many")
        case SubmitLine(line):
            _demand(status is NoticeStatus.ACTIVE, "a line is added to a notice that stands")
            _demand(line.author_id == person_id, "a line is submitted by its author")
            more = stored is not None and _may_reach(stored, with_facts(stored, line.changes).groups, reach)
            _demand(more, "a line goes where the notice was published, and to more groups of those who may read it")
            _demand(proposed is None or proposed.author_id == person_id, "one line waits at a time")
        case ApproveLine() | SendBackLine():
            _demand(status is NoticeStatus.ACTIVE, "a line is added to a notice that stands")
            _demand(proposed is not None and not proposed.reason, "a line is decided about while it waits")
            _demand(proposed is not None and proposed.author_id != person_id, "a line is approved by somebody else")
            if isinstance(effect, ApproveLine):
                _demand(proposed is not None and proposed.line.at == effect.seen, "what is approved is what was seen")
        case DropLine():
            _demand(proposed is not None, "only a line that waits is dropped")
        case SubmitNotice(notice):
            own = stored is None or (not others and status is NoticeStatus.SENT_BACK)
            _demand(own and notice.author_id == person_id, "a notice is submitted by its author")
        case ApproveNotice():
            _demand(others and status is NoticeStatus.WAITING, "a notice is approved by somebody else, while it waits")
            _demand(stored is not None and stored.updated_at == effect.seen, "what is approved is what was seen")
        case SendBackNotice():
            _demand(others and status is NoticeStatus.WAITING, "a notice is sent back by somebody else, while it waits")
        case DropNotice():
            unpublished = status in (NoticeStatus.WAITING, NoticeStatus.SENT_BACK)
            _demand(unpublished, "only what is not published is dropped")


def _may_reach(notice: Notice, groups: Collection[str], reach: NoticeReach) -> bool:
    """What was published stays where it is, and what was written for closed groups alone is never opened later."""
    opened = reach.shows_on_portal(groups) and not reach.shows_on_portal(notice.groups)
    return set(notice.groups) <= set(groups) <= set(reach.groups) | set(notice.groups) and not opened


def _demand(allowed: bool, rule: str) -> None:
    if not allowed:
        raise NotAllowed(rule)
