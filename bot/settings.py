"""Settings of an installation, read once from the environment and checked as a whole.

Every wrong or missing setting is found before anything starts, and all of them are told at once. Two rules guard the
door: the Bot Framework turns authentication off when the app id is empty, so production is refused without one; and
development mode, which has a picker of made-up identities, only ever listens on this machine. Secrets stand neither
in `repr` nor in an error text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from knowledge.errors import BadSettings

LOOPBACK = ("127.0.0.1", "::1", "localhost")

_SHORTEST_SECRET = 20

_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?")
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")


class Mode(StrEnum):
    """Production meets real users; development has demo identities and no authentication."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"


class AppType(StrEnum):
    """How the bot is registered in Entra. Multi-tenant registrations have been closed since 2025."""

    SINGLE_TENANT = "SingleTenant"
    MANAGED_IDENTITY = "UserAssignedMSI"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table of settings: `read` turns the text into the value or raises ValueError with the reason."""

    name: str
    default: str
    what: str
    read: Callable[[str], Any]
    secret: bool = False

    @property
    def attribute(self) -> str:
        """Its name in `Settings`."""
        return self.name.removeprefix("LOSEN_").lower()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked. Times are in seconds, sizes in bytes, lengths in characters."""

    mode: Mode
    app_id: str
    app_password: str = field(repr=False)
    app_tenantid: str
    app_type: AppType
    teams_service_url: str
    host: str
    port: int
    public_url: str
    data_dir: Path
    log_level: str
    undo_seconds: int
    max_attachment_bytes: int
    rate_limit_per_minute: int
    keep_processed_days: int
    keep_conversations_days: int
    keep_choices_days: int
    outbox_lease_seconds: int
    outbox_poll_seconds: int
    outbox_batch: int
    outbox_first_wait_seconds: int
    outbox_longest_wait_seconds: int
    outbox_give_up_hours: int
    feed_other_way_minutes: int
    drain_seconds: int
    metrics_token: str = field(repr=False)
    catalogue_file: Path | None
    organisation_file: Path | None
    systemoversikten_url: str
    systemoversikten_key: str = field(repr=False)
    systemoversikten_forvaltere_key: str = field(repr=False)
    systemoversikten_hour: int
    kompass_url: str
    kompass_tenant: str
    kompass_user: str
    kompass_password: str = field(repr=False)
    kompass_key_field: str
    kompass_fields_file: Path | None
    kompass_timeout_seconds: int
    kompass_search_lag_seconds: int
    kompass_poll_seconds: int

    @property
    def development(self) -> bool:
        """Whether demo identities and unauthenticated channels are allowed."""
        return self.mode is Mode.DEVELOPMENT

    @property
    def database_file(self) -> Path:
        """The one database of the installation."""
        return self.data_dir / "losen.db"

    @property
    def attachments_dir(self) -> Path:
        """Where the bytes of attachments lie, by their digest."""
        return self.data_dir / "attachments"


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of this environment; raises BadSettings naming every problem, one a line, never a secret's value."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in SETTINGS:
        text = environ.get(setting.name, "").strip() or setting.default
        try:
            values[setting.attribute] = setting.read(text)
        except ValueError as error:
            problems.append(f"{setting.name}: {error}" + ("" if setting.secret else f", not {text[:80]!r}"))
    problems += _cross_checks(values)
    if problems:
        raise BadSettings(
            f"{len(problems)} setting(s) are missing or wrong:\n" + "\n".join(f"  {one}" for one in problems)
        )
    return Settings(**values)


def _cross_checks(values: Mapping[str, Any]) -> list[str]:
    problems = []
    if values.get("mode") is Mode.PRODUCTION:
        if not values["app_id"]:
            problems.append(
                "APP_ID: must be set in production, since an empty one turns authentication off "
                "(LOSEN_MODE=development runs without it, on this machine only)"
            )
        if not values["app_tenantid"]:
            problems.append("APP_TENANTID: must be set in production, since messages of other tenants are refused")
        if values.get("app_type") is AppType.SINGLE_TENANT and not values["app_password"]:
            problems.append("APP_PASSWORD: must be set in production when APP_TYPE is SingleTenant")
    if values.get("mode") is Mode.DEVELOPMENT and values["host"] not in LOOPBACK:
        problems.append(
            f"HOST: development mode listens on this machine only ({', '.join(LOOPBACK)}), not {values['host']!r}"
        )
    first, longest = values.get("outbox_first_wait_seconds"), values.get("outbox_longest_wait_seconds")
    if first is not None and longest is not None and first > longest:
        problems.append("OUTBOX_FIRST_WAIT_SECONDS: must not be longer than OUTBOX_LONGEST_WAIT_SECONDS")
    return problems + _systemoversikten_checks(values) + _kompass_checks(values)


def _systemoversikten_checks(values: Mapping[str, Any]) -> list[str]:
    names = ("systemoversikten_url", "systemoversikten_key", "systemoversikten_forvaltere_key")
    if not all(name in values for name in names):
        return []
    url, key, forvaltere_key = (values[name] for name in names)
    problems = []
    if bool(url) != bool(key):
        problems.append("SYSTEMOVERSIKTEN_KEY: is set together with SYSTEMOVERSIKTEN_URL, or neither is")
    if forvaltere_key and not url:
        problems.append("SYSTEMOVERSIKTEN_FORVALTERE_KEY: is of no use without SYSTEMOVERSIKTEN_URL")
    if forvaltere_key and forvaltere_key == key:
        problems.append("SYSTEMOVERSIKTEN_FORVALTERE_KEY: must differ from SYSTEMOVERSIKTEN_KEY, or the server fails")
    return problems


def _kompass_checks(values: Mapping[str, Any]) -> list[str]:
    names = ("kompass_url", "kompass_tenant", "kompass_user", "kompass_password")
    if not all(name in values for name in names) or not any(values[name] for name in names):
        return []
    together = "address, tenant, user and password of Kompass are set together, or none is"
    return [f"{name.upper()}: missing; {together}" for name in names if not values[name]]


def _text(text: str) -> str:
    return text


def _one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        for one in kind:
            if one.value.lower() == text.lower():
                return one
        raise ValueError("must be one of " + ", ".join(one.value for one in kind))

    return read


def _log_level(text: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if text.upper() not in levels:
        raise ValueError("must be one of " + ", ".join(levels))
    return text.upper()


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        # int() also takes "1_000" and other scripts' digits; a setting is written in plain ones.
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def _origin(text: str) -> str:
    # A path would be lost: the pages link from the root.
    if text and not _ORIGIN.fullmatch(text):
        raise ValueError("must be https:// or http:// and a host, without a path")
    return text.rstrip("/")


def _path(text: str) -> Path:
    return Path(text)


def _service_url(text: str) -> str:
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


def _digits(text: str) -> str:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise ValueError("must be a number, such as 583754967")
    return text


def _property_name(text: str) -> str:
    if not _PROPERTY.fullmatch(text):
        raise ValueError("must be the name of a property, such as TeamsRef_c")
    return text


def _header_secret(text: str) -> str:
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise ValueError("must be plain signs without spaces, since it is sent in a header")
    return text


def _long_secret(text: str) -> str:
    if text and len(text) < _SHORTEST_SECRET:
        raise ValueError(f"must have at least {_SHORTEST_SECRET} signs, or it can be guessed")
    return _header_secret(text)


def _existing_file(text: str) -> Path | None:
    if not text:
        return None
    if not Path(text).is_file():
        raise ValueError("must be a file that exists")
    return Path(text)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "LOSEN_MODE", "production", "production, or development: demo identities, this machine only", _one_of(Mode)
    ),
    Setting("APP_ID", "", "application id of the bot in Entra; required in production", _text),
    Setting("APP_PASSWORD", "", "client secret of the bot; required when APP_TYPE is SingleTenant", _text, secret=True),
    Setting("APP_TENANTID", "", "the tenant whose users may talk to the bot; required in production", _text),
    Setting("APP_TYPE", "SingleTenant", "SingleTenant or UserAssignedMSI", _one_of(AppType)),
    Setting(
        "TEAMS_SERVICE_URL",
        "https://smba.trafficmanager.net/teams",
        "where Teams takes posts in channels; another one for a tenant in a cloud of its own",
        _service_url,
    ),
    Setting("HOST", "127.0.0.1", "address to listen on; development mode accepts only this machine's own", _text),
    Setting("PORT", "3978", "port to listen on", _number(1, 65535)),
    Setting(
        "PUBLIC_URL",
        "",
        "scheme and host under which readers see this server, for links in the feeds; empty: as it was asked for",
        _origin,
    ),
    Setting("DATA_DIR", "./var", "folder of the database and the attachments", _path),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR", _log_level),
    Setting(
        "UNDO_SECONDS",
        "20",
        "how long a confirmed case waits for a change of mind; critical ones do not",
        _number(0, 3600),
    ),
    Setting("MAX_ATTACHMENT_BYTES", "10485760", "largest file accepted, in bytes", _number(1, 1 << 30)),
    Setting(
        "RATE_LIMIT_PER_MINUTE",
        "60",
        "how many messages a person may send a minute; beyond it he is asked to wait",
        _number(1, 100_000),
    ),
    Setting(
        "KEEP_PROCESSED_DAYS", "7", "how long answers are kept for messages that are delivered again", _number(1, 365)
    ),
    Setting(
        "KEEP_CONVERSATIONS_DAYS",
        "90",
        "how long a conversation nobody continues is kept, with what was not sent",
        _number(14, 3650),
    ),
    Setting(
        "KEEP_CHOICES_DAYS",
        "180",
        "how long messages are kept with the form that was chosen for them, without saying whose they were",
        _number(1, 730),
    ),
    Setting(
        "OUTBOX_LEASE_SECONDS",
        "60",
        "after this long without a result, another worker takes an effect over",
        _number(5, 3600),
    ),
    Setting(
        "OUTBOX_POLL_SECONDS", "5", "how often the outbox is looked at when nothing wakes the worker", _number(1, 300)
    ),
    Setting("OUTBOX_BATCH", "32", "how many effects are carried out at the same time", _number(1, 100)),
    Setting("OUTBOX_FIRST_WAIT_SECONDS", "2", "wait before the second attempt; doubles each time", _number(1, 3600)),
    Setting("OUTBOX_LONGEST_WAIT_SECONDS", "900", "longest wait between two attempts", _number(1, 86400)),
    Setting(
        "OUTBOX_GIVE_UP_HOURS",
        "72",
        "after this long an effect is marked as failed and a person must look",
        _number(1, 720),
    ),
    Setting(
        "FEED_OTHER_WAY_MINUTES",
        "10",
        "after this long a notice that does not reach a target goes to what stands in for it too",
        _number(0, 1440),
    ),
    Setting("DRAIN_SECONDS", "10", "how long a stop waits for effects that are being carried out", _number(0, 300)),
    Setting(
        "METRICS_TOKEN",
        "",
        "whoever sends this may read /metrics, from anywhere; empty: only this machine may, without one",
        _long_secret,
        secret=True,
    ),
    Setting("CATALOGUE_FILE", "", "another catalogue, JSON, JSON Lines or CSV; empty: the one shipped", _existing_file),
    Setting("ORGANISATION_FILE", "", "another organisation file; empty: the one shipped", _existing_file),
    Setting(
        "SYSTEMOVERSIKTEN_URL", "", "address of Systemoversikten; empty: the register of systems shipped", _service_url
    ),
    Setting(
        "SYSTEMOVERSIKTEN_KEY", "", "key of its tables under /api/; goes with the address", _header_secret, secret=True
    ),
    Setting(
        "SYSTEMOVERSIKTEN_FORVALTERE_KEY",
        "",
        "another key, of the table with the names of forvaltere; empty: addresses without names",
        _header_secret,
        secret=True,
    ),
    Setting("SYSTEMOVERSIKTEN_HOUR", "3", "at which hour of the night it is fetched", _number(0, 23)),
    Setting("KOMPASS_URL", "", "address of Kompass (OpenText SMAX); empty: the local case register", _service_url),
    Setting("KOMPASS_TENANT", "", "number of the tenant in Kompass; goes with the address", _digits),
    Setting("KOMPASS_USER", "", "the integration user of the bot in Kompass; goes with the address", _text),
    Setting("KOMPASS_PASSWORD", "", "the password of that user; goes with the address", _text, secret=True),
    Setting(
        "KOMPASS_KEY_FIELD",
        "ExternalProcessReference",
        "the property of a Request that holds our own key: writable, searchable, left alone by business rules",
        _property_name,
    ),
    Setting("KOMPASS_FIELDS_FILE", "", "YAML with the names this tenant has changed", _existing_file),
    Setting("KOMPASS_TIMEOUT_SECONDS", "30", "how long one call to Kompass may take", _number(1, 300)),
    Setting(
        "KOMPASS_SEARCH_LAG_SECONDS",
        "60",
        "how long a new case may be missing from searches; only after this and the time of a call is it sent again",
        _number(0, 3600),
    ),
    Setting(
        "KOMPASS_POLL_SECONDS", "60", "how often Kompass is asked what others have done to open cases", _number(1, 3600)
    ),
)
"""The table of settings, in the order of the operator's manual."""
