"""`doctor`: asks Kompass whether what is set up is so, before a case depends on it. Writes nothing there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.kompass.answers import read_entities
from bot.kompass.client import KompassClient
from bot.kompass.descriptors import read_descriptors
from bot.kompass.filters import with_address, with_key
from bot.kompass.name_check import check_names
from bot.kompass.names import Names
from bot.kompass.wiring import client_from, names_from
from bot.settings import Settings
from knowledge.errors import PortError

_NOBODY = "losen-doctor@example.invalid"


@dataclass
class Findings:
    """What was found, a line each. problems: what must be put right. unknown: what could not be found out."""

    fine: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, others: Findings) -> None:
        """Those of another examination too."""
        self.fine += others.fine
        self.problems += others.problems
        self.unknown += others.unknown

    def lines(self) -> list[str]:
        """For the operator."""
        marked = (("ok", self.fine), ("unknown", self.unknown), ("PROBLEM", self.problems))
        return [f"{mark:<8} {line}" for mark, lines in marked for line in lines]


async def examine(settings: Settings, clock: Callable[[], datetime]) -> Findings:
    """Login, the robot's person, names, and the searches that exactly-once rests on; raises BadSettings."""
    findings = Findings()
    if not settings.kompass_url:
        findings.fine.append("KOMPASS_URL is not set: cases go into the local register")
        return findings
    names = names_from(settings)
    client = client_from(settings, clock)
    try:
        if await _try(findings, "login", _robot(client, findings)):
            await _try(findings, "names", _names(client, names, findings))
            await _try(findings, f"searching Request.{names.key} (KOMPASS_KEY_FIELD)", _key(client, names, findings))
            for name in (names.upn, names.email):
                await _try(findings, f"searching Person.{name}", _person(client, name, findings))
    finally:
        await client.close()
    return findings


async def _try(findings: Findings, what: str, work: Awaitable[None]) -> bool:
    try:
        await work
    except PortError as error:
        findings.problems.append(f"{what}: {error}")
        return False
    return True


async def _robot(client: KompassClient, findings: Findings) -> None:
    me = read_entities(await client.call(client.requests.me()))
    if not me:
        findings.problems.append("login: Kompass does not say who the user of the bot is; the user needs a Person")
        return
    findings.fine.append(f"logged in as {me[0].get('Name', '')} (Person {me[0]['Id']}); no case is filed on it")


async def _names(client: KompassClient, names: Names, findings: Findings) -> None:
    tenant = read_descriptors(await client.call(client.requests.descriptors()))
    if not tenant.entities:
        findings.unknown.append("names: Kompass describes no entities, so no name of a property or value is confirmed")
        return
    found = check_names(names, tenant)
    findings.problems += [f"names: {line}" for line in found.problems]
    findings.unknown += [f"names: {line}" for line in found.unknown]
    findings.fine += found.notes
    if not found.problems:
        findings.fine.append("every property and value that the tenant describes and the bot uses is there")


async def _key(client: KompassClient, names: Names, findings: Findings) -> None:
    query = client.requests.many("Request", ("Id",), with_key(names.key, "losen:doctor"), size=1)
    if read_entities(await client.call(query)):
        findings.problems.append(f"searching Request.{names.key} finds a case that nobody made: is the filter ignored?")
    else:
        findings.fine.append(f"cases can be searched by {names.key}")


async def _person(client: KompassClient, name: str, findings: Findings) -> None:
    query = client.requests.many("Person", ("Id", name), with_address(name, _NOBODY), size=1)
    if read_entities(await client.call(query)):
        findings.problems.append(f"searching Person.{name} finds somebody who does not exist: is the filter ignored?")
    else:
        findings.fine.append(f"persons can be searched by {name}")
