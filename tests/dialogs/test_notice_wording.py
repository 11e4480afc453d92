"""Klarspråk in notices: said before it goes out, and USS may go on; why it is over is told in plain words."""

from __future__ import annotations

from dialogs.case import NoticeStatus
from tests.dialogs.talking import fill
from tests.dialogs.test_notice_updates import ANSWERS, published
from tests.transcript import Transcript, person


def test_the_preview_says_what_could_be_plainer_and_does_not_stop_it() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    fill(talk, **{**ANSWERS, "consequence": "AKS kan ikke benyttes på grunn av økt latens"})
    talk.bot_says("Klarspråk:", "«benyttes»: skriv hvem", "«latens»: skriv heller «ventetid»", "som det er")
    talk.says("publiser")
    talk.bot_says("sendes til 12 000")


def test_an_update_may_be_sent_as_it_is() -> None:
    talk = published()
    talk.says("oppdater D-2026-0001: Saken er eskalert til leverandøren. Ny oppdatering kl 13")
    talk.bot_says("«eskalert»: skriv heller «sende videre»", "som det er")
    assert not talk.effects
    talk.says("send")
    talk.bot_says("er oppdatert")
    assert talk.notices[0].history[-1].text.startswith("Saken er eskalert")
    assert talk.notices[0].next_update_at is not None


def test_or_written_anew() -> None:
    talk = published()
    talk.says("oppdater D-2026-0001: Saken er eskalert til leverandøren. Ny oppdatering kl 13")
    talk.says("Leverandøren ser på det.")
    talk.bot_does_not_say("eskalert", "Klarspråk")
    talk.says("send")
    assert talk.notices[0].history[-1].text == "Leverandøren ser på det."


def test_why_it_is_over_takes_more_than_a_word() -> None:
    talk = published()
    talk.press_action("notice:D-2026-0001:resolved")
    talk.bot_says("Hva var årsaken")
    talk.says("Fikset")
    talk.bot_says("Skriv hva som var årsaken")
    talk.says("Et sertifikat var gått ut på dato.")
    talk.bot_says("Varte i 3 timer")
    talk.bot_does_not_say("Skriv hva som var årsaken")
    talk.says("ja")
    talk.bot_says("er avsluttet. Den varte i 3 timer")
    assert talk.notices[0].status is NoticeStatus.RESOLVED


def test_planned_work_is_not_asked_for_a_cause() -> None:
    talk = published()
    talk.notices[0:] = [type(talk.notices[0]).from_json({**talk.notices[0].to_json(), "type": "vedlikehold"})]
    talk.press_action("notice:D-2026-0001:resolved")
    talk.bot_says("Hvordan gikk det")


def test_the_words_of_a_withdrawal_are_not_judged() -> None:
    talk = published()
    talk.press_action("notice:D-2026-0001:withdrawn")
    talk.says("Meldingen kan ikke benyttes")
    talk.bot_does_not_say("Klarspråk")
