"""What else a system is called and where it answers, out of free text."""

from __future__ import annotations

import pytest

from knowledge.systemoversikten import read_overview
from knowledge.systems import Match, SystemRegister
from tests.fake_systemoversikten.data import Row, answers, envelope, ref, system
from tests.knowledge.systemoversikten.test_joining import OPERATORS


def register(*rows: Row, programs: dict[int, tuple[str, str | None]] | None = None) -> SystemRegister:
    given = answers()
    given["systemer"] = envelope("systemer", list(rows))
    given["programvarer"] = envelope(
        "programvarer",
        [{"id": number, "navn": name, "alias": alias} for number, (name, alias) in (programs or {}).items()],
    )
    return SystemRegister(read_overview(given, OPERATORS).systems)


def aliases(line: str | None) -> tuple[str, ...]:
    (found,) = register(system(1, "Hovednavn", "DIG", alias=line))
    return found.aliases


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (None, ()),
        ("", ()),
        (" ,;\r\n ", ()),
        ("Tempo", ("Tempo",)),
        ("Timeliste, PT\r\nGatprøve", ("Timeliste", "PT", "Gatprøve", "Timeliste, PT Gatprøve")),
        ("Tempo;Fasett", ("Tempo", "Fasett", "Tempo;Fasett")),
        ("Tempo Fasett", ("Tempo Fasett", "Tempo", "Fasett")),
        ("Tempo\tFasett", ("Tempo Fasett", "Tempo", "Fasett")),
        # the words that tell nothing alone, lone letters and numbers
        ("Tempo for system x 42", ("Tempo for system x 42", "Tempo")),
        ("system for Tempo", ("Tempo",)),
        ("portal, arkiv, x, 42", ()),
        # the system's own name is no alias of it
        ("hovednavn, Tempo", ("Tempo", "hovednavn, Tempo")),
        ("Tempo, tempo, Tempo", ("Tempo", "tempo", "Tempo, tempo, Tempo")),
    ],
)
def test_the_line_is_split_and_kept(line: str | None, expected: tuple[str, ...]) -> None:
    assert aliases(line) == expected


def test_a_word_many_systems_have_tells_none_of_them_and_a_whole_name_still_does() -> None:
    rows = [system(number, f"Navn {number}", "DIG", alias=f"Prøveby del{number}") for number in (1, 2, 3)]
    found = {one.id: one.aliases for one in register(*rows)}
    assert found["1"] == ("Prøveby del1", "del1")
    two = {one.id: one.aliases for one in register(*rows[:2])}
    assert two["1"] == ("Prøveby del1", "Prøveby", "del1")


def test_an_endless_line_gives_a_limited_number() -> None:
    assert len(aliases(",".join(f"navn{number}" for number in range(500)))) == 40


def test_a_program_is_another_name_only_where_it_is_the_only_one() -> None:
    rows = [
        system(1, "Første", "DIG", programvarer=[ref("Programvare", 1), ref("Programvare", 2), ref("Programvare", 2)]),
        system(2, "Andre", "DIG", programvarer=[ref("Programvare", 1), ref("Programvare", 3)]),
    ]
    programs = {1: ("Javaprøve", None), 2: ("Stempleprøve", "klokka, Andre, system"), 3: ("Første", None)}
    found = {one.id: one.aliases for one in register(*rows, programs=programs)}
    assert found == {"1": ("Stempleprøve", "klokka"), "2": ()}


# --- hosts


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://prove.example.org/", "prove.example.org"),
        ("https://www.prove.example.org:8443/inn?x=1", "prove.example.org"),
        ("prove.example.org", "prove.example.org"),
        ("PROVE.example.org/sti", "prove.example.org"),
        ("http://[", ""),
        ("http://10.0.0.1/", ""),
        ("intranett", ""),
        ("", ""),
    ],
)
def test_a_host_is_read_out_of_an_address(url: str, host: str) -> None:
    (found,) = register(system(1, "Hovednavn", "DIG", urler=[url]))
    assert found.hosts == ((host,) if host else ())


def test_a_shared_host_names_nobody() -> None:
    first, second = register(
        system(1, "Første", "DIG", urler=["https://felles.example.org/a", "https://en.example.org"]),
        system(2, "Andre", "DIG", urler=["https://felles.example.org/b"]),
    )
    assert (first.hosts, second.hosts) == (("en.example.org",), ())


def test_a_pasted_link_names_the_system_and_the_beginning_of_its_host_does_not() -> None:
    found = register(system(1, "Hovednavn", "DIG", urler=["https://stempling.example.org/"]))
    (hit,) = found.find("får feil 500 på https://stempling.example.org/logginn?x=1 i dag")
    assert (hit.system.name, hit.match, hit.words) == ("Hovednavn", Match.ALIAS, "stempling.example.org")
    assert found.find("stempling virker ikke") == ()
