"""A small chart parser: rules over words and categories, all readings of all stretches, nothing guessed twice.

The grammar is a list of rules such as `"for <length> siden|tilbake"`: bare words (alternatives parted by "|"), `<x>`
for anything of category x, "?" for optional. Positions are filled from right to left, so whatever a rule needs to its
right is there already; an item completed at a position may at once open a longer one (so left recursion is free).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count, product
from typing import NamedTuple, TypeVar

from knowledge.reading.time.lexicon import fold

Action = TypeVar("Action", bound=Callable[..., object])


_MOST_OPENED = 4096


class Item(NamedTuple):
    """One reading of tokens [start, end): its category, what it means, and how well it was spelt out."""

    category: str
    start: int
    end: int
    value: object
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` is a row of elements, each a set of words (lower case) or of categories in angle brackets."""

    pattern: tuple[frozenset[str], ...]
    gives: str
    action: Callable[..., object]
    weight: float
    rest: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    """what follows the first element: of each element the words, and the categories"""


class Rules:
    """A grammar under construction: `@rules("for <length> siden", gives="time")` adds a rule for each expansion."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def __call__(self, *patterns: str, gives: str, weight: float = 0.0) -> Callable[[Action], Action]:
        """The decorated action gets the parse's context and the values of the categories; None refuses the reading."""

        def decorate(action: Action) -> Action:
            for pattern in patterns:
                for row in expand(pattern):
                    rest = tuple(map(_words_and_categories, row[1:]))
                    self.rules.append(Rule(row, gives, action, weight, rest))
            return action

        return decorate


def expand(pattern: str) -> Iterator[tuple[frozenset[str], ...]]:
    """The rows of a pattern, one for each choice of the optional elements."""
    options: list[tuple[tuple[frozenset[str], ...], ...]] = []
    for part in pattern.split():
        optional = part.endswith("?") and part != "?"
        element = frozenset(_alternatives(part.removesuffix("?") if optional else part))
        options.append(((element,), ()) if optional else ((element,),))
    for choice in product(*options):
        row = tuple(element for group in choice for element in group)
        if row:
            yield row


def _alternatives(part: str) -> Iterable[str]:
    if part.startswith("<") and part.endswith(">"):
        return (f"<{name}>" for name in part[1:-1].split("|"))
    return (fold(word) for word in part.split("|"))


def _words_and_categories(element: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    categories = tuple(sorted(symbol for symbol in element if symbol.startswith("<")))
    return element.difference(categories), categories


class _Opening:
    """The rules that begin with one symbol, by their second element, since there most of them fail."""

    def __init__(self) -> None:
        self._whole: list[tuple[int, Rule]] = []
        self._by_second: dict[str, list[tuple[int, Rule]]] = {}

    def add(self, place: int, rule: Rule) -> None:
        """`place` is the rule's in the grammar."""
        if len(rule.pattern) == 1:
            self._whole.append((place, rule))
            return
        for symbol in rule.pattern[1]:
            self._by_second.setdefault(symbol, []).append((place, rule))

    def going_on(self, ahead: Set[str]) -> Set[str]:
        """Of the symbols ahead those that some of the rules go on with."""
        return self._by_second.keys() & ahead

    def rules(self, going_on: Set[str]) -> Sequence[Rule]:
        """Those that can go on with one of these symbols, in the order of the grammar, each once."""
        found = dict(self._whole)
        for symbol in going_on:
            found.update(self._by_second[symbol])
        return [found[place] for place in sorted(found)]


class Grammar:
    """Rules made ready: found by what they begin with. `kinds` tells which categories also count as which others."""

    def __init__(self, rules: Iterable[Rule], kinds: Mapping[str, Sequence[str]]) -> None:
        self.kinds = {category: tuple(f"<{kind}>" for kind in (category, *more)) for category, more in kinds.items()}
        self._openings: dict[str, _Opening] = {}
        # The same few things are ahead of a word again and again.
        self._opened = lru_cache(maxsize=_MOST_OPENED)(self._rules_of)
        self.words: set[str] = set()
        for place, rule in enumerate(rules):
            for symbol in rule.pattern[0]:
                self._openings.setdefault(symbol, _Opening()).add(place, rule)
            self.words.update(s for element in rule.pattern for s in element if not s.startswith("<"))

    def opened_by(self, symbol: str, ahead: Set[str]) -> Iterable[Rule]:
        """The rules that begin with the symbol and can go on with what is ahead, in the order of the grammar."""
        opening = self._openings.get(symbol)
        return () if opening is None else self._opened(symbol, frozenset(opening.going_on(ahead)))

    def _rules_of(self, symbol: str, going_on: frozenset[str]) -> Sequence[Rule]:
        return self._openings[symbol].rules(going_on)

    def parse(self, context: object, words: Sequence[str], lexical: Sequence[Sequence[Item]]) -> list[Item]:
        """All items over `words`; `lexical[i]` are the items that the lexicon gives from token i on."""
        return _Chart(self, context, words).fill(lexical)


class _Chart:
    """One parse. `_table[i]` holds what begins at token i, by symbol; `_open[i]` all symbols and the word there."""

    # No more than this many readings of one category over one stretch, unless a better one comes.
    READINGS = 6

    def __init__(self, grammar: Grammar, context: object, words: Sequence[str]) -> None:
        self._grammar = grammar
        self._context = context
        self._words = words
        self._table: list[dict[str, list[Item]]] = [{} for _ in words]
        self._open: list[set[str]] = [*({word} for word in words), set()]
        self._seen: dict[tuple[str, int], list[Item]] = {}
        self._agenda: list[tuple[float, int, Item]] = []
        self._order = count()

    def fill(self, lexical: Sequence[Sequence[Item]]) -> list[Item]:
        """Best items first at each position, so that the limit on readings cuts the poor ones."""
        everything: list[Item] = []
        for position in range(len(self._words) - 1, -1, -1):
            self._seen = {}
            for item in lexical[position]:
                self._admit(item)
            self._complete_all(self._words[position], position, position + 1, (), 0.0)
            while self._agenda:
                item = heappop(self._agenda)[2]
                everything.append(item)
                for symbol in self._symbols(item):
                    self._complete_all(symbol, position, item.end, (item.value,), item.weight)
        return everything

    def _symbols(self, item: Item) -> tuple[str, ...]:
        return self._grammar.kinds.get(item.category) or (f"<{item.category}>",)

    def _admit(self, item: Item) -> None:
        same = self._seen.setdefault((item.category, item.end), [])
        if any(other.value == item.value for other in same):
            return
        if len(same) >= self.READINGS and item.weight <= max(other.weight for other in same):
            return
        same.append(item)
        here = self._table[item.start]
        for symbol in self._symbols(item):
            here.setdefault(symbol, []).append(item)
        self._open[item.start].update(self._symbols(item))
        heappush(self._agenda, (-item.weight, next(self._order), item))

    def _complete_all(self, symbol: str, start: int, at: int, values: tuple[object, ...], weight: float) -> None:
        for rule in self._grammar.opened_by(symbol, self._open[at]):
            self._complete(rule, start, at, values, weight)

    def _complete(self, rule: Rule, start: int, at: int, values: tuple[object, ...], weight: float) -> None:
        # Depth first over the rest of the row: (element, token, values so far, weight so far).
        open_ends = [(0, at, values, weight)]
        while open_ends:
            element, token, gathered, gained = open_ends.pop()
            if element == len(rule.rest):
                value = rule.action(self._context, *gathered)
                if value is not None:
                    self._admit(Item(rule.gives, start, token, value, gained + rule.weight))
                continue
            if token >= len(self._words):
                continue
            words, categories = rule.rest[element]
            if self._words[token] in words:
                open_ends.append((element + 1, token + 1, gathered, gained))
            here = self._table[token]
            for category in categories:
                open_ends += [
                    (element + 1, item.end, (*gathered, item.value), gained + item.weight)
                    for item in here.get(category, ())
                ]
