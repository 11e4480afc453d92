"""What is corrected, contradicted and told out of order in one line, as people do it (DESIGN 3): nothing is lost, and
nothing goes where it does not belong."""

from __future__ import annotations

import pytest

from tests.benchmarks.said_again import FRESH, at, corrections, kept_answers
from tests.dialogs.talking import answers, begun, fill
from tests.transcript import Transcript, person


def said(talk: Transcript, text: str) -> dict[str, str]:
    """The case after one more message."""
    talk.says(text)
    return answers(talk)


def test_what_was_worked_with_stays_right() -> None:
    wrong = [one for one in (*corrections(FRESH), *kept_answers(FRESH)) if one.worked_with and one.wrong]
    assert not wrong, "\n".join(f"{one.id} {one.says}: {one.wrong}" for one in wrong)


class TestAPartThatTakesBackTheOneBeforeIt:
    def test_the_time_is_the_one_told_last_and_nothing_of_it_was_tried(self) -> None:
        talk = begun("1linje", "Outlook henger", 900954)
        case = said(talk, "Kari Moe, på pc, i går, nei forresten i dag kl 8, berre ho, restarta")
        assert "08.00" in case["started_at"]
        assert "i dag" in case["started_at"]
        assert case["tried"] == "restarta"

    @pytest.mark.parametrize("taken_back", ["nei vent kl 9", "eller rettere sagt kl 9", "rettelse kl 9", "sorry kl 9"])
    def test_a_clock_alone_stays_on_the_day_that_was_told(self, taken_back: str) -> None:
        case = said(at("ubw_list", FRESH), f"i går kl 8, {taken_back}, noe virker, omstart")
        assert "09.00" in case["started_at"]
        assert case["started_at"].startswith("i går")

    def test_a_floor_takes_the_place_of_the_floor_and_the_street_stays(self) -> None:
        case = said(at("room_list", FRESH), "2. etasje Storgata 7, nei 3. etasje, i går, alle her, skrudd av og på")
        assert case["lokasjon"] == "3. etasje Storgata 7"

    def test_what_takes_back_nothing_known_is_a_part_like_any_other(self) -> None:
        case = said(at("ubw_list", FRESH), "i går, eller så har vi restartet, noe virker")
        assert case["started_at"].startswith("i går")
        assert case["outage"] == "Noe virker"

    def test_only_the_last_of_three_holds(self) -> None:
        case = said(at("vpn_list", FRESH), "BGO-LT-1, nei BGO-LT-2, eller nei BGO-LT-3, i går, omstart")
        assert case["pc_navn"] == "BGO-LT-3"


class TestNamesInAListOfAnswers:
    def test_who_they_are_called_is_no_part_of_who_approved(self) -> None:
        talk = begun("superbruker", "Gerica ny bruker til to nye vikarar", 900948)
        case = said(talk, "sjukepleiar, Lindeberg sjukeheim, frå 1. desember, Turid Aas, dei heiter Mina Moe og Per Bø")
        assert case["gjelder_bruker"] == "Mina Moe og Per Bø"

    def test_a_teacher_and_a_queue_in_english(self) -> None:
        assert said(at("teams_list", FRESH), "teacher Anne, browser, today, only her")["gjelder_bruker"] == "Anne"
        assert said(at("print_list", FRESH), "the queue is BIB-2, since 8, nothing")["ko"] == "BIB-2"

    def test_the_name_of_a_thing_is_the_name_of_nobody(self) -> None:
        case = said(at("vpn_summary", FRESH), "feil maskin, den heter BGO-LT-79")
        assert case["gjelder_bruker"] == "Ola Lie"

    def test_a_sentence_with_the_name_that_is_asked_fills_no_other_line_with_it(self) -> None:
        case = said(at("leaver_name", FRESH), "Anne Lie, hun slutter i Bydel Gamle Oslo etter mange år")
        assert case["gjelder_bruker"] == "Anne Lie"
        assert "overtar" not in case


class TestAPlaceAndAMachine:
    def test_after_self_help_the_place_and_the_machine_each_have_their_line(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("skriveren har papirstopp hele tiden")
        talk.says("nei")
        case = said(talk, "2. etasje Storgata 1, PR-1234")
        assert (case["skriver_id"], case["lokasjon"]) == ("PR-1234", "2. etasje Storgata 1")

    def test_how_much_is_down_is_no_place(self) -> None:
        case = said(at("room_list", FRESH), "PC1234, alt er nede, i går, bare meg")
        assert case.get("lokasjon", "") != "alt er nede"

    def test_a_pupil_s_words_are_no_mark_of_the_machine(self) -> None:
        talk = at("chrome_list", FRESH)
        case = said(talk, "Elev i 4B har den, SK-0092, i går, bare hun")
        assert case["enhets_id"] == "SK-0092"
        talk.bot_says("«Elev i 4B har den»")


class TestANumberToCallBack:
    """It stood in the description alone, where no line of the form asks for it."""

    def test_told_with_an_order_it_stands_in_the_case(self) -> None:
        talk = begun("1linje", "Bestill Acrobat Pro til Eva Moe. Ring meg på 90012345 ved spørsmål", 900159)
        talk.bot_says("Telefon: +4790012345")
        fill(talk, ressursnummer="778812", fakturareferanse="BGO-78", kostnadssted="44102").says("send")
        assert talk.cases[0].answers["phone"] == "+4790012345"
        assert "Telefon: +4790012345" in talk.cases[0].description

    def test_told_with_a_fault_that_is_not_critical(self) -> None:
        talk = begun("superbruker", "VPN virker ikke for Ola Lie, tlf 900 12 345", 900682)
        talk.bot_says("Telefon: +4790012345")

    def test_nobody_is_asked_for_it(self) -> None:
        begun("superbruker", "VPN virker ikke for Ola Lie", 900682).bot_does_not_say("Telefon:")

    def test_that_of_the_one_who_tests_is_his(self) -> None:
        talk = at("gat_summary", FRESH)
        case = said(talk, "ring Mona Ek på 22334455 hvis dere skal teste")
        assert case["contacts"] == "Mona Ek, 22334455"
        assert "phone" not in case

    def test_a_small_name_beside_its_number_is_one_to_call_and_the_rest_is_kept(self) -> None:
        talk = at("ubw_list", FRESH)
        case = said(talk, "har restartet. kontakt hanne 99887766, mangler attester")
        assert case["contacts"] == "hanne, 99887766"
        assert talk.state.draft is not None
        assert "mangler attester" in talk.state.draft.text

    def test_the_dead_number_is_nobody_s(self) -> None:
        talk = begun("1linje", "Sentralbordet svarer ikke, 23410000 er nede siden kl 8", 900074)
        assert "phone" not in answers(talk)

    def test_right_after_sending_it_is_about_the_case(self) -> None:
        talk = at("gat_sent", FRESH)
        talk.says("en ting til: dere når meg på 90 01 12 24")
        talk.bot_says("L-2026-000001")


class TestWhatIsDenied:
    def test_the_line_that_is_called_wrong_gets_what_is_right(self) -> None:
        case = said(at("gat_summary", FRESH), "feil avdeling, det skal være Sykehjemmet Lindeberg")
        assert case["avdeling"] == "Sykehjemmet Lindeberg"

    def test_what_is_denied_beside_it_is_no_value(self) -> None:
        case = said(at("vpn_summary", FRESH), "pcn er BGO-LT-80 og ikke BGO-LT-77")
        assert case["pc_navn"] == "BGO-LT-80"

    def test_a_code_in_small_letters_among_words_is_written_as_the_one_before(self) -> None:
        case = said(at("vpn_summary", FRESH), "skal stå bgo-lt-29 på maskinen")
        assert case["pc_navn"] == "BGO-LT-29"

    def test_not_me_but_somebody_named(self) -> None:
        assert said(at("ubw_list", FRESH), "det er ikke meg men Ida Ruud")["gjelder_bruker"] == "Ida Ruud"

    def test_a_denial_and_two_answers_in_three_sentences(self) -> None:
        case = said(at("vpn_list", FRESH), "det er Per Moe, ikke Ola Lie. PC-en er BGO-LT-8. Fra i dag")
        assert (case["gjelder_bruker"], case["pc_navn"]) == ("Per Moe", "BGO-LT-8")
        assert case["started_at"].startswith("i dag")


class TestMoreOfTheSameMatter:
    @pytest.mark.parametrize("more", ["har byttet nettverkskabel i tillegg", "vi har også testet mobilnett"])
    def test_what_was_tried_besides_is_no_need_of_its_own(self, more: str) -> None:
        talk = at("vpn_summary", FRESH)
        case = said(talk, more)
        assert case["tried"].startswith("omstart. ")
        assert not talk.state.queued_needs

    def test_told_right_after_sending_it_is_about_the_case(self) -> None:
        talk = at("gat_sent", FRESH)
        talk.says("vi har også prøvd Edge")
        talk.bot_says("L-2026-000001")


class TestTwoLinesInOnePart:
    def test_of_two_labelled_numbers_none_is_lost(self) -> None:
        case = said(at("licence_list", FRESH), "BGO-78, ressursnummer 778812 kostnadssted 44102")
        assert (case["ressursnummer"], case["kostnadssted"]) == ("778812", "44102")

    def test_a_floor_first_is_no_numbered_list(self) -> None:
        case = said(at("room_list", FRESH), "1. etg - nei 2. etg, i går, alle her, skrudd av og på")
        assert case["lokasjon"] == "2. etg"

    def test_who_takes_over_is_told_beside_whom_it_is_about(self) -> None:
        case = said(at("leaver_name", FRESH), "Anne Lie, og filene hennes skal overtas av Per Moe")
        assert (case["gjelder_bruker"], case["overtar"]) == ("Anne Lie", "Per Moe")

    def test_an_owner_and_others_who_get_access_are_not_one_name(self) -> None:
        case = said(at("folder_list", FRESH), "\\\\fil01\\Skole, lese, eier er Tone Lie, Ida Ruud skal også lese")
        assert case["mappeeier"] == "Tone Lie"

    def test_an_order_s_owner_is_not_those_who_get_access(self) -> None:
        talk = begun(
            "1linje",
            "Skal ha ny felles postboks skolestart2027@oslo.kommune.no til bydelen, eier er Tone Lie, Ida Ruud og Per "
            "Moe skal lese og svare, start 5. januar",
            900865,
        )
        assert answers(talk)["eier"] == "Tone Lie"


class TestWhoIsMeant:
    def test_he_is_called_that_names_nobody_and_the_contact_is_kept(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("AKS henger for alle på NAV-kontoret vårt, siden kl 8. Kan ringes på 99001122, Bjørn")
        case = said(talk, "hele skrivebordet. Bjørn Dahl er kontakt, han heter det")
        assert case["gjelder_bruker"] == "Flere brukere"
        assert case["contacts"] == "Bjørn Dahl"
        assert case["phone"] == "+4799001122"

    def test_who_changed_the_password_and_when_is_not_lost(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("Har fått en e-post med lenke som ser falsk ut, Berit klikket og la inn passordet ca kl 18")
        case = said(talk, "ja, bare Berit Nes, hun byttet passord kl 18.30")
        assert "hun byttet passord kl 18.30" in case["tried"]

    def test_her_number_is_that_of_the_one_named_before(self) -> None:
        talk = at("gat_summary", FRESH)
        case = said(talk, "Berit Nes vet mer. kontakt henne på 95551122")
        assert case["contacts"] == "Berit Nes, 95551122"
        assert "phone" not in case


class TestNumbersAndTimesThatAreSomethingElse:
    def test_the_number_nobody_gets_through_on_is_not_to_be_called_back(self) -> None:
        talk = begun(
            "superbruker", "Svargruppen vår virker ikke, ingen når fram til legekontoret på 23 49 00 00", 900074
        )
        assert answers(talk)["svargruppe"] == "23 49 00 00"
        assert "phone" not in answers(talk)

    def test_when_one_has_to_be_somewhere_is_not_when_it_began(self) -> None:
        talk = Transcript(person("superbruker"))
        talk.says("Nettbrettet i hjemmetjenesten viser ikke arbeidslista. skal ut til første bruker kl 21")
        assert "started_at" not in answers(talk)

    def test_what_works_not_is_not_what_works(self) -> None:
        talk = at("ubw_list", FRESH)
        assert said(talk, "i går, noe virker ikke, omstart")["outage"] == "Alt er nede"


def test_the_form_that_is_denied_by_what_it_is_for_is_looked_for_again() -> None:
    talk = begun(
        "1linje",
        "Gerica, 4 ansatte hjemmetjenesten, får ikke opp arbeidslister, siden kl 7, prøvd relogg",
        900152,
    )
    talk.says("ja, vet ikke enhets-id, arbeidsliste. Det er forresten ikke mobilen, det er Gerica på PC")
    talk.bot_says("Gerica – teknisk feil", "da tar vi det i stedet")
    assert answers(talk)["critical"] == "Ja"
    assert talk.state.draft is not None
    assert "det er Gerica på PC" in talk.state.draft.text
