"""Files: before, with and after the words; on the item that asks for one; on the case."""

from __future__ import annotations

from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begin, begun, fill
from tests.transcript import Transcript, person

UPGRADE = "Oppgradering av applikasjon – test"


def test_a_file_alone_asks_what_it_is_about() -> None:
    talk = Transcript(person("1linje"))
    talk.says("", "skjerm.png")
    talk.bot_says("Jeg har tatt imot skjerm.png. Hva gjelder det?")
    begin(talk, AKS_SLOW, AKS_SLOW_FORM)
    fill(talk).says("send")
    assert [one["name"] for one in talk.case["attachments"]] == ["skjerm.png"]


def test_a_file_with_the_first_words() -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM, "skjerm.png")
    fill(talk)
    talk.bot_says("Skjermbilde: skjerm.png", "Vedlegg: skjerm.png")


def test_a_file_at_the_summary_is_shown_there() -> None:
    talk = at_summary()
    talk.says("", "skjerm.png")
    talk.bot_says("Jeg la ved: skjerm.png", "Vedlegg: skjerm.png", "Skal jeg sende saken?")


def test_a_file_with_words_at_the_summary() -> None:
    talk = at_summary()
    talk.says("her ser dere snurrehjulet", "skjerm.png")
    talk.bot_says("Jeg la ved: skjerm.png", "her ser dere snurrehjulet")


def test_it_answers_the_required_item_first() -> None:
    talk = begun("forvalter", UPGRADE, 900755)
    talk.says("", "veiledning.pdf")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["installasjon"].shown == "veiledning.pdf"


def test_a_second_file_takes_no_other_item() -> None:
    talk = begun("forvalter", UPGRADE, 900755, "veiledning.pdf")
    talk.says("", "notat.pdf")
    assert talk.state.draft is not None
    assert [one.name for one in talk.state.draft.attachments] == ["veiledning.pdf", "notat.pdf"]


def test_it_may_come_later() -> None:
    talk = fill(begun("forvalter", UPGRADE, 900755), installasjon="kommer senere")
    talk.bot_says("Ettersendes")


def test_files_follow_when_the_need_is_said_anew() -> None:
    """Before a form is chosen, more words may begin the case anew."""
    talk = Transcript(person("1linje"))
    talk.says("tilgang", "skjerm.png")
    assert talk.state.draft is not None
    assert talk.state.draft.form_id is None
    begin(talk, AKS_SLOW, AKS_SLOW_FORM)
    assert [one.name for one in talk.state.draft.attachments] == ["skjerm.png"]


def test_a_file_while_the_bot_asks_which_form() -> None:
    talk = Transcript(person("1linje"))
    talk.says("tilgang")
    talk.says("", "skjerm.png")
    talk.bot_says("Jeg la ved: skjerm.png", "Hvilket av disse skjemaene passer?")


def test_files_without_a_case_are_kept_to_the_last_ten() -> None:
    talk = Transcript(person("1linje"))
    for number in range(12):
        talk.says("", f"{number}.png")
    assert [one.name for one in talk.state.files] == [f"{number}.png" for number in range(2, 12)]


def test_a_file_sent_while_writing_a_notice_is_kept_for_the_next_case() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("lag driftsmelding")
    talk.says("", "graf.png")
    assert [one.name for one in talk.state.files] == ["graf.png"]
