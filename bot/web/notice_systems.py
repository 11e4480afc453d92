"""Which systems of the register a notice is about, so that each has a page and feeds of its own on Kundeportalen.

Only whole names and aliases count here, not guesses: a page that shows what is not about its system is soon not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from dialogs.case import Notice, NoticeStatus
from knowledge.systems import Match, System, SystemRegister

SYSTEM_ROOT = "/driftsmeldinger/system"

# Texts that are remembered; there are some hundred notices a year.
_MOST_TEXTS = 500


def page_of_system(system: System) -> str:
    """Where the system's page is: by its id in the register, which stays when its name changes."""
    return f"{SYSTEM_ROOT}/{quote(system.id, safe='')}"


class NoticeSystems:
    """Finds the systems of notices. `register` gives the one in use; it is exchanged at night."""

    def __init__(self, register: Callable[[], SystemRegister]) -> None:
        self._register = register
        self._of: SystemRegister | None = None
        self._found: dict[str, tuple[System, ...]] = {}

    def get(self, system_id: str) -> System | None:
        """The system with this id."""
        return self._register().get(system_id)

    def of(self, notice: Notice) -> tuple[System, ...]:
        """The systems a notice names in what happens or whom it affects; none for a withdrawn one."""
        if notice.status is NoticeStatus.WITHDRAWN:
            return ()
        register, text = self._register(), f"{notice.what} {notice.affected}"
        if self._of is not register or len(self._found) > _MOST_TEXTS:
            self._of, self._found = register, {}
        if text not in self._found:
            hits = register.find(text)
            self._found[text] = tuple(hit.system for hit in hits if hit.match <= Match.ALIAS)
        return self._found[text]

    def about(self, system: System, notices: Iterable[Notice]) -> tuple[Notice, ...]:
        """Those of the notices that are about the system."""
        return tuple(one for one in notices if any(found.id == system.id for found in self.of(one)))

    def named(self, notices: Iterable[Notice]) -> Sequence[System]:
        """The systems that any of the notices is about, by name."""
        found = {system.id: system for notice in notices for system in self.of(notice)}
        return sorted(found.values(), key=lambda system: system.name.casefold())
