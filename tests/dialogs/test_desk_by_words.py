"""The desk works a whole outage by words alone: what was promised, what waits, what is suspected (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import NoticeStatus
from dialogs.suspicion import SuspicionStatus
from tests.dialogs.talking import fill, second_uss
from tests.dialogs.test_notice_updates import ANSWERS, published
from tests.dialogs.test_suspicions import REF as SUSPECTED
from tests.dialogs.test_suspicions import desk
from tests.transcript import Transcript, person

REF = "D-2026-0001"


def waiting() -> tuple[Transcript, Transcript]:
    """A notice to 12 000 that waits for the second person: its author, and the other one."""
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    fill(talk, **ANSWERS)
    talk.says("publiser")
    talk.says("ja")
    return talk, Transcript(second_uss(), now=talk.now, notices=talk.notices, proposed=talk.proposed)


class TestWhatWaits:
    @pytest.mark.parametrize("said", ["godkjenn", "godkjent", f"godkjenn {REF}", "jeg godkjenner den"])
    def test_it_is_shown_before_a_word_approves_it(self, said: str) -> None:
        talk, other = waiting()
        other.says(said)
        assert not other.effects
        other.bot_says("Ulla Uss vil publisere denne meldingen")
        other.says("godkjenn og publiser")
        assert talk.notices[0].status is NoticeStatus.ACTIVE

    def test_sent_back_with_the_reason_and_mended(self) -> None:
        talk, other = waiting()
        other.says("send tilbake: skriv hvilke bydeler")
        other.bot_says("sendt tilbake til Ulla Uss")
        talk.says("rett og send på nytt")
        talk.bot_says("Skal jeg publisere meldingen?")
        talk.says("hvem: alle bydelene i sør")
        talk.says("publiser")
        talk.says("ja")
        assert talk.notices[0].affected == "alle bydelene i sør"
        assert talk.notices[0].status is NoticeStatus.WAITING

    def test_without_the_reason_it_is_asked(self) -> None:
        _, other = waiting()
        other.says("send den tilbake")
        other.bot_says(f"Hva må rettes i {REF}?")

    def test_one_s_own_is_not_approved_by_a_word(self) -> None:
        talk, _ = waiting()
        talk.says("godkjenn")
        assert talk.notices[0].status is NoticeStatus.WAITING

    def test_oppdater_tells_that_it_waits(self) -> None:
        talk, _ = waiting()
        talk.says("oppdater")
        talk.bot_says(f"Venter på godkjenning: {REF}")


class TestWhoWasReminded:
    @pytest.mark.parametrize(
        "said",
        ["vi er fortsatt på saken, ny info kl 13.30", "leverandøren bytter disk", "ikke noe nytt ennå",
         "vi jobber med saken"],
    )  # fmt: skip
    def test_tells_how_it_goes(self, said: str) -> None:
        talk = published()
        talk.happens("notice_update_due", REF, name="AKS-pålogging feiler", text="12.10")
        talk.says(said)
        if "13.30" not in said:
            talk.says("kl 13.30")
        talk.bot_says("Skal jeg sende dette til 12 000 personer?", "kl. 13.30")
        talk.says("send")
        assert len(talk.notices[0].history) == 2

    def test_a_fault_that_is_reported_then_is_a_fault(self) -> None:
        talk = published()
        talk.happens("notice_update_due", REF, name="AKS-pålogging feiler", text="12.10")
        talk.says("Outlook starter ikke hos BGO")
        assert talk.state.line is None

    def test_the_promise_of_news_is_about_what_is_out(self) -> None:
        talk = published()
        talk.says("vi er på saken, ny info kl 14")
        talk.bot_says("Skal jeg sende dette til 12 000 personer?")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (f"skriv om {REF}: leverandøren retter, ny info kl 14", "updated"),
        (f"{REF}: leverandøren retter, ny info kl 14", "updated"),
        (f"{REF} er rettet, en disk var full på serveren", "resolved"),
        (f"nå er {REF} løst, det skyldtes en full disk", "resolved"),
    ],
)
def test_a_notice_is_named_in_a_sentence_of_one_s_own(said: str, kind: str) -> None:
    talk = published()
    talk.says(said)
    talk.bot_says("Skal jeg sende dette til 12 000 personer?")
    assert talk.state.line is not None
    assert (talk.state.line.ref, talk.state.line.kind) == (REF, kind)


class TestTheSuspicionThatIsShown:
    @pytest.mark.parametrize("said", ["del den: 2 og 4", "del den, 2 og 4 er noe annet", "split 2, 4"])
    def test_split(self, said: str) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.says(said)
        talk.bot_says("er delt i to")

    @pytest.mark.parametrize("said", ["avvis, det er en øvelse", "avvis den: øvelse", "avvis fordi det var en øvelse"])
    def test_dismissed_with_the_reason(self, said: str) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.says(said)
        talk.bot_says(f"{SUSPECTED} er avvist")
        assert "øvelse" in talk.suspicions[0].reason
        assert talk.suspicions[0].status is SuspicionStatus.DISMISSED

    def test_reports_taken_out(self) -> None:
        talk = desk()
        talk.says("mistanker")
        talk.says("ta ut 2")
        talk.bot_says("Jeg har tatt ut L-2026-000002")

    def test_joined_with_a_notice(self) -> None:
        talk = desk()
        talk.notices.append(replace(published().notices[0], type="fellesfeil"))
        talk.says("mistanker")
        talk.says(f"slå den sammen med {REF}")
        talk.bot_says(f"{SUSPECTED} er slått sammen med {REF}")

    def test_confirmed_the_notice_is_asked_for_once(self) -> None:
        talk = desk()
        talk.says("bekreft mistanken")
        assert talk.last.count("Hva får brukerne ikke gjort?") == 1
        talk.bot_does_not_say("Tilbake til saken")


class TestNynorskBadlySpeltAndOutOfOrder:
    """An outage played from its first word; what got stuck is here."""

    def test_a_system_alone_is_told_as_a_fault_in_it(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("nynorsk")
        talk.says("me har felesfeil i gerica, alle sjukeheimar, byrja i dag tidleg")
        talk.says("dei får ikkje opna journalar")
        talk.says("skriv på papir")
        talk.says("veit ikkje enno")
        talk.says("berre lukka gruppe")
        talk.bot_says("Kva skjer: Feil i gerica", "Kven det gjeld: alle sjukeheimar", "Skal eg publisere meldinga?")
        talk.says("publiser")
        assert talk.notices[0].groups == ("sam_ikt_hovedkontakter",)

    def test_another_notice_beside_one_being_written_is_another_one(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("lag driftsmelding")
        fill(talk, **ANSWERS)
        talk.says(
            "planlagt vedlikehald av AKS onsdag kl 20 til 23, gjeld alle. ingen får logga på. ingen omveg. SAM/IT"
        )
        talk.bot_says("edlikeh", "ld av AKS onsdag kl 20 til 23", "onsdag 25. november kl. 23.00")
        assert [draft.answers["type"].value for draft in talk.state.drafts] == ["vedlikehold", "fellesfeil"]
        assert talk.state.drafts[1].answers["what"].value == ANSWERS["what"]

    def test_information_that_promises_nothing_is_no_update_of_what_is_out(self) -> None:
        talk = published()
        talk.says(
            "informasjon til alle: Teams får ny versjon mandag. ingen merker noe. gjelder alle ansatte. ingenting å "
            "gjøre. ingen ny oppdatering. SAM/IT"
        )
        talk.bot_says("Skal jeg publisere meldingen?", "Du trenger ikke gjøre noe", "mandag 30. november")

    def test_maintenance_that_is_done_is_not_the_fault(self) -> None:
        talk = published()
        talk.notices.append(replace(talk.notices[0], ref="D-2026-0002", type="vedlikehold", what="AKS onsdag kl 20"))
        talk.says("vedlikeholdet er ferdig")
        talk.bot_says("D-2026-0002")
        talk.bot_does_not_say("D-2026-0001")

    def test_a_time_alone_at_the_preview_is_no_news(self) -> None:
        talk = published()
        talk.says(f"oppdater {REF}: omveien virker ikke lenger, ny oppdatering kl 13")
        talk.bot_says("Det er ingen omvei ennå")
        talk.says("kl 14")
        talk.says("endre omveien til bruk lesekopien")
        talk.says("send")
        assert talk.notices[0].history[-1].text == "Dette kan du gjøre nå: Bruk lesekopien."
        assert f"{talk.notices[0].next_update_at:%H.%M}" == "14.00"

    def test_what_the_preview_did_not_take_is_said(self) -> None:
        talk = Transcript(person("uss", virksomhet="UKE"))
        talk.says("lag driftsmelding")
        fill(talk, **ANSWERS)
        talk.says("alt er rart")
        talk.bot_says("Dette tok jeg ikke med: «alt er rart»", "Skal jeg publisere")

    def test_which_one_called_off(self) -> None:
        talk = published()
        talk.notices.append(replace(talk.notices[0], ref="D-2026-0002", what="Gerica er nede"))
        talk.says("rettet")
        talk.says("avbryt")
        assert (talk.state.line, talk.state.pending) == (None, None)
