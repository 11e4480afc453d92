"""The fetched register as a file: what is used when Systemoversikten is down, and what tells how old it is.

It is written beside and renamed, so a reader finds the old one or the new one and a kill leaves no half. It holds
e-mail addresses, so only the owner of the process may read it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.private_files import replace_private
from knowledge.errors import BrokenKnowledge
from knowledge.systemoversikten import Overview
from knowledge.systems_file import load_systems, system_to_json

STALE = timedelta(days=7)
"""A register older than this is told of in the log: forvaltere change."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot says of itself: when it was fetched, from which host, and how many rows each table had."""

    fetched_at: datetime
    source: str
    rows: Mapping[str, int]


def snapshot_file(data_dir: Path) -> Path:
    """Where the snapshot of an installation lies, whether there is one or not."""
    return data_dir / "systemoversikten.json"


def write_snapshot(file: Path, overview: Overview, source: str, fetched_at: datetime) -> None:
    """Replace the snapshot; raises OSError when the disk refuses, and the old one is still there then."""
    content = {
        "fetched_at": fetched_at.isoformat(),
        "source": source,
        "rows": dict(overview.rows),
        "systems": [system_to_json(system) for system in overview.systems],
    }
    replace_private(file, json.dumps(content, ensure_ascii=False, indent=1))


def read_snapshot(file: Path) -> Snapshot | None:
    """What the snapshot says of itself, None when there is none; raises BrokenKnowledge when it cannot be read."""
    if not file.is_file():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        fetched_at = datetime.fromisoformat(content["fetched_at"])
        rows = {str(name): int(count) for name, count in content["rows"].items()}
        source = str(content["source"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BrokenKnowledge(f"{file}: is no snapshot of Systemoversikten ({type(error).__name__})") from error
    if fetched_at.tzinfo is None:
        raise BrokenKnowledge(f"{file}: the time has no zone")
    return Snapshot(fetched_at, source, rows)


def systems_in_use(data_dir: Path, now: datetime) -> Path | None:
    """The snapshot to use instead of the shipped register, None when there is none or it is broken.

    A broken one must not keep the bot from starting: that is logged, and the next fetch replaces it.
    """
    file = snapshot_file(data_dir)
    try:
        snapshot = read_snapshot(file)
        if snapshot is None:
            return None
        load_systems(file)
    except BrokenKnowledge:
        _log.exception("the snapshot of Systemoversikten cannot be used; the register shipped with the bot is")
        return None
    age = now - snapshot.fetched_at
    if age > STALE:
        _log.warning("the register of systems was fetched %d days ago; forvaltere may have changed", age.days)
    else:
        _log.info("the register of systems was fetched %d hours ago", age // timedelta(hours=1))
    return file
