"""Made-up values, a clock that stands still, and a small engine that does what it is told, for tests of the bot room.

The engine reads commands, so a test can ask for any effect in any order without depending on what the real one says:

    case [critical] | undo REF | withdraw REF | comment REF TEXT | attach REF NAME... | follow REF WHO |
    unfollow REF WHO | accept REF | reject REF | reopen REF | mute REF | unmute REF
    notice GROUP... | update REF | resolve REF | hovedsak REF FELLESFEIL
    belongs REF FELLESFEIL | resolved FELLESFEIL | works not REF | profile VIRKSOMHET | hand over | crash
    anything else is echoed with the number of the turn
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.case import Case, Notice, NoticeStatus, NoticeUpdate, Person, Reporter
from dialogs.effects import (
    AttachCases,
    AttachFiles,
    ChangeFollower,
    CommentCase,
    Effect,
    HandOver,
    Move,
    MoveCase,
    MuteCase,
    OpenCase,
    PublishNotice,
    RememberProfile,
    SayWhetherItWorks,
    SetHovedsak,
    TellCases,
    UndoCase,
    UpdateNotice,
    WithdrawCase,
)
from dialogs.events import Attachment, Event, Happened, Said
from dialogs.replies import Text
from dialogs.state import State
from dialogs.texts import Texts
from dialogs.turn import Situation, Turn
from knowledge.notice_reach import NoticeReach
from knowledge.organisation import Group

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=OSLO)

KARI = Person("kari", "Kari Nordmann", "BGO")
ULLA = Person("ulla", "Ulla Uss", "UKE")

_ENTRIES = {
    "system.error": "Beklager",
    "system.state_lost": "Begynner på nytt",
    "system.busy": "Vent litt",
    "system.no_answer": "ikke noe svar",
    "system.refused": "avvist",
    "outcome.desk_case_refused": "Sak {ref} kom ikke frem: {reason}",
    "outcome.desk_case_waits": "Sak {ref} venter: {reason}",
    "waits.nobody": "ingen finnes med adressen til {who}",
    "waits.several": "flere finnes med adressen til {who}",
    "waits.reporter": "innmelderen",
    "waits.receiver": "den saken gjelder",
    "outcome.other": "Noe har skjedd med {ref}",
}
TEXTS = {
    "nb": Texts("nb", _ENTRIES, _ENTRIES),
    "nn": Texts("nn", {"system.error": "Orsak"}, _ENTRIES),
    "en": Texts("en", {"system.error": "Sorry"}, _ENTRIES),
}


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


REACH = NoticeReach(
    {
        "sam_it": Group("sam_it", "SAM/IT", "open", 12_000),
        "sam_ikt_hovedkontakter": Group("sam_ikt_hovedkontakter", "SAM/IKT-hovedkontakter", "closed", 90),
    }
)


def numbered(prefix: str) -> Callable[[], str]:
    """Ids in order: prefix-1, prefix-2 ..."""
    numbers = itertools.count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def a_case(ref: str = "L-2026-000001", person: Person = KARI, at: datetime = MONDAY, critical: bool = False) -> Case:
    return Case(
        ref=ref,
        kind="support",
        form_id=900884,
        form_title="Feil på fagsystem",
        title="Får ikke logget på",
        description="Ingen i avdelingen får logget på <AKS> & Gerica 🙈",
        answers={"extent": "department", "tried": "omstart"},
        reporter=Reporter(person.id, person.name, "1linje", person.virksomhet),
        route="USS",
        created_at=at,
        updated_at=at,
        critical=critical,
    )


def a_notice(
    ref: str = "D-2026-0001", groups: tuple[str, ...] = ("sam_it",), at: datetime = MONDAY, what: str = "AKS er nede"
) -> Notice:
    return Notice(
        ref=ref,
        type="fellesfeil",
        what=what,
        affected="Alle bydeler",
        since=at,
        consequence="Ingen får logget på",
        workaround="Vent",
        next_update_at=None,
        contact="23 00 00 00",
        groups=groups,
        author="ulla",
        created_at=at,
        updated_at=at,
        history=(NoticeUpdate(at, "ulla", "published", what),),
    )


def decide(state: State, event: Event, situation: Situation, knowledge: object) -> Turn:
    """The small engine; see above. `draft_count` of the state counts the turns."""
    state = replace(state, draft_count=state.draft_count + 1)
    if isinstance(event, Happened):
        detail = " ".join(f"{key}={value}" for key, value in sorted(event.detail.items()))
        return Turn(state, (Text(f"{event.outcome} {event.ref} {detail}".strip()),))
    if not isinstance(event, Said):
        return Turn(state, (Text(f"{state.draft_count}: {type(event).__name__}"),))
    if event.text == "crash":
        raise ZeroDivisionError(event.text)
    effects = tuple(_effects(event.text, situation))
    said = f"{state.draft_count}: {event.text}"
    for effect in effects:
        said += f" -> {type(effect).__name__}"
        if isinstance(effect, OpenCase):
            said += f" {effect.case.ref}"
    return Turn(state, (Text(said),), effects)


def _effects(text: str, situation: Situation) -> list[Effect]:
    match text.split():
        case ["case", *rest]:
            new = a_case(situation.next_case_ref, situation.person, situation.now, critical="critical" in rest)
            return [OpenCase(new)]
        case ["undo", ref]:
            return [UndoCase(ref)]
        case ["withdraw", ref]:
            return [WithdrawCase(ref)]
        case ["comment", ref, *words]:
            return [CommentCase(ref, " ".join(words))]
        case ["attach", ref, *names]:
            return [AttachFiles(ref, tuple(Attachment(name, 3, "0" * 64, "text/plain") for name in names))]
        case ["follow" | "unfollow" as word, ref, follower]:
            return [ChangeFollower(ref, follower, word == "follow")]
        case ["mute" | "unmute" as word, ref]:
            return [MuteCase(ref, word == "mute")]
        case ["accept" | "reject" | "reopen" as word, ref]:
            return [MoveCase(ref, Move(word))]
        case ["notice", *groups]:
            return [PublishNotice(a_notice(situation.next_notice_ref, tuple(groups), situation.now))]
        case ["update" | "resolve" as kind, ref]:
            old = next(one for one in situation.notices if one.ref == ref)
            line = NoticeUpdate(situation.now, situation.person.id, kind, "Nytt")
            status = NoticeStatus.RESOLVED if kind == "resolve" else old.status
            new_version = replace(
                old, what="AKS er treg", status=status, updated_at=situation.now, history=(*old.history, line)
            )
            return [UpdateNotice(new_version)]
        case ["hovedsak", ref, fellesfeil]:
            return [SetHovedsak(ref, fellesfeil)]
        case ["belongs", ref, fellesfeil]:
            return [AttachCases((ref,), fellesfeil)]
        case ["resolved", fellesfeil]:
            later = situation.now + timedelta(days=1)
            return [TellCases(fellesfeil, "resolved", "Rettet", "Virker det nå?", later)]
        case ["works", "not", ref]:
            return [SayWhetherItWorks(ref, False, "Nei", "Hei USS. Nei")]
        case ["profile", virksomhet]:
            return [RememberProfile(virksomhet=virksomhet, said_role="1linje", phone="900 00 000")]
        case ["hand", "over"]:
            return [HandOver("desk", "Kari trenger hjelp")]
    return []
