"""Self-help articles: offered to employees before a case is written (G 3.2.1)."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import BrokenKnowledge
from knowledge.matching.norwegian import STOP_WORDS, Lexicon, stem, tokens

MIN_FIT = 0.42
"""How well an article must fit what was said to be offered unasked; see `SelfHelp.find`."""
_BODY_WEIGHT = 0.45  # a word in the text of an article tells less of what it is about than one in its title
_SAYS_LITTLE = frozenset(
    stem(word)
    for word in tokens(
        "virke virker virket feil melde problem ny nytt nye starter henger treg sak vise vises kontakte noe slik egen"
        " finner finne kobler får fått skal lage lager kommer bruke verkar verke problemer helg god ikke"
    )
)
"""Stems that half of all reports have: alone they point to no article."""
_STEP = re.compile(r"^\s*\d{1,2}[.)]\s+(.+)$")


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `body` is its text as written; `intro`, `steps` and `outro` are the same taken apart."""

    id: str
    title: str
    body: str
    related_form_ids: tuple[int, ...]
    intro: str
    steps: tuple[str, ...]
    outro: str


class SelfHelp:
    """All articles, found by form or by what a person says. Immutable."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles: tuple[Article, ...] = tuple(articles)
        words = {word for article in self.articles for word in tokens(f"{article.title} {article.body}")}
        self._lexicon = Lexicon(words)
        self._titles = [self._stems(article.title) for article in self.articles]
        self._bodies = [self._stems(article.body) for article in self.articles]
        counts = Counter(one for title, body in zip(self._titles, self._bodies, strict=True) for one in title | body)
        self._weights = {one: math.log(1 + len(self.articles) / count) for one, count in counts.items()}
        self._rarest = math.log(1 + len(self.articles))

    def get(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        return next((article for article in self.articles if article.id == article_id), None)

    def for_form(self, form_id: int) -> tuple[Article, ...]:
        """The articles about a form's matter, the one that names the form earliest first."""
        found = [article for article in self.articles if form_id in article.related_form_ids]
        return tuple(sorted(found, key=lambda article: article.related_form_ids.index(form_id)))

    def find(self, text: str, limit: int = 3) -> tuple[Article, ...]:
        """The articles about what was said, best first; () when none fits well.

        An article fits by the share of what was said that it is about and the share of its title that was said (their
        harmonic mean, so that neither alone is enough), each stem weighed by how few articles have it.
        """
        said = self._stems(text)
        if not said:
            return ()
        scored = []
        for index, article in enumerate(self.articles):
            title = self._titles[index]
            if len(said & title) < min(2, len(said)):
                continue  # one word in common, such as a system's name, says nothing of what is wrong with it
            about = self._weight(said & title) + _BODY_WEIGHT * self._weight(said & self._bodies[index] - title)
            of_said, of_title = about / self._weight(said), self._weight(said & title) / self._weight(title)
            fit = 2 * of_said * of_title / (of_said + of_title)
            if fit >= MIN_FIT:
                scored.append((-fit, index, article))
        return tuple(article for _, _, article in sorted(scored)[:limit])

    def _weight(self, stems: frozenset[str]) -> float:
        return sum(self._weights.get(one, self._rarest) for one in stems)

    def _stems(self, text: str) -> frozenset[str]:
        found = {one for word in tokens(text) if word not in STOP_WORDS for one in self._lexicon.read(word)}
        return frozenset(found - _SAYS_LITTLE)


def load_selfhelp(path: Path) -> SelfHelp:
    """Read the articles (a JSON list of id, title, body, related_form_ids); raises BrokenKnowledge with the place."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BrokenKnowledge(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BrokenKnowledge(f"{path}: not JSON in UTF-8: {error}") from error
    if not isinstance(data, list):
        raise BrokenKnowledge(f"{path}: must be a list of articles")
    articles = [_article(entry, f"{path}: article {number}") for number, entry in enumerate(data, start=1)]
    ids = [article.id for article in articles]
    for article_id in ids:
        if ids.count(article_id) > 1:
            raise BrokenKnowledge(f"{path}: id {article_id} stands twice")
    return SelfHelp(articles)


def _article(entry: object, where: str) -> Article:
    if not isinstance(entry, dict):
        raise BrokenKnowledge(f"{where}: must be an object with keys")
    texts = {}
    for key in ("id", "title", "body"):
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            raise BrokenKnowledge(f"{where}: {key}: must be text")
        texts[key] = value
    related = entry.get("related_form_ids", [])
    if not isinstance(related, list) or not all(type(one) is int for one in related):
        raise BrokenKnowledge(f"{where}: related_form_ids: must be a list of whole numbers")
    intro, steps, outro = _taken_apart(texts["body"])
    return Article(**texts, related_form_ids=tuple(related), intro=intro, steps=steps, outro=outro)


def _taken_apart(body: str) -> tuple[str, tuple[str, ...], str]:
    """Intro, numbered steps, and what follows the last step."""
    intro: list[str] = []
    steps: list[str] = []
    outro: list[str] = []
    for line in body.splitlines():
        step = _STEP.match(line)
        if step is not None:
            # a sentence between two steps belongs to the step before it
            if outro:
                steps[-1] = " ".join([steps[-1], *outro])
                outro.clear()
            steps.append(step[1].strip())
        elif line.strip():
            (outro if steps else intro).append(line.strip())
    return " ".join(intro), tuple(steps), " ".join(outro)
