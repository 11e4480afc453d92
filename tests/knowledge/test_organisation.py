"""Everything about the organisation stands in one file, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

import knowledge
from knowledge.errors import BrokenKnowledge
from knowledge.organisation import (
    LINK_NAMES,
    PLACEHOLDERS,
    FirstLineWay,
    check_placeholders,
    load_organisation,
)
from knowledge.yaml_files import LANGUAGES
from tests.knowledge.shipped import DATA, organisation

ORGANISATION_FILE = DATA / "organisation.yaml"


def test_the_facts_of_the_guide_are_there() -> None:
    shipped = organisation()
    assert (shipped.desk_name, shipped.desk_short) == ("UKEs Servicesenter", "USS")
    assert (shipped.opens, shipped.one_on_duty_from, shipped.closes) == (time(8), time(15, 30), time(20))
    assert shipped.access_form_id == 218619
    assert shipped.open_group.name == "SAM/IT"
    assert shipped.closed_group.name == "SAM/IKT-hovedkontakter"
    assert len(shipped.virksomheter) >= 40
    assert shipped.virksomheter["BGO"].name == "Bydel Gamle Oslo"


def test_every_way_to_a_first_line_is_in_use() -> None:
    assert {one.first_line.way for one in organisation().virksomheter.values()} == set(FirstLineWay)


def test_every_placeholder_has_a_value_and_is_filled_in() -> None:
    shipped = organisation()
    for name in PLACEHOLDERS:
        filled = shipped.fill(f"<{{{name}}}>")
        assert filled == f"<{shipped.facts[name]}>"
        assert len(filled) > 2
    assert shipped.fill("Åpent {opens}–{closes}.") == "Åpent 08.00–20.00."


def test_an_unknown_placeholder_is_refused_when_filled_and_when_checked() -> None:
    with pytest.raises(BrokenKnowledge, match=re.escape("unknown placeholder {telefon}")):
        organisation().fill("Ring {telefon}")
    with pytest.raises(BrokenKnowledge, match=re.escape("sted: {telefon} is not a known placeholder")):
        check_placeholders("Ring {telefon}", "sted")


def test_every_link_has_a_name_in_every_language() -> None:
    for name in LINK_NAMES:
        for language in LANGUAGES:
            assert organisation().link_label(name, language)


def test_no_fact_of_the_organisation_stands_in_code_or_in_other_knowledge_files() -> None:
    facts = [organisation().phone, "uke.oslo", "saas.smax.no", "k8s.oslo", "systemoversikt.oslo"]
    package = Path(knowledge.__file__).parent
    files = [
        *package.rglob("*.py"),
        *(DATA / "guide").glob("*.yaml"),
        *(DATA / "checklists").glob("*.yaml"),
        DATA / "glossary.yaml",
    ]
    assert len(files) > 20
    found = [(path.name, fact) for path in files for fact in facts if fact in path.read_text(encoding="utf-8")]
    assert found == []


Change = Callable[[dict[str, Any]], None]


def changed(*path: str, to: object) -> Change:
    """Sets the value at the end of a path of keys; None takes the key away."""

    def change(data: dict[str, Any]) -> None:
        place = data
        for key in path[:-1]:
            place = place[key]
        if to is None:
            del place[path[-1]]
        else:
            place[path[-1]] = to

    return change


WRONG: list[tuple[Change, str]] = [
    (changed("phone", to=None), "phone: is missing"),
    (changed("phone", to=23477070), "phone: must be text, not int 23477070"),
    (changed("email", to="servicesenter"), "email: is not an e-mail address"),
    (changed("opening_hours", "open", to="8"), "open: must be a time of day as '08:00'"),
    (changed("opening_hours", "close", to="25:00"), "close: must be a time of day as '08:00'"),
    (changed("opening_hours", "close", to="15:00"), "close: the hours must come in order"),
    (changed("opening_hours", "lunch", to="11:00"), "lunch: is not a key here"),
    (changed("timezone", to="Oslo"), "timezone: 'Oslo' is not a time zone"),
    (changed("timezone", to="/etc/passwd"), "timezone: '/etc/passwd' is not a time zone"),
    (changed("access_form_id", to="218619"), "access_form_id: must be a whole number"),
    (changed("links", "kurs", to=None), "links: kurs missing"),
    (changed("links", "kurs", "url", to="http://kurs"), "links: kurs: url: must begin with https://"),
    (changed("links", "kurs", "label", "en", to=None), "label: en: is missing"),
    (changed("groups", "sam_it", "kind", to="half"), "kind: 'half' is not one of open, closed"),
    (changed("groups", "sam_it", "kind", to="closed"), "groups: there must be exactly one open group, not 0"),
    (changed("groups", "sam_it", "members", to=-1), "members: must be a whole number"),
    (changed("virksomheter", "BGO", "first_line", "way", to="fax"), "way: 'fax' is not one of"),
    (changed("virksomheter", "BGO", "first_line", "target", to="bgo"), "target: must be an e-mail address"),
    (changed("virksomheter", "BAL", "first_line", "target", to="bal"), "target: must begin with https://"),
    (changed("virksomheter", "bgo", to={}), "bgo: an abbreviation has two to five capital letters"),
    (changed("favicon", to="x"), "favicon: is not a key here"),
]


@pytest.mark.parametrize(("change", "told"), WRONG, ids=[told for _, told in WRONG])
def test_a_slip_in_the_file_is_told_with_its_key(tmp_path: Path, change: Change, told: str) -> None:
    data = yaml.safe_load(ORGANISATION_FILE.read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "organisation.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=re.escape(told)) as caught:
        load_organisation(path)
    assert str(path) in str(caught.value)
