"""What the one who watches over a notice says in passing, without its number: it is over, or something is new.

    "rettet"   "det virker igjen"   "AKS er oppe igjen"   "feilen er løst, skyldtes et utløpt sertifikat"
    "omvei: bruk webmail"   "det gjelder nå også bydel Alna"   "oppdater: leverandøren retter"

With one notice open it is that one's; with several it is asked which. Nothing is sent before it has been shown
(`notice_update`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from dialogs.case import Notice
from dialogs.commands import CASE_REF, NOTICE_REF, Command, find_command
from dialogs.conversation import Conversation
from dialogs.flows import notice_update
from dialogs.flows.notice_rights import may_publish
from dialogs.notice_facts import facts_in
from dialogs.notice_fit import matter_of, systems_in
from dialogs.notice_text import as_draft
from dialogs.notice_type import begun
from dialogs.problem_task import is_for_now
from dialogs.read_notice import items_for_facts
from dialogs.replies import Choice
from dialogs.state import Line, Pending
from knowledge.reading import read_moment
from knowledge.reading.time.finding import find_moments

WHICH = "which_notice"

# Questions that only offer something: what is said now may be about a notice all the same.
_IDLE = frozenset(
    {"menu", "ways_on", "notice_actions", "hovedsak", "approval", "suspicion", "case", "case_actions", WHICH}
)
_NOW = r"(?:(?:nå|no|na|now|endelig|endeleg)\s+)?"
_FOR_NOW = r"(?:(?:midlertidig|mellombels)\s+)?"
_OPENER = r"^(?:(?:hei|ok|okei|bra|yes|ja|jippi|endelig|endeleg)[\s,.!–-]+)*(?:og\s+|så\s+)?"
_MENDED = (
    r"(?:ret+et|ret+a|løst|løyst|loyst|fik+set|fik+sa|ordnet|ordna|friskmeldt|friskmeld|"
    r"oppe(?:\s+(?:igjen|og\s+går|att))?|opp\s+igjen|i\s+orden|over|ferdig|ferdigstilt|"
    r"resolved|fixed|solved|up\s+again|back\s+up)"
)
_WORKS = r"(?:virker|verkar|virkar|fungerer|fungerar|funker|funkar|går|works)"
_AGAIN = (
    r"(?:(?:nå|no|na)\s+)?"
    r"(?:igjen|igjen\s+nå|att|som\s+(?:det|den|han|ho)\s+skal|som\s+normalt|nå|no|na|again|now)"
)
_SUBJECT = r"(?:[\wæøåÆØÅ-]+(?:\s+[\wæøåÆØÅ-]+)?\s+)"
_OVER = re.compile(
    rf"{_OPENER}(?:"
    rf"{_FOR_NOW}{_MENDED}\b"
    rf"|{_NOW}(?:er|{_WORKS})\s+{_SUBJECT}{_NOW}{_FOR_NOW}(?:{_MENDED}|{_AGAIN})\b"
    rf"|{_SUBJECT}(?:er|ble|blei|vart|is)\s+{_NOW}{_FOR_NOW}{_MENDED}\b"
    rf"|{_SUBJECT}{_WORKS}\s+{_AGAIN}\b"
    rf"|(?:nå|no|na)\s+{_WORKS}\s+[\wæøåÆØÅ-]+(?:\s+[\wæøåÆØÅ-]+)?\W*$"
    r"|alle\s+(?:kommer|kjem|er)\s+(?:inn|inne|på)\s+igjen\b"
    r")",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:ikke|ikkje|ikk|not|aldri|nesten|snart|delvis|ingen|ingenting|dårlig|tregt|treg|bare|hvis|dersom|når|kanskje)\b",
    re.IGNORECASE,
)
_BARE_WORD = re.compile(rf"{_OPENER}(?:midlertidig\s+|mellombels\s+)?{_MENDED}\s*[:,.–-]+\s*", re.IGNORECASE)
_NEWS = re.compile(
    r"^(?:(?:oppdater(?:ing)?|op+dat\w+|nytt|siste\s+nytt|status|update)(?:\s+(?:av|på|om|i)?\s*(?:drifts)?melding(?:en|a)?)?\s*:"
    r"|oppdater\s+(?:drifts)?melding(?:en|a)\s+(?:med\s+(?:at\s+)?|om\s+at\s+)?)\s*",
    re.IGNORECASE,
)
BARE_UPDATE = re.compile(
    r"(?:(?:jeg|eg|vi|me)\s+(?:vil|skal|må)\s+)?(?:oppdater(?:e)?|op+dater|oppdatering|update)"
    r"(?:\s+(?:drifts)?melding(?:en|a)|\s+den|\s+fellesfeilen|\s+fellesfeila)?\W*",
    re.IGNORECASE,
)
_IT = r"(?:\s+(?:den|den\s+att|drifts?melding(?:en|a)|melding(?:en|a)|fellesfeil(?:en|a)|vedlikeh[oa]ld(?:et)?))"
_BARE = (
    ("resolved", re.compile(rf"(?:avslutt{_IT}?|lukk{_IT}|friskmeld\w*{_IT}?)\W*", re.IGNORECASE)),
    ("withdrawn", re.compile(rf"(?:trekk{_IT}(?:\s+tilbake)?|avlys{_IT}?|withdraw{_IT}?)\W*", re.IGNORECASE)),
)
_WRONG_GROUP = re.compile(
    r"(?:(?:jeg|eg|den|ho|det|meldingen|meldinga|driftsmeldingen|driftsmeldinga|oi|beklager|dette)[\s,]+)*"
    r"(?:(?:ble|blei|vart|er|gikk|gjekk)\s+)?(?:sendt|send|sendte|gikk|gjekk)?\s*(?:til|i)\s+(?:feil|gal|wrong)\s+grupp\w*\W*",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"(?:feilen|feila|årsaken|årsaka|løsning\w*|løysing\w*)\s+(?:er|ble|blei|vart|har)\s+(?:(?:nå|no)\s+)?"
    r"(?:funnet|funne|lokalisert|kjent|kjend|identifisert)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:legg\s+til(?:\s+at)?|skriv(?:\s+inn)?(?:\s+at)?|oppdater(?:\s+med)?(?:\s+at)?|ny|nytt|"
    r"(?P<moves>endre|rett(?:\s+opp)?|utsett|flytt|sett))\s+",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:ikke\s+noe|ikkje\s+noko|ingenting|lite)\s+nytt\b|(?:vi|me)\s+(?:er|jobber|jobbar|arbeider|arbeidar|venter|ventar|ser|leter|"
    r"leiter|feilsøker|feilsøkjer|har)\b|(?:leverandøren|driftsleverandøren|teknikerne|feilsøking\w*)\b|"
    r"(?:fortsatt|framleis|fremdeles|still)\b|det\s+(?:jobbes|arbeides|blir\s+jobba)\b",
    re.IGNORECASE,
)
_NEWS_OF = re.compile(r"(?:[^\W\d]+\s+){0,3}D-\d{4}-\d{1,9}\s*[:–-]\s*(?P<told>\S+\s+\S.*)$", re.IGNORECASE | re.DOTALL)
_BEGINS_WITH_REF = re.compile(
    r"(?:(?:om|rett|endre|i|på|til)\s+)?D-\d{4}-\d{1,9}\b[\s,:–-]*(?P<told>\S+\s+\S.*)$", re.IGNORECASE | re.DOTALL
)
# "Vi rekker ikke kl 11, si 12.30", "forleng til kl 15": the promise alone is moved, and there is nothing else to tell.
_PUTS_OFF = re.compile(
    r"(?:(?:vi|me|jeg|eg|de|dei)\s+)?(?:rekker|rekk|når|klarer|klarar|greier|holder|held)\s+(?:det\s+|den\s+)?(?:ikke|ikkje)\b|"
    r"(?:kan\s+(?:du|vi)\s+)?(?:for|ut)leng\w*\b|(?:utsett|skyv|flytt)\w*\s+(?:den|det|oppdatering\w*|neste)\b",
    re.IGNORECASE,
)
_MOST_WORDS_OF_A_PUTTING_OFF = 12
# "Rett det", "jeg skrev feil, det er …", "forresten, det er ikke …": said of what has just been sent.
_PUTS_RIGHT = re.compile(
    r"(?:(?:jeg|eg)\s+(?:skrev|skreiv|tok|sa)\s+feil\b|(?:forresten|rettelse|retting|beklager|oi|nei)\b[\s,:–-]+(?=(?:det|den|årsaken|feilen)\b)|"
    r"(?:rett|rette|endre)\s+(?:det|den|dette)\b)[\s,.:–-]*",
    re.IGNORECASE,
)
_RIGHT_AT_ITS_END = re.compile(
    r"[\s,.;:–-]+(?:kan\s+du\s+)?(?:rett|rette|endre|rett\s+opp)\s+(?:det|den|dette)\W*$", re.IGNORECASE
)
_ALSO_HIT = re.compile(
    r"(?P<who>[^.;,\n]{2,60}?)\s+er\s+(?:også|òg|med)\s+(?:nede|rammet|ramma|berørt|med)\W*$", re.IGNORECASE
)
_JUST_NOW = timedelta(minutes=30)
_KINDS = (
    ("vedlikehold", re.compile(r"\b(?:vedlikeh[oa]ld|oppgradering|arbeid)(?:et|a|en)\b", re.IGNORECASE)),
    ("fellesfeil", re.compile(r"\b(?:fellesfeil|feil)(?:en|a)\b", re.IGNORECASE)),
)
_WITHDRAW = re.compile(r"^trekk(?:e)?\s+(?:tilbake\s+)?(?:drifts)?melding(?:en|a)\s*[:,–-]\s*", re.IGNORECASE)
_NOW_SAID = re.compile(r"\b(?:nå|no|na|now|også|òg|lenger|lengre)\b", re.IGNORECASE)
_INSTEAD_OF = re.compile(r",?\s+(?:ikke|ikkje|og\s+ikke)\s+(?:kl\.?\s*)?\d", re.IGNORECASE)
_OF_A_POST = frozenset({"consequence", "workaround", "next_update_at"})
_WORDS_THAT_TELL_WHY = 5


def is_free(talk: Conversation, pending: Pending | None) -> bool:
    """Whether no question waits for an answer of its own, and no case is being written but for one without a form."""
    draft = talk.state.draft
    if draft is not None:
        return draft.stage == "choose"
    return pending is None or pending.kind in _IDLE


def hear(talk: Conversation, pending: Pending | None, text: str) -> bool:
    """Begin the line of a notice that the words are about; False when they are about none."""
    if not is_free(talk, pending) or not talk.situation.notices or not may_publish(talk):
        return False
    if text.rstrip().endswith("?") or CASE_REF.search(text):
        return False
    if (named := NOTICE_REF.search(text)) is not None:
        return _hear_of(talk, named[0].upper(), text)
    notices = _meant(talk, text)
    line = talk.state.line
    if pending is not None and pending.kind == WHICH and line is not None and not line.ref:
        command = find_command(text)
        if command is not None and command.command is Command.CANCEL:
            talk.state = replace(talk.state, line=None, pending=None)
            talk.say("cancel.done")
            return True
        # "Den om Gerica" answers which.
        about = [one for one in notices if systems_in(text, talk.knowledge.systems)]
        if len(about) == 1:
            choose(talk, about[0].ref)
            return True
    if not notices:
        return False
    found = _line_in(talk, notices[0], text)
    if found is None and (just := _of_what_was_just_sent(talk, text)) is not None:
        notices, found = [just[0]], ("updated", just[1])
    if found is None and pending is not None and pending.kind == "notice_actions" and _STATUS.match(text.strip()):
        # Who has just been reminded of his promise, or shown the notice, tells how it goes.
        notices = [one for one in notices if one.ref == pending.key] or notices
        found = "updated", text
    if found is None:
        return False
    kind, words = found
    if len(notices) == 1:
        _begin(talk, notices[0].ref, kind, words)
        return True
    choices = tuple(Choice(f"line:for:{one.ref}", f"{one.ref} {one.what}"[:80]) for one in notices)
    talk.state = replace(talk.state, line=Line("", kind, words))
    talk.say("line.which_notice", choices=choices)
    talk.ask_choice(WHICH, "", choices)
    return True


def _hear_of(talk: Conversation, ref: str, text: str) -> bool:
    """ "D-2026-0001 er rettet", "skriv om D-2026-0001: leverandøren retter": named in a sentence of one's own."""
    notice = next((one for one in talk.situation.notices if one.ref == ref), None)
    command = find_command(text)
    if notice is None or (command is not None and command.command is not Command.CHANGE):
        return False
    news = _NEWS_OF.match(text.strip())
    told = news["told"] if news is not None else text
    # Without its number where the sentence stands without it; else the number is what the sentence is about.
    without = re.sub(r"\s{2,}", " ", NOTICE_REF.sub("", told)).strip()
    found = _line_in(talk, notice, without) or _line_in(talk, notice, NOTICE_REF.sub("feilen", told))
    if found is None and news is not None:
        found = "updated", news["told"]
    if found is None and (begins := _BEGINS_WITH_REF.match(text.strip())) is not None:
        found = "updated", begins["told"]
    if found is None:
        return False
    _begin(talk, ref, *found)
    return True


def _of_what_was_just_sent(talk: Conversation, text: str) -> tuple[Notice, str] | None:
    """The notice that the person has just told of, and what of the words is new: a correction, or who else is hit."""
    now, name = talk.situation.now, talk.situation.person.name
    own = [one for one in talk.situation.notices if one.history and one.history[-1].by == name]
    just = max(own, key=lambda one: one.updated_at, default=None)
    if just is None or now - just.updated_at > _JUST_NOW:
        return None
    also = _ALSO_HIT.fullmatch(text.strip())
    if also is not None and not talk.systems_in(also["who"]):
        return just, talk.case_text("notice_facts.also_affected", who=also["who"])
    said = _RIGHT_AT_ITS_END.sub("", text.strip())
    begins = _PUTS_RIGHT.match(said)
    if begins is None and said == text.strip():
        return None
    words = said[begins.end() :].strip() if begins is not None else said
    return (just, _PUTS_RIGHT.sub("", words, count=1) if _PUTS_RIGHT.match(words) else words) if words else None


def _promise_in(talk: Conversation, text: str) -> str:
    """The new promise of a message that only moves it, as the label and the time; empty for all others."""
    if _PUTS_OFF.match(text) is None or len(text.split()) > _MOST_WORDS_OF_A_PUTTING_OFF:
        return ""
    # The last time is the new one: "vi rekker ikke kl 11, si 12.30".
    last = re.search(r"(?:kl\.?\s*)?\d{1,2}(?:[.:]\d\d)?\W*$", text.strip())
    found = find_moments(text, talk.situation.now, "future")
    words = last[0] if last is not None else found[-1].moment.text if found else ""
    moment = read_moment(words, talk.situation.now, "future") if words else None
    return f"{talk.case_text('notice.next_update')}: {words}" if moment is not None else ""


def choose(talk: Conversation, ref: str) -> None:
    """Which of them was meant."""
    line = talk.state.line
    if line is None or line.ref:
        talk.say("error.old_card")
        return
    talk.state = replace(talk.state, line=None)
    talk.close_question()
    _begin(talk, ref, line.kind, line.text)


def _begin(talk: Conversation, ref: str, kind: str, words: str) -> None:
    if words:
        notice_update.take(talk, ref, kind, words)
    else:
        notice_update.start(talk, ref, kind)


def _meant(talk: Conversation, text: str) -> list[Notice]:
    """The open notices it may be about: those of the system that is named, else one's own, else those of others.

    Who has no notice and a case of his own speaks of that.
    """
    person, register = talk.situation.person.id, talk.knowledge.systems
    own = [one for one in talk.situation.notices if one.author_id == person]
    if not own and not any(case.is_open for case in talk.situation.cases):
        own = list(talk.situation.notices)
    named = systems_in(text, register)
    about = [one for one in talk.situation.notices if named & matter_of(one, register).systems] if named else []
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), "")
    return [one for one in about or own if one.type == kind] or about or own


def _line_in(talk: Conversation, notice: Notice, text: str) -> tuple[str, str] | None:
    """What kind of line the words are, and what of them is its text; None when they are no line."""
    said = text.strip()
    withdrawn = _WITHDRAW.match(said)
    if withdrawn is not None:
        return "withdrawn", said[withdrawn.end() :]
    if BARE_UPDATE.fullmatch(said):
        return "updated", ""
    for kind, pattern in _BARE:
        if pattern.fullmatch(said):
            return kind, ""
    if _WRONG_GROUP.fullmatch(said):
        return "withdrawn", said
    if _FOUND.match(said) and not _NOT.search(said):
        return "updated", said
    news = _NEWS.match(said)
    if news is not None:
        return ("updated", said[news.end() :]) if said[news.end() :].strip() else None
    over = _OVER.match(said)
    if over is not None and not _NOT.search(said[: over.end() + 1]) and not _NOT.match(said[over.end() :].lstrip()):
        kind = notice_update.FOR_NOW if is_for_now(said) else "resolved"
        bare = _BARE_WORD.match(said)
        words = said[bare.end() :] if bare is not None else said
        # "AKS er oppe igjen" says that it is over, and not why.
        tells = len(said[over.end() :].split()) >= _WORDS_THAT_TELL_WHY - 2 if bare is None else bool(words.strip())
        return kind, words if tells else ""
    if promise := _promise_in(talk, said):
        return "updated", promise
    draft = as_draft(talk, notice)
    asked = _ASKED.match(said)
    if asked is not None:
        # "Endre omvei til bruk papir", "utsett neste oppdatering til kl 15", "legg til at bydel Alna også er berørt"
        said = said[asked.end() :]
        said = said if ":" in said or not asked["moves"] else said.replace(" til ", ": ", 1)
    facts = facts_in(said, items_for_facts(talk, draft), talk.situation.now)
    if begun(said) is not None:
        return None  # "informasjon til alle: …" is a notice of its own, whatever it promises
    plainly = asked is not None or bool(_NOW_SAID.search(said)) or bool(_INSTEAD_OF.search(said))
    if facts.said and not facts.rest and plainly:
        return "updated", said
    changes = bool(_OF_A_POST & set(facts.said)) or ("affected" in facts.said and bool(_NOW_SAID.search(said)))
    # "Vi er på saken, ny info kl 14" promises news of what is out.
    return ("updated", said) if changes and (not facts.rest or "next_update_at" in facts.said) else None
