"""Follow-up of a case that is sent, by its reference or right after sending (G 4.1, 5.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Status
from dialogs.effects import CommentCase, ForgetMe
from tests.dialogs.test_guide_rules import answered
from tests.transcript import Transcript, person

FAULTS = (
    "PC-en min starter ikke siden i går kl 14, prøvd omstart",
    "AKS fryser for meg siden i dag kl 9, prøvd omstart",
)
FIRST, SECOND = "L-2026-000001", "L-2026-000002"


def sent(count: int = 2, status: Status = Status.IN_PROGRESS) -> Transcript:
    """Somebody who has just sent some cases."""
    talk = Transcript(person("uss"))
    for fault in FAULTS[:count]:
        talk.says(fault)
        answered(talk).says("send")
    talk.cases[:] = [replace(case, status=status) for case in talk.cases]
    return talk


@pytest.mark.parametrize(
    "words",
    [
        "kommentar til UKE på {}: ",
        "kommentar til UKE i sak {}: ",
        "Kommenter til Hei UKE på {} – ",
        "comment to UKE on {}: ",
        "beskjed til UKE om {}: ",
    ],
)
def test_a_comment_names_its_case_and_whom_it_is_for(words: str) -> None:
    talk = sent()
    talk.says(words.format(FIRST).replace("Hei ", "") + "maskin-ID er MFP-4431")
    assert talk.effects == [CommentCase(FIRST, "Hei UKE. maskin-ID er MFP-4431", ())]


@pytest.mark.parametrize("words", ["kommentar {}: ", "kommentar til sak {}: ", "comment on {}: ", "svar {}: "])
def test_a_comment_by_reference_takes_its_words_at_once(words: str) -> None:
    talk = sent()
    talk.says(words.format(FIRST) + "Maskin-ID er MFP-4431")
    talk.bot_says(f"Hvem er kommentaren i sak {FIRST} til?")
    talk.says("", "bilde.png")
    talk.says("UKE")
    (comment,) = talk.effects
    assert isinstance(comment, CommentCase)
    assert (comment.ref, comment.text) == (FIRST, "Hei UKE. Maskin-ID er MFP-4431\nVedlegg: bilde.png")


def test_the_comment_that_follows_a_picture_is_not_lost() -> None:
    talk = sent()
    talk.says(f"kommentar {FIRST}")
    talk.says("", "bilde.png")
    talk.bot_says("Jeg legger bilde.png ved", "Vil du skrive noe til det")
    talk.says("Hei UKE, maskin-ID er MFP-4431")
    talk.bot_says(f"legge det i sak {FIRST}")
    talk.says("ja")
    assert talk.effects == [CommentCase(FIRST, "Hei UKE, maskin-ID er MFP-4431", ())]


def test_what_follows_a_picture_may_be_something_new() -> None:
    talk = sent()
    talk.says(f"kommentar {FIRST}")
    talk.says("", "bilde.png")
    talk.says("Skjermen på kontoret mitt er svart siden i dag kl 8")
    talk.presses("Det er noe nytt")
    assert talk.state.draft is not None
    assert talk.effects == [] or all(not isinstance(one, CommentCase) for one in talk.effects)


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.IN_PROGRESS])
def test_regret_never_turns_to_another_case_than_the_one_named(status: Status) -> None:
    talk = sent(status=status)
    talk.says(f"trekk saken {FIRST.lower()}.")
    talk.says("angre")
    talk.bot_does_not_say(SECOND)
    talk.says("angre")
    talk.bot_does_not_say(SECOND)
    talk.says("ja")
    assert talk.cases[1].status is status


def test_regret_after_a_case_that_is_not_there_is_about_nothing() -> None:
    talk = sent()
    talk.says("trekk saken L-2026-000099")
    talk.says("angre")
    talk.bot_says("ingen sak å angre på")


def test_the_button_of_the_case_shown_is_not_pressed_by_the_reference_of_another() -> None:
    talk = sent()
    talk.says(SECOND)
    talk.says(f"Trekk saken {FIRST}")
    talk.bot_says(f"Sak {FIRST}")
    talk.says("ja")
    assert [case.status for case in talk.cases] == [Status.WITHDRAWN, Status.IN_PROGRESS]


@pytest.mark.parametrize(
    "words",
    [
        "vis sak {}",
        "åpne {}",
        "kan jeg se hvem som følger {}",
        "jeg lurer på {}",
        "hvem jobber med {}",
        "Kven arbeider med sak {}?",
        "who works on {}?",
        "når blir {} ferdig",
    ],
)
def test_a_question_about_a_case_shows_it(words: str) -> None:
    talk = sent()
    talk.says(words.format(FIRST))
    assert FIRST in talk.last
    assert talk.state.last_case == FIRST


@pytest.mark.parametrize(
    "words", ["virker ikke {}: den er fortsatt svart", "{}: virker ikke, den er fortsatt svart",
              "Det virker ikke i {}: den er fortsatt svart"]
)  # fmt: skip
@pytest.mark.parametrize("status", [Status.SOLVED, Status.SOLUTION_PROPOSED])
def test_that_it_does_not_work_answers_the_solution_of_the_case_named(words: str, status: Status) -> None:
    talk = sent(status=status)
    talk.says(words.format(FIRST))
    assert "den er fortsatt svart" in talk.cases[0].comments[-1]["text"]
    assert "virker ikke" not in talk.cases[0].comments[-1]["text"]
    assert talk.cases[1].comments == ()


@pytest.mark.parametrize("words", ["slett {}", "avbryt sak {}", "trekk tilbake {}", "cancel case {}"])
def test_a_sent_case_is_withdrawn_in_many_words_and_never_without_asking(words: str) -> None:
    talk = sent()
    talk.says(words.format(FIRST))
    talk.bot_says("Vil du trekke den?")
    assert talk.effects == []


@pytest.mark.parametrize("words", ["feil skjema {}", "{} er på feil skjema", "feil skjema på sak {}", "wrong form {}"])
def test_wrong_form_by_reference_registers_that_case_again(words: str) -> None:
    talk = sent()
    talk.says(words.format(FIRST))
    assert talk.state.draft is not None
    assert talk.state.draft.replaces == FIRST


@pytest.mark.parametrize("pressed", ["Ja, legg det i saken", "Det er noe nytt"])
def test_a_change_of_a_sent_case_is_offered_as_a_comment(pressed: str) -> None:
    talk = sent()
    talk.says(f"endre maskin-ID til MFP-4431 på {FIRST}")
    talk.bot_says("Saken er sendt. Skal jeg legge det i sak", FIRST)
    talk.presses(pressed)
    if pressed.startswith("Ja"):
        talk.says("UKE")
        assert talk.effects == [CommentCase(FIRST, "Hei UKE. endre maskin-ID til MFP-4431", ())]
    else:
        talk.bot_does_not_say("Kommentaren er lagt til")


def test_a_change_that_names_a_sent_case_changes_nothing_in_the_one_being_written() -> None:
    talk = sent()
    talk.says("Utskrift fra AKS virker ikke siden i dag kl 8, prøvd omstart")
    draft = talk.state.draft
    assert draft is not None
    talk.says(f"endre omfang til hele etaten på {FIRST}")
    talk.bot_says("Saken er sendt", FIRST)
    talk.says("nei")
    talk.bot_says("Ingenting er lagt til", "Tilbake til saken")
    talk.says(f"endre omfang til hele etaten på {FIRST}")
    talk.says("ja")
    talk.says("UKE")
    talk.bot_says("Tilbake til saken")
    assert talk.cases[0].comments[-1]["text"] == "Hei UKE. endre omfang til hele etaten"
    assert talk.state.draft is not None
    assert talk.state.draft.answers == draft.answers


@pytest.mark.parametrize(
    "words",
    ["det gjelder bare bydel Alna og Grorud", "forresten, det begynte i går", "endre omfang til hele etaten"],
)
def test_a_correction_right_after_sending_is_offered_as_a_comment(words: str) -> None:
    talk = sent()
    talk.says(words)
    talk.bot_says("Saken er sendt", SECOND)
    talk.says("ja")
    talk.says("UKE")
    assert talk.cases[1].comments[-1]["text"] == f"Hei UKE. {words}"


def test_a_new_need_right_after_sending_is_a_new_case() -> None:
    talk = sent()
    talk.says("Vi er tre som trenger en ny fellespostkasse til arkivet")
    talk.bot_does_not_say("Saken er sendt")
    assert talk.state.draft is not None


@pytest.mark.parametrize("words", ["Skjermen min er svart siden i dag kl 8", "Det er ikke strøm på rommet mitt"])
def test_another_fault_right_after_sending_is_no_correction(words: str) -> None:
    talk = sent()
    talk.says(words)
    talk.bot_does_not_say("Saken er sendt")


def test_later_nothing_is_taken_for_a_correction() -> None:
    talk = sent()
    talk.waits(hours=3)
    talk.says("det gjelder bare bydel Alna og Grorud")
    talk.bot_does_not_say("Saken er sendt")


@pytest.mark.parametrize("words", ["angående {} så gjelder det flere nå", "{} haster ikke lenger", "obs {}"])
def test_a_message_with_a_reference_is_never_a_search_for_a_form(words: str) -> None:
    talk = sent()
    talk.says(words.format(FIRST))
    assert talk.state.draft is None
    assert FIRST in talk.last
    talk.says(words.format("L-2026-000099"))
    talk.bot_says("finner ingen sak med nummer L-2026-000099")
    assert talk.state.draft is None


def test_a_long_report_that_names_a_strange_case_is_not_lost() -> None:
    talk = sent()
    talk.says("Samme feil som L-2026-000099: skjermen min er svart siden i dag kl 8")
    talk.says("nei")
    assert talk.state.draft is None
    talk.says("Samme feil som L-2026-000099: skjermen min er svart siden i dag kl 8")
    talk.presses("Det er noe nytt")
    assert talk.state.draft is not None


def test_an_answer_may_name_a_case() -> None:
    talk = sent()
    talk.says("Utskrift fra AKS virker ikke")
    pending = talk.state.pending
    assert pending is not None
    talk.says(f"Det er det samme som i {FIRST}")
    talk.bot_does_not_say("Saken er sendt")
    assert talk.state.draft is not None


@pytest.mark.parametrize(("count", "told"), [(1, f"Sak {FIRST} blir liggende"), (2, "2 saker blir liggende")])
def test_who_deletes_his_data_is_told_which_cases_stay(count: int, told: str) -> None:
    talk = sent(count)
    talk.says("slett mine data")
    talk.bot_does_not_say("1 saker")
    talk.says("ja")
    assert talk.effects == [ForgetMe()]
    talk.bot_says(told, *(case.ref for case in talk.cases))


def test_what_is_said_to_be_added_begins_no_case() -> None:
    """ "Kan dere legge til at … og så send" became a case of its own, with Autosvar among its forms."""
    talk = Transcript(person("ansatt"))
    talk.says("skriveren i 2. etasje viser feilkode og skriver ikke ut, siden i dag kl 8, bare meg, prøvd omstart")
    while talk.state.draft is not None and talk.state.draft.stage == "choose":
        talk.says("1")
    talk.says("PR-1234")
    talk.says("alt er nede")
    talk.bot_says("Skal jeg sende saken?")
    talk.says("kan dere legge til at displayet viser C7990? og så send")
    assert len(talk.cases) == 1
    assert "C7990" in talk.case["description"]
    assert talk.state.draft is None
    talk.says("kan dere legge til at skuff 2 er tom?")
    talk.bot_says("Skal jeg legge det i sak L-2026-000001")
