"""Settings: all problems at once, secrets never shown, and the two rules that guard the door."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import SETTINGS, AppType, Mode, Settings, load_settings
from knowledge.errors import BadSettings

PRODUCTION = {"APP_ID": "app", "APP_PASSWORD": "s3cret-word", "APP_TENANTID": "tenant"}
DEVELOPMENT = {"LOSEN_MODE": "development"}


def problems(environ: dict[str, str]) -> str:
    with pytest.raises(BadSettings) as caught:
        load_settings(environ)
    return str(caught.value)


def test_development_needs_nothing_else() -> None:
    settings = load_settings(DEVELOPMENT)
    assert settings.development
    assert (settings.host, settings.port, settings.undo_seconds) == ("127.0.0.1", 3978, 20)
    assert settings.database_file == Path("var/losen.db")
    assert settings.attachments_dir == Path("var/attachments")


def test_production_is_the_default_and_needs_who_the_bot_is() -> None:
    told = problems({})
    assert "3 setting(s)" in told
    for name in ("APP_ID:", "APP_TENANTID:", "APP_PASSWORD:"):
        assert name in told


def test_production_with_everything() -> None:
    settings = load_settings({**PRODUCTION, "HOST": "0.0.0.0"})  # noqa: S104  that is what is allowed here
    assert (settings.mode, settings.app_type, settings.host) == (Mode.PRODUCTION, AppType.SINGLE_TENANT, "0.0.0.0")  # noqa: S104


@pytest.mark.parametrize("blank", ["", "   ", "\t"])
def test_an_empty_app_id_is_refused_in_production(blank: str) -> None:
    assert "APP_ID: must be set in production" in problems({**PRODUCTION, "APP_ID": blank})


def test_a_managed_identity_has_no_password() -> None:
    environ = {"APP_ID": "app", "APP_TENANTID": "tenant", "APP_TYPE": "userassignedmsi"}
    assert load_settings(environ).app_type is AppType.MANAGED_IDENTITY
    assert "APP_PASSWORD" in problems({**environ, "APP_TYPE": "SingleTenant"})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "losen.example", "127.0.0.1.example"])  # noqa: S104
def test_development_listens_on_this_machine_only(host: str) -> None:
    assert "HOST: development mode listens on this machine only" in problems({**DEVELOPMENT, "HOST": host})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_all_names_of_this_machine_will_do(host: str) -> None:
    assert load_settings({**DEVELOPMENT, "HOST": host}).host == host


def test_all_problems_are_told_at_once() -> None:
    told = problems(
        {
            "LOSEN_MODE": "test",
            "APP_TYPE": "MultiTenant",
            "PORT": "99999",
            "UNDO_SECONDS": "-1",
            "LOG_LEVEL": "LOUD",
            "CATALOGUE_FILE": "/no/such/file.json",
            "OUTBOX_FIRST_WAIT_SECONDS": "100",
            "OUTBOX_LONGEST_WAIT_SECONDS": "10",
        }
    )
    assert told.startswith("7 setting(s) are missing or wrong:\n")
    for name in (
        "LOSEN_MODE",
        "APP_TYPE",
        "PORT",
        "UNDO_SECONDS",
        "LOG_LEVEL",
        "CATALOGUE_FILE",
        "OUTBOX_FIRST_WAIT_SECONDS",
    ):
        assert f"\n  {name}: " in told


@pytest.mark.parametrize("number", ["", "x", "1.5", "1_0", "٣", "+1", "1 0"])
def test_a_number_is_written_in_plain_digits(number: str) -> None:
    if number:
        assert "PORT: must be a whole number from 1 to 65535" in problems({**DEVELOPMENT, "PORT": number})
    else:
        assert load_settings({**DEVELOPMENT, "PORT": number}).port == 3978


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("https://losen.example.org", "https://losen.example.org"),
        ("https://losen.example.org:8443/", "https://losen.example.org:8443"),
        ("http://[::1]:3978", "http://[::1]:3978"),
    ],
)
def test_the_public_address_has_no_path(text: str, address: str) -> None:
    assert load_settings({**DEVELOPMENT, "PUBLIC_URL": text}).public_url == address


@pytest.mark.parametrize(
    "text", ["losen.example.org", "ftp://a.example", "https://a.example/bot", "https://", "https://a b", "https://a?b"]
)
def test_another_public_address_is_refused(text: str) -> None:
    assert "PUBLIC_URL: must be" in problems({**DEVELOPMENT, "PUBLIC_URL": text})


def test_secrets_are_shown_nowhere() -> None:
    assert "s3cret-word" not in repr(load_settings(PRODUCTION))
    assert "s3cret-word" not in problems({**PRODUCTION, "PORT": "x", "APP_ID": ""})


def test_files_are_found_or_refused(tmp_path: Path) -> None:
    catalogue = tmp_path / "forms.json"
    catalogue.write_text("[]")
    settings = load_settings({**DEVELOPMENT, "CATALOGUE_FILE": str(catalogue)})
    assert (settings.catalogue_file, settings.organisation_file) == (catalogue, None)
    assert "ORGANISATION_FILE" in problems({**DEVELOPMENT, "ORGANISATION_FILE": str(tmp_path)})


def test_the_table_and_the_settings_are_the_same() -> None:
    assert [*(setting.attribute for setting in SETTINGS), "secret_files"] == [one.name for one in fields(Settings)]
    assert all(setting.what and setting.what[-1] != "." for setting in SETTINGS)
    hidden = {one.name for one in fields(Settings) if not one.repr}
    assert {setting.attribute for setting in SETTINGS if setting.secret} == hidden


@given(st.dictionaries(st.sampled_from([one.name for one in SETTINGS]), st.text(max_size=30)))
def test_any_environment_gives_settings_or_a_list_of_what_is_wrong(environ: dict[str, str]) -> None:
    try:
        settings = load_settings(environ)
    except BadSettings as error:
        told = str(error)
    else:
        told = ""
        assert settings.development or settings.app_id
    assert told == "" or re.fullmatch(r"\d+ setting\(s\) are missing or wrong:(\n  [A-Z_]+: .+)+", told)


KOMPASS = {
    "KOMPASS_URL": "https://saas.example.org/",
    "KOMPASS_TENANT": "583754967",
    "KOMPASS_USER": "svc",
    "KOMPASS_PASSWORD": "s3cret-word",
}


def test_kompass_is_set_up_whole_or_not_at_all() -> None:
    settings = load_settings({**DEVELOPMENT, **KOMPASS})
    assert (settings.kompass_url, settings.kompass_key_field) == (
        "https://saas.example.org",
        "ExternalProcessReference",
    )
    assert "s3cret-word" not in repr(settings)
    for name in KOMPASS:
        assert f"{name}: missing" in problems({**DEVELOPMENT, **KOMPASS, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOMPASS_URL", "http://saas.example.org"),
        ("KOMPASS_URL", "https://user:pw@saas.example.org"),
        ("KOMPASS_TENANT", "583 754"),
        ("KOMPASS_KEY_FIELD", "Id or 1=1"),
        ("KOMPASS_FIELDS_FILE", "/nowhere/names.yaml"),
        ("KOMPASS_TIMEOUT_SECONDS", "0"),
        ("KOMPASS_POLL_SECONDS", "soon"),
        ("KOMPASS_CATALOGUE_HOUR", "24"),
    ],
)
def test_a_wrong_setting_of_kompass_is_told(name: str, value: str) -> None:
    assert f"{name}:" in problems({**DEVELOPMENT, **KOMPASS, name: value})
    assert load_settings({**DEVELOPMENT, **KOMPASS, "KOMPASS_URL": "http://127.0.0.1:8078"}).kompass_url


def test_the_catalogue_is_fetched_at_an_hour_or_never_and_not_beside_a_file(tmp_path: Path) -> None:
    assert load_settings({**DEVELOPMENT, **KOMPASS}).kompass_catalogue_hour is None
    assert load_settings({**DEVELOPMENT, **KOMPASS, "KOMPASS_CATALOGUE_HOUR": "0"}).kompass_catalogue_hour == 0
    assert "no use without KOMPASS_URL" in problems({**DEVELOPMENT, "KOMPASS_CATALOGUE_HOUR": "3"})
    file = tmp_path / "forms.json"
    file.write_text("[]")
    beside = {**DEVELOPMENT, **KOMPASS, "KOMPASS_CATALOGUE_HOUR": "3", "CATALOGUE_FILE": str(file)}
    assert "never be used beside CATALOGUE_FILE" in problems(beside)


class TestSecretFiles:
    def test_a_secret_may_stand_in_a_file_and_change_there(self, tmp_path: Path) -> None:
        file = tmp_path / "password"
        file.write_text("s3cret-word\n", encoding="utf-8")
        environ = {name: value for name, value in PRODUCTION.items() if name != "APP_PASSWORD"}
        settings = load_settings({**environ, "APP_PASSWORD_FILE": str(file)})
        assert settings.app_password == settings.secret_files.now("APP_PASSWORD", "at start") == "s3cret-word"
        file.write_text("an0ther-word", encoding="utf-8")
        assert settings.secret_files.now("APP_PASSWORD", "at start") == "an0ther-word"
        file.unlink()
        assert settings.secret_files.now("APP_PASSWORD", "at start") == "at start"
        assert "s3cret-word" not in repr(settings)

    def test_one_given_in_the_environment_stays(self) -> None:
        assert load_settings(PRODUCTION).secret_files.now("APP_PASSWORD", "s3cret-word") == "s3cret-word"

    def test_a_file_that_is_not_there_and_one_too_many_are_told(self, tmp_path: Path) -> None:
        told = problems({**PRODUCTION, "APP_PASSWORD_FILE": "x", "METRICS_TOKEN_FILE": str(tmp_path / "none")})
        assert "APP_PASSWORD_FILE: is set, and APP_PASSWORD too" in told
        assert "METRICS_TOKEN_FILE: cannot be read (FileNotFoundError)" in told
        assert "s3cret-word" not in told
