"""A suspicion of a fellesfeil, for the desk: see the reports behind it, confirm, join, split, take out, dismiss.

Confirming opens the notice, filled in; it is the publishing that settles the suspicion and makes its reports cases of
the fellesfeil (G 5.1.2.2). The role is asked here for a helpful answer, and checked again where it happens
(bot/authority.py).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.case import FELLESFEIL, Role
from dialogs.commands import CASE_REF, NOTICE_REF, before_publishing
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.effects import ConfirmSuspicion, DismissSuspicion, SplitSuspicion, TakeOutReports
from dialogs.events import Happened
from dialogs.flows import fill_case, notice_answering
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.notice_text import new_draft
from dialogs.replies import Choice, Row, Summary
from dialogs.state import MAX_DRAFTS, Answer, Draft, Pending
from dialogs.suspicion import Suspicion

KIND = "suspicion"
ASKS = frozenset({"suspicion_dismiss", "suspicion_split", "suspicion_take_out"})
"""Open questions whose answer is free text."""
OUTCOMES = frozenset(
    {
        "suspicion_raised",
        "suspicion_alone",
        "suspicion_wider",
        "suspicion_grown",
        "suspicion_again",
        "suspicion_split",
    }
)

_SHOWN = 5
_SHOWN_REPORTS = 12
_SHOWN_NOTICES = 3
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_LONGEST_UNSEEN = timedelta(hours=12)
"""how long before the first report a fellesfeil may have begun"""
_NEXT_NEWS = timedelta(hours=1)
_REF = re.compile(r"\bM-\d{4}-\d{1,9}\b", re.IGNORECASE)
_THE_ONE = re.compile(r"\b(?:mistank(?:en|a)|the\s+suspicion)\b", re.IGNORECASE)
_VERBS = (
    (("bekreft", "stadfest", "confirm"), "confirm"),
    (("avvis", "dismiss"), "dismiss"),
    (("del", "split"), "split"),
    (("ta ut", "take out"), "take_out"),
    (("slå", "join"), "join"),
)
_OF_THE_ONE_SHOWN = re.compile(
    r"(?P<verb>bekreft|stadfest|confirm|avvis|dismiss|del|split|ta\s+ut|take\s+out|slå|join)\b"
    r"(?:\s+(?:den|det|han|ho|dei|de|it|this|opp|i\s+to|sakene|sakane|saman|sammen|them))*[\s:,.–-]*",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"^\W*(?:fordi|for\s+at|because)?\W*", re.IGNORECASE)


def may_decide(talk: Conversation) -> bool:
    """Suspicions are the desk's."""
    return Role.USS in talk.roles


def typed(talk: Conversation, ref: str, text: str) -> bool:
    """ "Del den: 2 og 4", "avvis, det er en øvelse", beside the buttons of this suspicion; False when it is none."""
    said = _OF_THE_ONE_SHOWN.match(text.strip())
    if said is None or _REF.search(text) or _THE_ONE.search(text):
        return False
    obey(talk, f"{said['verb']} {ref} {text.strip()[said.end() :]}".strip())
    return True


def says_more(text: str) -> bool:
    """Whether a message about a suspicion says more than which button it means: which suspicion, or why."""
    return (
        any(sign in text for sign in ":,") or _REF.search(text) is not None or bool(re.search(r"\d", text.strip()[2:]))
    )


def obey(talk: Conversation, rest: str) -> None:
    """ "Mistanker", "mistanke M-2026-0001", "avvis M-2026-0001: øvelse"; those that stand are listed."""
    standing = talk.situation.suspicions
    # "Mistanken" is the one that stands; of several the desk is shown which.
    named = _REF.search(rest) or (_THE_ONE.search(rest) if len(standing) == 1 else None)
    if named is None:
        _list(talk)
        return
    verb = next((action for words, action in _VERBS if rest.lower().startswith(words)), "")
    ref, after = named.group().upper(), rest[named.end() :]
    if named.re is _THE_ONE:
        ref = standing[0].ref
    if verb == "dismiss" and _BECAUSE.sub("", after):
        take_text(talk, "suspicion_dismiss", ref, _BECAUSE.sub("", after))
    elif verb in ("split", "take_out") and re.search(r"\d", which := f"{rest[: named.start()]} {after}"):
        take_text(talk, f"suspicion_{verb}", ref, which)
    elif verb == "join":
        notice = NOTICE_REF.search(after)
        press(talk, f"{ref}:join:{notice.group().upper()}" if notice else ref)
    elif verb == "confirm" and (found := _find(talk, ref)) is not None and may_decide(talk):
        _confirm(talk, found, after.strip(" :,.–-"))
    else:
        press(talk, f"{ref}:{verb}" if verb else ref)


def press(talk: Conversation, rest: str) -> None:
    """A button: "M-ref", "M-ref:confirm", "M-ref:join:D-ref", "M-ref:split", "M-ref:take_out", "M-ref:dismiss"."""
    ref, _, what = rest.partition(":")
    action, _, detail = what.partition(":")
    suspicion = _find(talk, ref)
    if not may_decide(talk):
        talk.say("suspicion.not_allowed")
    elif suspicion is None:
        _say_missing(talk, ref)
    elif action == "confirm":
        _confirm(talk, suspicion)
    elif action == "join":
        _join(talk, suspicion, detail)
    elif action in ("split", "take_out", "dismiss"):
        talk.say(f"suspicion.ask_{action}", ref=ref)
        talk.ask(Pending(f"suspicion_{action}", ref))
    else:
        _show_and_ask(talk, suspicion)


def tell(talk: Conversation, event: Happened) -> tuple[Choice, ...]:
    """The radar's message, and what answers it; nothing when it is no longer for this person to decide."""
    suspicion = _find(talk, event.ref)
    if suspicion is None or not may_decide(talk):
        return ()
    kind = event.outcome.removeprefix("suspicion_")
    of, name = suspicion.split_from if kind == "split" else len(suspicion.reports), event.detail.get("name", "")
    virksomhet = _name(talk, suspicion.alone)
    talk.say(f"outcome.suspicion_{kind}", ref=event.ref, text=suspicion.about, id=of, name=name, virksomhet=virksomhet)
    left = _find(talk, suspicion.split_from) if kind == "split" else None
    if left is not None:
        # In the old one the reports have other numbers than on the card of before.
        _show(talk, left)
    return _show(talk, suspicion)


def take_text(talk: Conversation, kind: str, ref: str, text: str) -> None:
    """Why it is dismissed, or which reports do not belong to it."""
    talk.close_question()
    suspicion = _find(talk, ref)
    if not may_decide(talk):
        talk.say("suspicion.not_allowed")
    elif suspicion is None:
        _say_missing(talk, ref)
    elif kind == "suspicion_dismiss":
        talk.effect(DismissSuspicion(ref, text))
        talk.say("suspicion.dismissed", ref=ref)
    elif not (refs := _meant(suspicion, text)) or (kind == "suspicion_split" and len(refs) == len(suspicion.reports)):
        talk.say(f"suspicion.ask_{kind.removeprefix('suspicion_')}", ref=ref)
        talk.ask(Pending(kind, ref))
    elif kind == "suspicion_split":
        _split(talk, suspicion, refs)
    else:
        _take_out(talk, suspicion, refs)


def _say_missing(talk: Conversation, ref: str) -> None:
    """No such suspicion stands: it is decided, or there never was one of this number."""
    standing = ", ".join(one.ref for one in talk.situation.suspicions[:_SHOWN])
    if not _is_made_up(ref, talk.situation.next_suspicion_ref):
        talk.say("suspicion.gone", ref=ref)
    elif standing:
        talk.say("suspicion.unknown", ref=ref, refs=standing)
    else:
        talk.say("suspicion.unknown_none", ref=ref)


def _is_made_up(ref: str, next_ref: str) -> bool:
    """Whether the number has not been given to any yet; numbers are given in order, by year."""
    (year, number), (this_year, free) = (
        [int(part) for part in re.findall(r"\d+", one)[:2]] or (0, 0) for one in (ref, next_ref)
    )
    return bool(next_ref) and (number < 1 or year > this_year or (year == this_year and number >= free))


def _find(talk: Conversation, ref: str) -> Suspicion | None:
    return next((one for one in talk.situation.suspicions if one.ref == ref), None)


def _list(talk: Conversation) -> None:
    standing = talk.situation.suspicions
    if not standing:
        talk.say("suspicion.none")
    for suspicion in reversed(standing[:_SHOWN]):
        _show_and_ask(talk, suspicion)
    if len(standing) > _SHOWN:
        talk.say("suspicion.older", count=len(standing) - _SHOWN, ref=standing[_SHOWN].ref)


def _show_and_ask(talk: Conversation, suspicion: Suspicion) -> None:
    choices = _show(talk, suspicion)
    talk.offer(KIND, suspicion.ref, choices)


def _show(talk: Conversation, suspicion: Suspicion) -> tuple[Choice, ...]:
    """The reports behind it, how many are usual, which is proposed as hovedsak, and what can be done."""
    language, now = talk.state.language, talk.situation.now
    lines = [
        talk.text(
            "suspicion.line_unnamed" if one.unnamed else "suspicion.line",
            number=number,
            ref=one.ref,
            title=one.title,
            virksomhet=one.virksomhet or "–",
            at=show_moment(one.at, language, now),
        )
        for number, one in enumerate(suspicion.reports, 1)
    ]
    if len(lines) > _SHOWN_REPORTS:
        left_out = len(lines) - _SHOWN_REPORTS
        lines = [*lines[:_SHOWN_REPORTS], talk.text("suspicion.more", count=left_out)]
    split_from = (Row(talk.text("suspicion.split_from"), suspicion.split_from),) if suspicion.split_from else ()
    rows = (
        Row(talk.text("suspicion.what"), suspicion.about),
        *split_from,
        Row(talk.text("notice.since"), show_moment(_began(talk, suspicion), language, now)),
        Row(talk.text("suspicion.virksomheter"), ", ".join(suspicion.virksomheter) or "–"),
        *_only(talk, suspicion),
        Row(talk.text("suspicion.count"), _count(talk, suspicion)),
        Row(talk.text("suspicion.hovedsak"), suspicion.hovedsak or "–"),
        Row(talk.text("suspicion.reports"), "\n".join(lines)),
    )
    choices = _choices(talk, suspicion)
    talk.reply(
        Summary(
            title=talk.text("suspicion.title", ref=suspicion.ref),
            rows=rows,
            choices=choices,
            question=talk.text("suspicion.question"),
        )
    )
    return choices


def _only(talk: Conversation, suspicion: Suspicion) -> tuple[Row, ...]:
    """That one virksomhet alone is hit, which is no fellesfeil as it stands (G 5.1.2.2): the desk is to decide."""
    if not suspicion.alone:
        return ()
    return (Row(talk.text("suspicion.reach"), talk.text("suspicion.only", virksomhet=_name(talk, suspicion.alone))),)


def _name(talk: Conversation, virksomhet: str) -> str:
    known = talk.knowledge.organisation.virksomheter.get(virksomhet)
    return known.name if known else virksomhet


def _count(talk: Conversation, suspicion: Suspicion) -> str:
    # "0.00" would say that nothing ever happens; what is rare is said to be.
    rare = suspicion.normal < 0.1
    normal = talk.text("suspicion.seldom") if rare else f"{suspicion.normal:.1f}".replace(".", ",")
    return talk.text("suspicion.counted", count=len(suspicion.reports), normal=normal, minutes=suspicion.minutes)


def _choices(talk: Conversation, suspicion: Suspicion) -> tuple[Choice, ...]:
    ref = suspicion.ref
    active = [notice for notice in talk.situation.notices if notice.type == FELLESFEIL][:_SHOWN_NOTICES]
    parts = ("split", "take_out") if len(suspicion.reports) > 1 else ()
    return (
        Choice(f"suspicion:{ref}:confirm", talk.text("suspicion.confirm"), "positive"),
        *(
            Choice(f"suspicion:{ref}:join:{one.ref}", talk.text("suspicion.join", ref=one.ref, what=one.what[:40]))
            for one in active
        ),
        *(Choice(f"suspicion:{ref}:{part}", talk.text(f"suspicion.{part}")) for part in parts),
        Choice(f"suspicion:{ref}:dismiss", talk.text("suspicion.dismiss"), "destructive"),
    )


def _confirm(talk: Conversation, suspicion: Suspicion, words: str = "") -> None:
    """The notice, with what the reports tell already in it; a draft that was begun before is taken up again.

    words: what was said beside it, "bekreft, hva: PRK er nede, omvei: …".
    """
    if not may_publish(talk):
        say_not_allowed(talk)
        return
    begun = next((draft for draft in talk.state.drafts if draft.suspicion == suspicion.ref), None)
    if begun is None and len(talk.state.drafts) >= MAX_DRAFTS:
        talk.say("drafts.too_many", count=MAX_DRAFTS)
        return
    talk.close_question()
    talk.say("suspicion.confirming", ref=suspicion.ref, hovedsak=suspicion.hovedsak or "–")
    draft = talk.put(begun or _draft(talk, suspicion))
    words = before_publishing(words)
    if words and notice_answering.hear(talk, draft, None, words):
        return
    if words:
        talk.say("notice_facts.not_taken", text=words)
    fill_case.go_on(talk, draft, first=begun is None)


def _draft(talk: Conversation, suspicion: Suspicion) -> Draft:
    now, language = talk.situation.now, talk.state.language
    about = suspicion.about
    what = talk.text("suspicion.draft_what", about=about)
    places = ", ".join(suspicion.virksomheter) or "–"
    affected = talk.text("suspicion.draft_affected", about=suspicion.system or about, virksomheter=places)
    texts = {
        "type": Answer(FELLESFEIL, talk.text("notice.type_fellesfeil"), "read"),
        "what": Answer(what, what, "read"),
        "affected": Answer(affected, affected, "read"),
        "since": _moment(_began(talk, suspicion), language, now),
        "next_update_at": _moment(_on_the_quarter(now + _NEXT_NEWS), language, now),
    }
    draft = new_draft(talk, what)
    return replace(draft, answers={**texts, **draft.answers}, suspicion=suspicion.ref)


def _began(talk: Conversation, suspicion: Suspicion) -> datetime:
    """The earliest time that the reports tell, and not when the first of them came; nobody's "since last year"."""
    refs = {one.ref for one in suspicion.reports}
    told = [str(case.answers.get("started_at") or "") for case in talk.situation.faults if case.ref in refs]
    times = [datetime.fromisoformat(one) for one in told if _ISO.match(one)]
    near = [at for at in times if at.tzinfo and suspicion.since - _LONGEST_UNSEEN <= at <= suspicion.since]
    return min(near, default=suspicion.since)


def _moment(at: datetime, language: str, now: datetime) -> Answer:
    return Answer(at.isoformat(), show_moment(at, language, now), "read")


def _on_the_quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def _join(talk: Conversation, suspicion: Suspicion, notice_ref: str) -> None:
    active = [notice for notice in talk.situation.notices if notice.type == FELLESFEIL]
    if all(notice.ref != notice_ref for notice in active):
        talk.say("suspicion.no_notice", ref=notice_ref)
        return
    talk.close_question()
    talk.effect(ConfirmSuspicion(suspicion.ref, notice_ref))
    talk.say("suspicion.joined", ref=suspicion.ref, notice=notice_ref)


def _meant(suspicion: Suspicion, text: str) -> tuple[str, ...]:
    """The reports that are named, by number as listed or by reference."""
    refs = {ref.upper() for ref in CASE_REF.findall(text)}
    numbers = {int(number) for number in re.findall(r"\b\d{1,3}\b", CASE_REF.sub(" ", text))}
    return tuple(one.ref for number, one in enumerate(suspicion.reports, 1) if number in numbers or one.ref in refs)


def _split(talk: Conversation, suspicion: Suspicion, refs: tuple[str, ...]) -> None:
    """Two faults in one suspicion become two suspicions, and both are shown."""
    effect = SplitSuspicion(suspicion.ref, refs, talk.situation.next_suspicion_ref)
    left, new = suspicion.split(refs, effect.new_ref, talk.situation.now)
    talk.effect(effect)
    talk.say("suspicion.split_in_two", ref=left.ref, left=len(left.reports), new=new.ref, count=len(refs))
    for one in (left, new):
        _show_and_ask(talk, one)


def _take_out(talk: Conversation, suspicion: Suspicion, refs: tuple[str, ...]) -> None:
    talk.effect(TakeOutReports(suspicion.ref, refs))
    left = len(suspicion.reports) - len(refs)
    talk.say("suspicion.taken_out" if left else "suspicion.all_out", refs=", ".join(refs), ref=suspicion.ref, left=left)
