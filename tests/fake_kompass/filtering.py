"""The filter language of queries, strictly: what the real one is not known to take is refused here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Test = Callable[[Mapping[str, Any]], bool]

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<sign><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[A-Za-z0-9_.]+))")
_SIGNS = {"=": "eq", "!=": "ne", ">": "gt", ">=": "ge", "<": "lt", "<=": "le"}


class BadFilter(Exception):
    """The filter cannot be read, or asks what may not be asked."""


def parse(text: str, known: Callable[[str], bool]) -> Test:
    """The test a filter stands for; `known` says which properties there are."""
    return _Parser(_tokens(text), known).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    if "\\" in text:
        raise BadFilter("backslash")
    tokens, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadFilter(f"unexpected sign at {place}")
        place = match.end()
        kind = str(match.lastgroup)
        tokens.append((kind, match[kind]))
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], known: Callable[[str], bool]) -> None:
        self._tokens = tokens
        self._known = known

    def whole(self) -> Test:
        test = self._chain()
        if self._tokens:
            raise BadFilter("something after the end")
        return test

    def _chain(self) -> Test:
        tests, words = [self._one()], set()
        while self._tokens and self._tokens[0][1].lower() in ("and", "or"):
            words.add(self._take().lower())
            tests.append(self._one())
        if len(words) > 1:
            raise BadFilter("and mixed with or")  # the real one silently misses rows
        return (lambda row: any(t(row) for t in tests)) if "or" in words else (lambda row: all(t(row) for t in tests))

    def _one(self) -> Test:
        if self._next() == "(":
            self._take()
            test = self._chain()
            self._expect(")")
            return test
        name = self._take()
        if not self._known(name):
            raise BadFilter(f"unknown property {name}")
        operator = self._take()
        operator = _SIGNS.get(operator, operator.lower())
        if operator in ("in", "btw", "startswith"):
            values = self._list()
            match operator:
                case "in":
                    return lambda row: str(row.get(name)) in map(str, values)
                case "btw":
                    return lambda row: _number(values[0]) <= _number(row.get(name)) <= _number(values[1])
                case _:
                    return lambda row: str(row.get(name, "")).startswith(str(values[0]))
        if operator not in _SIGNS.values():
            raise BadFilter(f"unknown operator {operator}")
        value = self._value()
        return lambda row: _compare(row.get(name), operator, value)

    def _list(self) -> list[Any]:
        self._expect("(")
        values = [self._value()]
        while self._next() == ",":
            self._take()
            values.append(self._value())
        self._expect(")")
        return values

    def _value(self) -> Any:
        if not self._tokens:
            raise BadFilter("a value is missing")
        kind, text = self._tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "word" and (text.isdigit() or text == "null"):
            return None if text == "null" else text
        raise BadFilter(f"not a value: {text}")

    def _next(self) -> str:
        return self._tokens[0][1] if self._tokens else ""

    def _take(self) -> str:
        if not self._tokens:
            raise BadFilter("it ends too early")
        return self._tokens.pop(0)[1]

    def _expect(self, sign: str) -> None:
        if self._take() != sign:
            raise BadFilter(f"{sign} is missing")


def _compare(have: Any, operator: str, value: Any) -> bool:
    match operator:
        case "eq":
            return have is None if value is None else str(have) == value
        case "ne":
            return have is not None if value is None else str(have) != value
        case "gt":
            return _number(have) > _number(value)
        case "ge":
            return _number(have) >= _number(value)
        case "lt":
            return _number(have) < _number(value)
        case _:
            return _number(have) <= _number(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
