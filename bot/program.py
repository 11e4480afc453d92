"""Builds the running bot out of its parts, once: the only place that knows all of them.

Parts       store, knowledge, engine, turns, outbox worker: what every way of running has
serve       + HTTP server: Teams' messages, and in development the page with Direct Line and the feed pages
chat        + a terminal
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import sys
import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.addresses import AddressBook
from bot.attachments import AttachmentStore
from bot.channels.delivering import ChannelDeliverer
from bot.channels.directline import service as directline
from bot.channels.directline.routes import DirectLineRoutes
from bot.channels.directline.service import DirectLine
from bot.channels.directline.transcripts import Transcripts
from bot.channels.handling import TurnHandler
from bot.channels.rate_limit import RateLimitedTurns
from bot.channels.teams.room import CHANNELS as TEAMS_CHANNELS
from bot.channels.teams.room import TeamsRoom
from bot.channels.terminal import CHANNEL as TERMINAL
from bot.channels.terminal import Terminal
from bot.feeds.once import Once
from bot.feeds.wiring import Feeds, check_feeds, feeds_from, page_address
from bot.insight.drawing import InsightPages
from bot.insight.routes import InsightRoutes
from bot.installed_knowledge import index_made_apart, kept_index, read_knowledge
from bot.kept_index import KeptIndex
from bot.knowledge_in_use import KnowledgeInUse
from bot.kompass.wiring import Kompass, case_words, catalogue_from, changes_from, forms_of, kompass_from
from bot.local_cases import LocalCaseRegister
from bot.local_desk import LocalDesk
from bot.local_feed import LocalFeed
from bot.metrics import MeasuredTurns, Metrics
from bot.nightly import PATIENT, Nightly
from bot.notices.promise_watch import PromiseWatch
from bot.notices.sender import MessageSender, sender_from
from bot.outbox import Around, OutboxWorker, WorkerPlan, nothing_around
from bot.personal_links import PersonalLinks
from bot.ports import Deliverer, GroupFeed, Ports
from bot.radar.listening import Listening
from bot.radar.wiring import radar_from
from bot.ratings import RatingBook
from bot.rendering.activities import Renderer
from bot.retry import RetryPolicy
from bot.routed_cases import RoutedCases
from bot.server import Register, ServerParts, create_app, run_server
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from bot.systemoversikten.refresh import RegisterEveryNight
from bot.systemoversikten.wiring import renewal_from
from bot.tracing import tracing_to
from bot.turns import TurnService
from bot.web.case_files import CaseFiles
from bot.web.demo_people import grant_demo_roles, load_demo_people
from bot.web.metrics_page import MetricsPage
from bot.web.pages import ChatPage, FeedPages, static_files
from bot.web.portal import Portal
from dialogs.engine import Engine
from dialogs.texts import DEFAULT_LANGUAGE, Texts, load_texts
from dialogs.turn import CaseTool
from knowledge.errors import LosenError
from knowledge.library import Library
from knowledge.notice_reach import reach_of
from knowledge.opening_hours import staffing

Say = Callable[[str], None]

# How much longer than the time to regret a console waits at its end for what becomes of the last message.
_SETTLE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What every way of running has."""

    settings: Settings
    store: SqliteStore
    library: Library
    texts: dict[str, Texts]
    turns: TurnService[Library]
    wake: asyncio.Event
    files: AttachmentStore
    metrics: Metrics
    addresses: AddressBook
    links: PersonalLinks
    radar: Listening
    kompass: Kompass | None = None
    """where cases go; None: into the local register"""

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's own clock."""
        return ZoneInfo(self.library.organisation.timezone)

    def now(self) -> datetime:
        """The time, on the organisation's clock."""
        return datetime.now(self.zone)

    def worker(
        self,
        deliverer: Deliverer,
        channels: Collection[str],
        feed: GroupFeed,
        around: Around = nothing_around,
    ) -> OutboxWorker:
        """The worker that carries effects out: cases in Kompass where one is set up, the rest here.

        feed: what posts notices. around: what stands around each effect.
        """
        settings = self.settings
        here = LocalCaseRegister(self.store, self.now)
        ports = Ports(
            case_system=RoutedCases(here, self.kompass.cases) if self.kompass else here,
            feed=feed,
            desk=LocalDesk(self.store, self.now),
            deliverer=deliverer,
            routing=self.library.organisation.routing,
        )
        return OutboxWorker(
            store=self.store,
            ports=ports,
            turns=self.turns,
            clock=self.now,
            sleep=asyncio.sleep,
            jitter=random.random,
            owner_id=f"{socket.gethostname()}-{'-'.join(sorted(channels))}",
            channels=channels,
            wake=self.wake,
            around=around,
            policy=RetryPolicy(
                first_wait=settings.outbox_first_wait_seconds,
                longest_wait=settings.outbox_longest_wait_seconds,
                give_up_after=timedelta(hours=settings.outbox_give_up_hours),
            ),
            plan=WorkerPlan(
                lease=settings.outbox_lease_seconds,
                poll=settings.outbox_poll_seconds,
                at_once=settings.outbox_batch,
                other_way_after=timedelta(minutes=settings.feed_other_way_minutes),
                keep=timedelta(days=settings.keep_processed_days),
                keep_conversations=timedelta(days=settings.keep_conversations_days),
                keep_choices=timedelta(days=settings.keep_choices_days),
            ),
        )

    def sender(self, deliverer: Deliverer, channels: Collection[str]) -> MessageSender:
        """What tells people of the notices that hit them."""
        organisation = self.library.organisation
        return sender_from(self.store, organisation, self.texts, deliverer, channels, self.now, self.wake.set)

    def feeds(self, teams: GroupFeed | None = None) -> Feeds:
        """What posts notices; channels in Teams only with `teams`."""
        organisation, texts = self.library.organisation, self.texts[DEFAULT_LANGUAGE]
        return feeds_from(self.settings, organisation, self.store, texts, self.now, time.monotonic, teams)

    async def numbers(self) -> bytes:
        """What an operator can measure, in Prometheus' text format; raises StoreError."""
        now = self.now()
        backlog, punctuality = await self.store.read(
            lambda session: (session.outbox.backlog(now), session.promises.punctuality(now))
        )
        return self.metrics.page(backlog, self.kompass.client.answers if self.kompass else None, punctuality)

    async def close(self) -> None:
        """Close what was opened. After the worker has stopped."""
        if self.kompass is not None:
            await self.kompass.client.close()
        await self.store.close()

    def every_night(self) -> list[Nightly]:
        """What keeps the register of systems and the catalogue fresh, as far as their sources are set up."""
        settings, clock = self.settings, self.now
        in_use = KnowledgeInUse(self.turns, settings.data_dir, clock)
        nightly = []
        renewal = renewal_from(settings, self.library.organisation, clock, PATIENT)
        if renewal is not None:
            job, hour = RegisterEveryNight(renewal), settings.systemoversikten_hour
            nightly.append(Nightly(job, take=in_use.take_systems, hour=hour, clock=clock, sleep=asyncio.sleep))
        if self.kompass is not None and settings.kompass_catalogue_hour is not None:
            forms = catalogue_from(self.kompass, settings, self.store, self.turns.words, clock, self.wake.set)
            hour = settings.kompass_catalogue_hour
            nightly.append(Nightly(forms, take=in_use.take_catalogue, hour=hour, clock=clock, sleep=asyncio.sleep))
        return nightly


def build(settings: Settings, shelf: KeptIndex | None = None) -> Parts:
    """Read the knowledge, open the store; raises LosenError when a file or the database is wrong.

    shelf: where what the matcher learnt is kept, if elsewhere than for a command.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    library = read_knowledge(settings, shelf or kept_index(settings.data_dir))
    texts = dict(load_texts())
    check_feeds(settings, library.organisation)
    zone = ZoneInfo(library.organisation.timezone)
    store = SqliteStore(settings.database_file)
    wake = asyncio.Event()
    metrics = Metrics()
    files = AttachmentStore(settings.attachments_dir, store, settings.max_attachment_bytes, lambda: datetime.now(zone))
    addresses = AddressBook(store)
    links = PersonalLinks(lambda: datetime.now(zone))
    words, form = case_words(library, texts), forms_of(lambda: turns.knowledge)
    kompass = kompass_from(settings, store, words, form, files, addresses.of, lambda: datetime.now(zone), wake.set)
    radar = radar_from(settings, lambda: turns.knowledge, texts, lambda: datetime.now(zone), new_id)
    turns = TurnService(
        store=store,
        decide=metrics.counting(Engine(texts).decide),
        knowledge=library,
        texts=texts,
        facts=library.organisation.facts,
        clock=lambda: datetime.now(zone),
        new_id=new_id,
        undo_seconds=settings.undo_seconds,
        case_tool=kompass.as_found if kompass else (lambda _: CaseTool()),
        queued=wake.set,
        reach=reach_of(library.organisation),
        staffed=lambda at: staffing(library.organisation, at),
        routing=library.organisation.routing,
        links=links,
        hear=radar.hear,
    )
    return Parts(settings, store, library, texts, turns, wake, files, metrics, addresses, links, radar, kompass)


def new_id() -> str:
    """An id nobody can guess."""
    return uuid.uuid4().hex


async def chat(settings: Settings, who: str) -> None:
    """Talk in the terminal as one of the made-up people until the input ends."""
    people = load_demo_people()
    if who not in people:
        raise LosenError(f"--as {who}: nobody is called that; choose among {', '.join(people)}")
    parts = build(settings)
    interactive = sys.stdin.isatty()
    terminal = Terminal(
        turns=parts.turns,
        texts=parts.texts,
        person=people[who].person,
        conversation_id=f"terminal-{os.getpid()}-{new_id()[:8]}",
        new_id=new_id,
        interactive=interactive,
    )
    await grant_demo_roles(parts.store, parts.now())
    if parts.kompass is not None:
        parts.kompass.client.start()
    feeds = parts.feeds()
    worker = parts.worker(terminal, {TERMINAL}, feeds.feed)
    # Who pipes messages in sees what becomes of the last one: it waits for the time to regret, and is told then.
    terminal.before_exit = partial(worker.settle, settings.undo_seconds + _SETTLE_SECONDS)
    sender = parts.sender(terminal, {TERMINAL})
    running = [asyncio.create_task(worker.run()), asyncio.create_task(sender.run())]
    try:
        await terminal.run()
    finally:
        await asyncio.gather(worker.drain(settings.drain_seconds), sender.drain(settings.drain_seconds))
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await feeds.close()
        await parts.close()


async def serve(settings: Settings, say: Say) -> None:
    """Serve until told to stop. `say` tells the operator where people find the bot."""
    parts = build(settings, index_made_apart(settings.data_dir))
    limited = RateLimitedTurns(parts.turns, parts.turns.busy, settings.rate_limit_per_minute, time.monotonic)
    tracing = tracing_to(settings.otlp_endpoint)
    turns = tracing.turns(MeasuredTurns(limited, parts.metrics, time.monotonic))
    teams = TeamsRoom(
        settings,
        turns,
        Renderer(parts.texts),
        parts.files,
        time.monotonic,
        lambda: parts.turns.knowledge.matcher,
        RatingBook(parts.store, parts.now).note,
    )
    parts.addresses.ask.update(dict.fromkeys(TEAMS_CHANNELS, teams.deliverer.address))
    routes, deliverers = _channels(parts, turns, teams)
    routes.append(MetricsPage(settings.metrics_token, parts.numbers))
    parts.links.address = settings.public_url or f"http://{settings.host}:{settings.port}"
    pages = InsightPages(settings.data_dir, time.monotonic)
    routes.append(InsightRoutes(pages, parts.links, parts.store, development=settings.development))
    routes.append(CaseFiles(parts.files, parts.links, parts.store))
    page = page_address(settings, parts.library.organisation)
    feeds = parts.feeds(teams.channel_feed(Once(parts.store, parts.now), parts.now, page))
    worker = parts.worker(ChannelDeliverer(deliverers), set(deliverers), feeds.feed, tracing.effect)
    sender = parts.sender(ChannelDeliverer(deliverers), set(deliverers))
    running: list[asyncio.Task[None]] = []

    async def start() -> None:
        parts.files.forget_unfinished()
        await parts.store.write(parts.radar.learn_from)
        if settings.development:
            await grant_demo_roles(parts.store, parts.now())
        if parts.kompass is not None:
            parts.kompass.client.start()
        running.append(asyncio.create_task(worker.run()))
        if parts.kompass is not None:
            tell, wake = parts.turns.tell, parts.wake.set
            changes = changes_from(parts.kompass, settings, parts.store, tell, parts.now, wake)
            running.append(asyncio.create_task(changes.run()))
        promises = PromiseWatch(parts.store, parts.now, asyncio.sleep, new_id, parts.wake.set)
        running.extend(asyncio.create_task(one.run()) for one in (promises, sender))
        running.extend(asyncio.create_task(nightly.run()) for nightly in parts.every_night())

    async def stop() -> None:
        await asyncio.gather(worker.drain(settings.drain_seconds), sender.drain(settings.drain_seconds))
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await feeds.close()
        await parts.close()
        await tracing.close()

    async def store_answers() -> bool:
        await parts.store.write(lambda session: session.cases.next_ref(parts.now().year))
        return True

    app = create_app(
        ServerParts(
            routes=routes,
            ready={"store": store_answers, "signing_keys": teams.ready},
            starts=[start],
            stops=[stop],
            loopback_only=settings.development,
        )
    )

    def tell(address: str) -> None:
        if settings.development:
            say(f"Losen is ready. Open {address} and chat. Stop with Ctrl-C.")
        else:
            say(f"Losen is ready at {address}")

    await run_server(app, settings.host, settings.port, drain_seconds=settings.drain_seconds, on_listening=tell)


def _channels(parts: Parts, turns: TurnHandler, teams: TeamsRoom) -> tuple[list[Register], dict[str, Deliverer]]:
    """The channels of this mode: their routes, and by channel what reaches their conversations."""
    groups = {key: group.name for key, group in parts.library.organisation.groups.items()}
    routes: list[Register] = [
        teams,
        static_files,
        Portal(
            parts.store,
            parts.library.organisation,
            parts.texts["nb"],
            parts.zone,
            parts.now,
            parts.settings.public_url,
            lambda: parts.turns.knowledge.systems,
        ),
    ]
    deliverers: dict[str, Deliverer] = dict.fromkeys(TEAMS_CHANNELS, teams.deliverer)
    if parts.settings.development:
        people = load_demo_people()
        direct_line = DirectLine(
            Transcripts(parts.settings.data_dir / "page.db"),
            people,
            turns,
            Renderer(parts.texts),
            new_id=new_id,
            now=parts.now,
        )
        feed = LocalFeed(parts.store, parts.now)
        routes += [
            ChatPage(people, groups),
            # The closed group's feed has no sign-in of its own, so it is for this machine only.
            FeedPages(groups, feed.posts, parts.texts["nb"], parts.zone, parts.now),
            DirectLineRoutes(direct_line, parts.files, parts.settings.max_attachment_bytes),
        ]
        deliverers[directline.CHANNEL] = direct_line
    return routes, deliverers
