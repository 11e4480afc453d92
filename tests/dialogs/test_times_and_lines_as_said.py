"""A month is no day, "startet nå" is a time, and a line whose name holds "til" is changed as one."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import answers
from tests.transcript import Transcript, person


def said(*messages: str, role: str = "1linje") -> Transcript:
    talk = Transcript(person(role))
    for message in messages:
        talk.says(message)
    return talk


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("Vi trenger å låne 3 PC-er i januar", "fra", "ca. fredag 1. januar 2027 («i januar»)"),
        ("Vi trenger å låne 3 PC-er fra uke 49 til uke 51", "til", "ca. søndag 20. desember («fra uke 49 til uke 51»)"),
        ("Vi trenger å låne 3 PC-er fra 1. desember til 14. desember", "fra", "tirsdag 1. desember"),
    ],
)
def test_a_month_or_a_week_that_something_is_wanted_in_is_about(text: str, key: str, shown: str) -> None:
    """The case said 1 January, as if a day had been asked for."""
    talk = said(f"{text}, ressursnummer 1234567, kostnadssted 4410")
    assert answers(talk)[key] == shown


def test_about_stays_about_in_the_case() -> None:
    talk = said(
        "Vi trenger å låne 3 PC-er i januar", "til 20. januar, ressursnummer 1234567, kostnadssted 44100", "send"
    )
    assert "ca. fredag 1. januar 2027 («i januar»)" in talk.case["description"]


@pytest.mark.parametrize(
    "words",
    ["Startet nå.", "Begynte akkurat nå", "Det starta no, prøvd omstart", "It started right now"],
)
def test_startet_na_is_a_start(words: str) -> None:
    """It was asked when it began."""
    talk = said(f"Outlook virker ikke for meg på PC. {words}")
    assert "kl. 10.00" in answers(talk)["started_at"] or "10:00" in answers(talk)["started_at"]


@pytest.mark.parametrize("words", ["Jeg kan ikke jobbe nå.", "Nå må jeg dra.", "Startet nå i høst."])
def test_na_alone_is_none(words: str) -> None:
    talk = said(f"Outlook virker ikke for meg på PC. {words}")
    assert "kl. 10.00" not in answers(talk).get("started_at", "")


@pytest.mark.parametrize("way", ["Startet nå", "Startet nå, noe virker, ikke prøvd noe"])
def test_startet_na_chooses_nothing_that_is_called_so(way: str) -> None:
    """ "Gjelder" became "Starter ikke"."""
    talk = said("Teams krasjer for meg", way)
    assert "kl. 10.00" in answers(talk)["started_at"]
    assert "Starter ikke" not in answers(talk).values()


def test_a_line_whose_name_holds_til_is_changed_and_asked_by_its_name() -> None:
    r"""The path became "mappen til \\fil01\x"."""
    talk = said(r"tilgang til mappe \\fil01\Skole for Ola Hansen, lese", r"endre sti til mappen til \\fil01\x")
    assert answers(talk)["sti"] == r"\\fil01\x"
    talk.says("endre sti til mappen")
    talk.bot_says("Hva skal stå på «Sti til mappen»?")
    talk.says(r"\\fil01\Til kontoret\y")
    assert answers(talk)["sti"] == r"\\fil01\Til kontoret\y"
