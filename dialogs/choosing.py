"""Which of the offered choices a typed answer means: number, ordinal, label, or nearly the label.

A typed answer is valid everywhere (DESIGN 3), so every choice a card offers can be typed. Two near winners count as no
winner: then the question is asked again, rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from dialogs.phrases import fold_phrase, phrases
from knowledge.reading.choices import SOMEBODY

# Similarity (0-100) a mistyped label needs, and the lead it needs before the next one.
_ENOUGH = 82.0
_LEAD = 8.0

_ORDINALS = (
    ("første", "fyrste", "first", "øverste", "øvste", "top"),
    ("andre", "second", "nummer to"),
    ("tredje", "third"),
    ("fjerde", "fourth"),
    ("femte", "fifth"),
)
_NUMBER_WORDS = ("en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni")
_NUMBER = re.compile(r"^(?:nr\.?|nummer|valg|alternativ|number|#)?\s*(\d{1,2})\s*[.)]?$", re.IGNORECASE)
_LAST = frozenset("siste|den siste|last|the last one|sist|nederste|den nederste|nedste|den nedste".split("|"))
_CLAUSE_END = re.compile(r"[,.!;\n]|\s[–-]\s")
# "1, ja pcn heter …", "2. og bare meg", "skjema 3 – fra mandag": a number first, and more after it. A figure that goes
# on ("2,5 timer", "8.30") is none, nor is what is counted in an order ("1. desember", "3. etasje").
_OPENING_NUMBER = re.compile(
    r"^(?:(?:ja|jo|ok|yes|jeg\s+(?:tar|velger)|eg\s+(?:tek|vel)|tar|velg|take)[\s,]+)?"
    r"(?:(?P<named>nr\.?|nummer|valg|alternativ|skjema|number|form|option|#)\s*)?(?P<number>\d{1,2})"
    r"(?:[.)]\s+|[,:;!](?!\d)\s*|\s+[–-]\s+|\s*\n\s*|\s+(?=(?:og|men|and|but|ja|takk|siden|sidan|send|since)\b)"
    r"|(?(named)\s+|(?!)))(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED = re.compile(
    r"^(?:etasje\w*|etg|floor|linje\w*|line|trinn\w*|klasse\w*|gang(?:en)?|time(?:n)?|dag(?:en)?|uke|veke|"
    r"jan(?:uar)?|feb(?:ruar)?|mars|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\b",
    re.IGNORECASE,
)
_LABEL_ENDS = re.compile(r"[,.!;:\n]\s*|\s[–-]\s")
_MOST_WORDS_OF_A_LABEL = 6
_SIGNS = {"👍": True, "✅": True, "👎": False, "❌": False}


def pick(text: str, labels: Sequence[str], *, loosely: bool = True) -> int | None:
    """Index of the label that the text means, or None when none or several fit.

    Not `loosely`: only the number or the whole label counts, for menus whose labels are words that reports begin with.
    """
    folded = fold_phrase(text)
    if not folded or not labels:
        return None
    position = _position(folded, len(labels))
    if position is not None:
        return position
    names = [fold_phrase(label) for label in labels]
    # "Min leder er Per" names a person, not the choice "Leder".
    inside = fold_phrase(SOMEBODY.sub(" ", text))
    if not loosely:
        return names.index(folded) if names.count(folded) == 1 else None
    for test in (
        lambda name: name == folded,
        lambda name: len(folded) >= 3 and name.startswith(folded),
        lambda name: _has_words(name, folded),
        lambda name: len(name) >= 4 and _has_words(inside, name),
    ):
        hits = [index for index, name in enumerate(names) if test(name)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            # "Ny bruker med e-post" names "Ny bruker" too; the one that holds the others in its words is meant.
            longest = max(hits, key=lambda index: len(names[index]))
            named = _has_words(inside, names[longest]) and names.count(names[longest]) == 1
            return longest if named and all(names[index] in names[longest] for index in hits) else None
    return _nearest(folded, names)


def opening_number(text: str, count: int) -> tuple[int, str] | None:
    """The index of the choice whose number a message opens with ("2. og bare meg"), and what it tells after it."""
    found = _OPENING_NUMBER.match(text.strip())
    if found is None or _COUNTED.match(found["rest"]):
        return None
    index = int(found["number"]) - 1
    return (index, found["rest"]) if 0 <= index < count else None


def opening_label(text: str, labels: Sequence[str]) -> tuple[int, str] | None:
    """The index of the label that the words before the first sign mean ("Gerica. 20 brukere"), and what comes after."""
    text = text.strip()
    end = _LABEL_ENDS.search(text)
    opening, rest = (text[: end.start()], text[end.end() :].strip()) if end is not None else (text, "")
    if not rest or len(opening.split()) > _MOST_WORDS_OF_A_LABEL or not any(sign.isalpha() for sign in opening):
        return None
    found = pick(opening, labels)
    return None if found is None else (found, rest)


def yes_or_no(text: str) -> bool | None:
    """True, False, or None when the text is neither."""
    sign = _SIGNS.get(text.strip()[:1])
    if sign is not None and not any(letter.isalnum() for letter in text):
        return sign
    folded, answers = fold_phrase(text), phrases().answers
    if folded in answers["yes"]:
        return True
    if folded in answers["no"]:
        return False
    words = re.findall(r"[a-zæøå]+", folded)
    if not words or len(words) > 12:
        return None
    if len(words) == 2 and words[0] in answers["yes_words"] and words[1] in ("ikke", "ikkje", "not"):
        return False
    if words[0] in answers["no_words"] and (len(words) <= 6 or "," in folded):
        return False
    if words[0] in answers["yes_words"] and (len(words) <= 6 or "," in folded):
        return True
    return None


def opening_yes_or_no(text: str) -> bool | None:
    """What the first clause says when it says just that: "ja!!! klienten, siden kl 02" is a yes, and more."""
    first, *rest = _CLAUSE_END.split(text.strip(), maxsplit=1)
    return yes_or_no(first) if any(part.strip(" ,.!") for part in rest) else None


def _position(folded: str, count: int) -> int | None:
    number = _NUMBER.match(folded)
    index: int | None = None
    if number:
        index = int(number.group(1)) - 1
    elif folded in _LAST:
        index = count - 1
    elif folded in _NUMBER_WORDS:
        index = _NUMBER_WORDS.index(folded)
    else:
        bare = re.sub(r"^(?:den|det|the)\s+|\s+(?:valget|alternativet|one)$", "", folded)
        for place, words in enumerate(_ORDINALS):
            if bare in words:
                index = place
    return index if index is not None and 0 <= index < count else None


def _has_words(name: str, wanted: str) -> bool:
    """Whether the words stand in the name with no letter, figure or underscore right before or after them."""
    at = name.find(wanted)
    while at >= 0:
        if not (_is_of_a_word(name[at - 1 : at]) or _is_of_a_word(name[at + len(wanted) :][:1])):
            return True
        at = name.find(wanted, at + 1)
    return False


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _nearest(folded: str, names: Sequence[str]) -> int | None:
    if len(folded) < 3 or len(folded) > 80:
        return None
    scores = sorted(((fuzz.ratio(folded, name), index) for index, name in enumerate(names)), reverse=True)
    best, index = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    return index if best >= _ENOUGH and best - second >= _LEAD else None
