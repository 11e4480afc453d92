"""The server: paths, statuses, types and bytes of the real one, as far as they are known."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any

from aiohttp import web

from tests.fake_kompass.faults import Fault, Faults
from tests.fake_kompass.filtering import BadFilter, parse
from tests.fake_kompass.world import ROBOT, SCHEMA, Refusal, World, a_world

TENANT = "583754967"
USER = "svc-losen"
PASSWORD = "passord-for-tester"

_PAGE = "<!DOCTYPE html><html><head><title>Logg inn</title></head><body>Logg inn</body></html>"
_MOST_ROWS = 10_000
_UNSEARCHABLE = ("Description", "Solution")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeKompass:
    """One tenant.

    lifetime: seconds of a token. pause: seconds every answer takes. escaped: comments come escaped. longest_page: rows
    of a query at most, whatever size it asks for.
    """

    world: World = field(default_factory=a_world)
    faults: Faults = field(default_factory=Faults)
    lifetime: float = 3600.0
    pause: float = 0.0
    escaped: bool = True
    longest_page: int = 250
    seen: list[tuple[str, str]] = field(default_factory=list)
    """method and path as it came, still encoded"""
    logins: int = 0
    at_once: int = 0
    most_at_once: int = 0
    _tokens: dict[str, float] = field(default_factory=dict)

    def forget_tokens(self) -> None:
        """Everybody is logged out."""
        self._tokens.clear()

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._disturbed, self._authenticated], client_max_size=64 * 1024 * 1024)
        rest = f"/rest/{TENANT}"
        for name in ("token", "login"):
            app.router.add_post(f"/auth/authentication-endpoint/authenticate/{name}", self._log_in)
        app.router.add_get(f"{rest}/personalization/person/me", self._me)
        app.router.add_post(f"{rest}/ems/bulk", self._bulk)
        app.router.add_post(f"{rest}/ess/request/createRequest", self._bulk)
        app.router.add_get(f"{rest}/ems/{{kind}}", self._query)
        app.router.add_get(f"{rest}/ems/{{kind}}/{{id}}", self._one)
        app.router.add_get(f"{rest}/ems/{{kind}}/{{id}}/associations/{{name}}", self._related)
        app.router.add_get(f"{rest}/collaboration/comments/Request/{{id}}", self._comments)
        app.router.add_post(f"{rest}/collaboration/comments/Request/{{id}}", self._comment)
        app.router.add_post(f"{rest}/frs/file-list", self._upload)
        app.router.add_get(f"{rest}/frs/file-list/{{guid}}", self._download)
        app.router.add_get(f"{rest}/user-options/full/{{name}}", self._options)
        app.router.add_get(f"{rest}/metadata/ui/entity-descriptors", self._descriptors)
        app.router.add_get("/", self._overview)
        app.router.add_get("/saw/ess/requestTracking/{id}", self._overview)
        return app

    @web.middleware
    async def _disturbed(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.seen.append((request.method, request.raw_path))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.pause)
            return await self._answer(request, handler)
        finally:
            self.at_once -= 1

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.faults.down:
            return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
        found = self.faults.next(request.path)
        if found is None:
            return await handler(request)
        fault, done = found
        response = await handler(request) if done else None
        if response is None:
            # A server that answers before it has read the body is another fault than those meant here.
            await request.read()
        match fault:
            case Fault.LATE:
                await asyncio.sleep(self.faults.late)
                return response if response is not None else web.Response(status=504)
            case Fault.UNAUTHORISED:
                return web.Response(status=401, text="Authorization Required")
            case Fault.THROTTLED:
                return web.Response(status=429, headers={"Retry-After": self.faults.retry_after}, text="slow down")
            case Fault.BAD_GATEWAY:
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            case Fault.LOGIN_PAGE:
                return web.Response(text=_PAGE, content_type="text/html")
            case Fault.REDIRECT:
                return web.Response(status=302, headers={"Location": "/idm-service/login"})
            case Fault.TRUNCATED:
                whole = response.body if isinstance(response, web.Response) else b'{"entity_result_list":[{"entity":{"'
                assert isinstance(whole, bytes)
                return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
            case Fault.CLOSED:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case Fault.SOFT_UPLOAD:
                return _json({"returnCode": 500, "success": False})
            case Fault.FLAT_ERROR:
                return _flat(400, "Ugyldig verdi", "some.unknown.key")
            case Fault.FAILED:
                return _json(_failed({}, "an accident"))

    @web.middleware
    async def _authenticated(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/rest/"):
            return await handler(request)
        cookies = request.cookies
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = cookies.get("SMAX_AUTH_TOKEN") or cookies.get("LWSSO_COOKIE_KEY") or bearer
        if self._tokens.get(token, 0.0) <= time.time():
            return web.Response(status=401, text="Authorization Required")
        return await handler(request)

    async def _log_in(self, request: web.Request) -> web.Response:
        self.logins += 1
        given = {name.lower(): value for name, value in (await request.json()).items()}
        if (given.get("login"), given.get("password")) != (USER, PASSWORD):
            return web.Response(status=401, text="Authentication failed")
        now = time.time()
        claims = json.dumps({"iat": now, "exp": now + self.lifetime, "jti": self.logins}).encode()
        token = f"eyJhbGciOiJub25lIn0.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.c2ln"
        self._tokens[token] = now + self.lifetime
        return web.Response(text=token)

    async def _me(self, request: web.Request) -> web.Response:
        return _entities("Person", [self.world.entities["Person"][ROBOT]])

    async def _bulk(self, request: web.Request) -> web.Response:
        body = await request.json()
        operation = body.get("operation")
        if "relationships" in body:
            return _json(self._relate(body["relationships"], operation))
        results = []
        for entity in body["entities"]:
            try:
                write = {"CREATE": self.world.create, "UPDATE": self.world.update_over_rest}[operation]
                made = write(entity["entity_type"], entity["properties"])
            except (Refusal, KeyError, TypeError, ValueError) as error:
                results.append(_failed_result(entity, str(error)))
            else:
                properties = {"Id": made["Id"], "LastUpdateTime": made["LastUpdateTime"]}
                result = {"entity_type": entity["entity_type"], "properties": properties, "related_properties": {}}
                results.append({"entity": result, "completion_status": "OK"})
        status = "OK" if all(one["completion_status"] == "OK" for one in results) else "FAILED"
        meta = {"completion_status": status}
        return _json({"entity_result_list": results, "relationship_result_list": [], "meta": meta})

    def _relate(self, links: list[dict[str, Any]], operation: str) -> dict[str, Any]:
        results = []
        for link in links:
            try:
                {"CREATE": self.world.relate, "DELETE": self.world.unrelate}[operation](link)
                results.append({"completion_status": "OK"})
            except (Refusal, KeyError, TypeError, ValueError) as error:
                results.append(_failed_result({}, str(error)))
        status = "OK" if all(one["completion_status"] == "OK" for one in results) else "FAILED"
        return {"entity_result_list": [], "relationship_result_list": results, "meta": {"completion_status": status}}

    async def _query(self, request: web.Request) -> web.Response:
        kind, query = request.match_info["kind"], request.query
        if kind not in SCHEMA:
            return _flat(404, "unknown entity type")
        problem = self._layout_problem(kind, query.get("layout", ""))
        if problem:
            return _flat(400, problem)
        rows = self.world.visible(kind)
        if "filter" in query:
            if any(name in query["filter"] for name in _UNSEARCHABLE):
                return _flat(500, "IllegalArgumentException")
            try:
                test = parse(query["filter"], lambda name: name in SCHEMA[kind])
            except BadFilter as error:
                return _flat(400, f"bad filter: {error}")
            rows = [row for row in rows if test(row)]
        if len(rows) > _MOST_ROWS:
            return _flat(400, "too many", "query.num.of.entities.exceeded")
        if "order" in query:
            name, _, way = query["order"].partition(" ")
            rows = sorted(rows, key=lambda row: row.get(name, ""), reverse=way == "desc")
        skip, size = int(query.get("skip", "0")), min(self.longest_page, int(query.get("size", "250")))
        return _entities(kind, rows[skip : skip + size], query["layout"], len(rows))

    async def _one(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        problem = self._layout_problem(kind, request.query.get("layout", "")) if kind in SCHEMA else "unknown"
        if problem:
            return _flat(400, problem)
        row = self.world.entities[kind].get(request.match_info["id"])
        return _entities(kind, [row] if row else [], request.query["layout"])

    async def _related(self, request: web.Request) -> web.Response:
        of, name = request.match_info["id"], request.match_info["name"]
        ids = [other for its_name, first, other in self.world.links if (its_name, first) == (name, of)]
        return _entities("Person", [{"Id": one} for one in dict.fromkeys(ids)], "Id")

    async def _comments(self, request: web.Request) -> web.Response:
        wanted = request.query.get("PrivacyType")
        every = self.world.comments.get(request.match_info["id"], [])
        shown = [one for one in every if wanted in (None, one["PrivacyType"])]
        if self.escaped:
            shown = [{**one, "Body": escape(one["Body"], quote=False)} for one in shown]
        return _json(shown)

    async def _comment(self, request: web.Request) -> web.Response:
        try:
            return _json(self.world.comment(request.match_info["id"], await request.json()))
        except Refusal as error:
            return _flat(400, str(error))

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form.get("files[]")
        if not isinstance(file, web.FileField):
            return _flat(400, "files[] is missing")
        with file.file:
            return _json(self.world.upload(file.filename, file.file.read(), file.content_type))

    async def _download(self, request: web.Request) -> web.Response:
        kept = self.world.files.get(request.match_info["guid"])
        return web.Response(body=kept[1]) if kept else _flat(404, "no such file")

    async def _options(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self.world.forms:
            return _flat(404, "no such options")
        labels: dict[str, str] = {}
        properties, enumerations = [], []
        for one in self.world.forms[name]:
            label = f"label.{one['key']}"
            labels[label] = one["label"]
            kind = {"choice": "ENUM", "date": "DATE_TIME", "datetime": "DATE_TIME"}.get(one["type"], "TEXT")
            properties.append(
                {
                    "name": f"{one['key'].title()}_c", "logical_type": kind, "required": one["required"],
                    "readOnly": False, "hidden": False, "length": 1000, "localized_label_key": label,
                    "reference_name": f"{one['key']}_enum_c" if kind == "ENUM" else None,
                }
            )  # fmt: skip
            if kind == "ENUM":
                values = []
                for number, choice in enumerate(one["choices"]):
                    labels[f"{label}.{number}"] = choice
                    values.append({"name": f"Value{number}_c", "localized_label_key": f"{label}.{number}"})
                enumerations.append({"name": f"{one['key']}_enum_c", "values": values})
        return _json(
            {
                "userOptionsDescriptor": {"name": name, "userOptionsPropertyDescriptors": properties},
                "enumerationDescriptors": enumerations,
                "localizedLabels": labels,
            }
        )

    async def _descriptors(self, request: web.Request) -> web.Response:
        described = []
        for kind, properties in SCHEMA.items():
            listed = []
            for name, of in properties.items():
                one: dict[str, Any] = {"name": name, "required": False, "readonly": name == "CreateTime"}
                one["logical_type"] = "ENUM" if isinstance(of, tuple) else of
                if isinstance(of, tuple):
                    one["enumeration_descriptor"] = {"values": [{"name": value} for value in of]}
                listed.append(one)
            described.append({"name": kind, "property_descriptors": listed})
        return _json({"entity_descriptors": described})

    async def _overview(self, request: web.Request) -> web.Response:
        """A page for people: every case as it arrived."""
        people = self.world.entities["Person"]
        cases = "".join(
            f"<h2>{one['Id']} {escape(one['DisplayLabel'])}</h2><p>{escape(people[one['RequestedByPerson']]['Name'])}"
            f" | {escape(str(one.get('Urgency')))} | {escape(one['PhaseId'])}</p>{one.get('Description', '')}"
            + "".join(f"<blockquote>{each['Body']}</blockquote>" for each in self.world.comments.get(one["Id"], []))
            for one in reversed(self.world.requests)
        )
        page = f"<!DOCTYPE html><html lang='nb'><meta charset='utf-8'><title>Fake Kompass</title><h1>Saker</h1>{cases}"
        return web.Response(text=page, content_type="text/html")

    def _layout_problem(self, kind: str, layout: str) -> str:
        if not layout:
            return "layout is mandatory"
        unknown = [one for one in layout.split(",") if one.partition(".")[0] not in {"FULL_LAYOUT", *SCHEMA[kind]}]
        return f"unknown property {unknown[0]}" if unknown else ""


@asynccontextmanager
async def running(fake: FakeKompass, port: int = 0) -> AsyncIterator[str]:
    """Serve it on this machine; yields its address."""
    runner = web.AppRunner(fake.app(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _json(value: Any) -> web.Response:
    return web.Response(text=json.dumps(value, ensure_ascii=False), content_type="application/json")


def _flat(status: int, message: str, key: str = "some.key") -> web.Response:
    body = {"message": message, "developer_message": None, "message_key": key}
    return web.Response(status=status, text=json.dumps(body), content_type="application/json")


def _entities(
    kind: str, rows: list[dict[str, Any]], layout: str = "FULL_LAYOUT", count: int | None = None
) -> web.Response:
    names = layout.split(",")
    found = [
        {
            "entity_type": kind,
            "properties": {k: v for k, v in row.items() if "." not in k and ("FULL_LAYOUT" in names or k in names)},
            "related_properties": {k.split(".")[0]: {k.split(".")[1]: v} for k, v in row.items() if "." in k},
        }
        for row in rows
    ]
    meta = {"completion_status": "OK", "total_count": len(rows) if count is None else count, "errorDetailsList": []}
    return _json({"entities": found, "meta": meta})


def _failed_result(entity: dict[str, Any], message: str) -> dict[str, Any]:
    return {
        "entity": {**entity, "related_properties": {}},
        "completion_status": "FAILED",
        "errorDetails": {"httpStatus": 400, "message": message, "message_key": "some.unknown.key"},
    }


def _failed(entity: dict[str, Any], message: str) -> dict[str, Any]:
    return {
        "entity_result_list": [_failed_result(entity, message)],
        "relationship_result_list": [],
        "meta": {"completion_status": "FAILED", "errorDetails": {"httpStatus": 400, "message": message}},
    }
