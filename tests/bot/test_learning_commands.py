"""`knowledge review`, `approve` and `reject`: a person decides, and nothing shipped is written to."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

import app
from bot.approved import FILE, add_example, approved_dir
from bot.store import SqliteStore
from dialogs.effects import NoteChoice
from knowledge.errors import BrokenKnowledge
from knowledge.library import DATA
from knowledge.matching import load_wording

TODAY = datetime.now(ZoneInfo("Europe/Oslo")).date()
CARD, QUEUE = 900417, 900950  # «Adgangskort virker ikke på skriver», «Utskrift kommer ikke ut (kø)»
SAID = "fløybrumleren spytter ikke ut arkene mine"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def note(folder: Path, *choices: NoteChoice, days_ago: int = 0) -> None:
    async def write() -> None:
        store = SqliteStore(folder / "losen.db")
        for choice in choices:
            day = TODAY - timedelta(days=days_ago)
            await store.write(lambda session, choice=choice, day=day: session.choices.note(choice, day))  # type: ignore[misc]
        await store.close()

    asyncio.run(write())


def reviewed(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    capsys.readouterr()
    assert app.main(["knowledge", "review", "--json", *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_review_tells_what_a_person_should_look_at(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note(
        data_dir,
        NoteChoice(SAID, CARD, "answer", QUEUE),
        NoteChoice(SAID, CARD, "answer", QUEUE, confirmed=True),
        NoteChoice("skriveren henger", QUEUE, "answer", QUEUE, confirmed=True),
        NoteChoice("noe er feil med skriveren", QUEUE, "ask", QUEUE, confirmed=True),
        NoteChoice("hvor lenge skal egg koke", None, "none", None),
        NoteChoice("kortet mitt", CARD, "ask", None),
    )
    note(data_dir, NoteChoice("gammel sak", CARD, "answer", 900400), days_ago=40)
    found = reviewed(capsys)
    assert found["messages"] == 5
    assert {"word": "fløybrumleren", "count": 1} in found["unknown_words"]
    assert [(one["proposed"]["id"], one["chosen"]["id"], one["count"]) for one in found["confused"]] == [
        (CARD, QUEUE, 1)
    ]
    assert [one["text"] for one in found["refused"]] == ["hvor lenge skal egg koke"]
    assert [one["text"] for one in found["proposed_examples"]] == [SAID, "noe er feil med skriveren"]
    never = {one["id"] for one in found["never_reached"]}
    assert not never & {CARD, QUEUE}
    assert 900400 in never
    assert 900400 not in {one["id"] for one in reviewed(capsys, "--days", "60")["never_reached"]}


def test_review_for_people_has_the_same(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note(data_dir, NoteChoice(SAID, CARD, "answer", QUEUE, confirmed=True))
    assert app.main(["knowledge", "review"]) == 0
    told = capsys.readouterr().out
    assert "1 meldinger" in told
    assert "Adgangskort virker ikke på skriver -> Utskrift kommer ikke ut (kø)" in told
    assert f"«{SAID}» -> Utskrift" in told
    assert "(--json har alle)" in told


def test_an_approved_example_is_used_by_the_next_start_and_proposed_no_more(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note(data_dir, NoteChoice(SAID, CARD, "answer", QUEUE, confirmed=True))
    proposed = reviewed(capsys)["proposed_examples"][0]["id"]
    assert app.main(["knowledge", "approve", str(proposed)]) == 0
    assert yaml.safe_load((data_dir / FILE).read_text(encoding="utf-8")) == [{"form": QUEUE, "examples": [SAID]}]
    assert load_wording(DATA / "wording", approved_dir(data_dir)).forms[QUEUE].examples[-1] == SAID
    assert reviewed(capsys)["proposed_examples"] == []
    assert app.main(["which-form", SAID, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["forms"][0]["id"] == QUEUE
    assert app.main(["knowledge", "approve", str(proposed)]) == 2
    assert "approved already" in capsys.readouterr().err


def test_an_example_that_takes_another_forms_is_refused_with_the_reason(
    data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.matching.review.taken_by", lambda *_: ((QUEUE, "papiret er borte"),))
    note(data_dir, NoteChoice(SAID, QUEUE, "answer", CARD, confirmed=True))
    assert app.main(["knowledge", "approve", "1"]) == 1
    told = capsys.readouterr().err
    assert "«Adgangskort virker ikke på skriver» ville tatt «papiret er borte»" in told
    assert "fra «Utskrift kommer ikke ut (kø)»" in told
    assert not (data_dir / FILE).exists()
    assert app.main(["knowledge", "approve", "1", "--force"]) == 0
    assert (data_dir / FILE).exists()


def test_a_rejected_example_is_proposed_no_more(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note(data_dir, NoteChoice(SAID, CARD, "answer", QUEUE, confirmed=True))
    proposed = str(reviewed(capsys)["proposed_examples"][0]["id"])
    assert app.main(["knowledge", "reject", proposed]) == 0
    assert reviewed(capsys)["proposed_examples"] == []
    assert not (data_dir / FILE).exists()


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_an_id_nobody_was_shown_is_refused(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["knowledge", action, "999"]) == 2
    assert "999" in capsys.readouterr().err


def test_what_was_not_confirmed_is_no_example(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note(data_dir, NoteChoice(SAID, CARD, "answer", QUEUE))
    assert reviewed(capsys)["proposed_examples"] == []
    assert app.main(["knowledge", "approve", "1"]) == 2


def test_examples_are_added_one_after_the_other_and_a_damaged_file_is_left_alone(tmp_path: Path) -> None:
    file = add_example(tmp_path, QUEUE, "første: «æøå»")
    add_example(tmp_path, CARD, "andre")
    assert [one["form"] for one in yaml.safe_load(file.read_text(encoding="utf-8"))] == [QUEUE, CARD]
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("- form: nei\n", encoding="utf-8")
    with pytest.raises(BrokenKnowledge):
        add_example(tmp_path, QUEUE, "tredje")
    assert file.read_text(encoding="utf-8") == "- form: nei\n"
