"""1.linje works its inbox by writing, with the case's reference, as well as by buttons (G 3.2.1, 5.2)."""

from __future__ import annotations

import pytest

from dialogs.case import Status
from dialogs.effects import AskReporter, SolveCase
from tests.desk import Desk
from tests.dialogs.test_guide_rules import answered
from tests.dialogs.test_inbox import FAULT, desk_with_a_case
from tests.transcript import Transcript, person

REF = "L-2026-000001"


def two_cases() -> Desk:
    desk = desk_with_a_case()
    desk.employee.says("AKS fryser for meg siden i dag kl 9, prøvd omstart")
    answered(desk.employee).says("send")
    return desk


@pytest.mark.parametrize(
    "words",
    [
        "svar og løs {}: Bytt toner.",
        "løst {}: Bytt toner.",
        "Løs sak {} – Bytt toner.",
        "svar og løys {}: Bytt toner.",
        "løyst {}: Bytt toner.",
        "answer and solve {}: Bytt toner.",
        "solved {}: Bytt toner.",
    ],
)
def test_a_case_is_solved_with_its_answer_in_one_message(words: str) -> None:
    desk = two_cases()
    desk.first_line.says(words.format(REF.lower()))
    assert desk.first_line.effects == [SolveCase(REF, "Bytt toner.")]
    assert desk.cases[0].status is Status.SOLVED
    desk.employee.bot_says("har svart", "Bytt toner")


@pytest.mark.parametrize("words", ["svar {}: ", "svar på {}: ", "svar i sak {}, ", "answer {}: ", "svare {} "])
def test_an_answer_reaches_the_reporter_and_leaves_the_case_open(words: str) -> None:
    desk = two_cases()
    said = "vi har registrert mobilnummeret ditt, prøv på nytt nå"
    desk.first_line.says(words.format(REF) + said)
    assert desk.first_line.effects == [AskReporter(REF, said)]
    desk.first_line.bot_says("fortsatt åpen", f"løst {REF}: ")
    desk.employee.bot_says(f"skriver i sak {REF}", said)
    desk.employee.bot_does_not_say("spør om")
    assert desk.cases[0].status is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("spør tilbake på {}: Hvilket rom?", "Hvilket rom?"),
        ("spør {} om hvilket rom han sitter på?", "hvilket rom han sitter på?"),
        ("spør {} om han har startet på nytt?", "om han har startet på nytt?"),
        ("spørje attende på sak {}: Kva rom?", "Kva rom?"),
        ("ask back on {}: Which room?", "Which room?"),
    ],
)
def test_the_reporter_is_asked(words: str, question: str) -> None:
    desk = two_cases()
    desk.first_line.says(words.format(REF))
    assert desk.first_line.effects == [AskReporter(REF, question)]
    desk.employee.bot_says(question)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("spør tilbake på {}", "inbox_ask"), ("svar {}", "inbox_solve"), ("løst {}", "inbox_solve")],
)
def test_without_words_they_are_asked_for(words: str, kind: str) -> None:
    desk = two_cases()
    desk.first_line.says(words.format(REF))
    pending = desk.first_line.state.pending
    assert pending is not None
    assert (pending.kind, pending.key) == (kind, REF)


@pytest.mark.parametrize(
    "words",
    ["send videre {}", "send videre {} til USS", "send {} videre", "Send sak {} til USS", "send vidare {}",
     "pass on {}", "pass {} on to USS", "forward {}"],
)  # fmt: skip
def test_a_case_is_passed_on(words: str) -> None:
    desk = two_cases()
    desk.first_line.says(words.format(REF))
    desk.first_line.bot_says(f"{REF}", FAULT)
    answered(desk.first_line).says("send")
    assert (desk.cases[0].status, desk.cases[2].moved_from) == (Status.MOVED, REF)


def test_the_buttons_of_another_case_are_not_pressed_by_a_reference() -> None:
    desk = two_cases()
    desk.first_line.presses("Åpne saken")
    desk.first_line.says(f"send videre {REF}")
    desk.first_line.bot_says(FAULT)
    assert desk.first_line.state.draft is not None
    assert desk.first_line.state.draft.passes_on == REF


def test_words_about_a_case_are_not_sent_to_the_reporter_of_another() -> None:
    desk = two_cases()
    desk.first_line.says("spør tilbake på L-2026-000002")
    desk.first_line.says(f"løst {REF}: Bytt toner")
    assert desk.first_line.effects == [SolveCase(REF, "Bytt toner")]
    assert desk.cases[1].comments == ()


@pytest.mark.parametrize("words", ["svar {}: hei", "løst {}: hei", "spør {}: hei?", "send videre {}"])
def test_what_is_not_in_the_inbox_is_left_alone(words: str) -> None:
    """Authority is that of the buttons: another virksomhet's 1.linje sees nothing, and an employee has no inbox."""
    desk = desk_with_a_case()
    other = Transcript(person("1linje", virksomhet="HEL"), cases=desk.cases)
    other.says(words.format(REF))
    other.bot_says("i innboksen. Den kan være løst")
    assert other.effects == []
    uss = Transcript(person("uss"), cases=desk.cases)
    uss.says(words.format(REF))
    assert uss.effects == []
    assert uss.state.draft is None


def test_the_reporter_answers_by_reference_too() -> None:
    desk = desk_with_a_case()
    desk.employee.says(f"svar {REF}: Det står P-4711 på lappen")
    assert desk.cases[0].comments[-1]["text"] == "Det står P-4711 på lappen"
    desk.employee.says(f"løst {REF}")
    assert desk.cases[0].is_open


def test_a_number_after_the_inbox_picks_from_it_and_not_from_the_forms_that_wait() -> None:
    desk = two_cases()
    desk.first_line.says("Jeg trenger tilgang")
    draft = desk.first_line.state.draft
    assert draft is not None
    desk.first_line.says("innboksen")
    desk.first_line.bot_says(f"2. {REF}", "venter", "fortsett")
    desk.first_line.says("2")
    desk.first_line.bot_says(f"Sak {REF} fra Ada Ansatt")
    desk.first_line.says("fortsett")
    assert desk.first_line.state.draft == draft
    desk.first_line.bot_does_not_say(REF)


def test_a_comment_on_a_case_of_the_inbox_shows_what_can_be_done_with_it() -> None:
    """What 1.linje writes there is read by the reporter, so it is not sent before that is plain."""
    desk = two_cases()
    desk.first_line.says(f"kommentar til {REF}: ringer henne i morgen")
    desk.first_line.bot_says(f"Sak {REF} fra Ada Ansatt", "Spør tilbake")
    assert desk.first_line.effects == []


class TestFiles:
    """What is attached is opened from the case, by who handles it and who reported it."""

    def with_links(self) -> Desk:
        desk = desk_with_a_case()
        for talker in (desk.employee, desk.first_line):
            talker.file_link = lambda ref, number: f"https://losen.example/vedlegg/{ref}/{number}"
        return desk

    def test_the_picture_of_a_report_can_be_opened(self) -> None:
        desk = self.with_links()
        desk.first_line.says(REF)
        desk.first_line.bot_says("Åpne striper.png", f"https://losen.example/vedlegg/{REF}/1")

    def test_a_picture_with_an_answer_reaches_the_reporter(self) -> None:
        desk = self.with_links()
        desk.first_line.says(f"svar {REF}: slik skal det se ut", "fasit.png")
        assert [one.name for one in desk.cases[0].attachments] == ["striper.png", "fasit.png"]
        desk.employee.bot_says("slik skal det se ut", "fasit.png", f"https://losen.example/vedlegg/{REF}/2")
        desk.employee.bot_does_not_say(f"/{REF}/1")
        assert not desk.first_line.state.files

    def test_so_does_one_with_the_answer_that_solves_it(self) -> None:
        desk = self.with_links()
        desk.first_line.says(f"svar og løs {REF}: bytt som på bildet", "bytte.png")
        assert desk.cases[0].status is Status.SOLVED
        desk.employee.bot_says("bytt som på bildet", "Åpne bytte.png")

    def test_the_reporter_opens_it_from_the_status(self) -> None:
        desk = self.with_links()
        desk.employee.says(f"status {REF}")
        desk.employee.bot_says("striper.png", f"https://losen.example/vedlegg/{REF}/1")


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ("spør tilbake: hvilket headset bruker du?", AskReporter(REF, "hvilket headset bruker du?")),
        ("spør om han har startet på nytt", AskReporter(REF, "om han har startet på nytt")),
        ("svar og løs: bytt headset", SolveCase(REF, "bytt headset")),
        ("løst, byttet headset", SolveCase(REF, "byttet headset")),
        ("svar: prøv på nytt nå", AskReporter(REF, "prøv på nytt nå")),
    ],
)
def test_under_a_case_that_is_shown_no_reference_is_needed(words: str, effect: object) -> None:
    desk = desk_with_a_case()
    desk.first_line.says("innboksen")
    desk.first_line.says(words)
    assert desk.first_line.effects == [effect]


def test_so_it_is_sent_on() -> None:
    desk = desk_with_a_case()
    desk.first_line.says("innboksen")
    desk.first_line.says("send den videre til UKE")
    assert desk.first_line.state.draft is not None
    assert desk.first_line.state.draft.passes_on == REF
