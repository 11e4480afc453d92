"""What the status of a call to another service means for doing it again (teams.md 4.4).

Nothing happened (try again later), it may have happened (look before repeating), it is gone, or it never will.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.retry import seconds_asked_for
from knowledge.errors import Gone, PermanentFailure, PortError, TemporaryFailure, UncertainOutcome

_AGAIN = frozenset({401, 408, 412, 429, 503})
_MAYBE_DONE = frozenset({500, 502, 504})


def failure_of(status: int, headers: Mapping[str, str], told: str) -> PortError:
    """The failure that a status of 300 or more is. `told`: the text of the error; headers: those of the answer."""
    if status in _AGAIN:
        # 401 is most often a token that has been revoked; a wrong secret shows when the next one is fetched.
        return TemporaryFailure(told, seconds_asked_for(headers.get("Retry-After", ""), headers.get("Date", "")))
    if status in _MAYBE_DONE:
        return UncertainOutcome(told)
    return Gone(told) if status == 404 else PermanentFailure(told)


def error_code(answer: object) -> str:
    """The code in {"error": {"code": ...}}, such as BotNotInConversationRoster; "" when there is none of that kind."""
    error = answer.get("error") if isinstance(answer, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    text = str(code) if isinstance(code, str | int) else ""
    return text if text.isascii() and text.isalnum() and len(text) <= 60 else ""
