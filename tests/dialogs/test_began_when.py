"""When a fault began, as people write it: the case shows what they meant, and nothing more exact than they said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.dialogs.talking import answers, begun
from tests.transcript import MONDAY, Transcript, person

PC_DEAD = ("PC-en starter ikke, svart skjerm", 900201)


@pytest.mark.parametrize("since", ["siden 08.10", "fra 08.10", "08.10", "siden 8.10"])
def test_a_clock_with_a_point_is_the_clock_of_today(since: str) -> None:
    talk = begun("superbruker", *PC_DEAD, virksomhet="BFR")
    talk.says(f"BFR-PC-0192, {since}, prøvd omstart")
    assert answers(talk)["started_at"] == "i dag, mandag 23. november kl. 08.10"


def test_a_clock_in_the_first_message_is_the_clock_of_today() -> None:
    talk = Transcript(person("superbruker", "HEL"))
    talk.says("PC-en til Kari er treg fra 08.10, bare henne, prøvd omstart")
    talk.bot_says("i dag, mandag 23. november kl. 08.10")


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        ("siden 8.10.", "torsdag 8. oktober"),  # the full stop of a date
        ("siden 12.10", "mandag 12. oktober"),  # that clock has not been yet
        ("siden 05.11", "torsdag 5. november"),  # a day that is not long past
    ],
)
def test_a_date_stays_a_date(since: str, shown: str) -> None:
    now = MONDAY if "11" not in since else MONDAY - timedelta(days=10)
    talk = begun("superbruker", *PC_DEAD, virksomhet="BFR", now=now)
    talk.says(f"BFR-PC-0192, {since}, prøvd omstart")
    assert answers(talk)["started_at"] == shown


def test_a_weekend_is_no_friday() -> None:
    talk = begun("superbruker", *PC_DEAD, virksomhet="BFR")
    talk.says("BFR-PC-0192, i helga, prøvd omstart")
    assert "«i helga»" in answers(talk)["started_at"]
