"""`index`, `teams-app`, `backup` and `restore`: what an operator does with an installation as a whole."""

from __future__ import annotations

import argparse
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.commands.installation import local_settings, organisation_of

ROOT = Path(__file__).parents[2]


def add_commands(commands: Any) -> None:
    """Add them to the front door's commands."""
    what = "learn catalogue, wording and systems now, so that the first start need not"
    index = commands.add_parser("index", help=what, description=what)
    index.add_argument("--out", type=Path, metavar="FILE", help="where to keep it; default beside the program")
    index.set_defaults(run=_index)
    what = "make the package that an administrator uploads to Teams"
    app = commands.add_parser("teams-app", help=what, description=what)
    app.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="where to write it")
    app.set_defaults(run=_teams_app)
    what = "copy database and attachments into one checked file, while the bot runs"
    backup = commands.add_parser("backup", help=what, description=what)
    backup.add_argument("file", type=Path, metavar="FILE.tar.gz", help="where to write it; replaced when it is there")
    backup.set_defaults(run=_backup)
    what = "unpack a backup into a data folder, after checking all of it; stop the bot first"
    restore = commands.add_parser("restore", help=what, description=what)
    restore.add_argument("file", type=Path, metavar="FILE.tar.gz", help="a backup")
    restore.add_argument("--into", type=Path, required=True, metavar="DIR", help="the data folder (DATA_DIR)")
    restore.add_argument("--force", action="store_true", help="also when it is not empty: what is there is moved aside")
    restore.set_defaults(run=_restore)


def program_version() -> str:
    """The program's version, from pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _index(options: argparse.Namespace) -> int:
    from bot.installed_knowledge import INSTALLED_INDEX, read_knowledge
    from bot.kept_index import KeptIndex

    out = options.out or INSTALLED_INDEX
    out.parent.mkdir(parents=True, exist_ok=True)
    library = read_knowledge(local_settings(), KeptIndex(out))
    if not out.is_file():
        print(f"{out}: nothing is kept there, so every start learns anew", file=sys.stderr)
        return 1
    print(f"{out}: {len(library.catalogue)} forms")
    return 0


def _teams_app(options: argparse.Namespace) -> int:
    from bot.teams_app.manifest import LINKS, Installation
    from bot.teams_app.package import package_files, write_package
    from dialogs.texts import load_texts

    settings = local_settings()
    organisation = organisation_of(settings)
    files = package_files(
        Installation(settings.app_id, settings.public_url, program_version(), organisation), load_texts()
    )
    write_package(files, options.out)
    print(f"{options.out}: version {program_version()}, {', '.join(files)}")
    made_up = [name for name in LINKS if (urlsplit(organisation.links[name]).hostname or "").endswith(".invalid")]
    if made_up:
        print(f"set these links in the organisation file before you upload it: {', '.join(made_up)}", file=sys.stderr)
    if not settings.public_url:
        print("PUBLIC_URL is not set, so the package names no domain", file=sys.stderr)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from bot.backup.making import make_backup

    contents = make_backup(local_settings().data_dir, options.file, program_version(), datetime.now(UTC))
    print(f"{options.file}: {contents.told()}")
    for name in contents.missing:
        print(f"attachment {name} is not whole on disk, so it is not in the backup", file=sys.stderr)
    return 1 if contents.missing else 0


def _restore(options: argparse.Namespace) -> int:
    from bot.backup.restoring import restore_backup

    contents = restore_backup(options.file, options.into, datetime.now(UTC), force=options.force)
    print(f"{options.into}: {contents.told()}")
    return 0
