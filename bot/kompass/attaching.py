"""Files added to a Request that is there already, each linked once.

What is linked stands in one property that is replaced as a whole, and others may change it meanwhile. So it is read,
added to, and written back under the condition that the case has not changed since (`LastUpdateTime`); a case that has
is read again. Which uploads belong to our key is stored before they are linked: after a lost answer or a kill they are
found in the case by their ids, and neither uploaded nor linked a second time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.kompass.answers import Refused, read_entities, read_written
from bot.kompass.client import KompassClient
from bot.kompass.exactly_once import ExactlyOnce, Prepared
from bot.kompass.names import Names
from bot.kompass.uploading import Uploads
from bot.store.records import Sending
from dialogs.events import Attachment
from knowledge.errors import PermanentFailure

_CHANGED_MEANWHILE = 5
"""So often in a row somebody else's change is no accident."""

_LOCK = "LastUpdateTime"

Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class AddedFiles:
    """Files for the case with this number, under this key of ours."""

    client: KompassClient
    names: Names
    once: ExactlyOnce
    uploads: Uploads
    number: str
    ref: str
    key: str

    async def add(self, files: Sequence[Attachment]) -> tuple[str, ...]:
        """Upload and link them; returns the names of those that Kompass will not have. Raises a PortError."""

        async def prepare() -> Prepared:
            uploaded = await self._uploaded(files)
            return Prepared(lambda: self._link(uploaded), uploaded.still)

        sending = await self.once.do(self.key, self._look, prepare, repeatable=True)
        if sending.still:
            await self.once.save(replace(sending, still=()))
        return tuple(json.loads(sending.answer))

    async def _uploaded(self, files: Sequence[Attachment]) -> Sending:
        """What is stored of the uploads; they are made when nothing is."""
        known = await self.once.known(self.key) or Sending(self.key)
        if known.still:
            return known
        linked, left_out = await self.uploads.upload(files, self.ref)
        known = replace(known, still=(json.dumps({"linked": linked, "left_out": left_out}, ensure_ascii=False),))
        await self.once.save(known)
        return known

    async def _look(self) -> str | None:
        known = await self.once.known(self.key)
        if known is None or not known.still:
            return None
        there, _ = await self._there()
        return None if _missing(known, there) else _left_out(known)

    async def _link(self, uploaded: Sending) -> str:
        for attempt in range(1, _CHANGED_MEANWHILE + 1):
            there, changed = await self._there()
            missing = _missing(uploaded, there)
            if not missing:
                break
            whole = {"complexTypeProperties": [*there, *({"properties": one} for one in missing)]}
            values: dict[str, Any] = {self.names.attachments: json.dumps(whole, ensure_ascii=False)}
            if changed:
                values[_LOCK] = changed
            try:
                call = self.client.requests.update("Request", self.number, values)
                read_written(await self.client.call(call), new=False)
                break
            except Refused:
                if attempt == _CHANGED_MEANWHILE:
                    raise
        return _left_out(uploaded)

    async def _there(self) -> tuple[Entries, int]:
        """The entries of the case as they are, and when it was last changed (0: it does not say)."""
        query = self.client.requests.one("Request", self.number, ("Id", self.names.attachments, _LOCK))
        found = read_entities(await self.client.call(query))
        if not found:
            raise PermanentFailure(f"case {self.ref} is not in Kompass any more")
        changed = found[0].get(_LOCK)
        return _entries(found[0].get(self.names.attachments)), changed if isinstance(changed, int) else 0


def _entries(value: Any) -> Entries:
    """The entries of the property; raises PermanentFailure when it cannot be read, since writing would lose them."""
    if not value:
        return ()
    try:
        entries = json.loads(value)["complexTypeProperties"]
        # The portal may leave one empty entry behind; what is no mapping has no `keys`.
        return tuple(one for one in entries if one["properties"].keys())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PermanentFailure("the attachments of the case cannot be read, so none are added") from error


def _missing(uploaded: Sending, there: Entries) -> list[Mapping[str, Any]]:
    ids = {str(one["properties"].get("id")) for one in there}
    return [one for one in json.loads(uploaded.still[0])["linked"] if one["id"] not in ids]


def _left_out(uploaded: Sending) -> str:
    """What is stored as the answer once everything is linked."""
    return json.dumps(json.loads(uploaded.still[0])["left_out"], ensure_ascii=False)
