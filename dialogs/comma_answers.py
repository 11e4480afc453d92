"""Several answers on one line, parted by commas: "pc, bare meg, siden i går" (DESIGN 3).

People write so although a line each is asked for. Each part goes to the line it names, or whose kind of value it is
(an option, a time, a figure with its unit), and words go in the order that was asked. What finds no place is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dialogs.answer_fit import Fit, asks_a_figure, fit_of, is_value_alone, shape_of
from dialogs.answer_lists import asked_together
from dialogs.comma_corrections import corrected
from dialogs.comma_parts import SENTENCE_ENDS, CommaPart, comma_parts
from dialogs.conversation import Conversation
from dialogs.filling import parse_answer, virksomhet_code
from dialogs.items import DraftItem, item_called, missing_required
from dialogs.named_lines import denies_something, labelled, refused_by_name, said_by_own_name
from dialogs.phrases import is_answer
from dialogs.read_answers import denies_critical, is_number_of_another
from dialogs.said_of_lines import lines_of, said_of
from dialogs.sentences import WORDS
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from knowledge.catalogue import FieldType
from knowledge.reading.signals import says_critical

_REST = r"(?:resten|alt\s+(?:annet|anna)|alt\s+det\s+andre|the\s+rest|everything\s+else)"
_OF_THE_REST = re.compile(
    rf"^(?:og\s+|and\s+)?{_REST}\b[\s:]*(?P<told>.+)$|^(?P<before>.+?)\s+(?:om\s+|about\s+)?{_REST}$", re.IGNORECASE
)
_DONT_KNOW_WHAT = re.compile(
    r"^(?:(?:jeg|eg|i|vi|me)\s+)?(?:(?:vet|veit)\s+(?:ikke|ikkje)|(?:husker|hugsar|kjenner|har)\s+(?:ikke|ikkje)|don'?t\s+know)\s+"
    r"(?:om\s+)?(?:the\s+)?(?P<name>\S.*)$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^(?:og|men|and|but)\s+(?!(?:ikke|ikkje|not)\b)", re.IGNORECASE)
# A clause that goes on with a sentence, or denies what was said: then commas part no answers.
_NAMES = re.compile(r"[A-ZÆØÅ][\w'-]+(?:\s(?:(?:og|and)\s)?[A-ZÆØÅ][\w'-]+)*")
_IS_CLAUSE = re.compile(
    r"^(?:(?:men|og|så|som|at|fordi|hvis|der|da|for(?!\s+(?-i:[A-ZÆØÅ]))|but|and|so|because|which)\b|(?:(?:og|men)\s+)?(?:ikke|ikkje|not)\s+"
    r"(?!prøv|tried|noe\b|noko\b|kritisk))",
    re.IGNORECASE,
)
_PHONE_TO_REACH = re.compile(
    r"\b(?:ring|ringe|nås|når\s+meg|kontakt\w*|tlf|telefonen?\s+min|call|reach)\b", re.IGNORECASE
)
_UNITS = frozenset("stk stykk gb tb mb ghz antall ca cirka omtrent".split())
_FEW_PARTS, _MOST_PARTS = 2, 12
_LONGEST_PART, _SHORT_PART = 10, 4  # words
_A_WORD, _FEWEST_WORDS_TOLD = re.compile(r"[^\W\d]{2,}"), 3
# How surely a part is a line's: named with it or read in running text, by its kind, by its shape, as any words.
_NAMED, _READ, _BY_KIND, _BY_SHAPE, _ANY_WORDS = 5.0, 4.0, 3.0, 2.0, 1.0
# A line that was asked comes before one that was not, that before one with an answer; and the asked order holds.
_NOT_ASKED, _ANSWERED = -1.0, -1.5
_IN_ORDER, _RIGHT_AFTER, _GOES_ON = 0.5, 0.25, 0.5
_MOST_WAYS = 64
_OF_A_CRITICAL_FAULT = frozenset({"critical", "phone"})
_HOW_FAR = frozenset({"extent", "outage"})
_KINDS = frozenset({FieldType.CHOICE, FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME, FieldType.PHONE})


@dataclass(frozen=True, slots=True)
class Taken:
    """What a message with commas filled: the draft, the keys in the order they were told, and the parts left over.

    rest: the sentences after the answers, to be heard as such. corrects: a part took back something, and all is placed.
    refused: by the key of a line that was named, why it cannot hold what was said of it.
    """

    draft: Draft
    keys: tuple[str, ...]
    left: tuple[str, ...]
    rest: str = ""
    corrects: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to give the parts to the lines, so far: the line of each part, or None."""

    score: float = 0.0
    keys: tuple[str | None, ...] = ()
    last: int = -1
    used: frozenset[str] = field(default_factory=frozenset)


def take_commas(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], current: DraftItem, text: str
) -> Taken | None:
    """The answers of a message with commas, and of its first sentences where other sentences follow.

    None when it is a sentence, or the answer to one question in words.
    """
    taken = _take(talk, draft, items, current, text)
    for end in reversed(list(SENTENCE_ENDS.finditer(text)) if taken is None else []):
        head, rest = text[: end.start()], text[end.end() :].strip()
        if rest and (taken := _take(talk, draft, items, current, head) or _option(talk, draft, current, head)):
            return replace(taken, rest=rest)
    return taken


def _option(talk: Conversation, draft: Draft, current: DraftItem, head: str) -> Taken | None:
    """ "Lese. Mappeeier er …": an option of what is asked, and a sentence about other lines."""
    if current.type is not FieldType.CHOICE or not is_value_alone(talk, draft, current, head):
        return None
    answer = parse_answer(talk, draft, current, head)
    return Taken(draft.with_answer(current.key, answer), (current.key,), ()) if isinstance(answer, Answer) else None


def _take(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], current: DraftItem, text: str
) -> Taken | None:
    asked = [one.key for one in asked_together(items, draft, current)]
    if draft.kind == "notice" or "\n" in text or ";" in text:
        return None
    if _is_rest_unknown(text):
        return _with_rest_unknown(talk, draft, items, ())
    if len(asked) < _FEW_PARTS and current.type is FieldType.LONGTEXT:
        return None
    parts = comma_parts(text, current)
    rest_unknown = any(_is_rest_unknown(part.text) for part in parts)
    parts = [part for part in parts if not _is_rest_unknown(part.text)]
    if len(parts) + rest_unknown < _FEW_PARTS or len(parts) > _MOST_PARTS:
        return None
    if len(parts) == _FEW_PARTS and denies_something(text) and not denies_critical(text):
        return None  # "Visma, ikke Agresso"; "ikke kritisk, på nett" answers two questions
    parts = [_without_and(talk, draft, items, part) for part in parts]
    if any(len(part.text.split()) > _LONGEST_PART or _IS_CLAUSE.match(part.text) for part in parts):
        return None
    if any(says_critical(part.text) or talk.reading(part.text).call_back for part in parts):
        # Told before it is asked, it is no part of what was tried (G 5.1.2.2).
        have = {one.key for one in items}
        items += tuple(one for one in lines_of(talk, draft) if one.key in _OF_A_CRITICAL_FAULT - have)
    named = {part: found for part in parts if (found := refused_by_name(talk, draft, items, part.text)) is not None}
    refused = {item.key: why.why for item, why in named.values()}
    # "Ref BGO-LIS, 4711": the figure beside it is no answer to the line whose own cannot be taken.
    free = tuple(one for one in items if one.key not in refused)
    asked, parts = [key for key in asked if key not in refused], [part for part in parts if part not in named]
    beside = rest_unknown or bool(refused)
    taken = _placed(talk, draft, free, asked, parts, beside=beside)
    while isinstance(taken, CommaPart):
        # What takes nothing back that is understood is a part like any other.
        parts = [CommaPart(part.text) if part is taken else part for part in parts]
        taken = _placed(talk, draft, free, asked, parts, beside=beside)
    if taken is None or not rest_unknown:
        return taken and replace(taken, refused=refused)
    return _with_rest_unknown(talk, taken.draft, items, taken.left, taken.keys)


def _without_and(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], part: CommaPart) -> CommaPart:
    """ "Men siste dag er 30. november": what names its line is an answer, whatever joins it to the one before."""
    joined = _JOINED.match(part.text)
    if joined is None or part.instead:
        return part
    rest = part.text[joined.end() :]
    # Of the form's own lines only: "men jeg trenger også en lånepc" says whom it hits, and is a need of its own.
    own = tuple(item for item in items if item.checklist_item is None)
    return CommaPart(rest) if labelled(talk, draft, items, rest) or said_of(talk, draft, own, rest) else part


def _placed(
    talk: Conversation,
    draft: Draft,
    items: tuple[DraftItem, ...],
    asked: list[str],
    parts: list[CommaPart],
    *,
    beside: bool,
) -> Taken | CommaPart | None:
    """Each part in its line, and then what takes one back; the one that takes back nothing known, if there is one.

    None where the message is no list of answers. beside: something else in it shows that it is one.
    """
    told = [part.text for part in parts if not part.instead]
    each = [_values(talk, draft, items, asked, part) for part in told]
    way = _best_way(items, asked, each, told)
    if not (_is_plain(way, each, told, asked, corrected=len(told) < len(parts)) or (beside and any(way.keys))):
        return None
    keys, after = list(filter(None, way.keys)), draft
    pieces = {
        item.key: [(part, each[n]) for n, part in enumerate(told) if way.keys[n] == item.key]
        for item in items
        if item.key in way.keys
    }
    for item in items:
        if item.key in pieces:
            after = after.with_answer(item.key, _joined(talk, draft, item, pieces[item.key]))
    for values, key in zip(each, way.keys, strict=True):
        # "Bare meg siden i går": one part may say more than one thing.
        more = {one: value[1] for one, value in values.items() if value[0] == _READ and one not in after.answers}
        kind = next((one.type for one in items if one.key == key), None)
        for one in items:
            own = values[key][1].value if key is not None and key in values else None
            if key is None or one.key not in more or (one.type is kind and more[one.key].value == own):
                continue
            if one.type is not FieldType.PHONE or not is_number_of_another(after, one.key, more[one.key]):
                after = after.with_answer(one.key, more[one.key])
                keys.append(one.key)
    place = 0
    for part in parts:
        if not part.instead:
            place += 1
            continue
        before = [key for key in reversed(way.keys[:place]) if key is not None]
        found = corrected(talk, after, items, list(dict.fromkeys(before)), part)
        if found is None:
            return part
        after = after.with_answers(found)
        keys.extend(found)
    left = tuple(part for part, key in zip(told, way.keys, strict=True) if key is None)
    return Taken(after, tuple(dict.fromkeys(keys)), left, corrects=len(told) < len(parts) and not left)


def _is_rest_unknown(part: str) -> bool:
    found = _OF_THE_REST.match(part.strip(" .!"))
    return found is not None and is_answer(found["told"] or found["before"], "dont_know")


def _with_rest_unknown(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], left: tuple[str, ...], keys: tuple[str, ...] = ()
) -> Taken:
    """ "Resten vet ikke": what is still required is not known."""
    rest = [one.key for one in missing_required(items, draft) if one.type is not FieldType.ATTACHMENT]
    after = draft.with_answers({key: Answer(UNKNOWN_VALUE, talk.text("value.unknown")) for key in rest})
    return Taken(after, (*keys, *rest), left)


def _values(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], asked: list[str], part: str
) -> Mapping[str, tuple[float, Answer]]:
    """The lines that the part may be the answer to: how surely, and what it says."""
    unknown = _DONT_KNOW_WHAT.match(part)
    of = item_called(items, unknown["name"]) if unknown is not None else None
    if of is not None:
        return {of.key: (_NAMED, Answer(UNKNOWN_VALUE, talk.text("value.unknown")))}
    named = labelled(talk, draft, items, part)
    if named is not None:
        return {named[0].key: (_NAMED, named[1])}
    said_by_name = said_by_own_name(talk, draft, items, asked, part)
    if said_by_name is not None:
        return {said_by_name[0].key: (_NAMED, said_by_name[1])}
    read = said_of(talk, draft, items, part)
    found: dict[str, tuple[float, Answer]] = {}
    for item in items:
        known = item.key in draft.answers
        score, answer = _value(talk, draft, item, part, read)
        if answer is None or score <= 0:
            continue
        if item.key not in asked:
            # Nobody asked: only what is plainly meant for the line is.
            if score < (_READ if known or item.type is not FieldType.PHONE else _BY_KIND):
                continue
            stands = item.type is FieldType.BOOLEAN and known and draft.answers[item.key].value == answer.value
            if known and not (item.type is FieldType.CHOICE or stands or is_value_alone(talk, draft, item, part)):
                continue
        found[item.key] = (score, answer)
    if any(key in asked and score >= _READ for key, (score, _) in found.items()):
        # "Alt er nede" says how much, and is no place.
        return {key: value for key, value in found.items() if value[0] > _ANY_WORDS}
    return found


def _value(
    talk: Conversation, draft: Draft, item: DraftItem, part: str, read: Mapping[str, Answer]
) -> tuple[float, Answer | None]:
    answer = parse_answer(talk, draft, item, part)
    if item.type is FieldType.PHONE and isinstance(answer, Answer):
        # The number of the form is meant, unless it is said to be for reaching somebody.
        own = item.checklist_item is None
        return (_BY_KIND if own is bool(_PHONE_TO_REACH.search(part)) else _READ), answer
    told = read.get(item.key)
    if told is not None and not _is_clock_for_a_day(item, told):
        return _READ, told
    if not isinstance(answer, Answer) or item.type is FieldType.ATTACHMENT:
        return 0.0, None
    if item.key in _HOW_FAR and len(part.split()) >= _SHORT_PART and not is_answer(part, "dont_know"):
        return 0.0, None  # "hun byttet passord kl 18.30" tells more than that it hits one
    if _is_clock_for_a_day(item, answer):
        return 0.0, None
    if answer.value == UNKNOWN_VALUE or (item.type is FieldType.PERSON and is_answer(part, "me")):
        return _BY_SHAPE, answer
    if item.checklist_item is not None and item.checklist_item.pattern is not None:
        # A reference may be nearly anything, but no two words.
        return (0.0 if re.search(r"\s[^\W\d]|[^\W\d]\s", part) else _BY_KIND), answer
    if item.type in _KINDS:
        return _BY_KIND, answer
    if item.type is FieldType.NUMBER:
        return _number_fit(item, part), answer
    if item.type is FieldType.SYSTEM:
        return (_BY_KIND if talk.systems_in(part) else _ANY_WORDS), answer
    if item.type is FieldType.VIRKSOMHET:
        return (_BY_KIND if virksomhet_code(talk, part) else 0.0), answer
    fit = fit_of(talk, draft, item, part, taken_back=False, said={}) if item.type in WORDS else Fit.NOT
    if fit is Fit.WELL and item.type is FieldType.TEXT and asks_a_figure(item):
        # "Elev i 4B har den" may be any words; "SK-0092" is what was asked for.
        is_told = len(_A_WORD.findall(part)) >= _FEWEST_WORDS_TOLD
        return (_BY_KIND if shape_of(part) else _ANY_WORDS if is_told else _BY_SHAPE), answer
    return {Fit.WELL: _BY_SHAPE, Fit.AS_ANY_WORDS: _ANY_WORDS, Fit.NOT: 0.0}[fit], answer


def _is_clock_for_a_day(item: DraftItem, answer: Answer) -> bool:
    """ "Kl 10" is no day."""
    return item.type is FieldType.DATE and answer.time is not None and answer.time.clock_alone


def _number_fit(item: DraftItem, part: str) -> float:
    """ "4 cpu" is the number of vCPU and of nothing else; "4" may be any."""
    words = [word for word in re.findall(r"[^\W\d_]+", part.lower()) if word not in _UNITS]
    label = item.label.lower()
    if not words:
        return _BY_KIND
    return _READ if any(len(word) > 2 and word in label for word in words) else 0.0


def _best_way(
    items: tuple[DraftItem, ...], asked: list[str], each: list[Mapping[str, tuple[float, Answer]]], parts: list[str]
) -> _Way:
    """The way that gives most, in the asked order where nothing else tells."""
    place = {one.key: n for n, one in enumerate(items)}
    words, long, persons = (
        {one.key for one in items if one.type in types} for types in (WORDS, {FieldType.LONGTEXT}, {FieldType.PERSON})
    )
    # A reference of one word is all said in one part, and so is "vet ikke".
    words -= {one.key for one in items if one.checklist_item is not None and one.checklist_item.pattern is not None}
    ways = [_Way()]
    unknown: set[str] = set()
    none: Mapping[str, tuple[float, Answer]] = {}
    for values, part, last, last_part in zip(each, parts, [none, *each], ["", *parts], strict=False):
        longer = [_Way(way.score, (*way.keys, None), way.last, way.used) for way in ways]
        for way in ways:
            before = way.keys[-1] if way.keys else None
            # A path or a code is all said, and goes on with another one only.
            told = last[before][1].shown if before is not None and before in last else last_part
            alike = shape_of(told) == shape_of(part.partition(" ")[0])
            # Another name goes on with a name, and no sentence about others does.
            goes_on = before in long or (alike and (before not in persons or _NAMES.fullmatch(part) is not None))
            if before in words - unknown and goes_on and (before in long or before in values):
                # "Storgata 1, 3. etasje" is one place.
                more = values[before][0] + 1 if before in values else _GOES_ON
                longer.append(_Way(way.score + more, (*way.keys, before), way.last, way.used))
            for key, (score, _) in values.items():
                if key in way.used:
                    continue
                now = way.score + score + (0 if key in asked else _NOT_ASKED)
                at = asked.index(key) if key in asked else way.last
                if score == _ANY_WORDS and key == "tried" and way.last < 0 < at:
                    continue  # "Elev i 4B har den, SK-0092, …": nobody begins with what was tried
                now += (_IN_ORDER if at > way.last else 0) + (_RIGHT_AFTER if at == way.last + 1 else 0)
                longer.append(_Way(now, (*way.keys, key), at, way.used | {key}))
        unknown = {key for key, (_, answer) in values.items() if answer.value == UNKNOWN_VALUE}
        # Of two ways that are worth the same, the one that follows the form.
        longer.sort(key=lambda way: (-way.score, [place.get(key or "", len(place)) for key in way.keys]))
        ways = longer[:_MOST_WAYS]
    return ways[0]


def _is_plain(
    way: _Way, each: list[Mapping[str, tuple[float, Answer]]], parts: list[str], asked: list[str], *, corrected: bool
) -> bool:
    """Whether the message is a list of answers, and no sentence that has commas. corrected: it corrects something too,
    so that one answer beside it is enough."""
    scores = [values[key][0] for values, key in zip(each, way.keys, strict=True) if key is not None and key in values]
    sure = sum(score >= _BY_KIND for score in scores)
    if corrected and len(parts) == 1:
        return bool(scores) and scores[0] >= _BY_SHAPE
    if not scores or len(set(way.keys)) < _FEW_PARTS:
        return False
    if len(parts) == _FEW_PARTS:
        # "BGO Skolestart 2027. Eier er Tone Lie": what names another line leaves the first for what is asked.
        answers = way.keys[0] in asked[:1] and max(scores) >= _NAMED and len(parts[0].split()) <= _SHORT_PART
        return sure > 0 and len(scores) == len(parts) and (min(scores) >= _BY_SHAPE or answers)
    # What names its line may be long: "dei heiter Mina Moe og Per Bø".
    unnamed = [
        part
        for part, values, key in zip(parts, each, way.keys, strict=True)
        if key is None or key not in values or values[key][0] < _NAMED
    ]
    if len(asked) >= _FEW_PARTS and all(len(part.split()) <= _SHORT_PART for part in unnamed):
        in_order = [key for key in way.keys if key is not None] == asked
        return sure > 0 or in_order
    return sure * 2 >= len(parts)


def _joined(
    talk: Conversation, draft: Draft, item: DraftItem, told: list[tuple[str, Mapping[str, tuple[float, Answer]]]]
) -> Answer:
    """The answer of one part, or of several that go on with the same text."""
    (_, values), *others = told
    first = values[item.key][1]
    if not others:
        return first
    answer = parse_answer(talk, draft, item, ", ".join((first.shown, *(part for part, _ in others))))
    return answer if isinstance(answer, Answer) else first
