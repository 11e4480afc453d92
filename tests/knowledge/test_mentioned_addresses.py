"""An address names a system only where it is the matter: not whose mailbox it is, nor which page was looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.mentioned_addresses import without_mentions
from tests.transcript import Transcript, library, person


@pytest.mark.parametrize(
    "text",
    [
        "Modulus Barn kaster oss ut. Mvh Trine Olsen, trine.olsen@bgo.oslo.kommune.no",
        "Outlook krasjer, se https://www.oslo.kommune.no/hjelp",
        "Jeg fulgte oppskriften på https://www.oslo.kommune.no/hjelp, men Teams starter ikke",
        "Som beskrevet her: www.oslo.kommune.no/hjelp",
        "post.byk@oslo.kommune.no får ikke e-post",
    ],
)
def test_what_is_only_mentioned_names_no_system(text: str) -> None:
    assert "oslo.kommune.no" not in {hit.system.name for hit in library().systems.find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "https://www.oslo.kommune.no/hjelp er nede",
        "Nettsiden www.oslo.kommune.no viser feil",
        "oslo.kommune.no er treg",
        "Kari Moe (kari@oslo.kommune.no) melder at oslo.kommune.no er nede",
    ],
)
def test_a_page_that_is_the_matter_does(text: str) -> None:
    assert "oslo.kommune.no" in {hit.system.name for hit in library().systems.find(text)}


@given(st.text(alphabet="aæ @.:/w-\n<>https", max_size=60))
def test_places_stay_places(text: str) -> None:
    told = without_mentions(text)
    assert len(told) == len(text)
    assert all(now in (was, " ") for was, now in zip(text, told, strict=True))


def test_a_signature_chooses_no_form_and_no_system() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("Outlook krasjer for Kari Moe, siden i går, prøvd omstart, se https://www.oslo.kommune.no/hjelp")
    talk.bot_does_not_say("Feil på nettside", "Webredaksjonen")
    talk = Transcript(person("superbruker"))
    talk.says("Modulus Barn kaster oss ut hele tiden. Siden i går. Mvh Trine Olsen, trine.olsen@bgo.oslo.kommune.no")
    talk.bot_says("System: Modulus Barn")
    talk.bot_does_not_say("faktura for arbeidet", "System: oslo.kommune.no")


def test_a_system_put_right_leaves_the_address_in_the_title() -> None:
    """The title became "…fellespostkassen post.byk@Outlook"."""
    talk = Transcript(person("superbruker"))
    talk.says(
        "Brukeren Anne Berg får ikke sendt e-post fra fellespostkassen post.byk@oslo.kommune.no, feilmelding "
        '"You do not have permission to send on behalf of", siden fredag. Prøvd å starte Outlook på nytt'
    )
    talk.says("endre system til Outlook")
    talk.says("send")
    assert "post.byk@oslo.kommune.no" in talk.case["title"]
    assert talk.case["answers"]["system"] == "Outlook"
