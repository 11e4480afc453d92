"""The strict reader of hand-edited files: every slip is told with file and place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import Section, list_of_sections, read_yaml, yaml_files


def section(data: object) -> Section:
    return Section(data, "fil.yaml")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: 1\nb: 2\na: 3\n", "key 'a' is written twice"),
        (b"a: [1\n", "expected ',' or ']'"),
        (b"? [a]\n: 1\n", "a key must be plain text"),
        (b"a: \xff\n", "not UTF-8 at byte 3"),
        (b"a: 2026-13-45\n", "month must be in 1..12"),
        (b"!!python/object/apply:os.getcwd []\n", "could not determine a constructor"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_name(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "fil.yaml"
    path.write_bytes(content)
    with pytest.raises(BrokenKnowledge) as caught:
        read_yaml(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)


def test_a_missing_file_and_an_empty_directory_are_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenKnowledge, match="cannot be read: No such file"):
        read_yaml(tmp_path / "borte.yaml")
    with pytest.raises(BrokenKnowledge, match=re.escape("no .yaml files here")):
        yaml_files(tmp_path)


def test_nested_values_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "fil.yaml"
    path.write_bytes(b"\xef\xbb\xbfa:\n  b: [1, {c: d}]\n")
    assert read_yaml(path) == {"a": {"b": [1, {"c": "d"}]}}


WRONG_VALUES: list[tuple[Callable[[Section], Any], Any, str]] = [
    (lambda one: one.text("a"), {}, "fil.yaml: a: is missing"),
    (lambda one: one.text("a"), {"a": None}, "fil.yaml: a: is missing"),
    (lambda one: one.text("a"), {"a": " "}, "fil.yaml: a: must be text, not str ' '; put it in quotes"),
    (lambda one: one.text("a"), {"a": 930}, "fil.yaml: a: must be text, not int 930; put it in quotes"),
    (lambda one: one.text("a"), {"a": ["x"]}, "fil.yaml: a: must be text, not list"),
    (lambda one: one.text_or("a", "b"), {"a": 1}, "fil.yaml: a: must be text, not int 1"),
    (lambda one: one.one_of("a", ("x", "y")), {"a": "z"}, "fil.yaml: a: 'z' is not one of x, y"),
    (lambda one: one.flag("a"), {"a": "ja"}, "fil.yaml: a: must be true or false, not str 'ja'"),
    (lambda one: one.number("a"), {"a": True}, "fil.yaml: a: must be a whole number of at least 0, not bool True"),
    (lambda one: one.number("a"), {"a": -1}, "fil.yaml: a: must be a whole number of at least 0, not int -1"),
    (lambda one: one.texts("a"), {"a": "x"}, "fil.yaml: a: must be a list of texts"),
    (lambda one: one.texts("a"), {"a": ["x", False]}, "fil.yaml: a: must be a list of texts"),
    (lambda one: one.texts_or_none("a"), {"a": ["x", "x "]}, "fil.yaml: a: holds the same text twice"),
    (lambda one: one.each_language("a"), {"a": {"nb": "x", "nn": "y"}}, "fil.yaml: a: en: is missing"),
    (
        lambda one: one.each_language_or_none("a"),
        {"a": {"nb": "x", "nn": "y", "en": "z", "se": "w"}},
        "fil.yaml: a: se: is not a key here; known keys: en, nb, nn",
    ),
    (lambda one: one.texts_each_language("a"), {"a": {"nb": ["x"], "nn": []}}, "fil.yaml: a: en: is missing"),
    (lambda one: one.section("a"), {"a": "x"}, "fil.yaml: a: must be a mapping of keys to values, not str 'x'"),
    (lambda one: one.sections("a"), {"a": []}, "fil.yaml: a: must be a list with at least one entry"),
    (lambda one: list(one.named_sections("a")), {"a": {1: {}}}, "fil.yaml: a: 1: a key must be text"),
]


@pytest.mark.parametrize(("read", "data", "told"), WRONG_VALUES, ids=[told for _, _, told in WRONG_VALUES])
def test_a_wrong_value_is_told_with_its_key(read: Callable[[Section], Any], data: Any, told: str) -> None:
    with pytest.raises(BrokenKnowledge) as caught:
        read(section(data))
    assert str(caught.value).startswith(told)


def test_right_values_come_out_as_they_stand() -> None:
    one = section({"a": " x ", "b": True, "c": 3, "d": ["x", "y"], "f": {"nb": "1", "nn": "2", "en": "3"}})
    assert one.text("a") == "x"
    assert one.text_or("e", "standard") == "standard"
    assert one.flag("b") is True
    assert one.number("c") == 3
    assert one.texts("d") == ("x", "y")
    assert one.texts_or_none("e") == ()
    assert one.each_language("f") == {"nb": "1", "nn": "2", "en": "3"}
    assert one.each_language_or_none("e") == {}
    one.done()


def test_a_key_nobody_asked_for_is_told() -> None:
    one = section({"navn": "x", "nanv": "y"})
    one.text("navn")
    with pytest.raises(BrokenKnowledge, match=re.escape("fil.yaml: nanv: is not a key here; known keys: navn")):
        one.done()


def test_the_entries_of_a_list_are_told_by_number_or_by_their_name() -> None:
    first, second = list_of_sections([{"a": 1}, {"a": 2}], "fil.yaml")
    assert (first.where, second.named_as("to").where) == ("fil.yaml[1]", "fil.yaml[2] (to)")
    with pytest.raises(BrokenKnowledge, match=r"fil.yaml\[1\]: must be a mapping of keys to values, not nothing"):
        list_of_sections([None], "fil.yaml")
