"""What `doctor` says of the groups' targets: each is asked whether a post could be made there. Posts nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from bot.channels.teams.channel_feed import alone
from bot.commands.doctor import Findings
from bot.commands.installation import organisation_of
from bot.feeds.once import Once
from bot.feeds.wiring import check_feeds, feeds_from
from bot.rendering.activities import Renderer
from bot.settings import Settings
from bot.store.port import Store
from dialogs.texts import DEFAULT_LANGUAGE, load_texts
from knowledge.errors import BadSettings, PortError
from knowledge.feed_targets import FeedKind


async def examine_feeds(settings: Settings, store: Store, clock: Callable[[], datetime]) -> Findings:
    """One line for each target but the local page; raises BrokenKnowledge when the organisation file is wrong."""
    findings = Findings()
    organisation = organisation_of(settings)
    try:
        check_feeds(settings, organisation)
    except BadSettings as error:
        findings.problems += [line.strip() for line in str(error).splitlines()[1:]]
        return findings
    texts = dict(load_texts())
    async with alone(settings, Renderer(texts), Once(store, clock), clock, time.monotonic) as teams:
        feeds = feeds_from(settings, organisation, store, texts[DEFAULT_LANGUAGE], clock, time.monotonic, teams)
        for group in organisation.groups.values():
            for target in group.targets:
                if target.kind is FeedKind.PAGE:
                    continue
                try:
                    await feeds.feed.check(target)
                    findings.fine.append(f"{target.id}: {target.kind.value} can be posted to")
                except PortError as error:
                    findings.problems.append(f"{target.id}: {error}")
        await feeds.close()
    return findings
