"""A notice after it is published: listed, updated, resolved, withdrawn (G 5.1.2.2, 5.1.2.5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import NoticeStatus
from tests.dialogs.talking import fill, publish, tell
from tests.transcript import Transcript, person

ANSWERS = {
    "type": "fellesfeil",
    "what": "AKS-pålogging feiler",
    "affected": "Alle som bruker AKS",
    "since": "i dag kl 08.15",
    "consequence": "Ingen får logget på AKS",
    "workaround": "Bruk webversjonen",
    "next_update_at": "i dag kl 11",
    "groups": "SAM/IT",
}


def published() -> Transcript:
    """A fellesfeil that everybody has been told of."""
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    publish(fill(talk, **ANSWERS))
    assert talk.notices
    talk.waits(hours=2)
    return talk


def test_the_contact_is_the_desk_and_the_time_is_now_when_it_is_not_known() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    publish(fill(talk, **{**ANSWERS, "since": "vet ikke", "next_update_at": "vet ikke"}))
    notice = talk.notices[0]
    assert notice.since == talk.now
    assert notice.next_update_at is None
    assert notice.groups == ("sam_it",)
    assert "UKEs Servicesenter" in notice.contact


def test_it_cannot_be_published_before_it_is_complete() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("publiser fellesfeil: Gerica er nede")
    talk.says("publiser")
    talk.bot_says("Meldingen kan ikke publiseres ennå", "konsekvens" if "konsekvens" in talk.last else "brukerne")
    assert not talk.notices


def test_a_planned_one_begins_ahead() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    publish(fill(talk, **{**ANSWERS, "type": "planlagt vedlikehold", "since": "i morgen kl 20"}))
    assert talk.notices[0].since.isoformat() == "2026-11-24T20:00:00+01:00"


class TestTheList:
    def test_none(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("driftsmeldinger")
        talk.bot_says("Det er ingen aktive driftsmeldinger nå")

    def test_everybody_may_read_them(self) -> None:
        talk = Transcript(person("ansatt"), notices=published().notices)
        talk.says("kjente feil")
        talk.bot_says("D-2026-0001", "Ingen får logget på AKS", "Bruk webversjonen")
        assert not talk.choices()

    def test_uss_gets_the_buttons(self) -> None:
        talk = published()
        talk.says("driftsmeldinger")
        assert [label for _, label in talk.choices()] == [
            "Oppdater",
            "Feilen er rettet",
            "Midlertidig løst",
            "Hovedsak og undersaker",
            "Trekk meldingen",
        ]

    def test_in_the_middle_of_a_case_the_case_is_taken_up_again(self) -> None:
        talk = published()
        talk.says("ny sak: AKS fryser for alle på kontoret")
        talk.presses("Nei, noe annet")
        talk.says("driftsmeldinger")
        talk.bot_says("D-2026-0001", "Tilbake til saken")


@pytest.mark.parametrize(
    ("button", "question", "said", "status", "answer"),
    [
        ("Oppdater", "Hva er nytt i D-2026-0001", "Leverandøren ser på det", NoticeStatus.ACTIVE, "er oppdatert"),
        ("Feilen er rettet", "Hva var årsaken", "Sertifikatet var utløpt", NoticeStatus.RESOLVED, "varte i 3 timer"),
        ("Trekk meldingen", "Hvorfor trekkes", "Det var en øvelse", NoticeStatus.WITHDRAWN, "er trukket"),
    ],
)  # fmt: skip
def test_a_line_is_added(button: str, question: str, said: str, status: NoticeStatus, answer: str) -> None:
    talk = published()
    talk.says("driftsmeldinger")
    talk.presses(button)
    talk.bot_says(question)
    talk.says(said)
    assert not talk.effects
    if button == "Oppdater":
        talk.presses("Vet ikke ennå")
    talk.presses("Send til 12 000")
    talk.bot_says(answer)
    assert talk.notices[0].status is status
    assert talk.notices[0].history[-1].text == said


@pytest.mark.parametrize("said", ["oppdater: Leverandøren bytter et sertifikat nå.", "Oppdater: feilen funnet"])
def test_what_is_written_behind_the_word_of_a_button_is_the_line(said: str) -> None:
    """The button was pressed, and the text lost."""
    talk = published()
    talk.says("driftsmeldinger")
    talk.says(said)
    talk.says("kl 14")
    talk.says("send")
    talk.bot_says("er oppdatert")
    assert talk.notices[0].history[-1].text.lower() == said.partition(": ")[2].lower()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("oppdater D-2026-0001: leverandøren bytter en disk", NoticeStatus.ACTIVE),
        ("rettet D-2026-0001 leverandøren har byttet en disk", NoticeStatus.RESOLVED),
        ("Avslutt d-2026-0001: leverandøren har byttet en disk", NoticeStatus.RESOLVED),
    ],
)
def test_a_notice_is_updated_by_its_number_at_any_point(said: str, status: NoticeStatus) -> None:
    """In an outage nobody lists the notices first; these began a case about scripts and screens."""
    talk = published()
    talk.says("status")
    talk.says(said)
    if status is NoticeStatus.ACTIVE:
        talk.says("vet ikke")
    talk.bot_says("Skal jeg sende dette til 12 000 personer?")
    talk.says("send")
    assert "disk" in talk.notices[0].history[-1].text
    assert talk.notices[0].status is status


def test_without_a_time_ahead_there_is_no_next_update() -> None:
    talk = published()
    for said in ("Leverandøren ser på det", "Det begynte i går kl 15"):
        tell(talk, "updated", said)
        assert talk.notices[0].next_update_at is None
        talk.bot_says("er oppdatert")


class TestRefused:
    def test_only_uss(self) -> None:
        talk = published()
        talk.person = person("1linje")
        talk.press_action("notice:D-2026-0001:resolved")
        talk.bot_says("Bare USS kan publisere")

    def test_the_role_was_taken_away_before_the_text_came(self) -> None:
        talk = published()
        talk.press_action("notice:D-2026-0001:resolved")
        talk.person = person("1linje")
        talk.says("Et sertifikat var utløpt")
        talk.bot_says("Bare USS kan publisere")
        assert not talk.effects

    def test_or_before_it_was_published(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("lag driftsmelding")
        fill(talk, **ANSWERS)
        talk.person = person("1linje")
        talk.says("publiser")
        talk.bot_says("Bare USS kan publisere")
        assert not talk.notices

    @pytest.mark.parametrize("action", ["notice:D-2026-0999:resolved", "notice:D-2026-0001:deleted", "notice:"])
    def test_an_unknown_notice_or_a_made_up_change(self, action: str) -> None:
        talk = published()
        talk.press_action(action)
        talk.bot_says("Jeg finner ingen aktiv driftsmelding")

    def test_somebody_else_has_resolved_it_meanwhile(self) -> None:
        talk = published()
        talk.press_action("notice:D-2026-0001:updated")
        talk.notices = [replace(one, status=NoticeStatus.RESOLVED) for one in talk.notices]
        talk.says("Leverandøren ser på det")
        talk.bot_says("Jeg finner ingen aktiv driftsmelding")
        assert not talk.effects


class TestWhileWriting:
    def test_what_says_nothing_about_it_leaves_it_as_it_is(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("lag driftsmelding")
        fill(talk, **ANSWERS)
        talk.says("fine greier")
        talk.bot_says("Skal jeg publisere meldingen?")

    def test_a_line_is_changed(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("lag driftsmelding")
        fill(talk, **ANSWERS)
        talk.presses("Endre")
        assert "Beskrivelse" not in talk.last
        talk.says("grupper")
        talk.says("alle gruppene")
        talk.says("nei")
        publish(talk)
        assert talk.notices[0].groups == ("sam_it", "sam_ikt_hovedkontakter")

    def test_a_notice_that_waits_has_a_name(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("lag driftsmelding")
        talk.says("utkast")
        talk.bot_says("Driftsmelding")
        talk.says("feil skjema")
        talk.bot_does_not_say("Her er de andre skjemaene")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "oppdater: Feilen er funnet, de fleste er inne igjen. Ny melding kl 15",
            "Feilen er funnet, de fleste er inne",
        ),
        ("Oppdater: disken er byttet", "disken er byttet"),
        ("rettet: en disk var full", "en disk var full"),
    ],
)
def test_fixed_bug_what_was_typed_after_the_word_of_a_button_was_lost(said: str, kept: str) -> None:
    """The text pressed the button "Oppdater", which asked for what had just been written."""
    talk = published()
    talk.says("driftsmeldinger")
    talk.says(said)
    if talk.state.pending is not None and talk.state.pending.kind == "notice_next":
        talk.says("kl 15")
    talk.says("send")
    assert talk.notices[0].history[-1].text.lower().startswith(kept.lower())
