"""When a fault began, in messages that speak of other times too (each met by a player, in his own words)."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.transcript import OSLO, library

EVENING = datetime(2026, 11, 24, 20, 45, tzinfo=OSLO)
MORNING = datetime(2026, 11, 24, 10, 5, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (
            EVENING,
            "Nettbrettet i hjemmetjenesten viser ikke arbeidslista mi. skal ut til første bruker kl 21, kritisk!!",
        ),
        (EVENING, "Utskrift fra AKS går ikke på Lindeberg sykehjem post 2, medisinetiketter skal ut kl 21"),
        (EVENING, "Jeg skal ha møte kl 21 og Teams starter ikke"),
        (MORNING, "Printeren er død, må ha den før kl 14"),
        (MORNING, "Teams starter ikke, har møte kl 12"),
        (MORNING, "websak er nede. går det fort å fikse? vi har foreldremøte kl 12"),
        (MORNING, "websak nede, vet dere noe? får dere det opp før lunsj?"),
        (EVENING, "VPN er nede. kursdag på torsdag."),
        (EVENING, "kan ikke logge inn på HR, skal levere egenmelding før midnatt"),
    ],
)
def test_what_is_to_come_is_not_when_it_began(now: datetime, text: str) -> None:
    assert library().reader.read_start(text, now) is None


@pytest.mark.parametrize(
    "text",
    [
        "Gerica 9.4 henger",
        "versjon 24.2 krasjer",
        "Appen 24.2 krasjer hele tida",
        "pasient Olav Nordmann f. 12.03.1941 har fått feil medisin i Gerica, får ikke rettet det",
        "bruker født 01.02.1938 vises ikke i Gerica",
    ],
)
def test_a_version_or_a_birth_is_no_date_of_the_case(text: str) -> None:
    assert library().reader.read_start(text, EVENING) is None
    assert library().reader.read_wanted(text, EVENING) is None


def test_the_day_one_asks_the_opening_hours_of_is_no_start() -> None:
    text = "kor lenge e det åpent på servicesenteret på fredag\nok. pc-en min e så treig. sia oppdateringen i går"
    began = library().reader.read_start(text, EVENING)
    assert began is not None
    assert began.text == "i går"


@pytest.mark.parametrize(
    ("now", "text", "hour"),
    [
        (EVENING, "siden i formiddag ca 11", 11),
        (EVENING, "den ble borte i ettermiddag rundt 15, har ringt den", 15),
        (EVENING, "det stoppet nå i kveld ca 19", 19),
        (EVENING, "The wifi keeps dropping since 9 this morning, rebooted the laptops", 9),
        (MORNING, "siden i stad kl 9, berre meg, alt er nede trur eg", 9),
        (EVENING, "siden kl 18", 18),
    ],
)
def test_the_hour_beside_the_part_of_the_day_is_kept(now: datetime, text: str, hour: int) -> None:
    began = library().reader.read_start(text, now)
    assert began is not None
    assert (began.at.date(), began.at.hour) == (now.date(), hour)


def test_people_counted_are_no_hour() -> None:
    began = library().reader.read_start("nede i ettermiddag for rundt 15 brukere", EVENING)
    assert began is not None
    assert began.precision == "part_of_day"


@pytest.mark.parametrize(
    "text",
    [
        "My iPhone won't get my work mail since this weekend, restarted twice",
        "mailen sluttet å virke i helga",
    ],
)
def test_a_weekend_is_about_its_saturday(text: str) -> None:
    began = library().reader.read_start(text, EVENING)
    assert began is not None
    assert (began.at.date().isoformat(), began.estimate) == ("2026-11-21", True)


def test_what_went_wrong_when_it_was_to_be_done_is_a_start() -> None:
    began = library().reader.read_start("Når jeg skal åpne Gerica i dag får jeg feil", EVENING)
    assert began is not None
    assert began.at.date() == EVENING.date()


def test_at_night_a_clock_of_the_evening_before_is_a_start() -> None:
    night = datetime(2026, 11, 25, 0, 30, tzinfo=OSLO)
    began = library().reader.read_start("AKS er nede for alle på vakta, kl 23", night)
    assert began is not None
    assert (began.at.day, began.at.hour) == (24, 23)
