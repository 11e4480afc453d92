"""Followers of a case that is sent: added and taken off, in words and by button."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Status
from dialogs.effects import ChangeFollower
from tests.dialogs.talking import AKS_SLOW, opened
from tests.transcript import Transcript, person

REF = "L-2026-000001"
KARI = "kari.nordmann@oslo.example"


def registered(*followers: str) -> Transcript:
    talk = opened()
    talk.cases[:] = [replace(talk.cases[0], status=Status.REGISTERED, followers=followers)]
    return talk


class TestAdding:
    @pytest.mark.parametrize(
        "said",
        [
            f"legg til {KARI} som følger på {REF}",
            f"Kan du legge til {KARI} som følger",
            f"legg til følger: {KARI}",
            f"Legg til {KARI} som følgjar på sak {REF}",
            f"add {KARI} as a follower to {REF}",
        ],
    )
    def test_by_address_in_words(self, said: str) -> None:
        talk = registered()
        talk.says(said)
        assert talk.effects == [ChangeFollower(REF, KARI, follows=True)]
        assert KARI in talk.last

    def test_a_name_is_asked_for_its_address(self) -> None:
        """Kompass knows people by address only, and the first of several of one name is never picked."""
        talk = registered()
        talk.says(f"legg til Kari Nordmann som følger på {REF}")
        talk.bot_says("Hva er e-postadressen til Kari Nordmann?")
        assert not talk.effects
        talk.says("vet ikke helt")
        talk.bot_says("Hva er e-postadressen til")
        talk.says(f"det er {KARI.upper()}")
        assert talk.effects == [ChangeFollower(REF, KARI, follows=True)]

    def test_several_at_once(self) -> None:
        talk = registered(KARI)
        talk.says(f"legg til ola@oslo.example, {KARI} og per@oslo.example som følgere på {REF}")
        assert [one.follower for one in talk.effects if isinstance(one, ChangeFollower)] == [
            "ola@oslo.example",
            "per@oslo.example",
        ]
        talk.bot_says(f"{KARI} følger allerede sak {REF}")

    def test_by_button(self) -> None:
        talk = registered()
        talk.says("status")
        talk.presses("Mer")
        talk.presses("Legg til følger")
        talk.bot_says(f"Hvem skal følge sak {REF}? Skriv e-postadressen.")
        talk.says(KARI)
        assert talk.effects == [ChangeFollower(REF, KARI, follows=True)]
        talk.says("status")
        talk.bot_says(f"Følgere: {KARI}")

    def test_which_case_when_there_are_several(self) -> None:
        talk = registered()
        talk.cases.append(replace(talk.cases[0], ref="L-2026-000002"))
        talk.state = replace(talk.state, last_case="")
        talk.says(f"legg til {KARI} som følger")
        talk.bot_says("Hvilken sak gjelder det?")
        talk.says("2")
        assert talk.effects == [ChangeFollower(REF, KARI, follows=True)]

    def test_oneself_follows_already(self) -> None:
        talk = registered()
        talk.says(f"legg til meg som følger på {REF}")
        talk.bot_says("Du har meldt sak L-2026-000001 selv")
        assert not talk.effects

    def test_it_can_be_called_off_beside_a_case_in_hand(self) -> None:
        talk = registered()
        talk.says("ny sak: " + AKS_SLOW)
        talk.says(f"legg til Kari som følger på {REF}")
        talk.says("avbryt")
        talk.bot_says("avbrutt", "Tilbake til saken")
        assert talk.state.draft is not None

    def test_of_a_case_in_hand_followers_are_a_line_of_it(self) -> None:
        talk = registered()
        talk.says("ny sak: " + AKS_SLOW)
        talk.says("legg til Kari som følger")
        assert not talk.effects
        assert talk.state.draft is not None

    def test_a_case_that_is_over_takes_nobody(self) -> None:
        talk = registered()
        talk.cases[:] = [replace(talk.cases[0], status=Status.CLOSED)]
        talk.says(f"legg til {KARI} som følger på {REF}")
        talk.bot_says("er avsluttet")


class TestTakingOff:
    @pytest.mark.parametrize(
        "said",
        [f"fjern Kari fra {REF}", "fjern følgeren kari nordmann", f"fjern følgjar {KARI}", f"remove kari from {REF}"],
    )
    def test_by_name_or_address(self, said: str) -> None:
        talk = registered(KARI, "ola@oslo.example")
        talk.says(said)
        assert talk.effects == [ChangeFollower(REF, KARI, follows=False)]

    def test_of_two_of_that_name_it_is_asked_which(self) -> None:
        talk = registered(KARI, "kari.hansen@oslo.example", "ola@oslo.example")
        talk.says(f"fjern Kari fra {REF}")
        assert [label for _, label in talk.choices()] == [KARI, "kari.hansen@oslo.example"]
        talk.says("2")
        assert talk.effects == [ChangeFollower(REF, "kari.hansen@oslo.example", follows=False)]

    def test_by_button(self) -> None:
        talk = registered(KARI)
        talk.says("status")
        talk.presses("Mer")
        talk.presses("Fjern følger")
        talk.presses(KARI)
        assert talk.effects == [ChangeFollower(REF, KARI, follows=False)]
        talk.says("status")
        talk.presses("Mer")
        assert "Fjern følger" not in {label for _, label in talk.choices()}

    def test_who_does_not_follow(self) -> None:
        talk = registered(KARI)
        talk.says(f"fjern Ola fra {REF}")
        talk.bot_says("Ola følger ikke sak L-2026-000001")

    def test_access_to_a_system_is_another_matter(self) -> None:
        talk = registered(KARI)
        talk.says("Fjern tilgangen til Kari i Gerica, hun har sluttet")
        assert not talk.effects
        assert talk.state.draft is not None


class TestFollowersThemselves:
    def talk(self) -> Transcript:
        talk = registered()
        other = replace(talk.cases[0].reporter, id="p-other", name="Petter Annen")
        talk.cases[:] = [replace(talk.cases[0], reporter=other, followers=(KARI, "lars@oslo.example"))]
        talk.person = replace(person("1linje"), email="Lars@oslo.example")
        return talk

    def test_they_cannot_change_who_follows(self) -> None:
        talk = self.talk()
        talk.says(f"fjern Kari fra {REF}")
        talk.bot_says("Bare Petter Annen", "slutt å følge")
        assert not talk.effects

    @pytest.mark.parametrize("said", [f"slutt å følge {REF}", f"slutt å følgje sak {REF}", f"stop following {REF}"])
    def test_they_may_stop(self, said: str) -> None:
        talk = self.talk()
        talk.says(said)
        assert talk.effects == [ChangeFollower(REF, "lars@oslo.example", follows=False)]

    def test_a_forged_button_changes_nothing(self) -> None:
        talk = self.talk()
        talk.press_action(f"unfollow:{REF}:{KARI}")
        talk.press_action(f"follow:{REF}:ola@oslo.example")
        assert not talk.effects
