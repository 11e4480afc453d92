"""Chat in the terminal: the plain-text path, for people at a console and for scripts that pipe messages in.

One line is one message. A line of three quotes opens a message of several lines and closes it again. What others do
meanwhile (a case got its number) is shown as it comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from bot.channels.handling import TurnHandler
from bot.turns import Answered, Incoming
from dialogs.case import Person
from dialogs.events import Event, Joined, Said
from dialogs.plain_text import render
from dialogs.replies import Reply
from dialogs.texts import DEFAULT_LANGUAGE, Texts
from knowledge.errors import PermanentFailure

CHANNEL = "terminal"
_BLOCK = '"""'
_PROMPT = "> "


def show_in_terminal(replies: Sequence[Reply], texts: Texts) -> str:
    """Replies as they stand in the terminal, without control sequences that a text could bring along."""
    shown = "\n\n".join(render(reply, texts) for reply in replies)
    return "".join(sign for sign in shown if sign.isprintable() or sign in "\n\t")


@dataclass(slots=True)
class Terminal:
    """A conversation at the console. `interactive` shows a prompt; `before_exit` lets pending effects finish."""

    turns: TurnHandler
    texts: Mapping[str, Texts]
    person: Person
    conversation_id: str
    new_id: Callable[[], str]
    out: TextIO = field(default_factory=lambda: sys.stdout)
    source: TextIO = field(default_factory=lambda: sys.stdin)
    interactive: bool = False
    before_exit: Callable[[], Awaitable[None]] | None = None

    async def run(self) -> None:
        """Greet, then answer message after message until the end of the input."""
        await self._handle(Joined(), "joined")
        lines = _Lines(self.source, asyncio.get_running_loop())
        while (message := await self._message(lines)) is not None:
            await self._handle(Said(message), self.new_id())
        if self.before_exit is not None:
            await self.before_exit()

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        """Show what nobody just asked for; raises PermanentFailure for another console's conversation."""
        if reference.get("conversation_id") != self.conversation_id:
            raise PermanentFailure("that conversation is not at this console")
        self._show(replies, language, again=True)

    async def _handle(self, event: Event, activity_id: str) -> None:
        async def show(answered: Answered) -> None:
            self._show(answered.replies, answered.language)

        await self.turns.handle(
            Incoming(
                conversation_id=self.conversation_id,
                activity_id=activity_id,
                channel=CHANNEL,
                event=event,
                person=self.person,
                nonce=None,
                reference={"channel": CHANNEL, "conversation_id": self.conversation_id},
            ),
            show,
        )

    async def _message(self, lines: _Lines) -> str | None:
        self._prompt()
        line = await lines.next()
        if line is None or line.strip() != _BLOCK:
            return line
        block: list[str] = []
        while (line := await lines.next()) is not None and line.strip() != _BLOCK:
            block.append(line)
        return "\n".join(block)

    def _prompt(self) -> None:
        if self.interactive:
            self.out.write(_PROMPT)
            self.out.flush()

    def _show(self, replies: Sequence[Reply], language: str, *, again: bool = False) -> None:
        texts = self.texts.get(language) or self.texts[DEFAULT_LANGUAGE]
        # A message that comes in between starts on a line of its own and leaves a new prompt.
        start = "\n" if again and self.interactive else ""
        self.out.write(f"{start}{show_in_terminal(replies, texts)}\n\n")
        self.out.flush()
        if again:
            self._prompt()


class _Lines:
    """Lines of a text stream, without blocking the loop and without holding up the end of the program.

    A daemon thread reads: a thread of the loop's pool would be waited for at exit, and Ctrl-C would hang until Enter.
    """

    def __init__(self, source: TextIO, loop: asyncio.AbstractEventLoop) -> None:
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = loop
        threading.Thread(target=self._read, args=(source,), daemon=True).start()

    async def next(self) -> str | None:
        """The next line without its end, or None at the end of the input."""
        line = await self._queue.get()
        if line is None:
            self._queue.put_nowait(None)  # the end stays the end, also for the one who asks again
        return line

    def _read(self, source: TextIO) -> None:
        try:
            for line in source:
                self._put(line.rstrip("\r\n"))
        except ValueError:
            pass  # the stream was closed, or holds what is not text: the end either way
        self._put(None)

    def _put(self, line: str | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the program is ending
            self._loop.call_soon_threadsafe(self._queue.put_nowait, line)
