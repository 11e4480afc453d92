"""One message in, everything it says out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading import Extent, Outage, Reader, Reading, find_personal_data
from knowledge.reading.time import OSLO, Moment
from knowledge.systems_file import load_systems

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=OSLO)
READER = Reader(
    load_systems(Path(__file__).parents[3] / "knowledge" / "data" / "systems.json"),
    {"BGO": "Bydel Gamle Oslo", "HEL": "Helseetaten", "VAV": "Vann- og avløpsetaten"},
)


def read(text: str) -> Reading:
    return READER.read(text, NOW)


def at(moment: Moment | None) -> str | None:
    return None if moment is None else moment.at.isoformat(timespec="minutes")


def test_a_whole_report_in_one_sentence() -> None:
    reading = read("Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart")
    assert reading.kind_hint == "support"
    assert [hit.system.name for hit in reading.systems] == ["AKS"]
    assert at(reading.started_at) == "2026-11-22T08:15+01:00"
    assert reading.extent is Extent.SEVERAL_LOCATIONS
    assert reading.outage is Outage.FULL
    assert reading.tried is not None
    assert "omstart" in reading.tried
    assert reading.critical
    assert reading.wanted_at is None


def test_a_critical_report_from_a_superbruker() -> None:
    reading = read(
        "Hei, jeg er superbruker på Ammerudhjemmet. Ingen på 3. etasje kommer inn i Gerica siden kl 07.10, vi har "
        "prøvd å starte pc-ene på nytt. Haster, pasienter venter på medisin! Ring meg på 915 12 345"
    )
    assert (reading.kind_hint, reading.role, reading.phone) == ("support", "superbruker", "+4791512345")
    assert [hit.system.name for hit in reading.systems] == ["Gerica"]
    assert at(reading.started_at) == "2026-11-23T07:10+01:00"
    assert (reading.extent, reading.outage, reading.critical) == (Extent.DEPARTMENT, Outage.FULL, True)
    assert reading.tried == "vi har prøvd å starte pc-ene på nytt"
    assert reading.place == "3. etasje"


def test_an_order_with_environments_and_billing() -> None:
    reading = read(
        "Bestiller oppgradering av UBW i test og preprod innen 1. desember, ressursnummer 123456, kostnadssted 4711, "
        "vedlagt mail fra leverandør. Mvh Ida, systemforvalter i Helseetaten"
    )
    assert (reading.kind_hint, reading.role, reading.virksomhet) == ("service", "forvalter", "HEL")
    assert at(reading.wanted_at) == "2026-12-01T00:00+01:00"
    assert reading.started_at is None
    assert reading.environments == ("test", "preprod")
    assert reading.billing == {"ressursnummer": "123456", "kostnadssted": "4711"}
    assert reading.attachments_mentioned
    assert (reading.outage, reading.extent, reading.critical) == (None, None, False)


def test_english() -> None:
    reading = read('I can\'t log in to the Citrix desktop since yesterday, error "Cannot connect to server"')
    assert [hit.system.name for hit in reading.systems] == ["AKS"]
    assert at(reading.started_at) == "2026-11-22T00:00+01:00"
    assert (reading.extent, reading.outage) == (Extent.USER, Outage.FULL)
    assert reading.error_text == "Cannot connect to server"


def test_nynorsk() -> None:
    reading = read("Heile etaten får ikkje logga på Gerica sidan i går ettermiddag, ingen kjem inn")
    assert at(reading.started_at) == "2026-11-22T12:00+01:00"
    assert (reading.extent, reading.outage) == (Extent.SEVERAL_LOCATIONS, Outage.FULL)


@pytest.mark.parametrize(
    ("text", "started"),
    [
        ("Gerica er nede siden i morges, gikk fint i går", "2026-11-23T05:00+01:00"),
        ("I går virket det, men i dag kommer jeg ikke inn", "2026-11-23T00:00+01:00"),
        ("får «du har ikke tilgang» i dag, i går kom jeg rett inn", "2026-11-23T00:00+01:00"),
        ("Outlook henger. Det startet cirka kvart over åtte", "2026-11-23T08:15+01:00"),
        ("Byttet passord forrige uke, siden i går får jeg ikke logget på", "2026-11-22T00:00+01:00"),
        ("AKS har vært nede i to timer", "2026-11-23T08:00+01:00"),
        ("aks frysser hele tida i dag", "2026-11-23T00:00+01:00"),
        ("kø i marvin siden 0600, feil på mottaker", "2026-11-23T06:00+01:00"),
        ("skriveren feiler hver mandag", None),
        ("maskinen er treg om morgenen", None),
        ("får feil i versjon 12.10", None),
        ("det var bra før sommeren, nå er det feil", None),
        ("teams virker ikke", None),
        ("tregt fra mandag av", "2026-11-16T00:00+01:00"),
        ("Trenger hjelp til å bestille, det har vært slik siden fredag", "2026-11-20T00:00+01:00"),
        ("Hva gjør jeg? Det begynte i går kl 9", "2026-11-22T09:00+01:00"),
        ("Hva gjør jeg i dag?", None),
        ("bestilte dette i 2015, får feil", None),
        ("Det var tull i går i vår avdeling", "2026-11-22T00:00+01:00"),
    ],
)
def test_when_it_began(text: str, started: str | None) -> None:
    assert at(read(text).started_at) == started


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Trenger ny bruker til en som starter mandag 7. desember", "2026-12-07T00:00+01:00"),
        ("Kan dere stanse dataflyten fra fredag kl. 16 til mandag", "2026-11-27T16:00+01:00"),
        ("Bestille tre skjermer, må ha dem før jul", "2026-12-25T00:00+01:00"),
        ("skal prodsette ny versjon torsdag kveld, bestiller vakt", "2026-11-26T18:00+01:00"),
        ("innleid konsulent utløper på fredag", "2026-11-27T00:00+01:00"),
        ("Bestille bruker. Trenger den i dag", "2026-11-23T00:00+01:00"),
        ("Bestille skjerm, bestilte sist i forrige uke", None),
        ("Vi skal fra 8 til 9 på fagsystemet, bestiller oppgradering", None),
        ("IKT-kontakten vår ønsker ny tilgang i vår avdeling", None),
        ("Bestille ny kopimaskin til 2. etasje", None),
        ("Gi Kjersti Bø tilgang som leder i HR-systemet for enhet 4410 fra 1. januar", "2027-01-01T00:00+01:00"),
        ("To soner blir slått saman frå nyttår og må ryddast i Gerica", "2027-01-01T00:00+01:00"),
    ],
)
def test_when_it_is_wanted(text: str, wanted: str | None) -> None:
    reading = read(text)
    assert at(reading.wanted_at) == wanted


def test_a_fault_report_may_have_a_deadline() -> None:
    reading = read("Sikker sone har vært nede siden i går, har ti vedtak som må ut før kl 14")
    assert at(reading.started_at) == "2026-11-22T00:00+01:00"
    assert at(reading.wanted_at) == "2026-11-23T14:00+01:00"


def test_a_question_has_no_times() -> None:
    reading = read("Hvilke dager i jula er dere åpne?")
    assert (reading.kind_hint, reading.started_at, reading.wanted_at) == ("question", None, None)


def test_personal_data_far_into_a_long_text_is_still_found() -> None:
    text = "Skriveren er tom. " * 2000 + "fnr 13097248022"
    (finding,) = find_personal_data(text)
    assert (finding.kind, text[finding.start : finding.end]) == ("fodselsnummer", "13097248022")


def test_an_empty_message_says_nothing() -> None:
    assert read("") == Reading(text="")


def test_a_naive_now_counts_as_oslo_time() -> None:
    naive = READER.read("nede siden kl 8", NOW.replace(tzinfo=None))
    assert naive == read("nede siden kl 8")


WORDS = st.sampled_from(
    (
        "jeg vi ingen alle hele bydelen kontoret får ikke logget på AKS Gerica siden i går kl 08.15 prøvd omstart "
        "kritisk ikke haster pasient passord: hemmelig1 915 12 345 innen fredag "
        'til mandag "feil" men , . ! \n ønsker ny bruker'
    ).split(" ")
)


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=400) | st.lists(WORDS, max_size=40).map(" ".join),
    st.datetimes().map(lambda d: d.replace(tzinfo=OSLO)),
)
def test_any_message_at_any_time_is_read_without_error(text: str, now: datetime) -> None:
    reading = READER.read(text, now)
    assert reading.text == text
    assert reading.critical is bool(reading.critical_words)
    for moment in (reading.started_at, reading.wanted_at):
        assert moment is None or moment.at.tzinfo is OSLO
    if reading.started_at is not None:
        assert reading.started_at.at - now <= timedelta(0)
    for words in (reading.tried, reading.error_text, reading.device, reading.place, reading.on_behalf_of):
        assert words is None or words in text


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Vi på Helseetaten får ikke skrevet ut", True),
        ("eg jobbar ved NAV i Bydel Gamle Oslo", True),
        ("Skriveren er død. Hilsen Ida Holm, 1.linje HEL", True),
        ("I work at HEL and cannot log on", True),
        ("AKS er nede i Bydel Gamle Oslo", False),
        ("Jeg er på besøk i Helseetaten og får ikke nett", False),
        ("Jeg jobber ikke i HEL", False),
        ("Vi har ansatte i Helseetaten som mangler tilgang", False),
    ],
)
def test_a_virksomhet_is_ones_own_when_the_person_says_so(text: str, own: bool) -> None:
    reading = read(text)
    assert reading.virksomhet in ("HEL", "BGO")
    assert reading.works_there is own


def test_a_date_of_what_turns_out_to_be_an_order_is_read_though_no_word_orders() -> None:
    text = "Liv Aune bytter fra Vann- og avløpsetaten til Bymiljøetaten 1. januar."
    assert read(text).wanted_at is None
    assert at(READER.read_wanted(text, NOW)) == "2027-01-01T00:00+01:00"
