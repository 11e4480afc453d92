"""Is it a fault, an order or a question? A hint only: the form decides, and a person who is asked decides over it."""

from __future__ import annotations

import re

from knowledge.reading.outage import says_it_fails
from knowledge.reading.signals import KindHint, plain, read_critical

_FAULT = (
    (
        3,
        r"\b(?:feilmeld\w*|feilmeldt|melde (?:en )?feil|meld(?:e|er) feil|har en feil|feil på|feil i|feil med|"
        r"feilkode\w*|error|bug|krasj\w*|crash\w*|nede|down|ute av drift)\b",
    ),
    (
        2,
        r"\b(?:virker|virkar|verkar|fungerer|fungerar|funker|starter|startar|svarer|svarar|lagrer|lastes|laster|"
        r"vises|kommer|kjem|går|åpnes|godtar|henter|finner|finn) (?:\w+ ){0,2}(?:ikke|ikkje|ikk)\b",
    ),
    (2, r"\b(?:får|fær|kan|klarer|klarar|greier|kommer|kjem|slipper) (?:\w+ ){0,2}(?:ikke|ikkje|ikk)\b"),
    (2, r"\b(?:ikke|ikkje) (?:logget|logga|logge|inn på|tilgang|kontakt|åpnet|åpna|skrevet ut|mulig)\b"),
    (
        2,
        r"\b(?:henger|heng|fryser|frys|hakker|tregt?|trege|ustabil\w*|blokker\w*|låst ute|utestengt|sperret|sperra|"
        r"kastet ut|kastes ut|svart skjerm|blå skjerm|bluescreen|borte|forsvunnet|forsvant|vekk|dobbelt|blinker|slow|"
        r"freez\w*|stuck|broken|missing|fails?|failing|failed|won't|can't|cannot|doesn't)\b",
    ),
    (2, r"\b(?:problem\w*|trøbbel|krøll|tull med|rart|kluss\w*|issue|trouble|surrer|streik\w*|feil)\b"),
    (1, r"\b(?:siden i|siden kl|sluttet å|slutta å|plutselig|mister|mistet|mangler|ødelagt|knust|defekt|hjelp|help)\b"),
    (
        2,
        r"\b(?:frys\w*|faller (?:ut|av)|lukker seg|låst|stopper|stoppa|stoppet|spinner|evigheter|kjempetr\w+|bom fast|"
        r"står fast|disconnected|mister|mista|null treff|skjer (?:det )?ingenting|skjer ingenting|ligger det ingenting|"
        r"ingenting har|har ikke (?:kommet|kjørt|dukket|fått)|har ikkje (?:kome|kjørt|fått)|får aldri|gikk aldri|404|"
        r"50[0-4]|"
        r"tidsavbrudd|timeout|avvist|ødelagt|tomme sider|helt tomt?|stemmer ikke|gale|synleg for|synlig for|phishing|"
        r"scam|"
        r"svindel|stjålet|stolen|nothing has|no connection|no sound|keeps)\b",
    ),
)
_ORDER = (
    (
        3,
        r"^\s*(?:hei,?\s+)?(?:gi|gje|opprett|installer|fjern|slett|legg|sett|set|flytt|bytt|steng|bestill|oppgrader|"
        r"endre|aktiver|"
        r"avslutt|hent|lag|kjør|reserver|registrer|meld)\b",
    ),
    (3, r"\b(?:bestill\w*|bestille|bst|order|ønsker|ønskjer|ynskjer|vil ha|vil gjerne ha|would like|request)\b"),
    (2, r"\b(?:trenger|treng|trengs|trng\w*|behov for|need|needs)\b"),
    (
        2,
        r"\b(?:opprett\w*|oppgrader\w*|installer\w*|ny|(?<!på )(?<!av )nytt|nye|nyansatt\w*|flytt\w*|utvid\w*|åpne "
        r"for|gi "
        r"tilgang|tilgang til|fjern\w*|slett\w*|legg(?:e|es)? til|legg inn|endre|endring|deaktiver\w*|aktiver\w*|"
        r"avslutt\w*|si opp|innmeld\w*|sett opp|settes opp|set up|upgrade|install|create|restore|gjenopprett\w*|"
        r"bytte|overfør\w*)\b",
    ),
    (
        2,
        r"\b(?:kan (?:vi|jeg|eg|me|hun|han|dere|du|de|dykk) (?:få|legge|gi|opprette|sette|fjerne|endre|slette|"
        r"installere|åpne|utvide|bestille|ordne|stanse|lage))\b",
    ),
    (
        2,
        r"\b(?:må (?:ha|få|kunne|inn|rettes|fornyes)|skal (?:ha|få|inn|ut|opp|overta|bytte|flytte)|kan dere (?:rette|"
        r"slippe))\b",
    ),
    (1, r"\b(?:til ny|til nye|stk|slutter|sluttar|starter|inn i|ut av|felles|please|pls)\b"),
)
_QUESTION = (
    (
        2,
        r"^\s*(?:hva|kva|hvordan|korleis|hvor|kor|når|hvem|kven|hvilke\w*|kva for|hvorfor|kvifor|er det|finnes det|"
        r"finst det|kan man|går det an|what|how|where|when|who|which|why|is there)\b",
    ),
    (
        2,
        r"\b(?:hvilket skjema|hvilke skjema|kva skjema|which form|hva betyr|kva betyr|hva er en|hva er et|lurer på|"
        r"lurar på|wonder\w*)\b",
    ),
    (1, r"\?\s*$"),
)


def _compiled(table: tuple[tuple[int, str], ...]) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern)) for weight, pattern in table)


_FAULT_WORDS, _ORDER_WORDS, _QUESTION_WORDS = _compiled(_FAULT), _compiled(_ORDER), _compiled(_QUESTION)


def _score(table: tuple[tuple[int, re.Pattern[str]], ...], low: str) -> int:
    return sum(weight for weight, pattern in table if pattern.search(low) is not None)


def read_kind(text: str) -> KindHint | None:
    """The likeliest of the three, or None when the words weigh for none or for two alike."""
    low = plain(text).strip()
    fault = _score(_FAULT_WORDS, low) + (2 if says_it_fails(low) else 0)
    order = _score(_ORDER_WORDS, low)
    question = _score(_QUESTION_WORDS, low)
    if read_critical(text):
        fault += 3
    best = max(fault, order, question)
    if best < 2:
        return None
    if question == best and question > fault:
        return "question" if question > order or order <= 2 else "service"
    if fault == order:
        return None
    return "support" if fault > order else "service"
