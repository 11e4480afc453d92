"""What people type for commands and small answers, read from `phrases.yaml` (owned by the service desk)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import parse_yaml

PHRASES_FILE = Path(__file__).parent / "phrases.yaml"
ANSWER_LISTS = ("yes", "no", "yes_words", "no_words", "none_of_these", "dont_know", "later", "nothing", "me")


@dataclass(frozen=True, slots=True)
class Phrases:
    """`commands`: folded phrase -> command name. `answers`: list name -> folded phrases. `lines`: name -> item key."""

    commands: Mapping[str, str]
    answers: Mapping[str, frozenset[str]]
    lines: Mapping[str, str]


@cache
def phrases() -> Phrases:
    """The phrases of this program, read once."""
    return load_phrases(PHRASES_FILE)


def load_phrases(path: Path) -> Phrases:
    """Read a file of phrases; raises BrokenKnowledge when it is not of the shape, or a phrase means two commands."""
    try:
        data = parse_yaml(path.read_text(encoding="utf-8"))
        commands: dict[str, str] = {}
        for command, wordings in data["commands"].items():
            for wording in wordings:
                if commands.setdefault(wording, command) != command:
                    raise BrokenKnowledge(f"{path.name}: {wording!r} means both {commands[wording]} and {command}")
        lines = {name: key for key, names in data["lines"].items() for name in names}
        answers = {name: frozenset(data["answers"][name]) for name in ANSWER_LISTS}
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise BrokenKnowledge(f"{path.name}: {error!r}") from error
    return Phrases(commands, answers, lines)


def fold_phrase(text: str) -> str:
    """Small letters, single blanks, no punctuation at the ends; a lone "?" or "-" is kept, being an answer."""
    folded = " ".join(text.lower().split())
    return folded.strip(" .!?,:;…\"'«»") or folded[:1]


def is_answer(text: str, name: str) -> bool:
    """Whether the whole text is one of the phrases of this list."""
    return fold_phrase(text) in phrases().answers[name]
