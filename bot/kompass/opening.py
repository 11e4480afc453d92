"""A case becomes a Request: who reported it, on which offering, in which words, with which files.

Everything that is looked up or uploaded comes before the one call that creates, and may be repeated; files are linked
by that call itself, since linking them afterwards could lose one to somebody else's change. What cannot come along
(a file that Kompass will not have, a follower it does not know) is told in the description: the case goes all the same.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.kompass import html
from bot.kompass.answers import Refused, read_entities, read_written
from bot.kompass.client import KompassClient
from bot.kompass.exactly_once import Prepared
from bot.kompass.filters import is_address
from bot.kompass.names import Names
from bot.kompass.options import Answered, OptionField, read_descriptor, user_options
from bot.kompass.persons import Persons
from bot.kompass.uploading import Uploads
from dialogs.case import Case
from knowledge.catalogue import Form
from knowledge.errors import UnknownPerson

_OPTIONS_KEPT = timedelta(hours=1)
"""A form that is changed in Kompass is filled in as it is now, at the latest after this time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The words of a case in Kompass. answers: the labels its description may hold. The rest are labels of ours."""

    answers: frozenset[str]
    billing: Mapping[str, str]
    reference: str
    left_out: str
    unknown_followers: str


class Opening:
    """Prepares the creation of a Request.

    form: the form with this id, None when the catalogue has none. address: the e-mail address of a person by our id,
    "" when it is not known. clock gives aware times.
    """

    def __init__(
        self,
        *,
        client: KompassClient,
        names: Names,
        persons: Persons,
        uploads: Uploads,
        words: CaseWords,
        form: Callable[[int], Form | None],
        address: Callable[[str], Awaitable[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._names = names
        self._persons = persons
        self._uploads = uploads
        self._words = words
        self._form = form
        self._address = address
        self._clock = clock
        self._options: dict[int, tuple[tuple[OptionField, ...], datetime]] = {}

    async def person(self, person_id: str, whom: str) -> str:
        """The id in Kompass of one of our persons; raises UnknownPerson."""
        return await self._persons.find(await self._address(person_id), whom)

    async def follower(self, follower: str) -> str:
        """The id in Kompass of a follower, who is an address or one of our persons; raises UnknownPerson."""
        address = follower if is_address(follower) else await self._address(follower)
        return await self._persons.find(address, "follower")

    async def prepare(self, case: Case, key: str) -> Prepared:
        """Everything but the creation itself; raises UnknownPerson, TemporaryFailure or Refused."""
        names = self._names
        requester = await self.person(case.reporter.id, "reporter")
        on_behalf_of = (case.on_behalf_of or "").strip()
        receiver = requester
        if is_address(on_behalf_of):
            receiver = await self._persons.find(on_behalf_of, "receiver")
        followers, unknown = await self._followers(case, requester)
        files, left_out = await self._uploads.upload(case.attachments, case.ref)
        extra = [(self._words.billing.get(name, name), value) for name, value in (case.billing or {}).items()]
        extra += [(self._words.unknown_followers, ", ".join(unknown))] if unknown else []
        extra += [(self._words.left_out, ", ".join(left_out))] if left_out else []
        extra.append((self._words.reference, case.ref))
        form = self._form(case.form_id) if case.form_id is not None else None
        labels = self._words.answers | {field.label.rstrip("?") for field in (form.fields if form else ())}
        properties: dict[str, Any] = {
            names.title: html.title(case.title) or case.ref,
            names.description: html.description(case.description, labels, extra),
            names.requested_by: requester,
            names.requested_for: receiver,
            names.urgency: names.urgency_values[urgency_of(case)],
            names.impact: names.impact_values[impact_of(case)],
            names.key: key,
        }
        if case.form_id is not None:
            properties[names.offering] = str(case.form_id)
            properties[names.user_options] = await self._user_options(case, form)
        else:
            properties[names.kind] = names.kind_values[case.kind]
        if files:
            properties[names.attachments] = json.dumps(
                {"complexTypeProperties": [{"properties": one} for one in files]}, ensure_ascii=False
            )
        call = self._client.requests.create("Request", properties)

        async def send() -> str:
            return read_written(await self._client.call(call), new=True)

        return Prepared(send, followers)

    async def _followers(self, case: Case, requester: str) -> tuple[tuple[str, ...], list[str]]:
        found: dict[str, None] = {}
        unknown = []
        for follower in case.followers:
            try:
                found[await self.follower(follower)] = None
            except UnknownPerson:
                unknown.append(follower)
        found.pop(requester, None)
        return tuple(found), unknown

    async def _user_options(self, case: Case, form: Form | None) -> str:
        if form is None:
            return user_options((), ())
        answers = [
            Answered(field.key, field.label, case.answers[field.key])
            for field in form.fields
            if field.key in case.answers
        ]
        return user_options(await self._option_fields(form.id) if answers else (), answers)

    async def _option_fields(self, offering: int) -> tuple[OptionField, ...]:
        """The fields of an offering, kept for a while. Where Kompass does not give them, the answers stay as text."""
        now = self._clock()
        if offering not in self._options or self._options[offering][1] <= now:
            try:
                query = self._client.requests.one("Offering", str(offering), ("Id", "UserOptionsName"))
                found = read_entities(await self._client.call(query))
                name = str(found[0].get("UserOptionsName") or "") if found else ""
                described = await self._client.call(self._client.requests.user_options(name)) if name else {}
            except Refused as error:
                if error.passing:
                    raise
                _log.warning("the fields of an offering cannot be read", extra={"offering": offering})
                return ()
            self._options[offering] = (read_descriptor(described), now + _OPTIONS_KEPT)
        return self._options[offering][0]


def urgency_of(case: Case) -> str:
    """Which of our four urgencies: a key of `Names.urgency_values`."""
    if case.critical:
        return "critical"
    outage = case.answers.get("outage")
    return str(outage) if outage in ("full", "partial") else "none" if case.kind == "service" else "partial"


def impact_of(case: Case) -> str:
    """Which of our three extents: a key of `Names.impact_values`."""
    extent = case.answers.get("extent")
    return str(extent) if extent in ("user", "department", "several_locations") else "user"
