"""What an employee is told when the report lies with the own 1.linje, by the virksomhet's chosen way (G 3.2.1)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.case_text import route_of
from dialogs.conversation import Conversation
from dialogs.flows.first_line_receipt import MAX_LINK, MAX_TEXT, mail_link, ready_text
from dialogs.items import KeptItems
from dialogs.replies import Text
from dialogs.state import State
from dialogs.turn import Situation
from knowledge.organisation import FirstLineWay
from tests.bot.samples import a_case
from tests.dialogs.test_guide_rules import answered
from tests.transcript import MONDAY, Transcript, engine, library, person

FAULT = "PC-en min starter ikke siden i går kl 14 & skjermen er svart, prøvd omstart"


def virksomhet_by(way: FirstLineWay) -> str:
    """The first virksomhet that has chosen this way."""
    virksomheter = library().organisation.virksomheter.values()
    return next(one.code for one in virksomheter if one.first_line.way is way)


def reported(way: FirstLineWay, *, reads: bool) -> Transcript:
    talk = Transcript(person("ansatt", virksomhet=virksomhet_by(way)), first_line_reads=reads)
    talk.says(FAULT)
    answered(talk).says("send")
    assert talk.case["route"] == f"1.linje {talk.person.virksomhet}"
    return talk


def links(talk: Transcript) -> list[str]:
    return [link.url for reply in talk.replies if isinstance(reply, Text) for link in reply.links]


def test_lokal_servicedesk_is_the_inbox_and_nothing_more_is_to_be_done() -> None:
    talk = reported(FirstLineWay.LOKAL_SERVICEDESK, reads=True)
    talk.bot_says("ligger i innboksen til 1.linje hos dere", "L-2026-000001")
    assert links(talk) == []


def test_when_nobody_reads_the_inbox_that_is_said_and_the_way_given() -> None:
    talk = reported(FirstLineWay.LOKAL_SERVICEDESK, reads=False)
    talk.bot_says("Ingen i 1.linje hos dere leser saker her ennå", "Jeg har ikke meldt den der", FAULT)
    talk.bot_does_not_say("ligger i innboksen")
    assert links(talk)[0].startswith("https://")


@pytest.mark.parametrize("reads", [True, False])
def test_by_email_a_ready_letter_is_given_and_not_said_to_be_sent(reads: bool) -> None:
    talk = reported(FirstLineWay.EMAIL, reads=reads)
    talk.bot_says("tar imot på e-post", "Jeg har ikke sendt den")
    assert ("ligger i innboksen" in talk.last) is reads
    (url,) = links(talk)
    letter = urlsplit(url)
    assert letter.path == library().organisation.virksomheter[talk.person.virksomhet].first_line.target
    query = parse_qs(letter.query, strict_parsing=True)
    assert query["subject"] == [talk.case["title"]]
    assert query["body"][0].endswith(talk.case["description"])
    assert "L-2026-000001" in query["body"][0]


@pytest.mark.parametrize(
    ("way", "said"),
    [(FirstLineWay.TEAMS, "Jeg har ikke skrevet der"), (FirstLineWay.LINK, "Jeg har ikke meldt den der")],
)
def test_elsewhere_the_link_comes_with_a_text_to_paste(way: FirstLineWay, said: str) -> None:
    talk = reported(way, reads=True)
    talk.bot_says("ligger i innboksen", said, FAULT)
    assert links(talk) == [library().organisation.virksomheter[talk.person.virksomhet].first_line.target]


def test_a_virksomhet_nobody_knows_is_said_to_be_unknown() -> None:
    talk = Transcript(person("ansatt", virksomhet=""), first_line_reads=False)
    talk.says(FAULT)
    while talk.state.pending and talk.state.pending.kind != "virksomhet":
        talk.says("1")
    talk.says("Fjordby")
    answered(talk).says("send")
    talk.bot_says("kjenner ikke 1.linje i Fjordby", "Ingen har fått den ennå")


def test_the_form_for_employees_is_their_own_first_lines() -> None:
    own = next(form for form in library().catalogue if form.audience == ("ansatt",))
    assert route_of(_talk(), own) == "1.linje BGO"


def test_the_desk_that_is_closed_is_not_the_one_who_gets_it() -> None:
    """G 4.3: USS's hours are USS's"""
    talk = Transcript(person("ansatt"), now=MONDAY.replace(hour=22), first_line_reads=True)
    talk.says(FAULT)
    answered(talk).says("send")
    talk.bot_does_not_say("stengt")


def _talk() -> Conversation:
    situation = Situation(person("ansatt"), MONDAY, "L-2026-000001", "D-2026-0001")
    return Conversation(State(), situation, library(), engine().texts, KeptItems())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=140).filter(str.strip), st.text(max_size=4000))
def test_the_link_is_never_too_long_and_its_text_is_a_beginning(title: str, description: str) -> None:
    case = replace(a_case(), title=title[:20] or "x", description=description)
    whole = ready_text(_talk(), case)
    url = mail_link(_talk(), "it@example.invalid", case)
    assert len(url) <= MAX_LINK
    assert len(whole) <= MAX_TEXT
    body = unquote(url.partition("&body=")[2])
    assert body == whole or (body.endswith("…") and whole.startswith(body[:-1]))
    assert len(body) > 60 or body == whole


def test_a_long_report_fills_the_link() -> None:
    url = mail_link(_talk(), "it@example.invalid", replace(a_case(), description="abc " * 1000))
    assert MAX_LINK - 40 <= len(url) <= MAX_LINK
