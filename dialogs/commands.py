"""What a person may say at any point, whatever question is open: cancel, back, skip, help, status ... (DESIGN 3).

A command is a whole short message, not a word inside a sentence: "avbryt" cancels, while "programmet avbrytes når jeg
skriver ut" is a fault report. So phrases are compared with the folded whole message, and patterns are anchored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    """What was asked for."""

    CANCEL = "cancel"
    BACK = "back"
    SKIP = "skip"
    HELP = "help"
    STATUS = "status"
    WHICH_FORM = "which_form"
    NEW_CASE = "new_case"
    REPORT_FAULT = "report_fault"
    ORDER = "order"
    NOTICE = "notice"
    NOTICES = "notices"
    HANDOVER = "handover"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    COMMENT = "comment"
    CHANGE = "change"
    SEND = "send"
    DRAFTS = "drafts"
    GREETING = "greeting"
    THANKS = "thanks"
    LANGUAGE = "language"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Said:
    """A recognised command with the rest of the message, in the person's own spelling."""

    command: Command
    rest: str = ""


# Exact messages, folded (lower case, no punctuation at the ends, one blank between words).
_EXACT: dict[str, Command] = {}


def _exact(command: Command, *phrases: str) -> None:
    for phrase in phrases:
        _EXACT[phrase] = command


_exact(
    Command.CANCEL,
    "avbryt", "avbryt det", "avbryt saken", "avbryte", "glem det", "gløym det", "glem alt", "stopp", "stop", "cancel",
    "forget it", "never mind", "nevermind", "dropp det", "slutt", "jeg vil avbryte", "eg vil avbryte", "forkast",
    "nei avbryt", "slett utkastet", "slett utkast", "abort", "glem denne saken", "det ordnet seg", "det ordna seg",
)  # fmt: skip
_exact(
    Command.BACK,
    "tilbake", "gå tilbake", "attende", "gå attende", "back", "go back", "forrige", "forrige spørsmål", "førre",
    "førre spørsmål", "previous", "et steg tilbake",
)  # fmt: skip
_exact(
    Command.SKIP,
    "hopp over", "hopp over dette", "hopp", "skip", "skip this", "neste", "next", "pass", "ikke aktuelt",
    "ikkje aktuelt", "not applicable", "n/a", "-",
)  # fmt: skip
_exact(
    Command.HELP,
    "hjelp", "help", "hjelp meg", "hva kan du", "hva kan du gjøre", "hva kan du hjelpe med", "hva kan du hjelpe meg med",
    "kva kan du", "kva kan du gjere", "kva kan du hjelpe meg med", "what can you do", "?", "meny", "menu", "start",
    "hvordan virker du", "kommandoer",
)  # fmt: skip
_exact(
    Command.STATUS,
    "status", "mine saker", "sakene mine", "status på saken", "status på saken min", "status på sakene mine",
    "hva er status", "hva er status på saken min", "kva er status på saka mi", "kva er status", "saka mi",
    "status på saka mi", "hvordan går det med saken min", "hvordan går det med saken", "korleis går det med saka mi",
    "korleis går det med saka", "hva skjer med saken min", "hva skjer med saken", "kva skjer med saka mi", "my cases",
    "case status", "status of my case", "what is the status of my case", "saken min", "vis sakene mine",
    "hva er statusen", "hva er statusen på saken min", "status sak", "saksstatus",
)  # fmt: skip
_exact(
    Command.WHICH_FORM,
    "hvilket skjema", "kva skjema", "which form", "finn skjema", "finn riktig skjema", "finn rett skjema", "skjema",
    "hvilket skjema skal jeg bruke", "find form", "finn et skjema", "hvilket skjema passer",
)  # fmt: skip
_exact(Command.NEW_CASE, "ny sak", "new case", "en sak til", "ei sak til", "start ny sak", "jeg har en sak til")
_exact(
    Command.REPORT_FAULT,
    "meld feil", "melde feil", "melde en feil", "melde inn feil", "jeg vil melde en feil", "jeg vil melde feil",
    "jeg skal melde en feil", "eg vil melde ein feil", "eg vil melde feil", "feil", "feilmelding", "noe virker ikke",
    "noko verkar ikkje", "meld en feil", "meld ein feil", "report a fault", "report a problem", "i want to report a fault",
    "something does not work", "ny feilmelding", "støtteforespørsel",
)  # fmt: skip
_exact(
    Command.ORDER,
    "bestill", "bestille", "bestille noe", "bestill noe", "bestilling", "jeg vil bestille noe", "jeg skal bestille noe",
    "jeg vil bestille", "eg vil bestille noko", "eg vil bestille", "ny bestilling", "order", "place an order",
    "i want to order something", "tinge noko", "tjenesteforespørsel",
)  # fmt: skip
_exact(
    Command.NOTICE,
    "publiser driftsmelding", "ny driftsmelding", "lag driftsmelding", "driftsmelding", "publiser fellesfeil",
    "ny fellesfeil", "meld fellesfeil", "varsle fellesfeil", "lag fellesfeil", "fellesfeil", "varsle om fellesfeil",
    "publisere fellesfeil", "publisere driftsmelding", "publish notice", "new notice", "send ut driftsmelding",
    "publiser varsel", "lag et varsel", "nytt varsel", "planlagt vedlikehold", "varsle planlagt vedlikehold",
)  # fmt: skip
_exact(
    Command.NOTICES,
    "driftsmeldinger", "vis driftsmeldinger", "aktive driftsmeldinger", "er det noen kjente feil", "kjente feil",
    "er det driftsmeldinger", "aktive fellesfeil", "vis fellesfeil", "notices", "known faults", "kjende feil",
)  # fmt: skip
_exact(
    Command.HANDOVER,
    "menneske", "snakke med et menneske", "snakke med noen", "jeg vil snakke med et menneske", "jeg vil snakke med noen",
    "kan jeg få snakke med et menneske", "kan jeg snakke med noen", "kan eg snakke med eit menneske", "person",
    "snakke med en person", "kontakt servicesenteret", "kontakt uss", "talk to a human", "human", "agent",
    "i want to talk to a person", "sett meg over", "ring meg", "eg vil snakke med eit menneske", "kundebehandler",
)  # fmt: skip
_exact(Command.UNDO, "angre", "angre siste", "undo", "angre saken", "angre innsending", "trykket feil", "angra")
_exact(
    Command.WITHDRAW,
    "trekk saken", "trekk tilbake saken", "trekke saken", "jeg vil trekke saken", "trekk saka", "withdraw",
    "withdraw the case", "lukk saken", "avslutt saken",
)  # fmt: skip
_exact(Command.COMMENT, "kommentar", "legg til kommentar", "kommenter", "kommenter saken", "comment", "add a comment")
_exact(
    Command.SEND,
    "send", "send inn", "send saken", "send den", "ok send", "ja send", "ja send inn", "send saka", "submit", "send it",
    "publiser", "publiser nå",
)  # fmt: skip
_exact(Command.DRAFTS, "utkast", "mine utkast", "vis utkast", "drafts", "my drafts", "utkasta mine")
_exact(Command.SUMMARY, "oppsummering", "vis oppsummering", "oppsummer", "summary", "hva har du så langt", "vis saken")
_exact(
    Command.GREETING,
    "hei", "hei hei", "heisann", "hallo", "hello", "hi", "god morgen", "god dag", "godmorgen", "morn", "hei du", "hei losen",
    "yo", "halla", "heia", "hey", "god kveld", "hallais",
)  # fmt: skip
_exact(
    Command.THANKS,
    "takk", "tusen takk", "takk for hjelpen", "ok takk", "takk skal du ha", "thanks", "thank you", "supert takk",
    "ok takk for hjelpen", "takk for hjelpa", "mange takk", "flott takk", "tusen takk for hjelpen", "takker",
    "ha det", "hade", "hadet", "ok", "oki", "bra", "fint", "supert", "flott", "topp",
)  # fmt: skip

_PATTERNS: tuple[tuple[re.Pattern[str], Command], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), command)
    for pattern, command in (
        (r"^(?:hvilket|kva(?:\s+for\s+eit)?|hva\s+slags|hvilke)\s+skjema(?:er)?\b(?P<rest>.*)$", Command.WHICH_FORM),
        (r"^which\s+form\b(?P<rest>.*)$", Command.WHICH_FORM),
        (r"^(?:finn|søk(?:\s+etter)?|let\s+etter)\s+(?:et\s+|eit\s+|riktig\s+|rett\s+)?skjema(?:et)?\b(?P<rest>.*)$", Command.WHICH_FORM),
        (r"^skjema\s+(?:for|til)\b(?P<rest>.*)$", Command.WHICH_FORM),
        (r"^(?:hei[,!]?\s+)?(?:hvor|kor)\s+(?:bestiller|melder|finner)\s+(?:jeg|eg|vi|me)\s+skjema(?:et)?\b(?P<rest>.*)$", Command.WHICH_FORM),
        (r"^(?:endre|rett|rette|bytt|change)\s+(?P<rest>\S.*)$", Command.CHANGE),
        (r"^(?:ny\s+sak|new\s+case|en\s+sak\s+til)\s*[:\-–]\s*(?P<rest>.+)$", Command.NEW_CASE),
        (r"^status\s+(?:på\s+|for\s+|of\s+)?(?:sak(?:en)?\s+|case\s+)?(?P<rest>L?-?[\d-]{3,})\s*$", Command.STATUS),
        (r"^(?P<rest>L-\d{4}-\d{1,9})\s*$", Command.STATUS),
        (r"^(?:trekk|trekke|withdraw|lukk)\s+(?:sak(?:en)?\s+|case\s+)?(?P<rest>L-\d{4}-\d{1,9})\s*$", Command.WITHDRAW),
        (r"^(?:kommentar|kommenter|comment)\s*(?:til\s+|på\s+|on\s+)?(?P<rest>L-\d{4}-\d{1,9}.*)$", Command.COMMENT),
        (r"^(?:kommentar|kommenter|comment)\s*:\s*(?P<rest>.+)$", Command.COMMENT),
        (
            r"^(?:(?:kan\s+du\s+|jeg\s+vil\s+|vi\s+må\s+|please\s+)?"
            r"(?:publiser(?:e)?|lag(?:e)?|send(?:e)?\s+ut|varsle|legg(?:e)?\s+ut|publish))\s+"
            r"(?:om\s+|en\s+|ei\s+|et\s+|ny\s+|nytt\s+|a\s+)*(?:driftsmelding|fellesfeil|varsel|notice)\b[\s:,–-]*(?P<rest>.*)$",
            Command.NOTICE,
        ),
        (r"^(?:driftsmelding|fellesfeil)\s*:\s*(?P<rest>.+)$", Command.NOTICE),
        (r"^(?:snakk|skriv|bruk|svar|språk|language)\s*:?\s*(?:på\s+)?(?P<rest>nynorsk|bokmål|engelsk|english|norsk|norwegian)\.?$", Command.LANGUAGE),
        (r"^(?:in\s+)?(?P<rest>english|nynorsk|bokmål)(?:\s+please)?$", Command.LANGUAGE),
    )
)

# A longer message is a story, not a command; patterns that carry a rest may be longer.
_MAX_EXACT_LENGTH = 60


def find_command(text: str) -> Said | None:
    """The command this message is, or None. `rest` is what follows it ("endre omfang" -> CHANGE, "omfang")."""
    folded = fold_phrase(text)
    if len(folded) <= _MAX_EXACT_LENGTH and folded in _EXACT:
        return Said(_EXACT[folded])
    stripped = text.strip()[:5000]
    for pattern, command in _PATTERNS:
        found = pattern.match(stripped)
        if found:
            return Said(command, found.group("rest").strip(" \t\n?.!,:–-"))
    return None


def fold_phrase(text: str) -> str:
    """Lower case, one blank between words, no punctuation at the ends."""
    return re.sub(r"\s+", " ", text.lower()).strip(" \t\n.!,:;…\"'«»") if text.strip() not in {"?", "-"} else text.strip()
