"""Which system of the register a name means, where several share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from knowledge.systems import System, SystemHit, SystemRegister


def rivals(hits: Sequence[SystemHit]) -> tuple[System, ...]:
    """The systems that the same words name equally well, when there are several; else none."""
    if not hits:
        return ()
    best = hits[0]
    equal = {hit.system.id: hit.system for hit in hits if hit.match is best.match and hit.start == best.start}
    return tuple(equal.values()) if len(equal) > 1 else ()


def choice_name(system: System) -> str:
    """What tells the system from others of its name."""
    return system.choice_name or system.name


def system_called(register: SystemRegister, name: str) -> System | None:
    """The system with exactly this name; two of the same name are told apart by their choice names only."""
    by_choice, by_name = _called(register)
    return by_choice.get(name) or by_name.get(name)


@lru_cache(maxsize=2)
def _called(register: SystemRegister) -> tuple[Mapping[str, System], Mapping[str, System]]:
    """The systems whose choice name, and whose name, no other one has. A draft's is looked up several times a turn."""
    choices = Counter(choice_name(one) for one in register)
    names = Counter(one.name for one in register)
    return (
        {choice_name(one): one for one in register if choices[choice_name(one)] == 1},
        {one.name: one for one in register if names[one.name] == 1},
    )
