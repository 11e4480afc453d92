"""`/innsikt` and its CSV files, for the service desk.

Who asks for the page in the chat gets a link of his own (`bot.personal_links`); the right is looked up in the roles
table each time the page is opened, so it ends when the role is taken back. In development mode this machine may see it
too.
"""

from __future__ import annotations

import logging

from aiohttp import web

from bot.insight.drawing import CannotDraw, Drawn, InsightPages
from bot.personal_links import INSIGHT_PATH as PATH
from bot.personal_links import LIFETIME, PersonalLinks
from bot.store.port import Store
from bot.web.asked_here import asked_here
from dialogs.roles import DESK_GRANTS

_COOKIE = "losen-innsikt"
# The plots are SVG in the page, and SVG has its colours in style attributes; nothing comes from elsewhere.
_CSP = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_REFUSED = "Denne siden er for servicesenteret. Skriv «innsikt» til Losen i chatten for å få en lenke som er din egen."
_BROKEN = "Tallene kunne ikke hentes nå. Prøv igjen om litt."

_log = logging.getLogger(__name__)


class InsightRoutes:
    """Adds the routes. development: whether this machine itself may see the page without a link."""

    def __init__(self, pages: InsightPages, links: PersonalLinks, store: Store, *, development: bool) -> None:
        self._pages = pages
        self._links = links
        self._store = store
        self._development = development

    def __call__(self, app: web.Application) -> None:
        """Register them."""
        app.router.add_get(PATH, self._show)
        app.router.add_get(PATH + "/{table}.csv", self._file)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        key = request.query.get("key", "")
        if key:
            return await self._let_in(request, key)
        await self._demand_right(request)
        drawn = await self._drawn()
        return web.Response(
            body=drawn.page, content_type="text/html", charset="utf-8", headers={"Content-Security-Policy": _CSP}
        )

    async def _file(self, request: web.Request) -> web.Response:
        await self._demand_right(request)
        files = (await self._drawn()).files
        name = request.match_info["table"]
        if name not in files:
            raise web.HTTPNotFound(text="there is no such table")
        headers = {"Content-Disposition": f'attachment; filename="losen-{name}.csv"'}
        return web.Response(body=files[name], content_type="text/csv", charset="utf-8", headers=headers)

    async def _drawn(self) -> Drawn:
        try:
            return await self._pages.drawn()
        except CannotDraw:
            raise web.HTTPServiceUnavailable(text=_BROKEN) from None

    async def _let_in(self, request: web.Request, key: str) -> web.Response:
        """The key goes into a cookie, and out of the address, which is seen and copied."""
        person = await self._person(key)
        if person is None:
            raise web.HTTPForbidden(text=_REFUSED)
        _log.info("the numbers were opened", extra={"person": person})
        response = web.Response(status=303, headers={"Location": PATH})
        response.set_cookie(
            _COOKIE,
            key,
            max_age=int(LIFETIME.total_seconds()),
            path=PATH,
            httponly=True,
            samesite="Lax",  # who follows the link comes from another site
            secure=self._links.address.startswith("https://"),
        )
        return response

    async def _demand_right(self, request: web.Request) -> None:
        if self._development and asked_here(request):
            return
        if await self._person(request.cookies.get(_COOKIE, "")) is None:
            raise web.HTTPForbidden(text=_REFUSED)

    async def _person(self, key: str) -> str | None:
        """Whose key it is, as long as he is of the service desk."""
        person = self._links.person(key, PATH) if key else None
        if person is None:
            return None
        roles = await self._store.read(lambda session: session.people.roles(person))
        return person if DESK_GRANTS & roles else None
