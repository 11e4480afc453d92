"""A case that needs more attention: said in the case first, and to the desk, with the ways to reach them (G 5.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import KompassLink, Status
from dialogs.effects import CommentCase, HandOver
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begin, opened
from tests.transcript import MONDAY, Transcript, person

REF = "L-2026-000001"


def registered(route: str = "USS") -> Transcript:
    talk = opened()
    link = KompassLink("17549", "https://kompass.invalid/17549")
    talk.cases[:] = [replace(talk.cases[0], status=Status.REGISTERED, kompass=link, route=route)]
    return talk


@pytest.mark.parametrize(
    "said",
    ["klage", "Jeg vil klage", "eskaler saken", "det haster mer nå", f"klage på sak {REF}", "det hastar meir no",
     "escalate the case", f"sak {REF} haster"],
)  # fmt: skip
def test_the_reason_is_asked_for_and_goes_to_the_case_and_the_desk(said: str) -> None:
    talk = registered()
    talk.says(said)
    assert REF in talk.last
    assert not talk.effects
    talk.says("Nå står hele legevakta, hva gjør dere?")
    comment, hand_over = talk.effects
    assert comment == CommentCase(
        REF, "Hei USS. Innmelderen ber om at saken blir sett på med en gang: Nå står hele legevakta, hva gjør dere?"
    )
    assert isinstance(hand_over, HandOver)
    assert hand_over.to == "desk"
    for part in (REF, "17549", "Lars Linje", "Nå står hele legevakta"):
        assert part in hand_over.summary


def test_with_the_reason_at_once() -> None:
    talk = registered()
    talk.says("klage: ingen har svart på tre uker")
    assert len(talk.effects) == 2
    talk.bot_says("Jeg skriver det i sak L-2026-000001", "servicesenter@uke.oslo.kommune.no", "Ring")


def test_the_phone_is_named_while_somebody_answers_it() -> None:
    talk = registered()
    talk.says("klage: ingen har svart på tre uker")
    talk.bot_says("ringer du 23 47 70 70", "De er åpne nå")
    closed = registered()
    closed.now = MONDAY.replace(hour=22)
    closed.says("klage: ingen har svart på tre uker")
    closed.bot_says("De er stengt til", "Da får du svar når de åpner")
    closed.bot_does_not_say("ringer du")


def test_by_button() -> None:
    talk = registered()
    talk.says("status")
    talk.presses("Mer")
    talk.presses("Klag, eller si at det haster")
    talk.says("Nå står hele legevakta")
    assert len(talk.effects) == 2


def test_a_case_at_the_own_first_line_is_theirs() -> None:
    talk = registered(route="1.linje BGO")
    talk.says("klage: ingen har svart på tre uker")
    comment, hand_over = talk.effects
    assert isinstance(comment, CommentCase)
    assert comment.text.startswith("Hei 1.linje.")
    assert isinstance(hand_over, HandOver)
    assert hand_over.to == "1linje"


def test_it_can_be_called_off() -> None:
    talk = registered()
    talk.says("klage")
    talk.says("avbryt")
    assert not talk.effects
    talk.bot_says("avbrutt")


def test_about_the_case_in_hand_it_is_part_of_that() -> None:
    talk = registered()
    begin(talk, "ny sak: " + AKS_SLOW, AKS_SLOW_FORM)
    talk.says("det haster mer nå")
    assert not any(isinstance(one, HandOver) for one in talk.effects)


def test_with_no_case_it_is_no_command() -> None:
    talk = Transcript(person("1linje"))
    talk.says("det haster")
    assert not talk.effects
    talk.bot_does_not_say("kommentar L-2026")


def test_a_case_of_somebody_else_cannot_be_escalated() -> None:
    talk = registered()
    talk.press_action("escalate:L-2026-000777")
    talk.bot_says("Jeg finner ingen sak")
    assert not talk.effects
