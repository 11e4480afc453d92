"""To be spared the quiet news of a case, and to hear of it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.effects import MuteCase
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begin, opened
from tests.transcript import Transcript

REF = "L-2026-000001"


@pytest.mark.parametrize(
    "said",
    [f"ikke varsle meg om {REF}", f"Ikkje varsle meg om sak {REF}", f"don't notify me about {REF}", f"demp {REF}",
     "ikke varsle meg", "demp saken", "mute"],
)  # fmt: skip
def test_quiet_news_are_spared(said: str) -> None:
    talk = opened()
    talk.says(said)
    assert talk.effects == [MuteCase(REF, muted=True)]
    assert REF in talk.last


@pytest.mark.parametrize("said", [f"varsle meg om {REF}", f"varsle meg igjen om {REF}", f"notify me again about {REF}"])
def test_and_told_again(said: str) -> None:
    talk = opened()
    talk.says("ikke varsle meg")
    talk.says(said)
    assert talk.effects == [MuteCase(REF, muted=False)]


def test_what_is_said_turns_it_on_again() -> None:
    talk = opened()
    talk.says("ikke varsle meg")
    talk.bot_says(f"Skriv «varsle meg igjen om {REF}»", "Løsningsforslag, spørsmål, avslag og godkjenninger får du")
    talk.says("status")
    talk.bot_says("Varsler: bare det som trenger svar")
    talk.says("varsle meg igjen")
    talk.bot_says("om alt som skjer")
    assert talk.muted == frozenset()


def test_by_button() -> None:
    talk = opened()
    talk.says("status")
    talk.presses("Mer")
    talk.presses("Ikke varsle meg")
    talk.says("status")
    talk.presses("Mer")
    talk.presses("Varsle meg igjen")
    assert talk.effects == [MuteCase(REF, muted=False)]


def test_asked_for_twice_it_stays_so() -> None:
    talk = opened()
    talk.says("ikke varsle meg")
    talk.says("ikke varsle meg")
    assert talk.effects == [MuteCase(REF, muted=True)]


def test_of_several_the_muted_one_is_told_of_again() -> None:
    talk = two()
    talk.muted = frozenset({REF})
    talk.says("varsle meg igjen")
    assert talk.effects == [MuteCase(REF, muted=False)]


def test_which_case_when_there_are_several() -> None:
    talk = two()
    talk.says("ikke varsle meg")
    talk.bot_says("Hvilken sak gjelder det?")
    talk.says("1")
    assert talk.effects == [MuteCase("L-2026-000002", muted=True)]


def test_an_unknown_case() -> None:
    talk = opened()
    talk.says("ikke varsle meg om L-2026-000777")
    talk.bot_says("Jeg finner ingen sak")
    assert not talk.effects


def test_beside_a_case_in_hand_that_goes_on() -> None:
    talk = opened()
    begin(talk, "ny sak: " + AKS_SLOW, AKS_SLOW_FORM)
    talk.says(f"ikke varsle meg om {REF}")
    assert talk.effects == [MuteCase(REF, muted=True)]
    talk.bot_says("Tilbake til saken")


def two() -> Transcript:
    talk = opened()
    talk.cases.append(replace(talk.cases[0], ref="L-2026-000002"))
    talk.state = replace(talk.state, last_case="")
    return talk
