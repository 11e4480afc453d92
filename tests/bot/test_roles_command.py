"""`python app.py roles`: a 1.linje is granted in a virksomhet, whose inbox it then sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import app


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    capsys.readouterr()
    assert app.main(["roles", "list", "--json"]) == 0
    return [(one["person"], one["role"], one["virksomhet"]) for one in json.loads(capsys.readouterr().out)]


def test_a_role_is_granted_in_a_virksomhet_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["roles", "grant", "lars", "1linje", "--virksomhet", "bgo"]) == 0
    assert "1linje in BGO" in capsys.readouterr().out
    assert app.main(["roles", "grant", "frida", "forvalter"]) == 0
    assert listed(capsys) == [("frida", "forvalter", ""), ("lars", "1linje", "BGO")]
    assert app.main(["roles", "revoke", "lars", "1linje"]) == 0
    assert listed(capsys) == [("frida", "forvalter", "")]


def test_a_1linje_without_a_virksomhet_is_granted_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["roles", "grant", "lars", "1linje"]) == 0
    assert "no inbox" in capsys.readouterr().err


def test_a_virksomhet_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["roles", "grant", "lars", "1linje", "--virksomhet", "XYZ"]) == 1
    assert "XYZ" in capsys.readouterr().err
    assert listed(capsys) == []


def test_roles_are_imported_with_or_without_a_virksomhet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "roles.csv"
    file.write_text("person,role,virksomhet\nlars,1linje,BGO\nfrida,forvalter,\n", encoding="utf-8")
    assert app.main(["roles", "import", str(file)]) == 0
    assert listed(capsys) == [("frida", "forvalter", ""), ("lars", "1linje", "BGO")]
    file.write_text("person,role\nulla,uss\nivar,im\nrolf,rm\n", encoding="utf-8")
    assert app.main(["roles", "import", str(file)]) == 0
    assert {("ulla", "uss", ""), ("ivar", "im", ""), ("rolf", "rm", "")} <= set(listed(capsys))


def test_an_import_with_a_wrong_virksomhet_grants_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "roles.csv"
    file.write_text("person,role,virksomhet\nlars,1linje,BGO\nlise,1linje,XYZ\n", encoding="utf-8")
    assert app.main(["roles", "import", str(file)]) == 2
    assert "line 3: no virksomhet is abbreviated XYZ" in capsys.readouterr().err
    assert listed(capsys) == []
