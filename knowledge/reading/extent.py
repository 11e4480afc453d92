"""Whom a fault hits, as people say it: one, a department, several places (G 7.2)."""

from __future__ import annotations

import re

from knowledge.reading.signals import Extent, any_of, plain

_ALL_OF = (
    r"(?:hele|heile|heila|hela|halve|halva|halvparten av|mesteparten av|the whole|whole|entire|half the|half of the)"
)
_MANY = (
    r"(?:alle|samtlige|mange|flere|fleire|de fleste|dei fleste|ingen|inga|folk|noen få|nokre få|et par|eit par|"
    r"everyone|everybody|anyone|nobody|no one|all|many|several|most)"
)
_COUNT = (
    r"(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|femten|tjue|tretti|førti|femti|two|three|four|five|six|ten|\d{1,3})"
)
_AT = r"(?:på|i|ved|hos|in|at|on)"
# What people of one place belong to: everybody there is a department to the desk.
_PLACE = (
    r"(?:avd\w*|kontoret|kontorte|huset|skolen|skulen|seksjonen|teamet|gruppa|gruppen|(?:\d\. )?etasje[nr]?|\d\. etg|"
    r"gangen|trinnet|klasse[na]?|klassa|"
    r"enheten|eininga|barnehagen|sykehjemmet|sjukeheimen|bygget|legevakten|legevakta|biblioteket|vakta|vaktrommet|"
    r"stasjonen|helsestasjonen|\w*tjenesten|\w*tenesta|basen|sona|kontorfellesskapet|sentralbordet|resepsjonen|office|department|school|floor|"
    r"team|building|section|unit)"
)
_NAMED_PLACE = r"(?:skole|skule|barnehage|sykehjem|sjukeheim|helsestasjon|legevakt|school)"
_PEOPLE = (
    r"(?:ansatte|tilsette|brukere|brukarar|brukerne|brukarane|kolleg\w+|stykker|stk|personer|personar|medarbeidere|"
    r"medarbeidarar|saksbehandler\w*|saksbehandlar\w*|lærer\w*|lærar\w*|elev\w*|klientene|maskinene|pc-?ene|av oss|"
    r"på jobb|pupils|students|teachers|colleagues|users|employees|people|of us)"
)
_UNIT = r"(?:bydel|etat|virksomhet|verksemd|kommun|sektor|byråd)"
_THE_UNIT = r"(?:bydelen|etaten|virksomheten|verksemda|kommunen|organisasjonen|oslo)"
_SEVERAL = any_of(
    rf"\b(?:hele|heile|heila|hela|halve|whole|entire|i hele|over hele)\s+(?:\w+\s)?{_UNIT}\w*",
    r"\b(?:alle|samtlige|flere|fleire|mange|begge|andre|ulike|noen|to|tre|fire|fem|seks|all|several|many|other|"
    r"\d+)\s+(?:\w+\s+)?"
    r"(?:steder|stader|stadar|lokasjon\w*|bydel(?:er|ar|ane|ene)\w*|etat(?:er|ar|ane|ene)|virksomhet(?:er|ene)|"
    r"verksemder|"
    r"sykehjem\w*|sjukeheim\w*|skol(?:er|ene|ane)|skular|skulane|barnehag(?:er|ene|ar|ane)|bygg(?:ene|a)?|"
    r"kontor(?:er|ene|a)|"
    r"hus(?:ene|a)|adresser|avdeling(?:er|ene|ar|ane)|seksjon(?:er|ene|ar|ane)|enhet(?:er|ene)|einingar|"
    r"helsestasjon(?:er|ene|ar|ane)|"
    r"bibliotek(?:er|ene)|filialer|filialene|tjenestesteder|arbeidssteder|soner|locations|sites|offices|schools|"
    r"departments)\b",
    r"\b(?:hele|heile|the whole|entire)\s+(?:oslo|byen|city|organisasjonen|organization|huset og)",
    # "Ingen i bydelen", and with what they cannot do between: "ingen kommer inn i bydelen".
    rf"\b(?:alle|mange|flere|fleire|ingen|inga|noen|nokon|folk)\s+(?:\w+\s+){{0,3}}(?:i|på|over)\s+(?:hele\s+|heile\s+)?"
    rf"{_THE_UNIT}\b",
    rf"\b(?:alle|ingen|mange|flere|fleire)\s+(?:ansatte|tilsette|brukere|brukarar|brukerne|brukarane)\s+i\s+{_THE_UNIT}",
    r"\b(?:flere|fleire)\s+(?:forskjellige|ulike)\s+(?:steder|stader|bygg|kontorer|lokasjoner)",
    r"\balle (?:innbyggere|innbyggarar|innbyggerne|besøkende)\b",
    rf"\bfellesfeil\b|\bpå tvers av {_UNIT}\w*",
    r"\b(?:everyone in|everybody in|across|no one in|nobody in) the (?:municipality|city|agency|district)",
)
_DEPARTMENT = any_of(
    rf"\b{_ALL_OF}\s+(?:\w+\s)?{_PLACE}\b|\b{_ALL_OF}\s+(?:\w+\s){{0,3}}{_NAMED_PLACE}\b",
    rf"(?<!-)\b(?:{_MANY}|(?<!kl )(?<!kl\. )(?<!klokka )(?<!rom )(?<!nr ){_COUNT})\s+(?:\w+\s+)?{_AT}\s+(?:\w+\s+)?"
    rf"(?:{_PLACE}|oss|\d+\. (?:etasje|etg))\b",
    r"\b(?:bare|berre|kun|only|just)\s+(?:for\s+|hos\s+|på\s+|er\s+|gjelder\s+|gjeld\s+)?"
    r"(?:vår|vårt|våre|our)\s+\w+|^(?:vår|our) \w+\W*$",
    r"\b(?:avdelingen|avdelinga|avdelingene vår|kontoret vårt|seksjonen|teamet)\s+(?:vår\w*\s+|mi\w*\s+)?(?:får|"
    r"kommer|kjem|har|kan|mangler|sliter|er|fryser|henger|mister|ser)\b",
    r"\b(?:vi|oss|me|we)\b\s*(?:alle|all|begge)\b|\ball of us\b",
    rf"\b(?:{_MANY}|begge)\s+(?:(?:our|the|av|of)\s+)?(?:\w+\s+)?(?:her|{_PEOPLE})",
    # A school class is no place of its own: "flere klasser" are of one school.
    r"\b(?:alle|samtlige|flere|fleire|mange|begge|to|tre|all|several)\s+(?:klasse(?:r|ne|ane)|klassa(?:r|ne)|trinn(?:ene|a)?|classes)\b",
    # "Hele regnskap har det nå", "alle på lønn": a unit by its name.
    r"\b(?:hele|heile)\s+(?!(?:dagen|tiden|tida|uka|veien|skjermen|maskinen|systemet|greia|bydel|etat|virksomhet|verksemd|kommun|oslo|byen)\w*)"
    r"[^\W\d]{3,}\s+(?:har|får|fær|mangler|manglar|sliter|slit|er\s+(?:uten|utan|nede|rammet|ramma))\b",
    r"\b(?:noen|nokon|nokre|some) (?:av oss|of us)\b",
    # Those who share a thing sit together; those who use a system may sit anywhere.
    r"\balle\s+(?:de\s+|dei\s+)?som\s+(?:bruker|brukar)\s+(?:den|\w*rommet|\w*skriveren|\w*printeren|\w*maskinen|"
    r"\w*skjermen|\w*kjøkkenet|\w*pc-en)\b",
    r"\b(?:min kollega|kollegaen min|my colleague) (?:også|og så|òg|too)\b",
    rf"\b{_COUNT}\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE}|stykk|stykken|nye|mann|pc-?er|maskiner|maskinar|klienter|klientar)\b",
    r"\b(?:jeg|eg) og (?:flere|fleire|noen|to|tre|en|ei|kolleg\w*|resten)",
    rf"\b(?:meg|jeg|eg) og {_COUNT} (?:til|andre)\b",
    r"\b(?:meg|jeg|eg|me|i)\s+(?:og|and)\s+(?:han|hun|ho|(?:(?:en|ein|ei|a|my)\s+)?(?:\w+\s+)?(?:kolleg\w*|colleague\w*))",
    r"\b(?:gjelder|gjeld|rammer|hos)\s+(?:hele\s+)?(?:alle|avdelingen|avdelinga|kontoret|skolen|skulen|seksjonen|"
    r"teamet|huset)\b",
    r"\b(?:for|hos) alle\b(?! andre)",
    r"\b(?:ingen|inga|none) av \w+(?:ne|ane|ene|a|oss)\b|\b(?:oss på|teamet vårt|\w+teamet|gruppa vår|gruppen vår)\b",
    r"\b(?:ingen av oss|none of us|ingen her|ingen på jobb)\b",
    r"\b(?:ingen|inga|alle|all|fr|fra)\s+(?:på|i|on)?\s*\d\.?\s*(?:etg|etasje)\b|(?<! i )(?<! på )\b\d\.?\s*(?:etg|"
    r"etasje)\.?\s+(?:får|fær|kommer|kjem|mangler|har)\b",
)
_USER = any_of(
    r"\b(?:jeg|eg|meg|min|mitt|mine|mi|my|i'm|i've|i can'?t|i cannot|i am|i have|i get|i need)\b",
    r"\bhos meg\b",
    r"\b(?:én|en|ein|ei|1)\s+(?:ansatt|tilsett|bruker|brukar|kollega|medarbeider|saksbehandler|lærer|elev|vikar|leder|"
    r"nyansatt)\b",
    r"\b(?:kollegaen|brukeren|brukaren|medarbeideren|vikaren|lederen|hun|han|ho|hennes|hans)\b",
    r"\bbare (?:jeg|meg|han|hun|hos meg|min)\b",
)
_ONLY_ONE = any_of(
    r"\b(?:bare|berre|kun|only|just)\s+(?:for\s+|hos\s+|på\s+|er\s+|gjelder\s+|gjeld\s+)?(?:jeg|eg|meg|min|mi|mitt|me|mine|ham|han|henne|my|him|"
    r"her|hun|ho|hennes|denne ene|den ene|(?:en|én|ein|1|one) (?:bruker|brukar|person|maskin|pc|user|på|her|som))\b"
    r"(?!\s+(?:og|and)\b)",
    r"\b(?:ingen|inga|no one|nobody) (?:andre|av de andre|av dei andre|else)\b",
    r"\b(?:alle|de|dei|kollegaer|kollegene|andre|resten|everyone else|the others)\s+(?:de\s+|dei\s+|andre\s+)?"
    r"(?:rundt meg|her|(?:på|i) \w+)?\s*(?:får|kommer|kjem|har|jobber|jobbar|klarer|klarar)\s+"
    r"(?:\w+\s+){0,2}(?:fint|det til|ikke problem|inn|ikkje problem|som (?:normalt|vanlig|vanleg)|uten problem\w*)",
    r"\b(?:ikke|ikkje) (?:de|dei|noen|nokon) andre\b|\b(?:ikke|ikkje) andre enn (?:meg|min)\b",
    r"\bvirker (?:fint )?(?:for|hos) (?:alle|de) andre\b",
)
# "Trodde først det var bare meg": that was the belief before what is told. "Ikke bare meg" leaves open who else.
_DENIED = re.compile(r"\b(?:trodde|trudde|trodd|trudd|thought|lenger|ikke|ikkje|not)\s+(?:\w+\s+){0,4}$")
# "Jeg vet ikke om det gjelder flere": then it is asked.
_NOT_KNOWN = re.compile(
    r"\b(?:vet|veit|know)\s+(?:ikke|ikkje|not)\s+(?:om|hvem|kven|hvor|kor|if|whether|who|how)\b[^.!?\n]*"
    r"\b(?:flere|fleire|andre|mange|others|more|many)\b"
)
_MORE_THAN_ONE = re.compile(
    r"\b(?:ikke|ikkje|not) (?:bare|berre|kun|only|just) (?:\w+ )?(?:meg|jeg|eg|me)\b|\b(?:flere|fleire|andre|more|"
    r"others) (?:enn|than) (?:meg|me|jeg|eg)\b"
)
# "Gjelder bare Linda", "det er bare Kari som har det": a name, so by its capital.
_ONLY_NAMED = re.compile(
    r"^\W*(?:[Bb]are|[Bb]erre|[Kk]un|[Oo]nly)(?: for| hos)?(?: [A-ZÆØÅ][a-zæøå]+){1,3}\W*$|"
    r"\b(?:[Gg]jelder|[Gg]jeld|[Rr]ammer|[Aa]ffects) (?:bare|berre|kun|only) [A-ZÆØÅ][a-zæøå]+|"
    r"\b(?:[Bb]are|[Bb]erre|[Kk]un|[Oo]nly)(?: for| hos)? (?:[A-ZÆØÅ][a-zæøå]+ ){1,3}(?:som |who )?"
    r"(?:har|mangler|manglar|får|is|has|merker|merkar|gjelder|gjeld|sliter)\b"
)
# "Sidemannen har det samme", "sjefen sier hun også har det": another person beside the one who tells makes two.
_THING = (
    r"(?:det|den|dette|pc|pcen|pc-en|maskin\w*|skjerm\w*|telefon\w*|mobil\w*|skriver\w*|nettleser\w*|laptop\w*|"
    r"ipad\w*|chromebook\w*|nettbrett\w*|system\w*|program\w*|app\w*|it|jeg|eg|i)"
)
_HAS_IT_TOO = any_of(
    rf"(?<![\w-])(?!{_THING}\b)[^\W\d]+\s+(?:har|hadde|får|fekk|fikk|opplever|opplev|merker|merkar|ser|has|have|gets?|sees?)\s+"
    r"(?:(?:også|òg|og|visst|nå|no|fått|akkurat|nøyaktig|nettopp|det|den|also|just|now|exactly|the)\s+){0,3}"
    r"(?:samme|same|samma)\b(?!\s+(?:pc|maskin|skjerm|skriver|rom|kontor|leder|sjef|dag|rolle|tilgang))",
    rf"(?<![\w-])(?!{_THING}\b)[^\W\d]+\s+har\s+(?:det\s+)?(?:også|òg)\b|(?<![\w-])(?!{_THING}\b)[^\W\d]+\s+has\s+it\s+too\b",
    r"\b(?:en|ei|ein)\s+til\s+(?:i|på|hos|av|har)\b",
    rf"(?<![\w-])(?!{_THING}\b)[^\W\d]+\s+(?:får|kommer|kjem|klarer|klarar|sliter|slit|merker|merkar|opplever|opplev|har|"
    r"ser)\s+(?:det\s+)?(?:heller\s+(?:ikke|ikkje)|også|òg)\b",
    rf"\b(?:vi|me|we)\s+(?:er|are)\s+(?:{_COUNT}|flere|fleire|mange|several|many)\b",
)
# "Det virker for alle unntatt henne": one is left.
_ALL_BUT_ONE = re.compile(
    r"\b(?:alle|everyone|everybody)\s+(?:andre\s+)?(?:unntatt|utenom|utanom|bortsett fra|except|but)\s+"
    r"(?:(?i:meg|henne|ham|han|ho|hun|her|him|me)\b|[A-ZÆØÅ][a-zæøå]+\b)"
)
# The person speaking of the self, which says nothing of whom the fault hits.
_ASIDE = re.compile(
    r"\b(?:ring|ringe|ringje|kontakt|kontakte|svar|nå|call|mail) (?:til )?(?:meg|me)\b|\b(?:jeg|eg|i) (?:er|jobber|"
    r"jobbar|arbeider|melder|meldar|lurer|lurar|am|work|"
    r"wonder|ønsker|ønskjer|skal|vil|tror|trur|håper|skjønner|skjøner|forstår|gidder)\b|\b(?:kan|skal|må|hvordan \w+|"
    r"korleis \w+|hvor \w+) (?:jeg|eg)\b|"
    r"\b(?:jeg|eg) (?:kan )?(?:nås|treffes|treffast)\b|\b(?:dette|det) (?:skjønner|skjøner|forstår) (?:jeg|eg)\b|"
    r"\b(?:min leder|mi avdeling|min avdeling|lederen min|mitt nummer|mobilen min er|tlf min)\b"
)


def read_extent(text: str) -> Extent | None:
    """Whom it hits, the widest said; only oneself when it is said that others are fine."""
    low = plain(text)
    if _NOT_KNOWN.search(low):
        return None
    only = any(not _DENIED.search(low[max(0, hit.start() - 40) : hit.start()]) for hit in _ONLY_ONE.finditer(low))
    if only or _ONLY_NAMED.search(text) or _ALL_BUT_ONE.search(text):
        return Extent.USER
    if _SEVERAL.search(low):
        return Extent.SEVERAL_LOCATIONS
    if _DEPARTMENT.search(low) or _HAS_IT_TOO.search(low):
        return Extent.DEPARTMENT
    if _USER.search(_ASIDE.sub(" ", low)) and not _MORE_THAN_ONE.search(low):
        return Extent.USER
    return None
