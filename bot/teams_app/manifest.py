"""The app's manifest for Teams, and its strings in the other languages.

What is left out is left out on purpose. No resource-specific permission: the bot hears only what is said to it, which
needs none (with one it would get every message of the channel). No tabs: the bot has none, and a manifest that
promises one makes Teams show an error.

Scopes are spelled as the published schema has them ("groupChat"). A command's title is what Teams writes for the
person who picks it, so every title is a command the dialogs understand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.setting_readers import LOOPBACK
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from knowledge.errors import BadSettings
from knowledge.organisation import Organisation

MANIFEST_VERSION = "1.19"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json"
LOCALISATION_SCHEMA = SCHEMA.replace("MicrosoftTeams.", "MicrosoftTeams.Localization.")

TAGS: Mapping[str, str] = {"nb": "nb-no", "nn": "nn-no", "en": "en"}
"""Teams' tags for our languages. A tag without a country serves every country's variant."""

ACCENT = "#2A2859"
COLOUR_ICON, OUTLINE_ICON = "color.png", "outline.png"

LINKS = ("kundeportal", "personvern", "vilkaar")
"""The links of the organisation file that the manifest needs: about the publisher, privacy, terms of use."""

# The longest texts Teams takes, in characters.
_LIMITS = {"name.short": 30, "name.full": 100, "description.short": 80, "description.full": 4000}
_LONGEST_TITLE, _LONGEST_WHAT, _LONGEST_DEVELOPER = 32, 128, 32

_GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")

Strings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Installation:
    """What the package says of this installation. public_url may be empty; version is the program's."""

    app_id: str
    public_url: str
    version: str
    organisation: Organisation


def manifest(installation: Installation, texts: Mapping[str, Texts]) -> dict[str, Any]:
    """The manifest as JSON values; raises BadSettings when something in it would be refused by Teams."""
    if not _GUID.fullmatch(installation.app_id):
        raise BadSettings("APP_ID: must be the application id from Entra, such as 00000000-0000-0000-0000-000000000000")
    organisation = installation.organisation
    missing = [name for name in LINKS if name not in organisation.links]
    if missing:
        raise BadSettings(f"the organisation file lacks the link(s) {', '.join(missing)}, which Teams demands")
    strings = strings_of(texts[DEFAULT_LANGUAGE], organisation)
    developer = organisation.agency if len(organisation.agency) <= _LONGEST_DEVELOPER else organisation.agency_short
    about, privacy, terms = (organisation.links[name] for name in LINKS)
    others = [language for language in texts if language != DEFAULT_LANGUAGE]
    return {
        "$schema": SCHEMA,
        "manifestVersion": MANIFEST_VERSION,
        "version": installation.version,
        "id": installation.app_id,
        "developer": {
            "name": developer,
            "websiteUrl": about,
            "privacyUrl": privacy,
            "termsOfUseUrl": terms,
        },
        "localizationInfo": {
            "defaultLanguageTag": TAGS[DEFAULT_LANGUAGE],
            "additionalLanguages": [{"languageTag": TAGS[one], "file": language_file(one)} for one in others],
        },
        "name": {"short": strings["name.short"], "full": strings["name.full"]},
        "description": {"short": strings["description.short"], "full": strings["description.full"]},
        "icons": {"color": COLOUR_ICON, "outline": OUTLINE_ICON},
        "accentColor": ACCENT,
        "bots": [
            {
                "botId": installation.app_id,
                "scopes": ["personal", "team", "groupChat"],
                "supportsFiles": True,
                "isNotificationOnly": False,
                "commandLists": _command_lists(strings),
            }
        ],
        "composeExtensions": [{"botId": installation.app_id, "commands": _extension(strings)}],
        # Who writes is known to the bot; nothing else is asked for.
        "permissions": ["identity"],
        "defaultInstallScope": "personal",
        "validDomains": _domains(installation.public_url),
    }


def language_file(language: str) -> str:
    """The file of a further language inside the package."""
    return f"{TAGS[language]}.json"


def localisation(spoken: Texts, organisation: Organisation) -> dict[str, str]:
    """The file of a further language; raises BadSettings when a text is longer than Teams takes."""
    return {"$schema": LOCALISATION_SCHEMA, **strings_of(spoken, organisation)}


def strings_of(texts: Texts, organisation: Organisation) -> dict[str, str]:
    """Every string of the package in one language, under Teams' names for their places."""
    facts = organisation.facts
    strings = {
        "name.short": texts("teams_app.name", **facts),
        "name.full": texts("teams_app.full_name", **facts),
        "description.short": texts("teams_app.short", **facts),
        "description.full": texts("teams_app.full", **facts),
    }
    commands = (
        (texts("teams_app.report"), texts("teams_app.report_what")),
        (texts("teams_app.order"), texts("teams_app.order_what")),
        (texts("teams_app.which_form"), texts("teams_app.which_form_what")),
        (texts("teams_app.notices"), texts("teams_app.notices_what")),
        (texts("teams_app.handover"), texts("teams_app.handover_what")),
        (texts("teams_app.help"), texts("teams_app.help_what")),
        # From here on only where nobody else reads along.
        (texts("teams_app.status"), texts("teams_app.status_what")),
        (texts("teams_app.inbox"), texts("teams_app.inbox_what")),
        (texts("teams_app.notice"), texts("teams_app.notice_what")),
        (texts("teams_app.about_me"), texts("teams_app.about_me_what")),
    )
    for place, shown in enumerate((commands, commands[:_IN_GROUPS])):
        for number, (title, what) in enumerate(shown):
            at = f"bots[0].commandLists[{place}].commands[{number}]"
            strings |= {f"{at}.title": title, f"{at}.description": what}
    strings |= {
        "composeExtensions[0].commands[0].title": texts("teams_app.search"),
        "composeExtensions[0].commands[0].description": texts("teams_app.search_what"),
        "composeExtensions[0].commands[0].parameters[0].title": texts("teams_app.search_field"),
        "composeExtensions[0].commands[0].parameters[0].description": texts("teams_app.search_field_what"),
    }
    strings |= {
        "composeExtensions[0].commands[1].title": texts("teams_app.make_case"),
        "composeExtensions[0].commands[1].description": texts("teams_app.make_case_what"),
    }
    too_long = [name for name, text in strings.items() if len(text) > _limit(name)]
    if too_long:
        raise BadSettings(f"too long for Teams in {texts.language}: {', '.join(too_long)}")
    return strings


_IN_GROUPS = 6
"""So many of the commands are offered in teams and group chats too: none that shows one person's own things."""


def _command_lists(strings: Strings) -> list[dict[str, Any]]:
    lists: list[dict[str, Any]] = []
    for place, scopes in enumerate((["personal"], ["team", "groupChat"])):
        at = f"bots[0].commandLists[{place}].commands"
        commands: list[dict[str, str]] = []
        while (title := strings.get(f"{at}[{len(commands)}].title")) is not None:
            commands.append({"title": title, "description": strings[f"{at}[{len(commands)}].description"]})
        lists.append({"scopes": scopes, "commands": commands})
    return lists


def _extension(strings: Strings) -> list[dict[str, Any]]:
    search, make = (f"composeExtensions[0].commands[{number}]" for number in range(2))
    return [
        {
            "id": "findForm",
            "type": "query",
            "context": ["compose", "commandBox"],
            "title": strings[f"{search}.title"],
            "description": strings[f"{search}.description"],
            "initialRun": True,
            "parameters": [
                {
                    "name": "text",
                    "title": strings[f"{search}.parameters[0].title"],
                    "description": strings[f"{search}.parameters[0].description"],
                }
            ],
        },
        {
            "id": "makeCase",
            "type": "action",
            "context": ["message"],
            "title": strings[f"{make}.title"],
            "description": strings[f"{make}.description"],
            "fetchTask": True,
        },
    ]


def _limit(name: str) -> int:
    return _LIMITS.get(name) or (_LONGEST_TITLE if name.endswith("title") else _LONGEST_WHAT)


def _domains(public_url: str) -> list[str]:
    """The host people see; Teams opens pages of no other one inside itself."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if public_url and (parts.scheme != "https" or host in LOOPBACK):
        raise BadSettings("PUBLIC_URL: must begin with https:// and name a host that others reach, or be empty")
    return [host] if host else []
