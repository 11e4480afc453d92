"""The package as one zip file. The same settings give the same bytes, so an unchanged package is seen to be so."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.teams_app.icons import colour_icon, outline_icon
from bot.teams_app.manifest import COLOUR_ICON, OUTLINE_ICON, Installation, language_file, localisation, manifest
from dialogs.texts import DEFAULT_LANGUAGE, Texts

# A zip file knows no time before this one.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def package_files(installation: Installation, texts: Mapping[str, Texts]) -> dict[str, bytes]:
    """The files of the package by name; raises BadSettings when Teams would refuse one."""
    files = {"manifest.json": _json(manifest(installation, texts))}
    for language, spoken in texts.items():
        if language != DEFAULT_LANGUAGE:
            files[language_file(language)] = _json(localisation(spoken, installation.organisation))
    return {**files, COLOUR_ICON: colour_icon(), OUTLINE_ICON: outline_icon()}


def write_package(files: Mapping[str, bytes], target: Path) -> None:
    """Write the zip; whoever looks finds the old file or the whole new one. Raises OSError."""
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(descriptor, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in files.items():
                entry = zipfile.ZipInfo(name, _NO_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, content)
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
