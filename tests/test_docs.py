"""The documents tell the truth: every command, setting and file they should name is named."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

import app
from bot.settings import SETTINGS

ROOT = Path(__file__).parent.parent
DRIFT = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands(parser: argparse.ArgumentParser, before: str = "") -> list[str]:
    found: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                inner = _commands(sub, f"{before}{name} ")
                found += inner or [f"{before}{name}"]
    return found


@pytest.mark.parametrize("command", _commands(app._parser()))
def test_every_command_is_in_the_manual(command: str) -> None:
    assert re.search(rf"\b{re.escape(command)}\b", DRIFT)


def settings_table() -> str:
    """The table of settings as the manual holds it."""
    lines = ["| setting | default | what |", "| --- | --- | --- |"]
    lines += [f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.what} |" for one in SETTINGS]
    return "\n".join(lines)


def test_the_manual_has_the_table_of_settings() -> None:
    held = DRIFT.partition("<!-- settings:begin -->")[2].partition("<!-- settings:end -->")[0]
    assert held.strip() == settings_table()


@pytest.mark.parametrize(
    "document",
    ["README.md", "docs/bruk.md", "docs/drift.md", "docs/kunnskap.md", "docs/drift/groups.md", "CHANGELOG.md"],
)
def test_every_file_a_document_points_to_is_there(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http", "mailto")):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("target", ["run", "test", "format", "lint", "types", "bench", "eval"])
def test_every_make_target_a_document_names_is_there(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert target in README + DRIFT


def test_every_knowledge_file_is_in_its_document() -> None:
    document = (ROOT / "docs" / "kunnskap.md").read_text(encoding="utf-8")
    for name in ("forms.json", "systems.json", "selfhelp.json", "organisation.yaml", "glossary.yaml", "synonyms.yaml"):
        assert name in document
        assert (ROOT / "knowledge" / "data" / name).is_file()
