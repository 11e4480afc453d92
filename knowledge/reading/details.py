"""Details of a report: error, phone, on whose behalf, role, device, place, environments, billing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.reading.service_numbers import without_service_numbers
from knowledge.reading.shapes import house_in, whole_place
from knowledge.reading.signals import plain

_QUOTED = re.compile(r"[«“\"”]([^«»“”\"\n]{3,300})[»”\"“]|(?<!\w)'([^'\n]{6,300})'(?!\w)")
_CODE = re.compile(
    r"""(?x)(?<![\w-])(
        0x[0-9A-Fa-f]{4,10}
      | (?:ORA|SQL|ERR|AADSTS|AADST|CTX|KB|EX|TNS|SEC|HTTP|DNS|VPN|MSB)[-_ ]?\d{2,8}(?:-\d+)?
      | [A-Z]{2,12}_[A-Z0-9_]{3,60}
      | (?:[Ff]eilkode[nr]?|[Ff]eilmelding|[Ee]rror(?:\ code)?|[Ff]eil\ ?nr\.?|[Ff]eil|[Kk]ode|[Ss]tatus(?:kode)?|HTTP)
        [ :]+(?:er\ |nr\.?\ |is\ )?\#?[A-Z]{0,6}[-_]?\d{2,8}(?:[-.]\d\w*)*
      | (?:[Ee]rr|ERR)\.?\ ?\#?\d{2,8}
      | [45]\d\d(?=[ -](?:feil|error|på\ alt|bad|internal|service|not\ found|unauthorized|forbidden|gateway))
      | (?:svarer?|svart|gir|får|get|gets|returns|giving)\ (?:en\ )?[45]\d\d\b
    )""",
)
_MESSAGE = re.compile(
    r"(?:feilmelding(?:en|a)?|feilmeldinger?|meldingen|meldinga|beskjeden|teksten|error(?: message)?|står det(?: "
    r"bare)?|det står(?: bare)?|it says|saying)\s*(?:er|lyder|sier|seier|om at|som sier|that|"
    r"is)?\s*[:]\s*([^\n.!?]{3,200})",
    re.IGNORECASE,
)


def read_error(text: str) -> str | None:
    """A quoted message, else a code, else what stands after "feilmelding:"; never both joined."""
    low = plain(text)
    quotes = [(hit, (hit[1] or hit[2]).strip()) for hit in _QUOTED.finditer(text)]
    for hit, said in quotes:
        nearby = low[max(0, hit.start() - 60) : hit.start()]
        if re.search(
            r"feil|error|meld|beskjed|står|sier|seier|får|gir|viser|kommer|kjem|message|says|popup|pop-up|rute|vindu|tekst",
            nearby,
        ):
            return said
    message = _MESSAGE.search(text)
    if message is not None:
        return message[1].strip()
    code = _CODE.search(text)
    if code is not None:
        return code[1].strip()
    return None


_PHONE = re.compile(r"(?<![\w.,/-])((?:\+|00) ?47[ \u00a0-]?)?((?:\d[ \u00a0.-]?){7}\d)(?![\w]|[.,/-]\d)")
_PHONE_FOREIGN = re.compile(r"(?<![\w+])((?:\+|00)(?!0)\d{1,3}(?:[ -]?\d){6,12})(?!\d)")
_PHONE_WORD = re.compile(
    r"(?:tlf|telefon\w*|mobil\w*|mob|ring\w*|nummer\w*|nr|phone|call|reach|nås?|treffes?|treff|sms|"
    r"kontakt\w*)\W*(?:\w+\W+){0,4}$"
)
# Said outright, this is the number of whoever writes, whatever other numbers the text has.
_REACH_WORD = re.compile(r"\b(?:ring\w*|kontakt\w*|nås?|treffes?|call|reach)\W+(?:\w+\W+){0,4}$")
_NOT_PHONE = re.compile(
    r"(?:sak\w*|saksnr|ref\w*|ressurs\w*|faktura\w*|kostnadssted\w*|serie\w*|ordre\w*|kode\w*|id|pc|maskin\w*|"
    r"versjon|kr|konto\w*|inc|incident|case|løpenr|ansattnr|brukernavn)\W*(?:nr|nummer|er|:)?\W*$"
)


def read_phone(text: str) -> str | None:
    """The number to reach the writer on, when it is said so; else the first Norwegian number of eight digits that can
    be a phone (first digit 2-9, or with +47), as +47…; else a foreign one with its country code."""
    likely = fallback = None
    low = plain(text)
    callable_text = without_service_numbers(text)
    for hit in _PHONE.finditer(callable_text):
        digits = re.sub(r"\D", "", hit[2])
        before = low[max(0, hit.start() - 40) : hit.start()]
        if len(digits) != 8 or digits[0] in "01" or (not hit[1] and _NOT_PHONE.search(before)):
            continue
        if not hit[1] and _looks_like_date(digits, hit[2]):
            continue
        if _REACH_WORD.search(before):
            return f"+47{digits}"
        if likely is None and (hit[1] or _PHONE_WORD.search(before)):
            likely = f"+47{digits}"
        if digits[0] in "2345679" and fallback is None:
            fallback = f"+47{digits}"
    if likely is not None:
        return likely
    if fallback is None:
        foreign = _PHONE_FOREIGN.search(callable_text)
        if foreign is not None:
            digits = re.sub(r"\D", "", foreign[1])
            fallback = "+" + (digits[2:] if foreign[1].startswith("00") else digits)
            if fallback.startswith("+47") and len(fallback) != 11:
                return None
    return fallback


_CALL_BACK = re.compile(
    r"(?:\b(?:ring(?:e|es|ast|je|jast)?|call|reach|nås?|når|treff(?:es|ast)?|kontakt(?:es|ast|e)?|contact)\s+"
    r"(?:(?!(?:henne|ham|han|ho|hun|dem|dei|her|him|them)\b)\w+\s+){0,3}?"
    r"(?:på|at|on)(?:\s+(?:tlf\.?|telefon|mobil|nr\.?|nummer))?"
    r"|\b(?:nummer(?:et)?|numret)\s+(?:mitt|vårt)|\b(?:my|our)\s+number"
    r"|\b(?:ring|call)\s+(?:meg|oss|me|us|heller)|\b(?:tlf\.?|(?:kontakt)?telefon|mobil|mob\.?|phone|mobile)(?:nr|nummer(?:et)?)?"
    r"(?:\s+(?:min|mitt|vår|vårt|my|our))?)(?:\s+(?:er|is))?\s*:?\s*$"
)


def read_call_back(text: str) -> str | None:
    """The number that is told to be called back on, as +47…: by the words right before it, and not as the matter. Of
    several the one told last."""
    low, told = plain(text), None
    for hit in _PHONE.finditer(without_service_numbers(text)):
        digits = re.sub(r"\D", "", hit[2])
        if len(digits) == 8 and digits[0] not in "01" and _CALL_BACK.search(low, 0, hit.start()):
            told = f"+47{digits}"
    return told


def _looks_like_date(digits: str, written: str) -> bool:
    """ "20261123", "2026-11-23", "23.11.2026": dates of this age, not phones."""
    year_first = digits[:2] == "20" and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31
    year_last = digits[4:6] == "20" and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[:2]) <= 31
    return year_first or (year_last and ("." in written or "-" in written or " " in written))


_ON_BEHALF = (
    re.compile(
        r"\b(?:på|paa|pa)\s+(?:vegne|vegner|veiene|vegna)\s+(?:av|til)\s+(?P<who>[^.,;:!?\n]{2,60})", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:melder|meldar|melder inn|meldes|ringer|skriver|bestiller|bestilles)\s+(?:\w+\s+)?(?:for|på vegne "
        r"av)\s+(?P<who>[^.,;:!?\n]{2,60})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:gjelder|gjeld)\s*:?\s+(?P<who>(?!hele|heile|alle|fra|i|for|tilgang|feil|saken?|sak|system\w*|bare|"
        r"berre|kun|flere|også)[^.,;:!?\n]{2,60})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:on behalf of|reporting for)\s+(?P<who>[^.,;:!?\n]{2,60})", re.IGNORECASE),
)
_WHO_END = re.compile(
    r"\s(?:som|at|har|får|fær|kommer|kjem|kan|er|trenger|treng|skal|vil|må|mangler|manglar|sin|siden|sidan|sliter|"
    r"melder|med|i går|i dag|fra|og får|"
    r"who|is|has|cannot|can't|since|needs)\b|\s(?:i|på|ved)\s(?:dag|går|morges|natt|\d|rom|avd)",
    re.IGNORECASE,
)
_MYSELF = frozenset("meg meg selv meg sjølv oss oss selv me myself us ourselves".split()) | {
    "meg selv",
    "meg sjølv",
    "oss selv",
    "oss alle",
}


def read_on_behalf_of(text: str) -> str | None:
    """For whom the report is made, when it is somebody else and said in so many words."""
    for pattern in _ON_BEHALF:
        hit = pattern.search(text)
        if hit is None:
            continue
        who = hit["who"].strip()
        end = _WHO_END.search(who)
        if end is not None:
            who = who[: end.start()].strip()
        if not who or who.lower() in _MYSELF:
            continue
        if pattern is _ON_BEHALF[2] and not re.match(
            r"(?:[A-ZÆØÅ][\w-]+\s+[A-ZÆØÅ]|(?:en|ein|ei|min|vår|mi)?\s*(?:kollega|bruker|brukar|ansatt|medarbeider|"
            r"leder|vikar|nyansatt|tilsett|lærer|elev))",
            who,
        ):
            continue
        return who
    return None


_AM = (
    r"(?:jeg|eg|i)\s*(?:er|jobber\s+som|jobbar\s+som|arbeider\s+som|'m|am|skriver\s+som|"
    r"melder\s+som)\s+(?:(?!ikke|ikkje|not)\w+\s+){0,2}?(?:en|ein|ei|a|the)?\s*"
)
_ROLE_WORDS: Mapping[str, str] = {
    "superbruker": r"super-?\s?bruk(?:er|ar)\w*|super ?user",
    "1linje": r"(?:1|første|fyrste|førstelinje?|1st|first)[\s.-]*-?(?:linje\w*|line\w*)|førstelin\w*|lokal (?:it|"
    r"ikt)(?:-ansvarlig|-kontakt)?|it-ansvarlig|ikt-ansvarlig|servicedesk",
    "forvalter": r"(?:system|app|applikasjons|løsnings)?-?forvalt(?:er|ar|aren|eren)\b|system ?(?:owner|manager)|"
    r"systemansvarlig|systemansvarleg",
    "ikt-hovedkontakt": r"(?:ikt|it)[\s-]*hovedkontakt\w*|(?:ikt|it)[\s-]*hovudkontakt\w*|hovedkontakt",
    "ansatt": r"vanlig (?:ansatt|bruker)|ansatt\b|tilsett\b|employee",
}
_ROLES = tuple(
    (
        role,
        re.compile(
            rf"\b(?:{_AM}|(?:som|as)\s+(?:\w+\s+)?|(?:hilsen|mvh|hilsning|helsing|regards),?\s+(?:\w+,?\s+){{0,3}}|"
            rf"(?:rolle|rollen min|role|innmelder)\s*(?:er|:|is)?\s*|^)(?:{words})(?!\w*\s+(?:vår|vårt|må|har|får|"
            rf"kan|trenger|skal)\b)"
        ),
    )
    for role, words in _ROLE_WORDS.items()
)


def read_role(text: str) -> str | None:
    """What the person says to be, as a key of AUDIENCES: "er superbruker", "Hilsen Ida, systemforvalter"."""
    low = plain(text)
    for role, pattern in _ROLES:
        hit = pattern.search(low)
        if hit is not None and not re.search(
            r"\b(?:ikke|ikkje|not|ikke noen)\s*$", low[max(0, hit.start() - 10) : hit.start()]
        ):
            return role
    return None


_MACHINE_NAME = re.compile(
    r"\b(?:pc|maskin(?:en|navn|a)?|skriver(?:en)?|printer|laptop|klient(?:en)?|utstyr|device|computer)"
    r"[\s-]*(?:nr\.?|navn|namn|heter|heiter|name|:)?\s*[:=]?\s*((?i:[A-ZÆØÅ]{1,6})[-_]?[A-Z0-9-]*\d{3,8})\b",
    re.IGNORECASE,
)
_MACHINE_CODE = re.compile(r"(?<![\w-])((?:[A-ZÆØÅ]{2,5}[-_]?)?(?:PC|LT|WS|NB|MB|PR|SKR|TC|CL|LAP)[-_]?\d{4,8})(?!\w)")
_DEVICE = re.compile(
    r"(?<![\w-])(i ?phone|i ?pad|mac ?book|chromebook|chrombook|nettbrett\w*|tablet|laptop\w*|bærbar\w*|berbar\w*|"
    r"stasjonær\w*|tynnklient\w*|skriver(?:en)?|printer(?:en)?|skrivar(?:en)?|multifunksjons\w*|mobil(?:en|"
    r"telefon\w*)?|"
    r"jobb-?pc\w*|pc(?:-?en)?|maskina|maskinen|skjerm(?:en)?|headset\w*|hodesett\w*|dokking\w*|dokken|tastatur\w*|"
    r"møteroms\w*|projektor\w*|ip-telefon\w*|skanner(?:en)?|scanner(?:en)?|kortleser\w*|android\w*|samsung\w*)(?!\w)",
    re.IGNORECASE,
)


def read_device(text: str) -> str | None:
    """A machine's name when one is given, else the kind of device, in the person's words."""
    for pattern in (_MACHINE_CODE, _MACHINE_NAME, _DEVICE):
        hit = pattern.search(text)
        if hit is not None:
            return hit[1]
    return None


_PLACE = (
    re.compile(
        r"\b((?:rom|møterom|møterommet|klasserom|kontor|room)\s+(?:nr\.?\s*)?[A-Z]?\d{1,4}[A-Za-z]?|(?:møterom|"
        r"møterommet)\s+(?-i:[A-ZÆØÅ])[\wæøå-]+)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(\d{1,2}\.?\s?(?:etasje|etg\.?)|(?:\w+)\s+etasje|kjelleren|(?:plan|etg\.?)\s?\d{1,2}|1st floor|\d(?:nd|rd|"
        r"th) floor)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:\bpå|\bi|\bved|\bhos|\bat|\bin)\s+((?:[Bb]ydel|[Bb]ydelen)\s+[A-ZÆØÅ][\wæøå]+(?:\s[A-ZÆØÅ][\wæøå]+)?)"
    ),
    re.compile(
        r"(?:\bpå|\bi|\bved|\bhos|\btil|\bat|\bin)\s+([A-ZÆØÅ][\wæøå-]+(?:\s[A-ZÆØÅa-zæøå][\wæøå-]+)?\s?(?:skole|"
        r"skule|sykehjem|sjukeheim|barnehage|legevakt|helsehus|bibliotek|helsestasjon|omsorgssenter|bo- og "
        r"omsorgssenter|rådhus|school|nursing home))\b"
    ),
    re.compile(
        r"(?:\bpå|\bi|\bved|\bhos)\s+([A-ZÆØÅ][\wæøå]+(?:skolen|sykehjemmet|barnehagen|hjemmet|senteret|bygget|"
        r"huset))\b"
    ),
    re.compile(
        r"(?:\bi|\bved|\bpå)\s+([A-ZÆØÅ][\wæøå. ]{1,30}?(?:gata|gate|veien|vegen|vei|plass|allé|"
        r"torg)\s?\d{1,3}[A-Z]?)\b"
    ),
    re.compile(
        r"\b(hjemmekontor(?:et)?|heimekontor(?:et)?|hjemmefra|heimefrå|from home|working from home)\b", re.IGNORECASE
    ),
)


def read_place(text: str) -> str | None:
    """Where it is: room, floor, bydel, school or home with its name, address, home office; in the person's words."""
    for pattern in _PLACE:
        hit = pattern.search(text)
        if hit is not None:
            # "Storgata 1, 3. etasje": neither the floor nor the street says it alone.
            return whole_place(text, hit.start(1), hit.end(1)) or hit[1].strip()
    return house_in(text)


_PREPROD = re.compile(
    r"\bpre-?\s?prod\w*|\bførproduksjon\w*|\bakseptanse?(?:miljø\w*|test\w*)?\b(?= ?miljø)|\bqa\b|\bstaging\b|"
    r"\bstage\b",
    re.IGNORECASE,
)
_PROD = re.compile(
    r"(?<![\w-])prod\b|(?<![\w-])produksjon(?:s?-?(?:miljø\w*|basen|databasen|server\w*|en))?\b|\bproduction\b|"
    r"\bprod-?(?:miljø\w*|bsaen|basen|server\w*)",
    re.IGNORECASE,
)
_TEST = re.compile(
    r"(?<![\w-])test(?:-?(?:miljø\w*|basen|server\w*|databasen))?\b(?!\s+(?:av|om|at|ut|det|den|kontoen))|"
    r"\btestmiljø\w*|\btestbase\w*",
    re.IGNORECASE,
)
_ALL_ENVIRONMENTS = re.compile(r"\balle (?:tre )?miljø\w*|\ball (?:three )?environments", re.IGNORECASE)


def read_environments(text: str) -> tuple[str, ...]:
    """Which of test, preprod and prod are named, in that order (G 5.1.5)."""
    if _ALL_ENVIRONMENTS.search(text):
        return ("test", "preprod", "prod")
    pairs = (("test", _TEST), ("preprod", _PREPROD), ("prod", _PROD))
    return tuple(name for name, pattern in pairs if pattern.search(text))


_NUMBERED = r"\s*(?:nr\.?|nummer(?:et)?|no\.?)?\s*(?:vårt|vår|er|is|:|=|-|–)?\s*:?\s*"
_BILLING: Mapping[str, re.Pattern[str]] = {
    "ressursnummer": re.compile(
        rf"\b(?:ressurs-?\s?(?:nummer(?:et)?|nr\.?|num)|ressurs|resource number|"
        rf"ressursnr){_NUMBERED}([A-Za-z]{{0,3}}-?\d[\d -]{{2,14}}\d)\b",
        re.IGNORECASE,
    ),
    "fakturareferanse": re.compile(
        rf"\b(?:faktura-?\s?(?:referanse(?:n)?|ref\.?|merking|merkes(?:\s+med)?)|fakturaref\.?|bestillerreferanse|"
        rf"bestillarreferanse|deres ref\.?|invoice "
        rf"ref(?:erence)?\.?){_NUMBERED}([A-Za-zÆØÅæøå]{{0,6}}[-_/]?\d[\w/-]{{2,24}}|"
        rf"[A-ZÆØÅ]{{2,10}}\d[\w/-]{{1,20}})",
        re.IGNORECASE,
    ),
    "kostnadssted": re.compile(
        rf"\b(?:kostnads?-?\s?(?:sted(?:et)?|stad)|koststed|kost\.?\s?sted|ksted|k-sted|cost cent(?:er|re)|"
        rf"ansvar(?:ssted)?(?:snummer)?){_NUMBERED}([A-Za-z]{{0,3}}\d{{3,10}})\b",
        re.IGNORECASE,
    ),
}


def read_billing(text: str) -> dict[str, str]:
    """Billing fields that stand in the text, by name (G 5.1.3); values as written, without spaces in numbers."""
    found: dict[str, str] = {}
    for name, pattern in _BILLING.items():
        hit = pattern.search(text)
        if hit is not None:
            value = hit[1].strip(" -")
            found[name] = re.sub(r"(?<=\d)[ ](?=\d)", "", value)
    return found


_ATTACHED = re.compile(
    r"\b(?:vedlagt\w*|vedlegg\w*|vedlagde|legger ved|legg ved|lagt ved|la ved|skjermbild\w*|skjermbilete\w*|"
    r"skjermdump\w*|screen ?shots?|attached|attachment\w*|se bilde\w*|bilde vedlagt|sjå bilete)\b",
    re.IGNORECASE,
)
_NO_ATTACHMENT = re.compile(
    r"\b(?:ikke|ikkje|uten|utan|ingen|no|without)\s+(?:\w+\s+)?(?:vedlegg|skjermbilde|skjermdump|attachment)",
    re.IGNORECASE,
)
_ATTACHMENT_FAULT = re.compile(
    r"\b(?:åpne|opne|open|lese|laste|lagre|sende|last|mottar|vise|vises) (?:\w+\s){0,2}(?:vedlegg|attachment)",
    re.IGNORECASE,
)


def attachments_mentioned(text: str) -> bool:
    """The person speaks of something attached (and not of attachments that fail)."""
    return bool(_ATTACHED.search(text)) and not _NO_ATTACHMENT.search(text) and not _ATTACHMENT_FAULT.search(text)
