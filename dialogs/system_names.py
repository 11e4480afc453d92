"""Which system of the register a name means, where several share it."""

from __future__ import annotations

from collections.abc import Sequence

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
    by_choice = [system for system in register if choice_name(system) == name]
    by_name = [system for system in register if system.name == name]
    return by_choice[0] if len(by_choice) == 1 else by_name[0] if len(by_name) == 1 else None
