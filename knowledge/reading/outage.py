"""Whether parts of a service still work or nothing does (G 7.2)."""

from __future__ import annotations

from knowledge.reading.signals import Outage, any_of, plain
from knowledge.reading.working import something_works

_NOT = r"(?:ikke|ikkje|ikkj|ikk|ike|itj|aldri)"
_PARTIAL = any_of(
    r"\b(?:skriver ut|kommer inn|starter|lagrer|kan logge på|får logget på),?\s+men\b",
    r"\b(?:krasjer|krasjar|crashes) (?:når|hver|kvar|av og til|when|every)\b|\bhakker\b|\bstriper\b|\b(?:noe|noko|"
    r"litt) (?:virker|verkar|fungerer)\b(?!\s+(?:ikke|ikkje))",
    r"\b(?:treg|tregt?|trege|tregare|tregere|(?:\w+)?treigt?|seint|sein|sakte|slow|sluggish|laggy?|lagger|hakker|hakkar|"
    r"ustabilt?|unstable)\b",
    r"\bav og til\b|\binnimellom\b|\biblant\b|\bnoen ganger\b|\bnokre gonger\b|\bav og ti\b|\bperiodevis\b|\btil "
    r"tider\b|\bsporadisk\b|\bintermittent|\bsometimes\b|\bnow and then\b|\bon and off\b",
    r"\bdel(?:er|ar)? av\b|\bdelvis\b|\bpartly\b|\bpartial",
    r"\b(?:noen|nokre|enkelte|some|flere av|halvparten|de fleste)\s+(?:av\s+)?(?:\w+\s+){0,2}(?:får|kommer|kjem|"
    r"faller|mister|har|er|virker|fungerer|ser|av oss|can|cannot|get|have)\b",
    r"\b(?:bare|berre|kun|only)\s+(?:\w+\s+){0,2}(?:\w*utskrift\w*|utskrifter|printing|kalender\w*|søk\w*|rapport\w*|"
    r"lagring\w*|vedlegg\w*|funksjon\w*|mobil\w*|appen|noen|enkelte|enkeltvis|en del|ett|"
    r"én(?!\s+(?:bruker|brukar|person|ansatt|tilsett|pc|maskin|avdeling|skole|etasje)))",
    r"\b(?:faller|fell|kastes|dett|detter|ramler) (?:av|ut)\b|\b(?:blir|vert) kastet ut\b|\bkastes ut\b|\bmister "
    r"(?:forbindelsen|tilkoblingen|nettet)\b|\bhenger seg\b|\bhenger\b|\bheng seg\b|\bfryser\b|\bfrys\b|\bfreez",
)
_FULL = any_of(
    r"\b(?:helt|heilt|fullstendig|totalt|completely|totally)\s+(?:nede|ned|dødt?|død|borte|vekk|stopp\w*|blank\w*|"
    r"svart\w*|utilgjengelig|umulig|låst|down|dead|unavailable|mørkt)\b",
    r"\b(?:er|ligger|ligg|gått|gikk|gjekk|gått|går|blitt|is|went|are|e|har vært|has been)\s+(?:\w+\s+)?(?:nede|ned|"
    r"down|dødt?|dau|daud|ute av drift|utilgjengelig\w*|unavailable|stoppet|stoppa)\b",
    r"\bnede (?:for|i|hos|på|siden|over|nå|igjen)\b",
    r"\b(?:ingen|inga|nobody|no one|none)\b[^!?\n]{0,60}?\b(?:får|fær|kommer|kjem|klarer|klarar|kan|kommet|"
    r"slipper|når|can|get|gets|is able)\b",
    rf"\b{_NOT}\s+(?:\w+\s+)?(?:i det hele tatt|i det heile|på noen måte)\b|\bat all\b",
    r"\b(?:ingenting|ikke noe|ikkje noko|nothing)\s+(?:virker|verkar|fungerer|fungerar|funker|går|works)\b|"
    r"\b(?:hele|heile|whole|entire)\s+\w+\s+(?:\w+\s+)?(?:nede|down)\b",
    r"\bute av drift\b|\bfull stans\b|\bfullt? stopp\b|\bfull stopp\b|\bbom stopp\b|\bbomstopp\b|\btotalstans\b|"
    r"\bhelt stopp\b|\bhelsvart\b|\bdødt\b",
    r"\b(?:er|ble|blei|blitt|was|got) (?:stjålet|stjålen|stolen|knust)\b|\bslått av\b(?!\s+og\s+på)",
    r"\bstår (?:helt )?stille\b|\balt står\b|\balt (?:er )?(?:nede|stoppet|dødt)\b|\bslår seg ikke på\b|"
    r"\bumulig å\b|\buråd å\b",
)
# That something does not work, which leaves open whether all of it is down.
_FAILS = any_of(
    rf"\b(?:får|fikk|fekk|har|fær|faar|kommer|kjem|kom|klarer|klarar|klarte|greier|slipper|"
    rf"kan)\s+(?:\w+\s+){{0,2}}{_NOT}\s+(?:\w+\s+){{0,3}}(?:logg\w*|inn|åpn\w*|opn\w*|opp|start\w*|tilgang|på|ut|"
    rf"kontakt|ringt?|sendt?|brukt?|bruke|gjort|svar\w*|lest|skriv\w*|lagr\w*|nett|videre|"
    r"vidare|jobbet|jobba|arbeidd)",
    rf"\b(?:virker|virkar|verkar|fungerer|fungerar|funker|svarer|svarar|starter|startar|laster|"
    rf"synker|synkar|synkroniserer|går)\s+(?:\w+\s+)?{_NOT}\b",
    r"\b(?:can'?t|cannot|can not|unable to|doesn'?t|does not|won'?t|not able to|isn'?t)\s+(?:\w+\s+){0,2}(?:log|"
    r"access|open|start|connect|work|print|sign|reach|load|send|get|use|call)",
    r"\bnot working\b|\bdoes not work\b|\bdoesn'?t work\b|\bstopped working\b",
)
# "I det hele tatt" is said of the very thing that fails; "alt er nede" is often said of less than all.
_AT_ALL = any_of(r"\bi det hele tatt\b", r"\bi det heile\b", r"\bat all\b")
_WHOLLY = any_of(
    r"\b(?:helt|heilt|fullstendig|totalt|completely)\s+(?:nede|ned|dødt?|død|umulig)",
    r"\balt er nede\b",
)


def says_it_fails(low: str) -> bool:
    """Whether a text in lower case tells that something does not work, whatever else works."""
    return _FULL.search(low) is not None or _FAILS.search(low) is not None


def read_outage(text: str) -> Outage | None:
    """Whether parts still work. The more specific wins: a named thing that works outweighs "alt er nede", which
    outweighs a word of parts or slowness, which outweighs a "not"; an "at all" outweighs them all."""
    low = plain(text)
    full = says_it_fails(low)
    if full and _AT_ALL.search(low):
        return Outage.FULL
    if something_works(low):
        return Outage.PARTIAL
    if full and _WHOLLY.search(low):
        return Outage.FULL
    if _PARTIAL.search(low):
        return Outage.PARTIAL
    return Outage.FULL if full else None


def is_guessed(text: str) -> bool:
    """Whether all of it is taken to be down only because something "virker ikke": nobody has said how much."""
    low = plain(text)
    return read_outage(text) is Outage.FULL and not (_FULL.search(low) or _AT_ALL.search(low))
