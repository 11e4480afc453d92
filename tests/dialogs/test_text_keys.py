"""The keys the code asks for exist, and every value a text needs is given where it is said.

The keys are read out of the code's syntax tree: literal keys at the place of the call, and f-strings such as
`f"status_of.{case.status}"` through `_DYNAMIC`, which names every value the braces can hold.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from dialogs.case import Role, Status
from dialogs.notice_steps import FACTS
from dialogs.texts import DEFAULT_LANGUAGE, Texts, load_texts, placeholders
from knowledge.catalogue import FieldType, Kind
from knowledge.feed_targets import FeedKind
from knowledge.organisation import load_organisation

ROOT = Path(__file__).parents[2]

_NOTICE_TYPES = ("fellesfeil", "vedlikehold", "informasjon")
_NOTICE_CHANGES = ("updated", "resolved", "withdrawn")
# What the matcher may ask about, from the service desk's own file.
_FACETS: Mapping[str, Mapping[str, object]] = yaml.safe_load(
    (ROOT / "knowledge" / "data" / "facets.yaml").read_text(encoding="utf-8")
)
# What the bot tells of (bot/performing.py, bot/turns.py) and dialogs/events.py promises; the rest is "outcome.other".
_OUTCOMES = (
    "case_question", "case_solved", "case_passed_on", "inbox_new", "inbox_comment", "inbox_reopened",
    "inbox_withdrawn", "reporter_unreachable",
    "case_estimate", "case_approval", "case_accepted", "case_rejected_back", "case_reopened", "move_failed",
    "comment_failed", "attach_failed", "follower_added", "follower_removed", "follow_failed", "unfollow_failed",
    "case_attached", "case_attached_partly",
    "withdrawal_failed",
    "hand_over_failed",
    "case_registered", "case_registered_locally", "case_refused", "case_delayed", "case_commented", "case_withdrawn",
    "case_now_registered", "case_now_in_progress", "case_now_solution_proposed", "case_now_solved",
    "case_now_closed", "case_now_rejected", "case_now_withdrawn",
    "case_waits_for_person", "case_waits_for_receiver", "desk_case_refused", "desk_case_waits", "case_answered",
    "desk_catalogue_changed", "desk_catalogue_shrunk", "desk_catalogue_broken",
    "notice_other_way", "notice_published_elsewhere",
    "notice_published", "notice_failed", "notice_uncertain", "notice_posted_anew", "handed_over", "not_allowed",
    "notice_waiting", "notice_approved", "notice_sent_back", "notice_dropped", "notice_unapproved",
    "notice_nobody_to_ask", "notice_reached_all", "notice_reached_some", "notice_update_due", "notice_update_late",
    "fellesfeil_joined", "fellesfeil_updated", "fellesfeil_resolved", "fellesfeil_reminder", "fellesfeil_withdrawn",
    "fellesfeil_not_solved", "desk_link_failed", "desk_unlink_failed",
    "other",
    "line_waiting", "line_approved", "line_sent_back", "line_dropped", "line_sent", "fellesfeil_for_now",
)  # fmt: skip
# Prefix of an f-string key -> all values that can follow it.
_DYNAMIC: Mapping[str, tuple[str, ...]] = {
    "target.": tuple(FeedKind),
    "facet.": tuple(f"{facet}_{value}" for facet, values in _FACETS.items() for value in values),
    "hovedsak.comment_": (*_NOTICE_CHANGES, "for_now"),
    "item.ask_": tuple(FieldType),
    "kind.": tuple(Kind),
    "delivery.": ("published", *_NOTICE_CHANGES, "sent", "queued", "failed", "uncertain", "confirmed"),
    "notice_message.": (*_NOTICE_CHANGES, "for_now"),
    "line.told_": FACTS,
    "notice_facts.need_": ("type", "what", "affected", "consequence", "contact", "groups"),
    "notice.": (
        "what",
        "affected",
        "since",
        "consequence",
        "workaround",
        "next_update",
        "contact",
        "closed_text",
    ),
    "notice.ask_": (*_NOTICE_CHANGES, "for_now"),
    "notice.done_": _NOTICE_CHANGES,
    "notice.state_": ("planned", "active", "resolved", "for_now", "over", "withdrawn"),
    "notice.type_": _NOTICE_TYPES,
    "outcome.": _OUTCOMES,
    "outcome.suspicion_": ("raised", "grown", "again", "split"),
    "role.": tuple(Role),
    "waits.": ("nobody", "several", "no_address", "robot"),
    "split.": tuple(_FACETS),
    "followed_status.": ("solution_proposed", "withdrawn"),
    "status_of.": tuple(Status),
    "summary.open_": tuple(Kind),
    "summary.title_": tuple(Kind),
    "suspicion.": ("split", "take_out"),
    "suspicion.ask_": ("dismiss", "split", "take_out"),
}

_KEY = re.compile(r"[a-z_]+\.[a-z0-9_-]+")
_PREFIX = re.compile(r"[a-z_]+\.[a-z0-9_-]*")
# These put the organisation's facts in; `texts(...)` itself fills only what it is given.
_WITH_FACTS = frozenset({"say", "text", "case_text"})
_CALLS = {"dialogs": _WITH_FACTS | {"texts", "has"}, "bot": frozenset({"texts"})}
_NO_VALUES = frozenset({"links", "choices"})


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names a text: a whole key, or the prefix of an f-string.

    `values`: names of the values given there, or None when they cannot be seen.
    """

    name: str
    where: str
    dynamic: bool = False
    values: frozenset[str] | None = None
    with_facts: bool = False

    def possible_keys(self) -> tuple[str, ...]:
        """Every key this place can ask for."""
        if not self.dynamic:
            return (self.name,)
        return tuple(f"{self.name}{value}" for value in _DYNAMIC.get(self.name, ()))


def uses_in(source: str, where: str, calls: frozenset[str], groups: frozenset[str]) -> Iterator[Use]:
    """Keys that are arguments of a call, and keys of a known group that are on their way to one."""
    in_calls: set[int] = set()
    tree = ast.parse(source)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        called = _called(call)
        if called not in calls:
            continue
        names = [keyword.arg for keyword in call.keywords]
        values = None if None in names or called == "has" else frozenset(name for name in names if name) - _NO_VALUES
        for branch in _branches(call.args[0]):
            in_calls.update(id(part) for part in ast.walk(branch))
            name, dynamic = _name(branch)
            if name:
                yield Use(name, f"{where}:{branch.lineno}", dynamic, values, called in _WITH_FACTS)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in in_calls:
            in_calls.update(id(part) for part in node.values)
        name, dynamic = _name(node)
        pattern = _PREFIX if dynamic else _KEY
        if id(node) not in in_calls and pattern.fullmatch(name) and name.partition(".")[0] in groups:
            yield Use(name, f"{where}:{getattr(node, 'lineno', 0)}", dynamic)


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _name(node: ast.AST) -> tuple[str, bool]:
    """The string a node holds, or the constant beginning of an f-string, and whether it is the latter."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, False
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return str(node.values[0].value), True
    return "", False


@cache
def texts() -> Mapping[str, Texts]:
    return load_texts()


@cache
def facts() -> frozenset[str]:
    """Names of the organisation's facts."""
    return frozenset(load_organisation(ROOT / "knowledge" / "data" / "organisation.yaml").facts)


@cache
def uses() -> tuple[Use, ...]:
    groups = frozenset(key.partition(".")[0] for key in texts()[DEFAULT_LANGUAGE].entries)
    return tuple(
        use
        for room, calls in _CALLS.items()
        for path in sorted((ROOT / room).rglob("*.py"))
        for use in uses_in(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)), calls, groups)
    )


def test_every_key_the_code_asks_for_exists_in_every_language() -> None:
    assert len(uses()) > 150
    known = [entries.entries for entries in texts().values()]
    missing = {
        f"{key} ({use.where})"
        for use in uses()
        for key in use.possible_keys()
        if not all(key in entries for entries in known)
    }
    assert not missing


def test_the_table_of_dynamic_keys_is_that_of_the_code() -> None:
    assert {use.name for use in uses() if use.dynamic} == set(_DYNAMIC)


def test_every_value_a_text_needs_is_given_where_it_is_said() -> None:
    """Or else the engine raises MissingText in front of a user."""
    bokmaal = texts()[DEFAULT_LANGUAGE].entries
    lacking = {
        f"{key} needs {', '.join(sorted(needed))} ({use.where})"
        for use in uses()
        if use.values is not None
        for key in use.possible_keys()
        if (needed := placeholders(bokmaal.get(key, "")) - use.values - (facts() if use.with_facts else frozenset()))
    }
    assert not lacking


def test_keys_are_read_out_of_every_form_of_call() -> None:
    source = """
talk.say("a.one", name=1, links=(), choices=())
talk.text("a.two" if x else "a.three", **rest)
texts(f"a.four_{kind}", ref=2)
key, kind = ("a.five", "not a key")
other = f"a.six_{kind}"
talk.texts.has(f"a.seven_{kind}")
path.open("b.txt")
talk.say(key)
"""
    found = list(uses_in(source, "x.py", _CALLS["dialogs"], frozenset({"a"})))
    assert {(use.name, use.dynamic) for use in found} == {
        ("a.one", False),
        ("a.two", False),
        ("a.three", False),
        ("a.four_", True),
        ("a.five", False),
        ("a.six_", True),
        ("a.seven_", True),
    }
    by_name = {use.name: use for use in found}
    assert by_name["a.one"].values == frozenset({"name"})
    assert by_name["a.two"].values is None
    assert by_name["a.four_"].values == frozenset({"ref"})
    assert by_name["a.five"].values is None
    assert by_name["a.one"].with_facts
    assert not by_name["a.four_"].with_facts
