"""One test for each fixed bug, named by what went wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.language import detect_language
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun
from tests.dialogs.test_five_jobs import open_a_case
from tests.dialogs.test_guide_rules import CRITICAL, answered
from tests.dialogs.test_notice_updates import published
from tests.transcript import Transcript, person


def test_i_gaar_is_no_first_person_singular() -> None:
    """ "i går" was read as English "I", so the reporter became the user of a fault that hit a whole bydel."""
    talk = Transcript(person("1linje"))
    talk.says("Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart")
    talk.bot_says("Gjelder bruker: Flere brukere")


def test_several_users_are_not_somebody_one_reports_on_behalf_of() -> None:
    talk = Transcript(person("1linje"))
    open_a_case(talk)
    assert talk.case["on_behalf_of"] is None


def test_a_menu_word_at_the_start_of_a_report_is_no_menu_choice() -> None:
    talk = Transcript(person("1linje"))
    talk.joins()
    talk.says("meld en feil: AKS fryser for alle på kontoret")
    talk.bot_says("AKS – tregt, heng, fryser")


def test_a_typed_number_chooses_from_the_greeting() -> None:
    talk = Transcript(person("1linje"))
    talk.joins()
    talk.says("2")
    talk.bot_says("Hva trenger du")


def test_endre_omfang_works_although_the_label_is_another() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.says("endre omfang til flere steder")
    talk.bot_says("Flere steder")


def test_ikkje_at_the_start_of_an_answer_is_not_none_of_these() -> None:
    talk = Transcript(person("1linje"))
    talk.says("noe er treigt")
    before = talk.state.draft
    if before is not None and before.stage == "choose":
        talk.says("ikkje prøvd noko særleg")
        talk.bot_does_not_say("Beskriv behovet på en annen måte")


def test_vet_ikke_at_the_summary_is_not_added_to_the_description() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    while "Skal jeg sende saken?" not in talk.last:
        talk.says("vet ikke")
    talk.says("vet ikke")
    talk.bot_says("Skal jeg sende saken?")
    assert talk.state.draft is not None
    assert "vet ikke" not in talk.state.draft.text


def test_an_english_greeting_in_a_comment_is_enough() -> None:
    talk = Transcript(person("1linje"))
    open_a_case(talk)
    talk.says("kommentar: Hi USS, it works again")
    assert talk.case["comments"][0]["text"] == "Hi USS, it works again"


def test_a_made_up_button_before_a_form_is_chosen_opens_nothing() -> None:
    """Found by hypothesis: "set:1:extent:user" on a draft without a form led to the summary of no form."""
    talk = Transcript(person("1linje"))
    talk.says("skriver pc mobil")
    talk.press_action("set:1:extent:user")
    talk.bot_says("ikke lenger i bruk")


def test_vet_ikke_to_which_form_takes_the_nearest_and_keeps_the_story() -> None:
    """ "Vet ikke" matched an example sentence, so the story was replaced by those two words."""
    talk = Transcript(person("1linje"))
    talk.says("det er noe tull med skjermen")
    if talk.state.pending is not None and talk.state.pending.kind in ("form", "split"):
        talk.says("vet ikke")
    assert talk.state.draft is not None
    assert talk.state.draft.text == "det er noe tull med skjermen"
    assert talk.state.draft.form_id is not None


def test_a_list_of_answers_is_not_taken_for_the_one_choice_that_is_asked() -> None:
    """ "brev" stood in the list, so it was taken for the answer and the other answers were thrown away."""
    talk = Transcript(person("superbruker"))
    talk.says("Fasit gir feilmelding")
    talk.bot_says("modul", "nav-kontor", "eller er alt nede?")
    talk.says(
        "Modul: Brev\nNAV-kontor: NAV Gamle Oslo\nNår feilen begynte: i går\nHvem det gjelder: Flere steder\n"
        "Hvor mye som er nede: Noe virker\nHva dere har prøvd: omstart"
    )
    talk.bot_says("Skal jeg sende saken?", "NAV-kontor: NAV Gamle Oslo", "Hvor mye som er nede: Noe virker")


def test_a_list_of_answers_is_no_new_need() -> None:
    """Its words fitted another form better, so the bot offered to begin a new case."""
    talk = Transcript(person("forvalter", virksomhet="EBY"))
    talk.says("Ny server til FDV-systemet i test: Windows Server, intern sone")
    while talk.state.pending is not None and talk.state.pending.key != "cpu":
        talk.says("vet ikke")
    talk.says("vCPU: 4\nMinne (GB): 16\nDisk (GB): 200")
    talk.bot_does_not_say("Det høres ut som noe nytt")
    assert talk.state.draft is not None
    assert [talk.state.draft.answers[key].value for key in ("cpu", "ram", "disk")] == [4, 16, 200]


def test_a_choice_may_be_answered_in_another_language_than_the_bot_speaks() -> None:
    """ "Noko verkar" was refused again and again while the bot spoke bokmål."""
    talk = Transcript(person("superbruker", virksomhet="UDE"))
    talk.says("I Visma Flyt Skole får ikke lærerne ført fravær, siden i dag kl. 8, hele skolen, prøvd Edge og Chrome")
    while talk.state.pending is not None and talk.state.pending.key != "outage":
        assert talk.state.pending.kind == "item"
        talk.says("Fravær" if talk.state.pending.key == "modul" else "vet ikke")
    talk.says("noko verkar")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["outage"].value == "partial"


def test_pressing_endre_on_a_field_called_form_does_not_open_the_choice_of_form() -> None:
    """The field's key was taken for the word "form", and "nummer" for the phone of the checklist."""
    talk = begun("1linje", "Lokalt kurs eller veiledning", 900871)
    assert talk.state.draft is not None
    talk.press_action(f"change:{talk.state.draft.id}:form")
    talk.bot_says("Fysisk", "Digitalt")
    assert talk.state.draft.stage == "fill"


def test_ikke_send_enna_does_not_send() -> None:
    """The label of the button stood in the sentence, so it was pressed."""
    talk = at_summary()
    talk.says("ikke send ennå")
    assert not talk.cases
    talk.says("vent med å sende den")
    assert not talk.cases


def test_endre_omfang_at_the_summary_changes_that_line_at_once() -> None:
    """ "Endre" alone was heard, and the bot asked which line to change."""
    talk = at_summary()
    talk.says("endre omfang til flere steder")
    talk.bot_says("Endret. Hvem det gjelder: Flere steder", "Skal jeg sende saken?")


def test_the_next_update_is_read_although_the_rest_is_about_the_fault() -> None:
    """An update that tells of a fault was read backwards, so the time ahead was lost."""
    talk = published()
    talk.press_action("notice:D-2026-0001:updated")
    talk.says("Leverandøren ser på det. Neste oppdatering kommer i dag kl 15")
    talk.says("send")
    assert talk.notices[0].next_update_at is not None
    assert talk.notices[0].next_update_at.isoformat() == "2026-11-23T15:00:00+01:00"


def test_who_orders_is_not_asked_whether_something_does_not_work() -> None:
    """The splitting question offered "Melde at noe ikke virker" after "bestille noe"."""
    talk = Transcript(person("1linje"))
    talk.says("bestille noe")
    talk.says("skjerm")
    talk.bot_does_not_say("Melde at noe ikke virker", "Dokking, skjerm og tilbehør virker ikke")


def test_a_correction_is_heard_while_a_choice_is_open() -> None:
    """ "Nei vent, det gjelder hele bydelen" was only refused as no answer to the open question."""
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    assert talk.state.pending is not None
    assert talk.state.pending.key == "hva"
    talk.says("nei vent, det er hele bydelen")
    talk.bot_says("Endret. Hvem det gjelder: Flere steder", "Hva er tregt?")


def test_a_correction_is_heard_while_a_story_is_open() -> None:
    """It was stored as what had been tried."""
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    talk.says("Hele skrivebordet")
    talk.says("eller nei, det gjelder flere steder")
    talk.bot_says("Endret. Hvem det gjelder: Flere steder", "Hva har du prøvd selv?")


def test_i_in_an_answer_does_not_narrow_the_extent() -> None:
    """ "Det husker jeg da" changed several users to one."""
    talk = at_summary()
    talk.says("det så jeg da jeg kom på jobb")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["extent"].value == "department"


def test_just_me_is_no_nynorsk() -> None:
    """ "me" is nynorsk for "we", so the bot changed its language."""
    assert detect_language("just me") is None


def test_the_cost_centre_is_no_number_of_computers() -> None:
    talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
    talk.says("kostnadssted 4321")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["kostnadssted"].value == "4321"
    assert "antall" not in talk.state.draft.answers


def test_a_time_is_nobodys_name() -> None:
    """Answered out of order, "i går kl 14" became the user of the phone."""
    talk = begun("1linje", "Teams Telefoni virker ikke", 900959)
    assert talk.state.pending is not None
    assert talk.state.pending.key == "gjelder_bruker"
    talk.says("i går kl 14")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["started_at"].value == "2026-11-22T14:00:00+01:00"
    assert "gjelder_bruker" not in talk.state.draft.answers


def test_the_last_day_is_not_taken_for_the_first() -> None:
    talk = begun("1linje", "Vi trenger å låne 3 PC-er", 900028)
    assert talk.state.pending is not None
    assert talk.state.pending.key == "fra"
    talk.says("til 5. desember")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["til"].value == "2026-12-05"
    assert "fra" not in talk.state.draft.answers
    talk.says("fra 1. desember")
    assert talk.state.draft.answers["fra"].value == "2026-12-01"


def test_a_floor_and_a_cost_centre_are_no_needs_of_their_own() -> None:
    """The message was cut at "5. etasje" and "4. januar", and the cost centre became an order of codes."""
    talk = Transcript(person("1linje"))
    said = "Skriver MFP30911 skal flyttes fra Majorstuen til Bjørvika, 5. etasje, den 4. januar. Kostnadssted 55120."
    talk.says(said)
    talk.bot_does_not_say("Jeg ser flere ting i meldingen")
    assert not talk.state.queued_needs
    assert talk.state.draft is not None
    assert talk.state.draft.text == said


def test_what_tells_more_of_a_need_stays_with_it() -> None:
    """Of two needs with a sentence more each, the sentences were lost."""
    talk = Transcript(person("1linje"))
    talk.says("Skriveren har papirstopp. Siden i går. Dessuten trenger vi en ny fellespostkasse. Den skal hete Fest.")
    assert talk.state.draft is not None
    assert talk.state.draft.text == "Skriveren har papirstopp. Siden i går."
    assert talk.state.queued_needs == ("Dessuten trenger vi en ny fellespostkasse. Den skal hete Fest.",)


@pytest.mark.parametrize(
    ("said", "then"),
    [
        (
            "1. AKS fryser for alle på kontoret\n2. Vi trenger å låne PC-er til et kurs",
            "Vi trenger å låne PC-er til et kurs",
        ),
        ("Kan noen nullstille passordet til Kari? Og så trenger vi å låne 3 PC-er", "Og så trenger vi å låne 3 PC-er"),
        (
            "Vi må åpne brannmuren mot leverandøren. I tillegg må Websak oppgraderes i test.",
            "I tillegg må Websak oppgraderes i test.",
        ),
    ],
)
def test_a_second_need_is_not_lost_when_the_first_is_plain(said: str, then: str) -> None:
    """One form was sure for the whole message, so nobody looked for another need in it."""
    talk = Transcript(person("forvalter"))
    talk.says(said)
    talk.bot_says("Jeg ser flere ting i meldingen")
    assert talk.state.queued_needs == (then,)


def test_a_critical_case_is_sent_at_once_so_no_undo_is_offered() -> None:
    """Its receipt said that it could be undone until it was sent on, though it does not wait."""
    talk = Transcript(person("1linje"))
    talk.says(CRITICAL)
    answered(talk, critical="ja", phone="22 33 44 55").says("send")
    talk.bot_says("Saken er kritisk, så den går med en gang", "Ring")
    talk.bot_does_not_say("angre")
    assert [action for action, _ in talk.choices()] == ["cmd:status"]


def test_the_summary_does_not_deny_that_a_wrong_form_can_be_put_right() -> None:
    """It said that the form could not be changed afterwards, and the receipt's case offered "Feil skjema"."""
    talk = at_summary()
    talk.bot_does_not_say("kan ikke byttes")
    talk.bot_says("Se at skjemaet er riktig. Er det feil, må saken meldes på nytt.")
    talk.says("send")
    talk.says("status")
    assert "Feil skjema" in {label for _, label in talk.choices()}


def test_a_time_that_is_told_by_how_long_ago_it_was_is_not_corrected_by_waiting() -> None:
    """The words were read anew when the case was sent: what began an hour ago then began an hour before that."""
    talk = Transcript(person("superbruker"))
    talk.says("Hele bydelen får ikke logget på AKS for en time siden, prøvd omstart")
    for said in ("Kontor", "nei, ikke kritisk", "send"):
        talk.waits(minutes=7)
        talk.says(said)
        talk.bot_does_not_say("Rettet av innmelder")
    assert "Rettet av innmelder" not in talk.case["description"]


def test_the_part_of_a_day_that_was_said_is_shown() -> None:
    """ "I går morges" was shown as "i går", as if the morning had not been heard."""
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret siden i går morges")
    talk.bot_says("siden i går morges»)")


@pytest.mark.parametrize(
    "said",
    [
        "glem det, meld heller at tastaturet mitt er ødelagt",
        "Gløym det, heller at tastaturet mitt er øydelagt",
        "dropp det. meld heller at tastaturet mitt er ødelagt",
    ],
)
def test_what_is_wanted_instead_is_taken_up(said: str) -> None:
    """The manual promises it, and it went into the description of the case it was to replace."""
    talk = at_summary()
    talk.says(said)
    assert len(talk.state.drafts) == 1
    draft = talk.state.draft
    assert draft is not None
    assert draft.text.startswith("tastaturet mitt")
    assert draft.form_id != AKS_SLOW_FORM


def test_an_installation_without_a_name_is_greeted_without_one() -> None:
    """Teams names who installs the app by his id alone: it read "Hei, ! Jeg er Losen"."""
    talk = Transcript(replace(person("ansatt"), name=""))
    assert talk.joins().startswith("Hei! Jeg er Losen")
    talk = Transcript(person("ansatt"))
    assert talk.joins().startswith("Hei, Ada! Jeg er Losen")
