"""A bot without channels: the real store, worker and Kompass adapter, until it is killed. Run by tests.chaos.kompass.

python -m tests.chaos.bot_process        settings from the environment, as for `app.py serve`
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from bot.addresses import AddressBook
from bot.attachments import AttachmentStore
from bot.kompass.wiring import case_words, forms_of, kompass_from
from bot.local_cases import LocalCaseRegister
from bot.local_desk import LocalDesk
from bot.local_feed import LocalFeed
from bot.outbox import OutboxWorker, WorkerPlan
from bot.ports import Ports
from bot.retry import RetryPolicy
from bot.routed_cases import RoutedCases
from bot.settings import load_settings
from bot.store import SqliteStore
from bot.turns import TurnService
from dialogs.texts import load_texts
from knowledge.catalogue.importing import read_catalogue
from knowledge.checklists import load_checklists
from knowledge.library import DATA
from knowledge.organisation import load_organisation
from tests.bot.samples import decide
from tests.chaos.worker import Nobody, new_id, now


async def work(ready: Callable[[], None] = lambda: None) -> None:
    """Work until cancelled; ready is called when it begins."""
    settings = load_settings(os.environ)
    store = SqliteStore(settings.database_file)
    # Only what the adapter asks: an index of words would take longer than a life of this process.
    library: Any = SimpleNamespace(
        catalogue=read_catalogue(DATA / "forms.json"), checklists=load_checklists(DATA / "checklists")
    )
    texts = dict(load_texts())
    wake = asyncio.Event()
    files = AttachmentStore(settings.attachments_dir, store, settings.max_attachment_bytes, now)
    words, form = case_words(library, texts), forms_of(lambda: library)
    kompass = kompass_from(settings, store, words, form, files, AddressBook(store).of, now, wake.set)
    assert kompass is not None
    turns: TurnService[None] = TurnService(
        store=store,
        decide=decide,
        knowledge=None,
        texts=texts,
        facts=load_organisation(DATA / "organisation.yaml").facts,
        clock=now,
        new_id=new_id,
        undo_seconds=0,
    )
    worker = OutboxWorker(
        store=store,
        ports=Ports(
            case_system=RoutedCases(LocalCaseRegister(store, now), kompass.cases),
            feed=LocalFeed(store, now),
            desk=LocalDesk(store, now),
            deliverer=Nobody(),
        ),
        turns=turns,
        clock=now,
        sleep=asyncio.sleep,
        jitter=random.random,
        owner_id="the-bot",
        channels=("web",),
        wake=wake,
        policy=RetryPolicy(
            first_wait=settings.outbox_first_wait_seconds,
            longest_wait=settings.outbox_longest_wait_seconds,
            give_up_after=timedelta(hours=settings.outbox_give_up_hours),
        ),
        plan=WorkerPlan(
            lease=settings.outbox_lease_seconds, poll=settings.outbox_poll_seconds, at_once=settings.outbox_batch
        ),
    )
    kompass.client.start()
    ready()
    try:
        await worker.run()
    finally:
        await worker.drain(1)
        await kompass.client.close()
        await store.close()


if __name__ == "__main__":
    asyncio.run(work())
