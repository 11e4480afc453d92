"""What is said about a case that is sent: it is not changed any more (G 4.1), so it is offered as a comment on it.

A message that names a case is about that case and no search for a form. Right after sending, with nothing else open,
what reads as a correction is about the case just sent, though it does not name it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dialogs.case import Case
from dialogs.commands import CASE_REF, Command, find_command
from dialogs.conversation import Conversation
from dialogs.events import Attachment
from dialogs.flows import (
    attaching,
    choose_form,
    commenting,
    confirm,
    inbox,
    registering_again,
    reopening,
    returning,
    solution,
    status,
)
from dialogs.named_lines import denied_and_meant
from dialogs.phrases import phrases
from dialogs.replies import Choice
from dialogs.said_of_lines import in_earnest
from dialogs.sentences import adds_to_it, tells_what_was_tried
from dialogs.state import TO_OTHERS, WITH_A_FILE, Draft
from dialogs.taken_back import says_it_was_wrong, takes_back
from dialogs.works_now import is_over
from knowledge.matching import Decision

KIND = "about_sent"

# Questions that wait for an answer in words that may well name a case.
_MAY_NAME_A_CASE = frozenset({"item", "description", "follow", "virksomhet", "approval_reason"})
_WRONG_FORM = re.compile(r"\b(?:feil|galt|gale|wrong)\s+(?:skjema(?:et)?|form)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:hva|hvor|hvordan|hvorfor|hvem|når|har|kva|kor|korleis|kvifor|kven|what|where|how|why|who|when|has)\b"
    r"|^\W*(?:(?:kan|can)\s+(?:jeg|eg|vi|me|i|we)\s+)?(?:vis|åpne|opne|se|sjå|show|open|see)\b"
    r"|\b(?:lurer|lurar|undrer|undrar|wonder)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"^(?:kan\s+du\s+)?(?:endre|rett|rette|bytt|change)\s+(?P<what>\S.*)$", re.IGNORECASE | re.DOTALL)
_NAMED_LAST = re.compile(
    rf"\s+(?:på|i|til|for|on|in|to)\s+(?:sak(?:en|a)?\s+|case\s+)?{CASE_REF.pattern}\W*$", re.IGNORECASE
)
# "Det gjelder bare to bydeler" is about what was told; "det er ikke strøm her" and "skjermen min er svart" may be new.
_OF_WHAT_WAS_TOLD = re.compile(
    r"^(?:og\s+|men\s+|and\s+|but\s+)?"
    r"(?:det|dette|den|feilen|feila|problemet|saken|saka|it|this|the\s+(?:fault|problem|case))\s+"
    r"(?:(?:er|var)\s+(?:borte|løst|løyst|tilbake|fortsatt|framleis)\b|(?:gjelder|gjeld|gjaldt|rammer|rammar|ramma|rammet|begynte|byrja|starta|startet|oppsto|oppstod|skjedde|hendte|"
    r"started|began|affects|concerns|happened)\b"
    r"|(?:er|var|is|was)\s+(?:bare|berre|kun|også|òg|nå|no|flere|fleire|alle|hele|heile|mange|only|just|also|now|"
    r"several|all)\b)",
    re.IGNORECASE,
)
_WORKS_NOT = re.compile(
    r"^\W*(?:(?:det|it)\s+)?(?:(?:virker|verkar|fungerer|fungerar|funker)\s+(?:fortsatt\s+|framleis\s+)?(?:ikke|ikkje)"
    r"|(?:still\s+)?does(?:\s+not|n't)\s+work)\b(?:\s+(?:på|i|for|in|on)(?=\W*$|\s*[:,–-]))?[\s:,.!–-]*(?P<why>.*)$",
    re.IGNORECASE,
)
_NONE_OF_THEM = re.compile(
    r"^(?:ingen\s+av\s+(?:disse|dem|dei|desse|de)|none\s+of\s+(?:these|them)|nei|no)\b[\s,.;:!–-]*", re.IGNORECASE
)
_MOST_WORDS_THAT_POINT = 7
_LONGEST_QUESTION = 150
_FEWEST_WORDS_OF_A_NEED = 6
_SPEAKS_OF_IT = re.compile(
    r"\b(?:det|den|dette|hun|han|ho|henne|ham|feilen|feila|problemet|it|this|she|he|him)\b", re.IGNORECASE
)
_MOST_WORDS_OF_A_CHANGE = 12
_FRESH = timedelta(hours=1)


def hear(talk: Conversation, text: str) -> bool:
    """A message that names a case; False when none is named, or it is the answer to another question."""
    named = CASE_REF.search(text)
    if named is None:
        return False
    ref, case = named[0].upper(), talk.case(named[0].upper())
    asks = len(text) <= _LONGEST_QUESTION and (text.rstrip().endswith("?") or bool(_ASKS.search(text)))
    wrong_form = _WRONG_FORM.search(text) is not None
    changes = case is not None and _CHANGE.match(text) is not None
    if not (asks or wrong_form or changes) and _answers_something_else(talk):
        return False
    if case is None and inbox.show_case(talk, ref):
        return True
    if case is None:
        _unknown(talk, ref, text)
    elif wrong_form:
        registering_again.start(talk, ref)
        return True
    elif _works_not(talk, case, text):
        pass
    elif asks:
        status.show(talk, ref)
    else:
        offer(talk, case, text)
        return True
    if talk.state.pending is None or talk.state.pending.kind not in (KIND, *TO_OTHERS):
        returning.resume(talk)
    return True


def hear_correction(talk: Conversation, text: str) -> bool:
    """A correction of the case just sent, or the words to a file just added to it; False when it is neither."""
    pending = talk.state.pending
    if pending is not None and pending.kind == WITH_A_FILE:
        case = talk.case(pending.key)
        talk.close_question()
        if case is None or not attaching.may_take(case):
            return False
        offer(talk, case, text)
        return True
    if pending is not None and pending.kind == KIND and talk.state.comment and _only_points(text):
        answer(talk, f"{pending.key}:yes")  # "det gjelder saken jeg nettopp sendte"
        return True
    case = talk.case(talk.state.last_case) if talk.state.last_case else None
    idle = talk.state.draft is None and (pending is None or pending.kind == "case_actions")
    fresh = case is not None and talk.situation.now - case.updated_at <= _FRESH
    if case is None or not idle or not fresh or not talk.reported(case) or not attaching.may_take(case):
        return False
    if _wants_it_back(text):
        confirm.withdraw(talk, case.ref)
        return True
    if is_over(text) and not _needs_another_form(talk, case, text):
        _offer_to_withdraw(talk, case, text)
        return True
    corrects = _changes_a_line(text) or takes_back(text) or says_it_was_wrong(text)
    if not (adds_to_it(text) or corrects or _is_of(talk, case, text)):
        return False
    offer(talk, case, text)
    return True


def hear_instead_of_a_form(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Ingen av disse, det var til printersaken" where a form is offered: it is more of the case just sent."""
    case = talk.case(talk.state.last_case) if talk.state.last_case else None
    if case is None or not talk.reported(case) or not attaching.may_take(case):
        return False
    if _wants_it_back(text):
        talk.finish_draft(draft)
        confirm.withdraw(talk, case.ref)
        return True
    if not adds_to_it(text):
        return False
    # "Det gjelder saken jeg nettopp sendte" says where, and what was told before is what goes there.
    more = draft.text if _only_points(text) else f"{draft.text}\n{text}" if adds_to_it(draft.text) else text
    talk.finish_draft(draft)
    offer(talk, case, more)
    return True


def hear_file(talk: Conversation, files: Sequence[Attachment], text: str) -> bool:
    """A picture while it is asked whether some words belong to the sent case: it goes where they go."""
    pending, words = talk.state.pending, talk.state.comment
    case = talk.case(pending.key) if pending is not None and pending.kind == KIND else None
    if case is None or not words or talk.state.draft is not None or not attaching.may_take(case):
        return False
    talk.state = replace(talk.state, files=(*talk.state.files, *files)[-attaching.MAX_FILES :])
    offer(talk, case, f"{words}\n{text}".strip())
    return True


def _only_points(text: str) -> bool:
    """Whether it only says that the case just sent is meant."""
    return adds_to_it(text) and len(_NONE_OF_THEM.sub("", text).split()) <= _MOST_WORDS_THAT_POINT


def _wants_it_back(text: str) -> bool:
    """ "Ingen av disse, jeg vil trekke saken"."""
    command = find_command(_NONE_OF_THEM.sub("", text.strip()))
    return command is not None and command.command is Command.WITHDRAW and not command.rest


def _offer_to_withdraw(talk: Conversation, case: Case, text: str) -> None:
    """It is all right again: the case may be taken back, or told so."""
    talk.state = replace(talk.state, comment=text)
    choices = (
        Choice(f"withdraw:{case.ref}:yes", talk.text("withdraw.yes"), "positive"),
        Choice(f"withdraw:{case.ref}:no", talk.text("withdraw.no")),
        Choice(f"{KIND}:{case.ref}:yes", talk.text("about_sent.add")),
    )
    talk.say("about_sent.over", ref=case.ref, title=case.title, choices=choices)
    talk.ask_choice(KIND, case.ref, choices)


def offer(talk: Conversation, case: Case, text: str) -> None:
    """Ask whether the words go into the case, where something can still be said in it."""
    if commenting.may_say(talk, case.ref) is None:
        returning.resume(talk)
        return
    talk.state = replace(talk.state, comment=_NAMED_LAST.sub("", text) or text)
    choices = (
        Choice(f"{KIND}:{case.ref}:yes", talk.text("about_sent.yes"), "positive"),
        Choice(f"{KIND}:{case.ref}:no", talk.text("edited.leave")),
        Choice(f"{KIND}:{case.ref}:new", talk.text("about_sent.new")),
    )
    talk.say("about_sent.offer", ref=case.ref, title=case.title, choices=choices)
    talk.ask_choice(KIND, case.ref, choices)


def answer(talk: Conversation, rest: str) -> None:
    """It was pressed where the words belong: "REF:yes", "REF:no", or "REF:new" for a case of its own."""
    ref, _, said = rest.rpartition(":")
    pending, text = talk.state.pending, talk.state.comment
    if pending is None or (pending.kind, pending.key) != (KIND, ref) or not text:
        talk.say("error.old_card")
        return
    talk.close_question()
    talk.state = replace(talk.state, comment="")
    if said == "new":
        choose_form.begin(talk, text)
        attaching.add_loose(talk)
        return
    if said == "yes":
        commenting.take(talk, ref, text)
    else:
        talk.say("about_sent.left")
    if talk.state.pending is None:
        returning.resume(talk)


def _answers_something_else(talk: Conversation) -> bool:
    """Whether the message is an answer, or more about the case being written, that only mentions a case."""
    pending, draft = talk.state.pending, talk.state.draft
    if draft is not None and (draft.kind == "notice" or draft.stage != "choose"):
        return True
    return pending is not None and (
        pending.kind in _MAY_NAME_A_CASE or pending.kind.startswith(("notice", "suspicion"))
    )


def _works_not(talk: Conversation, case: Case, text: str) -> bool:
    """ "Det virker ikke i L-…: …" answers a solution (G 5.1.2.1); False when the case has none to answer."""
    said = " ".join(CASE_REF.sub(" ", text).split())
    found = _WORKS_NOT.match(said)
    if found is None:
        return False
    why = found["why"].strip()
    if solution.may_answer(talk, case):
        solution.take_reason(talk, case.ref, why)
    elif reopening.may_reopen(talk, case):
        reopening.reopen(talk, case.ref, why)
    else:
        return False
    return True


def _unknown(talk: Conversation, ref: str, text: str) -> None:
    """No case of this person's; what is told at length is not lost with it."""
    if len(text.split()) < _FEWEST_WORDS_OF_A_NEED or talk.state.draft is not None:
        talk.say("status.unknown_case", ref=ref)
        return
    talk.state = replace(talk.state, comment=text)
    choices = (
        Choice(f"{KIND}:{ref}:new", talk.text("about_sent.new")),
        Choice(f"{KIND}:{ref}:no", talk.text("about_sent.nothing_new")),
    )
    talk.say("about_sent.unknown", ref=ref, choices=choices)
    talk.ask_choice(KIND, ref, choices)


def _needs_another_form(talk: Conversation, case: Case, text: str) -> bool:
    match = talk.match(text)
    return match.decision is Decision.ANSWER and match.best is not None and match.best.form.id != case.form_id


def _changes_a_line(text: str) -> bool:
    found = _CHANGE.match(text)
    return found is not None and confirm.split_change(found["what"])[0] in phrases().lines


def _is_of(talk: Conversation, case: Case, text: str) -> bool:
    """Whether it speaks of the matter, and is not plainly a need for another form."""
    other = _needs_another_form(talk, case, text)
    if _OF_WHAT_WAS_TOLD.match(text.strip()) is not None and not other:
        return True
    if len(text.split()) > _MOST_WORDS_OF_A_CHANGE:
        return False
    return _denies_what_was_told(case, text) or (not other and _tells_otherwise(talk, case, text))


def _denies_what_was_told(case: Case, text: str) -> bool:
    """ "Ho brukar Outlook i AKS, ikkje på PC": what is denied stands in the case."""
    told = " ".join((case.title, case.description, *map(str, case.answers.values()))).casefold()
    return any(len(wrong) > 1 and wrong.casefold() in told for _, wrong in denied_and_meant(text))


def _tells_otherwise(talk: Conversation, case: Case, text: str) -> bool:
    """ "Nå har hele avdelingen det": another extent, outage or beginning than the case has, of what it speaks of."""
    reading = talk.reading(text)
    if reading.call_back is not None or (case.kind == "support" and tells_what_was_tried(talk, text)):
        return True
    if not _SPEAKS_OF_IT.search(text):
        return False  # "skjermen min er svart siden kl 8" names a thing of its own
    began = reading.started_at.at.isoformat() if reading.started_at is not None else None
    read = {"extent": in_earnest(reading).extent, "outage": reading.outage, "started_at": began}
    if reading.phone is not None:
        return True
    return any(value is not None and case.answers.get(key) not in (None, value) for key, value in read.items())
