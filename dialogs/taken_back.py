"""How people take back what they said: "nei", "nei vent", "glem det", "jeg mente …", and what they say instead.

Each of these openings is read here and nowhere else; what comes of it is for those who ask.
"""

from __future__ import annotations

import re

_MIN_WORDS_OF_A_CHANGE = 3
# "No one can log in" and nynorsk "no er det verre" begin with no no.
_NO = re.compile(
    r"^(?:(?:(?:nei|nej|neida|nope)\b|no\b(?=\s*(?:[,.;:!–-]|$)|\s+(?:no|it|that|this|wait|but|the|i|we|he|she|not)\b))"
    r"[\s,.;:!–-]*)+",
    re.IGNORECASE,
)
# "Glem det, meld heller at …": the case is dropped, and what follows is wanted.
_FORGET = re.compile(
    r"^(?:(?:glem|gløym|dropp|forget)\s+(?:det|dette|den|saken|saka|it|that)|glem\s+hele\s+greia)\b[\s,.;:!–-]*(?:og\s+)?"
    r"(?:(?:meld|lag)\s+)?(?:(?:heller|inn|i\s+stedet|i\s+staden|egentlig|eigentleg)\b\s*)*(?:(?:at|om)\s+)?",
    re.IGNORECASE,
)
# How people begin when they want something else than what they said: "nei vent, …", "egentlig …".
_CHANGED_MIND = re.compile(
    r"^(?:nei[,.!]?\s+(?:det|dette|den)\s+(?:er|var|ble|blir|vart)\s+(?:helt\s+|heilt\s+)?(?:feil|galt|gale)(?=\s*[,.!])|"
    r"nei[,.!]?\s+(?:vent|forresten|men|egentlig)|nei,|vent(?:\s+litt)?|eller\s+nei|egentlig|eigentleg|no,?\s+wait|actually)\b"
    r"[\s,.!:–-]*(?:(?:egentlig|eigentleg|meld heller (?:at\s+)?|heller)\b\s*)?",
    re.IGNORECASE,
)
# How people begin when they take back what they said before, whatever is being asked.
_TAKES_BACK = re.compile(
    # "Viser seg at det bare er oss", "jeg ser nå at …": what follows is news to the one who tells it.
    r"^(?:(?:men|og)\s+)?(?:(?:det|it)\s+)?(?:viser|viste|turns?)\s+(?:seg|out)\s+(?:(?:nå|no|å\s+være|jo)\s+)?(?:at|that)?\s*|"
    r"^(?:(?:men|og)\s+)?(?:jeg|eg|vi|me|i|we)\s+(?:ser|hører|høyrer|husker|hugsar|husket|hugsa|skjønner|skjønar|oppdaget|oppdaga|"
    r"fant|fann|see|hear|remember)\s+(?:(?:nå|no|ut|feil|visst|akkurat|jo|now)\s+){0,2}(?:at\b|that\b|,)\s*|"
    # "Rektor sier det startet i går": what follows is news, by whoever it is told.
    r"^(?:\w+\s+){1,2}(?:sier|seier|mener|meiner|tror|trur|says|thinks)\s+(?:at\s+|that\s+)?"
    r"(?=(?:det|den|it|vi|me|alle|kl)\b)|"
    # "Nytt nummer: …", "riktig skjerm er …": the line is named anew.
    r"^(?:ny|nytt|nye|rett|riktig|riktige|korrekt|new|right|correct)\s+(?=\w+\s*(?:[:=]|\ber\s))|"
    r"^(?:(?:nei|nej|no)[,.!]?\s+)?(?:vent(?:\s+litt)?|stopp|eller\s+(?:nei|rettere\s+sagt)|forresten|oi|oops|ops|unnskyld|orsak|"
    r"beklager|sorry|rettelse|retting|korreksjon|(?:jeg|eg)\s+(?:tok|skrev|skreiv)\s+feil(?:\s+\w+(?=,))?|(?:(?:jeg|eg)\s+)?(?:glemte|gløymde)\s+å\s+(?:si|seie|nevne|nemne|skrive)(?:\s+at)?|(?:(?:jeg|eg)\s+)?(?:glemte|gløymde|kom\s+(?:på|i\s+hug))\s+at|wait|actually|correction)\b[\s,.:;!–-]*"
    r"|[,\s]+(?:(?:i\s+stedet|i\s+staden|instead)|(?:er|is)\s+(?:riktig|rett|korrekt|right|correct))(?=[\s.!]*$)"
    r"|\b(?:forresten|likevel|egentlig|eigentleg|actually)\b[\s,]*"
    r"|\b(?:jeg|eg|i)\s+(?:mente|meinte|meinte\s+å\s+skrive|mente\s+å\s+skrive|meant)\b[\s,:]*"
    r"|^(?:du\s+kan|kan\s+du|you\s+can)\s+(?:skrive|sette|notere|føre|write)\s+(?:opp\s+)?(?:(?:at|that)\b)?\s*"
    r"|^feil\s+\w+\s*[,:–-]\s*|^make\s+(?:it|that)\b\s*"
    r"|^(?:(?:kan|can)\s+(?:du|you)\s+)?(?:endre|rett|rette|bytt|bytte|change)\s+(?:det\s+|it\s+)?(?:til|to)\b\s*"
    r"|^(?:(?:det|it)\s+)?(?:skal|skulle|should)\s+(?:være|vere|ha\s+vært|stå|be)\s+",
    re.IGNORECASE,
)
# "Det ble feil tekst, …", "det var feil": of what was told, while "det er feil på skriveren" tells of a fault.
_WAS_WRONG = re.compile(
    r"^(?:(?:nei|no|men|but)\b[\s,.]*)?(?:det|dette|noe|noko|it|this|something)\s+(?:er|var|ble|blei|vart|is|was)\s+"
    r"(?:helt\s+|heilt\s+)?(?:feil|galt|gale|wrong)\b(?!\s+(?:på|i|med|in|on|with)\b)",
    re.IGNORECASE,
)
# In a list of answers, "eller 4. etasje" and "rettere sagt i dag" take back what stands before them too.
_OR_RATHER = re.compile(r"^(?:(?:men|og|but)\s+)?(?:(?:eller|or|rather|rettere\s+sagt)\b[\s,.:!–-]*)+", re.IGNORECASE)
_OPENS_ONLY = re.compile(
    r"^(?:(?:nei|nej|no|eller|or)\s+)*(?:vent(?:\s+litt)?|forresten|rettelse|retting|korreksjon|sorry|beklager|oi|oops|wait|"
    r"actually|correction|rettere\s+sagt)$|^(?:eller|or)\s+(?:nei|no)$",
    re.IGNORECASE,
)


def after_no(text: str) -> str | None:
    """What follows a leading "nei", "nei nei" or "no, "; empty when that is all, None when there is none."""
    found = _NO.match(text.strip())
    return text.strip()[found.end() :].strip() if found is not None else None


def after_forget(text: str) -> str | None:
    """What is wanted instead, of "glem det, meld heller at …"; None where nothing is dropped, or nothing wanted."""
    return _instead(_FORGET, text)


def after_changed_mind(text: str) -> str | None:
    """What is wanted instead, of a message that begins by taking the last one back; None when it does not."""
    return after_forget(text) or _instead(_CHANGED_MIND, text)


def _instead(opening: re.Pattern[str], text: str) -> str | None:
    found = opening.match(text.strip())
    if found is None:
        return None
    rest = text.strip()[found.end() :].strip()
    # "Heller et nettbrett" says plainly enough that it is another thing.
    fewest = _MIN_WORDS_OF_A_CHANGE - 1 if "heller" in found[0].lower() else _MIN_WORDS_OF_A_CHANGE
    return rest if len(rest.split()) >= fewest else None


def without_opener(text: str) -> tuple[str, bool]:
    """The message without the words that take something back, and whether there were any."""
    rest = text.strip()
    taken_back = False
    while (found := _TAKES_BACK.search(rest)) is not None and found.end() > found.start():
        before, between = rest[: found.start()].rstrip(" ,"), ", " if found.start() and "," in found.group() else " "
        shorter = f"{before}{between}{rest[found.end() :]}".strip(" ,")
        if not shorter:
            break
        rest, taken_back = shorter, True
    return rest, taken_back


def takes_back(text: str) -> bool:
    """Whether the message begins as people take something back: "nei, i forgårs", "jeg mente …"."""
    return bool(after_no(text)) or without_opener(text)[1]


def says_it_was_wrong(text: str) -> bool:
    """Whether the message begins by saying that something told before was wrong."""
    return _WAS_WRONG.match(text.strip()) is not None


def forgets_it(text: str) -> bool:
    """Whether it begins with "glem det", whatever follows."""
    return _FORGET.match(text.strip()) is not None


def instead_of_before(part: str) -> str:
    """What a part of a list says in place of the part before it: "nei vent kl 9"; empty when it takes nothing back."""
    rest, before = part.strip(), ""
    while rest and rest != before:
        before = rest
        rest = _OR_RATHER.sub("", rest)
        rest = rest if after_no(rest) is None else after_no(rest) or ""
        rest, _ = without_opener(rest)
    return rest if rest != part.strip() else ""


def only_takes_back(part: str) -> bool:
    """Whether a part of a list is nothing but such an opening: "nei vent", and what is meant comes after it."""
    return _OPENS_ONLY.match(part.strip()) is not None
