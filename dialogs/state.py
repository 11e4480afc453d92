"""The state of a conversation: plain JSON, versioned, small. Nothing else survives between two turns.

A person may have several drafts; the first in `drafts` is the one being talked about, the others wait (DESIGN 3).
`pending` is the question that is open, so that a bare "ja" or "2" is understood after a restart too.
States of an older version are upgraded on reading; a newer or damaged one raises UnreadableState, and the bot room
then starts the conversation afresh and says so, rather than guessing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import orjson

from dialogs.case import attachment_from_json
from dialogs.events import Attachment
from knowledge.errors import CaseIsFull, UnreadableState

STATE_VERSION = 1

# A conversation holds few drafts: more than this would be forgotten ones, and the person is asked to finish one first.
MAX_DRAFTS = 5
MAX_CASE_TEXT = 30_000
"""So many characters of a person's own words are in one case: every turn reads them all, and they are kept."""

# Open questions whose answer is for somebody else: it is passed on in the words it was written in.
TO_OTHERS = frozenset({"comment", "addressee", "reject", "escalate", "inbox_ask", "inbox_solve", "reopen"})

# A file came where a comment was waited for: what is written next may be that comment.
WITH_A_FILE = "said_with_file"

# Open questions that files, or a comment, wait for the answer of.
HOLD_A_COMMENT = frozenset({"addressee", "attach_where", "edited", "about_sent"})
HOLD_FILES = frozenset(
    {
        "describe_any",
        "describe_support",
        "describe_service",
        "attach",
        "attach_where",
        "which_case",
        "about_sent",
        *TO_OTHERS,
    }
)

# Kept as the answer where there is none, and where a file comes later.
UNKNOWN_VALUE = "ukjent"
LATER_VALUE = "ettersendes"

STAGES = ("choose", "right", "self_help", "fill", "confirm")
DRAFT_KINDS = ("support", "service", "notice")


@dataclass(frozen=True, slots=True)
class SaidTime:
    """How a time was said. words: what was said, when it is only about right; else empty."""

    with_time: bool
    words: str = ""
    estimate: bool = False
    clock_alone: bool = False
    """no day was said with it"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `value` is JSON (text, number, bool, ISO time, list); `shown` is how people read it.

    source: "read" (out of free text), "said" (typed answer), "card", "profile", "assumed" or "default". What was read
    or assumed is shown in the summary for correction, like everything else.
    """

    value: Any
    shown: str
    source: str = "said"
    time: SaidTime | None = None
    """how a time was said, so that it can be shown again in another language"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A case or a notice on its way."""

    id: str
    kind: str
    stage: str
    text: str
    """the person's own words so far, after the privacy guard"""
    created_at: str
    updated_at: str
    form_id: int | None = None
    candidates: tuple[int, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    """item keys in the order they were asked, for going back"""
    skipped: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    rounds: int = 0
    """how many messages have come while the form was still to be chosen"""
    environments: tuple[str, ...] = ()
    """one case for each of these is opened (G 5.1.5), when there are several"""
    critical: bool | None = None
    """None: not suspected; True: suspected or confirmed; False: denied"""
    replaces: str | None = None
    """the reporter's own case on the wrong form that this one takes the place of (G 4.1), or the notice of USS that was
    sent back and is submitted again"""
    passes_on: str | None = None
    """the ref of the case in 1.linje's inbox that this draft passes on"""
    fellesfeil: str = ""
    """the notice that the person says this belongs to"""
    suspicion: str = ""
    """the suspicion that a notice confirms"""
    advised: bool = False
    """what to do about a password given away has been said"""
    phone_told: bool = False
    """the number to call about a critical fault has been told"""
    refused: tuple[int, ...] = ()
    """forms the person has said no to: they are not offered again, see `refused_forms`"""
    corrected: tuple[str, ...] = ()
    """item keys whose answer took the place of another one: the words of the report may say otherwise"""

    def with_answer(self, key: str, answer: Answer) -> Draft:
        """The draft with this answer; a skipped item is no longer skipped, and "critical" is settled by its answer."""
        return self.with_answers({key: answer})

    def with_answers(self, answers: Mapping[str, Answer]) -> Draft:
        """The draft with all these answers, in this order; see `with_answer`."""
        if not answers:
            return self
        critical = answers.get("critical")
        changed = (key for key, answer in answers.items() if self._is_told_otherwise(key, answer))
        return replace(
            self,
            critical=self.critical if critical is None else critical.value is True,
            answers={**self.answers, **answers},
            # Who names one environment wants no case for each of several any more (G 5.1.5).
            environments=() if "miljo" in answers else self.environments,
            corrected=tuple(dict.fromkeys((*self.corrected, *changed))),
            skipped=tuple(one for one in self.skipped if one not in answers),
        )

    def _is_told_otherwise(self, key: str, answer: Answer) -> bool:
        known = self.answers.get(key)
        return known is not None and known.source != "assumed" and known.value != answer.value

    def with_more(self, text: str) -> Draft:
        """The draft with more said about the matter; raises CaseIsFull when that is more than `MAX_CASE_TEXT`."""
        text = f"{self.text}\n{text}"
        if len(text) > MAX_CASE_TEXT:
            raise CaseIsFull(f"{len(text)} characters")
        return replace(self, text=text)

    def without_answer(self, key: str) -> Draft:
        """The draft as if the item had never been answered or skipped."""
        return replace(
            self,
            answers={one: answer for one, answer in self.answers.items() if one != key},
            corrected=tuple(dict.fromkeys((*self.corrected, key))) if key in self.answers else self.corrected,
            skipped=tuple(one for one in self.skipped if one != key),
        )


@dataclass(frozen=True, slots=True)
class Pending:
    """The open question. kind: one that `engine` answers; key: the item asked, if any; options: choice ids."""

    kind: str
    key: str = ""
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A need that waits while it is asked whether it is a known fault: `refs`, the notice being asked about first.

    kind: what the person has said it is ("support" or "service"), or empty.
    """

    text: str
    kind: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a notice's history while it is written: for everybody, and for the closed groups alone.

    next_update_at: ISO, `UNKNOWN_VALUE` when nothing is promised, empty while it is not said. seen: when the notice was
    last changed before the line was shown. changes: the facts of the notice that it changes, by name, as `notice_steps`
    takes them.
    """

    ref: str
    kind: str
    text: str
    closed: str = ""
    next_update_at: str = ""
    seen: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """Everything the conversation remembers."""

    language: str = "nb"
    language_chosen: bool = False
    """whether the person asked for it: then what is written in another one does not change it"""
    drafts: tuple[Draft, ...] = ()
    pending: Pending | None = None
    said_role: str = ""
    said_virksomhet: str = ""
    last_case: str = ""
    """ref of the case last opened or looked at here, for "angre" and "kommentar" """
    queued_needs: tuple[str, ...] = ()
    """further needs named in one message, taken one after the other"""
    said_beside: Mapping[str, str] = field(default_factory=dict)
    """by the words of a need that waits, what the message told besides; it goes into the case, not into the search"""
    draft_count: int = 0
    misses: int = 0
    """how many messages in a row were not understood; after the second a person is offered"""
    greeted: bool = False
    unclear: str = ""
    """what was said last and not understood; it goes with what makes it plain"""
    files: tuple[Attachment, ...] = ()
    """files sent before there was a draft to put them on"""
    line: Line | None = None
    """the line of a notice that is not whole yet"""
    held: Held | None = None
    """what was told, while it is asked whether it is a known fault"""
    comment: str = ""
    """the words of a comment while it is asked whom it is for, or which case; gone with that question"""
    unsure: str = ""
    """a message while it is asked whether it is the answer or a correction; gone with that question"""

    @property
    def draft(self) -> Draft | None:
        """The draft being talked about."""
        return self.drafts[0] if self.drafts else None

    def with_draft(self, draft: Draft) -> State:
        """The state with this version of the draft; it becomes the one being talked about."""
        others = tuple(one for one in self.drafts if one.id != draft.id)
        return replace(self, drafts=(draft, *others))

    def without_stale_words(self) -> State:
        """The state without words that waited for the answer to a question that is open no more."""
        kind = self.pending.kind if self.pending is not None else ""
        comment = self.comment if kind in HOLD_A_COMMENT else ""
        waiting = {*self.queued_needs, self.held.text if self.held is not None else ""}
        beside = {need: told for need, told in self.said_beside.items() if need in waiting}
        return replace(self, comment=comment, unsure=self.unsure if kind == "meant" else "", said_beside=beside)

    def without_draft(self, draft_id: str) -> State:
        """The state after the draft has been sent or cancelled."""
        return replace(self, drafts=tuple(one for one in self.drafts if one.id != draft_id), pending=None)


_FIELDS = tuple(one.name for one in fields(State))


def state_to_text(state: State) -> str:
    """JSON with its version: of every value its fields by name."""
    return orjson.dumps({"version": STATE_VERSION, **{name: getattr(state, name) for name in _FIELDS}}).decode()


def state_from_json(data: object) -> State:
    """The inverse of `state_to_text`, of the JSON read; upgrades older versions; raises UnreadableState."""
    if not isinstance(data, dict):
        raise UnreadableState("a state must be a JSON object")
    version = data.get("version")
    if not isinstance(version, int) or version > STATE_VERSION or version < 1:
        raise UnreadableState(f"state version {version!r} is unknown to this program")
    for step in range(version, STATE_VERSION):
        data = _UPGRADES[step](data)
    try:
        return State(
            language=_text(data["language"]),
            language_chosen=bool(data.get("language_chosen")),
            drafts=tuple(_draft(one) for one in data["drafts"]),
            pending=_pending(data["pending"]),
            said_role=_text(data["said_role"]),
            said_virksomhet=_text(data["said_virksomhet"]),
            last_case=_text(data["last_case"]),
            queued_needs=_texts(data["queued_needs"]),
            said_beside={key: _text(one) for key, one in data.get("said_beside", {}).items()},
            draft_count=int(data["draft_count"]),
            misses=int(data["misses"]),
            greeted=bool(data["greeted"]),
            unclear=_text(data["unclear"]),
            files=tuple(attachment_from_json(one) for one in data["files"]),
            held=_held(data.get("held")),
            line=_line(data.get("line")),
            comment=_text(data.get("comment", "")),
            unsure=_text(data.get("unsure", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableState(f"a stored state is damaged: {error!r}") from error


# Upgrade steps by the version they start from. Version 1 is the first.
_UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def _draft(data: Mapping[str, Any]) -> Draft:
    if data["kind"] not in DRAFT_KINDS or data["stage"] not in STAGES:
        raise ValueError(f"unknown kind or stage of a draft: {data['kind']}/{data['stage']}")
    return Draft(
        id=_text(data["id"]),
        kind=data["kind"],
        stage=data["stage"],
        text=_text(data["text"]),
        created_at=_text(data["created_at"]),
        updated_at=_text(data["updated_at"]),
        form_id=None if data["form_id"] is None else int(data["form_id"]),
        candidates=tuple(int(one) for one in data["candidates"]),
        answers={
            key: Answer(one["value"], _text(one["shown"]), _text(one["source"]), _said_time(one.get("time")))
            for key, one in data["answers"].items()
        },
        asked=_texts(data["asked"]),
        skipped=_texts(data["skipped"]),
        attachments=tuple(attachment_from_json(one) for one in data["attachments"]),
        rounds=int(data["rounds"]),
        environments=_texts(data["environments"]),
        critical=None if data["critical"] is None else bool(data["critical"]),
        replaces=None if data["replaces"] is None else _text(data["replaces"]),
        fellesfeil=_text(data.get("fellesfeil", "")),
        suspicion=_text(data.get("suspicion", "")),
        advised=bool(data.get("advised", False)),
        phone_told=bool(data.get("phone_told", False)),
        refused=tuple(int(one) for one in data.get("refused", [])),
        corrected=_texts(data.get("corrected", [])),
        passes_on=None if data.get("passes_on") is None else _text(data["passes_on"]),
    )


def _said_time(data: Mapping[str, Any] | None) -> SaidTime | None:
    if data is None:
        return None
    clock_alone = bool(data.get("clock_alone", False))
    return SaidTime(bool(data["with_time"]), _text(data["words"]), bool(data["estimate"]), clock_alone)


def _held(data: Mapping[str, Any] | None) -> Held | None:
    return None if data is None else Held(_text(data["text"]), _text(data["kind"]), _texts(data["refs"]))


def _line(data: Mapping[str, Any] | None) -> Line | None:
    if data is None:
        return None
    changes = {key: _text(one) for key, one in data.get("changes", {}).items()}
    return Line(**{key: _text(one) for key, one in data.items() if key != "changes"}, changes=changes)


def _pending(data: Mapping[str, Any] | None) -> Pending | None:
    if data is None:
        return None
    return Pending(_text(data["kind"]), _text(data["key"]), _texts(data["options"]), _texts(data["labels"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {type(value).__name__}")
    return value


def _texts(values: list[object]) -> tuple[str, ...]:
    return tuple(_text(one) for one in values)
