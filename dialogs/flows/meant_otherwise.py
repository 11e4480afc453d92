"""Another matter is meant than the form is for: "feil skjema, det er pc-en", "nei vent, det er Outlook" (G 4.1).

The form is looked for by the new words before the old ones. Who tells what is the matter keeps his case: every answer
is carried over, and the words stand in it. Who names another thing alone begins anew: when it began, whom it hits and
how to reach the person still hold, and it is said that they are kept; what was tried on the wrong thing is not. A plain
"nei, …" does either only where the new words are plainly those of another form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.comma_answers import take_commas
from dialogs.commands import CASE_REF
from dialogs.conversation import Conversation
from dialogs.correcting import changes_in
from dialogs.flows import choose_form, registering_again
from dialogs.form_lists import SHOWN_CANDIDATES
from dialogs.forms import ends_unasked
from dialogs.items import find_item, items_of
from dialogs.named_lines import denied_and_meant
from dialogs.read_answers import fill_from_reading
from dialogs.refused_forms import denied, match_for, named, refuse, shown
from dialogs.shown_answers import lines_in_a_row
from dialogs.state import Answer, Draft
from dialogs.taken_back import after_changed_mind, after_no, without_opener
from knowledge.catalogue import Kind
from knowledge.matching import Decision

_WRONG_FORM = re.compile(
    r"^(?:(?:men|det|dette|it|this|er|is|var|jo|helt|heilt|vent|oi|beklager|sorry)[\s,.!]+)*"
    r"(?:feil|galt|gale|wrong)\s+(?:skjema(?:et)?|form)\b[\s,.:;!–-]*(?P<told>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s)\s+|\n\s*")
_SMALL = re.compile(
    r"^(?:(?:det|dette|it|this)\s+(?:er|gjelder|gjeld|var|is|was)\s+|(?:han|hun|ho|jeg|eg|vi|he|she)\s+har\s+|bare\s+|berre\s+)+",
    re.IGNORECASE,
)
_WHERE = re.compile(r"^(?:i|på|in|on)\s+\w+$", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:som|ikke|ikkje|har|får|kan|vil|skal|who|that|which|not|has|can|cannot)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"[,;]|\b(?:men|but)\b", re.IGNORECASE)
_FEWEST_WORDS = 2
_FEWEST_WORDS_AFTER_NO = 4
# From this share of what is left without the wrong form, the form needs no question; below the lower one it is no
# candidate. After a mere "nei" the new words must point away from the form as plainly.
_PLAIN = 0.75
_POSSIBLE = 0.05

_STILL_HOLDS = ("started_at", "extent", "phone", "on_behalf_of", "contacts")
_FAILS = re.compile(
    r"\b(?:nede|down|virker|verkar|fungerer|fungerar|funker|starter|startar|svarer|svarar|henger|heng)(?:\s+(?:ikke|ikkje))?\b",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    r"^(?:det|dette|den|it|this)\s+(?:er|var|gjelder|gjeld|is|was)\s+(?:(?:nok|jo|heller|egentlig|visst)\s+)*",
    re.IGNORECASE,
)
# "Det var profil jeg mente" puts a name right, see `wrong_system`.
_MEANT = re.compile(r"\b(?:mente|meinte|meant)\b", re.IGNORECASE)
_MOST_WORDS_OF_A_THING = 3
# The probability from which one form is meant by a thing alone that "virker ikke".
_LIKELY = 0.4
_CALLED_BY = 3
_SHORTEST_NAME = 5  # letters two words begin with when they are one, "mobil" and "mobilen"


def hear(talk: Conversation, text: str) -> bool:
    """ "Feil skjema, …" with what it is instead, of the case being written or of the one just sent."""
    before, told = _before_and_told(text)
    draft = talk.state.draft
    if told is None or CASE_REF.search(text) or (not before and len(told.split()) < _FEWEST_WORDS):
        return False
    if draft is None and len(told.split()) < _FEWEST_WORDS:
        return False
    if draft is None:
        draft = registering_again.draft_again(talk, talk.state.last_case)
        if draft is None:
            return bool(talk.replies)  # it was said why not
    if draft.kind == "notice":
        return False
    changed = changes_in(talk, draft, before) if before else None
    draft = (draft.with_more(before) if before else draft).with_answers(changed.answers if changed is not None else {})
    by_name = denied(talk, draft.candidates, before)
    if len(told.split()) >= _FEWEST_WORDS:
        _look(talk, refuse(draft, by_name), told)
    else:
        # "Feil skjema" of a whole list says no to each of it, unless one is called by its name.
        choose_form.choose_again(talk, refuse(draft, by_name or shown(talk.state.pending)))
    return True


def hear_at_a_form(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Nei, …" where a form is taken, and self-help offered or Kompass filled in: plainly for another form."""
    if draft.form_id is None or draft.kind == "notice":
        return False
    match draft.stage:
        case "self_help":
            return _denies_where(talk, draft, text)
        case "fill" | "confirm":
            return (
                _names_another_thing(talk, draft, text)
                or _denies_the_matter(talk, draft, text)
                or _denies_the_form(talk, draft, text)
            )
    return False


def _before_and_told(text: str) -> tuple[str, str | None]:
    """What stands before "feil skjema" as sentences of their own, and what after it; None when it is not said."""
    text = text.strip()
    for start in (0, *(end.end() for end in _SENTENCE_ENDS.finditer(text))):
        after = after_no(text[start:])
        found = _WRONG_FORM.match(text[start:] if after is None else after)
        if found is not None:
            return text[:start].strip(), found["told"].strip()
    return "", None


def _names_another_thing(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Nei vent, det er utlok" while the fault of something else is filled in: that very thing, and nothing more."""
    instead = after_changed_mind(text) or after_no(text)
    need = thing_that_fails(talk, draft, instead) if instead and draft.kind == Kind.SUPPORT.value else None
    if need is None or any(one.form.id == draft.form_id for one in talk.match(need).candidates[:2]):
        return False
    begin(talk, draft, need)
    return True


def _denies_the_matter(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Nei, det gjelder vedlegg i Outlook" where Kompass is filled in: plainly another form, by the old words too."""
    told = after_no(text) or ""
    if len(told.split()) < _FEWEST_WORDS_AFTER_NO:
        return False
    alone, together = talk.match(told), talk.match(f"{told}\n{draft.text}")
    best = alone.best
    if best is None or together.best is None or alone.decision is Decision.NONE or best.score < _PLAIN:
        return False
    own = sum(one.score for one in alone.candidates if one.form.id == draft.form_id)
    if own >= _POSSIBLE or together.best.form.id != best.form.id:
        return False
    _look(talk, draft, told)
    return True


def _denies_the_form(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Det er forresten ikke mobilen, det er Gerica på PC" on the form of Gerica mobil: what is denied is what the
    form is for. The answers told before it in the same message are taken."""
    pending, text = talk.state.pending, text.strip()
    for start in (0, *(end.end() for end in _SENTENCE_ENDS.finditer(text))):
        told, _ = without_opener(text[start:])
        meant = next((one[0] for one in denied_and_meant(told) if _is_of_the_form(talk, draft, *one)), "")
        if not meant or not _IT_IS.match(told):
            continue
        before, items = text[:start].strip(), items_of(talk, draft)
        current = find_item(items, pending.key) if pending is not None and before else None
        taken = take_commas(talk, draft, items, current, before) if current is not None else None
        if taken is not None:
            draft = taken.draft
        _look(talk, draft.with_more(before) if before and taken is None else draft, meant)
        return True
    return False


def _is_of_the_form(talk: Conversation, draft: Draft, meant: str, wrong: str) -> bool:
    """Whether a word that is denied names what the form is for, and what is meant has no such word."""
    title = talk.knowledge.catalogue.get(draft.form_id or 0).title.casefold()
    names = {word[:_SHORTEST_NAME] for word in re.findall(r"[^\W\d]{5,}", title)}
    denied_names, meant_names = (
        {word[:_SHORTEST_NAME] for word in re.findall(r"[^\W\d]{5,}", words.casefold())} for words in (wrong, meant)
    )
    held = any(answer.shown.casefold() in wrong.casefold() for answer in draft.answers.values() if answer.shown)
    return bool(names & (denied_names - meant_names)) and bool(meant_names) and not held


def _denies_where(talk: Conversation, draft: Draft, text: str) -> bool:
    """ "Nei, det er i Gerica han er sperra, ikkje i Windows" to self-help: the advice was for another system."""
    told = after_no(text)
    if told is None or draft.form_id is None:
        return False
    own = {hit.system for hit in talk.systems_in(talk.knowledge.catalogue.get(draft.form_id).title)}
    for said, wrong in denied_and_meant(told):
        meant = {hit.system for hit in talk.systems_in(said)}
        if meant and not meant & (own | {hit.system for hit in talk.systems_in(wrong)}) and _WHERE.match(wrong):
            choose_form.choose_again(talk, draft.with_more(told))
            return True
    return False


def _look(talk: Conversation, draft: Draft, told: str) -> None:
    """Take the form that the new words make plain, or ask which of those they make likely."""
    thing = thing_that_fails(talk, draft, told) if draft.kind == Kind.SUPPORT.value else None
    need, draft = _meant(draft, told)
    need = thing or need
    system = draft.answers.get("system")
    if thing is not None and system is not None and system.shown.lower() not in thing.lower():
        draft = draft.without_answer("system")
    found = changes_in(talk, draft, told)
    if found is not None:
        draft = draft.with_answers({key: one for key, one in found.answers.items() if key != "critical"})
    draft = refuse(draft, (draft.form_id,)) if draft.form_id is not None else draft
    by_title = named(talk, draft, told)
    if by_title is not None:
        choose_form.take(talk, draft.with_more(told), by_title)
        return
    likely = match_for(talk, draft, need).candidates
    rest = match_for(talk, draft, f"{told}\n{draft.text}").candidates
    # The case is called by its first sentence, so the new words come first; but "det er Gerica på PC" tells no fault.
    more = draft.with_more(told)
    if thing is not None:
        draft = replace(more, text=f"{thing}\n{more.text}")
    else:
        draft = more if _only_names(talk, told) else replace(more, text=f"{told}\n{draft.text}")
    total = sum(one.score for one in likely)
    harmless = bool(likely) and not ends_unasked(likely[0].form, told)
    if harmless and total and likely[0].score / total >= _PLAIN and likely[0].score >= _PLAIN / 2:
        talk.say("choose.instead")
        choose_form.take(talk, replace(draft, candidates=()), likely[0].form)
        return
    possible = [one for one in likely if one.score >= _POSSIBLE]
    forms = tuple(dict.fromkeys(one.form.id for one in (*possible, *rest)))
    choose_form.offer(talk, replace(draft, stage="choose", candidates=forms[:SHOWN_CANDIDATES]), "choose.again")


def _only_names(talk: Conversation, told: str) -> bool:
    """ "Det er Gerica på vanlig PC": which thing it is, and nothing of what is the matter with it."""
    return _SMALL.match(told) is not None and _TELLS.search(told) is None and talk.reading(told).kind_hint is None


def _meant(draft: Draft, told: str) -> tuple[str, Draft]:
    """What to look for, and the draft without the system that is denied: "ikke AKS, men PC" in what was told of AKS."""
    for said, wrong in denied_and_meant(told):
        word = re.compile(rf"(?<!\w){re.escape(_SMALL.sub('', wrong))}(?!\w)", re.IGNORECASE)
        meant = _SMALL.sub("", said)
        system = draft.answers.get("system")
        if system is not None and word.fullmatch(system.shown):
            draft = draft.without_answer("system")
        if word.search(draft.text):
            return meant.join(word.split(draft.text)), draft
        if _INSTEAD.search(told):  # "som ikke starter" denies nothing
            return meant, draft
    return told, draft


def thing_that_fails(talk: Conversation, draft: Draft, instead: str) -> str | None:
    """ "Det er utlok" with "virker ikke" as it was told of the wrong thing, where that makes the form likely."""
    fails, is_thing = _FAILS.search(draft.text), _IT_IS.match(instead)
    thing = _IT_IS.sub("", instead).strip(" .,!")
    if (
        fails is None
        or is_thing is None
        or _MEANT.search(thing)
        or not 0 < len(thing.split()) <= _MOST_WORDS_OF_A_THING
    ):
        return None
    told = talk.reading(instead)
    if told.started_at is not None or told.extent is not None:
        return None  # "nei vent, det var 07.15" puts the clock right, "det gjelder hele avdelingen" the extent
    need = f"{thing} {fails[0]}"
    best, called = talk.match(need).best, [one.form.id for one in talk.match(thing).candidates[:_CALLED_BY]]
    # What "nede" alone is like is no thing that was meant: the name itself must lead there.
    likely = best is not None and best.score >= _LIKELY and best.form.id in called
    return need if best is not None and likely and best.form.kind == Kind.SUPPORT else None


def begin(talk: Conversation, draft: Draft, need: str) -> None:
    """Begin anew with what is meant; what still holds of the case goes with it, as do its files."""
    kept = _kept(talk, draft, need)
    talk.state = talk.state.without_draft(draft.id)
    talk.say("choose.instead")
    if kept:
        as_support = replace(draft, kind=Kind.SUPPORT.value, answers=kept)
        lines = [item for item in items_of(talk, as_support) if item.key in kept]
        talk.say("choose.kept", kept=lines_in_a_row(talk, as_support, lines))
    choose_form.begin(talk, need, answers=kept)
    carry_files(talk, draft)


def carry_files(talk: Conversation, before: Draft) -> None:
    """The files of a draft that was begun anew go with it."""
    draft = talk.state.draft
    if before.attachments and draft is not None:
        talk.put(replace(draft, attachments=(*before.attachments, *draft.attachments)))


def _kept(talk: Conversation, draft: Draft, need: str) -> Mapping[str, Answer]:
    told = talk.reading(need)
    if told.kind_hint == Kind.SERVICE.value or talk.reading(draft.text).kind_hint == Kind.SERVICE.value:
        return {}  # nothing of a fault holds of an order
    blank = replace(draft, kind=Kind.SUPPORT.value, answers={})
    items = tuple(item for item in items_of(talk, blank) if item.key in _STILL_HOLDS)
    before, _ = fill_from_reading(talk, blank, items, talk.reading(draft.text))
    _, said_anew = fill_from_reading(talk, blank, items, told)
    answers = {**before.answers, **draft.answers}
    return {key: answers[key] for key in _STILL_HOLDS if key in answers and key not in said_anew}
