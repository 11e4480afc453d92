"""Leave and return: interruptions, several drafts, hand-over, language, thanks, edited messages, expiry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.effects import CommentCase, HandOver
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, opened
from tests.transcript import Transcript, person


@pytest.mark.parametrize(
    "said", ["når er dere åpne?", "hva er en hovedsak?", "hjelp", "takk", "status", "hei", "driftsmeldinger"]
)
def test_anything_may_be_asked_in_the_middle_and_the_case_goes_on(said: str) -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    before = talk.state.pending
    talk.says(said)
    assert talk.state.pending == before
    assert talk.state.draft is not None


def test_thanks_at_the_end() -> None:
    talk = opened()
    talk.says("tusen takk")
    talk.bot_says("Bare hyggelig")


def test_help_differs_for_the_desk() -> None:
    talk = Transcript(person("uss", virksomhet="UKE"))
    talk.says("hjelp")
    talk.bot_says("Varsle alle", "Lag driftsmelding")
    talk.person = person("1linje")
    talk.says("hjelp")
    talk.bot_does_not_say("Varsle alle")


class TestCancel:
    def test_the_case_is_dropped_and_nothing_sent(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.says("glem det")
        talk.bot_says("Det er avbrutt, og ingenting er sendt")
        assert not talk.state.drafts

    def test_nothing_to_cancel(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("avbryt")
        talk.bot_says("ikke noe å avbryte")

    def test_the_one_that_waits_is_taken_up(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.says("ny sak: Lån av PC, tidsbegrenset")
        talk.says("avbryt")
        talk.bot_says("Tilbake til saken: AKS – tregt, heng, fryser")


class TestDrafts:
    def test_none(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("mine utkast")
        talk.bot_says("Du har ingen saker du har begynt på")

    def test_one_is_chosen_and_goes_on_where_it_was(self) -> None:
        talk = at_summary()
        talk.says("ny sak: Lån av PC, tidsbegrenset")
        talk.says("utkast")
        talk.bot_says("Dette har du begynt på", "AKS – tregt, heng, fryser", "Lån av PC")
        talk.says("2")
        talk.bot_says("Skal jeg sende saken?", "AKS – tregt, heng, fryser")

    def test_one_without_a_form_is_named_by_its_words(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("tilgang")
        assert talk.state.draft is not None
        assert talk.state.draft.form_id is None
        talk.says("utkast")
        talk.bot_says("– tilgang")

    def test_the_next_day_it_is_still_there(self) -> None:
        talk = at_summary()
        talk.waits(days=1)
        talk.says("fortsett")
        talk.bot_says("Skal jeg sende saken?")

    def test_only_the_old_ones_expire(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.waits(days=10)
        talk.says("ny sak: Lån av PC, tidsbegrenset")
        talk.waits(days=5)
        pending = talk.state.pending
        talk.says("hva er RM?")
        talk.bot_says("slettet det: «AKS – tregt, heng, fryser»")
        assert len(talk.state.drafts) == 1
        assert talk.state.pending == pending


class TestHandOver:
    def test_those_who_order_reach_the_desk(self) -> None:
        """G 4.3"""
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.says("jeg vil snakke med et menneske")
        talk.bot_says("UKEs Servicesenter", "23 47 70 70", "De er åpne nå", "Tilbake til saken")
        effect = talk.effects[0]
        assert isinstance(effect, HandOver)
        assert effect.to == "desk"
        assert AKS_SLOW in effect.summary
        assert "Når feilen begynte" in effect.summary

    def test_employees_reach_their_own_first_line(self) -> None:
        """G 3.2.1"""
        talk = Transcript(person("ansatt"))
        talk.says("snakke med et menneske")
        assert talk.effects == [HandOver("1linje", "Ingen opplysninger ennå.")]
        talk.bot_says("Jeg har sendt en oppsummering til")

    def test_by_the_way_their_virksomhet_has_chosen(self) -> None:
        organisation = Transcript(person("ansatt"))
        for code in ("BGO", "PBE", "UDE", "SYE"):
            organisation.person = person("ansatt", virksomhet=code)
            organisation.says("snakke med et menneske")
            assert "http" in organisation.last or "mailto:" in organisation.last

    def test_or_ask_the_manager_when_it_is_not_known_where_they_work(self) -> None:
        talk = Transcript(person("ansatt", virksomhet=""))
        talk.says("snakke med et menneske")
        talk.bot_says("Spør lederen din")


class TestLanguage:
    @pytest.mark.parametrize(
        ("said", "answer"),
        [
            ("in English please", "Now I will answer in English"),
            ("snakk nynorsk", "No svarar eg på nynorsk"),
            ("svar på norsk", "Nå svarer jeg på bokmål"),
        ],
    )
    def test_it_is_switched_on_asking(self, said: str, answer: str) -> None:
        talk = Transcript(person("1linje"))
        talk.says(said)
        talk.bot_says(answer)

    def test_a_case_at_hand_goes_on_in_the_new_one(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.says("english please")
        talk.bot_says("Now I will answer in English", "Back to the case")

    def test_the_case_itself_is_in_bokmaal_around_the_persons_words(self) -> None:
        """G 5.1.1"""
        talk = at_summary()
        talk.says("english")
        talk.says("send")
        talk.bot_says("Thank you")
        assert "Rollen til innmelderen: 1.linje" in talk.case["description"]


def comments(talk: Transcript) -> list[CommentCase]:
    return [effect for effect in talk.effects if isinstance(effect, CommentCase)]


class TestDeleted:
    """A deleted message drops nothing by itself, and the person learns where its words still stand."""

    def test_with_nothing_at_hand_that_is_said(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.deletes()
        talk.bot_says("Du har ingen sak under arbeid")

    def test_the_case_at_hand_and_its_question_stay_and_can_be_dropped(self) -> None:
        talk = at_summary()
        talk.deletes()
        talk.bot_says("står fortsatt i saken du holder på med")
        talk.says("send")
        assert len(talk.cases) == 1

    def test_one_press_drops_it(self) -> None:
        talk = at_summary()
        talk.deletes()
        talk.presses("Avbryt")
        assert talk.state.draft is None
        assert not talk.cases

    def test_a_case_that_is_sent_stays_and_can_be_withdrawn(self) -> None:
        talk = opened()
        talk.deletes()
        talk.bot_says("Sak L-2026-000001 er som før")
        talk.presses("Trekk saken")
        talk.bot_says("L-2026-000001")
        assert len(talk.cases) == 1


class TestEdited:
    """A changed message never opens a second case."""

    def test_without_a_case_it_is_noted(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.edits("AKS fryser for alle i hele bydelen")
        talk.bot_says("Det endrer ingen sak")
        assert not talk.cases

    def test_after_the_case_is_sent_the_new_words_are_offered_to_it(self) -> None:
        talk = opened()
        talk.edits("AKS fryser for alle i hele bydelen")
        talk.bot_says("Vil du ha den nye teksten inn i sak L-2026-000001?")
        talk.presses("Oppdater saken")
        talk.says("UKE")
        assert len(talk.cases) == 1
        (comment,) = comments(talk)
        assert comment.text.endswith("Den lyder nå: AKS fryser for alle i hele bydelen")

    def test_an_old_offer_sends_no_words_of_another_case(self) -> None:
        talk = opened()
        talk.edits("AKS fryser for alle i hele bydelen")
        talk.cases.append(replace(talk.cases[0], ref="L-2026-000002"))
        talk.says("kommentar L-2026-000002 det er bare her det gjelder")
        talk.press_action("edited:L-2026-000001:yes")
        talk.bot_says("Det kortet er ikke lenger i bruk")
        assert not comments(talk)

    @pytest.mark.parametrize("answer", ["nei", "Nei, la den være"])
    def test_who_does_not_want_it_leaves_the_case_as_it_was(self, answer: str) -> None:
        talk = opened()
        talk.edits("AKS fryser for alle i hele bydelen")
        talk.says(answer)
        talk.bot_says("Sak L-2026-000001 er som før")
        assert not comments(talk)

    def test_an_open_question_is_not_taken_away(self) -> None:
        talk = opened()
        talk.says("kommentar")
        talk.edits("AKS fryser for alle i hele bydelen")
        talk.bot_says("Det endrer ingen sak")
        talk.says("Hei UKE, det gjelder også Gerica")
        (comment,) = comments(talk)
        assert comment.text == "Hei UKE, det gjelder også Gerica"

    def test_a_case_at_hand_takes_the_new_words(self) -> None:
        talk = at_summary()
        talk.edits("AKS fryser for alle på kontoret når vi åpner Gerica")
        talk.bot_says("Jeg bruker den nye teksten i saken", "når vi åpner Gerica")

    def test_an_emptied_one_changes_nothing(self) -> None:
        talk = at_summary()
        talk.edits(" ")
        talk.bot_says("Det endrer ingen sak")
        assert talk.state.draft is not None
        assert talk.state.draft.text == AKS_SLOW


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "Meldingen var tom"),
        ("\x00\x07\u200b", "Meldingen var tom"),
        ("x" * 20_001, "Meldingen er for lang"),
    ],
)
def test_bad_input_is_said_and_the_next_message_works(said: str, answer: str) -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    talk.says(said)
    talk.bot_says(answer)
    talk.says("oppsummering")
    talk.bot_says("Hva er tregt?")


def test_self_help_is_answered_with_a_story() -> None:
    """What did not help is told, and the article counts as tried."""
    talk = Transcript(person("ansatt"))
    talk.says("jeg har glemt passordet mitt")
    talk.bot_says("Hjalp det?")
    talk.says("endre passord på siden gikk ikke, jeg får ingen kode")
    assert talk.state.draft is not None
    assert "jeg får ingen kode" in talk.state.draft.text


def test_endre_while_self_help_is_open_is_part_of_the_story() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("jeg har glemt passordet mitt")
    talk.says("endre passord gikk ikke")
    assert talk.state.draft is not None
    assert talk.state.draft.stage in ("fill", "confirm")
    assert "endre passord gikk ikke" in talk.state.draft.text


def test_in_a_group_the_greeting_tells_how_to_be_heard() -> None:
    """Teams gives a bot in a group only what it is mentioned in (teams.md 3.3)."""
    talk = Transcript(person("ansatt"))
    talk.joins()
    talk.bot_does_not_say("nevner meg med @")
    among_others = Transcript(person("ansatt"), alone=False)
    among_others.joins()
    among_others.bot_says("nevner meg med @")
