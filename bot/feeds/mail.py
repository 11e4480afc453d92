"""Notices by e-mail, to an address that stands for a list: the way that is left when everything else is down.

A notice is a thread: later versions refer to the first message. Message-IDs are made from our own keys, so a message
that comes a second time all the same is seen to be the same one by whoever receives it. The last dot of a message is
the moment of truth: what was refused before it was not sent, and what got no answer after it is never sent again by
itself.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE_FORMAT
from email.utils import format_datetime
from html import escape

import aiosmtplib

from bot.feeds.once import Once
from bot.settings import Encryption
from bot.web.notice_html import NoticeHtml, characters
from bot.web.portal_pages import NoticeAddress
from dialogs.case import Notice, NoticeStatus
from dialogs.notice_post import NoticePost, post_of
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure, UncertainOutcome
from knowledge.feed_targets import FeedTarget

_STEP_SECONDS = 6.0
# A server may look through a message before it answers for it; not to wait for that leaves it uncertain.
_ANSWER_SECONDS = 30.0
_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes mail from us. user: empty when it knows us by our address. tls: whom it is trusted by."""

    host: str
    port: int
    encryption: Encryption = Encryption.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class EmailFeed:
    """See `ports.GroupFeed`. A post's id is the Message-ID of the first message of its thread.

    sender: the address it comes from, and the name it is shown with.
    """

    server: MailServer
    sender: Address
    html: NoticeHtml
    once: Once
    clock: Callable[[], datetime]
    page: NoticeAddress = field(default_factory=NoticeAddress)

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """A new thread."""
        return await self._send(notice, target, key, "")

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """By what was stored when it was sent."""
        return await self.once.look_up(key)

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """One more message in the thread; without a thread, a new one."""
        if not post_id.startswith("<"):
            return await self.publish(notice, target, key)
        await self._send(notice, target, key, post_id)
        return post_id

    async def check(self, target: FeedTarget) -> None:
        """The server takes us in."""
        client = await self._connect()
        await _leave(client)

    async def _send(self, notice: Notice, target: FeedTarget, key: str, thread: str) -> str:
        message = self._message(notice, target, key, thread)

        async def send() -> str:
            client = await self._connect()
            try:
                await _hand_over(client, self.sender.addr_spec, target.address, message.as_bytes())
            finally:
                await _leave(client)
            return str(message["Message-ID"])

        return await self.once.do(key, send)

    def _message(self, notice: Notice, target: FeedTarget, key: str, thread: str) -> EmailMessage:
        post = post_of(notice, self.html.texts, self.clock(), self.page(notice))
        message = EmailMessage(policy=WIRE_FORMAT)
        message["From"] = self.sender
        message["To"] = Address(addr_spec=target.address)
        message["Subject"] = _one_line(f"{post.heading} ({notice.ref}, {self.html.state(notice, self.clock())})")
        message["Date"] = format_datetime(self.clock())
        message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{self.sender.domain}>"
        if thread:
            message["In-Reply-To"] = thread
            message["References"] = thread
        # So that no absence note answers to the desk for each of twelve thousand.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(characters(post.as_text()))
        message.add_alternative(self._page(notice, post), subtype="html")
        return message

    def _page(self, notice: Notice, post: NoticePost) -> str:
        if notice.status is NoticeStatus.WITHDRAWN:
            told = self.html.withdrawn(notice)
        else:
            told = self.html.facts(notice) + self.html.history(notice, 2)
        if post.link is not None:
            told += f'<p><a href="{escape(post.link.url)}">{escape(post.link.label)}</a></p>'
        shown = f"<h1>{escape(characters(post.heading))}</h1><p>{escape(characters(post.standing))}</p>{told}"
        return f'<!doctype html><html lang="{self.html.texts.language}"><body>{shown}</body></html>'

    async def _connect(self) -> aiosmtplib.SMTP:
        server = self.server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.encryption is Encryption.TLS,
            start_tls=server.encryption is Encryption.STARTTLS,
            tls_context=server.tls,
            username=server.user or None,
            password=server.password or None,
            timeout=_STEP_SECONDS,
        )
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            client.close()
            # Also a login that is refused: it is put right by a new setting, and then everything goes.
            raise TemporaryFailure(f"the mail server cannot be used: {type(error).__name__}") from error
        return client


async def _hand_over(client: aiosmtplib.SMTP, sender: str, to: str, content: bytes) -> None:
    try:
        await client.mail(sender)
        await client.rcpt(to)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise TemporaryFailure(f"the mail server broke off: {type(error).__name__}") from error
    try:
        await client.data(content, timeout=_ANSWER_SECONDS)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise UncertainOutcome(f"the mail server gave no answer to a message: {type(error).__name__}") from error


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye; whatever goes wrong now changes nothing."""
    try:
        await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()


def _refused(error: aiosmtplib.SMTPResponseException) -> PortError:
    # Not the server's own words: they may hold addresses.
    told = f"the mail server answered {error.code}"
    return TemporaryFailure(told) if 400 <= error.code < 500 else PermanentFailure(told)


def _one_line(text: str) -> str:
    """As a header takes it: no line break can begin another header."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1] + "…"
