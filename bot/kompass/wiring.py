"""The adapter's parts put together from the settings, for the running bot and for `doctor`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.attachments import AttachmentStore
from bot.kompass.adapter import KompassCaseSystem
from bot.kompass.changes import ChangeWatch, Tell
from bot.kompass.client import Account, KompassClient
from bot.kompass.exactly_once import ExactlyOnce
from bot.kompass.names import Names, load_names
from bot.kompass.nightly_catalogue import CatalogueEveryNight
from bot.kompass.opening import CaseWords, Opening
from bot.kompass.persons import Persons
from bot.kompass.uploading import Uploads
from bot.settings import Settings
from bot.store.port import Session, Store
from bot.store.records import Job
from dialogs.texts import Texts
from dialogs.turn import CaseTool
from knowledge.catalogue import BILLING_FIELDS, Form
from knowledge.library import Library

CASE_JOBS = (
    Job.OPEN_CASE, Job.COMMENT_CASE, Job.ATTACH_FILES, Job.FOLLOW_CASE, Job.MOVE_CASE, Job.WITHDRAW_CASE,
    Job.RELATE_CASE, Job.UNRELATE_CASE,
)  # fmt: skip
"""What waits for Kompass when it is down."""


@dataclass(frozen=True, slots=True)
class Kompass:
    """The case system and the client below it, which is started and closed with the bot."""

    cases: KompassCaseSystem
    client: KompassClient

    def as_found(self, session: Session) -> CaseTool:
        """How Kompass is now, and when cases were last looked at there if it cannot be reached."""
        answers = self.client.answers and not self.client.hangs
        seen_at = None if answers else session.watched.last_look()
        return CaseTool(answers, seen_at, takes_answers=self.cases.names.takes_answers)


def client_from(
    settings: Settings, clock: Callable[[], datetime], recovered: Callable[[], Awaitable[None]] | None = None
) -> KompassClient:
    """The client alone. It opens nothing until it is used."""
    return KompassClient(
        Account(
            settings.kompass_url,
            settings.kompass_tenant,
            settings.kompass_user,
            lambda: settings.secret_files.now("KOMPASS_PASSWORD", settings.kompass_password),
        ),
        clock=clock,
        sleep=asyncio.sleep,
        jitter=random.random,
        timeout_seconds=settings.kompass_timeout_seconds,
        recovered=recovered,
    )


def form_address(settings: Settings) -> str:
    """Where people see the form of an offering, with {id}."""
    return f"{settings.kompass_url}/saw/ess/offeringPage/{{id}}?TENANTID={settings.kompass_tenant}"


def names_from(settings: Settings) -> Names:
    """The tenant's names; raises BadSettings."""
    return load_names(settings.kompass_fields_file, settings.kompass_key_field)


def kompass_from(
    settings: Settings,
    store: Store,
    words: CaseWords,
    form: Callable[[int], Form | None],
    files: AttachmentStore,
    address: Callable[[str], Awaitable[str]],
    clock: Callable[[], datetime],
    wake: Callable[[], None],
) -> Kompass | None:
    """Kompass, or None where none is set up; raises BadSettings when its names are wrong.

    form: the form with this id, None when the catalogue in use has none. address: the e-mail address of a person by our
    id, "" when nobody knows it.
    """
    if not settings.kompass_url:
        return None
    names = names_from(settings)

    async def recovered() -> None:
        # In the order in which people confirmed them, instead of each at the end of its own wait.
        if await store.write(lambda session: session.outbox.hurry(CASE_JOBS, clock())):
            wake()

    client = client_from(settings, clock, recovered)
    persons = Persons(client, names, clock)
    uploads = Uploads(client, files, asyncio.sleep)
    opening = Opening(
        client=client,
        names=names,
        persons=persons,
        uploads=uploads,
        words=words,
        form=form,
        address=address,
        clock=clock,
    )
    # After a kill all that is known is when it was to be sent: it may have waited for one call before its own.
    patience = timedelta(seconds=2 * settings.kompass_timeout_seconds + settings.kompass_search_lag_seconds)
    cases = KompassCaseSystem(
        client,
        names,
        opening,
        ExactlyOnce(store, clock, patience),
        uploads,
        lambda number: _address(settings, names.case_address, number),
    )
    return Kompass(cases, client)


def changes_from(
    kompass: Kompass,
    settings: Settings,
    store: Store,
    tell: Tell,
    clock: Callable[[], datetime],
    wake: Callable[[], None],
) -> ChangeWatch:
    """What finds out what others do to cases. tell is `TurnService.tell`."""
    return ChangeWatch(
        client=kompass.client,
        names=kompass.cases.names,
        store=store,
        tell=tell,
        clock=clock,
        sleep=asyncio.sleep,
        every=settings.kompass_poll_seconds,
        wake=wake,
        approval_address=lambda number: _address(settings, kompass.cases.names.approval_address, number),
    )


def _address(settings: Settings, address: str, number: str) -> str:
    return address.format(url=settings.kompass_url, id=number, tenant=settings.kompass_tenant)


def catalogue_from(
    kompass: Kompass,
    settings: Settings,
    store: Store,
    words: Callable[..., str],
    clock: Callable[[], datetime],
    wake: Callable[[], None],
) -> CatalogueEveryNight:
    """What fetches the catalogue. words is `TurnService.words`."""
    return CatalogueEveryNight(
        client=kompass.client,
        data_dir=settings.data_dir,
        address=form_address(settings),
        store=store,
        words=words,
        queued=wake,
        clock=clock,
        sleep=asyncio.sleep,
        jitter=random.random,
    )


def forms_of(knowledge: Callable[[], Library]) -> Callable[[int], Form | None]:
    """The form with this id in the catalogue in use, which may be another one tomorrow."""

    def form(form_id: int) -> Form | None:
        catalogue = knowledge().catalogue
        return catalogue.get(form_id) if form_id in catalogue else None

    return form


def case_words(library: Library, texts: Mapping[str, Texts]) -> CaseWords:
    """The labels a description may hold, in every language it may be written in, and our own in bokmål."""
    items = [item for checklist in library.checklists.values() for item in checklist]
    labels = {label.rstrip("?") for item in items for label in item.label.values()}
    for spoken in texts.values():
        for key in ("case.role_line", "case.tester_line"):
            labels.add(spoken(key, role="", virksomhet="", name="").partition(":")[0])
    nb = texts["nb"]
    return CaseWords(
        answers=frozenset(labels),
        billing={item.key: item.label["nb"] for item in items if item.key in BILLING_FIELDS},
        reference=nb("kompass.reference"),
        left_out=nb("kompass.left_out"),
        unknown_followers=nb("kompass.unknown_followers"),
    )
