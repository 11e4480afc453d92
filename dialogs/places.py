"""What the places where notices are posted are called, by people and in words: "SAM/IT (Teams-kanal)"."""

from __future__ import annotations

from dialogs.conversation import Conversation


def place_name(talk: Conversation, target_id: str) -> str:
    """A target as people know it; its id when the organisation file does not name it any more."""
    organisation = talk.knowledge.organisation
    target, group = organisation.routing.find(target_id), organisation.groups.get(target_id.partition("/")[0])
    if target is None or group is None:
        return target_id
    return f"{group.name} ({talk.text(f'target.{target.kind}')})"
