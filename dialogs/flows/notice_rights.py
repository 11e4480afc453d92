"""Who may write to everybody (G 2.2, 4.3), asked for a helpful answer and checked again where it happens."""

from __future__ import annotations

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.roles import may_publish_notices


def may_publish(talk: Conversation) -> bool:
    """Notices are the incident manager's to write, and the request manager's when he is the one on duty."""
    return may_publish_notices(talk.roles)


def say_not_allowed(talk: Conversation) -> None:
    """Who may, to somebody of the desk and to everybody else."""
    talk.say("notice.only_im" if Role.USS in talk.roles else "notice.not_allowed")
