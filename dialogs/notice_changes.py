"""What an update says of the facts of a published notice: which of them it changes, and how everybody is told.

The facts in the post are what people act on, so that a new workaround stands there and not only in a line below the
old one (G 5.1.2.2). The line tells what changed; what it was before stays in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogs.case import Notice
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.items import find_item
from dialogs.notice_facts import facts_in
from dialogs.notice_message import as_sentence
from dialogs.notice_steps import FACTS, fact, is_wider, with_facts
from dialogs.notice_text import as_draft, groups_of
from dialogs.read_notice import items_for_facts, take_facts
from dialogs.state import UNKNOWN_VALUE, Draft, Line
from knowledge.notice_reach import reach_of
from knowledge.reading import read_moment

_NEXT, _CLOSED = "next_update_at", "closed_text"


@dataclass(frozen=True, slots=True)
class UpdateSaid:
    """`text`: what is new beside the facts. next_update_at: as in `Line`. refused: why some will not do, in words."""

    text: str
    closed: str | None = None
    next_update_at: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def read_update(talk: Conversation, notice: Notice, line: Line, text: str, *, first: bool) -> UpdateSaid:
    """What the message says for this line. first: it is the line's own words, and not put right afterwards.

    A line that ends the notice changes no facts, but what is for the closed group alone is found in it all the same.
    """
    now = talk.situation.now
    draft = as_draft(talk, with_facts(notice, line.changes))
    keys = {*FACTS, _NEXT, _CLOSED} if line.kind == "updated" else {_CLOSED}
    items = tuple(item for item in items_for_facts(talk, draft) if item.key in keys)
    # The words of a promise are news as well: "Leverandøren retter, ny oppdatering kl 14".
    facts = facts_in(text, items, now, kept={_NEXT} if first else ())
    if first and set(facts.said) == {_NEXT} and not (alone := facts_in(text, items, now)).rest.strip(" ."):
        facts = alone  # of the promise alone the post tells in its own words
    after, refused = take_facts(talk, draft, facts)
    why = list(refused.values())
    changes = {}
    for name in FACTS:
        if name in facts.said and name not in refused:
            value = _value(talk, notice, after, name, why)
            if value != fact(notice, name):
                changes[name] = value
    promised = ""
    if _NEXT in facts.said and _NEXT not in refused:
        promised = str(after.answers[_NEXT].value)
        if promised != UNKNOWN_VALUE and datetime.fromisoformat(promised) <= now:
            why.append(talk.text("line.next_not_understood"))
            promised = ""
    elif line.kind == "updated" and (moment := read_moment(facts.rest, now, "future")) and moment.at > now:
        promised = moment.at.isoformat()
    closed = str(after.answers[_CLOSED].value) if _CLOSED in facts.said and _CLOSED not in refused else None
    return UpdateSaid(facts.rest, closed, promised, changes, tuple(why))


def without_promise(talk: Conversation, notice: Notice, text: str) -> str:
    """The words without those of an earlier promise, which would say another time than the post."""
    items = tuple(item for item in items_for_facts(talk, as_draft(talk, notice)) if item.key == _NEXT)
    return facts_in(text, items, talk.situation.now).rest


def told_by(talk: Conversation, notice: Notice, line: Line) -> str:
    """The line's text for everybody: its own words, and each fact that it changes, in the language of the posts."""
    if not line.text and not line.changes:
        at = datetime.fromisoformat(line.next_update_at)
        return talk.case_text("line.told_next_update_at", value=show_moment(at, "nb", talk.situation.now))
    told = [line.text] if line.text else []
    after = with_facts(notice, line.changes)
    for name in FACTS:
        if name in line.changes:
            shown = show_moment(after.since, "nb", talk.situation.now) if name == "since" else line.changes[name]
            told.append(talk.case_text(f"line.told_{name}", value=shown))
    if not line.changes:
        return line.text  # as it was written, without a full stop of ours
    return " ".join(as_sentence(one) for one in told)


def labels_of_changes(talk: Conversation, notice: Notice) -> Mapping[str, str]:
    """What was changed by the newest line of a notice and how it was before, by label, in the person's language."""
    before = notice.history[-1].before
    draft = as_draft(talk, replace(with_facts(notice, before), next_update_at=None))
    items = items_for_facts(talk, draft)
    found = {}
    for name in FACTS:
        item = find_item(items, name) if name in before else None
        if item is not None:
            found[item.label.rstrip("?")] = draft.answers[name].shown
    return found


def _value(talk: Conversation, notice: Notice, after: Draft, name: str, why: list[str]) -> str:
    """The fact as `with_facts` takes it; groups are only ever added, and none that may not read what is there."""
    if name != "groups":
        value = str(after.answers[name].value)
        return value if name == "since" else capital(value)
    every = {*notice.groups, *groups_of(talk, after)}
    reach = reach_of(talk.knowledge.organisation)
    if is_wider(notice, every) and reach.shows_on_portal(every) and not reach.shows_on_portal(notice.groups):
        why.append(talk.text("line.not_opened"))
        return fact(notice, name)
    return ",".join(key for key in talk.knowledge.organisation.groups if key in every)


def capital(text: str) -> str:
    """After "oppdater D-2026-0003:" nobody begins with a capital, and it is read as a sentence of its own."""
    return text[:1].upper() + text[1:]
