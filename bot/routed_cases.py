"""Which case system a case goes to: its own 1.linje's cases stay here, the others go to Kompass (G 3.2.1).

What an employee without the right to order reports is for the 1.linje of the virksomhet, and it is they who pass it on
to UKE after quality assurance; it must not reach UKE by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ports import CaseSystem, Opened
from dialogs.case import FIRST_LINE_ROUTE, Case
from dialogs.effects import Move
from dialogs.events import Attachment


def stays_here(case: Case) -> bool:
    """Whether the case is for the reporter's own 1.linje, also where we do not know of which virksomhet."""
    return bool(case.first_line) or case.route == FIRST_LINE_ROUTE.strip()


@dataclass(frozen=True, slots=True)
class RoutedCases:
    """See `ports.CaseSystem`."""

    here: CaseSystem
    kompass: CaseSystem

    async def open(self, case: Case, key: str) -> Opened:
        """By its route."""
        return await self._of(case).open(case, key)

    async def look_up(self, key: str) -> Opened | None:
        """Here first, which costs nothing; Kompass is asked only about what was sent to it."""
        return await self.here.look_up(key) or await self.kompass.look_up(key)

    async def comment(self, case: Case, text: str, key: str, by: str = "") -> None:
        """By its route."""
        await self._of(case).comment(case, text, key, by)

    async def attach(self, case: Case, files: Sequence[Attachment], key: str) -> tuple[str, ...]:
        """By its route."""
        return await self._of(case).attach(case, files, key)

    async def follow(self, case: Case, follower: str, key: str, *, follows: bool) -> None:
        """By its route."""
        await self._of(case).follow(case, follower, key, follows=follows)

    async def move(self, case: Case, move: Move, key: str) -> None:
        """By its route."""
        await self._of(case).move(case, move, key)

    async def withdraw(self, case: Case, key: str) -> None:
        """By its route."""
        await self._of(case).withdraw(case, key)

    async def relate(self, case: Case, hovedsak: Case, key: str) -> None:
        """By the route of the undersak; what lies with the own 1.linje has no hovedsak at the desk."""
        await self._of(case).relate(case, hovedsak, key)

    async def unrelate(self, case: Case, hovedsak: Case, key: str) -> None:
        """By the route of the undersak."""
        await self._of(case).unrelate(case, hovedsak, key)

    def _of(self, case: Case) -> CaseSystem:
        return self.here if stays_here(case) else self.kompass
