"""Details of a report in the person's own words."""

from __future__ import annotations

import pytest

from knowledge.catalogue.form import AUDIENCES, BILLING_FIELDS
from knowledge.reading import details
from knowledge.reading.tried import read_tried


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("AKS nede, prøvd omstart", "prøvd omstart"),
        ("Vi har prøvd å starte pc-en på nytt. Haster!", "Vi har prøvd å starte pc-en på nytt"),
        ("har restartet to ganger, men det hjelper ikke", "har restartet to ganger"),
        ("Har logget av og på. Fortsatt feil", "Har logget av og på"),
        ("Omstart hjelper ikke", "Omstart hjelper ikke"),
        ("eg har prøvd annan nettlesar", "eg har prøvd annan nettlesar"),
        ("I have already tried restarting, it did not help", "I have already tried restarting, it did not help"),
        ("tried restarting, I am a teacher", "tried restarting"),
        ("har ikke prøvd noe ennå", "har ikke prøvd noe ennå"),
        ("Jeg har lukket Outlook og startet maskinen på nytt.", "Jeg har lukket Outlook og startet maskinen på nytt"),
        ("Vi har prøvd både pc og mobil.", "Vi har prøvd både pc og mobil"),
        ("har prøvd omstart mobil 91234567", "har prøvd omstart"),
        # What stands beside it is not taken in.
        ("Har prøvd annet headset og startet på nytt, PC-navn OSL778", "Har prøvd annet headset og startet på nytt"),
        ("Prøvd å logge av og på, 40 brukere", "Prøvd å logge av og på"),
        ("har prøvd å skru av og på nettet, ellers virker alt", "har prøvd å skru av og på nettet"),
        ("Vi har restartet VM-en via vCenter, Lars 90909090", "Vi har restartet VM-en via vCenter"),
        ("har prøvd omstart, Tøyen skole", "har prøvd omstart"),
        ("har prøvd omstart på 91 23 45 67", "har prøvd omstart"),
        # What is tried too is.
        ("prøvd omstart, annen maskin og annen nettleser", "prøvd omstart, annen maskin og annen nettleser"),
        ("har slettet køen, har også spurt superbruker", "har slettet køen, har også spurt superbruker"),
        ("Dei har dratt ut og inn straumen", "har dratt ut og inn straumen"),
        ("Har lagt ho til på nytt og venta ein time", "Har lagt ho til på nytt og venta ein time"),
        ("ikkje prøvd anna enn omstart", "omstart"),
        ("ingen har prøvd noe", "ingen har prøvd noe"),
        # These are no deeds of those who report.
        ("starta laurdag. Prøvde ein annan nettlesar", "Prøvde ein annan nettlesar"),
        ("flere foreldre har meldt det", None),
        ("den har stoppet på nytt", None),
        ("kan du prøvd", None),
        ("Har dere skjermer?", None),
        ("skriveren virker ikke", None),
        ("ikke prøvd", None),
    ],
)
def test_tried(text: str, tried: str | None) -> None:
    assert read_tried(text) == tried


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('får feilmeldingen "Kunne ikke lagre"', "Kunne ikke lagre"),
        ("det står «Ingen tilgang» på skjermen", "Ingen tilgang"),
        ("Feilmelding: Tilkoblingen ble brutt. Hva nå?", "Tilkoblingen ble brutt"),
        ("feilkode 0x80070035", "0x80070035"),
        ("får ORA-12154 hele tiden", "ORA-12154"),
        ("login returns AADSTS50105", "AADSTS50105"),
        ("nettleseren sier ERR_CONNECTION_REFUSED", "ERR_CONNECTION_REFUSED"),
        ("api-et har svart 503 på alt", "svart 503"),
        ("skriveren viser feilkode 49.4C02", "feilkode 49.4C02"),
        ('mappen heter "Felles" og er borte', None),
        ("ingen feilmelding", None),
    ],
)
def test_error(text: str, error: str | None) -> None:
    assert details.read_error(text) == error


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Ring meg på 915 12 345", "+4791512345"),
        ("tlf 22334455", "+4722334455"),
        ("sak 91512345, ring 41234567", "+4741234567"),
        ("ressursnummer 91512345", None),
        ("den 20.11.2026 kl 0815", None),
        ("serienr 12345678", None),
        ("kontoen 1234 56 78901", None),
        ("+47 123", None),
        ("treffes på 97 00 00 00 etter kl 12", "+4797000000"),
        ("svartjenesten 21802180 er nede", None),
        ("Sentralbordet vårt (23 41 00 00) svarer ikke, ring 91512345", "+4791512345"),
        ("21 80 21 80 er helt død", None),
        ("ingen kommer gjennom på hovednummer 21802180", None),
        ("21802180 er mobilen min", "+4721802180"),
    ],
)
def test_phone(text: str, phone: str | None) -> None:
    assert details.read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Melder på vegne av Kari Nordmann som ikke kommer inn", "Kari Nordmann"),
        ("på vegne av en kollega: pc-en starter ikke", "en kollega"),
        ("melder for Per Hansen i 3. etasje", "Per Hansen"),
        ("Gjelder: Per Hansen, kommer ikke inn", "Per Hansen"),
        ("gjelder en nyansatt som mangler tilgang", "en nyansatt"),
        ("reporting for John Smith who cannot log in", "John Smith"),
        ("på vegne av meg selv", None),
        ("gjelder hele bydelen", None),
        ("gjelder skriveren i gangen", None),
        ("skriveren virker ikke", None),
    ],
)
def test_on_behalf_of(text: str, who: str | None) -> None:
    assert details.read_on_behalf_of(text) == who


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Jeg er superbruker på Gerica", "superbruker"),
        ("eg er superbrukar", "superbruker"),
        ("melder dette som 1.linje", "1linje"),
        ("jeg jobber som førstelinje i bydelen", "1linje"),
        ("IT-ansvarlig her", "1linje"),
        ("Hilsen Ola, systemforvalter UBW", "forvalter"),
        ("Jeg er forvalter av UBW", "forvalter"),
        ("jeg er IKT-hovedkontakt", "ikt-hovedkontakt"),
        ("I am the super user here", "superbruker"),
        ("jeg er vanlig ansatt", "ansatt"),
        ("jeg er ikke superbruker", None),
        ("superbrukeren vår har sluttet", None),
        ("skriveren virker ikke", None),
    ],
)
def test_role(text: str, role: str | None) -> None:
    assert details.read_role(text) == role
    assert role is None or role in AUDIENCES


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("PC-en hans (PC-204511) starter ikke", "PC-204511"),
        ("maskinnavn: OSL12345", "OSL12345"),
        ("bærbaren er død", "bærbaren"),
        ("skriveren i gangen", "skriveren"),
        ("på iPhone", "iPhone"),
        ("websak er nede", None),
    ],
)
def test_device(text: str, device: str | None) -> None:
    assert details.read_device(text) == device


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("skriveren på rom 312 er tom", "rom 312"),
        ("i møterom Fjorden", "møterom Fjorden"),
        ("nett nede i 3. etasje", "3. etasje"),
        ("jobber på hjemmekontor", "hjemmekontor"),
        ("vi er i Bydel Gamle Oslo og mangler nett", "Bydel Gamle Oslo"),
        ("teacher at Hovseter skole", "Hovseter skole"),
        ("på Ammerudhjemmet er det mørkt", "Ammerudhjemmet"),
        ("i Storgata 12 mangler nett", "Storgata 12"),
        ("websak er nede", None),
    ],
)
def test_place(text: str, place: str | None) -> None:
    assert details.read_place(text) == place


@pytest.mark.parametrize(
    ("text", "environments"),
    [
        ("oppgrader test og preprod", ("test", "preprod")),
        ("prod til fredag, test i dag", ("test", "prod")),
        ("i alle miljøer", ("test", "preprod", "prod")),
        ("produksjonsmiljøet er nede", ("prod",)),
        ("kopi av prod til testmiljøet", ("test", "prod")),
        ("kan dere test av dette", ()),
        ("produktet er testet", ()),
    ],
)
def test_environments(text: str, environments: tuple[str, ...]) -> None:
    assert details.read_environments(text) == environments


@pytest.mark.parametrize(
    ("text", "billing"),
    [
        ("Ressursnummer: 123456, kostnadssted 4711", {"ressursnummer": "123456", "kostnadssted": "4711"}),
        ("ressursnr 12 34 56", {"ressursnummer": "123456"}),
        ("fakturareferanse er ABC-2026-01", {"fakturareferanse": "ABC-2026-01"}),
        ("faktura merkes med 98765432", {"fakturareferanse": "98765432"}),
        ("cost center 4711", {"kostnadssted": "4711"}),
        ("hva er kostnadsstedet vårt?", {}),
        ("", {}),
    ],
)
def test_billing(text: str, billing: dict[str, str]) -> None:
    assert details.read_billing(text) == billing
    assert set(billing) <= set(BILLING_FIELDS)


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("se vedlagt skjermbilde", True),
        ("Legger ved mailen fra leverandøren", True),
        ("screenshot attached", True),
        ("klarer ikke åpne vedlegg", False),
        ("uten vedlegg", False),
        ("skriveren virker ikke", False),
    ],
)
def test_attachments(text: str, mentioned: bool) -> None:
    assert details.attachments_mentioned(text) is mentioned


def test_when_it_fails_is_not_what_was_tried() -> None:
    """ "Etter at jeg har logget inn" was taken for an attempt, and the real ones were lost."""
    told = "Visma feiler etter at jeg har logget inn. Vi har prøvd å starte PC-en på nytt og annen nettleser."
    assert read_tried(told) == "Vi har prøvd å starte PC-en på nytt og annen nettleser"
    assert read_tried("Feilen kommer når jeg har startet PC-en på nytt") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("skriveren i Storgata 1, 3. etasje", "Storgata 1, 3. etasje"),
        ("Rådhuset 3. etasje", "Rådhuset 3. etasje"),
        ("den står på rådhuset 3 etg", "rådhuset 3 etg"),
        ("kjellaren på Rådhuset", "kjellaren på Rådhuset"),
        ("biblioteket er stengt", None),
    ],
)
def test_a_place_is_taken_with_its_house(text: str, place: str | None) -> None:
    assert details.read_place(text) == place
