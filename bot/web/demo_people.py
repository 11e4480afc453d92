"""The made-up people of development mode (`demo_people.yaml`): who one may be on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import yaml

from bot.commands.stored import grant_role
from bot.store.port import Store
from dialogs.case import Person, Role
from knowledge.errors import BrokenKnowledge

DEMO_PEOPLE_FILE = Path(__file__).parent / "demo_people.yaml"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of them. `key` is what `chat --as` takes; `about` says in Norwegian who it is."""

    key: str
    person: Person
    about: str


def load_demo_people(path: Path = DEMO_PEOPLE_FILE) -> Mapping[str, DemoPerson]:
    """The people by key, in the file's order; raises BrokenKnowledge."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        people = {
            str(key): DemoPerson(
                str(key),
                Person(
                    id=f"demo-{key}",
                    name=one["name"],
                    virksomhet=one["virksomhet"],
                    roles=frozenset(Role(role) for role in one["roles"]),
                    email=one["email"],
                    phone=one["phone"],
                ),
                one["about"],
            )
            for key, one in data.items()
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenKnowledge(f"{path.name}: {error!r}") from error
    return MappingProxyType(people)


async def grant_demo_roles(store: Store, now: datetime) -> None:
    """Give the made-up people of development mode their roles, as an operator would give real ones."""
    for one in load_demo_people().values():
        for role in one.person.roles:
            place = one.person.virksomhet if role is Role.FORSTELINJE else ""
            await grant_role(store, one.person.id, role.value, now, "development mode", place)
