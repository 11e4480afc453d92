"""What an answer of Kompass means. Pure: status, headers and bytes in, a verdict out.

Nothing is success but 2xx with JSON that says so. Kompass answers 200 to failures, a proxy answers 200 with a login
page, and a lost session is a redirect: none of these may be taken for a case that was opened. `weigh` sorts an answer
into one of these verdicts; what to do about each is decided in `repeating`, by whether the call may be repeated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from bot.kompass.filters import is_id
from bot.retry import seconds_asked_for
from knowledge.errors import PermanentFailure, UncertainOutcome

_LONGEST_REASON = 300


class Verdict(Enum):
    """What became of the call."""

    DONE = auto()
    """an answer in JSON; whether it says success is for the reader of its shape"""
    FAILED = auto()
    """an answer in JSON that says as a whole that it failed; why is for the reader of its shape"""
    UNAUTHORISED = auto()
    """refused before it was carried out: the session has run out"""
    LOGIN_PAGE = auto()
    """a login page or a way to one: the session has probably run out, and the call may have been carried out"""
    BUSY = auto()
    """refused before it was carried out: too many calls"""
    NOT_SENT = auto()
    """it never arrived"""
    BROKEN = auto()
    """no usable answer: it may have been carried out"""
    REFUSED = auto()
    """Kompass will not, and says why"""


class Refused(PermanentFailure):
    """Kompass said no, and nothing was changed. `passing`: its own trouble, so the same call may go well later."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Answer:
    """As it came. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer and what it means.

    value: its JSON, None where it has none. retry_after: seconds, where the other side said so.
    """

    verdict: Verdict
    value: Any = None
    reason: str = ""
    retry_after: float | None = None


def weigh(answer: Answer) -> Weighed:
    """Sort an answer; never raises."""
    wait = seconds_asked_for(answer.headers.get("retry-after", ""), answer.headers.get("date", ""))
    status = answer.status
    if status == 401:
        return Weighed(Verdict.UNAUTHORISED, reason="not logged in (401)")
    if 300 <= status < 400:
        return Weighed(Verdict.LOGIN_PAGE, reason=f"a redirect ({status})")
    if status == 429:
        return Weighed(Verdict.BUSY, reason="too many calls (429)", retry_after=wait)
    if status >= 500 or status in (408, 425):
        value = _json(answer)
        return Weighed(Verdict.BROKEN, value, _reason(value, f"status {status}"), wait)
    value = _json(answer)
    if 400 <= status < 500:
        return Weighed(Verdict.REFUSED, reason=_reason(value, f"status {status}"))
    if not 200 <= status < 300:
        return Weighed(Verdict.BROKEN, reason=f"status {status}")
    if value is None:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "text/html" or answer.body.lstrip()[:1] == b"<":
            return Weighed(Verdict.LOGIN_PAGE, reason="a page instead of JSON")
        return Weighed(Verdict.BROKEN, reason="the answer is not whole JSON")
    meta = _dict(value.get("meta")) if isinstance(value, dict) else {}
    if meta.get("completion_status") not in (None, "OK"):
        return Weighed(Verdict.FAILED, value, _reason(meta, "failed without a reason"))
    return Weighed(Verdict.DONE, value)


def read_token(answer: Answer) -> str:
    """The token of a login, or "" when it failed. It is text: three parts with dots, perhaps in quotes."""
    if answer.status not in (200, 201):
        return ""
    token = answer.body.decode("ascii", "replace").strip().strip('"').strip()
    wanted = token.count(".") == 2 and token.isascii() and token.isprintable()
    return "" if not wanted or any(sign in token for sign in "<>;, \"'") else token


def read_written(value: Any, *, new: bool) -> str:
    """The id of the one entity that was written.

    Raises Refused when Kompass says that it failed, UncertainOutcome when the answer says neither.
    """
    results = value.get("entity_result_list") if isinstance(value, dict) else None
    _refuse_if_failed(value, results)
    if isinstance(results, list) and len(results) == 1 and _all_ok(value, results):
        properties = _dict(_dict(results[0].get("entity")).get("properties"))
        entity_id = _id(properties.get("Id"))
        if entity_id or not new:
            return entity_id
    raise UncertainOutcome("the answer does not say what became of it")


def read_related(value: Any) -> None:
    """Whether a link was made; raises like `read_written`."""
    results = value.get("relationship_result_list") if isinstance(value, dict) else None
    _refuse_if_failed(value, results)
    if not (isinstance(results, list) and results and _all_ok(value, results)):
        raise UncertainOutcome("the answer does not say whether the link was made")


def read_entities(value: Any) -> tuple[Mapping[str, Any], ...]:
    """The properties of what a query found, each with its `Id` as a string; entities without one are left out.

    Related properties are put in under their dotted names. Raises Refused when the query failed.
    """
    entities = value.get("entities") if isinstance(value, dict) else None
    meta = _dict(value.get("meta")) if isinstance(value, dict) else {}
    if meta.get("completion_status") not in (None, "OK"):
        raise Refused(_reason(meta, "the query failed"), passing=_own_trouble(meta))
    if not isinstance(entities, list):
        raise Refused("the answer to a query has no list of entities", passing=True)
    found = []
    for entity in entities:
        properties = dict(_dict(_dict(entity).get("properties")))
        for kind, related in _dict(_dict(entity).get("related_properties")).items():
            properties |= {f"{kind}.{name}": one for name, one in _dict(related).items()}
        properties["Id"] = _id(properties.get("Id"))
        if properties["Id"]:
            found.append(properties)
    return tuple(found)


def read_total(value: Any) -> int | None:
    """How many entities match a query in all, where the answer says so."""
    meta = _dict(value.get("meta")) if isinstance(value, dict) else {}
    count = meta.get("total_count", meta.get("totalCount"))
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def read_comments(value: Any) -> tuple[Mapping[str, Any], ...]:
    """The comments that users may see. The server was asked for those only; whatever is not PUBLIC is dropped again."""
    if not isinstance(value, list):
        raise Refused("the answer about comments is not a list", passing=True)
    return tuple(one for one in value if isinstance(one, dict) and one.get("PrivacyType") == "PUBLIC")


def read_comment_added(value: Any) -> str:
    """The id of a new comment."""
    if isinstance(value, dict):
        _refuse_if_failed(value, None)
        if isinstance(value.get("Id"), str | int) and value["Id"]:
            return str(value["Id"])
    raise UncertainOutcome("the answer does not say whether the comment was added")


def read_upload(value: Any) -> Mapping[str, Any] | None:
    """What is known of an uploaded file, or None when it failed softly and should be sent again."""
    if isinstance(value, dict) and isinstance(value.get("guid"), str) and value["guid"]:
        return value
    return None


def _refuse_if_failed(value: Any, results: Any) -> None:
    meta = _dict(value.get("meta")) if isinstance(value, dict) else {}
    listed = results if isinstance(results, list) else []
    failed = [one for one in listed if isinstance(one, dict) and one.get("completion_status") not in (None, "OK")]
    if failed:
        details = _dict(failed[0].get("errorDetails"))
        raise Refused(_reason(details, _reason(meta, "refused without a reason")), passing=_own_trouble(details))
    if not results and meta.get("completion_status") == "FAILED":
        raise Refused(_reason(meta, "refused without a reason"), passing=_own_trouble(meta))


def _all_ok(value: Mapping[str, Any], results: Sequence[Any]) -> bool:
    return _dict(value.get("meta")).get("completion_status") == "OK" and all(
        isinstance(one, dict) and one.get("completion_status") == "OK" for one in results
    )


def _own_trouble(details: Mapping[str, Any]) -> bool:
    inner = _dict(details.get("errorDetails"))
    status = details.get("httpStatus", inner.get("httpStatus"))
    return isinstance(status, int) and (status >= 500 or status in (408, 429))


def _reason(value: Any, otherwise: str) -> str:
    """The message of an error, wherever it stands; the texts are Kompass's own and hold nothing of ours but names."""
    details = _dict(value)
    listed = details.get("errorDetailsList")
    places = (
        details,
        _dict(details.get("errorDetails")),
        _dict(listed[0] if isinstance(listed, list) and listed else None),
    )
    for place in places:
        for name in ("message", "message_key"):
            text = place.get(name)
            if isinstance(text, str) and text.strip():
                return " ".join(text.split())[:_LONGEST_REASON]
    return otherwise


def _json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _id(value: Any) -> str:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if is_id(text) else ""


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
