"""A typed answer to the open question: one message may answer several, or change what was said before (DESIGN 3)."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.answer_fit import figure_and_rest
from dialogs.answer_lists import is_list, split_list, take_list
from dialogs.choosing import opening_yes_or_no, yes_or_no
from dialogs.comma_answers import Taken, take_commas
from dialogs.conversation import Conversation
from dialogs.correcting import Correction, changes_in, correction_in
from dialogs.filling import Refused, parse_answer
from dialogs.flows import fill_case, notice_answering, switching
from dialogs.items import DraftItem, find_item, items_of, missing_required
from dialogs.named_lines import labelled, refused_by_name
from dialogs.no_value import after_a_denial, and_a_question, begins_to_ask, takes_few_words
from dialogs.option_meant import with_all_said
from dialogs.phrases import is_answer
from dialogs.read_answers import fill_from_reading
from dialogs.replies import Choice, Summary
from dialogs.said_of_lines import after_the_value, in_earnest, left_over, lines_of, said_of
from dialogs.sentences import WORDS, asks_back, is_another_need, takes_any_words
from dialogs.shown_answers import lines_in_a_row, shown_answer, yes_or_no_answer
from dialogs.state import Answer, Draft
from dialogs.taken_back import after_no, takes_back, without_opener
from dialogs.wrong_system import put_right
from knowledge.catalogue import BILLING_FIELDS, FieldType

# Answers of these types are one thing; a message that fills other items instead was not an answer to them.
_NARROW_TYPES = frozenset(
    {FieldType.PERSON, FieldType.TEXT, FieldType.SYSTEM, FieldType.VIRKSOMHET, FieldType.ATTACHMENT}
)
_TIMES = frozenset({FieldType.DATE, FieldType.DATETIME})
_FIRST_DAY = re.compile(r"^(?:fra|frå|from)\b(?!.*\b(?:til|to)\b)", re.IGNORECASE)
_LAST_DAY = re.compile(r"^(?:til|innen|to|until|till)\b", re.IGNORECASE)
_PARTS = re.compile(r"\s*[,;]\s*")
_DENIES = re.compile(r"\b(?:ikke|ikkje|not|n't)\b", re.IGNORECASE)
_BUT = re.compile(r"^(?:men|og|but|and)\s+", re.IGNORECASE)
_FEWEST_COMMAS_OF_ANSWERS = 2
# So many words where a number or a choice is asked may be about something else.
_WORDS_OF_SOMETHING_ELSE = 5


def hear(talk: Conversation, draft: Draft, key: str, text: str) -> None:
    """What was typed while the item is asked: an answer, a question back, or a need of its own."""
    item = find_item(items_of(talk, draft), key)
    if draft.kind == "notice" and notice_answering.hear(talk, draft, item, text):
        return
    if item is not None and switching.begins_another(text) and switching.offer(talk, text):
        return
    if item is None:
        fill_case.go_on(talk, draft)
        return
    if _take_several(talk, draft, item, text):
        return
    # "Ja, svartjenesten, innkommende": nobody who says whether it is critical is asked whether it is something new.
    answers_at_once = item.key == "critical" and opening_yes_or_no(text) is not None
    if not answers_at_once and not takes_any_words(item) and is_another_need(talk, draft, text):
        switching.offer(talk, text)
        return
    taken_back = takes_back(text) and correction_in(talk, draft, item, text) is not None
    if not taken_back and switching.keep(talk, draft, text, item):
        fill_case.ask_item(talk, draft, item)
        return
    asks = asks_back(text) or (takes_few_words(draft, item) and begins_to_ask(text))
    if asks and (item.type in WORDS or _is_no_answer(talk, draft, item, text)):
        talk.say("fill.question", help=item.help or talk.text("fill.no_help"))
        fill_case.ask_item(talk, draft, item)
        return
    answer, question = and_a_question(text) if takes_few_words(draft, item) else (text, "")
    if question:
        draft = talk.put(_with_the_rest(talk, draft, question))
    _take_one(talk, draft, item, answer)


def answer_item(talk: Conversation, draft: Draft, key: str, text: str) -> None:
    """A typed answer to the open item, or a correction typed there."""
    item = find_item(items_of(talk, draft), key)
    if item is None:
        fill_case.go_on(talk, draft)
    elif not _take_several(talk, draft, item, text):
        _take_one(talk, draft, item, text)


def _take_several(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> bool:
    """Take a message that answers several of the missing items at once, this one among them; False for any other."""
    listed = _as_list(talk, draft, item, text)
    on_one_line = _on_one_line(talk, draft, item, text) if listed is None else None
    if listed is not None:
        _take_list(talk, draft, listed, text)
    elif on_one_line is not None:
        _take_line(talk, draft, on_one_line, text)
    return listed is not None or on_one_line is not None


def _take_one(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> None:
    """The answer to the item, or a correction."""
    if _form_is_in_doubt(talk, draft, text):
        return
    found = _with_yes_or_no(talk, draft, item, text, correction_in(talk, draft, item, text))
    again = find_item(items_of(talk, draft), found.asked_again) if found is not None else None
    if found is None:
        take_answer(talk, draft, item, text)
    elif again is not None:
        _ask_anew(talk, draft, again)
    elif found.unsure:
        _ask_which(talk, draft, item, found, text)
    else:
        _apply(talk, draft, item, found, text)


def _with_yes_or_no(
    talk: Conversation, draft: Draft, item: DraftItem, text: str, found: Correction | None
) -> Correction | None:
    """ "Ja!!! klienten, ring meg på 90011223": the first word answers, and the rest gives more than a number."""
    opening = opening_yes_or_no(text) if item.type is FieldType.BOOLEAN else None
    if found is None or opening is None or found.own is not None or found.unsure:
        return found
    others = tuple(one for one in items_of(talk, draft) if one.key != item.key)
    read, keys = fill_from_reading(talk, draft, others, replace(in_earnest(talk.reading(text)), on_behalf_of=None))
    own = yes_or_no_answer(talk, opening)
    return replace(found, answers={**{key: read.answers[key] for key in keys}, **found.answers}, own=own)


def take_answer(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> None:
    """The message as the answer to the item; what else it says fills what is open."""
    items, key = items_of(talk, draft), item.key
    if takes_few_words(draft, item) and (denied := after_no(text)):
        text = after_a_denial(talk, draft, item, denied)
        if not text:  # "nei, det er inngangsdøra" is no user: it is kept, and asked again
            talk.say("fill.not_placed", parts=talk.text("quote.word", word=without_opener(denied)[0].strip(" .!")))
            fill_case.go_on(talk, talk.put(draft.with_more(denied)))
            return
    # What came of the attempts ("… men ikke PC") says nothing of how much is down.
    silent = {key, "outage"} if key == "tried" and "outage" in draft.answers else {key}
    others = tuple(one for one in items if one.key not in silent)
    meant = refused_by_name(talk, draft, others, text)
    if meant is not None:
        fill_case.ask_item(talk, draft, meant[0], errors={meant[0].key: meant[1].why})
        return
    # An answer to one question fills others only by clear signs; a bare name in it is not the one the case is for.
    reading = replace(in_earnest(talk.reading(text)), on_behalf_of=None)
    draft_after, filled = fill_from_reading(talk, draft, others, reading)
    of_item, beside = figure_and_rest(item, _own_parts(talk, draft, item, filled, text))
    answer = parse_answer(talk, draft, item, of_item)
    if isinstance(answer, Refused) and (named := labelled(talk, draft, (item,), text)) is not None:
        answer = named[1]  # "kritisk nei"
    opening = opening_yes_or_no(text) if item.type is FieldType.BOOLEAN and isinstance(answer, Refused) else None
    if opening is not None:
        answer = yes_or_no_answer(talk, opening)
    if isinstance(answer, Refused) and item.key in BILLING_FIELDS:
        # "Ressursnummer 123456, kostnadssted 12345" at the first of the two: both are named, and both are taken.
        answer = fill_from_reading(talk, draft, (item,), reading)[0].answers.get(key, answer)
    if item.type in _NARROW_TYPES and filled:
        # "Anne Lie, hun slutter i …": the name is of the line that is asked, and of no other that takes names.
        with_own, _ = fill_from_reading(talk, draft, items, reading)
        if (own := with_own.answers.get(key)) is not None and own.source == "read" and own != draft.answers.get(key):
            draft_after, filled, answer = with_own.without_answer(key).with_more(text), (), own
    not_an_answer = bool(filled) and (
        (item.type in _NARROW_TYPES and len(text.split()) > 5 and draft.kind != "notice")
        or (isinstance(answer, Answer) and _went_elsewhere(filled, draft_after, item, answer, text))
    )
    if key == "tried" and filled and reading.tried and isinstance(answer, Answer):
        # "Prøvd omstart, bare meg, alt nede": the rest of the message has gone where it belongs.
        answer = replace(answer, value=reading.tried, shown=reading.tried)
    if isinstance(answer, Answer) and not not_an_answer:
        draft_after = with_all_said(talk, draft, draft_after.with_answer(key, answer), items, text)
        if beside:
            draft_after = draft_after.with_more(beside)
            talk.say("fill.not_placed", parts=talk.text("quote.word", word=beside))
        fill_case.say_changes(talk, draft, draft_after, key)
        # Whether it is critical is asked before the rest (G 5.1.2.2); then the rest is asked in one list.
        fill_case.go_on(talk, talk.put(draft_after), together=key == "critical")
    elif filled:
        noted = lines_in_a_row(talk, draft_after, (one for one in others if one.key in filled))
        talk.say("fill.noted", noted=noted)
        if rest := left_over(talk, draft, text, filled):
            draft_after = draft_after.with_more(rest)
        # Who answers several things in a sentence may do so again.
        fill_case.go_on(talk, talk.put(draft_after), together=len(filled) > 1)
    elif isinstance(answer, Refused) and correct(talk, draft, text):
        return
    elif isinstance(answer, Refused) and (other := _of_one_other(talk, draft, items, item, text)) is not None:
        _apply(talk, draft, None, Correction({other[0].key: other[1]}))
    elif not item.required and isinstance(answer, Refused):
        fill_case.ask_item(talk, draft, item, errors={key: answer.why})
    else:
        why = answer.why if isinstance(answer, Refused) else talk.text("error.not_this")
        if len(text.split()) >= _WORDS_OF_SOMETHING_ELSE:
            why = f"{why} {talk.text('switch.hint')}"
        fill_case.go_on(talk, draft, errors={key: why})


def _of_one_other(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], item: DraftItem, text: str
) -> tuple[DraftItem, Answer] | None:
    """ "Meg" where a time is asked: one word that is no answer here, and an option of the one other that is open."""
    if len(text.split()) > 1 or is_answer(text, "dont_know"):
        return None
    choices = [one for one in missing_required(items, draft) if one.key != item.key and one.type is FieldType.CHOICE]
    fitting = [(one, answer) for one in choices if isinstance(answer := parse_answer(talk, draft, one, text), Answer)]
    return fitting[0] if len(fitting) == 1 and yes_or_no(text) is None and not text.strip(" .)").isdigit() else None


def correct(talk: Conversation, draft: Draft, text: str) -> bool:
    """Change what the sentence says of the case, and say so. False when it says nothing new about any line."""
    if draft.kind == "notice" and notice_answering.hear(talk, draft, None, text):
        return True
    if _form_is_in_doubt(talk, draft, text):
        return True
    found = changes_in(talk, draft, text)
    if found is None:
        return False
    again = find_item(items_of(talk, draft), found.asked_again)
    if again is not None:
        _ask_anew(talk, draft, again)
    else:
        _apply(talk, draft, None, found, text)
    return True


def _ask_anew(talk: Conversation, draft: Draft, item: DraftItem) -> None:
    """Its value was denied and no other given: a system holds nothing until it is told, a choice is shown again."""
    if item.type is FieldType.SYSTEM:
        fill_case.ask_item(talk, talk.put(draft.without_answer(item.key)), item)
    else:
        fill_case.ask_item(talk, draft, item, errors={item.key: talk.text("error.choice")})


def _as_list(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Draft | None:
    """The draft with an answer on each line of the message, or numbered; None when it is no such list."""
    items = items_of(talk, draft)
    parts = split_list(text, items)
    return take_list(talk, draft, items, item, parts) if is_list(parts, items) else None


def _on_one_line(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> Taken | None:
    """Answers parted by commas; a short message that takes something back is a correction, though it has commas."""
    taken = take_commas(talk, draft, items_of(talk, draft), item, text)
    if taken is not None and takes_back(text) and text.count(",") < _FEWEST_COMMAS_OF_ANSWERS and not taken.corrects:
        return None
    return taken


def _take_list(talk: Conversation, draft: Draft, listed: Draft, text: str) -> None:
    """Say what a list changed, and go on with what it left open."""
    taken, _ = fill_from_reading(talk, listed, items_of(talk, listed), talk.reading(text))
    taken = with_all_said(talk, draft, taken, items_of(talk, taken), text)
    fill_case.say_changes(talk, draft, taken)
    fill_case.go_on(talk, talk.put(taken), together=True)


def _take_line(talk: Conversation, draft: Draft, taken: Taken, text: str) -> None:
    """Say what each part was taken for, unless the summary does, and which part found no place: that one is kept."""
    after = taken.draft.with_more(", ".join(taken.left)) if taken.left else taken.draft
    if taken.rest:
        after = _with_the_rest(talk, after, taken.rest)
    after = with_all_said(talk, draft, after, items_of(talk, after), text)
    fill_case.say_changes(talk, draft, after)
    if taken.left:
        parts = ", ".join(talk.text("quote.word", word=part) for part in taken.left)
        talk.say("fill.not_placed", parts=parts)
    said = len(talk.replies)
    errors = {key: why for key, why in taken.refused.items() if key not in after.answers}
    fill_case.go_on(talk, talk.put(after), together=True, errors=errors)
    new = after.answers.keys() - draft.answers.keys()
    lines = [one for one in items_of(talk, after) if one.key in new and (taken.rest or one.key in taken.keys)]
    if lines and not any(isinstance(reply, Summary) for reply in talk.replies[said:]):
        talk.say("fill.noted", noted=lines_in_a_row(talk, after, lines))
        talk.replies.insert(said, talk.replies.pop())


def _with_the_rest(talk: Conversation, draft: Draft, rest: str) -> Draft:
    """The sentences after answers on one line: a need of its own is kept, and what they say of the case is taken."""
    rest = _BUT.sub("", rest)
    if switching.keep(talk, draft, rest):
        return draft
    found = changes_in(talk, draft, rest)
    if found is not None:
        return draft.with_answers(found.answers)
    # "Vi flytter ikke 1. januar" gives no day; whoever solves the case reads it.
    told = (
        draft if _DENIES.search(rest) else fill_from_reading(talk, draft, items_of(talk, draft), talk.reading(rest))[0]
    )
    return told.with_more(rest)


def take_as_part(talk: Conversation, draft: Draft, text: str) -> None:
    """What could be something new belongs to this case: it answers what is asked, and stands in the description."""
    items = items_of(talk, draft)
    open_item = next((item for item in missing_required(items, draft) if item.key in draft.asked[-1:]), None)
    on_one_line = _on_one_line(talk, draft, open_item, text) if open_item is not None else None
    listed = _as_list(talk, draft, open_item, text) if open_item is not None and on_one_line is None else None
    if listed is not None:
        _take_list(talk, draft, listed, text)
        return
    answered = on_one_line.draft if on_one_line is not None else draft
    after, _ = fill_from_reading(talk, answered.with_more(text), items, talk.reading(text))
    opening = opening_yes_or_no(text)
    if open_item is not None and open_item.type is FieldType.BOOLEAN and opening is not None:
        answer = yes_or_no_answer(talk, opening)
        after = after.with_answer(open_item.key, answer)
    new = [item for item in items if item.key in after.answers and item.key not in draft.answers]
    if new:
        talk.say("fill.noted", noted=lines_in_a_row(talk, after, new))
    else:
        talk.say("change.added")
    fill_case.go_on(talk, talk.put(after), together=True)


def settle(talk: Conversation, draft: Draft, action: str) -> None:
    """Whether a message was the answer or a correction was asked, and is answered now."""
    pending, text = talk.state.pending, talk.state.unsure
    item = find_item(items_of(talk, draft), pending.key) if pending is not None else None
    if item is None or not text:
        talk.say("error.old_card")
        return
    found = correction_in(talk, draft, item, text)
    if action == "meant:change" and found is not None:
        _apply(talk, draft, item, found)
    else:
        take_answer(talk, draft, item, text)


def _own_parts(talk: Conversation, draft: Draft, item: DraftItem, filled: tuple[str, ...], text: str) -> str:
    """ "PC1234, prøvd omstart": the part that is another item's has gone there."""
    parts = _PARTS.split(text)
    if item.type is not FieldType.TEXT or not filled or len(parts) < 2:
        return text
    others = tuple(one for one in items_of(talk, draft) if one.key in filled)
    own = [part for part in parts if not said_of(talk, draft, others, part)]
    return ", ".join(own) or text


def _is_no_answer(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> bool:
    return isinstance(parse_answer(talk, draft, item, text), Refused)


def _ask_which(talk: Conversation, draft: Draft, item: DraftItem, found: Correction, text: str) -> None:
    """It reads as the answer, and as another line's value: the person says which."""
    said = {**found.known, **found.answers}
    lines = [one for one in lines_of(talk, draft) if one.key in said]
    label = lines[0].label.rstrip("?")
    changed = draft.with_answer(lines[0].key, said[lines[0].key])
    choices = (
        Choice("meant:change", talk.text("change.to", label=label, value=shown_answer(talk, changed, lines[0]))),
        Choice("meant:answer", talk.text("change.is_answer", label=item.label.rstrip("?"))),
    )
    talk.say("change.unsure", text=text, choices=choices)
    talk.ask_choice("meant", item.key, choices)
    talk.state = replace(talk.state, unsure=text)


def _apply(talk: Conversation, draft: Draft, item: DraftItem | None, found: Correction, text: str = "") -> None:
    """Change the lines, say what they hold now, and ask again what is still open. text: where it was said."""
    rest = left_over(talk, draft, text, found.answers) or after_the_value(text, found.answers)
    after = draft.with_more(rest) if rest else draft
    for key, answer in found.answers.items():
        after = after.with_answer(key, answer)
    if found.own is not None and item is not None:
        after = after.with_answer(item.key, found.own)
    lines = {one.key: one for one in lines_of(talk, after)}
    fill_case.say_changes(talk, draft, after)
    new = [lines[key] for key in found.answers if key not in draft.answers and key in lines]
    if new:
        talk.say("fill.noted", noted=lines_in_a_row(talk, after, new))
    if not found.answers:
        for key in found.known:
            talk.say("change.same", label=lines[key].label.rstrip("?"), value=shown_answer(talk, after, lines[key]))
    fill_case.go_on(talk, talk.put(after), together=len(new) > 1)


def _form_is_in_doubt(talk: Conversation, draft: Draft, text: str) -> bool:
    """Put right which system is meant, where the form is only for the wrong one; the form is looked for again."""
    right = put_right(talk, draft, text)
    if right is None:
        return False
    after, system = right
    for line in items_of(talk, draft):
        if line.type is FieldType.SYSTEM and line.key in draft.answers:
            after = after.with_answer(line.key, Answer(system, system))
    talk.put(after)
    talk.say("change.done", label=talk.text("summary.description"), value=after.text)
    talk.form_in_doubt = True
    return True


def _went_elsewhere(filled: tuple[str, ...], draft: Draft, item: DraftItem, answer: Answer, text: str) -> bool:
    """Whether what was read went where it belongs: "kostnadssted 4321" is no number of computers, nor is
    "til 5. desember", which is no first day either."""
    if item.type in _TIMES:
        other_end = _LAST_DAY if item.key.startswith("fra") else _FIRST_DAY if item.key.startswith("til") else None
        return other_end is not None and bool(other_end.search(text))
    return item.type is FieldType.NUMBER and any(
        draft.answers[key].shown == answer.shown
        or re.search(rf"\b{re.escape(answer.shown)}\.? [^\W\d]", draft.answers[key].shown)
        for key in filled
    )
