"""A post that nobody can look up: USS says that it is there, or has it posted again, by word and by button."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dialogs.unsettled_post import SettlePost, UnsettledPost
from tests.dialogs.test_notice_updates import published
from tests.transcript import Transcript, person

REF = "D-2026-0001"
OPEN, CLOSED = "sam_it/page", "sam_ikt_hovedkontakter/page"
LOST = UnsettledPost(REF, OPEN, True, "OutcomeUnknown: no answer after it was sent")


def unsettled(*posts: UnsettledPost) -> Transcript:
    talk = published()
    talk.unsettled[:] = posts or (LOST,)
    return talk


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (f"{REF} SAM/IT er sendt", "neste oppdatering blir et nytt innlegg"),
        (f"{REF} er sendt", "Notert: D-2026-0001 er i SAM/IT"),
        (f"{REF.lower()}: SAM/IT kom frem.", "Notert: D-2026-0001 er i SAM/IT"),
        (f"{REF} SAM/IT is there", "Noted: D-2026-0001 is in SAM/IT"),
    ],
)
def test_it_is_there_in_words(said: str, answer: str) -> None:
    talk = unsettled()
    talk.says(said)
    assert talk.effects == [SettlePost(REF, OPEN, True)]
    talk.bot_says(answer)


@pytest.mark.parametrize(
    "said",
    [
        f"send {REF} på nytt", f"{REF} SAM/IT send på nytt", f"send {REF} på nytt til SAM/IT",
        f"Send {REF} til SAM/IT igjen", f"resend {REF} to SAM/IT", f"send {REF} på ny til SAM/IT",
    ],
)  # fmt: skip
def test_or_is_posted_again(said: str) -> None:
    talk = unsettled()
    talk.says(said)
    assert talk.effects == [SettlePost(REF, OPEN, False)]
    if "resend" not in said:
        talk.bot_says("Jeg sender D-2026-0001 på nytt til SAM/IT", "slette den gamle")


def test_which_place_is_asked_when_there_are_several() -> None:
    talk = unsettled(LOST, replace(LOST, target=CLOSED))
    talk.says(f"{REF} er sendt")
    talk.bot_says("Hvilket sted mener du")
    assert not talk.effects
    talk.says("2")
    assert talk.effects == [SettlePost(REF, CLOSED, True)]
    talk.says(f"send {REF} på nytt til SAM/IT")
    assert talk.effects == [SettlePost(REF, OPEN, False)]


def test_a_later_version_is_there_already() -> None:
    talk = unsettled(replace(LOST, outdone=True))
    talk.says(f"send {REF} på nytt")
    talk.bot_says("En nyere oppdatering")
    assert talk.effects == [SettlePost(REF, OPEN, True)]


@pytest.mark.parametrize("outcome", ["notice_uncertain", "notice_failed"])
def test_what_is_told_of_it_has_the_buttons(outcome: str) -> None:
    talk = unsettled()
    talk.happens(outcome, REF, target=OPEN, text="no answer")
    assert [label for _, label in talk.choices()] == ["Den er der", "Send på nytt"]
    talk.says("send")
    assert not any(isinstance(one, SettlePost) for one in talk.effects), "no word alone sends to thousands"
    talk.happens(outcome, REF, target=OPEN, text="no answer")
    talk.says("send på nytt")
    assert talk.effects == [SettlePost(REF, OPEN, False)]


def test_the_report_shows_it_until_it_is_settled_with_the_buttons() -> None:
    talk = unsettled()
    posts = [{"target": OPEN, "state": "uncertain", "reason": "no answer"}]
    people = {"queued": 0, "sent": 0, "failed": 0, "uncertain": 0}
    line = {"line": 0, "kind": "published", "at": "2026-11-23T09:00:00+01:00", "posts": posts, "people": people,
            "undelivered": []}  # fmt: skip
    report = json.dumps({"ref": REF, "what": "AKS er nede", "lines": [line]})
    talk.happens("notice_report", REF, text=report)
    talk.bot_says("usikker (no answer)", "Se etter der")
    talk.presses("SAM/IT (lokal side): Den er der")
    assert talk.effects == [SettlePost(REF, OPEN, True)]
    posts[0] |= {"state": "confirmed", "reason": "Ulla Uss"}
    talk.happens("notice_report", REF, text=json.dumps({"ref": REF, "what": "AKS er nede", "lines": [line]}))
    talk.bot_says("sett at den er der (Ulla Uss)")
    assert not talk.choices()


def test_the_list_of_notices_reminds_of_it() -> None:
    talk = unsettled()
    talk.says("driftsmeldinger")
    talk.bot_says("Jeg vet ikke om D-2026-0001 kom frem i SAM/IT")


@pytest.mark.parametrize("said", [f"{REF} er sendt", f"send {REF} på nytt"])
def test_nobody_but_the_incident_manager(said: str) -> None:
    talk = unsettled()
    talk.person = person("1linje")
    talk.says(said)
    talk.bot_says("Bare USS")
    talk.press_action(f"post:{REF}:{OPEN}:again")
    talk.bot_says("Bare USS")
    assert not talk.effects


@pytest.mark.parametrize(
    "action", [f"post:{REF}:sam_it/other:sent", f"post:{REF}:{OPEN}:eaten", "post:D-2026-0009", "post:"]
)
def test_what_is_not_there_is_not_settled(action: str) -> None:
    talk = unsettled()
    talk.press_action(action)
    talk.bot_says("venter på at noen ser etter")
    assert not talk.effects
