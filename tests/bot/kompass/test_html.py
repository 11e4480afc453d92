"""Nothing a person writes becomes a tag, nothing readable is lost, and whatever comes back becomes plain text."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.kompass.html import MAX_TITLE, clean, description, paragraphs, title, to_text

OWN_TAGS = re.compile(r"</?(?:p|br|ul|li|strong)>")
LABELS = ("Hva dere har prøvd", "Når feilen begynte")

TEXT = st.text(st.characters(), max_size=200)
TAGGED = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<script>", "</script>", "<br/>", "&lt;", "&", "<!--", "-->", "<", ">", '"', "hei ", "\n"]
    ),
    max_size=20,
).map("".join)


@given(TEXT | TAGGED)
def test_no_sign_of_a_person_is_a_tag(text: str) -> None:
    for html in (paragraphs(text), description(text, LABELS, [(text, text)])):
        left = OWN_TAGS.sub("", html)
        assert not set(left) & set("<>\"'")
        assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#x27;)", left)


@given(TEXT | TAGGED)
def test_every_word_comes_through_and_back(text: str) -> None:
    words = clean(text).split()
    assert to_text(paragraphs(text)).split() == words or "<" not in paragraphs(text)
    assert unescape(OWN_TAGS.sub(" ", description(text, LABELS))).split() == words


@given(TEXT | TAGGED)
def test_anything_at_all_is_read_as_text(html: str) -> None:
    to_text(html)


@given(st.text(max_size=400))
def test_a_title_is_one_line_that_fits(text: str) -> None:
    cut = title(text)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_TITLE
    assert len(cut.splitlines()) <= 1
    assert title(cut) == cut


def test_a_long_title_ends_in_a_sign_that_says_so() -> None:
    assert title("å" * 140) == "å" * 140
    assert title("å" * 141) == "å" * 139 + "…"
    assert title("🙈" * 71) == "🙈" * 69 + "…"


def test_a_title_has_no_tags_even_where_a_list_would_run_them() -> None:
    assert title("<script>alert(1)</script> i\nAKS") == "‹script›alert(1)‹/script› i AKS"


def test_a_case_reads_as_words_and_then_a_list_of_answers() -> None:
    told = "Skriveren virker ikke.\nDen piper.\n\nIngen får skrevet ut: <alle>"
    text = f"{told}\n\nHva dere har prøvd: omstart\nog strøm\nNår feilen begynte: i går"
    assert description(text, LABELS, [("Referanse", "L-1")]) == (
        "<p>Skriveren virker ikke.<br>Den piper.</p>"
        "<p>Ingen får skrevet ut: &lt;alle&gt;</p>"
        "<ul>"
        "<li><strong>Hva dere har prøvd:</strong> omstart<br>og strøm</li>"
        "<li><strong>Når feilen begynte:</strong> i går</li>"
        "<li><strong>Referanse:</strong> L-1</li>"
        "</ul>"
    )


def test_a_text_without_answers_is_only_words() -> None:
    assert description("Hei: du\n\nTakk: for sist", LABELS) == "<p>Hei: du</p><p>Takk: for sist</p>"
    assert description("", ()) == ""


def test_signs_that_cannot_be_seen_are_taken_out() -> None:
    assert clean("a\x00b\r\nc\td\ud800e\u202ef") == "ab\nc\tdef"


def test_what_comes_back_is_reduced_to_lines() -> None:
    assert to_text("<p>Hei &amp; takk</p><ul><li>en</li><li>to</li></ul>") == "Hei & takk\n\nen\n\nto"
    assert to_text("<p>a<br>b</p><script>alert(1)</script><style>p{}</style>") == "a\nb"
    assert to_text("&lt;p&gt;Feilen er &amp;lt;borte&amp;gt;&lt;/p&gt;") == "Feilen er <borte>"
    assert to_text("bare tekst & mer") == "bare tekst & mer"
