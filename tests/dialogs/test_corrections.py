"""A correction typed while a question is open changes what it is about, and is no answer to the question (DESIGN 3)."""

from __future__ import annotations

import pytest

from tests.dialogs.said_corrections import (
    AT_PC,
    AT_PLACE,
    AT_TRIED,
    CITRIX,
    CORRECTIONS,
    DOWN,
    KEPT_ANSWERS,
    NET,
    PC,
)
from tests.dialogs.talking import answers, at_summary, begun, choose, fill, open_at
from tests.transcript import Transcript, library, person


@pytest.mark.parametrize(("context", "said", "key", "value"), CORRECTIONS)
def test_it_changes_its_line_and_the_question_is_asked_again(
    context: tuple[tuple[str, int], str], said: str, key: str, value: str
) -> None:
    talk = open_at(*context)
    talk.says(said)
    assert value in answers(talk)[key]
    assert context[1] not in answers(talk)
    assert talk.state.pending is not None
    assert talk.state.pending.key == context[1]
    assert any(word in talk.last for word in ("Endret", "Notert", "som før", "er no"))


@pytest.mark.parametrize(("context", "said"), KEPT_ANSWERS)
def test_an_answer_stays_one_and_changes_nothing_else(context: tuple[tuple[str, int], str], said: str) -> None:
    talk = open_at(*context)
    before = answers(talk)
    talk.says(said)
    after = answers(talk)
    assert context[1] in after
    assert {key: after[key] for key in before} == before


def test_it_is_sent_when_nothing_is_missing_and_send_stands_there() -> None:
    talk = open_at(*AT_TRIED)
    talk.says("omstart")
    talk.says("det gjelder bare en bruker, send")
    talk.bot_says("Endret. Hvem det gjelder: Én bruker", "referanse")
    assert talk.case["answers"]["extent"] == "user"


class TestBesideAnAnswer:
    """One clause answers, another corrects."""

    @pytest.mark.parametrize(
        ("context", "said", "answer", "key", "value"),
        [
            (AT_PLACE, "Storgata 1, det gjelder bare en bruker", "Storgata 1", "extent", "Én bruker"),
            (AT_PLACE, "Storgata 1. Forresten, det begynte i går", "Storgata 1", "started_at", "i går"),
            (AT_PC, "BGO-PC-12, og det har vært sånn siden torsdag", "BGO-PC-12", "started_at", "torsdag"),
            (AT_TRIED, "byttet kabel, det begynte forresten i går", "byttet kabel", "started_at", "i går"),
            (AT_TRIED, "omstart. Det er flere steder nå", "omstart", "extent", "Flere steder"),
        ],
    )
    def test_both_are_taken(
        self, context: tuple[tuple[str, int], str], said: str, answer: str, key: str, value: str
    ) -> None:
        talk = open_at(*context)
        talk.says(said)
        assert answers(talk)[context[1]] == answer
        assert value in answers(talk)[key]
        talk.bot_says("Endret.")

    @pytest.mark.parametrize(
        "said", ["restartet, men det virker fortsatt ikke", "ny kabel, hele avdelingen har prøvd", "omstart, ny kabel"]
    )
    def test_what_came_of_it_changes_nothing(self, said: str) -> None:
        talk = open_at(*AT_TRIED)
        before = answers(talk)
        talk.says(said)
        assert answers(talk) == {**before, "tried": said}


class TestEitherOr:
    """What could be the answer and another line's value is asked about once."""

    def test_the_other_line(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.says("i går kl 14")
        talk.bot_says("Hva mente du med «i går kl 14»?", "Endre: Når feilen begynte", "svaret på «Hva dere har prøvd»")
        talk.says("1")
        talk.bot_says("Endret. Når feilen begynte: i går")
        assert "tried" not in answers(talk)

    def test_the_answer(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.says("i går kl 14")
        talk.says("2")
        assert answers(talk)["tried"] == "i går kl 14"
        assert "i dag" in answers(talk)["started_at"]

    def test_what_is_written_instead_is_the_answer_to_the_question(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.says("i går kl 14")
        talk.says("ny kabel")
        assert answers(talk)["tried"] == "ny kabel"

    def test_an_old_button_does_nothing(self) -> None:
        talk = open_at(*AT_TRIED)
        talk.press_action("meant:change")
        talk.bot_says("ikke lenger")


def test_a_choice_that_is_only_denied_is_asked_again() -> None:
    talk = open_at(*AT_TRIED)
    talk.says("det er noe annet, ikke hele avdelingen")
    talk.bot_says("Hvem har feilen?")
    talk.says("1")
    talk.bot_says("Endret. Hvem det gjelder: Én bruker", "Hva har du prøvd selv?")


def test_the_same_again_is_no_answer_either() -> None:
    talk = open_at(*AT_PLACE)
    talk.says("det gjelder hele avdelingen")
    talk.bot_says("Hvem det gjelder er som før: Flere på samme avdeling", "Lokasjon")


class TestCritical:
    @pytest.mark.parametrize("said", ["Kritisk nei.", "ikke kritisk, send", "kritisk: nei, send", "nei, ikke kritisk"])
    def test_at_its_own_question(self, said: str) -> None:
        talk = begun("1linje", f"{DOWN[0]}, prøvd omstart, prod", DOWN[1])
        assert talk.state.pending is not None
        assert talk.state.pending.key == "critical"
        talk.says(said)
        talk.bot_says("Kritisk feil: Nei", "referanse" if "send" in said else "Skal jeg sende saken?")
        talk.says("send")
        assert not talk.case["critical"]

    @pytest.mark.parametrize("said", ["Kritisk nei, send", "ikke kritisk, send", "det er ikke kritisk, send"])
    def test_in_the_summary_it_is_the_answer_and_sends(self, said: str) -> None:
        talk = at_summary()
        talk.says(said)
        assert not talk.case["critical"]
        assert "Kritisk feil: Nei" in talk.case["description"]

    @pytest.mark.parametrize("said", ["Kritisk ja", "det er kritisk", "kritisk: ja"])
    def test_and_yes_asks_for_the_phone(self, said: str) -> None:
        talk = at_summary()
        talk.says(said)
        talk.bot_says("Kritisk feil: Ja", "nummer")


class TestEveryChangeIsTold:
    def test_in_two_messages(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.says("hele bydelen")
        talk.bot_says("Endret. Hvem det gjelder: Flere steder")

    def test_by_button(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.says("1")
        talk.bot_says("Endret. Hvem det gjelder: Én bruker")

    def test_as_it_was(self) -> None:
        talk = at_summary()
        talk.says("endre omfang")
        talk.says("2")
        talk.bot_says("Hvem det gjelder er som før: Flere på samme avdeling")

    def test_on_the_card(self) -> None:
        talk = open_at(*AT_PLACE)
        talk.submits(lokasjon="Storgata 1", punkt="3.04-12A", tried="omstart", extent="user")
        talk.bot_does_not_say("Endret. Lokasjon")

    def test_the_description(self) -> None:
        talk = at_summary()
        talk.says("endre beskrivelsen")
        talk.says("AKS fryser hvert femte minutt for alle på kontoret")
        talk.bot_says("Endret. Beskrivelse: AKS fryser hvert femte minutt")

    def test_a_long_description_is_not_told_twice(self) -> None:
        talk = at_summary()
        talk.says("endre beskrivelsen")
        talk.says("AKS fryser hvert femte minutt for alle på kontoret, " * 4)
        assert talk.last.count("AKS fryser hvert femte minutt for alle på kontoret, AKS fryser hvert femte") < 4
        talk.bot_says("Endret. Beskrivelse: AKS fryser", "…")

    def test_what_is_added_to_a_case_that_was_ready(self) -> None:
        talk = at_summary()
        talk.says("endre følgere")
        talk.says("Kari Nordmann")
        talk.bot_says("Endret. Følgere: Kari Nordmann")

    def test_a_first_answer_is_no_change(self) -> None:
        talk = open_at(*AT_PLACE)
        talk.says("Storgata 1")
        talk.bot_does_not_say("Endret")


@pytest.mark.parametrize("start", [NET, PC, CITRIX])
def test_the_wrong_form_of_a_sent_fault_is_another_one_for_faults_first(start: tuple[str, int]) -> None:
    talk = fill(begun("1linje", *start))
    talk.says("send")
    talk.says("feil skjema")
    assert talk.state.pending is not None
    catalogue = library().catalogue
    kinds = [
        catalogue.get(int(option.partition(":")[2])).kind
        for option in talk.state.pending.options
        if option != "form:none"
    ]
    assert kinds[0] == "support"
    assert kinds == sorted(kinds, key=lambda kind: kind != "support")


class TestPlayed:
    """Met in conversations that were played with corrections."""

    def test_a_label_that_begins_as_a_sentence_is_not_named_by_it(self) -> None:
        """ "Det var Per Hansen jeg mente" became "Det dere har avtalt før"."""
        talk = begun("superbruker", "Bestill tilgang til Gerica for Per Olsen fra 1. desember", 900948)
        talk.says("1")
        talk.says("det var Per Hansen jeg mente")
        assert answers(talk)["gjelder_bruker"] == "Per Hansen"
        assert "prior_communication" not in answers(talk)

    def test_a_time_alone_is_the_only_time_there_is(self) -> None:
        talk = begun("superbruker", "Bestill tilgang til Gerica for Per Olsen fra 1. desember", 900948)
        talk.says("1")
        talk.says("Tøyen")
        talk.says("den 5. desember forresten")
        assert "5. desember" in answers(talk)["fra"]
        assert "godkjent_av" not in answers(talk)

    def test_a_number_alone_is_the_only_number_there_is(self) -> None:
        talk = begun("1linje", "Vi trenger å låne 3 PC-er til kurs fra 1. desember til 5. desember", 900028)
        talk.says("vi trenger forresten 5")
        talk.bot_says("Endret. Antall: 5")
        assert "ressursnummer" not in answers(talk)

    def test_what_was_tried_besides_takes_nothing_back(self) -> None:
        talk = fill(open_at(*AT_PLACE), lokasjon="Storgata 1", punkt="3.04-12A", tried="prøvd ny kabel")
        talk.says("har også prøvd en annen PC")
        assert answers(talk)["tried"] == "prøvd ny kabel. har også prøvd en annen PC"

    def test_how_many_at_the_office_is_not_where_they_log_on_from(self) -> None:
        talk = begun("1linje", "Kari Nordmann får ikke logget på AKS fra hjemmekontor siden mandag", 900884)
        talk.says("nei, flere på kontoret har det også")
        assert answers(talk)["fra"] == "Hjemmekontor"
        assert answers(talk)["extent"] == "Flere på samme avdeling"

    def test_one_user_alone_does_not_mean_that_something_works(self) -> None:
        talk = begun("1linje", "Vi får ikke skrevet ut fra AKS i 3. etasje", 900957)
        talk.says("nei vent, det er bare én bruker")
        assert answers(talk)["extent"] == "Én bruker"
        assert answers(talk)["outage"] == "Alt er nede"

    def test_a_denied_time_in_the_summary(self) -> None:
        talk = at_summary()
        talk.says("ikke i dag, men i går")
        talk.bot_says("Endret. Når feilen begynte: i går")

    @pytest.mark.parametrize(
        ("said", "title"),
        [("jeg mente Websak, ikke Agresso", "Websak"), ("beklager, Websak i stedet for Agresso", "Websak")],
    )
    def test_the_form_of_the_wrong_system_is_looked_for_again(self, said: str, title: str) -> None:
        talk = begun("superbruker", "Agresso henger for hele bydelen siden kl 9, prøvd omstart", 900452)
        talk.says(said)
        talk.bot_says("Endret. Beskrivelse: Websak henger for hele bydelen", title)
        draft = talk.state.draft
        assert draft is not None
        assert draft.form_id != 900452 or draft.stage == "choose"
        assert answers(talk)["tried"] == "prøvd omstart"

    def test_a_program_the_register_does_not_have_is_taken_too(self) -> None:
        talk = begun("1linje", "Kari Nordmann får ikke skrevet ut fra AKS siden i går", 900957)
        talk.says("jeg mente Outlook, ikke AKS")
        talk.bot_says("Kari Nordmann får ikke skrevet ut fra Outlook siden i går")

    def test_a_correction_before_the_right_is_settled_is_no_other_need(self) -> None:
        talk = begun("superbruker", "Bestill ny fellespostkasse for Bydel Gamle Oslo, eier Kari Nordmann", 900865)
        talk.says("adressen er feil, den skal være hjelp.bgo@oslo.kommune.no")
        talk.bot_says("Det har jeg notert", "Ny fellespostkasse")

    def test_another_case_that_is_said_to_be_one_is_kept(self) -> None:
        talk = at_summary()
        talk.says("skriveren virker heller ikke, men det er en annen sak")
        talk.bot_says("Det er en sak til")

    def test_a_further_fault_of_something_else_is_asked_about(self) -> None:
        talk = at_summary()
        talk.says("skriveren i 2. etasje virker heller ikke")
        talk.bot_says("Det høres ut som noe nytt")

    def test_the_part_that_is_another_lines_goes_there(self) -> None:
        talk = open_at(*AT_PC)
        talk.says("PC1234, prøvd omstart")
        assert answers(talk)["pc_navn"] == "PC1234"
        assert answers(talk)["tried"] == "prøvd omstart"

    def test_a_path_after_another_path_is_its_correction(self) -> None:
        talk = begun("1linje", "Tilgang til mappa for Per Olsen", 900443)
        talk.says("F:\\felles\\lonn")
        talk.says("jeg skrev feil mappe, det er F:\\felles\\okonomi")
        talk.bot_says("Endret. Sti til mappen: F:\\felles\\okonomi")

    def test_a_name_is_spelt_otherwise(self) -> None:
        talk = begun("superbruker", "Ny ansatt Kari Berg trenger bruker i Visma Flyt Skole", 900161)
        talk.says("Kari Berg heter Kari Bergh")
        talk.bot_says("Endret. Gjelder bruker: Kari Bergh")

    def test_what_was_taken_back_before_there_was_a_form_holds(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Skjermen min på kontoret er svart")
        talk.says("i går")
        talk.says("nei, i forgårs")
        choose(talk, 900754)
        talk.says("nei")
        assert "21. november" in answers(talk)["started_at"]
