"""Buttons: old, forged and unknown ones change nothing and say so; the others do what their words do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Status
from dialogs.events import Pressed
from dialogs.state import Pending
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, opened
from tests.dialogs.test_status import changed
from tests.transcript import Transcript, person


@pytest.mark.parametrize(
    "action",
    [
        "send:99", "submit:1", "edit:", "cancel:7", "wrong_form:2", "resume:3", "skip:1:tried", "change:1:tried",
        "set:1:extent:user", "form:900884", "facet:1,2", "right:pass", "help:yes", "switch:new", "fault:technical",
        "forget:yes",
    ],
)  # fmt: skip
def test_the_button_of_a_case_that_is_gone(action: str) -> None:
    talk = Transcript(person("1linje"))
    talk.press_action(action)
    talk.bot_says("Det kortet er ikke lenger i bruk")
    assert not talk.effects
    assert not talk.state.drafts


@pytest.mark.parametrize("action", ["", ":::", "nonsense", "delete:everything", "cmd:reboot"])
def test_an_unknown_button(action: str) -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    before = talk.state
    talk.press_action(action)
    talk.bot_says("Den knappen kjenner jeg ikke")
    assert talk.state == before


def test_a_form_that_has_left_the_catalogue_meanwhile() -> None:
    talk = Transcript(person("1linje"))
    talk.says("tilgang")
    pending = talk.state.pending
    assert pending is not None
    talk.state = replace(talk.state, pending=Pending("form", pending.key, ("form:1", "form:x"), ("Borte", "Tull")))
    before = talk.state
    for action in ("form:1", "form:x"):
        talk.press_action(action)
        talk.bot_says("Det kortet er ikke lenger i bruk")
        assert talk.state == before


class TestLinesThatAreNotThere:
    """The form may have changed since the card was sent."""

    def test_a_value_for_an_unknown_line(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        before = talk.state.pending
        talk.press_action("set:1:nonsense:x")
        assert talk.state.pending == before

    def test_a_value_that_is_none_of_the_choices(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.press_action("set:1:extent:everyone on earth")
        talk.bot_says("Velg et av alternativene")

    def test_sending_with_wrong_values_before_there_is_a_form(self) -> None:
        """It asked where one works as if there were a form, and the answer to that made the turn fail."""
        talk = Transcript(person("ansatt", virksomhet=""))
        talk.says("får ikke logget på")
        before = talk.state
        talk.press_action("send:1", started_at="tull")
        assert talk.state == before
        talk.says("BGO")
        talk.bot_does_not_say("Noe gikk galt")

    def test_skipping_an_unknown_line(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        before = talk.state.pending
        talk.press_action("skip:1:nonsense")
        assert talk.state.pending == before

    def test_changing_an_unknown_line(self) -> None:
        talk = at_summary()
        talk.press_action("change:1:nonsense")
        talk.bot_says("Det kortet er ikke lenger i bruk")


class TestTheMenu:
    @pytest.mark.parametrize(
        ("label", "answer"),
        [
            ("Meld en feil", "Hva er det som ikke virker?"),
            ("Bestill noe", "Hva trenger du"),
            ("Finn skjema", "Hva gjelder saken?"),
            ("Vis status", "Du har ingen saker"),
            ("Lag driftsmelding", "Hva slags melding er det?"),
        ],
    )
    def test_every_button_does_what_it_says(self, label: str, answer: str) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.joins()
        talk.presses(label)
        talk.bot_says(answer)

    def test_help_and_a_human_and_my_data(self) -> None:
        talk = Transcript(person("1linje"))
        talk.press_action("cmd:help")
        talk.bot_says("Dette kan jeg gjøre")
        talk.press_action("cmd:handover")
        talk.bot_says("Jeg har sendt en oppsummering")
        talk.press_action("cmd:forget_me")
        talk.bot_says("slett")


def test_pressing_the_card_of_a_case_that_waits_takes_it_up() -> None:
    talk = at_summary()
    talk.says("ny sak: Lån av PC, tidsbegrenset")
    talk.press_action("send:1")
    talk.bot_says("L-2026-000001", "Tilbake til saken: Lån av PC")
    assert talk.case["form_id"] == AKS_SLOW_FORM


def test_sending_twice_opens_one_case() -> None:
    talk = at_summary()
    talk.press_action("send:1")
    talk.press_action("send:1")
    talk.bot_says("Det kortet er ikke lenger i bruk")
    assert len(talk.cases) == 1


def test_withdraw_by_button_asks_first() -> None:
    talk = changed(opened(), status=Status.REGISTERED)
    talk.press_action("withdraw:L-2026-000001")
    talk.bot_says("Vil du trekke den?")
    talk.presses("Nei, behold den")
    talk.bot_says("står som før")


def test_an_option_set_by_pressing() -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    assert talk.state.pending is not None
    label = talk.state.pending.labels[0]
    talk.turn(Pressed(talk.state.pending.options[0], {}))
    talk.bot_does_not_say("Velg et av alternativene")
    assert talk.state.draft is not None
    assert label in [answer.shown for answer in talk.state.draft.answers.values()]


def test_a_line_of_the_form_that_has_left_the_catalogue_is_not_waited_for() -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    talk.state = replace(talk.state, pending=Pending("item", "gone"))
    talk.says("Kari Nordmann")
    assert talk.state.pending is not None
    assert talk.state.pending.key != "gone"
