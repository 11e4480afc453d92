"""USS asks for the numbers and gets a link of his own; nobody else does."""

from __future__ import annotations

import pytest

from tests.transcript import Transcript, person


@pytest.mark.parametrize("said", ["innsikt", "vis statistikk", "Statistikken?", "show insight"])
def test_the_link_is_the_persons_own(said: str) -> None:
    talk = Transcript(person("uss", virksomhet="UKE"), insight_url="https://losen.example/innsikt?key=abc")
    talk.says(said)
    talk.bot_says("https://losen.example/innsikt?key=abc", "én time")


def test_where_others_read_or_no_page_is_served_there_is_none() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("innsikt")
    talk.bot_says("Skriv til meg alene")


@pytest.mark.parametrize("role", ["ansatt", "1linje", "forvalter"])
def test_for_everybody_else_it_is_a_word_like_others(role: str) -> None:
    talk = Transcript(person(role), insight_url="https://losen.example/innsikt?key=abc")
    talk.says("innsikt")
    talk.bot_does_not_say("losen.example", "Her er tallene")
