"""The settings of Systemoversikten: where a key may be sent, and what goes together."""

from __future__ import annotations

import pytest

from bot.settings import load_settings
from knowledge.errors import BadSettings

WITHOUT = {"LOSEN_MODE": "development"}
WITH = {**WITHOUT, "SYSTEMOVERSIKTEN_URL": "https://kartoteket.example.org", "SYSTEMOVERSIKTEN_KEY": "nokkel"}


def problems(**changes: str) -> str:
    with pytest.raises(BadSettings) as refused:
        load_settings({**WITH, **changes})
    return str(refused.value)


def test_without_any_the_shipped_register_is_used() -> None:
    settings = load_settings(WITHOUT)
    assert (settings.systemoversikten_url, settings.systemoversikten_key, settings.systemoversikten_hour) == ("", "", 3)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://kartoteket.example.org", "https://kartoteket.example.org"),
        ("https://kartoteket.example.org:8443/inn/", "https://kartoteket.example.org:8443/inn"),
        ("http://127.0.0.1:8077", "http://127.0.0.1:8077"),
        ("http://localhost:8077/", "http://localhost:8077"),
        ("http://[::1]:8077", "http://[::1]:8077"),
    ],
)
def test_a_key_goes_over_https_or_to_this_machine(url: str, kept: str) -> None:
    assert load_settings({**WITH, "SYSTEMOVERSIKTEN_URL": url}).systemoversikten_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "http://kartoteket.example.org",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "http://127.0.0.1@kartoteket.example.org",
        "https://bruker:passord@kartoteket.example.org",
        "https://@kartoteket.example.org",
        "https://kartoteket.example.org/?key=x",
        "https://kartoteket.example.org/#x",
        "https://kartoteket.example.org:99999",
        "https://karto teket.example.org",
        "https://[",
        "https://",
        "ftp://kartoteket.example.org",
        "kartoteket.example.org",
        "//kartoteket.example.org",
    ],
)
def test_no_other_address_gets_it(url: str) -> None:
    assert "SYSTEMOVERSIKTEN_URL: must be" in problems(SYSTEMOVERSIKTEN_URL=url)


@pytest.mark.parametrize("name", ["SYSTEMOVERSIKTEN_URL", "SYSTEMOVERSIKTEN_KEY"])
def test_address_and_key_go_together(name: str) -> None:
    assert "SYSTEMOVERSIKTEN_KEY: is set together with" in problems(**{name: ""})


def test_the_two_keys_differ_since_the_server_fails_otherwise() -> None:
    assert "must differ" in problems(SYSTEMOVERSIKTEN_FORVALTERE_KEY="nokkel")
    assert load_settings({**WITH, "SYSTEMOVERSIKTEN_FORVALTERE_KEY": "annen"}).systemoversikten_forvaltere_key


def test_the_second_key_needs_an_address() -> None:
    with pytest.raises(BadSettings, match="of no use without"):
        load_settings({**WITHOUT, "SYSTEMOVERSIKTEN_FORVALTERE_KEY": "annen"})


@pytest.mark.parametrize("key", ["to ord", "linje\r\nX-Annen: 1", "nøkkel", "\x00x"])
@pytest.mark.parametrize("name", ["SYSTEMOVERSIKTEN_KEY", "SYSTEMOVERSIKTEN_FORVALTERE_KEY"])
def test_a_key_that_would_break_its_header_is_refused_and_not_shown(name: str, key: str) -> None:
    told = problems(**{name: key})
    assert f"{name}: must be plain signs" in told
    assert key not in told


@pytest.mark.parametrize("hour", ["24", "-1", "tre", "3.5"])
def test_the_hour_is_one_of_the_day(hour: str) -> None:
    assert "SYSTEMOVERSIKTEN_HOUR: must be a whole number from 0 to 23" in problems(SYSTEMOVERSIKTEN_HOUR=hour)
