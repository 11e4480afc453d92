"""Extent, outage, criticality and kind, as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading.extent import read_extent
from knowledge.reading.kind import read_kind
from knowledge.reading.outage import read_outage
from knowledge.reading.signals import Extent, Outage, plain, read_critical

USER, DEPARTMENT, SEVERAL = Extent.USER, Extent.DEPARTMENT, Extent.SEVERAL_LOCATIONS


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("jeg kommer ikke inn", USER),
        ("Eg får ikkje opna dokumentet", USER),
        ("hos meg virker det ikke", USER),
        ("PC-en min starter ikke", USER),
        ("en kollega kommer ikke inn", USER),
        ("I can't log in", USER),
        ("bare jeg som har problemet, alle på kontoret kommer inn", USER),
        ("alle andre her kommer inn uten problem, kun på min maskin", USER),
        ("hele avdelingen får ikke skrevet ut", DEPARTMENT),
        ("hele kontoret mangler nett", DEPARTMENT),
        ("Ikke bare meg, hele kontoret mangler nett", DEPARTMENT),
        ("alle på huset er uten nett", DEPARTMENT),
        ("heile skulen er utan nett", DEPARTMENT),
        ("Ingen på 3. etasje kommer inn", DEPARTMENT),
        ("3. etg får ikke skrevet ut", DEPARTMENT),
        ("jeg og flere kolleger kommer ikke inn", DEPARTMENT),
        ("tre saksbehandlere har trøbbel", DEPARTMENT),
        ("systemet er nede for alle", DEPARTMENT),
        ("nobody in the office can print, the whole department is down", DEPARTMENT),
        ("Hele bydelen får ikke logget på", SEVERAL),
        ("heile etaten får ikkje logga på", SEVERAL),
        ("alle sykehjemmene mangler nett", SEVERAL),
        ("flere steder i byen", SEVERAL),
        ("det gjelder tre lokasjoner", SEVERAL),
        ("alle ansatte i virksomheten", SEVERAL),
        ("flere bydeler melder om feil", SEVERAL),
        ("several locations are affected", SEVERAL),
        *((text, USER) for text in ("kun meg", "berre eg", "just me", "alle andre på kontoret jobber som normalt")),
        *(
            (text, DEPARTMENT)
            for text in (
                "mange på etasjen får ikke nett",
                "gjelder bare vår avdeling",
                "25 elever får ikke logget inn",
                "to av kollegaene mine har det samme",
                "alle på kontoret",
                "hele skolen",
                "hele Tøyen skole",
                "halve avdelingen",
                "de fleste på kontoret",
                "gjelder meg og en kollega",
                "nede for tre på teamet mitt",
                "heile skulen",
                "halve avdelinga",
                "25 elevar",
                "everyone in the office",
                "two of my colleagues",
                "many on our floor",
            )
        ),
        *((text, SEVERAL) for text in ("mange i etaten", "på tvers av bydelen", "nede for noen i etaten")),
        ("trodde først det var bare meg, men nå har hele avdelingen det", DEPARTMENT),
        ("det er ikke bare meg", None),
        ("flere enn meg har det", None),
        ("skriveren virker ikke", None),
        ("ring meg på 91512345, skriveren virker ikke", None),
        ("jeg er superbruker, skriveren virker ikke", None),
        ("", None),
    ],
)
def test_extent(text: str, extent: Extent | None) -> None:
    assert read_extent(text) is extent


FULL, PARTIAL = Outage.FULL, Outage.PARTIAL


@pytest.mark.parametrize(
    ("text", "outage"),
    [
        ("systemet er helt nede", FULL),
        ("ingen får logget på", FULL),
        ("Ingen på 3. etasje kommer inn", FULL),
        ("kommer ikke inn i Gerica", FULL),
        ("får ikke skrevet ut", FULL),
        ("virker ikke i det hele tatt", FULL),
        ("noen ganger tregt, men nå virker det ikke i det hele tatt", FULL),
        ("kjem ikkje inn", FULL),
        ("skriveren virker ikke", FULL),
        ("telefonen er død, helt dødt", FULL),
        ("I cannot log in", FULL),
        ("it does not work", FULL),
        ("går veldig tregt", PARTIAL),
        ("henger av og til", PARTIAL),
        ("noen får ikke logget på", PARTIAL),
        ("bare utskrift er borte", PARTIAL),
        ("deler av systemet er borte", PARTIAL),
        ("blir kastet ut hele tiden", PARTIAL),
        ("får ikke lagret, men resten virker fint", PARTIAL),
        ("it is slow and freezes", PARTIAL),
        ("trenger ny skjerm", None),
        ("", None),
        # The more specific wins over "alt er nede".
        ("Alt er nede, men webmail virker", PARTIAL),
        ("Intranettet er heilt nede, men nettutgåva verkar", PARTIAL),
        ("UBW er nede, på mobilen går det fint", PARTIAL),
        ("alt er nede. Resten virker", PARTIAL),
        ("Kameraet virker, men ikke lyden", PARTIAL),
        ("bildet kommer, lyden ikke", PARTIAL),
        ("Sentralbordet er dødt inn. Utgående går.", PARTIAL),
        ("PLO kommer ikke inn, men vi får sendt", PARTIAL),
        ("everything is down but email works", PARTIAL),
        ("VPN er nede, ellers går nettet", PARTIAL),
        # That others are spared, that it seems so or is hoped for, says nothing of parts.
        ("Alle andre kommer inn, hos meg er alt nede", FULL),
        ("skriveren virker ikke, naboskriveren til kollegaen virker", FULL),
        ("den er helt nede og virker som den er død", FULL),
        ("helt nede, vi trenger at det virker før helga", FULL),
        ("Systemet er nede. Når virker det igjen?", FULL),
        ("ingenting virker, det er nede", FULL),
        ("nede siden i går", FULL),
    ],
)
def test_outage(text: str, outage: Outage | None) -> None:
    assert read_outage(text) is outage


@pytest.mark.parametrize(
    "text",
    [
        "Dette er kritisk for oss",
        "fare for liv og helse",
        "Legevakta har mistet nettet",
        "får ikke opp medisinlister i Gerica",
        "det haster, pasienter venter",
        "Hele bydelen får ikke logget på AKS",
        "AKS nede på alle sykehjem",
        "flere virksomheter er nede",
        "vi er utsatt for løsepengevirus, ransomware",
        "filene er kryptert",
        "mistenker datainnbrudd",
        "trygghetsalarmene gir ikke varsel",
        "this is critical, patients are waiting",
        "brannalarmen virker ikke",
        "vaktsentralen får ikke ringt",
    ],
)
def test_critical(text: str) -> None:
    words = read_critical(text)
    assert words
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    "text",
    [
        "det er ikke kritisk",
        "Ikkje kritisk, men tregt",
        "ingen kritisk feil, haster ikke",
        "not critical",
        "medisinlista kan ikke skrives ut, men det haster ikke",
        "skriveren virker ikke",
        "jeg får ikke logget på",
        "hele kontoret mangler nett",
        "er det kritisk når skriveren er tom?",
        "",
    ],
)
def test_not_critical(text: str) -> None:
    assert read_critical(text) == ()


def test_an_order_that_names_a_vital_service_is_not_critical() -> None:
    text = "Vi trenger to nye brukere til legevakta, de mangler tilgang"
    assert read_critical(text, support=False) == ()
    assert read_critical(text) == ("legevakta",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Får ikke logget på Gerica", "support"),
        ("websak henger", "support"),
        ("feilmelding når jeg lagrer", "support"),
        ("Det er datainnbrudd her", "support"),
        ("Kjem ikkje inn i sikker sone", "support"),
        ("my screen is broken", "support"),
        ("Bestille ny bruker til nyansatt", "service"),
        ("Vi ønsker oppgradering av UBW", "service"),
        ("trenger tilgang til felles postboks", "service"),
        ("please create a new user", "service"),
        ("Hva er en hovedsak?", "question"),
        ("hvilket skjema bruker jeg?", "question"),
        ("hei", None),
        ("", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    assert read_kind(text) == kind


def test_what_weighs_alike_for_fault_and_order_is_left_open() -> None:
    assert read_kind("ny skjerm, problem") is None


def test_a_question_that_orders_is_an_order() -> None:
    assert read_kind("Hvordan kan jeg bestille ny bruker, trenger det i dag?") == "service"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(plain(text + "İ")) == len(text) + 1


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    read_extent(text)
    read_outage(text)
    read_critical(text)
    read_kind(text)
