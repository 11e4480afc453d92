"""The summary and what can be done with it: send, change, correct, add, and take back afterwards (G 4.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.case import KompassLink, Status
from dialogs.effects import UndoCase, WithdrawCase
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, fill, opened
from tests.transcript import Transcript, person


class TestChange:
    def test_pressing_endre_asks_which_line(self) -> None:
        talk = at_summary()
        talk.presses("Endre")
        talk.bot_says("Hva vil du endre?", "Hvem det gjelder", "Beskrivelse")
        talk.says("hvem det gjelder")
        talk.bot_says("Hvem har feilen?")
        talk.says("flere steder")
        talk.bot_says("Hvem det gjelder: Flere steder", "Skal jeg sende saken?")

    @pytest.mark.parametrize(
        ("said", "key", "value"),
        [
            ("endre omfang til flere steder", "extent", "several_locations"),
            ("endre tidspunktet til i går kl 14", "started_at", "2026-11-22T14:00:00+01:00"),
            ("endre hva dere har prøvd: omstart", "tried", "omstart"),
            ("change scope to several locations", "extent", "several_locations"),
            ("endre kontakt til Kari Nordmann og Ola Berg", "contacts", "Kari Nordmann og Ola Berg"),
        ],
    )
    def test_a_line_is_changed_in_words(self, said: str, key: str, value: str) -> None:
        talk = at_summary()
        talk.says(said)
        talk.bot_says("Endret." if talk.state.language == "nb" else "Changed")
        assert talk.state.draft is not None
        assert talk.state.draft.answers[key].value == value

    def test_a_value_that_does_not_do_is_asked_for(self) -> None:
        talk = at_summary()
        talk.says("endre tidspunktet til en gang")
        talk.bot_says("Jeg forstod ikke tidspunktet")

    def test_endre_with_a_line_but_no_value_asks(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.bot_says("Hvem har feilen?")

    def test_the_description_is_written_anew_and_read_again(self) -> None:
        talk = at_summary()
        talk.says("endre beskrivelsen")
        talk.bot_says("Skriv beskrivelsen på nytt")
        talk.says("AKS fryser når vi åpner Gerica på kontoret")
        talk.bot_says("Beskrivelse: AKS fryser når vi åpner Gerica på kontoret")

    def test_endre_skjema_shows_the_other_forms(self) -> None:
        talk = at_summary()
        talk.says("endre skjemaet")
        talk.bot_says("Her er de andre skjemaene")

    def test_endre_something_that_is_no_line_is_something_new(self) -> None:
        talk = at_summary()
        talk.says("endre medlemmer i distribusjonslisten vår for ansatte")
        talk.bot_says("noe nytt")

    def test_one_time_in_the_form_is_the_time(self) -> None:
        talk = fill(begun("forvalter", "Oppgradering av applikasjon – test", 900755))
        talk.says("endre tidspunktet til torsdag 3. desember kl. 18")
        assert talk.state.draft is not None
        assert talk.state.draft.answers["vindu"].value == "2026-12-03T18:00:00+01:00"

    def test_nei_at_the_summary_asks_what_to_change(self) -> None:
        talk = at_summary()
        talk.says("nei")
        talk.bot_says("Hva vil du endre?")
        talk.says("ja")
        talk.bot_says("Skal jeg sende saken?")


class TestCorrectAndAdd:
    def test_a_correction_in_passing(self) -> None:
        talk = at_summary()
        talk.says("det begynte forresten i går kl 14")
        talk.bot_says("Endret. Når feilen begynte: i går")

    def test_what_corrects_nothing_is_added_to_the_description(self) -> None:
        talk = at_summary()
        talk.says("musepekeren snurrer rundt")
        talk.bot_says("Det la jeg til i beskrivelsen", "musepekeren snurrer rundt")

    def test_one_thing_more_is_offered_as_a_case_of_its_own(self) -> None:
        talk = at_summary()
        talk.says("en ting til: vi mangler papir")
        talk.bot_says("Start en ny sak nå", "Ta det etterpå", "Det hører til denne saken")
        talk.presses("Det hører til denne saken")
        talk.bot_says("vi mangler papir", "Skal jeg sende saken?")
        assert len(talk.state.drafts) == 1

    def test_or_taken_afterwards(self) -> None:
        talk = at_summary()
        talk.says("en ting til: Lån av PC, tidsbegrenset")
        talk.presses("Ta det etterpå")
        talk.bot_says("når denne saken er ferdig", "Skal jeg sende saken?")
        talk.says("send")
        talk.bot_says("L-2026-000001", "Da tar vi det neste du nevnte")

    def test_or_now_and_the_first_waits(self) -> None:
        talk = at_summary()
        talk.says("en ting til: Lån av PC, tidsbegrenset")
        talk.says("ja")
        assert len(talk.state.drafts) == 2
        assert talk.state.draft is not None
        assert talk.state.draft.form_id != AKS_SLOW_FORM

    def test_a_need_named_while_an_item_is_open(self) -> None:
        talk = begun("1linje", "Vi trenger å låne PC-er", 900028)
        talk.says("i tillegg: AKS fryser for alle på kontoret")
        talk.bot_says("Det høres ut som noe nytt")


class TestSend:
    def test_not_before_it_is_complete(self) -> None:
        talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
        talk.says("send")
        talk.bot_says("Saken kan ikke sendes ennå", "Hva dere har prøvd")
        assert not talk.cases

    def test_contacts_and_followers_are_listed_in_the_case(self) -> None:
        talk = at_summary()
        talk.says("endre kontakt til Kari Nordmann og Ola Berg")
        talk.says("endre følgere til Nina Lie, Per Hansen")
        talk.says("send")
        assert talk.case["contacts"] == ["Kari Nordmann", "Ola Berg"]
        assert talk.case["followers"] == ["Nina Lie", "Per Hansen"]
        assert "Kan kontaktes for testing: Lars Linje" not in talk.case["description"]

    def test_a_long_title_is_cut(self) -> None:
        talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM))
        talk.says("endre beskrivelsen")
        talk.says(AKS_SLOW + " " + "og skjermen blir helt hvit " * 10)
        talk.says("send")
        assert len(talk.case["title"]) <= 140
        assert talk.case["title"].endswith("…")

    def test_there_is_nothing_to_send(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("send")
        talk.bot_says("Du har ingen sak under arbeid")


class TestTakeBack:
    def test_nothing_to_undo(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("angre")
        talk.bot_says("ingen sak å angre på")

    def test_undo_before_it_is_sent_on(self) -> None:
        talk = opened()
        talk.presses("Angre")
        assert talk.effects == [UndoCase("L-2026-000001")]

    def test_later_it_can_only_be_withdrawn_and_that_is_asked(self) -> None:
        talk = registered()
        talk.says("angre")
        talk.bot_says("er allerede sendt videre. Vil du trekke den?")
        talk.says("ja")
        talk.bot_says("er trukket")
        assert talk.effects == [WithdrawCase("L-2026-000001")]

    def test_the_mind_may_be_changed(self) -> None:
        talk = registered()
        talk.says("trekk saken")
        talk.says("nei")
        talk.bot_says("står som før")
        assert not talk.effects

    def test_withdrawing_twice(self) -> None:
        talk = registered()
        talk.says("trekk sak L-2026-000001")
        talk.presses("Ja, trekk saken")
        talk.says("trekk saken")
        talk.bot_says("er allerede avsluttet")

    def test_an_unknown_case(self) -> None:
        talk = opened()
        talk.says("trekk sak L-2026-000999")
        talk.bot_says("Jeg finner ingen sak med nummer L-2026-000999")
        talk.press_action("withdraw:L-2026-000999:yes")
        talk.bot_says("Jeg finner ingen sak")
        assert not talk.effects

    def test_no_case_at_all(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("trekk saken")
        talk.bot_says("ingen sak å angre på")


def test_a_case_in_words_of_the_desk_is_kept_as_written() -> None:
    """G 5.1.1"""
    talk = fill(begun("1linje", AKS_SLOW, AKS_SLOW_FORM))
    talk.says("send")
    assert talk.case["description"].startswith(AKS_SLOW)


def registered() -> Transcript:
    """A case that the case system has got."""
    talk = opened()
    link = KompassLink("17549", "https://example.invalid/17549")
    talk.cases = [replace(case, status=Status.REGISTERED, kompass=link) for case in talk.cases]
    return talk
