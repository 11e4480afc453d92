"""A form chosen from a list in a message that says more: "1, ja pcn heter …", "2. send", "bestilling, til 4. etasje".

The number or the title that a message opens with is the choice; what comes after it is told of the matter, as if it had
stood in the first message, and is never in the way of the choice. "Pc" or "feil" narrows the list to the forms for it.
What was told before the list is kept in every case (DESIGN 3; G 4.1: the form is confirmed before sending).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs.choosing import opening_label, opening_number, pick
from dialogs.comma_answers import take_commas
from dialogs.commands import Command, before_send, find_command
from dialogs.conversation import Conversation
from dialogs.flows import choose_form, confirm, fill_case, noting, still_choosing
from dialogs.form_lists import NONE_OF_THESE
from dialogs.forms import ends_unasked
from dialogs.items import items_of, missing_required
from dialogs.phrases import fold_phrase
from dialogs.refused_forms import shown
from dialogs.sentences import says_nothing
from dialogs.state import Draft, Pending
from knowledge.catalogue import Form, Kind
from knowledge.matching import Decision

KINDS = frozenset({"form", "form_shown", "split"})
_KINDS_OF_FORMS = frozenset({Kind.SUPPORT.value, Kind.SERVICE.value})
_A_KIND = re.compile(
    r"(?:(?:det|dette|it|this)\s+(?:er|is)\s+)?(?:bare\s+|berre\s+)?(?:(?:en|ei|ein|et|eit|a|an)\s+)?(?P<word>\w+)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,.!;:\n]|\s[–-]\s")
_MOST_WORDS_OF_A_KIND = 4
_MOST_LETTERS = 120
# "Takk", "altså", "er det": what stands beside a choice and tells nothing.
_SMALL = re.compile(r"^(?:takk|thanks|please|tusen\s+takk|er\s+det|tror\s+jeg|trur\s+eg|i\s+think)\W*$", re.IGNORECASE)


def hear(talk: Conversation, pending: Pending, text: str) -> bool:
    """Take the form that a message at a list chooses, with all that it tells; False when it chooses none."""
    draft = talk.state.draft
    if draft is None or pending.kind not in KINDS or still_choosing.says_what_instead(text):
        return False
    said = before_send(text) or text.strip()
    found = _whole(said, pending.labels) or opening_number(said, len(pending.labels))
    # "Feil" and "pc" are of every such form on the list, although one title alone has the word.
    narrows = pending.kind != "form_shown" and (found is None or bool(_kind_named(talk, _opening(said))))
    if narrows and _narrow(talk, draft, pending, said):
        return True
    if found is None and not talk.knowledge.matcher.naming_the_same(_opening(said), (_opening(said),)):
        found = opening_label(said, pending.labels)
    if found is None:
        return False
    index, told = found
    told = "" if _SMALL.match(told) or (told and says_nothing(told)) else told
    option = pending.options[index]
    if option == NONE_OF_THESE:
        if told and pending.kind == "form_shown":
            return False  # it was only asked about, and this is the next thing
        if told:
            still_choosing.mean_another_form(talk, draft, told)
        else:
            choose_form.answer_form(talk, draft, option)
        return True
    _take(talk, draft, option, told)
    if said != text.strip():
        _send(talk, draft)
    return True


def _whole(said: str, labels: Sequence[str]) -> tuple[int, str] | None:
    """The label that the message is, or that stands in it; and what it says besides."""
    if len(said) > _MOST_LETTERS:
        return None
    index = pick(said, labels)
    if index is None:
        return None
    label = re.search(re.escape(fold_phrase(labels[index])), said, re.IGNORECASE)
    rest = f"{said[: label.start()]} {said[label.end() :]}".strip(" .,:;!–-") if label is not None else ""
    return index, rest


def _take(talk: Conversation, draft: Draft, option: str, told: str) -> None:
    """The choice, as if it had been pressed, of the draft with what is told besides."""
    draft = draft.with_more(told) if told else draft
    ids = _forms_of(option)
    if len(ids) > 1:
        _among(talk, draft, ids, told)
        return
    form = talk.knowledge.catalogue.get(ids[0])
    draft = _with_answers_told(talk, draft, form, told) if told else draft
    if option.startswith("form:"):
        choose_form.answer_form(talk, draft, option)
    else:
        choose_form.answer_split(talk, draft, option)


def take_other(talk: Conversation, draft: Draft, form: Form, told: str) -> None:
    """ "Skjema 2, alt er nede": another of the forms that the summary shows, and more of the matter (G 4.1)."""
    noting.note_picked(talk, draft, form.id)
    draft = _with_answers_told(talk, draft.with_more(told), form, told)
    choose_form.take(talk, replace(draft, candidates=()), form)


def _with_answers_told(talk: Conversation, draft: Draft, form: Form, told: str) -> Draft:
    """The draft with the answers to this form's questions that the words beside the choice are a list of."""
    read = fill_case.with_all_read(talk, replace(draft, form_id=form.id, kind=(form.kind or Kind.SUPPORT).value))
    items = items_of(talk, read)
    asked = missing_required(items, read)
    taken = take_commas(talk, read, items, asked[0], told) if asked else None
    if taken is None:
        return draft
    return draft.with_answers({key: taken.draft.answers[key] for key in taken.keys if key not in read.answers})


def _narrow(talk: Conversation, draft: Draft, pending: Pending, said: str) -> bool:
    """ "Bestilling", "pc", "outlook på pc": only the forms on the list that are for it; False when all or none are."""
    opening, command = _opening(said), find_command(said)
    if not 0 < len(opening.split()) <= _MOST_WORDS_OF_A_KIND or (command and command.command is Command.CHANGE):
        return False
    catalogue, on_list = talk.knowledge.catalogue, tuple(dict.fromkeys(shown(pending)))
    kind = _kind_named(talk, opening)
    if pending.kind == "split":
        named = talk.knowledge.matcher.naming_the_same(opening, pending.labels)
        narrowed = _forms_of(pending.options[named[0]]) if len(named) == 1 else ()
    else:
        titles = [catalogue.get(one).title for one in on_list]
        of_kind = [one for one in on_list if kind and catalogue.get(one).kind == kind]
        named = talk.knowledge.matcher.naming_the_same(opening, titles)
        narrowed = tuple(of_kind) or tuple(on_list[place] for place in named)
    if not narrowed or set(narrowed) == set(on_list):
        return False
    # The bare word for an order or a fault tells nothing that the form does not.
    bare = kind and fold_phrase(said) == fold_phrase(opening)
    _among(talk, draft if bare else draft.with_more(said), narrowed, said)
    return True


def _opening(said: str) -> str:
    return _CLAUSE_END.split(said, maxsplit=1)[0].strip()


def _kind_named(talk: Conversation, opening: str) -> str:
    """ "Feil", "det er en bestilling": the kind of form that is named and nothing else, or empty."""
    word = _A_KIND.fullmatch(opening)
    kind = talk.reading(word["word"]).kind_hint if word is not None else None
    return kind if kind is not None and kind in _KINDS_OF_FORMS else ""


def _forms_of(option: str) -> tuple[int, ...]:
    return tuple(int(one) for one in option.partition(":")[2].split(",") if one.isdigit())


def _among(talk: Conversation, draft: Draft, forms: tuple[int, ...], told: str) -> None:
    """Take the one of these forms that all that was told makes plain, or what is told now alone; or ask which."""
    matches = [talk.match(text) for text in (draft.text, told) if text]
    plain = [one.candidates[0].form for one in matches if one.decision is Decision.ANSWER]
    meant = [form for form in plain if form.id in forms]
    only = talk.knowledge.catalogue.get(forms[0])
    if len(forms) == 1 and not ends_unasked(only, draft.text):
        meant = [only]
    if meant:
        choose_form.take(talk, replace(draft, candidates=()), meant[0])
    else:
        choose_form.offer(talk, replace(draft, candidates=forms), "choose.which_of")


def _send(talk: Conversation, before: Draft) -> None:
    """ "1, send": send, when nothing is left to ask and nothing costs."""
    draft, pending = talk.state.draft, talk.state.pending
    if draft is None or draft.id != before.id or pending is None or pending.kind != "confirm":
        return
    if not missing_required(items_of(talk, draft), draft):
        confirm.send_as_said(talk, before, "")  # nothing has been shown yet that could be put right
