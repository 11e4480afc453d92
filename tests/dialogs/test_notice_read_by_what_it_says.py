"""A notice is read by what is said, whatever is asked, and a no is never published (G 5.1.2.2)."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.nothing_said import is_nothing
from dialogs.state import Draft
from tests.dialogs.talking import fill, publish
from tests.transcript import MONDAY, Transcript, person

CLOSED = "Node 3 er byttet"


def uss() -> Transcript:
    return Transcript(person("uss", virksomhet="UKE"), now=MONDAY)


def draft(talk: Transcript) -> Draft:
    assert talk.state.draft is not None, talk.last
    assert talk.state.draft.kind == "notice", talk.last
    return talk.state.draft


def value(talk: Transcript, key: str) -> str:
    answer = draft(talk).answers.get(key)
    return str(answer.value) if answer is not None else ""


def asked(key: str, groups: str = "alle gruppene") -> Transcript:
    """A fellesfeil of which all that comes before this question is answered."""
    answers = {
        "type": "fellesfeil", "affected": "alle bydeler", "since": "kl 8", "consequence": "Folk må bruke papir",
        "workaround": "skriv på papir", "next_update_at": "kl 12", "groups": groups,
    }  # fmt: skip
    talk = uss()
    talk.says("lag driftsmelding: AKS feiler")
    for _ in range(10):
        pending = talk.state.pending
        assert pending is not None
        if pending.key == key:
            return talk
        talk.says(answers[pending.key])
    raise AssertionError(talk.text())


class TestFixedBugFreeTextFilledFieldsByPosition:
    @pytest.mark.parametrize("key", ["affected", "since", "consequence", "next_update_at", "groups", "closed_text"])
    def test_no_workaround_and_the_next_update_are_what_they_say(self, key: str) -> None:
        """ "Ingen omvei ennå. Neste oppdatering kl 16" was published as the consequence."""
        talk = asked(key)
        before = {one: value(talk, one) for one in ("affected", "consequence", "closed_text")}
        talk.says("ingen omvei ennå. neste oppdatering kl 16")
        assert value(talk, "workaround") == "Det er ingen omvei ennå. Vi sier fra når vi har en."
        assert value(talk, "next_update_at") == "2026-11-23T16:00:00+01:00"
        assert {one: value(talk, one) for one in before} == before
        if key != "next_update_at":
            assert talk.state.pending is not None
            assert talk.state.pending.key == key

    @pytest.mark.parametrize(
        "said",
        ["ingenting mer", "nei ingenting mer", "Nei.", "ikkje noko meir", "hopp over", "vet ikke", "nei takk",
         "ikke noe mer enn de andre vet", "samme tekst som alle"],
    )  # fmt: skip
    def test_a_no_is_not_the_closed_group_s_text(self, said: str) -> None:
        talk = asked("closed_text")
        talk.says(said)
        talk.bot_says("Skal jeg publisere meldingen?")
        publish(talk)
        assert talk.notices[0].closed_text == ""

    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            *((said, "Det er ingen omvei ennå") for said in ("nei", "ikkje kjent", "vet ikke ennå", "hopp over")),
            ("Nei, de må vente", "de må vente"),
        ],
    )
    def test_no_workaround_has_words_of_its_own(self, said: str, shown: str) -> None:
        talk = asked("workaround")
        talk.says(said)
        fill(talk, next_update_at="kl 12", groups="SAM/IT")
        talk.bot_says(f"Hva du kan gjøre nå: {shown}")

    @pytest.mark.parametrize("said", ["nei", "ingenting", "vet ikke", "hopp over", "-"])
    @pytest.mark.parametrize(
        ("key", "why"),
        [("affected", "hvem det gjelder, ellers"), ("consequence", "hva folk ikke får gjort, ellers"),
         ("groups", "Det må du bestemme")],
    )  # fmt: skip
    def test_what_everybody_must_be_told_is_asked_again_with_the_reason(self, key: str, why: str, said: str) -> None:
        talk = asked(key)
        talk.says(said)
        if key != "groups" or is_nothing(said):
            talk.bot_says(why)
        assert value(talk, key) == ""
        assert talk.state.pending is not None
        assert talk.state.pending.key == key

    def test_the_same_on_a_card(self) -> None:
        talk = uss()
        talk.says("lag driftsmelding: AKS er nede")
        talk.submits(consequence="nei", workaround="ingen omvei ennå")
        talk.bot_says("hva folk ikke får gjort, ellers")
        assert value(talk, "consequence") == ""
        assert value(talk, "workaround").startswith("Det er ingen omvei")

    @pytest.mark.parametrize(
        ("said", "key", "expected"),
        [
            ("omvei: bruk webmail", "workaround", "bruk webmail"),
            ("omvegen er å bruke webmail", "workaround", "bruke webmail"),
            ("kontakt Kari på 22 33 44 55", "contact", "Kari på 22 33 44 55"),
            ("siden kl 9", "since", "2026-11-23T09:00:00+01:00"),
            ("gjelder alle i bydel Alna", "affected", "alle i bydel Alna"),
            ("konsekvensen er at ingen får logget på", "consequence", "ingen får logget på"),
            ("konsekvns: ingen får logget på", "consequence", "ingen får logget på"),
            ("neste oppdaterng er kl 13", "next_update_at", "2026-11-23T13:00:00+01:00"),
            ("bruk webmail imens", "workaround", "bruk webmail imens"),
        ],
    )
    @pytest.mark.parametrize("key_asked", ["affected", "next_update_at", "groups"])
    def test_a_fact_goes_where_it_belongs(self, key_asked: str, said: str, key: str, expected: str) -> None:
        talk = asked(key_asked)
        talk.says(said)
        assert value(talk, key) == expected

    @pytest.mark.parametrize("said", ["SAM/IT", "til alle gruppene", "både SAM/IT og SAM/IKT-hovedkontakter"])
    def test_a_group_is_no_advice(self, said: str) -> None:
        """ "SAM/IT" where the workaround was asked became what users were to do."""
        talk = asked("workaround")
        talk.says(said)
        assert value(talk, "groups") == ("sam_it" if said == "SAM/IT" else "all")
        assert value(talk, "workaround") == ""

    def test_what_no_line_holds_is_said(self) -> None:
        talk = asked("groups")
        talk.says("omvei: bruk papir\n\nleverandøren er varslet")
        talk.bot_says("Dette tok jeg ikke med: «leverandøren er varslet»")

    def test_at_the_preview_too(self) -> None:
        talk = asked("closed_text")
        talk.says("nei")
        talk.says("det gjelder nå også bydel Alna, og neste oppdatering er kl 15")
        talk.bot_says("Hvem det gjelder: alle bydeler. Også bydel Alna", "kl. 15.00", "Skal jeg publisere")

    def test_what_is_for_the_closed_group_is_never_part_of_another_text(self) -> None:
        for key in ("affected", "consequence", "workaround", "groups"):
            talk = asked(key, groups="SAM/IT")
            talk.says(f"lukket gruppe {CLOSED}")
            shown = {one: answer.shown for one, answer in draft(talk).answers.items() if one != "closed_text"}
            assert CLOSED not in str(shown)

    @pytest.mark.parametrize(
        "said",
        ["node 3 er tatt. konsekvens: alle nøkler må byttes", "node 3 er tatt\nkonsekvens: alle nøkler må byttes",
         "node 3 er tatt, kontakt sikkerhetsvakta på 99 88 77 66"],
    )  # fmt: skip
    def test_what_is_written_for_it_stays_with_it_whatever_words_are_in_it(self, said: str) -> None:
        talk = asked("closed_text")
        talk.says(said)
        publish(talk)
        (notice,) = talk.notices
        assert notice.closed_text == said
        assert not re.search("nøkler|sikkerhetsvakta|node", str(notice.open_version().to_json()))

    def test_nor_what_comes_after_its_name(self) -> None:
        talk = asked("groups")
        talk.says("lukket gruppe: node 3 er tatt, kontakt sikkerhetsvakta på 99 88 77 66")
        assert "sikkerhetsvakta" in value(talk, "closed_text")
        assert "sikkerhetsvakta" not in value(talk, "contact")

    @given(st.permutations(["fellesfeil: AKS er nede", "alle bydeler", "siden kl 8", "ingen får logget på",
                            "bruk papir", "neste oppdatering kl 12", "SAM/IT"]))  # fmt: skip
    @settings(max_examples=25, deadline=None)
    def test_lines_without_labels_in_any_order(self, lines: list[str]) -> None:
        head = "fellesfeil: AKS er nede"
        rest = [line for line in lines if line != head]
        talk = uss()
        talk.says("\n".join([head, *rest]))
        talk.bot_says("Skal jeg publisere meldingen?")
        wanted = {"what": "AKS er nede", "affected": "alle bydeler", "consequence": "ingen får logget på",
                  "workaround": "bruk papir", "groups": "sam_it", "since": "2026-11-23T08:00:00+01:00",
                  "next_update_at": "2026-11-23T12:00:00+01:00"}  # fmt: skip
        assert {key: value(talk, key) for key in wanted} == wanted


class TestBegunInEverydayWords:
    @pytest.mark.parametrize(
        ("said", "kind", "what"),
        [
            ("planlagt vedlikehold: AKS er nede lørdag 8-12 for alle", "vedlikehold", "AKS er nede lørdag 8-12"),
            ("Planlagt vedlikehald av Gerica lørdag kl 8-12", "vedlikehold", "Gerica lørdag"),
            ("planlagd nedetid på AKS på lørdag 8-12", "vedlikehold", "AKS på lørdag"),
            ("driftsmelding: AKS skal oppgraderes lørdag 8-12", "vedlikehold", "AKS skal oppgraderes"),
            ("vi må sende ut informasjon til alle: Teams får ny versjon", "informasjon", "Teams får ny versjon"),
            ("info til alle om at Teams får ny versjon", "informasjon", "Teams får ny versjon"),
            ("fellesfeil på AKS, ingen kommer inn siden kl 8", "fellesfeil", "AKS, ingen kommer inn"),
            ("vi har en felles feil: AKS er nede", "fellesfeil", "AKS er nede"),
            ("driftsmelding AKS er nede for alle siden kl 9", "fellesfeil", "AKS er nede for alle"),
            ("kan du lage en driftsmelding om at AKS er nede", "fellesfeil", "AKS er nede"),
            ("legg ut driftmelding om AKS som er nede", "fellesfeil", "AKS som er nede"),
        ],
    )  # fmt: skip
    def test_by_the_desk_it_is_a_notice(self, said: str, kind: str, what: str) -> None:
        talk = uss()
        talk.says(said)
        assert value(talk, "type") == kind
        assert what in value(talk, "what")

    def test_fixed_bug_planned_maintenance_became_an_order(self) -> None:
        """With its facts: when, until when, whom, no workaround, contact."""
        talk = uss()
        talk.says("planlagt vedlikehold: AKS er nede lørdag 8-12 for alle bydeler. ingen omvei. kontakt vakta")
        fill(talk, consequence="Ingen får logget på AKS", groups="SAM/IT")
        talk.bot_says(
            "Planlagt vedlikehold", "Hva skjer: AKS er nede lørdag 8-12", "Hvem det gjelder: alle bydeler",
            "Fra når: lørdag 28. november kl. 08.00", "Det er ingen omvei. Vent til arbeidet er ferdig.",
            "Neste oppdatering: lørdag 28. november kl. 12.00", "Kontakt: vakta", "Skal jeg publisere meldingen?",
        )  # fmt: skip

    @pytest.mark.parametrize("role", ["ansatt", "1linje", "forvalter"])
    def test_by_everybody_else_it_is_no_notice(self, role: str) -> None:
        talk = Transcript(person(role))
        talk.says("planlagt vedlikehold: AKS er nede lørdag 8-12 for alle bydeler")
        assert all(one.kind != "notice" for one in talk.state.drafts)

    @pytest.mark.parametrize("said", ["hva er en fellesfeil?", "er det en fellesfeil på AKS?", "driftsmeldinger"])
    def test_a_question_begins_none(self, said: str) -> None:
        talk = uss()
        talk.says(said)
        assert all(one.kind != "notice" for one in talk.state.drafts)

    def test_information_of_which_users_notice_nothing(self) -> None:
        talk = uss()
        talk.says("informasjon til alle: Teams får ny versjon mandag 30. november")
        fill(talk, affected="alle ansatte", consequence="ingen", workaround="ingenting", groups="SAM/IT")
        talk.bot_says("Konsekvens: Brukerne merker ingenting", "Du trenger ikke gjøre noe", "mandag 30. november")


@pytest.mark.parametrize("seed", range(8))
def test_badly_spelt_nynorsk_out_of_order(seed: int) -> None:
    said = ["konsekvensen er at ingen får logga på", "gjeld alle bydelar", "nest oppdatring kl 12", "omveg: bruk papir",
            "sidan kl 8", "til alle gruppene"]  # fmt: skip
    random.Random(seed).shuffle(said)
    talk = uss()
    talk.says(f"felesfeil AKS er nede. {'. '.join(said)}")
    fill(talk, closed_text="nei")
    publish(talk)
    (notice,) = talk.notices
    assert (notice.consequence, notice.affected, notice.workaround) == (
        "ingen får logga på", "alle bydelar", "bruk papir",
    )  # fmt: skip
    assert (notice.since.hour, len(notice.groups)) == (8, 2)
