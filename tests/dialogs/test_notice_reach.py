"""What the bot says of where a notice goes is true: Kundeportalen only when an open group is among the groups."""

from __future__ import annotations

import pytest

from dialogs.case import NoticeStatus
from tests.dialogs.talking import publish
from tests.transcript import Transcript, person

_ANSWERS = {
    "type": "fellesfeil",
    "affected": "Alle som bruker AKS",
    "since": "i dag kl 08.15",
    "consequence": "Ingen får logget på AKS",
    "workaround": "Bruk telefonen",
    "next_update_at": "i dag kl 11",
    "closed_text": "nei",
}


def written_for(groups: str) -> Transcript:
    """A notice filled in as far as the question whether to publish it."""
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("publiser fellesfeil: AKS-pålogging feiler siden kl. 08.15 i dag")
    for _ in range(10):
        if "Skal jeg publisere" in talk.last:
            return talk
        pending = talk.state.pending
        assert pending is not None
        if pending.key == "groups":
            talk.bot_says("også på Kundeportalen når SAM/IT er med")
        talk.says({**_ANSWERS, "groups": groups}[pending.key])
    raise AssertionError(f"the notice is not complete: {talk.last}")


@pytest.mark.parametrize(("groups", "keys"), [("SAM/IT", 1), ("Alle gruppene", 2)])
def test_with_the_open_group_it_is_shown_on_the_portal(groups: str, keys: int) -> None:
    talk = written_for(groups)
    talk.bot_says("og vises på Kundeportalen")
    publish(talk)
    assert talk.notices[0].status is NoticeStatus.ACTIVE
    assert len(talk.notices[0].groups) == keys


def test_the_closed_group_alone_is_told_that_nobody_else_sees_it() -> None:
    talk = written_for("SAM/IKT-hovedkontakter")
    talk.bot_says("Går bare til SAM/IKT-hovedkontakter", "Den vises ikke på Kundeportalen")
    talk.says("publiser")
    talk.bot_says("publisert i SAM/IKT-hovedkontakter", "ikke på Kundeportalen")
    assert talk.notices[0].groups == ("sam_ikt_hovedkontakter",)


@pytest.mark.parametrize("said", ["ja, vent litt", "Ja men vent", "ja ikke ennå"])
def test_only_a_bare_yes_sends_to_very_many(said: str) -> None:
    """ "Ja, vent litt" to the number of people was taken for a yes."""
    talk = written_for("SAM/IT")
    talk.says("publiser")
    talk.bot_says("12 000")
    talk.says(said)
    assert not talk.notices
    talk.says("publiser")
    talk.says("ja")
    assert len(talk.notices) == 1
