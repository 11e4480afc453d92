"""What a sentence is in the course of a case: a question back, a need of its own, or nothing a solver could use."""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.phrases import is_answer
from dialogs.state import Draft
from knowledge.catalogue import FieldType
from knowledge.matching import Decision

WORDS = frozenset({FieldType.LONGTEXT, FieldType.TEXT, FieldType.PERSON})
"""Types of items whose answer is words, so that a sentence may be one."""

_LONGEST_QUESTION = 150
_ASKS = re.compile(
    r"^\W*(?:hva|hvor|hvordan|hvorfor|hvem|hvilke[nt]?|hvilket|når|kan|må|er|skal|kva|kor|korleis|kvifor|kven|"
    r"what|where|how|why|which|who|when|can|must|is|do)\b",
    re.IGNORECASE,
)
_TELLS_TRIED = re.compile(
    r"^(?:og\s+)?(?:(?:vi|me|jeg|eg|we|i)\s+)?(?:har|have)\s+(?:\w+\s+){0,2}(?:prøvd|forsøkt|tried)\b", re.IGNORECASE
)
_MIN_WORDS_OF_A_NEED = 5
_MIN_WORDS_OF_A_CHANGE = 3
# How people begin when they want something else than what they said: "nei vent, …", "glem det, meld heller at …".
_CHANGED_MIND = re.compile(
    r"^(?:nei[,.!]?\s+(?:det|dette|den)\s+(?:er|var|ble|blir|vart)\s+(?:helt\s+|heilt\s+)?(?:feil|galt|gale)(?=\s*[,.!])|"
    r"nei[,.!]?\s+(?:vent|forresten|men|egentlig)|nei,|vent(?:\s+litt)?|eller\s+nei|glem\s+(?:det|hele\s+greia)|gløym\s+det|"
    r"egentlig|eigentleg|no,?\s+wait|forget\s+(?:it|that)|actually)\b[\s,.!:–-]*"
    r"(?:(?:egentlig|eigentleg|meld heller (?:at\s+)?|heller)\b\s*)?",
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
    r"beklager|sorry|rettelse|retting|korreksjon|(?:jeg|eg)\s+(?:tok|skrev|skreiv)\s+feil(?:\s+\w+(?=,))?|(?:(?:jeg|eg)\s+)?(?:glemte|gløymde)\s+å\s+(?:si|seie|nevne|nemne|skrive)(?:\s+at)?|wait|actually|correction)\b[\s,.:;!–-]*"
    r"|[,\s]+(?:(?:i\s+stedet|i\s+staden|instead)|(?:er|is)\s+(?:riktig|rett|korrekt|right|correct))(?=[\s.!]*$)"
    r"|\b(?:forresten|likevel|egentlig|eigentleg|actually)\b[\s,]*"
    r"|\b(?:jeg|eg|i)\s+(?:mente|meinte|meinte\s+å\s+skrive|mente\s+å\s+skrive|meant)\b[\s,:]*"
    r"|^(?:du\s+kan|kan\s+du|you\s+can)\s+(?:skrive|sette|notere|føre|write)\s+(?:opp\s+)?(?:(?:at|that)\b)?\s*"
    r"|^feil\s+\w+\s*[,:–-]\s*"
    r"|^(?:(?:kan|can)\s+(?:du|you)\s+)?(?:endre|rett|rette|bytt|bytte|change)\s+(?:det\s+|it\s+)?(?:til|to)\b\s*"
    r"|^(?:det|it)\s+(?:skal|skulle|should)\s+(?:være|vere|ha\s+vært|stå|be)\s+",
    re.IGNORECASE,
)
_NO_AND_MORE = re.compile(r"^(?:nei|nej|no)[,.!]?\s+\S", re.IGNORECASE)
# The matter itself is what the sentence is about, and not the thing that is asked for.
# "Kan dere legge til at displayet viser C7990? og så send", "det var til printersaken": said to belong to it.
_ADDS = re.compile(
    r"^(?:og\s+|men\s+|and\s+)?(?:(?:kan|kunne|vil|could|can)\s+(?:du|dere|de|you)\s+)?(?:legge?\s+til|leggja?\s+til|add)"
    r"(?:\s*:|,|\s+(?:at|that)\b)|^(?:kommentar|tillegg|comment)\s*:"
    r"|\b(?:det|dette|it|this)\s+(?:var|er|gjaldt|was|is)\s+(?:til|for|to)\s+\w*sak(?:en|a)\b",
    re.IGNORECASE,
)
_OF_THE_MATTER = re.compile(
    r"^(?:nå|no|now)\s+(?:er|har|is|has)\b|"
    r"^(?:er|var|har|gjelder|gjeld|begynte|starta|startet)\s+det\b|"
    r"^(?:og\s+|men\s+|at\s+)?(?:det|dette|den|feilen|feila|problemet|saken|saka|it|this|that|the\s+(?:fault|problem|case))\s+"
    r"(?:(?:er|var|har|is|was|has)\s+(?:(?:jo|da|bare|berre|kun|only)\s+)?(?!ikke\s+noe\b)|gjelder|gjeld|gjaldt|rammer|rammar|ramma|rammet|begynte|byrja|starta|"
    r"startet|oppsto|oppstod|skjedde|hendte|virker|verkar|fungerer|fungerar|haster|hastar|kom|ble|blei|started|began|affects|"
    r"hits|concerns|happened|works)\b"
    r"|^(?:vi|me|jeg|eg|we|i)\s+(?:er|are|am)\b"
    r"|^\w{3,}(?:en|et|a|n)\s+(?:min|mitt|mi|vår|vårt|hennes|hans|deres)\s+(?:er|var)\b|^(?:my|our)\s+\w+\s+(?:is|was)\b"
    r"|^(?:bare|berre|kun|only|alle|flere|fleire|mange|ingen|everyone|several|all|many)\b.*"
    r"\b(?:har|får|fær|merker|merkar|opplever|opplev|sliter|slit|rammes|rammet|ramma|has|have|get|affected)\b",
    re.IGNORECASE,
)


def asks_back(text: str) -> bool:
    """Whether the person asks back instead of answering: a short sentence that begins and ends as a question."""
    return len(text) <= _LONGEST_QUESTION and text.rstrip().endswith("?") and bool(_ASKS.match(text))


def takes_any_words(item: DraftItem) -> bool:
    """Whether the answer may be any words; a number with a pattern of its own (ressursnummer) may not."""
    has_pattern = item.checklist_item is not None and item.checklist_item.pattern is not None
    return item.type in WORDS and not has_pattern


def says_nothing(text: str) -> bool:
    """Figures alone, or "vet ikke" on every line: nothing a solver could use."""
    lines = [line for line in text.split("\n") if line.strip()]
    return not any(sign.isalpha() for sign in text) or all(
        is_answer(line, "dont_know") or is_answer(line, "nothing") for line in lines
    )


def is_another_need(talk: Conversation, draft: Draft, text: str) -> bool:
    """Whether the message is plainly a need of its own, for another form than the draft's."""
    if len(text.split()) < _MIN_WORDS_OF_A_NEED or draft.kind == "notice" or _TELLS_TRIED.match(text):
        return False
    match = talk.match(text)
    best = match.best
    return match.decision is Decision.ANSWER and best is not None and best.form.id != draft.form_id


def after_changed_mind(text: str) -> str | None:
    """What is wanted instead, of a message that begins by taking the last one back; None when it does not."""
    found = _CHANGED_MIND.match(text.strip())
    rest = text.strip()[found.end() :].strip() if found is not None else ""
    # "Heller et nettbrett" says plainly enough that it is another thing.
    enough = (
        _MIN_WORDS_OF_A_CHANGE - 1 if found is not None and "heller" in found[0].lower() else _MIN_WORDS_OF_A_CHANGE
    )
    return rest if len(rest.split()) >= enough else None


def adds_to_it(text: str) -> bool:
    """Whether the message says itself that it is more of a case, and no need of its own."""
    return _ADDS.search(text.strip()) is not None


def speaks_of_the_matter(text: str) -> bool:
    """Whether the sentence is about the matter at hand: "det gjelder …", "det begynte …"."""
    return bool(_OF_THE_MATTER.match(text.strip()))


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
    return bool(_NO_AND_MORE.match(text.strip())) or without_opener(text)[1]
