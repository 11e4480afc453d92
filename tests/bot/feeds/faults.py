"""The accidents of a service: an answer other than the right one, or none after the call was carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Fault:
    """To the next call, or (on) to the next one of that kind.

    lost: the call is carried out, and the connection breaks before the answer. code and subcode: of the error.
    retry_after: seconds, or a moment as HTTP has it; date: what the service's clock shows. body: in place of the error.
    """

    status: int = 0
    code: Any = ""
    retry_after: str = ""
    lost: bool = False
    on: str = ""
    subcode: int = 0
    date: str = ""
    body: str | None = None


class _Refusal(web.HTTPException):
    def __init__(self, fault: Fault) -> None:
        self.status_code = fault.status
        error: dict[str, Any] = {"code": fault.code, "message": "no <secret>"}
        if fault.subcode:
            error["error_subcode"] = fault.subcode
        named = {"Retry-After": fault.retry_after, "Date": fault.date, "Content-Type": "application/json"}
        text = web.json_response({"error": error}).text if fault.body is None else fault.body
        super().__init__(headers={name: value for name, value in named.items() if value}, text=text)


@dataclass
class Faults:
    """`next` are used up one a call; `calls` are the kinds of all calls."""

    next: list[Fault] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def meet(self, request: web.Request, kind: str) -> Fault | None:
        """Raises the answer of a fault; a fault that loses the answer is given back for `answer`."""
        self.calls.append(kind)
        fault = self.next.pop(0) if self.next and self.next[0].on in ("", kind) else None
        if fault is not None and not fault.lost:
            raise _Refusal(fault)
        return fault

    def answer(self, request: web.Request, fault: Fault | None, answer: web.Response) -> web.Response:
        """The answer, or a broken connection."""
        if fault is not None and request.transport is not None:
            request.transport.abort()
        return answer
