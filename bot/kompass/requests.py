"""The calls to Kompass as values: method, address and body, ready to send. Pure; nothing here knows a network.

Addresses are already encoded: UTF-8 with %20 for a space, and `( ) , =` as they are, which is valid in a query and the
one way that all known servers take. `repeatable` says that doing it twice is as good as once: reading, logging in,
uploading (an orphan file at worst) and setting absolute values. Creating is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bot.kompass.filters import Filter, checked_id, checked_property
from knowledge.errors import PermanentFailure

JSON_TYPE = "application/json;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Call:
    """One call. name: for the log, without ids and values. target: path and query. body stays out of `repr`."""

    name: str
    method: str
    target: str
    repeatable: bool
    body: bytes | None = field(default=None, repr=False)
    content_type: str = JSON_TYPE


@dataclass(frozen=True, slots=True)
class Requests:
    """Builds the calls of one tenant."""

    tenant: str

    def log_in(self, user: str, password: str) -> Call:
        """Answers with a token as text."""
        target = f"/auth/authentication-endpoint/authenticate/token?TENANTID={self.tenant}"
        return Call("log in", "POST", target, True, _json({"login": user, "password": password}))

    def me(self) -> Call:
        """The person we are logged in as; the cheapest question there is."""
        return self._get("who am I", "personalization/person/me")

    def one(self, kind: str, entity_id: str, layout: Sequence[str]) -> Call:
        """One entity with these properties."""
        query = f"?layout={_layout(layout)}"
        return self._get(f"read {kind}", f"ems/{checked_property(kind)}/{checked_id(entity_id)}{query}")

    def many(self, kind: str, layout: Sequence[str], where: Filter, *, order: str = "", size: int = 100) -> Call:
        """The entities that match. order: a property, oldest or smallest first."""
        query = f"?layout={_layout(layout)}&filter={encode(where.text)}"
        if order:
            query += f"&order={encode(f'{checked_property(order)} asc')}"
        query += f"&size={size}&skip=0&meta=totalCount"
        return self._get(f"find {kind}", f"ems/{checked_property(kind)}{query}")

    def page(self, kind: str, layout: Sequence[str], skip: int, size: int) -> Call:
        """Some of all entities, from this offset on, in the order of their ids."""
        query = f"?layout={_layout(layout)}&order={encode('Id asc')}&size={size}&skip={skip}&meta=totalCount"
        return self._get(f"list {kind}", f"ems/{checked_property(kind)}{query}")

    def create(self, kind: str, properties: Mapping[str, Any]) -> Call:
        """A new entity. One a call, so that one failure is one case."""
        return self._bulk(f"create {kind}", "CREATE", kind, properties, repeatable=False)

    def update(self, kind: str, entity_id: str, properties: Mapping[str, Any]) -> Call:
        """Set absolute values; doing it again sets the same."""
        return self._bulk(
            f"update {kind}", "UPDATE", kind, {"Id": checked_id(entity_id), **properties}, repeatable=True
        )

    def relate(self, name: str, first: tuple[str, str], second: tuple[str, str]) -> Call:
        """Link two entities, each (kind, id). What linking again does is not known: read first."""
        return self._link("CREATE", name, first, second)

    def unrelate(self, name: str, first: tuple[str, str], second: tuple[str, str]) -> Call:
        """Take a link off; the order of the two is that of `relate`."""
        return self._link("DELETE", name, first, second)

    def _link(self, operation: str, name: str, first: tuple[str, str], second: tuple[str, str]) -> Call:
        body = {
            "relationships": [
                {
                    "name": checked_property(name),
                    "firstEndpoint": {first[0]: checked_id(first[1])},
                    "secondEndpoint": {second[0]: checked_id(second[1])},
                }
            ],
            "operation": operation,
        }
        return Call(f"{operation.lower()} link {name}", "POST", self._rest("ems/bulk"), False, _json(body))

    def related(self, kind: str, entity_id: str, name: str) -> Call:
        """The ids of what is linked to an entity."""
        path = f"ems/{checked_property(kind)}/{checked_id(entity_id)}/associations/{checked_property(name)}?layout=Id"
        return self._get(f"related {name}", path)

    def public_comments(self, entity_id: str) -> Call:
        """The comments of a case that its requester may see. The answer is checked again."""
        path = f"collaboration/comments/Request/{checked_id(entity_id)}?PrivacyType=PUBLIC"
        return self._get("comments", path)

    def add_comment(self, entity_id: str, body_html: str, submitter: str) -> Call:
        """A comment the requester sees. Kompass believes whom we name, so who may comment is decided before."""
        comment = {
            "IsSystem": False,
            "Body": body_html,
            "PrivacyType": "PUBLIC",
            "Submitter": {"UserId": checked_id(submitter)},
            "ActualInterface": "API",
            "CommentFrom": "User",
            "CommentTo": "Agent",
            "FunctionalPurpose": "EndUserComment",
            "Media": "InstantMessage",
            "AttachmentIds": [],
        }
        path = self._rest(f"collaboration/comments/Request/{checked_id(entity_id)}")
        return Call("add comment", "POST", path, False, _json(comment))

    def upload(self, name: str, content_type: str, data: bytes, boundary: str) -> Call:
        """A file; answers with its guid. boundary must not occur in the data."""
        if boundary.encode() in data:
            raise PermanentFailure("the boundary of an upload is in the file itself")
        escaped = name.replace("\\", "%5C").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="files[]"; filename="{escaped}"\r\n'
            f"Content-Type: {content_type}\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return Call("upload", "POST", self._rest("frs/file-list"), True, body, kind)

    def user_options(self, name: str) -> Call:
        """The form of an offering: its own fields."""
        return self._get("user options", f"user-options/full/{checked_property(name)}")

    def descriptors(self) -> Call:
        """What entities, properties and enumerations the tenant has."""
        return self._get("descriptors", "metadata/ui/entity-descriptors")

    def _get(self, name: str, path: str) -> Call:
        return Call(name, "GET", self._rest(path), True)

    def _bulk(self, name: str, operation: str, kind: str, properties: Mapping[str, Any], *, repeatable: bool) -> Call:
        entity = {"entity_type": checked_property(kind), "properties": dict(properties)}
        body = {"entities": [entity], "operation": operation}
        return Call(name, "POST", self._rest("ems/bulk"), repeatable, _json(body))

    def _rest(self, path: str) -> str:
        return f"/rest/{self.tenant}/{path}"


def encode(text: str) -> str:
    """A value in a query, see the top of the file."""
    return quote(text, safe="(),=")


def _layout(names: Sequence[str]) -> str:
    return ",".join(checked_property(name) for name in names)


def _json(value: Any) -> bytes:
    # A lone surrogate cannot be sent as UTF-8; what people write has been cleaned before (html.clean).
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
