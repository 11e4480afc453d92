from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.matching import load_wording
from tests.knowledge.matching.shipped import wording
from tests.knowledge.shipped import catalogue


def write(folder: Path, name: str, text: str) -> Path:
    directory = folder / "wording"
    directory.mkdir(exist_ok=True)
    (directory / name).write_text(text, encoding="utf-8")
    return directory


def test_a_form_split_over_files_is_put_together(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "- {form: 1, examples: [glemt passord], apart: [{from: 2, by: 'Det andre.'}]}\n")
    directory = write(tmp_path, "b.yaml", "- {form: 1, examples: [nytt passord, glemt passord], words: [pw]}\n")
    one = load_wording(directory).forms[1]
    assert one.examples == ("glemt passord", "nytt passord")
    assert one.words == ("pw",)
    assert one.apart == {2: "Det andre."}


def test_synonyms_beside_the_folder_and_sentences_out_of_scope(tmp_path: Path) -> None:
    directory = write(tmp_path, "out_of_scope.yaml", "- Hva er det til lunsj?\n")
    (tmp_path / "synonyms.yaml").write_text("skriver: [printer]\n", encoding="utf-8")
    said = load_wording(directory)
    assert said.out_of_scope == ("Hva er det til lunsj?",)
    assert said.synonyms == {"skriver": ("printer",)}


def test_empty_files_and_an_empty_folder_say_nothing(tmp_path: Path) -> None:
    directory = write(tmp_path, "out_of_scope.yaml", "")
    (tmp_path / "synonyms.yaml").write_text("", encoding="utf-8")
    said = load_wording(directory)
    assert (said.forms, said.synonyms, said.out_of_scope) == ({}, {}, ())


@pytest.mark.parametrize(
    "text",
    [
        "form: 1\n",
        "- just text\n",
        "- {form: one}\n",
        "- {form: 1, sentences: [a]}\n",
        "- {form: 1, examples: text}\n",
        "- {form: 1, examples: [1]}\n",
        "- {form: 1, apart: [{from: 2}]}\n",
        "- {form: 1, apart: [text]}\n",
        "- [unclosed\n",
        "\x00",
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(tmp_path: Path, text: str) -> None:
    directory = write(tmp_path, "broken.yaml", text)
    with pytest.raises(BrokenKnowledge, match=r"broken\.yaml"):
        load_wording(directory)


def test_synonyms_of_another_shape_are_refused(tmp_path: Path) -> None:
    directory = write(tmp_path, "a.yaml", "[]\n")
    (tmp_path / "synonyms.yaml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match="synonyms"):
        load_wording(directory)


def test_every_shipped_form_has_wording_and_no_other_has() -> None:
    assert set(wording().forms) == {form.id for form in catalogue()}
    assert min(len(one.examples) for one in wording().forms.values()) >= 15
    neighbours = {number for one in wording().forms.values() for number in one.apart}
    assert neighbours <= set(wording().forms)


def test_an_example_belongs_to_one_form() -> None:
    seen: dict[str, int] = {}
    shared: list[tuple[str, int, int]] = []
    for number, one in wording().forms.items():
        for example in one.examples:
            other = seen.setdefault(example.casefold(), number)
            if other != number:
                shared.append((example, other, number))
    assert shared == []
