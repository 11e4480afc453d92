"""Examples the service desk has approved, beside the database: the shipped wording is never written to."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

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
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        load_wording(file.parent)  # refuses what the next start would refuse, before anything is written
    entries = list(yaml.safe_load(file.read_text(encoding="utf-8")) or ()) if file.exists() else []
    entries.append({"form": form_id, "examples": [example]})
    unfinished = file.with_suffix(f".new-{os.getpid()}")
    unfinished.touch(mode=0o600)  # what people wrote is for the owner of the process only
    with unfinished.open("w", encoding="utf-8") as out:
        out.write(_HEADER + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000))
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, file)  # noqa: PTH105 - the atomic rename over an existing file, by its own name
    return file
