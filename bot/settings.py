"""Settings of an installation, read once from the environment and checked as a whole.

Every wrong or missing setting is found before anything starts, and all of them are told at once. Two rules guard the
door: the Bot Framework turns authentication off when the app id is empty, so production is refused without one; and
development mode, which has a picker of made-up identities, only ever listens on this machine. Secrets stand neither
in `repr` nor in an error text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.secret_files import SecretFiles, read_secrets
from bot.setting_readers import (
    LOOPBACK,
    as_it_is,
    digits,
    email_address,
    existing_file,
    header_secret,
    log_level,
    long_secret,
    number,
    number_or_never,
    one_of,
    origin,
    path,
    property_name,
    service_url,
)
from knowledge.errors import BadSettings


class Mode(StrEnum):
    """Production meets real users; development has demo identities and no authentication."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"


class Encryption(StrEnum):
    """How the connection to the mail server is encrypted; never is only for one on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    NEVER = "never"


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
    radar_false_alarms_per_week: int
    outbox_lease_seconds: int
    outbox_poll_seconds: int
    outbox_batch: int
    outbox_first_wait_seconds: int
    outbox_longest_wait_seconds: int
    outbox_give_up_hours: int
    feed_other_way_minutes: int
    engage_url: str
    engage_refresh_token: str = field(repr=False)
    workplace_url: str
    workplace_token: str = field(repr=False)
    smtp_host: str
    smtp_port: int
    smtp_encryption: Encryption
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_from: str
    drain_seconds: int
    metrics_token: str = field(repr=False)
    otlp_endpoint: str
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
    kompass_catalogue_hour: int | None
    secret_files: SecretFiles = field(default_factory=SecretFiles)
    """where secrets stand; those of Teams and Kompass may change there while the bot runs"""

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
    environ, files, problems = read_secrets(environ, [setting.name for setting in SETTINGS if setting.secret])
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
    return Settings(**values, secret_files=files)


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
    checks = (_systemoversikten_checks, _kompass_checks, _catalogue_checks, _mail_checks)
    return problems + [problem for check in checks for problem in check(values)]


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


def _catalogue_checks(values: Mapping[str, Any]) -> list[str]:
    if values.get("kompass_catalogue_hour") is None:
        return []
    problems = []
    if values.get("kompass_url") == "":
        problems.append("KOMPASS_CATALOGUE_HOUR: is of no use without KOMPASS_URL")
    if values.get("catalogue_file"):
        problems.append("KOMPASS_CATALOGUE_HOUR: what is fetched would never be used beside CATALOGUE_FILE")
    return problems


def _mail_checks(values: Mapping[str, Any]) -> list[str]:
    problems = []
    if bool(values.get("smtp_user")) != bool(values.get("smtp_password")):
        problems.append("SMTP_PASSWORD: is set together with SMTP_USER, or neither is")
    if values.get("smtp_encryption") is Encryption.NEVER and values.get("smtp_host") not in ("", *LOOPBACK):
        problems.append("SMTP_ENCRYPTION: must not be never, since others could read and change the mail on its way")
    return problems


SETTINGS: tuple[Setting, ...] = (
    Setting("LOSEN_MODE", "production", "production, or development: demo identities, this machine only", one_of(Mode)),
    Setting("APP_ID", "", "application id of the bot in Entra; required in production", as_it_is),
    Setting(
        "APP_PASSWORD", "", "client secret of the bot; required when APP_TYPE is SingleTenant", as_it_is, secret=True
    ),
    Setting("APP_TENANTID", "", "the tenant whose users may talk to the bot; required in production", as_it_is),
    Setting("APP_TYPE", "SingleTenant", "SingleTenant or UserAssignedMSI", one_of(AppType)),
    Setting(
        "TEAMS_SERVICE_URL",
        "https://smba.trafficmanager.net/teams",
        "where Teams takes posts in channels; another one for a tenant in a cloud of its own",
        service_url,
    ),
    Setting("HOST", "127.0.0.1", "address to listen on; development mode accepts only this machine's own", as_it_is),
    Setting("PORT", "3978", "port to listen on", number(1, 65535)),
    Setting(
        "PUBLIC_URL",
        "",
        "scheme and host under which readers see this server, for links in the feeds; empty: as it was asked for",
        origin,
    ),
    Setting("DATA_DIR", "./var", "folder of the database and the attachments", path),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR", log_level),
    Setting(
        "UNDO_SECONDS",
        "20",
        "how long a confirmed case waits for a change of mind; critical ones do not",
        number(0, 3600),
    ),
    Setting("MAX_ATTACHMENT_BYTES", "10485760", "largest file accepted, in bytes", number(1, 1 << 30)),
    Setting(
        "RATE_LIMIT_PER_MINUTE",
        "60",
        "how many messages a person may send a minute; beyond it he is asked to wait",
        number(1, 100_000),
    ),
    Setting(
        "KEEP_PROCESSED_DAYS", "7", "how long answers are kept for messages that are delivered again", number(1, 365)
    ),
    Setting(
        "KEEP_CONVERSATIONS_DAYS",
        "90",
        "how long a conversation nobody continues is kept, with what was not sent",
        number(14, 3650),
    ),
    Setting(
        "KEEP_CHOICES_DAYS",
        "180",
        "how long messages are kept with the form that was chosen for them, without saying whose they were",
        number(1, 730),
    ),
    Setting("RADAR_FALSE_ALARMS_PER_WEEK", "1", "suspicions chance alone may raise a week; 0: none", number(0, 50)),
    Setting(
        "OUTBOX_LEASE_SECONDS",
        "60",
        "after this long without a result, another worker takes an effect over",
        number(5, 3600),
    ),
    Setting(
        "OUTBOX_POLL_SECONDS", "5", "how often the outbox is looked at when nothing wakes the worker", number(1, 300)
    ),
    Setting("OUTBOX_BATCH", "32", "how many effects are carried out at the same time", number(1, 100)),
    Setting("OUTBOX_FIRST_WAIT_SECONDS", "2", "wait before the second attempt; doubles each time", number(1, 3600)),
    Setting("OUTBOX_LONGEST_WAIT_SECONDS", "900", "longest wait between two attempts", number(1, 86400)),
    Setting(
        "OUTBOX_GIVE_UP_HOURS",
        "72",
        "after this long an effect is marked as failed and a person must look",
        number(1, 720),
    ),
    Setting(
        "FEED_OTHER_WAY_MINUTES",
        "10",
        "after this long a notice that does not reach a target goes to what stands in for it too",
        number(0, 1440),
    ),
    Setting("ENGAGE_URL", "https://www.yammer.com", "where Viva Engage takes posts in communities", service_url),
    Setting(
        "ENGAGE_REFRESH_TOKEN",
        "",
        "refresh token of the account that posts in Viva Engage; needed when a group has such a target",
        header_secret,
        secret=True,
    ),
    Setting("WORKPLACE_URL", "https://graph.workplace.com", "where Workplace takes posts in groups", service_url),
    Setting(
        "WORKPLACE_TOKEN",
        "",
        "token of the integration that posts in Workplace; needed when a group has such a target",
        header_secret,
        secret=True,
    ),
    Setting("SMTP_HOST", "", "the mail server; needed when a group has a target by e-mail", as_it_is),
    Setting("SMTP_PORT", "587", "its port; 465 goes with SMTP_ENCRYPTION tls", number(1, 65535)),
    Setting(
        "SMTP_ENCRYPTION",
        "starttls",
        "starttls, tls, or never; never only for a mail server on this machine",
        one_of(Encryption),
    ),
    Setting("SMTP_USER", "", "who logs in there; empty: it knows this machine", as_it_is),
    Setting("SMTP_PASSWORD", "", "the password of that user", as_it_is, secret=True),
    Setting("SMTP_FROM", "", "the address notices come from; empty: that of the desk", email_address),
    Setting("DRAIN_SECONDS", "10", "how long a stop waits for effects that are being carried out", number(0, 300)),
    Setting(
        "METRICS_TOKEN",
        "",
        "whoever sends this may read /metrics, from anywhere; empty: only this machine may, without one",
        long_secret,
        secret=True,
    ),
    Setting(
        "OTLP_ENDPOINT",
        "",
        "address of an OpenTelemetry collector that gets traces (OTLP over HTTP); empty: none are made",
        service_url,
    ),
    Setting("CATALOGUE_FILE", "", "another catalogue, JSON, JSON Lines or CSV; empty: the one shipped", existing_file),
    Setting("ORGANISATION_FILE", "", "another organisation file; empty: the one shipped", existing_file),
    Setting(
        "SYSTEMOVERSIKTEN_URL", "", "address of Systemoversikten; empty: the register of systems shipped", service_url
    ),
    Setting(
        "SYSTEMOVERSIKTEN_KEY", "", "key of its tables under /api/; goes with the address", header_secret, secret=True
    ),
    Setting(
        "SYSTEMOVERSIKTEN_FORVALTERE_KEY",
        "",
        "another key, of the table with the names of forvaltere; empty: addresses without names",
        header_secret,
        secret=True,
    ),
    Setting("SYSTEMOVERSIKTEN_HOUR", "3", "at which hour of the night it is fetched", number(0, 23)),
    Setting("KOMPASS_URL", "", "address of Kompass (OpenText SMAX); empty: the local case register", service_url),
    Setting("KOMPASS_TENANT", "", "number of the tenant in Kompass; goes with the address", digits),
    Setting("KOMPASS_USER", "", "the integration user of the bot in Kompass; goes with the address", as_it_is),
    Setting("KOMPASS_PASSWORD", "", "the password of that user; goes with the address", as_it_is, secret=True),
    Setting(
        "KOMPASS_KEY_FIELD",
        "ExternalProcessReference",
        "the property of a Request that holds our own key: writable, searchable, left alone by business rules",
        property_name,
    ),
    Setting("KOMPASS_FIELDS_FILE", "", "YAML with the names this tenant has changed", existing_file),
    Setting("KOMPASS_TIMEOUT_SECONDS", "30", "how long one call to Kompass may take", number(1, 300)),
    Setting(
        "KOMPASS_SEARCH_LAG_SECONDS",
        "60",
        "how long a new case may be missing from searches; only after this and the time of a call is it sent again",
        number(0, 3600),
    ),
    Setting(
        "KOMPASS_POLL_SECONDS", "60", "how often Kompass is asked what others have done to open cases", number(1, 3600)
    ),
    Setting(
        "KOMPASS_CATALOGUE_HOUR",
        "",
        "at which hour of the night the forms are fetched from Kompass and taken into use; empty: never",
        number_or_never(0, 23),
    ),
)
"""The table of settings, in the order of the operator's manual."""
