"""The tenant's own names: replaced in one file, and compared with what the tenant says of itself."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.kompass.descriptors import Property, Tenant, read_descriptors
from bot.kompass.name_check import check_names
from bot.kompass.names import Names, load_names
from knowledge.errors import BadSettings
from tests.fake_kompass.world import SCHEMA


def test_without_a_file_the_names_are_the_standard_ones() -> None:
    assert load_names(None) == Names()
    assert load_names(None, "TeamsRef_c").key == "TeamsRef_c"


def test_a_file_replaces_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    file.write_text("title: Overskrift_c\nurgency_values: {critical: Kritisk_c}\nphases: {Venter_c: in_progress}\n")
    names = load_names(file)
    assert (names.title, names.description) == ("Overskrift_c", "Description")
    assert (names.urgency_values["critical"], names.urgency_values["full"]) == ("Kritisk_c", "SevereDisruption")
    assert (names.phases["Venter_c"], names.phases["Close"]) == ("in_progress", "closed")
    file.write_text("")
    assert load_names(file) == Names()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", "must hold names"),
        ("a: [", "cannot be read"),
        ("tittel: X", "tittel: there is no such name"),
        ("key: X", "KOMPASS_KEY_FIELD"),
        ("title: ''", "title: must be a text"),
        ("title: 'X or 1=1'", "cannot be the name of a property"),
        ("phases: {Close: finished}", "phases: unknown here: finished"),
        ("urgency_values: {worse: X}", "urgency_values: unknown here: worse"),
        ("urgency_values: [X]", "urgency_values: must be a list of names and their values"),
    ],
)
def test_a_wrong_file_is_told_line_by_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "names.yaml"
    file.write_text(text)
    with pytest.raises(BadSettings, match="KOMPASS_FIELDS_FILE") as error:
        load_names(file)
    assert told in str(error.value)


def tenant(links: frozenset[str] | None = None) -> Tenant:
    return Tenant(
        {
            kind: {
                name: Property(values=frozenset(of if isinstance(of, tuple) else ())) for name, of in properties.items()
            }
            for kind, properties in SCHEMA.items()
        },
        links,
    )


def changed(kind: str, name: str, described: Property | None) -> Tenant:
    """The standard tenant with one property described otherwise, or not there."""
    standard = tenant()
    properties = {one: of for one, of in standard.properties(kind).items() if one != name}
    return Tenant({**standard.entities, kind: properties | ({name: described} if described else {})})


def test_a_standard_tenant_has_nothing_to_put_right() -> None:
    found = check_names(Names(), tenant(frozenset({"FollowedByUsers", "RequestCausedByRequest"})))
    assert found.problems == []
    assert found.notes == []


def test_an_entity_that_is_not_there_is_told_once() -> None:
    entities = {kind: of for kind, of in tenant().entities.items() if kind != "Offering"}
    (problem,) = check_names(Names(), Tenant(entities)).problems
    assert problem.startswith("there is no entity Offering")


_WITH_A_SETTING = [
    ("Request", one.default, "KOMPASS_KEY_FIELD" if one.name == "key" else f"`{one.name}` in KOMPASS_FIELDS_FILE")
    for one in fields(Names)
    if isinstance(one.default, str) and one.default in SCHEMA["Request"]
] + [("Person", "Upn", "`upn` in KOMPASS_FIELDS_FILE"), ("Person", "Email", "`email` in KOMPASS_FIELDS_FILE")]


@pytest.mark.parametrize(("kind", "name", "setting"), _WITH_A_SETTING)
def test_a_property_that_is_not_there_is_told_with_its_setting(kind: str, name: str, setting: str) -> None:
    (problem,) = check_names(Names(), changed(kind, name, None)).problems
    assert problem == f"{kind} has no property {name}; set {setting}"


@pytest.mark.parametrize(("kind", "name"), [("Person", "IsDeleted"), ("Offering", "UserOptionsName")])
def test_a_property_without_a_setting_is_told_too(kind: str, name: str) -> None:
    (problem,) = check_names(Names(), changed(kind, name, None)).problems
    assert problem.startswith(f"{kind} has no property {name}; it has no setting")


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("Urgency", {"Kritisk_c"}, "no value TotalLossOfService; set `urgency_values: {critical: ...}`"),
        ("ImpactScope", {"Enterprise"}, "no value SingleUser; set `impact_values: {user: ...}`"),
        ("RequestType", {"ServiceRequest"}, "no value SupportRequest; set `kind_values: {support: ...}`"),
        ("PhaseId", {"Log", "Approve"}, "no value Abandon; set `withdrawn_phase`"),
        ("PhaseId", {"Log", "Abandon"}, "no value Approve; set `approval_phase`"),
        ("Status", {"RequestStatusReady"}, "no value RequestStatusPendingApproval; set `approval_status`"),
    ],
)
def test_a_value_that_is_not_there_is_told_with_its_setting_and_what_there_is(
    name: str, values: set[str], told: str
) -> None:
    problems = check_names(Names(), changed("Request", name, Property(values=frozenset(values)))).problems
    (problem,) = [one for one in problems if told in one]
    assert problem.endswith(f"in KOMPASS_FIELDS_FILE (there are: {', '.join(sorted(values))})")


def test_a_phase_of_a_rejection_is_checked_where_one_is_set() -> None:
    names = replace(Names(), accepted_phase="Done_c", rejected_phases={"support": "Back_c", "service": ""})
    told = "\n".join(check_names(names, tenant()).problems)
    assert "no value Done_c; set `accepted_phase`" in told
    assert "no value Back_c; set `rejected_phases: {support: ...}`" in told
    assert len(told.splitlines()) == 2


def test_what_is_sent_must_be_writable() -> None:
    (problem,) = check_names(Names(), changed("Request", "DisplayLabel", Property(read_only=True))).problems
    assert problem == "Request.DisplayLabel is read-only; set `title` in KOMPASS_FIELDS_FILE"


def test_phases_that_only_one_side_knows_are_noted() -> None:
    phases = frozenset({"Log", "Approve", "Abandon", "Venter_c"})
    told = "\n".join(check_names(Names(), changed("Request", "PhaseId", Property(values=phases))).notes)
    assert "without a word of ours, which change no status: Venter_c (set `phases`" in told
    assert "that this tenant has not: Accept, Classify" in told


def test_links_are_checked_where_they_are_described() -> None:
    (problem,) = check_names(Names(), tenant(frozenset({"FollowedByUsers", "RequestCausesRequest"}))).problems
    assert problem.startswith("there is no link RequestCausedByRequest; set `undersak_of` in KOMPASS_FIELDS_FILE")
    assert "RequestCausesRequest" in problem


@pytest.mark.parametrize(
    ("described", "told"),
    [
        (changed("Request", "PhaseId", Property()), "Request.PhaseId lists no values"),
        (changed("Request", "Description", Property(read_only=None)), "whether Request.Description may be written"),
        (changed("Request", "Etasje_c", Property(required=True)), "Request.Etasje_c is required and never sent"),
        (tenant(), "whether there is a link FollowedByUsers is not told (set `followers`"),
        (tenant(), "the values of a comment"),
        (tenant(), "`case_address`"),
    ],
)
def test_what_the_descriptors_do_not_tell_is_said(described: Tenant, told: str) -> None:
    found = check_names(Names(), described)
    assert found.problems == []
    assert sum(told in one for one in found.unknown) == 1


def test_descriptors_are_found_however_they_are_wrapped() -> None:
    entity = {
        "name": "Request",
        "property_descriptors": [
            {
                "name": "Urgency",
                "readonly": True,
                "required": True,
                "enumeration_descriptor": {"values": [{"name": "A"}, {"x": 1}]},
            },
            {"name": "Title", "enumeration_descriptor": {"values": None}},
            "tull",
        ],
    }
    expected = {"Request": {"Urgency": Property(True, frozenset({"A"}), True), "Title": Property(None)}}
    for wrapped in ([entity], {"entity_descriptors": [entity]}, {"a": {"b": [entity]}}):
        assert read_descriptors(wrapped) == Tenant(expected)
    linked = {**entity, "relation_descriptors": [{"name": "FollowedByUsers"}, 1], "associations": [{"name": "B"}]}
    assert read_descriptors([linked]).links == frozenset({"FollowedByUsers", "B"})
    assert read_descriptors(None) == Tenant()
