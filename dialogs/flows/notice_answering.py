"""A message while a notice is written, read by what it says and not by what happened to be asked (G 5.1.2.2).

Facts go where they belong; what is left answers the open question. "Ingen omvei ennå. Neste oppdatering kl 16", said
where the consequence is asked, is no consequence.
"""

from __future__ import annotations

import re

from dialogs.answer_fit import TIMES
from dialogs.answer_lists import is_list, split_list, take_list
from dialogs.conversation import Conversation
from dialogs.correcting import changes_in
from dialogs.filling import Refused, parse_answer
from dialogs.flows import fill_case
from dialogs.items import DraftItem, find_item, items_of, missing_required
from dialogs.nothing_said import is_nothing
from dialogs.notice_facts import FactsSaid, facts_in, reads_as
from dialogs.notice_time import moved
from dialogs.read_notice import items_for_facts, take_facts, with_matter
from dialogs.shown_answers import lines_in_a_row
from dialogs.state import Draft

_MORE = re.compile(r"\b(?:mer|meir|more|samme|same)\b", re.IGNORECASE)


def hear(talk: Conversation, draft: Draft, asked: DraftItem | None, text: str) -> bool:
    """Take the facts that the message names; False when it names none. asked: the open question, if there is one."""
    other = moved(talk, draft, text) if asked is None or asked.type not in TIMES else None
    if other is not None:
        fill_case.say_changes(talk, draft, other, "since")
        fill_case.go_on(talk, talk.put(other), together=True)
        return True
    if _is_no_more(talk, draft, asked, text):
        text = f"{talk.text('notice.closed_text')}: {text}"
    facts = facts_in(text, items_for_facts(talk, draft), talk.situation.now)
    if asked is not None and asked.key == "closed_text" and facts.rest and not is_nothing(facts.rest):
        # Written where only the closed group is asked about: a word of everybody's in it does not make it theirs.
        if "closed_text" in facts.said:
            # Its label stands before what is that group's; what stands before the label is about something else.
            _take_beside_closed(talk, draft, facts)
            return True
        if facts.said:
            _take_closed(talk, draft, asked, text)
            return True
        return False
    if not facts.said and not _belongs_elsewhere(talk, draft, asked, text):
        return False
    after, refused = take_facts(talk, draft, facts)
    left = ""
    if facts.rest and not is_nothing(facts.rest):
        answered = None if asked is not None and asked.key in facts.said else asked
        after, left = _take_rest(talk, after, answered, facts.rest)
    fill_case.say_changes(talk, draft, after)
    items = items_of(talk, after)
    new = [item for item in items if item.key in after.answers and item.key not in draft.answers]
    if new:
        talk.say("fill.noted", noted=lines_in_a_row(talk, after, new))
    if left:
        talk.say("notice_facts.not_taken", text=left)
    fill_case.go_on(talk, talk.put(after), together=True, errors=dict(refused))
    return True


def _take_beside_closed(talk: Conversation, draft: Draft, facts: FactsSaid) -> None:
    """ "Nei, hvem det gjelder er alle. Til lukket gruppe: node 3 er borte": a correction, and that group's own text."""
    after, refused = take_facts(talk, draft, facts)
    found = changes_in(talk, after, facts.rest)
    after = after.with_answers(found.answers) if found is not None else after
    fill_case.say_changes(talk, draft, after)
    if found is None:
        talk.say("notice_facts.not_taken", text=facts.rest)
    fill_case.go_on(talk, talk.put(after), together=True, errors=dict(refused))


def _take_closed(talk: Conversation, draft: Draft, asked: DraftItem, text: str) -> None:
    answer = parse_answer(talk, draft, asked, text)
    if isinstance(answer, Refused):
        fill_case.go_on(talk, draft, errors={asked.key: answer.why})
    else:
        fill_case.go_on(talk, talk.put(draft.with_answer(asked.key, answer)))


def _take_rest(talk: Conversation, draft: Draft, asked: DraftItem | None, rest: str) -> tuple[Draft, str]:
    """What no fact holds, as the answer to what is asked, or to what is missing in order; and what is left then."""
    items = items_of(talk, draft)
    open_items = missing_required(items, draft)
    first = asked or (open_items[0] if open_items else None)
    parts = split_list(rest, items)
    if first is not None and is_list(parts, items):
        taken = take_list(talk, draft, items, first, parts)
        if taken is not None:
            return taken, ""
    by_form = find_item(open_items, reads_as(rest))
    # What is asked for the closed group alone is never put where everybody reads it.
    if by_form is not None and (asked is None or asked.key not in ("what", "closed_text", by_form.key)):
        asked = by_form
    for item in (asked, find_item(open_items, "what")):
        if item is None:
            continue
        answer = parse_answer(talk, draft, item, rest)
        if isinstance(answer, Refused):
            continue
        draft = draft.with_answer(item.key, answer)
        return (with_matter(talk, draft, rest, items) if item.key == "what" else draft), ""
    return draft, rest


def _is_no_more(talk: Conversation, draft: Draft, asked: DraftItem | None, text: str) -> bool:
    """ "Ingenting mer" answers whether the closed group is told more, also where another question stands before it."""
    open_items = missing_required(items_of(talk, draft), draft)
    another = asked is not None and asked.key != "closed_text" and find_item(open_items, "closed_text") is not None
    return another and is_nothing(text) and bool(_MORE.search(text))


def _belongs_elsewhere(talk: Conversation, draft: Draft, asked: DraftItem | None, text: str) -> bool:
    """ "Ingen får logget på" where the beginning is asked: it is the consequence, when that is still missing."""
    key = reads_as(text)
    return (
        asked is not None
        and asked.key not in ("what", "closed_text", key)
        and find_item(missing_required(items_of(talk, draft), draft), key) is not None
    )
