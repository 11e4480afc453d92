"""What is said where a form is to be chosen from a list, instead of choosing one.

What is told is joined to what was told before, and both are looked for together; only what is plainly another matter
begins anew. Nobody goes in circles: after a few rounds the nearest form is taken, and the summary leaves the way to the
others open (G 4.1: the form is settled before sending).
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import refused_forms
from dialogs.commands import Command, before_send, find_command
from dialogs.conversation import Conversation
from dialogs.flows import choose_form, critical_phone, meant_otherwise, switching
from dialogs.form_lists import SHOWN_CANDIDATES
from dialogs.forms import ends_unasked, form_name, worth_showing
from dialogs.phrases import is_answer
from dialogs.sentences import asks_back, only_asked_before, says_nothing
from dialogs.state import Draft
from dialogs.taken_back import after_changed_mind, after_no
from knowledge.catalogue import Kind
from knowledge.matching import Decision

_FEWEST_WORDS_BESIDE_FACTS = 5
_MOST_ROUNDS = 2
_WORDS_OF_SOMETHING_ELSE = 2
_KEPT = 6
_KINDS = frozenset({Kind.SUPPORT.value, Kind.SERVICE.value})
_NONE_OF_THEM = re.compile(
    r"^(?:ingen\s+av\s+(?:disse|dem|dei|desse|de)|none\s+of\s+(?:these|them)|"
    r"(?:nei|no)[\s,.]+(?:(?:det|dette|it)\s+(?:er|gjelder|gjeld|is|'s)\s+)?"
    r"(?:noe|noko|something)\s+(?:helt\s+|heilt\s+)?(?:annet|anna|else))\b[\s,.;:!–-]*",
    re.IGNORECASE,
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


def denies_all(text: str) -> bool:
    """ "Ingen av disse, …", with what it is instead."""
    return _NONE_OF_THEM.match(text.strip()) is not None and bool(says_what_instead(text))


def hear_more(talk: Conversation, draft: Draft, text: str) -> None:
    """Something was said instead of choosing a form: it is kept, said to be kept, and counts for the choice.

    When two such messages have not made the form plain, the nearest is taken, so that nobody goes in circles; the same
    when the message ends in "send".
    """
    said = before_send(text) or text
    if _NOTHING_MORE.match(said.strip()) or _drops(said):
        talk.finish_draft(draft)
        talk.say("cancel.done")
        return
    draft = _after_denial(talk, draft, said)
    by_title = refused_forms.named(talk, draft, said)
    if by_title is not None:
        choose_form.take(talk, draft, by_title)
        return
    if draft.refused and refused_forms.only_denies(said):
        choose_form.choose_again(talk, draft.with_more(said))
        return
    if denies_all(said):
        mean_another_form(talk, draft, says_what_instead(said))
        return
    changed = after_changed_mind(said)
    denied = changed or says_what_instead(said)
    if denied and _begins_anew(talk, draft, denied, says_so=changed is not None and changed != after_no(said)):
        return
    if denied and _tells_more_of_it(talk, draft, said, denied):
        return
    if switching.keep(talk, draft, said):
        choose_form.ask_again(talk, draft)
        return
    if only_asked_before(talk, draft.text, said):
        talk.state = talk.state.without_draft(draft.id)
        choose_form.begin(talk, said)
        meant_otherwise.carry_files(talk, draft)
        return
    facts = _tells_facts(talk, said)
    if asks_back(said) and not facts and not talk.reading(said).outage:
        # What is asked is nothing that was told, and noting it would answer nothing.
        talk.say("error.no_answer")
        choose_form.ask_again(talk, draft)
        return
    draft = replace(draft, rounds=draft.rounds + 1)
    if is_answer(said, "yes") or says_nothing(said):
        # "Ja" picks none of several, and is nothing that the case should hold.
        _ask_on(talk, draft, "choose.which_number", patience=_MOST_ROUNDS + 1)
        return
    _join(talk, draft, said, facts=facts, patience=_MOST_ROUNDS if said == text else 0)


def mean_another_form(talk: Conversation, draft: Draft, told: str) -> None:
    """ "Ingen av disse, vi trenger et helt nytt miljø": the same matter, for which the forms on the list are not.

    What it is instead weighs as much as all that was told. Raises CaseIsFull.
    """
    before = {one.form.id for one in talk.match(draft.text).candidates}
    speaks_of_it = any(one.form.id in before for one in talk.match(told).candidates[:SHOWN_CANDIDATES])
    of_another_kind = _is_of_another_kind(talk, draft, told) and not speaks_of_it
    if not draft.answers and (of_another_kind or _is_of_another_system(talk, draft, told)):
        meant_otherwise.begin(talk, draft, told)
        return
    own = () if draft.form_id is None else (draft.form_id,)
    draft = refused_forms.refuse(draft, (*own, *refused_forms.shown(talk.state.pending)))
    draft = critical_phone.advise(talk, replace(draft.with_more(told), rounds=0))
    # Who says none of them, and then plainly what one of them is for, has overlooked it.
    plain, alone, together = (
        talk.match(told),
        *(refused_forms.match_for(talk, draft, one) for one in (told, draft.text)),
    )
    for match in (plain, together):
        if match.decision is Decision.ANSWER and not ends_unasked(match.candidates[0].form, draft.text):
            choose_form.take(talk, draft, match.candidates[0].form)
            return
    scores: dict[int, float] = {}
    for one in (*(alone.candidates if alone.decision is not Decision.NONE else ()), *together.candidates):
        scores[one.form.id] = scores.get(one.form.id, 0.0) + one.score
    ranked = sorted(scores, key=lambda form: -scores[form])
    choose_form.offer(talk, replace(draft, stage="choose", candidates=tuple(ranked[:_KEPT])), "choose.again")


def _join(talk: Conversation, draft: Draft, said: str, *, facts: bool, patience: int) -> None:
    """Look for the form by all that was told; what was shown keeps its order, so that no number changes its meaning."""
    on_list = draft.candidates[:SHOWN_CANDIDATES]
    draft = critical_phone.advise(talk, draft.with_more(said))
    match = refused_forms.match_for(talk, draft, draft.text)
    # "Prøvd omstart" and no more says nothing of which form it is, whatever is like it.
    only_facts = facts and len(said.split()) < _FEWEST_WORDS_BESIDE_FACTS
    if match.decision is not Decision.NONE and not only_facts:
        best = match.candidates[0].form
        if match.decision is Decision.ANSWER and (not facts or best.id in draft.candidates):
            choose_form.take(talk, draft, best)
            return
        ranked = [one.form.id for one in worth_showing(match.candidates)]
        first = ranked[:SHOWN_CANDIDATES]
        kept = [one for one in on_list if one in first]
        draft = replace(draft, candidates=tuple(dict.fromkeys((*kept, *first, *ranked, *draft.candidates)))[:_KEPT])
    _ask_on(talk, draft, "choose.noted", patience=patience)


def _drops(text: str) -> bool:
    """ "Ingen av disse. Glem det"."""
    none = _NONE_OF_THEM.match(text.strip())
    command = find_command(text.strip()[none.end() :]) if none is not None else None
    return command is not None and command.command is Command.CANCEL


def _begins_anew(talk: Conversation, draft: Draft, told: str, *, says_so: bool) -> bool:
    """ "Nei, skriveren har papirkrøll" where a new PC was asked for: that is wanted, and the other thing is not.

    says_so: it began with more than a no ("nei vent, …", "egentlig …"); then only what speaks of the same system is of
    the same matter.
    """
    match = talk.match(told)
    if match.decision is Decision.NONE:
        told = meant_otherwise.thing_that_fails(talk, draft, told) or ""
        another = bool(told)
    else:
        plainly = match.decision is Decision.ANSWER and match.candidates[0].form.id not in draft.candidates
        another = plainly or _is_of_another_system(talk, draft, told) or _is_of_another_kind(talk, draft, told)
        another = another or (says_so and not _systems_of_both(talk, draft, told))
    if another:
        meant_otherwise.begin(talk, draft, told)
    return another


def _systems_of_both(talk: Conversation, draft: Draft, told: str) -> bool:
    before, now = ({hit.system for hit in talk.systems_in(text)} for text in (draft.text, told))
    return bool(before & now)


def _is_of_another_system(talk: Conversation, draft: Draft, told: str) -> bool:
    before, now = ({hit.system for hit in talk.systems_in(text)} for text in (draft.text, told))
    return bool(before and now) and not before & now


def _is_of_another_kind(talk: Conversation, draft: Draft, told: str) -> bool:
    """An order where there was a fault, or the other way, and not of a system that was spoken of before."""
    kinds = {talk.reading(draft.text).kind_hint, talk.reading(told).kind_hint}
    return kinds == _KINDS and not _systems_of_both(talk, draft, told)


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
    forms = [talk.knowledge.catalogue.get(one) for one in draft.candidates[:SHOWN_CANDIDATES]]
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
