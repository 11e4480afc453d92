"""`systems fetch`, `list` and `find`: the register of systems as the bot uses it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands.catalogue import current_catalogue_file
from bot.commands.installation import organisation_of
from bot.settings import Settings
from bot.systemoversikten.snapshot import systems_in_use
from knowledge.catalogue.importing import read_catalogue
from knowledge.errors import LosenError
from knowledge.library import load_register
from knowledge.systems import SystemRegister
from knowledge.systems_file import system_to_json


def register_in_use(settings: Settings, now: datetime) -> SystemRegister:
    """The register the bot uses: the snapshot of Systemoversikten when there is one, else the one shipped.

    Raises BrokenCatalogue or BrokenKnowledge.
    """
    catalogue = read_catalogue(current_catalogue_file(settings.data_dir, settings.catalogue_file))
    return load_register(catalogue, systems_in_use(settings.data_dir, now))


async def fetch(settings: Settings, *, any_size: bool) -> str:
    """Fetch Systemoversikten and keep it; the answer is for the operator.

    any_size: also when a table has lost many rows. Raises LosenError when nothing is set up or it cannot be had whole.
    """
    from bot.systemoversikten.client import BRISK
    from bot.systemoversikten.wiring import renewal_from

    organisation = organisation_of(settings)
    zone = ZoneInfo(organisation.timezone)
    renewal = renewal_from(settings, organisation, lambda: datetime.now(zone), BRISK)
    if renewal is None:
        raise LosenError("SYSTEMOVERSIKTEN_URL and SYSTEMOVERSIKTEN_KEY are not set; the register shipped is used")
    overview = await renewal.renew(any_size=any_size)
    unreadable = f", {overview.unreadable} unreadable" if overview.unreadable else ""
    return (
        f"{len(overview.systems)} systems in use, of {overview.rows['systemer']} rows{unreadable}, from "
        f"{renewal.source}, are in {renewal.file}; a running bot takes them into use within a minute"
    )


def all_systems(register: SystemRegister) -> list[dict[str, Any]]:
    """Every system, in the shape of the register's file."""
    return [system_to_json(system) for system in register]


def find(register: SystemRegister, text: str) -> list[dict[str, Any]]:
    """The systems a text names, best first, with how each was found and the words that named it."""
    return [
        {**system_to_json(hit.system), "match": hit.match.name.lower(), "words": hit.words}
        for hit in register.find(text)
    ]


def lines(systems: Iterable[dict[str, Any]]) -> list[str]:
    """Systems for people, a line each: id, name, who operates it, whom to ask."""
    return [
        f"{row['id']:<9} {row.get('choice_name') or row['name']:<45} {row.get('operated_by') or '-':<11} "
        f"{row.get('forvalter_email') or '-'}"
        for row in systems
    ] or ["(none)"]
