"""Secrets, which may stand in files of their own, as systemd, Docker and Kubernetes hand them over.

`NAME_FILE` names the file of the secret NAME. Those of Teams and Kompass are asked for when they are used, so that a
changed one is taken up while the bot runs; the others are read at start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SecretFiles:
    """The files of those secrets that stand in one, by name."""

    files: Mapping[str, Path] = field(default_factory=dict)

    def now(self, name: str, at_start: str) -> str:
        """The secret as it is now; the one at start when it stands in no file, or in one that tells none."""
        if name in self.files:
            with suppress(OSError, UnicodeDecodeError):
                return _read(self.files[name]) or at_start
        return at_start


def read_secrets(environ: Mapping[str, str], names: Iterable[str]) -> tuple[dict[str, str], SecretFiles, list[str]]:
    """The environment with the secrets of these names filled in, their files, and what is wrong with either."""
    filled, files, problems = dict(environ), {}, []
    for name in names:
        file = environ.get(f"{name}_FILE", "").strip()
        if file and environ.get(name, "").strip():
            problems.append(f"{name}_FILE: is set, and {name} too; one of them is enough")
        elif file:
            files[name] = Path(file)
            try:
                filled[name] = _read(files[name])
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{name}_FILE: cannot be read ({type(error).__name__})")
    return filled, SecretFiles(files), problems


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip()
