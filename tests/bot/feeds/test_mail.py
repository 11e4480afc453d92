"""Notices by e-mail, over a real mail server: encrypted, in threads, recognisable, and never sent twice."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.mail import EmailFeed, MailServer
from bot.feeds.once import Once
from bot.ports import GroupFeed
from bot.settings import Encryption
from bot.store import SqliteStore
from bot.web.notice_html import NoticeHtml
from bot.web.portal_pages import NoticeAddress
from dialogs.case import NoticeStatus, NoticeUpdate
from dialogs.texts import load_texts
from knowledge.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure
from knowledge.feed_targets import FeedKind, FeedTarget
from knowledge.notice_reach import reach_of
from tests.bot.feeds.mail_server import Mailbox, certificate, serving_mail
from tests.bot.port_contracts import GroupFeedContract
from tests.bot.samples import MONDAY, OSLO, Clock, a_notice
from tests.free_port import free_port
from tests.knowledge.shipped import organisation

OPEN = FeedTarget("sam_it", "epost", FeedKind.EMAIL, "sam-it@example.org")
CLOSED = FeedTarget("sam_ikt_hovedkontakter", "epost", FeedKind.EMAIL, "hovedkontakter@example.org")
DESK = Address("UKEs Servicesenter", addr_spec="servicesenter@example.org")
HTML = NoticeHtml(load_texts()["nb"], OSLO)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def box(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> AsyncIterator[Mailbox]:
    async with serving_mail(tls[0]) as box:
        yield box


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")
    yield store
    await store.close()


@pytest.fixture
def feed(box: Mailbox, tls: tuple[ssl.SSLContext, ssl.SSLContext], store: SqliteStore) -> EmailFeed:
    server = MailServer("localhost", box.port, tls=tls[1])
    return EmailFeed(server, DESK, HTML, Once(store, Clock()), Clock())


def to(box: Mailbox, target: FeedTarget) -> list[EmailMessage]:
    return [message for _, recipients, message in box.arrived if recipients == [target.address]]


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    text: str = body.get_content()
    return text


class TestEmailFeed(GroupFeedContract):
    open, closed = OPEN, CLOSED

    @pytest.fixture(autouse=True)
    def _box(self, box: Mailbox) -> None:
        self.box = box

    async def shown(self, feed: GroupFeed, target: FeedTarget) -> list[str]:
        """The newest message of each thread is what holds."""
        threads: dict[str, str] = {}
        for message in to(self.box, target):
            said = part(message, "plain").splitlines()[0].removeprefix("Fellesfeil: ")
            threads[str(message["References"] or message["Message-ID"])] = said
        return list(threads.values())


async def test_a_notice_is_one_message_in_plain_text_and_html(feed: EmailFeed, box: Mailbox) -> None:
    await feed.publish(a_notice(what="AKS & Gerica <er> nede æøå 🙈"), OPEN, "key-1")
    ((sender, recipients, message),) = box.arrived
    assert (sender, recipients) == ("servicesenter@example.org", ["sam-it@example.org"])
    assert message["From"] == "UKEs Servicesenter <servicesenter@example.org>"
    assert message["To"] == "sam-it@example.org"
    assert message["Subject"] == "Fellesfeil: AKS & Gerica <er> nede æøå 🙈 (D-2026-0001, pågår)"
    assert message["Date"].datetime == MONDAY
    assert message["Auto-Submitted"] == "auto-generated"
    assert part(message, "plain").splitlines()[0] == "Fellesfeil: AKS & Gerica <er> nede æøå 🙈"
    html = part(message, "html")
    assert "<h1>Fellesfeil: AKS &amp; Gerica &lt;er&gt; nede æøå 🙈</h1>" in html
    assert '<html lang="nb">' in html
    assert "mandag 23. november 2026" in html


async def test_the_page_of_the_notice_is_a_link(feed: EmailFeed, box: Mailbox) -> None:
    page = NoticeAddress("https://losen.example.org", reach_of(organisation()))
    await replace(feed, page=page).publish(a_notice(), OPEN, "key-1")
    (message,) = to(box, OPEN)
    assert '<a href="https://losen.example.org/driftsmeldinger/D-2026-0001">Følg med på siden</a>' in part(
        message, "html"
    )


async def test_updates_stand_in_the_thread_of_the_first_message(feed: EmailFeed, box: Mailbox) -> None:
    post_id = await feed.publish(a_notice(), OPEN, "key-1")
    over = replace(
        a_notice(), status=NoticeStatus.RESOLVED, history=(NoticeUpdate(MONDAY, "Ulla", "resolved", "Full disk"),)
    )
    assert await feed.update(post_id, over, OPEN, "key-2") == post_id
    first, second = to(box, OPEN)
    assert first["Message-ID"] == post_id
    assert (second["In-Reply-To"], second["References"]) == (post_id, post_id)
    assert second["Message-ID"] != post_id
    assert second["Message-ID"].endswith("@example.org>")
    assert "rettet" in second["Subject"]
    assert "Ulla" not in part(second, "plain") + part(second, "html")


async def test_the_same_key_gives_the_same_message_id_so_that_a_repeat_can_be_seen(
    feed: EmailFeed, box: Mailbox, store: SqliteStore
) -> None:
    await feed.publish(a_notice(), OPEN, "key-1")
    forgotten = replace(feed, once=Once(store, Clock()))
    await store.write(lambda session: session.sendings.save(replace_answer(session, "key-1"), MONDAY))
    await forgotten.publish(a_notice(), OPEN, "key-1")
    assert len({message["Message-ID"] for message in to(box, OPEN)}) == 1
    assert len(to(box, OPEN)) == 2


def replace_answer(session: Any, key: str) -> Any:
    return replace(session.sendings.get(key), answer="")


async def test_a_withdrawn_notice_tells_only_that(feed: EmailFeed, box: Mailbox) -> None:
    history = (NoticeUpdate(MONDAY, "Ulla", "withdrawn", "Det var en øvelse"),)
    await feed.publish(replace(a_notice(), status=NoticeStatus.WITHDRAWN, history=history), OPEN, "key-1")
    (message,) = to(box, OPEN)
    for told in (part(message, "plain"), part(message, "html")):
        assert "Det var en øvelse" in told
        assert "Ingen får logget på" not in told


@given(st.text(), st.text())
def test_no_text_of_a_notice_can_become_a_header_or_markup(what: str, said: str) -> None:
    feed = EmailFeed(MailServer("localhost", 1), DESK, HTML, None, Clock())  # type: ignore[arg-type]
    evil = f"{what}\r\nBcc: alle@example.org\r\n\r\n<script>{said}"
    notice = replace(a_notice(what=evil), affected=evil, history=(NoticeUpdate(MONDAY, "Ulla", "updated", evil),))
    message = feed._message(notice, OPEN, "key-1", "")
    assert message["Bcc"] is None
    assert message["To"] == "sam-it@example.org"
    raw = message.as_bytes()
    head = raw.partition(b"\r\n\r\n")[0]
    assert not any(line.lower().startswith(b"bcc:") for line in head.split(b"\r\n"))
    assert "<script>" not in part(message, "html")


# The connection


async def test_a_server_that_cannot_encrypt_gets_nothing(store: SqliteStore, tls: Any) -> None:
    async with serving_mail(None) as box:
        feed = EmailFeed(MailServer("localhost", box.port, tls=tls[1]), DESK, HTML, Once(store, Clock()), Clock())
        with pytest.raises(TemporaryFailure, match="the mail server cannot be used"):
            await feed.publish(a_notice(), OPEN, "key-1")
        assert box.arrived == []


async def test_a_server_nobody_vouches_for_gets_nothing(box: Mailbox, store: SqliteStore) -> None:
    strict = MailServer("localhost", box.port, tls=ssl.create_default_context())
    with pytest.raises(TemporaryFailure, match="SSL"):
        await EmailFeed(strict, DESK, HTML, Once(store, Clock()), Clock()).publish(a_notice(), OPEN, "key-1")
    assert box.arrived == []


async def test_a_connection_encrypted_from_the_first_byte_and_one_on_this_machine(store: SqliteStore, tls: Any) -> None:
    async with serving_mail(tls[0], wrapped=True) as box:
        server = MailServer("localhost", box.port, Encryption.TLS, tls=tls[1])
        await EmailFeed(server, DESK, HTML, Once(store, Clock()), Clock()).publish(a_notice(), OPEN, "key-1")
        assert len(box.arrived) == 1
    async with serving_mail(None) as box:
        server = MailServer("localhost", box.port, Encryption.NEVER)
        await EmailFeed(server, DESK, HTML, Once(store, Clock()), Clock()).publish(a_notice(), OPEN, "key-2")
        assert len(box.arrived) == 1


async def test_a_login_and_one_that_is_refused_and_waits_to_be_put_right(store: SqliteStore, tls: Any) -> None:
    async with serving_mail(tls[0], login=True) as box:
        wrong = MailServer("localhost", box.port, user="losen", password="old-secret", tls=tls[1])
        feed = EmailFeed(wrong, DESK, HTML, Once(store, Clock()), Clock())
        with pytest.raises(TemporaryFailure) as caught:
            await feed.publish(a_notice(), OPEN, "key-1")
        assert "old-secret" not in f"{caught.value!r} {wrong!r}"
        right = replace(feed, server=replace(wrong, password="mail-secret"))
        await right.check(OPEN)
        await right.publish(a_notice(), OPEN, "key-1")
        assert len(box.arrived) == 1
        assert "losen:mail-secret" in box.logins


async def test_no_server_at_all_is_tried_again(store: SqliteStore) -> None:
    nobody = MailServer("localhost", free_port(), Encryption.NEVER)
    feed = EmailFeed(nobody, DESK, HTML, Once(store, Clock()), Clock())
    with pytest.raises(TemporaryFailure):
        await feed.publish(a_notice(), OPEN, "key-1")
    with pytest.raises(TemporaryFailure):
        await feed.check(OPEN)
    assert await feed.look_up(OPEN, "key-1") is None


# What the server says


async def test_what_the_server_puts_off_is_sent_again_and_what_it_refuses_is_not(feed: EmailFeed, box: Mailbox) -> None:
    box.rcpt_answers, box.answers = ["450 4.2.0 try later"], ["452 4.3.1 full"]
    for _ in range(2):
        with pytest.raises(TemporaryFailure, match=r"answered 45[02]$"):
            await feed.publish(a_notice(), OPEN, "key-1")
    await feed.publish(a_notice(), OPEN, "key-1")
    box.rcpt_answers, box.answers = ["550 5.1.1 no such list sam-it@example.org"], ["554 5.7.1 spam"]
    for key in ("key-2", "key-3"):
        with pytest.raises(PermanentFailure, match=r"answered 55[04]$") as caught:
            await feed.publish(a_notice(), OPEN, key)
        assert not isinstance(caught.value, OutcomeUnknown)
    assert len(box.arrived) == 1


async def test_a_message_without_an_answer_is_never_sent_again_by_itself(feed: EmailFeed, box: Mailbox) -> None:
    box.lose = 1
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            await feed.publish(a_notice(), OPEN, "key-1")
    with pytest.raises(OutcomeUnknown):
        await feed.look_up(OPEN, "key-1")
    assert len(box.arrived) == 1
