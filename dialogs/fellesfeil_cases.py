"""Which reported faults belong together with a fellesfeil, and which of them should be its hovedsak (G 5.1.2.2).

A proposal for the desk, who decides: a fault fits when it names a system the notice names, or shares several of its
words, and began to be reported about when the fault did.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from dialogs.case import Case, Notice, Role, Status
from dialogs.notice_fit import matter_of, systems_in
from knowledge.systems import SystemRegister

_BEFORE = timedelta(hours=4)
"""Reports may come before the time that the notice gives as the beginning."""


def members(faults: Iterable[Case], notice: Notice) -> tuple[Case, ...]:
    """Those that belong to it already and are still open."""
    return tuple(case for case in faults if case.fellesfeil == notice.ref and case.is_open)


def fitting(faults: Iterable[Case], notice: Notice, systems: SystemRegister) -> tuple[Case, ...]:
    """Those that belong to no fellesfeil yet and seem to be about this one; not what lies with an own 1.linje."""
    matter = matter_of(notice, systems)
    found = []
    for case in faults:
        if case.fellesfeil or case.first_line or not case.is_open or case.kind != "support":
            continue
        if case.created_at < notice.since - _BEFORE:
            continue
        told = f"{case.title} {case.answers.get('system', '')}"
        if matter.is_in(told, case.description, systems_in(told, systems)):
            found.append(case)
    return tuple(found)


def as_hovedsak(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Those that can be the hovedsak, the best first: the forvalter's, then the one reported first."""
    able = [case for case in cases if case.status not in (Status.RECEIVED, Status.SENT) and not case.first_line]
    return tuple(sorted(able, key=lambda case: (case.reporter.role != Role.FORVALTER, case.created_at, case.ref)))
