"""A small chart parser: rules over words and categories, all readings of all stretches, nothing guessed twice.

The grammar is a list of rules such as `"for <length> siden|tilbake"`: bare words (alternatives parted by "|"), `<x>` for
anything of category x, "?" for optional. Positions are filled from right to left, so whatever a rule needs to its right is
there already; an item completed at a position may at once open a longer one (left recursion is therefore free).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from knowledge.reading.time.lexicon import fold


@dataclass(frozen=True, slots=True)
class Item:
    """One reading of tokens [start, end): its category, what it means, and how well it was spelt out."""

    category: str
    start: int
    end: int
    value: object
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` is a row of elements, each a set of words (lower case) or of categories in angle brackets."""

    name: str
    pattern: tuple[frozenset[str], ...]
    gives: str
    action: Callable[..., object]
    weight: float


class Rules:
    """A grammar under construction: `@rules("for <length> siden", gives="time")` adds a rule for each expansion."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def __call__(
        self, *patterns: str, gives: str, weight: float = 0.0
    ) -> Callable[[Callable[..., object]], Callable[..., object]]:
        """The decorated action gets the parse's context and the values of the categories; None refuses the reading."""

        def decorate(action: Callable[..., object]) -> Callable[..., object]:
            for pattern in patterns:
                for row in expand(pattern):
                    self.rules.append(Rule(action.__name__, row, gives, action, weight))
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


class Grammar:
    """Rules made ready: found by what they begin with. `kinds` tells which categories also count as which others."""

    # No more than this many readings of one category over one stretch; real text has one or two.
    READINGS = 4

    def __init__(self, rules: Iterable[Rule], kinds: Mapping[str, Sequence[str]]) -> None:
        self._kinds = {category: (category, *more) for category, more in kinds.items()}
        self._by_first: dict[str, list[Rule]] = {}
        self.words: set[str] = set()
        for rule in rules:
            for symbol in rule.pattern[0]:
                self._by_first.setdefault(symbol, []).append(rule)
            self.words.update(s for element in rule.pattern for s in element if not s.startswith("<"))

    def parse(self, context: object, words: Sequence[str], lexical: Sequence[Sequence[Item]]) -> list[Item]:
        """All items over `words`; `lexical[i]` are the items that the lexicon gives from token i on."""
        count = len(words)
        table: list[dict[str, list[Item]]] = [{} for _ in range(count + 1)]
        everything: list[Item] = []
        for position in range(count - 1, -1, -1):
            here = table[position]
            agenda: list[Item] = []
            seen: dict[tuple[str, int], list[Item]] = {}
            for item in lexical[position]:
                self._admit(item, here, seen, agenda)
            for rule in self._by_first.get(words[position], ()):
                self._complete(rule, position, position + 1, (), 0.0, context, words, table, here, seen, agenda)
            while agenda:
                item = agenda.pop()
                everything.append(item)
                for kind in self._kinds.get(item.category, (item.category,)):
                    for rule in self._by_first.get(f"<{kind}>", ()):
                        self._complete(
                            rule,
                            position,
                            item.end,
                            (item.value,),
                            item.weight,
                            context,
                            words,
                            table,
                            here,
                            seen,
                            agenda,
                        )
        return everything

    def _admit(
        self, item: Item, here: dict[str, list[Item]], seen: dict[tuple[str, int], list[Item]], agenda: list[Item]
    ) -> None:
        same = seen.setdefault((item.category, item.end), [])
        if len(same) >= self.READINGS or any(other.value == item.value for other in same):
            return
        same.append(item)
        for kind in self._kinds.get(item.category, (item.category,)):
            here.setdefault(f"<{kind}>", []).append(item)
        agenda.append(item)

    def _complete(
        self,
        rule: Rule,
        start: int,
        at: int,
        values: tuple[object, ...],
        weight: float,
        context: object,
        words: Sequence[str],
        table: Sequence[Mapping[str, list[Item]]],
        here: dict[str, list[Item]],
        seen: dict[tuple[str, int], list[Item]],
        agenda: list[Item],
    ) -> None:
        # Depth first over the rest of the row: (element, token, values so far, weight so far).
        open_ends = [(1, at, values, weight)]
        while open_ends:
            element, token, gathered, gained = open_ends.pop()
            if element == len(rule.pattern):
                value = rule.action(context, *gathered)
                if value is not None:
                    self._admit(Item(rule.gives, start, token, value, gained + rule.weight), here, seen, agenda)
                continue
            if token >= len(words):
                continue
            for symbol in rule.pattern[element]:
                if symbol.startswith("<"):
                    open_ends.extend(
                        (element + 1, item.end, (*gathered, item.value), gained + item.weight)
                        for item in table[token].get(symbol, ())
                    )
                elif words[token] == symbol:
                    open_ends.append((element + 1, token + 1, gathered, gained))
