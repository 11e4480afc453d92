"""What is a mail, and what of it is the matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.pasted_mail import read_mail

_WORDS = st.text(alphabet="abcdefgæøå", min_size=5, max_size=9)


@given(st.lists(st.sampled_from(["Fra: Kari Moe <k@x.no>", "Emne: abc", "\n", "Mvh", "> ", " Til: P", "ord", ". "])))
def test_nothing_is_made_up(pieces: list[str]) -> None:
    text = "".join(pieces)
    mail = read_mail(text)
    if mail is not None:
        told = f"{mail.matter} {mail.around} {mail.sender}".replace(":", " ").split()
        assert all(word in text for word in told)


@given(_WORDS, st.lists(_WORDS, min_size=1, max_size=5))
def test_no_word_of_the_subject_or_the_body_is_lost(subject: str, body: list[str]) -> None:
    text = f"Fra: Kari Moe <kari@x.no>\nTil: Per\nEmne: {subject}\n\n{' '.join(body)}\n\nMvh\nKari Moe\n"
    mail = read_mail(text)
    assert mail is not None
    assert mail.sender == "Kari Moe"
    assert mail.matter.split() == [f"{subject}:", *body]


def test_a_text_without_headers_is_none() -> None:
    assert read_mail("Hei, skriveren virker ikke. Mvh Ola Berg, 91112233") is None
    assert read_mail("Fra: 1. desember\nTil: 5. desember") is None
