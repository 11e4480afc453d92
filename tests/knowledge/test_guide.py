"""Questions about the guide are answered; faults and orders never are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import BrokenKnowledge
from knowledge.guide import MAX_WORDS, MIN_FIT, load_guide
from knowledge.organisation import LINK_NAMES
from knowledge.reading.time import begins_with_time
from knowledge.yaml_files import LANGUAGES
from tests.knowledge.guide_questions import NOT_QUESTIONS, QUESTIONS
from tests.knowledge.shipped import DATA, catalogue, glossary, guide, organisation, selfhelp


def answered(text: str) -> str | None:
    found = guide().answer(text)
    return None if found is None else found.id


@pytest.mark.parametrize(("answer_id", "question"), QUESTIONS, ids=[question for _, question in QUESTIONS])
def test_a_question_about_the_guide_gets_its_answer(answer_id: str, question: str) -> None:
    assert answered(question) == answer_id


@pytest.mark.parametrize("text", NOT_QUESTIONS)
def test_a_fault_an_order_or_small_talk_gets_no_answer_about_the_guide(text: str) -> None:
    assert answered(text) is None


def test_there_are_at_least_sixty_sentences_each_way_and_every_answer_is_asked_for() -> None:
    assert len(QUESTIONS) >= 60
    assert len(NOT_QUESTIONS) >= 60
    assert {answer_id for answer_id, _ in QUESTIONS} == {answer.id for answer in guide()}


def test_every_wording_of_the_data_files_finds_its_own_answer() -> None:
    wrong = [
        (answer.id, wording, answered(wording))
        for answer in guide()
        for wordings in answer.questions.values()
        for wording in wordings
        if answered(wording) != answer.id
    ]
    assert wrong == []


def test_no_title_or_description_of_a_form_and_no_self_help_title_gets_an_answer() -> None:
    texts = [text for form in catalogue() for text in (form.title, form.description)]
    texts += [article.title for article in selfhelp().articles]
    assert [text for text in texts if answered(text) is not None] == []


def test_hardly_any_way_to_word_a_need_gets_an_answer() -> None:
    """Of thousands of sentences that mean a form, at most two in a thousand may be taken as questions."""
    sentences: list[str] = []
    for path in sorted((DATA / "wording").glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in entries if isinstance(entries, list) else []:
            sentences += entry.get("examples", []) if isinstance(entry, dict) else [entry]
    assert len(sentences) > 3000
    taken = [sentence for sentence in sentences if answered(sentence) is not None]
    assert len(taken) <= len(sentences) * 0.002, taken


def test_small_slips_of_the_finger_are_read_through() -> None:
    assert answered("hva er åpningstidenne?") == "opening_hours"
    assert answered("hvor finner jeg driftsmelinger?") == "service_notices"
    assert answered("korleis avvisar eg ei løysning?") == "solution"


def test_a_bare_topic_counts_as_a_question_only_word_for_word() -> None:
    assert answered("Åpningstider") == "opening_hours"
    assert answered("åpningstider uss") == "opening_hours"
    assert answered("prisliste") == "price"
    assert answered("endre åpningstider") is None
    assert answered("steng") is None


def test_a_long_story_is_no_question_about_the_guide() -> None:
    question = "når er dere åpne?"
    assert answered(question) == "opening_hours"
    assert answered(f"{question} " + "for jeg står her og venter og ingenting skjer " * 4) is None
    assert len(question.split()) < MAX_WORDS


def test_how_near_a_text_comes_is_told_even_when_it_is_not_near_enough() -> None:
    near = guide().nearest("hvor finner jeg kurs i Excel for nybegynnere?")
    assert near is not None
    assert near[0].id == "courses"
    assert 0 < near[1] < MIN_FIT
    assert guide().nearest("hvordan?") is None
    assert guide().nearest("kunne zzz qqq?") is None


def test_every_answer_is_there_in_every_language_with_its_facts_filled_in() -> None:
    for answer in guide():
        assert set(answer.questions) == set(LANGUAGES)
        assert re.fullmatch(r"\d+(\.\d+)*(, \d+(\.\d+)*)*", answer.chapter), answer.id
        for language in LANGUAGES:
            text = answer.answered(language, organisation())
            assert "{" not in text
            assert text.endswith("."), text
            assert "http" not in text, "links stand beside the text, not in it"


def test_the_links_of_an_answer_are_the_organisations() -> None:
    links = {name for answer in guide() for name in answer.links}
    assert links == set(LINK_NAMES) - {"kundeportal"}
    assert all(organisation().links[name].startswith("https://") for name in links)


def test_the_hours_and_numbers_in_an_answer_are_the_organisations() -> None:
    hours, contact = guide().get("opening_hours"), guide().get("contact")
    assert hours is not None
    assert contact is not None
    assert "08.00" in hours.answered("nb", organisation())
    assert organisation().phone in contact.answered("en", organisation())
    assert guide().get("finnes_ikke") is None


@given(st.text(max_size=200))
def test_any_text_is_taken_without_harm(text: str) -> None:
    near = guide().nearest(text)
    assert near is None or 0 < near[1] <= 1 + 1e-9


def without_links(text: str) -> str:
    return re.sub(r"\{link_\w+\}", "", text)


def lix(text: str) -> float:
    """Readability index: words per sentence plus the share of words longer than six letters, in percent."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_and_explanations_are_easy_to_read(language: str) -> None:
    texts = {answer.id: answer.answer[language] for answer in guide()}
    texts |= {f"glossary: {term.key}": term.explanation[language] for term in glossary()}
    scores = {key: lix(organisation().fill(without_links(text))) for key, text in texts.items()}
    assert sum(scores.values()) / len(scores) < 35
    assert {key: score for key, score in scores.items() if score > 55} == {}


Change = Callable[[dict[str, Any]], None]


def in_first(**changes: Any) -> Change:
    def change(data: dict[str, Any]) -> None:
        first = next(iter(data["answers"].values()))
        first.update(changes)

    return change


WORD = {"nb": "a", "nn": "b", "en": "c"}
WRONG: list[tuple[str, Change, str]] = [
    ("tools.yaml", in_first(answer={"nb": "a", "nn": "b"}), "answer: en: is missing"),
    (
        "tools.yaml",
        in_first(answer=WORD | {"nb": "Ring {telefon}"}),
        "answer: nb: {telefon} is not a known placeholder",
    ),
    ("tools.yaml", in_first(links=["intranett"]), "links: intranett is not one of"),
    ("tools.yaml", in_first(farge=1), "farge: is not a key here"),
    ("tools.yaml", in_first(questions={"nb": ["x"], "nn": ["y"]}), "questions: en: is missing"),
    ("tools.yaml", in_first(questions={"nb": ["Hvordan?"], "nn": ["y"], "en": ["z"]}), "«Hvordan?» says nothing"),
    ("tools.yaml", lambda data: data["answers"].update(contact={}), "contact is already in another file"),
    ("words.yaml", lambda data: data["concepts"].update(ny=["Kompass"]), "Kompass stands under both kompass and ny"),
    ("words.yaml", lambda data: data.pop("empty"), "empty: is missing"),
    ("words.yaml", lambda data: data.update(stop=[]), "stop: is not a key here"),
]


@pytest.mark.parametrize(("name", "change", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_a_slip_in_a_file_is_told(tmp_path: Path, name: str, change: Change, told: str) -> None:
    shutil.copytree(DATA / "guide", tmp_path, dirs_exist_ok=True)
    path = tmp_path / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=re.escape(told)):
        load_guide(tmp_path)


def test_a_folder_without_answers_is_told(tmp_path: Path) -> None:
    shutil.copy(DATA / "guide" / "words.yaml", tmp_path)
    with pytest.raises(BrokenKnowledge, match="no answers here"):
        load_guide(tmp_path)


@pytest.mark.parametrize(("answer_id", "question"), QUESTIONS, ids=[question for _, question in QUESTIONS])
def test_what_is_answered_may_ask_and_so_may_it_with_more_words(answer_id: str, question: str) -> None:
    assert guide().may_ask_for({answer_id}, question, begins_with_time)
    assert guide().may_ask_for({answer_id}, f"i morgen {question}", begins_with_time)


def test_a_report_with_a_time_within_asks_for_nothing() -> None:
    """ "Går" begins questions, and stands in "siden i går": each such report was read for the day it asks about."""
    assert not guide().may_ask_for({"opening_hours"}, "AKS har vært nede siden i går", begins_with_time)
    assert guide().may_ask_for({"opening_hours"}, "i morgen er dere åpne", begins_with_time)


def test_a_bare_answer_asks_for_nothing() -> None:
    assert not guide().may_ask_for({"opening_hours"}, "nei, ikke kritisk", begins_with_time)
