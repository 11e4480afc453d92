"""The register as a file, and what does not name a system though a name begins with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.library import DATA, load_register
from knowledge.systems import LocalForvalter, Match, System, SystemRegister
from knowledge.systems_file import load_systems, system_to_json
from tests.knowledge.shipped import catalogue

WHOLE = System(
    id="1",
    name="Prøvetid",
    aliases=("Timeliste",),
    description="Timer.",
    owner_org="FIN",
    forvalter_group="Seksjon",
    forvalter_email="a@example.org",
    type="fellessystem",
    zone="intern",
    operated_by="2S",
    vendor="Eksempel AS",
    criticality="Høy",
    choice_name="Prøvetid (DIG)",
    forvalter_org="DIG",
    platform="Plattform",
    url="https://kartoteket.example.org/1/",
    contact_emails=("a@example.org", "b@example.org"),
    forvalter_names=("Fiktiv Forvalter",),
    hosts=("prove.example.org",),
    local_forvaltere=(LocalForvalter("BXX", ("c@example.org",)),),
)


def written(tmp_path: Path, content: Any) -> Path:
    file = tmp_path / "systems.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"fetched_at": "x", "systems": rows}])
def test_what_is_written_is_read(tmp_path: Path, wrap: Callable[[Any], Any]) -> None:
    rows = [system_to_json(WHOLE), system_to_json(System("2", "Annen"))]
    assert rows[1] == {"id": "2", "name": "Annen"}
    assert tuple(load_systems(written(tmp_path, wrap(rows)))) == (WHOLE, System("2", "Annen"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({}, "must be a list of systems"),
        ({"systems": {}}, "must be a list of systems"),
        ([1], "system 1: must be an object"),
        ([{"id": 1, "name": "A"}], "id must be a text"),
        ([{"id": "1", "name": " "}], "name must be a text"),
        ([{"id": "1", "name": "A", "url": 1}], "url must be a text"),
        ([{"id": "1", "name": "A", "aliases": "B"}], "aliases must be a list of texts"),
        ([{"id": "1", "name": "A", "contact_emails": [None]}], "contact_emails must be a list of texts"),
        ([{"id": "1", "name": "A", "local_forvaltere": ["BXX"]}], "local_forvaltere must be an object"),
        ([{"id": "1", "name": "A", "local_forvaltere": {"BXX": "a"}}], "BXX must be a list of texts"),
        ([{"id": "1", "name": "A"}, {"id": "1", "name": "B"}], "system 2: the id '1' is used before"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(tmp_path: Path, content: Any, problem: str) -> None:
    with pytest.raises(BrokenKnowledge, match=problem):
        load_systems(written(tmp_path, content))


def test_a_missing_file_and_one_that_is_no_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenKnowledge, match="cannot be read"):
        load_systems(tmp_path / "none.json")
    file = tmp_path / "x.json"
    file.write_bytes(b"\xff")
    with pytest.raises(BrokenKnowledge, match="is not JSON in UTF-8"):
        load_systems(file)


NAMES = ["Feil melding bydel", "Passord selvbetjening", "Lønn og personal", "Vismaprøve Flyt", "Økonomiprøve"]


def test_a_word_of_the_language_does_not_name_the_system_it_begins(tmp_path: Path) -> None:
    rows = [{"id": str(number), "name": name} for number, name in enumerate(NAMES)]
    file = written(tmp_path, rows)
    register = load_register(catalogue(), file)
    assert register.find("får feil når jeg skal bytte passord, gjelder lønn") == ()
    (hit,) = register.find("vismaprøve er nede")
    assert (hit.system.name, hit.match) == ("Vismaprøve Flyt", Match.PREFIX)
    assert register.find("gjelder Lønn og personal")[0].match is Match.NAME
    # Without the catalogue's words they would have been taken for systems.
    assert len(load_systems(file).find("får feil når jeg skal bytte passord, gjelder lønn")) == 3


def test_the_shipped_systems_are_all_found_as_before() -> None:
    plain, register = load_systems(DATA / "systems.json"), load_register(catalogue())
    assert tuple(plain) == tuple(register)
    for system in register:
        for word in (system.name, *system.aliases):
            assert [hit.system.id for hit in plain.find(word)][:1] == [hit.system.id for hit in register.find(word)][:1]


def test_a_host_names_its_system_whole_or_not_at_all() -> None:
    register = SystemRegister([WHOLE])
    assert register.find("https://prove.example.org/side")[0].words == "prove.example.org"
    assert register.find("prove example") == ()
