"""`/vedlegg/L-…/1`: a file of a case that lies at a virksomhet's own 1.linje, for who handles it and who reported it.

Such a case is in no case system where the file could be opened (G 3.2.1). The link is made for one person, and what he
may see is looked up when it is opened: a role that is taken back ends it. A file comes from somebody else, so only
pictures are shown in the browser, and nothing in any file may run or fetch.
"""

from __future__ import annotations

import logging
from urllib.parse import quote

from aiohttp import web

from bot.attachments import AttachmentStore
from bot.personal_links import FILES_PATH, PersonalLinks
from bot.store.port import Session, Store
from dialogs.case import Case
from dialogs.events import Attachment
from knowledge.errors import StoreError

_REFUSED = "Lenken virker ikke lenger, eller den er ikke din. Skriv referansen til saken i chatten for å få en ny."
_GONE = "Vedlegget finnes ikke lenger."
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

_log = logging.getLogger(__name__)


class CaseFiles:
    """Adds the route."""

    def __init__(self, files: AttachmentStore, links: PersonalLinks, store: Store) -> None:
        self._files = files
        self._links = links
        self._store = store

    def __call__(self, app: web.Application) -> None:
        """Register it."""
        app.router.add_get(FILES_PATH + "/{ref}/{number}", self._show)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        person = self._links.person(request.query.get("key", ""), request.path)
        if person is None:
            raise web.HTTPForbidden(text=_REFUSED)
        ref, number = request.match_info["ref"], request.match_info["number"]
        file = await self._store.read(lambda session: _file_of(session, person, ref, number))
        if file is None:
            raise web.HTTPForbidden(text=_REFUSED)
        try:
            path = self._files.path(file.sha256)
        except StoreError:
            raise web.HTTPNotFound(text=_GONE) from None
        _log.info("a file of a case was opened", extra={"person": person, "ref": ref})
        shown = "inline" if file.content_type in _SHOWN else "attachment"
        name = f"{shown}; filename*=UTF-8''{quote(file.name)}"
        return web.FileResponse(
            path, headers={**_HEADERS, "Content-Type": file.content_type, "Content-Disposition": name}
        )


def _file_of(session: Session, person_id: str, ref: str, number: str) -> Attachment | None:
    """The file with this number in the case, counted from 1; None also where the person may not see it."""
    case = session.cases.get(ref)
    if case is None or not _may_see(session, person_id, case):
        return None
    numbered = {str(place): one for place, one in enumerate(case.attachments, 1)}
    return numbered.get(number)


def _may_see(session: Session, person_id: str, case: Case) -> bool:
    """Of a case at 1.linje: the reporter, and the 1.linje of that virksomhet by the roles table, nobody else."""
    handles = case.first_line in session.people.first_line_of(person_id)
    return bool(case.first_line) and (case.reporter.id == person_id or handles)
