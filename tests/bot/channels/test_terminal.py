"""The terminal: piped input, several lines, messages that come in between, the end."""

from __future__ import annotations

import asyncio
from io import StringIO
from itertools import count

import pytest

from bot.channels.terminal import Terminal, show_in_terminal
from bot.web.demo_people import load_demo_people
from dialogs.events import Joined, Said
from dialogs.replies import Text
from knowledge.errors import PermanentFailure
from tests.bot.channels.doubles import TEXTS, EchoTurns


def terminal(turns: EchoTurns, typed: str, out: StringIO, *, interactive: bool = False) -> Terminal:
    numbers = count(1)
    return Terminal(
        turns=turns,
        texts=TEXTS,
        person=load_demo_people()["1linje"].person,
        conversation_id="terminal-1",
        new_id=lambda: f"m{next(numbers)}",
        out=out,
        source=StringIO(typed),
        interactive=interactive,
    )


async def test_piped_lines_are_messages_and_the_end_of_the_input_is_the_end() -> None:
    turns, out = EchoTurns(), StringIO()
    await terminal(turns, "skriveren virker ikke\nsend", out).run()
    assert [one.event for one in turns.taken] == [Joined(), Said("skriveren virker ikke"), Said("send")]
    assert out.getvalue() == "Hei\n  1. Meld feil\n\nDu skrev skriveren virker ikke\n\nDu skrev send\n\n"


async def test_a_block_is_one_message_of_several_lines() -> None:
    turns = EchoTurns()
    await terminal(turns, '"""\nen\n\nto\n"""\nslutt\n"""\nuten ende', StringIO()).run()
    assert [one.event for one in turns.taken[1:]] == [Said("en\n\nto"), Said("slutt"), Said("uten ende")]


async def test_someone_at_the_keyboard_gets_a_prompt_also_after_news() -> None:
    turns, out = EchoTurns(), StringIO()
    console = terminal(turns, "hei\n", out, interactive=True)
    await console.run()
    assert out.getvalue().count("> ") == 2
    await console.deliver(turns.taken[-1].reference, (Text("Sak L-1 er registrert."),), "nb")
    assert out.getvalue().endswith("\nSak L-1 er registrert.\n\n> ")


async def test_what_is_pending_finishes_before_the_end() -> None:
    done = asyncio.Event()

    async def finish() -> None:
        done.set()

    console = terminal(EchoTurns(), "", StringIO())
    console.before_exit = finish
    await console.run()
    assert done.is_set()


async def test_another_consoles_message_is_not_shown_here() -> None:
    out = StringIO()
    with pytest.raises(PermanentFailure):
        await terminal(EchoTurns(), "", out).deliver({"conversation_id": "other"}, (Text("hemmelig"),), "nb")
    assert out.getvalue() == ""


def test_a_text_cannot_steer_the_terminal() -> None:
    assert show_in_terminal((Text("\x1b[2Jhei\x07\nder"),), TEXTS["nb"]) == "[2Jhei\nder"
