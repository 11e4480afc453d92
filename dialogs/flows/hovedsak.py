"""The hovedsak of a fellesfeil and its undersaker: USS chooses, the bot proposes and attaches (G 5.1.2.2).

USS wants the forvalter's case as hovedsak, so that one is proposed first. What is told to those who reported the cases
goes out with each line of the notice (`tell_cases`). The role is asked here for a helpful answer, and checked again
where it happens (bot/authority.py).
"""

from __future__ import annotations

import re
from datetime import timedelta

from dialogs.case import FELLESFEIL, Case, Notice, Role
from dialogs.commands import CASE_REF, NOTICE_REF
from dialogs.conversation import Conversation
from dialogs.effects import AttachCases, DetachCase, SetHovedsak, TellCases
from dialogs.fellesfeil_cases import as_hovedsak, fitting, members
from dialogs.replies import Choice, Row, Summary
from knowledge.notice_reach import reach_of
from knowledge.opening_hours import next_opening

_SHOWN = 6
_MAIN = re.compile(r"\b(?:hovedsak|hovudsak)\w*", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:ta\s+med|koble|kople|knytt|legg\s+til|undersak\w*|attach)\b", re.IGNORECASE)
# Around the numbers: "hovedsak er …, og ta med … også", "bruk … som hovedsak".
_ONLY_NAMES = re.compile(
    r"(?:[\s,.:–-]|\b(?:hovedsak\w*|hovudsak\w*|undersak\w*|er|skal|være|vere|bli|blir|og|ta|med|legg|til|også|òg|bruk|velg|vel|som|"
    r"sak|saken|saka|koble|kople|den|knytt|is|and|use|take|attach|also)\b)*",
    re.IGNORECASE,
)
_REMIND_AFTER = timedelta(days=1)


def start(talk: Conversation, rest: str = "") -> None:
    """Show a fellesfeil with its cases, and set the hovedsak when one is named."""
    if not may_choose(talk):
        talk.say("hovedsak.not_allowed")
        return
    named, case_ref = NOTICE_REF.search(rest), CASE_REF.search(rest)
    active = [notice for notice in talk.situation.notices if notice.type == FELLESFEIL]
    if named:
        active = [notice for notice in active if notice.ref == named.group().upper()]
    if not active:
        talk.say("hovedsak.no_fellesfeil")
    elif len(active) > 1:
        choices = tuple(Choice(f"hovedsak:{notice.ref}", f"{notice.ref} {notice.what}"[:80]) for notice in active)
        talk.say("hovedsak.which", choices=choices)
        _ask(talk, "", choices)
    elif case_ref:
        _set(talk, active[0], case_ref.group().upper())
    else:
        _show(talk, active[0])


def hear(talk: Conversation, text: str) -> bool:
    """ "Hovedsak er L-2026-000018, og ta med L-2026-000019": cases named in words, where one fellesfeil is out."""
    active = [notice for notice in talk.situation.notices if notice.type == FELLESFEIL]
    refs = list(dict.fromkeys(ref.upper() for ref in CASE_REF.findall(text)))
    pending = talk.state.pending
    asked = pending is not None and pending.kind == "hovedsak"
    active = [one for one in active if asked and pending is not None and one.ref == pending.key] or active
    if not may_choose(talk) or not refs or len(active) != 1 or not _ONLY_NAMES.fullmatch(CASE_REF.sub(" ", text)):
        return False
    as_main = bool(_MAIN.search(text)) or (active[0].hovedsak is None and not _BESIDES.search(text))
    if any(_fault(talk, ref) is None for ref in refs) or not (asked or _MAIN.search(text) or _BESIDES.search(text)):
        return False
    main, *more = refs if as_main else ["", *refs]
    if main:
        _set(talk, active[0], main)
    if more and (not main or talk.effects):
        _attach_named(talk, active[0], more)
    return True


def _attach_named(talk: Conversation, notice: Notice, refs: list[str]) -> None:
    able = tuple(ref for ref in refs if (case := _fault(talk, ref)) is not None and not case.fellesfeil)
    if able:
        talk.effect(AttachCases(able, notice.ref))
        talk.say("hovedsak.attached", refs=", ".join(able), notice=notice.ref)
    for ref in refs:
        if ref not in able:
            talk.say("hovedsak.unknown_case", ref=ref)


def buttons(talk: Conversation, notice: Notice) -> tuple[Choice, ...]:
    """What a fellesfeil has beside other notices: that it is mended for now only, and its cases."""
    if notice.type != FELLESFEIL:
        return ()
    return (
        Choice(f"notice:{notice.ref}:for_now", talk.text("problem.button")),
        Choice(f"hovedsak:{notice.ref}", talk.text("hovedsak.button")),
    )


def press(talk: Conversation, rest: str) -> None:
    """A button: "D-ref", "D-ref:set:L-ref", "D-ref:attach:L-ref" or "D-ref:attach:all"."""
    ref, _, what = rest.partition(":")
    action, _, case_ref = what.partition(":")
    notice = next((one for one in talk.situation.notices if one.ref == ref and one.type == FELLESFEIL), None)
    if not may_choose(talk):
        talk.say("hovedsak.not_allowed")
    elif notice is None:
        talk.say("hovedsak.no_fellesfeil")
    elif action == "set":
        _set(talk, notice, case_ref)
    elif action == "attach":
        _attach(talk, notice, case_ref)
    else:
        _show(talk, notice)


def detach(talk: Conversation, text: str) -> None:
    """Take an undersak off that was attached by mistake."""
    named = CASE_REF.search(text)
    case = _fault(talk, named.group().upper()) if named else None
    if not may_choose(talk):
        talk.say("hovedsak.not_allowed")
    elif case is None or case.fellesfeil is None:
        talk.say("hovedsak.not_attached", ref=named.group().upper() if named else "–")
    elif any(notice.hovedsak == case.ref for notice in talk.situation.notices):
        talk.say("hovedsak.is_hovedsak", ref=case.ref)
    else:
        talk.effect(DetachCase(case.ref))
        talk.say("hovedsak.detached", ref=case.ref, notice=case.fellesfeil)


def tell_cases(talk: Conversation, notice: Notice, kind: str, text: str) -> None:
    """The line that was just added to a fellesfeil, for its cases and their reporters.

    What only a closed group was told stays there: the cases are told that it is over, and not why.
    """
    if not tells_cases(talk, notice, kind):
        return
    if not reach_of(talk.knowledge.organisation).shows_on_portal(notice.groups):
        text = ""
    comment = talk.case_text(f"hovedsak.comment_{kind}", ref=notice.ref, text=text).strip()
    # The day after, when somebody is at the desk to take an answer that it does not work.
    remind_at = next_opening(talk.knowledge.organisation, talk.situation.now + _REMIND_AFTER)
    talk.effect(TellCases(notice.ref, kind, text, comment, remind_at))


def tells_cases(talk: Conversation, notice: Notice, kind: str) -> bool:
    """Whether the cases of a notice hear of such a line: what only a closed group is told is no news to them."""
    shown = reach_of(talk.knowledge.organisation).shows_on_portal(notice.groups)
    return notice.type == FELLESFEIL and (shown or kind != "updated")


def may_choose(talk: Conversation) -> bool:
    """The cases of a fellesfeil are USS's to put together."""
    return Role.USS in talk.roles


def _show(talk: Conversation, notice: Notice) -> None:
    faults = talk.situation.faults
    belonging, fit = members(faults, notice), fitting(faults, notice, talk.knowledge.systems)
    undersaker = [case for case in belonging if case.ref != notice.hovedsak]
    hovedsak = _fault(talk, notice.hovedsak) if notice.hovedsak else None
    named = _line(talk, hovedsak) if hovedsak else notice.hovedsak or talk.text("hovedsak.none")
    rows = [Row(talk.text("notice.hovedsak"), named), Row(talk.text("hovedsak.undersaker"), _listed(talk, undersaker))]
    if fit:
        rows.append(Row(talk.text("hovedsak.fitting"), _listed(talk, fit)))
    choices: list[Choice] = []
    if notice.hovedsak is None:
        able = as_hovedsak((*belonging, *fit))[:_SHOWN]
        choices = [Choice(f"hovedsak:{notice.ref}:set:{case.ref}", _line(talk, case)) for case in able]
        question = talk.text("hovedsak.choose" if able else "hovedsak.no_candidates")
    else:
        if len(fit) > 1:
            choices.append(
                Choice(f"hovedsak:{notice.ref}:attach:all", talk.text("hovedsak.attach_all", count=len(fit)))
            )
        choices += [
            Choice(f"hovedsak:{notice.ref}:attach:{case.ref}", talk.text("hovedsak.attach_one", ref=case.ref))
            for case in fit[:_SHOWN]
        ]
        question = talk.text("hovedsak.attach" if fit else "hovedsak.complete")
    title = talk.text("hovedsak.title", ref=notice.ref, what=notice.what)
    talk.reply(Summary(title=title, rows=tuple(rows), choices=tuple(choices), question=question))
    _ask(talk, notice.ref, tuple(choices))


def _set(talk: Conversation, notice: Notice, case_ref: str) -> None:
    case = _fault(talk, case_ref)
    others = [one for one in members(talk.situation.faults, notice) if one.ref != case_ref]
    if case is None or not case.is_open or case.fellesfeil not in (None, notice.ref):
        talk.say("hovedsak.unknown_case", ref=case_ref)
    elif not as_hovedsak((case,)):
        talk.say("hovedsak.not_registered", ref=case_ref)
    else:
        talk.close_question()
        talk.effect(SetHovedsak(case_ref, notice.ref))
        fit = [one for one in fitting(talk.situation.faults, notice, talk.knowledge.systems) if one.ref != case_ref]
        choices = (Choice(f"hovedsak:{notice.ref}", talk.text("hovedsak.see_fitting", count=len(fit))),) if fit else ()
        if others:
            talk.say("hovedsak.set", ref=case_ref, notice=notice.ref, count=len(others), choices=choices)
        else:
            talk.say("hovedsak.set_alone", ref=case_ref, notice=notice.ref, choices=choices)
        _ask(talk, notice.ref, choices)


def _attach(talk: Conversation, notice: Notice, which: str) -> None:
    fit = fitting(talk.situation.faults, notice, talk.knowledge.systems)
    case = _fault(talk, which)
    refs = tuple(one.ref for one in fit) if which == "all" else (case.ref,) if case and not case.fellesfeil else ()
    if not refs:
        talk.say("hovedsak.unknown_case", ref=which)
        return
    talk.close_question()
    talk.effect(AttachCases(refs, notice.ref))
    rest = [one for one in fit if one.ref not in refs]
    choices = (Choice(f"hovedsak:{notice.ref}", talk.text("hovedsak.see_fitting", count=len(rest))),) if rest else ()
    talk.say("hovedsak.attached", refs=", ".join(refs), notice=notice.ref, choices=choices)
    _ask(talk, notice.ref, choices)


def _ask(talk: Conversation, key: str, choices: tuple[Choice, ...]) -> None:
    if choices:
        talk.offer("hovedsak", key, choices)


def _fault(talk: Conversation, ref: str) -> Case | None:
    return next((case for case in talk.situation.faults if case.ref == ref), None)


def _line(talk: Conversation, case: Case) -> str:
    role, place = talk.text(f"role.{case.reporter.role}"), case.reporter.virksomhet or "–"
    return talk.text("hovedsak.case", ref=case.ref, role=role, virksomhet=place, title=case.title)


def _listed(talk: Conversation, cases: tuple[Case, ...] | list[Case]) -> str:
    if not cases:
        return talk.text("hovedsak.none")
    lines = [_line(talk, case) for case in cases[:_SHOWN]]
    if len(cases) > _SHOWN:
        lines.append(talk.text("hovedsak.more", count=len(cases) - _SHOWN))
    return "\n".join(lines)
