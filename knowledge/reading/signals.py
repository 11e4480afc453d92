"""What the words of a report say of its reach and weight: extent, outage, kind, criticality, tried, error, role.

Each reading goes by rules over the folded text; where the words say nothing, the answer is None, and the dialog asks.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal


class Extent(StrEnum):
    """Whom a fault hits (G 7.2)."""

    USER = "user"
    DEPARTMENT = "department"
    SEVERAL_LOCATIONS = "several_locations"


class Outage(StrEnum):
    """Whether parts work or nothing does (G 7.2)."""

    PARTIAL = "partial"
    FULL = "full"


KindHint = Literal["support", "service", "question"]


def plain(text: str) -> str:
    """Lower case, same length as the text, so that places in one are places in the other."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(low if len(low) == 1 else char for char, low in zip(text, map(str.lower, text), strict=True))


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_UNIT = r"(?:bydel|etat|virksomhet|verksemd|kommun|sektor|byråd)"
_SEVERAL = _any(
    rf"\b(?:hele|heile|heila|hela|whole|entire|i hele|over hele)\s+(?:\w+\s)?{_UNIT}\w*",
    r"\b(?:alle|samtlige|flere|fleire|mange|begge|andre|ulike|noen|to|tre|fire|fem|seks|all|several|many|"
    r"\d+)\s+(?:\w+\s+)?"
    r"(?:steder|stader|stadar|lokasjon\w*|bydel(?:er|ar|ane|ene)\w*|etat(?:er|ar|ane|ene)|virksomhet(?:er|ene)|"
    r"verksemder|"
    r"sykehjem\w*|sjukeheim\w*|skol(?:er|ene|ane)|skular|skulane|barnehag(?:er|ene|ar|ane)|bygg(?:ene|a)?|"
    r"kontor(?:er|ene|a)|"
    r"hus(?:ene|a)|adresser|avdeling(?:er|ene|ar|ane)|seksjon(?:er|ene|ar|ane)|enhet(?:er|ene)|einingar|"
    r"helsestasjon(?:er|ene|ar)|"
    r"bibliotek(?:er|ene)|filialer|filialene|tjenestesteder|arbeidssteder|soner|locations|sites|offices|schools|"
    r"departments)\b",
    r"\b(?:hele|heile|the whole|entire)\s+(?:oslo|byen|city|organisasjonen|organization|huset og)",
    r"\balle\s+(?:i|på|over)\s+(?:hele\s+)?(?:bydelen|etaten|virksomheten|verksemda|kommunen|oslo)\b",
    r"\balle\s+(?:ansatte|tilsette|brukere|brukarar|brukerne|brukarane)\s+i\s+(?:bydelen|etaten|virksomheten|"
    r"kommunen|oslo|verksemda)",
    r"\b(?:flere|fleire)\s+(?:forskjellige|ulike)\s+(?:steder|stader|bygg|kontorer|lokasjoner)",
    r"\b(?:ingen|inga|alle)\s+i\s+(?:hele\s+)?(?:etaten|bydelen|virksomheten|kommunen|verksemda|organisasjonen)\b",
    r"\balle (?:innbyggere|innbyggarar|innbyggerne|besøkende)\b",
    r"\bfellesfeil\b",
    r"\b(?:everyone in|across) the (?:municipality|city|agency|district)",
)
_DEPARTMENT = _any(
    r"\b(?:hele|heile|heila|hela|the whole|entire|our whole)\s+(?:\w+\s)?(?:avd\w*|kontoret|skolen|skulen|huset|"
    r"seksjonen|teamet|gruppa|gruppen|etasjen|"
    r"gangen|enheten|eininga|barnehagen|sykehjemmet|sjukeheimen|bygget|legevakten|legevakta|biblioteket|vakta|"
    r"vaktrommet|stasjonen|helsestasjonen|"
    r"basen|sona|kontorfellesskapet|sentralbordet|resepsjonen|office|department|school|floor|team|building|section|"
    r"unit)\b",
    r"\b(?:alle|samtlige|everyone|everybody|all)\s+(?:\w+\s+)?(?:på|i|ved|hos|in|at|on)\s+(?:\w+\s+)?(?:avd\w*|"
    r"kontoret|kontorte|huset|skolen|skulen|seksjonen|"
    r"teamet|etasjen|\d+\. etasje|gangen|enheten|barnehagen|sykehjemmet|sjukeheimen|bygget|legevakten|legevakta|"
    r"vakta|oss|the office|"
    r"office|department|school|floor|team)",
    r"\b(?:avdelingen|avdelinga|avdelingene vår|kontoret vårt|seksjonen|teamet)\s+(?:vår\w*\s+|mi\w*\s+)?(?:får|"
    r"kommer|kjem|har|kan|mangler|sliter|er|fryser|henger|mister|ser)\b",
    r"\b(?:vi|oss|me|we)\b\s*(?:alle|all|begge)\b",
    r"\b(?:alle|mange|flere|fleire|begge|samtlige)\s+(?:her|kolleg\w+|ansatte|tilsette|brukere|brukarar|brukerne|"
    r"saksbehandler\w*|lærer\w*|elev\w*|klientene|maskinene|pc-?ene|av oss|på jobb)",
    r"\b(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|femten|tjue|tretti|førti|femti|\d{1,3})\s+(?:\w+\s+)?(?:ansatte|"
    r"tilsette|brukere|brukarar|kolleger|kollegaer|stykker|stk|personer|"
    r"saksbehandlere|saksbehandlarar|lærere|av oss|stykk|stykken|nye|mann|pc-?er|maskiner|klienter)\b",
    r"\b(?:jeg|eg) og (?:flere|fleire|noen|to|tre|en|ei|kolleg\w*|resten)",
    r"\b(?:gjelder|gjeld|rammer|hos)\s+(?:hele\s+)?(?:alle|avdelingen|avdelinga|kontoret|skolen|skulen|seksjonen|"
    r"teamet|huset)\b",
    r"\b(?:for|hos) alle\b",
    r"\b(?:ingen|inga)\s+(?:\w+\s+)?(?:på|i|ved|hos)\s+(?:\w+\s+)?(?:avd\w*|kontoret|huset|skolen|skulen|seksjonen|"
    r"teamet|etasjen|legevakten|legevakta|"
    r"sykehjemmet|sjukeheimen|barnehagen|vakta)",
    r"\b(?:ingen|inga|none) av \w+(?:ne|ane|ene|a|oss)\b|\b(?:oss på|teamet vårt|\w+teamet|gruppa vår|gruppen vår)\b",
    r"\b(?:ingen av oss|none of us|ingen her|ingen på jobb)\b",
    r"\b(?:ingen|inga|alle|all|fr|fra)\s+(?:på|i|on)?\s*\d\.?\s*(?:etg|etasje)\b|\b\d\.?\s*(?:etg|"
    r"etasje)\.?\s+(?:får|fær|kommer|kjem|mangler|har)\b",
)
_USER = _any(
    r"\b(?:jeg|eg|meg|min|mitt|mine|mi|my|i'm|i've|i can'?t|i cannot|i am|i have|i get|i need)\b",
    r"\bhos meg\b",
    r"\b(?:én|en|ein|ei|1)\s+(?:ansatt|tilsett|bruker|brukar|kollega|medarbeider|saksbehandler|lærer|elev|vikar|leder|"
    r"nyansatt)\b",
    r"\b(?:kollegaen|brukeren|brukaren|medarbeideren|vikaren|lederen|hun|han|ho|hennes|hans)\b",
    r"\bbare (?:jeg|meg|han|hun|hos meg|min)\b",
)
_ONLY_ONE = _any(
    r"(?<!ikke )(?<!ikkje )(?<!not )\b(?:bare|berre|kun|only)\s+(?:for\s+|hos\s+|på\s+)?(?:jeg|eg|meg|min|mi|mitt|me|"
    r"mine|ham|han|henne|"
    r"hun|ho|hennes|denne ene|den ene|(?:en|én|ein|1|one) (?:bruker|brukar|person|maskin|pc|user))\b",
    r"\b(?:ingen|inga|no one|nobody) (?:andre|av de andre|av dei andre|else)\b",
    r"\b(?:alle|de|dei|kollegaer|kollegene|andre|resten)\s+(?:de\s+)?(?:andre|rundt meg|her)?\s*(?:får|kommer|kjem|"
    r"har)\s+"
    r"(?:\w+\s+){0,2}(?:fint|det til|ikke problem|inn|ikkje problem)",
    r"\b(?:ikke|ikkje) (?:de|dei|noen|nokon) andre\b",
    r"\bvirker (?:fint )?(?:for|hos) (?:alle|de) andre\b",
)


# "Gjelder bare Linda": a name, so by its capital.
_ONLY_NAMED = re.compile(r"\b(?:[Gg]jelder|[Gg]jeld|[Rr]ammer|[Aa]ffects) (?:bare|berre|kun|only) [A-ZÆØÅ][a-zæøå]+")
# The person speaking of the self, which says nothing of whom the fault hits.
_ASIDE = re.compile(
    r"\b(?:ring|kontakt|svar|nå|call|mail) (?:til )?(?:meg|me)\b|\b(?:jeg|eg|i) (?:er|jobber|jobbar|arbeider|melder|"
    r"meldar|lurer|lurar|am|work|"
    r"wonder|ønsker|ønskjer|skal|vil|tror|trur|håper)\b|\b(?:kan|skal|må|hvordan \w+|korleis \w+|hvor \w+) (?:jeg|"
    r"eg)\b|"
    r"\b(?:min leder|mi avdeling|min avdeling|lederen min|mitt nummer|mobilen min er|tlf min)\b"
)


def read_extent(text: str) -> Extent | None:
    """Whom it hits, the widest said; only oneself when it is said that others are fine."""
    low = plain(text)
    if _ONLY_ONE.search(low) or _ONLY_NAMED.search(text):
        return Extent.USER
    if _SEVERAL.search(low):
        return Extent.SEVERAL_LOCATIONS
    if _DEPARTMENT.search(low):
        return Extent.DEPARTMENT
    if _USER.search(_ASIDE.sub(" ", low)):
        return Extent.USER
    return None


_NOT = r"(?:ikke|ikkje|ikkj|ikk|ike|itj|aldri)"
_GOES = r"(?:virker|virkar|verkar|funker|funkar|fungerer|fungerar|går|svarer|svarar|works?)"
_PARTIAL = _any(
    rf"\b{_GOES}\s+(?!ikke|ikkje)(?:\w+\s+)?(?:fint|greit|bra|godt|fine|ok|normalt|som (?:den|det|de|dei|vanlig|"
    rf"vanleg|før|normalt))\b",
    rf"\b(?:resten|andre|alt annet|alt anna|everything else)\b[^.!?\n]{{0,40}}\b{_GOES}\b(?!\s+(?:heller\s+)?(?:ikke|"
    rf"ikkje))",
    rf"\b{_GOES}\s*,\s+(?:men|but)\b|\b(?:skriver ut|kommer inn|starter|lagrer|kan logge på|får logget på),?\s+men\b",
    r"\b(?:krasjer|krasjar|crashes) (?:når|hver|kvar|av og til|when|every)\b|\bhakker|\bstriper\b|\b(?:noe|noko|"
    r"litt) (?:virker|verkar|fungerer)\b",
    r"\b(?:tregt?|trege|tregare|tregere|seint|sein|sakte|slow|sluggish|laggy?|lagger|hakker|hakkar|ustabilt?|"
    r"unstable)\b",
    r"\bav og til\b|\binnimellom\b|\biblant\b|\bnoen ganger\b|\bnokre gonger\b|\bav og ti\b|\bperiodevis\b|\btil "
    r"tider\b|\bsporadisk\b|\bintermittent|\bsometimes\b|\bnow and then\b|\bon and off\b",
    r"\bdel(?:er|ar)? av\b|\bdelvis\b|\bpartly\b|\bpartial",
    r"\b(?:noen|nokre|enkelte|some|flere av|halvparten|de fleste)\s+(?:av\s+)?(?:\w+\s+){0,2}(?:får|kommer|kjem|"
    r"faller|mister|har|er|virker|fungerer|ser|av oss|can|cannot|get|have)\b",
    r"\b(?:bare|berre|kun|only)\s+(?:\w+\s+){0,2}(?:utskrift\w*|utskrifter|printing|kalender\w*|søk\w*|rapport\w*|"
    r"lagring\w*|vedlegg\w*|funksjon\w*|mobil\w*|appen|noen|enkelte|enkeltvis|en del|ett|én)",
    r"\b(?:alt|resten|everything)\s+(?:annet|anna|else|det andre)?\s*(?:i økten\s+)?(?:virker|fungerer|verkar|går|"
    r"works|er fint)\b",
    r"\b(?:faller|fell|kastes|dett|detter|ramler) (?:av|ut)\b|\b(?:blir|vert) kastet ut\b|\bkastes ut\b|\bmister "
    r"(?:forbindelsen|tilkoblingen|nettet)\b|\bhenger seg\b|\bhenger\b|\bheng seg\b|\bfryser\b|\bfrys\b|\bfreez",
    r"\b(?:men|but)\s+(?:\w+\s+){0,4}(?:virker|fungerer|verkar|går fint|works)\b|\b(?:virker|verkar|works) (?:men|"
    r"but)\b",
)
_FULL = _any(
    r"\b(?:helt|heilt|fullstendig|totalt|completely|totally)\s+(?:nede|ned|dødt?|død|borte|vekk|stopp\w*|blank\w*|"
    r"svart\w*|utilgjengelig|umulig|låst|down|dead|unavailable|mørkt)\b",
    r"\b(?:er|ligger|ligg|gått|gikk|gjekk|gått|går|blitt|is|went|are|e|har vært|has been)\s+(?:\w+\s+)?(?:nede|ned|"
    r"down|dødt?|dau|daud|ute av drift|utilgjengelig\w*|unavailable|stoppet|stoppa)\b",
    r"\bnede (?:for|i|hos|på|siden|over|nå|igjen)\b",
    r"\b(?:ingen|inga|nobody|no one|none)\b[^!?\n]{0,60}?\b(?:får|fær|kommer|kjem|klarer|klarar|kan|kommet|"
    r"slipper|når|can|get|gets|is able)\b",
    rf"\b(?:får|fikk|fekk|har|fær|faar|kommer|kjem|kom|klarer|klarar|klarte|greier|slipper|"
    rf"kan)\s+(?:\w+\s+){{0,2}}{_NOT}\s+(?:\w+\s+){{0,3}}(?:logg\w*|inn|åpn\w*|opn\w*|opp|start\w*|tilgang|på|ut|"
    rf"kontakt|ringt?|sendt?|brukt?|bruke|gjort|svar\w*|lest|skriv\w*|lagr\w*|nett|videre|"
    r"vidare|jobbet|jobba|arbeidd)",
    rf"\b(?:virker|virkar|verkar|fungerer|fungerar|funker|svarer|svarar|starter|startar|laster|"
    rf"går)\s+(?:\w+\s+)?{_NOT}\b",
    rf"\b{_NOT}\s+(?:\w+\s+)?(?:i det hele tatt|i det heile|på noen måte)\b|\bat all\b",
    r"\b(?:can'?t|cannot|can not|unable to|doesn'?t|does not|won'?t|not able to|isn'?t)\s+(?:\w+\s+){0,2}(?:log|"
    r"access|open|start|connect|work|print|sign|reach|load|send|get|use|call)",
    r"\bnot working\b|\bdoes not work\b|\bdoesn'?t work\b|\bstopped working\b",
    r"\bute av drift\b|\bfull stans\b|\bfullt? stopp\b|\bfull stopp\b|\bbom stopp\b|\bbomstopp\b|\btotalstans\b|"
    r"\bhelt stopp\b|\bhelsvart\b|\bdødt\b",
    r"\b(?:er|ble|blei|blitt|was|got) (?:stjålet|stjålen|stolen|knust)\b|\bslått av\b",
    r"\bstår (?:helt )?stille\b|\balt står\b|\balt (?:er )?(?:nede|stoppet|dødt)\b|\bslår seg ikke på\b|"
    r"\bumulig å\b|\buråd å\b",
)
_WHOLLY = _any(
    r"\bi det hele tatt\b",
    r"\bi det heile\b",
    r"\b(?:helt|heilt|fullstendig|totalt|completely)\s+(?:nede|ned|dødt?|død|umulig)",
    r"\balt er nede\b",
    r"\bat all\b",
)


def read_outage(text: str) -> Outage | None:
    """Whether parts still work; a word of parts or slowness outweighs a "not", an "at all" outweighs both."""
    low = plain(text)
    partial, full = _PARTIAL.search(low), _FULL.search(low)
    if full and _WHOLLY.search(low):
        return Outage.FULL
    if partial:
        return Outage.PARTIAL
    return Outage.FULL if full else None


_CRITICAL = _any(
    r"\b(?:fare|farlig|risiko|trussel) for (?:liv|helse|pasient\w*|brukar\w*|bruker\w*)",
    r"\bliv og helse\b|\bliv eller helse\b|\bliv og død\b|\blivstruende\b|\blivsfar\w*\b|\blivstruande\b|\b"
    r"life[- ]threatening\b|\blife and health\b|\blife safety\b",
    r"\bpasientsikkerhet\w*\b|\bpasienttryggleik\w*\b|\bpatient safety\b",
    r"\b(?:kritisk|kritiske|virksomhetskritisk\w*|samfunnskritisk\w*|critical|prioritet 1|p1|prio 1|pri 1)\b",
    r"\b(?:løsepenge\w*|løsepenger|ransomware|kryptovirus|datainnbrudd\w*|datainnbrot\w*|hacket|hacka|hacked|"
    r"hackerangrep|dataangrep|cyberangrep|data breach|"
    r"datalekkasje|personvernbrudd|personvernbrot|sikkerhetsbrudd|tryggleiksbrot|sikkerhetshendelse|phishing-?angrep|"
    r"security breach|lekket|lekka persondata)\b",
    r"\bfiler?(?:ne)? (?:er|blir|blei|ble) kryptert\w*",
    r"\b(?:hele|heile|the whole|entire|i hele)\s+(?:\w+\s)?(?:virksomhet\w*|verksemd\w*|etat\w*|kommun\w*|"
    r"bydel\w*)[^.!?\n]{0,60}?\b(?:nede|ned\b|står|stopp\w*|ute av drift|dødt?|får ikke|fær ikkje|får ikkje|kommer "
    r"ikke|kjem ikkje|"
    r"uten|utan|down|mistet|blokkert|ikke logget)",
    r"\b(?:alle|flere|fleire|mange)\s+(?:virksomhet\w*|verksemd\w*|etat\w*|bydel\w*|sykehjem\w*|"
    r"sjukeheim\w*)[^.!?\n]{0,60}?\b(?:nede|ned\b|står|stopp\w*|ute av drift|dødt?|får ikke|får ikkje|kommer ikke|"
    r"kjem ikkje|uten|utan|down)",
    r"\b(?:nede|ute av drift|dødt?|down|utilgjengelig)\b[^.!?\n]{0,40}\b(?:alle|flere|fleire|mange|hele|heile|all|"
    r"the whole)\s+(?:\w+\s)?"
    r"(?:virksomhet\w*|verksemd\w*|etat\w*|bydel\w*|kommun\w*|sykehjem\w*|sjukeheim\w*)",
)
# Where life hangs on it, a fault is critical even when the word is not used.
_VITAL = _any(
    r"\b(?:legevakt\w*|vaktsentral\w*|alarmsentral\w*|nødnett\w*|nødsentral\w*|responssenter\w*|trygghetsalarm\w*|"
    r"tryggleiksalarm\w*|pasientvarsling\w*|pasientalarm\w*|sykesignal\w*|pasientsignal\w*|amk|110-sentral\w*|113|"
    r"barnevernvakt\w*)\b",
    r"\bmedisin(?:er|ering|ar|lister|lista|listene|listen|liste|dosett\w*|skap\w*|utdeling\w*|en|ene|ane|kort\w*|"
    r"doser\w*)\b|\bmedisinsk utstyr\b|\bmedication\w*\b|\blegemid\w*\b|\blegemidd\w*\b|\bdosett\w*\b",
    r"\bpasient\w*\b[^.!?\n]{0,40}\b(?:fare|haster|hastar|venter|liv|akutt|utan|uten|ikke)\b|\b(?:haster|hastar|"
    r"akutt|urgent)\b[^.!?\n]{0,40}\b(?:pasient\w*|patients?|bebo\w*|bebu\w*)\b",
    r"\b(?:døra|dørene|døren|utgang\w*|rømning\w*|brannalarm\w*|brannvarsl\w*)\b[^.!?\n]{0,40}\b(?:låst|sperret|"
    r"virker ikke|ute av drift|ikke)\b",
)
_FAULT = _any(
    r"\b(?:nede|ned\b|ute av drift|stopp\w*|svikt\w*|feil\w*|virker|verkar|fungerer|fungerar|får|fær|kommer|kjem|"
    r"borte|vekk|henger|fryser|mist\w*|mangler|manglar|mangla|stenge?|lås\w*|down|fail\w*|not|dødt?|død|haster|"
    r"hastar|ikke|ikkje|ikk|tregt?)\b"
)
_NEGATION_BEFORE = re.compile(
    r"\b(?:ikke|ikkje|ikk|ingen|inga|uten|utan|neppe|verken|not|no|without|isn't|aldri|ikke noe|lite|er "
    r"det)\s+(?:\w+\s+){0,2}$"
)
_SPARED_BEFORE = re.compile(
    r"\b(?:gjelder|gjeld|rammer|påvirker|påverkar|affect) (?:ikke|ikkje)\s+(?:\w+\s+)?$|\b(?:ikke|ikkje|not) (?:på|i|"
    r"hos|for|in|at)\s+$|"
    r"\b(?:does not|doesn't) affect\s+(?:\w+\s+)?$"
)
_NEGATION_AFTER = re.compile(r"^\W*(?:haster|hastar)?\s*(?:ikke|ikkje|not)\b|^\s*(?:for|til) (?:oss )?(?:nei)\b")
_CALM = _any(
    r"\b(?:haster|hastar|hast) (?:ikke|ikkje|på ingen måte)\b",
    r"\b(?:ikke|ikkje) (?:noe |noko |særlig |veldig |så )?(?:hast\w*|kritisk\w*|akutt|farlig)\b",
    r"\b(?:not|isn't|no) (?:\w+\s)?(?:urgent|critical|hurry|rush)\b",
    r"\bkan vente\b|\bingen (?:fare|hast|krise|panikk)\b|\binga hast\b|\bno rush\b",
)


def read_critical(text: str, support: bool = True) -> tuple[str, ...]:
    """The words that make it critical (G 5.1.2.2: real consequence), none when nothing does or it is denied.

    `support`: with an order, only words of danger and breach count, not the mere naming of a vital service.
    """
    low = plain(text)
    found = [text[hit.start() : hit.end()].strip() for hit in _CRITICAL.finditer(low) if not _denied(low, hit)]
    if support and not _CALM.search(low) and _FAULT.search(low):
        found.extend(text[hit.start() : hit.end()].strip() for hit in _VITAL.finditer(low) if not _spared(low, hit))
    return tuple(dict.fromkeys(found))


def _spared(low: str, hit: re.Match[str]) -> bool:
    """It is said that just this is not hit; "får ikke opp medisinlister" is no such denial."""
    return bool(_SPARED_BEFORE.search(low[max(0, hit.start() - 30) : hit.start()]))


def _denied(low: str, hit: re.Match[str]) -> bool:
    before = re.split(r"[.!?,;\n]", low[max(0, hit.start() - 40) : hit.start()])[-1]
    return bool(_NEGATION_BEFORE.search(before) or _NEGATION_AFTER.match(low[hit.end() : hit.end() + 12]))
