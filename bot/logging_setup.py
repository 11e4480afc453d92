"""Structured logs: one JSON object a line, with ids and never a message's text.

Conversations hold personal data, so a log line may carry ids, counts, durations and names of outcomes, and nothing
else. Only the keys in `ALLOWED` pass; an exception is logged by its type and its place in the code, not by its
message, which may quote what the user wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

ALLOWED = frozenset(
    {
        "conversation",
        "activity",
        "channel",
        "event",
        "case",
        "notice",
        "group",
        "outbox",
        "kind",
        "attempt",
        "outcome",
        "duplicate",
        "effects",
        "replies",
        "milliseconds",
        "count",
        "status",
        "method",
        "path",
        "host",
        "port",
        "mode",
        "migration",
        "owner",
        "role",
    }
)
"""What a caller may pass in `extra`; everything else is dropped."""


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, the allowed extras and where it failed."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, no line breaks inside."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({key: value for key, value in record.__dict__.items() if key in ALLOWED})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up_logging(level: str, stream: TextIO | None = None) -> None:
    """Send all logs as JSON lines to `stream` (standard error when None) from this level ("INFO") upwards."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # The access log would repeat paths of every request, and the SDK logs activities with their texts.
    for noisy in ("aiohttp.access", "botbuilder", "botframework", "msrest", "urllib3", "msal"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
