"""Systemoversikten's bulk tables, joined into our own systems (G 2.2, 5.1.2.3). Pure: JSON in, systems out.

Systemoversikten has no search. It gives whole tables, which point at each other by id; this module checks them and
joins them. Its facts are kept by people, so every optional value may be missing or odd, and is then read as missing.
What is kept is what a report needs: no free text about persons (superbrukere, nøkkelpersonell), no employee numbers,
and no line of a description that holds an e-mail address, since a nightly job there moves the addresses of former
owners into the description.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge.errors import BrokenKnowledge
from knowledge.organisation import Organisation
from knowledge.systemoversikten.fields import (
    Row,
    addresses_in,
    by_id,
    digit_of,
    own_id,
    reference,
    references,
    strings_in,
    text_of,
    without_repeats,
)
from knowledge.systemoversikten.names import Aliases, hosts_of
from knowledge.systems import LocalForvalter, System

TABLES = ("systemer", "virksomheter", "driftsplattformer", "leverandorer", "systembruk", "programvarer")
"""The tables that are always fetched, by the last part of their address."""

FORVALTERE = "forvaltere"
"""The table of persons, which has a key of its own. Without it a forvalter has addresses and no names."""

LEAST_SHARE = 0.8
"""A table with fewer rows than this share of last time's is more likely half an answer than a clean-up."""

MOST_UNREADABLE = 0.05
"""When more than this share of the systems has no id or no name, the shape has changed and nothing is trusted."""

RETIRED = 7
"""The life-cycle status of what has been shut down; its description is where former owners' addresses end up."""

_CRITICALITY = {5: "Kritisk", 4: "Høy", 3: "Middels", 2: "Lav", 1: "Lav"}
_TYPES = {
    "virksomhetssystem": "virksomhetssystem",
    "sektorsystem": "sektorsystem",
    "tverrsektorielt system": "sektorsystem",
    "fellessystem (valgfritt)": "fellessystem",
    "fellessystem (obligatorisk)": "fellessystem",
    "ikt-støttesystem": "støttesystem",
    "nasjonal felleskomponent": "nasjonal felleskomponent",
}


@dataclass(frozen=True, slots=True)
class Operators:
    """How the register's rows tell who operates a system: there is no field for it.

    own is the label when the platform belongs to one of `own_platforms` (abbreviations); supplier is the label when a
    supplier of operation has one of `supplier_names` in its name, or when that supplier's CMDB offers the system.
    unknown_virksomheter are names that stand for "nobody knows".
    """

    own: str
    own_platforms: frozenset[str]
    supplier: str
    supplier_names: tuple[str, ...]
    unknown_virksomheter: frozenset[str]

    @classmethod
    def of(cls, organisation: Organisation) -> Operators:
        """As the organisation's file says."""
        return cls(
            own=organisation.agency_short,
            own_platforms=organisation.own_platforms,
            supplier=organisation.operator_short,
            supplier_names=organisation.operator_suppliers,
            unknown_virksomheter=organisation.unknown_virksomheter,
        )


@dataclass(frozen=True, slots=True)
class Overview:
    """What was read: the systems in use, the number of rows of each table, and how many systems were unreadable."""

    systems: tuple[System, ...]
    rows: Mapping[str, int]
    unreadable: int = 0


def read_overview(
    answers: Mapping[str, object], operators: Operators, last_rows: Mapping[str, int] | None = None
) -> Overview:
    """Join the tables' answers (parsed JSON by table name; `FORVALTERE` may be missing).

    last_rows: the rows of each table last time, None to accept any number. Raises BrokenKnowledge when a table is
    missing, counts itself wrong, has shrunk, or holds too many systems that cannot be read.
    """
    tables = {name: check_table(name, answers.get(name), (last_rows or {}).get(name)) for name in TABLES}
    if FORVALTERE in answers:
        last = (last_rows or {}).get(FORVALTERE)
        tables[FORVALTERE] = check_table(FORVALTERE, answers[FORVALTERE], last, counted=False)
    rows = tables["systemer"]
    known: dict[int, Row] = {}
    for row in rows:
        number = own_id(row)
        if number is not None and text_of(row, "navn"):
            known.setdefault(number, row)
    unreadable = len(rows) - len(known)
    if unreadable > len(rows) * MOST_UNREADABLE:
        raise BrokenKnowledge(f"systemer: {unreadable} of {len(rows)} rows have no id or no name, or have another's id")
    in_use = {number: row for number, row in known.items() if _in_use(row)}
    if not in_use:
        raise BrokenKnowledge("systemer: no system is in use")
    join = _Join.of(tables, operators)
    aliases, hosts = Aliases(in_use, tables["programvarer"]), hosts_of(in_use)
    systems = [
        replace(join.system(number, row), aliases=aliases.of(number), hosts=hosts[number])
        for number, row in in_use.items()
    ]
    return Overview(tuple(_told_apart(systems)), {name: len(table) for name, table in tables.items()}, unreadable)


def check_table(name: str, answer: object, last: int | None, *, counted: bool = True) -> list[Row]:
    """The rows of one table's answer; raises BrokenKnowledge when it is not whole.

    last: the number of rows last time, None when there was none. counted: whether the answer tells how many it has.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        raise BrokenKnowledge(f"{name}: the answer has no list of data")
    rows: list[Row] = answer["data"]
    if counted and (type(answer.get("antall")) is not int or answer["antall"] != len(rows)):
        raise BrokenKnowledge(f"{name}: there are {len(rows)} rows, and the answer does not say so")
    if not all(isinstance(row, dict) for row in rows):
        raise BrokenKnowledge(f"{name}: a row is not an object")
    if last is not None and len(rows) < last * LEAST_SHARE:
        raise BrokenKnowledge(f"{name}: only {len(rows)} rows, and {last} last time")
    return rows


@dataclass(frozen=True, slots=True)
class _Join:
    """The look-up tables by id."""

    operators: Operators
    virksomheter: Mapping[int, Row]
    platforms: Mapping[int, Row]
    suppliers: Mapping[int, str]
    local: Mapping[int, tuple[LocalForvalter, ...]] = field(default_factory=dict)
    names_by_system: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    names_by_address: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Mapping[str, Sequence[Row]], operators: Operators) -> _Join:
        unknown = {name.casefold() for name in operators.unknown_virksomheter}
        virksomheter = {
            number: row
            for number, row in by_id(tables["virksomheter"])
            if text_of(row, "virksomhetsnavn").casefold() not in unknown
        }
        by_system, by_address = _names(tables.get(FORVALTERE, ()))
        return cls(
            operators=operators,
            virksomheter=virksomheter,
            platforms=dict(by_id(tables["driftsplattformer"])),
            suppliers={number: text_of(row, "navn") for number, row in by_id(tables["leverandorer"])},
            local=_local(tables["systembruk"], virksomheter),
            names_by_system=by_system,
            names_by_address=by_address,
        )

    def system(self, number: int, row: Row) -> System:
        """One system, but for what takes all of them to know: its aliases, its hosts and a choice text of its own."""
        owner = self._virksomhet(row, "systemeier_virksomhet")
        forvalter = self._virksomhet(row, "systemforvalter_virksomhet")
        platform = self.platforms.get(reference(row.get("driftsplattform")) or -1, {})
        contacts = self._contacts(row, forvalter)
        names = [*(self.names_by_address.get(one, "") for one in contacts), *self.names_by_system.get(number, ())]
        unit = row.get("systemforvalter_orgenhet_ouid")
        link = text_of(row, "kartotek_url")
        return System(
            id=str(number),
            name=text_of(row, "navn"),
            description=_description(row),
            owner_org=text_of(owner, "virksomhetsnavn") or None,
            forvalter_group=text_of(unit, "hr_navn") or None if isinstance(unit, dict) else None,
            forvalter_email=contacts[0] if contacts else None,
            type=_TYPES.get(text_of(row, "eierskapsmodell").casefold()),
            operated_by=self._operated_by(row, platform),
            vendor=", ".join(self._supplier_names(row, "systemleverandor")) or None,
            criticality=_CRITICALITY.get(digit_of(row, "tilgjengelighet")),
            choice_name=text_of(row, "visningsnavn") or None,
            forvalter_org=text_of(forvalter, "virksomhetsnavn") or None,
            platform=text_of(platform, "navn") or None,
            url=link if link.startswith("https://") else None,
            contact_emails=contacts,
            forvalter_names=without_repeats(names),
            local_forvaltere=self.local.get(number, ()),
        )

    def _virksomhet(self, row: Row, key: str) -> Row:
        return self.virksomheter.get(reference(row.get(key)) or -1, {})

    def _supplier_names(self, row: Row, key: str) -> tuple[str, ...]:
        return without_repeats(self.suppliers.get(number, "") for number in references(row.get(key)))

    @staticmethod
    def _contacts(row: Row, forvalter: Row) -> tuple[str, ...]:
        """The forvalter's addresses, best first: the shared mailbox, the persons, the virksomhet's IKT contacts.

        A person here may have left; nothing in the tables says so. Hence all of them, and the mailbox first.
        """
        return without_repeats(
            (
                *addresses_in(row.get("forvaltning_epost")),
                *addresses_in(row.get("systemforvalter_kontaktpersoner")),
                *addresses_in(forvalter.get("rolle_ikt_kontakt")),
            )
        )

    def _operated_by(self, row: Row, platform: Row) -> str | None:
        """Who operates it. What is said of the system itself weighs more than what is said of its platform."""
        operators = self.operators
        suppliers = [
            *self._supplier_names(row, "applikasjonsdriftleverandor"),
            *self._supplier_names(row, "basisdriftleverandor"),
        ]
        ours = [name.casefold() for name in operators.supplier_names]
        if any(name in supplier.casefold() for supplier in suppliers for name in ours):
            return operators.supplier
        if row.get("bool_saas") is True or platform.get("bool_er_saas") is True:
            return "leverandør"
        if any(text.strip() for text in strings_in(row.get("service_offerings_navn"))):
            return operators.supplier
        owner = text_of(self._virksomhet(platform, "eier_virksomhet"), "virksomhetsforkortelse")
        if owner in operators.own_platforms:
            return operators.own
        if platform.get("bool_samarbeidspartner") is True:
            return "leverandør"
        if owner:
            return "virksomhet"
        return "leverandør" if suppliers else None


def _told_apart(systems: Sequence[System]) -> list[System]:
    """Names are not unique, and not even name and forvalter together are: the same choice text gets its number."""
    choices = Counter(system.choice_name or system.name for system in systems)
    return [
        replace(system, choice_name=f"{choice}, nr. {system.id}") if choices[choice] > 1 else system
        for system in systems
        for choice in [system.choice_name or system.name]
    ]


def _in_use(row: Row) -> bool:
    return row.get("ibruk") is True and digit_of(row, "livslop_status") != RETIRED


def _description(row: Row) -> str:
    lines = text_of(row, "beskrivelse", lines=True).splitlines()
    return " ".join(" ".join(line.split()) for line in lines if "@" not in line and line.strip())


def _local(uses: Sequence[Row], virksomheter: Mapping[int, Row]) -> dict[int, tuple[LocalForvalter, ...]]:
    """By system, the virksomheter that have a forvalter of their own for it: often whom their people should ask."""
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for row in uses:
        system, virksomhet = reference(row.get("system")), reference(row.get("virksomhet"))
        code = text_of(virksomheter.get(virksomhet or -1, {}), "virksomhetsforkortelse")
        addresses = addresses_in(row.get("lokal_systemforvalter_kontaktpersoner"))
        if system is not None and code and addresses:
            known = found.setdefault(system, {})
            known[code] = without_repeats((*known.get(code, ()), *addresses))
    return {
        system: tuple(LocalForvalter(code, emails) for code, emails in sorted(places.items()))
        for system, places in found.items()
    }


def _names(persons: Sequence[Row]) -> tuple[dict[int, tuple[str, ...]], dict[str, str]]:
    """The forvaltere's names by system and by address."""
    by_system: dict[int, tuple[str, ...]] = {}
    by_address: dict[str, str] = {}
    for person in persons:
        name = f"{text_of(person, 'fornavn')} {text_of(person, 'etternavn')}".strip()
        managed = person.get("forvalter_for")
        if not name or not isinstance(managed, list) or not managed:
            continue
        for address in addresses_in(person.get("epost")):
            by_address.setdefault(address, name)
        for one in managed:
            number = one.get("system_id") if isinstance(one, dict) else None
            if type(number) is int:
                by_system[number] = without_repeats((*by_system.get(number, ()), name))
    return by_system, by_address
