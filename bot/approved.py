"""Examples the service desk has approved, beside the database: the shipped wording is never written to."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.private_files import replace_private
from knowledge.matching import load_wording

FILE = "wording/approved.yaml"
_HEADER = (
    "# Approved with `python app.py knowledge approve`. Used from the next start; edit or delete lines as you like.\n"
)


def approved_dir(data_dir: Path) -> Path:
    """The folder of an installation's own wording, whether there is one or not."""
    return (data_dir / FILE).parent


def add_example(data_dir: Path, form_id: int, example: str) -> Path:
    """Add an example to the approved ones; the file is replaced whole, so a kill leaves the old or the new one.

    Raises BrokenKnowledge when the file cannot be read, OSError when it cannot be written.
    """
    file = data_dir / FILE
    if file.exists():
        load_wording(file.parent)  # refuses what the next start would refuse, before anything is written
    entries = list(yaml.safe_load(file.read_text(encoding="utf-8")) or ()) if file.exists() else []
    entries.append({"form": form_id, "examples": [example]})
    replace_private(file, _HEADER + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000))
    return file
