"""The reporter's answer to a solution, carried out where the tenant has confirmed a way, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.kompass.names import Names, load_names
from dialogs.case import Case
from dialogs.effects import Move
from knowledge.errors import PermanentFailure, PortError
from tests.bot.kompass.conftest import End
from tests.bot.samples import a_case
from tests.fake_kompass.faults import Fault

CONFIRMED = "accepted_phase: Close\nrejected_phases: {support: FirstLine, service: Fulfill}\n"


@pytest.fixture
async def case(end: End, tmp_path: Path) -> Case:
    """A case with a proposed solution, at a tenant that has confirmed how it is answered."""
    file = tmp_path / "names.yaml"
    file.write_text(CONFIRMED)
    end.settings = replace(end.settings, kompass_fields_file=file)
    await end.restarted()
    end.fake.world.answers_by_phase = True
    case = replace(a_case(), kompass=(await end.cases.open(a_case(), "key-1")).link)
    phase(end, "Accept")
    return case


def phase(end: End, to: str = "") -> str:
    (request,) = end.fake.world.requests
    if to:
        end.fake.world.update("Request", {"Id": request["Id"], "PhaseId": to})
    return str(request["PhaseId"])


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.CLOSED, Fault.LOGIN_PAGE, Fault.BAD_GATEWAY])
@pytest.mark.parametrize(("move", "wanted"), [(Move.ACCEPT, "Close"), (Move.REJECT, "FirstLine")])
async def test_an_answer_that_was_lost_is_given_once(
    end: End, case: Case, move: Move, wanted: str, fault: Fault, done: bool
) -> None:
    end.fake.faults.order("ems/bulk", fault, done=done, times=4)
    for _ in range(6):
        try:
            await end.cases.move(case, move, "key-2")
            break
        except PortError:
            await end.restarted()
    assert phase(end) == wanted


async def test_a_solved_case_is_opened_again_by_its_kind(end: End, case: Case) -> None:
    phase(end, "Review")
    await end.cases.move(replace(case, kind="service"), Move.REOPEN, "key-2")
    assert phase(end) == "Fulfill"


async def test_a_case_that_others_have_moved_is_left_where_it_is(end: End, case: Case) -> None:
    phase(end, "Escalate")
    with pytest.raises(PermanentFailure, match="another phase"):
        await end.cases.move(case, Move.ACCEPT, "key-2")
    assert phase(end) == "Escalate"


async def test_without_the_tenants_word_nothing_is_moved(end: End) -> None:
    case = replace(a_case(), kompass=(await end.cases.open(a_case(), "key-1")).link)
    phase(end, "Accept")
    seen = len(end.fake.seen)
    with pytest.raises(PermanentFailure, match="not confirmed"):
        await end.cases.move(case, Move.ACCEPT, "key-2")
    assert phase(end) == "Accept"
    assert all(method == "GET" for method, _ in end.fake.seen[seen:])


def test_both_ways_must_be_confirmed(tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    assert not Names().takes_answers
    for text, confirmed in (
        (CONFIRMED, True),
        ("accepted_phase: Close", False),
        ("accepted_phase: Close\nrejected_phases: {support: FirstLine}", False),
    ):
        file.write_text(text)
        assert load_names(file).takes_answers is confirmed
