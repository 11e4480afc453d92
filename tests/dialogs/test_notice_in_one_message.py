"""A notice in one message: by labels in any order and language, or as a sentence; nothing of it is guessed away."""

from __future__ import annotations

import itertools
import random
import re
from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dialogs.engine import clean
from dialogs.state import Draft
from tests.dialogs.talking import publish
from tests.transcript import MONDAY, Transcript, person

NB = ("Hva: AKS er nede", "Hvem: alle bydeler", "Siden: kl 08.10", "Konsekvens: ingen får logget på",
      "Omvei: bruk papir", "Neste oppdatering: kl 12", "Kontakt: USS, 23 47 70 70")  # fmt: skip
NN = ("Kva: AKS er nede", "Kven: alle bydeler", "Sidan: kl 08.10", "Konsekvens: ingen får logget på",
      "Omveg: bruk papir", "Ny oppdatering: kl 12", "Kontakt: USS, 23 47 70 70")  # fmt: skip
EN = ("What: AKS er nede", "Who: alle bydeler", "Since: 08:10", "Impact: ingen får logget på", "Workaround: bruk papir",
      "Next update: 12:00", "Contact: USS, 23 47 70 70")  # fmt: skip
FULL = ("Hva som skjer: AKS er nede", "Hvem det gjelder: alle bydeler", "Fra når: kl 08.10",
        "Hva det betyr for brukerne: ingen får logget på", "Hva brukerne kan gjøre nå: bruk papir",
        "Neste oppdatering: kl 12", "Kontakt: USS, 23 47 70 70")  # fmt: skip

WANTED = {
    "what": "AKS er nede",
    "affected": "alle bydeler",
    "since": "2026-11-23T08:10:00+01:00",
    "consequence": "ingen får logget på",
    "workaround": "bruk papir",
    "next_update_at": "2026-11-23T12:00:00+01:00",
    "contact": "USS, 23 47 70 70",
}


def uss(now: datetime = MONDAY) -> Transcript:
    return Transcript(person("uss", virksomhet="UKE"), now=now)


def values(talk: Transcript) -> dict[str, object]:
    return {key: answer.value for key, answer in draft_of(talk).answers.items()}


def draft_of(talk: Transcript) -> Draft:
    draft = talk.state.draft
    assert draft is not None
    assert draft.kind == "notice"
    return draft


@pytest.mark.parametrize("begin", ["lag driftsmelding: ", "publiser fellesfeil: "])
@pytest.mark.parametrize("labelled", [NB, NN, EN, FULL], ids=["nb", "nn", "en", "full"])
@pytest.mark.parametrize("between", [". ", "\n", "; ", " "], ids=["stops", "lines", "semicolons", "blanks"])
def test_all_of_it_by_labels(begin: str, labelled: tuple[str, ...], between: str) -> None:
    talk = uss()
    talk.says(begin + between.join(labelled))
    assert values(talk) == {**WANTED, "type": "fellesfeil"}
    talk.says("SAM/IT")
    publish(talk)
    assert talk.notices[0].what == "AKS er nede"


@pytest.mark.parametrize("seed", range(12))
def test_in_any_order_whatever_was_asked(seed: int) -> None:
    labelled = [*NB, "Type: fellesfeil", "Grupper: SAM/IT"]
    random.Random(seed).shuffle(labelled)
    talk = uss()
    talk.says("lag driftsmelding")
    talk.says(". ".join(labelled))
    assert values(talk) == {**WANTED, "type": "fellesfeil", "groups": "sam_it"}
    talk.bot_says("Skal jeg publisere meldingen?")


@given(
    st.permutations(NB),
    st.lists(st.sampled_from([". ", "\n", "; ", " ", ".\n", ", "]), min_size=7, max_size=7),
    st.sampled_from(["", "lag driftsmelding: ", "publiser fellesfeil: "]),
)
@settings(max_examples=40, deadline=None)
def test_no_order_and_no_punctuation_between_them_loses_or_mixes_any(
    labelled: list[str], between: list[str], begin: str
) -> None:
    talk = uss()
    if not begin:
        talk.says("lag driftsmelding")
    talk.says(begin + "".join(itertools.chain.from_iterable(zip(labelled, between, strict=True))).rstrip(" ,;"))
    assert {key: str(values(talk).get(key)).rstrip(".") for key in WANTED} == WANTED


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_text_before_or_in_an_answer_is_lost(text: str) -> None:
    """Whatever somebody writes behind the last label stands in it, but for the ends that are trimmed."""
    assume(":" not in text)
    talk = uss()
    talk.says(f"lag driftsmelding: Hva: AKS er nede. Hvem: alle. Konsekvens: {text}")
    words = [one for one in re.findall(r"\w+", clean(text)) if one.isascii()]
    shown = " ".join(str(one) for one in values(talk).values())
    assert all(word in shown for word in words) or "consequence" not in values(talk)


def test_any_two_of_them() -> None:
    for first, second in itertools.permutations(NB, 2):
        talk = uss()
        talk.says(f"lag driftsmelding: {first}. {second}")
        keys = {key for key in values(talk) if values(talk)[key] == WANTED.get(key)}
        assert len(keys) == 2, (first, second, values(talk))


def test_what_stands_before_the_labels_is_what_happens() -> None:
    talk = uss()
    talk.says("publiser fellesfeil: AKS er nede siden kl 07. Hvem: alle bydeler. Omvei: ingen")
    assert values(talk)["since"] == "2026-11-23T07:00:00+01:00"
    talk = uss()
    talk.says("publiser fellesfeil: AKS er nede. Hvem: alle bydeler. Siden: kl 08.10")
    assert {key: values(talk).get(key) for key in ("what", "affected", "since")} == {
        key: WANTED[key] for key in ("what", "affected", "since")
    }


def test_fixed_bug_all_districts_became_all_groups() -> None:
    """ "all" in what happened chose "All groups", so that 12 000 got what was meant for few."""
    talk = uss()
    talk.says("publish notice: AKS is down for all districts")
    assert "groups" not in values(talk)


@pytest.mark.parametrize("hour", [10, 18, 22])
@pytest.mark.parametrize("how", ["sentence", "card", "card without a type", "answer"])
def test_fixed_bug_since_eight_became_tomorrow_when_no_type_was_said(hour: int, how: str) -> None:
    talk = uss(MONDAY.replace(hour=hour))
    if how == "sentence":
        talk.says("lag driftsmelding: Ting henger siden kl 08")
    else:
        talk.says("lag driftsmelding")
    if how == "card":
        talk.submits(type="fellesfeil", what="Ting henger", since="siden kl 08")
    elif how == "card without a type":
        talk.submits(what="Ting henger", since="siden kl 08")
    elif how == "answer":
        talk.says("fellesfeil")
        talk.says("Alt henger for alle på skolene siden kl 08")
        assert values(talk)["what"] == "Alt henger for alle på skolene siden kl 08"
    assert values(talk)["since"] == "2026-11-23T08:00:00+01:00"
    if "type" not in values(talk):
        talk.submits(type="fellesfeil")
        assert values(talk)["since"] == "2026-11-23T08:00:00+01:00"


def test_what_is_planned_lies_ahead() -> None:
    talk = uss()
    talk.says("publiser vedlikehold: Hva: Gerica oppgraderes. Fra: kl 08")
    assert values(talk)["since"] == "2026-11-24T08:00:00+01:00"


def test_what_is_told_to_be_down_is_assumed_to_be_a_fellesfeil_and_can_be_changed() -> None:
    talk = uss()
    talk.says("lag driftsmelding: AKS er nede for alle bydeler siden kl 08")
    talk.bot_says("Type melding: Fellesfeil")
    talk.says("endre type melding til informasjon")
    assert values(talk)["type"] == "informasjon"


def test_the_word_of_a_type_beside_the_questions_begins_no_second_notice() -> None:
    talk = uss()
    talk.says("lag driftsmelding: Ting henger for alle siden kl 08")
    talk.says("fellesfeil")
    assert len(talk.state.drafts) == 1
    assert values(talk)["type"] == "fellesfeil"


def test_what_only_the_closed_group_is_told_may_come_along_and_goes_nowhere_else() -> None:
    talk = uss()
    talk.says("publiser fellesfeil: " + ". ".join(NB) + ". Grupper: alle gruppene. Lukket gruppe: Node 3 er byttet")
    talk.bot_says("Skal jeg publisere meldingen?", "slik SAM/IKT-hovedkontakter ser den", "Node 3 er byttet")
    assert "Node 3" not in str(talk.summary.rows)
    publish(talk)
    assert talk.notices[0].closed_text == "Node 3 er byttet"
    assert "Node 3" not in str(talk.notices[0].open_version().to_json())


def test_it_is_left_out_where_no_closed_group_is_told() -> None:
    talk = uss()
    talk.says("publiser fellesfeil: " + ". ".join(NB) + ". Grupper: SAM/IT. Lukket gruppe: Node 3 er byttet")
    talk.bot_does_not_say("Node 3")
    publish(talk)
    assert "Node 3" not in str(talk.notices[0].to_json())
