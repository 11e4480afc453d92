from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.catalogue.form import Form
from knowledge.errors import BrokenKnowledge
from knowledge.matching.facets import Facets, FormFacets, Stated, best_question, load_facets
from tests.knowledge.shipped import DATA, catalogue

FACETS = load_facets(DATA / "facets.yaml")
NOTHING = Stated({}, {})


@pytest.mark.parametrize(
    ("text", "key", "said", "denied"),
    [
        ("Outlook henger i Citrix", "platform", {"citrix"}, set()),
        ("får ikke e-post på mobilen", "platform", {"mobil"}, set()),
        ("det gjelder ikke mobil, men laptop", "platform", {"pc"}, {"mobil"}),
        ("Ikke ny postkasse, bare flytte den", "intent", {"endre"}, {"ny"}),
        ("virker ikke på mobil", "platform", {"mobil"}, set()),
        ("oppgradere i preprod", "environment", {"preprod"}, set()),
        ("trenger sikker sone", "zone", {"sikker"}, set()),
        ("hei", "zone", set(), set()),
    ],
)
def test_values_are_stated_and_denied(text: str, key: str, said: set[str], denied: set[str]) -> None:
    stated = FACETS.stated(text)
    assert stated.said.get(key, frozenset()) == said
    assert stated.denied.get(key, frozenset()) == denied


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Det ligger lokalt, ikke i Citrix, og starter ikke", "det ligger lokalt, ikke i  , og starter ikke"),
        ("det gjelder ikke mobil, men laptop", "det gjelder ikke  , men laptop"),
        ("virker ikke på mobil", "virker ikke på mobil"),
        ("finnes ikke i AKS ennå", "finnes ikke i AKS ennå"),
    ],
)
def test_what_is_denied_is_not_what_a_text_is_about(text: str, left: str) -> None:
    assert " ".join(FACETS.without_denied(text).split()) == " ".join(left.split())


def test_a_form_takes_a_facet_from_its_description_only_when_its_title_is_silent() -> None:
    form = Form(id=1, title="Utskrift fra AKS", description="Gjelder ikke mobil. Bestilles i prod.")
    facets = FACETS.of_form(form, form.description)
    assert facets["platform"] == {"citrix"}
    assert facets["environment"] == {"prod"}
    assert facets["zone"] == frozenset()


def test_text_and_form_contradict_each_other() -> None:
    forms = FormFacets(
        [
            {"platform": frozenset({"pc"}), "intent": frozenset({"ny"})},
            {"platform": frozenset({"citrix", "pc"}), "intent": frozenset()},
            {},
        ]
    )
    stated = Stated({"platform": frozenset({"citrix"})}, {"intent": frozenset({"ny"})})
    assert forms.contradictions(stated).tolist() == [2.0, 0.0, 0.0]
    assert forms.contradictions(Stated({}, {"platform": frozenset({"pc"})})).tolist() == [1.0, 0.0, 0.0]
    assert forms.contradictions(NOTHING).tolist() == [0.0, 0.0, 0.0]


def test_a_value_no_form_has_contradicts_all_that_have_another() -> None:
    forms = FormFacets([{"platform": frozenset({"pc"})}, {"platform": frozenset({"citrix"})}, {}])
    assert forms.contradictions(Stated({"platform": frozenset({"mobil"})}, {})).tolist() == [1.0, 1.0, 0.0]


PC, CITRIX = frozenset({"pc"}), frozenset({"citrix"})


def test_the_question_divides_the_candidates() -> None:
    question = best_question(
        NOTHING,
        [(1, 0.4, {"platform": PC}), (2, 0.35, {"platform": CITRIX}), (3, 0.05, {"platform": PC})],
        ("platform", "zone"),
    )
    assert question is not None
    assert question.key == "platform"
    assert question.options == (("pc", (1, 3)), ("citrix", (2,)))


@pytest.mark.parametrize(
    ("stated", "candidates"),
    [
        (NOTHING, []),
        (Stated({"platform": PC}, {}), [(1, 0.5, {"platform": PC}), (2, 0.5, {"platform": CITRIX})]),
        (NOTHING, [(1, 0.5, {"platform": PC}), (2, 0.5, {"platform": PC})]),
        (NOTHING, [(1, 0.3, {"platform": PC}), (2, 0.3, {"platform": CITRIX}), (3, 0.4, {})]),
        (NOTHING, [(1, 0.98, {"platform": PC}), (2, 0.02, {"platform": CITRIX})]),
        (NOTHING, [(1, 0.5, {"platform": PC | CITRIX}), (2, 0.5, {"platform": PC | CITRIX})]),
    ],
    ids=["no candidates", "already stated", "all alike", "too few have it", "as good as sure", "same forms for both"],
)
def test_no_question_when_none_would_help(
    stated: Stated, candidates: list[tuple[int, float, dict[str, frozenset[str]]]]
) -> None:
    assert best_question(stated, candidates, ("platform",)) is None


def test_shipped_facets_cover_the_keys_the_dialog_words() -> None:
    assert set(FACETS.keys) == {"platform", "zone", "container", "environment", "intent", "extent"}
    worded = sum(bool(FACETS.of_form(form, form.description)["intent"]) for form in catalogue())
    assert worded > len(catalogue()) / 2


@pytest.mark.parametrize("text", ["- a\n", "platform: [pc]\n", "platform: {pc: maskin}\n", "{", "\x00"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facets.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match="facets"):
        load_facets(path)


def test_an_empty_phrase_is_no_phrase() -> None:
    assert Facets({"platform": {"pc": ["", "pc"]}}).stated("ny pc").said == {"platform": PC}
