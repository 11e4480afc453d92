"""The tables checked and joined: one test a pitfall of the fields (G 5.1.2.3 needs forvalter and operator)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.systemoversikten import FORVALTERE, TABLES, Operators, Overview, check_table, read_overview
from knowledge.systems import LocalForvalter, System
from knowledge.systems_file import system_to_json
from tests.fake_systemoversikten.data import Row, answers, envelope, plattform, ref, system, tables
from tests.knowledge.shipped import organisation

OPERATORS = Operators(
    own="UKE",
    own_platforms=frozenset({"DIG", "UKE"}),
    supplier="2S",
    supplier_names=("Sopra Steria",),
    unknown_virksomheter=frozenset({"Ukjent virksomhet"}),
)


def read(last_rows: dict[str, int] | None = None, **rows: list[Row]) -> Overview:
    """The fake's tables, with some of them exchanged."""
    given = answers()
    for name, table in rows.items():
        given[name] = envelope(name, table)
    return read_overview(given, OPERATORS, last_rows)


def systems() -> dict[str, System]:
    return {one.id: one for one in read().systems}


def only(**changes: Any) -> System:
    """The one system there is, with these values in its row."""
    (found,) = read(systemer=[system(1, "Prøve", "DIG", **changes)]).systems
    return found


# --- what is a system in use


def test_only_what_is_in_use_is_kept() -> None:
    assert [one.id for one in read().systems] == ["1", "2", "4", "5", "6", "7", "9", "10", "11", "12", "13"]


@pytest.mark.parametrize("value", [False, None, "true", 1])
def test_in_use_is_said_with_true_and_nothing_else(value: object) -> None:
    rows = [system(1, "Prøve", "DIG", ibruk=value), system(2, "Annen", "DIG")]
    assert [one.id for one in read(systemer=rows).systems] == ["2"]


def test_what_is_retired_is_out_whatever_the_flag_says() -> None:
    rows = [system(1, "Prøve", "DIG", livslop_status="7 ❌ Fullstendig avviklet"), system(2, "Annen", "DIG")]
    assert [one.id for one in read(systemer=rows).systems] == ["2"]


# --- whom to ask


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"forvaltning_epost": "boks@example.org", "systemforvalter_kontaktpersoner": ["Kari@Example.org"]},
            ("boks@example.org", "kari@example.org", "ikt.dig@example.org"),
        ),
        (
            {"systemforvalter_kontaktpersoner": ["", "kari@example.org", ""]},
            ("kari@example.org", "ikt.dig@example.org"),
        ),
        ({"systemforvalter_kontaktpersoner": ["", "  "]}, ("ikt.dig@example.org",)),
        ({"forvaltning_epost": "", "systemforvalter_kontaktpersoner": []}, ("ikt.dig@example.org",)),
        (
            {"forvaltning_epost": "a@example.org; b@example.org"},
            ("a@example.org", "b@example.org", "ikt.dig@example.org"),
        ),
        ({"forvaltning_epost": "ring oss"}, ("ikt.dig@example.org",)),
        ({"forvaltning_epost": "ikt.dig@example.org"}, ("ikt.dig@example.org",)),
        ({"systemforvalter_virksomhet": ref("Virksomhet", 3)}, ()),
        ({"systemforvalter_virksomhet": ref("Virksomhet", 4)}, ("ikt.bxx@example.org",)),
        ({"systemforvalter_virksomhet": None}, ()),
    ],
)
def test_the_forvalter_is_reached_by_mailbox_then_persons_then_the_virksomhet(
    changes: dict[str, Any], expected: tuple[str, ...]
) -> None:
    found = only(**changes)
    assert found.contact_emails == expected
    assert found.forvalter_email == (expected[0] if expected else None)


def test_an_unknown_virksomhet_is_no_virksomhet() -> None:
    unknown = systems()["7"]
    assert (unknown.owner_org, unknown.forvalter_org, unknown.forvalter_email) == (None, None, None)


def test_owner_and_forvalter_are_two_virksomheter() -> None:
    found = systems()["1"]
    assert found.owner_org == "Byrådsavdeling for finans (prøvedata)"
    assert found.forvalter_org == "Digitaliseringsetaten (prøvedata)"
    assert found.forvalter_group == "Seksjon prøveforvaltning"


def test_a_place_with_a_forvalter_of_its_own_is_kept_with_all_addresses_and_unknown_places_are_not() -> None:
    assert systems()["1"].local_forvaltere == (
        LocalForvalter("BXX", ("lokal.bxx@example.org", "vara.bxx@example.org")),
    )
    assert systems()["2"].local_forvaltere == ()


def test_names_come_from_the_table_of_persons_by_address_first_and_owners_are_no_forvaltere() -> None:
    assert systems()["1"].forvalter_names == ("Fiktiv Forvalter", "Uten Epost")
    assert systems()["9"].forvalter_names == ("Uten Epost",)


def test_without_the_table_of_persons_there_are_addresses_and_no_names() -> None:
    given = answers()
    del given[FORVALTERE]
    overview = read_overview(given, OPERATORS)
    assert all(one.forvalter_names == () for one in overview.systems)
    assert overview.systems[0].contact_emails[0] == "provetid.forvaltning@example.org"
    assert FORVALTERE not in overview.rows


# --- who operates it


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"driftsplattform": ref("Driftsplattform", 1)}, "UKE"),
        ({"driftsplattform": ref("Driftsplattform", 1), "basisdriftleverandor": [ref("Leverandor", 2)]}, "2S"),
        ({"applikasjonsdriftleverandor": [ref("Leverandor", 2)]}, "2S"),
        ({"systemleverandor": [ref("Leverandor", 2)]}, None),
        ({"basisdriftleverandor": [ref("Leverandor", 3)]}, "leverandør"),
        ({"driftsplattform": ref("Driftsplattform", 1), "service_offerings_navn": ["Prøve Produksjon"]}, "2S"),
        ({"driftsplattform": ref("Driftsplattform", 1), "service_offerings_navn": [" ", None]}, "UKE"),
        ({"driftsplattform": ref("Driftsplattform", 1), "bool_saas": True}, "leverandør"),
        ({"driftsplattform": ref("Driftsplattform", 2)}, "leverandør"),
        ({"driftsplattform": ref("Driftsplattform", 3)}, None),
        ({"driftsplattform": ref("Driftsplattform", 4)}, "leverandør"),
        ({"driftsplattform": ref("Driftsplattform", 5)}, "virksomhet"),
        ({"driftsplattform": ref("Driftsplattform", None)}, None),
        ({"driftsplattform": ref("Driftsplattform", 999)}, None),
    ],
)
def test_who_operates_it_is_derived(changes: dict[str, Any], expected: str | None) -> None:
    assert only(**changes).operated_by == expected


def test_the_platform_is_joined_though_its_class_has_another_name() -> None:
    assert systems()["1"].platform == "Felles prøveplattform"
    assert systems()["4"].platform is None


def test_a_platform_of_an_unknown_virksomhet_has_no_owner() -> None:
    rows = [plattform(1, "Ukjent", 3)]
    (found,) = read(
        driftsplattformer=rows, systemer=[system(1, "Prøve", "DIG", driftsplattform=ref("Driftsplattform", 1))]
    ).systems
    assert (found.platform, found.operated_by) == ("Ukjent", None)


def test_the_operators_are_the_organisations() -> None:
    assert Operators.of(organisation()) == OPERATORS


# --- display texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 🔴 Svært alvorlig", "Kritisk"),
        ("🔴5 Svært alvorlig", "Kritisk"),
        ("4 🔴 Alvorlig", "Høy"),
        ("3 🟡 Moderat", "Middels"),
        ("2 🟢 Lav", "Lav"),
        ("1 🟢 Ubetydelig", "Lav"),
        ("0 ?", None),
        ("", None),
        (None, None),
        (4, None),
        ("alvorlig 4", None),
    ],
)
def test_criticality_is_the_digit_of_availability(text: object, expected: str | None) -> None:
    assert only(tilgjengelighet=text).criticality == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Virksomhetssystem", "virksomhetssystem"),
        ("Sektorsystem", "sektorsystem"),
        ("Tverrsektorielt system", "sektorsystem"),
        ("Fellessystem (valgfritt)", "fellessystem"),
        ("Fellessystem (obligatorisk)", "fellessystem"),
        ("IKT-støttesystem", "støttesystem"),
        ("Nasjonal felleskomponent", "nasjonal felleskomponent"),
        ("Noe nytt", None),
        (None, None),
    ],
)
def test_type_is_the_class_of_ownership(text: object, expected: str | None) -> None:
    assert only(eierskapsmodell=text).type == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://kartoteket.example.org/systemer/detaljer/1/", "https://kartoteket.example.org/systemer/detaljer/1/"),
        ("javascript:alert(1)", None),
        ("http://kartoteket.example.org/", None),
        (None, None),
    ],
)
def test_only_an_encrypted_link_is_a_link(link: object, expected: str | None) -> None:
    assert only(kartotek_url=link).url == expected


# --- names that are not unique


def test_equal_names_keep_their_choice_texts_and_equal_choice_texts_get_their_number() -> None:
    found = systems()
    assert (found["2"].name, found["4"].name) == ("Journalprøve", "Journalprøve")
    assert (found["2"].choice_name, found["4"].choice_name) == ("Journalprøve (HPR)", "Journalprøve (BXX)")
    assert (found["5"].choice_name, found["6"].choice_name) == ("Byggprøve (DIG), nr. 5", "Byggprøve (DIG), nr. 6")


def test_without_display_names_equal_names_are_told_apart_all_the_same() -> None:
    rows = [system(number, "Prøve", "DIG", visningsnavn=None) for number in (1, 2)]
    assert [one.choice_name for one in read(systemer=rows).systems] == ["Prøve, nr. 1", "Prøve, nr. 2"]


# --- privacy


def test_no_free_text_about_persons_and_no_employee_number_is_kept() -> None:
    kept = json.dumps([system_to_json(one) for one in read().systems], ensure_ascii=False)
    for secret in ("Hemmelig", "99 99", "88 88", "77777777", "dig000001", "slutta.person", "fiktiv.eier", "Bare Eier"):
        assert secret not in kept


def test_a_line_of_the_description_with_an_address_is_left_out_and_the_rest_is_one_line() -> None:
    assert systems()["9"].description == "Invented archive. Line three."


# --- guards


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "text",
        {},
        {"data": None, "antall": 0},
        {"data": {"1": {}}, "antall": 1},
        {"data": [{}]},
        {"data": [{}], "antall": 2},
        {"data": [{}], "antall": "1"},
        {"data": [{}], "antall": True},
        {"data": [[]], "antall": 1},
        {"data": [None], "antall": 1},
    ],
)
def test_an_answer_that_is_not_whole_is_refused(answer: object) -> None:
    with pytest.raises(BrokenKnowledge, match=r"^systemer: "):
        check_table("systemer", answer, None)


@pytest.mark.parametrize(
    ("rows", "last", "whole"), [(80, 100, True), (79, 100, False), (0, 1, False), (0, 0, True), (500, 100, True)]
)
def test_a_table_that_has_shrunk_is_refused(rows: int, last: int, whole: bool) -> None:
    answer = {"data": [{}] * rows, "antall": rows}
    if whole:
        assert len(check_table("systemer", answer, last)) == rows
    else:
        with pytest.raises(BrokenKnowledge, match=f"only {rows} rows, and {last} last time"):
            check_table("systemer", answer, last)


@pytest.mark.parametrize("name", [*TABLES, FORVALTERE])
def test_every_table_is_guarded(name: str) -> None:
    before = {table: len(rows) for table, rows in tables().items()}
    assert read(before).rows == before
    with pytest.raises(BrokenKnowledge, match=f"^{name}: only"):
        read({**before, name: before[name] * 2})
    assert read(None).rows == before


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_refused(name: str) -> None:
    given = answers()
    del given[name]
    with pytest.raises(BrokenKnowledge, match=f"^{name}: "):
        read_overview(given, OPERATORS)


def test_no_system_in_use_is_no_register() -> None:
    with pytest.raises(BrokenKnowledge, match="no system is in use"):
        read(systemer=[system(1, "Prøve", "DIG", ibruk=False)])


BAD_ROWS: list[Row] = [
    {},
    system(0, "Prøve", "DIG"),
    system(-1, "Prøve", "DIG"),
    {**system(1, "Prøve", "DIG"), "id": True},
    {**system(1, "Prøve", "DIG"), "id": "1"},
    system(1, " \r\n", "DIG"),
    {**system(1, "Prøve", "DIG"), "navn": None},
    system(100, "Dobbel", "DIG"),
]


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_a_few_unreadable_rows_are_counted_and_many_are_refused(bad: Row) -> None:
    good = [system(100 + number, f"Prøve {number}", "DIG") for number in range(19)]
    overview = read(systemer=[*good, bad])
    assert (len(overview.systems), overview.unreadable) == (19, 1)
    with pytest.raises(BrokenKnowledge, match="2 of 20 rows"):
        read(systemer=[*good[:18], bad, bad])
