"""One message is enough: the little that is missing, and the form, are settled in the summary itself (DESIGN 3, G 4.1).

Nothing is sent without the person's own word: "send", "ja" or the button, after everything else has been seen.
"""

from __future__ import annotations

import pytest

from dialogs.replies import Summary
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, begun
from tests.transcript import Transcript, person

# All is said but what was tried.
NEARLY_ALL = "Gerica henger for alle på avdelingen siden i går kl. 14, men resten av klienten virker."
# The matcher is not sure between "VPN" and its neighbours, and nothing is missing.
UNSURE_FORM = (
    'Jeg får ikke koblet til VPN hjemmefra, det står bare "kobler til" og så stopper det. Maskinen min heter '
    "NAE-PC2210. Det har vært feil siden fredag morgen. Det gjelder bare meg, og jeg kommer ikke på i det hele tatt. "
    "Jeg har prøvd mobilt nett og omstart."
)


def almost_known() -> Transcript:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    summary = talk.summary
    assert 0 < len(summary.inputs) <= 3
    return talk


def answers(talk: Transcript) -> str:
    """A line for each of the open questions, in their order."""
    return "\n".join(f"{number}. vet ikke" for number, _ in enumerate(talk.summary.inputs, 1))


class TestWhatIsMissing:
    def test_it_is_asked_beside_everything_that_is_known(self) -> None:
        talk = almost_known()
        talk.bot_says("nesten klar", "AKS fryser", "«send» til slutt", "Du kan også skrive «endre», «feil skjema»")
        assert not talk.cases

    def test_answer_and_send_in_one_message(self) -> None:
        talk = almost_known()
        talk.says(f"{answers(talk)}\nsend")
        talk.bot_says("Notert.", "har referanse")
        assert len(talk.cases) == 1

    def test_an_answer_alone_sends_nothing_and_shows_the_whole(self) -> None:
        talk = almost_known()
        talk.says(answers(talk))
        talk.bot_says("Skal jeg sende saken?")
        assert not talk.cases
        talk.says("ja")
        assert talk.cases

    def test_send_alone_says_what_is_missing(self) -> None:
        talk = almost_known()
        talk.says("send")
        talk.bot_says("kan ikke sendes ennå")
        assert not talk.cases

    @pytest.mark.parametrize("text", ["vet ikke, ikke send", "ikke send ennå", "vet ikke, men ikke send"])
    def test_not_to_send_is_not_to_send(self, text: str) -> None:
        talk = almost_known()
        talk.says(text)
        assert not talk.cases

    def test_a_refused_answer_is_asked_again_and_not_sent(self) -> None:
        talk = begun("1linje", "Bestiller ny skriver, MFP A4 farge, til Loftsrudveien 12, 1. etasje. "
                     "Ressursnummer: 140140 Fakturareferanse: BSN-9001", 900232)  # fmt: skip
        talk.says("ABC, send")
        talk.bot_says("kostnadssted har 4 til 8 siffer")
        assert not talk.cases
        talk.says("90300")
        talk.says("ja")
        assert talk.case["billing"]["kostnadssted"] == "90300"

    def test_what_else_can_be_done_can_be_written(self) -> None:
        talk = almost_known()
        talk.says("endre")
        talk.bot_says("Hva vil du endre?")
        talk = almost_known()
        talk.says("feil skjema")
        assert talk.state.pending is not None
        assert talk.state.pending.kind == "form"
        talk = almost_known()
        talk.says("avbryt")
        assert not talk.state.drafts

    def test_a_card_sends_the_answers_along(self) -> None:
        talk = almost_known()
        values = {one.key: "vet ikke" for one in talk.summary.inputs}
        talk.submits(**values)
        assert len(talk.cases) == 1

    def test_a_card_with_a_wrong_answer_is_asked_again(self) -> None:
        talk = almost_known()
        talk.submits(**{one.key: "" for one in talk.summary.inputs})
        talk.bot_says("må fylles ut")
        assert not talk.cases

    def test_a_change_and_send_in_one_message(self) -> None:
        talk = almost_known()
        talk.says(answers(talk))
        talk.says("endre omfang til bare meg, send")
        assert talk.case["answers"]["extent"] == "user"


class TestTheFormIsNotSure:
    def test_it_stands_in_the_summary_with_the_others_beside_it(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(UNSURE_FORM)
        talk.bot_says("ikke helt sikker på skjemaet", "Skjema 2:", "Skal jeg sende saken?")
        talk.says("ja")
        assert talk.case["form_id"] == 900682

    def test_another_can_be_taken_and_sent_in_one_message(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(UNSURE_FORM)
        other = next(choice for choice in talk.summary.choices if choice.id.startswith("other:"))
        talk.says("skjema 2")
        assert talk.state.draft is not None
        assert talk.state.draft.form_id == int(other.id.rpartition(":")[2])
        assert not talk.cases
        talk.bot_does_not_say("ikke helt sikker")

    def test_a_form_that_costs_is_shown_with_its_price_before_it_is_sent(self) -> None:
        talk = begun("1linje", "Bestiller ny skriver, MFP A4 farge, til Loftsrudveien 12, 1. etasje. "
                     "Ressursnummer: 140140 Fakturareferanse: BSN-9001 Kostnadssted: 90300", 900232)  # fmt: skip
        if any(choice.id.startswith("other:") for choice in talk.summary.choices):
            talk.says("skjema 2, send")
            assert not talk.cases

    def test_a_form_that_was_not_shown_cannot_be_pressed(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(UNSURE_FORM)
        assert talk.state.draft is not None
        before = talk.state.draft.form_id
        talk.press_action(f"other:{talk.state.draft.id}:900129")
        talk.bot_says("ikke lenger i bruk")
        assert talk.state.draft is not None
        assert talk.state.draft.form_id == before

    def test_a_form_that_ends_something_is_never_shown_unsure(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("Odd Karlsen slutter 30. november, brukeren hans må avsluttes.")
        assert not any(isinstance(reply, Summary) and "ikke helt sikker" in str(reply.notes) for reply in talk.replies)


def test_everything_missing_is_asked_in_one_numbered_list() -> None:
    """In a text channel, one message answers it all (issue 4, line 1)."""
    talk = begun("superbruker", "Utskriften kommer ikke", 900950)
    talk.bot_says("Svar på alt i én melding", "1. ", "3. Når begynte feilen?", "(Én bruker / Flere på samme avdeling")
    talk.says("1. Kari Nordmann 2. follo-print-03 4. hele avdelingen 5. alt er nede 6. omstart")
    assert talk.state.draft is not None
    answered = talk.state.draft.answers
    assert answered["gjelder_bruker"].value == "Kari Nordmann"
    assert answered["ko"].value == "follo-print-03"
    assert answered["extent"].value == "department"
    assert answered["tried"].value == "omstart"
    assert "started_at" not in answered
    assert talk.state.pending is not None
    assert talk.state.pending.key == "started_at"


def test_a_line_without_a_label_goes_on_with_the_answer_before_it() -> None:
    talk = begun("superbruker", "Fasit virker ikke", 900804)
    talk.says("NAV-kontor: NAV Alna\nHva dere har prøvd: omstart\nog en annen maskin")
    assert talk.state.draft is not None
    assert talk.state.draft.answers["tried"].value == "omstart\nog en annen maskin"


class TestWhatIsAssumed:
    """Not asked, but shown as assumed, so that a word corrects it."""

    def test_vi_is_the_department(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("Vi får ikke åpnet rapporter i Gerica siden i går kl 14. Resten virker. Prøvd omstart.")
        talk.bot_says("Hvem det gjelder: Flere på samme avdeling (det antar jeg)")
        talk.says("det gjelder bare meg")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["extent"].value == "user"

    def test_those_who_helped_are_not_hit(self) -> None:
        talk = begun("1linje", "Gerica henger. Vi har prøvd omstart.", 900075)
        assert talk.state.draft is not None
        assert "extent" not in talk.state.draft.answers

    def test_the_time_of_a_fault_that_looks_like_a_story(self) -> None:
        talk = begun("superbruker", "Jeg fikk en mistenkelig e-post i dag kl. 9 og trykket på lenken.", 900431)
        assert talk.state.draft is not None
        assert str(talk.state.draft.answers["started_at"].value).startswith("2026-11-23T09:00")


class TestSelfHelpTogetherWithTheRest:
    SAID = "Skriveren i andre etasje, Schous plass 10, lager svarte striper på alle kopier."

    def test_no_and_the_answers_in_one_message(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says(self.SAID)
        talk.bot_says("Hjalp det?", "1. Hva skal stå på «Maskin-ID (klistremerke)»?", "Når begynte feilen?")
        talk.says("nei\n1. MFP20417\n2. i går\n3. hele avdelingen")
        talk.bot_says("Skal jeg sende saken?")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["skriver_id"].value == "MFP20417"
        assert "Selvhjelpen" in talk.state.draft.answers["tried"].shown
        assert talk.state.draft.text == self.SAID

    def test_that_it_did_not_help_is_no_part_of_the_description(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says(self.SAID)
        talk.says("nei, det hjalp ikke. Det gjelder hele avdelingen")
        assert talk.state.draft is not None
        assert talk.state.draft.text == f"{self.SAID}\nDet gjelder hele avdelingen"
        assert talk.state.draft.answers["extent"].value == "department"

    def test_a_bare_no_asks_as_before(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says(self.SAID)
        talk.says("nei")
        talk.bot_says("nesten klar", "Når begynte feilen?")


def test_a_list_may_be_answered_in_part_without_numbers() -> None:
    """Each line goes where it fits, in the order asked; what is left is asked in the summary, in one list."""
    talk = begun("1linje", "Gjestenettet på biblioteket virker ikke", 900217)
    said = talk.says("Deichman Bjørvika, 3. etasje\nSer ikke nettet\ni går kl 14\nalle på avdelingen")
    assert talk.state.draft is not None
    answered = talk.state.draft.answers
    assert answered["lokasjon"].value == "Deichman Bjørvika, 3. etasje"
    assert answered["hva"].value == "Ser ikke nettet"
    assert answered["extent"].value == "department"
    assert str(answered["started_at"].value).startswith("2026-11-22T14")
    assert "Hva har du prøvd selv?" in said
    talk.says("omstart, send")
    assert talk.cases


def test_a_list_answered_in_a_sentence_leaves_the_rest_in_one_list() -> None:
    talk = begun("1linje", "Gjestenettet på biblioteket virker ikke", 900217)
    said = talk.says("det begynte i går, gjelder alle på biblioteket, og vi har prøvd omstart")
    assert "1. Hva skal stå på «Lokasjon (adresse og etasje)»?" in said
    assert "2. Hva stopper?" in said


def test_lines_that_could_go_in_two_ways_are_given_to_no_question() -> None:
    talk = begun("superbruker", "Utskriften kommer ikke", 900950)
    talk.says("noe vi ikke forstår\nog noe mer")
    assert talk.state.draft is not None
    assert "ko" not in talk.state.draft.answers
