"""The engine: (state, event, situation, knowledge) -> Turn. Pure; every event in every state gives an answer.

How a message is understood, in this order, so that what is open is answered first and a command always works:

    1. cleaned; too long or empty is said; personal data is masked before anything is stored (DESIGN: privacy)
    2. an offered choice, by number or label             "2", "send", "hele avdelingen"
    3. a command                                         "avbryt", "tilbake", "status", "endre omfang"
    4. a question about the guide or a word in it        "hva er en hovedsak?"
    5. the answer to the open question
    6. a correction of, or addition to, the case at hand "det var forresten i går"
    7. a new need
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogs import commanding, commands, pressing
from dialogs.choosing import yes_or_no
from dialogs.commands import (
    BY_REFERENCE,
    CASE_REF,
    Command,
    after_greeting,
    before_publishing,
    before_send,
    find_command,
)
from dialogs.conversation import Conversation
from dialogs.events import Deleted, Edited, Event, Happened, Joined, Pressed, Said
from dialogs.flows import (
    about_sent,
    answering,
    attaching,
    choose_form,
    closed_guard,
    confirm,
    edited,
    fill_case,
    following,
    for_others,
    gone_forms,
    inbox,
    known_fault,
    meant_otherwise,
    notice,
    notice_approval,
    notice_update,
    only_asked,
    outcome,
    problem_case,
    returning,
    self_help,
    solution,
    starting_over,
    still_choosing,
    suspicion,
    switching,
    talk_about,
    verifying,
)
from dialogs.items import KeptItems, find_item, items_of
from dialogs.language import detect_language
from dialogs.named_lines import denies_something
from dialogs.offered import choose_offered
from dialogs.pasted_mail import matter_of
from dialogs.phrases import is_answer
from dialogs.privacy_guard import guard
from dialogs.said_of_lines import fills_offered
from dialogs.sentences import WORDS, adds_to_it, asks_back, is_another_need, says_nothing
from dialogs.state import HOLD_FILES, MAX_CASE_TEXT, TO_OTHERS, WITH_A_FILE, Draft, Pending, State
from dialogs.taken_back import after_changed_mind
from dialogs.texts import Texts
from dialogs.turn import Situation, Turn
from knowledge.errors import CaseIsFull
from knowledge.library import Library

MAX_TEXT = 20_000

# Open questions whose answer is free text.
_FREE_TEXT = frozenset(
    {"item", "virksomhet", "description", "comment", "describe_support", "describe_service", "describe_any",
     "describe_form", "follow", "approval_reason", "known_fault", "known_more", "meant", "problem_made",
     "problem_not_needed", *notice_update.QUESTIONS, *suspicion.ASKS, *TO_OTHERS}
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What may be typed beside the buttons of a question, in words of its own.
_TYPED = {verifying.KIND: verifying.typed, "solution": solution.typed, suspicion.KIND: suspicion.typed}


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine with its texts; the composition root builds one."""

    texts: Mapping[str, Texts]
    _items: KeptItems = field(default_factory=KeptItems, init=False, compare=False)

    def decide(self, state: State, event: Event, situation: Situation, knowledge: Library) -> Turn:
        """One turn. Never raises on any event in any legal state; the turn has at least one reply."""
        talk = Conversation(state, situation, knowledge, self.texts, self._items)
        arrived = isinstance(event, Said) and bool(event.attachments)
        talk.files_at_hand = arrived or (state.pending is not None and state.pending.kind in HOLD_FILES)
        if isinstance(event, Said | Pressed):
            returning.drop_expired(talk)
        words = clean(event.text) if isinstance(event, Said | Edited) else ""
        mended = not isinstance(event, Happened) and gone_forms.settle(talk, words)
        try:
            _take(talk, event, words, mended=mended)
        except CaseIsFull:
            # All is as it was before the message: the case can still be sent.
            talk = Conversation(state, situation, knowledge, self.texts, self._items)
            talk.say("error.case_is_full", limit=MAX_CASE_TEXT)
            returning.resume(talk, say=False)
        if isinstance(event, Said | Pressed):
            closed_guard.keep_apart(talk, state)
        if talk.form_in_doubt and talk.state.draft is not None:
            choose_form.look_again(talk, talk.state.draft)
        if talk.finished and talk.state.pending is None:
            returning.take_up_next(talk)
        talk.state = talk.state.without_stale_words()
        if not talk.replies:
            talk.say("error.lost")
        return talk.finish()


def _take(talk: Conversation, event: Event, words: str, *, mended: bool) -> None:
    match event:
        case _ if mended:
            pass
        case Said():
            _said(talk, event)
        case Pressed():
            pressing.press(talk, event.action, event.values)
        case Joined():
            talk_about.greet(talk)
        case Edited():
            edited.take(talk, guard(words).text[:MAX_TEXT])
        case Deleted():
            edited.deleted(talk)
        case Happened():
            outcome.tell(talk, event)


def clean(text: str) -> str:
    """The text without control and invisible characters, and with plain line ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _said(talk: Conversation, event: Said) -> None:
    text = clean(event.text)
    if len(text) > MAX_TEXT:
        talk.say("error.message_too_long", limit=MAX_TEXT)
        return
    if not text and event.attachments:
        if not about_sent.hear_file(talk, event.attachments, ""):
            attaching.receive(talk, event.attachments, "")
        return
    if not text:
        talk.say("error.empty_message")
        returning.resume(talk, say=False)
        return
    language = detect_language(text)
    answers_item = commanding.open_item(talk) or for_others.are_asked(talk.state.pending)
    if language is not None and not talk.state.language_chosen and not answers_item:
        talk.state = replace(talk.state, language=language)
    guarded = guard(text)
    if guarded.text_key:
        talk.say(guarded.text_key)
    talk.said = guarded.text if _is_for_others(talk) else matter_of(talk, guarded.text)
    if event.attachments and (
        about_sent.hear_file(talk, event.attachments, talk.said)
        or attaching.receive(talk, event.attachments, talk.said)
    ):
        return
    seen, pending = talk.state.draft, talk.state.pending
    at_summary = seen is not None and seen.stage == "confirm"
    at_advice = pending is not None and pending.kind == "self_help"
    is_open = at_advice or (pending is not None and pending.kind in ("item", "confirm"))
    answer = before_send(talk.said, anywhere=at_summary) if is_open else None
    if is_open and seen is not None and seen.kind == "notice" and answer is None:
        without = before_publishing(talk.said)
        answer = without if without != talk.said else None
    if at_advice and answer is not None and yes_or_no(answer):
        answer = None  # "ja, send" does not say that the advice helped
    talk.said = answer or talk.said
    _understand(talk, talk.said)
    if answer is not None and seen is not None and (at_summary or at_advice):
        confirm.send_as_said(talk, seen, answer)


def _is_for_others(talk: Conversation) -> bool:
    """Whether what is written now goes on in the words it is written in: to somebody, or to all who read a notice."""
    draft = talk.state.draft
    return for_others.are_asked(talk.state.pending) or (draft is not None and draft.kind == "notice")


def _understand(talk: Conversation, text: str) -> None:
    pending = talk.state.pending
    if not for_others.are_asked(pending):
        text = after_greeting(text)
    if notice_update.understands(talk, pending, text) or starting_over.hear(talk, text):
        return
    if notice.hear(talk, pending, text):
        return
    if pending is not None and choose_offered(talk, pending, text):
        return
    if pending is not None and pending.kind in _TYPED and _TYPED[pending.kind](talk, pending.key, text):
        return
    command = find_command(text) or _asks_which_form(talk, text)
    told_apart = command is not None and command.command in (Command.LANGUAGE, *BY_REFERENCE)
    if command is not None and command.rest and for_others.are_asked(pending) and not told_apart:
        command = None  # "Hvilket skjema brukte du?" is for the one it is written to
    if command is not None and commanding.obey(talk, command):
        return
    if command is None and verifying.works(talk, text):
        returning.resume(talk)
        return
    if command is None and CASE_REF.search(text) is None and _about_the_case_shown(talk, text):
        return
    if not for_others.are_asked(pending) and (meant_otherwise.hear(talk, text) or about_sent.hear(talk, text)):
        return
    if not for_others.are_asked(pending) and known_fault.hear_again(talk, text):
        returning.resume(talk)
        return
    if not _long_answer_open(talk, text) and talk_about.answer_question(talk, text):
        if talk.state.draft is not None:
            returning.resume(talk)
        return
    draft = talk.state.draft
    if draft is not None and _is_about_the_draft(pending) and only_asked.hear(talk, draft, text):
        return
    if draft is not None and _is_about_the_draft(pending) and meant_otherwise.hear_at_a_form(talk, draft, text):
        return
    if pending is not None and pending.kind in _FREE_TEXT:
        _free_text(talk, pending, text)
        return
    if about_sent.hear_correction(talk, text):
        return
    if draft is not None and _about_draft(talk, draft, text):
        return
    choose_form.begin(talk, talk_about.answer_call(talk, text))
    attaching.add_loose(talk)


def _asks_which_form(talk: Conversation, text: str) -> commands.Said | None:
    """ "Nei vent, hvilket skjema skal jeg bruke for …" where nothing is begun."""
    asked = find_command(after_changed_mind(text) or "") if talk.state.draft is None else None
    return asked if asked is not None and asked.command is Command.WHICH_FORM else None


def _is_about_the_draft(pending: Pending | None) -> bool:
    """Whether what is said now is said of the draft: no comment, description or other text of its own is asked for."""
    return pending is None or pending.kind in ("item", "meant") or pending.kind not in (*_FREE_TEXT, WITH_A_FILE)


def _about_the_case_shown(talk: Conversation, text: str) -> bool:
    """What is said of the case on the screen, without its reference: whether it works, or an answer of 1.linje."""
    pending = talk.state.pending
    in_inbox = pending is not None and pending.kind == "inbox_actions"
    return inbox.typed(talk, pending.key, text) if pending is not None and in_inbox else solution.hear(talk, text)


def _free_text(talk: Conversation, pending: Pending, text: str) -> None:
    draft = talk.state.draft
    match pending.kind:
        case "describe_support" | "describe_service" | "describe_any":
            talk.close_question()
            kind = pending.kind.removeprefix("describe_")
            choose_form.begin(talk, text, None if kind == "any" else kind)
            attaching.add_loose(talk)
        case "describe_form":
            talk.close_question()
            choose_form.which_form(talk, text)
        case "follow":
            following.take(talk, pending.key, text)
            if talk.state.pending is None:
                returning.resume(talk)
        case kind if kind in TO_OTHERS:
            for_others.take(talk, kind, pending.key, text)
        case "problem_made" | "problem_not_needed":
            problem_case.settle(talk, pending.kind, pending.key, text)
        case kind if kind in notice_update.QUESTIONS:
            notice_update.hear(talk, kind, pending.key, text)
        case kind if kind in suspicion.ASKS:
            suspicion.take_text(talk, kind, pending.key, text)
        case "approval_reason":
            notice_approval.take_reason(talk, pending.key, text)
        case "known_fault" | "known_more":
            known_fault.hear_more(talk, text, choose_form.go_on)
            attaching.add_loose(talk)
        case _ if draft is None:
            talk.close_question()
            choose_form.begin(talk, text)
        case "virksomhet":
            fill_case.answer_virksomhet(talk, draft, text)
        case "description":
            confirm.change_description(talk, draft, text)
        case _:
            answering.hear(talk, draft, pending.key, text)


def _about_draft(talk: Conversation, draft: Draft, text: str) -> bool:
    """A correction or an addition, or a new need beside the case at hand; False: start over with the text."""
    if talk.state.pending is not None and talk.state.pending.kind == "form_shown":
        # A form was only shown on asking: what comes now is the next thing, not more of it.
        talk.state = talk.state.without_draft(draft.id)
        return False
    if draft.stage == "right" and still_choosing.denies_all(text):
        still_choosing.mean_another_form(talk, draft, still_choosing.says_what_instead(text))
        return True
    if draft.stage == "right" and is_another_need(talk, draft, text) and not denies_something(text):
        # Nothing has been filled in yet, so who wants something else gets that, and need not say so twice.
        talk.state = talk.state.without_draft(draft.id)
        talk.say("choose.instead")
        return False
    if draft.stage == "right" and switching.keep(talk, draft, text):
        returning.resume(talk, say=False)
        return True
    if draft.stage == "right":
        # What is told meanwhile is kept; who may use the form is still to be settled.
        talk.say("choose.noted")
        choose_form.take(talk, draft.with_more(text), talk.knowledge.catalogue.get(draft.form_id or 0))
        return True
    if draft.stage == "choose" and about_sent.hear_instead_of_a_form(talk, draft, text):
        return True
    if draft.stage == "choose" and draft.answers:
        still_choosing.hear_of_another(talk, draft, text)
        return True
    if draft.stage == "choose":
        if is_answer(text, "dont_know"):
            still_choosing.take_nearest(talk, draft)
            return True
        still_choosing.hear_more(talk, draft, text)
        return True
    if draft.stage == "self_help":
        self_help.answer_in_words(talk, draft, text)
        return True
    if not switching.begins_another(text) and fills_offered(talk, draft, text) and answering.correct(talk, draft, text):
        return True
    sure = switching.begins_another(text) or (is_another_need(talk, draft, text) and not adds_to_it(text))
    if sure and not switching.says_also(text):
        return switching.offer(talk, text)
    if switching.keep(talk, draft, text):
        returning.resume(talk, say=False)
        return True
    if sure or switching.may_be_another(talk, draft, text):
        return switching.offer(talk, text)
    if answering.correct(talk, draft, text):
        return True
    if draft.kind == "notice":
        talk.say("notice_facts.not_taken", text=text)
        returning.resume(talk, say=False)
        return True
    if says_nothing(text):
        talk.say("change.nothing_said")
        returning.resume(talk, say=False)
        return True
    if asks_back(text):
        talk.say("error.no_answer")
        returning.resume(talk, say=False)
        return True
    confirm.add_to_description(talk, draft, text)
    return True


def _long_answer_open(talk: Conversation, text: str) -> bool:
    """Whether a story is expected: then only a plain question is taken for one."""
    pending, draft = talk.state.pending, talk.state.draft
    if for_others.are_asked(pending):
        return True  # a question too is for the one it is written to
    if pending is None or pending.kind not in _FREE_TEXT or text.rstrip().endswith("?"):
        return False
    if pending.kind != "item" or draft is None:
        return True
    item = find_item(items_of(talk, draft), pending.key)
    return item is not None and item.type in WORDS
