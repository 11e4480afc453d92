"""A pasted or forwarded e-mail: its matter counts; its headers and signature are no facts of the case (DESIGN 3)."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import answers, opened
from tests.transcript import Transcript, person

FORWARDED = """Videresender denne.

-----Opprinnelig melding-----
Fra: Heidi Lunde <heidi.lunde@bfr.oslo.kommune.no>
Sendt: mandag 16. november 2026 09:12
Til: IKT Superbruker
Kopi: Per Moe
Emne: VS: Gerica henger på Ryen

Hei,

Gerica henger for alle på avdelingen siden klokka 8 i dag. Vi har prøvd å starte PC-ene på nytt.

Med vennlig hilsen
Heidi Lunde
Avdelingsleder, Ryen hjemmetjeneste
Ryensvingen 15, 2. etasje
Tlf: 90 11 22 33
heidi.lunde@bfr.oslo.kommune.no

Denne e-posten kan inneholde taushetsbelagt informasjon. Er du ikke rett mottaker, slett den og prøv på nytt."""
IN_A_ROW = (
    "Fra: Heidi Lunde <heidi.lunde@bfr.oslo.kommune.no> Sendt: 23. november 2026 08:15 Til: Amina Testesen "
    "Emne: VS: problemer med Visma Hei Amina, kan du melde dette for oss? Vi får ikke opp lønnslista i Visma. "
    "Mvh Heidi Lunde 90112233"
)


def pasted(text: str, role: str = "superbruker") -> Transcript:
    talk = Transcript(person(role, virksomhet="BFR"))
    talk.says(text)
    return talk


def words(talk: Transcript) -> str:
    assert talk.state.draft is not None
    return talk.state.draft.text


def test_the_matter_finds_the_form_and_stands_in_the_case() -> None:
    talk = pasted(FORWARDED)
    talk.bot_says("Gerica – teknisk feil")
    assert words(talk).startswith("Gerica henger på Ryen: Gerica henger for alle")
    for line in ("Sendt", "16. november", "IKT Superbruker", "Per Moe", "taushetsbelagt", "Videresender", "Hei,"):
        assert line not in words(talk)


def test_nothing_of_the_headers_or_the_signature_falls_into_the_fields() -> None:
    said = answers(pasted(FORWARDED))
    assert said["tried"] == "Vi har prøvd å starte PC-ene på nytt"
    assert said["started_at"] == "i dag, mandag 23. november kl. 08.00"
    assert said["gjelder_bruker"] == "Heidi Lunde"
    assert said["contacts"] == "Heidi Lunde, 90112233"


def test_the_title_is_no_header() -> None:
    """The case was called "Fra: Heidi Lunde <…> Til: Amina Emne: …"."""
    talk = pasted(IN_A_ROW)
    assert words(talk).startswith("problemer med Visma: Vi får ikke opp lønnslista i Visma.")
    assert "Kontakt: Heidi Lunde, 90112233" in words(talk)
    talk.bot_does_not_say("Emne", "flere ting i meldingen", "heidi.lunde@")


def test_an_order_in_it_is_an_order() -> None:
    talk = pasted(
        "From: Lunde, Heidi <heidi.lunde@bfr.oslo.kommune.no>\nSent: Monday, November 16, 2026 9:12 AM\n"
        "To: Servicedesk <x@y.no>\nSubject: FW: Shared mailbox\n\nHi Amina,\nWe need a new shared mailbox for the new "
        "project.\n\nKind regards\nHeidi Lunde\n",
        role="1linje",
    )
    talk.bot_says("Ny fellespostkasse")
    talk.bot_does_not_say("November 16")


def test_what_is_written_around_it_goes_with_it() -> None:
    talk = pasted(f"Haster for oss, kan tas på telefon.\n\n{FORWARDED}")
    assert "Haster for oss, kan tas på telefon." in words(talk)


def test_the_oldest_mail_of_a_thread_tells_who_has_the_fault() -> None:
    talk = pasted(
        "Fra: Per Moe <per@x.no>\nTil: Siri\nEmne: SV: Skriver\n\nHei Siri, se under.\n\nMvh\nPer Moe\n22334455\n\n"
        "Fra: Ola Berg <ola@x.no>\nTil: Per Moe\nEmne: Skriver\n\nSkriveren i 3. etasje er tom for toner.\n\nMvh\n"
        "Ola Berg\nMob 91112233\n"
    )
    assert words(talk).startswith("Skriver: Skriveren i 3. etasje er tom for toner.")
    assert "Ola Berg, 91112233" in words(talk)
    assert "22334455" not in words(talk)


def test_my_own_mail_is_on_nobodys_behalf() -> None:
    talk = pasted(
        "Fra: Siri Superbruker\nEmne: Skriver virker ikke\n\nSkriveren i 3. etasje er tom for toner.\nMvh\n"
        "Siri Superbruker"
    )
    assert "på vegne av" not in words(talk)


@pytest.mark.parametrize("text", ["Fra: 1. desember\nTil: 5. desember", "fra 1. des til 5. des", "Emne: vikarer"])
def test_lines_that_answer_are_no_mail(text: str) -> None:
    talk = Transcript(person("1linje"))
    talk.says("Vi trenger å låne 3 PC-er")
    talk.says(text)
    talk.bot_does_not_say("Meldt på vegne av")


def test_a_comment_goes_on_as_it_is_written() -> None:
    talk = opened("1linje")
    talk.says("kommentar")
    talk.says(FORWARDED)
    talk.says("UKE")
    assert "Kopi: Per Moe" in str(talk.effects)
