"""Values known by their shape: addresses, versions, names of machines, places.

A value is a whole token or phrase of the text: "PRT-114" is none in "BGO-PRT-114", and "Ekeberg i 5" is no address.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from knowledge.catalogue.form import FieldType
from knowledge.reading.service_numbers import SERVICE_NUMBER
from knowledge.reading.wanted import WantedField

# A token begins and ends here.
_FROM = r"(?<![\w@./\\-])"
_TO = r"(?![\w@\\-])"

_URL = re.compile(r"https?://[^\s<>\"»]+[^\s<>\"».,;:)]|\bwww\.[^\s<>\"»]+[^\s<>\"».,;:)]")
_SITE = re.compile(rf"{_FROM}((?:[a-z0-9-]+\.)+(?:no|com|net|org)(?:/[^\s<>\"»]*[^\s<>\"».,;:)])?){_TO}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?\b")
_PORT = re.compile(
    r"\b(?:\d{2,5}[/ ](?:tcp|udp)|(?:tcp|udp)[ /]?\d{2,5})\b|\bport(?:en|er)?\s+(\d{2,5})\b", re.IGNORECASE
)
# "Fra gerica-app01 til 10.20.30.40": where it comes from and where it goes, whatever each looks like.
_HOST = r"((?=\S*\d)[A-Za-z0-9][\w./-]*\w)"
_ROUTE = re.compile(rf"\b(?:fra|frå|from)\s+{_HOST}\s+(?:til|mot|to)\s+(?:[a-zæøå]+\s+){{0,3}}?{_HOST}")
_ENDS_OF_A_ROUTE = {"kilde": 1, "maal": 2}
_FQDN = re.compile(r"\b(?:[a-z0-9-]+\.){2,}[a-z]{2,}\b", re.IGNORECASE)
_PRINTER_CODE = r"(?:[A-ZÆØÅ]{2,5}-)?(?:MFP|SKR|PRN|PRT)[-_]?\d{2,}"
_PRINTER = re.compile(rf"{_FROM}{_PRINTER_CODE}{_TO}")
# "ORA-12541" is an error, no machine.
_ERROR_CODE = r"(?:ORA|SQL|ERR|AADSTS|CTX|KB|HTTP|TNS|DNS|VPN|INC|RFC|ISO|WIN|IOS)[-_]?\d"
_MACHINE = re.compile(
    rf"{_FROM}(?!{_PRINTER_CODE}|{_ERROR_CODE})(?=[A-ZÆØÅ0-9-]*\d{{2}})[A-ZÆØÅ]{{2,}}[A-ZÆØÅ0-9]*(?:-[A-ZÆØÅ0-9]+)*{_TO}"
)
# Written small, a name of a server or a queue is known by the word before it.
_SERVER = re.compile(
    rf"(?i:server(?:en|navn|namn)?)\s*:?\s+(?:(?:heter|heiter|er)\s+)?([A-Za-z](?=[\w-]*\d)[\w-]{{3,}}){_TO}"
)
# "bgosql02": nothing else is written so in a field for a server.
_SERVER_LIKE = re.compile(rf"{_FROM}(?!office|windows|win|ios|m365)[a-z]{{3,}}\d{{2,}}{_TO}")
_QUEUE = re.compile(
    r"(?i:\bkø(?:en|a)?\s*:?\s+|\b(?:skriver|skrivar|printer)(?:en)?\s*:?\s+)(?:(?:heter|heiter|er)\s+)?"
    rf"((?=[\w-]*[\d-])\w+(?:-\w+)+|[A-Z]+\d{{2,}}){_TO}|{_FROM}(\w*(?:print|prn|skr|mfp)\w*-\w*\d|\w+-(?:print|prn|skr|mfp)-\w+){_TO}"
)
# "F:\\felles", "\\\\server\\del", "/srv/data".
_PATH = re.compile(
    r"(?<!\w)[A-Za-z]:(?:\\[^\s,;\"»]+)+|(?<!\S)\\\\[^\s,;\"»]+|(?<!\S)(?:/[\w.-]+){2,}|(?<!\w)[A-Z]:(?=[\s,.]|$)"
)
_CASE_NUMBER = re.compile(rf"(?i:\b(?:sak|saka|saken|saks?nr|journalpost))\.?:?\s+(\d{{2,4}}/\d{{2,6}}(?:-\d+)?){_TO}")
_ORGNR = re.compile(r"\borg\.?\s?(?:nr|nummer)\.?\s*:?\s*(\d{3}\s?\d{3}\s?\d{3})\b", re.IGNORECASE)
_FLOOR = r"(?:\d{1,2}\.?\s?(?:etasje|etg)\b\.?|[a-zæøå]+\s(?:etasje|etg)\b\.?|\d{1,2}(?:st|nd|rd|th)\sfloor\b)"
# "4. etasje i Storgata 1", "2nd floor, Schweigaards gate 8".
_FLOOR_BEFORE = rf"(?:{_FLOOR},?\s(?:(?:i|på|ved|in|at|of)\s)?)?"
_STREET_WORD = (
    r"(?:gata|gate|gaten|veien|vegen|vei|veg|plass|plassen|allé|alleen|torg|torget|bakken|stien|svingen|kaia|brygge|"
    r"løkka|haugen|kroken|ringen|tunet|terrasse|bølgen)"
)
# Capitalised words with a number after them that are no street.
_NO_STREET = (
    r"(?!(?:Skriver|Skrivar|Printer|Møterom|Rom|Klasserom|Avdeling|Etasje|Maskin|Versjon|Windows|Office|Server|Bygg|Plan|Sone|"
    r"Klasse|Trinn|Kode|Feilkode|Feil|Sak|Bruker|Brukar|Ansvar|Enhet|Teams|Outlook|Siden|Sidan|Etter|Rundt|Innen|Januar|"
    r"Februar|Mars|April|August|September|Oktober|November|Desember|Mandag|Tirsdag|Onsdag|Torsdag|Fredag|Lørdag|Søndag|"
    r"Ansatt|Nummer|Mobil|Telefon|Gruppe|Post|Kontor|Uttak|Team|Error|Status|Rapport)\w*\s)"
)
_AT_STREET = (
    rf"(?:[A-ZÆØÅ][\wæøåé.-]*(?:\s[A-ZÆØÅ]?[\wæøåé.-]+){{0,2}}\s{_STREET_WORD}|{_NO_STREET}[A-ZÆØÅ][a-zæøåé]{{4,}}|"
    r"(?<=\bi\s)[A-ZÆØÅ][a-zæøåé]{3,}\s[A-ZÆØÅ][a-zæøåé]{2,})"
    r"\s\d{1,3}(?:\s?[A-H]\b)?(?!\d|\.\s?(?:etasje|etg)|[.:]\d|\s?(?:stk|gb|min|timer|%))"
)
_INSTITUTION = (
    r"(?!(?:Hele|Heile|Vår|Alle|Ingen|En|Ei|Den|Vi|Hos|Ved|På|Fra|Ny|Gjelder|Gjeld)\s)[A-ZÆØÅ][\wæøå-]+"
    r"(?:\s(?:og\s)?[A-ZÆØÅ][\wæøå-]+)?\s(?:skole|skule|videregående|vidaregåande|barnehage|sykehjem|sjukeheim|helsehus|bibliotek|legevakt|"
    r"helsestasjon|omsorgssenter|rådhus)\b"
)
_IN_ROOM = r"(?:rom\s\w+\s(?:i|på|ved)\s)?"
_AT_FLOOR = rf"(?:,?\s*(?:i\s)?{_FLOOR}|,\s*\d{{4}}\s[A-ZÆØÅ][a-zæøå]+)?(?:,?\s*rom\s\w+)?"
_LOCATION = re.compile(rf"{_IN_ROOM}{_FLOOR_BEFORE}\b(?:{_AT_STREET}){_AT_FLOOR}")
_NAMED_LOCATION = re.compile(rf"{_IN_ROOM}{_FLOOR_BEFORE}\b{_INSTITUTION}{_AT_FLOOR}")
# Houses that a town has one of, and such that have a name of their own.
_HOUSE = (
    r"(?:(?i:rådhuset|bydelshuset|tinghuset|kulturhuset|helsehuset|folkehelsehuset|hovedbygget|administrasjonsbygget|"
    r"kommunehuset)|"
    r"[A-ZÆØÅ][\wæøå]{2,}(?:huset|bygget|gården|senteret|hjemmet|heimen|skolen))\b"
)
_FLOOR_OR_CELLAR = rf"(?:{_FLOOR}|(?i:kjelleren|kjellaren|loftet|første|resepsjonen))"
_IN_A_HOUSE = re.compile(
    rf"{_FLOOR_OR_CELLAR}\s(?:i|på|ved)\s{_HOUSE}|"
    rf"\b{_HOUSE}(?:,?\s*(?:i\s|på\s)?{_FLOOR_OR_CELLAR})?(?:,?\s*rom\s\w+)?"
)
_ON_FLOOR = re.compile(rf"\b{_FLOOR}")
# "Tøyen 4. etasje": a place by its name, that says nothing without the floor.
_PLACE_AND_FLOOR = re.compile(
    rf"(?:(?<=\b[iI]\s)|(?<=\b[pP]å\s)|(?<=\b[vV]ed\s)|(?<=,\s)|^){_NO_STREET}"
    r"(?!(?:Hele|Heile|Alle|Ingen|Noen|Også|Bare|Berre|Kun|Fra|Hos|Ved|Begge|Kopi|Skjerm|Nett|Wifi)\w*\s)"
    r"[A-ZÆØÅ][\wæøå-]{2,}(?:\s[A-ZÆØÅ][\wæøå-]+)?,?\s\d{1,2}\.?\s?(?:etasje|etg)\b\.?"
)
# "Står i resepsjonen på Sagene": where a machine stands.
_STANDS = re.compile(
    r"\b(?:står|stend|plassert|henger)\s+(?:i|på|ved|hos)\s+((?:rom|resepsjon\w*|kantin\w*|kontor\w*|møterom\w*|bibliotek\w*|"
    r"gang\w*|vaktrom\w*|[A-ZÆØÅ]\w+)(?:\s(?!(?:og|men|med|som|siden|er|har)\b)[\w]+){0,3})"
)
_PHONE = re.compile(r"(?<![\d.-])(?:\+47\s?)?(?:\d{3}\s?\d{2}\s?\d{3}|\d{2}\s?\d{2}\s?\d{2}\s?\d{2})(?![\d.-])")
# The number to reach the writer on is not the number the case is about.
_REACH = re.compile(r"\b(?:ring\w*|kontakt\w*|nås?|treffes?|call|reach)\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:skal\s+hete|hete|heter|heiter|kalles|called|named)\s+[«\"']?(?P<name>[A-ZÆØÅ0-9][^.,;»\"'\n]{1,60})",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b([A-ZÆØÅ][\w&.-]*(?:\s[A-ZÆØÅ&][\w&.-]*){0,3}\s(?:AS|ASA|ANS|DA|SA|AB|Ltd|Inc|GmbH))\b")
_INSTALLED = re.compile(
    r"\b(?:[Ii]nstaller\w*|[Ii]nstall|[Ll]egg(?:e)? inn)\s+(?:programmet\s+)?"
    r"([A-ZÆØÅ0-9][\w.+-]*(?:\s[A-Z0-9][\w.+-]*){0,3})"
)
_PROPER = r"[A-ZÆØÅ][\w-]+(?:[ \u00a0](?:og[ \u00a0])?[A-ZÆØÅ][\w-]+){0,2}"
_NAV = re.compile(rf"\b(NAV\s{_PROPER})")
# "På eininga Områdeutvikling", "på Økernhjemmet avdeling 3", "ved Hovseter sykehjem".
_UNIT = re.compile(
    rf"\b(?:på|i|ved|hos|for)\s+(?:enheten|enhet|eininga|avdelingen|avdelinga|seksjonen|tjenestestedet|gruppen)\s+({_PROPER})"
    rf"|\b(?:på|ved|hos|i)\s+({_PROPER}(?:\s(?:sykehjem|sjukeheim|helsehus|omsorgssenter))?\s(?:avdeling|avd\.?|seksjon|post|team)\s\w+)"
    r"|\b(?:på|ved|hos|i)\s+([A-ZÆØÅ]\w+(?:hjemmet|heimen|senteret|tjenesten|stasjonen|huset)(?:\s[A-ZÆØÅ]\w+)?)"
)
_DEPARTMENT = re.compile(r"\b[Aa]vdeling\s+([A-ZÆØÅ]\w{3,}(?:\s(?:vest|øst|aust|nord|sør|sentrum|\d{1,2}))?)\b")
_ROOM = re.compile(
    r"\b(?:(?:[Mm]øte|[Tt]eams-?|[Vv]ideo|[Gg]ruppe)r|[Rr])om(?:met)?\s+([A-ZÆØÅ0-9][\w.-]*(?:\s[A-ZÆØÅ0-9][\w.-]*)?)"
)
_SCHOOL = re.compile(
    r"\b(?!(?:Hele|Heile|Vår)\s)([A-ZÆØÅ][\wæøå]+(?:\s[A-ZÆØÅ][\wæøå]+)?\s(?:skole|skule|barnehage|barnehager?))\b"
)

# Who carries the line at home, by a name that is said with it: "han har Altibox hjemme".
_AT_HOME = r"(?:på\s+)?(?:hjemme|heime|hjemmenettet|heimenettet|at\s+home)"
_ISP = re.compile(
    rf"(?:har|bruker|brukar|has|uses)\s+([A-ZÆØÅ]\w+(?:\s[A-ZÆØÅ]\w+)?)\s+(?:som\s+nett\s+)?{_AT_HOME}\b"
    rf"|\b(?:{_AT_HOME})\s+(?:hos|via)\s+([A-ZÆØÅ]\w+)"
)

# Words of a key or a label, and the shapes its values have, the likelier first.
_SHAPES: tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...] = (
    (("url", "nettadresse", "lenke"), (_URL, _SITE)),
    (("kilde", "mål", "maal", "ip-"), (_IP,)),
    (("port",), (_PORT,)),
    (("fqdn", "domene", "vertsnavn"), (_FQDN,)),
    (("e-post", "epost", "postkasse", "ønsket adresse"), (_EMAIL,)),
    (("org.nr", "orgnr", "organisasjonsnummer"), (_ORGNR,)),
    (("kø",), (_QUEUE,)),
    (("skriver", "printer"), (_PRINTER,)),
    (("pc-navn", "pc_navn", "maskinnavn", "maskin-id", "enhets-id", "enhets_id", "skriver-id"), (_MACHINE,)),
    (("server",), (_SERVER, _MACHINE, _SERVER_LIKE)),
    (("sti ", "/sti", "og sti"), (_PATH,)),
    (("saksnr", "saksnummer"), (_CASE_NUMBER,)),
    (("hovednummer",), (SERVICE_NUMBER,)),
    (("telefonnummer",), (_PHONE,)),
    (
        ("lokasjon", "adresse og etasje", "leveringsadresse", "besøksadresse"),
        (_LOCATION, _NAMED_LOCATION, _STANDS, _IN_A_HOUSE, _PLACE_AND_FLOOR, _ON_FLOOR),
    ),
    (("firma",), (_COMPANY,)),
    (("internettleverandør",), (_ISP,)),
    (("program",), (_INSTALLED,)),
    (("nav-kontor",), (_NAV,)),
    (("avdeling", "enhet", "tjenestested"), (_DEPARTMENT, _UNIT)),
)
# These say less than a person who names the place himself.
_LOOSE = frozenset({_NAMED_LOCATION, _STANDS, _IN_A_HOUSE, _PLACE_AND_FLOOR, _ON_FLOOR})


def whole_place(text: str, start: int, end: int) -> str | None:
    """The address or house with its floor and room that holds these places of the text; None when none does."""
    for pattern in (_LOCATION, _NAMED_LOCATION, _IN_A_HOUSE, _PLACE_AND_FLOOR):
        for hit in pattern.finditer(text):
            if hit.start() <= start and end <= hit.end():
                return hit.group().strip()
    return None


def house_in(text: str) -> str | None:
    """A house that is named, with its floor."""
    return first(_IN_A_HOUSE, text)


def sharpened(value: str, field: WantedField) -> str:
    """The part of a labelled value that has the field's shape: "OSLGER01 i kveld kl 22" is the server OSLGER01."""
    if field.type is FieldType.TEXT:
        for pattern in shapes_of(field.key, field.label):
            part = first(pattern, value) if pattern not in _LOOSE else None
            if part is not None:
                return part
    return value


def shaped(text: str, field: WantedField, taken: Collection[str]) -> str | None:
    """The value by its shape, where the label or key says which shape; not one of those `taken`."""
    if field.type is FieldType.PHONE:
        return _phone(text) if field.required else None
    if field.key in _ENDS_OF_A_ROUTE and (route := _ROUTE.search(text)) is not None:
        return route[_ENDS_OF_A_ROUTE[field.key]]
    label = field.label.lower()[:4]
    for pattern in shapes_of(field.key, field.label):
        hits = [(text[max(0, hit.start() - 15) : hit.start()].lower(), _value(hit)) for hit in pattern.finditer(text)]
        fresh = [(before, value) for before, value in hits if value not in taken]
        if fresh:
            return next((value for before, value in fresh if label in before), fresh[0][1])
    what = f"{field.key} {field.label}".lower()
    if field.key == "rom":
        return first(_ROOM, text)
    if "skole" in what or "barnehage" in what:
        return first(_SCHOOL, text)
    if field.key in ("navn", "visningsnavn"):
        hit = _NAMED.search(text)
        return hit.group("name").strip() if hit is not None else None
    return None


@lru_cache(maxsize=2048)
def shapes_of(key: str, label: str) -> tuple[re.Pattern[str], ...]:
    """The shapes of a field's values, the likelier first."""
    what = f"{key} {label}".lower()
    return tuple(pattern for words, patterns in _SHAPES if any(word in what for word in words) for pattern in patterns)


def first(pattern: re.Pattern[str], text: str) -> str | None:
    """What the pattern finds first, or its first group that took part."""
    hit = pattern.search(text)
    return _value(hit) if hit is not None else None


def _value(hit: re.Match[str]) -> str:
    return next((group for group in hit.groups() if group), hit.group()).strip()


def _phone(text: str) -> str | None:
    for hit in _PHONE.finditer(text):
        if not _REACH.search(text[max(0, hit.start() - 30) : hit.start()]):
            return hit.group().strip()
    return None
