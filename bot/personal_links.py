"""Links to a page of this server that are one person's own: each holds for an hour, for that page alone.

A link says who opens it and gives no right: what its person may see is looked up when it is opened. The secret is this
process's own, so a restart ends every link; asking in the chat again gives a new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIFETIME = timedelta(hours=1)

INSIGHT_PATH = "/innsikt"
FILES_PATH = "/vedlegg"

_ALGORITHM = "HS256"


@dataclass(slots=True)
class PersonalLinks:
    """clock gives aware times. address: where the server is found, empty while there is none."""

    clock: Callable[[], datetime]
    address: str = ""
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def to_insight(self, person_id: str) -> str:
        """The person's link to the numbers, or empty where no page is served."""
        return self._link(person_id, INSIGHT_PATH)

    def to_file(self, person_id: str, ref: str, number: int) -> str:
        """His link to a file of a case, counted from 1, or empty where no page is served."""
        return self._link(person_id, f"{FILES_PATH}/{ref}/{number}")

    def _link(self, person_id: str, path: str) -> str:
        return f"{self.address}{path}?key={self.key(person_id, path)}" if self.address else ""

    def key(self, person_id: str, path: str) -> str:
        """What stands in the link, and perhaps in a cookie then."""
        # Imported here: most turns are not about this, and the first one must not wait for it.
        import jwt

        claims = {"sub": person_id, "aud": path, "until": (self.clock() + LIFETIME).timestamp()}
        return jwt.encode(claims, self._secret, _ALGORITHM)

    def person(self, key: str, path: str) -> str | None:
        """Whose key to this path it is; None when it was not made here, for this path, or is too old."""
        import jwt

        try:
            claims = jwt.decode(key, self._secret, [_ALGORITHM], audience=path)
            fresh = self.clock().timestamp() < float(claims["until"])
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
            return None
        return str(claims["sub"]) if fresh else None
