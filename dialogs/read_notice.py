"""A notice read out of its first message: by the facts that it names, else as a sentence (G 5.1.2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.case import FELLESFEIL
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.filling import SINCE, Refused, parse_answer
from dialogs.items import DraftItem, find_item, items_of
from dialogs.nothing_said import is_nothing
from dialogs.notice_facts import FactsSaid, facts_in, merged, reads_as
from dialogs.notice_time import kind_of, start_ahead
from dialogs.notice_type import is_planned, kind_said
from dialogs.read_answers import fill_from_reading
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from knowledge.reading import Moment, Reading
from knowledge.reading.time.finding import find_moments

_NEVER_GUESSED = frozenset({"groups", "closed_text"})
_PLANNED = "vedlikehold"
_WORDS_OF_A_MATTER = 3
_HAPPENS = re.compile(
    r"\b(?:er|blir|vert|skal|vil|kan|må|får|fær|har|kommer|kjem|feiler|feilar|henger|heng|virker|verkar|nede|is|will|gjelder|"
    r"\w+(?:eres|ast)|oppgrader\w*|stopp\w*|flytt\w*|bytt\w*|vedlike\w*)\b",
    re.IGNORECASE,
)
_LIES_AHEAD = re.compile(r"\b(?:får|fær|kommer|kjem|skal|blir|vert|vil|will)\b", re.IGNORECASE)
_SINCE = re.compile(r"\s+(?:siden|sidan|fra|frå|since|i|på|nå|no)$", re.IGNORECASE)
_FOR_WHOM = re.compile(
    r"\bfor\s+(?P<who>(?:alle|hele|heile|ansatte|tilsette|brukere|brukarar|bydel\w*|flere|fleire)\b[^.,;:\n]*)",
    re.IGNORECASE,
)


def items_for_facts(talk: Conversation, draft: Draft) -> tuple[DraftItem, ...]:
    """The items that a message may speak of. What is for the closed group is known as that also where none is told:
    it must not be taken for a text for everybody."""
    return items_of(talk, draft.without_answer("groups"))


def read_notice(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> Draft:
    """The draft with what the message says, and with the type that the words it was begun with name."""
    said_type = kind_said(talk.said)
    item = find_item(items, "type")
    if said_type and item is not None:
        draft = draft.with_answer("type", Answer(said_type, dict(item.options)[said_type], "read"))
    if not text:
        return draft
    facts = facts_in(text, items_for_facts(talk, draft), talk.situation.now)
    if "type" not in facts.said:
        draft = _assume_type(talk, draft, items, facts.rest or text)
    draft, _ = take_facts(talk, draft, facts)
    first, *more = [line for line in facts.rest.split("\n") if line.strip() and not is_nothing(line)] or [""]
    for line in more:
        key = reads_as(line)
        if key and key not in draft.answers:
            draft = draft.with_answer(key, Answer(line.strip(), line.strip(), "read"))
        else:
            first = f"{first}\n{line}"
    return with_matter(talk, *_by_form(draft, first), items) if first else draft


def take_facts(talk: Conversation, draft: Draft, facts: FactsSaid) -> tuple[Draft, Mapping[str, str]]:
    """The draft with these facts, and why those that will not do are not among them, by item."""
    refused: dict[str, str] = {}
    # In the order of the checklist: what kind of notice it is says whether "kl. 9" has been or is to come.
    for item in items_for_facts(talk, draft):
        if item.key not in facts.said:
            continue
        words, before = facts.said[item.key], draft.answers.get(item.key)
        if item.key in facts.how:
            words = merged(before.shown if before is not None else "", words, facts.how[item.key])
        answer = parse_answer(talk, draft, item, words)
        if isinstance(answer, Refused):
            refused[item.key] = answer.why
        else:
            draft = draft.with_answer(item.key, answer)
    return draft, refused


def _by_form(draft: Draft, text: str) -> tuple[Draft, str]:
    """ "Teams får ny versjon. Ingen merker noe, alle ansatte": what a part says by its form, and what happens."""
    what, *parts = re.split(r"(?<=[^\s,.;])([,.;])\s+", text)
    for sign, part in zip(parts[::2], parts[1::2], strict=True):
        bare, key = part.strip(" ."), reads_as(part)
        # A comma joins what happens ("AKS feiler, ingen kommer inn"), and a system alone happens not.
        alone = sign == "," or len(what.split()) < _WORDS_OF_A_MATTER
        if key in draft.answers or not key or (key == "consequence" and alone):
            what = f"{what}{sign} {part}"
        else:
            draft = draft.with_answer(key, Answer(bare, bare, "read"))
    return draft, what


def with_matter(talk: Conversation, draft: Draft, text: str, items: tuple[DraftItem, ...]) -> Draft:
    """The draft with a sentence about what happens, and what it says by itself.

    Where it goes is never guessed: "all districts" are not all the groups.
    """
    reading = talk.reading(text)
    draft, _ = fill_from_reading(talk, draft, tuple(item for item in items if item.key not in _NEVER_GUESSED), reading)
    if "what" not in draft.answers:
        text = _as_sentence(talk, draft, text)
        draft = draft.with_answer("what", Answer(text, text, "read"))
    who = _FOR_WHOM.search(text)
    if who is not None and "affected" not in draft.answers:
        times = find_moments(who["who"], talk.situation.now, None)
        named = who["who"][: times[0].start] if times else who["who"]
        named = _SINCE.sub("", named.strip())
        draft = draft.with_answer("affected", Answer(named, named, "assumed"))
    return _with_times(talk, draft, text, reading)


def _as_sentence(talk: Conversation, draft: Draft, text: str) -> str:
    """ "Fellesfeil i Gerica" and "planlagt vedlikehold av AKS onsdag" name what it is about, and not what happens."""
    kind = str(draft.answers["type"].value) if "type" in draft.answers else ""
    if _HAPPENS.search(text):
        return text
    if kind == FELLESFEIL and len(text.split()) < _WORDS_OF_A_MATTER:
        return talk.text("notice_facts.fault_in", what=text)
    return talk.text("notice_facts.work_on", what=text) if kind == _PLANNED else text


def _assume_type(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> Draft:
    """What is told to be down is a fellesfeil, and what will be is planned; it stands as assumed in the preview, where
    it can be changed."""
    reading, item = talk.reading(text), find_item(items, "type")
    if "type" in draft.answers or item is None:
        return draft
    kind = ""
    ahead = find_moments(text, talk.situation.now, "future")
    if is_planned(text) and ahead and ahead[0].moment.day_said and ahead[0].moment.at > talk.situation.now:
        kind = _PLANNED
    elif reading.outage is not None and reading.kind_hint == "support" and reading.wanted_at is None:
        kind = FELLESFEIL
    return draft.with_answer("type", Answer(kind, dict(item.options)[kind], "assumed")) if kind else draft


def _with_times(talk: Conversation, draft: Draft, text: str, reading: Reading) -> Draft:
    """Since when, as the sentence says it: what is planned lies ahead, a fault has begun; for information either does.

    When planned work is over is when the next word of it is due.
    """
    now = talk.situation.now
    said_type = kind_of(draft)
    moment = start_ahead(text, said_type, now) or (reading.started_at if said_type != _PLANNED else None)
    if moment is None:
        found = find_moments(text, now, SINCE.get(said_type) or ("future" if _LIES_AHEAD.search(text) else "past"))
        moment = found[0].moment if found else None
    if moment is None or ("since" in draft.answers and draft.answers["since"].source != "read"):
        return draft
    draft = draft.with_answer("since", _shown(talk, moment))
    promised = draft.answers.get("next_update_at")
    open_still = promised is None or promised.value == UNKNOWN_VALUE
    if said_type == _PLANNED and moment.end is not None and open_still:
        draft = draft.with_answer(
            "next_update_at", replace(_shown(talk, replace(moment, at=moment.end)), source="assumed")
        )
    return draft


def _shown(talk: Conversation, moment: Moment) -> Answer:
    return Answer(moment.at.isoformat(), show_moment(moment.at, talk.state.language, talk.situation.now), "read")
