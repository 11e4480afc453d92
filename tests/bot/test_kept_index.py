"""What was learnt, kept between two starts: the same answers as learnt anew, and anything odd is learnt anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.installed_knowledge import index_made_apart
from bot.kept_index import INDEX_FILE, KeptIndex
from knowledge.catalogue.form import Catalogue
from knowledge.library import load_library
from knowledge.matching import Matcher, Wording
from tests.evaluation.queries import bare_catalogue, load_queries, shipped_systems
from tests.knowledge.matching.shipped import matcher, wording
from tests.knowledge.shipped import catalogue

FEW = Catalogue(catalogue().forms[:6])
SAID = Wording({form.id: wording().forms[form.id] for form in FEW}, wording().synonyms, wording().out_of_scope[:40])
SYSTEMS = [("Websak", ("websaken",))]


class CountingShelf(KeptIndex):
    """Counts how often something was learnt and put there."""

    def put(self, key: str, arrays: object) -> None:
        PUT.append(key)
        super().put(key, arrays)  # type: ignore[arg-type]  # handed on as it came


PUT: list[str] = []


@pytest.fixture
def shelf(tmp_path: Path) -> CountingShelf:
    PUT.clear()
    return CountingShelf(tmp_path / INDEX_FILE)


def build(shelf: KeptIndex | None, **other: object) -> Matcher:
    given = {"catalogue": FEW, "wording": SAID, "systems": SYSTEMS, **other}
    return Matcher.build(**given, shelf=shelf)  # type: ignore[arg-type]  # what a test changes has its own type


def test_the_whole_catalogue_is_answered_from_the_shelf_as_it_is_learnt_anew(tmp_path: Path) -> None:
    shelf = KeptIndex(tmp_path / INDEX_FILE)
    Matcher.build(catalogue(), wording=wording(), systems=shipped_systems(), shelf=shelf)
    kept = Matcher.build(catalogue(), wording=wording(), systems=shipped_systems(), shelf=shelf)
    assert kept._evidence.learnt is not matcher()._evidence.learnt
    for query in load_queries()[::9]:
        assert kept.match(query.text) == matcher().match(query.text)
        assert kept.unknown(query.text) == matcher().unknown(query.text)
    for form_id, one in list(wording().forms.items())[::25]:
        assert kept.left_out(form_id, one.examples[0]) == matcher().left_out(form_id, one.examples[0])


def test_it_is_learnt_once(shelf: CountingShelf) -> None:
    build(shelf)
    build(shelf)
    assert len(PUT) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"catalogue": Catalogue(catalogue().forms[:7])},
        {"catalogue": Catalogue([replace(FEW.forms[0], description="Noe annet."), *FEW.forms[1:]])},
        {"wording": replace(SAID, synonyms={**SAID.synonyms, "skriver": ("skriverdings",)})},
        {"wording": replace(SAID, out_of_scope=SAID.out_of_scope[1:])},
        {"systems": [("Websak", ("saksweb",))]},
    ],
    ids=["a form more", "another description", "a synonym", "a sentence less", "an alias"],
)
def test_what_is_learnt_of_something_else_is_learnt_anew(shelf: CountingShelf, other: dict[str, object]) -> None:
    build(shelf)
    again = build(shelf, **other)
    assert len(PUT) == 2
    fresh = build(None, **other)
    for query in load_queries()[::60]:
        assert again.match(query.text) == fresh.match(query.text)


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-2000])


def _one_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _lacking(file: Path) -> None:
    with np.load(file) as archive:
        rest = {name: archive[name] for name in archive.files if name != "faults.pairs"}
    np.savez(file, **rest)


def _not_json(file: Path) -> None:
    with np.load(file) as archive:
        rest = {name: archive[name] for name in archive.files}
    np.savez(file, **{**rest, "words": np.frombuffer(b"[1", dtype=np.uint8)})


def _one_array(file: Path) -> None:
    with file.open("wb") as out:
        np.save(out, np.zeros(3))


def _objects(file: Path) -> None:
    np.savez(file, key=np.array([{"run": "me"}], dtype=object))


@pytest.mark.parametrize(
    "damage",
    [
        _cut_short,
        _one_bit,
        _lacking,
        _not_json,
        _objects,
        _one_array,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_text("no archive"),
        lambda file: file.unlink(),
    ],
    ids=["cut short", "one bit", "lacking", "not JSON", "objects", "one array", "empty", "text", "gone"],
)
def test_what_is_damaged_is_learnt_anew(shelf: CountingShelf, damage: Callable[[Path], object]) -> None:
    fresh = build(shelf)
    damage(shelf.file)
    again = build(shelf)
    assert len(PUT) == 2
    assert again.match("skriveren virker ikke") == fresh.match("skriveren virker ikke")
    build(shelf)
    assert len(PUT) == 2


def test_a_place_that_cannot_be_written_to_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    shelf = KeptIndex(tmp_path / "file" / INDEX_FILE)
    assert build(shelf).match("skriveren virker ikke").candidates


def test_a_bare_catalogue_is_not_kept(shelf: CountingShelf) -> None:
    build(shelf, catalogue=bare_catalogue(FEW), wording=Wording())
    assert not PUT


def test_what_was_made_at_the_installation_is_taken_until_something_changes(shelf: CountingShelf) -> None:
    build(shelf)
    started = CountingShelf(shelf.file.with_name("data.npz"), at_install=shelf.file)
    build(started)
    assert len(PUT) == 1
    assert not started.file.exists()
    build(started, systems=[("Gerica", ())])
    assert len(PUT) == 2
    assert started.file.exists()


def test_a_process_of_its_own_learns_for_the_bot(shelf: CountingShelf) -> None:
    asked: list[Path] = []

    def make(file: Path) -> None:
        asked.append(file)
        build(KeptIndex(file))

    apart = CountingShelf(shelf.file, make_apart=make)
    build(apart)
    build(apart)
    assert asked == [shelf.file]
    assert not PUT


def test_where_that_process_makes_nothing_the_bot_learns_itself(shelf: CountingShelf) -> None:
    build(CountingShelf(shelf.file, make_apart=lambda _: None))
    assert len(PUT) == 1


def test_the_command_index_makes_what_the_bot_takes_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.installed_knowledge.INSTALLED_INDEX", tmp_path / "none")
    made = index_made_apart(tmp_path)
    PUT.clear()
    load_library(shelf=CountingShelf(made.file, made.at_install, made.make_apart))
    assert not PUT
    assert made.file.exists()
