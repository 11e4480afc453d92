"""The register of systems: finding by name, alias, beginning and slip of the fingers; loading and refusing a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import BrokenKnowledge
from knowledge.systems import Match, System, SystemRegister
from knowledge.systems_file import load_systems

SHIPPED = Path(__file__).parents[2] / "knowledge" / "data" / "systems.json"
REGISTER = load_systems(SHIPPED)


def named(text: str) -> list[tuple[str, Match]]:
    return [(hit.system.name, hit.match) for hit in REGISTER.find(text)]


@pytest.mark.parametrize(
    ("text", "name", "match"),
    [
        ("Hele bydelen får ikke logget på AKS siden i går", "AKS", Match.NAME),
        ("aks frysser hele tida", "AKS", Match.NAME),
        ("kommer ikke inn i citrix", "AKS", Match.ALIAS),
        ("Citrix sikker sone henger", "Citrix sikker sone", Match.NAME),
        ("har ikke ss ennå", "Citrix sikker sone", Match.ALIAS),
        ("SS er nede", "Citrix sikker sone", Match.ALIAS),
        ("feil i ad", "Active Directory / Entra ID", Match.ALIAS),
        ("Entra ID virker ikke", "Active Directory / Entra ID", Match.NAME),
        ("Gericas server", "Gerica", Match.NAME),
        ("EPJ'en er treg", "Gerica", Match.ALIAS),
        ("gerica mobil henger", "Gerica mobil", Match.NAME),
        ("web sak henger", "Websak", Match.NAME),
        ("svar ut er nede", "SvarUt / eFormidling", Match.NAME),
        ("UBW", "Økonomisystemet (UBW)", Match.NAME),
        ("oekonomisystemet", "Økonomisystemet (UBW)", Match.NAME),
        ("ny i modulus", "Modulus Barn", Match.PREFIX),
        ("citrixøkta fryser", "AKS", Match.PREFIX),
        ("Gerika er nede", "Gerica", Match.FUZZY),
        ("sitrix er treg", "AKS", Match.FUZZY),
        ("kompas virker ikke", "Kompass", Match.FUZZY),
        ("gercia henger", "Gerica", Match.FUZZY),
        ("turnussytemet", "GAT", Match.FUZZY),
    ],
)
def test_one_system_however_it_is_written(text: str, name: str, match: Match) -> None:
    assert named(text) == [(name, match)]


def test_several_that_fit_alike_are_all_given() -> None:
    assert named("Visma er tregt") == [("GAT", Match.PREFIX), ("Visma Flyt Skole", Match.PREFIX)]


def test_better_matches_come_first() -> None:
    assert named("gerika og websak") == [("Websak", Match.NAME), ("Gerica", Match.FUZZY)]


def test_one_hit_for_a_system_named_twice() -> None:
    assert named("AKS er nede, jeg mener Citrix") == [("AKS", Match.NAME)]


def test_a_hit_tells_its_words_and_place() -> None:
    text = "I dag er  Visma Flyt Skole nede"
    (hit,) = REGISTER.find(text)
    assert hit.words == text[hit.start : hit.end] == "Visma Flyt Skole"


@pytest.mark.parametrize(
    "text",
    [
        "familien min venter",
        "hr. Hansen ringer",
        "skjermen er svart",
        "telefonen virker ikke",
        "fagsystemet vårt er nede",
        "Martin får ikke logget på",
        "en feil på sida",
        "",
        "?!",
    ],
)
def test_everyday_words_are_no_systems(text: str) -> None:
    assert named(text) == []


def test_a_system_is_got_by_its_id() -> None:
    assert len(REGISTER) == len(list(REGISTER)) > 40
    for system in REGISTER:
        assert REGISTER.get(system.id) is system
    assert REGISTER.get("no such id") is None


@pytest.mark.parametrize("system", list(REGISTER), ids=lambda system: system.name)
def test_every_system_is_found_by_its_own_name_and_aliases(system: System) -> None:
    for name in (system.name, *system.aliases):
        assert system.id in {hit.system.id for hit in REGISTER.find(f"Det er feil i {name} nå")}, name


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_searched_without_error(text: str) -> None:
    hits = REGISTER.find(text)
    assert len({hit.system.id for hit in hits}) == len(hits)
    for hit in hits:
        assert text[hit.start : hit.end] == hit.words
    assert list(hits) == sorted(hits, key=lambda hit: hit.match)


def test_nameless_and_doubled_names_do_no_harm() -> None:
    register = SystemRegister([System("1", "!!"), System("2", "Arena", ("arena", "Arena"))])
    assert [hit.system.id for hit in register.find("Arena er nede")] == ["2"]


def write(folder: Path, content: object) -> Path:
    path = folder / "systems.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_only_id_and_name_are_needed(tmp_path: Path) -> None:
    (system,) = load_systems(write(tmp_path, [{"id": "S1", "name": " Arena ", "zone": None}]))
    assert system == System("S1", "Arena")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "is not JSON"),
        ({"id": "1"}, "must be a list"),
        (["x"], "system 1: must be an object"),
        ([{"id": "1"}], "system 1: name must be a text"),
        ([{"id": "", "name": "A"}], "system 1: id must be a text"),
        ([{"id": "1", "name": "A", "aliases": "B"}], "aliases must be a list"),
        ([{"id": "1", "name": "A", "zone": 3}], "zone must be a text"),
        ([{"id": "1", "name": "A"}, {"id": "1", "name": "B"}], "system 2: the id '1' is used before"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(tmp_path: Path, content: object, complaint: str) -> None:
    with pytest.raises(BrokenKnowledge, match=complaint):
        load_systems(write(tmp_path, content))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenKnowledge, match="cannot be read"):
        load_systems(tmp_path / "none.json")
