"""What may be said at any point, and what only looks like it."""

from __future__ import annotations

import pytest

from dialogs.commands import Command, after_greeting, find_command


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("avbryt", Command.CANCEL, ""),
        ("Glem det!", Command.CANCEL, ""),
        ("tilbake", Command.BACK, ""),
        ("attende", Command.BACK, ""),
        ("hopp over", Command.SKIP, ""),
        ("-", Command.SKIP, ""),
        ("?", Command.HELP, ""),
        ("Hva kan du?", Command.HELP, ""),
        ("status", Command.STATUS, ""),
        ("Korleis går det med saka mi?", Command.STATUS, ""),
        ("status på sak L-2026-000012", Command.STATUS, "L-2026-000012"),
        ("L-2026-000012", Command.STATUS, "L-2026-000012"),
        ("hvilket skjema for ny postkasse?", Command.WHICH_FORM, "for ny postkasse"),
        ("Which form do I need for a new mailbox?", Command.WHICH_FORM, "do I need for a new mailbox"),
        ("endre omfang til hele etaten", Command.CHANGE, "omfang til hele etaten"),
        ("ny sak: skriveren er død", Command.NEW_CASE, "skriveren er død"),
        ("publiser fellesfeil: AKS er nede", Command.NOTICE, "AKS er nede"),
        ("Driftsmelding: Gerica er tregt", Command.NOTICE, "Gerica er tregt"),
        ("driftsmeldinger", Command.NOTICES, ""),
        ("jeg vil snakke med et menneske", Command.HANDOVER, ""),
        ("in English please", Command.LANGUAGE, "en"),
        ("snakk nynorsk", Command.LANGUAGE, "nn"),
        ("kommentar: det virker nå", Command.COMMENT, "det virker nå"),
        ("trekk sak L-2026-000001", Command.WITHDRAW, "L-2026-000001"),
        ("mine innkomne", Command.INBOX, ""),
        ("Innboksen", Command.INBOX, ""),
        ("virker ikke", Command.REOPEN, ""),
        ("Det verkar ikkje: framleis svart", Command.REOPEN, "framleis svart"),
        ("It still doesn't work: black screen", Command.REOPEN, "black screen"),
        ("svar", Command.COMMENT, ""),
        ("hei", Command.GREETING, ""),
        ("det hastar i sak L-2026-000001", Command.ESCALATE, "L-2026-000001"),
        ("det haster med L-2026-000001", Command.ESCALATE, "L-2026-000001"),
        ("The case is urgent", Command.ESCALATE, ""),
        ("tusen takk", Command.THANKS, ""),
    ],
)
def test_commands(text: str, command: Command, rest: str) -> None:
    said = find_command(text)
    assert said is not None
    assert (said.command, said.rest) == (command, rest)


@pytest.mark.parametrize(
    "text",
    [
        "programmet avbrytes når jeg skriver ut",
        "hei, skriveren virker ikke",
        "jeg kommer ikke tilbake til skrivebordet i AKS",
        "statusfeltet i Websak er blankt",
        "hjelp, alt er nede i hele bydelen",
        "skjemaet på nettsiden virker ikke",
        "takk for sist, men PC-en henger fortsatt",
        "",
        "   ",
    ],
)
def test_a_report_is_no_command(text: str) -> None:
    assert find_command(text) is None


class TestAGreetingBeforeACommand:
    @pytest.mark.parametrize(
        ("said", "command"),
        [
            ("Hei, status", "status"),
            ("Hei! feil skjema", "feil skjema"),
            ("hei losen, avbryt", "avbryt"),
            ("God morgen, driftsmeldinger", "driftsmeldinger"),
            ("Heisann, endre omfang", "endre omfang"),
            ("hello, help", "help"),
            ("hei hei, fjern Kari fra saken", "fjern Kari fra saken"),
        ],
    )
    def test_it_hides_none(self, said: str, command: str) -> None:
        assert after_greeting(said) == command
        assert find_command(after_greeting(said)) is not None

    @pytest.mark.parametrize("said", ["Hei", "Hei, skriveren virker ikke", "hei på deg", "Heis 3 står", "hei Kari"])
    def test_what_is_no_command_stays_as_it_is(self, said: str) -> None:
        assert after_greeting(said) == said
