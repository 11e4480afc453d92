"""Values of Systemoversikten's rows, read so that a missing or odd one is missing and never an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

Row = Mapping[str, object]
"""One object of a table, as JSON gives it."""

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


def by_id(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """The rows that have an id, each with it."""
    for row in rows:
        number = own_id(row)
        if number is not None:
            yield number, row


def own_id(row: Row) -> int | None:
    """Ids are positive whole numbers; `true` is one to Python and not to us."""
    number = row.get("id")
    return number if type(number) is int and number > 0 else None


def reference(value: object) -> int | None:
    """The id an object points at. The platform is always an object, with the id null when there is none."""
    return own_id(value) if isinstance(value, dict) else None


def references(value: object) -> list[int]:
    """The ids a list of objects points at."""
    found = [reference(one) for one in value] if isinstance(value, list) else []
    return [number for number in found if number is not None]


def strings_in(value: object) -> list[str]:
    """The texts of a list; nothing when it is no list."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def addresses_in(value: object) -> tuple[str, ...]:
    """E-mail addresses in a text or a list of them, in lower case. A person without one stands as an empty string."""
    texts = [value] if isinstance(value, str) else strings_in(value)
    return without_repeats(address for text in texts for address in _ADDRESS.findall(encodable(text).lower()))


def digit_of(row: Row, key: str) -> int:
    """The digit of a display text such as "4 🔴 Alvorlig", before or after its sign; 0, not assessed, without one."""
    found = re.search(r"[0-9]", text_of(row, key)[:4])
    return int(found[0]) if found else 0


def text_of(row: Row, key: str, *, lines: bool = False) -> str:
    """A text on one line (unless `lines`), empty when it is missing or something else."""
    value = row.get(key)
    if not isinstance(value, str):
        return ""
    told = encodable(value)
    return told.strip() if lines else " ".join(told.split())


def encodable(text: str) -> str:
    """Half of a surrogate pair, which JSON can hold and UTF-8 cannot, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def without_repeats(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that are not empty, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))
