"""The SDK's CloudAdapter with its slow and fragile parts replaced: authentication, tokens, connections, sending.

Everything the SDK offers on top of an adapter (middleware, invoke answers, proactive turns) keeps working, since only
what goes over the wire is ours.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import (
    Activity,
    ChannelAccount,
    ConversationAccount,
    ResourceResponse,
)
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.channels.teams.connector import Connector
from bot.channels.teams.credentials import CachingCredentials, SdkConfiguration

_log = logging.getLogger(__name__)


class WireActivity(Activity):  # type: ignore[misc]  # the SDK is untyped
    """An activity whose content is already as it goes over the wire; only the addresses are the SDK's."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__(type=content["type"])
        self.content = content

    def __deepcopy__(self, memo: object) -> WireActivity:
        # The SDK copies every activity before it writes addresses into it; ours are not changed otherwise.
        return WireActivity(self.content)

    def on_the_wire(self) -> dict[str, Any]:
        """The content with the addresses the SDK filled in."""
        return {
            **self.content,
            "channelId": self.channel_id,
            "serviceUrl": self.service_url,
            "from": _account(self.from_property),
            "recipient": _account(self.recipient),
            "conversation": {"id": self.conversation.id},
            "replyToId": self.reply_to_id,
        }


class TeamsAdapter(CloudAdapter):  # type: ignore[misc]  # the SDK is untyped
    """Runs turns whose sender has been checked, and sends with our own connector."""

    def __init__(self, configuration: SdkConfiguration, credentials: CachingCredentials, connector: Connector) -> None:
        super().__init__(_OneTokenClient(configuration, credentials_factory=credentials))
        self._connector = connector
        self.on_turn_error = _raise

    async def run_turn(
        self,
        activity: Mapping[str, Any],
        claims: Mapping[str, Any],
        logic: Callable[[TurnContext], Awaitable[None]],
    ) -> None:
        """Run a turn for an activity whose fields and sender have been checked; raises what `logic` raises."""
        checked = AuthenticateRequestResult()
        checked.claims_identity = ClaimsIdentity(dict(claims), bool(claims))
        checked.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        checked.connector_factory = _OwnConnector(self._connector)
        await self.process_activity(checked, _sdk_activity(activity), logic)

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """Send in order; raises a PortError at the first that cannot be sent."""
        return [await self._send(one) for one in activities]

    async def _send(self, activity: Activity) -> ResourceResponse:
        body = activity.on_the_wire() if isinstance(activity, WireActivity) else activity.serialize()
        sent = await self._connector.send(
            activity.service_url, activity.conversation.id, body, activity.reply_to_id or None
        )
        return ResourceResponse(id=sent)


class _OneTokenClient(ConfigurationBotFrameworkAuthentication):  # type: ignore[misc]  # the SDK is untyped
    """The SDK builds a user-token client every turn, which costs more than the turn; nobody signs in here."""

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """None: the bot has no sign-in."""


class _OwnConnector(ConnectorFactory):  # type: ignore[misc]  # the SDK is untyped
    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str) -> Any:
        """Ours serves every address; the SDK only wants to see that there is one."""
        return self._connector


async def _raise(context: TurnContext, error: Exception) -> None:
    raise error


def _sdk_activity(activity: Mapping[str, Any]) -> Activity:
    """Only the fields a turn context needs: deserialising all of it is slow and raises on what others write."""
    conversation, sender, recipient = activity["conversation"], activity["from"], activity.get("recipient") or {}
    return Activity(
        type=activity["type"],
        id=activity.get("id"),
        channel_id=activity["channelId"],
        service_url=activity["serviceUrl"],
        conversation=ConversationAccount(id=conversation["id"]),
        from_property=ChannelAccount(id=sender.get("id"), name=sender.get("name")),
        recipient=ChannelAccount(id=recipient.get("id"), name=recipient.get("name")),
    )


def _account(account: ChannelAccount | None) -> dict[str, Any]:
    return {"id": account.id, "name": account.name} if account is not None else {}
