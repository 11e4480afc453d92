"""One is to get and another to lose, in one message: each is a case of its own (G 4.1).

Both were removed from a mailbox, or the one who was to lose his access became the folder's owner.
"""

from __future__ import annotations

import pytest

from knowledge.reading.both_ways import both_ways
from tests.transcript import Transcript, person

MAILBOX = (
    "Kan dere gi Omar Said tilgang til fellespostkassen vår nav.alna.post@bgo.example.invalid, full tilgang og send "
    "som, og fjerne Ine Berg derfra?"
)


def test_giving_and_taking_away_became_one_direction_for_both() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    talk.says(MAILBOX)
    talk.bot_says("Jeg ser flere ting", "Etterpå: fjerne Ine Berg", "Brukere: Omar Said", "nav.alna.post@")
    talk.bot_does_not_say("Handling: Fjerne", "Brukere: Omar Said, Ine Berg")
    talk.says("Legge til, send")
    talk.bot_says("Brukere: Ine Berg", "Handling: Fjerne", "nav.alna.post@")
    assert len(talk.cases) == 1


def test_who_loses_the_folder_was_taken_for_its_owner() -> None:
    talk = Transcript(person("superbruker", virksomhet="BGO"))
    talk.says("gi Nina Ask tilgang til mappa F:\\Felles\\HR og ta bort Leif Moe, eier Per Lund, lese og skrive")
    talk.bot_says(r"Sti til mappen: F:\Felles\HR", "Etterpå: ta bort Leif Moe")
    talk.bot_does_not_say("Mappeeier: Leif Moe")


@pytest.mark.parametrize(
    ("text", "loses"),
    [
        ("legg til Kari Moe i gruppa G-BGO-Bygg og fjern Odd Lie", "fjern Odd Lie. Det gjelder gruppa G-BGO-Bygg"),
        ("skal ha GAT-tilgang til Eva Ås, og Jon Li skal miste sin", "Jon Li skal miste sin. Det gjelder GAT-tilgang"),
        ("give Ann access to the Finance folder and remove Bob from it", "remove Bob from it"),
    ],
)  # fmt: skip
def test_where_it_is_stands_with_both(text: str, loses: str) -> None:
    parted = both_ways(text)
    assert parted is not None
    assert parted[1] == loses


@pytest.mark.parametrize(
    "text",
    [
        "", "fjern Odd Lie fra gruppa", "gi Kari Moe og Odd Lie tilgang til mappa",
        "gi Kari tilgang til å slette og fjerne filer", "Vi trenger ny skriver og fjerner den gamle",
    ],
)  # fmt: skip
def test_one_way_is_one_need(text: str) -> None:
    assert both_ways(text) is None
