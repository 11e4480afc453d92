"""The numbers for the service desk: the page is opened by a link that is the person's own."""

from __future__ import annotations

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.replies import Link


def may_see(talk: Conversation) -> bool:
    """The numbers are USS's; the page looks the role up again."""
    return Role.USS in talk.roles


def show(talk: Conversation) -> None:
    """Give the link, where one can be given."""
    url = talk.situation.insight_url
    if url:
        talk.say("insight.link", links=(Link(talk.text("insight.open"), url),))
    else:
        talk.say("insight.none")
