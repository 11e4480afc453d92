"""Answers to a list of questions, given on one line with commas as people do (DESIGN 3): each part goes where it
belongs, and a part that belongs nowhere is told and kept."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import answers, begun
from tests.transcript import Transcript, person

MAIL_ON_PHONE = ("jeg får ikke mail på jobbmobilen", 900947)
VPN = ("VPN virker ikke for Kari Moe", 900682)
TEAMS = ("Teams virker ikke, lyd i møte", 900517)


def said(talk: Transcript, text: str) -> dict[str, str]:
    """The case after one more message."""
    talk.says(text)
    return answers(talk)


def test_five_answers_in_the_order_that_was_asked() -> None:
    talk = begun("superbruker", "Feide pålogging virker ikke", 900346)
    case = said(talk, "tro123, elev, i dag 8, en, nei")
    assert (case["feidebruker"], case["type"], case["extent"]) == ("tro123", "Elev", "Én bruker")
    assert "08.00" in case["started_at"]
    assert "ikke prøvd" in case["tried"].lower()


def test_a_part_goes_to_the_line_whose_kind_of_value_it_is() -> None:
    talk = begun("forvalter", "bestille ny server", 900501, virksomhet="HEL")
    case = said(talk, "windows, 32 GB minne, 4 cpu, 1. desember")
    assert (case["os"], case["ram"], case["cpu"]) == ("Windows Server", "32", "4")
    assert "1. desember" in case["wanted_at"]
    assert "disk" not in case
    talk.bot_says("Notert", "OS: Windows Server")


def test_words_go_in_order_and_the_first_question_may_be_left_open() -> None:
    talk = begun("superbruker", "Gerica ny bruker", 900948)
    talk.says("Sykepleier, Kampen omsorg, fra 1. des, Mette Leder")
    talk.bot_says("Rolle: Sykepleier", "Tjenestested(er): Kampen omsorg", "1. desember", "enhetsleder: Mette Leder")
    talk.bot_says("Hvem skal stå på «Gjelder bruker»?")


def test_an_option_of_two_letters_and_send_in_the_same_message() -> None:
    case = said(begun("superbruker", *TEAMS), "pc, bare meg, send")
    assert (case["klient"], case["extent"]) == ("PC", "Én bruker")


def test_the_part_that_belongs_nowhere_is_told_and_kept() -> None:
    talk = begun("1linje", "Teams telefoni tildele nummer", 900404)
    talk.says("Kari Olsen, nytt nr 91234567, leder har bekreftet, send")
    talk.bot_says("Gjelder bruker: Kari Olsen", "Nummer: +4791234567", "«leder har bekreftet»", "beskrivelsen")
    assert talk.state.draft is not None
    assert talk.state.draft.text.endswith("leder har bekreftet")
    assert not talk.cases


def test_it_did_not_help_and_the_answers_in_nynorsk() -> None:
    talk = Transcript(person("ansatt"))
    talk.says("e-posten på mobilen verkar ikkje")
    case = said(talk, "nei. iphone, i går, alt er nede")
    assert (case["plattform"], case["outage"]) == ("iOS/iPadOS", "Alt er nede")
    assert case["started_at"].startswith("i går")
    talk.bot_says("Kven har feilen?")


def test_an_option_and_a_time_of_four_words_are_both_taken() -> None:
    case = said(begun("superbruker", *MAIL_ON_PHONE), "iphone, i går")
    assert case["plattform"] == "iOS/iPadOS"
    assert case["started_at"].startswith("i går")


def test_what_one_does_not_know_is_named_among_the_rest() -> None:
    case = said(begun("1linje", *VPN), "nei, vet ikke pcnavn, siden i går kveld, alt er nede, prøvd omstart")
    assert (case["pc_navn"], case["outage"], case["tried"]) == ("Vet ikke", "Alt er nede", "prøvd omstart")
    assert case["started_at"].startswith("i går")


@pytest.mark.parametrize(
    ("text", "machine"), [("PC-4411, resten vet ikke", "PC-4411"), ("resten vet ikke", "Vet ikke")]
)
def test_the_rest_is_not_known(text: str, machine: str) -> None:
    talk = begun("1linje", *VPN)
    case = said(talk, text)
    assert (case["pc_navn"], case["started_at"], case["tried"]) == (machine, "Vet ikke", "Vet ikke")
    talk.bot_says("Skal jeg sende saken?")


def test_an_answer_beside_what_was_said_before_changes_that_too() -> None:
    talk = begun("superbruker", "utskrift kommer ikke ut i kø, alt er nede siden i går, prøvd omstart", 900950)
    case = said(talk, "kø RICOH-RYEN, noe virker")
    assert (case["ko"], case["outage"]) == ("RICOH-RYEN", "Noe virker")
    talk.bot_says("Endret. Hvor mye som er nede: Noe virker")


def test_what_was_tried_may_have_commas() -> None:
    case = said(begun("1linje", *VPN), "PC-4411, i går, prøvd omstart, ny kabel")
    assert (case["pc_navn"], case["tried"]) == ("PC-4411", "prøvd omstart, ny kabel")


def test_a_place_with_a_comma_is_one_answer() -> None:
    talk = begun("1linje", "punktet i veggen er dødt", 900163)
    case = said(talk, "Storgata 1, 3. etasje")
    assert case["lokasjon"] == "Storgata 1, 3. etasje"
    assert "punkt" not in case


def test_a_clock_alone_at_a_line_that_holds_a_day_is_no_crash() -> None:
    talk = begun("forvalter", "avvikle server for Gerica, stenges 1. desember", 900362, virksomhet="HEL")
    case = said(talk, "srv12, kl 10, ja")
    assert case["servere"].startswith("srv12")
    assert "1. desember" in case["dato"]


PRINTER = ("bestille ny skriver til avdelingen", 900232)


def test_the_part_before_a_full_stop_is_an_answer_too() -> None:
    case = said(begun("1linje", *PRINTER), "mfp a3 farge, Storgata 1, 12345, BGO-1, 4711. tidspunkt er 2. desember")
    assert (case["fakturareferanse"], case["kostnadssted"]) == ("BGO-1", "4711")
    assert case["onsket_dato"] == "onsdag 2. desember"


def test_a_sentence_after_the_answers_loses_none_of_them_and_is_kept() -> None:
    talk = begun("1linje", *PRINTER)
    sentence = "Vi flytter ikke 1. januar likevel, så dette haster litt mer enn vi trodde i forrige uke"
    case = said(talk, f"mfp a4 farge, Storgata 1, 3. etasje, 123456, vet ikke, 7781. {sentence}")
    assert (case["lokasjon"], case["ressursnummer"]) == ("Storgata 1, 3. etasje", "123456")
    assert (case["fakturareferanse"], case["kostnadssted"]) == ("Vet ikke", "7781")
    assert "onsket_dato" not in case
    assert talk.state.draft is not None
    assert talk.state.draft.text.endswith(sentence)


def test_an_option_and_a_sentence_about_another_line() -> None:
    talk = Transcript(person("superbruker", "BUN"))
    talk.says("Ola Hansen trenger tilgang til mappen \\\\fil01\\Økonomi, mappeeier er Ola Berg")
    talk.says("lese. mappeeier er Tone Lie, ikke Ola. send")
    assert talk.case["answers"]["niva"] == "Lese"
    assert talk.case["answers"]["mappeeier"] == "Tone Lie"


def test_a_second_need_after_the_answers_waits_and_swallows_none() -> None:
    talk = begun("superbruker", "PC-en starter ikke, svart skjerm", 900201, virksomhet="BFR")
    answered = "BFR-PC-0192, min egen, i morges, bare meg, holdt inne strømknappen i 30 sek"
    case = said(talk, f"{answered}. men jeg trenger også en lånepc")
    assert (case["pc_navn"], case["gjelder_bruker"]) == ("BFR-PC-0192", "Siri Superbruker")
    assert (case["extent"], case["tried"]) == ("Én bruker", "holdt inne strømknappen i 30 sek")
    assert talk.state.queued_needs == ("jeg trenger også en lånepc",)
    talk.says("send")
    assert talk.case["answers"]["pc_navn"] == "BFR-PC-0192"


def test_all_who_are_named_after_the_answers_stand_in_the_case() -> None:
    talk = Transcript(person("superbruker", "HEL"))
    talk.says("Vi treng Gerica-tilgang for to nye vikarar frå måndag, sjukepleiar")
    approved = "Lindeberg sjukeheim, avdeling 2, Turid Aas har godkjent"
    talk.says(f"{approved}. dei heiter Mina Moe og Per Bø. send")
    answers_of = talk.case["answers"]
    assert answers_of["gjelder_bruker"] == "Mina Moe og Per Bø"
    assert (answers_of["tjenestested"], answers_of["godkjent_av"]) == ("Lindeberg sjukeheim, avdeling 2", "Turid Aas")


@pytest.mark.parametrize(
    ("text", "ref", "cost"),
    [
        ("Acrobat Pro, 1234567, ref BGO-LIS, 44100", "", "44100"),
        ("Acrobat Pro, 1234567, ref LIS-1, 44100", "LIS-1", "44100"),
    ],
)
def test_a_named_line_that_cannot_hold_what_is_said_is_told_why(text: str, ref: str, cost: str) -> None:
    """ "Ref BGO-LIS, 4711" put 4711 into the reference and said nothing."""
    talk = Transcript(person("1linje"))
    talk.says("ny Acrobat-lisens til Kari Moe")
    talk.says(text)
    assert answers(talk).get("fakturareferanse", "") == ref
    assert answers(talk)["kostnadssted"] == cost
    if not ref:
        talk.bot_says("En fakturareferanse har 3 til 25 tegn, minst ett siffer")
        talk.bot_does_not_say("hører hjemme")
