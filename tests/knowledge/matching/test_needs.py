from __future__ import annotations

import pytest

from knowledge.matching.needs import parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skriveren har papirstopp. Jeg trenger nytt passord.", 2),
        ("Skriveren har papirstopp, i tillegg trenger jeg nytt passord", 2),
        ("1) ny fellespostkasse 2) fjerne tilgang til mappe", 2),
        ("- ny fellespostkasse\n- fjerne tilgang til mappe", 2),
        ("Skriveren har papirstopp. Takk!", 0),
        ("Skriveren har papirstopp", 0),
        ("Her er en setning. Og en til her. Og en tredje her. Og en fjerde her.", 0),
        ("", 0),
    ],
)
def test_a_text_is_divided_where_a_new_need_may_begin(text: str, expected: int) -> None:
    assert len(parts(text)) == expected
