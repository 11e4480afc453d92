"""What a turn wants done. The bot room writes effects in the same transaction as state and replies, then acts.

An effect is a wish, not a right: the bot room checks the person's granted roles again where it happens
(`bot/authority.py`), since state and card values can be forged and roles can be revoked between two turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialogs.case import Case, Notice
from dialogs.events import Attachment
from dialogs.problem_task import ProblemTask
from dialogs.proposed_line import LineEffect
from dialogs.unsettled_post import SettlePost


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Store the case and send it to the case system. `case.ref` came from Situation.next_case_ref."""

    case: Case


@dataclass(frozen=True, slots=True)
class UndoCase:
    """Take the case back before it was sent on: it never reaches the case system."""

    ref: str


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """Tell the case system that the reporter no longer wants the case handled."""

    ref: str


@dataclass(frozen=True, slots=True)
class CommentCase:
    """Add a comment to a case; the text begins with whom it is for (G 5.1). attachments: files that come with it."""

    ref: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachFiles:
    """Add files to a case that is opened, without a word."""

    ref: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class ChangeFollower:
    """Somebody is to follow a case, or no longer. follower: an e-mail address; one taken off may also be our id."""

    ref: str
    follower: str
    follows: bool


class Move(StrEnum):
    """What the reporter answers to what others call solved."""

    ACCEPT = "accept"
    REJECT = "reject"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class MoveCase:
    """Move a case on in the case system, after the answer has been said in it."""

    ref: str
    move: Move


@dataclass(frozen=True, slots=True)
class MuteCase:
    """Spare the person the quiet news of a case, or (not muted) tell them again."""

    ref: str
    muted: bool


@dataclass(frozen=True, slots=True)
class AskReporter:
    """1.linje asks the reporter of a case in its inbox (G 5.2: questions about a case are asked in the case)."""

    ref: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class SolveCase:
    """1.linje answers a case in its inbox, and with that it is solved."""

    ref: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """The reporter says that what 1.linje called solved is not; a rejection needs a reason (G 5.1.2.1)."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class PassOn:
    """1.linje sends a case of its inbox (`ref`) on to the form's route as the new `case` (G 3.2.1).

    One effect, so that the new case is never opened without the old one being moved.
    """

    ref: str
    case: Case


@dataclass(frozen=True, slots=True)
class PublishNotice:
    """Publish to every group of the notice, and on Kundeportalen when one of them is open (USS only)."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class UpdateNotice:
    """Replace a published notice by this version; its history has the new line (USS only)."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class SubmitNotice:
    """Keep a notice until another one of the desk has approved it (USS only); its author may submit it again."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class ApproveNotice:
    """Publish a notice somebody else has submitted: the version last changed at `seen`, and no other."""

    ref: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class SendBackNotice:
    """Give a submitted notice back to its author, who is told why."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class DropNotice:
    """Give up a notice that is not published."""

    ref: str


@dataclass(frozen=True, slots=True)
class SetHovedsak:
    """Make a case the hovedsak of a fellesfeil; the others of it become its undersaker (USS only, G 5.1.2.2)."""

    ref: str
    fellesfeil: str


@dataclass(frozen=True, slots=True)
class AttachCases:
    """Let these cases belong to a fellesfeil, as undersaker where it has a hovedsak (USS only)."""

    refs: tuple[str, ...]
    fellesfeil: str


@dataclass(frozen=True, slots=True)
class DetachCase:
    """A case does not belong to its fellesfeil after all (USS only)."""

    ref: str


@dataclass(frozen=True, slots=True)
class TellCases:
    """What is new about a fellesfeil, for every case that belongs to it and for who reported it (USS only).

    kind: updated, resolved, for_now (until the root cause is mended) or withdrawn. text: what reporters are told.
    comment: the public comment on each case, in bokmål. remind_at: when those are reminded who have not said whether it
    works after it is resolved.
    """

    fellesfeil: str
    kind: str
    text: str
    comment: str
    remind_at: datetime


@dataclass(frozen=True, slots=True)
class SayWhetherItWorks:
    """The reporter's answer after a fellesfeil is resolved. comment: what is written in the case, in bokmål.

    True closes the case as verified; False lets it go on as a case of its own.
    """

    ref: str
    works: bool
    text: str
    comment: str


@dataclass(frozen=True, slots=True)
class AskForProblemCase:
    """A fellesfeil was mended for the time being only: keep the task to make a problem case (USS only, G 5.1.2.5)."""

    task: ProblemTask


@dataclass(frozen=True, slots=True)
class SettleProblemTask:
    """The problem case is made, with this number, or is not needed, for this reason (USS only)."""

    fellesfeil: str
    made: bool
    note: str


@dataclass(frozen=True, slots=True)
class AffectedBy:
    """Count the person among those a notice hits, and tell him of each update."""

    ref: str


@dataclass(frozen=True, slots=True)
class MuteNotices:
    """Tell the person nothing more of this notice (`ref`), or of any when it is empty."""

    ref: str = ""


@dataclass(frozen=True, slots=True)
class ReportDelivery:
    """Tell the person how far a notice has got (USS only)."""

    ref: str


@dataclass(frozen=True, slots=True)
class RememberProfile:
    """Remember what the person said of himself for the next time; gives no right."""

    virksomhet: str | None = None
    said_role: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class NoteChoice:
    """Note which form was proposed for a message and which was chosen, so that the matching can be reviewed.

    text: after the privacy guard, at most 500 characters; nothing says whose it is. proposed: the form the matcher had
    first. decision: "answer", "ask" or "none". chosen: None when none of the forms was right. confirmed: a case is
    opened with it.
    """

    text: str
    proposed: int | None
    decision: str
    chosen: int | None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Delete what is kept about the person beside cases: profile, conversations, stored answers, hand-overs."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A person must take over: the summary goes to the desk (or own 1.linje) as `to` says ("desk" | "1linje")."""

    to: str
    summary: str


@dataclass(frozen=True, slots=True)
class ConfirmSuspicion:
    """A suspicion is the fellesfeil of this notice, whether it was written for it or stood before (USS only).

    Its reports become cases of the fellesfeil, the proposed one its hovedsak where it has none.
    """

    ref: str
    fellesfeil: str


@dataclass(frozen=True, slots=True)
class TakeOutReports:
    """These cases (`refs`) do not belong to the suspicion, and to no other (USS only)."""

    ref: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitSuspicion:
    """These cases (`refs`), not all of them, are another fault: a suspicion of their own called `new_ref` (USS only).

    `new_ref` came from Situation.next_suspicion_ref.
    """

    ref: str
    refs: tuple[str, ...]
    new_ref: str


@dataclass(frozen=True, slots=True)
class DismissSuspicion:
    """A suspicion is no fellesfeil, for this reason (USS only)."""

    ref: str
    reason: str


SuspicionEffect = ConfirmSuspicion | TakeOutReports | SplitSuspicion | DismissSuspicion

NoticeEffect = PublishNotice | UpdateNotice | SubmitNotice | ApproveNotice | SendBackNotice | DropNotice | LineEffect
"""What only the desk may want."""

Effect = (
    OpenCase
    | AffectedBy
    | MuteNotices
    | ReportDelivery
    | UndoCase
    | WithdrawCase
    | CommentCase
    | AttachFiles
    | ChangeFollower
    | MoveCase
    | MuteCase
    | AskReporter
    | SolveCase
    | ReopenCase
    | PassOn
    | PublishNotice
    | UpdateNotice
    | SubmitNotice
    | ApproveNotice
    | SendBackNotice
    | DropNotice
    | LineEffect
    | SettlePost
    | SetHovedsak
    | AttachCases
    | DetachCase
    | TellCases
    | SayWhetherItWorks
    | AskForProblemCase
    | SettleProblemTask
    | SuspicionEffect
    | RememberProfile
    | NoteChoice
    | ForgetMe
    | HandOver
)
