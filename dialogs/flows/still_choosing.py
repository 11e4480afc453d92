"""What is said where a form is to be chosen from a list, instead of choosing one.

Facts are kept, a need of its own begins anew, and nobody goes in circles: after a few rounds the nearest form is taken,
and the summary leaves the way to the others open (G 4.1: the form is settled before sending).
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import refused_forms
from dialogs.conversation import Conversation
from dialogs.flows import choose_form, critical_phone, meant_otherwise, switching
from dialogs.forms import ends_unasked, form_name, worth_showing
from dialogs.phrases import is_answer
from dialogs.sentences import asks_back, says_nothing
from dialogs.state import Draft
from dialogs.taken_back import after_changed_mind, after_no
from knowledge.catalogue import Kind
from knowledge.matching import Decision

# Fewer words than this are an answer or a detail, hardly a need of their own.
_WORDS_OF_A_NEED = 3
_WORDS_OF_A_NEED_WITH_FACTS = 5
_MOST_ROUNDS = 2
_WORDS_OF_SOMETHING_ELSE = 2
_KEPT = 6
_KINDS = frozenset({Kind.SUPPORT.value, Kind.SERVICE.value})
_NONE_OF_THEM = re.compile(
    r"^(?:ingen\s+av\s+(?:disse|dem|dei|desse|de)|none\s+of\s+(?:these|them))\b[\s,.;:!–-]*", re.IGNORECASE
)
_BUT_I_MEAN = re.compile(
    r"^(?:takk\b[\s,.;:!–-]*)?(?:(?:men|but)\s+)?"
    r"(?:(?:jeg|eg|i)\s+(?:mener|meiner|mente|meinte|mean|meant)\s+(?:at\s+|that\s+)?)?",
    re.IGNORECASE,
)
_NOTHING_MORE = re.compile(
    r"^(?:(?:nei|no|niks)\s*)?(?:(?:takk|thanks|thank\s+you)\W*)?(?:(?:det|dette|that|it)\s+(?:var|er|was|is|'s)\s+"
    r"(?:alt|all|bra|fint|greit|fine|nok|ikke\s+noe\s+(?:mer|annet)|ikkje\s+noko\s+(?:meir|anna)))\W*$",
    re.IGNORECASE,
)


def says_what_instead(text: str) -> str:
    """What it is instead, of "ingen av disse, det er blåskjerm" or "nei, pcen er treg"; empty when it is only a no."""
    none = _NONE_OF_THEM.match(text.strip())
    rest = text.strip()[none.end() :] if none is not None else after_no(text)
    rest = _BUT_I_MEAN.sub("", rest or "").strip()
    return rest if len(rest.split()) >= _WORDS_OF_SOMETHING_ELSE else ""


def hear_more(talk: Conversation, draft: Draft, text: str) -> None:
    """Something was said instead of choosing a form: it is kept, said to be kept, and ranks the forms anew.

    A message that is plainly a need of its own begins anew; facts alone ("prøvd omstart", "i går") choose no form.
    When two such messages have not made the form plain, the nearest is taken, so that nobody goes in circles.
    """
    if _NOTHING_MORE.match(text.strip()):
        talk.finish_draft(draft)
        talk.say("cancel.done")
        return
    draft = _after_denial(talk, draft, text)
    by_title = refused_forms.named(talk, draft, text)
    if by_title is not None:
        choose_form.take(talk, draft, by_title)
        return
    if draft.refused and refused_forms.only_denies(text):
        choose_form.choose_again(talk, draft.with_more(text))
        return
    refused = says_what_instead(text)
    instead = after_changed_mind(text) or (refused if not _tells_facts(talk, refused) else "")
    if instead and talk.match(instead).decision is Decision.NONE:
        instead = meant_otherwise.thing_that_fails(talk, draft, instead) or ""
    if instead:
        meant_otherwise.begin(talk, draft, instead)
        return
    if refused and _tells_more_of_it(talk, draft, text, refused):
        return
    if switching.keep(talk, draft, text):
        choose_form.ask_again(talk, draft)
        return
    tells_facts = _tells_facts(talk, text)
    facts = tells_facts or bool(talk.reading(text).outage)
    alone = talk.match(text).decision
    enough = _WORDS_OF_A_NEED_WITH_FACTS if facts else _WORDS_OF_A_NEED
    if alone is Decision.ANSWER and len(text.split()) >= enough:
        talk.state = talk.state.without_draft(draft.id)
        choose_form.begin(talk, text)
        meant_otherwise.carry_files(talk, draft)
        return
    if asks_back(text) and not facts:
        # What is asked is nothing that was told, and noting it would answer nothing.
        talk.say("error.no_answer")
        choose_form.ask_again(talk, draft)
        return
    draft = replace(draft, rounds=draft.rounds + 1)
    if is_answer(text, "yes") or says_nothing(text):
        # "Ja" picks none of several, and is nothing that the case should hold.
        _ask_on(talk, draft, "choose.which_number", patience=_MOST_ROUNDS + 1)
        return
    draft = critical_phone.advise(talk, draft.with_more(text))
    match = refused_forms.match_for(talk, draft, draft.text) if not tells_facts else None
    if match is not None and match.decision is Decision.ANSWER:
        choose_form.take(talk, draft, match.candidates[0].form)
        return
    if match is not None and match.decision is Decision.ASK:
        ranked = tuple(one.form.id for one in worth_showing(match.candidates))
        draft = replace(draft, candidates=tuple(dict.fromkeys((*ranked, *draft.candidates)))[:_KEPT])
    _ask_on(talk, draft, "choose.noted", patience=_MOST_ROUNDS)


def _after_denial(talk: Conversation, draft: Draft, text: str) -> Draft:
    """The draft without the forms on the list that are said no to by name: "jeg vil ikke ha autosvar"."""
    return refused_forms.refuse(draft, refused_forms.denied(talk, draft.candidates, text))


def _tells_facts(talk: Conversation, text: str) -> bool:
    """Whether it tells what any form may ask: when, whom, what was tried ("nei, i forgårs")."""
    reading = talk.reading(text)
    return any((reading.tried, reading.started_at, reading.extent, reading.phone, reading.billing))


def _ask_on(talk: Conversation, draft: Draft, key: str, patience: int) -> None:
    """Ask once more, or take the nearest after so many rounds."""
    if draft.rounds >= patience:
        take_nearest(talk, draft)
        return
    talk.say(key)
    choose_form.ask_again(talk, draft)


def _tells_more_of_it(talk: Conversation, draft: Draft, text: str, more: str) -> bool:
    """ "Nei, den starter ikke, siden i går" said of "ny pc": no other need, but what is the matter with it."""
    told = talk.reading(more).kind_hint
    joined = replace(draft.with_more(text), rounds=draft.rounds + 1)
    match = refused_forms.match_for(talk, joined, joined.text)
    forms = [one.form for one in match.candidates if told not in _KINDS or one.form.kind == told]
    if draft.rounds >= _MOST_ROUNDS or match.decision is Decision.NONE or not forms:
        return False
    joined = replace(joined, candidates=tuple(form.id for form in forms[:_KEPT]))
    if match.decision is Decision.ANSWER and match.candidates[0].form == forms[0]:
        choose_form.take(talk, joined, forms[0])
    else:
        talk.say("choose.noted")
        choose_form.ask_again(talk, joined)
    return True


def hear_of_another(talk: Conversation, draft: Draft, text: str) -> None:
    """More was said where another form is to be chosen for what has been answered: it is looked for with that.

    As in `hear_more`, for a few rounds only. Raises CaseIsFull.
    """
    draft = _after_denial(talk, draft, text)
    by_title = refused_forms.named(talk, draft, text)
    alone = refused_forms.match_for(talk, draft, text)
    draft = replace(draft.with_more(text), rounds=draft.rounds + 1)
    if by_title is not None:
        choose_form.take(talk, replace(draft, candidates=()), by_title)
    elif alone.decision is Decision.ANSWER and alone.candidates[0].form.id not in draft.candidates:
        choose_form.take(talk, replace(draft, candidates=()), alone.candidates[0].form)
    elif draft.rounds > _MOST_ROUNDS and draft.candidates:
        take_nearest(talk, draft)
    else:
        choose_form.look_again(talk, draft)


def take_nearest(talk: Conversation, draft: Draft) -> None:
    """The person cannot tell which form: the nearest is taken, and the summary leaves the way to another open."""
    forms = [talk.knowledge.catalogue.get(one) for one in draft.candidates]
    if not forms:
        choose_form.ask_again(talk, draft)
        return
    # What is ordered elsewhere ends here with a link, so nobody is sent there on a guess.
    harmless = [form for form in forms if not form.elsewhere and not ends_unasked(form, draft.text)]
    if talk.reading(draft.text).kind_hint not in _KINDS:
        # "Printer" and no more: a thing that is named without a wish is most often named because it fails.
        harmless.sort(key=lambda form: form.kind != Kind.SUPPORT)
    form = (harmless or forms)[0]
    talk.say("choose.nearest", form=form_name(talk, form))
    choose_form.take(talk, draft, form)
