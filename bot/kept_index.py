"""What the matcher has learnt, kept in the data directory so that the next start need not learn it again.

One file of plain arrays: nothing in it is ever run. It may be deleted at any time, and one that is damaged or of
another catalogue, wording or version is made anew. Another may lie beside the program, made when it was installed.
"""

from __future__ import annotations

import logging
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.matching.profiles import Arrays

INDEX_FILE = "index.npz"
_KEY = "key"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """See `knowledge.matching.Shelf`.

    at_install: what was made when the program was installed, looked at when `file` does not hold. make_apart: makes
    the file in a process of its own, whose memory is given back; what it does not make is learnt in this one.
    """

    file: Path
    at_install: Path | None = None
    make_apart: Callable[[Path], None] | None = None

    def take(self, key: str) -> Arrays | None:
        """The whole file's checksums are looked at, so what is read is what was written."""
        arrays = _read(self.file, key)
        if arrays is None and self.at_install is not None:
            arrays = _read(self.at_install, key)
        if arrays is None and self.make_apart is not None:
            self.make_apart(self.file)
            arrays = _read(self.file, key)
        return arrays

    def put(self, key: str, arrays: Arrays) -> None:
        """A kill leaves the old file or the new one. A full disk costs the next start a second, and nothing else."""
        unfinished = self.file.with_suffix(f".new-{os.getpid()}")
        try:
            with unfinished.open("wb") as out:
                named = {_KEY: np.frombuffer(key.encode(), dtype=np.uint8), **arrays}
                np.savez(out, allow_pickle=False, **named)
            os.replace(unfinished, self.file)  # noqa: PTH105 - the atomic rename over an existing file, by its own name
        except OSError as error:
            _log.warning("the index cannot be kept: %s", type(error).__name__)
            with suppress(OSError):
                unfinished.unlink()


def _read(file: Path, key: str) -> Arrays | None:
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as archive:
            if archive[_KEY].tobytes().decode() != key:
                return None
            return {name: archive[name] for name in archive.files if name != _KEY}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        _log.warning("the kept index cannot be read and is made anew: %s", type(error).__name__)
        return None
