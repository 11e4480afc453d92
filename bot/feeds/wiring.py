"""The feeds an installation needs, put together from its settings and the targets of its groups."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.feeds.engage import EngageFeed
from bot.feeds.engage_token import EngageToken, ServiceAccount
from bot.feeds.mail import EmailFeed, MailServer
from bot.feeds.once import Once
from bot.feeds.routed import RoutedFeed
from bot.feeds.service import FeedService, FixedToken
from bot.feeds.workplace import WorkplaceFeed, workplace_failure
from bot.local_feed import LocalFeed
from bot.ports import GroupFeed
from bot.setting_readers import LOOPBACK
from bot.settings import Encryption, Settings
from bot.store.port import Store
from bot.throttle import Throttle
from bot.web.notice_html import NoticeHtml
from bot.web.portal_pages import NoticeAddress
from dialogs.texts import Texts
from knowledge.errors import BadSettings
from knowledge.feed_targets import FeedKind
from knowledge.notice_reach import reach_of
from knowledge.organisation import Organisation

# What must be set before a target of this kind can work.
_NEEDED: Mapping[FeedKind, tuple[str, ...]] = {
    FeedKind.TEAMS: ("app_id", "app_tenantid"),
    FeedKind.ENGAGE: ("engage_refresh_token", "app_id", "app_password", "app_tenantid"),
    FeedKind.WORKPLACE: ("workplace_token",),
    FeedKind.EMAIL: ("smtp_host",),
}


@dataclass(frozen=True, slots=True)
class Feeds:
    """All feeds as one, and the services below them, which are closed with the bot."""

    feed: RoutedFeed
    services: tuple[FeedService, ...] = ()

    async def close(self) -> None:
        """After the worker has stopped."""
        for service in self.services:
            await service.close()


def check_feeds(settings: Settings, organisation: Organisation) -> None:
    """Raise BadSettings, naming every setting that a target of a group needs and does not have.

    A stand-in for Teams on this machine needs no application.
    """
    problems = []
    for kind in _kinds(organisation):
        if kind is FeedKind.TEAMS and urlsplit(settings.teams_service_url).hostname in LOOPBACK:
            continue
        missing = [name.upper() for name in _NEEDED.get(kind, ()) if not getattr(settings, name)]
        problems += [f"{name}: must be set, since a group has a target of the kind {kind.value}" for name in missing]
    if problems:
        raise BadSettings("the groups' targets lack settings:\n" + "\n".join(f"  {one}" for one in problems))


def feeds_from(
    settings: Settings,
    organisation: Organisation,
    store: Store,
    texts: Texts,
    clock: Callable[[], datetime],
    monotonic: Callable[[], float],
    teams: GroupFeed | None = None,
) -> Feeds:
    """The feeds that the groups' targets need, the local page among them. teams: what posts in channels."""
    once, page = Once(store, clock), page_address(settings, organisation)
    feeds: dict[FeedKind, GroupFeed] = {FeedKind.PAGE: LocalFeed(store, clock)}
    services = []
    kinds = _kinds(organisation)
    if teams is not None:
        feeds[FeedKind.TEAMS] = teams
    if FeedKind.ENGAGE in kinds:
        account = ServiceAccount(
            settings.app_tenantid, settings.app_id, settings.app_password, settings.engage_refresh_token
        )
        token = EngageToken(account, monotonic)
        engage = FeedService("Viva Engage", settings.engage_url, token, Throttle(monotonic))
        feeds[FeedKind.ENGAGE] = EngageFeed(engage, texts, once, clock, page)
        services.append(engage)
    if FeedKind.WORKPLACE in kinds:
        fixed = FixedToken(settings.workplace_token)
        workplace = FeedService("Workplace", settings.workplace_url, fixed, Throttle(monotonic), workplace_failure)
        feeds[FeedKind.WORKPLACE] = WorkplaceFeed(workplace, texts, once, clock, page)
        services.append(workplace)
    if FeedKind.EMAIL in kinds:
        sender = Address(organisation.desk_name, addr_spec=settings.smtp_from or organisation.email)
        html = NoticeHtml(texts, ZoneInfo(organisation.timezone))
        feeds[FeedKind.EMAIL] = EmailFeed(_mail_server(settings), sender, html, once, clock, page)
    return Feeds(RoutedFeed(feeds), tuple(services))


def page_address(settings: Settings, organisation: Organisation) -> NoticeAddress:
    """Where readers of a post find the notice's own page."""
    return NoticeAddress(settings.public_url, reach_of(organisation))


def _mail_server(settings: Settings) -> MailServer:
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_encryption,
        settings.smtp_user,
        settings.smtp_password,
        None if settings.smtp_encryption is Encryption.NEVER else ssl.create_default_context(),
    )


def _kinds(organisation: Organisation) -> tuple[FeedKind, ...]:
    return tuple(dict.fromkeys(one.kind for group in organisation.groups.values() for one in group.targets))
