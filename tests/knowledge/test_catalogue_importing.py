"""A catalogue comes in whole or not at all, and a report tells what it changes (G 4.1)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Billing, Catalogue, Field, FieldType, Form, Kind
from knowledge.catalogue.importing import catalogue_to_json, compare, read_catalogue
from knowledge.errors import BrokenCatalogue
from tests.knowledge.shipped import DATA, catalogue

SAME_FILE_AGAIN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)

Write = Callable[[str, object], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes text, bytes or anything JSON to a file of this name."""

    def write_file(name: str, content: object) -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            path.write_bytes(text.encode("utf-8"))
        return path

    return write_file


def entry(**changes: Any) -> dict[str, Any]:
    """A right entry of a catalogue file, with changes."""
    return {"id": 1, "title": "Ny PC", "description": "Bestill ny PC."} | changes


def field(**changes: Any) -> dict[str, Any]:
    return {"key": "antall", "label": "Antall", "type": "number", "required": True} | changes


def problems_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(BrokenCatalogue) as caught:
        read_catalogue(path)
    return caught.value.problems


def test_the_shipped_catalogue_is_written_back_exactly_as_it_was_read() -> None:
    text = (DATA / "forms.json").read_text(encoding="utf-8")
    assert json.dumps(catalogue_to_json(catalogue()), ensure_ascii=False, indent=1) == text.rstrip("\n")


def test_a_form_keeps_everything_its_entry_said(write: Write) -> None:
    path = write(
        "forms.json",
        [
            entry(
                kind="service",
                service="Arbeidsplass",
                category="Utstyr",
                audience=["1linje", "forvalter"],
                fields=[field(), field(key="farge", type="choice", choices=["Grå", "Svart"], help="Grå er standard.")],
                billing={"fields": ["kostnadssted"], "price": "kr 100"},
                estimate_approval=True,
                route="USS",
                delivery_time="5 virkedager",
                channel="e-handel",
                channel_url="https://example.invalid/kjop",
                url="https://example.invalid/1",
            )
        ],
    )
    assert read_catalogue(path).get(1) == Form(
        id=1,
        title="Ny PC",
        description="Bestill ny PC.",
        kind=Kind.SERVICE,
        service="Arbeidsplass",
        category="Utstyr",
        audience=("1linje", "forvalter"),
        fields=(
            Field("antall", "Antall", FieldType.NUMBER, required=True),
            Field("farge", "Antall", FieldType.CHOICE, True, ("Grå", "Svart"), "Grå er standard."),
        ),
        billing=Billing(("kostnadssted",), "kr 100"),
        estimate_approval=True,
        route="USS",
        delivery_time="5 virkedager",
        channel="e-handel",
        channel_url="https://example.invalid/kjop",
        url="https://example.invalid/1",
    )


def test_a_json_lines_file_needs_only_id_title_and_description(write: Write) -> None:
    lines = "\n".join(json.dumps(entry(id=number, title=f"Skjema {number}")) for number in (3, 1, 2))
    read = read_catalogue(write("forms.jsonl", f"{lines}\n\n"))
    assert [(form.id, form.title, form.kind) for form in read] == [
        (1, "Skjema 1", None),
        (2, "Skjema 2", None),
        (3, "Skjema 3", None),
    ]


CSV_ROWS = [
    ["id", "title", "kind", "service", "category", "description", "audience", "url"],
    [
        "7",
        "Ny «PC»; rask",
        "service",
        "PC",
        "Utstyr",
        "Linje én,\nlinje to.",
        "1linje|forvalter",
        "https://example.invalid/7",
    ],
    ["8", "Feil på PC", "support", "", "", "Når PC-en ikke virker", "", ""],
]


def as_csv(delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(CSV_ROWS)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_a_csv_file_is_read_with_comma_or_semicolon_and_with_or_without_bom(
    write: Write, delimiter: str, start: bytes
) -> None:
    read = read_catalogue(write("forms.csv", start + as_csv(delimiter).encode()))
    first, second = read.get(7), read.get(8)
    assert (first.title, first.description) == ("Ny «PC»; rask", "Linje én,\nlinje to.")
    assert (first.kind, first.audience, first.url) == (
        Kind.SERVICE,
        ("1linje", "forvalter"),
        "https://example.invalid/7",
    )
    assert (second.kind, second.service, second.audience, second.url) == (Kind.SUPPORT, "", (), None)


def test_a_flattened_catalogue_has_the_forms_of_the_one_it_came_from(write: Write) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_ROWS[0])
    for form in catalogue():
        kind = form.kind.value if form.kind else ""
        cells = [form.id, form.title, kind, form.service, form.category, form.description]
        writer.writerow([*cells, "|".join(form.audience), form.url])
    read = read_catalogue(write("forms.csv", out.getvalue()))
    names = ("id", "title", "kind", "service", "category", "description", "audience", "url")
    assert [[getattr(form, name) for name in names] for form in read] == [
        [getattr(form, name) for name in names] for form in catalogue()
    ]


WRONG_ENTRIES: list[tuple[dict[str, Any] | object, str]] = [
    ("et skjema", "line 1, entry: must be an object with keys, not «et skjema»"),
    (None, "line 1, entry: must be an object with keys, not null"),
    ([], "line 1, entry: must be an object with keys, not a list"),
    (entry(id=None), "line 1, id: missing"),
    (entry(id="1"), "line 1, id: must be a whole number, not «1»"),
    (entry(id=True), "line 1, id: must be a whole number, not true"),
    (entry(id=1.0), "line 1, id: must be a whole number, not 1.0"),
    (entry(id=0), "line 1, id: must lie between 1 and 9007199254740991"),
    (entry(title=""), "line 1, form 1, title: empty"),
    (entry(title="  "), "line 1, form 1, title: empty"),
    (entry(title=None), "line 1, form 1, title: missing"),
    (entry(title=["Ny PC"]), "line 1, form 1, title: must be text, not a list"),
    (entry(title="x" * 301), "line 1, form 1, title: 301 characters; at most 300"),
    (entry(title="Ny\x00PC"), "line 1, form 1, title: holds the character U+0000, which is not text"),
    (entry(title="Ny\nPC"), "line 1, form 1, title: holds the character U+000A, which is not text"),
    (entry(title="Ny \u202ePC"), "line 1, form 1, title: holds the character U+202E, which is not text"),
    (entry(description="a\x1b[31m"), "line 1, form 1, description: holds the character U+001B, which is not text"),
    (entry(description={}), "line 1, form 1, description: must be text, not an object"),
    (entry(kind="feil"), "line 1, form 1, kind: «feil» is not one of support, service"),
    (entry(kind=1), "line 1, form 1, kind: 1 is not one of support, service"),
    (entry(audience="ansatt"), "line 1, form 1, audience: must be a list, not «ansatt»"),
    (
        entry(audience=["alle"]),
        "line 1, form 1, audience[1]: «alle» is not one of ansatt, superbruker, 1linje, forvalter, ikt-hovedkontakt",
    ),
    (entry(audience=["ansatt", "ansatt"]), "line 1, form 1, audience[2]: «ansatt» stands twice"),
    (entry(audience=[3]), "line 1, form 1, audience[1]: must be text, not 3"),
    (entry(fields={}), "line 1, form 1, fields: must be a list, not an object"),
    (entry(fields=["antall"]), "line 1, form 1, fields[1]: must be an object with keys, not «antall»"),
    (entry(fields=[field(key="")]), "line 1, form 1, fields[1].key: empty"),
    (entry(fields=[field(key="a b")]), "line 1, form 1, fields[1].key: «a b»: use letters, digits and _ only"),
    (entry(fields=[field(label=7)]), "line 1, form 1, fields[1].label: must be text, not 7"),
    (entry(fields=[field(help=7)]), "line 1, form 1, fields[1].help: must be text, not 7"),
    (entry(fields=[field(required="ja")]), "line 1, form 1, fields[1].required: must be true or false, not «ja»"),
    (entry(fields=[field(), field()]), "line 1, form 1, fields: key «antall» stands 2 times"),
    (entry(fields=[field(farge=1)]), "line 1, form 1, fields[1].farge: is not a known field"),
    (
        entry(fields=[field(type="choice")]),
        "line 1, form 1, fields[1].choices: missing; a choice needs something to choose from",
    ),
    (
        entry(fields=[field(type="choice", choices=[])]),
        "line 1, form 1, fields[1].choices: missing; a choice needs something to choose from",
    ),
    (
        entry(fields=[field(type="choice", choices=["A", "A"])]),
        "line 1, form 1, fields[1].choices[2]: «A» stands twice",
    ),
    (
        entry(fields=[field(type="choice", choices=["A\x07"])]),
        "line 1, form 1, fields[1].choices[1]: holds the character U+0007, which is not text",
    ),
    (
        entry(fields=[field(choices=["A"])]),
        "line 1, form 1, fields[1].choices: only a choice has choices, not number",
    ),
    (entry(billing=["kostnadssted"]), "line 1, form 1, billing: must be an object with keys, not a list"),
    (
        entry(billing={"fields": ["konto"]}),
        "line 1, form 1, billing.fields[1]: «konto» is not one of ressursnummer, fakturareferanse, kostnadssted",
    ),
    (
        entry(billing={"price": "kr 5"}),
        "line 1, form 1, billing.fields: missing; some of ressursnummer, fakturareferanse, kostnadssted",
    ),
    (
        entry(billing={"fields": ["kostnadssted"], "konto": 1}),
        "line 1, form 1, billing.konto: is not a known field",
    ),
    (
        entry(billing={"fields": ["kostnadssted"]}, fields=[field(key="kostnadssted")]),
        "line 1, form 1, billing.fields: «kostnadssted» is also one of the form's own fields",
    ),
    (entry(estimate_approval=1), "line 1, form 1, estimate_approval: must be true or false, not 1"),
    (entry(url="javascript:alert(1)"), "line 1, form 1, url: must be an address that begins with https:// or http://"),
    (entry(url=4), "line 1, form 1, url: must be text, not 4"),
    (
        entry(channel="e-handel"),
        "line 1, form 1, channel_url: missing; the form is ordered in «e-handel» and needs its address",
    ),
    (entry(farge="blå"), "line 1, form 1, farge: is not a known field"),
]


@pytest.mark.parametrize(("wrong", "problem"), WRONG_ENTRIES, ids=[problem for _, problem in WRONG_ENTRIES])
def test_what_is_wrong_with_an_entry_is_named_by_line_form_and_field(write: Write, wrong: object, problem: str) -> None:
    assert problems_of(write("forms.json", [wrong])) == (problem,)


@pytest.mark.parametrize("kind", ["type", "text"])
def test_a_missing_or_unknown_field_type_is_told(write: Write, kind: str) -> None:
    one = field()
    if kind == "type":
        del one["type"]
    else:
        one["type"] = "tekst"
    (problem,) = problems_of(write("forms.json", [entry(fields=[one])]))
    assert problem.startswith("line 1, form 1, fields[1].type: ")
    assert ("missing" in problem) == (kind == "type")


def test_every_problem_of_a_file_is_listed_and_nothing_is_read(write: Write) -> None:
    lines = [
        entry(id=1, kind="feil", title=""),
        entry(id=2),
        entry(id=3, audience=["alle"]),
        entry(id=2, title="To igjen"),
    ]
    path = write("forms.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n{ikke json\n")
    assert problems_of(path) == (
        "line 5: not JSON: Expecting property name enclosed in double quotes",
        "line 1, form 1, title: empty",
        "line 1, form 1, kind: «feil» is not one of support, service",
        "line 3, form 3, audience[1]: «alle» is not one of ansatt, superbruker, 1linje, forvalter, ikt-hovedkontakt",
        "line 4, form 2, id: already used on line 2",
    )


def test_a_problem_in_an_indented_json_file_names_the_line_its_entry_begins_on(write: Write) -> None:
    text = json.dumps([entry(), entry(id=2, title=""), entry(id=3, title="")], indent=1)
    lines = text.splitlines()
    assert problems_of(write("forms.json", text)) == (
        f"line {lines.index(' {', 2) + 1}, form 2, title: empty",
        f"line {lines.index(' {', 7) + 1}, form 3, title: empty",
    )


BROKEN_FILES: list[tuple[str, bytes, str]] = [
    ("forms.json", b"", "the file is empty"),
    ("forms.json", b" \n ", "the file is empty"),
    ("forms.json", b"[]", "the catalogue has no forms"),
    ("forms.json", b"{}", "line 1: must be a list of forms, beginning with ["),
    ("forms.json", b"[", "line 1: not JSON: Expecting value"),
    ("forms.json", b"[\n1 2]", "line 2: not JSON: expected , or ] after an entry"),
    ("forms.json", b"[1,]", "line 1: not JSON: Expecting value"),
    ("forms.json", b"[]\n[]", "line 2: more text after the end of the list"),
    ("forms.json", b"[NaN]", "line 1: not JSON: NaN is not a JSON value"),
    ("forms.json", b'[\n{"id": 1, "id": 2}]', "line 2: not JSON: the key «id» stands twice"),
    ("forms.json", b"[" * 100_000, "line 1: not JSON: nested too deeply"),
    ("forms.json", b'[\n"\xe6"]', "line 2: not UTF-8 (byte 3); save the file as UTF-8"),
    ("forms.csv", b"id,title\n1,Ny PC\n", "line 1: column «description» is missing"),
    (
        "forms.csv",
        b"id,title,description,farge\n",
        "line 1: unknown column «farge»; known: id, title, kind, service, category, description, audience, url",
    ),
    ("forms.csv", b"id,title,title,description\n", "line 1: column «title» stands twice"),
    ("forms.csv", b"id,title,description\n1,Ny PC\n", "line 2: 2 cells where the header has 3"),
    ("forms.csv", b'id,title,description\n1,"Ny" PC,x\n', "line 2: not CSV: ',' expected after '\"'"),
    ("forms.csv", b"id,title,description\n\nx,Ny PC,x\n", "line 3, id: must be a whole number, not «x»"),
    ("forms.csv", b"id,title,description\n", "the catalogue has no forms"),
    ("forms.xlsx", b"PK", "the file name must end with .json, .jsonl, .csv"),
]


@pytest.mark.parametrize(
    ("name", "content", "problem"), BROKEN_FILES, ids=[f"{one[0]} {one[2]}" for one in BROKEN_FILES]
)
def test_what_is_wrong_with_a_file_is_told(write: Write, name: str, content: bytes, problem: str) -> None:
    found = problems_of(write(name, content))
    assert found[0] == problem


def test_a_row_after_a_cell_of_several_lines_is_named_by_its_own_line(write: Write) -> None:
    path = write("forms.csv", 'id,title,description\n1,Ny PC,"en\nto\ntre"\nx,Feil,y\n')
    assert problems_of(path) == ("line 5, id: must be a whole number, not «x»",)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "forms.json") == ("cannot be read: No such file or directory",)


def test_a_problem_never_carries_raw_control_characters(write: Write) -> None:
    (problem,) = problems_of(write("forms.json", [entry(kind="\x1b[31m" + "x" * 100)]))
    assert problem.isprintable()
    assert len(problem) < 120


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from([*catalogue_to_json(Catalogue([Form(1, "a", "b")]))[0], "farge"])


@SAME_FILE_AGAIN
@given(changes=st.dictionaries(keys, anything, max_size=4))
@example(changes={"channel": "\x1f"})
def test_whatever_an_entry_holds_it_becomes_a_form_or_a_list_of_problems(write: Write, changes: dict[str, Any]) -> None:
    outcome: Catalogue | tuple[str, ...]
    try:
        outcome = read_catalogue(write("forms.json", json.dumps([entry(**changes)])))
    except BrokenCatalogue as broken:
        outcome = broken.problems
    assert len(outcome) >= 1
    if isinstance(outcome, Catalogue):
        assert all(form.title.strip() and form.id >= 1 for form in outcome)
    else:
        assert all(problem.startswith("line ") and problem.isprintable() for problem in outcome)


@SAME_FILE_AGAIN
@given(content=st.binary(max_size=200), suffix=st.sampled_from([".json", ".jsonl", ".csv"]))
def test_whatever_bytes_a_file_holds_it_is_refused_with_a_reason(write: Write, content: bytes, suffix: str) -> None:
    assert problems_of(write(f"forms{suffix}", content))


words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).filter(str.strip)
fields = st.builds(
    lambda key, label, kind, required, choices, help_text: Field(
        key, label, kind, required, tuple(choices) if kind is FieldType.CHOICE else (), help_text
    ),
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    words,
    st.sampled_from(FieldType),
    st.booleans(),
    st.lists(words, min_size=1, max_size=3, unique=True),
    st.none() | words,
)
forms = st.builds(
    Form,
    id=st.integers(1, 2**53 - 1),
    title=words,
    description=words,
    kind=st.none() | st.sampled_from(Kind),
    service=words | st.just(""),
    audience=st.lists(st.sampled_from(["ansatt", "1linje", "forvalter"]), unique=True).map(tuple),
    fields=st.lists(fields, max_size=3, unique_by=lambda one: one.key).map(tuple),
    billing=st.none() | st.builds(Billing, st.just(("fakturareferanse",)), st.none() | words),
    estimate_approval=st.booleans(),
    delivery_time=st.none() | words,
    url=st.none() | st.just("https://example.invalid/a"),
)


@SAME_FILE_AGAIN
@given(made=st.lists(forms, min_size=1, max_size=4, unique_by=lambda form: form.id))
def test_any_catalogue_is_written_and_read_back_the_same(write: Write, made: list[Form]) -> None:
    made = [form for form in made if not any(one.key == "fakturareferanse" for one in form.fields)]
    before = Catalogue(made or [Form(1, "a", "b")])
    after = read_catalogue(write("forms.json", catalogue_to_json(before)))
    assert after.forms == before.forms
    report = compare(before, after)
    assert (report.added, report.removed, report.changed) == ((), (), {})


def a_form(form_id: int, **changes: Any) -> Form:
    return replace(Form(form_id, f"Skjema {form_id}", "Om noe."), **changes)


def test_the_report_tells_what_was_added_removed_and_changed() -> None:
    old = Catalogue([a_form(1), a_form(2), a_form(3), a_form(4)])
    new = Catalogue([a_form(1), a_form(2, title="Nytt navn", route="2S"), a_form(4, audience=("1linje",)), a_form(9)])
    report = compare(old, new)
    assert report.added == (9,)
    assert report.removed == (3,)
    assert report.changed == {2: ("title", "route"), 4: ("audience",)}
    assert report.unchanged == 1
    assert report.warnings == ()


@pytest.mark.parametrize(("left", "warned"), [(8, False), (7, True)])
def test_a_catalogue_that_shrinks_by_more_than_a_fifth_is_warned_about(left: int, warned: bool) -> None:
    old = Catalogue(a_form(number) for number in range(1, 11))
    new = Catalogue(a_form(number) for number in range(1, left + 1))
    assert compare(old, new).warnings == ((f"the catalogue shrinks from 10 to {left} forms",) if warned else ())


def test_a_description_that_points_to_a_form_that_does_not_exist_is_warned_about() -> None:
    new = Catalogue(
        [
            a_form(1, description="Gjelder det mobil, bruk «Ny mobil». Meldingen «ingen tilgang» er noe annet."),
            a_form(2, description="Ny skjerm bestilles på «Skjerm», se «Skjema 1». Blir stående på «venter»."),
        ]
    )
    assert compare(new, new).warnings == (
        "form 1 points to «Ny mobil», but no form has that title",
        "form 2 points to «Skjerm», but no form has that title",
    )


def test_forms_of_one_title_and_forms_that_change_kind_are_warned_about() -> None:
    old = Catalogue([a_form(1, kind=Kind.SERVICE), a_form(2)])
    new = Catalogue([a_form(1, kind=Kind.SUPPORT, title="Ny PC"), a_form(2, title="Ny PC")])
    assert compare(old, new).warnings == (
        "2 forms have the title «Ny PC»: nobody can tell them apart",
        "form 1 changes kind: open drafts on it were filled in for the old kind",
    )


def test_the_shipped_catalogue_gives_no_warning() -> None:
    assert compare(catalogue(), catalogue()).warnings == ()
