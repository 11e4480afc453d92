"""A need told while another case is unfinished is kept, and taken up when that one is done (DESIGN 3)."""

from __future__ import annotations

import pytest

from tests.dialogs.said_corrections import AT_TRIED, NET, NEW_PC, PC, VPN
from tests.dialogs.talking import answers, at_summary, begun, fill, open_at
from tests.transcript import Transcript, person


class TestAnotherCaseToldInTheMiddle:
    """A fault told in an order, or an order in a fault, is kept and taken up when the first is done."""

    @pytest.mark.parametrize(
        ("start", "said"),
        [
            (NEW_PC, "skriveren i 2. etasje virker ikke heller"),
            (VPN, "AKS henger for alle på kontoret"),
            (VPN, "nettet er nede hos oss siden i går"),
            (PC, "jeg trenger også en ny mobil"),
            (PC, "kan du bestille tilgang til Gerica for Kari Nordmann"),
            (NET, "vi trenger dessuten en ny skriver i 3. etasje"),
        ],
    )
    def test_at_a_question(self, start: tuple[str, int], said: str) -> None:
        talk = begun("1linje", *start)
        asked = talk.state.pending
        assert asked is not None
        before = answers(talk)
        talk.says(said)
        talk.bot_says("Det er en sak til", f"Da tar vi «{said}» etterpå")
        assert talk.state.pending is not None
        assert talk.state.pending.key == asked.key
        assert answers(talk) == before
        fill(talk).says("send")
        talk.bot_says(said)
        assert len(talk.cases) == 1
        assert said not in talk.cases[0].description

    def test_while_the_form_is_chosen(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("nettet virker ikke")
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "form"
        talk.says("jeg trenger tilgang til Visma")
        talk.bot_says("Det er en sak til", "Hvilket av disse skjemaene passer?")
        talk.says("1")
        fill(talk).says("send")
        talk.bot_says("jeg trenger tilgang til Visma")

    def test_in_the_summary(self) -> None:
        talk = at_summary()
        talk.says("vi trenger også en ny skriver i 3. etasje")
        talk.bot_says("Det er en sak til")
        talk.says("send")
        assert "skriver" not in talk.cases[0].description
        talk.bot_says("vi trenger også en ny skriver")

    @pytest.mark.parametrize("said", ["det virker ikke på en annen PC heller", "ny PC og ny kabel"])
    def test_what_was_tried_is_none(self, said: str) -> None:
        talk = open_at(*AT_TRIED)
        talk.says(said)
        assert answers(talk)["tried"] == said
