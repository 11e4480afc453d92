"""An employee and the own 1.linje, talking through the bot (G 3.2.1, 3.2.2, 5.1, 5.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import Status
from dialogs.state import MAX_DRAFTS, Draft
from tests.desk import Desk
from tests.dialogs.test_guide_rules import answered
from tests.transcript import MONDAY, Transcript, library, person

FAULT = "PC-en min starter ikke siden i går kl 14, prøvd omstart"


def desk_with_a_case(text: str = FAULT, **answers: str) -> Desk:
    desk = Desk(person("ansatt"), person("1linje"))
    desk.employee.says(text, "striper.png")
    answered(desk.employee, **answers).says("send")
    assert desk.cases
    return desk


class TestSeeing:
    """G 3.2.1: employees report to their own 1.linje"""

    def test_a_new_case_is_announced_with_buttons(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.bot_says("Ny sak i innboksen", "L-2026-000001", "Ada Ansatt", "starter ikke")
        labels = [label for _, label in desk.first_line.choices()]
        assert labels == ["Åpne saken", "Spør tilbake", "Svar og løs", "Send videre"]

    def test_the_case_is_shown_with_everything(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.says("mine innkomne")
        desk.first_line.bot_says("Sak L-2026-000001 fra Ada Ansatt", FAULT, "striper.png", "ansatt, BGO")
        desk.first_line.bot_says("mottatt", "Hva vil du gjøre med saken?")

    @pytest.mark.parametrize("words", ["innkomne", "Innboksen", "vis innboksen", "inbox", "innboksen min"])
    def test_several_are_listed_newest_first_and_one_is_picked(self, words: str) -> None:
        desk = desk_with_a_case()
        desk.employee.says("AKS fryser for meg siden i dag kl 9, prøvd omstart")
        answered(desk.employee).says("send")
        desk.first_line.says(words)
        desk.first_line.bot_says("1. L-2026-000002 ", "2. L-2026-000001 ")
        desk.first_line.says("2")
        desk.first_line.bot_says("Sak L-2026-000001 fra Ada Ansatt")

    def test_a_full_inbox_shows_the_newest_and_the_rest_by_reference(self) -> None:
        desk = desk_with_a_case()
        desk.cases += [
            replace(desk.cases[0], ref=f"L-2026-{number:06}", title=f"Sak {number}") for number in range(2, 14)
        ]
        desk.first_line.says("innboksen")
        desk.first_line.bot_says("1. L-2026-000013", "10. L-2026-000004", "Og 3 eldre", "for eksempel L-2026-000003")
        desk.first_line.bot_does_not_say("11. ")
        desk.first_line.says("L-2026-000001")
        desk.first_line.bot_says("fra Ada Ansatt", FAULT)

    def test_a_case_is_found_by_its_reference(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.says("l-2026-000001")
        desk.first_line.bot_says("fra Ada Ansatt")

    def test_an_empty_inbox_says_so(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("innboksen")
        talk.bot_says("Innboksen er tom")

    @pytest.mark.parametrize("role", ["ansatt", "superbruker", "forvalter", "uss"])
    def test_it_is_for_nobody_else(self, role: str) -> None:
        talk = Transcript(person(role))
        talk.says("innboksen")
        talk.bot_says("for dem som er 1.linje")
        talk.press_action("inbox:L-2026-000001:solve")
        talk.bot_says("for dem som er 1.linje")

    def test_first_line_of_another_virksomhet_sees_nothing(self) -> None:
        desk = desk_with_a_case()
        other = Transcript(person("1linje", virksomhet="HEL"), cases=desk.cases)
        for said in (other.says("innboksen"), other.press_action("inbox:L-2026-000001"), other.says("L-2026-000001")):
            assert "Ada" not in said
        other.press_action("inbox:L-2026-000001:ask")
        other.bot_says("i innboksen. Den kan være løst")
        assert other.state.pending is None

    def test_the_menu_and_the_help_name_it(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("hjelp")
        talk.bot_says("«innboksen»")
        talk.presses("Vis innboksen")
        talk.bot_says("Innboksen er tom")


class TestAskingBack:
    """G 5.2: questions about a case are asked in the case"""

    def test_question_and_answer_reach_each_other_and_stand_in_the_case(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.bot_says("Hva vil du spørre Ada Ansatt om?")
        desk.first_line.says("Hvilket skrivernummer står på lappen?")
        desk.first_line.bot_says("Jeg gir spørsmålet til Ada Ansatt")
        desk.employee.bot_says("Lars Linje i 1.linje spør om sak L-2026-000001", "Hvilket skrivernummer")
        desk.employee.says("Det står P-4711 på lappen")
        desk.employee.bot_says("Jeg gir det til 1.linje")
        desk.first_line.bot_says("Ada Ansatt skriver i sak L-2026-000001", "P-4711")
        case = desk.cases[0]
        assert [one["by"] for one in case.comments] == ["Lars Linje", "Ada Ansatt"]
        assert case.comments[1]["text"] == "Det står P-4711 på lappen"
        assert case.status is Status.IN_PROGRESS
        desk.first_line.says("innboksen")
        desk.first_line.bot_says("Lars Linje: Hvilket", "Ada Ansatt: Det står P-4711", "noen arbeider med den")

    @pytest.mark.parametrize("question", ["Hvilket skjema brukte du?", "Er det en hovedsak?", "When did it begin?"])
    def test_a_question_is_for_the_reporter_whatever_it_is_like(self, question: str) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says(question)
        assert desk.cases[0].comments[0]["text"] == question
        assert desk.first_line.state.language == "nb"

    def test_asking_can_be_given_up(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says("avbryt")
        desk.first_line.bot_says("ingenting er sendt")
        assert desk.cases[0].comments == ()

    def test_a_question_in_the_middle_of_another_report_disturbs_nothing(self) -> None:
        desk = desk_with_a_case()
        desk.employee.says("AKS fryser for meg i dag")
        asked = desk.employee.state.pending
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says("Hvilken etasje?")
        assert desk.employee.state.pending == asked
        desk.employee.presses("Svar")
        desk.employee.says("Tredje etasje")
        desk.employee.bot_says("Jeg gir det til 1.linje", "Tilbake til saken")
        assert desk.cases[0].comments[-1]["text"] == "Tredje etasje"

    @pytest.mark.parametrize(("words", "said"), [("", "Vedlegg: lampe.jpg"), ("Slik", "Slik\nVedlegg: lampe.jpg")])
    def test_the_answer_may_be_a_picture(self, words: str, said: str) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says("Kan du ta et bilde av lampen?")
        desk.employee.says(words, "lampe.jpg")
        desk.first_line.bot_says("Ada Ansatt skriver", "lampe.jpg")
        assert desk.cases[0].comments[-1]["text"] == said
        assert [one.name for one in desk.cases[0].attachments] == ["striper.png", "lampe.jpg"]
        desk.first_line.presses("Send videre")
        desk.first_line.says("send")
        assert desk.cases[1].attachments == desk.cases[0].attachments

    def test_the_reporter_may_answer_later_with_a_word(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says("Hvilken etasje?")
        desk.employee.says("status")
        desk.employee.says("svar")
        desk.employee.says("Tredje")
        assert desk.cases[0].comments[-1]["text"] == "Tredje"


class TestWithdrawing:
    """Undo until 1.linje has taken it"""

    def test_before_it_is_taken_it_is_just_undone(self) -> None:
        desk = desk_with_a_case()
        desk.employee.says("angre")
        assert desk.cases[0].status is Status.WITHDRAWN
        desk.first_line.says("innboksen")
        desk.first_line.bot_says("Innboksen er tom")

    def test_when_it_is_taken_the_reporter_is_asked_first(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says("Hvilken etasje?")
        desk.employee.says("avbryt")
        desk.employee.says("angre")
        desk.employee.bot_says("1.linje arbeider med sak L-2026-000001")
        desk.employee.bot_does_not_say("sendt videre")
        desk.employee.says("ja")
        assert desk.cases[0].status is Status.WITHDRAWN


class TestSolving:
    """G 5.1.2.1: a solution is accepted or rejected; a rejection needs a reason"""

    def solved(self) -> Desk:
        desk = desk_with_a_case()
        desk.first_line.presses("Svar og løs")
        desk.first_line.bot_says("blir sak L-2026-000001 satt til løst")
        desk.first_line.says("Bytt toner, den ligger i skapet")
        return desk

    def test_the_answer_reaches_the_reporter_and_the_case_leaves_the_inbox(self) -> None:
        desk = self.solved()
        desk.employee.bot_says("Lars Linje i 1.linje har svart", "Bytt toner", "«virker ikke»")
        assert desk.cases[0].status is Status.SOLVED
        desk.first_line.says("innboksen")
        desk.first_line.bot_says("Innboksen er tom")

    @pytest.mark.parametrize("words", ["virker ikke", "Det virker ikke!", "fungerer fortsatt ikke", "does not work"])
    def test_the_reporter_opens_it_again_with_a_reason(self, words: str) -> None:
        desk = self.solved()
        desk.employee.says(words)
        assert desk.employee.state.pending is not None
        assert desk.employee.state.pending.kind == "reopen"
        assert desk.cases[0].status is Status.SOLVED
        desk.employee.says("Det er fortsatt striper")
        desk.first_line.bot_says("det ikke virker i sak L-2026-000001", "fortsatt striper")
        assert desk.cases[0].is_open
        desk.first_line.presses("Svar og løs")

    @pytest.mark.parametrize("between", [": ", ", ", " - "])
    def test_reason_and_rejection_in_one_message(self, between: str) -> None:
        desk = self.solved()
        desk.employee.says(f"virker ikke{between}toneren passer ikke")
        desk.employee.bot_says("åpnet igjen")
        assert desk.cases[0].comments[-1]["text"] == "toneren passer ikke"

    def test_later_a_new_report_is_no_rejection(self) -> None:
        desk = self.solved()
        desk.employee.says("hei")
        desk.employee.waits(days=20)
        desk.employee.says("virker ikke")
        desk.employee.bot_does_not_say("L-2026-000001")
        assert desk.cases[0].status is Status.SOLVED

    def test_a_sentence_with_the_words_in_it_is_a_new_report(self) -> None:
        desk = self.solved()
        desk.employee.says("AKS fryser, det virker ikke for noen på kontoret siden kl 9")
        desk.employee.bot_does_not_say("L-2026-000001")
        assert desk.cases[0].status is Status.SOLVED
        assert desk.employee.state.pending is None or desk.employee.state.pending.kind != "reopen"

    def test_the_case_itself_has_the_button(self) -> None:
        desk = self.solved()
        desk.employee.says("status")
        desk.employee.bot_says("løst")
        desk.employee.presses("Det virker ikke")
        desk.employee.bot_says("Hva er det som ikke virker")

    def test_nobody_reopens_what_is_not_solved(self) -> None:
        desk = desk_with_a_case()
        desk.employee.press_action("reopen:L-2026-000001")
        desk.employee.bot_says("ikke satt til løst")
        desk.first_line.press_action("reopen:L-2026-000001")
        desk.first_line.bot_says("finner ingen sak")


class TestPassingOn:
    """G 3.2.1, 5.1.2: quality assured, then passed on to the desk with everything"""

    def test_everything_is_carried_over(self) -> None:
        desk = desk_with_a_case()
        old = desk.cases[0]
        desk.first_line.presses("Send videre")
        desk.first_line.bot_says("Jeg tar med alt fra sak L-2026-000001", "Skal jeg sende saken?", FAULT)
        desk.first_line.says("send")
        new = desk.cases[1]
        assert new.route == "USS"
        assert new.form_id == old.form_id
        assert new.answers == old.answers
        assert new.attachments == old.attachments
        assert new.on_behalf_of == "Ada Ansatt"
        assert new.reporter.name == "Lars Linje"
        assert new.description.startswith(FAULT)
        assert "Meldt til 1.linje av Ada Ansatt (ansatt) i sak L-2026-000001" in new.description
        assert "Kan kontaktes for testing: Ada Ansatt" in new.description

    def test_the_two_point_at_each_other_and_the_reporter_is_told_and_may_follow(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Send videre")
        desk.first_line.says("send")
        old, new = desk.cases
        assert (old.status, old.moved_to, new.moved_from) == (Status.MOVED, new.ref, old.ref)
        assert new.to_json()["moved_from"] == old.ref
        desk.employee.bot_says("sendt sak L-2026-000001 videre til USS", "L-2026-000002")
        desk.employee.says("L-2026-000002")
        desk.employee.bot_says("Sak L-2026-000002", "USS")
        desk.employee.says("kommentar L-2026-000001 hei")
        desk.employee.bot_says("Kommenter den nye saken: L-2026-000002")

    def test_what_was_said_goes_along(self) -> None:
        """G 5.1: talk is summarised into the case"""
        desk = desk_with_a_case()
        desk.first_line.presses("Spør tilbake")
        desk.first_line.says("Hvilket skrivernummer?")
        desk.employee.says("P-4711")
        desk.first_line.presses("Send videre")
        answered(desk.first_line).says("send")
        assert "Lars Linje: Hvilket skrivernummer?" in desk.cases[1].description
        assert "Ada Ansatt: P-4711" in desk.cases[1].description

    def test_whom_the_reporter_named_stays_named(self) -> None:
        desk = desk_with_a_case(
            "Melder på vegne av Kari Nordmann: PC-en hennes starter ikke siden i går, prøvd omstart"
        )
        desk.first_line.says("innboksen")
        desk.first_line.bot_says("Gjelder: Kari Nordmann")
        desk.first_line.presses("Send videre")
        answered(desk.first_line).says("send")
        assert desk.cases[1].on_behalf_of == "Kari Nordmann"

    def test_what_is_missing_is_asked_for(self) -> None:
        desk = desk_with_a_case()
        old = desk.cases[0]
        answers = {key: value for key, value in old.answers.items() if key != "tried"}
        shorter = "\n".join(line for line in old.description.split("\n") if "forsøkt" not in line.lower())
        desk.cases[0] = replace(old, answers=answers, description=shorter.replace(", prøvd omstart", ""))
        desk.first_line.presses("Send videre")
        pending = desk.first_line.state.pending
        assert pending is not None
        assert pending.key == "tried"
        desk.first_line.says("Byttet toner og kabel")
        desk.first_line.says("send")
        assert desk.cases[1].answers["tried"] == "Byttet toner og kabel"

    def test_an_estimated_time_stays_an_estimate(self) -> None:
        desk = desk_with_a_case("PC-en min starter ikke siden i går rundt lunsj, prøvd omstart")
        line = next(line for line in desk.cases[0].description.split("\n") if "ca." in line)
        desk.first_line.presses("Send videre")
        assert line.partition(": ")[2] in desk.first_line.last

    def test_billing_and_choices_are_carried_over(self) -> None:
        """G 5.1.3"""
        desk = desk_with_a_case(
            "Vi trenger å låne 3 PC-er til et kurs",
            ressursnummer="12345",
            kostnadssted="4321",
            fra="1. desember",
            til="5. desember",
        )
        desk.first_line.presses("Send videre")
        desk.first_line.bot_says("12345", "4321", "tirsdag 1. desember")
        desk.first_line.says("send")
        old, new = desk.cases
        assert new.billing == old.billing
        assert new.answers == old.answers

    def test_a_critical_fault_is_passed_on_as_critical_and_phoned_in(self) -> None:
        """G 5.1.2.2"""
        desk = desk_with_a_case(
            "Kritisk: ingen på legevakta kommer inn i AKS siden kl 9, liv og helse, har prøvd omstart", critical="ja"
        )
        desk.first_line.says("innboksen")
        desk.first_line.bot_says("meldt som kritisk")
        desk.first_line.presses("Send videre")
        answered(desk.first_line, phone="22 33 44 55").says("send")
        assert desk.cases[1].critical
        desk.first_line.bot_says("Ring UKEs Servicesenter nå")

    def test_a_denied_suspicion_is_not_raised_again(self) -> None:
        desk = desk_with_a_case(
            "Kritisk: ingen på legevakta kommer inn i AKS siden kl 9, liv og helse, har prøvd omstart", critical="nei"
        )
        desk.first_line.presses("Send videre")
        answered(desk.first_line, critical="ja").says("send")
        assert not desk.cases[1].critical

    def test_the_first_person_is_the_one_who_wrote(self) -> None:
        desk = desk_with_a_case("PC-en min starter ikke siden i går, prøvd omstart")
        desk.first_line.presses("Send videre")
        desk.first_line.says("feil skjema")
        desk.first_line.says("1")
        answered(desk.first_line).says("send")
        assert desk.cases[1].form_id != desk.cases[0].form_id
        assert desk.cases[1].on_behalf_of == "Ada Ansatt"
        assert desk.cases[1].moved_from == desk.cases[0].ref

    def test_without_the_right_it_says_who_can(self) -> None:
        """G 3.2.2: the form's audience"""
        desk = desk_with_a_case("Vi må åpne brannmuren mot en ny server hos leverandøren")
        desk.first_line.presses("Send videre")
        desk.first_line.bot_says("kan bare brukes av: forvalter", "Velg et annet skjema")
        desk.first_line.bot_does_not_say("Send til vår 1.linje")
        desk.first_line.presses("Velg et annet skjema")
        desk.first_line.bot_says("tar jeg med videre")
        assert desk.cases[0].is_open

    def test_a_report_on_a_form_for_employees_is_given_the_right_form_first(self) -> None:
        """Their own 1.linje's form would lead back to 1.linje"""
        desk = desk_with_a_case()
        own = next(form for form in library().catalogue if form.audience == ("ansatt",))
        desk.cases[0] = replace(desk.cases[0], form_id=own.id, form_title=own.title)
        desk.first_line.presses("Send videre")
        desk.first_line.bot_says("Her er de andre skjemaene")
        desk.first_line.bot_does_not_say(own.title)
        desk.first_line.says("1")
        answered(desk.first_line).says("send")
        assert desk.cases[1].route == "USS"
        assert desk.cases[1].moved_from == desk.cases[0].ref

    def test_none_of_the_forms_keeps_everything_and_looks_again(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Send videre")
        desk.first_line.says("feil skjema")
        desk.first_line.says("ingen av disse")
        desk.first_line.says("Outlook åpner ikke e-post")
        answered(desk.first_line).says("send")
        assert desk.cases[1].moved_from == desk.cases[0].ref
        assert desk.cases[1].on_behalf_of == "Ada Ansatt"

    def test_with_too_many_drafts_one_must_be_finished_first(self) -> None:
        desk = desk_with_a_case()
        draft = Draft("x", "support", "choose", "x", MONDAY.isoformat(), MONDAY.isoformat())
        drafts = tuple(replace(draft, id=str(number)) for number in range(MAX_DRAFTS))
        desk.first_line.state = replace(desk.first_line.state, drafts=drafts)
        desk.first_line.press_action("inbox:L-2026-000001:pass_on")
        desk.first_line.bot_says("Send eller avbryt en av dem først")

    def test_pressed_twice_it_is_one_draft(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.press_action("inbox:L-2026-000001:pass_on")
        desk.first_line.press_action("inbox:L-2026-000001:pass_on")
        assert len(desk.first_line.state.drafts) == 1

    def test_what_a_colleague_has_solved_meanwhile_is_not_sent(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Send videre")
        colleague = Transcript(person("1linje"), cases=desk.cases)
        colleague.press_action("inbox:L-2026-000001:solve")
        colleague.says("Ferdig")
        desk.first_line.says("send")
        desk.first_line.bot_says("i innboksen. Den kan være løst")
        assert len(desk.cases) == 1
        assert not desk.first_line.state.drafts

    def test_more_said_before_another_form_is_chosen_keeps_everything(self) -> None:
        desk = desk_with_a_case()
        desk.first_line.presses("Send videre")
        desk.first_line.says("feil skjema")
        desk.first_line.says("skjermen er helt svart")
        answered(desk.first_line).says("send")
        assert desk.cases[1].moved_from == desk.cases[0].ref
        assert desk.cases[1].on_behalf_of == "Ada Ansatt"
