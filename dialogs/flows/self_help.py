"""Self-help first, for employees with a fault (G 3.2.1): show the steps, ask whether they helped, else go on."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.answer_lists import is_list, split_list
from dialogs.case import Role
from dialogs.comma_answers import take_commas
from dialogs.conversation import Conversation
from dialogs.criticality import is_suspected_of
from dialogs.flows import answering, fill_case
from dialogs.forms import is_security_incident
from dialogs.inputs import input_of
from dialogs.items import items_of, missing_required
from dialogs.plain_text import numbered
from dialogs.replies import Choice
from dialogs.sentences import asks_back
from dialogs.state import Answer, Draft
from knowledge.catalogue import FieldType, Form

_DID_NOT_HELP = re.compile(
    r"^(?:(?:nei|nope|no)\b[\s,.:!–-]*)?(?:(?:det|den|it)?\s*(?:hjalp|hjelpte|virket|virka|fungerte|funka|did)"
    r"(?:n't|\s+(?:ikke|ikkje|ikk|not))\b(?:\s+(?:help|i det hele tatt|heller))?[\s,.:!–-]*)?",
    re.IGNORECASE,
)


_NOT_TRIED = re.compile(
    r"\b(?:har|hadde|have|haven't|has)\b[^.!?\n]{0,15}(?:ikke|ikkje|ikk|not|n't)\b[^.!?\n]{0,15}\b(?:prøvd|prøvet|gjort|sett|"
    r"tried|done)\b|\b(?:orker|gidder|skjønner|forstår|forstod|rekker)\b[^.!?\n]{0,10}\b(?:ikke|ikkje)\b",
    re.IGNORECASE,
)
# "Jo, jeg prøvde det, men får ikke kode på sms".
_TRIED = re.compile(r"\b(?:prøvde|prøvd|gjorde|fulgte|tried|followed)\b", re.IGNORECASE)
# What the case says became of the advice: keys of texts.
_FAILED, _UNTRIED, _UNSAID = "self_help.tried", "self_help.untried", "self_help.unsaid"


def applies(talk: Conversation, draft: Draft, form: Form) -> bool:
    """Whether there is a fitting article, and the person is a plain employee who has not tried anything.

    A report that names a critical consequence, or that says something was tried, is not held up by self-help; nor is a
    security incident.
    """
    reading = talk.reading(draft.text)
    if not talk.roles <= {Role.ANSATT} or reading.tried or is_security_incident(form):
        return False
    if is_suspected_of(reading):
        return False
    articles = talk.knowledge.selfhelp
    # The articles are written in Norwegian, so words in common tell only there.
    return articles.fits(form.id, draft.text) if talk.state.language != "en" else bool(articles.for_form(form.id))


def offer(talk: Conversation, draft: Draft, form: Form) -> bool:
    """Show a fitting article and ask; False when self-help does not apply."""
    if not applies(talk, draft, form):
        return False
    ask(talk, replace(draft, form_id=form.id))
    return True


def ask(talk: Conversation, draft: Draft) -> None:
    """Show the steps of the article for the draft's form, and ask whether they helped."""
    article = talk.knowledge.selfhelp.for_form(draft.form_id or 0)[0]
    draft = talk.put(replace(draft, stage="self_help"))
    choices = (
        Choice("help:yes", talk.text("self_help.yes"), "positive"),
        Choice("help:no", talk.text("self_help.no")),
    )
    questions = _questions(talk, draft)
    then = talk.text("self_help.then", questions=questions) if questions else ""
    title, body = article.title_in(talk.state.language), article.body_in(talk.state.language)
    talk.say("self_help.try", title=title, body=body, then=then, choices=choices)
    talk.ask_choice("self_help", draft.id, choices)


def answer(talk: Conversation, draft: Draft, helped: bool) -> None:
    """It helped: done, and no case. It did not: the article counts as tried, and the report goes on."""
    if helped:
        talk.finish_draft(draft)
        talk.say("self_help.glad")
        return
    fill_case.start(talk, draft.with_answer("tried", _tried(talk, draft, _FAILED)))


def is_bare_number(text: str) -> bool:
    """Steps and questions are numbered too: a number may mean any of them, while "it helped" would end it all."""
    return text.strip(" .)").isdigit()


def answer_in_words(talk: Conversation, draft: Draft, text: str) -> None:
    """ "Nei", and perhaps the answers to what the case still needs, in the same message."""
    if is_bare_number(text):
        talk.say("self_help.did_it")
        return
    if asks_back(text):
        talk.say("error.no_answer")
        talk.say("self_help.did_it")
        return
    rest = _DID_NOT_HELP.sub("", text.strip(), count=1).strip()
    items = items_of(talk, draft)
    as_list = bool(rest) and (is_list(split_list(rest, items), items) or _answers_on_one_line(talk, draft, rest))
    # Whoever only tells more has not said that the advice was tried, and the case must not say so either.
    failed = as_list or len(rest) < len(text.strip())
    failed = failed or _TRIED.search(text) is not None
    outcome = _UNTRIED if _NOT_TRIED.search(text) else _FAILED if failed else _UNSAID
    said = len(talk.replies)
    if rest and not as_list:
        draft = draft.with_more(rest)
    fill_case.start(talk, draft.with_answer("tried", _tried(talk, draft, outcome)))
    if not as_list:
        return
    pending, draft_now = talk.state.pending, talk.state.draft
    if pending is not None and pending.kind == "item" and draft_now is not None:
        # What would be asked now is answered already.
        del talk.replies[said:]
        answering.answer_item(talk, draft_now, pending.key, rest)


def _answers_on_one_line(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Nei. iPhone, i går, alt er nede" after the questions that were shown under the steps."""
    if not talk.virksomhet:
        return False
    read = fill_case.with_all_read(talk, draft.with_answer("tried", _tried(talk, draft, _FAILED)))
    items = items_of(talk, read)
    asked = missing_required(items, read)
    return bool(asked) and take_commas(talk, read, items, asked[0], text) is not None


def _tried(talk: Conversation, draft: Draft, outcome: str) -> Answer:
    """What the case says was tried: in bokmål, as all the bot's own words there; the person reads his language."""
    article = talk.knowledge.selfhelp.for_form(draft.form_id or 0)[0]
    told = talk.reading(draft.text).tried
    begins = f"{told}. " if told else ""
    kept = talk.case_text(outcome, title=article.title)
    shown = talk.text(outcome, title=article.title_in(talk.state.language))
    return Answer(f"{begins}{kept}", f"{begins}{shown}")


def _questions(talk: Conversation, draft: Draft) -> str:
    """What the case will still need if the article does not help, as a numbered list."""
    if not talk.virksomhet:
        return ""
    read = fill_case.with_all_read(talk, draft.with_answer("tried", _tried(talk, draft, _FAILED)))
    items = items_of(talk, read)
    asked = [item for item in missing_required(items, read) if item.type is not FieldType.ATTACHMENT]
    return numbered([input_of(talk, read, item, {}) for item in asked]) if asked and not read.critical else ""
