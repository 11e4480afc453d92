"""The «bruk X i stedet» of descriptions: names of neighbouring forms inside a form's own text.

Read as plain text such a mention pulls the wrong form in; it says what the form is not for. So mentions are taken out
of the text that is indexed and kept as links with the sentence that tells the two forms apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.catalogue.form import Catalogue, Form

_MENTION = re.compile(r"«([^»]+)»")
_CLAUSE = re.compile(r"(?<=[.;!?])\s+|\s+–\s+(?=se\b|bruk\b|bestill\b|meld\b)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Link:
    """A form's text names a neighbour: `clause` is the part of the sentence that does."""

    target: int
    clause: str


def _key(title: str) -> str:
    return _SPACE.sub(" ", title).strip().casefold()


def links_of(catalogue: Catalogue) -> Mapping[int, tuple[Link, ...]]:
    """Form id -> the neighbours its description names by their exact title."""
    by_title = {_key(form.title): form.id for form in catalogue}
    found: dict[int, tuple[Link, ...]] = {}
    for form in catalogue:
        links = [
            Link(by_title[_key(title)], clause)
            for clause in clauses(form.description)
            for title in _MENTION.findall(clause)
            if by_title.get(_key(title), form.id) != form.id
        ]
        if links:
            found[form.id] = tuple(links)
    return found


def clauses(description: str) -> list[str]:
    """The sentences and half sentences of a description; mentions are kept whole."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match.group(0))
        return f"«{len(held) - 1}»"

    masked = _MENTION.sub(hold, description)
    return [
        _MENTION.sub(lambda match: held[int(match.group(1))], clause).strip()
        for clause in _CLAUSE.split(masked)
        if clause.strip()
    ]


def own_text(form: Form, known_titles: frozenset[str]) -> tuple[str, str]:
    """A description divided in the clauses about the form itself and those that point to another form."""
    own: list[str] = []
    elsewhere: list[str] = []
    for clause in clauses(form.description):
        points_away = any(_key(title) in known_titles for title in _MENTION.findall(clause))
        (elsewhere if points_away else own).append(clause)
    return " ".join(own), " ".join(elsewhere)


def titles_of(catalogue: Catalogue) -> frozenset[str]:
    """Every title in the spelling mentions are compared in."""
    return frozenset(_key(form.title) for form in catalogue)
