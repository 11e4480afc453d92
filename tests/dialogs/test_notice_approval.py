"""A notice to very many: the number is said and confirmed, and a second person approves it (DESIGN 4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from dialogs.case import NoticeStatus
from dialogs.effects import PublishNotice
from dialogs.notice_text import post_rows
from dialogs.texts import load_texts
from tests.dialogs.talking import approver, fill, publish
from tests.dialogs.test_notice_updates import ANSWERS
from tests.transcript import MONDAY, Transcript, person

REF = "D-2026-0001"


def at_preview(now: datetime = MONDAY, **answers: str) -> Transcript:
    talk = Transcript(person("uss", virksomhet="UKE"), now=now)
    talk.says("lag driftsmelding")
    return fill(talk, **{**ANSWERS, **answers})


def submitted() -> Transcript:
    """A notice to everybody that waits for somebody else."""
    talk = at_preview()
    talk.says("publiser")
    talk.says("ja")
    talk.bot_says(REF, "venter på godkjenning")
    assert [one.status for one in talk.notices] == [NoticeStatus.WAITING]
    return talk


class TestTheNumber:
    def test_is_said_before_it_is_too_late(self) -> None:
        talk = at_preview()
        talk.says("publiser")
        talk.bot_says("sendes til 12 000 personer i SAM/IT", "Ja, send til 12 000", "Nei, endre grupper")
        assert not talk.effects

    def test_the_wrong_group_is_changed(self) -> None:
        talk = at_preview()
        talk.says("publiser")
        talk.presses("Nei, endre grupper")
        talk.says("SAM/IKT-hovedkontakter")
        talk.says("publiser")
        assert [type(one) for one in talk.effects] == [PublishNotice]
        assert talk.notices[0].groups == ("sam_ikt_hovedkontakter",)

    @pytest.mark.parametrize("said", ["nei", "avbryt"])
    def test_nothing_is_sent_without_a_yes(self, said: str) -> None:
        talk = at_preview()
        talk.says("publiser")
        talk.says(said)
        assert not talk.notices

    def test_the_small_group_needs_neither(self) -> None:
        talk = at_preview(groups="SAM/IKT-hovedkontakter")
        talk.says("publiser")
        assert talk.notices[0].status is NoticeStatus.ACTIVE


def test_the_preview_is_the_post() -> None:
    talk = at_preview()
    previewed = [(row.label, row.value) for row in talk.summary.rows]
    publish(talk)
    posted = post_rows(talk.notices[0], load_texts()["nb"], talk.now)
    assert previewed == [(row.label, row.value) for row in posted]


class TestTheSecondPerson:
    def test_sees_what_the_groups_will_see_and_approves(self) -> None:
        author = at_preview(groups="alle gruppene", closed_text="Nøkkelen er byttet")
        author.says("publiser")
        author.says("ja")
        other = approver(author)
        other.bot_says("slik SAM/IKT-hovedkontakter ser den", "Nøkkelen er byttet", "Alle som bruker AKS", "12 000")
        other.bot_says("Neste oppdatering: i dag")
        other.presses("Godkjenn og publiser")
        other.bot_says("er godkjent")
        (notice,) = author.notices
        assert (notice.status, notice.author, notice.approved_by) == ("active", "Ulla Uss", "Remi Manager")
        assert [line.kind for line in notice.history] == ["published"]

    def test_cannot_be_the_author(self) -> None:
        talk = submitted()
        talk.says("til godkjenning")
        assert [label for _, label in talk.choices()] == ["Trekk meldingen"]
        version = talk.notices[0].updated_at.timestamp()
        talk.press_action(f"approval:{REF}:approve:{version:.6f}")
        talk.bot_says("En annen i USS må godkjenne den")
        talk.press_action(f"approval:{REF}:back")
        talk.bot_says("En annen i USS må godkjenne den")
        assert not talk.effects

    def test_nor_anybody_outside_the_desk(self) -> None:
        talk = Transcript(person("forvalter"), notices=submitted().notices)
        for action in (f"approval:{REF}", f"approval:{REF}:approve:1", f"approval:{REF}:drop", f"mend:{REF}"):
            talk.press_action(action)
            talk.bot_says("Bare USS kan publisere")
        talk.says("til godkjenning")
        talk.bot_says("Bare USS kan publisere")
        assert not talk.effects

    def test_does_not_approve_what_has_changed_meanwhile(self) -> None:
        other = approver(submitted())
        other.press_action(f"approval:{REF}:approve:1.000000")
        other.bot_says("er endret siden du så den", "Alle som bruker AKS")
        assert not other.effects

    def test_sends_it_back_with_a_reason_and_the_author_mends_it(self) -> None:
        author = submitted()
        other = approver(author)
        other.presses("Send tilbake")
        other.says("Skriv hvilke bydeler det gjelder")
        other.bot_says("sendt tilbake til Ulla Uss")
        author.happens("notice_sent_back", REF, name="Remi Manager", text="Skriv hvilke bydeler det gjelder")
        author.bot_says("Skriv hvilke bydeler det gjelder")
        author.presses("Se meldingen")
        author.bot_says("Sendt tilbake fordi: Skriv hvilke bydeler")
        author.presses("Rett og send på nytt")
        author.bot_says("Skal jeg publisere meldingen?", "Alle som bruker AKS")
        author.says("endre hvem det gjelder til Alle bydeler")
        author.says("publiser")
        author.says("ja")
        author.bot_says(REF, "venter på godkjenning")
        approver(author).presses("Godkjenn og publiser")
        (notice,) = author.notices
        assert (notice.affected, notice.status) == ("Alle bydeler", NoticeStatus.ACTIVE)
        assert "hvilke bydeler" not in str(notice.to_json())

    def test_or_the_author_gives_it_up(self) -> None:
        talk = submitted()
        talk.says("til godkjenning")
        talk.presses("Trekk meldingen")
        talk.bot_says("trukket før den ble publisert")
        assert talk.notices[0].status is NoticeStatus.DROPPED
        talk.press_action(f"approval:{REF}:drop")
        talk.bot_says("venter ikke lenger på godkjenning")

    def test_is_asked_in_a_message_of_his_own(self) -> None:
        other = Transcript(approver(submitted()).person, notices=submitted().notices)
        other.happens("notice_waiting", REF, name="Ulla Uss", text="AKS-pålogging feiler")
        other.bot_says("Ulla Uss ber deg godkjenne", "AKS-pålogging feiler")
        other.presses("Se meldingen")
        other.bot_says("Er teksten og gruppene riktige?")


@pytest.mark.parametrize(("hour", "status"), [(15, NoticeStatus.WAITING), (16, NoticeStatus.ACTIVE)])
def test_with_one_person_on_duty_nobody_is_waited_for(hour: int, status: NoticeStatus) -> None:
    """G 4.3: from 15.30 one person is on duty, and an outage must be told all the same."""
    talk = at_preview(MONDAY.replace(hour=hour), since="nå", next_update_at="i dag kl 19")
    talk.says("publiser")
    talk.says("ja")
    assert talk.notices[0].status is status


def test_until_it_is_published_nobody_else_sees_it() -> None:
    notices = submitted().notices
    for role in ("ansatt", "ikt-hovedkontakt"):
        talk = Transcript(person(role), notices=notices)
        talk.says("driftsmeldinger")
        talk.bot_says("ingen aktive driftsmeldinger")
    uss = Transcript(person("uss", virksomhet="UKE"), notices=notices)
    uss.says("driftsmeldinger")
    uss.bot_says("Venter på godkjenning: D-2026-0001")


@pytest.mark.parametrize(
    "said", ["Ikke godkjenn og publiser", "vi kan ikke godkjenn og publiser den ennå", "ikke godkjenn"]
)
def test_a_sentence_that_holds_the_words_of_the_button_approves_nothing(said: str) -> None:
    talk = submitted()
    other = approver(talk)
    other.says(said)
    assert not other.effects
    assert [one.status for one in talk.notices] == [NoticeStatus.WAITING]
