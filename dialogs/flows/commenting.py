"""Saying something in a case, with files or without (G 5.1: a comment begins with whom it is for).

Whom it is for is asked when it is not said, since a case may have gone on to the supplier. What lies with the own
1.linje is read by no one else, and pay cases by the pay desk alone (G 3.2.3), so there nobody is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import case_files
from dialogs.case import Case, Role, Status
from dialogs.choosing import yes_or_no
from dialogs.conversation import Conversation
from dialogs.effects import CommentCase
from dialogs.phrases import fold_phrase
from dialogs.replies import Choice, Link
from dialogs.state import Pending

_GREETS = re.compile(r"^\W*(?:hei|hi|hello|hallo|til|to)\s+(?P<name>[A-ZÆØÅ].*)$", re.IGNORECASE | re.DOTALL)
# "Hei, når kommer dere?" greets nobody in particular; the name is put in its place.
_BARE_GREETING = re.compile(r"^\W*(?:hei|hi|hello|hallo)\s*[,.!:–-]+\s*", re.IGNORECASE)
_BY_REFERENCE = re.compile(
    r"(?:(?P<name>\S.{0,40}?)\s+(?:på|i|om|on|in|about)\s+(?:sak(?:en|a)?\s+|case\s+)?)?"
    r"(?P<ref>L-\d{4}-\d{1,9})\b[\s:,–-]*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NAME = 40
_LOOKS_LIKE_A_NAME = re.compile(
    r"^[A-ZÆØÅ][\w.'-]*(?:\s+(?:(?:og|i|av|for|ved|på|von|de|and|of)\s+)?[A-ZÆØÅ][\w.'-]*){0,4}"
    r"(?:\s+(?:i|på|ved|hos|fra|in|at|from)\s+\w+)?$"
)


def start(talk: Conversation, ref: str, text: str = "") -> None:
    """Comment a case; without a text, ask for it."""
    talk.drop_old_files()
    case = may_say(talk, ref)
    if case is None:
        return
    if text:
        take(talk, case.ref, text)
    else:
        talk.say("comment.ask_first_line" if case.first_line else "comment.ask", ref=case.ref, title=case.title)
        talk.ask(Pending("comment", case.ref))


def start_as_said(talk: Conversation, rest: str) -> None:
    """ "L-…: words", "UKE på L-…: words", or words alone for the case talked about."""
    found = _BY_REFERENCE.match(rest)
    if found is None:
        start(talk, talk.state.last_case, rest)
        return
    ref, name, text = found["ref"], (found["name"] or "").strip(" ,:"), found["text"]
    case = talk.case(full_ref(talk, ref))
    if case is not None and text and name and not case.first_line and _names_somebody(talk, case, name):
        text = _addressed(talk, text, name)
    start(talk, ref, text)


def may_say(talk: Conversation, ref: str) -> Case | None:
    """The case, when something can still be said in it; else the person is told why not."""
    case = talk.case(full_ref(talk, ref)) if ref else None
    if case is None:
        talk.say("status.unknown_case" if ref else "comment.no_case", ref=ref)
    elif case.status in (Status.WITHDRAWN, Status.CLOSED):
        talk.say("comment.closed", ref=case.ref)
    elif case.status is Status.MOVED:
        talk.say("comment.moved", ref=case.ref, new=case.moved_to or "–")
    else:
        return case
    return None


def take(talk: Conversation, ref: str, text: str) -> None:
    """The words came: they go when it is plain whom they are for, which is asked otherwise."""
    talk.close_question()
    case = may_say(talk, ref)
    if case is None:
        return
    names = addressees(talk, case)
    if case.first_line or _says_whom(text, names):
        _add(talk, case, text)
    elif len(names) == 1:
        _add(talk, case, _addressed(talk, text, names[0]))
    else:
        talk.state = replace(talk.state, comment=text)
        choices = tuple(Choice(f"to:{case.ref}:{name}", name) for name in names)
        talk.say("comment.whom", ref=case.ref, choices=choices)
        talk.ask_choice("addressee", case.ref, choices)


def address(talk: Conversation, rest: str) -> None:
    """Whom it is for was pressed: "REF:NAME"."""
    ref, _, name = rest.partition(":")
    take_name(talk, ref, name)


def take_name(talk: Conversation, ref: str, name: str) -> None:
    """Whom it is for was pressed or typed; words that name nobody are asked about again."""
    text, case, pending = talk.state.comment, talk.case(ref), talk.state.pending
    asked = pending is not None and (pending.kind, pending.key) == ("addressee", ref)
    name = re.sub(r"^(?:hei|til|to|hi)\s+", "", name.strip(" .,!:"), flags=re.IGNORECASE)
    if case is None or not text or not asked:
        talk.say("error.old_card")
    elif not _names_somebody(talk, case, name):
        if name:
            talk.say("comment.no_name")
        take(talk, ref, text)
    else:
        talk.close_question()
        _add(talk, case, _addressed(talk, text, name))


def addressees(talk: Conversation, case: Case) -> tuple[str, ...]:
    """Who may have the case, those first who had it from the beginning."""
    organisation = talk.knowledge.organisation
    if case.route and case.route in organisation.pay_desk:
        return (organisation.pay_desk,)
    names = (organisation.agency_short, organisation.operator)
    return tuple(reversed(names)) if case.route == organisation.operator_short else names


def tool_link(talk: Conversation, case: Case) -> tuple[Link, ...]:
    """The way to the case in the case tool, where it has one."""
    url = case.kompass.url if case.kompass else ""
    return (Link(talk.text("status.open_in_tool"), url),) if url else ()


def full_ref(talk: Conversation, ref: str) -> str:
    """ "12", "000012" and "L-2026-000012" are the same case to a person who reads it off a screen."""
    wanted = ref.strip().upper()
    for case in talk.situation.cases:
        if wanted in (case.ref, case.ref.removeprefix("L-")):
            return case.ref
        if wanted.isdigit() and case.ref.rpartition("-")[2] == wanted.zfill(6):
            return case.ref
    return wanted


def _add(talk: Conversation, case: Case, text: str) -> None:
    text, files = case_files.with_text(talk, text)
    talk.state = replace(talk.state, comment="", last_case=case.ref)
    talk.effect(CommentCase(case.ref, text, files))
    if case.first_line:
        talk.say("comment.done_first_line", ref=case.ref)
    else:
        talk.say("comment.done" if talk.situation.case_tool.answers else "comment.done_later", ref=case.ref)
    if case.estimate is not None and case.is_open:
        # G 5.1.4: an estimate is answered in the approval case; a comment decides nothing.
        talk.say("estimate.not_here", ref=case.ref, links=tool_link(talk, case))


def _names_somebody(talk: Conversation, case: Case, name: str) -> bool:
    """Whether it is somebody the case or the organisation knows, or looks like a name."""
    if not name or len(name) > _LONGEST_NAME or "\n" in name:
        return False
    if _LOOKS_LIKE_A_NAME.match(name):
        return yes_or_no(name) is None
    facts, followers = talk.knowledge.organisation, (one.partition("@")[0] for one in case.followers)
    known = [
        *addressees(talk, case), facts.agency, facts.desk_name, facts.desk_short, facts.operator_short, facts.pay_desk,
        *(talk.text(f"role.{role.value}") for role in Role), case.route, case.reporter.name, case.on_behalf_of or "",
        *case.contacts, *followers, *(line["by"] for line in case.comments),
    ]  # fmt: skip
    wanted = fold_phrase(name)
    return any(re.search(rf"(?<!\w){re.escape(wanted)}", fold_phrase(one)) for one in known if one)


def _addressed(talk: Conversation, text: str, name: str) -> str:
    return talk.case_text("comment.greeting", name=name, text=_BARE_GREETING.sub("", text) or text)


def _says_whom(text: str, names: tuple[str, ...]) -> bool:
    """Whether it begins with a greeting and a name: one of those who may have the case, or any with a capital."""
    found = _GREETS.match(text)
    if found is None:
        return False
    known = any(fold_phrase(found["name"]).startswith(name.lower()) for name in names)
    return known or found["name"][:1].isupper()
