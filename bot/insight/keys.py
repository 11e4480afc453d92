"""Links to the page: each is one person's, holds for an hour, and gives no right that the roles table has not given.

The secret is this process's own, so a restart ends every link; the next "innsikt" gives a new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIFETIME = timedelta(hours=1)

_ALGORITHM = "HS256"
_FOR = "insight"


@dataclass(slots=True)
class InsightKeys:
    """clock gives aware times. address: where the server is found, empty while there is none."""

    clock: Callable[[], datetime]
    address: str = ""
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def link(self, person_id: str) -> str:
        """A link for this person, or empty where no page is served."""
        return f"{self.address}/innsikt?key={self.key(person_id)}" if self.address else ""

    def key(self, person_id: str) -> str:
        """What stands in the link, and then in the cookie."""
        # Imported here: most turns are not about this, and the first one must not wait for it.
        import jwt

        claims = {"sub": person_id, "aud": _FOR, "until": (self.clock() + LIFETIME).timestamp()}
        return jwt.encode(claims, self._secret, _ALGORITHM)

    def person(self, key: str) -> str | None:
        """Whose key it is; None when it was not made here or is too old."""
        import jwt

        try:
            claims = jwt.decode(key, self._secret, [_ALGORITHM], audience=_FOR)
            fresh = self.clock().timestamp() < float(claims["until"])
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
            return None
        return str(claims["sub"]) if fresh else None
