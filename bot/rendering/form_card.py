"""A form of the catalogue as a card somebody puts into a message of his own: its name, kind, audience and address."""

from __future__ import annotations

from typing import Any

from bot.rendering.card_parts import heading, link_sets, paragraphs
from bot.rendering.cards import card
from bot.rendering.escaping import clean, cut
from dialogs.forms import first_sentence
from dialogs.replies import Link
from dialogs.texts import Texts
from knowledge.catalogue import Form

_DESCRIPTION_LIMIT = 300


def form_card(form: Form, texts: Texts) -> dict[str, Any]:
    """The card. It has no button that answers to the bot: whoever reads it may not be in a conversation with it."""
    body = [heading(form.title)]
    if form.description:
        body += paragraphs(cut(first_sentence(form.description), _DESCRIPTION_LIMIT), subtle=True)
    body += paragraphs(form_line(form, texts))
    url = form.url or form.channel_url
    if url:
        body += link_sets([Link(texts("form_search.open"), url)])
    return card(body, texts, f"{form.title}\n{form_line(form, texts)}")


def form_line(form: Form, texts: Texts) -> str:
    """Kind and audience in one line: what tells the forms of a list apart beside their titles."""
    kind = [texts(f"kind.{form.kind}")] if form.kind else []
    audience = f"{texts('form_search.audience')}: {_audience(form, texts)}"
    return clean(" · ".join([*kind, audience]))


def _audience(form: Form, texts: Texts) -> str:
    return ", ".join(texts(f"role.{one}") for one in form.audience) or texts("role.everyone")
