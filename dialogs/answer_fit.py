"""How well a message reads as the answer to the question that is asked, and whether it is a value and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from enum import StrEnum

from dialogs.conversation import Conversation
from dialogs.filling import parse_answer
from dialogs.items import DraftItem
from dialogs.sentences import WORDS, speaks_of_the_matter
from dialogs.state import Answer, Draft
from knowledge.catalogue import FieldType
from knowledge.reading import read_moment

# What an answer in words to a question looks like, by what its label asks for.
_ASKS_A_FIGURE = re.compile(
    r"\b(?:pc[- ](?:navn|namn|name)|\w*nummer|\w*nr|\w*number|\w*kode|\w*code|\w*merking|\w*-id|id|versjon\w*|"
    r"version)\b",
    re.IGNORECASE,
)
_ASKS_A_PLACE = re.compile(
    r"lokasjon|location|adresse|address|sted|stad\b|place|rom\b|room|etasje|floor|skole|skule|school|kontor|office|enhet|"
    r"eining|unit|avdeling|department|team|gruppe|group|område|area",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:\w*(?:gata|gate|veien|vegen|vei|plass|torg|skole|skolen|bygg|bygget|etasje|etg|rom|rommet|kontoret|avdeling\w*|huset|"
    r"kjelleren|sykehjem\w*|senter\w*|floor|room))\b",
    re.IGNORECASE,
)
_ASKS_A_TIME = re.compile(r"period|plan\b|tid\b|dato|date|når|when|siden|sidan|since|time\b", re.IGNORECASE)
_DOING = re.compile(
    r"\b(?:prøv\w*|test\w*|restart\w*|omstart\w*|start\w*\s+(?:\w+\s+){0,2}(?:på\s+nytt|om)|bytt\w*|slått?\s+av|skru\w*|logg\w*\s+"
    r"(?:av|ut|inn)|ring\w*|sjekk\w*|reinstaller\w*|oppdater\w*|tømt|koblet|kobla|byttet|spurt\w*|tried|restarted|called)\b",
    re.IGNORECASE,
)
# Answers of these types are a closed value, so a short message can be one and nothing else.
_CLOSED = frozenset({FieldType.CHOICE, FieldType.DATE, FieldType.DATETIME, FieldType.PHONE, FieldType.SYSTEM})
TIMES = frozenset({FieldType.DATE, FieldType.DATETIME})
_NUMBERS = frozenset({FieldType.NUMBER})
_NUMBER_ALONE = re.compile(
    r"^(?:(?:vi|me|jeg|eg|we|i|det|it)\s+)?(?:trenger|treng|må\s+ha|skal\s+ha|vil\s+ha|ønsker|ønskjer|need|want|er|blir|is)?\s*"
    r"(?:bare|berre|kun|heller|egentlig|only)?\s*(?:\d{1,4}|to|tre|fire|fem|seks|sju|åtte|ni|ti)(?:\s+(?:stk|of\s+them|av\s+de[imn]))?\W*$",
    re.IGNORECASE,
)
_IT_IS = re.compile(r"^(?:(?:det|den|dette|it)\s+(?:er|heter|heiter|var|is|was)|(?:er|is))\s+", re.IGNORECASE)
_SHAPES = {
    "e-mail": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "address": re.compile(r"(?:https?://|www\.)\S+"),
    "path": re.compile(r"(?:[A-Za-z]:\\|\\\\)\S*"),
    "code": re.compile(r"(?=\S*\d)(?=\S*[A-Za-zÆØÅæøå.-])[\wÆØÅæøå.-]{4,}|[A-ZÆØÅ]+(?:-[A-ZÆØÅ]+)+|\w+(?:-\w+){2,}"),
}
_A_WORD = re.compile(r"[^\W\d]{2,}")
_FEWEST_WORDS_TOLD = 3
_A_NAME = re.compile(r"\b[A-ZÆØÅ][\wæøå'-]+(?:\s[A-ZÆØÅ][\wæøå'-]+)+")
_LAST_NAME = re.compile(
    r"\b(?:[Ee]tternavn|[Ee]tternamn|[Ss]urname|[Ll]ast name)(?:et)?\s+(?:er|is|heter|skal være)\s+"
    r"(?P<name>[A-ZÆØÅ][\w'-]+)"
)
_ALIKE = 0.8
_NAMES = frozenset({FieldType.PERSON, FieldType.SYSTEM, FieldType.VIRKSOMHET})
# "Siden i går", "det var nok heller på tirsdag": what may stand beside a time and say nothing more than it.
_BESIDE_A_TIME = frozenset(
    "siden sidan since fra frå from i på om ca ca. rundt omkring cirka about around at det den var er vart blei ble it "
    "was nei no nok vel kanskje heller egentlig eigentleg visst bare berre allerede alt feil dag helst innen før by "
    "helt".split()
)


class Fit(StrEnum):
    """How well a message reads as the answer to a question: in its own way, in no way, or as any words would."""

    WELL = "well"
    NOT = "not"
    AS_ANY_WORDS = "any"


def fit_of(
    talk: Conversation, draft: Draft, item: DraftItem, text: str, *, taken_back: bool, said: Mapping[str, Answer]
) -> Fit:
    """How well the message reads as the answer to this item."""
    if item.type not in WORDS:
        answer = parse_answer(talk, draft, item, text)
        if item.type is FieldType.NUMBER and isinstance(answer, Answer):
            spent = any(re.search(rf"(?<!\d){re.escape(answer.shown)}(?!\d)", one.shown) for one in said.values())
            return Fit.NOT if spent or taken_back else Fit.WELL
        if item.type in _NAMES:
            return Fit.NOT
        return Fit.WELL if isinstance(answer, Answer) and not taken_back else Fit.NOT
    if item.key == "tried":
        return Fit.WELL if _DOING.search(text) else Fit.AS_ANY_WORDS
    if item.type is FieldType.PERSON:
        return Fit.WELL if re.search(r"(?<!^)\b[A-ZÆØÅ][a-zæøå]+", text) else Fit.NOT
    if asks_a_figure(item):
        # "Telefonen min er 22 33 44 55", "må ha dem før 10. desember": its figures are all those of another line.
        told = taken_back or speaks_of_the_matter(text) or len(_A_WORD.findall(text)) >= _FEWEST_WORDS_TOLD
        of_others = told and _has_figures_of(text, said)
        return Fit.WELL if any(sign.isdigit() for sign in text) and not of_others else Fit.NOT
    if _ASKS_A_PLACE.search(item.label) and _PLACE.search(text):
        # "Det gjelder hele avdelingen" says whom, not where.
        return Fit.AS_ANY_WORDS if speaks_of_the_matter(text) else Fit.WELL
    return Fit.WELL if asks_a_time(item) else Fit.AS_ANY_WORDS


def asks_a_figure(item: DraftItem) -> bool:
    """Whether its label asks for a number, a code or the name of a machine, in whatever words."""
    return bool(_ASKS_A_FIGURE.search(item.label))


def figure_and_rest(item: DraftItem, text: str) -> tuple[str, str]:
    """ "24.2, kl 18 alle tre" where a version is asked: the figure, and what is beside it. A list of codes is one."""
    first, _, rest = (part.strip() for part in text.partition(","))
    one = item.type is FieldType.TEXT and asks_a_figure(item) and 0 < len(first.split()) < _FEWEST_WORDS_TOLD
    if not (one and rest and any(sign.isdigit() for sign in first)):
        return text, ""
    alike = any(shape_of(word) == shape_of(first.split()[-1]) for word in rest.replace(",", " ").split())
    return (text, "") if alike or len(_A_WORD.findall(rest)) < 2 else (first, rest)


def asks_a_time(item: DraftItem) -> bool:
    """Whether its label asks for a time, in whatever words."""
    return bool(_ASKS_A_TIME.search(item.label))


def _has_figures_of(text: str, said: Mapping[str, Answer]) -> bool:
    """Whether all figures of the text stand in these values: "kl 8.30" in "kl. 08.30"."""
    shown = " ".join(one.shown for one in said.values())
    here, there = ([one.lstrip("0") for one in re.findall(r"\d+", words)] for words in (text, shown))
    return set(here) <= set(there) or "".join(here) in "".join(there)


def value_of_one(
    talk: Conversation, draft: Draft, others: tuple[DraftItem, ...], text: str, *, taken_back: bool
) -> dict[str, Answer]:
    """A time, "vi trenger 5", or a path or a code, and nothing else, where one line alone holds such a thing: it can
    only be that one's. All but a time are believed of what takes something back only.
    """
    found: dict[str, Answer] = {}
    for types, is_alone in ((TIMES, is_value_alone), (_NUMBERS, _is_number_alone)):
        of_type = [one for one in others if one.type in types]
        known = [one for one in of_type if one.key in draft.answers]
        # What takes nothing back may be meant for a line that is empty yet.
        plain = taken_back or (types is TIMES and len(of_type) == 1)
        if plain and len(known) == 1 and is_alone(talk, draft, known[0], text):
            answer = parse_answer(talk, draft, known[0], text)
            if isinstance(answer, Answer):
                found[known[0].key] = answer
    shaped = [word for word in _IT_IS.sub("", text.strip(" .!")).split() if shape_of(word)]
    word = shaped[0] if len(shaped) == 1 else ""
    shape = shape_of(word) if taken_back else ""
    alike = [one for one in others if shape and one.key in draft.answers and one.type is FieldType.TEXT]
    alike = [one for one in alike if shape_of(draft.answers[one.key].shown) == shape]
    if len(alike) == 1:
        known_word = draft.answers[alike[0].key].shown
        word = word.upper() if known_word.isupper() else word
        found[alike[0].key] = Answer(word, word)
    return found


def alike_names(draft: Draft, items: tuple[DraftItem, ...], text: str) -> dict[str, Answer]:
    """ "Kari Normann, skrev feil", "etternavnet er Hansson": a name so like that of a line is the same spelt anew."""
    found: dict[str, Answer] = {}
    for item in items:
        known = draft.answers.get(item.key)
        if item.type is not FieldType.PERSON or known is None or not _A_NAME.fullmatch(known.shown):
            continue
        last = _LAST_NAME.search(text)
        names = [f"{known.shown.rpartition(' ')[0]} {last['name']}"] if last is not None else _A_NAME.findall(text)
        alike = [
            name
            for name in names
            if name != known.shown and (last or SequenceMatcher(None, name, known.shown).ratio() >= _ALIKE)
        ]
        if len(alike) == 1:
            found[item.key] = Answer(alike[0], alike[0])
    return found


def alike_in(words: str, example: str) -> str:
    """ "Punktet er merket 2.01-11" for "3.04-12A": the one word of the same kind as the example, else all the words."""
    shape = shape_of(example)
    found = [word for word in words.split() if shape and shape_of(word) == shape]
    return found[0] if len(found) == 1 else words


def shape_of(word: str) -> str:
    """What kind of thing one word looks like: a path, an address or a code; empty when it is none."""
    return next((name for name, pattern in _SHAPES.items() if pattern.fullmatch(word)), "")


def _is_number_alone(_talk: Conversation, _draft: Draft, _item: DraftItem, text: str) -> bool:
    return bool(_NUMBER_ALONE.match(text.strip()))


def is_value_alone(talk: Conversation, draft: Draft, item: DraftItem, text: str) -> bool:
    """Whether the message is a value of this item and nothing else."""
    if item.type not in _CLOSED:
        return False
    if item.type in TIMES:
        moment = read_moment(text, talk.situation.now, None)
        if moment is None:
            return False
        return (
            set(text.lower().replace(moment.text.lower(), " ", 1).replace(",", " ").strip(" .!").split())
            <= _BESIDE_A_TIME
        )
    if item.type is FieldType.SYSTEM:
        hits = talk.systems_in(text)
        return bool(hits) and hits[0].end - hits[0].start >= len(text.strip(" .!")) - 1
    if item.type is FieldType.PHONE:
        return sum(sign.isdigit() for sign in text) >= len(re.sub(r"\s", "", text)) - 4
    return isinstance(parse_answer(talk, draft, item, text), Answer)
