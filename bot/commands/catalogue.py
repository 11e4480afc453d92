"""`catalogue check` and `catalogue import`: what a new catalogue changes, and taking it into use, all or nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.catalogue.importing import ImportReport, catalogue_to_json, compare, read_catalogue
from knowledge.errors import LosenError
from knowledge.library import DATA

# A catalogue that loses more than this share of its forms is refused unless it is asked for twice: more often a broken
# export than a clean-up.
MOST_LOST = 0.2


def current_catalogue_file(data_dir: Path, configured: Path | None) -> Path:
    """The catalogue in use: the configured one, else the imported one, else the one shipped."""
    imported = imported_file(data_dir)
    return configured or (imported if imported.is_file() else DATA / "forms.json")


def imported_file(data_dir: Path) -> Path:
    """The imported catalogue, whether there is one or not."""
    return data_dir / "catalogue.json"


def check(file: Path, current: Path) -> tuple[Catalogue, ImportReport]:
    """Read a catalogue and compare; raises BrokenCatalogue with every problem."""
    catalogue = read_catalogue(file)
    return catalogue, compare(read_catalogue(current), catalogue)


def too_many_lost(report: ImportReport) -> bool:
    """Whether so many forms would disappear that a person must look first."""
    return len(report.removed) > _before(report) * MOST_LOST


def take_into_use(catalogue: Catalogue, report: ImportReport, data_dir: Path, *, force: bool) -> Path:
    """Write the catalogue where the bot reads it at its next start, or within a minute where it is
    renewed every night; the old one stays until the new one is whole.

    Raises LosenError when too many forms are lost, unless force.
    """
    if too_many_lost(report) and not force:
        raise LosenError(
            f"{len(report.removed)} of {_before(report)} forms would disappear; "
            "import with --force if that is right (python app.py catalogue import)"
        )
    data_dir.mkdir(parents=True, exist_ok=True)
    target = imported_file(data_dir)
    unfinished = target.with_suffix(".new")
    unfinished.write_text(json.dumps(catalogue_to_json(catalogue), ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename over an existing file, by its own name
    return target


def report_lines(report: ImportReport) -> list[str]:
    """The report for people."""
    lines = [
        f"{len(report.added)} added, {len(report.removed)} removed, {len(report.changed)} changed, "
        f"{report.unchanged} unchanged"
    ]
    lines += [f"  + {form_id}" for form_id in report.added[:50]]
    lines += [f"  - {form_id}" for form_id in report.removed[:50]]
    lines += [f"  ~ {form_id}: {', '.join(names)}" for form_id, names in list(report.changed.items())[:50]]
    return lines + [f"  ! {warning}" for warning in report.warnings]


def _before(report: ImportReport) -> int:
    return len(report.removed) + len(report.changed) + report.unchanged
