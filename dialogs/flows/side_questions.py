"""Questions asked in between that are neither of the guide nor of its words: they are answered, and the case waits.

Who the forvalter is stands in the register (G 5.1.2.3), whether something is down in the active notices (G 5.1.2.2),
how long an order takes in the catalogue (G 6). None of them is an answer to what was asked, or a need of its own.
"""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.flows import known_fault
from dialogs.forms import form_name
from dialogs.system_advice import forvalter_of
from dialogs.system_names import choice_name, rivals, system_called
from knowledge.catalogue import Kind
from knowledge.matching import Decision
from knowledge.systems import System

_LONGEST = 120
_FORVALTER = re.compile(
    r"(?:hvem|kven|who)\s+(?:er|is)\s+(?:the\s+)?(?:forvalter|forvaltar|systemforvalter|systemforvaltar|systemeier|systemeigar|"
    r"owner)(?:en)?\s+(?:av|for|til|på|i|of)\s+(?P<name>[^?]+?)\s*\??"
    r"|(?:hvem|kven|who)\s+(?:forvalter|forvaltar|eier|eig|owns)\s+(?P<owned>[^?]+?)\s*\??",
    re.IGNORECASE,
)
_NOW_OR_WHOM = r"(?:\s+(?:nå|no|now|igjen|again|i dag|today|for alle|for andre|for flere|for everyone))*"
_IS_DOWN = re.compile(
    r"(?:er|is)\s+(?P<name>[^?]+?)\s+(?:nede|ute av drift|oppe|down|up)"
    rf"{_NOW_OR_WHOM}\s*\?",
    re.IGNORECASE,
)
# "Er det noe galt med Teams i dag?", "vet dere om feil på Visma?"
_IS_WRONG = re.compile(
    r"(?:er|is)\s+(?:det|there)\s+(?:noe|noko|noen|nokon|something|any|anything)?\s*(?:kjente?\s+|kjend\s+)?"
    r"(?:galt|gale|feil|problem(?:er|s)?|trøbbel|tull|wrong)\s+(?:med|på|i|with)\s+(?P<name>[^?]+?)"
    rf"{_NOW_OR_WHOM}\s*\?"
    r"|(?:vet|veit|kjenner)\s+(?:dere|de|du|dykk)\s+(?:om|til)\s+(?:noen\s+|noe\s+|noko\s+)?(?:feil|problem(?:er)?)\s+"
    rf"(?:med|på|i)\s+(?P<known>[^?]+?){_NOW_OR_WHOM}\s*\?",
    re.IGNORECASE,
)
# "Får vi ny info om AKS?", "er AKS meldt av flere?"
_ANY_NEWS = re.compile(
    r"(?:får|fær|kommer|kjem|finnes|finst|har|er)\s+(?:(?:vi|me|dere|de|det|jeg|eg)\s+)?(?:noe|noko|noen|nokon|ny|nye|nytt|mer|meir|\s)*"
    r"(?:info\w*|nyheter|nyhende|oppdatering\w*|nytt)\s+(?:om|på|for|rundt)\s+(?P<name>[^?]+?)\s*\?"
    r"|(?:er|har)\s+(?:(?:noen|nokon)\s+)?(?:andre\s+)?(?P<reported>[^?]+?)\s+(?:blitt\s+|vorte\s+)?meldt?(?:\s+inn)?\s+(?:av|frå|fra)\s+"
    r"(?:flere|fleire|andre|noen|nokon)\s*\?",
    re.IGNORECASE,
)
_OPERATES = re.compile(
    r"(?:hvem|kven|who)\s+(?:drifter|driftar|operates|runs)\s+(?P<name>[^?]+?)"
    r"(?P<forvalter>\s*,?\s+(?:og|and)\s+(?:(?:hvem|kven|who)\s+)?(?:er|is)\s+(?:the\s+)?(?:forvalter\w*|forvaltar\w*|owner))?\s*\??",
    re.IGNORECASE,
)
# "Får dere det opp før lunsj?", "når er det fikset?": of the fault that the person has said hits him.
_WHEN_MENDED = re.compile(
    r"(?:(?:når|kor\s+tid|when)\s+)?(?:får|fær|rekker|rekk|klarer|klarar|greier|kommer|kjem|blir|vert|er|is)\s+"
    r"(?:dere|de|dykk|det|den|dette|feilen|feila|systemet|it)\b[^?]{0,40}?\b"
    r"(?:opp|oppe|løst|løyst|fikset|fiksa|rettet|retta|orden|ferdig|igjen|att|tilbake|fixed|up)\b[^?]{0,30}\?",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"(?:hvor|kor|how)\s+(?:lang|lenge|lang\s+tid|long|lenge)(?:\s+tid)?\s+(?:tar|tek|does)\s+(?:det|it)(?:\s+take)?\s+"
    r"(?:å\s+(?:få|bestille|tinge)|før\s+(?:jeg|vi|eg)\s+får|to\s+(?:get|order))\s+(?P<thing>[^?]+?)\s*\??",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_NAME = 4
# "Er det nede?" names nothing; the matcher's probability from which a form is taken to be the one asked about.
_NO_NAMES = frozenset("det den dette du dere de it this that you".split())
_LIKELY = 0.7


def answer(talk: Conversation, text: str) -> bool:
    """Answer such a question; False when the text is none."""
    asked = text.strip()
    if len(asked) > _LONGEST:
        return False
    forvalter = _FORVALTER.fullmatch(asked)
    if forvalter is not None:
        return _say_forvalter(talk, (forvalter["name"] or forvalter["owned"]).strip())
    operates = _OPERATES.fullmatch(asked)
    if operates is not None:
        return _say_operator(talk, operates["name"].strip(), forvalter=operates["forvalter"] is not None)
    if _WHEN_MENDED.fullmatch(asked) and _say_when_mended(talk):
        return True
    for pattern in (_IS_DOWN, _IS_WRONG, _ANY_NEWS):
        down = pattern.fullmatch(asked)
        name = next((one for one in down.groups() if one), "") if down is not None else ""
        if name and _is_name(name):
            return _say_whether_down(talk, name.strip(), asked)
    how_long = _HOW_LONG.fullmatch(asked)
    return how_long is not None and _say_delivery(talk, how_long["thing"].strip())


def _is_name(words: str) -> bool:
    return len(words.split()) <= _MOST_WORDS_OF_A_NAME and words.lower() not in _NO_NAMES


def _say_forvalter(talk: Conversation, name: str) -> bool:
    found = _systems(talk, name)
    if not found:
        talk.say("asked.no_such_system", name=name)
        return True
    for system in found:
        forvalter = forvalter_of(talk, system)
        if forvalter:
            talk.say("asked.forvalter", system=choice_name(system), contact=forvalter)
        else:
            talk.say("asked.no_forvalter", system=choice_name(system))
    return True


def _say_operator(talk: Conversation, name: str, *, forvalter: bool) -> bool:
    """Who runs a system, as the register has it, and with it the forvalter when both were asked."""
    found = _systems(talk, name)
    if not found:
        talk.say("asked.no_such_system", name=name)
    for system in found:
        key = "asked.operator" if system.operated_by else "asked.no_operator"
        talk.say(key, system=choice_name(system), operator=system.operated_by or "")
    if found and forvalter:
        _say_forvalter(talk, name)
    return True


def _say_when_mended(talk: Conversation) -> bool:
    """What is known of the notices that the person has said hit him; False when there are none."""
    mine = [one for one in talk.situation.notices if one.ref in talk.situation.affected_by]
    for notice in mine:
        known_fault.show_next(talk, notice)
    return bool(mine)


def _systems(talk: Conversation, name: str) -> tuple[System, ...]:
    register = talk.knowledge.systems
    called = system_called(register, name)
    if called is not None:
        return (called,)
    hits = register.find(name)
    return rivals(hits) or tuple(hit.system for hit in hits[:1])


def _say_whether_down(talk: Conversation, name: str, asked: str) -> bool:
    notices = known_fault.about(talk, asked)
    if notices and talk.state.draft is None:
        return False  # with nothing begun a notice is shown the usual way, which asks whether it hits the person too
    for notice in notices:
        known_fault.show(talk, notice)
    if not notices:
        talk.say("asked.not_known_down", name=name)
    return True


def _say_delivery(talk: Conversation, thing: str) -> bool:
    """The catalogue's delivery time of the form that orders it; where that is not plain, the guide's own answer."""
    match = talk.match(f"bestille {thing}")
    best = match.best if match.decision is Decision.ANSWER or (match.best and match.best.score >= _LIKELY) else None
    if best is not None and best.form.kind is Kind.SERVICE and best.form.delivery_time:
        time = talk.catalogue_word(best.form.delivery_time)
        talk.reply_text(talk.text("asked.delivery", form=form_name(talk, best.form), time=time), "6")
        return True
    general = talk.knowledge.guide.get("delivery_time")
    if general is None:
        return False
    talk.reply_text(general.answered(talk.state.language, talk.knowledge.organisation), general.chapter)
    return True
