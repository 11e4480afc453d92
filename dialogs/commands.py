"""What a person may say at any point, whatever question is open: cancel, back, skip, help, status ... (DESIGN 3).

A command is a whole short message, not a word inside a sentence: "avbryt" cancels, while "programmet avbrytes når jeg
skriver ut" is a fault report. So phrases are compared with the folded whole message, and patterns are anchored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dialogs.human_wish import wants_a_human
from dialogs.language import asked_language
from dialogs.phrases import fold_phrase, phrases


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
    APPROVALS = "approvals"
    DELIVERY_REPORT = "delivery_report"
    MUTE_NOTICES = "mute_notices"
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
    OTHER_FORM = "other_form"
    WRONG_FORM = "wrong_form"
    ABOUT_ME = "about_me"
    FORGET_ME = "forget_me"
    INBOX = "inbox"
    REOPEN = "reopen"
    ATTACH = "attach"
    MUTE = "mute"
    UNMUTE = "unmute"
    ESCALATE = "escalate"
    ACCEPT = "accept"
    REJECT = "reject"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    STOP_FOLLOWING = "stop_following"
    HOVEDSAK = "hovedsak"
    DETACH = "detach"
    PROBLEMS = "problems"
    PRIORITY = "priority"
    INSIGHT = "insight"
    SUSPICIONS = "suspicions"
    ASK_REPORTER = "ask_reporter"
    ANSWER = "answer"
    SOLVE = "solve"
    SEND_ON = "send_on"


@dataclass(frozen=True, slots=True)
class Said:
    """A recognised command with the rest of the message, in the person's own spelling."""

    command: Command
    rest: str = ""


_POLITE = r"(?:(?:kan\s+du|kan\s+eg|jeg\s+vil|eg\s+vil|please|i\s+want\s+to)\s+)?"
_CASE = r"L-\d{4}-\d{1,9}"
CASE_REF = re.compile(rf"\b{_CASE}\b", re.IGNORECASE)
NOTICE_REF = re.compile(r"\bD-\d{4}-\d{1,9}\b", re.IGNORECASE)
_ABOUT_CASE = rf"(?:\s+(?:om|about|on|for))?(?:\s+(?:sak(?:en|a)?|case))?\s*(?P<rest>{_CASE})\W*"
_SOLUTION_IN = (
    r"\s*(?:(?:løsning(?:en|a)?|løysinga|forslaget|the\s+solution)\s*)?"
    r"(?:(?:i|på|in|of|for)\s+)?(?:(?:sak(?:en|a)?|case)\s*)?"
)
_NAMED = rf"(?:\s+(?:på|i|om|in|about|on|to|til))?(?:\s+(?:sak(?:en|a)?|case))?\s+(?P<rest>{_CASE}\b.*)$"
_TO_WHOM = r"(?:\s+(?:til|to)\s+.{1,60})"
_FOLLOWER = r"(?:følger(?:en|e|ne)?|følgjar(?:en|ar|ane)?|followers?)"

_PATTERNS: tuple[tuple[re.Pattern[str], Command], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), command)
    for pattern, command in (
        (
            r"^(?:hvilke[nt]?|hvilkt|vilket|hvem|kva(?:\s+for\s+eit)?|hva(?:\s+slags)?)\s+skjema(?:er)?\b(?P<rest>.*)$",
            Command.WHICH_FORM,
        ),
        (r"^which\s+form\b(?P<rest>.*)$", Command.WHICH_FORM),
        (
            r"^(?:finn|søk(?:\s+etter)?|let\s+etter)\s+(?:et\s+|eit\s+|riktig\s+|rett\s+)?skjema(?:et)?\b(?P<rest>.*)$",
            Command.WHICH_FORM,
        ),
        (r"^skjema\s+(?:for|til)\b(?P<rest>.*)$", Command.WHICH_FORM),
        (
            r"^(?:hei[,!]?\s+)?(?:hvor|kor)\s+(?:bestiller|melder|finner)\s+(?:jeg|eg|vi|me)\s+skjema(?:et)?\b(?P<rest>.*)$",
            Command.WHICH_FORM,
        ),
        (
            r"^(?:jeg\s+har|eg\s+har|i\s+have)\s+(?:en|ei|et|a|an)\s+(?:annen|anna|ny|new|other)\s+(?:sak|case)\b(?P<rest>.*)$",
            Command.NEW_CASE,
        ),
        (
            r"^(?:(?:sett|velg|bytt|endre|vis|set|choose|show)\s+)?(?:ny\s+|new\s+)?(?:hovedsak(?:en)?|hovudsak(?:a)?|undersaker)"
            r"(?P<rest>(?:\s+(?:og\s+undersaker|og\s+undersaker\s+for|for|til|på|of))?(?:\s*[:–-])?(?:\s*[DL]-\d{4}-\d{1,9}\b)*)\W*$",
            Command.HOVEDSAK,
        ),
        (
            r"^(?:ta\s+av|fjern|løsne|løys|detach)\s+(?:undersak(?:en)?\s+|undersaka\s+)?(?P<rest>L-\d{4}-\d{1,9})\s*$",
            Command.DETACH,
        ),
        (
            r"^(?:(?:vis|åpne|opne|show|open)\s+)?(?:problemsaker|problem\s+cases)(?P<rest>)\W*$",
            Command.PROBLEMS,
        ),
        (
            r"^(?:(?:vis|åpne|opne|se|sjå|show|open)\s+)?(?:mistank(?:e|en|er|ene|ar|ane)|suspicions?)"
            r"(?P<rest>(?:\s+M-\d{4}-\d{1,9})?)\W*$",
            Command.SUSPICIONS,
        ),
        (
            r"^(?P<rest>(?:bekreft|stadfest|avvis|del(?:\s+opp)?|ta\s+ut|slå\s+sammen|confirm|dismiss|split|take\s+out|join)\b"
            r".{0,40}?\b(?:M-\d{4}-\d{1,9}|mistank(?:en|a)|the\s+suspicion)\b.*)$",
            Command.SUSPICIONS,
        ),
        (
            r"^(?:(?:vis|åpne|opne|se|sjå|show|open)\s+)?(?:innsikt(?:en)?|statistikk(?:en)?|insight|statistics)(?P<rest>)\W*$",
            Command.INSIGHT,
        ),
        # A wish about the priority of a case; a program that changes priorities is a fault like others.
        (
            r"^(?=.{0,150}$)(?=.*\b(?:sak\w*|case)\b)?(?P<rest>(?:(?:hei|hi)\W+)?(?:kan\s+(?:dere|du|vi|de|dykk)|can\s+you|please|vennligst|"
            r"jeg\s+(?:vil|ønsker)|eg\s+(?:vil|ønskjer)|vi\s+(?:vil|må|ønsker)|endre|sett|øk|auk|hev|senk|raise|change|increase|lower)\b"
            r".{0,60}\bpriorit\w*.{0,60})$",
            Command.PRIORITY,
        ),
        (
            r"^(?P<rest>(?:(?:denne\s+|den\s+)?sak(?:en|a)?(?:\s+min)?|my\s+case|this\s+case)\b.{0,40}\bpriorit\w*.{0,60})$",
            Command.PRIORITY,
        ),
        (r"^(?:purr\w*)\b.*?(?P<rest>L-\d{4}-\d{1,9})?\s*$", Command.STATUS),
        (
            r"^(?:bytt\s+til\s+|change\s+to\s+)?(?:skjema|form)\s*(?:nr\.?|nummer|number)?\s*(?P<rest>[2-9](?:[\s,.;:!–-]+\S.*)?)$",
            Command.OTHER_FORM,
        ),
        (rf"^{_POLITE}(?:endre|rett|rette|bytt|change)\s+(?P<rest>\S.*)$", Command.CHANGE),
        (r"^(?:endre|change)(?P<rest>)[.!]*$", Command.CHANGE),
        (r"^(?:ny\s+sak|new\s+case|en\s+sak\s+til)\s*[:\-–]\s*(?P<rest>.+)$", Command.NEW_CASE),
        (r"^status\s+(?:på\s+|for\s+|of\s+)?(?:sak(?:en)?\s+|case\s+)?(?P<rest>L?-?[\d-]{3,})\s*$", Command.STATUS),
        (
            r"^(?:hvem|kven|who)\s+(?:har|has|sitter\s+med|sit\s+med|jobber\s+med|jobbar\s+med|behandler|behandlar|handles)\s+"
            r"(?:(?:denne\s+|the\s+)?sak(?:en|a)?|my\s+case|the\s+case)(?:\s+(?:min|mi))?(?:\s+(?:nå|no|now))?(?P<rest>)\W*$",
            Command.STATUS,
        ),
        (r"^(?P<rest>L-\d{4}-\d{1,9})\s*$", Command.STATUS),
        (
            rf"^{_POLITE}(?:(?:svare?|answer)\s+(?:og|and)\s+)?(?:løs(?:e|t)?|løys(?:e|t)?|solved?|resolved?){_NAMED}",
            Command.SOLVE,
        ),
        (rf"^{_POLITE}(?:svare?|answer|reply){_NAMED}", Command.ANSWER),
        (
            rf"^{_POLITE}(?:spør(?:re)?|spørje?|ask)(?:\s+(?:tilbake|attende|innmelder(?:en)?|innmeldar(?:en)?|back|the\s+reporter))?"
            rf"{_NAMED}",
            Command.ASK_REPORTER,
        ),
        (
            rf"^{_POLITE}(?:(?:sende?|pass)\s+(?:videre|vidare|on|along)|videresend|vidaresend|forward)"
            rf"(?:\s+(?:sak(?:en|a)?|case))?\s+(?P<rest>{_CASE}){_TO_WHOM}?\W*$",
            Command.SEND_ON,
        ),
        (
            rf"^{_POLITE}(?:sende?|pass)(?:\s+(?:sak(?:en|a)?|case))?\s+(?P<rest>{_CASE})"
            rf"(?:\s+(?:videre|vidare|on|along){_TO_WHOM}?|{_TO_WHOM})\W*$",
            Command.SEND_ON,
        ),
        (
            rf"^{_POLITE}(?:trekke?(?:\s+(?:tilbake|attende))?|withdraw|lukk|angre|angra|undo|avbryt|slett|cancel|delete)"
            r"\s+(?:sak(?:en|a)?\s+|case\s+)?(?P<rest>L-\d{4}-\d{1,9})\W*$",
            Command.WITHDRAW,
        ),
        (
            rf"^(?:kommentar|kommenter|comment)\s*(?:(?:til|på|i|on|in|to)\s+)?(?:sak(?:en|a)?\s+|case\s+)?(?P<rest>{_CASE}\b.*)$",
            Command.COMMENT,
        ),
        (
            r"^(?:kommentar|kommenter|beskjed|comment|message)\s+(?:(?:til|to|for)\s+)?"
            rf"(?P<rest>[^:\n]{{1,40}}?\s+(?:på|i|om|on|in|about)\s+(?:sak(?:en|a)?\s+|case\s+)?{_CASE}\b.*)$",
            Command.COMMENT,
        ),
        (
            r"^(?:legg(?:e|je)?\s+(?:ved|til\s+vedlegg)|vedlegg|attach)\b.{0,60}?\b(?P<rest>L-\d{4}-\d{1,9})\W*$",
            Command.ATTACH,
        ),
        (
            rf"^{_POLITE}(?:(?:ikke|ikkje|ikke\s+mer|slutt\s+å|do\s+not|don't|stop)\s+)(?:varsl(?:e|a)|si\s+fra|notify(?:ing)?)"
            rf"\s+(?:til\s+)?(?:meg|me){_ABOUT_CASE}$",
            Command.MUTE,
        ),
        (rf"^{_POLITE}(?:demp|mute){_ABOUT_CASE}$", Command.MUTE),
        (
            rf"^{_POLITE}(?:varsl(?:e|a)|notify|unmute)(?:\s+(?:meg|me))?(?:\s+(?:igjen|again))?{_ABOUT_CASE}$",
            Command.UNMUTE,
        ),
        (
            rf"^{_POLITE}(?:klag(?:e|er)?|eskaler(?:e|er)?|escalate|complain)(?:\s+(?:på|over|om|about|on))?"
            rf"(?:\s+(?:sak(?:en|a)?|case))?\s*(?P<rest>(?:{_CASE})?(?:\s*[:,–-]\s*.+)?)$",
            Command.ESCALATE,
        ),
        (
            rf"^(?:det|it)\s+(?:hast(?:er|ar)|is\s+urgent)(?:\s+(?:veldig|mye|mykje))?\s+(?:i|med|for|with|in)\s+"
            rf"(?:(?:sak(?:en|a)?|case)\s+)?(?P<rest>{_CASE})\W*$",
            Command.ESCALATE,
        ),
        (
            rf"^(?:det|(?:the\s+)?case|saken|saka|sak|it)\s*(?P<rest>(?:{_CASE})?)\s*(?:hast(?:er|ar)|is\s+(?:more\s+)?urgent)"
            r"(?:\s+(?:mer|meir|mye|veldig|more))?(?:\s+(?:nå|no|now))?\W*$",
            Command.ESCALATE,
        ),
        (
            rf"^{_POLITE}(?:godta|godkjenn|aksepter|godtek|accept|approve){_SOLUTION_IN}(?P<rest>{_CASE})\W*$",
            Command.ACCEPT,
        ),
        (
            rf"^{_POLITE}(?:avvis|avslå|reject){_SOLUTION_IN}(?P<rest>{_CASE}(?:\s*[:,–-]\s*.+)?|:\s*.+)$",
            Command.REJECT,
        ),
        (
            rf"^{_POLITE}(?:legg(?:e|je)?\s+til|add)\s+(?P<rest>.*\b{_FOLLOWER}\b.*)$",
            Command.FOLLOW,
        ),
        (
            rf"^{_POLITE}(?:fjern(?:e)?|ta\s+(?:vekk|bort)|remove)\s+"
            rf"(?P<rest>.*\b{_FOLLOWER}\b.*|.{{1,80}}\bL-\d{{4}}-\d{{1,9}}\W*|"
            r".{1,40}\s(?:fra|frå|from)\s+(?:saken|saka|the\s+case)\W*)$",
            Command.UNFOLLOW,
        ),
        (
            rf"^{_POLITE}(?:slutt(?:e)?\s+å\s+følgj?e|stop\s+following)\s+(?:sak(?:en|a)?\s+|case\s+)?"
            r"(?P<rest>L-\d{4}-\d{1,9})\W*$",
            Command.STOP_FOLLOWING,
        ),
        (r"^(?:kommentar|kommenter|comment)\s*:\s*(?P<rest>.+)$", Command.COMMENT),
        (
            r"^(?:det\s+)?(?:virker|verkar|fungerer|funker)\s+(?:fortsatt\s+)?(?:ikke|ikkje)\s*[:,;.–-]\s*(?P<rest>.+)$",
            Command.REOPEN,
        ),
        (r"^(?:it\s+)?(?:still\s+)?does(?:\s+not|n't)\s+work\s*:\s*(?P<rest>.+)$", Command.REOPEN),
        (
            r"^(?:(?:kan\s+du\s+|jeg\s+vil\s+|vi\s+må\s+|please\s+)?"
            r"(?:publiser(?:e)?|lag(?:e)?|send(?:e)?\s+ut|varsle|legg(?:e)?\s+ut|publish))\s+"
            r"(?:om\s+|en\s+|ei\s+|et\s+|ny\s+|nytt\s+|a\s+)*(?:driftsmelding|fellesfeil|varsel|notice|(?:planlagt\s+)?vedlikehold)\b[\s:,–-]*(?:om\s+at\s+|om\s+)?(?P<rest>.*)$",
            Command.NOTICE,
        ),
        (r"^(?:driftsmelding|fellesfeil)\s*:\s*(?P<rest>.+)$", Command.NOTICE),
        (
            r"^(?:hvilke|hva|kva(?:\s+for)?|har\s+(?:vi|me|dere)|er\s+det|finnes\s+det|which|what)\b(?:\s+(?:slags|noen|nokon|aktive|opne|åpne|active))*"
            r"\s+(?:driftsmelding(?:er|ar|ene|ane)?|notices)(?:\s+(?:er|som|har|vi|me|dere|det|aktive|opne|åpne|ute|nå|no|i\s+dag|are|active|now|står|står))*"
            r"(?P<rest>)\W*$",
            Command.NOTICES,
        ),
        (
            r"^(?:leveringsrapport|delivery report)(?:\s+(?:for|of|til))?\s*(?P<rest>D-\d{4}-\d{1,6})?\s*$",
            Command.DELIVERY_REPORT,
        ),
    )
)

# "Bare send da", "ok fint, kan du sende den nå?": nothing but the wish to send, in whatever small words.
_JUST_SEND = re.compile(
    r"^(?:(?:ok|okei|okey|ja|jo|jada|joda|yes|fint|bra|flott|supert|perfekt|greit|det|er|it|is|takk|stemmer|stemmar|da|så|"
    r"bare|berre|kun|nå|no|just|please|pls|vennligst|kan|vil|du|dere|de|you|can|now|og|and)[\s,.!]+){0,6}"
    r"send(?:e)?(?:[\s,]+(?:den|det|saken|saka|inn|it|the\s+case|nå|no|now|da|bare|berre|likevel|takk|please|er\s+du\s+snill|"
    r"som\s+(?:den|det)\s+(?:er|står)|as\s+(?:it\s+)?is|avgårde|av\s+gårde|i\s+vei)){0,4}[\s.!?]*$",
    re.IGNORECASE,
)
_LOOSE_AND = re.compile(r"\s+(?:og|and)[\s,.]*$", re.IGNORECASE)
_YES = re.compile(r"^(?:ja|jo|jada|joda|yes)\b", re.IGNORECASE)
# "NAV Alna, send": the answer and the word that sends. "Ikke send" and "kan ikke sende" are not.
_AND_SEND = re.compile(
    r"(?:[\n,.;!?]+\s*(?:og\s+så\s+|and\s+then\s+|og\s+|and\s+|så\s+)?|\s+(?:og|and)\s+|(?<!\bikke)(?<!\bikkje)(?<!\bnot)\s+)"
    r"send(?:\s+(?:den|det|saken|saka|inn|it|the case))?\s*[.!]*$",
    re.IGNORECASE,
)

# "Hva: Websak er nede. publiser", "omvei: bruk papir. send den ut": the last word does something, and is no text.
_AND_PUBLISH = re.compile(
    r"(?:[\n,.;!?]+\s*(?:(?:og|and|så)\s+)*(?:send(?:e)?|publiser|publish)|(?<!\bikke)(?<!\bikkje)(?<!\bnot)\s+(?:og\s+)?publiser)"
    r"(?:\s+(?:den|det|meldingen|meldinga|driftsmeldingen|driftsmeldinga|it|ut|out|nå|no|now))*[\s.!]*$",
    re.IGNORECASE,
)

_DAY_NUMBER = re.compile(
    r"\b(?:den|(?:man|mån|tirs|tys|ons|tors|fre|lør|laur|søn|sun)dag(?:en)?)\s+(?:den\s+)?\d{1,2}\.$", re.IGNORECASE
)

_GREETING = re.compile(
    r"^(?:(?:hei(?:sann|hei)?|hallo|halla|hey|hi|hello|god\s+(?:morgen|dag|kveld)|good\s+morning)\b[\s,.!–-]*)+"
    r"(?:(?:du|losen|dere|igjen|there)\b[\s,.!–-]*)?",
    re.IGNORECASE,
)
# What follows these is passed on as it was written, with its full stop or question mark.
_IN_OWN_WORDS = frozenset(
    {Command.COMMENT, Command.REOPEN, Command.REJECT, Command.ESCALATE, Command.ASK_REPORTER, Command.ANSWER,
     Command.SOLVE}
)  # fmt: skip
# Each of these names its case, so it is no part of what is being written in another one.
BY_REFERENCE = frozenset({Command.ASK_REPORTER, Command.ANSWER, Command.SOLVE, Command.SEND_ON})

# A longer message is a story, not a command; patterns that carry a rest may be longer.
_MAX_EXACT_LENGTH = 60


def find_command(text: str) -> Said | None:
    """The command this message is, or None. `rest` is what follows it ("endre omfang" -> CHANGE, "omfang")."""
    command_name = phrases().commands.get(fold_phrase(text[: _MAX_EXACT_LENGTH + 1]))
    if command_name is not None:
        return Said(Command(command_name))
    if _JUST_SEND.match(text.strip()[: _MAX_EXACT_LENGTH + 1]):
        return Said(Command.SEND)
    language = asked_language(text)
    if language is not None:
        return Said(Command.LANGUAGE, language)
    stripped = text.strip()[:5000]
    for pattern, command in _PATTERNS:
        found = pattern.match(stripped)
        if found:
            rest = (found.group("rest") or "").strip(" \t\n,:–-")
            return Said(command, rest if command in _IN_OWN_WORDS else rest.strip(" ?.!,:–-"))
    return Said(Command.HANDOVER) if wants_a_human(stripped) else None


def after_greeting(text: str) -> str:
    """The message without "hei, ..." before a command; as it is when no command comes after it."""
    found = _GREETING.match(text.strip())
    rest = text.strip()[found.end() :] if found is not None else ""
    return rest if rest and find_command(rest) is not None else text


def before_publishing(text: str) -> str:
    """A text for many without the word at its end that publishes it; as it is when it ends otherwise."""
    found = _AND_PUBLISH.search(text)
    return text[: found.start()].strip() or text if found is not None else text


def before_send(text: str, *, anywhere: bool = True) -> str | None:
    """What stands before a closing "send" in the same message; None when the message does not end so.

    anywhere: also without a sign between: "NAV Alna send".
    """
    found = _AND_SEND.search(text)
    # "Ja, send" answers a question besides; nothing is asked by "ok, send".
    if found is None or (_JUST_SEND.match(text) and not _YES.match(text)):
        return None
    if not (anywhere or text[found.start()] in "\n,.;!"):
        return None
    # The full stop of "fra lørdag 28. send" belongs to the day.
    end = found.start() + bool(_DAY_NUMBER.search(text, 0, found.start() + 1))
    return _LOOSE_AND.sub("", text[:end]).strip() or None
