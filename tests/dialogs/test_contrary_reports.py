"""Reports that contradict themselves: what is read of them may only get better, and invented hardly anything.

The figures are what is reached today, with the rules mended; the head of the data says what was right at first reading.
"""

from __future__ import annotations

import pytest

from knowledge.reading.extent import read_extent
from knowledge.reading.tried import read_tried
from tests.benchmarks.contrary import AFTERWARDS, LAST, SHAPING, WORKED_WITH, Fact, count, facts


def told(some: list[Fact]) -> str:
    return "\n".join(
        f"{one.report} {one.key}: {one.verdict}, wants {one.wanted!r}, read {one.read!r}"
        for one in some
        if one.verdict not in (None, "right")
    )


@pytest.mark.parametrize(
    ("set_", "right", "untrue"), [(SHAPING, 186, 3), (AFTERWARDS, 79, 2), (LAST, 36, 2), (WORKED_WITH, 57, 11)]
)
def test_what_is_read_only_gets_better(set_: str, right: int, untrue: int) -> None:
    some = facts(set_)
    counts = count(some)
    assert counts["right"] >= right, told(some)
    assert counts["invented"] + counts["wrong"] <= untrue, told(some)


@pytest.mark.parametrize(
    ("said", "extent"),
    [
        ("Kari får det ikke til, jeg vet ikke om det gjelder flere", None),
        ("det virker for alle unntatt henne", "user"),
        ("vi er fem som ikke får skrevet ut", "department"),
        ("the other schools have it too", "several_locations"),
        ("nå sier sjefen at hun har det samme", "department"),
        ("PC-en har samme feil", None),
    ],
)
def test_whom_it_hits(said: str, extent: str | None) -> None:
    assert read_extent(said) == extent


@pytest.mark.parametrize(
    ("said", "tried"),
    [
        ("Begynte i går. Startet pc-en på nytt to ganger", "Startet pc-en på nytt to ganger"),
        ("Lyden er borte. Nytt headset hjalp ikke", "Nytt headset hjalp ikke"),
        ("UBW is down. Nobody has tried anything.", "Nobody has tried anything"),
    ],
)
def test_what_was_tried(said: str, tried: str) -> None:
    assert read_tried(said) == tried
