"""Sending a message nobody just asked for (a case was registered): to the channel the conversation lives in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ports import Deliverer
from dialogs.replies import Reply
from knowledge.errors import PermanentFailure


@dataclass(frozen=True, slots=True)
class ChannelDeliverer:
    """Hands over to the deliverer of the reference's `channel`."""

    channels: Mapping[str, Deliverer]

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        """Raises PermanentFailure when this process does not serve the conversation's channel."""
        channel = str(reference.get("channel", ""))
        deliverer = self.channels.get(channel)
        if deliverer is None:
            raise PermanentFailure(f"no channel {channel!r} is served here")
        await deliverer.deliver(reference, replies, language)
