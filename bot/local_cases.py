"""The local case register: the case system of an installation that is not connected to Kompass (DESIGN 6).

A case gets a number of its own ("LOKAL-2026-000123"), which is visibly not a Kompass number, and no link: the person's
receipt says so. Everything is kept by key, so repeating a call changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports import Opened
from bot.store.port import Session, Store
from bot.store.records import LocalCase
from bot.store.trouble import passing_trouble
from dialogs.case import Case
from dialogs.effects import Move
from dialogs.events import Attachment
from knowledge.errors import PermanentFailure, TemporaryFailure


class LocalCaseRegister:
    """See `ports.CaseSystem`."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def open(self, case: Case, key: str) -> Opened:
        """Number the case, once a key."""
        with passing_trouble():
            opened = await self._store.write(lambda session: session.local.add_case(key, case.ref, self._clock()))
        return Opened(local_number=opened.number)

    async def look_up(self, key: str) -> Opened | None:
        """By key."""
        with passing_trouble():
            found = await self._store.read(lambda session: session.local.case(key))
        return Opened(local_number=found.number) if found else None

    async def comment(self, case: Case, text: str, key: str, by: str = "") -> None:
        """Kept with the case, once a key."""

        def add(session: Session, known: LocalCase) -> None:
            if all(comment["key"] != key for comment in known.comments):
                comment = {"key": key, "at": self._clock().isoformat(), "text": text}
                session.local.save_case(replace(known, comments=(*known.comments, comment)))

        await self._change(case, add)

    async def attach(self, case: Case, files: Sequence[Attachment], key: str) -> tuple[str, ...]:
        """Named with the case, once a key; the bytes lie here already."""

        def add(session: Session, known: LocalCase) -> None:
            if all(one["key"] != key for one in known.attachments):
                added = tuple({"key": key, "name": file.name, "sha256": file.sha256} for file in files)
                session.local.save_case(replace(known, attachments=(*known.attachments, *added)))

        await self._change(case, add)
        return ()

    async def follow(self, case: Case, follower: str, key: str, *, follows: bool) -> None:
        """Kept with the case; whom it was opened with stands in the case itself."""

        def note(session: Session, known: LocalCase) -> None:
            others = tuple(one for one in known.followers if one != follower)
            session.local.save_case(replace(known, followers=(*others, follower) if follows else others))

        await self._change(case, note)

    async def move(self, case: Case, move: Move, key: str) -> None:
        """Never: nobody proposes solutions in this register, so there is none to answer."""
        raise PermanentFailure(f"no solution is proposed for case {case.ref} in the local register")

    async def withdraw(self, case: Case, key: str) -> None:
        """Noted with its time; the first one stays."""

        def note(session: Session, known: LocalCase) -> None:
            if known.withdrawn_at is None:
                session.local.save_case(replace(known, withdrawn_at=self._clock()))

        await self._change(case, note)

    async def relate(self, case: Case, hovedsak: Case, key: str) -> None:
        """The number of the hovedsak is kept with the case."""

        def link(session: Session, known: LocalCase) -> None:
            parent = session.local.case_of(hovedsak.ref)
            if parent is None:
                raise TemporaryFailure(f"the hovedsak {hovedsak.ref} has no number yet")
            session.local.save_case(replace(known, hovedsak=parent.number))

        await self._change(case, link)

    async def unrelate(self, case: Case, hovedsak: Case, key: str) -> None:
        """Only the link to this hovedsak: by now there may be another."""

        def take_off(session: Session, known: LocalCase) -> None:
            parent = session.local.case_of(hovedsak.ref)
            if parent is not None and known.hovedsak == parent.number:
                session.local.save_case(replace(known, hovedsak=None))

        await self._change(case, take_off)

    async def _change(self, case: Case, change: Callable[[Session, LocalCase], None]) -> None:
        def work(session: Session) -> None:
            known = session.local.case_of(case.ref)
            if known is None:
                raise PermanentFailure(f"case {case.ref} was never registered")
            change(session, known)

        with passing_trouble():
            await self._store.write(work)
