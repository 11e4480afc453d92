"""Who follows a case: added and taken off later, by the reporter; whoever follows may stop doing so himself.

Kompass finds people by e-mail address only, and the first of several of one name is never picked, so a name is
answered by asking for the address. Whom to take off may be named, since there the names are few and known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dialogs.case import Case
from dialogs.commands import CASE_REF
from dialogs.conversation import Conversation
from dialogs.effects import ChangeFollower
from dialogs.flows import which_case
from dialogs.flows.commenting import full_ref, may_say
from dialogs.phrases import fold_phrase, is_answer
from dialogs.replies import Choice
from dialogs.state import Pending

MAX_AT_ONCE = 10

_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WORDS = re.compile(
    r"\b(?:som|as)?\s*(?:an?|en|ein)?\s*(?:følger(?:en|e|ne)?|følgjar(?:en|ar|ane)?|followers?)\b"
    r"|\b(?:på|i|til|fra|frå|from|on|to|in)\s*(?:sak(?:en|a)?|case)?\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|\n|\bog\b|\band\b)\s*")


def add(talk: Conversation, said: str) -> None:
    """ "Legg til Kari som følger på L-2026-000001": who and which case may both be missing."""
    ref, names = _read(said)
    case = _which(talk, ref, lambda one: f"follow:{one.ref}:{','.join(names)}")
    if case is not None:
        _add(talk, case, names)


def remove(talk: Conversation, said: str) -> None:
    """ "Fjern Kari fra L-2026-000001": who and which case may both be missing."""
    ref, names = _read(said)
    case = _which(talk, ref, lambda one: f"unfollow:{one.ref}:{','.join(names)}")
    if case is not None:
        _remove(talk, case, names)


def leave(talk: Conversation, ref: str) -> None:
    """ "Slutt å følge": the person himself."""
    case = talk.case(full_ref(talk, ref))
    if case is None:
        talk.say("status.unknown_case", ref=ref or "–")
        return
    person = talk.situation.person
    own = case.followers_who_are(person.id, person.email)
    for one in own:
        talk.effect(ChangeFollower(case.ref, one, follows=False))
    talk.say("follow.left" if own else "follow.not_following", ref=case.ref, name=person.name)


def press_add(talk: Conversation, rest: str) -> None:
    """The button: "REF" or "REF:ADDRESS,ADDRESS"."""
    ref, _, names = rest.partition(":")
    case = _mine(talk, ref)
    if case is not None:
        _add(talk, case, _split(names))


def press_remove(talk: Conversation, rest: str) -> None:
    """The button: "REF" or "REF:FOLLOWER"."""
    ref, _, name = rest.partition(":")
    case = _mine(talk, ref)
    if case is not None:
        _remove(talk, case, _split(name))


def take(talk: Conversation, ref: str, text: str) -> None:
    """The address that was asked for came."""
    talk.close_question()
    case = _mine(talk, ref)
    if case is not None:
        _add(talk, case, _split(text))


def shown(case: Case) -> tuple[str, ...]:
    """The followers as people know them: addresses and names, not the ids of our own."""
    return tuple(one for one in case.followers if "@" in one or not re.search(r"[\d:]", one))


def _add(talk: Conversation, case: Case, names: tuple[str, ...]) -> None:
    addresses = [found[0].lower() for name in names if (found := _ADDRESS.search(name))]
    unclear = [name for name in names if not _ADDRESS.search(name)]
    if any(is_answer(name, "me") for name in unclear):
        talk.say("follow.you_reported", ref=case.ref)
        unclear = [name for name in unclear if not is_answer(name, "me")]
        if not addresses and not unclear:
            return
    known = {one.lower() for one in case.followers}
    already = [one for one in addresses if one in known]
    new = list(dict.fromkeys(one for one in addresses if one not in known))[:MAX_AT_ONCE]
    if already:
        talk.say("follow.already", names=", ".join(already), ref=case.ref)
    for one in new:
        talk.effect(ChangeFollower(case.ref, one, follows=True))
    if new:
        talk.say("follow.added" if _here(case) else "follow.adding", names=", ".join(new), ref=case.ref)
    if unclear or not addresses:
        name = ", ".join(unclear)
        talk.say("follow.which_address" if name else "follow.who", name=name, ref=case.ref)
        talk.ask(Pending("follow", case.ref))


def _remove(talk: Conversation, case: Case, names: tuple[str, ...]) -> None:
    candidates = shown(case)
    if not candidates:
        talk.say("follow.nobody", ref=case.ref)
        return
    meant = [one for name in names for one in _meant(name, candidates)]
    if not names or len(meant) > len(names):
        _ask_whom(talk, case, tuple(dict.fromkeys(meant)) or candidates)
    elif not meant:
        talk.say("follow.not_following", name=", ".join(names), ref=case.ref)
    else:
        for one in dict.fromkeys(meant):
            talk.effect(ChangeFollower(case.ref, one, follows=False))
        talk.say("follow.removed" if _here(case) else "follow.removing", names=", ".join(meant), ref=case.ref)


def _ask_whom(talk: Conversation, case: Case, followers: tuple[str, ...]) -> None:
    choices = tuple(Choice(f"unfollow:{case.ref}:{one}"[:300], one) for one in followers)
    talk.say("follow.whom", ref=case.ref, choices=choices)
    talk.offer("unfollow", case.ref, choices)


def _which(talk: Conversation, ref: str, action: Callable[[Case], str]) -> Case | None:
    """The case that is named, talked about, or the only one; else it is asked which, and None."""
    if ref:
        return _mine(talk, ref)
    own = [case for case in talk.situation.cases if talk.reported(case) and case.is_open]
    return which_case.find(talk, own, action)


def _mine(talk: Conversation, ref: str) -> Case | None:
    """The person's own case, when something can still be done with it; else the person is told why not."""
    case = may_say(talk, ref)
    if case is not None and not talk.reported(case):
        talk.say("follow.not_yours", name=case.reporter.name, ref=case.ref)
        return None
    return case


def _here(case: Case) -> bool:
    """Whether it is done at once: the case has not been sent yet, or lies with the own 1.linje."""
    return bool(case.first_line) or case.is_unsent


def _meant(name: str, followers: tuple[str, ...]) -> list[str]:
    """The followers a name may mean: all of it, or its words as beginnings of theirs."""
    wanted = fold_phrase(name)
    exact = [one for one in followers if one.lower() == wanted]
    if exact or not wanted:
        return exact
    words = wanted.split()
    return [one for one in followers if all(_begins(one.partition("@")[0], word) for word in words)]


def _begins(follower: str, word: str) -> bool:
    return any(part.startswith(word) for part in re.split(r"[\s._-]+", follower.lower()))


def _read(said: str) -> tuple[str, tuple[str, ...]]:
    """Which case and who, out of what was said."""
    named = CASE_REF.search(said)
    rest = CASE_REF.sub(" ", said).strip()
    while (shorter := _WORDS.sub(" ", rest).strip()) != rest:
        rest = shorter
    return named[0] if named else "", _split(rest)


def _split(names: str) -> tuple[str, ...]:
    return tuple(part.strip(" .!?:«»\"'") for part in _BETWEEN.split(names) if part.strip(" .!?:«»\"'"))
