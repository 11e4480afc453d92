"""The package for Teams: by Microsoft's published schemas, by the rules they cannot say, and by what the bot can do."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft7Validator, FormatChecker

import app
from bot.teams_app.icons import colour_icon, outline_icon
from bot.teams_app.manifest import MANIFEST_VERSION, Installation, localisation, manifest
from bot.teams_app.package import package_files, write_package
from dialogs.commands import Command, find_command
from dialogs.texts import Texts, load_texts
from knowledge.errors import BadSettings
from knowledge.library import DATA
from knowledge.organisation import load_organisation
from tests.bot.teams_app.fetch_schemas import TARGET, is_there

ID = "6f0d2d3e-8f3a-4c62-9f5b-3a8f0d7c1e42"
HERE = Installation(ID, "https://losen.example.org", "1.2.3", load_organisation(DATA / "organisation.yaml"))
TEXTS = load_texts()

COMMANDS = {
    "report": Command.REPORT_FAULT, "order": Command.ORDER, "which_form": Command.WHICH_FORM,
    "notices": Command.NOTICES, "handover": Command.HANDOVER, "help": Command.HELP, "status": Command.STATUS,
    "inbox": Command.INBOX, "notice": Command.NOTICE, "about_me": Command.ABOUT_ME,
}  # fmt: skip


def files() -> Mapping[str, bytes]:
    return package_files(HERE, TEXTS)


def published(name: str) -> list[Draft4Validator | Draft7Validator]:
    """A published schema, read twice: it says that it is written in draft 4, but uses `const`, which came later."""
    if not is_there(name):
        pytest.skip("the published schema has not been fetched (make schemas)")
    schema = json.loads((TARGET / name).read_text(encoding="utf-8"))
    assert "draft-04" in schema["$schema"]
    Draft4Validator.check_schema(schema)
    return [draft(schema, format_checker=FormatChecker()) for draft in (Draft4Validator, Draft7Validator)]


def problems(validators: list[Draft4Validator | Draft7Validator], value: object) -> list[str]:
    return [
        f"{list(error.absolute_path)}: {error.message}"
        for validator in validators
        for error in validator.iter_errors(value)
    ]


def test_the_manifest_is_right_by_the_published_schema() -> None:
    assert not problems(published("MicrosoftTeams.schema.json"), json.loads(files()["manifest.json"]))


@pytest.mark.parametrize("name", ["nn-no.json", "en.json"])
def test_the_other_languages_are_right_by_the_published_schema(name: str) -> None:
    assert not problems(published("MicrosoftTeams.Localization.schema.json"), json.loads(files()[name]))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("id", "losen"),
        ("accentColor", "blue"),
        ("manifestVersion", "1.0"),
        ("name", {"short": "x" * 31}),
        ("surprise", 1),
        ("bots", [{"botId": ID, "scopes": ["groupchat"]}]),
    ],
)
def test_the_published_schema_refuses_what_is_wrong(place: str, value: object) -> None:
    """Else the tests above would prove nothing."""
    assert problems(published("MicrosoftTeams.schema.json"), {**manifest(HERE, TEXTS), place: value})


# By the rules, whether or not the schema is at hand


def test_the_manifest_has_what_teams_demands() -> None:
    made = manifest(HERE, TEXTS)
    assert made["manifestVersion"] == MANIFEST_VERSION
    assert (made["version"], made["id"], made["bots"][0]["botId"]) == ("1.2.3", ID, ID)
    assert len(made["name"]["short"]) <= 30
    assert len(made["name"]["full"]) <= 100
    assert len(made["description"]["short"]) <= 80
    assert len(made["description"]["full"]) <= 4000
    assert len(made["developer"]["name"]) <= 32
    assert all(made["developer"][name].startswith("https://") for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl"))
    assert made["validDomains"] == ["losen.example.org"]


def test_the_bot_is_everywhere_and_takes_files() -> None:
    bot = manifest(HERE, TEXTS)["bots"][0]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert (bot["supportsFiles"], bot["isNotificationOnly"]) == (True, False)
    assert [one["scopes"] for one in bot["commandLists"]] == [["personal"], ["team", "groupChat"]]
    for one in bot["commandLists"]:
        assert 1 <= len(one["commands"]) <= 10
        assert all(len(command["title"]) <= 32 for command in one["commands"])
        assert all(len(command["description"]) <= 128 for command in one["commands"])


def test_it_asks_for_no_right_it_does_not_use_and_promises_nothing_it_has_not() -> None:
    made = manifest(HERE, TEXTS)
    assert not {"authorization", "webApplicationInfo", "staticTabs", "devicePermissions"} & set(made)
    assert made["permissions"] == ["identity"]


def test_bokmaal_is_the_default_and_the_others_have_every_string() -> None:
    made = manifest(HERE, TEXTS)
    info = made["localizationInfo"]
    assert info["defaultLanguageTag"] == "nb-no"
    assert [one["languageTag"] for one in info["additionalLanguages"]] == ["nn-no", "en"]
    package = files()
    wanted = {
        "name.short", "name.full", "description.short", "description.full",
        *(
            f"bots[0].commandLists[{place}].commands[{number}].{what}"
            for place, one in enumerate(made["bots"][0]["commandLists"])
            for number in range(len(one["commands"]))
            for what in ("title", "description")
        ),
        *(f"composeExtensions[0].commands[{number}].{what}" for number in (0, 1) for what in ("title", "description")),
        *(f"composeExtensions[0].commands[0].parameters[0].{what}" for what in ("title", "description")),
    }  # fmt: skip
    for one in info["additionalLanguages"]:
        assert set(json.loads(package[one["file"]])) - {"$schema"} == wanted


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_list_is_one_the_bot_understands(language: str, name: str) -> None:
    said = find_command(TEXTS[language](f"teams_app.{name}"))
    assert said is not None
    assert said.command is COMMANDS[name]


def test_what_shows_ones_own_things_is_offered_in_private_only() -> None:
    private, shared = manifest(HERE, TEXTS)["bots"][0]["commandLists"]
    titles = [{command["title"] for command in one["commands"]} for one in (private, shared)]
    assert len(titles[0]) == len(COMMANDS)
    assert titles[1] < titles[0]
    own = {TEXTS["nb"](f"teams_app.{name}") for name in ("status", "inbox", "about_me", "notice")}
    assert not own & titles[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"app_id": ""}, "APP_ID"),
        ({"app_id": "losen"}, "APP_ID"),
        ({"public_url": "http://losen.example.org"}, "PUBLIC_URL"),
        ({"public_url": "https://localhost"}, "PUBLIC_URL"),
        ({"organisation": replace(HERE.organisation, links={})}, "personvern"),
    ],
)
def test_what_teams_would_refuse_is_refused_here(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        manifest(replace(HERE, **change), TEXTS)


def test_a_text_that_is_too_long_is_named() -> None:
    entries = {**TEXTS["en"].entries, "teams_app.short": "x" * 81}
    with pytest.raises(BadSettings, match=r"in en: description\.short$"):
        localisation(Texts("en", entries, entries), HERE.organisation)


def test_a_long_name_of_the_agency_gives_way_to_the_short_one() -> None:
    long = replace(HERE, organisation=replace(HERE.organisation, agency="E" * 33, agency_short="DIG"))
    assert manifest(long, TEXTS)["developer"]["name"] == "DIG"


def test_without_a_public_address_no_domain_is_named() -> None:
    assert manifest(replace(HERE, public_url=""), TEXTS)["validDomains"] == []


# Icons


def pixels(png: bytes) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """Width, height and RGBA of a PNG without filters, as another reader would have them."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length) == (zlib.crc32(kind + content),)
        chunks[kind] = content
        at += 12 + length
    width, height, depth, colour, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colour) == (8, 6)
    data = zlib.decompress(chunks[b"IDAT"])
    lines = [data[start : start + 1 + width * 4] for start in range(0, len(data), 1 + width * 4)]
    assert {line[0] for line in lines} == {0}
    assert len(lines) == height
    return width, height, [(*line[place : place + 4],) for line in lines for place in range(1, 1 + width * 4, 4)]


def test_the_colour_icon_is_whole_and_has_several_colours() -> None:
    width, height, shown = pixels(colour_icon())
    assert (width, height) == (192, 192)
    assert {alpha for *_, alpha in shown} == {255}
    assert shown[0] == (0x2A, 0x28, 0x59, 255)
    assert {(255, 255, 255, 255), (249, 198, 107, 255)} <= set(shown)


def test_the_outline_icon_is_white_on_nothing() -> None:
    width, height, shown = pixels(outline_icon())
    assert (width, height) == (32, 32)
    assert {colour[:3] for colour in shown} == {(255, 255, 255)}
    alphas = [alpha for *_, alpha in shown]
    assert alphas[0] == 0
    assert 0.15 < sum(alphas) / 255 / len(alphas) < 0.6


# The file


def test_the_same_settings_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_package(files(), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


def test_the_command_writes_a_package_with_everything_it_points_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("APP_ID", ID)
    monkeypatch.setenv("PUBLIC_URL", "https://losen.example.org")
    out = tmp_path / "losen.zip"
    assert app.main(["teams-app", "--out", str(out)]) == 0
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        made = json.loads(package.read("manifest.json"))
    icons = set(made["icons"].values())
    languages = {one["file"] for one in made["localizationInfo"]["additionalLanguages"]}
    assert names == {"manifest.json"} | icons | languages
    told = capsys.readouterr()
    assert "losen.zip: version " in told.out
    assert "personvern" in told.err  # the shipped links are for demonstration


def test_the_command_without_an_app_id_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("APP_ID", raising=False)
    assert app.main(["teams-app", "--out", str(tmp_path / "losen.zip")]) == 2
    assert "APP_ID" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
