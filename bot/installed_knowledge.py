"""The knowledge an installation works with, and where what the matcher learnt of it is kept.

Learning takes over a second and some 40 MB. `python app.py index` does it once, when the program is installed. Where
that was not done, or catalogue, register or approved examples are the installation's own, a process beside the bot does
it, so that the bot neither waits with its turns nor keeps the memory.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.approved import approved_dir
from bot.commands.catalogue import current_catalogue_file
from bot.kept_index import INDEX_FILE, KeptIndex
from bot.settings import Settings
from bot.systemoversikten.snapshot import systems_in_use
from knowledge.library import Library, load_library

_ROOT = Path(__file__).parents[1]
INSTALLED_INDEX = _ROOT / "built" / INDEX_FILE
"""Made by `python app.py index` when the program is installed."""

_PATIENCE_SECONDS = 120
_log = logging.getLogger(__name__)


def read_knowledge(settings: Settings, shelf: KeptIndex) -> Library:
    """All the installation's knowledge; raises BrokenCatalogue or BrokenKnowledge with the file and the place."""
    return load_library(
        catalogue_file=current_catalogue_file(settings.data_dir, settings.catalogue_file),
        organisation_file=settings.organisation_file,
        systems_file=systems_in_use(settings.data_dir, datetime.now(UTC)),
        approved=approved_dir(settings.data_dir),
        shelf=shelf,
    )


def kept_index(data_dir: Path) -> KeptIndex:
    """Where a process that learns for itself, such as a command, keeps what it learnt."""
    return KeptIndex(data_dir / INDEX_FILE, INSTALLED_INDEX)


def index_made_apart(data_dir: Path) -> KeptIndex:
    """Where the running bot finds what was learnt; what is missing is learnt by a process beside it."""

    def make(file: Path) -> None:
        command = [sys.executable, str(_ROOT / "app.py"), "index", "--out", str(file)]
        try:
            # Our own program, with our own settings.
            done = subprocess.run(  # noqa: S603
                command, env={**os.environ, "DATA_DIR": str(data_dir)}, stdout=subprocess.DEVNULL,
                timeout=_PATIENCE_SECONDS, check=False,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            _log.warning("the index was not made by a process of its own: %s", type(error).__name__)
        else:
            if done.returncode:
                _log.warning("the index was not made by a process of its own: status %s", done.returncode)

    return KeptIndex(data_dir / INDEX_FILE, INSTALLED_INDEX, make)
