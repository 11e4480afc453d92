"""What a backup holds: its manifest, which stands first in the file and says everything else that is in it.

    manifest.json                  this
    losen.db                       the database at one moment
    catalogue.json, systemoversikten.json, wording/approved.yaml    where the installation has its own
    attachments/ab/abcd…           every attachment the database knows

Nothing but these names is ever unpacked, and nothing whose size or digest differs from the manifest's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from knowledge.errors import StoreError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "losen.db"
OWN_FILES = ("catalogue.json", "systemoversikten.json", "wording/approved.yaml")
"""What an operator has taken into use beside the database."""

LARGEST_MANIFEST = 256 * 1024 * 1024

_ATTACHMENT = re.compile(r"attachments/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a backup: its size in bytes and its digest (SHA-256, hexadecimal)."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The manifest. steps: the migrations the database has had. rows: by table. missing: digests of attachments that
    the database knows and the disk did not have whole."""

    made_at: datetime
    version: str
    steps: tuple[str, ...]
    rows: Mapping[str, int]
    files: Mapping[str, Packed]
    missing: tuple[str, ...] = ()

    def told(self) -> str:
        """What it holds, in a line for the operator."""
        size = sum(one.size for one in self.files.values())
        attachments = sum(name.startswith("attachments/") for name in self.files)
        counted = [f"{self.rows.get(table, 0)} {table}" for table in ("cases", "notices", "conversations", "outbox")]
        return (
            f"{', '.join(counted)}, {attachments} attachments, {size} bytes; "
            f"made {self.made_at.isoformat(timespec='seconds')} by version {self.version}"
        )

    def to_json(self) -> bytes:
        """As it stands in the file."""
        value = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "version": self.version,
            "steps": list(self.steps),
            "rows": dict(self.rows),
            "files": {name: asdict(one) for name, one in self.files.items()},
            "missing": list(self.missing),
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode()


def contents_from_json(text: bytes) -> Contents:
    """The inverse of `to_json`; raises StoreError when it is none, is of a newer format, or names a foreign file."""
    try:
        value: dict[str, Any] = json.loads(text)
        known = value["format"] == FORMAT
        made = Contents(
            made_at=datetime.fromisoformat(value["made_at"]),
            version=str(value["version"]),
            steps=tuple(str(one) for one in value["steps"]),
            rows={str(name): int(count) for name, count in value["rows"].items()},
            files={str(name): Packed(int(one["size"]), str(one["sha256"])) for name, one in value["files"].items()},
            missing=tuple(str(one) for one in value["missing"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise StoreError(f"the manifest cannot be read ({type(error).__name__})") from error
    if not known:
        raise StoreError(f"the backup has format {value['format']!r}, and this program knows {FORMAT}")
    strange = [name for name, one in made.files.items() if not _is_ours(name, one)]
    if strange or DATABASE not in made.files:
        raise StoreError(f"the manifest names what no backup holds: {', '.join(strange[:3]) or f'no {DATABASE}'}")
    return made


def attachment_name(sha256: str) -> str:
    """Where an attachment lies, in a backup as in a data folder; raises StoreError when it is no digest."""
    if not _DIGEST.fullmatch(sha256):
        raise StoreError("an attachment without a digest")
    return f"attachments/{sha256[:2]}/{sha256}"


def _is_ours(name: str, packed: Packed) -> bool:
    if packed.size < 0 or not _DIGEST.fullmatch(packed.sha256):
        return False
    if name == DATABASE or name in OWN_FILES:
        return True
    attachment = _ATTACHMENT.fullmatch(name)
    return attachment is not None and attachment[2] == packed.sha256
