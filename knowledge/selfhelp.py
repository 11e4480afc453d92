"""Self-help articles: offered to employees before a case is written (G 3.2.1)."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.errors import BrokenKnowledge
from knowledge.matching.norwegian import STOP_WORDS, Lexicon, stem, tokens
from knowledge.yaml_files import Section, read_yaml, yaml_files

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
    """One article. `body` is its text as written; `intro`, `steps` and `outro` are the same taken apart.

    translations: (title, body) by language. A language without one reads it as it is written.
    """

    id: str
    title: str
    body: str
    related_form_ids: tuple[int, ...]
    intro: str
    steps: tuple[str, ...]
    outro: str
    translations: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """The title as a person of this language reads it."""
        return self.translations[language][0] if language in self.translations else self.title

    def body_in(self, language: str) -> str:
        """The text as a person of this language reads it."""
        return self.translations[language][1] if language in self.translations else self.body


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

    def fits(self, form_id: int, text: str) -> bool:
        """Whether the form's first article is about what was said: it is written for the form, or shares a word.

        An article may name forms whose matter it only touches; there, without a word in common, it helps nobody.
        """
        found = self.for_form(form_id)
        if not found or found[0].related_form_ids[0] == form_id:
            return bool(found)
        index = self.articles.index(found[0])
        return bool(self._stems(text) & (self._titles[index] | self._bodies[index]))

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


def load_selfhelp(path: Path, translations: Path | None = None) -> SelfHelp:
    """Read the articles (a JSON list of id, title, body, related_form_ids); raises BrokenKnowledge with the place.

    translations: a folder with one file a language, `<language>.yaml`: id -> title and body. A translation that has
    another number of steps than its article is of another version of it, and is passed over.
    """
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
    for language, file in _languages_in(translations):
        articles = _translated(articles, language, file)
    return SelfHelp(articles)


def _languages_in(directory: Path | None) -> Iterable[tuple[str, Path]]:
    return [(file.stem, file) for file in yaml_files(directory)] if directory is not None else []


def _translated(articles: list[Article], language: str, file: Path) -> list[Article]:
    root = Section(read_yaml(file), str(file))
    found = {}
    for article_id, section in root.named():
        found[article_id] = (section.text("title"), section.text("body"))
        section.done()
    fitting = {
        article.id: found[article.id]
        for article in articles
        if article.id in found and len(_taken_apart(found[article.id][1])[1]) == len(article.steps)
    }
    return [
        replace(article, translations={**article.translations, language: fitting[article.id]})
        if article.id in fitting
        else article
        for article in articles
    ]


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
    return Article(texts["id"], texts["title"], texts["body"], tuple(related), intro, steps, outro)


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
