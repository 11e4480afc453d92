"""Several needs in one message are told at the start, taken one after the other, and none is lost (G 5.1.5)."""

from __future__ import annotations

import pytest

from tests.transcript import Transcript, person


def said(text: str, role: str = "1linje") -> Transcript:
    talk = Transcript(person(role))
    talk.says(text)
    return talk


def all_told(talk: Transcript) -> str:
    """What the bot says are the needs."""
    return next(line for line in talk.last.split("\n") if "Først:" in line) + next(
        (line for line in talk.last.split("\n") if "Etterpå:" in line), ""
    )


THREE = ("ny mobil", "tilgang til mappen Økonomi", "distribusjonsliste")


@pytest.mark.parametrize(
    "text",
    [
        "trenger ny mobil, tilgang til mappen Økonomi og en distribusjonsliste",
        "Hei, vi trenger ny mobil, tilgang til mappen Økonomi, og en distribusjonsliste.",
        "Vi trenger ny mobil\ntilgang til mappen Økonomi\nen distribusjonsliste",
        "1. ny mobil\n2. tilgang til mappen Økonomi\n3. en distribusjonsliste for lærerne",
        "Vi trenger: 1. ny mobil 2. tilgang til mappen Økonomi 3. en distribusjonsliste",
        "Hei! Vi trenger:\n- ny mobil\n- tilgang til mappen Økonomi\n- distribusjonsliste",
        "eg treng ny mobil, tilgang til mappen Økonomi og ei distribusjonsliste",
    ],
)
def test_three_in_one_message(text: str) -> None:
    talk = said(text)
    assert len(talk.state.queued_needs) + len(talk.state.drafts) >= 2
    first = talk.last
    for need in THREE:
        assert need in first
    assert all(one in first.split("Dette bestiller")[0] for one in THREE)


@pytest.mark.parametrize(
    "text",
    [
        "trenger en fellespostkasse, tilgang til mappen Økonomi, en distribusjonsliste og tilgang til Websak",
        "1. en fellespostkasse\n2. tilgang til mappen Økonomi\n3. ny distribusjonsliste\n4. tilgang til Websak",
    ],
)
def test_four_are_each_taken_up_in_turn_and_none_is_lost(text: str) -> None:
    talk = said(text)
    assert len(talk.state.queued_needs) == 3
    taken_up = ["fellespostkasse"]
    for _ in range(3):
        talk.says("avbryt")
        talk.bot_says("Da tar vi det neste du nevnte")
        taken_up.append(talk.last.split("nevnte:")[1].split("\n")[0])
    assert "mappen Økonomi" in taken_up[1]
    assert "distribusjonsliste" in taken_up[2]
    assert "Websak" in taken_up[3]
    assert not talk.state.queued_needs


def test_what_is_told_besides_is_in_the_case_of_each() -> None:
    """Who it is for was told once, and searching with it found the form of the last."""
    talk = said(
        "Mona Lie begynner hos oss 1. desember som saksbehandler i byggesak, trenger pc, mobil og tilgang til Websak"
    )
    talk.bot_says("Først: trenger pc", "Etterpå: trenger mobil; trenger tilgang til Websak", "Kjøp av PC")
    talk.bot_says("1. Kjøp av mobil")
    talk.says("1")
    assert talk.state.draft is not None
    assert talk.state.draft.text.startswith("trenger tilgang til Websak")
    assert "Mona Lie begynner hos oss 1. desember" in talk.state.draft.text
    assert not talk.state.said_beside


def test_a_sentence_of_its_own_beside_them_is_one_more() -> None:
    talk = said(
        "Hei! Vi trenger ny mobil. Vi trenger også tilgang til mappen Økonomi, og en distribusjonsliste. "
        "Skriveren i 3. etasje virker ikke. Ring meg på 99887766."
    )
    assert talk.state.draft is not None
    assert "mappen Økonomi" in talk.state.draft.text
    assert "Ring meg på 99887766" in talk.state.draft.text
    assert "Skriveren" not in talk.state.draft.text
    assert "Skriveren i 3. etasje virker ikke" in talk.state.queued_needs


def test_access_to_several_systems_is_one_need_for_each() -> None:
    talk = said("trenger tilgang til Gerica, Websak og Visma")
    assert talk.state.queued_needs == ("trenger tilgang til Websak", "trenger tilgang til Visma")


@pytest.mark.parametrize(
    "text",
    [
        "Bruker Ola får ikke logget på GAT og skriveren på 2. etasje er tom for papir og Kari trenger ny skjerm",
        "Jeg får ikke til å levere reiseregningen min. Knappen er grå. Og så lurer jeg på når lønna kommer. Og jeg "
        "trenger ny skjerm.",
    ],
)
def test_an_order_told_with_a_fault_is_another_case(text: str) -> None:
    talk = said(text)
    assert len(talk.state.queued_needs) == 1
    assert "ny skjerm" in talk.state.queued_needs[0]
    assert talk.state.draft is not None
    assert "ny skjerm" not in talk.state.draft.text


@pytest.mark.parametrize(
    "text",
    [
        "trenger tilgang til mappen Økonomi, lese og skrive, eier Per Lund, ressursnummer 1234567",
        "trenger tilgang til mappen Økonomi for Kari Moe, Ola Lie og Per Lund",
        "vi trenger en teamside uten chat, bare dokumenter og noen nyhetssider for prosjektet",
        "Vi må ha en egen gruppe som styrer hvem som får lisens og pålogging til det nye systemet.",
        "Vi trenger å låne 3 PC-er fra 1. desember til 5. desember, ressursnummer 1234567, kostnadssted 4410",
        "PC, bare meg, siden i går, prøvd omstart, i 2. etasje, den 1. desember",
        "trenger visittkort og en stor rull til messa\nprøvd omstart",
    ],
)
def test_one_need_with_its_facts_is_not_parted(text: str) -> None:
    talk = said(text)
    talk.bot_does_not_say("flere ting i meldingen")
    assert not talk.state.queued_needs


def test_who_pays_is_said_of_the_need_before_it_or_of_all() -> None:
    talk = said(
        "Vi trenger\n- ny fellespostkasse\n- tilgang til mappen Økonomi\n- distribusjonsliste\nKostnadssted 44100"
    )
    assert len(talk.state.queued_needs) == 2
    assert talk.state.draft is not None
    assert "Kostnadssted 44100" in talk.state.draft.text


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (
            "To ting: Anne i resepsjonen får ikke åpnet H: og projektoren på møterom Akerselva er død",
            ["Anne i resepsjonen får ikke åpnet H:", "projektoren på møterom Akerselva er død"],
        ),
        (
            "Hei! Jeg har to saker. Outlook henger for meg. Kari får ikke logget på VPN. Ring meg på 99887766.",
            ["Outlook henger for meg", "Kari får ikke logget på VPN"],
        ),
        (
            "Vi har flyttet i helga. 3 ting: ny skjerm til Kari, Outlook henger hos Per og skriveren er tom for toner",
            ["ny skjerm til Kari", "Outlook henger hos Per", "skriveren er tom for toner"],
        ),
    ],
)
def test_as_many_as_the_person_says(text: str, needs: list[str]) -> None:
    """Of two only the second was heard, and the first was never named again."""
    first, *rest = needs
    told = all_told(said(text))
    assert f"Først: {first}" in told
    assert all(one in told for one in rest)


@pytest.mark.parametrize(
    "text",
    [
        "SvarUt har stoppet siden midnatt, ingen av vedtakene går ut. Vi er Websak-forvaltere i HEL. jobben gir "
        "feilkode 503",
        "det er to feil på skriveren: striper og papirstopp",
        "Jeg har to skjermer, og den ene er svart",
    ],
)
def test_what_is_told_of_one_matter_is_no_need_of_its_own(text: str) -> None:
    """Who writes and which code it gives became cases of their own."""
    talk = said(text, role="forvalter")
    talk.bot_does_not_say("flere ting i meldingen")
    assert not talk.state.queued_needs
