"""What was typed as one of the choices that are offered: by its number, its label, or yes and no where that is plain.

A message that says more than which choice it means is no choice (DESIGN 3).
"""

from __future__ import annotations

import re

from dialogs import pressing
from dialogs.choosing import pick, yes_or_no
from dialogs.commands import CASE_REF, Command, find_command
from dialogs.conversation import Conversation
from dialogs.correcting import changes_in
from dialogs.flows import about_sent, chosen_in_words, notice_update, self_help, still_choosing, suspicion, verifying
from dialogs.phrases import is_answer
from dialogs.state import Pending

# Beside an offered choice only a bare yes or no counts; more words say something of their own.
_MAX_WORDS_OF_YES_NO = 3
_MAX_WORDS_OF_A_CHOICE = 4
_WHOLE_LABEL = frozenset({"menu", "ways_on", "confirm", *notice_update.WHOLE_LABELS})
# What can be done with a case is offered, not asked: a sentence that holds the words of an offer is no answer to it.
_ABOUT_A_CASE = frozenset(
    {"approval", "case", "which_case", "solved", "solution", "inbox", "inbox_actions", "hovedsak", suspicion.KIND,
     verifying.KIND}
)  # fmt: skip


def choose_offered(talk: Conversation, pending: Pending, text: str) -> bool:
    """An offered choice, by number, label, or yes and no where that is plain."""
    if not pending.options or (pending.kind in ("form", "split") and still_choosing.says_what_instead(text)):
        return False
    if chosen_in_words.hear(talk, pending, text):
        return True
    if pending.kind == "self_help" and self_help.says_more(text):
        return False
    # A form whose label merely stands in a new sentence is not chosen by it, so only short texts are compared. To an
    # item, more than a few words, or a list of answers, may say more than the choice, so they are read as a whole.
    # "Endre omfang" and "ikke send ennå" hold the words of buttons too, so those are pressed by their whole label.
    few_words = len(text.split()) <= _MAX_WORDS_OF_YES_NO
    loosely = pending.kind not in _WHOLE_LABEL and (
        (pending.kind != "item" or _is_one_choice(text)) and (few_words or pending.kind not in _ABOUT_A_CASE)
    )
    # "Trekk saken L-…5" is no press of the button of another case.
    named = CASE_REF.search(text)
    loosely = loosely and (named is None or any(named[0].upper() in label for label in pending.labels))
    # "Avvis M-…4: øvelse" names another suspicion than the one shown, or says the reason with it.
    loosely = loosely and not (pending.kind == suspicion.KIND and suspicion.says_more(text))
    numbered_otherwise = pending.kind == "self_help" and self_help.is_bare_number(text)
    index = pick(text, pending.labels, loosely=loosely) if len(text) <= 120 and not numbered_otherwise else None
    if index is None and pending.kind != "item":
        draft = talk.state.draft
        # "Ikke kritisk" at the summary says more than no.
        says_more = (
            pending.kind == "confirm"
            and draft is not None
            and (_is_a_change(text) or changes_in(talk, draft, text) is not None)
        )
        answer = yes_or_no(text) if few_words and not says_more else None
        if answer is not None:
            index = _yes_no_index(pending, answer, text)
    if index is None:
        return False
    pressing.press(talk, pending.options[index], {})
    return True


def _is_a_change(text: str) -> bool:
    """ "Rett navnet" is no "rett"."""
    command = find_command(text)
    return command is not None and command.command is Command.CHANGE


def _is_one_choice(text: str) -> bool:
    return len(text.split()) <= _MAX_WORDS_OF_A_CHOICE and not re.search(r"[\n;]|,(?!\d)", text)


def _yes_no_index(pending: Pending, answer: bool, text: str) -> int | None:
    last = len(pending.options) - 1
    match pending.kind:
        case "confirm":
            return 0 if answer else next(n for n, one in enumerate(pending.options) if one.startswith("edit:"))
        case "form" | "form_shown" | "split" | "right":
            # "Ja" chooses when there is one form and "ingen av disse". "Nei, ikke kritisk" is about something else.
            if answer:
                return 0 if last == 1 else None
            return last if is_answer(text, "none_of_these") else None
        case (
            "solution"
            | "self_help"
            | "withdraw"
            | "switch"
            | "fault_type"
            | "forget"
            | "known_fault"
            | "edited"
            | "meant"
            | about_sent.KIND
        ):
            return 0 if answer else 1
        case "notice_reach":
            # "Ja, vent litt" must not go to twelve thousand.
            return 1 if not answer else 0 if is_answer(text, "yes") else None
        case _:
            return None
