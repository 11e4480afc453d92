"""From what a person says to the right form (G 4.1: a case cannot be moved, so the form is confirmed before sending).

Sure -> the form is taken and shown in the summary with the reason. Unsure -> one question that splits the candidates,
else the best three with what tells them apart. Nothing fits -> say so, and offer a person. Two needs in one message
are taken one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from dialogs.conversation import Conversation
from dialogs.fault_sentence import match_of
from dialogs.flows import (
    critical_phone,
    fill_case,
    known_fault,
    lacking_right,
    noting,
    password_given,
    self_help,
    summary,
    where_you_work,
)
from dialogs.form_lists import NONE_OF_THESE, SHOWN_CANDIDATES, described, form_choices, offer_forms, runner_up
from dialogs.forms import (
    ends_something,
    form_name,
    form_name_in_full,
    is_employee,
    may_use,
    worth_showing,
)
from dialogs.items import items_of, missing_required
from dialogs.other_forms import others_of
from dialogs.refused_forms import match_for, may_be_offered, refuse, shown
from dialogs.replies import Choice, Link
from dialogs.sentences import only_asked_before
from dialogs.several_needs import Need, needs_of
from dialogs.state import MAX_DRAFTS, Answer, Draft
from dialogs.taken_back import after_changed_mind
from knowledge.catalogue import Form, Kind
from knowledge.errors import UnknownForm
from knowledge.matching import Candidate, Decision, Match

_ENVIRONMENTS = ("test", "preprod", "prod")
# Fewer words than this are an answer or a detail, hardly a need of their own.
_WORDS_OF_A_NEED = 3
_LONGEST_UNCLEAR = 2000
# The calibrated probability from which a form that is not sure may stand in the summary; a lower one will do where no
# other form has even this share of it.
_SHOWN_UNSURE_AT = 0.7
_SHOWN_ALONE_AT = 0.55
_NEAR = 1 / 3
# And the one from which it is asked no more than where it is sure.
_ALL_BUT_SURE_AT = 0.9


def begin(
    talk: Conversation, text: str, kind: str | None = None, answers: Mapping[str, Answer] = MappingProxyType({})
) -> None:
    """A new need in the person's own words. `kind` when the person has said which it is; `answers` known before."""
    if len(talk.state.drafts) >= MAX_DRAFTS:
        talk.say("drafts.too_many", count=MAX_DRAFTS)
        return
    if not any(sign.isalpha() for sign in text):
        _not_understood(talk, "")
        return
    if talk.state.unclear:
        # What was said before and not understood belongs to what makes it plain.
        text = text if only_asked_before(talk, talk.state.unclear, text) else f"{talk.state.unclear}\n{text}"
        talk.state = replace(talk.state, unclear="")
    text = after_changed_mind(text) or text
    text = text.removesuffix(talk.wrote).rstrip()
    where_you_work.hear(talk, text)
    needs = needs_of(talk, text, talk.match(text)) or (Need(text),)
    first, *rest = (need.text for need in needs)
    if rest:
        talk.say("choose.several_needs", first=first, rest="; ".join(rest))
    told = {need.text: "\n".join(filter(None, (need.beside, talk.wrote))) for need in needs}
    talk.state = replace(
        talk.state,
        queued_needs=(*talk.state.queued_needs, *rest),
        # What a need that waited has with it stays.
        said_beside={**{need: beside for need, beside in told.items() if beside}, **talk.state.said_beside},
    )
    if known_fault.ask_first(talk, first, kind):
        return
    go_on(talk, first, kind, answers=answers)


def go_on(
    talk: Conversation,
    text: str,
    kind: str | None = None,
    fellesfeil: str = "",
    answers: Mapping[str, Answer] = MappingProxyType({}),
) -> None:
    """Find the form for one need. fellesfeil: the notice that the person says it belongs to."""
    match = match_of(talk, text)
    # A known fault may have been asked about meanwhile, and more been told.
    beside = (one for need, one in talk.state.said_beside.items() if f"{text}\n".startswith(f"{need}\n"))
    told = "\n".join((text, *beside))
    candidates = _of_kind(match.candidates, kind)
    incident = password_given.form_for(talk) if password_given.is_told(text) else None
    if incident is not None:
        # Which form it is is no question then, and what to do comes first.
        draft = talk.put(replace(_new_draft(talk, told, candidates), fellesfeil=fellesfeil))
        take(talk, password_given.advise(talk, draft), incident)
        return
    if match.decision is Decision.NONE or not candidates:
        _not_understood(talk, told)
        return
    talk.decided = match.decision
    talk.state = replace(talk.state, misses=0)
    draft = talk.put(replace(_new_draft(talk, told, candidates), fellesfeil=fellesfeil, answers=dict(answers)))
    draft = critical_phone.advise(talk, password_given.advise(talk, draft))
    sure = match.decision is Decision.ANSWER and candidates[0] == match.candidates[0]
    one_of_several = _takes_one_of_several(talk, text, candidates[0].form)
    sure = sure or _is_all_but_sure(candidates[0])
    if not one_of_several and (sure or _can_show_unsure(talk, draft, *candidates)):
        take(talk, draft, candidates[0].form)
    else:
        _ask_which(talk, draft, match, candidates)


def take(talk: Conversation, draft: Draft, form: Form) -> None:
    """Go on with this form: elsewhere, without the right, self-help first, or fill it."""
    if form.elsewhere:
        talk.finish_draft(draft)
        url = form.channel_url or form.url or ""
        talk.say("choose.elsewhere", form=form_name_in_full(talk, form), links=(Link(form.title, url),))
        return
    kind = form.kind or Kind.SUPPORT
    draft = replace(draft, form_id=form.id, kind=kind.value, asked=(), stage="fill", rounds=0)
    draft = replace(draft, refused=tuple(one for one in draft.refused if one != form.id))
    if not may_use(talk, form) and not is_employee(talk):
        lacking_right.ask(talk, talk.put(replace(draft, stage="right")), form)
        return
    draft = talk.put(draft)
    if self_help.offer(talk, draft, form):
        return
    fill_case.start(talk, draft)


def answer_form(talk: Conversation, draft: Draft, option: str) -> None:
    """One of the candidate forms was chosen, or none of them."""
    chosen = None if option == NONE_OF_THESE else talk.knowledge.catalogue.get(int(option.removeprefix("form:")))
    only_shown = talk.state.pending is not None and talk.state.pending.kind == "form_shown"
    if chosen is not None or not only_shown:  # "no thanks" to opening a case says nothing about the form
        noting.note_picked(talk, draft, None if chosen is None else chosen.id)
    if option == NONE_OF_THESE and draft.answers:
        # What was answered is not lost: the next words are looked for together with it.
        talk.put(replace(refuse(draft, shown(talk.state.pending)), stage="choose"))
        talk.close_question()
        talk.say("choose.describe_for_form")
        return
    if chosen is None:
        talk.finish_draft(draft)
        if not only_shown:
            # What was told is kept, and goes with the next wording of it.
            talk.state = replace(talk.state, unclear=draft.text[:_LONGEST_UNCLEAR])
        talk.say("choose.none_of_these", choices=_ways_on(talk))
        talk.ask_choice("ways_on", "", _ways_on(talk))
        return
    take(talk, replace(draft, candidates=()), chosen)


def take_other(talk: Conversation, draft: Draft, form_id: int) -> None:
    """Another of the forms that the summary shows; every answer is carried over (G 4.1)."""
    form = next((one for one in others_of(talk, draft) if one.id == form_id), None)
    if form is None:
        raise UnknownForm(form_id)
    noting.note_picked(talk, draft, form.id)
    take(talk, replace(draft, candidates=()), form)


def answer_split(talk: Conversation, draft: Draft, option: str) -> None:
    """The splitting question was answered: keep the candidates of that answer, best first."""
    wanted = tuple(int(one) for one in option.removeprefix("facet:").split(",") if one)
    forms = [talk.knowledge.catalogue.get(form_id) for form_id in wanted]
    if len(forms) == 1:
        take(talk, replace(draft, candidates=()), forms[0])
        return
    draft = talk.put(replace(draft, candidates=wanted))
    offer_forms(talk, draft, forms[:SHOWN_CANDIDATES], "choose.which_of")


def ask_again(talk: Conversation, draft: Draft) -> None:
    """No form is chosen yet: the same choices once more."""
    offer(talk, draft, "choose.still")


def choose_again(talk: Conversation, draft: Draft) -> None:
    """The form of the draft was wrong: show the other candidates; every answer is carried over (G 4.1)."""
    if draft.form_id is not None:
        draft = refuse(draft, (draft.form_id,))
    match = talk.match(draft.text)
    ids = [*draft.candidates, *(candidate.form.id for candidate in match.candidates)]
    forms = [talk.knowledge.catalogue.get(one) for one in dict.fromkeys(ids)]
    forms = [form for form in forms if may_be_offered(draft, form)]
    if draft.form_id is not None:
        # The wrong form of a fault is most likely to be another one for faults.
        forms.sort(key=lambda form: form.kind != draft.kind)
    draft = replace(draft, stage="choose", candidates=tuple(form.id for form in forms[:SHOWN_CANDIDATES]))
    offer(talk, draft, "choose.again")


def offer(talk: Conversation, draft: Draft, key: str) -> None:
    """Ask which of the first of its candidates it is; where none is left, a person is offered."""
    forms = [talk.knowledge.catalogue.get(one) for one in draft.candidates[:SHOWN_CANDIDATES]]
    draft = talk.put(draft)
    if forms:
        offer_forms(talk, draft, forms, key)
        return
    choices = (Choice("cmd:handover", talk.text("button.handover")),)
    talk.say("choose.no_others", choices=choices)
    talk.ask_choice("ways_on", draft.id, choices)


def look_again(talk: Conversation, draft: Draft) -> None:
    """More was said before another form is chosen: look with it; every answer is carried over (G 4.1)."""
    match = match_for(talk, draft, draft.text)
    if match.best is not None and match.decision is Decision.ANSWER:
        take(talk, draft, match.best.form)
    else:
        choose_again(talk, draft)


def which_form(talk: Conversation, text: str) -> None:
    """Answer "which form?" with the best forms, why, and a link; offer to open the case."""
    if len(text) < 3:
        talk.say("choose.describe_for_form")
        talk.ask_choice("describe_form", "", ())
        return
    match = talk.match(text)
    if match.decision is Decision.NONE or not match.candidates:
        _not_understood(talk, text)
        return
    talk.state = replace(talk.state, misses=0)
    shown = worth_showing(match.candidates)[: 1 if match.decision is Decision.ANSWER else SHOWN_CANDIDATES]
    draft = talk.put(replace(_new_draft(talk, text, match.candidates), stage="choose"))
    choices = form_choices(talk, [candidate.form for candidate in shown], open_case=True)
    links = tuple(Link(form_name(talk, form), form.url) for form in (candidate.form for candidate in shown) if form.url)
    key = "choose.form_is" if match.decision is Decision.ANSWER else "choose.form_candidates"
    lines = "\n".join(described(talk, candidate, number) for number, candidate in enumerate(shown, 1))
    second = runner_up(talk, match) if match.decision is Decision.ANSWER else ""
    talk.say(key, forms=lines, apart=second, links=links, choices=choices)
    talk.ask_choice("form_shown", draft.id, choices)


def answer_without_right(talk: Conversation, draft: Draft, option: str) -> None:
    """Pass the case on to the own 1.linje, order the access, or let it be."""
    if option == "right:pass":
        fill_case.start(talk, draft)
    elif option.startswith("right:use:"):
        own = lacking_right.for_any_system(talk, draft, talk.knowledge.catalogue.get(draft.form_id or 0))
        if own is None or option != f"right:use:{own.id}":
            raise UnknownForm(int(option.rpartition(":")[2]))
        take(talk, replace(draft, candidates=()), own)
    elif option == "right:other":
        choose_again(talk, draft)
    elif option == "right:access":
        text = draft.text
        talk.finish_draft(draft)
        form = talk.knowledge.catalogue.get(talk.knowledge.organisation.access_form_id)
        take(talk, _new_draft(talk, text, ()), form)
    else:
        talk.finish_draft(draft)
        talk.say("cancel.done")


def _takes_one_of_several(talk: Conversation, text: str, form: Form) -> bool:
    """Whether the form is for one environment while the message names several: then the orderer chooses (G 5.1.5)."""
    named = talk.reading(text).environments
    title = form.title.lower()
    own = [one for one in _ENVIRONMENTS if re.search(rf"\b{one}\b", title)]
    return len(named) > 1 and len(own) == 1 and not any(field.key == "miljo" for field in form.fields)


def _is_all_but_sure(best: Candidate) -> bool:
    """Whether it goes on with this form and only the summary names the others; never where that is too late."""
    harmless = not best.form.elsewhere and not ends_something(best.form.title)
    return best.score >= _ALL_BUT_SURE_AT and harmless


def _can_show_unsure(talk: Conversation, draft: Draft, best: Candidate, *others: Candidate) -> bool:
    """Whether a form that is likely but not sure may be shown in the summary, with the others beside it.

    Only where hardly anything is left to ask, so that no answer is given to a form's own question in vain, and never
    for a form that ends something.
    """
    form = best.form
    # Of a word or two no other form is near only because they say so little.
    says_enough = len(draft.text.split()) >= _WORDS_OF_A_NEED
    alone = says_enough and all(other.score < best.score * _NEAR for other in others)
    likely = best.score >= (_SHOWN_ALONE_AT if alone else _SHOWN_UNSURE_AT)
    if not likely or form.elsewhere or not talk.virksomhet or ends_something(form.title):
        return False
    if not (may_use(talk, form) or is_employee(talk)) or self_help.applies(talk, draft, form):
        return False
    read = fill_case.with_all_read(talk, replace(draft, form_id=form.id, kind=(form.kind or Kind.SUPPORT).value))
    open_items = missing_required(items_of(talk, read), read)
    return not read.critical and summary.can_ask(read, open_items, summary.MOST_ASKED_IN_DOUBT)


def _of_kind(candidates: tuple[Candidate, ...], kind: str | None) -> tuple[Candidate, ...]:
    if kind is None:
        return candidates
    of_kind = tuple(candidate for candidate in candidates if candidate.form.kind == kind)
    return of_kind or candidates


def _new_draft(talk: Conversation, text: str, candidates: tuple[Candidate, ...]) -> Draft:
    now = talk.situation.now.isoformat()
    return Draft(
        id=talk.new_draft_id(),
        kind="support",
        stage="choose",
        text=text,
        created_at=now,
        updated_at=now,
        candidates=tuple(candidate.form.id for candidate in candidates[:6]),
    )


def _ask_which(talk: Conversation, draft: Draft, match: Match, candidates: tuple[Candidate, ...]) -> None:
    said_kind = talk.reading(draft.text).kind_hint
    question = match.question
    if said_kind in (Kind.SUPPORT.value, Kind.SERVICE.value):
        # The words already say fault or order: that is not asked, and the forms of that kind come first.
        candidates = tuple(sorted(candidates, key=lambda candidate: candidate.form.kind != said_kind))
        question = None if question is not None and question.key == "intent" else question
    # Where the matcher was sure and is not believed, its shares say nothing of the others.
    shown = worth_showing(candidates) if match.decision is Decision.ASK else candidates
    draft = talk.put(replace(draft, candidates=tuple(candidate.form.id for candidate in shown[:6])))
    left = {candidate.form.id for candidate in candidates}
    options = [(value, kept) for value, ids in (question.options if question is not None else ())
               if (kept := [one for one in ids if one in left])]  # fmt: skip
    if question is not None and len(options) > 1 and talk.texts.has(f"split.{question.key}"):
        choices = [
            Choice("facet:" + ",".join(str(one) for one in ids), talk.text(f"facet.{question.key}_{value}")
                   if talk.texts.has(f"facet.{question.key}_{value}") else value)
            for value, ids in options
        ]  # fmt: skip
        choices.append(Choice(NONE_OF_THESE, talk.text("choose.none")))
        talk.say(f"split.{question.key}", choices=choices)
        talk.ask_choice("split", draft.id, choices)
        return
    forms = [candidate.form for candidate in shown[:SHOWN_CANDIDATES]]
    offer_forms(talk, draft, forms, "choose.which_of")


def _ways_on(talk: Conversation) -> tuple[Choice, ...]:
    return (
        Choice("cmd:report_fault", talk.text("button.report_fault")),
        Choice("cmd:order", talk.text("button.order")),
        Choice("cmd:handover", talk.text("button.handover")),
    )


def _not_understood(talk: Conversation, text: str) -> None:
    if len(text.split()) >= _WORDS_OF_A_NEED:
        talk.state = replace(talk.state, unclear=text[:_LONGEST_UNCLEAR])
        noting.note_refused(talk, text)
    talk.decided = Decision.NONE
    talk.state = replace(talk.state, misses=talk.state.misses + 1)
    key = "choose.not_understood" if talk.state.misses < 2 else "choose.not_understood_again"
    choices = _ways_on(talk)
    talk.say(key, choices=choices)
    talk.ask_choice("ways_on", "", choices)
