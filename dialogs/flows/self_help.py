"""Self-help first, for employees with a fault (G 3.2.1): show the steps, ask whether they helped, else go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.answer_fit import asks_a_figure, is_value_alone, shape_of
from dialogs.answer_lists import is_list, split_list
from dialogs.case import Role
from dialogs.comma_answers import take_commas
from dialogs.conversation import Conversation
from dialogs.criticality import is_suspected_of
from dialogs.filling import parse_answer
from dialogs.flows import answering, fill_case
from dialogs.forms import is_security_incident
from dialogs.inputs import input_of
from dialogs.items import DraftItem, items_of, missing_required
from dialogs.plain_text import numbered
from dialogs.replies import Choice
from dialogs.sentences import asks_back, speaks_of_the_matter
from dialogs.state import Answer, Draft
from knowledge.catalogue import FieldType, Form

_DID_NOT_HELP = re.compile(
    r"^(?:(?:nei|nope|no|niks|nah|næ)\b[\s,.:!–-]*(?:(?:dessverre|diverre|takk|sorry)\b[\s,.:!–-]*)?)?(?:(?:det|den|it)?\s*(?:hjalp|hjelpte|virket|virka|fungerte|funka|did)"
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
_PARTS_END = re.compile(r",\s+|(?<=[^\d\W]{2})(?<!\bkl)(?<!\bnr)(?<!\bca)[.!]\s+|(?<=\d{3})\.\s+")
_NO_AT_THE_END = re.compile(r"(?<=\S)[,.]\s*(?:nei|no|nope)\W*$", re.IGNORECASE)
_IT_IS = re.compile(r"^(?:det|den|it)\s+(?:er|var|is|was|har\s+vært)\s+", re.IGNORECASE)
_NAMED_NUMBER = re.compile(r"(?P<name>[^\W\d]{4,})\s+(?:er\s+)?(?P<number>[\w-]*\d[\w-]*)")
_NUMBER = re.compile(r"\d{5,}")
_MOST_WORDS_OF_AN_ANSWER, _FEW_WORDS = 6, 4
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
    rest = _NO_AT_THE_END.sub("", rest)  # "PC1234, alt er nede, nei"
    says_no = len(rest) < len(text.strip())
    told = _answers_in(talk, draft, rest, sentences_too=says_no)
    # Whoever only tells more has not said that the advice was tried, and the case must not say so either.
    failed = told is not None or says_no or _TRIED.search(text) is not None
    outcome = _UNTRIED if _NOT_TRIED.search(text) else _FAILED if failed else _UNSAID
    # In a list what was tried has a line of its own.
    tried = _tried(talk, draft, outcome, also="" if told is not None and "\n" in told.row else rest)
    said = len(talk.replies)
    more = rest if told is None else told.more
    fill_case.start(talk, (draft.with_more(more) if more else draft).with_answer("tried", tried))
    pending, draft_now = talk.state.pending, talk.state.draft
    if told is None or pending is None or pending.kind != "item" or draft_now is None:
        return
    # What would be asked now is answered already, and the summary that is shown is the one after that.
    del talk.replies[said:]
    draft_now = talk.put(replace(draft_now.with_answers(told.answers), stage="fill"))
    open_items = missing_required(items_of(talk, draft_now), draft_now)
    if told.row and open_items:
        answering.answer_item(talk, draft_now, open_items[0].key, told.row)
    else:
        fill_case.go_on(talk, draft_now, together=True)


def says_more(text: str) -> bool:
    """Whether there is more than a no: "nei. BGO-LT-2001"."""
    rest = _DID_NOT_HELP.sub("", text.strip(), count=1).strip()
    return len(rest) < len(text.strip()) and (shape_of(rest) != "" or bool(re.match(r"^\W*\w+\s*[.!]\s*\S", text)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a message answers of what the case needs: single answers, answers in a row, and what only tells more."""

    answers: Mapping[str, Answer]
    row: str
    more: str


def _answers_in(talk: Conversation, draft: Draft, text: str, *, sentences_too: bool) -> _Told | None:
    """The answers in a message to the advice.

    sentences_too: also beside what only tells of the matter, as people go on after a "nei": "nei, det er leder som har
    godkjent, 10443211, oktober". What begins otherwise is answers, or tells of the matter.
    """
    items = items_of(talk, draft)
    if not text or not talk.virksomhet:
        return None
    if is_list(split_list(text, items), items):
        return _Told({}, text, "")
    read = fill_case.with_all_read(talk, draft.with_answer("tried", _tried(talk, draft, _FAILED)))
    items = items_of(talk, read)
    asked = missing_required(items, read)
    for part in _tried_in(talk, text) if sentences_too else ():
        text = _without(text, part)
    ends = [end.end() for end in _PARTS_END.finditer(text)] if sentences_too else []
    starts = [0, *ends] if asked else []
    rows = ((one, take_commas(talk, read, items, asked[0], text[one:].strip())) for one in starts)
    start = next((one for one, row in rows if row is not None and (sentences_too or not row.left)), len(text))
    if start and not sentences_too:
        return None
    answers: dict[str, Answer] = {}
    more: list[str] = []
    for part in filter(None, (part.strip(" .,!") for part in _PARTS_END.split(text[:start]))):
        found = _one_answer(talk, read.with_answers(answers), items, _IT_IS.sub("", part))
        answers |= found
        # "Jeg hører vifta, men …" may say how much is down, and says more than that.
        is_all = len(part.split()) <= _FEW_WORDS and not speaks_of_the_matter(part)
        more += [] if found and is_all else [part]
    row = text[start:].strip(" .,!")
    return _Told(answers, row, ", ".join(more)) if answers or row else None


def _one_answer(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], text: str) -> Mapping[str, Answer]:
    """All of the text as the answer to the one line it fits, one that is asked before one that is known."""
    fitting = [(item, value) for item in items if (value := _alone(talk, draft, item, text))]
    asked = [one for one in fitting if one[0].required and one[0].key not in draft.answers]
    for of in (asked, [one for one in fitting if one[0].type is FieldType.CHOICE]):
        answer = parse_answer(talk, draft, of[0][0], of[0][1]) if len(of) == 1 else None
        if isinstance(answer, Answer):
            return {of[0][0].key: answer}
    # "Vi printer til RYEN-BIB-2": the one code told is what the one line of words asks for.
    codes = [word.strip(".,") for word in text.split() if shape_of(word.strip(".,")) == "code"]
    of_words = [
        item for item in items if item.type is FieldType.TEXT and item.required and item.key not in draft.answers
    ]
    if len(codes) == 1 and len(of_words) == 1 and len(text.split()) <= _MOST_WORDS_OF_AN_ANSWER:
        return {of_words[0].key: Answer(codes[0], codes[0])}
    return {}


def _alone(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> str:
    """The text as a value of the line, where it is nothing else: an option or a time, or a number or a code where one
    is asked ("bilag 887711" of "Bilagsnummer"); else empty."""
    if len(text.split()) > _MOST_WORDS_OF_AN_ANSWER:
        return ""
    if item.type is not FieldType.TEXT or not asks_a_figure(item):
        return text if is_value_alone(talk, draft, item, text) else ""
    named = _NAMED_NUMBER.fullmatch(text)
    if named is not None and named["name"].casefold() in item.label.casefold():
        return named["number"]
    return text if shape_of(text) == "code" or _NUMBER.fullmatch(text) else ""


def _tried_in(talk: Conversation, text: str) -> tuple[str, ...]:
    """What the text says was tried, as it stands there: all of it, or of each part ("alt nede, byttet batteri")."""
    whole = talk.reading(text).tried
    parts = (talk.reading(part).tried for part in _PARTS_END.split(text) if part) if whole is None else (whole,)
    return tuple(part for part in parts if part)


def _without(text: str, part: str) -> str:
    """The text without what was tried: that has its own line."""
    before, found, after = text.partition(part)
    return ", ".join(filter(None, (before.strip(" ,"), after.strip(" ,.")))) if found else text


def _tried(talk: Conversation, draft: Draft, outcome: str, also: str = "") -> Answer:
    """What the case says was tried: in bokmål, as all the bot's own words there; the person reads his language.

    What was told before the advice, and in the answer to it (`also`), stands first.
    """
    article = talk.knowledge.selfhelp.for_form(draft.form_id or 0)[0]
    told = dict.fromkeys((*_tried_in(talk, draft.text), *_tried_in(talk, also)))
    begins = "".join(f"{one.rstrip(' .')}. " for one in told)
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
