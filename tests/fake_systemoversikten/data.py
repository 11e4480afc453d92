"""The fake's rows, shape by shape as the real tables have them. All of it is invented.

Each system is there for a pitfall, named beside it.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

CHANGED = "2026-11-23T08:51:21.660Z"


def ref(kind: str, number: int | None) -> Row:
    return {"class": kind, "id": number}


def system(number: int, name: str, short: str, **changes: Any) -> Row:
    """A row of /api/systemer/ with nothing optional in it but what is changed."""
    return {
        "class": "System",
        "id": number,
        "kartotek_url": f"https://kartoteket.example.org/systemer/detaljer/{number}/",
        "opprettet": CHANGED,
        "sist_oppdatert": CHANGED,
        "navn": name,
        "visningsnavn": f"{name} ({short})",
        "alias": None,
        "beskrivelse": None,
        "livslop_status": "3 👌 Moderne og modent",
        "ibruk": True,
        "urler": [],
        "systemtyper": [],
        "programvarer": [],
        "eierskapsmodell": None,
        "systemeier_virksomhet": None,
        "systemeier_kontaktpersoner": [],
        "systemforvalter_virksomhet": ref("Virksomhet", 2),
        "systemforvalter_kontaktpersoner": [],
        "systemforvalter_orgenhet_ouid": None,
        "forvaltning_epost": None,
        "superbrukere": None,
        "nokkelpersonell": None,
        "driftsplattform": ref("Driftsplattform", None),
        "bool_egenutviklet": False,
        "bool_saas": False,
        "plattformklassifisering": None,
        "konfidensialitet": "0 ?",
        "tilgjengelighet": "0 ?",
        "integritetsvurdering": "0 ?",
        "teknisk_egnethet": None,
        "strategisk_egnethet": None,
        "funksjonell_egnethet": None,
        "kommune_los": [],
        "dsb_kapabilitet": [],
        "systemleverandor": [],
        "basisdriftleverandor": [],
        "applikasjonsdriftleverandor": [],
        "service_offerings_external_id": [],
        "service_offerings_navn": [],
        **changes,
    }


def systemer(many: int = 0) -> list[Row]:
    return [
        # everything filled in; aliases parted by comma, space and line break
        system(
            1,
            "Prøvetid",
            "DIG",
            alias="Timeliste, PT\r\nGatprøve",
            beskrivelse="Invented: time registration.\r\nLine two.",
            urler=["https://prove.example.org/", "https://felles.example.org/prove"],
            programvarer=[ref("Programvare", 1), ref("Programvare", 2)],
            eierskapsmodell="Fellessystem (obligatorisk)",
            systemeier_virksomhet=ref("Virksomhet", 1),
            systemeier_kontaktpersoner=["fiktiv.eier@example.org"],
            systemforvalter_kontaktpersoner=["fiktiv.forvalter@example.org", "Ekstra.Forvalter@example.org"],
            systemforvalter_orgenhet_ouid={"prk_ouid": 111, "hr_navn": "Seksjon prøveforvaltning", "hr_ouid": 222},
            forvaltning_epost="provetid.forvaltning@example.org",
            superbrukere="Hemmelig Superbruker, tlf 99 99 99 99",
            nokkelpersonell="Hemmelig Nøkkelperson",
            driftsplattform=ref("Driftsplattform", 1),
            plattformklassifisering={"id": 1, "navn": "Privat datasenter"},
            tilgjengelighet="4 🔴 Alvorlig",
            dsb_kapabilitet=[ref("KritiskKapabilitet", 1)],
            systemleverandor=[ref("Leverandor", 1)],
            service_offerings_external_id=["bbb"],
        ),
        # a person without e-mail among the contacts; run by the operator
        system(
            2,
            "Journalprøve",
            "HPR",
            systemforvalter_virksomhet=ref("Virksomhet", 5),
            systemforvalter_kontaktpersoner=["", "fiktiv.journal@example.org"],
            eierskapsmodell="Sektorsystem",
            tilgjengelighet="🔴5 Svært alvorlig",
            urler=["felles.example.org", "https://www.journalprove.example.org/login", "http://["],
            programvarer=[ref("Programvare", 2)],
            driftsplattform=ref("Driftsplattform", 1),
            basisdriftleverandor=[ref("Leverandor", 2)],
        ),
        # retired: the addresses of those who left stand in the description
        system(
            3,
            "Avviklet prøve",
            "OKF",
            beskrivelse="Tidligere eier: slutta.person@example.org",
            livslop_status="7 ❌ Fullstendig avviklet",
            ibruk=False,
            systemforvalter_virksomhet=ref("Virksomhet", 3),
        ),
        # the same name as number 2; nobody but the virksomhet's IKT contact; no platform
        system(4, "Journalprøve", "BXX", systemforvalter_virksomhet=ref("Virksomhet", 4)),
        # the same name and the same forvalter, twice
        system(5, "Byggprøve", "DIG", eierskapsmodell="Tverrsektorielt system", tilgjengelighet="2 🟢 Lav"),
        system(6, "Byggprøve", "DIG", eierskapsmodell="IKT-støttesystem", tilgjengelighet="1 🟢 Ubetydelig"),
        # forvalter unknown; SaaS though the platform is the agency's own
        system(
            7,
            "Skyprøve",
            "?",
            systemforvalter_virksomhet=ref("Virksomhet", 3),
            systemeier_virksomhet=ref("Virksomhet", 3),
            driftsplattform=ref("Driftsplattform", 2),
            bool_saas=True,
            eierskapsmodell="Nasjonal felleskomponent",
            livslop_status="5 ☢️ Bør/skal byttes ut",
        ),
        # being acquired: not in use yet
        system(8, "Kommende prøve", "DIG", livslop_status="1 💡 Under anskaffelse/utvikling", ibruk=False),
        # back in use after it was retired, with an address left in the description; everyday words as aliases
        system(
            9,
            "Arkivprøve",
            "DIG",
            alias="system for arkiv; prøvearkiv ePrøve  x 42,arkiv",
            beskrivelse="Invented archive.\r\nTidligere forvalter: slutta.person@example.org\r\nLine three.",
            livslop_status="8 ❓ Ukjent",
            forvaltning_epost="",
            driftsplattform=ref("Driftsplattform", 3),
        ),
        # run by a partner; by a virksomhet itself; offered from the operator's CMDB; points at rows that are not there
        system(10, "Partnerprøve", "DIG", driftsplattform=ref("Driftsplattform", 4)),
        system(11, "Etatprøve", "HPR", driftsplattform=ref("Driftsplattform", 5)),
        system(12, "Tilbudsprøve", "DIG", service_offerings_navn=["Tilbudsprøve Produksjon"]),
        system(
            13,
            "Løsprøve",
            "DIG",
            systemforvalter_virksomhet=ref("Virksomhet", 999),
            driftsplattform=ref("Driftsplattform", 999),
            programvarer=[ref("Programvare", 999)],
            systemleverandor=[ref("Leverandor", 999)],
            applikasjonsdriftleverandor=[ref("Leverandor", 3)],
        ),
        *(
            system(1000 + number, f"Mengdeprøve {number}", "DIG", alias=f"mp{number}, mengde {number}")
            for number in range(many)
        ),
    ]


def virksomhet(number: int, name: str, short: str, **changes: Any) -> Row:
    return {
        "class": "Virksomhet",
        "id": number,
        "opprettet": CHANGED,
        "sist_oppdatert": CHANGED,
        "virksomhetsnavn": name,
        "orgnummer": "000000000",
        "virksomhetsforkortelse": short,
        "gamle_virksomhetsforkortelser": None,
        "klientplattform": "Felles IKT-plattform",
        "office365_tenant": "Felles tenant",
        "intranett_url": None,
        "www_url": None,
        "rolle_virksomhetsleder": None,
        "rolle_uke_hovedkontakt": [],
        "rolle_ikt_kontakt": [],
        "rolle_autoriserte_bestillere_infotorg": [],
        "rolle_autoriserte_bestillere_uketjenester": [],
        "rolle_personvernkoordinator": [],
        "rolle_informasjonssikkerhetskoordinator": [],
        "rolle_uke_kam": [],
        "rolle_arkitekturkontakter": [],
        "rolle_ks_fiks_admins": [],
        "overordnede_virksomheter": [],
        **changes,
    }


def virksomheter() -> list[Row]:
    return [
        virksomhet(1, "Byrådsavdeling for finans (prøvedata)", "FIN"),
        virksomhet(2, "Digitaliseringsetaten (prøvedata)", "DIG", rolle_ikt_kontakt=["ikt.dig@example.org"]),
        virksomhet(3, "Ukjent virksomhet", "???", rolle_ikt_kontakt=["ingen@example.org"]),
        virksomhet(
            4,
            "Bydel Eksempel (prøvedata)",
            "BXX",
            klientplattform="Egen drift",
            rolle_ikt_kontakt=["", "ikt.bxx@example.org"],
        ),
        virksomhet(5, "Helseprøveetaten (prøvedata)", "HPR"),
    ]


def plattform(number: int, name: str, owner: int | None, **changes: Any) -> Row:
    return {
        "class": "Driftsmodell",
        "id": number,
        "opprettet": None,
        "sist_oppdatert": CHANGED,
        "navn": name,
        "eier_virksomhet": ref("Virksomhet", owner) if owner else None,
        "kommentar": None,
        "plattformklassifisering": {"id": 1, "navn": "Privat datasenter"},
        "overordnet_plattform": None,
        "bool_utviklingsplattform": False,
        "bool_samarbeidspartner": False,
        "bool_er_saas": False,
        **changes,
    }


def driftsplattformer() -> list[Row]:
    return [
        plattform(1, "Felles prøveplattform", 2),
        plattform(2, "Sky på plattform", 2, bool_er_saas=True),
        plattform(3, "Plattform uten eier", None),
        plattform(4, "Partnerplattform", 5, bool_samarbeidspartner=True),
        plattform(5, "Etatens egen plattform", 5),
    ]


def leverandor(number: int, name: str) -> Row:
    return {
        "class": "Leverandor",
        "id": number,
        "opprettet": None,
        "sist_oppdatert": CHANGED,
        "navn": name,
        "kontaktinfo": "Hemmelig Selger, tlf 88 88 88 88",
        "orgnummer": "000000000",
        "notater": None,
    }


def leverandorer() -> list[Row]:
    return [
        leverandor(1, "Eksempel Programvare AS"),
        leverandor(2, "SOPRA STERIA AS (prøvedata)"),
        leverandor(3, "Annen Drift AS"),
    ]


def systembruk() -> list[Row]:
    return [
        {
            "class": "SystemBruk",
            "id": number,
            "kommentar": None,
            "antall_brukere": 12,
            "system": ref("System", 1),
            "virksomhet": ref("Virksomhet", place),
            "lokal_konfidensialitetsvurdering": None,
            "lokal_integritetsvurdering": None,
            "lokal_tilgjengelighetsvurdering": None,
            "lokal_systemforvalter_virksomhet": ref("Virksomhet", place),
            "lokal_systemforvalter_kontaktpersoner": contacts,
            "lokal_systemeier_kontaktpersoner": [],
        }
        for number, place, contacts in (
            (1, 4, ["", "lokal.bxx@example.org"]),
            (2, 5, [""]),
            (3, 3, ["ukjent.sted@example.org"]),
            (4, 4, ["lokal.bxx@example.org", "vara.bxx@example.org"]),
        )
    ]


def programvarer() -> list[Row]:
    return [
        {
            "class": "Programvare",
            "id": number,
            "opprettet": None,
            "sist_oppdatert": CHANGED,
            "navn": name,
            "alias": alias,
            "beskrivelse": None,
            "leverandor": [],
        }
        for number, name, alias in (
            (1, "Stempleprøve", "stempleklokka, Journalprøve"),
            (2, "Javaprøve", None),
            (3, "Ingens program", None),
        )
    ]


def forvaltere() -> list[Row]:
    def managing(number: int, name: str) -> Row:
        return {
            "system_id": number,
            "system_navn": name,
            "system_alias": None,
            "system_eier_virksomhet_kort": "FIN",
            "system_eier_virksomhet": "Byrådsavdeling for finans (prøvedata)",
            "system_forvalter_virksomhet_kort": "DIG",
            "system_forvalter_virksomhet": "Digitaliseringsetaten (prøvedata)",
        }

    def person(first: str, last: str, email: str, manages: list[Row], owns: list[Row]) -> Row:
        return {
            "brukernavn": "dig000001",
            "fornavn": first,
            "etternavn": last,
            "epost": email,
            "visningsnavn": f"{last}, {first}",
            "prkid": "77777777",
            "virksomhet_kort": "DIG",
            "virksomhet": "Digitaliseringsetaten (prøvedata)",
            "orgenhet": None,
            "forvalter_for": manages,
            "eier_av": owns,
        }

    return [
        person("Fiktiv", "Forvalter", "fiktiv.forvalter@example.org", [managing(1, "Prøvetid")], []),
        person("Uten", "Epost", "", [managing(1, "Prøvetid"), managing(9, "Arkivprøve")], []),
        person("Bare", "Eier", "fiktiv.eier@example.org", [], [managing(1, "Prøvetid")]),
    ]


def tables(many: int = 0) -> dict[str, list[Row]]:
    """Every table's rows by its name."""
    return {
        "systemer": systemer(many),
        "virksomheter": virksomheter(),
        "driftsplattformer": driftsplattformer(),
        "leverandorer": leverandorer(),
        "systembruk": systembruk(),
        "programvarer": programvarer(),
        "forvaltere": forvaltere(),
    }


def answers(many: int = 0) -> dict[str, Any]:
    """Every table's answer by its name, as the server gives it."""
    return {name: envelope(name, rows) for name, rows in tables(many).items()}


def envelope(name: str, rows: list[Row]) -> Row:
    """The object round a table's rows; the table of persons has another one, without a count."""
    if name == "forvaltere":
        return {"message": "OK", "data": rows}
    return {"beskrivelse": "Prøvedata", "antall": len(rows), "kjoretid": "0.013", "data": rows}
