"""The closed group's own text: asked for by itself, previewed as the group will see it, seen by nobody else."""

from __future__ import annotations

import pytest

from dialogs.case import Role
from dialogs.notice_text import seen_by
from dialogs.replies import Summary
from knowledge.notice_reach import reach_of
from tests.dialogs.talking import fill, publish
from tests.dialogs.test_notice_updates import ANSWERS
from tests.transcript import Transcript, library, person

SECRET = "Domenekontroller 7 er kompromittert"


def at_preview(groups: str = "alle gruppene", closed: str = SECRET) -> Transcript:
    """A notice that waits to be published."""
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    return fill(talk, **{**ANSWERS, "groups": groups, "closed_text": closed})


def published() -> Transcript:
    talk = at_preview()
    publish(talk)
    assert talk.notices
    talk.waits(hours=1)
    return talk


def test_each_group_sees_its_own_preview() -> None:
    talk = at_preview()
    talk.bot_says("slik SAM/IKT-hovedkontakter ser den", "slik SAM/IT og Kundeportalen ser den", SECRET)
    closed, everybody = (reply for reply in talk.replies if isinstance(reply, Summary))
    assert "SAM/IKT-hovedkontakter" in closed.title
    assert SECRET in str(closed.rows)
    assert SECRET not in str(everybody.rows)


def test_one_group_alone_is_not_asked_for_a_text_of_its_own() -> None:
    for groups in ("SAM/IT", "SAM/IKT-hovedkontakter"):
        talk = at_preview(groups)
        assert "closed_text" not in [key for _, key in (choice[0].rpartition(":")[::2] for choice in talk.choices())]
        talk.bot_says("Skal jeg publisere meldingen?")
        talk.bot_does_not_say("den lukkede gruppen", "slik SAM/IKT")


@pytest.mark.parametrize("said", ["nei", "Nei, samme tekst", "ingen", "vet ikke"])
def test_no_text_of_its_own(said: str) -> None:
    talk = at_preview(closed=said)
    publish(talk)
    assert talk.notices[0].closed_text == ""


def test_the_open_version_holds_nothing_of_it() -> None:
    notice = published().notices[0]
    assert notice.closed_text == SECRET
    assert SECRET not in str(notice.open_version().to_json())


def shown(talk: Transcript) -> tuple[str, str]:
    """What the closed group and what everybody will see, at the preview of a line."""
    closed, everybody = (reply for reply in talk.replies if isinstance(reply, Summary))
    assert "slik SAM/IKT-hovedkontakter ser den" in closed.title
    assert "slik SAM/IT og Kundeportalen ser den" in everybody.title
    return str((closed.rows, closed.notes)), str((everybody.rows, everybody.notes))


@pytest.mark.parametrize("said", ["Nøkkelen er byttet", "ja"])
def test_the_closed_group_gets_words_of_its_own_by_a_press(said: str) -> None:
    """ "Ja" to whether they are to know more was published as what they are to know."""
    talk = published()
    talk.says("oppdater D-2026-0001: Leverandøren ser på det. Ny oppdatering kl 13")
    talk.presses("Egen tekst til SAM/IKT-hovedkontakter")
    talk.bot_says("Skal SAM/IKT-hovedkontakter få vite noe mer")
    talk.says(said)
    if said == "ja":
        talk.bot_says("få vite noe mer")
        talk.says("Nøkkelen er byttet")
    closed, everybody = shown(talk)
    assert "Nøkkelen er byttet" in closed
    assert "Nøkkelen" not in everybody
    assert SECRET in closed
    assert SECRET not in everybody
    talk.says("send")
    line = talk.notices[0].history[-1]
    assert (line.text, line.closed) == ("Leverandøren ser på det. Ny oppdatering kl 13", "Nøkkelen er byttet")
    assert "Nøkkelen" not in str(talk.notices[0].open_version().to_json())


def test_or_in_a_message_of_its_own_and_takes_it_back() -> None:
    talk = published()
    talk.says("rettet D-2026-0001: Et sertifikat var utløpt")
    talk.says("Lukket gruppe: nøkkelen er byttet")
    assert "nøkkelen er byttet" in shown(talk)[0]
    talk.presses("Egen tekst til SAM/IKT-hovedkontakter")
    talk.presses("Nei, samme tekst")
    assert "nøkkelen" not in str(shown(talk))
    talk.says("send")
    assert talk.notices[0].history[-1].closed == ""


@pytest.mark.parametrize("action", ["line:same", "line:send:0123456789ab", "line:closed", "line:next", "line:drop"])
def test_an_old_button_writes_nothing(action: str) -> None:
    talk = published()
    talk.press_action(action)
    talk.bot_says("ikke lenger i bruk")
    assert not talk.effects


@pytest.mark.parametrize("role", [Role.ANSATT, Role.SUPERBRUKER, Role.FORSTELINJE, Role.FORVALTER])
def test_other_people_see_the_open_version_and_no_closed_notice(role: Role) -> None:
    notice, reach = published().notices[0], reach_of(library().organisation)
    seen = seen_by(notice, {Role.ANSATT, role}, reach)
    assert seen == notice.open_version()
    only_closed = at_preview("SAM/IKT-hovedkontakter")
    publish(only_closed)
    assert seen_by(only_closed.notices[0], {Role.ANSATT, role}, reach) is None


@pytest.mark.parametrize("role", [Role.USS, Role.IKT_HOVEDKONTAKT])
def test_those_it_is_meant_for_see_it(role: Role) -> None:
    notice = published().notices[0]
    assert seen_by(notice, {role}, reach_of(library().organisation)) == notice
