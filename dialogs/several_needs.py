"""Several needs in one message, to be taken one after the other (DESIGN 3, G 5.1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.phrases import fold_phrase
from dialogs.sentences import tells_what_was_tried
from dialogs.taken_back import after_changed_mind
from knowledge.catalogue import Form, Kind
from knowledge.matching import Candidate, Decision, Match
from knowledge.matching.needs import may_be_need, says_only_who_pays
from knowledge.reading.both_ways import both_ways
from knowledge.reading.enumerations import Enumeration, announced, counted_in, enumeration, wished_beside
from knowledge.reading.sentences import SENTENCE_END, sentences_of

_IN_ENVIRONMENT = re.compile(r"\s+(?:i|til|in|to)\s+(?:test|preprod|prod)\b", re.IGNORECASE)

# "En ny PC og" was said before the next need.
_AND_THEN = re.compile(r"[\s,;]+(?:og|and|samt|pluss|plus)(?:\s+(?:så|also|også|òg|then))?[\s,;]*$", re.IGNORECASE)
_ACCESS_TO = re.compile(r"^(?:ny\s+)?(?:tilgang(?:er)?|access)\s+(?:til|to)\s+", re.IGNORECASE)
_ONLY_GREETS = re.compile(
    r"^(?:(?:hei|hallo|hello|hi|god\s+(?:dag|morgen))(?:\s+(?:på\s+)?(?:dere|deg))?[\s,.!:]*)+$", re.IGNORECASE
)
_WHO_WISHES = re.compile(
    r"[\s,;]*\b(?:(?:og|and)\s+)?(?:(?:kan|can)\s+)?(?:jeg|eg|vi|me|hun|han|ho|de|dei|i|we|she|he|they)\s*$",
    re.IGNORECASE,
)
# A thing is wished by its name: "at strukturen legges om", "de må på nett", "ikke bare ett program" are told of one.
_IS_NO_NAME = re.compile(
    r"^(?:at|å|ikke|ikkje|bare|berre|helst|that|not|only|just)\b|\?|"
    r"\b(?:er|var|har|må|bør|skal|kan|får|vil|blir|trenger|treng|is|are|has|must|should|can|jeg|eg|vi|me|de|dei|hun|han|ho|"
    r"hvor|kvar|kor|hva|kva|hvilke[nt]?|som)\b",
    re.IGNORECASE,
)
# The calibrated probability from which a thing that is counted up is a need: one of three or more, one of two alone
# (which may as well be two sides of one thing), a sentence beside them, and an order told with a fault.
_ONE_OF_SEVERAL = 0.4
_ONE_OF_TWO = 0.85
_A_SENTENCE = 0.75
_AN_ORDER = 0.6


@dataclass(frozen=True, slots=True)
class Need:
    """One need in its own words, and what the message tells besides, which holds of every one of them."""

    text: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A counted thing that begins a need: its place among the things, its words, and its form."""

    place: int
    thing: str
    form: Form
    share: float


def needs_of(talk: Conversation, text: str, match: Match) -> tuple[Need, ...]:
    """The separate needs of a message; empty when there is one. `match` is the text's."""
    if by_own_word := _announced(text):
        return by_own_word
    needs = _by_system_and_environment(talk, text) or both_ways(text) or ()
    if not needs and (counted := _counted_up(talk, text)):
        return counted
    needs = needs or match.needs or _ordered_beside(talk, text)
    if any(tells_what_was_tried(talk, need) or after_changed_mind(need) for need in needs[1:]):
        return ()  # "nei vent, det er Outlook" puts the first right, and is no second need
    return tuple(Need(_AND_THEN.sub("", need)) for need in needs)


def _announced(text: str) -> tuple[Need, ...]:
    """ "To ting: … og …": as many needs as the person says, where there are just so many; else none."""
    found = announced(text)
    sentences = list(_sentences(found.rest)) if found is not None else []
    if found is None or not sentences:
        return ()
    needs, beside = [one for one in sentences if may_be_need(one)], [one for one in sentences if not may_be_need(one)]
    if len(needs) != found.count:
        needs, beside = list(counted_in(sentences[0])), sentences[1:]
    if len(needs) != found.count:
        return ()
    told = "\n".join(filter(None, (_beside_the_wish(found.before), *beside)))
    return tuple(Need(one, told) for one in needs)


def _counted_up(talk: Conversation, text: str) -> tuple[Need, ...]:
    """ "Trenger ny mobil, tilgang til mappen Økonomi og en distribusjonsliste": a need for each; else none."""
    found = enumeration(text)
    begun = _begun_in(talk, text, found) if found is not None else []
    if found is None or len(begun) < 2 or (len(begun) == 2 and min(one.share for one in begun) < _ONE_OF_TWO):
        return ()
    counted = dict(zip((one.form.id for one in begun), _in_full(text, found, begun), strict=True))
    beside = [thing for start, end in found.items if says_only_who_pays(thing := text[start:end])]
    before: dict[int, str] = {}
    for needs, part in ((before, _beside_the_wish(text[: found.start])), (counted, text[found.end :])):
        for sentence in _sentences(part):
            form = _form_told_of(talk, sentence) if may_be_need(sentence) else None
            if form in counted:
                counted[form] += f". {sentence}"
            elif form is not None:
                needs[form] = sentence
            else:
                beside.append(sentence)
    return tuple(Need(one, "\n".join(beside)) for one in (*before.values(), *counted.values()))


def _form_told_of(talk: Conversation, sentence: str) -> int | None:
    """The form that a sentence beside the things is plainly for; most tell when, or for whom."""
    match = talk.match(sentence)
    if match.best is None or match.decision is Decision.NONE:
        return None
    fails = match.best.form.kind == Kind.SUPPORT and talk.reading(sentence).kind_hint == Kind.SUPPORT.value
    return match.best.form.id if fails or match.best.score >= _A_SENTENCE else None


def _begun_in(talk: Conversation, text: str, found: Enumeration) -> list[_Begun]:
    """The things that are needs of their own, each for another form; the others are told of the one before them."""
    begun: list[_Begun] = []
    for place, (start, end) in enumerate(found.items):
        thing = _as_wished(talk, text[start:end].strip(), begun)
        best = _form_of(talk, found.wish, thing)
        told_of_one = says_only_who_pays(thing) or bool(talk.reading(thing).tried)
        if best is None or told_of_one or (found.wish and _IS_NO_NAME.search(thing)):
            continue
        if not any(best.form.id == one.form.id or _is_a_value(thing, one.form) for one in begun):
            begun.append(_Begun(place, thing, best.form, best.score))
    return begun


def _as_wished(talk: Conversation, thing: str, begun: Sequence[_Begun]) -> str:
    """The thing as it would be wished alone: after "tilgang til Gerica" a mere "Websak" is access to it too."""
    access = _ACCESS_TO.match(begun[-1].thing) if begun else None
    hits = talk.systems_in(thing) if access is not None else ()
    alone = bool(hits) and hits[0].end - hits[0].start >= len(thing.strip(" .")) - 1
    return f"{access[0]}{thing}" if access is not None and alone else thing


def _form_of(talk: Conversation, wish: str, thing: str) -> Candidate | None:
    """The form that a counted thing is plainly enough a need for; what is wished is an order."""
    match = talk.match(f"{wish} {thing}".strip())
    best = next((one for one in match.candidates if not wish or one.form.kind == Kind.SERVICE), None)
    plain = best is not None and match.decision is not Decision.NONE and best.score >= _ONE_OF_SEVERAL
    return best if plain else None


def _is_a_value(thing: str, form: Form) -> bool:
    """Whether it answers a question of the form ("lese og skrive" of access to a folder)."""
    said = fold_phrase(thing)
    options = [fold_phrase(option) for field in form.fields for option in field.choices]
    return any(said == option or said in option.split() for option in options)


def _in_full(text: str, found: Enumeration, begun: Sequence[_Begun]) -> list[str]:
    """Each need with the wish before it, and all that is told of it up to the next."""
    whole = []
    for one, next_place in zip(begun, [*(one.place for one in begun[1:]), len(found.items)], strict=True):
        start = found.items[0 if one is begun[0] else one.place][0]
        own_start, own_end = found.items[one.place]
        words = f"{text[start:own_start]}{one.thing}{text[own_end : found.items[next_place - 1][1]].rstrip()}"
        whole.append(f"{found.wish} {words}".strip(" .,;\n"))
    return whole


def _beside_the_wish(before: str) -> str:
    """What stands before the wish, unless it only greets or says who wishes."""
    told = _WHO_WISHES.sub("", before).strip(" ,;\n")
    return "" if _ONLY_GREETS.match(told) else told


def _sentences(text: str) -> Iterator[str]:
    """The sentences and lines of a text, without the signs that end them."""
    for sentence in sentences_of(text):
        if told := SENTENCE_END.sub("", sentence).strip(" .,;:!"):
            yield told


def _by_system_and_environment(talk: Conversation, text: str) -> tuple[str, ...]:
    """ "Oppgradering: Websak i test, Gerica i preprod og UBW i prod" is a need for each system; else none."""
    if not _IN_ENVIRONMENT.search(text):
        return ()
    hits = sorted(talk.systems_in(text), key=lambda hit: hit.start)
    pairs = [(hit, found) for hit in hits if (found := _IN_ENVIRONMENT.match(text, hit.end))]
    if len({hit.system.id for hit, _ in pairs}) < 2:
        return ()
    head = text[: pairs[0][0].start].strip(" :,-–")
    # What is said after the last of them ("alle til 9.1, helst neste uke") is said of each.
    tail = text[pairs[-1][1].end() :].strip(" .,;–-")
    return tuple(f"{head}: {text[hit.start : found.end()]}{f', {tail}' if tail else ''}" for hit, found in pairs)


def _ordered_beside(talk: Conversation, text: str) -> tuple[str, ...]:
    """ "Skriveren er tom for papir og Kari trenger ny skjerm": an order told with a fault is another case."""
    beside = wished_beside(text)
    if beside is None:
        return ()
    fault, order = talk.match(beside[0]), talk.match(beside[1])
    if fault.best is None or order.best is None or Decision.NONE in (fault.decision, order.decision):
        return ()
    plain = order.best.score >= _AN_ORDER and order.best.form.kind == Kind.SERVICE
    return beside if plain and fault.best.form.kind == Kind.SUPPORT else ()
