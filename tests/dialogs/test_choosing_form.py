"""From the person's words to the form: unsure, not understood, none of these, several needs, without the right."""

from __future__ import annotations

import pytest

from dialogs.state import MAX_DRAFTS
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begin, begun, fill, opened
from tests.transcript import Transcript, library, person

NONSENSE = "blomstene i hagen vokser så fint om våren"


def test_why_this_form_is_told_in_the_persons_own_words_and_none_that_fit_every_fault() -> None:
    talk = Transcript(person("1linje"))
    talk.says("hvilket skjema når jeg ikke får logget på AKS, feil passord?")
    why = talk.last.partition("Hvorfor:")[2].partition("\n")[0]
    assert "«logget på»" in why
    assert "«AKS»" in why
    for fits_everything in ("«ikke»", "«feil»", "«får»"):
        assert fits_everything not in why


class TestNotUnderstood:
    def test_the_first_time_an_example_and_ways_on(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(NONSENSE)
        talk.bot_says("Jeg forstår ikke helt", "Meld en feil", "Bestill noe", "Snakk med et menneske")
        assert not talk.state.drafts

    def test_the_second_time_the_phone_number_too(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(NONSENSE)
        talk.says(NONSENSE)
        talk.bot_says("finner det fortsatt ikke", "23 47 70 70")

    def test_the_ways_on_can_be_typed(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(NONSENSE)
        talk.says("3")
        talk.bot_says("Jeg har sendt en oppsummering")

    def test_being_understood_starts_the_count_anew(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(NONSENSE)
        talk.says(AKS_SLOW)
        assert talk.state.misses == 0

    def test_which_form_for_something_unknown(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(f"hvilket skjema for {NONSENSE}?")
        talk.bot_says("Jeg forstår ikke helt")


class TestDescribe:
    """The menu asks for the person's own words."""

    @pytest.mark.parametrize(
        ("said", "question"),
        [
            ("meld en feil", "Hva er det som ikke virker?"),
            ("bestille noe", "Hva trenger du"),
            ("ny sak", "Hva gjelder det?"),
        ],
    )
    def test_the_question(self, said: str, question: str) -> None:
        talk = Transcript(person("1linje"))
        talk.says(said)
        talk.bot_says(question)

    def test_the_answer_is_a_need(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("meld en feil")
        begin(talk, AKS_SLOW, AKS_SLOW_FORM)

    def test_in_the_middle_of_a_case_the_case_waits(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.says("bestille noe")
        begin(talk, "Vi trenger å låne PC-er", 900028)
        assert [draft.form_id for draft in talk.state.drafts] == [900028, AKS_SLOW_FORM]

    def test_only_forms_of_that_kind_are_offered(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("bestille noe")
        talk.says("skjerm")
        pending = talk.state.pending
        assert pending is not None
        offered = [one.partition(":")[2].split(",") for one in pending.options if "none" not in one]
        assert offered
        assert {library().catalogue.get(int(one)).kind for group in offered for one in group} == {"service"}

    def test_new_case_with_its_words_at_once(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        begin(talk, "ny sak: Lån av PC, tidsbegrenset", 900028)
        assert len(talk.state.drafts) == 2


class TestChoosing:
    def test_none_of_these_drops_it_and_offers_ways_on(self) -> None:
        talk = unsure()
        talk.says("ingen av disse")
        talk.bot_says("Beskriv behovet på en annen måte")
        assert not talk.state.drafts

    def test_nei_is_none_of_these(self) -> None:
        talk = unsure()
        talk.says("nei")
        talk.bot_says("Beskriv behovet på en annen måte")

    def test_ja_chooses_nothing_among_several(self) -> None:
        talk = unsure()
        options = talk.state.pending
        talk.says("ja")
        assert talk.state.pending is not None
        assert options is not None
        assert talk.state.pending.kind in ("form", "split")

    def test_the_choices_are_repeated_after_an_interruption(self) -> None:
        talk = unsure()
        talk.says("når er dere åpne?")
        talk.bot_says("08.00", "Hvilket av disse skjemaene passer?")

    def test_a_line_of_a_case_cannot_be_changed_before_there_is_a_form(self) -> None:
        talk = unsure()
        talk.says("endre omfang")
        talk.bot_says("Hvilket av disse skjemaene passer?")

    def test_endre_something_else_makes_the_need_plainer(self) -> None:
        talk = unsure()
        talk.says("endre medlemmer i distribusjonsliste")
        assert talk.state.draft is not None
        assert "distribusjonsliste" in talk.state.draft.text

    def test_ja_opens_the_one_form_that_was_found(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("hvilket skjema for Lån av PC, tidsbegrenset?")
        talk.bot_says("Start saken", "Nei takk")
        talk.says("ja")
        assert talk.state.draft is not None
        assert talk.state.draft.form_id == 900028
        assert talk.state.draft.stage == "confirm"

    def test_summary_and_send_without_a_form_show_the_choices(self) -> None:
        talk = unsure()
        talk.says("oppsummering")
        talk.bot_says("Hvilket av disse skjemaene passer?")
        talk.says("send")
        talk.bot_says("Hvilket av disse skjemaene passer?")


def test_a_need_ended_in_the_and_before_the_next() -> None:
    talk = Transcript(person("1linje"))
    talk.says("I need a new PC for Kari and also a shared mailbox for HR")
    talk.bot_says("First: I need a new PC for Kari\n", "Then: I need a shared mailbox for HR\n")


def test_several_needs_in_one_message_are_taken_one_after_the_other() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret. I tillegg trenger vi å låne tre PC-er til et kurs.")
    talk.bot_says("Jeg ser flere ting i meldingen", "Etterpå: ")
    assert len(talk.state.queued_needs) == 1
    talk.says("glem det")
    talk.bot_says("Det er avbrutt", "Da tar vi det neste du nevnte")


def test_a_person_has_at_most_five_cases_begun() -> None:
    talk = Transcript(person("1linje"))
    for _ in range(MAX_DRAFTS):
        talk.says("ny sak: AKS fryser for alle på kontoret")
    assert len(talk.state.drafts) == MAX_DRAFTS
    talk.says("ny sak: AKS fryser for alle på kontoret")
    talk.bot_says("Du har 5 saker du ikke har sendt", "utkast")
    assert len(talk.state.drafts) == MAX_DRAFTS


class TestWithoutTheRight:
    """G 3.2.2, 4.1"""

    def test_it_may_be_let_be(self) -> None:
        talk = lacking()
        talk.presses("Avbryt")
        talk.bot_says("Det er avbrutt")
        assert not talk.state.drafts

    def test_nei_lets_it_be(self) -> None:
        talk = lacking()
        talk.says("nei")
        assert not talk.state.drafts

    def test_the_form_for_access_says_only_that_it_fits_best(self) -> None:
        """The words of the need led to another form, so they are no reason for this one."""
        talk = lacking()
        talk.says("2")
        fill(talk)
        talk.bot_says("Legge til eller fjerne medlemskap", "det passer best med det du skrev")


def test_wrong_form_offers_the_others_and_takes_the_answers_along() -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    fill(talk, tried="omstart")
    talk.presses("Feil skjema")
    talk.bot_says("Her er de andre skjemaene")
    assert str(AKS_SLOW_FORM) not in {choice.removeprefix("form:") for choice, _ in talk.choices()}
    talk.says("1")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].value == "omstart"


def test_none_of_the_other_forms_loses_no_answer() -> None:
    talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM), tried="omstart")
    talk.presses("Feil skjema")
    talk.says("ingen av disse")
    talk.bot_says("Hva gjelder saken?")
    begin(talk, "Lån av PC, tidsbegrenset", 900028)
    assert len(talk.state.drafts) == 1
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].value == "omstart"


def test_endre_without_a_case_is_a_need() -> None:
    talk = opened()
    begin(talk, "endre medlemmer i en distribusjonsliste", 900198)
    assert len(talk.state.drafts) == 1


def unsure() -> Transcript:
    """A conversation where the bot asks which form."""
    for text in ("telefonen", "feil på skjerm", "trenger hjelp med e-post", "tilgang", "mobil", "skjerm"):
        talk = Transcript(person("1linje"))
        talk.says(text)
        if talk.state.pending is not None and talk.state.pending.kind == "form":
            return talk
    raise AssertionError("the bot is sure of everything")


def lacking() -> Transcript:
    """1.linje has described something only a forvalter may order."""
    talk = Transcript(person("1linje"))
    talk.says("Brannmuråpning, ny (2S)")
    talk.bot_says("kan bare brukes av: forvalter")
    return talk
