"""A form's own fields out of free text: by label, by shape, by who and what the sentence names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue import FieldType
from knowledge.reading.fields import read_fields
from knowledge.reading.names import find_names
from knowledge.reading.sentences import first_sentence_of
from knowledge.reading.wanted import WantedField


def text(key: str, label: str) -> WantedField:
    return WantedField(key, label, FieldType.TEXT, True)


def choice(key: str, label: str, *options: str) -> WantedField:
    return WantedField(key, label, FieldType.CHOICE, True, options)


def who(key: str, label: str) -> WantedField:
    return WantedField(key, label, FieldType.PERSON, True)


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("Vi trenger en ny liste. Navn: KUL-alle. Eier: Marit", text("navn", "Navn"), "KUL-alle"),
        ("Ansvar 30110 og 30120. Fra 1. desember.", text("ansvar", "Ansvar"), "30110 og 30120"),
        ("tilgang som leder for enhet 4410 Beredskap", text("enhet", "Enhet"), "4410 Beredskap"),
        ("Fakturanummer er 8842019, beløpet er feil", text("fakturanr", "Fakturanummer"), "8842019"),
        ("PC-navn BNA-PC8812. Programmet står på lista.", text("pc_navn", "PC-navn"), "BNA-PC8812"),
        ("Maskinen min heter NAE-PC2210 og er treg", text("pc_navn", "PC-navn"), "NAE-PC2210"),
        ("Siden https://www.x.example/park/ viser 404.", text("url", "Nettadresse"), "https://www.x.example/park/"),
        ("med adressen frivillig@bgo.example.no.", text("adresse", "Ønsket e-postadresse"), "frivillig@bgo.example.no"),
        ("Kilde 10.20.30.40, mål 10.50.60.70, port 443/TCP", text("maal", "Mål"), "10.50.60.70"),
        ("Kilde 10.20.30.40, mål 10.50.60.70, port 443/TCP", text("port", "Port og protokoll"), "443/TCP"),
        ("oppgraderes fra versjon 8.2 til versjon 8.4", text("til_versjon", "Til versjon"), "8.4"),
        ("oppgraderes fra versjon 8.2 til versjon 8.4", text("fra_versjon", "Fra versjon"), "8.2"),
        ("Projektoren på møterom Ekeberg i Storgata 51", text("rom", "Romnavn"), "Ekeberg"),
        ("I Storgata 51, 4. etasje, er alt dødt", text("lokasjon", "Lokasjon"), "Storgata 51, 4. etasje"),
        ("rolle Lærer på Tåsen skole?", text("skole", "Skole"), "Tåsen skole"),
        ("den skal hete Sentralen Sentrum, takk", text("visningsnavn", "Visningsnavn"), "Sentralen Sentrum"),
        ("Ny liste. Navn: KUL-sjefer. Eier: Per", text("navn", "Navn på listen"), "KUL-sjefer"),
        ("feil på Lillohjemmet avdeling 2 siden i går", text("avd", "Avdeling"), "Lillohjemmet avdeling 2"),
        ("skal vere saksbehandlar på eininga Byutvikling.", text("enhet", "Administrativ enhet"), "Byutvikling"),
        ("ny brukar på NAV Sagene, leiaren har godkjent", text("kontor", "NAV-kontor"), "NAV Sagene"),
        ("Integrasjonen ABC-0099 feiler", text("integrasjon", "Navn/ID på integrasjon"), "ABC-0099"),
        ("uttaket er merket B3-204 og er dødt", text("punkt", "Merking på uttak"), "B3-204"),
        ("konsulent fra Fjord & Data AS begynner", text("firma", "Firma"), "Fjord & Data AS"),
        ("Installer Notepad++ på pc-en", text("program", "Program"), "Notepad++"),
        ("Nummeret er 917 65 432", text("id", "PC-navn, telefonnummer eller IMEI"), "917 65 432"),
        # A value is a whole token or phrase, and its shape fits the field.
        ("Skriveren BGO-PRT-114 striper", text("skriver_id", "Maskin-ID (skriver)"), "BGO-PRT-114"),
        ("Skriveren i 3. etasje striper", text("lokasjon", "Lokasjon (adresse og etasje)"), "3. etasje"),
        ("Møterommet Ekeberg i 5. etasje", text("lokasjon", "Lokasjon (adresse og etasje)"), "5. etasje"),
        ("wifi på 4.etg i Storgata 12 er dødt", text("lokasjon", "Lokasjon"), "4.etg i Storgata 12"),
        ("Hele Bjølsen skole er uten nett", text("lokasjon", "Lokasjon"), "Bjølsen skole"),
        ("Gerica gir ORA-12541", text("servernavn", "Citrix-server"), None),
        ("Server oslapp0417 svarer ikke", text("server", "Servernavn"), "oslapp0417"),
        ("får ikke ut fra follo-print-07", text("ko", "Skriver eller kø"), "follo-print-07"),
        ("kø: bfr-2etg-farge", text("ko", "Skriver/utskriftskø"), "bfr-2etg-farge"),
        ("Foreldreappen til Lillo barnehage er nede", text("barnehage", "Barnehage"), "Lillo barnehage"),
        ("barnehagen er nede", text("barnehage", "Barnehage"), None),
        ("uttak merket 2.14-B. Vi har", text("punkt", "Merking på uttaket"), "2.14-B"),
        ("23 41 00 00 er hovednummeret", text("svargruppe", "Svargruppe / hovednummer"), "23 41 00 00"),
        ("Saksnr 26/10412.", text("saksnr", "Saksnummer"), "26/10412"),
        ("Siden om priser på oslo.kommune.no gir 404", text("url", "Adresse (url)"), "oslo.kommune.no"),
        ("Programmet er borte fra maskinen", text("program", "Program"), None),
        ("vi er på jobb i Oslo", text("enhet", "Enhet"), None),
        ("PC-en er treg", text("pc_navn", "PC-navn"), None),
        ("alt er nede", text("navn", "Navn"), None),
    ],
)  # fmt: skip
def test_text_fields(said: str, field: WantedField, value: str | None) -> None:
    assert read_fields(said, [field]).get(field.key) == value


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("Serversertifikatet må fornyes", choice("handling", "Handling", "Ny", "Fornye", "Tilbakekalle"), "Fornye"),
        ("Projektoren er død", choice("utstyr", "Utstyr", "Projektor", "Skjerm", "Bookingpanel"), "Projektor"),
        ("vi bruker testserveren", choice("miljo", "Miljø", "Test", "Prod"), None),
        ("Vurdering virker, men fravær gjør det ikke", choice("modul", "Modul", "Vurdering", "Fravær"), "Fravær"),
        ("Jobbmobilen er stjålet", choice("enhet", "Enhet", "PC", "Mobil"), "Mobil"),
        ("exel krasjer", choice("program", "Program", "Word", "Excel"), "Excel"),
        ("får ikkje ført fråvær", choice("modul", "Modul", "Elev", "Fravær"), "Fravær"),
        ("på iPhonen min (iOS)", choice("plattform", "Plattform", "iOS/iPadOS", "Android"), "iOS/iPadOS"),
        ("Ingen skade, trolig teknisk feil", choice("aarsak", "Årsak", "Teknisk feil", "Skade"), "Teknisk feil"),
        (
            "Retning intern → sikker sone",
            choice("r", "Retning", "Intern → sikker sone", "Sikker sone → intern"),
            "Intern → sikker sone",
        ),
        (
            "det er lokalt på pcen, resten av Office virker",
            choice("hvor", "Hvor?", "Lokalt på PC", "AKS"),
            "Lokalt på PC",
        ),
        ("skjerm og projektor", choice("utstyr", "Utstyr", "Projektor", "Skjerm"), None),
        # "I går" is no word of what works.
        ("får ikke logget på fra kontoret siden i går", choice("fra", "Pålogging fra", "Kontor", "Hjemme"), "Kontor"),
        ("Modul: Brev\nKontor: Alna", choice("modul", "Modul", "Brev", "Utbetaling"), "Brev"),
    ],
)
def test_choices(said: str, field: WantedField, value: str | None) -> None:
    assert read_fields(said, [field]).get(field.key) == value


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("Jeg har anmeldt det til politiet", "Anmeldt til politiet", "ja"),
        ("Det er ikke anmeldt til politiet", "Anmeldt til politiet", "nei"),
        ("Den skal være permanent.", "Permanent åpning", None),
        ("noe helt annet", "Anmeldt til politiet", None),
    ],
)
def test_yes_and_no(said: str, label: str, value: str | None) -> None:
    field = WantedField("f", label, FieldType.BOOLEAN, True)
    assert read_fields(said, [field]).get("f") == value


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [("vCPU 4 og 16 GB minne", "Minne (GB)", "16"), ("vCPU: 4", "vCPU", "4"), ("ingen tall", "Antall", None)],
)
def test_numbers(said: str, label: str, value: str | None) -> None:
    assert read_fields(said, [WantedField("f", label, FieldType.NUMBER, True)]).get("f") == value


class TestPersons:
    USER = who("gjelder_bruker", "Gjelder bruker")
    LEADER = who("godkjent_av", "Godkjent av")

    def test_the_one_it_is_about_and_the_one_who_approved(self) -> None:
        said = "Ny bruker i Gerica: Sara Ness, sykepleier. Godkjent av enhetsleder Bente Aas."
        assert read_fields(said, [self.USER, self.LEADER]) == {
            "gjelder_bruker": "Sara Ness",
            "godkjent_av": "Bente Aas",
        }

    def test_a_leader_alone_is_not_the_user(self) -> None:
        assert read_fields("Leder Anne Berg har godkjent.", [self.USER, self.LEADER]) == {"godkjent_av": "Anne Berg"}

    def test_an_owner(self) -> None:
        assert read_fields("Eier blir Grete Solli.", [who("eier", "Eier")]) == {"eier": "Grete Solli"}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Kari Nordmann får ikke logget på", ["Kari Nordmann"]),
        ("Vikaren vår Amina Hassan har glemt passordet", ["Amina Hassan"]),
        ("Teams Telefoni: Jonas Vik kan ikke ringe", ["Jonas Vik"]),
        ("PC-en til Anne-Lise Ek Berg starter ikke", ["Anne-Lise Ek Berg"]),
        ("Skriveren på Deichman Grünerløkka er tom", []),
        ("Schous Plass 10 er uten nett", []),
        ("Vi bruker Visma Flyt Skole hver dag", []),
        ("Bydel Gamle Oslo er nede", []),
        ("kari nordmann", []),
    ],
)
def test_names(said: str, names: list[str]) -> None:
    assert [name.text for name in find_names(said, ["Bydel Gamle Oslo"])] == names


ALL_TYPES = [WantedField(kind.value, "Navn på kø (kort) / type", kind, True, ("Ny", "Endre")) for kind in FieldType]


@given(st.text(max_size=300))
def test_any_text_is_read_without_failing_and_every_value_is_short(said: str) -> None:
    assert all(value and len(value) <= 320 for value in read_fields(said, ALL_TYPES).values())


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("Selvbetjening har hun prøvd uten hell", "Selvbetjening er forsøkt", "ja"),
        ("jeg oppga ikke passord", "Passord er oppgitt", "nei"),
        ("Han har tatt vare på bokmerker og signatur", "Brukeren har tatt vare på bokmerker og signatur", "ja"),
        ("He has signed the declaration of confidentiality", "Taushetserklæring er signert", "ja"),
        ("Brukeren er treg i dag", "Brukeren vet at ulagret arbeid kan gå tapt", None),
    ],
)
def test_a_yes_or_no_is_read_where_a_clause_says_what_is_asked(said: str, label: str, value: str | None) -> None:
    field = WantedField("f", label, FieldType.BOOLEAN, True)
    assert read_fields(said, [field]).get("f") == value


def test_the_reason_is_read_where_one_is_asked_for() -> None:
    field = WantedField("begrunnelse", "Begrunnelse", FieldType.LONGTEXT, True)
    said = "Trenger lokal admin fordi han må bytte drivere i felt. Leder har godkjent."
    assert read_fields(said, [field]) == {"begrunnelse": "han må bytte drivere i felt"}


def test_who_gets_access_as_a_leader_has_not_approved_it() -> None:
    fields = [who("gjelder_bruker", "Gjelder bruker"), who("godkjent_av", "Godkjent av leder")]
    assert read_fields("Gi Kjersti Lie tilgang som leder i systemet", fields) == {"gjelder_bruker": "Kjersti Lie"}
    assert read_fields("Gi Kjersti Lie tilgang. Leder Anne Berg har godkjent", fields) == {
        "gjelder_bruker": "Kjersti Lie",
        "godkjent_av": "Anne Berg",
    }


def test_a_list_of_users_takes_all_the_names() -> None:
    field = WantedField("brukere", "Brukere", FieldType.LONGTEXT, True)
    assert read_fields("Legg til Ahmed Ali og Trine Foss i postkassen", [field]) == {"brukere": "Ahmed Ali, Trine Foss"}


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Oda slutter 30. november. Takk", "Oda slutter 30. november."),
        ("Møtet kl. 18 er avlyst. Takk", "Møtet kl. 18 er avlyst."),
        ("Det skjedde den 3. Alle så det", "Det skjedde den 3."),
        ("Hva skjer? Alt er nede", "Hva skjer?"),
        ("uten tegn", "uten tegn"),
    ],
)
def test_an_ordinal_or_an_abbreviation_ends_no_sentence(said: str, first: str) -> None:
    assert first_sentence_of(said) == first


TEAMS = choice("hva", "Gjelder", "Lyd/bilde i møte", "Deling av skjerm", "Chat", "Team/kanal", "Starter ikke")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("Teams er tregt", TEAMS, None),
        ("Teamet vårt er borte fra Teams", TEAMS, "Team/kanal"),
        ("Teams møte: Kameraet virker, men ikke lyden", TEAMS, "Lyd/bilde i møte"),
        ("Websak henger", choice("flate", "Hvor?", "Websak+ (nett)", "Klient i AKS"), None),
        ("Websak+ henger", choice("flate", "Hvor?", "Websak+ (nett)", "Klient i AKS"), "Websak+ (nett)"),
        ("gir 404 i Edge, i Chrome virker den.", choice("nettleser", "Nettleser?", "Edge", "Chrome"), "Edge"),
        ("minGat viser feil. Gat klienten er grei.", choice("hva", "Gjelder", "Gat klient", "MinGat"), "MinGat"),
        ("postkassa synkar ikkje", choice("hva", "Hva er feil?", "Vises ikke", "Synker ikke"), "Synker ikke"),
        ("Opptaksmodulen er treg", choice("modul", "Modul", "Opptak", "Faktura"), "Opptak"),
    ],
)
def test_what_works_is_not_what_is_wrong(said: str, field: WantedField, value: str | None) -> None:
    assert read_fields(said, [field]).get(field.key) == value


def test_who_signs_is_not_whom_it_is_about() -> None:
    wanted = [who("gjelder_bruker", "Gjelder bruker")]
    assert read_fields("Får ikke logget på. Mvh Siv Moen", wanted) == {}
    assert read_fields("Siv Moen får ikke logget på", wanted) == {"gjelder_bruker": "Siv Moen"}


def test_the_number_to_be_reached_on_is_not_the_number_it_is_about() -> None:
    number = WantedField("nummer", "Telefonnummer", FieldType.PHONE, True)
    said = "Ring meg på 45 67 89 01. Bordtelefonen 21 80 10 10 er stum."
    assert read_fields(said, [number]) == {"nummer": "21 80 10 10"}
