"""The tenant's own names: replaced in one file, and compared with what the tenant says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kompass.descriptors import Property, disagreements, read_descriptors, unmapped_phases
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


def tenant() -> dict[str, dict[str, Property]]:
    return {
        kind: {name: Property(values=frozenset(of if isinstance(of, tuple) else ())) for name, of in properties.items()}
        for kind, properties in SCHEMA.items()
    }


def test_a_standard_tenant_agrees() -> None:
    assert disagreements(Names(), tenant()) == []
    assert unmapped_phases(Names(), tenant()) == []


def test_what_the_tenant_does_not_have_is_named() -> None:
    changed = tenant()
    del changed["Offering"]
    del changed["Request"]["ExternalProcessReference"]
    changed["Request"]["DisplayLabel"] = Property(read_only=True)
    changed["Request"]["Urgency"] = Property(values=frozenset({"Kritisk_c"}))
    changed["Request"]["PhaseId"] = Property(values=frozenset({"Log", "Venter_c"}))
    told = "\n".join(disagreements(Names(), changed))
    for one in (
        "no entity Offering",
        "no property ExternalProcessReference (KOMPASS_KEY_FIELD)",
        "Request.DisplayLabel is read-only (title)",
        "Request.Urgency has no value TotalLossOfService (urgency_values: critical)",
        "Request.PhaseId has no value Abandon",
    ):
        assert one in told
    assert unmapped_phases(Names(), changed) == ["Venter_c"]


def test_descriptors_are_found_however_they_are_wrapped() -> None:
    entity = {
        "name": "Request",
        "property_descriptors": [
            {"name": "Urgency", "readonly": True, "enumeration_descriptor": {"values": [{"name": "A"}, {"x": 1}]}},
            {"name": "Title"},
            "tull",
        ],
    }
    expected = {"Request": {"Urgency": Property(True, frozenset({"A"})), "Title": Property()}}
    for wrapped in ([entity], {"entity_descriptors": [entity]}, {"a": {"b": [entity]}}):
        assert read_descriptors(wrapped) == expected
    assert read_descriptors(None) == {}
