"""Fetch Microsoft's published schemas of a Teams app package from npm, pinned by version and digest.

    python -m tests.bot.teams_app.fetch_schemas

They are Microsoft's, so they are fetched rather than kept here. Running it again does nothing.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from bot.web.fetch_webchat import NotFetched, from_npm

PACKAGE = "@microsoft/app-manifest@1.1.2"
FOLDER = "package/build/json-schemas/teams/v1.19"
DIGESTS = {
    "MicrosoftTeams.schema.json": "0dcb63b628d05441cee2d5f15f43e371f305a8e50db423daa99b36b6d7c79845",
    "MicrosoftTeams.Localization.schema.json": "15c30dd547f6f679f1e48c1b51a4a25642d05f91d99e96c5bef84dc1a3aa21d1",
}
TARGET = Path(__file__).parents[2] / "vendor"


def main() -> int:
    """Fetch them unless they are there; 0 when they are there at the end."""
    if all(is_there(name) for name in DIGESTS):
        return 0
    try:
        files = from_npm(PACKAGE, [f"{FOLDER}/{name}" for name in DIGESTS])
    except NotFetched as error:
        sys.stderr.write(f"{error}\n")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, digest in DIGESTS.items():
        content = files[f"{FOLDER}/{name}"]
        if hashlib.sha256(content).hexdigest() != digest:
            sys.stderr.write(f"{PACKAGE}: {name} is not the file that was reviewed\n")
            return 1
        (TARGET / name).write_bytes(content)
    return 0


def is_there(name: str) -> bool:
    """Whether the reviewed file has been fetched."""
    file = TARGET / name
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == DIGESTS[name]


if __name__ == "__main__":
    sys.exit(main())
