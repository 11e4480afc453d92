"""The search in Teams' compose box: somebody helping a colleague finds the form and puts it into the message.

Teams asks while the person types and waits 5 s at most, so the matcher answers alone: no turn, nothing read from or
written to the store. What is typed is neither kept nor logged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.rendering.cards import CARD_TYPE
from bot.rendering.form_card import form_card, form_line
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from knowledge.catalogue import Form
from knowledge.matching import Decision, Matcher

QUERY = "composeExtension/query"
_PREVIEW_TYPE = "application/vnd.microsoft.card.thumbnail"
_MOST_FORMS = 8
_LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True)
class FormSearch:
    """Answers queries. `matcher` gives the one in use: the register of systems in it is renewed while the bot runs."""

    matcher: Callable[[], Matcher]
    texts: Mapping[str, Texts]

    def answer(self, activity: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a query activity, whatever it holds: the forms, or a sentence when there are none to show."""
        texts = self.texts[language_of(activity)]
        query = _typed(activity.get("value"))
        if not query:
            return _sentence(texts("form_search.help"))
        match = self.matcher().match(query, limit=_MOST_FORMS)
        if match.decision is Decision.NONE or not match.candidates:
            return _sentence(texts("form_search.none"))
        return {
            "composeExtension": {
                "type": "result",
                "attachmentLayout": "list",
                "attachments": [_attachment(one.form, texts) for one in match.candidates],
            }
        }


def language_of(activity: Mapping[str, Any]) -> str:
    """The language of the person's Teams, bokmål where it is none of ours."""
    locale = activity.get("locale")
    tag = locale[:2].lower() if isinstance(locale, str) else ""
    return tag if tag in ("nn", "en") else DEFAULT_LANGUAGE


def _typed(value: object) -> str:
    """What was typed; "" for the first query, which Teams makes before anything is."""
    parameters = value.get("parameters") if isinstance(value, dict) else None
    for one in parameters if isinstance(parameters, list) else ():
        if isinstance(one, dict) and one.get("name") == "text" and isinstance(one.get("value"), str):
            return str(one["value"]).strip()[:_LONGEST_QUERY]
    return ""


def _attachment(form: Form, texts: Texts) -> dict[str, Any]:
    preview = {"title": form.title, "text": form_line(form, texts)}
    return {
        "contentType": CARD_TYPE,
        "content": form_card(form, texts),
        "preview": {"contentType": _PREVIEW_TYPE, "content": preview},
    }


def _sentence(text: str) -> dict[str, Any]:
    return {"composeExtension": {"type": "message", "text": text}}
