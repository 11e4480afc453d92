"""`insight`: the numbers for the service desk as files, or as JSON for the running bot (`bot.insight.drawing`)."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands.installation import local_settings, organisation_of, with_store

_NICE = 10


def add_commands(commands: Any) -> None:
    """Add it to the front door's commands."""
    what = "cases, fellesfeil and notices in numbers: a page with plots and a CSV file for each; it names nobody"
    insight = commands.add_parser("insight", help=what, description=what)
    where = insight.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="FOLDER", help="where to write them; it is made when missing")
    where.add_argument("--json", action="store_true", help="print them as JSON")
    insight.set_defaults(run=_insight)


def _insight(options: argparse.Namespace) -> int:
    if options.json:
        os.nice(_NICE)  # the bot that asked for them goes before
    from bot.insight.csv_files import csv_of
    from bot.insight.page import page_of
    from bot.insight.tables import numbers_of

    settings = local_settings()
    organisation = organisation_of(settings)
    now = datetime.now(ZoneInfo(organisation.timezone))
    numbers = with_store(settings, lambda store: store.read(lambda session: numbers_of(session.insight, now)))
    page, files = page_of(numbers), {table.key: csv_of(table) for table in numbers.tables}
    if options.json:
        json.dump({"page": page, "files": files}, sys.stdout)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "innsikt.html").write_text(page, encoding="utf-8")
    for key, text in files.items():
        (options.out / f"{key}.csv").write_text(text, encoding="utf-8", newline="")
    print(f"{options.out}: innsikt.html, {', '.join(f'{key}.csv' for key in files)}")
    return 0
