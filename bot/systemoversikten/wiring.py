"""The adapter's parts put together from the settings, for the running bot and for the command."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from bot.retry import RetryPolicy
from bot.settings import Settings
from bot.systemoversikten.client import Source, SystemoversiktenClient
from bot.systemoversikten.refresh import Renewal
from bot.systemoversikten.snapshot import snapshot_file
from knowledge.organisation import Organisation
from knowledge.systemoversikten import Operators


def renewal_from(
    settings: Settings, organisation: Organisation, clock: Callable[[], datetime], policy: RetryPolicy
) -> Renewal | None:
    """What renews the register of systems, or None where no Systemoversikten is set up."""
    if not settings.systemoversikten_url:
        return None
    client = SystemoversiktenClient(
        Source(settings.systemoversikten_url, settings.systemoversikten_key, settings.systemoversikten_forvaltere_key),
        clock=clock,
        sleep=asyncio.sleep,
        jitter=random.random,
        policy=policy,
    )
    return Renewal(
        fetch=client.fetch,
        file=snapshot_file(settings.data_dir),
        operators=Operators.of(organisation),
        source=urlsplit(settings.systemoversikten_url).hostname or "",
        clock=clock,
    )
