"""Logs: one JSON object a line, with ids and never a text."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.logging_setup import JsonFormatter, set_up_logging


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_has_the_ids_and_drops_what_is_not_allowed(lines: io.StringIO) -> None:
    logging.getLogger("bot.turns").info(
        "turn", extra={"conversation": "c1", "text": "hemmelig", "effects": ["OpenCase"]}
    )
    line = json.loads(lines.getvalue())
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "bot.turns",
        "message": "turn",
        "conversation": "c1",
        "effects": ["OpenCase"],
    }


def test_an_error_is_logged_by_its_place_and_not_by_its_words(lines: io.StringIO) -> None:
    try:
        int("Kari sitt fødselsnummer\nog mer")
    except ValueError:
        logging.getLogger("x").exception("a turn failed", extra={"activity": "a1"})
    assert lines.getvalue().count("\n") == 1
    line = json.loads(lines.getvalue())
    assert (line["error"], line["activity"]) == ("ValueError", "a1")
    assert line["at"][0].startswith("test_logging_setup.py:")
    assert "Kari" not in lines.getvalue()


def test_a_message_with_a_line_break_stays_one_line(lines: io.StringIO) -> None:
    logging.getLogger("x").warning("one\ntwo %s", {"a": 1})
    assert lines.getvalue().count("\n") == 1


def test_the_level_counts_and_noisy_libraries_are_quiet(lines: io.StringIO) -> None:
    logging.getLogger("x").debug("no")
    logging.getLogger("botbuilder.core").info("no")
    logging.getLogger("aiohttp.access").info("no")
    assert lines.getvalue() == ""


def test_a_record_without_an_error_in_hand_has_no_error() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "m", (), sys.exc_info())
    assert "error" not in json.loads(JsonFormatter().format(record))
