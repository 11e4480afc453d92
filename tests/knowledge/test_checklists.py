"""The guide's checklists as data (G 7.1-7.3, 5.1.2.2)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.catalogue.form import AUDIENCES, BILLING_FIELDS, FieldType
from knowledge.checklists import CHECKLIST_NAMES, AskedWhen, Default, Item, items_of, load_checklists
from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import LANGUAGES
from tests.knowledge.shipped import DATA, checklists


def item(checklist: str, key: str) -> Item:
    found = checklists()[checklist].get(key)
    assert found is not None
    return found


def values(one: Item) -> list[str]:
    return [choice.value for choice in one.choices]


def test_the_role_of_the_reporter_is_asked_for_in_every_case() -> None:
    """G 5.1, 7.1"""
    role = item("general", "role")
    assert role.required
    assert tuple(values(role)) == AUDIENCES


def test_the_reporter_tests_unless_someone_else_is_named() -> None:
    """G 5.1.2"""
    contacts = item("general", "contacts")
    assert (contacts.required, contacts.asked_when, contacts.default) == (False, AskedWhen.NEVER, Default.REPORTER)


def test_a_fault_report_must_say_what_the_checklist_lists() -> None:
    """G 7.2"""
    required = [one.key for one in checklists()["support"] if one.required]
    assert required == ["description", "started_at", "extent", "outage", "tried"]
    assert values(item("support", "extent")) == ["user", "department", "several_locations"]
    assert values(item("support", "outage")) == ["partial", "full"]
    assert item("support", "screenshot").type is FieldType.ATTACHMENT
    assert item("support", "started_at").type is FieldType.DATETIME


def test_a_phone_number_is_asked_for_and_required_when_the_fault_is_critical() -> None:
    """G 5.1.2.2: USS is always phoned, and must be able to phone back."""
    phone = item("general", "phone")
    assert (phone.required, phone.required_when_critical, phone.asked_when) == (False, True, AskedWhen.CRITICAL)
    assert item("support", "critical").asked_when is AskedWhen.CRITICAL_SUSPECTED


def test_the_billing_items_are_those_a_form_may_have_and_are_required_then() -> None:
    """G 5.1.3"""
    billing = [one for one in checklists()["service"] if one.asked_when is AskedWhen.BILLING]
    assert tuple(one.key for one in billing) == BILLING_FIELDS
    assert all(one.required and one.pattern and set(one.error) == set(LANGUAGES) for one in billing)


@pytest.mark.parametrize(
    ("key", "answer", "stored"),
    [
        ("ressursnummer", "12345", "12345"),
        ("ressursnummer", " 123 456 ", "123456"),
        ("ressursnummer", "1234", None),
        ("ressursnummer", "123456789", None),
        ("ressursnummer", "vet ikke", None),
        ("ressursnummer", "", None),
        ("fakturareferanse", "bos 1234", "BOS1234"),
        ("fakturareferanse", "2026/11-4", "2026/11-4"),
        ("fakturareferanse", "vet ikke", None),
        ("fakturareferanse", "12", None),
        ("kostnadssted", "61 200", "61200"),
        ("kostnadssted", "612", None),
        ("kostnadssted", "6120O", None),
    ],
)
def test_a_billing_answer_is_checked_and_stored_compact(key: str, answer: str, stored: str | None) -> None:
    assert item("service", key).checked(answer) == stored


def test_an_answer_without_pattern_is_stored_without_blanks_at_its_ends() -> None:
    assert item("support", "tried").checked("  omstart og ny kabel ") == "omstart og ny kabel"


def test_no_notice_without_what_whom_since_consequence_workaround_next_update_and_contact() -> None:
    """G 5.1.2.2, DESIGN 4"""
    notice = checklists()["notice"]
    assert [one.key for one in notice if one.required] == [
        "type",
        "what",
        "affected",
        "since",
        "consequence",
        "workaround",
        "next_update_at",
        "contact",
    ]
    assert values(item("notice", "type")) == ["fellesfeil", "vedlikehold", "informasjon"]
    assert item("notice", "contact").default is Default.DESK


def test_every_text_is_there_in_every_language() -> None:
    for checklist in checklists().values():
        for one in checklist:
            texts = [one.question, one.label, *(choice.label for choice in one.choices)]
            texts += [text for text in (one.help, one.error) if text]
            for text in texts:
                assert set(text) == set(LANGUAGES), (checklist.name, one.key)
                assert all(value.strip() for value in text.values())


def test_a_question_asks_one_thing_shortly() -> None:
    for checklist in checklists().values():
        for one in checklist:
            for question in one.question.values():
                assert "?" in question
                assert len(question) <= 110, question


def test_the_items_of_two_checklists_come_in_order_each_key_once() -> None:
    keys = [one.key for one in items_of(checklists(), "support", "service", "general")]
    assert keys[0] == "description"
    assert keys[-1] == "followers"
    assert keys.count("on_behalf_of") == 1
    with pytest.raises(BrokenKnowledge, match="no checklist feil"):
        items_of(checklists(), "feil")


Change = Callable[[dict[str, Any]], None]


def in_item(**changes: Any) -> Change:
    """Changes the first item of the file; None takes the key away."""

    def change(data: dict[str, Any]) -> None:
        first = data["items"][0]
        first.update(changes)
        for key, value in changes.items():
            if value is None:
                del first[key]

    return change


WORD = {"nb": "a", "nn": "b", "en": "c"}
WRONG: list[tuple[Change, str]] = [
    (in_item(key="Rolle!"), "key: 'Rolle!': small letters, digits and _ only"),
    (in_item(type="tekst"), "(role): type: 'tekst' is not one of"),
    (in_item(chapter="kap 7"), "(role): chapter: must be chapters of the guide"),
    (in_item(asked_when="sometimes"), "(role): asked_when: 'sometimes' is not one of"),
    (in_item(required="yes"), "(role): required: must be true or false"),
    (in_item(question={"nb": "Hva?", "nn": "Kva?"}), "(role): question: en: is missing"),
    (in_item(default="sjefen"), "(role): default: 'sjefen' is not one of reporter, desk"),
    (in_item(choices=None), "(role): choices: must be there for type choice"),
    (in_item(type="text"), "(role): choices: must be there for type choice, and for no other type"),
    (in_item(choices=[{"value": "a", "label": WORD}] * 2), "(role): choices: holds the same value twice"),
    (in_item(choices=[{"value": "a", "label": WORD, "farge": 1}]), "farge: is not a key here"),
    (in_item(pattern="[0-9]{5"), "(role): error: a pattern and its error text come together"),
    (in_item(error=WORD), "(role): error: a pattern and its error text come together"),
    (in_item(pattern="[0-9", error=WORD), "(role): pattern: not a regular expression"),
    (in_item(help={"nb": "Ring {phone}", "nn": "b", "en": "c"}), "(role): help: placeholders are not filled in here"),
    (in_item(spørsmål="Hva?"), "(role): spørsmål: is not a key here"),
    (lambda data: data["items"].append(data["items"][0]), "items: key role stands twice"),
    (lambda data: data.update(items=[]), "items: must be a list with at least one entry"),
    (lambda data: data.update(navn="general"), "navn: is not a key here"),
]


@pytest.mark.parametrize(("change", "told"), WRONG, ids=[told for _, told in WRONG])
def test_a_slip_in_a_checklist_is_told_with_file_and_key(tmp_path: Path, change: Change, told: str) -> None:
    shutil.copytree(DATA / "checklists", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "general.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=re.escape(told)) as caught:
        load_checklists(tmp_path)
    assert str(path) in str(caught.value)


def test_a_missing_checklist_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenKnowledge, match=f"{CHECKLIST_NAMES[0]}.yaml: cannot be read"):
        load_checklists(tmp_path)
