"""Small questions about what is out, and who runs what (G 5.1.2.2, 5.1.2.3)."""

from __future__ import annotations

import pytest

from tests.dialogs.test_notice_updates import published
from tests.transcript import Transcript, person

REF = "D-2026-0001"


def hit(role: str = "superbruker") -> Transcript:
    """Somebody who has said that the notice hits him too."""
    desk = published()
    somebody = person(role)
    return Transcript(somebody, now=desk.now, notices=desk.notices, affected={REF: {somebody.id}})


@pytest.mark.parametrize(
    "said", ["får dere det opp før lunsj?", "når er det fikset?", "blir det oppe igjen i dag?", "kjem det opp att?"]
)
def test_fixed_bug_when_it_is_mended_began_a_new_case(said: str) -> None:
    """ "Når feilen begynte: ca. i går («før lunsj»)" was made up."""
    talk = hit()
    talk.says(said)
    talk.bot_says(REF, "kl. 11.00")
    assert not talk.state.drafts


def test_who_is_hit_by_nothing_is_not_told_of_it() -> None:
    talk = Transcript(person("superbruker"), notices=published().notices)
    talk.says("får dere det opp før lunsj?")
    talk.bot_does_not_say("Neste oppdatering kommer")


def test_fixed_bug_status_left_out_the_notices_one_follows() -> None:
    talk = hit("ansatt")
    talk.says("status")
    talk.bot_says(REF, "AKS-pålogging feiler", "kl. 11.00")
    talk.bot_does_not_say("Du har ingen saker")


def test_fixed_bug_who_runs_it_and_who_is_its_forvalter() -> None:
    talk = Transcript(person("forvalter"))
    talk.says("hvem drifter Gerica og hvem er forvalter?")
    talk.bot_says("Gerica", "drift", "forvalter.gerica@example.invalid")
    assert not talk.state.drafts


@pytest.mark.parametrize("said", ["får vi ny info om Visma?", "er Visma meldt av flere?"])
def test_fixed_bug_news_of_a_system_was_an_order(said: str) -> None:
    talk = Transcript(person("superbruker"))
    talk.says(said)
    talk.bot_says("ingen driftsmelding om Visma")
    assert not talk.state.drafts
