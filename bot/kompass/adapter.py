"""Kompass as the case system of the bot (see `bot.ports.CaseSystem`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.kompass.answers import Refused, read_entities
from bot.kompass.attaching import AddedFiles
from bot.kompass.client import KompassClient
from bot.kompass.comments import OneComment, mark_of
from bot.kompass.exactly_once import MOST_REFUSALS, ExactlyOnce, Prepared
from bot.kompass.filters import is_id, with_key
from bot.kompass.following import Followers
from bot.kompass.moving import Moving, phase_of, set_phase
from bot.kompass.names import Names
from bot.kompass.opening import Opening
from bot.kompass.relations import Relation
from bot.kompass.uploading import Uploads
from bot.ports import Opened
from bot.store.records import Sending
from dialogs.case import Case, KompassLink
from dialogs.effects import Move
from dialogs.events import Attachment
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure, UnknownPerson

_MOST_REFUSED_LINKS = 2
"""Refused once more often, a link is not made: it may be an accident, but the reporter waits for his number."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KompassCaseSystem:
    """Opens, finds, comments, withdraws and relates. address: where people see the case with this number."""

    client: KompassClient
    names: Names
    opening: Opening
    once: ExactlyOnce
    uploads: Uploads
    address: Callable[[str], str]

    async def open(self, case: Case, key: str) -> Opened:
        """Exactly once a key, however often it is called; followers are added after."""
        prepare = partial(self.opening.prepare, case, kompass_key(key))
        sending = await self.once.do(key, partial(self._look, key), prepare)
        return await self._opened(sending)

    async def look_up(self, key: str) -> Opened | None:
        """Asks Kompass only when something was sent under this key and no answer is stored."""
        sending = await self.once.known(key)
        if sending is not None and not sending.answer:
            sending = await self.once.find(sending, partial(self._look, key))
        return await self._opened(sending) if sending is not None else None

    async def comment(self, case: Case, text: str, key: str, by: str = "") -> None:
        """In the name of the one who wrote it, with a mark by which it is found again."""
        comment = OneComment(self.client, self._number(case), mark_of(case.ref, key))

        async def prepare() -> Prepared:
            submitter = await self.opening.person(by or case.reporter.id, "commenter")
            return comment.prepared(text, submitter)

        await self.once.do(key, comment.look, prepare)

    async def attach(self, case: Case, files: Sequence[Attachment], key: str) -> tuple[str, ...]:
        """Uploaded and linked once a key."""
        number = self._number(case)
        return await AddedFiles(self.client, self.names, self.once, self.uploads, number, case.ref, key).add(files)

    async def follow(self, case: Case, follower: str, key: str, *, follows: bool) -> None:
        """By address; whom Kompass does not know cannot follow, and is none to take off either."""
        followers = Followers(self.client, self.names.followers, self._number(case))

        async def find() -> str:
            return await self.opening.follower(follower)

        look, prepare = followers.changing(find, follows=follows)
        try:
            await self.once.do(key, look, prepare)
        except UnknownPerson as error:
            if follows:
                raise PermanentFailure(str(error)) from error

    async def withdraw(self, case: Case, key: str) -> None:
        """By its phase; a case that has it already is left alone."""
        number = self._number(case)

        async def look() -> str | None:
            phase = await phase_of(self.client, self.names, number)
            return number if phase == self.names.withdrawn_phase else None

        async def send() -> str:
            await set_phase(self.client, self.names, number, self.names.withdrawn_phase)
            return number

        async def prepare() -> Prepared:
            return Prepared(send)

        await self.once.do(key, look, prepare, repeatable=True)

    async def move(self, case: Case, move: Move, key: str) -> None:
        """By its phase, where the tenant's owner has confirmed that."""
        moving = Moving(self.client, self.names, case, self._number(case), move)
        await self.once.do(key, moving.look, moving.prepare, repeatable=True)

    async def relate(self, case: Case, hovedsak: Case, key: str) -> None:
        """See `bot.kompass.relations`."""
        await self.once.do(key, *self._relation(case, hovedsak).changing(there=True))

    async def unrelate(self, case: Case, hovedsak: Case, key: str) -> None:
        """Looked for first each time, so that taking it off twice does no harm."""
        await self.once.do(key, *self._relation(case, hovedsak).changing(there=False), repeatable=True)

    def _relation(self, case: Case, hovedsak: Case) -> Relation:
        number = self._number(case)
        if hovedsak.kompass is None or not is_id(hovedsak.kompass.id):
            raise TemporaryFailure(f"the hovedsak {hovedsak.ref} has no number in Kompass yet")
        return Relation(self.client, self.names.undersak_of, number, hovedsak.kompass.id)

    async def _look(self, key: str) -> str | None:
        """The number of the case with this key; of several the oldest, which should never be."""
        query = self.client.requests.many("Request", ("Id",), with_key(self.names.key, kompass_key(key)))
        numbers = sorted((str(one["Id"]) for one in read_entities(await self.client.call(query))), key=int)
        if len(numbers) > 1:
            _log.error("ALARM: Kompass has a case several times", extra={"outbox": key, "numbers": numbers})
        return numbers[0] if numbers else None

    async def _opened(self, sending: Sending) -> Opened:
        """The case as registered, once its followers are linked. They never keep it from being told for long."""
        if sending.still:
            try:
                await Followers(self.client, self.names.followers, sending.answer).link(sending.still)
            except PortError as error:
                if sending.refusals < (_MOST_REFUSED_LINKS if isinstance(error, Refused) else MOST_REFUSALS):
                    await self.once.save(replace(sending, refusals=sending.refusals + 1))
                    raise TemporaryFailure(f"the followers are not linked yet: {error}") from error
                _log.exception("followers could not be linked", extra={"outbox": sending.key})
            await self.once.save(replace(sending, still=()))
        return Opened(KompassLink(sending.answer, self.address(sending.answer)))

    def _number(self, case: Case) -> str:
        if case.kompass is None or not is_id(case.kompass.id):
            raise PermanentFailure(f"case {case.ref} was never registered in Kompass")
        return case.kompass.id


def kompass_key(key: str) -> str:
    """Our key as it stands in Kompass, so that others who use the same field are not mixed up with us."""
    return f"losen:{key}"
