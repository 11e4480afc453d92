"""Files for the owner of the process only: they hold what people wrote, or e-mail addresses."""

from __future__ import annotations

import os
from pathlib import Path


def replace_private(file: Path, text: str) -> None:
    """Replace a file whole, so a kill leaves the old one or the new one; raises OSError, and the old one stays then."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".new-{os.getpid()}")
    unfinished.touch(mode=0o600)
    with unfinished.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, file)  # noqa: PTH105 - the atomic rename over an existing file, by its own name
