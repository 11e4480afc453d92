"""Who may do what: a table of every effect and every kind of person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.authority import check
from dialogs.case import Case, Role
from dialogs.effects import (
    CommentCase,
    Effect,
    HandOver,
    OpenCase,
    PublishNotice,
    RememberProfile,
    UndoCase,
    UpdateNotice,
    WithdrawCase,
)
from knowledge.errors import NotAllowed
from tests.bot.samples import a_case, a_notice

CASE = replace(a_case(), followers=("per",))
ALL_BUT_USS = frozenset(Role) - {Role.USS}


@pytest.mark.parametrize(
    ("effect", "person", "roles", "case", "allowed"),
    [
        (PublishNotice(a_notice()), "ulla", {Role.USS}, None, True),
        (PublishNotice(a_notice()), "ulla", ALL_BUT_USS, None, False),
        (PublishNotice(a_notice()), "ulla", {"USS", "admin"}, None, False),
        (UpdateNotice(a_notice()), "ulla", {Role.USS}, None, True),
        (UpdateNotice(a_notice()), "ulla", set(), None, False),
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
        (RememberProfile("BGO"), "kari", set(), None, True),
        (HandOver("desk", "Hei"), "kari", set(), None, True),
    ],
)
def test_table(effect: Effect, person: str, roles: set[str], case: Case | None, allowed: bool) -> None:
    if allowed:
        check(effect, person, roles, case)
    else:
        with pytest.raises(NotAllowed):
            check(effect, person, roles, case)
