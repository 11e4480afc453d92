"""Who may do what: a table of every effect and every kind of person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.authority import check
from dialogs.case import Case, Role, Status
from dialogs.effects import (
    AskForProblemCase,
    AskReporter,
    AttachCases,
    AttachFiles,
    ChangeFollower,
    CommentCase,
    DetachCase,
    Effect,
    HandOver,
    Move,
    MoveCase,
    MuteCase,
    NoteChoice,
    OpenCase,
    PassOn,
    PublishNotice,
    RememberProfile,
    ReopenCase,
    SayWhetherItWorks,
    SetHovedsak,
    SettleProblemTask,
    SolveCase,
    TellCases,
    UndoCase,
    UpdateNotice,
    WithdrawCase,
)
from dialogs.problem_task import ProblemTask
from knowledge.errors import NotAllowed
from tests.bot.samples import KARI, MONDAY, a_case, a_notice

CASE = replace(a_case(), followers=("per",))
PROBLEM = ProblemTask("D-2026-0001", "AKS er nede", "Tittel", "Ulla", MONDAY)
PROPOSED = replace(CASE, status=Status.SOLUTION_PROPOSED)
ALL_BUT_USS = frozenset(Role) - {Role.USS}


@pytest.mark.parametrize(
    ("effect", "person", "roles", "case", "allowed"),
    [
        (PublishNotice(a_notice()), "ulla", {Role.USS}, None, True),
        (PublishNotice(a_notice()), "ulla", ALL_BUT_USS, None, False),
        (PublishNotice(a_notice()), "ulla", {"USS", "admin"}, None, False),
        (PublishNotice(a_notice()), "rolf", {Role.USS, Role.RM}, None, False),
        (PublishNotice(a_notice()), "rolf", {Role.USS, Role.RM, Role.IM}, None, True),
        (UpdateNotice(a_notice()), "rolf", {Role.USS, Role.RM}, None, False),
        (UpdateNotice(a_notice()), "ulla", {Role.USS}, None, True),
        (UpdateNotice(a_notice()), "ulla", set(), None, False),
        (SetHovedsak(CASE.ref, "D-2026-0001"), "ulla", {Role.USS}, CASE, True),
        (SetHovedsak(CASE.ref, "D-2026-0001"), "kari", ALL_BUT_USS, CASE, False),
        (AttachCases((CASE.ref,), "D-2026-0001"), "ulla", {Role.USS}, None, True),
        (AttachCases((CASE.ref,), "D-2026-0001"), "kari", ALL_BUT_USS, None, False),
        (DetachCase(CASE.ref), "ulla", {Role.USS}, CASE, True),
        (DetachCase(CASE.ref), "kari", ALL_BUT_USS, CASE, False),
        (TellCases("D-2026-0001", "updated", "Nytt", "Nytt", MONDAY), "ulla", {Role.USS}, None, True),
        (TellCases("D-2026-0001", "updated", "Nytt", "Nytt", MONDAY), "ulla", ALL_BUT_USS, None, False),
        (AskForProblemCase(PROBLEM), "ulla", {Role.USS}, None, True),
        (AskForProblemCase(PROBLEM), "ulla", ALL_BUT_USS, None, False),
        (SettleProblemTask("D-2026-0001", True, "P1"), "ulla", {Role.USS}, None, True),
        (SettleProblemTask("D-2026-0001", True, "P1"), "ulla", ALL_BUT_USS, None, False),
        (SayWhetherItWorks(CASE.ref, True, "", ""), "kari", set(), CASE, True),
        (SayWhetherItWorks(CASE.ref, True, "", ""), "per", set(), CASE, False),
        (SayWhetherItWorks(CASE.ref, True, "", ""), "ulla", {Role.USS}, CASE, False),
        (OpenCase(a_case()), "kari", set(), None, True),
        (OpenCase(a_case()), "ulla", {Role.USS}, None, False),
        (UndoCase(CASE.ref), "kari", set(), CASE, True),
        (UndoCase(CASE.ref), "per", set(), CASE, False),
        (UndoCase(CASE.ref), "ulla", {Role.USS}, CASE, False),
        (UndoCase(CASE.ref), "kari", set(), None, False),
        (WithdrawCase(CASE.ref), "kari", set(), CASE, True),
        (WithdrawCase(CASE.ref), "per", {Role.USS}, CASE, False),
        (CommentCase(CASE.ref, "Hei"), "kari", set(), CASE, True),
        (CommentCase(CASE.ref, "Hei"), "per", set(), CASE, True),
        (CommentCase(CASE.ref, "Hei"), "ulla", {Role.USS}, CASE, True),
        (CommentCase(CASE.ref, "Hei"), "ulla", ALL_BUT_USS, CASE, False),
        (CommentCase(CASE.ref, "Hei"), "ulla", {Role.USS}, None, False),
        (MoveCase(CASE.ref, Move.ACCEPT), "kari", set(), PROPOSED, True),
        (MoveCase(CASE.ref, Move.REJECT), "kari", set(), PROPOSED, True),
        (MoveCase(CASE.ref, Move.REOPEN), "kari", set(), PROPOSED, False),
        (MoveCase(CASE.ref, Move.REOPEN), "kari", set(), replace(CASE, status=Status.SOLVED), True),
        (MoveCase(CASE.ref, Move.ACCEPT), "kari", set(), CASE, False),
        (MoveCase(CASE.ref, Move.ACCEPT), "per", {Role.USS}, PROPOSED, False),
        (MoveCase(CASE.ref, Move.ACCEPT), "kari", set(), replace(PROPOSED, route="1.linje BGO"), False),
        (MuteCase(CASE.ref, True), "kari", set(), CASE, True),
        (MuteCase(CASE.ref, True), "per", set(), CASE, True),
        (MuteCase(CASE.ref, True), "ola", set(), CASE, False),
        (ChangeFollower(CASE.ref, "ola@oslo.example", True), "kari", set(), CASE, True),
        (ChangeFollower(CASE.ref, "per", False), "kari", set(), CASE, True),
        (ChangeFollower(CASE.ref, "per", False), "per", set(), CASE, True),
        (ChangeFollower(CASE.ref, "ola@oslo.example", True), "per", {Role.USS}, CASE, False),
        (ChangeFollower(CASE.ref, "ola", False), "per", set(), CASE, False),
        (ChangeFollower(CASE.ref, "ola", False), "ola", set(), CASE, False),
        (ChangeFollower(CASE.ref, "ola", False), "ola", set(), None, False),
        (AttachFiles(CASE.ref, ()), "kari", set(), CASE, True),
        (AttachFiles(CASE.ref, ()), "per", set(), CASE, True),
        (AttachFiles(CASE.ref, ()), "ulla", ALL_BUT_USS, CASE, False),
        (RememberProfile("BGO"), "kari", set(), None, True),
        (HandOver("desk", "Hei"), "kari", set(), None, True),
        (NoteChoice("Hei", 1, "ask", 2), "kari", set(), None, True),
    ],
)
def test_table(effect: Effect, person: str, roles: set[str], case: Case | None, allowed: bool) -> None:
    if allowed:
        check(effect, person, roles, case)
    else:
        with pytest.raises(NotAllowed):
            check(effect, person, roles, case)


AT_FIRST_LINE = replace(a_case(), route="1.linje BGO")
SOLVED = replace(AT_FIRST_LINE, status=Status.SOLVED)
LARS = replace(KARI, id="lars")
NEW = replace(a_case("L-2026-000002", LARS), moved_from=AT_FIRST_LINE.ref)
IN_THE_INBOX = (
    AskReporter(AT_FIRST_LINE.ref, "Hva?"),
    SolveCase(AT_FIRST_LINE.ref, "Slik"),
    PassOn(AT_FIRST_LINE.ref, NEW),
)


def allowed(effect: Effect, person: str, case: Case | None, first_line_of: set[str]) -> bool:
    try:
        check(effect, person, {Role.FORSTELINJE}, case, first_line_of)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("effect", IN_THE_INBOX)
class TestTheInbox:
    """G 3.2.1: a case is handled by the 1.linje of the reporter's own virksomhet"""

    def test_by_the_own_first_line(self, effect: Effect) -> None:
        assert allowed(effect, "lars", AT_FIRST_LINE, {"BGO"})
        assert allowed(effect, "lars", replace(AT_FIRST_LINE, status=Status.IN_PROGRESS), {"HEL", "BGO"})

    def test_not_by_that_of_another_virksomhet_nor_by_a_role_without_a_place(self, effect: Effect) -> None:
        assert not allowed(effect, "lars", AT_FIRST_LINE, {"HEL"})
        assert not allowed(effect, "lars", AT_FIRST_LINE, set())

    def test_not_by_the_reporter(self, effect: Effect) -> None:
        assert not allowed(effect, "kari", AT_FIRST_LINE, set())

    def test_not_a_case_that_is_over_elsewhere_or_unknown(self, effect: Effect) -> None:
        for status in (Status.SOLVED, Status.CLOSED, Status.WITHDRAWN, Status.MOVED):
            assert not allowed(effect, "lars", replace(AT_FIRST_LINE, status=status), {"BGO"})
        assert not allowed(effect, "lars", a_case(), {"BGO", ""})
        assert not allowed(effect, "lars", None, {"BGO", ""})


def test_a_case_is_passed_on_in_ones_own_name_and_as_itself() -> None:
    assert not allowed(PassOn(AT_FIRST_LINE.ref, replace(NEW, reporter=KARI_REPORTS)), "lars", AT_FIRST_LINE, {"BGO"})
    assert not allowed(PassOn(AT_FIRST_LINE.ref, replace(NEW, moved_from=None)), "lars", AT_FIRST_LINE, {"BGO"})


KARI_REPORTS = a_case().reporter


def test_the_reporter_alone_reopens_what_first_line_solved() -> None:
    effect = ReopenCase(SOLVED.ref, "Nei")
    assert allowed(effect, "kari", SOLVED, set())
    assert not allowed(effect, "lars", SOLVED, {"BGO"})
    assert not allowed(effect, "kari", AT_FIRST_LINE, set())
    assert not allowed(effect, "kari", replace(a_case(), status=Status.SOLVED), set())
    assert not allowed(effect, "kari", None, set())


def test_a_follower_may_be_named_by_address_whatever_its_capitals() -> None:
    case = replace(a_case(), followers=("Ola@Oslo.example",))
    check(CommentCase(case.ref, "Hei"), "p-7", (), case, (), "ola@oslo.EXAMPLE")
    for email in ("", "per@oslo.example"):
        with pytest.raises(NotAllowed):
            check(CommentCase(case.ref, "Hei"), "p-7", (), case, (), email)
