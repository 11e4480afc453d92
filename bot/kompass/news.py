"""What is new in a case that others work on, and how much it matters. Pure.

Of what is told, some must be heard by everybody who waits for the case: a solution, a question, a refusal, an approval.
The rest is quiet: whoever has muted the case is spared it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.kompass.comments import PublicComment
from bot.kompass.estimates import hours_in
from bot.kompass.html import to_text
from bot.kompass.names import Names
from bot.store.records import Watch
from dialogs.case import OPEN, Case, Status

_QUIET = frozenset({Status.REGISTERED, Status.IN_PROGRESS, Status.SOLVED, Status.CLOSED})
_LONGEST = 1500
"""Of a comment or a solution, in a message; the whole stands in Kompass."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to tell. approval: it is answered in the approval case. Nobody is told what he has written himself."""

    outcome: str
    text: str
    quiet: bool
    to_reporter: bool = True
    approval: bool = False


def news_of(
    watch: Watch, case: Case, request: Mapping[str, Any], comments: Sequence[PublicComment], names: Names, now: datetime
) -> tuple[Case, tuple[Piece, ...]]:
    """The case as it is now, and what is told of it. request: the properties that were asked for."""
    requester = str(request.get(names.requested_by) or "")
    told = [
        Piece("case_answered", _cut(one.text), quiet=not one.asks, to_reporter=one.by != requester)
        for one in comments
        if one.id not in watch.comments and not one.ours
    ]
    if case.status not in OPEN and case.status is not Status.SOLVED:
        return case, tuple(told)
    moved, of_status = _status(watch, case, request, names, now)
    said = [one.text for one in comments if not one.ours and one.by != requester]
    waiting, of_approval = _approval(moved, request, hours_in(said), names, now)
    return waiting, (*told, *of_status, *of_approval)


def _status(
    watch: Watch, case: Case, request: Mapping[str, Any], names: Names, now: datetime
) -> tuple[Case, tuple[Piece, ...]]:
    """A phase without a word of ours changes nothing."""
    phase = str(request.get(names.phase) or "")
    word = names.phases.get(phase)
    status = Status(word) if word is not None else case.status
    solution = _cut(to_text(str(request.get("Solution") or "")))
    changed = status is not case.status and phase != watch.phase
    # A second proposal between two rounds leaves the phase as it was; its words tell it apart.
    another = status is case.status is Status.SOLUTION_PROPOSED and case.solution is not None
    if not changed and not (another and solution != case.solution):
        return case, ()
    proposed = solution if status is Status.SOLUTION_PROPOSED else None
    piece = Piece(f"case_now_{status.value}", solution, quiet=status in _QUIET)
    return replace(case, solution=proposed).with_status(status, now), (piece,)


def _approval(
    case: Case, request: Mapping[str, Any], hours: str, names: Names, now: datetime
) -> tuple[Case, tuple[Piece, ...]]:
    """G 5.1.4: an estimate waits for an approval. Its hours may come before the approval is asked for, or after."""
    waits = names.approval_phase == request.get(names.phase) or names.approval_status == request.get(names.status)
    if not waits:
        return (replace(case, estimate=None) if case.estimate is not None else case), ()
    if case.estimate is not None and (case.estimate or not hours):
        return case, ()
    outcome = "case_estimate" if hours else "case_approval"
    return replace(case, estimate=hours, updated_at=now), (Piece(outcome, hours, quiet=False, approval=True),)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
