"""Names, phones, titles and calls for help, read as a player meant them (each fault with his own words)."""

from __future__ import annotations

from datetime import datetime

from dialogs.effects import HandOver
from dialogs.state import state_to_text
from tests.transcript import OSLO, Transcript, person

EVENING = datetime(2026, 11, 24, 20, 45, tzinfo=OSLO)
MORNING = datetime(2026, 11, 24, 10, 5, tzinfo=OSLO)


def talk_of(role: str, *lines: str, now: datetime = EVENING) -> Transcript:
    talk = Transcript(person(role), now=now)
    for line in lines:
        talk.says(line)
    return talk


def shown(talk: Transcript) -> dict[str, str]:
    draft = talk.state.draft
    assert draft is not None
    return {key: answer.shown for key, answer in draft.answers.items()}


# --- time ---


def test_a_deadline_is_not_when_it_began() -> None:
    talk = talk_of(
        "superbruker",
        "Utskrift fra AKS går ikke på Lindeberg sykehjem post 2, medisinetiketter skal ut kl 21",
        "ja\nRICOH-LIND-2\nalle på post 2\nsiden kl 18\nprøvd å bytte skriver",
    )
    assert shown(talk)["started_at"] == "i dag, tirsdag 24. november kl. 18.00"


def test_a_question_to_the_desk_begins_no_fault() -> None:
    talk = talk_of("superbruker", "websak nede, vet dere noe?", "får dere det opp før lunsj?", now=MORNING)
    assert "started_at" not in shown(talk)


def test_a_stated_clock_goes_before_a_while_ago() -> None:
    talk = talk_of(
        "ansatt",
        "hei, eg får ikkje opp Outlook i dag, berre kvit skjerm",
        "outlook på pc",
        "nei. siden i stad kl 9, berre meg, alt er nede trur eg, har starta på nytt to gonger",
        now=MORNING,
    )
    assert "kl. 09.00" in shown(talk)["started_at"]


def test_an_end_date_is_not_when_it_is_wanted() -> None:
    talk = talk_of("1linje", "forleng kontoen til konsulenten Ahmed Ali (Sopra) til 30. juni, han går ut 30.11")
    talk.bot_says("Ny sluttdato: onsdag 30. juni 2027", "Ønsket dato: mandag 30. november")


def test_the_full_stop_of_a_day_is_kept_before_send() -> None:
    talk = talk_of("1linje", "Fjern Gerica-tilgangen til Eva Ås fra fredag, avslutte helt", "fra lørdag 28. send")
    assert talk.cases[-1].answers["dato"] == "2026-11-28"


# --- names ---


def test_my_manager_is_not_the_user() -> None:
    talk = talk_of(
        "ansatt",
        "Hi, I just started at NAV Alna and I can't log on to Fasit, it says I don't have a role",
        "none of these, I need to get access to Fasit. My manager is Heidi Holm, start today",
        "Fasit – new, changed or ended user",
    )
    assert shown(talk)["gjelder_bruker"] == "Ada Ansatt"
    assert shown(talk)["godkjent_av"] == "Heidi Holm"


def test_a_contact_for_tests_is_not_the_user() -> None:
    talk = talk_of(
        "superbruker",
        "Modulus Barn låser seg når vi lagrer tiltak. Gjelder barnevernet på Grünerløkka, 8 saksbehandlere, "
        "fra kl 09 i går. Testet annen PC. Kontakt for test: Nils Foss, 93030303",
    )
    assert shown(talk)["gjelder_bruker"] != "Nils Foss"
    assert shown(talk)["contacts"] == "Nils Foss, 93030303"


def test_a_member_is_no_owner() -> None:
    talk = talk_of(
        "superbruker",
        "vi trenger nytt Teams-team «Oppvekst 2027», eier Tove Sand, medlemmer Ida Ruud og Per Moe, privat team",
    )
    talk.bot_says("Eier 1: Tove Sand")
    talk.bot_does_not_say("Eier 2: Ida Ruud")


def test_he_is_called_that_names_nobody() -> None:
    talk = talk_of(
        "superbruker",
        "AKS henger for alle på NAV-kontoret vårt, musa fryser. Kan ringes på 99001122, Bjørn",
        "hele skrivebordet. Bjørn Dahl er kontakt, han heter det. send",
    )
    assert shown(talk)["gjelder_bruker"] != "det"
    assert shown(talk)["contacts"] == "Bjørn Dahl"
    assert shown(talk)["phone"] == "+4799001122"


def test_who_a_patient_is_goes_nowhere() -> None:
    talk = talk_of(
        "ansatt",
        "pasient Olav Nordmann f. 12.03.1941 har fått feil medisin i Gerica, får ikke rettet det",
        "1",
        "nei. medisinkort, noe virker. siden kl 20, bare meg, logget ut og inn. send",
    )
    kept = state_to_text(talk.state)
    assert "Nordmann" not in kept
    assert "1941" not in kept
    talk.bot_says("i dag, tirsdag 24. november kl. 20.00")


# --- phones ---


def test_the_dead_number_is_not_the_contacts() -> None:
    talk = talk_of(
        "ansatt",
        "DETTE ER TREDJE GANGEN JEG SKRIVER TIL DERE!!! Telefonene på legekontoret er døde, pasienter kommer ikke "
        "gjennom på 23 49 00 00, skjønner dere hvor alvorlig det er?",
        "1",
    )
    assert shown(talk).get("phone") != "+4723490000"
    talk.says("ring meg på 48211300, ikke 23490000, og det gjelder alle på legekontoret")
    assert shown(talk)["phone"] == "+4748211300"


def test_the_number_told_last_is_called() -> None:
    talk = talk_of("superbruker", "Websak nede for hele avdelingen, hvit side, kritisk, ring meg på 40011223")
    assert shown(talk)["phone"] == "+4740011223"
    talk.says("ring meg heller på 90112233")
    assert shown(talk)["phone"] == "+4790112233"


# --- titles ---


def title(talk: Transcript) -> str:
    draft = talk.state.draft
    if draft is not None:
        for _ in range(8):
            if talk.cases:
                break
            talk.says("resten vet ikke")
            talk.says("send")
    return talk.cases[-1].title


def test_a_shout_is_no_title() -> None:
    talk = talk_of(
        "1linje",
        "HELP. heimevernet... nei heimetenesta på Kampen har ikkje velferdsteknologi, alle, siden kl 20, ikkje kritisk",
    )
    assert title(talk).startswith("heimetenesta på Kampen har ikkje velferdsteknologi")


def test_a_question_before_the_matter_is_no_title() -> None:
    talk = talk_of("1linje", "men de er vel ikke på jobb nå? pc-en min starter ikke, bare svart", "nei")
    assert title(talk).startswith("pc-en min starter ikke")


def test_the_head_of_a_mail_is_no_title() -> None:
    talk = talk_of(
        "superbruker",
        "Fra: Heidi Lunde <heidi@bgo.no> Til: Amina Emne: VS: problemer med Visma Hei Amina, kan du melde dette for "
        "oss? Visma Flyt Skole henger for alle lærerne siden i morges",
    )
    assert "Fra:" not in title(talk)
    assert "Visma" in title(talk)


# --- calls for help ---


def test_nobody_comes_in_is_understood_with_a_deadline_beside_it() -> None:
    talk = talk_of("ansatt", "Ingen i Bydelen kommer inn på Visma. Lønnskjøring i morgen tidlig!")
    talk.bot_does_not_say("Jeg forstår ikke")
    assert talk.state.draft is not None


def test_anger_beside_the_fault_is_understood() -> None:
    talk = talk_of(
        "ansatt",
        "DETTE ER TREDJE GANGEN JEG SKRIVER TIL DERE!!! Telefonene på legekontoret er døde, pasienter kommer ikke "
        "gjennom på 23 49 00 00, skjønner dere hvor alvorlig det er?",
    )
    talk.bot_does_not_say("Jeg forstår ikke")
    talk.bot_says("Ring UKEs Servicesenter", "Sentralbord og svargruppe")


def test_a_call_for_the_desk_gets_its_number_and_hours() -> None:
    for call in ("kan dokker gi meg nummeret te døgnvakta?", "dere svarte ikke på telefonen"):
        talk_of("ansatt", call).bot_says("23 47 70 70", "08.00")


def test_a_call_for_the_desk_does_not_lose_the_fault() -> None:
    talk = talk_of(
        "ansatt", "kan dokker gi meg nummeret te døgnvakta? nettbrettet mitt har stoppa og æ står hos en bruker"
    )
    talk.bot_says("23 47 70 70")
    draft = talk.state.draft
    assert draft is not None
    assert draft.text.startswith("nettbrettet mitt har stoppa")


def test_is_anybody_there_asks_what_it_is_about() -> None:
    talk_of("ansatt", "hallo noen der").bot_does_not_say("Jeg forstår ikke")


def test_who_wants_to_be_called_is_handed_over_with_the_number() -> None:
    talk = talk_of("ansatt", "kan dere be noen ringe meg, dette er kaos, 92929292")
    talk.bot_does_not_say("Jeg forstår ikke")
    handed = [one for one in talk.effects if isinstance(one, HandOver)]
    assert "92929292" in handed[-1].summary
