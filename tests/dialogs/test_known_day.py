"""A clock said alone is on the day that is known (met by players), and a bare clock at a notice is its promise."""

from __future__ import annotations

import pytest

from tests.transcript import Transcript, person

REPORT = "AKS er nede for hele avdelingen siden i går kl 08.15, prøvd omstart"
NOTICE = (
    "driftsmelding: Gerica er nede for alle siden i går kl 12. Ny oppdatering kl 15",
    "alle bydeler",
    "får ikke lest",
    "ingen",
    "alle gruppene",
    "ingen",
)


def talk_of(role: str, *messages: str) -> Transcript:
    talk = Transcript(person(role))
    for message in messages:
        talk.says(message)
    return talk


@pytest.mark.parametrize("said", ["nei vent det var 07.15", "forresten kl 07.15", "endre tidspunkt til 07.15"])
def test_the_day_stays_when_the_clock_is_put_right(said: str) -> None:
    talk_of("1linje", REPORT, said).bot_says("i går, søndag 22. november kl. 07.15")


def test_the_day_stays_when_the_line_is_asked_again() -> None:
    talk_of("1linje", REPORT, "kontor", "endre tidspunkt", "07.15").bot_says("i går, søndag 22. november kl. 07.15")


def test_a_day_that_is_said_goes_before_the_known_one() -> None:
    talk_of("1linje", REPORT, "nei vent det var i dag 07.15").bot_says("i dag, mandag 23. november kl. 07.15")


def test_the_words_read_on_the_phone_are_the_corrected_ones() -> None:
    """G 5.1.2.2"""
    report = "Gerica er nede for hele bydelen siden i går kl 08.15, kritisk, prøvd omstart. ring meg på 99887766"
    talk = talk_of("1linje", report)
    if talk.state.draft is not None and talk.state.draft.form_id is None:
        talk.says("1")
    for said in ("nei vent det var 07.15", "klient", "send"):
        talk.says(said)
    talk.bot_says("Du kan si det slik", "kl. 07.15")
    talk.bot_does_not_say("08.15")


def test_what_is_taken_back_while_the_form_is_chosen_does_not_throw_the_report_away() -> None:
    talk = talk_of("1linje", "AKS er nede for hele avdelingen, kritisk, siden i går kl 08.15, prøvd omstart")
    talk.says("nei vent det var 07.15")
    assert talk.state.draft is not None
    assert "AKS er nede" in talk.state.draft.text
    if talk.state.draft.form_id is None:
        talk.says("1")
    talk.bot_says("Når feilen begynte: i går, søndag 22. november kl. 07.15")


def test_a_bare_clock_at_a_notice_is_the_promised_update() -> None:
    talk = talk_of("uss", *NOTICE, "kl. 16:00")
    talk.bot_says(
        "Neste oppdatering: i dag, mandag 23. november kl. 16.00", "Fra når: i går, søndag 22. november kl. 12.00"
    )


def test_the_colon_of_a_clock_ends_no_label() -> None:
    talk_of("uss", *NOTICE, "neste oppdatering kl. 16:00").bot_says(
        "Neste oppdatering: i dag, mandag 23. november kl. 16.00"
    )


def test_when_a_notice_began_is_changed_by_saying_so() -> None:
    talk_of("uss", *NOTICE, "det begynte kl. 11:00").bot_says("Fra når: i går, søndag 22. november kl. 11.00")


def test_a_week_is_about_right() -> None:
    talk_of("1linje", "Gerica har vært treg for meg siden forrige uke, prøvd omstart").bot_says("ca.", "forrige uke")
