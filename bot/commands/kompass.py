"""`doctor` and `outbox`, and the catalogue as Kompass has it: what an operator does about Kompass."""

from __future__ import annotations

import argparse
import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.commands.installation import local_settings, with_store

if TYPE_CHECKING:
    from bot.settings import Settings

_OSLO = ZoneInfo("Europe/Oslo")


def add_commands(commands: Any) -> None:
    """Add them to the front door's commands."""
    what = "are Kompass and the groups' targets as they are set up? Writes nothing there"
    commands.add_parser("doctor", help=what, description=what).set_defaults(run=_doctor)
    actions = commands.add_parser("outbox", help="what waits for the world").add_subparsers(
        required=True, metavar="ACTION"
    )
    for name, what in (
        ("list", "what failed, what waits, and why"),
        ("retry", "try again now"),
        ("drop", "never try again; a case that was not opened is marked as rejected"),
    ):
        action = actions.add_parser(name, help=what, description=what)
        action.set_defaults(run=_outbox, action=name)
        if name == "list":
            action.add_argument("--json", action="store_true", help="as a JSON list")
        else:
            action.add_argument("what", help="a row's id, a case's reference, or all (all that failed)")


def catalogue_from_kompass(settings: Settings, current: Path) -> Path:
    """Fetch the offerings into a catalogue file beside the database, to be checked and taken into use like any other.

    current: the catalogue in use. Raises LosenError when Kompass is not set up or the offerings cannot be had whole.
    """
    from bot.kompass.nightly_catalogue import keep_fetched
    from bot.kompass.offerings import fetch_entries
    from bot.kompass.wiring import client_from, form_address
    from knowledge.catalogue.importing import read_catalogue
    from knowledge.errors import LosenError

    if not settings.kompass_url:
        raise LosenError("KOMPASS_URL is not set, so there is no Kompass to fetch the catalogue from")

    async def fetch() -> list[dict[str, Any]]:
        client = client_from(settings, _now)
        try:
            return await fetch_entries(client, read_catalogue(current), form_address(settings))
        finally:
            await client.close()

    entries = asyncio.run(fetch())
    return keep_fetched(entries, settings.data_dir, _now())


def _outbox(options: argparse.Namespace) -> int:
    from bot.commands import outbox

    if options.action == "list":
        entries = with_store(local_settings(), outbox.list_waiting)
        print(json.dumps(entries, ensure_ascii=False, indent=2) if options.json else "\n".join(outbox.lines(entries)))
        return 0
    act = outbox.retry if options.action == "retry" else outbox.drop
    count = with_store(local_settings(), lambda store: act(store, options.what, _now()))
    print(f"{count} row(s): {options.action}")
    return 0 if count else 1


def _doctor(options: argparse.Namespace) -> int:
    from bot.commands.doctor import examine
    from bot.commands.examining_feeds import examine_feeds

    settings = local_settings()
    findings = asyncio.run(examine(settings, _now))
    findings.add(with_store(settings, lambda store: examine_feeds(settings, store, _now)))
    print("\n".join(findings.lines()))
    return 1 if findings.problems else 0


def _now() -> datetime:
    return datetime.now(_OSLO)
