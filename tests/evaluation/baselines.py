"""The usual tools on the same messages: titles and descriptions only, nothing learnt."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process
from snowballstemmer import stemmer

from knowledge.catalogue.form import Catalogue
from tests.evaluation.queries import Rank

_WORD = re.compile(r"\w+")
_STEM = stemmer("norwegian")


def baselines(catalogue: Catalogue) -> Iterator[tuple[str, Rank]]:
    """Name and ranking of each tool."""
    yield "rapidfuzz WRatio, titles", _fuzzy(catalogue, fuzz.WRatio, titles_only=True)
    yield "rapidfuzz token_set_ratio", _fuzzy(catalogue, fuzz.token_set_ratio, titles_only=False)
    yield "SQLite FTS5", _full_text(catalogue)
    yield "BM25, Norwegian stemmer", _bm25(catalogue)
    yield "char n-gram TF-IDF", _characters(catalogue)


def _fuzzy(catalogue: Catalogue, scorer: Callable[..., float], *, titles_only: bool) -> Rank:
    texts = {f.id: (f.title if titles_only else f"{f.title} {f.description}").lower() for f in catalogue}

    def rank(text: str) -> list[int]:
        return [key for _, _, key in process.extract(text.lower(), texts, scorer=scorer, limit=10)]

    return rank


def _full_text(catalogue: Catalogue) -> Rank:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE form USING fts5(title, description, tokenize='unicode61')")
    base.executemany(
        "INSERT INTO form(rowid, title, description) VALUES (?, ?, ?)",
        [(form.id, form.title, form.description) for form in catalogue],
    )

    def rank(text: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text.lower()))
        if not words:
            return []
        query = "SELECT rowid FROM form WHERE form MATCH ? ORDER BY bm25(form, 3.0, 1.0) LIMIT 10"
        return [row[0] for row in base.execute(query, (words,))]

    return rank


def _bm25(catalogue: Catalogue) -> Rank:
    documents = {
        form.id: Counter(_STEM.stemWords(_WORD.findall(f"{form.title} {form.title} {form.description}".lower())))
        for form in catalogue
    }
    lengths = {number: sum(counts.values()) for number, counts in documents.items()}
    mean = sum(lengths.values()) / max(len(lengths), 1)
    frequency = Counter(word for counts in documents.values() for word in counts)

    def rank(text: str) -> list[int]:
        scores: dict[int, float] = {}
        for word in set(_STEM.stemWords(_WORD.findall(text.lower()))):
            rarity = math.log(1.0 + (len(documents) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            for number, counts in documents.items():
                if word in counts:
                    damped = counts[word] + 1.2 * (0.25 + 0.75 * lengths[number] / mean)
                    scores[number] = scores.get(number, 0.0) + rarity * counts[word] * 2.2 / damped
        return sorted(scores, key=lambda number: -scores[number])[:10]

    return rank


def _characters(catalogue: Catalogue) -> Rank:
    counts = {form.id: _grams(f"{form.title} {form.description}") for form in catalogue}
    frequency = Counter(gram for grams in counts.values() for gram in grams)
    rarity = {gram: math.log((1 + len(counts)) / (1 + number)) + 1 for gram, number in frequency.items()}

    def unit(grams: Counter[str]) -> dict[str, float]:
        weights = {gram: count * rarity[gram] for gram, count in grams.items() if gram in rarity}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    vectors = {number: unit(grams) for number, grams in counts.items()}

    def rank(text: str) -> list[int]:
        query = unit(_grams(text))
        scores = {
            number: sum(weight * vector.get(gram, 0.0) for gram, weight in query.items())
            for number, vector in vectors.items()
        }
        return sorted(scores, key=lambda number: -scores[number])[:10]

    return rank


def _grams(text: str) -> Counter[str]:
    padded = " ".join(f" {word} " for word in _WORD.findall(text.lower()))
    return Counter(padded[start : start + size] for size in (3, 4, 5) for start in range(len(padded) - size + 1))
