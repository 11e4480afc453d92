"""A form chosen from a list in a message that says more, and what is told at a list instead of choosing (G 4.1).

Each test is named by the fault that a player met: the same list came again, what had been told before was lost, or the
case was sent on a form that had not been shown.
"""

from __future__ import annotations

import pytest

from dialogs.state import Draft
from tests.transcript import Transcript, person

NEW_BASE = (
    "Gerica 9.4 skal inn i test 2.12, preprod 9.12 og prod 16.12 kl 18. Ressursnummer 1234567, fakturareferanse 8HEL01,"
    " kostnadssted 4410. Leverandør Tietoevry har fjernaksess."
)


def draft_of(talk: Transcript) -> Draft:
    draft = talk.state.draft
    assert draft is not None, talk.text()
    return draft


def at_list(role: str, text: str, virksomhet: str = "BGO") -> Transcript:
    """A conversation in which forms are shown to choose from."""
    talk = Transcript(person(role, virksomhet=virksomhet))
    talk.says(text)
    assert talk.state.pending is not None
    assert talk.state.pending.kind in ("form", "split"), talk.last
    return talk


def titles(talk: Transcript) -> list[str]:
    """The forms on the list, in its order."""
    assert talk.state.pending is not None
    return list(talk.state.pending.labels[:-1])


class TestNumberAndMore:
    """The same list came again, and the number stood in the description."""

    def test_a_number_and_facts_is_a_choice_and_facts(self) -> None:
        talk = at_list("1linje", "Kari Nordmo slutter 31.12. Bruker kno012. Kan dere stenge alt og få pcn tilbake")
        chosen = titles(talk)[0]
        talk.says("1, ja pcn heter BGO-LT-3391, siste dag 31.12")
        talk.bot_says(f"Skjema: {chosen}", "Siste arbeidsdag: torsdag 31. desember", "Gjelder bruker: Kari Nordmo")
        text = draft_of(talk).text
        assert text.startswith("Kari Nordmo slutter 31.12")
        assert text.endswith("\nja pcn heter BGO-LT-3391, siste dag 31.12")

    def test_a_number_with_a_full_stop_and_a_sentence(self) -> None:
        talk = at_list("1linje", "skriver til 4. etg")
        chosen = titles(talk)[1]
        talk.says("2. den e på biblioteket, heile gangen har venta på det")
        talk.bot_says(chosen)
        assert "\n1" not in draft_of(talk).text
        assert "biblioteket" in draft_of(talk).text

    def test_what_is_only_information_beside_the_number(self) -> None:
        talk = at_list("superbruker", "kollega får 'feil brukernavn eller passord' i AKS, har jobbet natt hele uka")
        chosen = titles(talk)[1]
        talk.says("2. og at andre kommer inn er bare info. hun har prøvd å skrive passordet tre ganger")
        talk.bot_says(f"Skjema: {chosen}", "har prøvd å skrive passordet tre ganger")

    def test_a_choice_with_words_of_another_form_throws_nothing_away(self) -> None:
        """ "2, altså alle tre i samme sak": all seven things that had been told were asked."""
        talk = at_list("forvalter", NEW_BASE, "HEL")
        number = [one.startswith("Applikasjonsoppgradering, flere") for one in titles(talk)].index(True) + 1
        talk.says(f"{number}, altså alle tre i samme sak")
        talk.bot_says(
            "flere miljøer i samme sak", "Test: onsdag 2. desember", "Preprod: onsdag 9. desember",
            "Prod: onsdag 16. desember", "Ressursnummer: 1234567", "Fakturareferanse: 8HEL01", "Kostnadssted: 4410",
        )  # fmt: skip
        assert draft_of(talk).text.startswith("Gerica 9.4 skal inn i test")

    def test_words_of_another_form_beside_the_number_take_no_other_form(self) -> None:
        """ "1. siden nå i kveld, passordet er riktig": it jumped to a new password, and the report was gone."""
        talk = at_list("ansatt", "Kan ikke logge inn på min side i HR, skal levere egenmelding før midnatt")
        chosen = titles(talk)[0]
        talk.says("1. siden nå i kveld, passordet er riktig, går i nettleser på pc, prøvd edge og chrome")
        talk.bot_says(f"Skjema: {chosen}", "egenmelding før midnatt", "Hva dere har prøvd: prøvd edge og chrome")

    def test_a_critical_fault_is_chosen_by_its_number_too(self) -> None:
        talk = at_list("superbruker", "alle pc-ene på sykehjemmet er blå, medisinkort er borte")
        talk.says("1, ja det er kritisk! 40010203")
        talk.bot_says("Kritisk feil: Ja", "Telefon: +4740010203")

    def test_answers_on_the_line_of_the_number_are_taken_as_answers(self) -> None:
        talk = at_list("superbruker", "gat er tregt")
        talk.says("1, bare meg, siden i går, prøvd omstart")
        talk.bot_says("Hvem det gjelder: Én bruker", "i går, søndag 22. november", "prøvd omstart")

    @pytest.mark.parametrize("words", ["3. etasje er uten nett", "1. desember begynner det", "2,5 timer nå"])
    def test_what_is_counted_or_dated_is_no_choice(self, words: str) -> None:
        talk = at_list("superbruker", "trenger tilgang")
        talk.says(words)
        assert words in draft_of(talk).text


class TestNumberAndSend:
    """ "2. send" and "1, send" showed the list again, or took a form that was not on it."""

    def test_send_after_the_number_sends_when_nothing_is_missing(self) -> None:
        talk = at_list("1linje", "Kari Nordmo slutter 31.12. Bruker kno012. Kan dere stenge alt og få pcn tilbake")
        talk.says("1, send")
        talk.bot_says("Notert", "Kari Nordmo", "Saken er mottatt")
        assert talk.cases[0].title == "Kari Nordmo slutter 31.12."
        assert "send" not in talk.cases[0].description

    @pytest.mark.parametrize("words", ["2. send", "2, send", "2 send", "nr 2, send den"])
    def test_send_after_the_number_asks_only_what_is_missing(self, words: str) -> None:
        talk = at_list("superbruker", "gat er tregt")
        chosen = titles(talk)[1]
        talk.says(words)
        talk.bot_says(chosen)
        assert draft_of(talk).text == "gat er tregt"

    def test_facts_and_send_after_the_number(self) -> None:
        talk = at_list("superbruker", "gat er tregt")
        talk.says("2, hele skrivebordet, fra i dag tidlig. send")
        talk.bot_says("Skjema: AKS – tregt, heng, fryser", "Hva er tregt? Hele skrivebordet", "fra i dag tidlig")
        assert draft_of(talk).text == "gat er tregt\nhele skrivebordet, fra i dag tidlig"

    def test_nothing_that_costs_is_sent_unseen(self) -> None:
        talk = at_list("1linje", "trenger ny skriver til 4. etg, Tøyengata 2")
        talk.says("1, send")
        assert not talk.cases

    def test_the_number_is_of_the_list_that_was_shown(self) -> None:
        """Number 1 was the wireless net, and «Gjestenett – feil» was taken."""
        talk = at_list("ansatt", "wifi på møterom 3 virker ikke, har styremøte nå")
        talk.says("wifi. både ansatt og gjestenett, ingen i rommet kommer på, siden kl 10")
        talk.bot_says("1. Feil på trådløst nett")
        talk.says("1, send")
        assert draft_of(talk).form_id == 900821
        assert draft_of(talk).text.startswith("wifi på møterom 3 virker ikke")

    def test_send_alone_takes_the_first_of_the_list_as_it_was_shown(self) -> None:
        """The list had been reordered by «nett», and the citizen's form was sent; "nett, send" stood in the case."""
        talk = at_list(
            "superbruker",
            "Får ikkje opp websak, kvit side. Gjeld fleire her på bydelen, frå ca 9.20, prøvd edge og chrome",
        )
        first = titles(talk)[0]
        talk.says("nett, send")
        talk.bot_says("Websak", "nærast")
        assert first.startswith("Websak")
        assert draft_of(talk).text.endswith("\nnett")


def test_the_order_of_a_list_does_not_change_under_the_feet() -> None:
    talk = at_list("ansatt", "wifi på møterom 3 virker ikke, har styremøte nå")
    before = titles(talk)
    talk.says("wifi. både ansatt og gjestenett, ingen i rommet kommer på, siden kl 10")
    after = titles(talk)
    kept = [one for one in before if one in after]
    assert [one for one in after if one in before] == kept
    assert after[0] == before[0]


class TestTitleAndMore:
    """What had been told before was gone when a form was called by its title."""

    def test_the_title_and_facts_keep_what_was_told(self) -> None:
        talk = at_list("1linje", "Ola Hansen har byttet navn til Ola Berg-Hansen, mailen hans må også endres")
        talk.says("endre e-postadresse, ny adresse ola.berg-hansen@bgo.oslo.kommune.no")
        talk.bot_says("Endre e-postadresse / alias på person", "Gjelder bruker: Ola Hansen",
                      "Ønsket adresse: ola.berg-hansen@bgo.oslo.kommune.no")  # fmt: skip
        assert draft_of(talk).text.startswith("Ola Hansen har byttet navn")

    def test_a_word_of_one_title_names_that_form(self) -> None:
        told = "GAT gir 503 for alle i HEL siden 10.00, prøvd restart nettleser."
        talk = at_list("forvalter", f"{told} nei det var ikke GAT, det var Gerica som var nede", "HEL")
        talk.says("Gerica. 20 brukere, siden 9.30, timeout i hjemmetjenesten, sykepleierne får ikke sett medisinlister")
        assert draft_of(talk).form_id == 900075
        assert draft_of(talk).text.startswith("GAT gir 503")
        assert "timeout i hjemmetjenesten" in draft_of(talk).text


class TestNarrowing:
    """ "Bestilling", "feil" and "pc" showed the same list again."""

    def test_the_word_for_an_order_leaves_the_orders(self) -> None:
        talk = at_list("1linje", "skriver til 4. etg")
        talk.says("bestilling, Tøyengata 2 4.etg, kostnadssted 4410, ressurs 1234567")
        talk.bot_says("Skjema: Bestilling av skriver/MFP", "Kostnadssted: 4410", "Ressursnummer: 1234567")
        assert draft_of(talk).text.startswith("skriver til")

    def test_the_word_for_a_fault_takes_the_only_fault(self) -> None:
        talk = at_list("1linje", "hvordan får jeg vpn")
        talk.says("feil")
        talk.bot_says("Skjema: VPN – feil")
        assert draft_of(talk).text == "hvordan får jeg vpn"

    def test_the_word_for_a_fault_leaves_every_fault(self) -> None:
        """ "Feil" is no title, although one title begins with it."""
        talk = at_list("superbruker", "telefonen")
        talk.says("det er en feil, bare meg")
        assert titles(talk) == ["Feil på mobiltelefon eller nettbrett", "E-post/kalender synker ikke på mobil"]
        assert draft_of(talk).text == "telefonen\ndet er en feil, bare meg"

    def test_the_platform_asked_for_may_stand_in_a_few_words(self) -> None:
        """ "Outlook på pc": the first message was gone."""
        talk = at_list("ansatt", "hei, eg får ikkje opp Outlook i dag, berre kvit skjerm")
        talk.says("outlook på pc")
        assert draft_of(talk).form_id == 900954
        assert draft_of(talk).text.startswith("hei, eg får ikkje opp Outlook i dag, berre kvit skjerm")

    def test_the_platform_in_a_sentence_brings_its_form(self) -> None:
        """ "PC – treg" never came though "pc" was said."""
        talk = at_list("ansatt", "alt er tregt")
        talk.says("bare meg, både pc og alt på den, siden jeg kom på jobb")
        talk.bot_says("PC – treg, henger eller fryser")


class TestDetails:
    """A detail that looks like some form began anew, and the first message was lost."""

    def test_a_detail_that_looks_like_a_form_is_joined(self) -> None:
        talk = at_list("ansatt", "hvordan får jeg vpn")
        talk.says("jeg har aldri hatt det, skal jobbe hjemme")
        assert draft_of(talk).text == "hvordan får jeg vpn\njeg har aldri hatt det, skal jobbe hjemme"
        assert draft_of(talk).form_id == 900279

    def test_the_case_is_called_by_the_first_message(self) -> None:
        talk = at_list("ansatt", "hei, eg får ikkje opp Outlook i dag, berre kvit skjerm")
        talk.says("outlook på pc")
        for line in ("nei. siden i går, berre meg, alt er nede", "send"):
            talk.says(line)
        assert "Outlook i dag, berre kvit skjerm" in talk.cases[0].title
        assert "outlook på pc" in talk.cases[0].description

    def test_a_question_about_something_else_is_no_part_of_a_report(self) -> None:
        """The question about the opening hours was the title, and its Friday the day the fault began."""
        talk = Transcript(person("ansatt", virksomhet="BGO"))
        talk.says("kor lenge e det åpent på servicesenteret på fredag")
        talk.says("pcen min er så treg at jeg kan lage kaffe mens jeg venter. BGO-PC-3030. siden i går, bare meg")
        assert "servicesenteret" not in draft_of(talk).text

    def test_another_matter_after_a_no_leaves_the_old_one_out(self) -> None:
        talk = at_list("superbruker", "trenger tilgang")
        talk.says("glem det, skriveren på kontoret har papirkrøll")
        talk.bot_says("skriver")
        assert "tilgang" not in draft_of(talk).text


class TestNoneOfThese:
    """ "Ingen av disse, …" began afresh and lost the first message."""

    def test_what_is_meant_is_joined_to_the_first_message(self) -> None:
        talk = at_list(
            "1linje", "Hi, I just started at NAV Alna and I can't log on to Fasit, it says I don't have a role"
        )
        shown = titles(talk)
        talk.says("none of these, I need to get access to Fasit. My manager is Heidi Holm, start today")
        talk.bot_says("Fasit – new, changed or ended user")
        assert draft_of(talk).text.startswith("Hi, I just started at NAV Alna")
        assert draft_of(talk).text.endswith("start today")
        assert draft_of(talk).form_id is not None or not set(shown) & set(titles(talk))

    def test_the_number_of_none_may_be_followed_by_what_is_meant(self) -> None:
        talk = at_list("1linje", "skriver til 4. etg")
        shown = titles(talk)
        talk.says(f"{len(shown) + 1}, det gjelder flytting av skriveren vi har")
        assert draft_of(talk).text.startswith("skriver til 4. etg\ndet gjelder flytting")
        assert draft_of(talk).form_id is not None or not set(shown) & set(titles(talk))

    def test_a_form_that_may_not_be_used_is_no_dead_end(self) -> None:
        talk = Transcript(person("forvalter", virksomhet="HEL"))
        talk.says("Vi trenger et nytt testmiljø for Modulus Barn. Ressursnummer 1200345, fakturareferanse 4BAR0002,"
                  " kostnadssted 41500")  # fmt: skip
        before = draft_of(talk).text
        talk.says("ingen av disse, vi trenger helt nytt miljø")
        assert draft_of(talk).text.startswith(before.split("\n")[0])
        talk.bot_does_not_say("Modulus Barn – tilgang")

    def test_glem_det_after_it_drops_the_case(self) -> None:
        talk = at_list("superbruker", "trenger tilgang")
        talk.says("ingen av disse. Glem det")
        talk.bot_says("avbrutt")
        assert talk.state.draft is None


def test_another_form_of_the_summary_with_a_fact_and_send_is_never_sent_on_the_first() -> None:
    """ "Skjema 2, alt er nede, send" was sent on form 1."""
    talk = Transcript(person("ansatt", virksomhet="BGO"))
    talk.says("skjermen er svart")
    talk.says("pc-en starter, jeg hører vifta, men skjermen er helt mørk. laptop uten dokking. i går. bare meg")
    first = draft_of(talk).form_id
    talk.says("skjema 2, alt er nede, send")
    assert not any(case.form_id == first for case in talk.cases)
    assert draft_of(talk).form_id != first
    assert "alt er nede" in draft_of(talk).text
