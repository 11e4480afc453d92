"""Incident manager and request manager: both of the desk, notices are IM's, and RM's when he is alone (G 2.2, 4.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from dialogs.case import Role
from dialogs.roles import may_publish_notices, roles_held
from knowledge.opening_hours import Staffing, staffing
from tests.transcript import MONDAY, Transcript, library, person

EVENING = MONDAY.replace(hour=16)
NIGHT = MONDAY.replace(hour=23)


@pytest.mark.parametrize(
    ("granted", "at", "publishes"),
    [
        ({"uss"}, Staffing.OPEN, True),
        ({"im"}, Staffing.OPEN, True),
        ({"rm"}, Staffing.OPEN, False),
        ({"rm"}, Staffing.ONE_ON_DUTY, True),
        ({"rm"}, Staffing.CLOSED, True),
        ({"rm", "im"}, Staffing.OPEN, True),
        # Who held "uss" before there were two roles goes on as before.
        ({"uss", "rm"}, Staffing.OPEN, True),
        ({"1linje", "forvalter"}, Staffing.ONE_ON_DUTY, False),
        (set(), Staffing.CLOSED, False),
        ({"admin", "USS"}, Staffing.CLOSED, False),
    ],
)
def test_who_writes_to_everyone(granted: set[str], at: Staffing, publishes: bool) -> None:
    assert may_publish_notices(roles_held(granted, at)) is publishes


@pytest.mark.parametrize("grant", ["uss", "im", "rm"])
def test_each_of_them_is_of_the_desk(grant: str) -> None:
    assert Role.USS in roles_held({grant}, Staffing.OPEN)


def desk(grant: str, at: datetime) -> Transcript:
    roles = roles_held({grant}, staffing(library().organisation, at))
    return Transcript(replace(person("uss", virksomhet="UKE"), roles=roles), now=at)


def test_rm_among_colleagues_is_pointed_to_im() -> None:
    talk = desk("rm", MONDAY)
    talk.says("lag driftsmelding om at Gerica er nede")
    talk.bot_says("IM publiserer driftsmeldinger", "alene på vakt")
    assert not talk.state.drafts


@pytest.mark.parametrize(("grant", "at"), [("im", MONDAY), ("rm", EVENING), ("rm", NIGHT), ("uss", MONDAY)])
def test_im_and_whoever_is_alone_begin_a_notice(grant: str, at: datetime) -> None:
    talk = desk(grant, at)
    talk.says("lag driftsmelding om at Gerica er nede")
    assert talk.state.draft is not None
    assert talk.state.draft.kind == "notice"


def test_rm_may_use_every_form_and_states_the_desk_in_a_case() -> None:
    talk = desk("rm", MONDAY)
    talk.says("Websak skal oppgraderes i test fra versjon 8.2 til 8.4")
    talk.bot_does_not_say("kan bare brukes av")
