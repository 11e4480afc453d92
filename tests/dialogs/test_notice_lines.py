"""What is said of a published notice is guarded as the notice itself: shown, counted, sent by a press, approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.case import NoticeStatus, Role
from dialogs.replies import Summary
from tests.bot.samples import MONDAY
from tests.dialogs.talking import second_uss
from tests.dialogs.test_notice_closed_text import published as published_to_all
from tests.dialogs.test_notice_updates import published
from tests.transcript import Transcript, person

UPDATE = "oppdater D-2026-0001: leverandøren retter, ny oppdatering kl 14"


def evening() -> Transcript:
    """A notice that went out while one person was on duty, so nobody else has looked at it; it is morning now."""
    talk = published()
    talk.notices[0] = replace(talk.notices[0], approved_by="")
    talk.now = MONDAY
    return talk


def colleague(talk: Transcript) -> Transcript:
    return Transcript(second_uss(), now=talk.now, notices=talk.notices, proposed=talk.proposed)


class TestInOneMessage:
    def test_it_is_shown_as_the_groups_will_see_it_with_how_many_they_are_and_sent_by_a_press(self) -> None:
        talk = published_to_all()
        talk.says(UPDATE)
        assert not talk.effects
        talk.bot_says(
            "slik SAM/IT og Kundeportalen ser den", "Leverandøren retter, ny oppdatering kl 14",
            "Neste oppdatering: mandag 23. november 2026 kl. 14.00", "12 090 personer",
        )  # fmt: skip
        talk.presses("Send til 12 090")
        talk.bot_says("D-2026-0001 er oppdatert")
        assert talk.notices[0].history[-1].text == "Leverandøren retter, ny oppdatering kl 14"

    @pytest.mark.parametrize("said", ["send", "ja", "1", "Send til 12 000", "publiser"])
    def test_or_by_a_word(self, said: str) -> None:
        talk = published()
        talk.says(UPDATE)
        talk.says(said)
        assert len(talk.notices[0].history) == 2

    @pytest.mark.parametrize(
        "said",
        ["ja, men vent litt", "Ja vent", "ikke send", "send ikke ennå", "Send til 12", "avbryt", "nei", "glem det"],
    )
    def test_or_not(self, said: str) -> None:
        talk = published()
        talk.says(UPDATE)
        talk.says(said)
        assert len(talk.notices[0].history) == 1
        assert "Ny sak" not in talk.last

    @pytest.mark.parametrize(
        ("said", "status", "shown"),
        [
            ("rettet D-2026-0001: et sertifikat var gått ut", NoticeStatus.RESOLVED, "rettet. Varte i"),
            ("trekk D-2026-0001: det var en øvelse", NoticeStatus.WITHDRAWN, "Driftsmelding D-2026-0001 er trukket"),
        ],
    )
    def test_its_end_is_shown_too(self, said: str, status: NoticeStatus, shown: str) -> None:
        talk = published()
        talk.says(said)
        talk.bot_says(shown, "12 000 personer")
        assert talk.notices[0].status is NoticeStatus.ACTIVE
        talk.says("send")
        assert talk.notices[0].status is status

    def test_people_and_cases_beside_the_groups_are_counted(self) -> None:
        talk = published()
        talk.affected["D-2026-0001"] = {"a", "b", "c"}
        talk.says(UPDATE)
        talk.bot_says("Også til 3 som har sagt at det gjelder dem")

    def test_in_the_middle_of_a_case_the_case_is_taken_up_again(self) -> None:
        talk = published()
        talk.says("ny sak: Skriveren lager striper")
        talk.says(UPDATE)
        talk.says("send")
        talk.bot_says("er oppdatert", "Tilbake til")

    def test_only_the_incident_manager(self) -> None:
        talk = published()
        talk.person = person("1linje")
        talk.says(UPDATE)
        talk.bot_says("Bare USS kan publisere")


@pytest.mark.parametrize("listed", ["driftsmeldinger", "reminded"])
def test_fixed_bug_the_notice_that_is_named_gets_the_line_whatever_buttons_are_shown(listed: str) -> None:
    """ "Oppdater D-2026-0002: ..." went to the first, with the reference as its first word."""
    talk = published()
    talk.notices.append(replace(talk.notices[0], ref="D-2026-0002", what="Gerica er nede"))
    if listed == "reminded":
        talk.happens("notice_update_due", "D-2026-0001", name="AKS", text="11.00")
    else:
        talk.says("driftsmeldinger")
        talk.press_action("notice:D-2026-0001:updated")
        talk.says("driftsmeldinger")
    talk.says("oppdater D-2026-0002: leverandøren retter, ny oppdatering kl 14")
    talk.says("send")
    assert [len(one.history) for one in talk.notices] == [1, 2]
    assert talk.notices[1].history[-1].text == "Leverandøren retter, ny oppdatering kl 14"


def test_trekk_saken_is_about_a_case() -> None:
    talk = published()
    talk.says("driftsmeldinger")
    talk.says("trekk saken L-2026-000007")
    assert talk.state.line is None
    talk.says("driftsmeldinger")
    talk.says("trekk: det var en øvelse")
    talk.bot_says("Driftsmelding D-2026-0001 er trukket", "12 000 personer")


class TestTheChecklistOfALine:
    def test_when_the_next_update_comes_is_asked(self) -> None:
        talk = published()
        talk.says("oppdater D-2026-0001: leverandøren retter")
        talk.bot_says("Når kommer neste oppdatering")
        talk.says("i går kl 15")
        talk.bot_says("Jeg forstod ikke tidspunktet")
        talk.says("kl 15.30")
        talk.says("send")
        promised = talk.notices[0].next_update_at
        assert promised is not None
        assert f"{promised:%H.%M}" == "15.30"

    def test_and_changed_at_the_preview(self) -> None:
        talk = published()
        talk.says(UPDATE)
        talk.says("ny oppdatering kl 16")
        talk.bot_says("Neste oppdatering: mandag 23. november 2026 kl. 16.00", "Leverandøren retter")
        talk.presses("Endre neste oppdatering")
        talk.presses("Vet ikke ennå")
        talk.bot_does_not_say("Neste oppdatering:")

    def test_the_end_promises_nothing(self) -> None:
        talk = published()
        talk.says("rettet D-2026-0001: en disk var full fra kl 9")
        talk.bot_says("Skal jeg sende dette")
        talk.bot_does_not_say("Neste oppdatering")

    @pytest.mark.parametrize("said", ["endre teksten til Leverandøren bytter en disk", "Leverandøren bytter en disk"])
    def test_the_text_is_changed_and_the_promise_kept(self, said: str) -> None:
        talk = published()
        talk.says(UPDATE)
        talk.says(said)
        talk.bot_says("Leverandøren bytter en disk", "kl. 14.00")
        talk.bot_does_not_say("retter")

    def test_the_button_of_an_older_text_sends_neither(self) -> None:
        talk = published()
        talk.says(UPDATE)
        old = talk.choices()[0][0]
        talk.says("Leverandøren bytter en disk")
        talk.press_action(old)
        talk.bot_says("ikke lenger i bruk", "Leverandøren bytter en disk")
        assert not talk.effects


def test_what_somebody_else_wrote_meanwhile_is_shown_before_anything_is_sent() -> None:
    talk = published()
    talk.says(UPDATE)
    other = colleague(talk)
    other.waits(minutes=1)
    other.says("oppdater D-2026-0001: en disk er full, ny oppdatering kl 13")
    other.says("send")
    talk.says("send")
    talk.bot_says("er endret siden du så teksten", "En disk er full")
    assert not talk.effects
    talk.says("send")
    assert [line.text[:12] for line in talk.notices[0].history[1:]] == ["En disk er f", "Leverandøren"]


class TestWhatNobodyElseHasSeen:
    """What went out while one person was on duty: the first line of it in the day is approved, the rest then follow."""

    def test_a_second_person_approves_it(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.bot_says("Ingen andre har sett på denne driftsmeldingen")
        talk.presses("Be om godkjenning")
        talk.bot_says("venter på godkjenning")
        assert len(talk.notices[0].history) == 1
        other = colleague(talk)
        other.says("til godkjenning")
        other.bot_says("Ulla Uss vil sende dette", "Leverandøren retter", "12 000")
        other.presses("Godkjenn og send til 12 000")
        other.bot_says("er oppdatert")
        notice = talk.notices[0]
        assert (notice.history[-1].by, notice.approved_by, talk.proposed) == ("Ulla Uss", "Remi Manager", [])
        # It has been looked at now, so what comes later need not wait.
        talk.says("rettet D-2026-0001: et sertifikat var gått ut")
        talk.presses("Send til 12 000")
        assert talk.notices[0].status is NoticeStatus.RESOLVED

    def test_or_sends_it_back_with_a_reason(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        other = colleague(talk)
        other.says("til godkjenning")
        other.presses("Send tilbake")
        other.says("Skriv hvilken leverandør")
        other.bot_says("sendt tilbake til Ulla Uss")
        talk.says("til godkjenning")
        talk.bot_says("Skriv hvilken leverandør")
        talk.presses("Rett og send på nytt")
        talk.says("Tieto retter")
        talk.says("ja")
        assert [(one.line.text, one.reason) for one in talk.proposed] == [("Tieto retter", "")]
        assert talk.proposed[0].next_update_at is not None

    def test_not_the_author(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        talk.says("til godkjenning")
        assert [label for _, label in talk.choices()] == ["Forkast"]
        version = f"{talk.proposed[0].line.at.timestamp():.6f}"
        talk.press_action(f"approval:D-2026-0001:approve:{version}")
        talk.bot_says("En annen i USS må godkjenne")
        assert not talk.effects
        talk.says("til godkjenning")
        talk.presses("Forkast")
        assert talk.proposed == []

    def test_what_was_changed_after_it_was_seen_is_seen_again(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        other = colleague(talk)
        other.says("til godkjenning")
        seen = other.choices()[0][0]
        talk.waits(minutes=1)
        talk.says("oppdater D-2026-0001: hele datahallen er nede, ny oppdatering kl 15")
        talk.says("ja")
        other.press_action(seen)
        other.bot_says("er endret siden du så den", "datahallen")
        assert not other.effects

    def test_one_waits_at_a_time(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        other = colleague(talk)
        other.says("rettet D-2026-0001: en disk var full")
        other.bot_says("Ulla Uss har alt skrevet noe om D-2026-0001")
        assert not other.effects

    def test_alone_on_duty_it_goes_out(self) -> None:
        talk = evening()
        talk.now = MONDAY.replace(hour=16)
        talk.says("oppdater D-2026-0001: leverandøren retter, ny oppdatering kl 18")
        talk.presses("Send til 12 000")
        assert len(talk.notices[0].history) == 2

    def test_it_is_listed_where_the_desk_looks(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        other = colleague(talk)
        other.says("driftsmeldinger")
        other.bot_says("Venter på godkjenning: D-2026-0001")
        other.presses("Se meldingen")
        other.bot_says("Leverandøren retter")

    def test_the_request_manager_approves_or_sends_back_and_gives_up_nothing(self) -> None:
        """The button was there, and pressing it was refused where it happens."""
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        remi = colleague(talk)
        remi.person = replace(remi.person, roles=frozenset({Role.ANSATT, Role.USS, Role.RM}))
        remi.says("til godkjenning")
        assert [label for _, label in remi.choices()] == ["Godkjenn og send til 12 000", "Send tilbake"]
        remi.press_action("approval:D-2026-0001:drop")
        remi.bot_says("IM publiserer driftsmeldinger")
        assert not remi.effects
        remi.says("til godkjenning")
        remi.presses("Godkjenn og send til 12 000")
        assert len(talk.notices[0].history) == 2

    def test_nobody_but_the_desk_hears_of_it(self) -> None:
        talk = evening()
        talk.says(UPDATE)
        talk.says("ja")
        stranger = Transcript(person("1linje"), now=talk.now, notices=talk.notices, proposed=talk.proposed)
        for action in ("approval:D-2026-0001", "approval:D-2026-0001:back", "approval:D-2026-0001:drop"):
            stranger.press_action(action)
            stranger.bot_says("Bare USS")
            assert not stranger.effects
        stranger.says("driftsmeldinger")
        stranger.bot_does_not_say("Leverandøren retter")


def test_what_to_do_meanwhile_is_told_no_longer_when_it_is_over() -> None:
    """The post went on saying "Skriv på papir" beside "rettet"."""
    talk = published()
    talk.says(UPDATE)
    talk.bot_says("Bruk webversjonen")
    talk.says("avbryt")
    talk.says("rettet D-2026-0001: et sertifikat var gått ut")
    talk.bot_does_not_say("Bruk webversjonen")


def test_what_never_began_did_not_last_a_minute() -> None:
    """Planned work that was called off the day before was told to have lasted "1 minutt"."""
    talk = published()
    talk.notices[0] = replace(talk.notices[0], type="vedlikehold", since=talk.now + timedelta(days=1))
    talk.says("avslutt D-2026-0001: oppgraderingen er avlyst")
    talk.says("send")
    talk.bot_says("Driftsmelding D-2026-0001 er avsluttet.")
    talk.bot_does_not_say("varte")


def test_provisionally_mended_says_so_what_it_means_and_what_follows() -> None:
    talk = published()
    talk.says("midlertidig løst D-2026-0001: en disk var full, og vi har ryddet plass. Alle kan logge på igjen")
    (shown,) = (reply for reply in talk.replies if isinstance(reply, Summary))
    text = str((shown.rows, shown.notes))
    assert "midlertidig rettet. Varte i 3 timer og 45 minutter" in text
    assert "Midlertidig løst: en disk var full" in text
    assert "Alle kan logge på igjen. Feilen kan komme tilbake. Vi følger opp årsaken i en egen problemsak." in text
    talk.says("Midlertidig løst: disken er ryddet")
    talk.bot_says("Midlertidig løst: disken er ryddet. Feilen kan komme tilbake.")
    talk.says("send")
    talk.bot_says("er avsluttet", "trengs en problemsak", "Midlertidig løsning: disken er ryddet")
    assert len(talk.problems) == 1
