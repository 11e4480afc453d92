"""How the text of a setting becomes its value; each raises ValueError with the reason, never with a secret."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.feed_targets import EMAIL

LOOPBACK = ("127.0.0.1", "::1", "localhost")

_SHORTEST_SECRET = 20

_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?")
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")


def as_it_is(text: str) -> str:
    """Any text."""
    return text


def one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """One of the values, whatever its capitals."""

    def read(text: str) -> StrEnum:
        for one in kind:
            if one.value.lower() == text.lower():
                return one
        raise ValueError("must be one of " + ", ".join(one.value for one in kind))

    return read


def log_level(text: str) -> str:
    """A level of logging."""
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if text.upper() not in levels:
        raise ValueError("must be one of " + ", ".join(levels))
    return text.upper()


def number(low: int, high: int) -> Callable[[str], int]:
    """A whole number within these bounds."""

    def read(text: str) -> int:
        # int() also takes "1_000" and other scripts' digits; a setting is written in plain ones.
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def number_or_never(low: int, high: int) -> Callable[[str], int | None]:
    """A whole number within these bounds, or None for nothing at all."""
    return lambda text: number(low, high)(text) if text else None


def origin(text: str) -> str:
    """Scheme and host, or empty."""
    # A path would be lost: the pages link from the root.
    if text and not _ORIGIN.fullmatch(text):
        raise ValueError("must be https:// or http:// and a host, without a path")
    return text.rstrip("/")


def path(text: str) -> Path:
    """A path, whether there is anything or not."""
    return Path(text)


def service_url(text: str) -> str:
    """The address of a service that gets a secret: encrypted, unless it is on this machine; no slash at its end."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        named = bool(host) and parts.port != 0
    except ValueError:
        raise ValueError("must be an address such as https://service.example.org") from None
    if not named or parts.username is not None or parts.query or parts.fragment or any(sign.isspace() for sign in text):
        raise ValueError("must be an address such as https://service.example.org")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValueError("must begin with https://, since a key is sent to it")
    return text.rstrip("/")


def digits(text: str) -> str:
    """A number as text, or empty."""
    if text and not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise ValueError("must be a number, such as 583754967")
    return text


def property_name(text: str) -> str:
    """The name of a property in Kompass."""
    if not _PROPERTY.fullmatch(text):
        raise ValueError("must be the name of a property, such as TeamsRef_c")
    return text


def header_secret(text: str) -> str:
    """A secret that is sent in a header, or empty."""
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise ValueError("must be plain signs without spaces, since it is sent in a header")
    return text


def long_secret(text: str) -> str:
    """As `header_secret`, and long enough not to be guessed."""
    if text and len(text) < _SHORTEST_SECRET:
        raise ValueError(f"must have at least {_SHORTEST_SECRET} signs, or it can be guessed")
    return header_secret(text)


def existing_file(text: str) -> Path | None:
    """A file that is there, or None for an empty text."""
    if not text:
        return None
    if not Path(text).is_file():
        raise ValueError("must be a file that exists")
    return Path(text)


def email_address(text: str) -> str:
    """One plain e-mail address, or empty."""
    if text and not EMAIL.fullmatch(text):
        raise ValueError("must be one e-mail address, such as losen@example.org")
    return text
