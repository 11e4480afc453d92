"""Each rule of the guide that the bot lives by, as a transcript that names its chapter (DESIGN 4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.transcript import MONDAY, OSLO, Transcript, person

CRITICAL = "Kritisk: ingen på legevakta kommer inn i AKS siden kl 9, liv og helse, har prøvd omstart"


_TIMES = frozenset({"started_at", "dato", "fra", "til", "onsket_dato", "wanted_at"})


def answered(talk: Transcript, **answers: str) -> Transcript:
    """Answer whatever is asked until the summary: by item key, else the first choice, a time, or that one knows not."""
    asked: list[str] = []
    for _ in range(20):
        pending = talk.state.pending
        if pending is None or pending.kind == "confirm" or asked.count(pending.key) > 1:
            break
        said = "1" if pending.options else ("i dag kl 9" if pending.key in _TIMES else "PC12345")
        usual = "vet ikke" if pending.key in asked else said
        asked.append(pending.key)
        talk.says(answers.get(pending.key) or usual)
    return talk


def choose_the_first_form(talk: Transcript) -> None:
    """Where the bot is not sure of the form."""
    if talk.state.pending is not None and talk.state.pending.kind in ("form", "split"):
        talk.says("1")


class TestTheEmployeesWay:
    """G 3.2.1"""

    def test_self_help_comes_first_and_may_be_enough(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("jeg har glemt passordet mitt")
        talk.bot_says("Hjalp det?")
        talk.says("ja, det hjalp")
        talk.bot_says("Da oppretter jeg ingen sak")
        assert not talk.cases
        assert not talk.state.drafts

    def test_else_the_report_goes_to_the_own_first_line(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("jeg har glemt passordet mitt")
        talk.says("nei")
        answered(talk).says("send")
        assert talk.case["route"] == "1.linje BGO"
        assert talk.case["answers"]["tried"].startswith("Selvhjelpen")

    def test_the_virksomhet_is_asked_once_and_gives_no_right(self) -> None:
        talk = Transcript(person("ansatt", virksomhet=""))
        talk.says("AKS fryser hele tiden for meg, prøvd omstart")
        choose_the_first_form(talk)
        talk.bot_says("Hvor jobber du?")
        talk.says("gamle oslo")
        answered(talk).says("send")
        assert talk.case["reporter"]["virksomhet"] == "BGO"
        talk.says("AKS fryser for meg, prøvd omstart")
        talk.bot_does_not_say("Hvor jobber du?")


class TestWhoMayUseAForm:
    """G 3.2.2, 4.1"""

    def test_without_the_right_it_says_who_can_and_offers_to_pass_it_on(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Vi må åpne brannmuren mot en ny server hos leverandøren")
        talk.bot_says("kan bare brukes av: forvalter", "Send til vår 1.linje", "Bestill tilgang")
        talk.presses("Send til vår 1.linje")
        answered(talk).says("send")
        assert talk.case["route"] == "1.linje BGO"

    def test_access_to_order_is_itself_ordered(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Vi må åpne brannmuren mot en ny server hos leverandøren")
        talk.presses("Bestill tilgang")
        assert talk.state.draft is not None
        assert talk.state.draft.form_id == 218619


class TestTheFormCannotBeChangedAfterwards:
    """G 4.1"""

    def test_wrong_form_before_sending_carries_everything_over(self) -> None:
        talk = Transcript(person("1linje"))
        answered(talk, tried="omstart").says("AKS fryser for alle på kontoret i dag, prøvd omstart")
        answered(talk)
        talk.says("feil skjema")
        talk.bot_says("Det du har svart, tar jeg med videre")
        talk.says("1")
        answered(talk).says("send")
        assert talk.case["form_id"] != 900562
        assert "omstart" in talk.case["answers"]["tried"]

    def test_wrong_form_after_opening_closes_and_registers_again(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("AKS fryser for alle på kontoret i dag, prøvd omstart")
        answered(talk).says("send")
        old = talk.case["ref"]
        talk.says("feil skjema")
        talk.bot_says(f"Sak {old} kan ikke flyttes")
        talk.says("1")
        answered(talk).says("send")
        talk.bot_says(f"Sak {old} er trukket", "L-2026-000002 tar over")
        first, second = talk.cases
        assert first.status == "withdrawn"
        assert second.form_id != first.form_id
        assert "omstart" in second.answers["tried"]
        assert f"Erstatter sak {old}" in second.description
        assert second.on_behalf_of is None

    def test_a_change_of_mind_leaves_the_old_case(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("AKS fryser for alle på kontoret i dag, prøvd omstart")
        answered(talk).says("send")
        talk.says("feil skjema")
        talk.says("avbryt")
        assert [case.status for case in talk.cases] == ["received"]


def test_role_is_stated_in_every_case() -> None:
    """G 5.1, 7.1"""
    talk = Transcript(person("superbruker"))
    talk.says("Websak gir feilmelding når vi åpner dokumenter, hele avdelingen, siden i går, prøvd omstart")
    answered(talk).says("send")
    assert talk.case["reporter"]["role"] == "superbruker"
    assert "superbruker" in talk.case["description"]


def test_reporting_on_behalf_of_others_is_normal() -> None:
    """G 5.1"""
    talk = Transcript(person("1linje"))
    talk.says("Melder på vegne av Kari Nordmann: PC-en hennes starter ikke siden i morges, prøvd omstart")
    answered(talk).says("send")
    assert talk.case["on_behalf_of"] == "Kari Nordmann"


def test_what_has_been_tried_is_asked_and_the_reporter_tests_afterwards() -> None:
    """G 5.1.2"""
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    answered(talk, tried="ingenting").says("send")
    assert talk.case["answers"]["tried"] == "Ikke prøvd noe ennå"
    assert "Kan kontaktes for testing: Lars Linje" in talk.case["description"]


class TestCriticalFault:
    """G 5.1.2.2, 4.3"""

    def test_the_phone_number_is_told_before_the_rest_is_asked(self) -> None:
        """Nobody is to wait for the last answer before he calls."""
        talk = Transcript(person("1linje"))
        talk.says("Hele bydelen uten nett siden kl 9")
        talk.bot_says("Ring UKEs Servicesenter på 23 47 70 70 med én gang", "De er åpne nå")
        talk.says("ja")
        talk.bot_says("Ring UKEs Servicesenter på 23 47 70 70 så snart saken er sendt, eller med én gang", "Lokasjon")
        talk = Transcript(person("1linje"))
        talk.says("Hele bydelen uten nett siden kl 9")
        talk.says("nei")
        talk.bot_does_not_say("23 47 70 70")

    @pytest.mark.parametrize(
        ("at", "hours"),
        [
            (MONDAY, "De er åpne nå"),
            (MONDAY.replace(hour=16), "én person på vakt"),
            (MONDAY.replace(hour=23), "De er stengt til"),
            (datetime(2026, 12, 25, 10, 0, tzinfo=OSLO), "De er stengt til"),
        ],
    )
    def test_the_case_is_opened_and_the_person_told_to_phone(self, at: datetime, hours: str) -> None:
        talk = Transcript(person("1linje"), now=at)
        talk.says(CRITICAL)
        answered(talk, critical="ja", phone="22 33 44 55").says("send")
        assert talk.case["critical"] is True
        assert talk.case["answers"]["phone"] == "+4722334455"
        talk.bot_says("Ring UKEs Servicesenter nå på 23 47 70 70", hours, "Lars Linje fra BGO", talk.case["ref"])

    def test_a_suspicion_denied_is_no_critical_case(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says(CRITICAL)
        answered(talk, critical="nei").says("send")
        assert talk.case["critical"] is False
        talk.bot_does_not_say("Ring UKEs Servicesenter nå")

    def test_not_critical_outside_hours_says_when_it_will_be_looked_at(self) -> None:
        talk = Transcript(person("1linje"), now=MONDAY.replace(hour=22))
        talk.says("AKS fryser for alle på kontoret i dag, prøvd omstart")
        answered(talk).says("send")
        talk.bot_says("stengt nå", "i morgen, tirsdag 24. november kl. 08.00")


class TestTechnicalOrFunctional:
    """G 5.1.2.3-4"""

    def test_a_functional_fault_is_the_forvalters(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("UBW viser feil beløp i bildet for bilag siden i går")
        talk.bot_says("funksjonell feil i Økonomisystemet", "@example.invalid")
        talk.presses("Skriv til forvalteren")
        talk.bot_says("oppretter jeg ingen sak", "mailto:")
        assert not talk.cases

    def test_it_may_be_technical_after_all(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("UBW viser feil beløp i bildet for bilag siden i går")
        talk.presses("Det er en teknisk feil")
        answered(talk).bot_says("kan forvalteren få faktura for arbeidet")


def test_pay_cases_go_to_the_pay_desk_and_that_is_said() -> None:
    """G 3.2.3"""
    talk = Transcript(person("1linje"))
    talk.says("Lønnsslippen til en ansatt viser feil utbetaling, tilleggene mangler")
    answered(talk)
    talk.bot_says("Lønnstjenester", "kan ikke se den")


def test_an_estimate_is_answered_in_the_approval_case() -> None:
    """G 5.1.4"""
    talk = Transcript(person("forvalter", virksomhet="HEL"))
    talk.says("Vi trenger arkivuttrekk til Byarkivet fra det gamle fagsystemet")
    answered(talk, ressursnummer="12345", fakturareferanse="REF-1", kostnadssted="4321")
    talk.bot_says("estimat i timer", "Godkjenn eller Avvis")


class TestSeveralEnvironments:
    """G 5.1.5: one case or several, the forvalter chooses."""

    def test_one_case_for_each(self) -> None:
        talk = Transcript(person("forvalter", virksomhet="HEL"))
        talk.says("Patch på Websak i test og prod, hotfix fra leverandøren")
        choose_the_first_form(talk)
        talk.bot_says("flere miljøer: Test, Prod")
        talk.presses("Én sak for hvert miljø")
        answered(talk, ressursnummer="12345", fakturareferanse="REF-1", kostnadssted="4321").says("send")
        assert [case.answers["miljo"] for case in talk.cases] == ["Test", "Prod"]
        assert [case.ref for case in talk.cases] == ["L-2026-000001", "L-2026-000002"]
        talk.bot_says("L-2026-000001, L-2026-000002")

    def test_or_only_one(self) -> None:
        talk = Transcript(person("forvalter", virksomhet="HEL"))
        talk.says("Patch på Websak i test og prod, hotfix fra leverandøren")
        choose_the_first_form(talk)
        talk.presses("Bare Prod")
        answered(talk, ressursnummer="12345", fakturareferanse="REF-1", kostnadssted="4321").says("send")
        assert [case.answers["miljo"] for case in talk.cases] == ["Prod"]


class TestBilling:
    """G 5.1.3"""

    def test_a_wrong_number_is_refused_with_what_is_expected(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Vi trenger å låne 3 PC-er til et kurs")
        answered(talk, ressursnummer="12", kostnadssted="4321", fra="1. desember", til="5. desember")
        talk.bot_says("Et ressursnummer har 5 til 8 siffer")

    def test_not_knowing_it_is_allowed_and_said(self) -> None:
        talk = Transcript(person("1linje"))
        talk.says("Vi trenger å låne 3 PC-er til et kurs")
        answered(talk, ressursnummer="vet ikke", kostnadssted="4321", fra="1. desember", til="5. desember")
        talk.bot_says("Du vet ikke hva som skal stå på fakturaen")


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("når er dere åpne?", "08.00"),
        ("hva er en hovedsak?", "hovedsak"),
        ("hva er RM?", "Request Manager"),
        ("hvordan avviser jeg en løsning?", "kommentar"),
        ("hvor er kursene?", "kurs"),
    ],
)
def test_questions_about_the_guide_are_answered_with_the_chapter(question: str, part: str) -> None:
    """G 2.2, 4.1, 4.3, 5.1.2"""
    talk = Transcript(person("1linje"))
    talk.says(question)
    talk.bot_says(part, "kapittel")


def test_a_draft_nobody_touched_for_two_weeks_expires_with_notice() -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.waits(days=15)
    talk.says("hei")
    talk.bot_says("ikke sendt på 14 dager")
    assert not talk.state.drafts


def test_where_and_as_what_are_asked_once_in_one_question() -> None:
    """G 5.1, 7.1"""
    talk = Transcript(person("ansatt", virksomhet=""))
    talk.says("AKS fryser hele tiden for meg, prøvd omstart")
    choose_the_first_form(talk)
    talk.bot_says("Hvor jobber du?", "superbruker, 1.linje eller forvalter")
    talk.says("gamle oslo, jeg er superbruker")
    answered(talk).says("send")
    assert talk.case["reporter"] == {"id": "p-ansatt", "name": "Ada Ansatt", "role": "superbruker", "virksomhet": "BGO"}
    # What is said of oneself gives no right: the case goes to the own 1.linje all the same.
    assert talk.case["route"] == "1.linje BGO"


@pytest.mark.parametrize(
    ("question", "chapter", "part"),
    [
        ("hvor stiller jeg spørsmål om saken min?", "5.2", "i selve saken"),
        ("må jeg bestille beredskap ved oppgradering?", "5.1.5", "Nei"),
        ("hva er en problemsak?", "5.1.2.5", "årsaken"),
        ("hvem kan endre prioritet på en sak?", "5.1.2.2", "i samråd med"),
        ("kan jeg få dialogen på engelsk?", "5.1.1", "norsk"),
        ("hvordan godkjenner jeg et estimat?", "5.1.4", "godkjenningssak"),
        ("hvem kan bestille hos UKE?", "3.2.2", "1.linje"),
        ("hvordan får jeg tilgang til å bestille?", "4.1", "218619"),
    ],
)
def test_rules_one_may_ask_about(question: str, chapter: str, part: str) -> None:
    talk = Transcript(person("1linje"))
    talk.says(question)
    talk.bot_says(part, chapter)


def test_expected_delivery_comes_from_the_catalogue() -> None:
    """G 6"""
    talk = Transcript(person("1linje"))
    talk.says("Vi trenger å låne 3 PC-er til et kurs")
    answered(talk, ressursnummer="12345", kostnadssted="4321", fra="1. desember", til="5. desember")
    talk.bot_says("Forventet levering: 3 virkedager")
