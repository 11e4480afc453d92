"""Catalogue files as rows: JSON, JSON Lines and CSV taken apart, each row with the line it began on.

Nothing is judged here but the file's own shape; what a row must hold is judged in `knowledge.catalogue.importing`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

CSV_COLUMNS = ("id", "title", "kind", "service", "category", "description", "audience", "url")
"""The columns a flattened catalogue may have; id, title and description must be there."""
_CSV_REQUIRED = ("id", "title", "description")
_AUDIENCE_SEPARATOR = "|"
_WHITESPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the file: the line it begins on (from 1) and its content, any JSON value."""

    line: int
    content: Any


@dataclass(frozen=True, slots=True)
class Rows:
    """What could be read, and what is wrong with the file itself, one line of text each."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()


def read_rows(path: Path) -> Rows:
    """Take a .json, .jsonl or .csv file apart. Never raises for what the file holds: it lists the problems."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        return Rows((), (f"the file name must end with {', '.join(_READERS)}",))
    try:
        content = path.read_bytes()
    except OSError as error:
        return Rows((), (f"cannot be read: {error.strerror}",))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Rows((), (f"line {line}: not UTF-8 (byte {error.start}); save the file as UTF-8",))
    if not text.strip():
        return Rows((), ("the file is empty",))
    return reader(text)


def _read_json(text: str) -> Rows:
    """A list of entries. Taken apart one by one, because the json module does not tell where an entry begins."""
    decoder = _decoder()
    rows: list[Row] = []
    lines = _LineCounter(text)
    at = _skip_blank(text, 0)
    if text[at] != "[":
        return Rows((), (f"line {lines.at(at)}: must be a list of forms, beginning with [",))
    at = _skip_blank(text, at + 1)
    expects_entry = not text.startswith("]", at)
    while expects_entry:
        line = lines.at(at)
        try:
            content, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            return Rows(tuple(rows), (f"line {_error_line(error, line)}: not JSON: {_reason(error)}",))
        rows.append(Row(line, content))
        at = _skip_blank(text, at)
        expects_entry = text.startswith(",", at)
        if not expects_entry and not text.startswith("]", at):
            return Rows(tuple(rows), (f"line {lines.at(at)}: not JSON: expected , or ] after an entry",))
        at = _skip_blank(text, at + 1) if expects_entry else at
    at = _skip_blank(text, at + 1)
    if at < len(text):
        return Rows(tuple(rows), (f"line {lines.at(at)}: more text after the end of the list",))
    return Rows(tuple(rows))


def _read_jsonl(text: str) -> Rows:
    """One entry a line; blank lines are passed over."""
    decoder = _decoder()
    rows: list[Row] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(Row(number, decoder.decode(line)))
        except (ValueError, RecursionError) as error:
            problems.append(f"line {number}: not JSON: {_reason(error)}")
    return Rows(tuple(rows), tuple(problems))


def _read_csv(text: str) -> Rows:
    """A header row, then one form a row; comma or semicolon, whichever the header has more of."""
    header_line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    rows: list[Row] = []
    problems: list[str] = []
    line = 1
    try:
        for cells in reader:
            began, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                problems.extend(f"line {began}: {problem}" for problem in _header_problems(header))
                if problems:
                    break
            elif len(cells) != len(header):
                problems.append(f"line {began}: {len(cells)} cells where the header has {len(header)}")
            else:
                rows.append(Row(began, _unflattened(dict(zip(header, cells, strict=True)))))
    except csv.Error as error:
        problems.append(f"line {line}: not CSV: {error}")
    return Rows(tuple(rows), tuple(problems))


def _header_problems(header: list[str]) -> list[str]:
    problems = [f"column «{name}» is missing" for name in _CSV_REQUIRED if name not in header]
    problems.extend(
        f"unknown column «{name}»; known: {', '.join(CSV_COLUMNS)}" for name in header if name not in CSV_COLUMNS
    )
    problems.extend(f"column «{name}» stands twice" for name in sorted(set(header)) if header.count(name) > 1)
    return problems


def _unflattened(cells: dict[str, str]) -> dict[str, Any]:
    """A CSV row as the entry it was flattened from. An empty cell of an optional column says nothing."""
    entry: dict[str, Any] = {key: value for key, value in cells.items() if value.strip() or key in _CSV_REQUIRED}
    number = cells["id"].strip()
    if number.isascii() and number.isdigit() and len(number) <= 18:
        entry["id"] = int(number)
    if "audience" in entry:
        entry["audience"] = [one.strip() for one in entry["audience"].split(_AUDIENCE_SEPARATOR)]
    return entry


_READERS: dict[str, Callable[[str], Rows]] = {".json": _read_json, ".jsonl": _read_jsonl, ".csv": _read_csv}


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_unique_pairs, parse_constant=_no_constant)


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key «{next(name for name in names if names.count(name) > 1)}» stands twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITESPACE:
        at += 1
    return at


def _error_line(error: Exception, otherwise: int) -> int:
    return error.lineno if isinstance(error, json.JSONDecodeError) else otherwise


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)


class _LineCounter:
    """Line numbers of rising places in a text, each newline counted once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def at(self, place: int) -> int:
        """The line of a place, which must not lie before the one asked for last."""
        self._line += self._text.count("\n", self._at, place)
        self._at = place
        return self._line
